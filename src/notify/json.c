#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "notify/alert.h"

/* RFC 3339 in UTC; null when unknown. */
static json_t *
time_json(int64_t t)
{
	time_t when = (time_t)t;
	struct tm tm;
	char text[32];

	if (t == 0 || gmtime_r(&when, &tm) == NULL || tm.tm_year < 0 ||
	    tm.tm_year > 8099)
		return json_null();
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
	return json_string(text);
}

static json_t *
parts_json(const struct notifier_alert *a)
{
	json_t *list = json_array();

	for (size_t i = 0; i < a->nparts; i++) {
		const struct notifier_part *p = a->parts[i];

		json_array_append_new(list, json_pack(
		    "{s:s, s:s, s:s, s:i, s:i, s:s}", "role", p->role,
		    "text", p->text, "field", p->field, "start", (int)p->start,
		    "end", (int)p->end, "value", p->value));
	}
	return list;
}

static json_t *
facts_json(const char *facts)
{
	json_t *list = json_array();
	size_t n;

	for (; *facts != '\0'; facts += n + (facts[n] == '\n')) {
		n = strcspn(facts, "\n");
		if (n > 0)
			json_array_append_new(list, json_stringn(facts, n));
	}
	return list;
}

const char *
alert_json(struct arena *mem, const struct notifier_alert *a)
{
	json_t *feed, *article, *evidence, *whole;
	const char *copy;
	char *text;

	feed = json_pack("{s:s, s:s, s:s}", "name", a->feed, "title",
	    a->feed_title, "url", a->feed_url);
	article = json_pack("{s:s, s:s, s:s, s:s, s:o}", "title", a->title,
	    "link", a->link, "author", a->author, "text", a->text,
	    "published", time_json(a->published));
	evidence = json_pack("{s:s, s:s, s:s, s:i, s:i, s:o, s:o}", "line",
	    a->evidence, "sentence", a->sentence, "field", a->sentence_field,
	    "start", (int)a->sentence_start, "end", (int)a->sentence_end,
	    "parts", parts_json(a), "facts", facts_json(a->facts));
	whole = json_pack("{s:s, s:i, s:b, s:s, s:s, s:s, s:s, s:s, s:o, s:o,"
	    " s:o, s:o}", "delivery_id", a->delivery_id, "attempt",
	    (int)a->attempt, "test", a->test, "alert_id", a->alert_id,
	    "recipient", a->recipient, "rule", a->rule, "rule_text",
	    a->rule_text, "priority", a->priority, "found",
	    time_json(a->found), "feed", feed, "article", article, "evidence",
	    evidence);
	text = whole != NULL ? json_dumps(whole, JSON_COMPACT) : NULL;
	copy = arena_strdup(mem, text != NULL ? text : "{}");
	free(text);
	json_decref(whole);
	return copy;
}
