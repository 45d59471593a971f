#include "feed/mojibake.h"

#include <stdbool.h>
#include <string.h>

#include "feed/entity.h"

/* The byte 0x80 to 0xbf that a character is in windows-1252, or 0. */
static unsigned char
byte_of(const char *text, size_t n)
{
	char other[4];
	unsigned char c;

	if (n == 2 && (unsigned char)text[0] == 0xc2)
		return (unsigned char)text[1];
	for (c = 0x80; c < 0xa0; c++)
		if (entity_utf8(entity_windows(c), other) == n &&
		    memcmp(other, text, n) == 0)
			return c;
	return 0;
}

/* The same of the character or the reference at p. */
static unsigned char
take_byte(const char *p, const char *end, size_t *used)
{
	char text[ENTITY_MAX];
	size_t n;

	if (end - p < 2)
		return 0;
	if (*p == '&')
		*used = entity_decode(p, end, text, &n);
	else {
		*used = n = (unsigned char)*p >= 0xe0 ? 3 : 2;
		if ((unsigned char)*p < 0xc2 || (size_t)(end - p) < n)
			return 0;
		memcpy(text, p, n);
	}
	return *used == 0 ? 0 : byte_of(text, n);
}

static bool
is_sequence(unsigned char lead, unsigned char next)
{
	return !((lead == 0xe0 && next < 0xa0) ||
	    (lead == 0xed && next > 0x9f) || (lead == 0xf0 && next < 0x90) ||
	    (lead == 0xf4 && next > 0x8f));
}

size_t
mojibake_undo(const char *start, char **out, const char *p, const char *end)
{
	unsigned char *last = (unsigned char *)*out, lead, byte[3];
	size_t n, i, len, used = 0;

	if (*out - start < 2 || last[-2] != 0xc3)
		return 0;
	lead = last[-1] | 0x40;		/* U+00C0 to U+00FF */
	if (lead < 0xc2 || lead > 0xf4)
		return 0;
	n = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
	for (i = 0; i < n; i++, used += len)
		if ((byte[i] = take_byte(p + used, end, &len)) == 0)
			return 0;
	if (!is_sequence(lead, byte[0]))
		return 0;
	last[-2] = lead;
	memcpy(last - 1, byte, n);
	*out += n - 1;
	return used;
}

/* The byte that the character at p is in ISO 8859-1, beyond ASCII; or 0. */
static unsigned char
latin1(const char *p, const char *end)
{
	unsigned char c = (unsigned char)*p;

	return end - p < 2 || (c != 0xc2 && c != 0xc3) ? 0 :
	    (unsigned char)((c & 1) << 6 | (unsigned char)p[1]);
}

size_t
mojibake_undo_all(char *s, size_t n)
{
	const char *p, *end = s + n;
	unsigned char lead, c;
	size_t i, more, found = 0;
	char *out;

	for (p = s; p < end; p++) {
		if ((unsigned char)*p < 0x80)
			continue;
		lead = latin1(p, end);
		more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
		if (lead < 0xc2 || lead > 0xf4)
			return n;
		for (i = 1, p += 2; i <= more; i++, p += 2)
			if (p >= end || ((c = latin1(p, end)) & 0xc0) != 0x80 ||
			    (i == 1 && (!is_sequence(lead, c) ||
			    (lead == 0xc2 && c < 0xa0))))
				return n;
		found++;
		p--;
	}
	if (found == 0)
		return n;
	for (p = out = s; p < end; out++)
		if ((unsigned char)*p < 0x80)
			*out = *p++;
		else {
			*out = (char)latin1(p, end);
			p += 2;
		}
	return (size_t)(out - s);
}
