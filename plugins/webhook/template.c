#include "template.h"

#include <stdio.h>
#include <string.h>

#define LINE_MIN 200	/* with less there is room for a title alone */

static const struct template templates[] = {
	{ "slack", NULL, slack_make, slack_plain },
	{ "discord", NULL, discord_make, discord_plain },
	{ "teams", NULL, teams_make, teams_plain },
	{ "telegram", "chat id", telegram_make, telegram_plain },
	{ "ntfy", "topic", ntfy_make, ntfy_plain },
};

const struct template *
template_find(const char *name)
{
	for (size_t i = 0; i < sizeof(templates) / sizeof(*templates); i++)
		if (strcmp(templates[i].name, name) == 0)
			return &templates[i];
	return NULL;
}

const char *
template_names(void)
{
	return "slack, discord, teams, telegram, ntfy";
}

const char *
template_title(const struct notifier_alert *a)
{
	return *a->title != '\0' ? a->title :
	    *a->sentence != '\0' ? a->sentence : a->rule;
}

void
template_lines(struct text *t, const struct notifier_alert *const *alerts,
    size_t n, size_t max, text_escape *escape)
{
	/* Markdown's escapes would end a bare link; Slack asks for its own. */
	text_escape *in_link = escape == text_slack ? escape : NULL;

	for (size_t i = 0; i < n; i++) {
		const struct notifier_alert *a = alerts[i];
		size_t room = max / n, link = text_cost(a->link, in_link);

		if (room <= LINE_MIN) {
			text_add(t, template_title(a), room - 1, escape);
			text_raw(t, "\n");
			continue;
		}
		text_raw(t, a->test ? "TEST " : "");
		text_add(t, a->rule, room / 6, escape);
		text_raw(t, ": ");
		text_add(t, template_title(a), room / 3, escape);
		/* Half a link is none. */
		if (link > 0 && link < room / 3) {
			text_raw(t, " ");
			text_add(t, a->link, link, in_link);
		}
		text_raw(t, "\n");
	}
}

void
template_footer(char *to, size_t size, const struct notifier_alert *a)
{
	size_t n = (size_t)snprintf(to, size, "%s%s · %s",
	    a->test ? "TEST · " : "", a->rule,
	    *a->feed_title != '\0' ? a->feed_title : a->feed);

	/* Leave no half character at the end. */
	if (n >= size) {
		for (n = size - 1; n > 0 && (to[n - 1] & 0xc0) == 0x80; n--)
			;
		to[n > 0 ? n - 1 : 0] = '\0';
	}
}
