#include "base/wire.h"

#include <endian.h>
#include <string.h>

void
wire_put_u8(struct buf *b, uint8_t v)
{
	buf_put(b, &v, sizeof(v));
}

void
wire_put_u32(struct buf *b, uint32_t v)
{
	v = htole32(v);
	buf_put(b, &v, sizeof(v));
}

void
wire_put_u64(struct buf *b, uint64_t v)
{
	v = htole64(v);
	buf_put(b, &v, sizeof(v));
}

void
wire_put_i64(struct buf *b, int64_t v)
{
	wire_put_u64(b, (uint64_t)v);
}

void
wire_put_double(struct buf *b, double d)
{
	uint64_t v;

	memcpy(&v, &d, sizeof(v));
	wire_put_u64(b, v);
}

void
wire_put_bytes(struct buf *b, const void *p, size_t n)
{
	if (n > UINT32_MAX) {
		b->full = true;
		return;
	}
	wire_put_u32(b, (uint32_t)n);
	if (n > 0)
		buf_put(b, p, n);
}

void
wire_put_str(struct buf *b, const char *s)
{
	wire_put_bytes(b, s, s != NULL ? strlen(s) : 0);
}

void
wire_put_strs(struct buf *b, const char *const *list, size_t n)
{
	wire_put_u32(b, (uint32_t)n);
	for (size_t i = 0; i < n; i++)
		wire_put_str(b, list[i]);
}

void
wire_init(struct wire *w, const void *p, size_t n)
{
	w->p = p;
	w->end = p != NULL ? w->p + n : w->p;
	w->bad = false;
}

static const unsigned char *
take(struct wire *w, size_t n)
{
	const unsigned char *p = w->p;

	if (w->bad || (size_t)(w->end - w->p) < n) {
		w->bad = true;
		return NULL;
	}
	w->p += n;
	return p;
}

uint8_t
wire_get_u8(struct wire *w)
{
	const unsigned char *p = take(w, 1);

	return p != NULL ? *p : 0;
}

uint32_t
wire_get_u32(struct wire *w)
{
	const unsigned char *p = take(w, 4);
	uint32_t v = 0;

	if (p != NULL)
		memcpy(&v, p, sizeof(v));
	return le32toh(v);
}

uint64_t
wire_get_u64(struct wire *w)
{
	const unsigned char *p = take(w, 8);
	uint64_t v = 0;

	if (p != NULL)
		memcpy(&v, p, sizeof(v));
	return le64toh(v);
}

int64_t
wire_get_i64(struct wire *w)
{
	return (int64_t)wire_get_u64(w);
}

double
wire_get_double(struct wire *w)
{
	uint64_t v = wire_get_u64(w);
	double d;

	memcpy(&d, &v, sizeof(d));
	return d;
}

const void *
wire_get_bytes(struct wire *w, size_t *len)
{
	uint32_t n = wire_get_u32(w);
	const void *p = take(w, n);

	*len = p != NULL ? n : 0;
	return p;
}

const char *
wire_get_str(struct wire *w, struct arena *a)
{
	size_t n;
	const char *p = wire_get_bytes(w, &n);

	if (p == NULL || n == 0)
		return "";
	if (memchr(p, '\0', n) != NULL) {
		w->bad = true;
		return "";
	}
	return arena_strndup(a, p, n);
}

const char **
wire_get_strs(struct wire *w, struct arena *a, size_t *n, size_t max)
{
	uint32_t count = wire_get_u32(w);
	const char **list;

	if (count > max)
		w->bad = true;
	*n = w->bad ? 0 : count;
	list = arena_zalloc(a, *n + 1, sizeof(*list));
	for (size_t i = 0; i < *n; i++)
		list[i] = wire_get_str(w, a);
	return list;
}

bool
wire_done(const struct wire *w)
{
	return !w->bad && w->p == w->end;
}
