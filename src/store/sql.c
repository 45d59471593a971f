#include "store/sql.h"

/*
 * Column lists that several statements share; their readers are in feeds.c,
 * articles.c, alerts.c and deliveries.c, in the same order.
 */
#define FEED	"name, config_url, url, etag, last_modified, last_new, " \
		"errors, error, redirect, redirect_since, redirect_count, " \
		"ttl, update_period, skip_hours, skip_days, known, gone, " \
		"title, link, format, articles, extra"
#define FEED_SET "config_url = ?3, url = ?4, etag = ?5, " \
		"last_modified = ?6, last_new = ?7, errors = ?8, " \
		"error = ?9, redirect = ?10, redirect_since = ?11, " \
		"redirect_count = ?12, ttl = ?13, update_period = ?14, " \
		"skip_hours = ?15, skip_days = ?16, known = ?17, gone = ?18, " \
		"title = ?19, link = ?20, format = ?21, articles = ?22, " \
		"extra = ?23"
#define POLLED	"next_due, last_poll, last_ok, interval, outcome, " \
		"fresh_until, hold_until, polls, not_modified"
#define FEED_READ "SELECT id, " FEED ", " POLLED ", week, this_week, " \
		"last_week, history " \
		"FROM feed JOIN polled ON polled.feed = feed.id "
#define ARTICLE	"a.id, a.feed, a.key, f.name, a.found, a.changed, " \
		"a.published, a.updated, a.entry, a.title, a.link, a.author, " \
		"a.summary, a.content, a.lang, a.lists"
#define ALERT	"SELECT l.id, l.rule, l.rule_text, l.priority, l.feed, " \
		"l.key, l.article, l.found, l.fate, l.duplicate_of, " \
		"l.evidence, l.link_key, l.title_key, f.name, a.title, " \
		"a.link, a.published, " \
		"(SELECT count(*) FROM delivery WHERE alert = l.id), " \
		"(SELECT count(*) FROM delivery WHERE alert = l.id AND state = 2), " \
		"(SELECT count(*) FROM delivery WHERE alert = l.id AND state = 3) " \
		"FROM alert l JOIN feed f ON f.id = l.feed " \
		"LEFT JOIN article a ON a.id = l.article "
#define DELIVERY "SELECT row, id, alert, notifier, recipient, state, " \
		"priority, attempts, created, since, next_at, reason, gone " \
		"FROM delivery "
/* Those that are not done. INDEXED BY where the choice matters and SQLite
   cannot know how many rows there are; "state <> 2" is spelled out since it
   does not conclude it. */
#define OPEN	DELIVERY "INDEXED BY delivery_open WHERE state <> 2 "

const char *const sql_text[STMT_COUNT] = {
[STMT_BEGIN] = "BEGIN IMMEDIATE",
[STMT_COMMIT] = "COMMIT",
[STMT_META_GET] = "SELECT value FROM meta WHERE name = ?1",
[STMT_META_PUT] = "INSERT OR REPLACE INTO meta VALUES (?1, ?2)",

[STMT_FEED_GET] = FEED_READ "WHERE name = ?1",
[STMT_FEED_EACH] = FEED_READ,
[STMT_FEED_PUT] =
    "INSERT INTO feed (id, " FEED ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
    "?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, "
    "?23) ON CONFLICT (name) DO UPDATE SET " FEED_SET " RETURNING id",
[STMT_FEED_CHANGE] =
    "UPDATE feed SET " FEED_SET ", week = ?24, this_week = ?25, "
    "last_week = ?26 WHERE id = ?1",
[STMT_POLLED_PUT] =
    "INSERT INTO polled (feed, " POLLED ", history) VALUES (?1, ?2, ?3, ?4, "
    "?5, ?6, ?7, ?8, ?9, ?10, x'') ON CONFLICT (feed) DO UPDATE SET "
    "next_due = ?2, last_poll = ?3, last_ok = ?4, interval = ?5, "
    "outcome = ?6, fresh_until = ?7, hold_until = ?8, polls = ?9, "
    "not_modified = ?10",
[STMT_POLLED] =
    "REPLACE INTO polled (feed, " POLLED ", history) VALUES (?1, ?2, ?3, ?4, "
    "?5, ?6, ?7, ?8, ?9, ?10, ?11)",
[STMT_FEED_HISTORY] = "SELECT history FROM polled WHERE feed = ?1",
/* Those from before feeds had their history in their own row; slot is where the
   last of them is. */
[STMT_POLL_LIST] =
    "SELECT p.at, p.outcome, p.status, p.items, p.fresh, p.changed, "
    "p.bytes, p.elapsed_ms, p.error FROM poll p JOIN feed f ON f.id = p.feed "
    "WHERE p.feed = ?1 ORDER BY (f.slot - p.slot + ?2) % ?2 LIMIT ?3",
[STMT_POLL_REMOVE] = "DELETE FROM poll WHERE feed = ?1",
[STMT_HOST_PUT] =
    "INSERT OR REPLACE INTO host VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
[STMT_HOST_EACH] =
    "SELECT name, hold_until, reason, spacing_ms, errors, updated FROM host",

[STMT_SEEN_GET] =
    "SELECT version, last FROM seen WHERE feed = ?1 AND key = ?2",
[STMT_SEEN_PUT] = "INSERT INTO seen VALUES (?1, ?2, ?3, ?4, ?5)",
[STMT_SEEN_TOUCH] = "UPDATE seen SET last = ?3 WHERE feed = ?1 AND key = ?2",
[STMT_SEEN_CHANGE] =
    "UPDATE seen SET version = ?3, last = ?4 WHERE feed = ?1 AND key = ?2 "
    "RETURNING article",
[STMT_SEEN_ARTICLE] =
    "UPDATE seen SET article = ?3 WHERE feed = ?1 AND key = ?2",
[STMT_ARTICLE_ADD] =
    "INSERT INTO article VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7, ?8, ?9, ?10, "
    "?11, ?12, ?13, ?14)",
[STMT_ARTICLE_CHANGE] =
    "UPDATE article SET changed = ?4, published = ?5, updated = ?6, "
    "entry = ?7, title = ?8, link = ?9, author = ?10, summary = ?11, "
    "content = ?12, lang = ?13, lists = ?14 "
    "WHERE id = ?1 AND feed = ?2 AND key = ?3",
[STMT_ARTICLE_GET] =
    "SELECT " ARTICLE " FROM article a JOIN feed f ON f.id = a.feed "
    "WHERE a.id = ?1",
[STMT_ARTICLE_LIST] =
    "SELECT " ARTICLE " FROM article a JOIN feed f ON f.id = a.feed "
    "WHERE a.id > ?2 AND a.found >= ?1 ORDER BY a.id LIMIT ?3",

[STMT_ARTICLE_SHOWN] = "SELECT 1 FROM alert WHERE article = ?1 LIMIT 1",

[STMT_ALERT_EXISTS] =
    "SELECT id FROM alert WHERE rule = ?1 AND feed = ?2 AND key = ?3",
[STMT_ALERT_LIKE_LINK] =
    "SELECT id FROM alert INDEXED BY alert_link "
    "WHERE link_key = ?1 AND link_key <> 0 "
    "AND rule = ?2 AND feed <> ?3 AND fate = 0 ORDER BY id LIMIT 1",
[STMT_ALERT_LIKE_TITLE] =
    "SELECT id FROM alert INDEXED BY alert_title "
    "WHERE title_key = ?1 AND title_key <> 0 "
    "AND rule = ?2 AND found > ?3 AND fate = 0 ORDER BY id LIMIT 1",
[STMT_ALERT_ADD] =
    "INSERT INTO alert (rule, rule_text, priority, feed, key, article, "
    "found, fate, duplicate_of, evidence, link_key, title_key) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) "
    "ON CONFLICT (rule, feed, key) DO NOTHING",
[STMT_ALERT_GET] = ALERT "WHERE l.id = ?1",
[STMT_ALERT_LIST] =
    ALERT "WHERE l.id > ?1 AND l.found >= ?2 ORDER BY l.id DESC LIMIT ?3",
[STMT_ALERT_LIST_RULE] =
    ALERT "WHERE l.id > ?1 AND l.found >= ?2 AND l.rule = ?4 "
    "ORDER BY l.found DESC, l.id DESC LIMIT ?3",
[STMT_ALERT_DUPLICATES] =
    ALERT "WHERE l.duplicate_of = ?1 ORDER BY l.id",
[STMT_ALERT_RECENT] =
    "SELECT found FROM alert WHERE rule = ?1 AND found <= ?2 AND fate = 0 "
    "ORDER BY found DESC LIMIT 1",
[STMT_ALERT_HOUR] =
    "SELECT count(*) FROM (SELECT 1 FROM alert WHERE rule = ?1 "
    "AND found > ?2 AND found <= ?3 AND fate = 0 LIMIT ?4)",
[STMT_ALERT_COUNTS] =
    "SELECT count(*) FILTER (WHERE found > ?2), "
    "count(*) FILTER (WHERE found > ?3), count(*), max(found) "
    "FROM alert WHERE rule = ?1 AND found > ?4",
[STMT_ALERT_FATES] =
    "SELECT fate, count(*) FROM alert WHERE rule = ?1 "
    "AND fate IN (0, 1, 2, 3, 4) AND found > ?2 GROUP BY fate",
[STMT_SILENCE_PUT] =
    "INSERT INTO silence VALUES (?1, ?2, ?3, 0) ON CONFLICT (rule) DO UPDATE "
    "SET held = iif(until > ?3, held, 0), "
    "created = iif(until > ?3, created, ?3), until = ?2",
[STMT_SILENCE_END] = "DELETE FROM silence WHERE rule = ?1",
[STMT_SILENCE_LIST] =
    "SELECT rule, until, created, held FROM silence WHERE until > ?1 "
    "ORDER BY rule",
[STMT_SILENCE_COUNT] =
    "UPDATE silence SET held = held + 1 WHERE rule IN (?1, '') "
    "AND until > ?2",

[STMT_DELIVERY_ADD] =
    "INSERT INTO delivery (id, alert, notifier, recipient, state, priority, "
    "attempts, created, since, next_at, reason, gone) "
    "VALUES (?1, ?2, ?3, ?4, 0, ?5, 0, ?6, ?6, ?7, '', 0) "
    "ON CONFLICT (id) DO NOTHING",
[STMT_DELIVERY_ROW] = "SELECT row FROM delivery WHERE id = ?1",
[STMT_DELIVERY_PENDING] =
    OPEN "AND state < 2",
[STMT_DELIVERY_SENDING] =
    "UPDATE delivery SET state = 1 WHERE row = ?1 AND state = 0",
[STMT_DELIVERY_RESULT] =
    "UPDATE delivery SET state = ?2, attempts = attempts + 1, next_at = ?3, "
    "reason = ?4 WHERE row = ?1 AND state IN (0, 1) "
    "RETURNING attempts, notifier",
[STMT_DELIVERY_ASIDE] =
    "UPDATE delivery SET state = 3, reason = ?2, gone = ?3 "
    "WHERE row = ?1 AND state IN (0, 1)",
[STMT_DELIVERY_DEAD_EACH] = OPEN "AND state = 3",
[STMT_DELIVERY_GONE] =
    "UPDATE delivery SET gone = ?2 WHERE row = ?1 AND state = 3",
[STMT_DELIVERY_REVIVE] =
    "SELECT count(*) FROM delivery INDEXED BY delivery_open "
    "WHERE state <> 2 AND state = 3 AND gone = 2",
[STMT_DELIVERY_BY_ROW] = DELIVERY "WHERE row = ?1",
[STMT_DELIVERY_BY_ID] = DELIVERY "WHERE id = ?1",
[STMT_DELIVERY_OF_ALERT] = DELIVERY "WHERE alert = ?1 ORDER BY row",
[STMT_DELIVERY_DEAD] =
    OPEN "AND state = 3 AND gone <> 1 AND (?1 = '' OR id = ?1) "
    "AND (?2 = '' OR notifier = ?2) ORDER BY row",
[STMT_DELIVERY_RESTART] =
    "UPDATE delivery SET state = 0, since = ?2, next_at = ?2, gone = 0 "
    "WHERE row = ?1 AND state = 3",
[STMT_DELIVERY_COUNTS] =
    "SELECT notifier, count(*) FILTER (WHERE state < 2), "
    "count(*) FILTER (WHERE state = 3), min(since) FILTER (WHERE state < 2) "
    "FROM delivery WHERE state <> 2 GROUP BY notifier ORDER BY notifier",
[STMT_DELIVERY_LIST_OPEN] =
    OPEN "AND (?1 = '' OR notifier = ?1) "
    "AND (?2 = 0 OR state = 3 OR reason <> '') ORDER BY row DESC LIMIT ?3",
[STMT_DELIVERY_LIST_ALL] =
    DELIVERY "WHERE (?1 = '' OR notifier = ?1) "
    "AND (?2 = 0 OR state = 3 OR reason <> '') ORDER BY row DESC LIMIT ?3",
[STMT_DELIVERY_REMOVE] = "DELETE FROM delivery WHERE row = ?1",
[STMT_ATTEMPT_REMOVE] = "DELETE FROM attempt WHERE delivery = ?1",
[STMT_ATTEMPT_PUT] =
    "INSERT OR REPLACE INTO attempt VALUES (?1, ?2, ?3, ?4, ?5)",
[STMT_ATTEMPT_LIST] =
    "SELECT at, outcome, reason FROM attempt WHERE delivery = ?1 "
    "ORDER BY at, slot",
[STMT_TALLY_DONE] =
    "INSERT INTO tally VALUES (?1, 1) "
    "ON CONFLICT (notifier) DO UPDATE SET done = done + 1",
[STMT_TALLY_LIST] = "SELECT notifier, done FROM tally ORDER BY notifier",

[STMT_PRUNE_ARTICLES] =
    "SELECT id, found FROM article WHERE id > ?1 ORDER BY id LIMIT ?2",
/* Alerts of an article that still need it. */
[STMT_PRUNE_OPEN] =
    "SELECT count(*) FROM alert l JOIN delivery d ON d.alert = l.id "
    "WHERE l.article = ?1 AND (d.state < 2 OR d.state = 3 AND d.since > ?2)",
[STMT_PRUNE_ATTEMPTS] =
    "DELETE FROM attempt WHERE delivery IN (SELECT d.row FROM delivery d "
    "JOIN alert l ON l.id = d.alert WHERE l.article = ?1)",
[STMT_PRUNE_DELIVERIES] =
    "DELETE FROM delivery WHERE alert IN "
    "(SELECT id FROM alert WHERE article = ?1)",
[STMT_PRUNE_ALERTS] =
    "UPDATE alert SET article = NULL, evidence = x'', link_key = 0, "
    "title_key = 0 WHERE article = ?1",
[STMT_PRUNE_ARTICLE] = "DELETE FROM article WHERE id = ?1",
[STMT_PRUNE_SEEN_SCAN] =
    "SELECT feed, key, last FROM seen WHERE (feed, key) > (?1, ?2) "
    "ORDER BY feed, key LIMIT ?3",
[STMT_PRUNE_SEEN] = "DELETE FROM seen WHERE feed = ?1 AND key = ?2",
[STMT_PRUNE_ALERT_SCAN] =
    "SELECT l.id, l.article IS NULL AND l.found < ?2 AND NOT EXISTS "
    "(SELECT 1 FROM seen s WHERE s.feed = l.feed AND s.key = l.key) "
    "FROM alert l WHERE l.id > ?1 ORDER BY l.id LIMIT ?3",
[STMT_PRUNE_ALERT] = "DELETE FROM alert WHERE id = ?1",
[STMT_PRUNE_HOSTS] = "DELETE FROM host WHERE updated < ?1",
[STMT_PRUNE_SILENCES] = "DELETE FROM silence WHERE until < ?1",
/* Numbers are given in order, so those after ?1 need not be counted. */
[STMT_SIZE_ARTICLES] =
    "SELECT ifnull((SELECT max(id) FROM article) - "
    "(SELECT min(id) FROM article WHERE id > ?1) + 1, 0), "
    "(SELECT found FROM article ORDER BY id LIMIT 1)",
[STMT_SIZE_ALERTS] =
    "SELECT (SELECT count(*) FROM alert), "
    "(SELECT found FROM alert ORDER BY id DESC LIMIT 1)",
};
