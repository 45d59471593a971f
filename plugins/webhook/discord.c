/*
 * Discord: {"embeds", "allowed_mentions"} to a channel's webhook. At most 10
 * embeds; 256 characters in a title, 4096 in a description, 2048 in a footer,
 * 6000 in all of them (https://discord.com/developers/docs/resources/message).
 * Nobody is ever mentioned.
 */
#include <string.h>
#include <time.h>

#include "template.h"
#include "text.h"

#define EMBEDS_MAX	10
#define ALL_MAX		5800
#define TITLE_MAX	250
#define DESCRIPTION_MAX	4000
#define FOOTER_MAX	200
#define URL_MAX		2000
#define CONTENT_MAX	1900

static int
color(const struct notifier_alert *a)
{
	return strcmp(a->priority, "high") == 0 ? 0xd32f2f :
	    strcmp(a->priority, "low") == 0 ? 0x757575 : 0x1976d2;
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static json_t *
embed(const struct notifier_alert *a, size_t room)
{
	struct text title, description, foot;
	time_t found = (time_t)a->found;
	char footer[512], when[32] = "";
	json_t *e;
	struct tm tm;

	text_init(&title);
	text_init(&description);
	text_init(&foot);
	text_add(&title, template_title(a),
	    least(TITLE_MAX, room / 3), text_markdown);
	text_add(&description, a->evidence, least(DESCRIPTION_MAX, room / 2),
	    text_markdown);
	template_footer(footer, sizeof(footer), a);
	text_add(&foot, footer, least(FOOTER_MAX, room / 6), NULL);
	if (gmtime_r(&found, &tm) != NULL)
		strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &tm);
	e = json_pack("{s:o, s:o, s:i, s:s, s:{s:o}}", "title",
	    text_json(&title), "description", text_json(&description),
	    "color", color(a), "timestamp", when, "footer", "text",
	    text_json(&foot));
	if (*a->link != '\0' && strlen(a->link) < URL_MAX)
		json_object_set_new(e, "url", json_string(a->link));
	return e;
}

/* What has no embed of its own: one line each. */
static json_t *
list(const struct notifier_alert *const *alerts, size_t n, size_t room)
{
	struct text t;

	text_init(&t);
	for (size_t i = 0; i < n; i++) {
		text_add(&t, template_title(alerts[i]), room / n - 1, text_markdown);
		text_raw(&t, "\n");
	}
	return json_pack("{s:o}", "description", text_json(&t));
}

json_t *
discord_make(const struct notifier_alert *const *alerts, size_t n,
    const char *channel)
{
	size_t whole = n <= EMBEDS_MAX ? n : EMBEDS_MAX - 1;
	size_t room = n <= EMBEDS_MAX ? ALL_MAX / n :
	    (ALL_MAX - DESCRIPTION_MAX) / whole;
	json_t *embeds = json_array();

	(void)channel;
	for (size_t i = 0; i < whole; i++)
		json_array_append_new(embeds, embed(alerts[i], room));
	if (whole < n)
		json_array_append_new(embeds, list(alerts + whole, n - whole,
		    DESCRIPTION_MAX));
	return json_pack("{s:o, s:{s:[]}}", "embeds", embeds,
	    "allowed_mentions", "parse");
}

json_t *
discord_plain(const struct notifier_alert *const *alerts, size_t n,
    const char *channel)
{
	struct text t;

	(void)channel;
	text_init(&t);
	template_lines(&t, alerts, n, CONTENT_MAX, text_markdown);
	return json_pack("{s:o, s:{s:[]}}", "content", text_json(&t),
	    "allowed_mentions", "parse");
}
