/*
 * json_mend - what JSON put together by hand gets wrong, put right: control
 * characters and line ends inside strings become spaces, escapes that JSON does
 * not have lose their backslash, commas before a closing bracket go, integers
 * of more than 64 bits and what only looks like a number ("007", "1e999")
 * become strings, NaN and None null. All else stays as it
 * is.
 */
#ifndef FEED_JSON_MEND_H
#define FEED_JSON_MEND_H

#include <stddef.h>

#include "base/buf.h"

/* The text grows to twice its size at most. */
void	json_mend(const char *, size_t n, struct buf *out);

#endif
