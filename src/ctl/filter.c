#include "ctl/filter.h"

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

static void
become(const char *path, const char *const *argv, int in, int out)
{
	if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
		_exit(127);
	signal(SIGPIPE, SIG_DFL);
	/* execv does not change what argv points to. */
	execv(path, (char *const *)(uintptr_t)argv);
	fprintf(stderr, "newsalertctl: cannot run %s: %s\n", path,
	    strerror(errno));
	_exit(127);
}

/* Give what it takes; at the end of the input close the pipe. */
static void
feed(struct pollfd *p, const char **in, size_t *left)
{
	ssize_t n = write(p->fd, *in, *left < CHUNK ? *left : CHUNK);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n > 0) {
		*in += n;
		*left -= (size_t)n;
	}
	if (n < 0 || *left == 0) {	/* it may stop reading early */
		close(p->fd);
		p->fd = -1;
	}
}

/* 1 = more may come, 0 = end, -1 = too much or an error. */
static int
gather(int fd, struct buf *out, struct error *err)
{
	char *room = buf_reserve(out, CHUNK);
	ssize_t n;

	if (room == NULL)
		return error_set(err, "the answer is too long");
	n = read(fd, room, CHUNK);
	if (n < 0)
		return errno == EINTR || errno == EAGAIN ? 1 :
		    error_errno(err, "cannot read from the program");
	out->len += (size_t)n;
	out->data[out->len] = '\0';
	return n > 0;
}

static int
converse(int to, int from, const char *in, size_t left, struct buf *out,
    struct error *err)
{
	struct pollfd p[2] = { { from, POLLIN, 0 }, { to, POLLOUT, 0 } };
	int r = 1;

	fcntl(to, F_SETFL, O_NONBLOCK);
	if (left == 0)
		feed(&p[1], &in, &left);
	while (r > 0) {
		if (poll(p, 2, -1) < 0 && errno != EINTR)
			r = error_errno(err, "poll");
		if (p[1].fd >= 0 && p[1].revents != 0)
			feed(&p[1], &in, &left);
		if (r > 0 && p[0].revents != 0)
			r = gather(from, out, err);
	}
	if (p[1].fd >= 0)
		close(p[1].fd);
	return r;
}

int
filter_run(const char *name, const char *const *argv, const void *in,
    size_t len, struct buf *out, struct error *err)
{
	char *path = mem_printf("%s/%s", program_libexec(), name);
	int to[2], from[2], status = -1, r = -1;
	void (*old)(int);
	pid_t pid = -1;

	fflush(stdout);
	if (access(path, X_OK) != 0)
		error_errno(err, "cannot run %s", path);
	else if (pipe2(to, O_CLOEXEC) < 0 || pipe2(from, O_CLOEXEC) < 0 ||
	    (pid = fork()) < 0)
		error_errno(err, "cannot run %s", path);
	else if (pid == 0)
		become(path, argv, to[0], from[1]);
	if (pid > 0) {
		close(to[0]);
		close(from[1]);
		old = signal(SIGPIPE, SIG_IGN);
		r = converse(to[1], from[0], in, len, out, err);
		signal(SIGPIPE, old);
		close(from[0]);
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
	}
	free(path);
	return r == 0 ? status : -1;
}
