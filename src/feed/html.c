#include "feed/html.h"

#include <ctype.h>
#include <endian.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "feed/entity.h"
#include "feed/tag.h"

enum gap { GAP_NONE, GAP_SPACE, GAP_LINE };

/* The output never grows by more than half: two bytes become three at worst
   (C1 controls). So the room is reserved once and written without checks. */
struct writer {
	char		*start, *out;
	enum gap	 gap;		/* white space not yet written */
	bool		 no_comment;	/* no "-->" follows: do not look again */
	bool		 no_cdata;	/* no "]]>" follows */
	bool		 no_tag;	/* no '>' follows */
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
	    (b == 0x7f) | (b == 0xc2) | (b == 0xe2) | (b == 0xef) |
	    (blank_a & blank_b));
	a = (a & ~blank_a) | (blank_a & ' ');
	memcpy(out, &a, WIDTH);
	any = (halves)bad;
	if (any[0] != 0)
		return first_byte(any[0]);
	return any[1] != 0 ? 8 + first_byte(any[1]) : WIDTH;
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
		if (n < WIDTH) {
			if (class[(unsigned char)*p] == CLASS_TEXT)
				*out++ = *p++;
			w->out = out;
			return p;
		}
	}
	while (p < end) {
		if (class[(unsigned char)*p] == CLASS_TEXT ||
		    (*p == ' ' && p + 1 < end &&
		    class[(unsigned char)p[1]] == CLASS_TEXT))
			*out++ = *p++;
		else
			break;
	}
	w->out = out;
	return p;
}

/*
 * UTF-8 that was taken for Latin-1 and encoded again ("â", U+0080, "¦" for an
 * ellipsis) gives itself away by its C1 control, which no text has. u points
 * at it; the character it follows is written already and is taken back.
 * Returns the bytes used, 0 = it is something else.
 */
static size_t
undouble(struct writer *w, const unsigned char *u, size_t left)
{
	unsigned char *last = (unsigned char *)w->out, lead;
	size_t n, i;

	if (w->gap != GAP_NONE || w->out - w->start < 2 || last[-2] != 0xc3)
		return 0;
	lead = last[-1] | 0x40;		/* U+00C0 to U+00FF */
	n = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
	if (lead < 0xc2 || lead > 0xf4 || left < 2 * n)
		return 0;
	for (i = 0; i < n; i++)
		if (u[2 * i] != 0xc2)
			return 0;
	if ((lead == 0xe0 && u[1] < 0xa0) || (lead == 0xed && u[1] > 0x9f) ||
	    (lead == 0xf0 && u[1] < 0x90) || (lead == 0xf4 && u[1] > 0x8f))
		return 0;
	last[-2] = lead;
	last[-1] = u[1];
	for (i = 1; i < n; i++)
		*w->out++ = (char)u[2 * i + 1];
	return 2 * n;
}

/*
 * One of the special bytes that is no markup: white space, a control
 * character, or a character that may be one of those. Returns its length.
 */
static size_t
put_special(struct writer *w, const char *p, const char *end, enum gap line)
{
	const unsigned char *u = (const unsigned char *)p;
	char out[4];
	size_t left = (size_t)(end - p), used;

	if (*u <= ' ' || *u == 0x7f) {
		if (*u == '\n')
			widen(w, line);
		else if (*u == ' ' || (*u >= '\t' && *u <= '\r'))
			widen(w, GAP_SPACE);
		return 1;
	}
	if (u[0] == 0xc2 && left >= 2) {
		if (u[1] == 0xa0)
			widen(w, GAP_SPACE);
		else if (u[1] < 0xa0 && (used = undouble(w, u, left)) > 0)
			return used;
		else if (u[1] < 0xa0)	/* meant as in windows-1252 */
			put(w, out, entity_utf8(entity_windows(u[1]), out));
		else
			put(w, p, 2);
		return 2;
	}
	if (u[0] == 0xe2 && left >= 3 && u[1] == 0x80 &&
	    (u[2] == 0x8b || u[2] == 0xa8 || u[2] == 0xa9)) {
		if (u[2] != 0x8b)	/* U+2028, U+2029 end a line */
			widen(w, GAP_LINE);
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

/* Room for the text of n bytes; false when the buffer cannot hold it. */
static bool
begin(struct writer *w, struct buf *b, size_t n)
{
	memset(w, 0, sizeof(*w));
	w->start = w->out = buf_reserve(b, n + n / 2 + ENTITY_MAX + WIDTH);
	return w->start != NULL;
}

static void
finish(struct writer *w, struct buf *b)
{
	b->len += (size_t)(w->out - w->start);
	b->data[b->len] = '\0';
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
	kind = tag_kind(t.name[0] == '/' ? t.name + 1 : t.name);
	if (t.end == end && kind == TAG_UNKNOWN) {
		w->no_tag = true;
		put(w, p, 1);	/* "a <b" and no '>': no tag at all */
		return p + 1;
	}
	if (kind == TAG_BLOCK)
		widen(w, GAP_LINE);
	else if (kind == TAG_RAW && t.name[0] != '/') {
		widen(w, GAP_SPACE);
		return skip_raw(next, end, t.name);
	}
	return next;
}

static const char *
take_reference(struct writer *w, const char *p, const char *end)
{
	char text[ENTITY_MAX];
	size_t n, used = entity_decode(p, end, text, &n);

	if (used == 0) {
		put(w, p, 1);
		return p + 1;
	}
	if (n > 0 && class[(unsigned char)text[0]] != CLASS_TEXT &&
	    text[0] != '<' && text[0] != '&')
		put_special(w, text, text + n, GAP_SPACE);
	else
		put(w, text, n);
	return p + used;
}

void
html_text(const char *p, size_t n, struct buf *out)
{
	struct writer w;
	const char *end = p + n;

	if (!begin(&w, out, n))
		return;
	while (p < end) {
		if (class[(unsigned char)*p] == CLASS_TEXT)
			p = put_run(&w, p, end, '\n');
		else if (*p == '<')
			p = take_markup(&w, p, end);
		else if (*p == '&')
			p = take_reference(&w, p, end);
		else
			p += put_special(&w, p, end, GAP_SPACE);
	}
	finish(&w, out);
}

void
html_plain(const char *p, size_t n, bool keep_lines, struct buf *out)
{
	struct writer w;

	if (!begin(&w, out, n))
		return;
	put_plain(&w, p, p + n, keep_lines ? ' ' : '\n');
	finish(&w, out);
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
		    t.end < end && tag_kind(t.name[0] == '/' ? t.name + 1 :
		    t.name) != TAG_UNKNOWN)
			return true;
	}
	return false;
}

bool
html_escaped(const char *p, size_t n)
{
	const char *end = p + n, *s;
	char name[16];
	size_t i, found = 0;

	if (memchr(p, '&', n) == NULL || memchr(p, '<', n) != NULL)
		return false;
	while ((p = memmem(p, (size_t)(end - p), "&lt;", 4)) != NULL) {
		s = p += 4;
		if (s < end && *s == '/')
			s++;
		for (i = 0; s < end && i < 15 && isalnum((unsigned char)*s); s++)
			name[i++] = (char)tolower((unsigned char)*s);
		name[i] = '\0';
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
		if (tag_kind(t->name) == TAG_RAW)
			*p = skip_raw(next, end, t->name);
		return true;
	}
	*p = end;
	return false;
}
