#include "delivery/expand.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "delivery/route.h"
#include "store/store.h"

struct found {
	const struct store_target *targets;
	size_t			   ntargets;
	int64_t			  *rows;
	size_t			   n, cap;
};

static int
collect(const struct store_delivery *d, void *arg)
{
	struct found *f = arg;

	if (d->recipient[0] != '\0')
		return 0;
	for (size_t i = 0; i < f->ntargets; i++)
		if (f->targets[i].nrecipients > 0 &&
		    strcmp(f->targets[i].notifier, d->notifier) == 0) {
			f->rows = mem_grow(f->rows, f->n, &f->cap,
			    sizeof(*f->rows));
			f->rows[f->n++] = d->row;
			break;
		}
	return 0;
}

static int
expand_one(struct store *s, const struct found *f, int64_t row,
    struct arena *mem, struct error *err)
{
	struct store_delivery old, *list;
	struct store_alert_row alert;
	struct route_alert a = { .instance = store_instance(s),
	    .notify = &old.notifier, .nnotify = 1 };
	size_t n;

	error_set(err, "a delivery without its alert");
	if (store_delivery_by_row(s, row, mem, &old, err) != 1 ||
	    store_alert_get(s, old.alert, mem, &alert, err) != 1)
		return -1;
	a.rule = alert.alert.rule;
	a.feed = alert.feed_name;
	a.key = alert.alert.key;
	n = route_deliveries(&a, f->targets, f->ntargets, mem, &list);
	for (size_t i = 0; i < n; i++) {
		list[i].alert = old.alert;
		list[i].priority = old.priority;
		list[i].created = old.created;
		list[i].next_at = old.created;
		if (store_delivery_add(s, &list[i], err) < 0)
			return -1;
	}
	return store_delivery_remove(s, row, err);
}

int
expand_deliveries(struct store *s, const struct store_target *targets,
    size_t n, int64_t *count, struct error *err)
{
	struct found f = { .targets = targets, .ntargets = n };
	struct arena mem;
	int rc;

	*count = 0;
	rc = store_delivery_each_pending(s, collect, &f, err);
	if (rc < 0 || f.n == 0)
		goto out;
	if ((rc = store_begin(s, err)) < 0)
		goto out;
	arena_init(&mem);
	for (size_t i = 0; rc == 0 && i < f.n; i++) {
		rc = expand_one(s, &f, f.rows[i], &mem, err);
		arena_reset(&mem);
	}
	arena_free(&mem);
	if (rc < 0)
		store_rollback(s);
	else if ((rc = store_commit(s, err)) == 0)
		*count = (int64_t)f.n;
out:
	free(f.rows);
	return rc;
}
