#include "store/deliveries.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/internal.h"

const char *
store_delivery_state_name(enum store_delivery_state state)
{
	static const char *const names[] = { "pending", "sending", "done",
	    "dead" };

	return (unsigned)state < 4 ? names[state] : "unknown";
}

int
store_delivery_add(struct store *s, struct store_delivery *d,
    struct error *err)
{
	sqlite3_stmt *st;
	bool own;
	int rc = -1;

	if (store_enter(s, &own, err) < 0)
		return -1;
	if ((st = stmt_use(s, STMT_DELIVERY_ADD, err)) == NULL)
		return store_leave(s, own, -1, err);
	stmt_bind(st, "tittdii", d->id, d->alert, d->notifier, d->recipient,
	    d->priority, d->created, d->next_at);
	rc = stmt_run(s, st, err);
	if (rc > 0) {
		d->row = sqlite3_last_insert_rowid(s->db);
		d->state = STORE_PENDING;
		d->since = d->created;
	} else if (rc == 0) {
		if ((st = stmt_use(s, STMT_DELIVERY_ROW, err)) == NULL)
			return store_leave(s, own, -1, err);
		stmt_bind(st, "t", d->id);
		if (stmt_number(s, st, &d->row, err) < 0)
			rc = -1;
	}
	return store_leave(s, own, rc, err);
}

/*
 * Only a note for whoever looks: losing it loses nothing, so this one commit
 * is not synced. It is in order with those that are.
 */
int
store_delivery_sending(struct store *s, int64_t row, struct error *err)
{
	bool own = !s->in_transaction, unsynced = s->unsynced;
	sqlite3_stmt *st;
	int rc = -1;

	if (own && store_begin_unsynced(s, err) < 0)
		return -1;
	if ((st = stmt_use(s, STMT_DELIVERY_SENDING, err)) != NULL) {
		stmt_bind(st, "i", row);
		rc = stmt_run(s, st, err) < 0 ? -1 : 0;
	}
	rc = store_leave(s, own, rc, err);
	if (own)
		s->unsynced = unsynced;
	return rc;
}

static int
put_attempt(struct store *s, int64_t row, int64_t n, enum store_outcome how,
    const char *reason, int64_t now, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_ATTEMPT_PUT, err);

	if (st == NULL)
		return -1;
	stmt_bind(st, "iiidt", row, n % STORE_ATTEMPTS, now, (int)how, reason);
	return stmt_run(s, st, err) < 0 ? -1 : 0;
}

static int
put_result(struct store *s, int64_t row, enum store_outcome how,
    const char *reason, int64_t next_at, int64_t now, struct error *err)
{
	static const int states[] = { STORE_DONE, STORE_PENDING, STORE_DEAD };
	sqlite3_stmt *st = stmt_use(s, STMT_DELIVERY_RESULT, err), *tally;
	int64_t attempts;
	int rc;

	if (st == NULL)
		return -1;
	stmt_bind(st, "idit", row, states[how], next_at, reason);
	if ((rc = stmt_step(s, st, err)) < 0)
		goto out;
	/* Not waiting any more: a late answer changes nothing. */
	if (rc == 0)
		goto out;
	attempts = sqlite3_column_int64(st, 0);
	rc = -1;
	if (how == STORE_OUTCOME_DONE) {
		if ((tally = stmt_use(s, STMT_TALLY_DONE, err)) == NULL)
			goto out;
		stmt_bind(tally, "t", column_text(st, 1));
		if (stmt_run(s, tally, err) < 0)
			goto out;
	}
	if (stmt_run(s, st, err) < 0)
		return -1;
	return put_attempt(s, row, attempts, how, reason, now, err);
out:
	sqlite3_reset(st);
	return rc;
}

int
store_delivery_result(struct store *s, int64_t row, enum store_outcome how,
    const char *reason, int64_t next_at, int64_t now, struct error *err)
{
	bool own;

	if (store_enter(s, &own, err) < 0)
		return -1;
	return store_leave(s, own,
	    put_result(s, row, how, reason, next_at, now, err), err);
}

static int
put_aside(struct store *s, int64_t row, const char *reason, bool gone,
    struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_DELIVERY_ASIDE, err);

	if (st == NULL)
		return -1;
	stmt_bind(st, "itd", row, reason, (int)gone);
	return stmt_run(s, st, err) < 0 ? -1 : 0;
}

int
store_delivery_set_aside(struct store *s, int64_t row, const char *reason,
    struct error *err)
{
	bool own;

	if (store_enter(s, &own, err) < 0)
		return -1;
	return store_leave(s, own, put_aside(s, row, reason, false, err), err);
}

static int
remove_row(struct store *s, int64_t row, struct error *err)
{
	static const enum stmt order[] = { STMT_ATTEMPT_REMOVE,
	    STMT_DELIVERY_REMOVE };

	for (int i = 0; i < 2; i++) {
		sqlite3_stmt *st = stmt_use(s, order[i], err);

		if (st == NULL)
			return -1;
		stmt_bind(st, "i", row);
		if (stmt_run(s, st, err) < 0)
			return -1;
	}
	return 0;
}

int
store_delivery_remove(struct store *s, int64_t row, struct error *err)
{
	bool own;

	if (store_enter(s, &own, err) < 0)
		return -1;
	return store_leave(s, own, remove_row(s, row, err), err);
}

/* Rows of deliveries that are to change: they are not changed while read. */
struct rows {
	int64_t	*list;
	size_t	 n, cap;
};

static void
add_row(struct rows *r, int64_t row)
{
	r->list = mem_grow(r->list, r->n, &r->cap, sizeof(*r->list));
	r->list[r->n++] = row;
}

static const struct store_target *
find_target(const struct store_target *list, size_t n, const char *notifier)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].notifier, notifier) == 0)
			return &list[i];
	return NULL;
}

static bool
has_recipient(const struct store_target *t, const char *recipient)
{
	if (t->nrecipients == 0)
		return true;
	for (size_t i = 0; i < t->nrecipients; i++)
		if (strcmp(t->recipients[i], recipient) == 0)
			return true;
	return false;
}

/* Those pending whose notifier (or recipient, then in rows[1]) is gone. */
static int
find_stray(struct store *s, const struct store_target *list, size_t n,
    struct rows rows[2], struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_DELIVERY_PENDING, err);
	const struct store_target *t;
	struct store_delivery d;
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = stmt_step(s, st, err)) == 1) {
		store_read_delivery(st, NULL, &d);
		t = find_target(list, n, d.notifier);
		if (t == NULL)
			add_row(&rows[0], d.row);
		else if (!has_recipient(t, d.recipient))
			add_row(&rows[1], d.row);
	}
	sqlite3_reset(st);
	return rc;
}

/* Dead letters whose target went, or came back: rows[GONE] and rows[BACK]. */
enum { NOT_GONE, GONE, BACK };

static int
find_moved(struct store *s, const struct store_target *list, size_t n,
    struct rows rows[3], struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_DELIVERY_DEAD_EACH, err);
	const struct store_target *t;
	struct store_delivery d;
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = stmt_step(s, st, err)) == 1) {
		store_read_delivery(st, NULL, &d);
		t = find_target(list, n, d.notifier);
		if (t == NULL || !has_recipient(t, d.recipient)) {
			if (!d.gone)
				add_row(&rows[GONE], d.row);
		} else if (d.gone)
			add_row(&rows[BACK], d.row);
	}
	sqlite3_reset(st);
	return rc;
}

static int
mark_moved(struct store *s, const struct rows rows[3], struct error *err)
{
	for (int k = GONE; k <= BACK; k++)
		for (size_t i = 0; i < rows[k].n; i++) {
			sqlite3_stmt *st = stmt_use(s, STMT_DELIVERY_GONE,
			    err);

			if (st == NULL)
				return -1;
			stmt_bind(st, "id", rows[k].list[i], k);
			if (stmt_run(s, st, err) < 0)
				return -1;
		}
	return 0;
}

static int
set_stray_aside(struct store *s, const struct rows rows[2],
    struct error *err)
{
	static const char *const why[2] = {
	    "its notifier is not in the configuration",
	    "its recipient is not in the configuration" };

	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < rows[k].n; i++)
			if (put_aside(s, rows[k].list[i], why[k], true,
			    err) < 0)
				return -1;
	return 0;
}

int
store_delivery_reconcile(struct store *s, const struct store_target *list,
    size_t n, int64_t *set_aside, int64_t *offered, struct error *err)
{
	struct rows stray[2] = { { 0 }, { 0 } };
	struct rows moved[3] = { { 0 }, { 0 }, { 0 } };
	sqlite3_stmt *st;
	bool own;
	int rc = -1;

	*offered = 0;
	if (find_stray(s, list, n, stray, err) < 0 ||
	    find_moved(s, list, n, moved, err) < 0)
		goto out;
	*set_aside = (int64_t)(stray[0].n + stray[1].n);
	if (*set_aside > 0 || moved[GONE].n + moved[BACK].n > 0) {
		if (store_enter(s, &own, err) < 0)
			goto out;
		rc = set_stray_aside(s, stray, err);
		if (rc == 0)
			rc = mark_moved(s, moved, err);
		if (store_leave(s, own, rc, err) < 0) {
			rc = -1;
			goto out;
		}
	}
	st = stmt_use(s, STMT_DELIVERY_REVIVE, err);
	rc = st == NULL || stmt_number(s, st, offered, err) < 0 ? -1 : 0;
out:
	for (int k = 0; k < 3; k++)
		free(moved[k].list);
	free(stray[0].list);
	free(stray[1].list);
	return rc;
}

/* Dead letters by id or notifier; "" = any. */
static int
find_dead(struct store *s, const char *id, const char *notifier,
    struct rows *rows, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_DELIVERY_DEAD, err);
	int rc;

	if (st == NULL)
		return -1;
	stmt_bind(st, "tt", id, notifier);
	while ((rc = stmt_step(s, st, err)) == 1)
		add_row(rows, sqlite3_column_int64(st, 0));
	sqlite3_reset(st);
	return rc;
}

static int
restart(struct store *s, const struct rows *rows, int64_t now,
    struct error *err)
{
	for (size_t i = 0; i < rows->n; i++) {
		sqlite3_stmt *st = stmt_use(s, STMT_DELIVERY_RESTART, err);

		if (st == NULL)
			return -1;
		stmt_bind(st, "ii", rows->list[i], now);
		if (stmt_run(s, st, err) < 0)
			return -1;
	}
	return 0;
}

static int
report(struct store *s, const struct rows *rows,
    int (*fn)(const struct store_delivery *, void *), void *arg,
    struct error *err)
{
	int rc = 0, go = 0;

	for (size_t i = 0; go == 0 && rc >= 0 && i < rows->n; i++) {
		sqlite3_stmt *st = stmt_use(s, STMT_DELIVERY_BY_ROW, err);
		struct store_delivery d;

		if (st == NULL)
			return -1;
		stmt_bind(st, "i", rows->list[i]);
		if ((rc = stmt_step(s, st, err)) == 1) {
			store_read_delivery(st, NULL, &d);
			go = fn(&d, arg);
		}
		sqlite3_reset(st);
	}
	return rc < 0 ? -1 : 0;
}

int
store_delivery_retry(struct store *s, const char *id, const char *notifier,
    int64_t now, int (*fn)(const struct store_delivery *, void *), void *arg,
    int64_t *count, struct error *err)
{
	struct rows rows = { 0 };
	bool own;
	int rc;

	*count = 0;
	if (find_dead(s, id, notifier, &rows, err) < 0 ||
	    store_enter(s, &own, err) < 0) {
		free(rows.list);
		return -1;
	}
	rc = store_leave(s, own, restart(s, &rows, now, err), err);
	if (rc == 0) {
		*count = (int64_t)rows.n;
		if (fn != NULL)
			rc = report(s, &rows, fn, arg, err);
	}
	free(rows.list);
	return rc;
}
