#include "feed/tag.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

struct known {
	const char	*name;
	enum tag	 kind;
};

static const struct known known[] = {
	{ "a", TAG_INLINE }, { "abbr", TAG_INLINE }, { "acronym", TAG_INLINE },
	{ "address", TAG_BLOCK }, { "article", TAG_BLOCK },
	{ "aside", TAG_BLOCK }, { "audio", TAG_INLINE }, { "b", TAG_INLINE },
	{ "big", TAG_INLINE }, { "blockquote", TAG_BLOCK },
	{ "body", TAG_BLOCK }, { "br", TAG_BLOCK }, { "button", TAG_INLINE },
	{ "caption", TAG_BLOCK }, { "center", TAG_BLOCK },
	{ "cite", TAG_INLINE }, { "code", TAG_INLINE }, { "dd", TAG_BLOCK },
	{ "del", TAG_INLINE }, { "details", TAG_BLOCK }, { "div", TAG_BLOCK },
	{ "dl", TAG_BLOCK }, { "dt", TAG_BLOCK }, { "em", TAG_INLINE },
	{ "embed", TAG_INLINE }, { "fieldset", TAG_BLOCK },
	{ "figcaption", TAG_BLOCK }, { "figure", TAG_BLOCK },
	{ "font", TAG_INLINE }, { "footer", TAG_BLOCK }, { "form", TAG_BLOCK },
	{ "h1", TAG_BLOCK }, { "h2", TAG_BLOCK }, { "h3", TAG_BLOCK },
	{ "h4", TAG_BLOCK }, { "h5", TAG_BLOCK }, { "h6", TAG_BLOCK },
	{ "head", TAG_BLOCK }, { "header", TAG_BLOCK }, { "hr", TAG_BLOCK },
	{ "html", TAG_BLOCK }, { "i", TAG_INLINE }, { "iframe", TAG_INLINE },
	{ "img", TAG_INLINE }, { "input", TAG_INLINE }, { "ins", TAG_INLINE },
	{ "kbd", TAG_INLINE }, { "label", TAG_INLINE }, { "li", TAG_BLOCK },
	{ "link", TAG_INLINE }, { "main", TAG_BLOCK }, { "mark", TAG_INLINE },
	{ "meta", TAG_INLINE }, { "nav", TAG_BLOCK }, { "object", TAG_INLINE },
	{ "ol", TAG_BLOCK }, { "option", TAG_BLOCK }, { "p", TAG_BLOCK },
	{ "param", TAG_INLINE }, { "picture", TAG_INLINE },
	{ "pre", TAG_BLOCK }, { "q", TAG_INLINE }, { "s", TAG_INLINE },
	{ "samp", TAG_INLINE }, { "script", TAG_RAW }, { "section", TAG_BLOCK },
	{ "small", TAG_INLINE }, { "source", TAG_INLINE },
	{ "span", TAG_INLINE }, { "strike", TAG_INLINE },
	{ "strong", TAG_INLINE }, { "style", TAG_RAW }, { "sub", TAG_INLINE },
	{ "summary", TAG_BLOCK }, { "sup", TAG_INLINE }, { "svg", TAG_INLINE },
	{ "table", TAG_BLOCK }, { "tbody", TAG_BLOCK }, { "td", TAG_BLOCK },
	{ "textarea", TAG_INLINE }, { "tfoot", TAG_BLOCK },
	{ "th", TAG_BLOCK }, { "thead", TAG_BLOCK }, { "time", TAG_INLINE },
	{ "title", TAG_INLINE }, { "tr", TAG_BLOCK }, { "tt", TAG_INLINE },
	{ "u", TAG_INLINE }, { "ul", TAG_BLOCK }, { "var", TAG_INLINE },
	{ "video", TAG_INLINE }, { "wbr", TAG_INLINE },
};

#define SLOTS 256		/* more than twice the names; a power of two */

static unsigned
slot(const char *name)
{
	unsigned h = 0;

	while (*name != '\0')
		h = h * 31 + (unsigned char)*name++;
	return (h ^ h >> 7) & (SLOTS - 1);
}

enum tag
tag_kind(const char *name)
{
	static const struct known *table[SLOTS];
	static bool filled;
	unsigned i;
	size_t k;

	if (!filled) {
		for (k = 0; k < sizeof(known) / sizeof(known[0]); k++) {
			i = slot(known[k].name);
			while (table[i] != NULL)
				i = (i + 1) & (SLOTS - 1);
			table[i] = &known[k];
		}
		filled = true;
	}
	for (i = slot(name); table[i] != NULL; i = (i + 1) & (SLOTS - 1))
		if (strcmp(table[i]->name, name) == 0)
			return table[i]->kind;
	return TAG_UNKNOWN;
}

/* Behind the quoted value that starts at p, or NULL when it has no end. */
static const char *
skip_quoted(const char *p, const char *end)
{
	const char *e = memchr(p + 1, *p, (size_t)(end - p - 1));

	return e == NULL ? NULL : e + 1;
}

/* The C library asks the locale for these; there are many tags. */
static inline bool
is_letter(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

static inline bool
is_name(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == ':' ||
	    c == '-' || c == '_';
}

const char *
tag_read(const char *p, const char *end, struct html_tag *t)
{
	const char *s = p + 1, *q;
	size_t n = 0;

	if (s < end && *s == '/')
		t->name[n++] = *s++;
	if (s >= end || !is_letter(*s))
		return NULL;
	for (; s < end && is_name(*s); s++)
		if (n < sizeof(t->name) - 1)
			t->name[n++] = (char)(is_letter(*s) ? *s | 0x20 : *s);
	t->name[n] = '\0';
	t->attrs = s;
	while (s < end && *s != '>') {
		if (*s == '=') {
			for (s++; s < end && isspace((unsigned char)*s); s++)
				;
			if (s < end && (*s == '"' || *s == '\'') &&
			    (q = skip_quoted(s, end)) != NULL)
				s = q;
		} else
			s++;
	}
	t->end = s;
	return s < end ? s + 1 : end;
}

const char *
html_attribute(const struct html_tag *t, const char *name, size_t *n)
{
	const char *s = t->attrs, *key, *value, *q;
	size_t keylen;

	while (s < t->end) {
		while (s < t->end && (isspace((unsigned char)*s) || *s == '/'))
			s++;
		for (key = s; s < t->end && *s != '=' &&
		    !isspace((unsigned char)*s); s++)
			;
		keylen = (size_t)(s - key);
		while (s < t->end && isspace((unsigned char)*s))
			s++;
		if (s >= t->end || *s != '=') {
			if (keylen == 0)
				s++;
			continue;
		}
		for (s++; s < t->end && isspace((unsigned char)*s); s++)
			;
		value = s;
		if (s < t->end && (*s == '"' || *s == '\'') &&
		    (q = skip_quoted(s, t->end)) != NULL) {
			value++;
			s = q;
			*n = (size_t)(s - value - 1);
		} else {
			while (s < t->end && !isspace((unsigned char)*s))
				s++;
			*n = (size_t)(s - value);
		}
		if (keylen == strlen(name) &&
		    strncasecmp(key, name, keylen) == 0)
			return value;
	}
	return NULL;
}
