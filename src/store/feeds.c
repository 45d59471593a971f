#include "store/feeds.h"

#include <string.h>

#include "base/crash.h"
#include "store/history.h"
#include "store/internal.h"

#define WEEK (7 * STORE_DAY)
#define HISTORY_AT 35

/* Columns as in sql.c, FEED_READ. Strings stay SQLite's. */
static void
read_feed(sqlite3_stmt *st, struct store_feed *f)
{
	const char **const texts[] = { &f->name, &f->config_url, &f->url,
	    &f->etag, &f->last_modified, &f->error, &f->redirect, &f->title,
	    &f->link, &f->format, &f->outcome };
	static const int text_at[] = { 1, 2, 3, 4, 5, 8, 9, 18, 19, 20, 27 };
	int64_t *const numbers[] = { &f->id, &f->last_new, &f->errors,
	    &f->redirect_since, &f->redirect_count, &f->ttl,
	    &f->update_period, &f->skip_hours, &f->skip_days, &f->articles,
	    &f->next_due, &f->last_poll, &f->last_ok, &f->interval,
	    &f->fresh_until, &f->hold_until, &f->polls, &f->not_modified,
	    &f->week, &f->this_week, &f->last_week };
	static const int number_at[] = { 0, 6, 7, 10, 11, 12, 13, 14, 15, 21,
	    23, 24, 25, 26, 28, 29, 30, 31, 32, 33, 34 };

	memset(f, 0, sizeof(*f));
	for (size_t i = 0; i < sizeof(text_at) / sizeof(text_at[0]); i++)
		*texts[i] = column_text(st, text_at[i]);
	for (size_t i = 0; i < sizeof(number_at) / sizeof(number_at[0]); i++)
		*numbers[i] = sqlite3_column_int64(st, number_at[i]);
	f->known = sqlite3_column_int(st, 16) != 0;
	f->gone = sqlite3_column_int(st, 17) != 0;
	f->extra = sqlite3_column_blob(st, 22);
	f->extra_len = (size_t)sqlite3_column_bytes(st, 22);
}

/* The row that was just read. */
static struct known_feed *
remember(struct store *s, sqlite3_stmt *st, const struct store_feed *row)
{
	return known_put(&s->known, row, sqlite3_column_blob(st, HISTORY_AT),
	    (size_t)sqlite3_column_bytes(st, HISTORY_AT));
}

/* The row of that name: 1 = found, 0 = unknown, -1. Call let_go() after. */
static int
look_up(struct store *s, const char *name, struct known_feed **out,
    struct error *err)
{
	struct store_feed row;
	sqlite3_stmt *st;
	int rc;

	if ((*out = known_find(&s->known, name)) != NULL)
		return 1;
	if ((st = stmt_use(s, STMT_FEED_GET, err)) == NULL)
		return -1;
	stmt_bind(st, "t", name);
	if ((rc = stmt_step(s, st, err)) == 1) {
		read_feed(st, &row);
		*out = remember(s, st, &row);
	}
	sqlite3_reset(st);
	return rc;
}

static void
let_go(struct store *s, const struct known_feed *f)
{
	if (f->size > KNOWN_MAX)
		known_drop(&s->known, f->row.name);
}

int
store_feed_get(struct store *s, const char *name, struct arena *mem,
    struct store_feed *f, struct error *err)
{
	struct known_feed *known;
	int rc = look_up(s, name, &known, err);

	if (rc == 1) {
		known_copy(known, mem, f);
		let_go(s, known);
	}
	return rc;
}

/* Parameters 1 to 23 of STMT_FEED_PUT (id 0: a new one is made if need be)
   and STMT_FEED_CHANGE. */
static void
bind_feed(sqlite3_stmt *st, int64_t id, const struct store_feed *f)
{
	stmt_bind(st, "ztttttiittiiiiiiddtttib", id, f->name, f->config_url,
	    f->url, f->etag, f->last_modified, f->last_new, f->errors,
	    f->error, f->redirect, f->redirect_since, f->redirect_count,
	    f->ttl, f->update_period, f->skip_hours, f->skip_days,
	    (int)f->known, (int)f->gone, f->title, f->link, f->format,
	    f->articles, f->extra, f->extra_len);
}

/* Parameters 1 to 10 of STMT_POLLED and STMT_POLLED_PUT. */
static void
bind_polled(sqlite3_stmt *st, const struct store_feed *f)
{
	stmt_bind(st, "iiiiitiiii", f->id, f->next_due, f->last_poll,
	    f->last_ok, f->interval, f->outcome, f->fresh_until,
	    f->hold_until, f->polls, f->not_modified);
}

static int
put_feed(struct store *s, struct store_feed *f, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_FEED_PUT, err);
	int rc;

	if (st == NULL)
		return -1;
	bind_feed(st, 0, f);
	if ((rc = stmt_step(s, st, err)) == 1) {
		f->id = sqlite3_column_int64(st, 0);
		rc = stmt_run(s, st, err) < 0 ? -1 : 0;
	}
	sqlite3_reset(st);
	return rc;
}

int
store_feed_put(struct store *s, struct store_feed *f, struct error *err)
{
	sqlite3_stmt *st;
	bool own;
	int rc;

	if (store_enter(s, &own, err) < 0)
		return -1;
	known_drop(&s->known, f->name);
	if ((rc = put_feed(s, f, err)) == 0) {
		if ((st = stmt_use(s, STMT_POLLED_PUT, err)) == NULL)
			return store_leave(s, own, -1, err);
		bind_polled(st, f);
		rc = stmt_run(s, st, err) < 0 ? -1 : 0;
	}
	return store_leave(s, own, rc, err);
}

int
store_feed_each(struct store *s,
    bool (*fn)(const struct store_feed *, void *), void *arg,
    struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_FEED_EACH, err);
	struct store_feed row;
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = stmt_step(s, st, err)) == 1) {
		read_feed(st, &row);
		if (fn(&row, arg))
			let_go(s, remember(s, st, &row));
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

/* The week its new articles count in. */
static void
count_poll(struct store_feed *f, const struct store_poll *p)
{
	int64_t week = p->at / WEEK;

	if (f->week != week) {
		f->last_week = f->week == week - 1 ? f->this_week : 0;
		f->this_week = 0;
		f->week = week;
	}
	f->this_week += p->fresh;
}

static bool
same(const char *a, const char *was)
{
	return strcmp(a != NULL ? a : "", was) == 0;
}

/* Only what STMT_POLLED writes has changed. */
static bool
is_quiet(const struct store_feed *f, const struct store_feed *was)
{
	return f->last_new == was->last_new && f->errors == was->errors &&
	    f->redirect_since == was->redirect_since &&
	    f->redirect_count == was->redirect_count && f->ttl == was->ttl &&
	    f->update_period == was->update_period &&
	    f->skip_hours == was->skip_hours && f->skip_days == was->skip_days &&
	    f->known == was->known && f->gone == was->gone &&
	    f->articles == was->articles && f->week == was->week &&
	    f->this_week == was->this_week && f->last_week == was->last_week &&
	    f->extra_len == was->extra_len &&
	    (f->extra_len == 0 ||
	    memcmp(f->extra, was->extra, f->extra_len) == 0) &&
	    same(f->config_url, was->config_url) &&
	    same(f->url, was->url) && same(f->etag, was->etag) &&
	    same(f->last_modified, was->last_modified) &&
	    same(f->error, was->error) &&
	    same(f->redirect, was->redirect) && same(f->title, was->title) &&
	    same(f->link, was->link) && same(f->format, was->format);
}

static int
write_feed(struct store *s, const struct store_feed *f, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_FEED_CHANGE, err);

	if (st == NULL)
		return -1;
	bind_feed(st, f->id, f);
	sqlite3_bind_int64(st, 24, f->week);
	sqlite3_bind_int64(st, 25, f->this_week);
	sqlite3_bind_int64(st, 26, f->last_week);
	return stmt_run(s, st, err);
}

static int
write_polled(struct store *s, const struct store_feed *f,
    const struct buf *history, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_POLLED, err);

	if (st == NULL)
		return -1;
	bind_polled(st, f);
	sqlite3_bind_blob64(st, 11, history->data, history->len,
	    SQLITE_STATIC);
	return stmt_run(s, st, err);
}

/* Its history is all in its row now. */
static int
remove_polls(struct store *s, int64_t feed, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_POLL_REMOVE, err);

	if (st == NULL)
		return -1;
	stmt_bind(st, "i", feed);
	return stmt_run(s, st, err) < 0 ? -1 : 0;
}

static int
put_polled(struct store *s, const struct store_feed *f,
    const struct store_poll *p, struct error *err)
{
	struct buf *history = &s->history;
	struct known_feed *was;
	int rc = look_up(s, f->name, &was, err);
	bool quiet;
	size_t n;

	if (rc < 0)
		return -1;
	if (rc == 0 || was->row.id != f->id)
		return error_set(err, "no feed has number %lld",
		    (long long)f->id);
	buf_reset(history);
	n = history_add(was->history, was->history_len, p, history);
	quiet = is_quiet(f, &was->row);
	if ((!quiet && write_feed(s, f, err) < 0) ||
	    write_polled(s, f, history, err) < 0 ||
	    (n == STORE_POLLS && remove_polls(s, f->id, err) < 0)) {
		known_drop(&s->known, f->name);
		return -1;
	}
	if (!quiet || !same(f->outcome, was->row.outcome) ||
	    !known_renew(was, f, history->data, history->len))
		was = known_put(&s->known, f, history->data, history->len);
	let_go(s, was);
	return 0;
}

int
store_feed_polled(struct store *s, struct store_feed *f,
    const struct store_poll *p, struct error *err)
{
	bool own;
	int rc;

	if (store_enter(s, &own, err) < 0)
		return -1;
	count_poll(f, p);
	rc = put_polled(s, f, p, err);
	if (s->history.cap > KNOWN_MAX)
		buf_clear(&s->history);
	return store_leave(s, own, rc, err);
}

/* The history in its row: how many, or -1. */
static int
read_history(struct store *s, int64_t feed, struct arena *mem,
    struct store_poll *list, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_FEED_HISTORY, err);
	const void *data;
	int rc;

	if (st == NULL)
		return -1;
	stmt_bind(st, "i", feed);
	if ((rc = stmt_step(s, st, err)) == 1) {
		data = sqlite3_column_blob(st, 0);
		rc = (int)history_list(data,
		    (size_t)sqlite3_column_bytes(st, 0), mem, list,
		    STORE_POLLS);
	}
	sqlite3_reset(st);
	return rc;
}

int
store_poll_list(struct store *s, int64_t feed, struct arena *mem,
    struct store_poll **list, size_t *n, struct error *err)
{
	sqlite3_stmt *st;
	int rc;

	*list = arena_zalloc(mem, STORE_POLLS, sizeof(**list));
	*n = 0;
	if ((rc = read_history(s, feed, mem, *list, err)) < 0 ||
	    (st = stmt_use(s, STMT_POLL_LIST, err)) == NULL)
		return -1;
	*n = (size_t)rc;
	stmt_bind(st, "idi", feed, STORE_POLLS, (int64_t)(STORE_POLLS - *n));
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
