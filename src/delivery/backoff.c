#include "delivery/backoff.h"

#include <stddef.h>

#include "base/hash.h"

int64_t
backoff_delay(int64_t attempts, uint64_t seed)
{
	static const int64_t steps[] = { 5 * 1000, 60 * 1000, 5 * 60 * 1000,
	    30 * 60 * 1000, BACKOFF_CEILING_MS };
	int64_t last = sizeof(steps) / sizeof(steps[0]) - 1;
	int64_t at = attempts < 1 ? 0 : attempts - 1 > last ? last :
	    attempts - 1;
	uint64_t mix[2] = { seed, (uint64_t)attempts };

	return steps[at] + (int64_t)(hash_bytes(mix, sizeof(mix)) %
	    (uint64_t)(steps[at] / 5 + 1));
}

int64_t
backoff_wait(int64_t attempts, uint64_t seed, int64_t asked)
{
	int64_t wait = backoff_delay(attempts, seed);

	if (asked > BACKOFF_ASKED_MAX_MS)
		asked = BACKOFF_ASKED_MAX_MS;
	return asked > wait ? asked : wait;
}

bool
backoff_expired(int64_t since, int64_t now, int64_t max_age)
{
	return max_age > 0 && now > since && now - since > max_age;
}
