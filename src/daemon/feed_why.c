#include "daemon/feed_why.h"

#include <stddef.h>

const char *
feed_why(const struct store_feed *s, int64_t interval)
{
	const struct { int64_t until; const char *why; } waits[] = {
		{ s->last_poll + interval, "its interval" },
		{ s->last_poll + s->interval, "it has been quiet for days" },
		{ s->last_poll + s->ttl, "its ttl" },
		{ s->last_poll + s->update_period, "its update period" },
		{ s->fresh_until, "fresh until then, says its server" },
		{ s->hold_until, "its server asked to wait" },
	};
	size_t best = 0;

	if (s->gone)
		return "gone: not asked any more";
	if (s->last_poll == 0)
		return "not asked yet";
	for (size_t i = 1; i < sizeof(waits) / sizeof(waits[0]); i++)
		if (waits[i].until > waits[best].until)
			best = i;
	/* What is added to the longest wait is a tenth at the most. */
	if (s->next_due <= waits[best].until + (waits[best].until -
	    s->last_poll) / 10 + 1)
		return waits[best].why;
	if (s->errors > 0)
		return "it failed, and is asked less often";
	return s->skip_hours != 0 || s->skip_days != 0 ?
	    "it names hours or days in which nothing is new" : waits[best].why;
}
