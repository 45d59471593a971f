/*
 * json - JSON Feed 1.0 and 1.1 (jsonfeed.org).
 *
 * A document that is no valid JSON is searched for its items, one by one, so
 * that a break loses only what is broken.
 */
#ifndef FEED_JSON_H
#define FEED_JSON_H

#include "base/error.h"
#include "feed/feed.h"

/* Valid UTF-8 in. -1 when it is no JSON Feed. */
int	json_read(const char *, size_t, const char *base, struct arena *,
	    struct feed *, struct error *);
/* Once, before a sandbox: seed jansson's tables, for which it would open a
   file, and give it an allocator. */
void	json_prepare(void);

#endif
