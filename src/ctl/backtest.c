#include "ctl/backtest.h"

#include <stdio.h>

int
backtest_open(struct backtest *b, struct ctl *c, int64_t since)
{
	json_t *reply = command_ask(c, json_pack("{s:s, s:I}", "command",
	    "alerted", "since", (json_int_t)since));
	const json_t *row;
	size_t i;

	b->alerts = NULL;
	b->gained = b->lost = 0;
	if (reply == NULL)
		return -1;
	b->alerts = json_object();
	json_array_foreach(json_object_get(reply, "alerts"), i, row) {
		const char *rule = command_string(row, "rule");
		json_t *articles = json_object_get(b->alerts, rule);
		char id[32];

		snprintf(id, sizeof(id), "%" JSON_INTEGER_FORMAT,
		    json_integer_value(json_object_get(row, "article")));
		if (articles == NULL) {
			articles = json_object();
			json_object_set_new(b->alerts, rule, articles);
		}
		json_object_set(articles, id, json_object_get(row, "title"));
	}
	json_decref(reply);
	return 0;
}

void
backtest_close(struct backtest *b)
{
	json_decref(b->alerts);
	b->alerts = NULL;
}

bool
backtest_matched(struct backtest *b, const char *rule, const char *id)
{
	json_t *articles = json_object_get(b->alerts, rule);

	if (articles != NULL && json_object_del(articles, id) == 0)
		return true;
	b->gained++;
	return false;
}

void
backtest_lost(struct backtest *b, const char *rule,
    void (*each)(void *, const char *, const char *, const char *), void *arg)
{
	json_t *articles = json_object_get(b->alerts, rule);
	const char *id;
	json_t *title;

	json_object_foreach(articles, id, title) {
		b->lost++;
		each(arg, rule, id, json_string_value(title));
	}
}
