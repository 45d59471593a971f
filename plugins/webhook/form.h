/*
 * form - a body of the operator's own: JSON with {{placeholders}}.
 *
 *	{ "summary": "{{rule}}: {{title}}", "dedup_key": "{{alert_id}}" }
 *
 * Inside of strings a placeholder becomes the alert's value, escaped as JSON
 * asks, so that no text of a feed can leave its string; {{json}}, outside of
 * strings, is the whole alert as an object. One request is made for each
 * alert.
 */
#ifndef WEBHOOK_FORM_H
#define WEBHOOK_FORM_H

#include <newsalertd/notifier.h>

/* Is it JSON, whatever the alert says, with placeholders that there are? NULL,
   or a sentence in a static buffer. */
const char *form_check(const char *form);
/* malloc'd; NULL when memory is out. json is the whole alert. */
char	*form_make(const char *form, const struct notifier_alert *,
	    const char *json);
/* "title, link ...": the placeholders, for a sentence. */
const char *form_names(void);

#endif
