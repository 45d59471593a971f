#include "store/feeds.h"

#include <string.h>

#include "base/crash.h"
#include "store/internal.h"

#define WEEK (7 * STORE_DAY)

/* Columns as in sql.c, FEED_READ. With mem NULL strings stay SQLite's. */
static void
read_feed(sqlite3_stmt *st, struct arena *mem, struct store_feed *f)
{
	const char **const texts[] = { &f->name, &f->config_url, &f->url,
	    &f->etag, &f->last_modified, &f->outcome, &f->error, &f->redirect,
	    &f->title, &f->link, &f->format };
	static const int text_at[] = { 1, 2, 3, 4, 5, 12, 13, 14, 25, 26, 27 };
	int64_t *const numbers[] = { &f->id, &f->next_due, &f->last_poll,
	    &f->last_ok, &f->last_new, &f->interval, &f->errors,
	    &f->redirect_since, &f->redirect_count, &f->fresh_until,
	    &f->hold_until, &f->ttl, &f->update_period, &f->skip_hours,
	    &f->skip_days, &f->polls, &f->not_modified, &f->articles,
	    &f->slot, &f->week, &f->this_week, &f->last_week };
	static const int number_at[] = { 0, 6, 7, 8, 9, 10, 11, 15, 16, 17,
	    18, 19, 20, 21, 22, 28, 29, 30, 32, 33, 34, 35 };

	memset(f, 0, sizeof(*f));
	for (size_t i = 0; i < sizeof(text_at) / sizeof(text_at[0]); i++)
		*texts[i] = mem != NULL ? column_copy(st, text_at[i], mem) :
		    column_text(st, text_at[i]);
	for (size_t i = 0; i < sizeof(number_at) / sizeof(number_at[0]); i++)
		*numbers[i] = sqlite3_column_int64(st, number_at[i]);
	f->known = sqlite3_column_int(st, 23) != 0;
	f->gone = sqlite3_column_int(st, 24) != 0;
	if (mem != NULL) {
		f->extra = column_blob(st, 31, mem, &f->extra_len);
	} else {
		f->extra = sqlite3_column_blob(st, 31);
		f->extra_len = (size_t)sqlite3_column_bytes(st, 31);
	}
}

int
store_feed_get(struct store *s, const char *name, struct arena *mem,
    struct store_feed *f, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_FEED_GET, err);
	int rc;

	if (st == NULL)
		return -1;
	stmt_bind(st, "t", name);
	if ((rc = stmt_step(s, st, err)) == 1)
		read_feed(st, mem, f);
	sqlite3_reset(st);
	return rc;
}

/* Parameters 1 to 32 of STMT_FEED_PUT (id 0: a new one is made if need be)
   and STMT_FEED_POLLED. */
static void
bind_feed(sqlite3_stmt *st, int64_t id, const struct store_feed *f)
{
	stmt_bind(st, "ztttttiiiiiitttiiiiiiiiddtttiiib", id, f->name,
	    f->config_url, f->url, f->etag, f->last_modified, f->next_due,
	    f->last_poll, f->last_ok, f->last_new, f->interval, f->errors,
	    f->outcome, f->error, f->redirect, f->redirect_since,
	    f->redirect_count, f->fresh_until, f->hold_until, f->ttl,
	    f->update_period, f->skip_hours, f->skip_days, (int)f->known,
	    (int)f->gone, f->title, f->link, f->format, f->polls,
	    f->not_modified, f->articles, f->extra, f->extra_len);
}

int
store_feed_put(struct store *s, struct store_feed *f, struct error *err)
{
	sqlite3_stmt *st;
	bool own;
	int rc;

	if (store_enter(s, &own, err) < 0)
		return -1;
	if ((st = stmt_use(s, STMT_FEED_PUT, err)) == NULL)
		return store_leave(s, own, -1, err);
	bind_feed(st, 0, f);
	if ((rc = stmt_step(s, st, err)) == 1) {
		f->id = sqlite3_column_int64(st, 0);
		rc = stmt_run(s, st, err) < 0 ? -1 : 0;
	}
	sqlite3_reset(st);
	return store_leave(s, own, rc, err);
}

int
store_feed_each(struct store *s,
    int (*fn)(const struct store_feed *, void *), void *arg,
    struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_FEED_EACH, err);
	struct store_feed f;
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = stmt_step(s, st, err)) == 1) {
		read_feed(st, NULL, &f);
		if (fn(&f, arg) != 0)
			break;
	}
	sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}

int64_t
store_feed_weekly(const struct store_feed *f, int64_t now)
{
	int64_t week = now / WEEK, passed = now % WEEK;

	/* Of the week before, the part that is not yet seven days ago. */
	if (week == f->week)
		return f->this_week + f->last_week * (WEEK - passed) / WEEK;
	if (week == f->week + 1)
		return f->this_week * (WEEK - passed) / WEEK;
	return 0;
}

/* The next place of the history, and the week the new articles count in. */
static void
count_poll(struct store_feed *f, const struct store_poll *p)
{
	int64_t week = p->at / WEEK;

	f->slot = (f->slot + 1) % STORE_POLLS;
	if (f->week != week) {
		f->last_week = f->week == week - 1 ? f->this_week : 0;
		f->this_week = 0;
		f->week = week;
	}
	f->this_week += p->fresh;
}

static int
put_polled(struct store *s, const struct store_feed *f,
    const struct store_poll *p, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_FEED_POLLED, err);
	int rc;

	if (st == NULL)
		return -1;
	bind_feed(st, f->id, f);
	sqlite3_bind_int64(st, 33, f->slot);
	sqlite3_bind_int64(st, 34, f->week);
	sqlite3_bind_int64(st, 35, f->this_week);
	sqlite3_bind_int64(st, 36, f->last_week);
	if ((rc = stmt_run(s, st, err)) < 0)
		return -1;
	if (rc == 0)
		return error_set(err, "no feed has number %lld",
		    (long long)f->id);
	if ((st = stmt_use(s, STMT_POLL_PUT, err)) == NULL)
		return -1;
	stmt_bind(st, "iiitiiiiiit", f->id, f->slot, p->at, p->outcome,
	    p->status, p->items, p->fresh, p->changed, p->bytes,
	    p->elapsed_ms, p->error);
	return stmt_run(s, st, err) < 0 ? -1 : 0;
}

int
store_feed_polled(struct store *s, struct store_feed *f,
    const struct store_poll *p, struct error *err)
{
	bool own;

	if (store_enter(s, &own, err) < 0)
		return -1;
	count_poll(f, p);
	return store_leave(s, own, put_polled(s, f, p, err), err);
}

int
store_poll_list(struct store *s, int64_t feed, struct arena *mem,
    struct store_poll **list, size_t *n, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_POLL_LIST, err);
	int rc;

	if (st == NULL)
		return -1;
	*list = arena_zalloc(mem, STORE_POLLS, sizeof(**list));
	*n = 0;
	stmt_bind(st, "id", feed, STORE_POLLS);
	while ((rc = stmt_step(s, st, err)) == 1 && *n < STORE_POLLS) {
		struct store_poll *p = &(*list)[(*n)++];

		p->at = sqlite3_column_int64(st, 0);
		p->outcome = column_copy(st, 1, mem);
		p->status = sqlite3_column_int64(st, 2);
		p->items = sqlite3_column_int64(st, 3);
		p->fresh = sqlite3_column_int64(st, 4);
		p->changed = sqlite3_column_int64(st, 5);
		p->bytes = sqlite3_column_int64(st, 6);
		p->elapsed_ms = sqlite3_column_int64(st, 7);
		p->error = column_copy(st, 8, mem);
	}
	sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}

int
store_host_put(struct store *s, const struct store_host *h, struct error *err)
{
	sqlite3_stmt *st;
	bool own;
	int rc = -1;

	if (store_enter(s, &own, err) < 0)
		return -1;
	if ((st = stmt_use(s, STMT_HOST_PUT, err)) != NULL) {
		stmt_bind(st, "titiii", h->name, h->hold_until, h->reason,
		    h->spacing_ms, h->errors, h->updated);
		rc = stmt_run(s, st, err) < 0 ? -1 : 0;
	}
	return store_leave(s, own, rc, err);
}

int
store_host_each(struct store *s,
    int (*fn)(const struct store_host *, void *), void *arg,
    struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_HOST_EACH, err);
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = stmt_step(s, st, err)) == 1) {
		struct store_host h = {
			.name = column_text(st, 0),
			.hold_until = sqlite3_column_int64(st, 1),
			.reason = column_text(st, 2),
			.spacing_ms = sqlite3_column_int64(st, 3),
			.errors = sqlite3_column_int64(st, 4),
			.updated = sqlite3_column_int64(st, 5),
		};

		if (fn(&h, arg) != 0)
			break;
	}
	sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}
