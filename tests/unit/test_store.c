/* store: one transaction, a restart, entries, alerts, deliveries, retention. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "article/evidence.h"
#include "store/deliveries.h"
#include "store/feeds.h"
#include "store/store.h"

#define DAY	86400
#define T0	((int64_t)20000 * DAY)

struct box {
	char		 folder[64];
	struct store	*store;
	struct arena	 mem;
	struct error	 err;
};

#define OK(b, call) do {						\
	if ((call) < 0)							\
		fail_msg("%s: %s", #call, (b)->err.text);		\
} while (0)

static void
reopen(struct box *b)
{
	store_close(b->store);
	OK(b, store_open(b->folder, &b->store, &b->err));
}

static int
setup(void **state)
{
	struct box *b = calloc(1, sizeof(*b));

	snprintf(b->folder, sizeof(b->folder), "/tmp/test_store.XXXXXX");
	assert_non_null(mkdtemp(b->folder));
	arena_init(&b->mem);
	reopen(b);
	*state = b;
	return 0;
}

static void
remove_folder(const char *folder)
{
	DIR *d = opendir(folder);
	struct dirent *e;
	char path[512];

	while (d != NULL && (e = readdir(d)) != NULL) {
		snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		unlink(path);
	}
	if (d != NULL)
		closedir(d);
	rmdir(folder);
}

static int
teardown(void **state)
{
	struct box *b = *state;

	store_close(b->store);
	arena_free(&b->mem);
	remove_folder(b->folder);
	free(b);
	return 0;
}

static int64_t
add_feed(struct box *b, const char *name)
{
	struct store_feed f = { .name = name, .url = "https://example.org/f",
	    .etag = "\"1\"", .next_due = T0 + 900, .title = "A feed" };

	OK(b, store_feed_put(b->store, &f, &b->err));
	assert_true(f.id > 0);
	return f.id;
}

static int64_t
add_article(struct box *b, int64_t feed, int64_t key, int64_t version,
    const char *title, int64_t now)
{
	const char *cats[] = { "chips", "markets" };
	struct article a;
	int64_t id;

	article_init(&a);
	a.title = title;
	a.link = "https://example.org/a";
	a.content = "Body.";
	a.published = now - 60;
	a.categories = cats;
	a.ncategories = 2;
	OK(b, store_article_put(b->store, feed, key, version, &a, now, &id,
	    &b->err));
	return id;
}

static int64_t
add_alert(struct box *b, const char *rule, int64_t feed, int64_t key,
    int64_t article, int64_t now, enum store_fate fate)
{
	struct store_alert a = { .rule = rule, .rule_text = "when", .feed = feed,
	    .key = key, .article = article, .found = now, .fate = fate,
	    .evidence = "evid\0nce", .evidence_len = 8, .priority = 1 };
	int rc = store_alert_add(b->store, &a, &b->err);

	OK(b, rc);
	return rc == 1 ? a.id : 0;
}

static int64_t
add_delivery(struct box *b, const char *id, int64_t alert,
    const char *notifier, const char *recipient)
{
	struct store_delivery d = { .id = id, .alert = alert,
	    .notifier = notifier, .recipient = recipient, .created = T0,
	    .next_at = T0, .priority = 2 };

	OK(b, store_delivery_add(b->store, &d, &b->err));
	return d.row;
}

static void
a_transaction_is_all_or_nothing(void **state)
{
	struct box *b = *state;
	struct store_feed f;
	struct store_alert_row row;
	enum store_entry_state entry;
	int64_t feed, article, alert;

	OK(b, store_begin(b->store, &b->err));
	feed = add_feed(b, "wire");
	article = add_article(b, feed, 7, 1, "One", T0);
	alert = add_alert(b, "r", feed, 7, article, T0, STORE_ROUTED);
	add_delivery(b, "d1", alert, "desk", "");
	store_rollback(b->store);
	assert_int_equal(store_feed_get(b->store, "wire", &b->mem, &f,
	    &b->err), 0);
	assert_int_equal(store_alert_get(b->store, alert, &b->mem, &row,
	    &b->err), 0);

	OK(b, store_begin(b->store, &b->err));
	feed = add_feed(b, "wire");
	article = add_article(b, feed, 7, 1, "One", T0);
	alert = add_alert(b, "r", feed, 7, article, T0, STORE_ROUTED);
	add_delivery(b, "d1", alert, "desk", "");
	OK(b, store_commit(b->store, &b->err));
	reopen(b);
	assert_int_equal(store_feed_get(b->store, "wire", &b->mem, &f,
	    &b->err), 1);
	assert_string_equal(f.etag, "\"1\"");
	assert_int_equal(f.next_due, T0 + 900);
	assert_int_equal(store_alert_get(b->store, alert, &b->mem, &row,
	    &b->err), 1);
	assert_string_equal(row.title, "One");
	assert_int_equal(row.pending, 1);
	OK(b, store_entry_check(b->store, feed, 7, 1, T0, &entry, &b->err));
	assert_int_equal(entry, STORE_ENTRY_KNOWN);
}

static void
begin_and_commit_are_checked(void **state)
{
	struct box *b = *state;

	assert_int_equal(store_commit(b->store, &b->err), -1);
	OK(b, store_begin(b->store, &b->err));
	assert_int_equal(store_begin(b->store, &b->err), -1);
	store_rollback(b->store);
	store_rollback(b->store);
	assert_int_equal(store_health(b->store), STORE_OK);
}

static void
a_second_daemon_is_refused(void **state)
{
	struct box *b = *state;
	struct store *second = NULL;
	char instance[64];

	assert_int_equal(store_open(b->folder, &second, &b->err), -1);
	assert_null(second);
	assert_non_null(strstr(b->err.text, "in use by another newsalertd"));
	snprintf(instance, sizeof(instance), "%s", store_instance(b->store));
	assert_int_equal(strlen(instance), 36);
	reopen(b);
	assert_string_equal(instance, store_instance(b->store));
}

static void
entries_are_new_then_known_then_changed(void **state)
{
	struct box *b = *state;
	int64_t feed = add_feed(b, "wire"), other = add_feed(b, "other");
	struct store_article a;
	enum store_entry_state e;
	int64_t id, again;

	OK(b, store_entry_check(b->store, feed, -5, 1, T0, &e, &b->err));
	assert_int_equal(e, STORE_ENTRY_NEW);
	id = add_article(b, feed, -5, 1, "Old title", T0);
	OK(b, store_entry_check(b->store, feed, -5, 1, T0, &e, &b->err));
	assert_int_equal(e, STORE_ENTRY_KNOWN);
	OK(b, store_entry_check(b->store, other, -5, 1, T0, &e, &b->err));
	assert_int_equal(e, STORE_ENTRY_NEW);
	OK(b, store_entry_check(b->store, feed, -5, 2, T0, &e, &b->err));
	assert_int_equal(e, STORE_ENTRY_CHANGED);
	again = add_article(b, feed, -5, 2, "New title", T0 + 5);
	assert_int_equal(id, again);
	OK(b, store_entry_check(b->store, feed, -5, 2, T0, &e, &b->err));
	assert_int_equal(e, STORE_ENTRY_KNOWN);
	assert_int_equal(store_article_get(b->store, id, &b->mem, &a,
	    &b->err), 1);
	assert_string_equal(a.article.title, "New title");
	assert_string_equal(a.feed_name, "wire");
	assert_int_equal(a.found, T0);
	assert_int_equal(a.changed, T0 + 5);
	assert_int_equal(a.article.published, T0 - 55);
	assert_true(a.article.updated == ARTICLE_NO_TIME);
	assert_int_equal(a.article.ncategories, 2);
	assert_string_equal(a.article.categories[1], "markets");
}

static void
a_text_that_an_alert_shows_stays(void **state)
{
	struct box *b = *state;
	int64_t feed = add_feed(b, "wire"), old, new, row;
	struct store_parcel p;
	struct store_article a;

	old = add_article(b, feed, 1, 1, "Shares fell 12%", T0);
	row = add_delivery(b, "aaaa", add_alert(b, "r", feed, 1, old, T0,
	    STORE_ROUTED), "desk", "");
	new = add_article(b, feed, 1, 2, "Shares rose after all", T0 + 9);
	assert_true(new != old);
	assert_int_equal(store_delivery_load(b->store, row, &b->mem, &p,
	    &b->err), 1);
	assert_string_equal(p.article.article.title, "Shares fell 12%");
	/* The new text is the entry's now, and free to change. */
	assert_int_equal(add_article(b, feed, 1, 3, "Third", T0 + 10), new);
	assert_int_equal(store_article_get(b->store, new, &b->mem, &a,
	    &b->err), 1);
	assert_string_equal(a.article.title, "Third");
}

static void
articles_are_listed_in_pages(void **state)
{
	struct box *b = *state;
	int64_t feed = add_feed(b, "wire"), after = 0;
	struct store_article *list;
	size_t n, seen = 0;

	for (int i = 0; i < 25; i++)
		add_article(b, feed, i, 1, "T", T0 + i);
	do {
		OK(b, store_article_list(b->store, T0 + 5, after, 8, &b->mem,
		    &list, &n, &b->err));
		for (size_t i = 0; i < n; i++)
			assert_int_equal(list[i].found, T0 + 5 + (int)seen++);
		after = n > 0 ? list[n - 1].id : after;
	} while (n > 0);
	assert_int_equal(seen, 20);
}

static void
a_rule_alerts_once_for_an_article_for_ever(void **state)
{
	struct box *b = *state;
	int64_t feed = add_feed(b, "wire"), article, id;
	int64_t rest = 40 * DAY;

	article = add_article(b, feed, 1, 1, "One", T0);
	id = add_alert(b, "r", feed, 1, article, T0, STORE_ROUTED);
	assert_true(id > 0);
	assert_int_equal(add_alert(b, "r", feed, 1, article, T0,
	    STORE_ROUTED), 0);
	assert_true(add_alert(b, "s", feed, 1, article, T0,
	    STORE_ROUTED) > 0);
	/* Also with another text, after a restart, after the retention. */
	add_article(b, feed, 1, 2, "Two", T0 + 60);
	reopen(b);
	assert_int_equal(store_alert_exists(b->store, "r", feed, 1, &b->err),
	    1);
	while (store_prune_step(b->store, T0 + rest, 30 * DAY, 10,
	    &b->err) == 1)
		;
	assert_int_equal(add_alert(b, "r", feed, 1, 0, T0 + rest,
	    STORE_ROUTED), 0);
}

static int
count_rows(const struct store_delivery *d, void *arg)
{
	int64_t *rows = arg;

	rows[rows[0] + 1] = d->row;
	rows[0]++;
	return 0;
}

static void
deliveries_live_as_the_picture_says(void **state)
{
	struct box *b = *state;
	int64_t feed = add_feed(b, "wire"), alert, r1, r2, rows[10] = { 0 };
	struct store_delivery d;
	struct store_attempt *tries;
	struct store_parcel p;
	int64_t count;
	size_t n;

	alert = add_alert(b, "r", feed, 1, add_article(b, feed, 1, 1, "One",
	    T0), T0, STORE_ROUTED);
	r1 = add_delivery(b, "aaaa", alert, "desk", "x@example.org");
	r2 = add_delivery(b, "bbbb", alert, "desk", "y@example.org");
	assert_int_equal(add_delivery(b, "aaaa", alert, "desk", ""), r1);

	/* A crash while it was being sent: pending again. */
	OK(b, store_delivery_sending(b->store, r1, &b->err));
	assert_int_equal(store_delivery_get(b->store, "aaaa", &b->mem, &d,
	    &b->err), 1);
	assert_int_equal(d.state, STORE_SENDING);
	reopen(b);
	OK(b, store_delivery_each_pending(b->store, count_rows, rows,
	    &b->err));
	assert_int_equal(rows[0], 2);
	assert_int_equal(rows[1], r1);

	OK(b, store_delivery_result(b->store, r1, STORE_OUTCOME_RETRY,
	    "421 later", T0 + 300, T0, &b->err));
	OK(b, store_delivery_result(b->store, r1, STORE_OUTCOME_DONE, "", 0,
	    T0 + 300, &b->err));
	OK(b, store_delivery_result(b->store, r2, STORE_OUTCOME_DEAD,
	    "550 no such user", 0, T0 + 10, &b->err));
	/* A late answer changes nothing. */
	OK(b, store_delivery_result(b->store, r1, STORE_OUTCOME_RETRY, "late",
	    T0, T0 + 400, &b->err));
	assert_int_equal(store_delivery_load(b->store, r1, &b->mem, &p,
	    &b->err), 1);
	assert_int_equal(p.delivery.state, STORE_DONE);
	assert_int_equal(p.delivery.attempts, 2);
	assert_string_equal(p.delivery.recipient, "x@example.org");
	assert_int_equal(p.alert.evidence_len, 8);
	assert_memory_equal(p.alert.evidence, "evid\0nce", 8);
	assert_string_equal(p.article.article.title, "One");
	assert_string_equal(p.feed_title, "A feed");
	OK(b, store_delivery_attempts(b->store, r1, &b->mem, &tries, &n,
	    &b->err));
	assert_int_equal(n, 2);
	assert_string_equal(tries[0].reason, "421 later");
	assert_int_equal(tries[1].outcome, STORE_OUTCOME_DONE);

	/* A dead letter comes back on request, with a fresh age. */
	memset(rows, 0, sizeof(rows));
	OK(b, store_delivery_retry(b->store, NULL, NULL, T0 + 9000,
	    count_rows, rows, &count, &b->err));
	assert_int_equal(count, 1);
	assert_int_equal(rows[1], r2);
	assert_int_equal(store_delivery_get(b->store, "bbbb", &b->mem, &d,
	    &b->err), 1);
	assert_int_equal(d.state, STORE_PENDING);
	assert_int_equal(d.since, T0 + 9000);
	assert_int_equal(d.created, T0);
	OK(b, store_delivery_retry(b->store, "aaaa", NULL, T0, NULL, NULL,
	    &count, &b->err));
	assert_int_equal(count, 0);
}

static void
a_notifier_that_is_gone_leaves_dead_letters(void **state)
{
	struct box *b = *state;
	const char *who[] = { "x@example.org" };
	struct store_target both[] = { { .notifier = "desk",
	    .recipients = who, .nrecipients = 1 }, { .notifier = "ops" } };
	int64_t feed = add_feed(b, "wire"), alert, aside, offered, count;
	struct store_delivery_filter f = { .failed = true, .max = 10 };
	struct store_delivery_count *counts;
	struct store_delivery *list;
	size_t n;

	alert = add_alert(b, "r", feed, 1, add_article(b, feed, 1, 1, "One",
	    T0), T0, STORE_ROUTED);
	add_delivery(b, "aaaa", alert, "desk", "x@example.org");
	add_delivery(b, "bbbb", alert, "desk", "y@example.org");
	add_delivery(b, "cccc", alert, "ops", "");
	OK(b, store_delivery_reconcile(b->store, both, 2, &aside, &offered,
	    &b->err));
	assert_int_equal(aside, 1);
	OK(b, store_delivery_reconcile(b->store, both, 1, &aside, &offered,
	    &b->err));
	assert_int_equal(aside, 1);
	OK(b, store_delivery_list(b->store, &f, &b->mem, &list, &n, &b->err));
	assert_int_equal(n, 2);
	assert_string_equal(list[0].id, "cccc");
	assert_non_null(strstr(list[0].reason, "not in the configuration"));
	assert_true(list[0].gone);
	/* Who is not there cannot be tried again. */
	OK(b, store_delivery_retry(b->store, NULL, NULL, T0, NULL, NULL,
	    &count, &b->err));
	assert_int_equal(count, 0);
	OK(b, store_delivery_reconcile(b->store, both, 2, &aside, &offered,
	    &b->err));
	assert_int_equal(aside, 0);
	assert_int_equal(offered, 1);		/* y@ is still not there */
	OK(b, store_delivery_retry(b->store, NULL, "ops", T0, NULL, NULL,
	    &count, &b->err));
	assert_int_equal(count, 1);
	OK(b, store_delivery_counts(b->store, &b->mem, &counts, &n, &b->err));
	assert_int_equal(n, 2);
	assert_string_equal(counts[0].notifier, "desk");
	assert_int_equal(counts[0].pending, 1);
	assert_int_equal(counts[0].dead, 1);
	assert_int_equal(counts[1].pending, 1);
	assert_int_equal(counts[1].oldest, T0);
}

static void
the_same_news_is_recognised(void **state)
{
	static const struct { const char *a, *b; int same; } links[] = {
		{ "https://www.Example.org/x/?utm_source=rss#top",
		  "http://example.org:80/x", 1 },
		{ "https://example.org/x?id=1", "https://example.org/x?id=2", 0 },
		{ "https://example.org/x?id=1&fbclid=9",
		  "https://example.org/x?gclid=4&id=1", 1 },
		{ "https://example.org/X", "https://example.org/x", 0 },
		{ "https://example.org/#!/a", "https://example.org/#!/b", 0 },
	};
	struct box *b = *state;
	struct evidence e = { .sentence = "NVIDIA shares dropped 12%" };
	struct store_likeness one, two;
	int64_t wire, other, id;
	struct store_alert a = { .rule = "r", .rule_text = "", .key = 1,
	    .found = T0, .evidence = "" };

	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		store_likeness(links[i].a, "", &e, &one);
		store_likeness(links[i].b, "", &e, &two);
		assert_true(one.link_key != 0);
		assert_int_equal(one.link_key == two.link_key, links[i].same);
	}
	store_likeness("https://example.org/", "", &e, &one);
	assert_true(one.link_key == 0 && one.title_key == 0);

	wire = add_feed(b, "wire");
	other = add_feed(b, "other");
	store_likeness("https://example.org/x", "Chips fall", &e, &one);
	a.feed = wire;
	a.link_key = one.link_key;
	a.title_key = one.title_key;
	assert_int_equal(store_alert_add(b->store, &a, &b->err), 1);
	/* The link counts in another feed only, and for the same rule. */
	store_likeness("http://example.org/x/", "Other words", &e, &two);
	OK(b, store_alert_like(b->store, "r", other, &two, T0, &id, &b->err));
	assert_int_equal(id, a.id);
	OK(b, store_alert_like(b->store, "r", wire, &two, T0, &id, &b->err));
	assert_int_equal(id, 0);
	OK(b, store_alert_like(b->store, "s", other, &two, T0, &id, &b->err));
	assert_int_equal(id, 0);
	/* Title and evidence count for a day. */
	store_likeness("https://example.com/y", "CHIPS: fall", &e, &two);
	OK(b, store_alert_like(b->store, "r", other, &two, T0 + DAY - 1, &id,
	    &b->err));
	assert_int_equal(id, a.id);
	OK(b, store_alert_like(b->store, "r", other, &two, T0 + DAY + 1, &id,
	    &b->err));
	assert_int_equal(id, 0);
	e.sentence = "NVIDIA shares dropped 2%";
	store_likeness("https://example.com/y", "Chips fall", &e, &two);
	assert_true(two.title_key != one.title_key);
}

static void
what_is_held_back_is_counted_and_shown(void **state)
{
	struct box *b = *state;
	int64_t feed = add_feed(b, "wire");
	struct store_rule_recent recent;
	struct store_rule_counts counts;
	struct store_silence *silences;
	struct store_alert_row *rows;
	struct store_alert dup = { .rule = "r", .rule_text = "", .feed = feed,
	    .key = 9, .found = T0, .fate = STORE_DUPLICATE, .evidence = "" };
	size_t n;

	dup.duplicate_of = add_alert(b, "r", feed, 1, 0, T0 - 1800,
	    STORE_ROUTED);
	add_alert(b, "r", feed, 2, 0, T0 - 2 * DAY, STORE_ROUTED);
	add_alert(b, "r", feed, 3, 0, T0 - 20 * DAY, STORE_COOLDOWN);
	add_alert(b, "r", feed, 4, 0, T0 - 40 * DAY, STORE_ROUTED);
	assert_int_equal(store_alert_add(b->store, &dup, &b->err), 1);
	OK(b, store_silence_put(b->store, "", T0 + 600, T0, &b->err));
	add_alert(b, "r", feed, 5, 0, T0, STORE_SILENCED);
	OK(b, store_rule_recent(b->store, "r", T0, 5, &recent, &b->err));
	assert_int_equal(recent.last, T0 - 1800);
	assert_int_equal(recent.last_hour, 1);
	OK(b, store_rule_recent(b->store, "r", T0, 0, &recent, &b->err));
	assert_int_equal(recent.last_hour, 0);
	OK(b, store_rule_counts(b->store, "r", T0, &counts, &b->err));
	assert_int_equal(counts.day, 3);
	assert_int_equal(counts.week, 4);
	assert_int_equal(counts.month, 5);
	assert_int_equal(counts.last, T0);
	assert_int_equal(counts.held[STORE_COOLDOWN], 1);
	assert_int_equal(counts.held[STORE_DUPLICATE], 1);
	OK(b, store_alert_duplicates(b->store, dup.duplicate_of, &b->mem,
	    &rows, &n, &b->err));
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].alert.key, 9);
	OK(b, store_silence_list(b->store, T0, &b->mem, &silences, &n,
	    &b->err));
	assert_int_equal(n, 1);
	assert_int_equal(silences[0].held, 1);
	OK(b, store_silence_put(b->store, "", 0, T0, &b->err));
	OK(b, store_silence_list(b->store, T0, &b->mem, &silences, &n,
	    &b->err));
	assert_int_equal(n, 0);
	OK(b, store_alert_list(b->store, "r", T0 - DAY, 0, 10, &b->mem, &rows,
	    &n, &b->err));
	assert_int_equal(n, 3);
	OK(b, store_alert_list(b->store, NULL, 0, dup.duplicate_of, 2,
	    &b->mem, &rows, &n, &b->err));
	assert_int_equal(n, 2);
	assert_int_equal(rows[0].alert.key, 5);
}

static bool
add_name(const struct store_feed *f, void *arg)
{
	strcat(arg, f->name);
	return strcmp(f->name, "wire") == 0;
}

static int
find_host(const struct store_host *h, void *arg)
{
	*(int64_t *)arg += h->hold_until;
	assert_string_equal(h->reason, "429");
	return 0;
}

static void
feeds_and_hosts_keep_their_state(void **state)
{
	struct box *b = *state;
	struct store_feed f = { .name = "wire", .url = "u2", .config_url = "u",
	    .etag = "W/\"\xff\"", .last_modified = "then", .next_due = 1,
	    .last_poll = 2, .last_ok = 3, .last_new = 4, .interval = 5,
	    .errors = 6, .outcome = "dns", .error = "no", .redirect = "r",
	    .redirect_since = 7, .redirect_count = 8, .fresh_until = 9,
	    .hold_until = 10, .ttl = 11, .update_period = 12, .skip_hours = 13,
	    .skip_days = 14, .known = true, .gone = true, .title = "t",
	    .link = "l", .format = "rss-2.0", .polls = 15, .not_modified = 16,
	    .articles = 17, .extra = "\1\0\2", .extra_len = 3 }, g;
	struct store_host h = { .name = "example.org", .hold_until = 99,
	    .reason = "429", .updated = T0 };
	struct store_poll p = { .outcome = "ok", .status = 200, .fresh = 2 };
	struct store_poll *polls;
	char names[64] = "";
	int64_t sum = 0, first;
	size_t n;

	first = add_feed(b, "wire");
	OK(b, store_feed_put(b->store, &f, &b->err));
	assert_int_equal(f.id, first);
	add_feed(b, "a");
	OK(b, store_host_put(b->store, &h, &b->err));
	for (int i = 0; i < STORE_POLLS + 3; i++) {
		p.at = T0 + i * 3600;
		OK(b, store_feed_polled(b->store, &f, &p, &b->err));
	}
	reopen(b);
	assert_int_equal(store_feed_get(b->store, "wire", &b->mem, &g,
	    &b->err), 1);
	assert_string_equal(g.config_url, "u");
	assert_string_equal(g.etag, "W/\"\xff\"");
	assert_string_equal(g.outcome, "dns");
	assert_string_equal(g.redirect, "r");
	assert_string_equal(g.format, "rss-2.0");
	assert_int_equal(g.next_due + g.last_poll + g.last_ok + g.last_new, 10);
	assert_int_equal(g.interval, 5);
	assert_int_equal(g.errors, 6);
	assert_int_equal(g.redirect_since + g.redirect_count, 15);
	assert_int_equal(g.fresh_until, 9);
	assert_int_equal(g.hold_until, 10);
	assert_int_equal(g.ttl + g.update_period, 23);
	assert_int_equal(g.skip_hours, 13);
	assert_int_equal(g.skip_days, 14);
	assert_true(g.known && g.gone);
	assert_int_equal(g.polls, 15);
	assert_int_equal(g.not_modified, 16);
	assert_int_equal(g.articles, 17);
	assert_int_equal(g.extra_len, 3);
	assert_memory_equal(g.extra, "\1\0\2", 3);
	OK(b, store_feed_each(b->store, add_name, names, &b->err));
	assert_string_equal(names, "wirea");
	OK(b, store_host_each(b->store, find_host, &sum, &b->err));
	assert_int_equal(sum, 99);
	OK(b, store_poll_list(b->store, f.id, &b->mem, &polls, &n, &b->err));
	assert_int_equal(n, STORE_POLLS);
	assert_int_equal(polls[0].at, p.at);
	assert_int_equal(polls[n - 1].at, T0 + 3 * 3600);
	/* 43 polls of 2 new articles, one an hour: all within seven days. */
	assert_in_range(store_feed_weekly(&g, p.at), 60, 86);
	assert_int_equal(store_feed_weekly(&g, p.at + 15 * DAY), 0);
	f.id = 12345;
	assert_int_equal(store_feed_polled(b->store, &f, &p, &b->err), -1);
}

/* A poll that changed nothing is a short write; it is there after a restart,
   and not after a rollback. */
static void
a_quiet_poll_is_kept_with_its_transaction(void **state)
{
	struct box *b = *state;
	struct store_poll p = { .at = T0 + 900, .outcome = "not-modified",
	    .status = 304, .elapsed_ms = 7 };
	struct store_poll *polls;
	struct store_feed f, g;
	size_t n;

	add_feed(b, "wire");
	assert_int_equal(store_feed_get(b->store, "wire", &b->mem, &f,
	    &b->err), 1);
	for (int i = 0; i < 4; i++) {
		f.next_due = p.at + 900;
		f.last_poll = f.last_ok = p.at;
		f.outcome = "not-modified";
		f.polls++;
		f.not_modified++;
		f.extra = i < 2 ? "\1a" : "\1bc";
		f.extra_len = i < 2 ? 2 : 3;
		if (i == 3)
			OK(b, store_begin(b->store, &b->err));
		OK(b, store_feed_polled(b->store, &f, &p, &b->err));
		p.at += 900;
	}
	assert_int_equal(store_feed_get(b->store, "wire", &b->mem, &g,
	    &b->err), 1);
	assert_int_equal(g.polls, 4);
	store_rollback(b->store);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(store_feed_get(b->store, "wire", &b->mem, &g,
		    &b->err), 1);
		assert_int_equal(g.polls, 3);
		assert_int_equal(g.not_modified, 3);
		assert_int_equal(g.next_due, T0 + 3600);
		assert_int_equal(g.last_poll + g.last_ok, 2 * (T0 + 2700));
		assert_string_equal(g.outcome, "not-modified");
		assert_int_equal(g.extra_len, 3);
		assert_memory_equal(g.extra, "\1bc", 3);
		OK(b, store_poll_list(b->store, g.id, &b->mem, &polls, &n,
		    &b->err));
		assert_int_equal(n, 3);
		assert_int_equal(polls[0].at, T0 + 2700);
		assert_int_equal(polls[2].at, T0 + 900);
		assert_int_equal(polls[2].elapsed_ms, 7);
		reopen(b);
	}
	/* New validators and no outcome of its own: the whole row. */
	g.etag = "\"2\"";
	OK(b, store_feed_polled(b->store, &g, &p, &b->err));
	reopen(b);
	assert_int_equal(store_feed_get(b->store, "wire", &b->mem, &g,
	    &b->err), 1);
	assert_string_equal(g.etag, "\"2\"");
}

/* A row that is too long to stay in memory is read for each poll. */
static void
a_long_history_is_kept(void **state)
{
	struct box *b = *state;
	char error[256];
	struct store_poll *polls, p = { .at = T0, .outcome = "connect",
	    .error = error };
	struct store_feed f;
	size_t n;

	add_feed(b, "wire");
	for (int i = 0; i < STORE_POLLS + 5; i++) {
		snprintf(error, sizeof(error), "%200d", i);
		assert_int_equal(store_feed_get(b->store, "wire", &b->mem, &f,
		    &b->err), 1);
		assert_int_equal(f.polls, i);
		f.polls++;
		p.at += 900;
		OK(b, store_feed_polled(b->store, &f, &p, &b->err));
	}
	OK(b, store_poll_list(b->store, f.id, &b->mem, &polls, &n, &b->err));
	assert_int_equal(n, STORE_POLLS);
	assert_int_equal(polls[0].at, p.at);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(strtol(polls[i].error, NULL, 10),
		    STORE_POLLS + 4 - i);
}

static void
retention_spares_what_is_still_to_be_delivered(void **state)
{
	struct box *b = *state;
	int64_t feed = add_feed(b, "wire"), now = T0 + 31 * DAY;
	int64_t article[4], alert[4], row[4];
	const char *ids[] = { "a", "b", "c", "d" };
	struct store_article a;
	struct store_alert_row r;
	struct store_size size;
	enum store_entry_state e;
	int steps = 0, rc;

	for (int i = 0; i < 4; i++) {
		article[i] = add_article(b, feed, i, 1, "T", T0 + i);
		alert[i] = add_alert(b, "r", feed, i, article[i], T0,
		    STORE_ROUTED);
		row[i] = add_delivery(b, ids[i], alert[i], "desk", "");
	}
	OK(b, store_delivery_result(b->store, row[0], STORE_OUTCOME_DONE, "",
	    0, T0, &b->err));
	OK(b, store_delivery_result(b->store, row[1], STORE_OUTCOME_DEAD, "no",
	    0, T0, &b->err));
	add_article(b, feed, 77, 1, "Young", now - 5);
	do {
		rc = store_prune_step(b->store, now, 30 * DAY, 2, &b->err);
		OK(b, rc);
		assert_true(++steps < 100);
	} while (rc == 1);
	assert_true(steps > 3);
	assert_int_equal(store_article_get(b->store, article[0], &b->mem, &a,
	    &b->err), 0);
	for (int i = 1; i < 4; i++)
		assert_int_equal(store_article_get(b->store, article[i],
		    &b->mem, &a, &b->err), 1);
	assert_int_equal(store_alert_get(b->store, alert[0], &b->mem, &r,
	    &b->err), 1);
	assert_int_equal(r.alert.article, 0);
	assert_int_equal(r.deliveries, 0);
	OK(b, store_size(b->store, &size, &b->err));
	assert_int_equal(size.oldest_article, T0 + 1);
	assert_int_equal(size.alerts, 4);
	assert_true(size.bytes > 4096);
	/* The article went, the entry is remembered. */
	OK(b, store_entry_check(b->store, feed, 0, 1, now, &e, &b->err));
	assert_int_equal(e, STORE_ENTRY_KNOWN);
	add_article(b, feed, 0, 2, "Again", now);

	/* Two years on nothing is left but what is pending. */
	now = T0 + 800 * DAY;
	OK(b, store_delivery_result(b->store, row[2], STORE_OUTCOME_DONE, "",
	    0, T0, &b->err));
	do {
		rc = store_prune_step(b->store, now, 30 * DAY, 2, &b->err);
		OK(b, rc);
	} while (rc == 1);
	OK(b, store_entry_check(b->store, feed, 0, 1, now, &e, &b->err));
	assert_int_equal(e, STORE_ENTRY_NEW);
	for (int i = 0; i < 4; i++)
		assert_int_equal(store_alert_get(b->store, alert[i], &b->mem,
		    &r, &b->err), i == 3);
}

/* Articles are looked at in order up to the first young one. */
static void
a_clock_that_was_ahead_holds_no_retention_up(void **state)
{
	struct box *b = *state;
	int64_t feed = add_feed(b, "wire"), now = T0 + 31 * DAY, article[4];
	const int64_t found[] = { T0 + 4000 * DAY, T0, T0 + 2 * DAY, T0 };
	const int left[] = { 1, 0, 1, 1 };
	struct store_article a;
	struct store_size size;

	for (int i = 0; i < 4; i++)
		article[i] = add_article(b, feed, i, 1, "T", found[i]);
	while (store_prune_step(b->store, now, 30 * DAY, 2, &b->err) == 1)
		;
	for (int i = 0; i < 4; i++)
		assert_int_equal(store_article_get(b->store, article[i],
		    &b->mem, &a, &b->err), left[i]);
	OK(b, store_size(b->store, &size, &b->err));
	assert_int_equal(size.articles, 3);
	/* The last was found while the clock was behind: the young one ages. */
	now += 2 * DAY;
	while (store_prune_step(b->store, now, 30 * DAY, 2, &b->err) == 1)
		;
	for (int i = 0; i < 4; i++)
		assert_int_equal(store_article_get(b->store, article[i],
		    &b->mem, &a, &b->err), i == 0);
	OK(b, store_size(b->store, &size, &b->err));
	assert_int_equal(size.articles, 1);
}

static void
a_touched_entry_is_remembered_longer(void **state)
{
	struct box *b = *state;
	int64_t feed = add_feed(b, "wire"), now = T0 + 300 * DAY;
	enum store_entry_state e;

	add_article(b, feed, 1, 1, "T", T0);
	add_article(b, feed, 2, 1, "T", T0);
	OK(b, store_entry_check(b->store, feed, 1, 1, now, &e, &b->err));
	now = T0 + 400 * DAY;
	while (store_prune_step(b->store, now, 30 * DAY, 50, &b->err) == 1)
		;
	OK(b, store_entry_check(b->store, feed, 1, 1, now, &e, &b->err));
	assert_int_equal(e, STORE_ENTRY_KNOWN);
	OK(b, store_entry_check(b->store, feed, 2, 1, now, &e, &b->err));
	assert_int_equal(e, STORE_ENTRY_NEW);
}

static const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	T(a_transaction_is_all_or_nothing),
	T(begin_and_commit_are_checked),
	T(a_second_daemon_is_refused),
	T(entries_are_new_then_known_then_changed),
	T(a_text_that_an_alert_shows_stays),
	T(articles_are_listed_in_pages),
	T(a_rule_alerts_once_for_an_article_for_ever),
	T(deliveries_live_as_the_picture_says),
	T(a_notifier_that_is_gone_leaves_dead_letters),
	T(the_same_news_is_recognised),
	T(what_is_held_back_is_counted_and_shown),
	T(feeds_and_hosts_keep_their_state),
	T(a_quiet_poll_is_kept_with_its_transaction),
	T(a_long_history_is_kept),
	T(retention_spares_what_is_still_to_be_delivered),
	T(a_clock_that_was_ahead_holds_no_retention_up),
	T(a_touched_entry_is_remembered_longer),
};

int
main(void)
{
	return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
