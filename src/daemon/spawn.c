#include "daemon/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

#define FDS_MAX 4
#define HIGH 32		/* above every descriptor a program is given */

extern char **environ;

/* Copies above all targets, so that no dup2 overwrites a later source. */
static int
lift(int fd, int *out)
{
	*out = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, HIGH);
	return fd >= 0 && *out < 0 ? -1 : 0;
}

static int
run(pid_t *pid, const char *path, const char *const *argv, const int *high,
    size_t nfds, int high_err)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t none, all;
	int r;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr,
	    POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &all);
	for (size_t i = 0; i < nfds; i++)
		posix_spawn_file_actions_adddup2(&actions, high[i],
		    3 + (int)i);
	if (high_err >= 0)
		posix_spawn_file_actions_adddup2(&actions, high_err,
		    STDERR_FILENO);
	r = posix_spawn(pid, path, &actions, &attr, (char *const *)argv,
	    environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attr);
	return r;
}

pid_t
spawn_program(const char *path, const char *const *argv, const int *fds,
    size_t nfds, int err_fd, struct error *err)
{
	int high[FDS_MAX] = { -1, -1, -1, -1 }, high_err = -1, r = 0;
	size_t n = 0;
	pid_t pid = -1;

	if (lift(err_fd, &high_err) < 0)
		r = errno;
	for (; r == 0 && n < nfds; n++)
		if (lift(fds[n], &high[n]) < 0)
			r = errno;
	if (r == 0)
		r = run(&pid, path, argv, high, n, high_err);
	for (size_t i = 0; i < n; i++)
		if (high[i] >= 0)
			close(high[i]);
	if (high_err >= 0)
		close(high_err);
	if (r == 0)
		return pid;
	errno = r;
	error_errno(err, "cannot start %s", path);
	return -1;
}
