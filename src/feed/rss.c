/* What is particular to RSS and its modules. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "feed/date.h"
#include "feed/url.h"
#include "feed/walk.h"

/* What the outermost element that we know makes of the document. */
void
rss_format(struct walk *w, const struct word *word, const char **atts)
{
	const char *version;
	size_t n;

	if (w->found || word->element > ELEMENT_ITEM ||
	    word->element == ELEMENT_OTHER)
		return;
	w->found = true;
	if (word->space == SPACE_ATOM) {
		w->dialect = SPACE_ATOM;
		version = walk_attribute(atts, "version");
		w->feed->format = version != NULL &&
		    strncmp(version, "0.", 2) == 0 ? "atom-0.3" : "atom-1.0";
		return;
	}
	if (strcmp(word->name, "rdf") == 0) {
		w->feed->format = "rss-1.0";
		for (; atts[0] != NULL; atts += 2)
			if (strstr(atts[1], "simple/0.9") != NULL)
				w->feed->format = "rss-0.90";
		return;
	}
	version = walk_attribute(atts, "version");
	n = version == NULL ? 0 : strspn(version, "0123456789.");
	w->feed->format = n == 0 || n > 8 ? "rss-2.0" :
	    arena_printf(w->mem, "rss-%.*s", (int)n, version);
}

/* "rdf:about", whatever the prefix is. */
static const char *
about(const char **atts)
{
	const char *colon;

	for (; atts[0] != NULL; atts += 2) {
		colon = strchr(atts[0], ':');
		if (strcasecmp(colon != NULL ? colon + 1 : atts[0],
		    "about") == 0)
			return atts[1];
	}
	return NULL;
}

void
rss_attributes(struct walk *w, const char **atts)
{
	struct draft *d = walk_draft(w);
	const char *s;

	if ((s = about(atts)) != NULL)
		draft_offer(d, FIELD_ID, 5, walk_line(w, s));
	if ((s = walk_attribute(atts, "href")) != NULL)
		draft_offer(d, FIELD_LINK, 5, walk_link(w, s));
	if ((s = walk_attribute(atts, "lastmod")) != NULL)
		draft_offer_time(d, FIELD_UPDATED, 5, date_parse(s));
}

static void
enclosure(struct walk *w, const char *url)
{
	if (url != NULL)
		draft_add_enclosure(walk_draft(w), w->mem, walk_link(w, url));
}

void
rss_start(struct walk *w, const struct word *word, const char **atts)
{
	const char *s;

	switch (word->element) {
	case ELEMENT_GUID:
		s = walk_attribute(atts, "isPermaLink");
		w->permalink = s == NULL || strcasecmp(s, "false") != 0;
		break;
	case ELEMENT_LINK:
		atom_link(w, atts);
		break;
	case ELEMENT_ENCLOSURE:
	case ELEMENT_MEDIA:
		s = walk_attribute(atts, "url");
		enclosure(w, s != NULL ? s : walk_attribute(atts, "href"));
		break;
	case ELEMENT_TOPIC:
		s = walk_attribute(atts, "text");
		draft_add_category(walk_draft(w), w->mem, walk_line(w, s));
		break;
	case ELEMENT_CATEGORY:
		s = walk_attribute(atts, "term");
		draft_add_category(walk_draft(w), w->mem, walk_line(w, s));
		s = walk_attribute(atts, "label");
		w->label = walk_line(w, s);
		break;
	case ELEMENT_TEXT:
		s = walk_attribute(atts, "type");
		if (word->kind == KIND_MEDIA)
			w->kind = s != NULL && strcasecmp(s, "html") == 0 ?
			    KIND_HTML : KIND_PLAIN;
		break;
	default:
		break;
	}
}

static const bool around_name[256] = {
	[' '] = true, ['\t'] = true, [','] = true, [';'] = true, [':'] = true,
	['"'] = true, ['\''] = true, ['<'] = true, ['>'] = true, ['['] = true,
	[']'] = true, ['-'] = true,
};

/* The name that s is when the address is taken out: without what held them
   apart; "(Name)" is Name. */
static const char *
bare_name(struct walk *w, const char *s, size_t n)
{
	while (n > 0 && around_name[(unsigned char)*s])
		s++, n--;
	while (n > 0 && around_name[(unsigned char)s[n - 1]])
		n--;
	if (n >= 2 && *s == '(' && s[n - 1] == ')')
		return bare_name(w, s + 1, n - 2);
	return arena_strndup(w->mem, s, n);
}

/* "mail@example.org (Name)", "Name <mail@example.org>" and the like are Name;
   what holds no address, several, or nothing else is left as it is. */
static const char *
person(struct walk *w, const char *s)
{
	static const char ends[] = " <>()[]\"',;";
	const char *at = strchr(s, '@'), *from = at, *to, *name;

	if (at == NULL || strchr(at + 1, '@') != NULL)
		return s;
	while (from > s && strchr(ends, from[-1]) == NULL)
		from--;
	to = at + strcspn(at, ends);
	if (from > s && *to != '\0' && strchr("<([", from[-1]) != NULL)
		from--, to++;
	name = from > s ? bare_name(w, s, (size_t)(from - s)) : "";
	if (*name == '\0')
		name = bare_name(w, to, strlen(to));
	return *name != '\0' ? name : bare_name(w, s, strlen(s));
}

/* A name says more than an address; a show's author is often its publisher. */
static int
author_rank(const struct walk *w, const char *name)
{
	if (w->leaf->space != SPACE_DC && w->leaf->space != SPACE_RSS)
		return 10;
	return strchr(name, '@') != NULL ? 28 : 30;
}

static void
skip_day(struct feed *f, const char *s)
{
	static const char days[7][4] = { "sun", "mon", "tue", "wed", "thu",
	    "fri", "sat" };
	int i;

	for (i = 0; i < 7; i++)
		if (strncasecmp(s, days[i], 3) == 0)
			f->skip_days |= UINT32_C(1) << i;
}

static long
period(const char *s)
{
	static const struct {
		const char	*name;
		long		 seconds;
	} periods[] = {
		{ "hourly", 3600 }, { "daily", 86400 }, { "weekly", 604800 },
		{ "monthly", 2592000 }, { "yearly", 31536000 },
	};
	size_t i;

	for (i = 0; i < sizeof(periods) / sizeof(periods[0]); i++)
		if (strcasecmp(s, periods[i].name) == 0)
			return periods[i].seconds;
	return 0;
}

static void
hint(struct walk *w, enum element element, const char *s)
{
	struct feed *f = w->feed;
	long n = strtol(s, NULL, 10);

	if (w->in_item)
		return;
	if (element == ELEMENT_TTL && n > 0 && n < 1000000)
		f->ttl = n * 60;
	else if (element == ELEMENT_SKIP_HOUR && n >= 0 && n <= 24 &&
	    *s >= '0' && *s <= '9')
		f->skip_hours |= UINT32_C(1) << (n % 24);
	else if (element == ELEMENT_SKIP_DAY)
		skip_day(f, s);
	else if (element == ELEMENT_PERIOD)
		w->period = period(s);
	else if (element == ELEMENT_FREQUENCY && n > 0 && n < 100000)
		w->frequency = n;
}

static void
keywords(struct walk *w, const char *s)
{
	size_t n, trim;

	for (; *s != '\0'; s += n + (s[n] == ',')) {
		n = strcspn(s, ",");
		for (; n > 0 && *s == ' '; n--)
			s++;
		for (trim = n; trim > 0 && s[trim - 1] == ' '; trim--)
			;
		draft_add_category(walk_draft(w), w->mem,
		    arena_strndup(w->mem, s, trim));
	}
}

void
rss_end(struct walk *w)
{
	struct draft *d = walk_draft(w);
	const char *s;

	if (w->leaf->element == ELEMENT_LINK) {
		draft_offer(d, FIELD_LINK, 30,	/* walk_link cleans it */
		    walk_link(w, collect_buf(&w->text)->data));
		return;
	}
	s = walk_plain(w);
	switch (w->leaf->element) {
	case ELEMENT_GUID:
		draft_offer(d, FIELD_ID, 30, s);
		if (w->permalink && (url_is_web(s) || *s == '/'))
			draft_offer(d, FIELD_LINK, 10, walk_link(w, s));
		break;
	case ELEMENT_AUTHOR:
		s = person(w, s);
		draft_add_author(d, w->mem, author_rank(w, s), s);
		break;
	case ELEMENT_CATEGORY:
		draft_add_category(d, w->mem, s);
		draft_add_category(d, w->mem, w->label);
		break;
	case ELEMENT_KEYWORDS:
		keywords(w, s);
		break;
	case ELEMENT_ENCLOSURE:
		if (url_is_web(s))
			enclosure(w, s);
		break;
	default:
		hint(w, w->leaf->element, s);
	}
}
