/*
 * html - a piece of HTML as a person would read it, in plain text.
 *
 * A tokenizer, no parser: no tree, no depth, one pass. Tags go, block tags
 * leave a '\n', script and style go with their content, character references
 * become characters, white space (U+00A0 too) becomes one space. The result
 * has no white space at its ends and no control characters but '\n'.
 * Zero-width and bidirectional characters stay, except U+200B and U+FEFF.
 * Input is valid UTF-8, so is the output.
 */
#ifndef FEED_HTML_H
#define FEED_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum {
	HTML_MARKUP = 1,	/* else it is plain text, which is only tidied */
	HTML_LINES = 2,		/* else all of it becomes one line; plain text
				   keeps the lines that it has */
};
/* At most max bytes of it, the last character whole. Never NULL. */
const char *html_text(struct arena *, const char *, size_t, unsigned how,
	    size_t max);
/* The same of markup; *open tells whether a CDATA begins in it that does not
   end. */
const char *html_markup_text(struct arena *, const char *, size_t,
	    unsigned how, size_t max, bool *open);
/* Is this text, which claims to be plain, HTML all the same? It is when it
   has a whole character reference, an end tag, a tag with an attribute, or
   one that needs no end (<br>, <p>): "why <script> matters" is no HTML. */
bool	 html_likely(const char *, size_t);
/* Are there tags, escaped once more or twice more than they should be
   (&lt;p&gt;), and none that are not? */
bool	 html_escaped(const char *, size_t);
#define HTML_NAME 16
/* Step to the next tag of a page; *p moves behind it. False at the end. */
struct html_tag {
	char		 name[HTML_NAME];	/* lower case, NULs to its end */
	bool		 closing;	/* an end tag */
	const char	*attrs, *end;	/* between the name and '>' */
};
bool	 html_next_tag(const char **p, const char *end, struct html_tag *);
/* The value of an attribute (lower-case name), borrowed, undecoded; or NULL. */
const char *html_attribute(const struct html_tag *, const char *, size_t *);

#endif
