/*
 * zone - time zones of the IANA database, read from the system's files.
 *
 * A zone is loaded by name ("Europe/Berlin") from TZDIR or /usr/share/zoneinfo
 * (RFC 8536, versions 1 to 4); the name "" is the machine's own zone,
 * /etc/localtime. "UTC" needs no file. Neither TZ nor any global state is
 * touched, so that any thread may load and ask. Leap seconds do not count.
 */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include <stdint.h>

#include "base/error.h"

struct zone;

struct zone *zone_load(const char *name, struct error *);	/* NULL: unknown, damaged */
void	 zone_free(struct zone *);
/* Seconds that local time is ahead of UTC at this Unix time. */
int32_t	 zone_offset(const struct zone *, int64_t);

#endif
