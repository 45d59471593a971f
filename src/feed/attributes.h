/*
 * attributes - the attributes of a tag that may be damaged, made well-formed.
 *
 * Values without quotes, without their closing quote, with quotes and tags in
 * them; attributes without a value, or twice. One in which the document ends
 * is left out. For repair.c.
 */
#ifndef FEED_ATTRIBUTES_H
#define FEED_ATTRIBUTES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct attributes {
	const char	*end;		/* of the document */
	const char	*unclosed;	/* no value ends before here; NULL first */
	const char	*name;		/* of the tag */
	size_t		 len;
};

/* p is behind the tag's name. Returns behind the tag, or at the '<' that comes
   before its '>'; *empty: it ended in "/>". */
const char *attributes_mend(struct attributes *, const char *p, struct buf *,
	    bool *empty);
/* Is there a reference to an entity in this tag that XML itself does not know? */
bool	 attributes_undeclared(const char *tag, const char *end);
bool	 attributes_name_start(char);
size_t	 attributes_name_length(const char *, const char *end);
/* The name without its prefix; *n is its length. */
const char *attributes_local(const char *name, size_t *n);

#endif
