/* What restraint asks, and what a person asks about a rule. */
#include <string.h>

#include "store/alerts.h"
#include "store/internal.h"

int
store_rule_recent(struct store *s, const char *rule, int64_t now,
    int64_t most, struct store_rule_recent *r, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_ALERT_RECENT, err);

	r->last_hour = 0;
	if (st == NULL)
		return -1;
	stmt_bind(st, "ti", rule, now);
	if (stmt_number(s, st, &r->last, err) < 0)
		return -1;
	if (most <= 0)
		return 0;
	if ((st = stmt_use(s, STMT_ALERT_HOUR, err)) == NULL)
		return -1;
	stmt_bind(st, "tiii", rule, now - 3600, now, most);
	return stmt_number(s, st, &r->last_hour, err) < 0 ? -1 : 0;
}

int
store_rule_counts(struct store *s, const char *rule, int64_t now,
    struct store_rule_counts *c, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_ALERT_COUNTS, err);
	int64_t month = now - 30 * (int64_t)STORE_DAY;
	int rc;

	memset(c, 0, sizeof(*c));
	if (st == NULL)
		return -1;
	stmt_bind(st, "tiii", rule, now - STORE_DAY,
	    now - 7 * (int64_t)STORE_DAY, month);
	if ((rc = stmt_step(s, st, err)) == 1) {
		c->day = sqlite3_column_int64(st, 0);
		c->week = sqlite3_column_int64(st, 1);
		c->month = sqlite3_column_int64(st, 2);
		c->last = sqlite3_column_int64(st, 3);
	}
	sqlite3_reset(st);
	if (rc < 0 || (st = stmt_use(s, STMT_ALERT_FATES, err)) == NULL)
		return -1;
	stmt_bind(st, "ti", rule, month);
	while ((rc = stmt_step(s, st, err)) == 1) {
		int fate = sqlite3_column_int(st, 0);

		if (fate >= 0 && fate < STORE_FATES)
			c->held[fate] = sqlite3_column_int64(st, 1);
	}
	sqlite3_reset(st);
	return rc;
}

int
store_silence_put(struct store *s, const char *rule, int64_t until,
    int64_t now, struct error *err)
{
	sqlite3_stmt *st;
	bool own;
	int rc = -1;

	if (store_enter(s, &own, err) < 0)
		return -1;
	st = stmt_use(s, until > now ? STMT_SILENCE_PUT : STMT_SILENCE_END,
	    err);
	if (st != NULL) {
		stmt_bind(st, until > now ? "tii" : "t", rule, until, now);
		rc = stmt_run(s, st, err) < 0 ? -1 : 0;
	}
	return store_leave(s, own, rc, err);
}

int
store_silence_list(struct store *s, int64_t now, struct arena *mem,
    struct store_silence **list, size_t *n, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_SILENCE_LIST, err);
	struct store_silence *all = NULL;
	size_t cap = 0;
	int rc;

	if (st == NULL)
		return -1;
	*n = 0;
	stmt_bind(st, "i", now);
	while ((rc = stmt_step(s, st, err)) == 1) {
		if (*n == cap) {
			struct store_silence *more;

			cap = cap == 0 ? 16 : cap * 2;
			more = arena_alloc(mem, cap * sizeof(*more));
			if (*n > 0)
				memcpy(more, all, *n * sizeof(*more));
			all = more;
		}
		all[*n].rule = column_copy(st, 0, mem);
		all[*n].until = sqlite3_column_int64(st, 1);
		all[*n].created = sqlite3_column_int64(st, 2);
		all[*n].held = sqlite3_column_int64(st, 3);
		(*n)++;
	}
	sqlite3_reset(st);
	*list = all;
	return rc;
}
