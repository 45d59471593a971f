/*
 * opml - a subscription list (OPML 1.0, 1.1, 2.0): which feeds it names.
 *
 * Lists are written by hand and by every reader, and many are damaged; they
 * are mended as feeds are. A feed that is listed twice comes once, with the
 * folders of both. Strings are in the arena, never NULL.
 */
#ifndef FEED_OPML_H
#define FEED_OPML_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"

#define OPML_FEEDS_MAX	100000
#define OPML_FOLDERS_MAX 16		/* of one feed */

struct opml_feed {
	const char	*title;		/* as the list calls it, or "" */
	const char	*url;		/* of the feed: http(s) */
	const char	*link;		/* of the site, or "" */
	const char	*folders[OPML_FOLDERS_MAX];	/* "News/Asia" */
	size_t		 nfolders;
};

struct opml {
	const char		*title;
	const char		*damaged;	/* what was wrong, or "" */
	struct opml_feed	*feeds;
	size_t			 nfeeds, cap;
};

/* -1 when it is no OPML document. */
int	 opml_read(const char *, size_t, struct arena *, struct opml *,
	    struct error *);
/* {"title":…,"feeds":[{"title","url","link","folders":[…]}],"damaged"?} */
void	 opml_json(const struct opml *, struct buf *);

#endif
