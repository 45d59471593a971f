#include "store/history.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define NAMED	0
#define SAME	255
#define NAME_MAX 64	/* longer names and errors are cut */
#define ERROR_MAX 4096
#define NUMBER	10	/* bytes of the largest varint */

/* Never change a number: they are stored. */
static const char *const outcomes[] = { NULL, "ok", "not-modified",
    "http-error", "timeout", "connect", "dns", "tls" };
#define OUTCOMES (sizeof(outcomes) / sizeof(outcomes[0]))

/* What is left to read; bad = it was too short. */
struct rest {
	const unsigned char	*p, *end;
	bool			 bad;
};

/* NULL is no bytes. */
static struct rest
rest(const void *data, size_t len)
{
	const unsigned char *p = len > 0 ? data : (const unsigned char *)"";

	return (struct rest){ p, p + len, false };
}

/* One poll as it is stored, strings borrowed and without an end. */
struct entry {
	unsigned char	 code;
	const char	*name, *error;
	size_t		 nname, nerror;
	int64_t		 number[7];	/* when, status, items ... */
};

/* Stored times may be anything: no overflow. */
static int64_t
minus(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a - (uint64_t)b);
}

/* At most NUMBER bytes. Behind the last one. */
static unsigned char *
put_number(unsigned char *to, int64_t value)
{
	uint64_t n = (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0);

	for (; n >= 0x80; n >>= 7)
		*to++ = (unsigned char)(0x80 | (n & 0x7f));
	*to++ = (unsigned char)n;
	return to;
}

static int64_t
get_number(struct rest *r)
{
	uint64_t n = 0;
	unsigned char c = 0x80;

	for (unsigned shift = 0; c >= 0x80; shift += 7) {
		if (r->p == r->end || shift > 63) {
			r->bad = true;
			return 0;
		}
		c = *r->p++;
		n |= (uint64_t)(c & 0x7f) << shift;
	}
	return (int64_t)(n >> 1 ^ (0 - (n & 1)));
}

static const unsigned char *
take(struct rest *r, size_t n)
{
	const unsigned char *p = r->p;

	if (n > (size_t)(r->end - p)) {
		r->bad = true;
		return NULL;
	}
	r->p += n;
	return p;
}

/* The next entry's bytes: false = there is none, or it is damaged. */
static bool
next(struct rest *r, struct rest *body)
{
	int64_t len;

	if (r->p == r->end)
		return false;
	/* Most are short: an even byte below 128 is a number of its own. */
	if (*r->p < 0x80 && *r->p % 2 == 0 && *r->p / 2 < r->end - r->p) {
		body->p = r->p + 1;
		body->end = r->p = body->p + *r->p / 2;
		body->bad = false;
		return true;
	}
	len = get_number(r);
	if (r->bad || len < 0 || (body->p = take(r, (size_t)len)) == NULL)
		return false;
	body->end = r->p;
	body->bad = false;
	return true;
}

static bool
read_entry(struct rest *r, struct entry *e)
{
	const unsigned char *code = take(r, 1);

	memset(e, 0, sizeof(*e));
	if (code == NULL || (*code != SAME && *code >= OUTCOMES))
		return false;
	e->code = *code;
	if (e->code == NAMED) {
		int64_t n = get_number(r);

		if (n < 0 || n > NAME_MAX ||
		    (e->name = (const char *)take(r, (size_t)n)) == NULL)
			return false;
		e->nname = (size_t)n;
	}
	for (size_t i = 0; i < 7; i++)
		e->number[i] = get_number(r);
	e->error = (const char *)r->p;
	e->nerror = (size_t)(r->end - r->p);
	return !r->bad;
}

static void
write_entry(struct buf *b, const struct entry *e)
{
	unsigned char body[1 + 9 * NUMBER + NAME_MAX], *to = body;
	unsigned char len[NUMBER];
	size_t nerror = e->code != SAME ? e->nerror : 0;

	*to++ = e->code;
	if (e->code == NAMED) {
		to = put_number(to, (int64_t)e->nname);
		memcpy(to, e->name, e->nname);
		to += e->nname;
	}
	for (size_t i = 0; i < 7; i++)
		to = put_number(to, e->number[i]);
	buf_put(b, len, (size_t)(put_number(len,
	    (int64_t)((size_t)(to - body) + nerror)) - len));
	buf_put(b, body, (size_t)(to - body));
	if (nerror > 0)
		buf_add(b, e->error, nerror);
}

static void
make_entry(const struct store_poll *p, struct entry *e)
{
	*e = (struct entry){ .code = NAMED,
		.name = p->outcome != NULL ? p->outcome : "",
		.error = p->error != NULL ? p->error : "",
		.number = { p->at, p->status, p->items, p->fresh, p->changed,
		    p->bytes, p->elapsed_ms } };
	for (size_t i = 1; i < OUTCOMES; i++)
		if (strcmp(e->name, outcomes[i]) == 0)
			e->code = (unsigned char)i;
	e->nname = strlen(e->name);
	e->nname = e->nname < NAME_MAX ? e->nname : NAME_MAX;
	e->nerror = strlen(e->error);
	e->nerror = e->nerror < ERROR_MAX ? e->nerror : ERROR_MAX;
}

static bool
same_words(const struct entry *a, const struct entry *b)
{
	return a->code == b->code && a->nname == b->nname &&
	    a->nerror == b->nerror &&
	    memcmp(a->error, b->error, a->nerror) == 0 &&
	    (a->nname == 0 || a->code != NAMED ||
	    memcmp(a->name, b->name, a->nname) == 0);
}

size_t
history_add(const void *old, size_t len, const struct store_poll *p,
    struct buf *b)
{
	struct rest r = rest(old, len), body;
	const unsigned char *from;
	struct entry newest, second;
	size_t n = 1;

	buf_reserve(b, len + 128);	/* mostly all that it needs */
	make_entry(p, &newest);
	write_entry(b, &newest);
	if (!next(&r, &body) || !read_entry(&body, &second))
		return n;
	if (second.code != SAME && same_words(&newest, &second))
		second.code = SAME;
	second.number[0] = minus(newest.number[0], second.number[0]);
	write_entry(b, &second);
	for (from = r.p, n = 2; n < STORE_POLLS && next(&r, &body); n++)
		continue;
	/* Up to the last whole one. */
	buf_add(b, from, (size_t)(r.p - from));
	return n + (r.p != r.end && n == STORE_POLLS);
}

size_t
history_list(const void *data, size_t len, struct arena *mem,
    struct store_poll *list, size_t max)
{
	struct rest r = rest(data, len), body;
	const char *outcome = "", *error = "";
	struct entry e;
	int64_t at = 0;
	size_t n = 0;

	for (; n < max && next(&r, &body) && read_entry(&body, &e); n++) {
		if (e.code != SAME) {
			outcome = e.code == NAMED ? arena_strndup(mem, e.name,
			    e.nname) : outcomes[e.code];
			error = arena_strndup(mem, e.error, e.nerror);
		}
		at = n == 0 ? e.number[0] : minus(at, e.number[0]);
		list[n] = (struct store_poll){ at, outcome, e.number[1],
			e.number[2], e.number[3], e.number[4], e.number[5],
			e.number[6], error };
	}
	return n;
}
