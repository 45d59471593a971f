/*
 * url - the one place where URLs are taken apart, by curl_url(3).
 *
 * RFC 3986, http and https only, no guesses: "example.org/feed" is not a URL.
 * Nothing returned here shows a user or password.
 */
#ifndef FETCH_URL_H
#define FETCH_URL_H

#include <curl/curl.h>

#include "base/arena.h"
#include "base/error.h"

/* The caller frees it with curl_url_cleanup. */
CURLU	*url_parse(const char *, struct error *);
/* Without user, password and fragment; text is what was parsed. */
const char *url_shown(CURLU *, const char *text, struct arena *);
/* A Location header as an absolute URL, without user and password; a scheme
   we do not fetch is passed on for the policy to refuse. */
const char *url_resolve(CURLU *base, const char *location, struct arena *,
	    struct error *);
/* "example.org", "[::1]" */
const char *url_host(CURLU *, struct arena *);

#endif
