/*
 * entity - character references: "&amp;", "&#8217;", "&eacute;".
 *
 * The names are HTML's (WHATWG HTML, section 13.5): feeds use them whether or
 * not their format declares them. Numbers follow the same standard: 128 to 159
 * mean windows-1252, what is no character becomes U+FFFD.
 */
#ifndef FEED_ENTITY_H
#define FEED_ENTITY_H

#include <stddef.h>
#include <stdint.h>

#define ENTITY_MAX 12		/* bytes of UTF-8 one reference may give */

/* The UTF-8 of a name without & and ;, or NULL. Static. */
const char *entity_find(const char *, size_t);
/*
 * Decode the reference at p (which points at '&'). Returns how many bytes of
 * input it takes, 0 if there is none; *n bytes are put into out. The few old
 * names that HTML allows without a semicolon count when no letter, digit or
 * '=' follows.
 */
size_t	 entity_decode(const char *p, const char *end, char out[ENTITY_MAX],
	    size_t *n);
/* As above for "&#...;" alone; XML and HTML agree on these. */
size_t	 entity_number(const char *p, const char *end, char out[ENTITY_MAX],
	    size_t *n);
/* Write a code point; what is none becomes U+FFFD. Returns the bytes. */
size_t	 entity_utf8(uint32_t, char out[4]);
/* What windows-1252 has at 0x80 to 0x9f; U+FFFD where it has nothing. */
uint32_t entity_windows(unsigned char);

#endif
