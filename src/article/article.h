/*
 * article - what a feed says, as plain text.
 *
 * All strings are UTF-8 (NFC not guaranteed), without control characters other
 * than '\n', never NULL ("" = absent) and borrowed from the arena the article
 * was made in. Texts are plain: HTML has been turned into text with '\n'
 * between blocks. Times are Unix seconds, ARTICLE_NO_TIME when unknown.
 */
#ifndef ARTICLE_ARTICLE_H
#define ARTICLE_ARTICLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/wire.h"

#define ARTICLE_NO_TIME		INT64_MIN
#define ARTICLE_LIST_MAX	256	/* categories, enclosures */

struct article {
	const char	 *id;		/* as the document names it (guid, atom:id), or "" */
	const char	 *title;
	const char	 *link;		/* absolute http(s) URL, or "" */
	const char	 *author;
	const char	 *summary;	/* plain text */
	const char	 *content;	/* plain text; "" when the feed has only a summary */
	const char	 *lang;		/* BCP 47 of item or feed, or "" */
	int64_t		  published;
	int64_t		  updated;
	const char	**categories;
	size_t		  ncategories;
	const char	**enclosures;	/* URLs */
	size_t		  nenclosures;
};

/* All strings "", all times unknown. */
void	article_init(struct article *);
/* The text rules look at after the title: content, or summary if there is none. */
const char *article_body(const struct article *);

/*
 * Identity within a feed (design, section 3): the id if no other article of
 * the document has it, else the link if no other has that, else a hash of
 * title and body. One id used twice says nothing about the others.
 */
enum article_name { ARTICLE_ID, ARTICLE_LINK, ARTICLE_TEXT, ARTICLE_NAMES };

/* What each article of a document is to be known by, into names. */
void	article_name_all(const struct article *, size_t, enum article_name *);
/* A stable 64-bit key, the same in every version; 0 = it has no such name. */
int64_t	article_key(const struct article *, enum article_name);
/* A key of what a rule can see: differs when the text changed. */
int64_t	article_version(const struct article *);

void	article_put(struct buf *, const struct article *);
void	article_get(struct wire *, struct arena *, struct article *);

#endif
