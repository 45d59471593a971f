#include "fetch/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

#include "fetch/landlock.h"

/* The address sanitizer's check for leaks at the end forks, uses ptrace and
   reads /proc. */
#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

/* Read by getaddrinfo, OpenSSL and libcurl, on Debian and its neighbours. */
static const char *const readable[] = {
	"/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf",
	"/etc/host.conf", "/etc/gai.conf", "/etc/services", "/etc/protocols",
	"/etc/ld.so.cache", "/etc/localtime",
	"/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib",
	"/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/etc/ca-certificates",
	"/usr/share/ca-certificates", "/usr/local/share/ca-certificates",
	"/etc/pki/tls", "/etc/pki/ca-trust", "/etc/crypto-policies",
	"/run/systemd/resolve", "/run/NetworkManager", "/run/resolvconf",
	"/run/connman", "/dev/urandom", "/dev/null",
};

static const char *const watched[] = { "/etc/resolv.conf", "/etc/hosts", NULL };

/* Plain ones; those with conditions are added one by one below. */
static const char *const calls[] = {
	/* descriptors and files */
	"read", "readv", "pread64", "write", "writev", "close", "fstat",
	"fstat64", "newfstatat", "fstatat64", "stat", "lstat", "statx",
	"lseek", "_llseek", "access", "faccessat", "faccessat2", "readlink",
	"readlinkat", "getdents64", "getcwd", "fcntl", "fcntl64", "dup",
	"pipe2",
	/* waiting */
	"poll", "ppoll", "ppoll_time64", "select", "_newselect", "pselect6",
	"pselect6_time64", "epoll_create1", "epoll_ctl", "epoll_wait",
	"epoll_pwait", "epoll_pwait2", "eventfd2", "timerfd_create",
	"timerfd_settime", "inotify_init1", "inotify_add_watch",
	"inotify_rm_watch", "nanosleep", "clock_nanosleep", "restart_syscall",
	/* sockets */
	"socketpair", "connect", "bind", "getsockname", "getpeername",
	"getsockopt", "setsockopt", "sendto", "sendmsg", "sendmmsg", "send",
	"recvfrom", "recvmsg", "recvmmsg", "recv", "shutdown",
	/* memory */
	"brk", "mmap", "mmap2", "munmap", "mremap", "mprotect", "madvise",
	/* threads and signals */
	"futex", "futex_time64", "set_robust_list", "rseq", "sched_yield",
	"sched_getaffinity", "membarrier", "exit", "exit_group",
	"rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigreturn",
	"sigaltstack", "tgkill", "gettid", "getpid", "getppid",
	/* facts */
	"getuid", "geteuid", "getgid", "getegid", "uname", "sysinfo",
	"clock_gettime", "clock_gettime64", "clock_getres", "gettimeofday",
	"time", "getrandom", "getrlimit", "ugetrlimit",
};

static int
allow(scmp_filter_ctx f, const char *name, unsigned n,
    const struct scmp_arg_cmp *when)
{
	int nr = seccomp_syscall_resolve_name(name);

	/* Not every architecture has every call. */
	if (nr == __NR_SCMP_ERROR)
		return 0;
	return seccomp_rule_add_array(f, SCMP_ACT_ALLOW, nr, n, when);
}

static int
allow_if(scmp_filter_ctx f, const char *name, struct scmp_arg_cmp when)
{
	return allow(f, name, 1, &when);
}

static int
add_conditions(scmp_filter_ctx f)
{
	static const int families[] = { AF_INET, AF_INET6, AF_UNIX,
		AF_NETLINK };
	static const unsigned long requests[] = { FIONBIO, FIONREAD, FIOCLEX };
	const unsigned long writes = O_ACCMODE | O_CREAT | O_TRUNC;
	int rc = 0;

	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
		rc |= allow_if(f, "socket", SCMP_A0(SCMP_CMP_EQ,
		    (scmp_datum_t)families[i], 0));
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++)
		rc |= allow_if(f, "ioctl", SCMP_A1(SCMP_CMP_EQ, requests[i],
		    0));
	rc |= allow_if(f, "open", SCMP_A1(SCMP_CMP_MASKED_EQ, writes, 0));
	rc |= allow_if(f, "openat", SCMP_A2(SCMP_CMP_MASKED_EQ, writes, 0));
	/* Threads, no processes; for clone3 glibc falls back to clone. */
	rc |= allow_if(f, "clone", SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD,
	    CLONE_THREAD));
	rc |= seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
	rc |= allow_if(f, "prlimit64", SCMP_A2(SCMP_CMP_EQ, 0, 0));
	rc |= allow_if(f, "prctl", SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME, 0));
	rc |= allow_if(f, "prctl", SCMP_A0(SCMP_CMP_EQ, PR_SET_VMA, 0));
	return rc;
}

static int
filter_calls(struct error *err)
{
	scmp_filter_ctx f;
	int rc = 0;

	if (SANITIZED)
		return 0;
	if ((f = seccomp_init(SCMP_ACT_ERRNO(EPERM))) == NULL)
		return error_set(err, "no seccomp");
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		rc |= allow(f, calls[i], 0, NULL);
	rc |= add_conditions(f);
	if (rc == 0)
		rc = seccomp_load(f);
	seccomp_release(f);
	return rc == 0 ? 0 : error_set(err, "seccomp could not be set up");
}

/*
 * The list, and the folder to which resolv.conf points, so that its owner may
 * replace it there.
 */
static int
limit_files(struct error *err)
{
	enum { N = sizeof(readable) / sizeof(readable[0]) };
	const char *paths[N + 2];
	char folder[PATH_MAX], *slash;
	size_t n = N;

	memcpy(paths, readable, sizeof(readable));
	if (realpath("/etc/resolv.conf", folder) != NULL &&
	    (slash = strrchr(folder, '/')) != NULL && slash != folder) {
		*slash = '\0';
		if (strcmp(folder, "/etc") != 0)
			paths[n++] = folder;
	}
	if (SANITIZED)
		paths[n++] = "/proc";
	return landlock_read_only(paths, n, err);
}

int
sandbox_enter(struct error *err)
{
	struct rlimit none = { 0, 0 };
	struct error first;
	int rc;

	tzset();
	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	rc = limit_files(&first);
	if (filter_calls(err) < 0)
		return -1;
	if (rc < 0)
		*err = first;
	return rc;
}

const char *const *
sandbox_watched(void)
{
	return watched;
}
