#include "feed/json_mend.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS_MAX 18		/* of a number that surely fits 64 bits */

/* Does the next thing behind the comma at p close something? */
static bool
is_last(const char *p, const char *end)
{
	for (p++; p < end && strchr(" \t\r\n", *p) != NULL && *p != '\0'; p++)
		;
	return p < end && (*p == '}' || *p == ']');
}

/* The value of "\uXXXX" at p, or UINT32_MAX. */
static uint32_t
code_unit(const char *p, const char *end)
{
	char digits[5] = "";
	int i;

	if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
		return UINT32_MAX;
	for (i = 0; i < 4; i++)
		if (!isxdigit((unsigned char)(digits[i] = p[i + 2])))
			return UINT32_MAX;
	return (uint32_t)strtoul(digits, NULL, 16);
}

/* The escape at p; returns what follows it. One that JSON does not have loses
   its backslash, half of a surrogate pair is U+FFFD. */
static const char *
escape(const char *p, const char *end, struct buf *out)
{
	uint32_t c = code_unit(p, end);

	if (c == UINT32_MAX) {
		if (end - p >= 2 && strchr("\"\\/bfnrt", p[1]) != NULL &&
		    p[1] != '\0') {
			buf_add(out, p, 2);
			return p + 2;
		}
		return p + 1;
	}
	if (c >= 0xd800 && c <= 0xdbff && end - p >= 12 &&
	    (code_unit(p + 6, end) & 0xfffffc00) == 0xdc00) {
		buf_add(out, p, 12);
		return p + 12;
	}
	if (c >= 0xd800 && c <= 0xdfff)
		buf_adds(out, "\\ufffd");
	else
		buf_add(out, p, 6);
	return p + 6;
}

static const char *
skip_digits(const char *p, const char *end)
{
	while (p < end && isdigit((unsigned char)*p))
		p++;
	return p;
}

/* A number of JSON that fits what jansson keeps it in? */
static bool
is_number(const char *p, const char *end)
{
	const char *s, *digits = p += *p == '-';

	s = skip_digits(p, end);
	if (s == p || (*p == '0' && s > p + 1))
		return false;
	if (s == end)
		return s - p <= DIGITS_MAX;
	if (*s == '.') {
		p = s + 1;
		if ((s = skip_digits(p, end)) == p)
			return false;
	}
	if (s < end && (*s | 0x20) == 'e') {
		p = s + 1;
		p += p < end && (*p == '+' || *p == '-');
		if ((s = skip_digits(p, end)) == p || s - p > 2)
			return false;
	}
	return s == end && s - digits <= 2 * DIGITS_MAX;
}

/* What begins as a number; if it is too long, or none, it is an id: a string. */
static const char *
number(const char *p, const char *end, struct buf *out)
{
	const char *s = p;
	bool quoted;

	while (s < end && (isalnum((unsigned char)*s) || *s == '.' ||
	    *s == '+' || *s == '-'))
		s++;
	quoted = s - p > 1 && !is_number(p, s);
	if (quoted)
		buf_addc(out, '"');
	buf_add(out, p, (size_t)(s - p));
	if (quoted)
		buf_addc(out, '"');
	return s;
}

/* What other languages write; every other word stays. */
static const char *
word(const char *p, const char *end, struct buf *out)
{
	static const char *const words[][2] = {
		{ "NaN", "null" }, { "Infinity", "null" },
		{ "undefined", "null" }, { "None", "null" },
		{ "True", "true" }, { "False", "false" },
	};
	const char *s = p;
	size_t i, n;

	while (s < end && isalpha((unsigned char)*s))
		s++;
	n = (size_t)(s - p);
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i][0]) == n && memcmp(words[i][0], p, n) == 0)
			break;
	if (i < sizeof(words) / sizeof(words[0]))
		buf_adds(out, words[i][1]);
	else
		buf_add(out, p, n);
	return s;
}

void
json_mend(const char *p, size_t n, struct buf *out)
{
	const char *end = p + n;
	bool quoted = false;

	while (p < end) {
		if (quoted && *p == '\\')
			p = escape(p, end, out);
		else if (!quoted && (isdigit((unsigned char)*p) ||
		    strchr("+-.", *p) != NULL) && *p != '\0')
			p = number(p, end, out);
		else if (!quoted && isalpha((unsigned char)*p))
			p = word(p, end, out);
		else if (!quoted && *p == ',' && is_last(p, end))
			p++;
		else {
			if (*p == '"')
				quoted = !quoted;
			buf_addc(out, quoted && (unsigned char)*p < ' ' ? ' ' :
			    *p);
			p++;
		}
	}
}
