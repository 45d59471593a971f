/*
 * tag - one HTML tag: where it ends, its name, its attributes, its kind.
 */
#ifndef FEED_TAG_H
#define FEED_TAG_H

#include "feed/html.h"

enum tag {
	TAG_UNKNOWN,
	TAG_INLINE,	/* leaves no trace in the text */
	TAG_BLOCK,	/* starts a new line */
	TAG_RAW,	/* goes with its content */
};

/* The tag at p, which points at '<'; NULL when it is none. Returns where the
   text goes on. A tag without its '>' ends with the text. */
const char *tag_read(const char *p, const char *end, struct html_tag *);
/* The "-->" of the comment whose text begins at p, or NULL. */
const char *tag_comment_end(const char *p, const char *end);
enum tag tag_kind(const char name[HTML_NAME]);	/* lower case, NULs to its end */

#endif
