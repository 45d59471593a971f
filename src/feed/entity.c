#include "feed/entity.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

struct name {
	const char	*name;
	const char	*text;
	bool		 bare;	/* may stand without a semicolon */
};

static const struct name names[] = {
#define E(name, text, bare) { name, text, bare },
#include "feed/entities.inc"
#undef E
};

#define NAMES (sizeof(names) / sizeof(names[0]))
#define NAME_MAX_LEN 31

static const uint16_t windows[32] = {
	0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
	0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
};

uint32_t
entity_windows(unsigned char c)
{
	return c >= 0x80 && c <= 0x9f ? windows[c - 0x80] : c;
}

static const struct name *
find(const char *s, size_t n)
{
	static uint16_t first[129];	/* where the names of a letter begin */
	size_t lo, hi, mid;
	int r;

	if (n == 0 || n > NAME_MAX_LEN || !isalpha((unsigned char)*s))
		return NULL;
	if (first[128] == 0) {
		for (lo = NAMES; lo > 0; lo--)
			first[(unsigned char)names[lo - 1].name[0]] =
			    (uint16_t)(lo - 1);
		first[128] = NAMES;
		for (lo = 127; lo > 0; lo--)
			if (first[lo] == 0 && lo != 'A')
				first[lo] = first[lo + 1];
	}
	lo = first[(unsigned char)*s];
	hi = first[(unsigned char)*s + 1];
	while (lo < hi) {
		mid = (lo + hi) / 2;
		r = strncmp(names[mid].name, s, n);
		if (r == 0 && names[mid].name[n] != '\0')
			r = 1;
		if (r == 0)
			return &names[mid];
		if (r < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

const char *
entity_find(const char *s, size_t n)
{
	const struct name *e = find(s, n);

	return e == NULL ? NULL : e->text;
}

size_t
entity_utf8(uint32_t c, char out[4])
{
	if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff) || c == 0)
		c = 0xfffd;
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

static int
digit(char c, bool hex)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (hex && c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (hex && c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

size_t
entity_number(const char *p, const char *end, char out[ENTITY_MAX], size_t *n)
{
	const char *s = p + 2, *first;
	uint32_t c = 0;
	bool hex;

	if (end - p < 3 || p[0] != '&' || p[1] != '#')
		return 0;
	hex = *s == 'x' || *s == 'X';
	s += hex;
	for (first = s; s < end && digit(*s, hex) >= 0; s++)
		if (c < 0x110000)
			c = c * (hex ? 16 : 10) + (uint32_t)digit(*s, hex);
	if (s == first)
		return 0;
	if (s < end && *s == ';')
		s++;
	if (c >= 0x80 && c <= 0x9f)
		c = windows[c - 0x80];
	if ((c & 0xfffe) == 0xfffe)
		c = 0xfffd;
	if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
		*n = 0;		/* a control character says nothing */
	else
		*n = entity_utf8(c, out);
	return (size_t)(s - p);
}

size_t
entity_decode(const char *p, const char *end, char out[ENTITY_MAX], size_t *n)
{
	const struct name *e;
	const char *s = p + 1;

	if (end - p < 3)
		return 0;
	if (*s == '#')
		return entity_number(p, end, out, n);
	while (s < end && s - p <= NAME_MAX_LEN && isalnum((unsigned char)*s))
		s++;
	if ((e = find(p + 1, (size_t)(s - p - 1))) == NULL)
		return 0;
	if (s < end && *s == ';')
		s++;
	else if (!e->bare || (s < end && *s == '='))
		return 0;
	*n = strlen(e->text);
	memcpy(out, e->text, *n);
	return (size_t)(s - p);
}
