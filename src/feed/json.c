#include "feed/json.h"

#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/mem.h"
#include "feed/charset.h"
#include "feed/date.h"
#include "feed/draft.h"
#include "feed/html.h"
#include "feed/json_mend.h"
#include "feed/url.h"

#define FLAGS (JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL)

#define VAIN 16		/* so many times a broken document is read again */

/* A piece of the document. */
struct key {
	const char	*s;
	size_t		 n;
};

struct reader {
	struct arena	*mem;
	struct feed	*feed;
	const char	*base;
	const char	*author;	/* of the feed */
};

void
json_prepare(void)
{
	size_t seed = 0;

	/* A document that ends early for want of memory must not look
	   damaged. */
	json_set_alloc_funcs(mem_alloc, free);
	while (seed == 0 && getrandom(&seed, sizeof(seed), 0) < 0)
		seed = 1;
	json_object_seed(seed);
}

/* A value as one line of text; numbers count as text, too. */
static const char *
value(struct reader *r, const json_t *v, bool lines)
{
	if (json_is_integer(v))
		return arena_printf(r->mem, "%lld",
		    (long long)json_integer_value(v));
	if (json_is_real(v))
		return arena_printf(r->mem, "%.15g", json_real_value(v));
	if (!json_is_string(v))
		return "";
	return html_text(r->mem, json_string_value(v), json_string_length(v),
	    lines ? HTML_LINES : 0, lines ? FEED_TEXT_MAX : FEED_LINE_MAX);
}

static const char *
plain(struct reader *r, const json_t *o, const char *key, bool lines)
{
	return value(r, json_object_get(o, key), lines);
}

static const char *
markup(struct reader *r, const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return !json_is_string(v) ? "" : html_text(r->mem,
	    json_string_value(v), json_string_length(v),
	    HTML_MARKUP | HTML_LINES, FEED_TEXT_MAX);
}

/* Plain by the standard; where it is HTML all the same it is read so. */
static const char *
perhaps_markup(struct reader *r, const json_t *o, const char *key, bool lines)
{
	const json_t *v = json_object_get(o, key);
	const char *s = json_is_string(v) ? json_string_value(v) : "";
	size_t n = json_is_string(v) ? json_string_length(v) : 0;

	return !html_likely(s, n) ? value(r, v, lines) :
	    html_text(r->mem, s, n, HTML_MARKUP | (lines ? HTML_LINES : 0),
	    lines ? FEED_TEXT_MAX : FEED_LINE_MAX);
}

static const char *
link_of(struct reader *r, const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return json_is_string(v) ? url_link(r->mem, r->base,
	    value(r, v, false)) : "";
}

static void
add_author(struct reader *r, struct draft *d, const json_t *o)
{
	const char *s = json_is_string(o) ? value(r, o, false) :
	    plain(r, o, "name", false);

	if (*s == '\0')
		s = plain(r, o, "url", false);
	draft_add_author(d, r->mem, 30, s);
}

/* The i-th of a list; what is no list is one of its own. NULL = no more. */
static const json_t *
element(const json_t *list, size_t i)
{
	return json_is_array(list) ? json_array_get(list, i) :
	    i == 0 && !json_is_null(list) ? list : NULL;
}

static void
add_authors(struct reader *r, struct draft *d, const json_t *list)
{
	const json_t *one;
	size_t i;

	for (i = 0; (one = element(list, i)) != NULL; i++)
		add_author(r, d, one);
}

static void
authors(struct reader *r, struct draft *d, const json_t *o)
{
	add_authors(r, d, json_object_get(o, "authors"));
	if (d->text[FIELD_AUTHOR] == NULL)
		add_authors(r, d, json_object_get(o, "author"));
}

static void
lists(struct reader *r, struct draft *d, const json_t *o)
{
	const json_t *list = json_object_get(o, "attachments"), *one;
	size_t i;

	for (i = 0; (one = element(list, i)) != NULL; i++)
		draft_add_enclosure(d, r->mem, link_of(r, one, "url"));
	list = json_object_get(o, "tags");
	for (i = 0; (one = element(list, i)) != NULL; i++)
		draft_add_category(d, r->mem, value(r, one, false));
}

static void
read_item(struct reader *r, const json_t *o)
{
	struct draft d;

	if (!json_is_object(o)) {
		r->feed->dropped++;
		return;
	}
	draft_reset(&d);
	draft_offer(&d, FIELD_ID, 30, plain(r, o, "id", false));
	draft_offer(&d, FIELD_TITLE, 30,
	    perhaps_markup(r, o, "title", false));
	draft_offer(&d, FIELD_LINK, 30, link_of(r, o, "url"));
	draft_offer(&d, FIELD_LINK, 20, link_of(r, o, "external_url"));
	if (d.text[FIELD_ID] != NULL && url_is_web(d.text[FIELD_ID]))
		draft_offer(&d, FIELD_LINK, 1, d.text[FIELD_ID]);
	draft_offer(&d, FIELD_SUMMARY, 30,
	    perhaps_markup(r, o, "summary", true));
	draft_offer(&d, FIELD_CONTENT, 30, markup(r, o, "content_html"));
	draft_offer(&d, FIELD_CONTENT, 20, plain(r, o, "content_text", true));
	draft_offer(&d, FIELD_LANG, 30, plain(r, o, "language", false));
	draft_offer(&d, FIELD_LANG, 20, r->feed->lang);
	draft_offer_time(&d, FIELD_PUBLISHED, 30,
	    date_parse(plain(r, o, "date_published", false)));
	draft_offer_time(&d, FIELD_UPDATED, 30,
	    date_parse(plain(r, o, "date_modified", false)));
	authors(r, &d, o);
	draft_offer(&d, FIELD_AUTHOR, 1, r->author);
	lists(r, &d, o);
	draft_finish_item(&d, r->feed, r->mem);
}

static void
read_head(struct reader *r, const json_t *o)
{
	struct feed *f = r->feed;
	struct draft d;
	const char *version = plain(r, o, "version", false), *last;

	last = strrchr(version, '/');
	f->format = last != NULL && strcmp(last, "/1") == 0 ? "json-1.0" :
	    "json-1.1";
	f->link = draft_link(link_of(r, o, "home_page_url"));
	f->title = perhaps_markup(r, o, "title", false);
	f->description = draft_text(plain(r, o, "description", true),
	    FEED_LINE_MAX, r->mem);
	f->lang = plain(r, o, "language", false);
	f->self = draft_link(link_of(r, o, "feed_url"));
	f->older = draft_link(link_of(r, o, "next_url"));
	draft_reset(&d);
	authors(r, &d, o);
	r->author = d.text[FIELD_AUTHOR];
}

/* As json_loadb; where that fails, of the mended text. */
static json_t *
load(const char *p, size_t n)
{
	struct buf mended;
	json_error_t e;
	json_t *o = json_loadb(p, n, FLAGS, &e);

	if (o != NULL)
		return o;
	buf_init(&mended, 2 * n + 16);
	json_mend(p, n, &mended);
	if (mended.len > 0)
		o = json_loadb(mended.data, mended.len, FLAGS, &e);
	buf_clear(&mended);
	return o;
}

/* Is this an item and not something that stands in one? */
static bool
is_item(const json_t *o)
{
	static const char *const keys[] = { "title", "content_html",
	    "content_text", "summary", "date_published" };
	size_t i;

	if (json_object_get(o, "id") != NULL)
		return true;
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (json_object_get(o, keys[i]) != NULL)
			return json_object_get(o, "url") != NULL;
	return false;
}

/* One object of a broken document. */
static bool
salvage_one(struct reader *r, const char *p, size_t n)
{
	json_t *o = load(p, n);

	if (o == NULL)
		return false;
	if (json_is_object(o) && is_item(o))
		read_item(r, o);
	json_decref(o);
	return true;
}

/* Where the object at p ends, by its braces; NULL when it does not. */
static const char *
object_end(const char *p, const char *end)
{
	size_t depth = 0;
	bool quoted = false;

	for (; p < end; p++) {
		if (quoted) {
			if (*p == '\\')
				p++;
			else if (*p == '"' || *p == '\n')
				quoted = false;
		} else if (*p == '"')
			quoted = true;
		else if (*p == '{' || *p == '[')
			depth++;
		else if ((*p == '}' || *p == ']') && --depth == 0)
			return p + 1;
	}
	return NULL;
}

/* Behind the white space at p. */
static const char *
skip_space(const char *p, const char *end)
{
	while (p < end && isspace((unsigned char)*p))
		p++;
	return p;
}

/* The first key of the first item, quotes and all. */
static struct key
first_key(const char *p, const char *end)
{
	const char *s = memchr(p, '{', (size_t)(end - p)), *e;

	if (s != NULL)
		s = skip_space(s + 1, end);
	if (s == NULL || s == end || *s != '"' ||
	    (e = memchr(s + 1, '"', (size_t)(end - s - 1))) == NULL)
		return (struct key){ "\"id\"", 4 };
	return (struct key){ s, (size_t)(e + 1 - s) };
}

/* The next object that begins with this key, or NULL. */
static const char *
next_item(const char *p, const char *end, struct key key)
{
	const char *s;

	for (; (p = memchr(p, '{', (size_t)(end - p))) != NULL; p++) {
		s = skip_space(p + 1, end);
		if ((size_t)(end - s) > key.n &&
		    memcmp(s, key.s, key.n) == 0)
			return p;
	}
	return NULL;
}

/* Item by item. Behind one that is broken the next begins as the first one
   did, wherever the broken one seems to end: a quote too many makes that some
   place in another item. What is read in vain is limited. */
static void
salvage(struct reader *r, const char *p, const char *end)
{
	const struct key key = first_key(p, end);
	size_t vain = 0, limit = VAIN * (size_t)(end - p);
	const char *stop, *next;

	while ((p = memchr(p, '{', (size_t)(end - p))) != NULL &&
	    r->feed->nitems < FEED_ITEMS_MAX) {
		stop = object_end(p, end);
		if (stop != NULL && salvage_one(r, p, (size_t)(stop - p))) {
			p = stop;
			continue;
		}
		r->feed->dropped++;
		vain += (size_t)((stop != NULL ? stop : end) - p);
		next = vain < limit ? next_item(p + 1, end, key) : NULL;
		if ((p = next != NULL ? next : stop) == NULL)
			break;
	}
}

/* Why the document is damaged; the reason quotes it. */
static void
tell(struct reader *r, const json_error_t *e)
{
	const char *why = html_text(r->mem, e->text, strlen(e->text), 0,
	    FEED_LINE_MAX);
	struct buf text;

	buf_init(&text, 1024);
	charset_mend(why, strlen(why), &text);
	r->feed->damaged = arena_printf(r->mem, "%s in line %d",
	    text.data != NULL ? text.data : "broken", e->line);
	buf_clear(&text);
}

/* No document even when mended: what stands before the items, cut there and
   closed, and each of them that is whole. */
static int
read_pieces(struct reader *r, const char *s, size_t n, const json_error_t *e,
    struct error *err)
{
	const char *items = memmem(s, n, "\"items\"", 7);
	struct buf head;
	json_t *o;

	if (items == NULL || memmem(s, n, "jsonfeed.org/version", 20) == NULL)
		return error_set(err, "it is neither XML nor valid JSON (%s "
		    "in line %d)", e->text, e->line);
	buf_init(&head, n + 16);
	buf_add(&head, s, (size_t)(items - s));
	buf_adds(&head, "\"\":0}");
	o = load(head.data, head.len);
	buf_clear(&head);
	read_head(r, o);
	json_decref(o);
	if ((items = memchr(items, '[', (size_t)(s + n - items))) != NULL)
		salvage(r, items, s + n);
	return 0;
}

static int
read_whole(struct reader *r, const json_t *o, struct error *err)
{
	const json_t *items = json_object_get(o, "items"), *one;
	size_t i;

	if (!json_is_array(items) && strstr(plain(r, o, "version", false),
	    "jsonfeed") == NULL)
		return error_set(err, "it is JSON, but no JSON Feed");
	read_head(r, o);
	json_array_foreach(items, i, one)
		read_item(r, one);
	return 0;
}

int
json_read(const char *s, size_t n, const char *base, struct arena *mem,
    struct feed *f, struct error *err)
{
	struct reader r = { .mem = mem, .feed = f, .base = base };
	json_error_t e;
	json_t *o = json_loadb(s, n, FLAGS, &e);
	bool damaged = o == NULL;
	int result;

	if (damaged)
		o = load(s, n);
	result = o != NULL ? read_whole(&r, o, err) :
	    read_pieces(&r, s, n, &e, err);
	if (damaged && result == 0) {
		tell(&r, &e);
		f->cut = json_error_code(&e) ==
		    json_error_premature_end_of_input;
	}
	json_decref(o);
	return result;
}
