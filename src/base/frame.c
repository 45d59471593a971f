#include "base/frame.h"

#include <endian.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/wire.h"

#define HEADER 8
#define READ_STEP 65536

void
frame_link_init(struct frame_link *l, int fd, size_t frame_max)
{
	memset(l, 0, sizeof(*l));
	l->fd = fd;
	l->frame_max = frame_max;
	buf_init(&l->in, frame_max + HEADER + 2 * READ_STEP);
	buf_init(&l->out, SIZE_MAX / 2);
}

void
frame_link_clear(struct frame_link *l)
{
	buf_clear(&l->in);
	buf_clear(&l->out);
	l->in_off = l->out_off = 0;
}

struct buf *
frame_begin(struct frame_link *l, uint32_t type)
{
	l->open_at = l->out.len;
	wire_put_u32(&l->out, 0);
	wire_put_u32(&l->out, type);
	return &l->out;
}

int
frame_end(struct frame_link *l, struct error *err)
{
	size_t body = l->out.len - l->open_at - HEADER;
	uint32_t len = htole32((uint32_t)body);

	if (l->out.full || body > l->frame_max) {
		l->out.len = l->open_at;
		l->out.full = false;
		return error_set(err, "message of %zu bytes is longer than "
		    "%zu", body, l->frame_max);
	}
	memcpy(l->out.data + l->open_at, &len, sizeof(len));
	return 0;
}

int
frame_put(struct frame_link *l, uint32_t type, const void *body, size_t len)
{
	buf_add(frame_begin(l, type), body, len);
	return frame_end(l, NULL);
}

size_t
frame_pending(const struct frame_link *l)
{
	return l->out.len - l->out_off;
}

int
frame_flush(struct frame_link *l, struct error *err)
{
	ssize_t n;

	while (frame_pending(l) > 0) {
		n = send(l->fd, l->out.data + l->out_off, frame_pending(l),
		    MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			break;
		if (n < 0)
			return error_errno(err, "cannot send");
		l->out_off += (size_t)n;
	}
	if (frame_pending(l) == 0) {
		/* An idle link holds no memory of its largest frame. */
		if (l->out.cap > READ_STEP)
			buf_clear(&l->out);
		else
			buf_reset(&l->out);
		l->out_off = 0;
		return 1;
	}
	if (l->out_off > READ_STEP) {
		buf_drop(&l->out, l->out_off);
		l->out_off = 0;
	}
	return 0;
}

int
frame_fill(struct frame_link *l, struct error *err)
{
	char *to;
	ssize_t n;

	if (l->in_off == l->in.len) {
		if (l->in.cap > 4 * READ_STEP)
			buf_clear(&l->in);
		else
			buf_reset(&l->in);
		l->in_off = 0;
	} else if (l->in_off > 0) {
		buf_drop(&l->in, l->in_off);
		l->in_off = 0;
	}
	if ((to = buf_reserve(&l->in, READ_STEP)) == NULL)
		return error_set(err, "message is too long");
	do
		n = read(l->fd, to, READ_STEP);
	while (n < 0 && errno == EINTR);
	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return 0;
	if (n < 0)
		return error_errno(err, "cannot receive");
	if (n == 0) {
		error_set(err, "connection closed");
		return -2;
	}
	l->in.len += (size_t)n;
	return 1;
}

int
frame_next(struct frame_link *l, struct frame *f, struct error *err)
{
	size_t have = l->in.len - l->in_off;
	struct wire w;
	uint32_t len;

	if (have < HEADER)
		return 0;
	wire_init(&w, l->in.data + l->in_off, HEADER);
	len = wire_get_u32(&w);
	f->type = wire_get_u32(&w);
	if (len > l->frame_max)
		return error_set(err, "message of %u bytes is longer than %zu",
		    len, l->frame_max);
	if (have - HEADER < len)
		return 0;
	f->body = l->in.data + l->in_off + HEADER;
	f->len = len;
	l->in_off += HEADER + len;
	return 1;
}

int
frame_wait(struct frame_link *l, struct frame *f, struct error *err)
{
	int r;

	while ((r = frame_next(l, f, err)) == 0)
		if ((r = frame_fill(l, err)) < 0)
			return r;
	return r;
}
