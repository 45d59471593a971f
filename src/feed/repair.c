#include "feed/repair.h"

#include <string.h>
#include <strings.h>

#include "feed/attributes.h"
#include "feed/escape.h"
#include "feed/nesting.h"

struct repair {
	const char	*p, *end;
	struct buf	*out;
	struct nesting	 nesting;
	bool		 ended;		/* the root's end tag was there */
	/* Where the next one of these is, from where last looked: else a
	   document full of them would be searched to its end for each. */
	const char	*cdata_end, *next_cdata, *next_item, *next_entry;
	const char	*comment_end, *next_comment, *instruction_end;
	bool		 no_doctype;	/* one without an end was met */
	struct attributes attributes;
};

static void
start_tag(struct repair *r)
{
	struct nesting *t = &r->nesting;
	const char *name = r->p + 1;
	size_t len = attributes_name_length(name, r->end), at;
	enum role role = nesting_role(name, len);
	bool empty, left_out;

	if (t->n == 0 && role == ROLE_ITEM)
		nesting_wrap(t, memchr(name, 'y', len) != NULL ? "feed" : "rss");
	nesting_make_room(t, role, name, len);
	/* A second root: its content goes on in the first one. */
	left_out = t->n == NESTING_MAX || (role == ROLE_CONTAINER &&
	    nesting_is_root(t, name, len));
	at = r->out->len;
	buf_addc(r->out, '<');
	escape_name(r->out, name, len);
	r->attributes.name = name;
	r->attributes.len = len;
	r->p = attributes_mend(&r->attributes, name + len, r->out,
	    &empty);
	if (left_out) {
		r->out->len = at;
		return;
	}
	if (empty && t->n > 0) {
		buf_adds(r->out, "/>");
		return;
	}
	r->ended |= empty;	/* the root stays open for what may follow */
	buf_adds(r->out, " >");
	nesting_open(t, name, len, role, at);
}

static void
end_tag(struct repair *r)
{
	const char *name = r->p + 2, *gt;
	size_t len = attributes_name_length(name, r->end);

	gt = name + len;
	while (gt < r->end && *gt != '>' && *gt != '<')
		gt++;
	r->p = gt < r->end && *gt == '>' ? gt + 1 : gt;
	r->ended |= nesting_leave(&r->nesting, name, len);
}

static const char *
find(const char *p, const char *end, const char *what)
{
	const char *s = memmem(p, (size_t)(end - p), what, strlen(what));

	return s == NULL ? end : s;
}

/* The same to the end of the document, remembered in *known. */
static const char *
find_next(const struct repair *r, const char *p, const char *what,
    const char **known)
{
	if (*known == NULL || *known < p)
		*known = find(p, r->end, what);
	return *known;
}

/* What is left of the end of a CDATA, mistyped, at the end of its text. */
static const char *
without_end(const char *p, const char *end)
{
	const char *s = end;

	while (s > p && strchr("]> \t\r\n", s[-1]) != NULL && s[-1] != '\0')
		s--;
	return memchr(s, ']', (size_t)(end - s)) != NULL &&
	    (memmem(s, (size_t)(end - s), "]]", 2) != NULL ||
	    memmem(s, (size_t)(end - s), "]>", 2) != NULL) ? s : end;
}

/* The first item or entry that begins behind p. */
static const char *
next_border(struct repair *r, const char *p)
{
	const char *item = find_next(r, p, "<item", &r->next_item);
	const char *entry = find_next(r, p, "<entry", &r->next_entry);

	return item < entry ? item : entry;
}

/*
 * Where a CDATA that has no end of its own stops: before the end tag of its
 * element or, where that is missing, too, of its item, or before the next item.
 */
static const char *
cdata_stop(struct repair *r, const char *p, const char *e)
{
	const char *border = next_border(r, p), *tag;

	if (border > e)
		border = e;
	if ((tag = nesting_end_tag(&r->nesting, p, border)) < border || border == e)
		return tag;
	tag = find(p, border, "</item");
	return tag < border ? tag : find(p, border, "</entry");
}

static void
cdata(struct repair *r)
{
	const char *p = r->p + 9, *stop;
	const char *e = find_next(r, p, "]]>", &r->cdata_end);
	const char *again = find_next(r, p, "<![CDATA[", &r->next_cdata);

	r->p = e < r->end ? e + 3 : e;
	/* It would swallow what follows, items and all, where another one
	   begins before the end comes. */
	if (r->nesting.n > 0 && (e == r->end || again < e) &&
	    (stop = cdata_stop(r, p, e)) < e) {
		r->p = stop;
		e = without_end(p, stop);
	}
	if (r->nesting.n > 0)
		escape_literal(r->out, p, e);
}

/* Past the next '>', or to the next '<' if that comes first. */
static void
skip_tag(struct repair *r)
{
	for (r->p++; r->p < r->end && *r->p != '<'; r->p++)
		if (*r->p == '>') {
			r->p++;
			break;
		}
}

static void
doctype(struct repair *r)
{
	const char *p = r->p + 2, *q;
	int depth = 0;

	for (; p < r->end && !r->no_doctype; p++) {
		if ((*p == '"' || *p == '\'') &&
		    (q = memchr(p + 1, *p, (size_t)(r->end - p - 1))) != NULL)
			p = q;
		else if (*p == '[')
			depth++;
		else if (*p == ']')
			depth--;
		else if (*p == '>' && depth <= 0) {
			r->p = p + 1;
			return;
		}
	}
	r->no_doctype = true;
	skip_tag(r);
}

/* A comment; one that never ends, so that another begins in an item behind it,
   hides nothing but its own tag. */
static void
comment(struct repair *r)
{
	const char *p = r->p + 2;
	const char *e = find_next(r, p, "-->", &r->comment_end);
	const char *again = find_next(r, p, "<!--", &r->next_comment);

	if (e == r->end || (again < e && next_border(r, p) < again))
		skip_tag(r);
	else
		r->p = e + 3;
}

static void
instruction(struct repair *r)
{
	const char *e = find_next(r, r->p + 2, "?>", &r->instruction_end);

	if (e == r->end)
		skip_tag(r);
	else
		r->p = e + 2;
}

static void
markup(struct repair *r)
{
	const char *p = r->p;
	size_t left = (size_t)(r->end - p);

	if (left >= 9 && memcmp(p, "<![CDATA[", 9) == 0)
		cdata(r);
	else if (left >= 4 && memcmp(p, "<!--", 4) == 0)
		comment(r);
	else if (left >= 9 && strncasecmp(p, "<!DOCTYPE", 9) == 0)
		doctype(r);
	else if (left >= 2 && p[1] == '!')
		skip_tag(r);
	else if (left >= 2 && p[1] == '?')
		instruction(r);
	else if (left >= 3 && p[1] == '/' && attributes_name_start(p[2]))
		end_tag(r);
	else if (left >= 2 && attributes_name_start(p[1]))
		start_tag(r);
	else {
		if (r->nesting.n > 0)
			buf_adds(r->out, "&lt;");
		r->p++;
	}
}

enum repair_end
repair_xml(const char *p, size_t n, struct buf *out)
{
	struct repair r = { .p = p, .end = p + n, .out = out,
	    .nesting = { .end = p + n, .out = out },
	    .attributes = { .end = p + n } };
	enum repair_end end = REPAIR_WHOLE;
	const char *lt;

	while (r.p < r.end && !out->full) {
		lt = memchr(r.p, '<', (size_t)(r.end - r.p));
		if (lt == NULL)
			lt = r.end;
		if (r.nesting.n > 0 && !(r.ended && r.nesting.n == 1))
			escape_text(r.out, r.p, lt);
		r.p = lt;
		if (lt < r.end)
			markup(&r);
	}
	if (!r.ended && r.nesting.n > 0)
		end = nesting_drop_torn(&r.nesting) ? REPAIR_TORN : REPAIR_CUT;
	nesting_close_all(&r.nesting);
	return end;
}
