#include "text/fold.h"

#include <string.h>
#include <utf8proc.h>

#define POINTS_MAX 256		/* code points of one word, decomposed */

int32_t
fold_decode(const char *s, size_t len, size_t *n)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t got;

	*n = 1;
	if ((unsigned char)*s < 0x80)
		return (unsigned char)*s;
	if (len > 4)
		len = 4;
	got = utf8proc_iterate((const utf8proc_uint8_t *)s,
	    (utf8proc_ssize_t)len, &c);
	if (got <= 0)
		return -1;
	*n = (size_t)got;
	return c;
}

char
fold_ascii(int32_t c)
{
	if (c >= 0 && c < 0x80)
		return (char)c;
	switch (c) {
	case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x2032:
	case 0x00B4: case 0x02BC: case 0x2039: case 0x203A: case 0xFF07:
		return '\'';
	case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0x2033:
	case 0x00AB: case 0x00BB: case 0xFF02:
		return '"';
	case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2212:
	case 0xFE63: case 0xFF0D:
		return '-';
	case 0x2014: case 0x2015:
		return '_';
	case 0x2026:
		return '~';
	case 0x2022: case 0x00B7: case 0x25CF: case 0x25AA:
		return '*';
	case 0x3002:
		return '.';
	case 0x3001:
		return ',';
	case 0xFF05:
		return '%';
	case 0xFF0B:
		return '+';
	case 0x2044: case 0x2215:
		return '/';
	default:
		return 0;
	}
}

static bool
without_spaces(int32_t c)
{
	return (c >= 0x0E00 && c <= 0x0EFF) ||		/* Thai, Lao */
	    (c >= 0x1000 && c <= 0x109F) ||		/* Burmese */
	    (c >= 0x1780 && c <= 0x17FF) ||		/* Khmer */
	    (c >= 0x3040 && c <= 0x30FF) ||		/* kana */
	    (c >= 0x31F0 && c <= 0x31FF) ||
	    (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
	    (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

static bool
is_nothing(int32_t c)
{
	return c == 0x00AD || (c >= 0x200B && c <= 0x200F) ||
	    (c >= 0x202A && c <= 0x202E) || c == 0x2060 || c == 0xFEFF ||
	    (c >= 0xFE00 && c <= 0xFE0F);
}

static enum fold_class
class_of_category(int32_t c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LT:
		return FOLD_UPPER;
	case UTF8PROC_CATEGORY_LL: case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
		return without_spaces(c) ? FOLD_IDEOGRAPH : FOLD_LOWER;
	case UTF8PROC_CATEGORY_ND: case UTF8PROC_CATEGORY_NL:
		return FOLD_LOWER;	/* digits of other scripts are word parts */
	case UTF8PROC_CATEGORY_MN: case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
		return FOLD_MARK;
	case UTF8PROC_CATEGORY_ZS:
		return FOLD_SPACE;
	case UTF8PROC_CATEGORY_ZL: case UTF8PROC_CATEGORY_ZP:
		return FOLD_NEWLINE;
	default:
		return FOLD_OTHER;
	}
}

#define S FOLD_SPACE	/* controls and broken bytes part words as a space does */
#define O FOLD_OTHER
#define D FOLD_DIGIT
#define U FOLD_UPPER
#define L FOLD_LOWER
const uint8_t fold_ascii_class[128] = {
	S, S, S, S, S, S, S, S, S, S, FOLD_NEWLINE, S, S, S, S, S,
	S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
	S, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O,
	D, D, D, D, D, D, D, D, D, D, O, O, O, O, O, O,
	O, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U,
	U, U, U, U, U, U, U, U, U, U, U, O, O, O, O, O,
	O, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
	L, L, L, L, L, L, L, L, L, L, L, O, O, O, O, S,
};
#undef S
#undef O
#undef D
#undef U
#undef L

enum fold_class
fold_class(int32_t c)
{
	if (c < 0x80)
		return c < 0 ? FOLD_SPACE : (enum fold_class)fold_ascii_class[c];
	if (is_nothing(c))
		return FOLD_NOTHING;
	return class_of_category(c);
}

/* Combining marks in canonical order, which composing expects. */
static void
order_marks(utf8proc_int32_t *points, utf8proc_ssize_t n)
{
	for (utf8proc_ssize_t i = 1; i < n; i++) {
		int class = utf8proc_get_property(points[i])->combining_class;
		utf8proc_int32_t c = points[i];
		utf8proc_ssize_t k = i;

		for (; class > 0 && k > 0 && utf8proc_get_property(
		    points[k - 1])->combining_class > class; k--)
			points[k] = points[k - 1];
		points[k] = c;
	}
}

/* Case fold and compose what is not ASCII. */
static size_t
fold_unicode(const char *s, size_t len, char *out, size_t size)
{
	utf8proc_int32_t points[POINTS_MAX * 4];
	utf8proc_ssize_t have = 0, got;
	size_t n;

	for (size_t i = 0; i < len; i += n) {
		int32_t c = fold_decode(s + i, len - i, &n);
		char plain;

		if (c < 0 || is_nothing(c))
			continue;
		if (have >= POINTS_MAX)
			return 0;
		plain = fold_ascii(c);
		if (plain == '_' && c != '_')
			plain = '-';
		if (plain != 0)
			c = (unsigned char)plain;
		got = utf8proc_decompose_char(c, points + have,
		    (utf8proc_ssize_t)(POINTS_MAX * 4) - have,
		    UTF8PROC_CASEFOLD | UTF8PROC_COMPOSE, NULL);
		if (got < 0 || have + got > POINTS_MAX * 4)
			return 0;
		have += got;
	}
	order_marks(points, have);
	/* Composes in place; a code point takes at most the four bytes it has. */
	got = utf8proc_normalize_utf32(points, have, UTF8PROC_COMPOSE);
	if (got < 0)
		return 0;
	n = 0;
	for (utf8proc_ssize_t i = 0; i < got; i++) {
		utf8proc_uint8_t bytes[4];
		size_t k = (size_t)utf8proc_encode_char(points[i], bytes);

		if (n + k > size)
			return 0;
		memcpy(out + n, bytes, k);
		n += k;
	}
	return n;
}

size_t
fold_word(const char *s, size_t len, char *out, size_t size)
{
	if (len > size)
		return fold_unicode(s, len, out, size);
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c >= 0x80)
			return fold_unicode(s, len, out, size);
		out[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
	}
	return len;
}
