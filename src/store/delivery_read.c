#include <string.h>

#include "article/article.h"
#include "store/deliveries.h"
#include "store/feeds.h"
#include "store/internal.h"

/* Columns as in sql.c, DELIVERY. With mem NULL strings stay SQLite's. */
void
store_read_delivery(sqlite3_stmt *st, struct arena *mem, struct store_delivery *d)
{
	const char **const texts[] = { &d->id, &d->notifier, &d->recipient,
	    &d->reason };
	static const int text_at[] = { 1, 3, 4, 11 };

	memset(d, 0, sizeof(*d));
	for (size_t i = 0; i < 4; i++)
		*texts[i] = mem != NULL ? column_copy(st, text_at[i], mem) :
		    column_text(st, text_at[i]);
	d->row = sqlite3_column_int64(st, 0);
	d->alert = sqlite3_column_int64(st, 2);
	d->state = (enum store_delivery_state)sqlite3_column_int(st, 5);
	d->priority = sqlite3_column_int(st, 6);
	d->attempts = sqlite3_column_int64(st, 7);
	d->created = sqlite3_column_int64(st, 8);
	d->since = sqlite3_column_int64(st, 9);
	d->next_at = sqlite3_column_int64(st, 10);
	d->gone = sqlite3_column_int(st, 12) == 1;
}

int
store_delivery_each_pending(struct store *s,
    int (*fn)(const struct store_delivery *, void *), void *arg,
    struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_DELIVERY_PENDING, err);
	struct store_delivery d;
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = stmt_step(s, st, err)) == 1) {
		store_read_delivery(st, NULL, &d);
		if (fn(&d, arg) != 0)
			break;
	}
	sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}

/* One delivery from a bound statement. 1, 0 = none, -1. */
static int
read_one(struct store *s, sqlite3_stmt *st, struct arena *mem,
    struct store_delivery *d, struct error *err)
{
	int rc = stmt_step(s, st, err);

	if (rc == 1)
		store_read_delivery(st, mem, d);
	sqlite3_reset(st);
	return rc;
}

int
store_delivery_get(struct store *s, const char *id, struct arena *mem,
    struct store_delivery *d, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_DELIVERY_BY_ID, err);

	if (st == NULL)
		return -1;
	stmt_bind(st, "t", id);
	return read_one(s, st, mem, d, err);
}

int
store_delivery_by_row(struct store *s, int64_t row, struct arena *mem,
    struct store_delivery *d, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_DELIVERY_BY_ROW, err);

	if (st == NULL)
		return -1;
	stmt_bind(st, "i", row);
	return read_one(s, st, mem, d, err);
}

int
store_delivery_load(struct store *s, int64_t row, struct arena *mem,
    struct store_parcel *p, struct error *err)
{
	struct store_alert_row alert;
	struct store_feed feed;
	int rc;

	memset(p, 0, sizeof(*p));
	article_init(&p->article.article);
	p->article.feed_name = p->feed_title = p->feed_url = "";
	rc = store_delivery_by_row(s, row, mem, &p->delivery, err);
	if (rc != 1)
		return rc;
	rc = store_alert_get(s, p->delivery.alert, mem, &alert, err);
	if (rc != 1)
		return rc;
	p->alert = alert.alert;
	p->article.feed_name = alert.feed_name;
	if (p->alert.article != 0 && store_article_get(s, p->alert.article,
	    mem, &p->article, err) < 0)
		return -1;
	rc = store_feed_get(s, alert.feed_name, mem, &feed, err);
	if (rc == 1) {
		p->feed_title = feed.title;
		p->feed_url = feed.url;
	}
	return rc;
}

/* Collect what a bound statement gives: the list grows in the arena. */
static int
collect(struct store *s, sqlite3_stmt *st, struct arena *mem,
    struct store_delivery **list, size_t *n, struct error *err)
{
	struct store_delivery *all = NULL;
	size_t cap = 0;
	int rc;

	*n = 0;
	while ((rc = stmt_step(s, st, err)) == 1) {
		if (*n == cap) {
			struct store_delivery *more;

			cap = cap == 0 ? 64 : cap * 2;
			more = arena_alloc(mem, cap * sizeof(*more));
			if (*n > 0)
				memcpy(more, all, *n * sizeof(*more));
			all = more;
		}
		store_read_delivery(st, mem, &all[(*n)++]);
	}
	sqlite3_reset(st);
	*list = all;
	return rc;
}

int
store_delivery_list(struct store *s, const struct store_delivery_filter *f,
    struct arena *mem, struct store_delivery **list, size_t *n,
    struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, f->with_done ? STMT_DELIVERY_LIST_ALL :
	    STMT_DELIVERY_LIST_OPEN, err);

	if (st == NULL)
		return -1;
	stmt_bind(st, "tdi", f->notifier, (int)f->failed, (int64_t)f->max);
	return collect(s, st, mem, list, n, err);
}

int
store_delivery_of_alert(struct store *s, int64_t alert, struct arena *mem,
    struct store_delivery **list, size_t *n, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_DELIVERY_OF_ALERT, err);

	if (st == NULL)
		return -1;
	stmt_bind(st, "i", alert);
	return collect(s, st, mem, list, n, err);
}

int
store_delivery_attempts(struct store *s, int64_t row, struct arena *mem,
    struct store_attempt **list, size_t *n, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_ATTEMPT_LIST, err);
	int rc;

	if (st == NULL)
		return -1;
	*list = arena_zalloc(mem, STORE_ATTEMPTS, sizeof(**list));
	*n = 0;
	stmt_bind(st, "i", row);
	while ((rc = stmt_step(s, st, err)) == 1 && *n < STORE_ATTEMPTS) {
		struct store_attempt *a = &(*list)[(*n)++];

		a->at = sqlite3_column_int64(st, 0);
		a->outcome = (enum store_outcome)sqlite3_column_int(st, 1);
		a->reason = column_copy(st, 2, mem);
	}
	sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}

static struct store_delivery_count *
find_count(struct store_delivery_count **list, size_t *n, size_t *cap,
    struct arena *mem, const char *notifier)
{
	for (size_t i = 0; i < *n; i++)
		if (strcmp((*list)[i].notifier, notifier) == 0)
			return &(*list)[i];
	if (*n == *cap) {
		struct store_delivery_count *more;

		*cap = *cap == 0 ? 16 : *cap * 2;
		more = arena_alloc(mem, *cap * sizeof(*more));
		if (*n > 0)
			memcpy(more, *list, *n * sizeof(*more));
		*list = more;
	}
	memset(&(*list)[*n], 0, sizeof(**list));
	(*list)[*n].notifier = arena_strdup(mem, notifier);
	return &(*list)[(*n)++];
}

int
store_delivery_counts(struct store *s, struct arena *mem,
    struct store_delivery_count **list, size_t *n, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_TALLY_LIST, err);
	struct store_delivery_count *c;
	size_t cap = 0;
	int rc;

	*list = NULL;
	*n = 0;
	if (st == NULL)
		return -1;
	while ((rc = stmt_step(s, st, err)) == 1) {
		c = find_count(list, n, &cap, mem, column_text(st, 0));
		c->done = sqlite3_column_int64(st, 1);
	}
	sqlite3_reset(st);
	if (rc < 0 || (st = stmt_use(s, STMT_DELIVERY_COUNTS, err)) == NULL)
		return -1;
	while ((rc = stmt_step(s, st, err)) == 1) {
		c = find_count(list, n, &cap, mem, column_text(st, 0));
		c->pending = sqlite3_column_int64(st, 1);
		c->dead = sqlite3_column_int64(st, 2);
		c->oldest = sqlite3_column_int64(st, 3);
	}
	sqlite3_reset(st);
	return rc;
}
