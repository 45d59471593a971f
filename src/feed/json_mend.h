/*
 * json_mend - what JSON put together by hand gets wrong, put right: control
 * characters and line ends inside strings become spaces, commas before a
 * closing bracket go. All else stays as it is.
 */
#ifndef FEED_JSON_MEND_H
#define FEED_JSON_MEND_H

#include <stddef.h>

#include "base/buf.h"

/* out has room for n bytes. */
void	json_mend(const char *, size_t n, struct buf *out);

#endif
