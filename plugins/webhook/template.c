#include "template.h"

#include <stdio.h>
#include <string.h>

static const struct template templates[] = {
	{ "slack", NULL, slack_make },
	{ "discord", NULL, discord_make },
	{ "teams", NULL, teams_make },
	{ "telegram", "chat id", telegram_make },
	{ "ntfy", "topic", ntfy_make },
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
