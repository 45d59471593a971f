/*
 * once - one document by hand: what newsalertctl read URL runs.
 *
 * Follows up to five redirects itself, each hop checked as any request; the
 * document goes to stdout, and these lines to the info descriptor:
 *
 *   url: https://example.org/feed.xml
 *   content-type: application/rss+xml
 *
 * url is where the document was found in the end.
 */
#ifndef FETCH_ONCE_H
#define FETCH_ONCE_H

#include "base/error.h"
#include "poll/protocol.h"

/* -1 with a sentence: no document. Nothing was written then. */
int	once(const struct poll_setup *, const char *url, int info_fd,
	    struct error *);

#endif
