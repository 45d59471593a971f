#include "notify/link.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/log.h"
#include "delivery/protocol.h"

bool
link_present(void)
{
	struct stat st;

	return fstat(NOTIFY_FD, &st) == 0 && S_ISSOCK(st.st_mode);
}

/* High enough that nobody meets it by counting up from 3. */
static int
high_number(void)
{
	struct rlimit r;

	if (getrlimit(RLIMIT_NOFILE, &r) == 0 && r.rlim_cur < 1024)
		return (int)r.rlim_cur * 3 / 4;
	return 768;
}

int
link_take(struct link *l, struct error *err)
{
	struct stat st;
	int fd, null;

	fd = fcntl(NOTIFY_FD, F_DUPFD_CLOEXEC, high_number());
	if (fd < 0 || fstat(fd, &st) < 0)
		return error_errno(err, "cannot move the link to newsalertd");
	if ((null = open("/dev/null", O_RDWR | O_CLOEXEC)) < 0 ||
	    dup3(null, NOTIFY_FD, O_CLOEXEC) < 0)
		return error_errno(err, "cannot open /dev/null");
	close(null);
	/* Whatever else was left open for us by mistake: a plugin must not
	   find the database in its hands. */
	close_range(NOTIFY_FD + 1, (unsigned)fd - 1, 0);
	close_range((unsigned)fd + 1, ~0u, 0);
	frame_link_init(&l->frames, fd, NOTIFY_FRAME_MAX);
	l->dev = st.st_dev;
	l->ino = st.st_ino;
	return 0;
}

void
link_flush(struct link *l)
{
	struct error err;
	struct stat st;

	if (fstat(l->frames.fd, &st) < 0 || st.st_dev != l->dev ||
	    st.st_ino != l->ino) {
		log_error("the plugin closed the link to newsalertd, which is "
		    "descriptor %d", l->frames.fd);
		_exit(EX_SOFTWARE);
	}
	if (frame_flush(&l->frames, &err) < 0) {
		log_error("newsalertd is gone: %s", err.text);
		_exit(EX_UNAVAILABLE);
	}
}
