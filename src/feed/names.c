#include "feed/names.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#define NAME_MAX_LEN 31

const struct word names_other = { SPACE_OTHER, "", ELEMENT_OTHER, FIELD_NONE,
    0, KIND_PLAIN };

struct uri {
	const char	*uri;		/* lower case, without "http://" and a
				   final '/' or '#' */
	enum space	 space;
};

static const struct uri uris[] = {
	{ "www.w3.org/2005/atom", SPACE_ATOM },
	{ "purl.org/atom/ns", SPACE_ATOM03 },
	{ "example.com/newformat", SPACE_ATOM03 },
	{ "necho.sourceforge.net/schema/formats/necho-0.1",
	    SPACE_ATOM03 },
	{ "purl.org/echo", SPACE_ATOM03 }, { "purl.org/pie", SPACE_ATOM03 },
	{ "purl.org/net/rss1.1", SPACE_RSS },
	{ "purl.org/rss/1.0", SPACE_RSS },
	{ "my.netscape.com/rdf/simple/0.9", SPACE_RSS },
	{ "channel.netscape.com/rdf/simple/0.9", SPACE_RSS },
	{ "my.netscape.com/publish/formats/rss-0.91.dtd", SPACE_RSS },
	{ "backend.userland.com/rss", SPACE_RSS },
	{ "backend.userland.com/rss2", SPACE_RSS },
	{ "backend.userland.com/rss191", SPACE_RSS },
	{ "blogs.law.harvard.edu/tech/rss", SPACE_RSS },
	{ "cyber.law.harvard.edu/rss/rss.html", SPACE_RSS },
	{ "www.rssboard.org/rss-specification", SPACE_RSS },
	{ "purl.org/rss/2.0", SPACE_RSS },
	{ "www.w3.org/1999/02/22-rdf-syntax-ns", SPACE_RDF },
	{ "purl.org/dc/elements/1.1", SPACE_DC },
	{ "purl.org/dc/elements/1.0", SPACE_DC },
	{ "purl.org/dc/terms", SPACE_DCTERMS },
	{ "purl.org/rss/1.0/modules/content", SPACE_CONTENT },
	{ "search.yahoo.com/mrss", SPACE_MEDIA },
	{ "www.rssboard.org/media-rss", SPACE_MEDIA },
	{ "www.itunes.com/dtds/podcast-1.0.dtd", SPACE_ITUNES },
	{ "example.com/dtds/podcast-1.0.dtd", SPACE_ITUNES },
	{ "purl.org/rss/1.0/modules/syndication", SPACE_SYNDICATION },
	{ "www.w3.org/1999/xhtml", SPACE_XHTML },
	{ "rssnamespace.org/feedburner/ext/1.0", SPACE_FEEDBURNER },
	{ "www.google.com/schemas/play-podcasts/1.0", SPACE_PLAY },
	{ "prismstandard.org/namespaces/1.2/basic", SPACE_PRISM },
	{ "prismstandard.org/namespaces/basic/2.0", SPACE_PRISM },
	{ "news.yandex.ru", SPACE_YANDEX },
};

static const struct {
	const char	*prefix;
	enum space	 space;
} prefixes[] = {
	{ "atom", SPACE_ATOM }, { "atom10", SPACE_ATOM }, { "a10", SPACE_ATOM },
	{ "rss", SPACE_RSS }, { "rdf", SPACE_RDF },
	{ "dc", SPACE_DC }, { "dcterms", SPACE_DCTERMS },
	{ "content", SPACE_CONTENT }, { "media", SPACE_MEDIA },
	{ "itunes", SPACE_ITUNES }, { "sy", SPACE_SYNDICATION },
	{ "xhtml", SPACE_XHTML }, { "feedburner", SPACE_FEEDBURNER },
	{ "googleplay", SPACE_PLAY }, { "prism", SPACE_PRISM },
	{ "yandex", SPACE_YANDEX },
};

#define T(space, name, field, rank, kind) \
	{ SPACE_##space, name, ELEMENT_TEXT, FIELD_##field, rank, KIND_##kind }
#define E(space, name, element, kind) \
	{ SPACE_##space, name, ELEMENT_##element, FIELD_NONE, 0, KIND_##kind }

static const struct word words[] = {
	E(RSS, "rss", ROOT, PLAIN), E(RDF, "rdf", ROOT, PLAIN),
	E(RSS, "rdf", ROOT, PLAIN), E(RSS, "channel", FEED, PLAIN),
	E(RSS, "item", ITEM, PLAIN), E(RSS, "items", PASS, PLAIN),
	E(RSS, "entry", ITEM, PLAIN),
	E(RSS, "link", LINK, URL), E(RSS, "guid", GUID, TOKEN),
	E(RSS, "author", AUTHOR, HTML), E(RSS, "category", CATEGORY, HTML),
	E(RSS, "enclosure", ENCLOSURE, PLAIN), E(RSS, "ttl", TTL, TOKEN),
	E(RSS, "skiphours", PASS, PLAIN), E(RSS, "skipdays", PASS, PLAIN),
	E(RSS, "hour", SKIP_HOUR, TOKEN), E(RSS, "day", SKIP_DAY, TOKEN),
	E(RSS, "keywords", KEYWORDS, PLAIN), E(RSS, "tags", KEYWORDS, PLAIN),
	T(RSS, "title", TITLE, 30, HTML),
	T(RSS, "description", SUMMARY, 30, HTML),
	T(RSS, "summary", SUMMARY, 8, HTML),
	T(RSS, "abstract", SUMMARY, 9, HTML),	/* of Microsoft's CDF */
	T(RSS, "id", ID, 5, TOKEN),
	T(RSS, "content", CONTENT, 20, HTML),
	T(RSS, "encoded", CONTENT, 35, HTML),
	T(RSS, "fullitem", CONTENT, 20, HTML),
	T(RSS, "body", CONTENT, 20, HTML),
	T(RSS, "pubdate", PUBLISHED, 30, DATE),
	T(RSS, "published", PUBLISHED, 12, DATE),
	T(RSS, "date", PUBLISHED, 10, DATE),
	T(RSS, "issued", PUBLISHED, 8, DATE),
	T(RSS, "created", PUBLISHED, 6, DATE),
	T(RSS, "updated", UPDATED, 10, DATE),
	T(RSS, "modified", UPDATED, 10, DATE),
	T(RSS, "lastbuilddate", UPDATED, 6, DATE),
	T(RSS, "language", LANG, 30, TOKEN),

	E(ATOM, "feed", FEED, PLAIN), E(ATOM, "entry", ITEM, PLAIN),
	E(ATOM, "link", LINK, URL), E(ATOM, "author", PERSON, PLAIN),
	E(ATOM, "source", SOURCE, PLAIN),
	E(ATOM, "name", PERSON_NAME, PLAIN),
	E(ATOM, "email", PERSON_EMAIL, PLAIN),
	E(ATOM, "uri", PERSON_URI, PLAIN), E(ATOM, "url", PERSON_URI, PLAIN),
	E(ATOM, "category", CATEGORY, PLAIN),
	T(ATOM, "id", ID, 30, TOKEN), T(ATOM, "title", TITLE, 28, ATOM),
	T(ATOM, "subtitle", SUMMARY, 28, ATOM),
	T(ATOM, "tagline", SUMMARY, 26, ATOM),
	T(ATOM, "summary", SUMMARY, 28, ATOM),
	T(ATOM, "content", CONTENT, 30, ATOM),
	T(ATOM, "published", PUBLISHED, 28, DATE),
	T(ATOM, "issued", PUBLISHED, 26, DATE),
	T(ATOM, "created", PUBLISHED, 24, DATE),
	/* RSS's, where it slips in. */
	E(ATOM, "item", ITEM, PLAIN),
	T(ATOM, "pubdate", PUBLISHED, 22, DATE),
	T(ATOM, "description", SUMMARY, 20, HTML),
	T(ATOM, "guid", ID, 20, TOKEN),
	T(ATOM, "updated", UPDATED, 28, DATE),
	T(ATOM, "modified", UPDATED, 26, DATE),

	T(DC, "title", TITLE, 20, HTML), E(DC, "creator", AUTHOR, HTML),
	E(DC, "author", AUTHOR, HTML), E(DC, "subject", CATEGORY, HTML),
	T(DC, "description", SUMMARY, 20, HTML),
	T(DC, "date", PUBLISHED, 20, DATE), T(DC, "language", LANG, 20, TOKEN),
	T(DC, "identifier", ID, 10, TOKEN),
	T(DCTERMS, "title", TITLE, 18, HTML),
	E(DCTERMS, "creator", AUTHOR, HTML),
	T(DCTERMS, "abstract", SUMMARY, 16, HTML),
	T(DCTERMS, "issued", PUBLISHED, 18, DATE),
	T(DCTERMS, "created", PUBLISHED, 16, DATE),
	T(DCTERMS, "available", PUBLISHED, 14, DATE),
	T(DCTERMS, "date", PUBLISHED, 12, DATE),
	T(DCTERMS, "modified", UPDATED, 18, DATE),

	T(CONTENT, "encoded", CONTENT, 40, HTML),
	T(XHTML, "body", CONTENT, 38, XHTML),
	T(XHTML, "div", CONTENT, 36, XHTML),

	E(MEDIA, "group", PASS, PLAIN), E(MEDIA, "content", MEDIA, PLAIN),
	T(MEDIA, "title", TITLE, 6, MEDIA),
	T(MEDIA, "description", SUMMARY, 6, MEDIA),
	E(MEDIA, "category", CATEGORY, PLAIN),
	E(MEDIA, "keywords", KEYWORDS, PLAIN),

	E(ITUNES, "author", AUTHOR, HTML),
	E(ITUNES, "keywords", KEYWORDS, PLAIN),
	E(ITUNES, "category", TOPIC, PLAIN),
	T(ITUNES, "title", TITLE, 8, HTML),
	T(ITUNES, "summary", SUMMARY, 12, HTML),
	T(ITUNES, "subtitle", SUMMARY, 4, HTML),

	E(PLAY, "author", AUTHOR, HTML),
	T(PLAY, "description", SUMMARY, 10, HTML),

	T(PRISM, "publicationdate", PUBLISHED, 9, DATE),
	T(YANDEX, "full-text", CONTENT, 15, HTML),

	E(SYNDICATION, "updateperiod", PERIOD, TOKEN),
	E(SYNDICATION, "updatefrequency", FREQUENCY, TOKEN),
};

static size_t
scheme_length(const char *s, size_t n)
{
	return n > 7 && strncasecmp(s, "http://", 7) == 0 ? 7 :
	    n > 8 && strncasecmp(s, "https://", 8) == 0 ? 8 : 0;
}

enum space
names_space(const char *uri, size_t n)
{
	size_t i;

	while (n > 0 && isspace((unsigned char)*uri))
		uri++, n--;
	i = scheme_length(uri, n);
	uri += i;
	n -= i;
	while (n > 0 && (isspace((unsigned char)uri[n - 1]) ||
	    uri[n - 1] == '/' || uri[n - 1] == '#'))
		n--;
	for (i = 0; i < sizeof(uris) / sizeof(uris[0]); i++)
		if (strlen(uris[i].uri) == n &&
		    strncasecmp(uris[i].uri, uri, n) == 0)
			return uris[i].space;
	return n == 0 ? SPACE_NONE : SPACE_OTHER;
}

enum space
names_prefix(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (strlen(prefixes[i].prefix) == n &&
		    strncasecmp(prefixes[i].prefix, s, n) == 0)
			return prefixes[i].space;
	return SPACE_OTHER;
}

#define SLOTS 512		/* more than twice the words; a power of two */

static unsigned
slot(enum space space, const char *local, size_t n)
{
	unsigned h = space;

	while (n-- > 0)
		h = h * 31 + ((unsigned char)*local++ | 0x20);
	return (h ^ h >> 9) & (SLOTS - 1);
}

static void
fill(const struct word **table)
{
	const struct word *w = words;
	size_t i, k;

	for (k = 0; k < sizeof(words) / sizeof(words[0]); k++, w++) {
		i = slot(w->space, w->name, strlen(w->name));
		while (table[i] != NULL)
			i = (i + 1) & (SLOTS - 1);
		table[i] = w;
	}
}

const struct word *
names_find(enum space space, const char *local, size_t n)
{
	static const struct word *table[SLOTS];
	static bool filled;
	const struct word *w;
	size_t i;

	if (space == SPACE_ATOM03)
		space = SPACE_ATOM;
	if (n == 0 || n > NAME_MAX_LEN)
		return &names_other;
	if (!filled) {
		fill(table);
		filled = true;
	}
	for (i = slot(space, local, n); (w = table[i]) != NULL;
	    i = (i + 1) & (SLOTS - 1))
		if (w->space == space && strncasecmp(w->name, local, n) == 0 &&
		    w->name[n] == '\0')
			return w;
	return &names_other;
}
