#include "feed/html.h"

#include <ctype.h>
#include <endian.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "feed/entity.h"
#include "feed/mojibake.h"
#include "feed/tag.h"

enum gap { GAP_NONE, GAP_SPACE, GAP_LINE };

/* The output never grows by more than half: two bytes become three at worst
   (C1 controls). So the room is reserved once and written without checks. */
struct writer {
	char		*start, *out;
	enum gap	 gap;		/* white space not yet written */
	enum gap	 line;		/* what a line's end is */
	bool		 no_comment;	/* no "-->" follows: do not look again */
	bool		 no_cdata;	/* no "]]>" follows */
	bool		 no_tag;	/* no '>' follows */
	bool		 twice;		/* two of Latin-1 met: perhaps a byte each */
};

enum class {
	CLASS_TEXT,		/* copied as it is */
	CLASS_SPACE,		/* ' ' alone: mostly copied, too */
	CLASS_SPECIAL,		/* white space, control characters, markup,
				   and the first bytes of a few characters */
};

static const unsigned char class[256] = {
	[0 ... 0x1f] = CLASS_SPECIAL, [' '] = CLASS_SPACE,
	['<'] = CLASS_SPECIAL, ['&'] = CLASS_SPECIAL, [0x7f] = CLASS_SPECIAL,
	[0xc2] = CLASS_SPECIAL, [0xe2] = CLASS_SPECIAL, [0xef] = CLASS_SPECIAL,
};

static void
widen(struct writer *w, enum gap gap)
{
	if (gap > w->gap)
		w->gap = gap;
}

static inline void
close_gap(struct writer *w)
{
	if (w->gap == GAP_NONE)
		return;
	if (w->out > w->start)
		*w->out++ = w->gap == GAP_LINE ? '\n' : ' ';
	w->gap = GAP_NONE;
}

static void
put(struct writer *w, const char *s, size_t n)
{
	if (n == 0)
		return;
	close_gap(w);
	memcpy(w->out, s, n);
	w->out += n;
}

#define WIDTH 16
typedef unsigned char lanes __attribute__((vector_size(WIDTH)));
typedef uint64_t halves __attribute__((vector_size(WIDTH)));

/* Which byte in memory order is the first that is not zero? */
static inline size_t
first_byte(uint64_t x)
{
	return (size_t)__builtin_ctzll(le64toh(x)) / 8;
}

/*
 * How many of the WIDTH bytes at p can be copied, given that the first one is
 * no special byte? Those before the one that is followed by a special byte or
 * is a blank followed by a blank. Writes them all; lines become spaces.
 */
static inline size_t
copy_lanes(const char *p, char *out, unsigned char newline)
{
	lanes a, b, blank_a, blank_b, bad;
	halves any;

	memcpy(&a, p, WIDTH);
	memcpy(&b, p + 1, WIDTH);
	blank_a = (lanes)((a == ' ') | (a == newline));
	blank_b = (lanes)((b == ' ') | (b == newline));
	bad = (lanes)(((b < 0x20) & ~blank_b) | (b == '<') | (b == '&') |
	    (b == 0x7f) | ((b | 0x20) == 0xe2) | (b == 0xef) |
	    (blank_a & blank_b));
	a = (a & ~blank_a) | (blank_a & ' ');
	memcpy(out, &a, WIDTH);
	any = (halves)bad;
	if (any[0] != 0)
		return first_byte(any[0]);
	return any[1] != 0 ? 8 + first_byte(any[1]) : WIDTH;
}

/* The length of the character at p where only its first byte is that of white
   space or of a control character (a typographic quote, say); else 0. */
static inline size_t
harmless(const unsigned char *p)
{
	if (p[0] == 0xe2 && !(p[1] == 0x80 &&
	    (p[2] == 0x8b || p[2] == 0xa8 || p[2] == 0xa9)))
		return 3;
	if (p[0] == 0xef && !(p[1] == 0xbb && p[2] == 0xbf))
		return 3;
	return p[0] == 0xc2 && p[1] > 0xa0 ? 2 : 0;
}

/* Is the character that out follows of the upper half of Latin-1? */
static inline bool
follows_latin1(const struct writer *w, const char *out)
{
	return out - w->start >= 2 && ((unsigned char)out[-2] | 1) == 0xc3;
}

/* The last WIDTH bytes or less, the first of them no special byte. */
static const char *
put_tail(struct writer *w, const char *p, const char *end,
    unsigned char newline, char *out)
{
	char tail[2 * WIDTH] = "";	/* a NUL is special */
	size_t n;

	memcpy(tail, p, (size_t)(end - p));
	n = end > p ? copy_lanes(tail, out, newline) : 0;
	w->out = out + n;
	if (p + n < end && class[(unsigned char)p[n]] == CLASS_TEXT)
		*w->out++ = p[n++];
	return p + n;
}

/* Copy what needs no look; a single blank between such bytes included. */
static const char *
put_run(struct writer *w, const char *p, const char *end,
    unsigned char newline)
{
	char *out;
	size_t n;

	close_gap(w);
	out = w->out;
	while (end - p > WIDTH) {
		n = copy_lanes(p, out, newline);
		p += n;
		out += n;
		if (n == WIDTH)
			continue;
		if (class[(unsigned char)*p] == CLASS_TEXT)
			*out++ = *p++;
		if (end - p <= WIDTH ||
		    (n = harmless((const unsigned char *)p)) == 0 ||
		    class[(unsigned char)p[n]] == CLASS_SPECIAL) {
			w->out = out;
			return p;
		}
		if (n == 2 && follows_latin1(w, out))
			w->twice = true;
		memcpy(out, p, 4);
		p += n;
		out += n;
	}
	return put_tail(w, p, end, newline, out);
}

/* White space and control characters; a lone '\r' ends a line, too. */
static size_t
skip_white(struct writer *w, const char *p, const char *end, enum gap line)
{
	const char *s = p;

	for (; s < end && ((unsigned char)*s <= ' ' || *s == 0x7f); s++)
		if (*s == '\n' || *s == '\r')
			widen(w, line);
		else if (*s == ' ' || (*s >= '\t' && *s <= '\r'))
			widen(w, GAP_SPACE);
	return (size_t)(s - p);
}

/*
 * Special bytes that are no markup: white space, control
 * characters, or a character that may be one of those. Returns their length.
 */
static size_t
put_special(struct writer *w, const char *p, const char *end, enum gap line)
{
	const unsigned char *u = (const unsigned char *)p;
	char out[4];
	size_t left = (size_t)(end - p), used;

	if (*u <= ' ' || *u == 0x7f)
		return skip_white(w, p, end, line);
	if (u[0] == 0xc2 && left >= 2) {
		if (u[1] == 0xa0)
			widen(w, GAP_SPACE);
		else if (u[1] < 0xa0 && w->gap == GAP_NONE && (used =
		    mojibake_undo(w->start, &w->out, p, end)) > 0)
			return used;
		else if (u[1] < 0xa0)	/* meant as in windows-1252 */
			put(w, out, entity_utf8(entity_windows(u[1]), out));
		else {
			if (w->gap == GAP_NONE && follows_latin1(w, w->out))
				w->twice = true;
			put(w, p, 2);
		}
		return 2;
	}
	if (u[0] == 0xe2 && left >= 3 && u[1] == 0x80 &&
	    (u[2] == 0x8b || u[2] == 0xa8 || u[2] == 0xa9)) {
		if (u[2] != 0x8b)	/* U+2028, U+2029 end a line */
			widen(w, w->line);
		return 3;
	}
	if (u[0] == 0xef && left >= 3 && u[1] == 0xbb && u[2] == 0xbf)
		return 3;
	left = left < 3 ? left : u[0] >= 0xe0 ? 3 : 2;
	put(w, p, left);
	return left;
}

/* Text that is no markup. newline is ' ' where lines are kept. */
static void
put_plain(struct writer *w, const char *p, const char *end,
    unsigned char newline)
{
	while (p < end) {
		if (class[(unsigned char)*p] == CLASS_TEXT)
			p = put_run(w, p, end, newline);
		else if (*p == '<' || *p == '&')
			put(w, p++, 1);
		else
			p += put_special(w, p, end,
			    newline == ' ' ? GAP_LINE : GAP_SPACE);
	}
}

/* Behind the end of "<script>...": where its end tag starts. */
static const char *
skip_raw(const char *p, const char *end, const char *name)
{
	size_t n = strlen(name);

	while ((p = memchr(p, '<', (size_t)(end - p))) != NULL) {
		if ((size_t)(end - p) > n + 2 && p[1] == '/' &&
		    strncasecmp(p + 2, name, n) == 0)
			return p;
		p++;
	}
	return end;
}

/* "<!-- -->", "<![CDATA[ ]]>", "<!DOCTYPE >", "<? >": where it ends. */
static const char *
skip_other(struct writer *w, const char *p, const char *end)
{
	const char *e;
	size_t left = (size_t)(end - p);

	if (left >= 4 && memcmp(p, "<!--", 4) == 0) {
		e = w->no_comment ? NULL : memmem(p + 4, left - 4, "-->", 3);
		if (e != NULL)
			return e + 3;
		w->no_comment = true;
	}
	if (left >= 9 && memcmp(p, "<![CDATA[", 9) == 0) {
		e = w->no_cdata ? NULL : memmem(p + 9, left - 9, "]]>", 3);
		if (e != NULL) {
			put_plain(w, p + 9, e, '\n');
			return e + 3;
		}
		w->no_cdata = true;
		return p + 9;
	}
	if (left >= 3 && !w->no_tag && (p[1] == '?' || p[2] == '-' ||
	    p[2] == '[' || isalpha((unsigned char)p[2]))) {
		if ((e = memchr(p, '>', left)) != NULL)
			return e + 1;
		w->no_tag = true;
	}
	put(w, p, 1);		/* no markup after all */
	return p + 1;
}

/* Is what looks like a tag none at all? */
static bool
is_text(struct writer *w, const struct html_tag *t, const char *end,
    enum tag kind)
{
	/* "<joe@example.org>", "<http://example.org>" */
	if (kind == TAG_UNKNOWN && (t->attrs[-1] == ':' ||
	    (t->attrs < end && *t->attrs == '@')))
		return true;
	/* "a <b" and no '>' */
	if (t->end < end || (kind != TAG_UNKNOWN &&
	    memchr(t->attrs, '=', (size_t)(end - t->attrs)) != NULL))
		return false;
	w->no_tag = true;
	return true;
}

/* At '<'. Returns where the text goes on. */
static const char *
take_markup(struct writer *w, const char *p, const char *end)
{
	struct html_tag t;
	enum tag kind;
	const char *next;

	if (end - p >= 2 && (p[1] == '!' || p[1] == '?'))
		return skip_other(w, p, end);
	next = w->no_tag ? NULL : tag_read(p, end, &t);
	if (next == NULL) {
		put(w, p, 1);
		return p + 1;
	}
	kind = tag_kind(t.name);
	if (kind == TAG_BLOCK && t.end < end)
		widen(w, w->line);
	else if (kind == TAG_UNKNOWN || t.end == end) {
		if (is_text(w, &t, end, kind)) {
			put(w, p, 1);
			return p + 1;
		}
	} else if (kind == TAG_RAW && !t.closing) {
		widen(w, GAP_SPACE);
		return skip_raw(next, end, t.name);
	}
	return next;
}

/* "&#128;" to "&#159;", in either way of counting. */
static bool
is_c1_reference(const char *p, const char *end)
{
	char digits[5] = "";
	unsigned long c;

	if (end - p < 6 || p[1] != '#')
		return false;
	memcpy(digits, p + 2, 4);
	c = (*digits | 0x20) == 'x' ? strtoul(digits + 1, NULL, 16) :
	    strtoul(digits, NULL, 10);
	return c >= 0x80 && c <= 0x9f;
}

static const char *
take_reference(struct writer *w, const char *p, const char *end)
{
	char text[ENTITY_MAX];
	size_t n, used = entity_decode(p, end, text, &n), more;

	if (used == 0) {
		put(w, p, 1);
		return p + 1;
	}
	if (w->gap == GAP_NONE && is_c1_reference(p, end) &&
	    (more = mojibake_undo(w->start, &w->out, p, end)) > 0)
		return p + more;
	if (n > 0 && class[(unsigned char)text[0]] != CLASS_TEXT &&
	    text[0] != '<' && text[0] != '&')
		put_special(w, text, text + n, GAP_SPACE);
	else
		put(w, text, n);
	return p + used;
}

static void
put_markup(struct writer *w, const char *p, const char *end)
{
	while (p < end) {
		if (class[(unsigned char)*p] == CLASS_TEXT)
			p = put_run(w, p, end, '\n');
		else if (*p == '<')
			p = take_markup(w, p, end);
		else if (*p == '&')
			p = take_reference(w, p, end);
		else
			p += put_special(w, p, end, GAP_SPACE);
	}
}

const char *
html_text(struct arena *mem, const char *p, size_t n, unsigned how,
    size_t max)
{
	struct writer w = { .line = how & HTML_LINES ? GAP_LINE : GAP_SPACE };
	size_t len;

	w.start = w.out = arena_reserve(mem, n + n / 2 + ENTITY_MAX + WIDTH +
	    1);
	if (how & HTML_MARKUP)
		put_markup(&w, p, p + n);
	else
		put_plain(&w, p, p + n, how & HTML_LINES ? ' ' : '\n');
	len = (size_t)(w.out - w.start);
	if (len == 0)
		return "";
	if (w.twice)
		len = mojibake_undo_all(w.start, len);
	if (len > max)
		for (len = max; len > 0 && ((unsigned char)w.start[len] &
		    0xc0) == 0x80; len--)
			;
	w.start[len] = '\0';
	arena_commit(mem, len + 1);
	return w.start;
}

bool
html_likely(const char *p, size_t n)
{
	const char *end = p + n;
	char out[ENTITY_MAX];
	size_t len;
	struct html_tag t = { .end = NULL };

	for (; p < end; p++) {
		if (*p == '&' && (len = entity_decode(p, end, out, &len)) > 0 &&
		    p[len - 1] == ';')
			return true;
		/* A tag that has no end: no later one has. */
		if (*p == '<' && t.end != end && tag_read(p, end, &t) != NULL &&
		    t.end < end && tag_kind(t.name) != TAG_UNKNOWN)
			return true;
	}
	return false;
}

bool
html_escaped(const char *p, size_t n)
{
	const char *end = p + n, *s;
	char name[HTML_NAME];
	size_t i, found = 0;

	if (memchr(p, '&', n) == NULL || memchr(p, '<', n) != NULL)
		return false;
	while ((p = memmem(p, (size_t)(end - p), "&lt;", 4)) != NULL) {
		s = p += 4;
		if (s < end && *s == '/')
			s++;
		memset(name, 0, sizeof(name));
		for (i = 0; s < end && i < HTML_NAME - 1 &&
		    isalnum((unsigned char)*s); s++)
			name[i++] = (char)tolower((unsigned char)*s);
		if (tag_kind(name) != TAG_UNKNOWN)
			found++;
	}
	return found >= 2;
}

bool
html_next_tag(const char **p, const char *end, struct html_tag *t)
{
	const char *s = *p, *e, *next;

	while ((s = memchr(s, '<', (size_t)(end - s))) != NULL) {
		if (end - s >= 2 && (s[1] == '!' || s[1] == '?')) {
			e = s + 1;
			if (end - s >= 4 && memcmp(s, "<!--", 4) == 0 &&
			    (e = memmem(s, (size_t)(end - s), "-->", 3)) ==
			    NULL)
				break;
			s = e;
			continue;
		}
		next = tag_read(s, end, t);
		if (next == NULL) {
			s++;
			continue;
		}
		*p = next;
		if (!t->closing && tag_kind(t->name) == TAG_RAW)
			*p = skip_raw(next, end, t->name);
		return true;
	}
	*p = end;
	return false;
}
