/*
 * Microsoft Teams: an Adaptive Card 1.4 to the URL of a Workflow "when a Teams
 * webhook request is received". At most 28 kB.
 */
#include "template.h"
#include "text.h"

#define ALL_MAX		6000	/* characters: 24 kB of UTF-8 at worst */
#define ALERT_MAX	2000

static json_t *
block(struct text *t, const char *size, int subtle)
{
	return json_pack("{s:s, s:o, s:b, s:s, s:b}", "type", "TextBlock",
	    "text", text_json(t), "wrap", 1, "size", size, "isSubtle", subtle);
}

static void
put_title(struct text *t, const struct notifier_alert *a, size_t room)
{
	size_t link = text_cost(a->link, text_markdown_url);

	if (link == 0 || link > room / 6) {
		text_add(t, template_title(a), room / 3, text_markdown);
		return;
	}
	text_raw(t, "[");
	text_add(t, template_title(a), room / 4, text_markdown);
	text_raw(t, "](");
	text_add(t, a->link, link, text_markdown_url);
	text_raw(t, ")");
}

static void
put_alert(json_t *body, const struct notifier_alert *a, size_t room)
{
	char footer[512];
	struct text t;

	text_init(&t);
	put_title(&t, a, room);
	json_array_append_new(body, block(&t, "medium", 0));
	/* The card's own markup has a cost, too: 100 bytes a block. */
	if (room < 250)
		return;
	text_init(&t);
	text_add(&t, a->evidence, room / 3, text_markdown);
	json_array_append_new(body, block(&t, "default", 0));
	template_footer(footer, sizeof(footer), a);
	text_init(&t);
	text_add(&t, footer, room / 6, text_markdown);
	json_array_append_new(body, block(&t, "small", 1));
}

static json_t *
card(json_t *body)
{
	return json_pack("{s:s, s:[{s:s, s:{s:s, s:s, s:s, s:o}}]}",
	    "type", "message", "attachments", "contentType",
	    "application/vnd.microsoft.card.adaptive", "content", "$schema",
	    "http://adaptivecards.io/schemas/adaptive-card.json", "type",
	    "AdaptiveCard", "version", "1.4", "body", body);
}

json_t *
teams_make(const struct notifier_alert *const *alerts, size_t n,
    const char *channel)
{
	size_t room = ALL_MAX / n < ALERT_MAX ? ALL_MAX / n : ALERT_MAX;
	json_t *body = json_array();

	(void)channel;
	for (size_t i = 0; i < n; i++)
		put_alert(body, alerts[i], room);
	return card(body);
}

/* Such an address takes nothing but cards: one block of text is the least. */
json_t *
teams_plain(const struct notifier_alert *const *alerts, size_t n,
    const char *channel)
{
	json_t *body = json_array();
	struct text t;

	(void)channel;
	text_init(&t);
	template_lines(&t, alerts, n, ALERT_MAX, text_markdown);
	json_array_append_new(body, json_pack("{s:s, s:o, s:b}", "type",
	    "TextBlock", "text", text_json(&t), "wrap", 1));
	return card(body);
}
