/*
 * label - the names of encodings, as documents and servers write them.
 *
 * Aliases mean what the WHATWG encoding standard says they mean.
 */
#ifndef FEED_LABEL_H
#define FEED_LABEL_H

#include <stdbool.h>
#include <stddef.h>

enum {
	LABEL_NONE,		/* unknown, or never to be decoded */
	LABEL_UTF8,
	LABEL_UTF16LE, LABEL_UTF16BE, LABEL_UTF32LE, LABEL_UTF32BE,
	LABEL_FIRST_OTHER,
	LABEL_CHARSETS = 64	/* no index reaches this */
};

int	 label_find(const char *, size_t);
const char *label_iconv(int);		/* iconv's name */
size_t	 label_unit(int);		/* bytes of a code unit */
bool	 label_multibyte(int);		/* pairs that may look like UTF-8 */
bool	 label_seven_bit(int);		/* says much in ASCII bytes alone */

#endif
