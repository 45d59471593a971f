#include "notify/clean.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

/* Bytes of the UTF-8 character at s, its code point in *c; 0 = malformed. */
static size_t
decode(const unsigned char *s, uint32_t *c)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2 :
	    s[0] < 0xf0 ? 3 : s[0] < 0xf5 ? 4 : 0;

	if (n <= 1) {
		*c = s[0];
		return n;
	}
	*c = s[0] & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		*c = *c << 6 | (s[i] & 0x3f);
	}
	if (*c < least[n] || *c > 0x10ffff || (*c >= 0xd800 && *c < 0xe000))
		return 0;
	return n;
}

static bool
harmful(uint32_t c, bool lines)
{
	if (c == '\n')
		return !lines;
	return c < 0x20 || (c >= 0x7f && c < 0xa0) ||
	    (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

char *
clean_text(char *s, bool lines)
{
	unsigned char *p = (unsigned char *)s;
	uint32_t c;
	size_t n;

	while (*p != '\0') {
		if ((n = decode(p, &c)) == 0)
			*p++ = '?';
		else {
			if (harmful(c, lines))
				memset(p, ' ', n);
			p += n;
		}
	}
	return s;
}

const char *
clean_copy(struct arena *a, const char *s, bool lines)
{
	return clean_text(arena_strdup(a, s), lines);
}

const char *
clean_link(struct arena *a, const char *s)
{
	static const char hex[] = "0123456789ABCDEF";
	char *out, *to;

	if (strncasecmp(s, "http://", 7) != 0 &&
	    strncasecmp(s, "https://", 8) != 0)
		return "";
	out = to = arena_alloc(a, 3 * strlen(s) + 1);
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if (c <= ' ' || c >= 0x7f || strchr("\"<>\\^`{|}", c) != NULL) {
			*to++ = '%';
			*to++ = hex[c >> 4];
			*to++ = hex[c & 15];
		} else
			*to++ = (char)c;
	}
	*to = '\0';
	return out;
}
