#include "store/articles.h"

#include "base/buf.h"
#include "base/crash.h"
#include "base/wire.h"
#include "store/internal.h"

/* An entry that is still there is noted anew when the note is this old. */
#define TOUCH_DAYS 7
/* Categories and enclosures of one article, encoded. */
#define LISTS_MAX (4u << 20)

int
store_entry_check(struct store *s, int64_t feed, int64_t key, int64_t version,
    int64_t now, enum store_entry_state *state, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_SEEN_GET, err);
	int64_t stored, last, today = now / STORE_DAY;
	int rc;

	if (st == NULL)
		return -1;
	stmt_bind(st, "ii", feed, key);
	rc = stmt_step(s, st, err);
	stored = rc == 1 ? sqlite3_column_int64(st, 0) : 0;
	last = rc == 1 ? sqlite3_column_int64(st, 1) : 0;
	sqlite3_reset(st);
	if (rc < 0)
		return -1;
	s->unseen.feed = feed;
	s->unseen.key = key;
	s->unseen.set = rc == 0;
	*state = rc == 0 ? STORE_ENTRY_NEW : stored != version ?
	    STORE_ENTRY_CHANGED : STORE_ENTRY_KNOWN;
	if (rc == 0 || today - last < TOUCH_DAYS)
		return 0;
	if ((st = stmt_use(s, STMT_SEEN_TOUCH, err)) == NULL)
		return -1;
	stmt_bind(st, "iii", feed, key, today);
	return stmt_run(s, st, err) < 0 ? -1 : 0;
}

static void
put_lists(struct buf *b, const struct article *a)
{
	wire_put_strs(b, a->categories, a->ncategories);
	wire_put_strs(b, a->enclosures, a->nenclosures);
}

/* Times that are unknown are NULL. */
static void
bind_time(sqlite3_stmt *st, int i, int64_t t)
{
	if (t == ARTICLE_NO_TIME)
		sqlite3_bind_null(st, i);
	else
		sqlite3_bind_int64(st, i, t);
}

static int
add_article(struct store *s, int64_t feed, int64_t key,
    const struct article *a, const struct buf *lists, int64_t now,
    int64_t *id, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_ARTICLE_ADD, err);

	if (st == NULL)
		return -1;
	stmt_bind(st, "ziiiiitttttttb", (int64_t)0, feed, key, now,
	    a->published, a->updated, a->id, a->title, a->link, a->author,
	    a->summary, a->content, a->lang, lists->data, lists->len);
	bind_time(st, 5, a->published);
	bind_time(st, 6, a->updated);
	if (stmt_run(s, st, err) < 0)
		return -1;
	*id = sqlite3_last_insert_rowid(s->db);
	return 0;
}

static int
remember(struct store *s, int64_t feed, int64_t key, int64_t version,
    int64_t article, int64_t now, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_SEEN_PUT, err);

	if (st == NULL)
		return -1;
	stmt_bind(st, "iiiii", feed, key, version, article, now / STORE_DAY);
	return stmt_run(s, st, err) < 0 ? -1 : 0;
}

/*
 * The article of a known entry, by its number: replaced by the new text. 1 = it
 * was; 0 = it is not kept any more, or an alert shows it: evidence is offsets
 * into the text it was found in, which a later attempt to deliver still needs.
 */
static int
change_article(struct store *s, int64_t id, int64_t feed, int64_t key,
    const struct article *a, const struct buf *lists, int64_t now,
    struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_ARTICLE_SHOWN, err);
	int64_t shown;

	if (st == NULL)
		return -1;
	stmt_bind(st, "i", id);
	if (stmt_number(s, st, &shown, err) < 0 ||
	    (st = stmt_use(s, STMT_ARTICLE_CHANGE, err)) == NULL)
		return -1;
	if (shown)
		return 0;
	stmt_bind(st, "iiiiiitttttttb", id, feed, key, now, a->published,
	    a->updated, a->id, a->title, a->link, a->author, a->summary,
	    a->content, a->lang, lists->data, lists->len);
	bind_time(st, 5, a->published);
	bind_time(st, 6, a->updated);
	return stmt_run(s, st, err);
}

/* The number of the article of an entry, its version set. 1, 0 = new, -1. */
static int
change_entry(struct store *s, int64_t feed, int64_t key, int64_t version,
    int64_t now, int64_t *article, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_SEEN_CHANGE, err);
	int rc;

	if (st == NULL)
		return -1;
	stmt_bind(st, "iiii", feed, key, version, now / STORE_DAY);
	if ((rc = stmt_step(s, st, err)) == 1) {
		*article = sqlite3_column_int64(st, 0);
		return stmt_run(s, st, err) < 0 ? -1 : 1;
	}
	sqlite3_reset(st);
	return rc;
}

static int
put_article(struct store *s, int64_t feed, int64_t key, int64_t version,
    const struct article *a, const struct buf *lists, int64_t now,
    int64_t *id, struct error *err)
{
	bool unseen = s->unseen.set && s->unseen.feed == feed &&
	    s->unseen.key == key;
	sqlite3_stmt *st;
	int rc;

	s->unseen.set = false;
	rc = unseen ? 0 : change_entry(s, feed, key, version, now, id, err);
	if (rc < 0)
		return -1;
	if (rc == 0) {
		if (add_article(s, feed, key, a, lists, now, id, err) < 0)
			return -1;
		return remember(s, feed, key, version, *id, now, err);
	}
	rc = change_article(s, *id, feed, key, a, lists, now, err);
	if (rc != 0)
		return rc < 0 ? -1 : 0;
	/* Kept under a new number. */
	if (add_article(s, feed, key, a, lists, now, id, err) < 0 ||
	    (st = stmt_use(s, STMT_SEEN_ARTICLE, err)) == NULL)
		return -1;
	stmt_bind(st, "iii", feed, key, *id);
	return stmt_run(s, st, err) < 0 ? -1 : 0;
}

int
store_article_put(struct store *s, int64_t feed, int64_t key, int64_t version,
    const struct article *a, int64_t now, int64_t *id, struct error *err)
{
	struct buf lists;
	bool own;
	int rc;

	if (store_enter(s, &own, err) < 0)
		return -1;
	buf_init(&lists, LISTS_MAX);
	put_lists(&lists, a);
	if (lists.full) {
		/* Absurd, and not worth the article. */
		buf_reset(&lists);
		wire_put_strs(&lists, NULL, 0);
		wire_put_strs(&lists, NULL, 0);
	}
	rc = put_article(s, feed, key, version, a, &lists, now, id, err);
	buf_clear(&lists);
	return store_leave(s, own, rc, err);
}

static int64_t
column_time(sqlite3_stmt *st, int i)
{
	return sqlite3_column_type(st, i) == SQLITE_NULL ? ARTICLE_NO_TIME :
	    sqlite3_column_int64(st, i);
}

/* Columns as in sql.c, ARTICLE. */
static void
read_article(sqlite3_stmt *st, struct arena *mem, struct store_article *r)
{
	struct article *a = &r->article;
	struct wire w;

	r->id = sqlite3_column_int64(st, 0);
	r->feed = sqlite3_column_int64(st, 1);
	r->key = sqlite3_column_int64(st, 2);
	r->feed_name = column_copy(st, 3, mem);
	r->found = sqlite3_column_int64(st, 4);
	r->changed = sqlite3_column_int64(st, 5);
	article_init(a);
	a->published = column_time(st, 6);
	a->updated = column_time(st, 7);
	a->id = column_copy(st, 8, mem);
	a->title = column_copy(st, 9, mem);
	a->link = column_copy(st, 10, mem);
	a->author = column_copy(st, 11, mem);
	a->summary = column_copy(st, 12, mem);
	a->content = column_copy(st, 13, mem);
	a->lang = column_copy(st, 14, mem);
	wire_init(&w, sqlite3_column_blob(st, 15),
	    (size_t)sqlite3_column_bytes(st, 15));
	a->categories = wire_get_strs(&w, mem, &a->ncategories,
	    ARTICLE_LIST_MAX);
	a->enclosures = wire_get_strs(&w, mem, &a->nenclosures,
	    ARTICLE_LIST_MAX);
}

int
store_article_get(struct store *s, int64_t id, struct arena *mem,
    struct store_article *a, struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_ARTICLE_GET, err);
	int rc;

	if (st == NULL)
		return -1;
	stmt_bind(st, "i", id);
	if ((rc = stmt_step(s, st, err)) == 1)
		read_article(st, mem, a);
	sqlite3_reset(st);
	return rc;
}

int
store_article_list(struct store *s, int64_t since, int64_t after, size_t max,
    struct arena *mem, struct store_article **list, size_t *n,
    struct error *err)
{
	sqlite3_stmt *st = stmt_use(s, STMT_ARTICLE_LIST, err);
	int rc;

	if (st == NULL)
		return -1;
	*list = arena_alloc(mem, max * sizeof(**list));
	*n = 0;
	stmt_bind(st, "iii", since, after, (int64_t)max);
	while ((rc = stmt_step(s, st, err)) == 1 && *n < max)
		read_article(st, mem, &(*list)[(*n)++]);
	sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}
