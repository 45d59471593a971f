/*
 * multi - curl's multi interface driven by libev.
 *
 * curl says which sockets and which timer it wants watched; libev watches.
 * done is called from the loop, never from inside a callback of curl, once for
 * each transfer that ended; the handle is then already removed and may be
 * freed.
 */
#ifndef FETCH_MULTI_H
#define FETCH_MULTI_H

#include <curl/curl.h>
#include <ev.h>

struct multi;
typedef void multi_done(void *arg, CURL *, CURLcode);

struct multi *multi_new(struct ev_loop *, multi_done *, void *arg);
void	 multi_free(struct multi *);		/* after all handles are gone */
void	 multi_add(struct multi *, CURL *);
void	 multi_remove(struct multi *, CURL *);	/* gives up a transfer */

#endif
