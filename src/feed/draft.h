/*
 * draft - one item, or the feed itself, while it is being read.
 *
 * Several elements may name the same thing (title, dc:title, media:title).
 * Each offer has a rank; the highest rank wins, the first one among equals.
 * An empty text is no offer. Texts are in the arena, and no longer than feed.h
 * says; links are left out where they are.
 */
#ifndef FEED_DRAFT_H
#define FEED_DRAFT_H

#include <stdbool.h>
#include <stdint.h>

#include "feed/feed.h"

enum field {
	FIELD_NONE,
	FIELD_TITLE,
	FIELD_LINK,
	FIELD_ID,
	FIELD_AUTHOR,
	FIELD_SUMMARY,
	FIELD_CONTENT,
	FIELD_LANG,
	FIELD_SELF,
	FIELD_OLDER,
	FIELD_PUBLISHED,	/* from here on times */
	FIELD_UPDATED,
	FIELDS
};

/* Of a time that may be that of the last change or of the publication: it is
   the former only where it differs from the latter. */
#define DRAFT_RANK_EITHER 4

struct draft {
	const char	 *text[FIELDS];
	int64_t		  time[FIELDS];
	uint8_t		  rank[FIELDS];
	const char	 *other;	/* a second summary, for want of a content */
	const char	**categories;
	size_t		  ncategories, categories_cap;
	const char	**enclosures;
	size_t		  nenclosures, enclosures_cap;
};

void	draft_reset(struct draft *);
void	draft_offer(struct draft *, enum field, int rank, const char *);
void	draft_offer_time(struct draft *, enum field, int rank, int64_t);
/* Another author: kept behind those of the same rank, ", " between. */
void	draft_add_author(struct draft *, struct arena *, int rank,
	    const char *);
void	draft_add_category(struct draft *, struct arena *, const char *);
void	draft_add_enclosure(struct draft *, struct arena *, const char *);
/* Never NULL, and no longer than max: cut with a whole character. */
const char *draft_text(const char *, size_t max, struct arena *);
const char *draft_link(const char *);	/* "" where it is too long */
/* Append the item to the feed, unless it says nothing at all. */
bool	draft_finish_item(const struct draft *, struct feed *, struct arena *);

#endif
