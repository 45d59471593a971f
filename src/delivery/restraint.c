#include "delivery/restraint.h"

#include <string.h>

bool
restraint_silenced(const struct store_silence *list, size_t n,
    const char *rule, int64_t now)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].until > now && (list[i].rule[0] == '\0' ||
		    strcmp(list[i].rule, rule) == 0))
			return true;
	return false;
}

enum store_fate
restraint_decide(const struct config_rule *rule,
    const struct store_rule_recent *recent, int64_t duplicate_of,
    bool silenced, int64_t now)
{
	if (duplicate_of != 0)
		return STORE_DUPLICATE;
	if (silenced)
		return STORE_SILENCED;
	/* In milliseconds: a cooldown may be shorter than a second. */
	if (rule->cooldown > 0 && recent->last != 0 && recent->last <= now &&
	    (now - recent->last) * 1000 < rule->cooldown)
		return STORE_COOLDOWN;
	if (rule->max_per_hour > 0 && recent->last_hour >= rule->max_per_hour)
		return STORE_OVER_RATE;
	return STORE_ROUTED;
}
