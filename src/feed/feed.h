/*
 * feed - a document of any feed format, read into articles.
 *
 * RSS 0.90 to 2.0, RDF Site Summary 1.0, Atom 0.3 and 1.0, JSON Feed 1.0 and
 * 1.1, with the modules that carry text. Damaged documents are mended where
 * they can be; no item is lost because another one is broken. Nothing outside
 * the document is looked at: no entity, no DTD, no link is followed.
 *
 * Everything in struct feed is in the arena given to feed_read and follows the
 * rules of article/article.h. The input is borrowed for the call.
 */
#ifndef FEED_FEED_H
#define FEED_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "article/article.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"

#define FEED_ITEMS_MAX	10000		/* more are counted, not kept */
#define FEED_TEXT_MAX	(1u << 20)	/* bytes of a summary or content */
#define FEED_LINE_MAX	(256u << 10)	/* of a title, an author, an id */
#define FEED_NAME_MAX	(4u << 10)	/* of a category; longer texts are cut */
#define FEED_URL_MAX	(8u << 10)	/* longer ones are left out */
#define FEED_DEPTH_MAX	64		/* elements; deeper ones are passed over */
#define FEED_LINKS_MAX	32		/* feeds named by a page */

struct feed {
	const char	 *format;	/* "rss-2.0", "atom-1.0", "json-1.1" ... */
	const char	 *title, *link, *description, *lang;
	const char	 *self;		/* rel=self, absolute, or "" */
	const char	 *older;	/* the page before it in time (RFC 5005),
					   likewise */
	const char	 *damaged;	/* one sentence, or "" */
	bool		  cut;		/* it ends in the middle */
	struct article	 *items;
	size_t		  nitems, cap;
	size_t		  dropped;	/* over FEED_ITEMS_MAX, or nothing in them */
	bool		  ids_unique, links_unique;	/* among those not empty */
	int64_t		  ttl;		/* seconds, 0 = none */
	int64_t		  update_period;	/* sy: period / frequency, seconds */
	uint32_t	  skip_hours;	/* bit h = hour h GMT */
	uint32_t	  skip_days;	/* bit d, 0 = Sunday */
	const char	**advertised;	/* feeds an HTML page names */
	size_t		  nadvertised;
};

/* Load what has to be loaded from files (see charset.h): call it before a
   sandbox closes, or not at all. */
void	 feed_prepare(void);
/*
 * content_type: the HTTP header, or NULL. base: the URL of the document, or
 * NULL. Returns -1 with a sentence when the document is no feed; then only
 * advertised is set.
 */
int	 feed_read(const char *, size_t, const char *content_type,
	    const char *base, struct arena *, struct feed *, struct error *);
/* The object of "newsalertctl read" (design, section 7), without a '\n'. */
void	 feed_json(const struct feed *, struct buf *);

#endif
