#include "ctl/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/program.h"

#define CHUNK 65536

/* The pipes, our ends and the child's: its input, output, info. */
enum { TO, FROM, INFO, NPIPES };

static int
open_pipes(int ours[NPIPES], int its[NPIPES])
{
	int p[2];

	for (int i = 0; i < NPIPES; i++) {
		if (pipe2(p, O_CLOEXEC) < 0) {
			while (--i >= 0) {
				close(ours[i]);
				close(its[i]);
			}
			return -1;
		}
		ours[i] = i == TO ? p[1] : p[0];
		its[i] = i == TO ? p[0] : p[1];
	}
	return 0;
}

static void
become(const char *path, const char *const *argv, const int its[NPIPES])
{
	int fd[NPIPES];

	/* Out of the way of 0, 1 and 3 first. */
	for (int i = 0; i < NPIPES; i++)
		if ((fd[i] = fcntl(its[i], F_DUPFD_CLOEXEC, 10)) < 0)
			_exit(127);
	if (dup2(fd[TO], STDIN_FILENO) < 0 ||
	    dup2(fd[FROM], STDOUT_FILENO) < 0 || dup2(fd[INFO], 3) < 0)
		_exit(127);
	signal(SIGPIPE, SIG_DFL);
	/* execv does not change what argv points to. */
	execv(path, (char *const *)(uintptr_t)argv);
	fprintf(stderr, "newsalertctl: cannot run %s: %s\n", path,
	    strerror(errno));
	_exit(127);
}

static void
finish(struct pollfd *p)
{
	close(p->fd);
	p->fd = -1;
}

/* Give what it takes; at the end of the input close the pipe. */
static void
give(struct pollfd *p, const char **in, size_t *left)
{
	ssize_t n = *left == 0 ? 0 :
	    write(p->fd, *in, *left < CHUNK ? *left : CHUNK);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n > 0) {
		*in += n;
		*left -= (size_t)n;
	}
	if (n < 0 || *left == 0)	/* it may stop reading early */
		finish(p);
}

static int
take(struct pollfd *p, struct buf *out, struct error *err)
{
	char room[CHUNK];
	ssize_t n = read(p->fd, room, sizeof(room));

	if (n < 0)
		return errno == EINTR || errno == EAGAIN ? 0 :
		    error_errno(err, "cannot read from the program");
	if (buf_add(out, room, (size_t)n) != 0)
		return error_set(err, "the answer is too long");
	if (n == 0)
		finish(p);
	return 0;
}

static int
converse(const int fd[NPIPES], const char *in, size_t left, struct buf *out,
    struct buf *info, struct error *err)
{
	struct pollfd p[NPIPES] = {
		[TO] = { fd[TO], POLLOUT, 0 }, [FROM] = { fd[FROM], POLLIN, 0 },
		[INFO] = { fd[INFO], POLLIN, 0 },
	};
	int r = 0;

	fcntl(fd[TO], F_SETFL, O_NONBLOCK);
	while (r == 0 && (p[FROM].fd >= 0 || p[INFO].fd >= 0)) {
		if (poll(p, NPIPES, -1) < 0) {
			if (errno != EINTR)
				r = error_errno(err, "poll");
			continue;
		}
		if (p[TO].fd >= 0 && p[TO].revents != 0)
			give(&p[TO], &in, &left);
		if (p[FROM].fd >= 0 && p[FROM].revents != 0)
			r = take(&p[FROM], out, err);
		if (r == 0 && p[INFO].fd >= 0 && p[INFO].revents != 0)
			r = take(&p[INFO], info, err);
	}
	for (int i = 0; i < NPIPES; i++)
		if (p[i].fd >= 0)
			finish(&p[i]);
	return r;
}

int
helper_run(const char *name, const char *const *argv, const void *in,
    size_t len, struct buf *out, struct buf *info, struct error *err)
{
	char *path = mem_printf("%s/%s", program_libexec(), name);
	int ours[NPIPES], its[NPIPES], status = -1, r = -1;
	struct buf ignored;
	void (*old)(int);
	pid_t pid = -1;

	fflush(stdout);
	buf_init(&ignored, 1 << 20);
	if (access(path, X_OK) != 0 || open_pipes(ours, its) < 0) {
		error_errno(err, "cannot run %s", path);
		goto out;
	}
	if ((pid = fork()) == 0)
		become(path, argv, its);
	for (int i = 0; i < NPIPES; i++)
		close(its[i]);
	if (pid < 0) {
		error_errno(err, "cannot run %s", path);
		for (int i = 0; i < NPIPES; i++)
			close(ours[i]);
		goto out;
	}
	old = signal(SIGPIPE, SIG_IGN);
	r = converse(ours, in, len, out, info != NULL ? info : &ignored, err);
	signal(SIGPIPE, old);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
out:
	buf_clear(&ignored);
	free(path);
	return r == 0 ? status : -1;
}
