#include "transport.h"

#include <errno.h>
#include <linux/sockios.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#define JOURNAL "/run/systemd/journal/socket"
#define CONFIRM_STEP 20		/* ms between two looks at the send queue */
#define MARGIN_MS 500		/* to report before newsalertd loses patience */

static int
parse_path(struct transport *t, const char *path)
{
	if (path[0] != '/' || strlen(path) >= sizeof(t->path))
		return -1;
	strcpy(t->path, path);
	return 0;
}

/* HOST:PORT, the host perhaps in [ ]. */
static int
parse_host(struct transport *t, const char *s)
{
	const char *colon = strrchr(s, ':');
	size_t len = colon != NULL ? (size_t)(colon - s) : 0;

	if (len >= 2 && s[0] == '[' && s[len - 1] == ']') {
		s++;
		len -= 2;
	} else if (len > 0 && memchr(s, ':', len) != NULL)
		return -1;	/* an IPv6 address without [ ] */
	if (len == 0 || len >= sizeof(t->host) || colon[1] == '\0' ||
	    strlen(colon + 1) >= sizeof(t->port))
		return -1;
	memcpy(t->host, s, len);
	t->host[len] = '\0';
	strcpy(t->port, colon + 1);
	return 0;
}

int
transport_parse(struct transport *t, const char *target)
{
	memset(t, 0, sizeof(*t));
	t->fd = -1;
	if (strcmp(target, "journal") == 0)
		target = "journal:" JOURNAL;
	if (strncmp(target, "journal:", 8) == 0) {
		t->kind = TRANSPORT_JOURNAL;
		return parse_path(t, target + 8);
	}
	if (strncmp(target, "unix:", 5) == 0) {
		t->kind = TRANSPORT_UNIX;
		return parse_path(t, target + 5);
	}
	t->kind = strncmp(target, "udp:", 4) == 0 ? TRANSPORT_UDP :
	    TRANSPORT_TCP;
	if (t->kind == TRANSPORT_TCP && strncmp(target, "tcp:", 4) != 0)
		return -1;
	return parse_host(t, target + 4);
}

void
transport_close(struct transport *t)
{
	if (t->fd >= 0)
		close(t->fd);
	t->fd = -1;
}

static int64_t
time_left(struct notifier_host *host)
{
	int64_t left = host->time_left(host) - MARGIN_MS;

	return left > 0 ? left : 0;
}

/* Neither connecting nor sending may outlast what is left of the time. */
static void
limit_time(int fd, struct notifier_host *host)
{
	int64_t left = time_left(host);
	struct timeval tv = { .tv_sec = left / 1000,
		.tv_usec = left % 1000 * 1000 };

	if (left == 0)
		tv.tv_usec = 1000;	/* zero would mean no limit */
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv));
}

static int
connect_unix(struct transport *t, struct notifier_host *host)
{
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	int type = SOCK_DGRAM;

	strcpy(sun.sun_path, t->path);
	for (;;) {
		t->fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
		if (t->fd < 0)
			break;
		limit_time(t->fd, host);
		if (connect(t->fd, (struct sockaddr *)&sun,
		    sizeof(sun)) == 0) {
			t->stream = type == SOCK_STREAM;
			return 0;
		}
		if (errno != EPROTOTYPE || type == SOCK_STREAM ||
		    t->kind == TRANSPORT_JOURNAL)
			break;
		transport_close(t);
		type = SOCK_STREAM;
	}
	host->error(host, "cannot connect to %s: %s", t->path,
	    strerror(errno));
	transport_close(t);
	return -1;
}

static int
connect_host(struct transport *t, struct notifier_host *host)
{
	struct addrinfo hints = {
		.ai_socktype = t->kind == TRANSPORT_UDP ? SOCK_DGRAM :
		    SOCK_STREAM,
	}, *list, *a;
	int r, why = 0;

	if ((r = getaddrinfo(t->host, t->port, &hints, &list)) != 0) {
		host->error(host, "cannot find %s port %s: %s", t->host,
		    t->port, gai_strerror(r));
		return -1;
	}
	for (a = list; a != NULL && t->fd < 0; a = a->ai_next) {
		t->fd = socket(a->ai_family, a->ai_socktype | SOCK_CLOEXEC,
		    a->ai_protocol);
		if (t->fd >= 0) {
			limit_time(t->fd, host);
			if (connect(t->fd, a->ai_addr, a->ai_addrlen) == 0)
				break;
		}
		why = errno;
		transport_close(t);
	}
	freeaddrinfo(list);
	t->stream = t->kind == TRANSPORT_TCP;
	if (t->fd >= 0)
		return 0;
	host->error(host, "cannot connect to %s port %s: %s", t->host,
	    t->port, strerror(why));
	return -1;
}

/* Has the other side hung up while nobody looked? */
static int
stale(const struct transport *t)
{
	char c;

	return t->stream && recv(t->fd, &c, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

static int
write_all(struct transport *t, const char *head, const char *record,
    size_t len)
{
	struct iovec v[3] = {
		{ .iov_base = (char *)(uintptr_t)head,
		    .iov_len = strlen(head) },
		{ .iov_base = (char *)(uintptr_t)record, .iov_len = len },
		{ .iov_base = (char *)(uintptr_t)"\n", .iov_len = 1 },
	};
	struct msghdr m = { .msg_iov = v, .msg_iovlen = 3 };
	ssize_t n;

	if (!t->stream) {
		v[0] = v[1];
		m.msg_iovlen = 1;
	} else if (*head != '\0')
		v[2].iov_len = 0;
	for (;;) {
		n = sendmsg(t->fd, &m, MSG_NOSIGNAL);
		if (n < 0)
			return -1;
		if (!t->stream)
			return 0;
		for (; m.msg_iovlen > 0 && (size_t)n >= m.msg_iov->iov_len;
		    m.msg_iov++, m.msg_iovlen--)
			n -= (ssize_t)m.msg_iov->iov_len;
		if (m.msg_iovlen == 0)
			return 0;
		m.msg_iov->iov_base = (char *)m.msg_iov->iov_base + n;
		m.msg_iov->iov_len -= (size_t)n;
	}
}

/* What the network says after the fact: an ICMP error, a reset; for TCP wait
   until the other kernel has it all. */
static int
confirm(struct transport *t, struct notifier_host *host)
{
	struct pollfd p = { .fd = t->fd };
	int waiting = 0, why = 0;
	socklen_t size = sizeof(why);

	while (t->kind == TRANSPORT_TCP &&
	    ioctl(t->fd, SIOCOUTQ, &waiting) == 0 && waiting > 0) {
		if (time_left(host) == 0) {
			errno = ETIMEDOUT;
			return -1;
		}
		if (poll(&p, 1, CONFIRM_STEP) > 0)
			break;		/* an error or a hang-up */
	}
	if (getsockopt(t->fd, SOL_SOCKET, SO_ERROR, &why, &size) == 0 &&
	    why != 0) {
		errno = why;
		return -1;
	}
	return 0;
}

static int
open_transport(struct transport *t, struct notifier_host *host)
{
	if (t->fd >= 0 && !stale(t)) {
		limit_time(t->fd, host);
		return 0;
	}
	transport_close(t);
	return t->kind == TRANSPORT_UNIX || t->kind == TRANSPORT_JOURNAL ?
	    connect_unix(t, host) : connect_host(t, host);
}

int
transport_send(struct transport *t, struct notifier_host *host,
    const char *record, size_t len)
{
	char head[32] = "";

	if (t->kind == TRANSPORT_TCP)
		snprintf(head, sizeof(head), "%zu ", len);
	/* A log daemon that was started again: the old socket leads nowhere. */
	for (int old = t->fd >= 0; ; old = 0) {
		if (open_transport(t, host) < 0)
			return -1;
		if (write_all(t, head, record, len) == 0 &&
		    confirm(t, host) == 0)
			return 0;
		if (!old || errno == EAGAIN || errno == EINTR ||
		    errno == EMSGSIZE)
			break;
		transport_close(t);
	}
	if (errno == EAGAIN)
		host->error(host, "the log does not take more: it is full or "
		    "stopped");
	else
		host->error(host, "cannot write to the log: %s",
		    strerror(errno));
	transport_close(t);
	return -1;
}
