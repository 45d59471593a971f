#include "store/alerts.h"

#include <string.h>

#include "article/article.h"
#include "store/internal.h"

const char *
store_fate_name(enum store_fate fate)
{
	static const char *const names[STORE_FATES] = { "routed", "silenced",
	    "cooldown", "over rate", "duplicate" };

	return (unsigned)fate < STORE_FATES ? names[fate] : "unknown";
}

int
store_alert_exists(struct store *s, const char *rule, int64_t feed,
    int64_t key, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_ALERT_EXISTS, err);
	int64_t id;

	if (st == NULL)
		return -1;
	stmt_bind(st, "tii", rule, feed, key);
	return stmt_number(s, st, &id, err);
}

int
store_alert_like(struct store *s, const char *rule, int64_t feed,
    const struct store_likeness *like, int64_t now, int64_t *id,
    struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_ALERT_LIKE_LINK, err);

	*id = 0;
	if (st == NULL)
		return -1;
	stmt_bind(st, "iti", like->link_key, rule, feed);
	if (stmt_number(s, st, id, err) < 0)
		return -1;
	if (*id != 0)
		return 0;
	if ((st = stmt_use(s, STMT_ALERT_LIKE_TITLE, err)) == NULL)
		return -1;
	stmt_bind(st, "iti", like->title_key, rule, now - STORE_DAY);
	return stmt_number(s, st, id, err) < 0 ? -1 : 0;
}

static int
count_silenced(struct store *s, const struct store_alert *a,
    struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_SILENCE_COUNT, err);

	if (st == NULL)
		return -1;
	stmt_bind(st, "ti", a->rule, a->found);
	return stmt_run(s, st, err) < 0 ? -1 : 0;
}

static int
add_alert(struct store *s, struct store_alert *a, struct error *err)
{
	sqlite3_stmt *st;
	int n;

	n = store_alert_exists(s, a->rule, a->feed, a->key, err);
	if (n != 0)
		return n < 0 ? -1 : 0;
	if ((st = stmt_use(s, STMT_ALERT_ADD, err)) == NULL)
		return -1;
	stmt_bind(st, "ttdiizidzbii", a->rule, a->rule_text, a->priority,
	    a->feed, a->key, a->article, a->found, (int)a->fate,
	    a->duplicate_of, a->evidence, a->evidence_len, a->link_key,
	    a->title_key);
	if (stmt_run(s, st, err) < 0)
		return -1;
	a->id = sqlite3_last_insert_rowid(s->db);
	if (a->fate == STORE_SILENCED && count_silenced(s, a, err) < 0)
		return -1;
	return 1;
}

int
store_alert_add(struct store *s, struct store_alert *a, struct error *err)
{
	bool own;

	if (store_enter(s, &own, err) < 0)
		return -1;
	return store_leave(s, own, add_alert(s, a, err), err);
}

/* Columns as in sql.c, ALERT. */
static void
read_alert(sqlite3_stmt *st, struct arena *mem, struct store_alert_row *r)
{
	struct store_alert *a = &r->alert;

	memset(r, 0, sizeof(*r));
	a->id = sqlite3_column_int64(st, 0);
	a->rule = column_copy(st, 1, mem);
	a->rule_text = column_copy(st, 2, mem);
	a->priority = sqlite3_column_int(st, 3);
	a->feed = sqlite3_column_int64(st, 4);
	a->key = sqlite3_column_int64(st, 5);
	a->article = sqlite3_column_int64(st, 6);
	a->found = sqlite3_column_int64(st, 7);
	a->fate = (enum store_fate)sqlite3_column_int(st, 8);
	a->duplicate_of = sqlite3_column_int64(st, 9);
	a->evidence = column_blob(st, 10, mem, &a->evidence_len);
	a->link_key = sqlite3_column_int64(st, 11);
	a->title_key = sqlite3_column_int64(st, 12);
	r->feed_name = column_copy(st, 13, mem);
	r->title = column_copy(st, 14, mem);
	r->link = column_copy(st, 15, mem);
	r->published = sqlite3_column_type(st, 16) == SQLITE_NULL ?
	    ARTICLE_NO_TIME : sqlite3_column_int64(st, 16);
	r->deliveries = sqlite3_column_int64(st, 17);
	r->done = sqlite3_column_int64(st, 18);
	r->dead = sqlite3_column_int64(st, 19);
	r->pending = r->deliveries - r->done - r->dead;
}

int
store_alert_get(struct store *s, int64_t id, struct arena *mem,
    struct store_alert_row *r, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_ALERT_GET, err);
	int rc;

	if (st == NULL)
		return -1;
	stmt_bind(st, "i", id);
	if ((rc = stmt_step(s, st, err)) == 1)
		read_alert(st, mem, r);
	sqlite3_reset(st);
	return rc;
}

/* Collect what a bound statement gives: the list grows in the arena. */
static int
collect(struct store *s, sqlite3_stmt *st, struct arena *mem,
    struct store_alert_row **list, size_t *n, struct error *err)
{
	struct store_alert_row *all = NULL;
	size_t cap = 0;
	int rc;

	*n = 0;
	while ((rc = stmt_step(s, st, err)) == 1) {
		if (*n == cap) {
			struct store_alert_row *more;

			cap = cap == 0 ? 64 : cap * 2;
			more = arena_alloc(mem, cap * sizeof(*more));
			if (*n > 0)
				memcpy(more, all, *n * sizeof(*more));
			all = more;
		}
		read_alert(st, mem, &all[(*n)++]);
	}
	sqlite3_reset(st);
	*list = all;
	return rc;
}

int
store_alert_list(struct store *s, const char *rule, int64_t since,
    int64_t after, size_t max, struct arena *mem,
    struct store_alert_row **list, size_t *n, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, rule != NULL ? STMT_ALERT_LIST_RULE :
	    STMT_ALERT_LIST, err);

	if (st == NULL)
		return -1;
	stmt_bind(st, "iii", after, since, (int64_t)max);
	if (rule != NULL)
		sqlite3_bind_text(st, 4, rule, -1, SQLITE_STATIC);
	return collect(s, st, mem, list, n, err);
}

int
store_alert_duplicates(struct store *s, int64_t id, struct arena *mem,
    struct store_alert_row **list, size_t *n, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_ALERT_DUPLICATES, err);

	if (st == NULL)
		return -1;
	stmt_bind(st, "i", id);
	return collect(s, st, mem, list, n, err);
}
