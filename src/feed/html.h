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

#include "base/buf.h"

void	 html_text(const char *, size_t, struct buf *);
/* White space and control characters tidied as above, nothing else: for text
   that is no HTML. keep_lines: line ends stay, as '\n'. */
void	 html_plain(const char *, size_t, bool keep_lines, struct buf *);
/* Is this text, which claims to be plain, HTML all the same? It is when it
   has a known tag or a whole character reference. */
bool	 html_likely(const char *, size_t);
/* Are there tags, escaped once more than they should be (&lt;p&gt;) and none
   that are not? */
bool	 html_escaped(const char *, size_t);
/*
 * Step to the next tag of a page. *p moves behind it; its name, lower-case, is
 * in name, "/" first for an end tag. False at the end.
 */
struct html_tag {
	char		 name[16];
	const char	*attrs, *end;	/* between the name and '>' */
};
bool	 html_next_tag(const char **p, const char *end, struct html_tag *);
/* The value of an attribute (lower-case name), borrowed, undecoded; or NULL. */
const char *html_attribute(const struct html_tag *, const char *, size_t *);

#endif
