#include "feed/opml.h"

#include <expat.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/hash.h"
#include "base/mem.h"
#include "feed/attributes.h"
#include "feed/document.h"
#include "feed/html.h"
#include "feed/json_text.h"
#include "feed/url.h"

#define DEPTH_MAX 16
#define TEXT_MAX 1024

struct reader {
	XML_Parser	 parser;
	const char	*start;			/* of the document */
	struct arena	*mem;
	struct opml	*list;
	struct buf	 text;
	const char	*folder[DEPTH_MAX];	/* of the open outlines, or NULL */
	size_t		 depth;		/* outlines open */
	size_t		*slots;		/* index + 1 of a feed, by its URL */
	size_t		 nslots;	/* a power of two */
	bool		 found, in_title, entities;
};

static const char *
attribute(const char **atts, const char *name)
{
	for (; atts[0] != NULL; atts += 2)
		if (strcasecmp(atts[0], name) == 0)
			return atts[1];
	return "";
}

static const char *
plain(struct reader *r, const char *s)
{
	size_t n = strnlen(s, TEXT_MAX);

	while (n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80)
		n--;
	return html_text(r->mem, s, n, html_likely(s, n) ? HTML_MARKUP : 0,
	    TEXT_MAX);
}

static const char *
name_of(struct reader *r, const char **atts)
{
	const char *s = plain(r, attribute(atts, "title"));

	return *s != '\0' ? s : plain(r, attribute(atts, "text"));
}

/* "feed://host/x", "feed:https://host/x" and "itpc://host/x" are how some
   readers say it, or "//host/x" and "www.host/x". */
static const char *
feed_url(struct reader *r, const char *s)
{
	static const char *const schemes[] = { "feed://", "feeds://",
	    "pcast://", "itpc://", "podcast://", "//" };
	size_t i, n;

	while (*s == ' ')
		s++;
	for (i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
		n = strlen(schemes[i]);
		if (strncasecmp(s, schemes[i], n) == 0)
			return feed_url(r, arena_printf(r->mem, "http%s://%s",
			    i == 1 ? "s" : "", s + n));
	}
	if (strncasecmp(s, "www.", 4) == 0)
		s = arena_printf(r->mem, "http://%s", s);
	else if (strncasecmp(s, "feed:", 5) == 0)
		s += 5;
	return strnlen(s, 8192) == 8192 ? "" : url_link(r->mem, "", s);
}

static size_t *
slot(struct reader *r, const char *url)
{
	size_t i = hash_str(url) & (r->nslots - 1);

	while (r->slots[i] != 0 &&
	    strcmp(r->list->feeds[r->slots[i] - 1].url, url) != 0)
		i = (i + 1) & (r->nslots - 1);
	return &r->slots[i];
}

static void
grow_slots(struct reader *r)
{
	size_t i;

	if (r->list->nfeeds * 2 < r->nslots)
		return;
	free(r->slots);
	r->nslots = r->nslots == 0 ? 256 : r->nslots * 2;
	r->slots = mem_zalloc(r->nslots, sizeof(*r->slots));
	for (i = 0; i < r->list->nfeeds; i++)
		*slot(r, r->list->feeds[i].url) = i + 1;
}

static struct opml_feed *
feed_for(struct reader *r, const char *url)
{
	struct opml *l = r->list;
	struct opml_feed *more;
	size_t *at;

	grow_slots(r);
	at = slot(r, url);
	if (*at != 0)
		return &l->feeds[*at - 1];
	if (l->nfeeds == OPML_FEEDS_MAX)
		return NULL;
	if (l->nfeeds == l->cap) {
		l->cap = l->cap == 0 ? 64 : l->cap * 2;
		more = arena_alloc(r->mem, l->cap * sizeof(*more));
		if (l->nfeeds > 0)
			memcpy(more, l->feeds, l->nfeeds * sizeof(*more));
		l->feeds = more;
	}
	*at = ++l->nfeeds;
	more = &l->feeds[l->nfeeds - 1];
	memset(more, 0, sizeof(*more));
	more->url = url;
	more->title = more->link = "";
	return more;
}

/* "News/Asia": the outlines this one is in. */
static void
add_folder(struct reader *r, struct opml_feed *f)
{
	size_t i;
	const char *s;

	buf_reset(&r->text);
	for (i = 0; i < r->depth && i < DEPTH_MAX; i++) {
		if (r->folder[i] == NULL || r->folder[i][0] == '\0')
			continue;
		if (r->text.len > 0)
			buf_addc(&r->text, '/');
		buf_adds(&r->text, r->folder[i]);
	}
	if (r->text.len == 0 || f->nfolders == OPML_FOLDERS_MAX)
		return;
	for (i = 0; i < f->nfolders; i++)
		if (strcmp(f->folders[i], r->text.data) == 0)
			return;
	s = arena_strdup(r->mem, r->text.data);
	f->folders[f->nfolders++] = s;
}

/* "xmlUrl", or "url" of what is called a feed. */
static const char *
address(const char **atts, const char *type)
{
	const char *s = attribute(atts, "xmlUrl");

	return *s == '\0' && (strcasecmp(type, "rss") == 0 ||
	    strcasecmp(type, "atom") == 0) ? attribute(atts, "url") : s;
}

static void
outline(struct reader *r, const char **atts)
{
	const char *type = attribute(atts, "type"), *link;
	const char *url = feed_url(r, address(atts, type));
	struct opml_feed *f;

	/* "source" and "include" name other lists. */
	if (!url_is_web(url) || strcasecmp(type, "source") == 0 ||
	    strcasecmp(type, "include") == 0) {
		if (r->depth < DEPTH_MAX)
			r->folder[r->depth] = name_of(r, atts);
		return;
	}
	if (r->depth < DEPTH_MAX)
		r->folder[r->depth] = NULL;
	r->found = true;		/* though no <opml> may be around it */
	if ((f = feed_for(r, url)) == NULL)
		return;
	if (f->title[0] == '\0')
		f->title = name_of(r, atts);
	link = attribute(atts, "htmlUrl");
	if (f->link[0] == '\0' && strnlen(link, 8192) < 8192) {
		link = url_link(r->mem, "", link);
		f->link = url_is_web(link) ? link : "";
	}
	add_folder(r, f);
}

static void
start(void *data, const char *name, const char **atts)
{
	struct reader *r = data;
	const char *colon = strchr(name, ':');
	const char *tag = r->start + XML_GetCurrentByteIndex(r->parser);

	/* expat leaves them out where a DTD might declare them. */
	if (attributes_undeclared(tag, tag +
	    XML_GetCurrentByteCount(r->parser))) {
		r->entities = true;
		XML_StopParser(r->parser, XML_FALSE);
		return;
	}
	if (colon != NULL)
		name = colon + 1;
	if (strcasecmp(name, "opml") == 0)
		r->found = true;
	else if (strcasecmp(name, "title") == 0 && r->list->title[0] == '\0') {
		r->in_title = true;
		buf_reset(&r->text);
	} else if (strcasecmp(name, "outline") == 0) {
		outline(r, atts);
		r->depth++;
	}
}

static void
end(void *data, const char *name)
{
	struct reader *r = data;
	const char *colon = strchr(name, ':');

	if (colon != NULL)
		name = colon + 1;
	if (strcasecmp(name, "title") == 0 && r->in_title) {
		r->in_title = false;
		if (r->text.len > 0)
			r->list->title = plain(r, r->text.data);
	} else if (strcasecmp(name, "outline") == 0 && r->depth > 0)
		r->depth--;
}

static void
text(void *data, const char *s, int n)
{
	struct reader *r = data;

	if (r->in_title)
		buf_add(&r->text, s, (size_t)n);
}

static void
declared(void *data, const char *name, int parameter, const char *value,
    int len, const char *base, const char *system, const char *public,
    const char *notation)
{
	struct reader *r = data;

	(void)name, (void)parameter, (void)value, (void)len, (void)base;
	(void)system, (void)public, (void)notation;
	r->entities = true;
	XML_StopParser(r->parser, XML_FALSE);
}

static int
pass(struct arena *mem, struct opml *list, const char *s, size_t n,
    bool *found, struct error *err)
{
	static const XML_Memory_Handling_Suite memory = { mem_alloc,
		mem_resize, free };
	struct reader r = { .mem = mem, .list = list, .start = s };
	int result = 0;

	memset(list, 0, sizeof(*list));
	list->title = list->damaged = "";
	if (n > INT_MAX)
		return error_set(err, "it is too long");
	r.parser = XML_ParserCreate_MM("UTF-8", &memory, NULL);
	buf_init(&r.text, DEPTH_MAX * TEXT_MAX * 2);
	XML_SetUserData(r.parser, &r);
	XML_SetElementHandler(r.parser, start, end);
	XML_SetCharacterDataHandler(r.parser, text);
	XML_SetEntityDeclHandler(r.parser, declared);
	if (XML_Parse(r.parser, s, (int)n, XML_TRUE) != XML_STATUS_OK)
		result = error_set(err, "%s in line %lu", r.entities ?
		    "entities of its own" :
		    XML_ErrorString(XML_GetErrorCode(r.parser)),
		    (unsigned long)XML_GetCurrentLineNumber(r.parser));
	XML_ParserFree(r.parser);
	buf_clear(&r.text);
	free(r.slots);
	*found = r.found;
	return result;
}

int
opml_read(const char *p, size_t n, struct arena *mem, struct opml *list,
    struct error *err)
{
	struct document d;
	struct error why, again;
	const char *s, *damage = NULL;
	bool found;
	int r;

	document_init(&d, p, n, NULL);
	if (pass(mem, list, d.in.text, d.in.len, &found, &why) == -1) {
		s = document_repair(&d, &n);
		pass(mem, list, s, n, &found, &again);
		damage = arena_strdup(mem, why.text);
	}
	if (document_damage(&d) != NULL)
		damage = document_damage(&d);
	list->damaged = damage == NULL ? "" : damage;
	r = found ? 0 : error_set(err, "it is no OPML document");
	document_clear(&d);
	return r;
}

void
opml_json(const struct opml *list, struct buf *b)
{
	const struct opml_feed *f;
	size_t i;

	buf_adds(b, "{\"title\":");
	json_text(b, list->title);
	if (list->damaged[0] != '\0')
		json_text_member(b, "damaged", list->damaged);
	buf_adds(b, ",\"feeds\":[");
	for (i = 0; i < list->nfeeds; i++) {
		f = &list->feeds[i];
		buf_adds(b, i > 0 ? ",{\"title\":" : "{\"title\":");
		json_text(b, f->title);
		json_text_member(b, "url", f->url);
		json_text_member(b, "link", f->link);
		json_text_list(b, "folders", f->folders, f->nfolders);
		buf_addc(b, '}');
	}
	buf_adds(b, "]}");
}
