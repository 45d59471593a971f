/*
 * url - links made absolute (RFC 3986, section 5.2), tolerant of what feeds
 * hold: white space around and inside, a scheme in capitals, IRIs.
 *
 * Results are in the arena.
 */
#ifndef FEED_URL_H
#define FEED_URL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* Is this http:// or https:// with a host? */
bool	 url_is_web(const char *);
/* Have both web addresses the same host and port, in any case? */
bool	 url_same_host(const char *, const char *);
/*
 * ref as seen from base ("" = no base): white space and control characters
 * removed from the ends, '\t' and line ends from everywhere, a space inside
 * becomes "%20", and "&amp;" '&'. What stays relative comes back as it was.
 */
const char *url_resolve(struct arena *, const char *base, const char *ref);
/* The same, but "" unless the result is an absolute http(s) URL; or, where
   there is no web address to resolve against, a relative one. "www.host/x" is
   absolute, too. */
const char *url_link(struct arena *, const char *base, const char *ref);

#endif
