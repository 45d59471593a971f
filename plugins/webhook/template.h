/*
 * template - the body of the request, in the shape that a service wants.
 *
 * Every alert of a message is in the body, however many there are: the space
 * that the service allows is shared out among them.
 */
#ifndef WEBHOOK_TEMPLATE_H
#define WEBHOOK_TEMPLATE_H

#include <jansson.h>
#include <newsalertd/notifier.h>
#include <stddef.h>

#include "text.h"

struct template {
	const char	*name;
	const char	*channel;	/* what the option "channel" is for it,
					   NULL = it has none */
	json_t		*(*make)(const struct notifier_alert *const *, size_t n,
			    const char *channel);
	/* The same with nothing but words in it, for when the service refuses
	   what make() made: news is worth more than its looks. */
	json_t		*(*plain)(const struct notifier_alert *const *,
			    size_t n, const char *channel);
};

/* NULL when there is no such template. */
const struct template *template_find(const char *name);
/* "slack, discord ...", for a sentence. */
const char *template_names(void);

/* What an alert is called: its article's title, or sentence, or its rule. */
const char *template_title(const struct notifier_alert *);
/* "chip-selloff: title link", a line for each. */
void	template_lines(struct text *, const struct notifier_alert *const *,
	    size_t n, size_t max, text_escape *);
/* "chip-selloff · The Trade Wire": what stands under an alert. */
void	template_footer(char *, size_t, const struct notifier_alert *);

json_t	*slack_make(const struct notifier_alert *const *, size_t, const char *);
json_t	*discord_make(const struct notifier_alert *const *, size_t,
	    const char *);
json_t	*teams_make(const struct notifier_alert *const *, size_t, const char *);
json_t	*telegram_make(const struct notifier_alert *const *, size_t,
	    const char *);
json_t	*ntfy_make(const struct notifier_alert *const *, size_t, const char *);
json_t	*slack_plain(const struct notifier_alert *const *, size_t,
	    const char *);
json_t	*discord_plain(const struct notifier_alert *const *, size_t,
	    const char *);
json_t	*teams_plain(const struct notifier_alert *const *, size_t,
	    const char *);
json_t	*telegram_plain(const struct notifier_alert *const *, size_t,
	    const char *);
json_t	*ntfy_plain(const struct notifier_alert *const *, size_t, const char *);

#endif
