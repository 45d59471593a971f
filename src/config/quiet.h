/*
 * quiet - the quiet hours of a notifier: "22:00-07:00 Europe/Berlin".
 *
 * From the first time of day up to, not including, the second, on the clocks
 * of that zone; over midnight when the second is the smaller one. Without a
 * zone it is the machine's. When clocks change, what the clock on the wall
 * shows counts: an hour that is skipped ends nothing late, an hour that comes
 * twice is judged twice.
 */
#ifndef CONFIG_QUIET_H
#define CONFIG_QUIET_H

#include <stdint.h>

#include "base/error.h"

struct quiet;

/* NULL when the text is malformed or the zone unknown; says which. */
struct quiet *quiet_parse(const char *, struct error *);
void	 quiet_free(struct quiet *);
/* The end of the quiet hours that hold at this Unix time, 0 = it is not quiet.
   NULL is never quiet. */
int64_t	 quiet_until(const struct quiet *, int64_t now);

#endif
