#include "feed/page.h"

#include <string.h>
#include <strings.h>

#include "feed/draft.h"
#include "feed/html.h"
#include "feed/tag.h"
#include "feed/url.h"

struct page {
	const char	*text, *end;
	const char	*base;
	struct arena	*mem;
	struct feed	*feed;
	size_t		 first;		/* of the feeds named, those of
					   comments */
};

static const char *
attribute(const struct page *g, const struct html_tag *t, const char *name)
{
	size_t n;
	const char *v = html_attribute(t, name, &n);

	return v == NULL ? "" : html_text(g->mem, v, n, HTML_MARKUP,
	    FEED_URL_MAX);
}

/* Is it among the words, which blanks divide? */
static bool
has_word(const char *words, const char *word)
{
	size_t n, len = strlen(word);

	for (; *words != '\0'; words += n + (words[n] != '\0')) {
		n = strcspn(words, " ");
		if (n == len && strncasecmp(words, word, n) == 0)
			return true;
	}
	return false;
}

/* The type of a feed and of nothing else. */
static bool
is_feed_type(const char *type)
{
	return strcasestr(type, "rss+xml") != NULL ||
	    strcasestr(type, "atom+xml") != NULL ||
	    strcasestr(type, "rdf+xml") != NULL ||
	    strcasestr(type, "feed+json") != NULL;
}

/* A type that a feed may have among others. */
static bool
may_be_feed(const char *type, const char *href)
{
	size_t n = strcspn(type, "; ");

	if (n == 16 && strncasecmp(type, "application/json", n) == 0)
		return strcasestr(href, "/wp-json") == NULL &&
		    strcasestr(href, "rest_route=") == NULL;
	return (n == 8 && strncasecmp(type, "text/xml", n) == 0) ||
	    (n == 15 && strncasecmp(type, "application/xml", n) == 0);
}

static bool
names_feed(const struct page *g, const struct html_tag *t, const char *href)
{
	const char *rel = attribute(g, t, "rel"), *type = attribute(g, t, "type");
	bool link = strcmp(t->name, "link") == 0;

	if (!link && strcmp(t->name, "a") != 0)
		return false;
	if (has_word(rel, "feed"))
		return true;
	if (!has_word(rel, "alternate"))
		return !link && is_feed_type(type);
	return is_feed_type(type) || (link && may_be_feed(type, href));
}

/* "feed:" is how some say that a program is to take it. */
static const char *
resolved(const struct page *g, const char *href)
{
	if (strncasecmp(href, "feed:", 5) == 0) {
		href += 5;
		if (strncmp(href, "//", 2) == 0)
			href = arena_printf(g->mem, "http:%s", href);
	}
	return draft_link(url_link(g->mem, g->base, href));
}

static void
add(struct page *g, const char *url, bool comments)
{
	struct feed *f = g->feed;
	size_t i, at = comments ? f->nadvertised : g->first;

	for (i = 0; i < f->nadvertised; i++)
		if (strcmp(f->advertised[i], url) == 0)
			return;
	memmove(f->advertised + at + 1, f->advertised + at,
	    (f->nadvertised - at) * sizeof(*f->advertised));
	f->advertised[at] = url;
	f->nadvertised++;
	g->first += !comments;
}

/* The first <base> with an address counts, wherever it stands. */
static void
find_base(struct page *g)
{
	const char *p = g->text, *href;
	struct html_tag t;

	while (html_next_tag(&p, g->end, &t))
		if (!t.closing && strcmp(t.name, "base") == 0 &&
		    *(href = attribute(g, &t, "href")) != '\0') {
			g->base = url_resolve(g->mem, g->base, href);
			return;
		}
}

void
page_feeds(const char *text, size_t n, const char *base, struct arena *mem,
    struct feed *f)
{
	struct page g = { .text = text, .end = text + n, .base = base,
		.mem = mem, .feed = f };
	const char *p = text, *href, *url;
	struct html_tag t;

	f->advertised = arena_alloc(mem,
	    FEED_LINKS_MAX * sizeof(*f->advertised));
	find_base(&g);
	while (f->nadvertised < FEED_LINKS_MAX &&
	    html_next_tag(&p, g.end, &t)) {
		if (t.closing || *(href = attribute(&g, &t, "href")) == '\0' ||
		    !names_feed(&g, &t, href))
			continue;
		if (*(url = resolved(&g, href)) != '\0')
			add(&g, url, strcasestr(href, "comment") != NULL ||
			    strcasestr(attribute(&g, &t, "title"),
			    "comment") != NULL);
	}
}

bool
page_is(const char *text, size_t n)
{
	static const char *const names[] = { "html", "head", "body", "meta",
	    "script", "title", "div", "base" };
	struct html_tag t;
	size_t i;

	if (!html_next_tag(&text, text + n, &t) || t.closing)
		return false;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(t.name, names[i]) == 0)
			return true;
	return false;
}

bool
page_may_be(const char *text, size_t n)
{
	struct html_tag t;

	return page_is(text, n) || (html_next_tag(&text, text + n, &t) &&
	    tag_kind(t.name) != TAG_UNKNOWN && strcmp(t.name, "svg") != 0);
}
