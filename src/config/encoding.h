/*
 * encoding - every string of a configuration is UTF-8 (RFC 3629).
 *
 * What is written in a file goes into alerts, JSON and mail; a text in another
 * encoding would be lost there, long after anybody looks at the file. Comments
 * may be in any encoding.
 */
#ifndef CONFIG_ENCODING_H
#define CONFIG_ENCODING_H

#include "base/problems.h"

struct config_t;

/* Tell each setting whose text is not UTF-8, with its line. 0 or -1. */
int	encoding_check(const struct config_t *, const char *path,
	    struct problems *);

#endif
