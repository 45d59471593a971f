#include <stdlib.h>
#include <string.h>

#include "article/evidence.h"
#include "control/control.h"
#include "daemon/command.h"
#include "daemon/daemon.h"
#include "daemon/notifiers.h"
#include "store/alerts.h"
#include "store/articles.h"
#include "store/deliveries.h"
#include "store/store.h"

#define LIST_MAX 1000
#define ALERTED_MAX 200000
#define PAGE 500
#define PAGE_BYTES (4u << 20)	/* of a page's texts: a line has a limit */

static json_t *
evidence_json(struct command *c, const void *blob, size_t len)
{
	struct evidence e;
	struct wire w;
	struct buf line;
	json_t *o, *parts;

	wire_init(&w, blob, len);
	evidence_get(&w, &c->mem, &e);
	if (!wire_done(&w))
		return json_null();
	parts = json_array();
	for (size_t i = 0; i < e.nparts; i++)
		json_array_append_new(parts, json_pack("{s:s, s:s, s:s, s:i, "
		    "s:i, s:s}", "role", e.parts[i].role, "text",
		    e.parts[i].text, "field", e.parts[i].field, "start",
		    (int)e.parts[i].start, "end", (int)e.parts[i].end, "value",
		    e.parts[i].value));
	buf_init(&line, 1 << 20);
	buf_adds(&line, "");
	evidence_line(&line, &e);
	o = json_pack("{s:s, s:s, s:i, s:i, s:s, s:s, s:o}", "sentence",
	    e.sentence, "field", e.field, "start", (int)e.start, "end",
	    (int)e.end, "line", line.data, "facts", e.facts, "parts", parts);
	buf_clear(&line);
	return o;
}

static json_t *
alert_json(struct command *c, const struct store_alert_row *r)
{
	static const char *const priorities[] = { "low", "normal", "high" };
	const struct store_alert *a = &r->alert;
	int p = a->priority >= 0 && a->priority <= 2 ? a->priority : 1;

	return json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, "
	    "s:o, s:I, s:I, s:I, s:I}", "id", (json_int_t)a->id, "rule",
	    a->rule, "rule_text", a->rule_text, "priority", priorities[p],
	    "fate", store_fate_name(a->fate), "feed", r->feed_name, "title",
	    r->title, "link", r->link, "found", command_time(a->found),
	    "published", command_time(r->published), "evidence",
	    evidence_json(c, a->evidence, a->evidence_len), "deliveries",
	    (json_int_t)r->deliveries, "done", (json_int_t)r->done, "pending",
	    (json_int_t)r->pending, "dead", (json_int_t)r->dead);
}

/* {"since"?, "rule"?, "limit"?} -> {"alerts":[...]} newest first */
json_t *
command_alerts(struct command *c)
{
	int64_t limit = command_number(c, "limit", 100);
	struct store_alert_row *rows;
	struct error err;
	json_t *list;
	size_t n;

	if (limit < 1 || limit > LIST_MAX)
		limit = LIST_MAX;
	if (store_alert_list(c->d->store, command_text(c, "rule"),
	    command_number(c, "since", 0), command_number(c, "after", 0),
	    (size_t)limit, &c->mem, &rows, &n, &err) < 0)
		return control_failed("%s", err.text);
	list = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, alert_json(c, &rows[i]));
	return json_pack("{s:b, s:o}", "ok", 1, "alerts", list);
}

/* {"since"} -> {"alerts":[{"rule","article","title"}]}: for the back-test */
json_t *
command_alerted(struct command *c)
{
	struct store_alert_row *rows;
	struct error err;
	json_t *list;
	size_t n;

	if (store_alert_list(c->d->store, NULL, command_number(c, "since", 0),
	    0, ALERTED_MAX, &c->mem, &rows, &n, &err) < 0)
		return control_failed("%s", err.text);
	list = json_array();
	for (size_t i = 0; i < n; i++)
		if (rows[i].alert.article > 0)
			json_array_append_new(list, json_pack("{s:s, s:I, "
			    "s:s}", "rule", rows[i].alert.rule, "article",
			    (json_int_t)rows[i].alert.article, "title",
			    rows[i].title));
	return json_pack("{s:b, s:o}", "ok", 1, "alerts", list);
}

static json_t *
delivery_json(const struct store_delivery *d)
{
	return json_pack("{s:s, s:I, s:s, s:s, s:s, s:I, s:s, s:o, s:o, s:b}",
	    "id", d->id, "alert", (json_int_t)d->alert, "notifier",
	    d->notifier, "recipient", d->recipient, "state",
	    store_delivery_state_name(d->state), "attempts",
	    (json_int_t)d->attempts, "reason", d->reason, "created",
	    command_time(d->created), "next", d->state == STORE_PENDING ?
	    command_time(d->next_at) : json_null(), "gone", d->gone);
}

static json_t *
attempts_json(struct command *c, int64_t row)
{
	static const char *const outcomes[] = { "done", "retry", "dead" };
	struct store_attempt *attempts;
	json_t *list = json_array();
	size_t n;

	if (store_delivery_attempts(c->d->store, row, &c->mem, &attempts, &n,
	    NULL) < 0)
		return list;
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_pack("{s:o, s:s, s:s}", "at",
		    command_time(attempts[i].at), "outcome",
		    outcomes[attempts[i].outcome], "reason",
		    attempts[i].reason));
	return list;
}

static json_t *
alert_deliveries(struct command *c, int64_t id)
{
	struct store_delivery *rows;
	json_t *list = json_array(), *o;
	size_t n;

	if (store_delivery_of_alert(c->d->store, id, &c->mem, &rows, &n,
	    NULL) < 0)
		return list;
	for (size_t i = 0; i < n; i++) {
		o = delivery_json(&rows[i]);
		json_object_set_new(o, "history", attempts_json(c,
		    rows[i].row));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *
alert_duplicates(struct command *c, int64_t id)
{
	struct store_alert_row *rows;
	json_t *list = json_array();
	size_t n;

	if (store_alert_duplicates(c->d->store, id, &c->mem, &rows, &n,
	    NULL) < 0)
		return list;
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_pack("{s:I, s:s, s:s, s:s, "
		    "s:o}", "id", (json_int_t)rows[i].alert.id, "feed",
		    rows[i].feed_name, "title", rows[i].title, "link",
		    rows[i].link, "found",
		    command_time(rows[i].alert.found)));
	return list;
}

/* {"id"} -> everything about one alert */
json_t *
command_alert(struct command *c)
{
	int64_t id = command_number(c, "id", -1);
	struct store_alert_row row;
	struct store_article article;
	struct error err;
	json_t *o;
	int found = store_alert_get(c->d->store, id, &c->mem, &row, &err);

	if (found < 0)
		return control_failed("%s", err.text);
	if (found == 0)
		return control_failed("there is no alert %lld", (long long)id);
	o = alert_json(c, &row);
	if (store_article_get(c->d->store, row.alert.article, &c->mem,
	    &article, &err) == 1) {
		json_object_set_new(o, "author",
		    json_string(article.article.author));
		json_object_set_new(o, "text",
		    json_string(article_body(&article.article)));
	}
	json_object_set_new(o, "duplicate_of", row.alert.duplicate_of > 0 ?
	    json_integer(row.alert.duplicate_of) : json_null());
	json_object_set_new(o, "duplicates", alert_duplicates(c, id));
	json_object_set_new(o, "attempts", alert_deliveries(c, id));
	return json_pack("{s:b, s:o}", "ok", 1, "alert", o);
}

/* {"notifier"?, "failed"?, "all"?, "limit"?} -> {"deliveries":[...]} */
json_t *
command_deliveries(struct command *c)
{
	struct store_delivery_filter filter = { 0 };
	struct store_delivery *rows;
	struct error err;
	json_t *list;
	size_t n;

	filter.notifier = command_text(c, "notifier");
	filter.failed = command_flag(c, "failed");
	filter.with_done = command_flag(c, "all");
	filter.max = (size_t)command_number(c, "limit", 100);
	if (filter.max < 1 || filter.max > LIST_MAX)
		filter.max = LIST_MAX;
	if (store_delivery_list(c->d->store, &filter, &c->mem, &rows, &n,
	    &err) < 0)
		return control_failed("%s", err.text);
	list = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, delivery_json(&rows[i]));
	return json_pack("{s:b, s:o}", "ok", 1, "deliveries", list);
}

static int
add_retried(const struct store_delivery *d, void *arg)
{
	struct command *c = arg;

	notifiers_add(c->d->notifiers, d);
	return 0;
}

/* {"id"} or {"all":true, "notifier"?} -> {"count"} */
json_t *
command_retry(struct command *c)
{
	const char *id = command_text(c, "id");
	struct error err;
	int64_t count;

	if (id == NULL && !command_flag(c, "all"))
		return control_failed("which delivery? give its id, or --all");
	if (store_delivery_retry(c->d->store, id, command_text(c, "notifier"),
	    c->now, add_retried, c, &count, &err) < 0)
		return control_failed("%s", err.text);
	if (id != NULL && count == 0)
		return control_failed("there is no dead letter '%s' whose "
		    "notifier is configured", id);
	notifiers_release(c->d->notifiers, command_text(c, "notifier"));
	return json_pack("{s:b, s:I}", "ok", 1, "count", (json_int_t)count);
}

/* {"since", "after"?} -> {"articles":[...], "more"}: pages of the back-test */
json_t *
command_articles(struct command *c)
{
	struct store_article *rows;
	json_t *list;
	struct error err;
	size_t n, i, bytes = 0;

	if (store_article_list(c->d->store, command_number(c, "since", 0),
	    command_number(c, "after", 0), PAGE, &c->mem, &rows, &n,
	    &err) < 0)
		return control_failed("%s", err.text);
	list = json_array();
	for (i = 0; i < n && bytes < PAGE_BYTES; i++) {
		const struct article *a = &rows[i].article;

		bytes += strlen(a->title) + strlen(article_body(a));
		json_array_append_new(list, json_pack("{s:I, s:s, s:s, s:s, "
		    "s:s, s:s, s:o, s:o}", "id", (json_int_t)rows[i].id,
		    "feed", rows[i].feed_name, "title", a->title, "text",
		    article_body(a), "link", a->link, "author", a->author,
		    "published", command_time(a->published), "found",
		    command_time(rows[i].found)));
	}
	return json_pack("{s:b, s:o, s:b}", "ok", 1, "articles", list, "more",
	    n == PAGE || i < n);
}
