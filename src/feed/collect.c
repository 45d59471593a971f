#include "feed/collect.h"

#include <string.h>

void
collect_init(struct collect *c, size_t max)
{
	memset(c, 0, sizeof(*c));
	buf_init(&c->text, max);
}

void
collect_clear(struct collect *c)
{
	buf_clear(&c->text);
}

void
collect_reset(struct collect *c)
{
	buf_reset(&c->text);
	c->len = 0;
}

/* How much of s is at most max bytes long and ends with a character. */
static size_t
clip(const char *s, size_t n, size_t max)
{
	if (n > max)
		for (n = max; n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80;
		    n--)
			;
	return n;
}

static void
append(struct buf *b, const char *s, size_t n)
{
	buf_add(b, s, clip(s, n, b->max - b->len));
}

struct buf *
collect_buf(struct collect *c)
{
	if (c->len > 0) {
		append(&c->text, c->from, c->len);
		c->len = 0;
	} else if (c->text.data != NULL)
		c->text.data[c->text.len] = '\0';
	else
		buf_adds(&c->text, "");
	return &c->text;
}

/* The parser makes one '\n' of "\r\n"; in the document it may stand as is. */
static bool
is_line_end(struct collect *c)
{
	const char *s = c->from + c->len;

	if (*s != '\n' && *s != '\r')
		return false;
	c->len += *s == '\r' && s[1] == '\n' ? 2 : 1;
	return true;
}

void
collect_add(struct collect *c, const char *s, size_t n)
{
	struct buf *b = &c->text;

	if (n == 1 && *s == '\n' && (c->len > 0 ? is_line_end(c) : b->len == 0))
		return;
	if (c->len > 0)
		collect_buf(c);
	/* Called for every line and every reference: mostly a byte or two.
	   The NUL is put when the text is complete. */
	if (b->cap - b->len <= n)
		append(b, s, n);
	else if (n == 1)
		b->data[b->len++] = *s;
	else {
		memcpy(b->data + b->len, s, n);
		b->len += n;
	}
}

void
collect_string(struct collect *c, const char *s)
{
	collect_add(c, s, strlen(s));
}

void
collect_borrow(struct collect *c, const char *s, size_t n)
{
	if (c->len > 0 && c->from + c->len == s)
		c->len += n;
	else if (c->len == 0 && c->text.len == 0) {
		c->from = s;
		c->len = n;
	} else
		collect_add(c, s, n);
}

const char *
collect_view(const struct collect *c, size_t *n)
{
	if (c->len > 0) {
		*n = clip(c->from, c->len, c->text.max);
		return c->from;
	}
	*n = c->text.len;
	return c->text.data != NULL ? c->text.data : "";
}
