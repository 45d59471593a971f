#include "notify/guard.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

/* The sanitizers reserve more memory than any limit allows. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static int
limit_memory(struct error *err)
{
	struct rlimit r;

	if (SANITIZED)
		return 0;
	if (getrlimit(RLIMIT_DATA, &r) < 0)
		return error_errno(err, "cannot read the memory limit");
	if (r.rlim_cur > GUARD_MEMORY)
		r.rlim_cur = GUARD_MEMORY;
	if (setrlimit(RLIMIT_DATA, &r) < 0)
		return error_errno(err, "cannot limit memory");
	return 0;
}

int
guard_process(struct error *err)
{
	struct rlimit none = { 0, 0 };

	if (prctl(PR_SET_PDEATHSIG, SIGTERM) < 0)
		return error_errno(err, "cannot tie this process to its "
		    "parent");
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return error_errno(err, "cannot give up new privileges");
	if (setrlimit(RLIMIT_CORE, &none) < 0)
		return error_errno(err, "cannot forbid core files");
	return limit_memory(err);
}
