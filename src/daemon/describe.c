#include "daemon/describe.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/fdio.h"
#include "base/mem.h"
#include "daemon/spawn.h"

#define PATIENCE_MS 5000

static int64_t
clock_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000LL + ts.tv_nsec / 1000000;
}

/* The next frame before the deadline: 1, or -1 with a sentence. */
static int
wait_frame(struct frame_link *l, struct frame *f, int64_t deadline,
    struct error *err)
{
	struct pollfd p = { .fd = l->fd, .events = POLLIN };
	int64_t left;
	int r;

	while ((r = frame_next(l, f, err)) == 0) {
		if ((left = deadline - clock_ms()) < 0)
			left = 0;
		if (poll(&p, 1, (int)left) == 0)
			return error_set(err, "the plugin does not answer");
		if (frame_fill(l, err) < 0)
			return error_set(err, "the plugin ended while it was "
			    "loaded");
	}
	return r;
}

static int
take_hello(struct frame_link *l, int64_t deadline, struct arena *mem,
    struct notify_hello *hello, struct error *err)
{
	struct notify_refusal refusal;
	struct frame f;

	for (;;) {
		if (wait_frame(l, &f, deadline, err) < 0)
			return -1;
		switch (f.type) {
		case NOTIFY_LOG:
			break;
		case NOTIFY_HELLO:
			return notify_get_hello(&f, mem, hello, err);
		case NOTIFY_REFUSED:
			if (notify_get_refused(&f, mem, &refusal, err) == 0)
				error_set(err, "%s", refusal.sentence);
			return -1;
		default:
			return error_set(err, "unknown message %u", f.type);
		}
	}
}

/* It ends at the end of file; one that does not is ended. */
static void
end(pid_t pid, int fd, int64_t deadline)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char drop[512];
	int64_t left;

	while ((left = deadline - clock_ms()) > 0 &&
	    poll(&p, 1, (int)left) > 0)
		if (read(fd, drop, sizeof(drop)) <= 0) {
			left = 1;
			break;
		}
	if (left <= 0)
		kill(pid, SIGKILL);
	/* In the daemon libev may have collected it already. */
	waitpid(pid, NULL, 0);
}

int
describe_plugin(const char *libexec, const char *path, struct arena *mem,
    struct notify_hello *hello, struct error *err)
{
	char *program = mem_printf("%s/newsalertd-notify", libexec);
	int64_t deadline = clock_ms() + PATIENCE_MS;
	struct frame_link link;
	int fds[2], result = -1;
	pid_t pid;

	if (fdio_pair(fds, err) < 0) {
		free(program);
		return -1;
	}
	pid = spawn_program(program, (const char *[]){ "newsalertd-notify",
	    path, NULL }, &fds[1], 1, -1, err);
	close(fds[1]);
	if (pid > 0) {
		frame_link_init(&link, fds[0], NOTIFY_FRAME_MAX);
		result = take_hello(&link, deadline, mem, hello, err);
		if (notify_put_empty(&link, NOTIFY_CLOSE, NULL) == 0)
			frame_flush(&link, NULL);
		end(pid, fds[0], clock_ms() + PATIENCE_MS / 2);
		frame_link_clear(&link);
	}
	close(fds[0]);
	free(program);
	return result;
}
