#include "feed/escape.h"

#include <string.h>

#include "feed/entity.h"

/* One character that stays what it is; what XML forbids is left out. */
static size_t
put_character(struct buf *out, const char *p, const char *end)
{
	unsigned char c = (unsigned char)*p;

	if (c == '<')
		buf_adds(out, "&lt;");
	else if (c == '>')
		buf_adds(out, "&gt;");
	else if (c == '&')
		buf_adds(out, "&amp;");
	else if (c == '"')
		buf_adds(out, "&quot;");
	else if (c == 0xef && end - p >= 3 && (unsigned char)p[1] == 0xbf &&
	    (unsigned char)p[2] >= 0xbe)
		return 3;
	else if (c == '\f' || c == '\v')
		buf_addc(out, ' ');
	else if (c >= ' ' || c == '\t' || c == '\n' || c == '\r')
		buf_addc(out, *p);
	return 1;
}

void
escape_literal(struct buf *out, const char *p, const char *end)
{
	const char *s;

	while (p < end) {
		for (s = p; s < end && (unsigned char)*s >= ' ' && *s != '<' &&
		    *s != '>' && *s != '&' && *s != '"' &&
		    (unsigned char)*s != 0xef; s++)
			;
		buf_add(out, p, (size_t)(s - p));
		p = s;
		if (p < end)
			p += put_character(out, p, end);
	}
}

/* The same with character references. */
void
escape_text(struct buf *out, const char *p, const char *end)
{
	const char *amp;
	char text[ENTITY_MAX];
	size_t used, n;

	while ((amp = memchr(p, '&', (size_t)(end - p))) != NULL) {
		escape_literal(out, p, amp);
		used = entity_decode(amp, end, text, &n);
		if (used > 0 && (amp[1] == '#' || amp[used - 1] == ';')) {
			escape_literal(out, text, text + n);
			p = amp + used;
		} else {
			buf_adds(out, "&amp;");
			p = amp + 1;
		}
	}
	escape_literal(out, p, end);
}

void
escape_name(struct buf *out, const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		buf_addc(out, (unsigned char)s[i] < 0x80 ? s[i] : '_');
}
