/*
 * Retention, a little at a time: once a day a pass over old articles, once a
 * week one over all entries (those not seen for a year are forgotten) and the
 * alerts of forgotten ones. Where a pass stands is only in memory.
 */
#include "base/crash.h"
#include "store/internal.h"

enum { ARTICLES, WEEK, ENTRIES, ALERTS, REST, DONE };

/* How many of an article's alerts have a delivery that still needs it. */
static int
still_open(struct store *s, int64_t article, int64_t now, int64_t *n,
    struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_PRUNE_OPEN, err);

	if (st == NULL)
		return -1;
	stmt_bind(st, "ii", article, now - STORE_YEAR);
	return stmt_number(s, st, n, err) < 0 ? -1 : 0;
}

static int
drop_article(struct store *s, int64_t article, struct error *err)
{
	static const enum stmt order[] = { STMT_PRUNE_ATTEMPTS,
	    STMT_PRUNE_DELIVERIES, STMT_PRUNE_ALERTS, STMT_PRUNE_ARTICLE };

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		sqlite3_stmt *st = stmt_use(s, order[i], err);

		if (st == NULL)
			return -1;
		stmt_bind(st, "i", article);
		if (stmt_run(s, st, err) < 0)
			return -1;
	}
	return 0;
}

/* 1 = it is still there, 0 = gone, -1. */
static int
prune_article(struct store *s, int64_t now, int64_t id, bool old,
    struct error *err)
{
	int64_t open = 1;

	if (old && (still_open(s, id, now, &open, err) < 0 ||
	    (open == 0 && drop_article(s, id, err) < 0)))
		return -1;
	return open > 0;
}

/*
 * Each of the next functions: 1 = there may be more, 0 = stage done, -1.
 *
 * Numbers are given in order: behind the first article that is young enough no
 * other is looked at. One from the future says nothing about that; the clock
 * was ahead.
 */
static int
prune_articles(struct store *s, int64_t now, int64_t keep, int budget,
    struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_PRUNE_ARTICLES, err);
	int rc, kept, n = 0;

	if (st == NULL)
		return -1;
	stmt_bind(st, "id", s->prune.article, budget);
	while ((rc = stmt_step(s, st, err)) == 1) {
		int64_t id = sqlite3_column_int64(st, 0);
		int64_t found = sqlite3_column_int64(st, 1);

		if (found >= now - keep && found <= now)
			break;
		kept = prune_article(s, now, id, found < now - keep, err);
		if (kept < 0) {
			rc = -1;
			break;
		}
		s->prune.article = id;
		s->prune.kept += kept;
		n++;
	}
	sqlite3_reset(st);
	if (rc < 0 || n == budget)
		return rc < 0 ? -1 : 1;
	s->pruned.article = s->prune.article;
	s->pruned.kept = s->prune.kept;
	return 0;
}

static int
prune_entries(struct store *s, int64_t now, int budget, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_PRUNE_SEEN_SCAN, err), *del;
	int64_t oldest = (now - STORE_YEAR) / STORE_DAY;
	int rc, n = 0;

	if (st == NULL)
		return -1;
	stmt_bind(st, "iid", s->prune.feed, s->prune.key, budget);
	while ((rc = stmt_step(s, st, err)) == 1) {
		s->prune.feed = sqlite3_column_int64(st, 0);
		s->prune.key = sqlite3_column_int64(st, 1);
		n++;
		if (sqlite3_column_int64(st, 2) >= oldest)
			continue;
		if ((del = stmt_use(s, STMT_PRUNE_SEEN, err)) == NULL)
			break;
		stmt_bind(del, "ii", s->prune.feed, s->prune.key);
		if ((rc = stmt_run(s, del, err)) < 0)
			break;
	}
	sqlite3_reset(st);
	return rc < 0 ? -1 : n == budget;
}

static int
prune_alerts(struct store *s, int64_t now, int budget, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_PRUNE_ALERT_SCAN, err), *del;
	int rc, n = 0;

	if (st == NULL)
		return -1;
	stmt_bind(st, "iid", s->prune.alert, now - STORE_YEAR, budget);
	while ((rc = stmt_step(s, st, err)) == 1) {
		s->prune.alert = sqlite3_column_int64(st, 0);
		n++;
		if (sqlite3_column_int(st, 1) == 0)
			continue;
		if ((del = stmt_use(s, STMT_PRUNE_ALERT, err)) == NULL)
			break;
		stmt_bind(del, "i", s->prune.alert);
		if ((rc = stmt_run(s, del, err)) < 0)
			break;
	}
	sqlite3_reset(st);
	return rc < 0 ? -1 : n == budget;
}

static int
prune_rest(struct store *s, int64_t now, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_PRUNE_HOSTS, err);

	if (st == NULL)
		return -1;
	stmt_bind(st, "i", now - 30 * (int64_t)STORE_DAY);
	if (stmt_run(s, st, err) < 0 ||
	    (st = stmt_use(s, STMT_PRUNE_SILENCES, err)) == NULL)
		return -1;
	stmt_bind(st, "i", now - 30 * (int64_t)STORE_DAY);
	return stmt_run(s, st, err) < 0 ? -1 : 0;
}

#define WEEKLY "forgotten"

/* Is the weekly part due? 1, 0, -1. */
static int
week_over(struct store *s, int64_t day, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_META_GET, err);
	int64_t last;
	int rc;

	if (st == NULL)
		return -1;
	stmt_bind(st, "t", WEEKLY);
	/* The value is text; SQLite reads the number. */
	if ((rc = stmt_number(s, st, &last, err)) < 0)
		return -1;
	return rc == 0 || day - last >= 7 || last > day;
}

static int
note_week(struct store *s, int64_t day, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_META_PUT, err);
	char text[24];

	if (st == NULL)
		return -1;
	sqlite3_snprintf(sizeof(text), text, "%lld", (long long)day);
	stmt_bind(st, "tt", WEEKLY, text);
	return stmt_run(s, st, err) < 0 ? -1 : 0;
}

static int
prune_stage(struct store *s, int64_t now, int64_t articles, int budget,
    struct error *err)
{
	int rc;

	switch (s->prune.stage) {
	case ARTICLES:
		return prune_articles(s, now, articles, budget, err);
	case WEEK:
		if ((rc = week_over(s, s->prune.day, err)) == 0)
			s->prune.stage = ALERTS;
		return rc < 0 ? -1 : 0;
	case ENTRIES:
		return prune_entries(s, now, budget, err);
	case ALERTS:
		rc = prune_alerts(s, now, budget, err);
		return rc != 0 ? rc : note_week(s, s->prune.day, err);
	default:
		return prune_rest(s, now, err);
	}
}

int
store_prune_step(struct store *s, int64_t now, int64_t articles, int budget,
    struct error *err)
{
	struct store_prune before = s->prune;
	bool own;
	int rc;

	if (s->prune.day != now / STORE_DAY)
		s->prune = (struct store_prune){ .day = now / STORE_DAY,
		    .feed = INT64_MIN, .key = INT64_MIN };
	if (s->prune.stage == DONE)
		return 0;
	if (store_enter(s, &own, err) < 0)
		return -1;
	rc = prune_stage(s, now, articles, budget, err);
	if (rc == 0)
		s->prune.stage++;
	if (store_leave(s, own, rc, err) < 0) {
		s->prune = before;
		return -1;
	}
	return s->prune.stage != DONE;
}

/* Two numbers of one statement. */
static int
ask(struct store *s, enum stmt which, int64_t n[2], struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, which, err);
	int rc;

	if (st == NULL)
		return -1;
	if (which == STMT_SIZE_ARTICLES)
		stmt_bind(st, "i", s->pruned.article);
	if ((rc = stmt_step(s, st, err)) == 1) {
		n[0] = sqlite3_column_int64(st, 0);
		n[1] = sqlite3_column_int64(st, 1);
	}
	sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}

int
store_size(struct store *s, struct store_size *size, struct error *err)
{
	int64_t articles[2] = { 0 }, alerts[2] = { 0 };

	if (ask(s, STMT_SIZE_ARTICLES, articles, err) < 0 ||
	    ask(s, STMT_SIZE_ALERTS, alerts, err) < 0)
		return -1;
	size->articles = articles[0] + s->pruned.kept;
	size->oldest_article = articles[1];
	size->alerts = alerts[0];
	size->last_alert = alerts[1];
	size->bytes = store_file_bytes(s);
	return 0;
}
