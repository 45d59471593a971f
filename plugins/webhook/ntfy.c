/*
 * ntfy: {"topic", "title", "message", "priority", "click"} to the root of the
 * server (https://docs.ntfy.sh/publish/#publish-as-json). A message of more
 * than 4096 bytes would become an attachment.
 */
#include <string.h>

#include "template.h"
#include "text.h"

#define ALL_MAX		1300	/* characters: 3900 bytes of UTF-8 at worst */
#define TITLE_MAX	80

static int
priority(const struct notifier_alert *const *alerts, size_t n)
{
	int most = 2;

	for (size_t i = 0; i < n; i++) {
		const char *p = alerts[i]->priority;
		int this = strcmp(p, "high") == 0 ? 4 :
		    strcmp(p, "low") == 0 ? 2 : 3;

		if (this > most)
			most = this;
	}
	return most;
}

static void
put_alert(struct text *t, const struct notifier_alert *a, size_t room)
{
	char footer[512];

	if (room < 100) {
		text_add(t, template_title(a), room - 1, NULL);
		text_raw(t, "\n");
		return;
	}
	text_add(t, template_title(a), room / 3, NULL);
	text_raw(t, "\n");
	text_add(t, a->evidence, room / 3, NULL);
	text_raw(t, "\n");
	template_footer(footer, sizeof(footer), a);
	text_add(t, footer, room / 6, NULL);
	text_raw(t, "\n");
}

json_t *
ntfy_make(const struct notifier_alert *const *alerts, size_t n,
    const char *channel)
{
	struct text title, t;
	char more[32];
	json_t *j;

	text_init(&title);
	text_init(&t);
	text_add(&title, alerts[0]->rule, TITLE_MAX, NULL);
	if (n > 1) {
		snprintf(more, sizeof(more), ": %zu alerts", n);
		text_raw(&title, more);
	}
	for (size_t i = 0; i < n; i++)
		put_alert(&t, alerts[i], ALL_MAX / n);
	j = json_pack("{s:s, s:o, s:o, s:i, s:[s]}", "topic", channel,
	    "title", text_json(&title), "message", text_json(&t), "priority",
	    priority(alerts, n), "tags", "newspaper");
	if (n == 1 && *alerts[0]->link != '\0')
		json_object_set_new(j, "click", json_string(alerts[0]->link));
	return j;
}

json_t *
ntfy_plain(const struct notifier_alert *const *alerts, size_t n,
    const char *channel)
{
	struct text t;

	text_init(&t);
	template_lines(&t, alerts, n, ALL_MAX, NULL);
	return json_pack("{s:s, s:o}", "topic", channel, "message",
	    text_json(&t));
}
