#include "feed/attributes.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "feed/escape.h"

#define ATTRIBUTES_MAX	64
#define VALUE_LOOK	16384	/* how far to look for the end of a value */

bool
attributes_name_start(char c)
{
	return isalpha((unsigned char)c) || c == '_' ||
	    (unsigned char)c >= 0x80;
}

size_t
attributes_name_length(const char *p, const char *end)
{
	const char *s = p;

	while (s < end && (attributes_name_start(*s) || isdigit((unsigned char)*s) ||
	    *s == ':' || *s == '-' || *s == '.'))
		s++;
	return (size_t)(s - p);
}

const char *
attributes_local(const char *name, size_t *n)
{
	const char *colon = memchr(name, ':', *n);

	if (colon == NULL)
		return name;
	*n -= (size_t)(colon + 1 - name);
	return colon + 1;
}

/* Can the quote before p be the one that ends a value? Then the tag ends or
   another attribute follows. */
static bool
ends_value(const char *p, const char *end)
{
	const char *s = p;

	while (s < end && isspace((unsigned char)*s))
		s++;
	if (s == end || *s == '>' || *s == '?' ||
	    (*s == '/' && s + 1 < end && s[1] == '>'))
		return true;
	if (!attributes_name_start(*s))
		return false;
	for (s += attributes_name_length(s, end); s < end && isspace((unsigned char)*s);)
		s++;
	return s < end && *s == '=';
}

/* Does this quote begin the next value, its own not having ended? Then the
   value ends with the space before the name. from is where it began. */
static const char *
next_attribute(const char *from, const char *quote)
{
	const char *s = quote;

	if (s == from || *--s != '=')
		return NULL;
	while (s > from && (isalnum((unsigned char)s[-1]) || s[-1] == ':'))
		s--;
	return *s != '=' && s > from && isspace((unsigned char)s[-1]) ?
	    s - 1 : NULL;
}

/* Does the tag at s end the element, or begin or end an item? No value holds
   that. */
static bool
is_border(const struct attributes *r, const char *s)
{
	bool closing = s + 1 < r->end && s[1] == '/';
	const char *name = s + 1 + closing;
	size_t n = attributes_name_length(name, r->end);

	return (n == 4 && strncasecmp(name, "item", 4) == 0) ||
	    (n == 5 && strncasecmp(name, "entry", 5) == 0) ||
	    (closing && n == r->len && memcmp(name, r->name, n) == 0);
}

/*
 * The quote that ends the value at p. Values hold quotes and tags that should
 * have been escaped; a value without its quote ends with its tag, not
 * somewhere in the next one. NULL when nothing looks like the end.
 */
static const char *
closing_quote(struct attributes *r, const char *p, char quote)
{
	const char *limit = r->end - p > VALUE_LOOK ? p + VALUE_LOOK : r->end;
	const char *s, *next, *gt = NULL;
	bool inside = false;		/* a tag in the value */

	if (p < r->unclosed)
		return NULL;
	for (s = p; s < limit; s++) {
		if (*s == '<' && gt != NULL)
			return gt;
		if (*s == '<' && is_border(r, s))
			break;
		if (*s == '<')
			inside = s + 1 < limit &&
			    (attributes_name_start(s[1]) || s[1] == '/');
		else if (*s == '>' && inside)
			inside = false;
		else if (*s == '>' && gt == NULL)
			gt = s;
		else if (*s == quote && !inside) {
			if (ends_value(s + 1, r->end))
				return s;
			if ((next = next_attribute(p, s)) != NULL)
				return next;
		}
	}
	r->unclosed = s;
	return NULL;
}

/* Where an attribute's value ends; *from is where it begins. */
static const char *
value_end(struct attributes *r, const char *p, const char **from)
{
	const char *s;

	*from = p;
	if (p < r->end && (*p == '"' || *p == '\'')) {
		*from = ++p;
		if ((s = closing_quote(r, p, p[-1])) != NULL ||
		    (s = memchr(p, p[-1], (size_t)(r->unclosed - p))) != NULL)
			return s;
	}
	for (s = p; s < r->end && !isspace((unsigned char)*s) && *s != '>' &&
	    *s != '<'; s++)
		;
	return s;
}

static bool
ascii(const char *s, size_t n)
{
	while (n > 0 && (unsigned char)*s < 0x80)
		s++, n--;
	return n == 0;
}

const char *
attributes_mend(struct attributes *r, const char *p, struct buf *out,
    bool *empty)
{
	struct { const char *s; size_t n; } seen[ATTRIBUTES_MAX];
	const char *name, *from, *to;
	size_t n = 0, i, len;

	*empty = false;
	while (p < r->end && *p != '>' && *p != '<') {
		if (!attributes_name_start(*p)) {
			*empty = *p++ == '/';
			continue;
		}
		*empty = false;
		name = p;
		len = attributes_name_length(p, r->end);
		for (p += len; p < r->end && isspace((unsigned char)*p); p++)
			;
		from = to = p;
		if (p < r->end && *p == '=') {
			for (p++; p < r->end && isspace((unsigned char)*p); p++)
				;
			to = value_end(r, p, &from);
			p = to < r->end && from > p && *to == from[-1] ?
			    to + 1 : to;
		}
		for (i = 0; i < n && !(seen[i].n == len &&
		    memcmp(seen[i].s, name, len) == 0); i++)
			;
		/* Of a value in which the document ends there is a piece. */
		if (i < n || n == ATTRIBUTES_MAX || !ascii(name, len) ||
		    to == r->end)
			continue;
		seen[n].s = name;
		seen[n++].n = len;
		buf_addc(out, ' ');
		escape_name(out, name, len);
		buf_adds(out, "=\"");
		escape_text(out, from, to);
		buf_addc(out, '"');
	}
	return p < r->end && *p == '>' ? p + 1 : p;
}

bool
attributes_undeclared(const char *p, const char *end)
{
	static const char *const known[] = { "amp", "lt", "gt", "quot",
	    "apos" };
	size_t n, i;

	while ((p = memchr(p, '&', (size_t)(end - p))) != NULL) {
		p++;
		if (*p == '#')
			continue;
		n = attributes_name_length(p, end);
		for (i = 0; i < sizeof(known) / sizeof(known[0]) &&
		    !(strlen(known[i]) == n &&
		    memcmp(p, known[i], n) == 0); i++)
			;
		if (i == sizeof(known) / sizeof(known[0]))
			return true;
	}
	return false;
}
