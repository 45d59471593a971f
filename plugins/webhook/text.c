#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define ELLIPSIS "…"

/* As newsalertd-notify has jansson do: what is sent is whole, and a process
   that ends sends its message again. */
static char *
resize(char *data, size_t size)
{
	if ((data = realloc(data, size)) == NULL) {
		fputs("out of memory\n", stderr);
		abort();
	}
	return data;
}

void
text_init(struct text *t)
{
	memset(t, 0, sizeof(*t));
	t->cap = 256;
	t->data = resize(NULL, t->cap);
	t->data[0] = '\0';
}

void
text_clear(struct text *t)
{
	free(t->data);
	memset(t, 0, sizeof(*t));
}

static void
put(struct text *t, const char *s, size_t n)
{
	if (t->len + n + 1 > t->cap) {
		t->cap = 2 * (t->cap + n);
		t->data = resize(t->data, t->cap);
	}
	memcpy(t->data + t->len, s, n);
	t->len += n;
	t->data[t->len] = '\0';
}

/* Bytes of the character at s; *units is what it counts for. */
static size_t
character(const char *s, size_t *units)
{
	unsigned char c = (unsigned char)*s;
	size_t want = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4, n = 1;

	while (n < want && ((unsigned char)s[n] & 0xc0) == 0x80)
		n++;
	*units = n == 4 ? 2 : 1;
	return n;
}

size_t
text_cost(const char *s, text_escape *escape)
{
	const char *with;
	size_t units, n, sum = 0;

	for (; *s != '\0'; s += n) {
		n = character(s, &units);
		with = n == 1 && escape != NULL ? escape(*s) : NULL;
		sum += with != NULL ? strlen(with) : units;
	}
	return sum;
}

/* Where a text may be cut: a flag, a family, a letter and its accents are one
   character to who reads it. */
struct edge {
	int32_t	 last, state;	/* for utf8proc */
	size_t	 len, sum;	/* of what stands before the last one */
};

/* The character at s comes next, where so much stands already. */
static void
edge_pass(struct edge *e, const char *s, size_t n, size_t len, size_t sum)
{
	int32_t c;

	if (utf8proc_iterate((const uint8_t *)s, (ssize_t)n, &c) <= 0)
		c = 0xfffd;
	if (e->last < 0 || utf8proc_grapheme_break_stateful(e->last, c,
	    &e->state)) {
		e->len = len;
		e->sum = sum;
	}
	e->last = c;
}

/* With one unit less, which the ellipsis takes. */
static size_t
add_cut(struct text *t, const char *s, size_t max, text_escape *escape)
{
	struct edge e = { .last = -1 };
	const char *with;
	size_t units, n, sum = 0, start = t->len;

	for (; *s != '\0'; s += n) {
		n = character(s, &units);
		with = n == 1 && escape != NULL ? escape(*s) : NULL;
		if (with != NULL)
			units = strlen(with);
		edge_pass(&e, s, n, t->len, sum);
		if (sum + units > max - 1)
			break;
		put(t, with != NULL ? with : s, with != NULL ? units : n);
		sum += units;
	}
	/* One that is longer than all the room is cut nevertheless. */
	if (e.len > start) {
		t->len = e.len;
		sum = e.sum;
	}
	put(t, ELLIPSIS, strlen(ELLIPSIS));
	return sum + 1;
}

void
text_add(struct text *t, const char *s, size_t max, text_escape *escape)
{
	const char *with;
	size_t units, n;

	if (text_cost(s, escape) > max) {
		if (max > 0)
			t->units += add_cut(t, s, max, escape);
		return;
	}
	for (; *s != '\0'; s += n) {
		n = character(s, &units);
		with = n == 1 && escape != NULL ? escape(*s) : NULL;
		if (with != NULL)
			units = strlen(with);
		put(t, with != NULL ? with : s, with != NULL ? units : n);
		t->units += units;
	}
}

void
text_raw(struct text *t, const char *s)
{
	put(t, s, strlen(s));
	t->units += text_cost(s, NULL);
}

json_t *
text_json(struct text *t)
{
	json_t *j = json_stringn(t->data, t->len);

	text_clear(t);
	return j;
}

const char *
text_slack(char c)
{
	return c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" :
	    NULL;
}

const char *
text_markdown(char c)
{
	static const char special[] = "\\`*_{}[]()<>#+-.!|~@:";
	static char escaped[sizeof(special)][3];
	const char *p = c != '\0' ? strchr(special, c) : NULL;
	char *e;

	if (p == NULL)
		return NULL;
	e = escaped[p - special];
	e[0] = '\\';
	e[1] = c;
	return e;
}

const char *
text_markdown_url(char c)
{
	return c == '(' ? "%28" : c == ')' ? "%29" : NULL;
}
