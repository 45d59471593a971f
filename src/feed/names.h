/*
 * names - the elements of all feed vocabularies, in one table.
 *
 * An element is known by namespace and local name (any case). The table says
 * what it is and, for one that simply holds a text, which field of the draft
 * the text is offered to, with what rank, and how the text is written.
 */
#ifndef FEED_NAMES_H
#define FEED_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "feed/draft.h"

enum space {
	SPACE_NONE,	/* no namespace */
	SPACE_OTHER,	/* one that says nothing to us */
	SPACE_RSS,	/* every RSS, 0.90 to 2.0 */
	SPACE_ATOM,
	SPACE_ATOM03,
	SPACE_RDF,
	SPACE_DC,
	SPACE_DCTERMS,
	SPACE_CONTENT,
	SPACE_MEDIA,
	SPACE_ITUNES,
	SPACE_SYNDICATION,
	SPACE_XHTML,
	SPACE_FEEDBURNER,
	SPACE_PLAY,
	SPACE_PRISM,
	SPACE_YANDEX,
	SPACES
};

enum element {
	ELEMENT_OTHER,		/* not known: passed over with its children */
	ELEMENT_ROOT,		/* rss, RDF */
	ELEMENT_FEED,		/* channel, feed */
	ELEMENT_ITEM,		/* item, entry */
	ELEMENT_PASS,		/* its children count as its parent's */
	ELEMENT_TEXT,		/* a field of the draft */
	ELEMENT_LINK,
	ELEMENT_GUID,
	ELEMENT_SOURCE,		/* Atom: the feed an entry was copied from */
	ELEMENT_PERSON,		/* Atom: has name, email, uri */
	ELEMENT_PERSON_NAME,
	ELEMENT_PERSON_EMAIL,
	ELEMENT_PERSON_URI,
	ELEMENT_AUTHOR,		/* a person in one text */
	ELEMENT_CATEGORY,
	ELEMENT_TOPIC,		/* a category in an attribute, others in it */
	ELEMENT_KEYWORDS,	/* categories with commas between */
	ELEMENT_ENCLOSURE,
	ELEMENT_MEDIA,		/* media:content: an enclosure with children */
	ELEMENT_TTL,
	ELEMENT_SKIP_HOUR,
	ELEMENT_SKIP_DAY,
	ELEMENT_PERIOD,
	ELEMENT_FREQUENCY,
	ELEMENTS
};

enum kind {
	KIND_PLAIN,
	KIND_HTML,		/* escaped or in CDATA */
	KIND_ATOM,		/* as its type and mode say */
	KIND_MEDIA,		/* plain unless type="html" */
	KIND_XHTML,		/* its children are the markup */
	KIND_DATE,
	KIND_URL,
	KIND_TOKEN,		/* an id, a language: not to be changed inside */
};

struct word {
	enum space	 space;
	const char	*name;		/* local, lower case */
	enum element	 element;
	enum field	 field;
	uint8_t		 rank;
	enum kind	 kind;
};

extern const struct word names_other;

enum space names_space(const char *uri, size_t);
/* What a prefix means that the document forgot to declare. */
enum space names_prefix(const char *, size_t);
/* Never NULL. */
const struct word *names_find(enum space, const char *local, size_t);

#endif
