/* Any bytes as a stream of frames: the same frames come out however the bytes
   are cut on their way, and what is put in comes out. */
#include "fuzz.h"

#include <sys/socket.h>
#include <unistd.h>

#include "base/frame.h"
#include "base/wire.h"

#define FRAME_MAX	4096u
#define STREAM_MAX	16384u		/* what a socket takes without a reader */

/* What the frames of a stream were, and how it ended. */
struct seen {
	size_t	n, bytes;
	uint64_t sum;
	bool	breach;
};

static void
add(struct seen *s, const struct frame *f)
{
	const uint8_t *b = f->body;

	must(f->len <= FRAME_MAX);
	s->n++;
	s->bytes += f->len;
	s->sum = s->sum * 31 + f->type;
	for (size_t i = 0; i < f->len; i++)
		s->sum = s->sum * 31 + b[i];
}

/* Send the bytes in pieces of at most `piece`, reading after each. */
static struct seen
receive(const uint8_t *p, size_t n, size_t piece)
{
	struct seen s = { 0 };
	struct frame_link l;
	struct frame f;
	int ends[2], got = 0;

	must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC,
	    0, ends) == 0);
	frame_link_init(&l, ends[0], FRAME_MAX);
	for (size_t at = 0; at < n && !s.breach; at += piece) {
		size_t len = n - at < piece ? n - at : piece;

		must(write(ends[1], p + at, len) == (ssize_t)len);
		while (!s.breach && (got = frame_fill(&l, NULL)) == 1) {
			while ((got = frame_next(&l, &f, NULL)) == 1)
				add(&s, &f);
			s.breach = got < 0;
		}
	}
	frame_link_clear(&l);
	close(ends[0]);
	close(ends[1]);
	return s;
}

/* What the header says must come out, by a reading of its own. */
static struct seen
expected(const uint8_t *p, size_t n)
{
	struct seen s = { 0 };

	while (n >= 8) {
		uint32_t len = p[0] | (uint32_t)p[1] << 8 |
		    (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
		struct frame f = { p[4] | (uint32_t)p[5] << 8 |
		    (uint32_t)p[6] << 16 | (uint32_t)p[7] << 24, p + 8, len };

		s.breach = len > FRAME_MAX;
		if (s.breach || n - 8 < len)
			break;
		add(&s, &f);
		p += 8 + len;
		n -= 8 + len;
	}
	return s;
}

static void
same(struct seen a, struct seen b)
{
	must(a.n == b.n && a.bytes == b.bytes && a.sum == b.sum &&
	    a.breach == b.breach);
}

/* The bytes as bodies: put, flushed and taken again. */
static void
round_trip(const uint8_t *p, size_t n, size_t piece)
{
	struct frame_link out, in;
	struct frame f;
	int ends[2];

	must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC,
	    0, ends) == 0);
	frame_link_init(&out, ends[0], FRAME_MAX);
	frame_link_init(&in, ends[1], FRAME_MAX);
	for (size_t at = 0; at < n; at += piece) {
		size_t len = n - at < piece ? n - at : piece;
		int r;

		if (frame_put(&out, (uint32_t)at, p + at, len) != 0) {
			must(len > FRAME_MAX);
			break;
		}
		must(frame_flush(&out, NULL) >= 0);
		while ((r = frame_next(&in, &f, NULL)) == 0)
			must(frame_fill(&in, NULL) == 1);
		must(r == 1 && f.type == at && f.len == len &&
		    memcmp(f.body, p + at, len) == 0);
	}
	frame_link_clear(&out);
	frame_link_clear(&in);
	close(ends[0]);
	close(ends[1]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	size_t piece;

	if (n < 2 || n > STREAM_MAX)
		return 0;
	piece = 1 + (p[0] | (size_t)(p[1] & 3) << 8);
	p += 2;
	n -= 2;
	same(receive(p, n, piece), expected(p, n));
	same(receive(p, n, STREAM_MAX), expected(p, n));
	round_trip(p, n, piece);
	return 0;
}
