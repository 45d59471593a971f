#include "feed/tag.h"

#include <ctype.h>
#include <endian.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#define COMMENT	256	/* bytes in which a comment is looked for at first */

struct known {
	char		 name[HTML_NAME];	/* padded with NULs */
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

#define SLOTS 512		/* many more than names; a power of two */

/* Names are compared as two numbers, NULs included. */
struct key {
	uint64_t first, last;
};

struct slot {
	struct key	 key;
	enum tag	 kind;
};

static inline struct key
key_of(const char name[HTML_NAME])
{
	struct key k;

	memcpy(&k.first, name, 8);
	memcpy(&k.last, name + 8, 8);
	return k;
}

static inline size_t
hash(struct key k)
{
	return (size_t)((k.first ^ k.last) * UINT64_C(0x9e3779b97f4a7c15) >>
	    55);
}

static void
fill(struct slot *table)
{
	size_t i, k;

	for (k = 0; k < sizeof(known) / sizeof(known[0]); k++) {
		i = hash(key_of(known[k].name));
		while (table[i].kind != TAG_UNKNOWN)
			i = (i + 1) & (SLOTS - 1);
		table[i] = (struct slot){ key_of(known[k].name),
		    known[k].kind };
	}
}

enum tag
tag_kind(const char name[HTML_NAME])
{
	static struct slot table[SLOTS];
	static bool filled;
	struct key k = key_of(name);
	size_t i;

	if (!filled) {
		fill(table);
		filled = true;
	}
	for (i = hash(k); table[i].kind != TAG_UNKNOWN;
	    i = (i + 1) & (SLOTS - 1))
		if (table[i].key.first == k.first &&
		    table[i].key.last == k.last)
			return table[i].kind;
	return TAG_UNKNOWN;
}

/* Behind the quoted value that starts at p, or NULL when it has no end. */
static const char *
skip_quoted(const char *p, const char *end)
{
	const char *e = memchr(p + 1, *p, (size_t)(end - p - 1));

	return e == NULL ? NULL : e + 1;
}

/* For characters of a name the bit that makes upper case lower and changes
   nothing else; 0 for all others. */
static const unsigned char name_bit[256] = {
	['a' ... 'z'] = 0x20, ['A' ... 'Z'] = 0x20, ['0' ... '9'] = 0x20,
	['-'] = 0x20, [':'] = 0x20, ['_'] = 0x40,
};

static inline bool
is_letter(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

/* The name at s; returns what follows it. */
static inline const char *
take_name(const char *s, const char *end, char name[HTML_NAME])
{
	uint64_t first = 0, last = 0, c;
	unsigned bit, shift;

	for (shift = 0; s < end && (bit = name_bit[(unsigned char)*s]) != 0;
	    s++, shift += 8) {
		c = (unsigned char)*s | bit;
		if (shift < 64)
			first |= c << shift;
		else if (shift < 8 * (HTML_NAME - 1))
			last |= c << (shift - 64);
	}
	/* Whole: tag_kind reads it whole, and would have to wait otherwise. */
	first = htole64(first);
	last = htole64(last);
	memcpy(name, &first, 8);
	memcpy(name + 8, &last, 8);
	return s;
}

const char *
tag_read(const char *p, const char *end, struct html_tag *t)
{
	const char *s = p + 1, *q;

	t->closing = s < end && *s == '/';
	s += t->closing;
	if (s >= end || !is_letter(*s))
		return NULL;
	s = take_name(s, end, t->name);
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

/* Most are short: not all that may follow is handed to memmem, which checked
   builds would look through for each comment. */
const char *
tag_comment_end(const char *p, const char *end)
{
	size_t window = COMMENT, left, n;
	const char *found;

	for (;; window *= 2) {
		left = (size_t)(end - p);
		n = left < window ? left : window;
		found = memmem(p, n, "-->", 3);
		if (found != NULL || n == left)
			return found;
		p += n - 2;
	}
}
