#include "feed/html.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "feed/entity.h"
#include "feed/mojibake.h"
#include "feed/tag.h"
#include "feed/writer.h"

/* The output, and what the input is known not to hold any more. */
struct markup {
	struct writer	 out;
	bool		 no_comment;	/* no "-->" follows: do not look again */
	bool		 no_cdata;	/* no "]]>" follows */
	bool		 no_tag;	/* no '>' follows */
};

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
skip_other(struct markup *m, const char *p, const char *end)
{
	const char *e;
	size_t left = (size_t)(end - p);

	if (left >= 4 && memcmp(p, "<!--", 4) == 0) {
		e = m->no_comment ? NULL : tag_comment_end(p + 4, end);
		if (e != NULL)
			return e + 3;
		m->no_comment = true;
	}
	if (left >= 9 && memcmp(p, "<![CDATA[", 9) == 0) {
		e = m->no_cdata ? NULL : memmem(p + 9, left - 9, "]]>", 3);
		if (e != NULL) {
			writer_plain(&m->out, p + 9, e, '\n');
			return e + 3;
		}
		m->no_cdata = true;
		return p + 9;
	}
	if (left >= 3 && !m->no_tag && (p[1] == '?' || p[2] == '-' ||
	    p[2] == '[' || isalpha((unsigned char)p[2]))) {
		if ((e = memchr(p, '>', left)) != NULL)
			return e + 1;
		m->no_tag = true;
	}
	writer_put(&m->out, p, 1);		/* no markup after all */
	return p + 1;
}

/* Is there a '=' with something behind it? */
static bool
has_value(const char *p, const char *end)
{
	if ((p = memchr(p, '=', (size_t)(end - p))) == NULL)
		return false;
	for (p++; p < end && isspace((unsigned char)*p); p++)
		;
	return p < end;
}

/* Is what looks like a tag none at all? */
static bool
is_text(struct markup *m, const struct html_tag *t, const char *end,
    enum tag kind)
{
	/* "<joe@example.org>", "<http://example.org>" */
	if (kind == TAG_UNKNOWN && (t->attrs[-1] == ':' ||
	    (t->attrs < end && *t->attrs == '@')))
		return true;
	/* "a <b" and no '>'; an attribute begun tells of a text cut short. */
	if (t->end < end || (kind != TAG_UNKNOWN && has_value(t->attrs, end)))
		return false;
	m->no_tag = true;
	return true;
}

/* At '<'. Returns where the text goes on. */
static const char *
take_markup(struct markup *m, const char *p, const char *end)
{
	struct html_tag t;
	enum tag kind;
	const char *next;

	if (end - p >= 2 && (p[1] == '!' || p[1] == '?'))
		return skip_other(m, p, end);
	next = m->no_tag ? NULL : tag_read(p, end, &t);
	if (next == NULL) {
		writer_put(&m->out, p, 1);
		return p + 1;
	}
	kind = tag_kind(t.name);
	if (kind == TAG_BLOCK && t.end < end)
		writer_gap(&m->out, m->out.line);
	else if (kind == TAG_UNKNOWN || t.end == end) {
		if (is_text(m, &t, end, kind)) {
			writer_put(&m->out, p, 1);
			return p + 1;
		}
	} else if (kind == TAG_RAW && !t.closing) {
		writer_gap(&m->out, GAP_SPACE);
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
		writer_put(w, p, 1);
		return p + 1;
	}
	if (w->gap == GAP_NONE && is_c1_reference(p, end) &&
	    (more = mojibake_undo(w->start, &w->out, p, end)) > 0)
		return p + more;
	if (n > 0 && writer_class[(unsigned char)text[0]] != CLASS_TEXT &&
	    text[0] != '<' && text[0] != '&')
		writer_special(w, text, text + n, GAP_SPACE);
	else
		writer_put(w, text, n);
	return p + used;
}

static void
put_markup(struct markup *m, const char *p, const char *end)
{
	struct writer *w = &m->out;

	while (p < end) {
		if (writer_class[(unsigned char)*p] == CLASS_TEXT)
			p = writer_run(w, p, end, '\n');
		else if (*p == '<')
			p = take_markup(m, p, end);
		else if (*p == '&')
			p = take_reference(w, p, end);
		else
			p += writer_special(w, p, end, GAP_SPACE);
	}
}

static inline const char *
finish(struct writer *w, struct arena *mem, size_t max)
{
	size_t len = (size_t)(w->out - w->start);

	if (len == 0)
		return "";
	if (w->twice)
		len = mojibake_undo_all(w->start, len);
	if (len > max)
		for (len = max; len > 0 && ((unsigned char)w->start[len] &
		    0xc0) == 0x80; len--)
			;
	w->start[len] = '\0';
	arena_commit(mem, len + 1);
	return w->start;
}

const char *
html_markup_text(struct arena *mem, const char *p, size_t n, unsigned how,
    size_t max, bool *open)
{
	struct markup m = { .out.line = how & HTML_LINES ? GAP_LINE :
		GAP_SPACE };

	m.out.start = m.out.out = arena_reserve(mem, WRITER_ROOM(n));
	put_markup(&m, p, p + n);
	*open = m.no_cdata;
	return finish(&m.out, mem, max);
}

const char *
html_text(struct arena *mem, const char *p, size_t n, unsigned how,
    size_t max)
{
	struct writer w = { .gap = GAP_NONE };
	bool open;

	if (how & HTML_MARKUP)
		return html_markup_text(mem, p, n, how, max, &open);
	w.start = w.out = arena_reserve(mem, WRITER_ROOM(n));
	writer_plain(&w, p, p + n, how & HTML_LINES ? ' ' : '\n');
	return finish(&w, mem, max);
}

/* Does this tag tell that it is meant as one? */
static bool
is_meant(const struct html_tag *t)
{
	enum tag kind = tag_kind(t->name);

	return kind != TAG_UNKNOWN && (t->closing || t->end > t->attrs ||
	    strcmp(t->name, "br") == 0 || strcmp(t->name, "p") == 0 ||
	    strcmp(t->name, "hr") == 0);
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
		    t.end < end && is_meant(&t))
			return true;
	}
	return false;
}

/* Does "&" or "&amp;" stand before p? */
static bool
is_escape(const char *start, const char *p)
{
	return (p > start && p[-1] == '&') ||
	    (p - start >= 5 && memcmp(p - 5, "&amp;", 5) == 0);
}

bool
html_escaped(const char *p, size_t n)
{
	const char *start = p, *end = p + n, *s;
	char name[HTML_NAME];
	size_t i, found = 0;

	if (memchr(p, '&', n) == NULL || memchr(p, '<', n) != NULL)
		return false;
	while ((p = memmem(p, (size_t)(end - p), "lt;", 3)) != NULL) {
		s = p += 3;
		if (!is_escape(start, p - 3))
			continue;
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
			    (e = tag_comment_end(s, end)) == NULL)
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
