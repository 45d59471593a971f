#include "daemon/notifier_stderr.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/fdio.h"
#include "base/log.h"
#include "daemon/notifier.h"

#define ERR_LINE 2000
#define LAST_READS 64	/* of what a plugin that went may have left: a pipe's
			   worth; what it left running could go on for ever */

static void
log_stderr(struct notifier *n, bool all)
{
	char *end;

	while (n->err_text.len > 0) {
		end = memchr(n->err_text.data, '\n', n->err_text.len);
		if (end == NULL && !all && n->err_text.len < ERR_LINE)
			return;
		if (end != NULL)
			*end = '\0';
		if (n->err_text.data[0] != '\0')
			log_about(LOG_LEVEL_WARNING, &(struct log_subject){
			    .notifier = n->name }, "%s: %.*s", n->label, ERR_LINE,
			    n->err_text.data);
		if (end == NULL)
			buf_reset(&n->err_text);
		else
			buf_drop(&n->err_text, (size_t)(end -
			    n->err_text.data) + 1);
	}
}

/* How much came: 0 = no more will, -1 = not now. */
static ssize_t
take_stderr(struct notifier *n)
{
	char text[1024];
	ssize_t len = read(n->err_fd, text, sizeof(text));

	if (len < 0)
		return errno == EAGAIN || errno == EINTR ? -1 : 0;
	buf_add(&n->err_text, text, (size_t)len);
	log_stderr(n, false);
	return len;
}

void
notifier_stderr_close(struct notifier *n)
{
	if (n->err_fd < 0)
		return;
	/* its end may be seen before its last words */
	for (int i = 0; i < LAST_READS && take_stderr(n) > 0; i++)
		;
	log_stderr(n, true);
	ev_io_stop(n->process.loop, &n->err_io);
	close(n->err_fd);
	n->err_fd = -1;
}

static void
on_stderr(struct ev_loop *loop, ev_io *w, int revents)
{
	struct notifier *n = w->data;

	(void)loop;
	(void)revents;
	if (take_stderr(n) == 0)
		notifier_stderr_close(n);
}

void
notifier_stderr_init(struct notifier *n)
{
	n->err_fd = -1;
	buf_init(&n->err_text, 65536);
	ev_io_init(&n->err_io, on_stderr, -1, EV_READ);
	n->err_io.data = n;
}

void
notifier_stderr_open(struct notifier *n, int fd)
{
	fdio_nonblock(fd, NULL);
	n->err_fd = fd;
	ev_io_set(&n->err_io, fd, EV_READ);
	ev_io_start(n->process.loop, &n->err_io);
}
