/*
 * nesting - the elements that are open in a damaged document, and which of them
 * have to be closed where another one begins or ends.
 *
 * An item that begins while another is open closes it; so does a field of an
 * item the field before it, if that has no end tag. What is closed is written
 * to the document that is being made. For repair.c.
 */
#ifndef FEED_NESTING_H
#define FEED_NESTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#define NESTING_MAX	256	/* elements open at a time */

enum role {
	ROLE_OTHER,
	ROLE_CONTAINER,		/* rss, channel, feed, RDF */
	ROLE_ITEM,
	ROLE_PARENT,		/* holds elements that are its own */
	ROLE_PERSON,		/* the same, or text */
	ROLE_TEXT,		/* holds text and never markup */
	ROLE_RICH,		/* holds text, perhaps with markup */
};

struct open_element {
	const char	*name;
	size_t		 len;
	enum role	 role;
	size_t		 at;		/* where it begins in out */
	size_t		 gt;		/* where its start tag's '>' is */
	bool		 children;	/* an element began in it */
};

struct nesting {
	const char		*end;		/* of the damaged document */
	struct buf		*out;
	struct open_element	 open[NESTING_MAX];
	size_t			 n;
	const char		*settled;	/* texts with markup go on to here;
						   not to be looked at again */
};

enum role nesting_role(const char *name, size_t);
/* The outermost element that is open? */
bool	 nesting_is_root(const struct nesting *, const char *name, size_t);
/* An element begins, whose name is in the damaged document: close what cannot
   be open there. */
void	 nesting_make_room(struct nesting *, enum role, const char *name,
	    size_t);
/* Its start tag, which begins at this place of out, has just been written. */
void	 nesting_open(struct nesting *, const char *name, size_t, enum role,
	    size_t at);
/* Items, or entries, and nothing around them: open what is named. */
void	 nesting_wrap(struct nesting *, const char *name);
/* An end tag; true when it is the root's, which stays open for what may
   follow. */
bool	 nesting_leave(struct nesting *, const char *name, size_t);
/* The end tag of the innermost element between p and end, or end. */
const char *nesting_end_tag(const struct nesting *, const char *p,
	    const char *end);
void	 nesting_close_all(struct nesting *);
/* Leave out the element of an item in which the document breaks off. Was there
   an item? */
bool	 nesting_drop_torn(struct nesting *);

#endif
