/*
 * json_text - pieces of JSON written straight into a buffer.
 *
 * Text is valid UTF-8; control characters are escaped.
 */
#ifndef FEED_JSON_TEXT_H
#define FEED_JSON_TEXT_H

#include "base/buf.h"

void	 json_text(struct buf *, const char *);		/* "…" */
void	 json_text_member(struct buf *, const char *key, const char *);
							/* ,"key":"…" */
void	 json_text_list(struct buf *, const char *key, const char *const *,
	    size_t);					/* ,"key":["…"] */

#endif
