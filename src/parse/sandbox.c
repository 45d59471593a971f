#include "parse/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define SHADOW_MEMORY	/* the sanitizer's own is larger than any limit */
#define SLOWER	4	/* what it costs, so that a document may take as long */
#else
#define SLOWER	1
#endif

static const int allowed[] = {
	SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(recvfrom),
	SCMP_SYS(recvmsg), SCMP_SYS(write), SCMP_SYS(writev),
	SCMP_SYS(sendto), SCMP_SYS(sendmsg), SCMP_SYS(poll), SCMP_SYS(ppoll),
	SCMP_SYS(close), SCMP_SYS(lseek), SCMP_SYS(fstat),
	SCMP_SYS(brk), SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap),
	SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(getrandom),
	SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time),
	SCMP_SYS(setitimer), SCMP_SYS(restart_syscall),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigaction), SCMP_SYS(sigaltstack),
	SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(tgkill),
	SCMP_SYS(exit), SCMP_SYS(exit_group),
};

/* Memory never becomes code: PROT_EXEC is refused, too. */
static int
add_rules(scmp_filter_ctx ctx)
{
	size_t i;
	int r = 0;

	for (i = 0; r == 0 && i < sizeof(allowed) / sizeof(allowed[0]); i++) {
		if (allowed[i] == SCMP_SYS(mmap))
			r = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, allowed[i],
			    1, SCMP_A2(SCMP_CMP_MASKED_EQ, 4, 0));
		else
			r = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, allowed[i],
			    0);
	}
	if (r == 0)
		r = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mprotect),
		    1, SCMP_A2(SCMP_CMP_MASKED_EQ, 4, 0));
	return r;
}

static int
close_door(struct error *err)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int r;

	if (ctx == NULL)
		return error_set(err, "seccomp is not available");
	r = add_rules(ctx);
	if (r == 0)
		r = seccomp_load(ctx);
	seccomp_release(ctx);
	if (r == 0)
		return 0;
	errno = -r;
	return error_errno(err, "the seccomp filter was not accepted");
}

/* To n, or what we were given if that is less. */
static int
limit(int what, rlim_t n, struct error *err)
{
	struct rlimit l;

	if (getrlimit(what, &l) == 0 && l.rlim_max < n)
		n = l.rlim_max;
	l.rlim_cur = l.rlim_max = n;
	if (setrlimit(what, &l) == 0)
		return 0;
	return error_errno(err, "a resource limit was not accepted");
}

#ifndef SHADOW_MEMORY
/* Bytes of address space in use. */
static rlim_t
mapped(void)
{
	unsigned long pages = 0;
	FILE *f = fopen("/proc/self/statm", "re");

	if (f == NULL)
		return 64u << 20;
	if (fscanf(f, "%lu", &pages) != 1)
		pages = 0;
	fclose(f);
	return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}
#endif

int
sandbox_enter(struct error *err)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 ||
	    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == -1)
		return error_errno(err, "privileges cannot be given up");
#ifndef SHADOW_MEMORY
	if (limit(RLIMIT_AS, mapped() + SANDBOX_MEMORY, err) == -1)
		return -1;
#endif
	if (limit(RLIMIT_CORE, 0, err) == -1 ||
	    limit(RLIMIT_NOFILE, 0, err) == -1)
		return -1;
	return close_door(err);
}

void
sandbox_start_clock(void)
{
	struct itimerval t = { .it_value = { SANDBOX_SECONDS * SLOWER, 0 } };

	setitimer(ITIMER_PROF, &t, NULL);
}

int
sandbox_probe(const char *what, struct error *err)
{
	char *const argv[] = { (char[]){ "/bin/true" }, NULL };
	int r;

	if (strcmp(what, "open") == 0)
		r = open("/etc/hostname", O_RDONLY | O_CLOEXEC);
	else if (strcmp(what, "socket") == 0)
		r = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	else if (strcmp(what, "exec") == 0)
		r = execv(argv[0], argv);
	else if (strcmp(what, "fork") == 0)
		r = fork();
	else
		return error_set(err, "nothing to try called \"%s\"", what);
	if (r == -1 && errno == EPERM)
		return 0;
	return error_set(err, "%s was not refused", what);
}
