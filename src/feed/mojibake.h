/*
 * mojibake - UTF-8 that somebody took for Latin-1 or windows-1252 and encoded
 * again.
 *
 * Undone where a C1 control tells of it, which no text has: U+00E2, U+0080,
 * U+00A6 was an ellipsis, and so was "&acirc;&#128;&brvbar;"; and where all of a
 * text beyond ASCII makes sense so. An article that shows what such damage looks
 * like, beside what is right, is left alone.
 */
#ifndef FEED_MOJIBAKE_H
#define FEED_MOJIBAKE_H

#include <stddef.h>

/*
 * A C1 control, or a reference to one by number, is at p. The text before it is
 * written from start to *out; what was wrong of it is taken back. Returns how
 * many bytes from p on were used, 0 = it is something else.
 */
size_t	mojibake_undo(const char *start, char **out, const char *p,
	    const char *end);

/* The whole text was encoded twice, each byte of it taken for a character of
   ISO 8859-1: put it right in place. Returns the length, n where it was not. */
size_t	mojibake_undo_all(char *, size_t n);

#endif
