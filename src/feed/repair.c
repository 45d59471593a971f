#include "feed/repair.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "feed/attributes.h"
#include "feed/escape.h"
#include "feed/html.h"
#include "feed/tag.h"

#define END_LOOK	1024	/* how far to look for the end of a text */
#define OPEN_MAX	256	/* elements open at a time; deeper ones are left out */

enum role {
	ROLE_OTHER,
	ROLE_CONTAINER,		/* rss, channel, feed, RDF */
	ROLE_ITEM,
	ROLE_PARENT,		/* holds elements that are its own */
	ROLE_TEXT,		/* holds text and never markup */
	ROLE_RICH,		/* holds text, perhaps with markup */
};

struct open {
	const char	*name;
	size_t		 len;
	enum role	 role;
	size_t		 at;		/* where it begins in out */
	size_t		 gt;		/* where its start tag's '>' is */
	bool		 children;
};

struct repair {
	const char	*p, *end;
	struct buf	*out;
	struct open	 open[OPEN_MAX];
	size_t		 n;
	bool		 ended;		/* the root's end tag was there */
	/* Where the next one of these is, from where last looked: else a
	   document full of them would be searched to its end for each. */
	const char	*cdata_end, *next_cdata, *next_item, *next_entry;
	const char	*comment_end, *next_comment, *instruction_end;
	bool		 no_doctype;	/* one without an end was met */
	struct attributes attributes;
};

static const struct {
	const char	*name;
	enum role	 role;
} roles[] = {
	{ "rss", ROLE_CONTAINER }, { "channel", ROLE_CONTAINER },
	{ "feed", ROLE_CONTAINER }, { "RDF", ROLE_CONTAINER },
	{ "item", ROLE_ITEM }, { "entry", ROLE_ITEM },
	{ "outline", ROLE_PARENT }, { "image", ROLE_PARENT },
	{ "textinput", ROLE_PARENT }, { "author", ROLE_PARENT },
	{ "contributor", ROLE_PARENT },
	{ "title", ROLE_TEXT }, { "link", ROLE_TEXT }, { "guid", ROLE_TEXT },
	{ "id", ROLE_TEXT }, { "pubDate", ROLE_TEXT }, { "date", ROLE_TEXT },
	{ "updated", ROLE_TEXT }, { "published", ROLE_TEXT },
	{ "category", ROLE_TEXT }, { "creator", ROLE_TEXT },
	{ "comments", ROLE_TEXT }, { "language", ROLE_TEXT },
	{ "description", ROLE_RICH }, { "summary", ROLE_RICH },
	{ "content", ROLE_RICH }, { "encoded", ROLE_RICH },
};

static enum role
role_of(const char *name, size_t n)
{
	size_t i;

	name = attributes_local(name, &n);
	for (i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (strlen(roles[i].name) == n &&
		    strncasecmp(roles[i].name, name, n) == 0)
			return roles[i].role;
	return ROLE_OTHER;
}

static void
close_top(struct repair *r)
{
	struct open *o = &r->open[--r->n];

	buf_adds(r->out, "</");
	escape_name(r->out, o->name, o->len);
	buf_addc(r->out, '>');
}

static void
close_to(struct repair *r, size_t n)
{
	while (r->n > n)
		close_top(r);
}

/* Its end tag is missing, and what it seems to hold are its brothers: it was
   an empty one. There is a blank before its '>' to say so. */
static bool
make_empty(struct repair *r)
{
	struct open *o = &r->open[r->n - 1];

	if (o->role != ROLE_OTHER || !o->children || o->gt >= r->out->len)
		return false;
	r->out->data[o->gt - 1] = '/';
	r->n--;
	return true;
}

/* The same for elements whose parent ends. */
static void
close_missing(struct repair *r, size_t n)
{
	while (r->n > n)
		if (!make_empty(r))
			close_top(r);
}

static bool
same(const struct open *o, const char *name, size_t n)
{
	return o->len == n && strncasecmp(o->name, name, n) == 0;
}

/* No element of HTML, which could stand in a text. */
static bool
is_foreign(const char *name, size_t n)
{
	char tag[HTML_NAME] = "";
	size_t i;

	for (i = 0; i < n && i < sizeof(tag) - 1; i++)
		tag[i] = (char)tolower((unsigned char)name[i]);
	return tag_kind(tag) == TAG_UNKNOWN;
}

/* Does the end tag of the text that is open come before another such element
   or an item begins? Looks a little way only. */
static bool
ends_soon(const struct repair *r)
{
	const struct open *o = &r->open[r->n - 1];
	const char *p = r->p + 1, *end = r->end;
	size_t n;

	if (end - p > END_LOOK)
		end = p + END_LOOK;
	for (; (p = memchr(p, '<', (size_t)(end - p))) != NULL; p++) {
		n = attributes_name_length(p + 1, end);
		if (same(o, p + 1, n) || role_of(p + 1, n) == ROLE_ITEM)
			return false;
		if (end - p > 1 && p[1] == '/' && same(o, p + 2,
		    attributes_name_length(p + 2, end)))
			return true;
	}
	return false;
}

/* Close what cannot be open where this element starts. */
static void
make_room(struct repair *r, enum role role, const char *name, size_t len)
{
	size_t i;

	if (role == ROLE_ITEM) {
		for (i = r->n; i > 1; i--)
			if (r->open[i - 1].role == ROLE_ITEM) {
				close_missing(r, i);
				close_top(r);
				break;
			}
		while (r->n > 1 && r->open[r->n - 1].role >= ROLE_TEXT)
			close_top(r);
	} else if (r->n > 1 && r->open[r->n - 1].role == ROLE_TEXT &&
	    (role >= ROLE_TEXT || (is_foreign(name, len) && !ends_soon(r))))
		close_top(r);
}

static void
open_element(struct repair *r, const char *name, size_t len, enum role role,
    size_t at)
{
	r->open[r->n++] = (struct open){ name, len, role, at,
	    r->out->len - 1, false };
}

/* Items, or entries, and nothing around them. */
static void
open_wrapper(struct repair *r, const char *name)
{
	size_t n = strlen(name);

	buf_addc(r->out, '<');
	buf_add(r->out, name, n);
	buf_addc(r->out, '>');
	open_element(r, name, n, ROLE_CONTAINER, 0);
}

static void
start_tag(struct repair *r)
{
	const char *name = r->p + 1;
	size_t len = attributes_name_length(name, r->end), at;
	enum role role = role_of(name, len);
	bool empty, left_out;

	if (r->n > 0)
		r->open[r->n - 1].children = true;
	else if (role == ROLE_ITEM)
		open_wrapper(r, memchr(name, 'y', len) != NULL ? "feed" : "rss");
	make_room(r, role, name, len);
	/* A second root: its content goes on in the first one. */
	left_out = r->n == OPEN_MAX || (r->n > 0 && role == ROLE_CONTAINER &&
	    same(&r->open[0], name, len));
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
	if (empty && r->n > 0) {
		buf_adds(r->out, "/>");
		return;
	}
	r->ended |= empty;	/* the root stays open for what may follow */
	buf_adds(r->out, " >");
	open_element(r, name, len, role, at);
}

static void
end_tag(struct repair *r)
{
	const char *name = r->p + 2, *gt;
	size_t len = attributes_name_length(name, r->end), i;
	enum role role = role_of(name, len);

	gt = name + len;
	while (gt < r->end && *gt != '>' && *gt != '<')
		gt++;
	r->p = gt < r->end && *gt == '>' ? gt + 1 : gt;
	for (i = r->n; i > 0; i--) {
		if (same(&r->open[i - 1], name, len))
			break;
		if (r->open[i - 1].role == ROLE_ITEM && role != ROLE_CONTAINER)
			i = 1;		/* not across the item's border */
	}
	if (i == 1 && same(&r->open[0], name, len)) {
		r->ended = true;
		close_missing(r, 1);
		return;
	}
	if (i > 0) {
		close_missing(r, i);
		close_top(r);
		return;
	}
	/* Misspelt, if what is open can only be text. */
	if (r->n > 1 && r->open[r->n - 1].role >= ROLE_TEXT &&
	    !r->open[r->n - 1].children &&
	    (is_foreign(name, len) || role >= ROLE_TEXT))
		close_top(r);
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

/* The end tag of the element that is open, between p and end. */
static const char *
find_end_tag(const struct repair *r, const char *p, const char *end)
{
	const struct open *o = &r->open[r->n - 1];

	for (; (p = find(p, end, "</")) < end; p += 2)
		if ((size_t)(end - p) > o->len + 2 &&
		    strncasecmp(p + 2, o->name, o->len) == 0)
			return p;
	return end;
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
	if ((tag = find_end_tag(r, p, border)) < border || border == e)
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
	if (r->n > 0 && (e == r->end || again < e) &&
	    (stop = cdata_stop(r, p, e)) < e) {
		r->p = stop;
		e = without_end(p, stop);
	}
	if (r->n > 0)
		escape_literal(r->out, p, e);
}

/* Past the next '>'. */
static void
skip_tag(struct repair *r)
{
	const char *e = find(r->p, r->end, ">");

	r->p = e < r->end ? e + 1 : e;
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
	else if (left >= 2 && p[1] == '!')
		doctype(r);
	else if (left >= 2 && p[1] == '?')
		instruction(r);
	else if (left >= 3 && p[1] == '/' && attributes_name_start(p[2]))
		end_tag(r);
	else if (left >= 2 && attributes_name_start(p[1]))
		start_tag(r);
	else {
		if (r->n > 0)
			buf_adds(r->out, "&lt;");
		r->p++;
	}
}

/* Leave out the element of an item in which the document breaks off. Was there
   an item? */
static bool
drop_torn(struct repair *r)
{
	size_t i;

	for (i = 0; i < r->n && r->open[i].role != ROLE_ITEM; i++)
		;
	if (i + 1 < r->n) {
		r->out->len = r->open[i + 1].at;
		r->out->data[r->out->len] = '\0';
		r->n = i + 1;
	}
	return i < r->n;
}

enum repair_end
repair_xml(const char *p, size_t n, struct buf *out)
{
	struct repair r = { .p = p, .end = p + n, .out = out,
	    .attributes = { .end = p + n } };
	enum repair_end end = REPAIR_WHOLE;
	const char *lt;

	while (r.p < r.end && !out->full) {
		lt = memchr(r.p, '<', (size_t)(r.end - r.p));
		if (lt == NULL)
			lt = r.end;
		if (r.n > 0 && !(r.ended && r.n == 1))
			escape_text(r.out, r.p, lt);
		r.p = lt;
		if (lt < r.end)
			markup(&r);
	}
	if (!r.ended && r.n > 0)
		end = drop_torn(&r) ? REPAIR_TORN : REPAIR_CUT;
	close_to(&r, 0);
	return end;
}
