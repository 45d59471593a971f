/*
 * Slack: {"text", "blocks"} to an incoming webhook. At most 50 blocks, 3000
 * characters in a section, about 13,200 in all; & < > are escaped and nothing
 * else (https://docs.slack.dev/messaging/formatting-message-text).
 */
#include "template.h"
#include "text.h"

#define ALL_MAX		12000
#define SECTION_MAX	3000
#define FALLBACK_MAX	500

static void
put_alert(struct text *t, const struct notifier_alert *a, size_t room)
{
	char footer[512];
	size_t link = text_cost(a->link, text_slack);

	/* A link that is cut is none; "|", which would end it, is never in
	   one. */
	if (link > 0 && link <= room / 6) {
		text_raw(t, "*<");
		text_add(t, a->link, link, text_slack);
		text_raw(t, "|");
		text_add(t, template_title(a), room / 4, text_slack);
		text_raw(t, ">*\n");
	} else {
		text_add(t, template_title(a), room / 3, text_slack);
		text_raw(t, "\n");
	}
	if (room < 120)
		return;
	text_add(t, a->evidence, room / 3, text_slack);
	text_raw(t, "\n");
	template_footer(footer, sizeof(footer), a);
	text_add(t, footer, room / 6, text_slack);
	text_raw(t, "\n");
}

static void
put_section(json_t *blocks, struct text *t)
{
	json_array_append_new(blocks, json_pack("{s:s, s:{s:s, s:o}}",
	    "type", "section", "text", "type", "mrkdwn", "text",
	    text_json(t)));
	text_init(t);
}

json_t *
slack_make(const struct notifier_alert *const *alerts, size_t n,
    const char *channel)
{
	size_t room = ALL_MAX / n < SECTION_MAX ? ALL_MAX / n : SECTION_MAX;
	json_t *blocks = json_array();
	struct text section, fallback;

	(void)channel;
	text_init(&section);
	for (size_t i = 0; i < n; i++) {
		if (section.units + room > SECTION_MAX && section.units > 0)
			put_section(blocks, &section);
		put_alert(&section, alerts[i], room);
	}
	put_section(blocks, &section);
	text_clear(&section);
	text_init(&fallback);
	text_add(&fallback, alerts[0]->rule, 100, text_slack);
	text_raw(&fallback, ": ");
	text_add(&fallback, template_title(alerts[0]), FALLBACK_MAX - 120, text_slack);
	return json_pack("{s:o, s:o}", "text", text_json(&fallback), "blocks",
	    blocks);
}

json_t *
slack_plain(const struct notifier_alert *const *alerts, size_t n,
    const char *channel)
{
	struct text t;

	(void)channel;
	text_init(&t);
	template_lines(&t, alerts, n, SECTION_MAX, text_slack);
	return json_pack("{s:o}", "text", text_json(&t));
}
