/*
 * duration - "15m", "30d", "2h 30m", "500ms" and sizes "10M", as people write
 * them in config files.
 *
 * Units of time: ms s m h d w (also spelled sec, min, hour(s), day(s),
 * week(s)). A number without a unit is refused: "15" of what? Zero needs a
 * unit, too. Sizes: B k K M G, powers of 1024.
 */
#ifndef BASE_DURATION_H
#define BASE_DURATION_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

int	duration_parse(const char *, int64_t *, struct error *);	/* milliseconds */
int	size_parse(const char *, size_t *, struct error *);		/* bytes */
/* "3 d 4 h", "12 min", "5 s": at most two units, for people. */
char	*duration_text(int64_t, char *, size_t);	/* milliseconds; returns the buffer */

#endif
