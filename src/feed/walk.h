/*
 * walk - from XML events to articles.
 *
 * Knows where in the document it is (a stack of levels), collects the text of
 * the elements that matter and offers it to the draft of the item or of the
 * feed. What is particular to RSS and to Atom is in rss.c and atom.c.
 */
#ifndef FEED_WALK_H
#define FEED_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "feed/collect.h"
#include "feed/draft.h"
#include "feed/feed.h"
#include "feed/names.h"

enum place {
	PLACE_SKIP,		/* in something that does not matter */
	PLACE_OUTSIDE,
	PLACE_ROOT,		/* in rss, rdf:RDF */
	PLACE_SOURCE,		/* where only persons matter */
	PLACE_FEED,
	PLACE_ITEM,
	PLACE_PERSON,
	PLACES
};

struct level {
	const struct word	*word;
	unsigned char		 place;	/* enum place */
	const char		*base;	/* xml:base in force, or "" */
	const char		*lang;
};

struct walk {
	struct arena		*mem;
	struct feed		*feed;
	struct draft		 channel, item;
	bool			 in_item;
	bool			 kept;	/* the last item said something */
	bool			 found;		/* this is a feed */
	enum space		 dialect;	/* what a name without space is */
	char			 root[32];	/* local name of the root */
	struct level		 level[FEED_DEPTH_MAX];
	size_t			 depth;		/* elements open, may be over */
	/* The element whose text is being collected, NULL = none. */
	const struct word	*leaf;
	size_t			 nest;		/* elements open inside it */
	enum kind		 kind;
	bool			 base64;
	bool			 permalink;	/* of a guid */
	const char		*label;		/* of an Atom category */
	struct collect		 text;
	const char		*name, *email, *uri;	/* of a person */
	const char		*site;	/* what an item's links are relative to
					   where the feed comes from elsewhere */
	long			 period, frequency;
	bool			 damaged;	/* undefined references were met */
	bool			 swallowed;	/* items, by a CDATA without end */
};

void	 walk_init(struct walk *, struct arena *, struct feed *,
	    const char *base);
void	 walk_clear(struct walk *);
/* Attributes are name, value, ... NULL as expat gives them. */
void	 walk_start(struct walk *, const struct word *, const char *local,
	    const char **);
void	 walk_end(struct walk *, const char *local);
void	 walk_text(struct walk *, const char *, size_t);
/* The same for bytes that stay in place as long as the walk. */
void	 walk_lasting_text(struct walk *, const char *, size_t);
void	 walk_reference(struct walk *, const char *name);	/* undeclared */
/* The document is over: fill in the feed. */
void	 walk_finish(struct walk *);

/* For rss.c and atom.c. */
const char *walk_attribute(const char **, const char *name);	/* or NULL */
struct draft *walk_draft(struct walk *);
const char *walk_base(const struct walk *);
const char *walk_link(struct walk *, const char *);	/* absolute, or "" */
/* The collected text of the leaf as plain text, in the arena. */
const char *walk_plain(struct walk *);
/* An attribute's value as one line, in the arena; "" for NULL. */
const char *walk_line(struct walk *, const char *);

void	 rss_format(struct walk *, const struct word *, const char **);
/* Of an item or a channel: RSS 1.0's address, those of Microsoft's CDF. */
void	 rss_attributes(struct walk *, const char **);
void	 rss_start(struct walk *, const struct word *, const char **);
void	 rss_end(struct walk *);	/* the leaf is complete */
void	 atom_start(struct walk *, const struct word *, const char **);
void	 atom_link(struct walk *, const char **);	/* RSS may have it, too */
void	 atom_end(struct walk *);
void	 atom_person_end(struct walk *, enum place parent);

#endif
