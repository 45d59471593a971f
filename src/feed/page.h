/*
 * page - a page of HTML where a feed was looked for, and the feeds it names.
 *
 * A feed is named by a <link> or an <a> whose type is that of a feed, or whose
 * relation is "feed". XML and JSON without a name of their own are taken where
 * they are the page's "alternate", but not the programs' interfaces that
 * WordPress names on every page. What is named twice comes once; those of
 * comments come last.
 */
#ifndef FEED_PAGE_H
#define FEED_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "feed/feed.h"

/* Does the document begin as a page does? */
bool	page_is(const char *, size_t);
/* Or as a piece of one does, a paragraph, say? A feed may come behind it. */
bool	page_may_be(const char *, size_t);
/* Fill in f->advertised: web addresses, resolved against the page's <base>, or
   relative ones where there is nothing to resolve them against. base is the
   page's own address, or "". */
void	page_feeds(const char *, size_t, const char *base, struct arena *,
	    struct feed *);

#endif
