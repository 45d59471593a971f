/*
 * escape - text written into XML so that a parser reads it back.
 *
 * Input is valid UTF-8; characters that XML forbids are left out.
 */
#ifndef FEED_ESCAPE_H
#define FEED_ESCAPE_H

#include "base/buf.h"

/* As it is: '&' is an ampersand. */
void	 escape_literal(struct buf *, const char *, const char *end);
/* The same, with the character references in it taken as such. */
void	 escape_text(struct buf *, const char *, const char *end);
/* A name; bytes that may be no name characters become '_'. */
void	 escape_name(struct buf *, const char *, size_t);

#endif
