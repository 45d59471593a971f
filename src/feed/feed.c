#include "feed/feed.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/hash.h"
#include "base/mem.h"
#include "feed/charset.h"
#include "feed/document.h"
#include "feed/json.h"
#include "feed/page.h"
#include "feed/url.h"
#include "feed/walk.h"
#include "feed/xml.h"

struct job {
	const char		*base;
	struct arena		*mem;
	struct document		 doc;
	bool			 kept;	/* the last item of the last pass */
};

void
feed_prepare(void)
{
	charset_open_all();
	json_prepare();
}

static void
clear(struct feed *f)
{
	memset(f, 0, sizeof(*f));
	f->format = f->title = f->link = f->description = f->lang = "";
	f->self = f->older = f->damaged = "";
}

/* A set of hashes; 0 marks a free slot. */
static bool
add_key(uint64_t *set, size_t mask, const char *s)
{
	uint64_t key = hash_str(s) | 1;
	size_t i = (size_t)(key >> 1) & mask;

	for (; set[i] != 0; i = (i + 1) & mask)
		if (set[i] == key)
			return false;
	set[i] = key;
	return true;
}

static void
check_unique(struct feed *f)
{
	uint64_t *ids, *links;
	size_t i, size = 16;

	while (size < 2 * f->nitems)
		size *= 2;
	ids = mem_zalloc(2 * size, sizeof(*ids));
	links = ids + size;
	f->ids_unique = f->links_unique = true;
	for (i = 0; i < f->nitems; i++) {
		if (f->items[i].id[0] != '\0' &&
		    !add_key(ids, size - 1, f->items[i].id))
			f->ids_unique = false;
		if (f->items[i].link[0] != '\0' &&
		    !add_key(links, size - 1, f->items[i].link))
			f->links_unique = false;
	}
	free(ids);
}

/* One pass over text; 0 well-formed, -1 with the reason; *found: a feed. */
static int
pass(struct job *j, const char *s, size_t n, struct feed *f,
    bool *found, char root[32], struct error *err)
{
	struct walk w;
	int r;

	clear(f);
	walk_init(&w, j->mem, f, j->base);
	r = xml_pass(&w, s, n, err);
	walk_finish(&w);
	if (r == 0 && w.swallowed)
		r = error_set(err, "a CDATA section without its end");
	if (w.damaged)
		f->damaged = "undeclared entities";
	*found = w.found;
	j->kept = w.kept;
	memcpy(root, w.root, sizeof(w.root));
	walk_clear(&w);
	return r;
}

static int
no_feed(const struct job *j, const char *root, struct feed *f,
    struct error *err)
{
	clear(f);
	if (page_may_be(j->doc.in.text, j->doc.in.len)) {
		page_feeds(j->doc.in.text, j->doc.in.len, j->base, j->mem, f);
		return error_set(err, "it is an HTML page, not a feed");
	}
	if (*root == '\0')
		return error_set(err, "it is neither XML nor JSON");
	if (strcasecmp(root, "opml") == 0)
		return error_set(err, "it is a list of feeds (OPML), which "
		    "\"newsalertctl import\" takes");
	return error_set(err, "it is XML, but not a feed: it starts with <%s>",
	    root);
}

/*
 * The last item of a document that is cut short may lack what it is known by:
 * it would come again as another one when the document is whole.
 */
static void
drop_torn(struct feed *f)
{
	const struct article *first = f->items, *last;

	if (f->nitems < 2)
		return;
	last = &f->items[f->nitems - 1];
	if ((first->id[0] != '\0' && last->id[0] == '\0') ||
	    (first->link[0] != '\0' && last->link[0] == '\0')) {
		f->nitems--;
		f->dropped++;
	}
}

/* The document is not well-formed: mend it and read it again. */
static int
read_damaged(struct job *j, const struct error *why, struct feed *f,
    struct error *err)
{
	struct error again;
	const char *s, *damage;
	char root[32];
	bool found;
	size_t n;

	s = document_repair(&j->doc, &n);
	pass(j, s, n, f, &found, root, &again);
	if (!found)
		return no_feed(j, root, f, err);
	if (j->doc.end == REPAIR_TORN && j->kept)
		drop_torn(f);
	f->cut = j->doc.end != REPAIR_WHOLE;
	damage = document_damage(&j->doc);
	f->damaged = damage != NULL ? damage :
	    arena_strdup(j->mem, why->text);
	return 0;
}

static int
read_xml(struct job *j, struct feed *f, struct error *err)
{
	struct error why;
	char root[32];
	bool found;
	int r = pass(j, j->doc.in.text, j->doc.in.len, f, &found, root, &why);

	if (r == 0)
		return found ? 0 : no_feed(j, root, f, err);
	if (!found && page_is(j->doc.in.text, j->doc.in.len))
		return no_feed(j, root, f, err);
	return read_damaged(j, &why, f, err);
}

static int
read_json(struct job *j, struct feed *f, struct error *err)
{
	document_make_utf8(&j->doc);
	return json_read(j->doc.in.text, j->doc.in.len, j->base, j->mem, f,
	    err);
}

/* A JSON Feed that cannot be run as a script, or is one: ")]}'," or "while(1);"
   in front of it, or "callback(". Or a warning of the program that made it. */
static bool
skip_to_json(struct job *j)
{
	const char *p = j->doc.in.text, *end = p + j->doc.in.len;

	if (memmem(p, j->doc.in.len, "jsonfeed.org/version", 20) == NULL ||
	    page_is(p, j->doc.in.len) ||
	    (p = memchr(p, '{', j->doc.in.len)) == NULL)
		return false;
	j->doc.in.text = p;
	j->doc.in.len = (size_t)(end - p);
	return true;
}

static int
read_text(struct job *j, struct feed *f, struct error *err)
{
	char first = *j->doc.in.text;
	struct error no_xml;
	int r;

	if (first == '{' || first == '[') {
		r = read_json(j, f, err);
		/* "[cached]" in front of it, or the end of an escape. */
		if (r == 0 || first == '{')
			return r;
		if (read_xml(j, f, &no_xml) == 0)
			return 0;
		clear(f);
		return -1;
	}
	r = read_xml(j, f, err);
	if (r == 0 || !skip_to_json(j))
		return r;
	clear(f);
	r = read_json(j, f, err);
	if (r == 0 && *f->damaged == '\0')
		f->damaged = "something stands in front of it";
	return r;
}

int
feed_read(const char *p, size_t n, const char *content_type,
    const char *base, struct arena *mem, struct feed *f, struct error *err)
{
	struct job j = { .base = base == NULL ? "" : base, .mem = mem };
	const char *damage;
	int r;

	clear(f);
	document_init(&j.doc, p, n, content_type);
	if (j.doc.in.len == 0)
		r = error_set(err, "it is empty");
	else
		r = read_text(&j, f, err);
	damage = document_damage(&j.doc);
	if (r == 0 && *f->damaged == '\0' && damage != NULL)
		f->damaged = damage;
	check_unique(f);
	document_clear(&j.doc);
	return r;
}
