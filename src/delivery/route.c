#include "delivery/route.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct store_target *
find_target(const struct store_target *list, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].notifier, name) == 0)
			return &list[i];
	return NULL;
}

static void
add(const struct route_alert *a, const char *notifier, const char *recipient,
    struct arena *mem, struct store_delivery *list, size_t *n)
{
	char key[24], *id = arena_alloc(mem, HASH_ID_SIZE);

	snprintf(key, sizeof(key), "%" PRId64, a->key);
	hash_id((const char *[]){ a->instance, a->rule, a->feed, key,
	    notifier, recipient }, 6, id);
	for (size_t i = 0; i < *n; i++)
		if (strcmp(list[i].id, id) == 0)
			return;
	memset(&list[*n], 0, sizeof(list[*n]));
	list[*n].id = id;
	list[*n].notifier = notifier;
	list[*n].recipient = recipient;
	list[*n].reason = "";
	(*n)++;
}

size_t
route_deliveries(const struct route_alert *a,
    const struct store_target *targets, size_t ntargets, struct arena *mem,
    struct store_delivery **out)
{
	const struct store_target *t;
	struct store_delivery *list;
	size_t max = 0, n = 0;

	for (size_t i = 0; i < a->nnotify; i++)
		if ((t = find_target(targets, ntargets, a->notify[i])) != NULL)
			max += t->nrecipients > 0 ? t->nrecipients : 1;
	list = arena_alloc(mem, (max + 1) * sizeof(*list));
	for (size_t i = 0; i < a->nnotify; i++) {
		t = find_target(targets, ntargets, a->notify[i]);
		if (t == NULL)
			continue;
		if (t->nrecipients == 0)
			add(a, t->notifier, "", mem, list, &n);
		for (size_t k = 0; k < t->nrecipients; k++)
			add(a, t->notifier, t->recipients[k], mem, list, &n);
	}
	*out = list;
	return n;
}
