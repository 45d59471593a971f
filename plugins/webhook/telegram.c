/*
 * Telegram: https://api.telegram.org/botTOKEN/sendMessage. At most 4096 UTF-16
 * units and 100 entities. Links are entities, not markup: then nothing needs
 * escaping, and no text can be refused for bad markup.
 */
#include <string.h>

#include "template.h"
#include "text.h"

#define ALL_MAX		4000
#define ENTITIES_MAX	100

static void
put_alert(struct text *t, json_t *entities, const struct notifier_alert *a,
    size_t room)
{
	char footer[512];
	size_t start = t->units;

	text_add(t, template_title(a), room / 3, NULL);
	if (*a->link != '\0' && json_array_size(entities) < ENTITIES_MAX)
		json_array_append_new(entities, json_pack(
		    "{s:s, s:i, s:i, s:s}", "type", "text_link", "offset",
		    (int)start, "length", (int)(t->units - start), "url",
		    a->link));
	text_raw(t, "\n");
	if (room < 100)
		return;
	text_add(t, a->evidence, room / 3, NULL);
	text_raw(t, "\n");
	template_footer(footer, sizeof(footer), a);
	text_add(t, footer, room / 6, NULL);
	text_raw(t, "\n\n");
}

json_t *
telegram_make(const struct notifier_alert *const *alerts, size_t n,
    const char *channel)
{
	json_t *entities = json_array();
	struct text t;

	text_init(&t);
	for (size_t i = 0; i < n; i++)
		put_alert(&t, entities, alerts[i], ALL_MAX / n);
	return json_pack("{s:s, s:o, s:o, s:{s:b}}", "chat_id", channel,
	    "text", text_json(&t), "entities", entities,
	    "link_preview_options", "is_disabled", 1);
}

json_t *
telegram_plain(const struct notifier_alert *const *alerts, size_t n,
    const char *channel)
{
	struct text t;

	text_init(&t);
	template_lines(&t, alerts, n, ALL_MAX, NULL);
	return json_pack("{s:s, s:o}", "chat_id", channel, "text",
	    text_json(&t));
}
