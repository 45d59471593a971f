#include "feed/html.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "feed/entity.h"
#include "feed/tag.h"

enum gap { GAP_NONE, GAP_SPACE, GAP_LINE };

struct writer {
	struct buf	*out;
	size_t		 start;		/* where this text begins in out */
	enum gap	 gap;		/* white space not yet written */
	bool		 no_comment;	/* no "-->" follows: do not look again */
	bool		 no_cdata;	/* no "]]>" follows */
};

/* What may be copied without a look: everything but white space, control
   characters, markup and the first bytes of a few characters. */
static const bool special[256] = {
	[0 ... ' '] = true, ['<'] = true, ['&'] = true, [0x7f] = true,
	[0xc2] = true, [0xe2] = true, [0xef] = true,
};

static void
widen(struct writer *w, enum gap gap)
{
	if (gap > w->gap)
		w->gap = gap;
}

static void
put(struct writer *w, const char *s, size_t n)
{
	if (n == 0)
		return;
	if (w->gap != GAP_NONE) {
		if (w->out->len > w->start)
			buf_addc(w->out, w->gap == GAP_LINE ? '\n' : ' ');
		w->gap = GAP_NONE;
	}
	buf_add(w->out, s, n);
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
	size_t left = (size_t)(end - p);

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
		else if (u[1] == 0x85)
			put(w, "…", 3);	/* meant as in windows-1252 */
		else if (u[1] < 0xa0)
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

static size_t
run(const char *p, const char *end)
{
	const char *s = p;

	while (s < end && !special[(unsigned char)*s])
		s++;
	return (size_t)(s - p);
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
			put(w, p + 9, (size_t)(e - p - 9));
			return e + 3;
		}
		w->no_cdata = true;
		return p + 9;
	}
	if (left >= 3 && (p[1] == '?' || p[2] == '-' || p[2] == '[' ||
	    isalpha((unsigned char)p[2])) && (e = memchr(p, '>', left)) != NULL)
		return e + 1;
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
	next = tag_read(p, end, &t);
	if (next == NULL) {
		put(w, p, 1);
		return p + 1;
	}
	kind = tag_kind(t.name[0] == '/' ? t.name + 1 : t.name);
	if (t.end == end && kind == TAG_UNKNOWN) {
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

void
html_text(const char *p, size_t n, struct buf *out)
{
	struct writer w = { .out = out, .start = out->len };
	const char *end = p + n;
	char text[ENTITY_MAX];
	size_t len, used;

	while (p < end && !out->full) {
		if ((len = run(p, end)) > 0) {
			put(&w, p, len);
			p += len;
		} else if (*p == '<')
			p = take_markup(&w, p, end);
		else if (*p != '&')
			p += put_special(&w, p, end, GAP_SPACE);
		else if ((used = entity_decode(p, end, text, &len)) == 0) {
			put(&w, p, 1);
			p++;
		} else {
			if (len > 0 && special[(unsigned char)text[0]] &&
			    text[0] != '<' && text[0] != '&')
				put_special(&w, text, text + len, GAP_SPACE);
			else
				put(&w, text, len);
			p += used;
		}
	}
}

void
html_plain(const char *p, size_t n, bool keep_lines, struct buf *out)
{
	struct writer w = { .out = out, .start = out->len };
	const char *end = p + n;
	size_t len;

	while (p < end && !out->full) {
		if ((len = run(p, end)) > 0) {
			put(&w, p, len);
			p += len;
		} else if (*p == '<' || *p == '&') {
			put(&w, p, 1);
			p++;
		} else
			p += put_special(&w, p, end,
			    keep_lines ? GAP_LINE : GAP_SPACE);
	}
}

bool
html_likely(const char *p, size_t n)
{
	const char *end = p + n;
	char out[ENTITY_MAX];
	size_t len;
	struct html_tag t;

	for (; p < end; p++) {
		if (*p == '&' && (len = entity_decode(p, end, out, &len)) > 0 &&
		    p[len - 1] == ';')
			return true;
		if (*p == '<' && tag_read(p, end, &t) != NULL &&
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

	if (memchr(p, '<', n) != NULL)
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
	const char *s = *p, *next;
	struct buf none;
	struct writer w = { .out = &none };

	buf_init(&none, 0);
	while ((s = memchr(s, '<', (size_t)(end - s))) != NULL) {
		if (end - s >= 2 && (s[1] == '!' || s[1] == '?')) {
			s = skip_other(&w, s, end);
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
