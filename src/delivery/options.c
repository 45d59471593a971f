#include "delivery/options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"

static const struct notify_option *
find_option(const struct notify_hello *h, const char *name)
{
	for (size_t i = 0; i < h->noptions; i++)
		if (strcmp(h->options[i].name, name) == 0)
			return &h->options[i];
	return NULL;
}

static const struct config_option *
find_value(const struct config_notifier *c, const char *name)
{
	for (size_t i = 0; i < c->noptions; i++)
		if (strcmp(c->options[i].name, name) == 0)
			return &c->options[i];
	return NULL;
}

static void
report_unknown(const struct config_option *v, const struct notify_hello *h,
    struct problems *p)
{
	const char *names[NOTIFY_OPTIONS_MAX], *near;
	size_t n = 0;

	for (size_t i = 0; i < h->noptions && n < NOTIFY_OPTIONS_MAX; i++)
		names[n++] = h->options[i].name;
	near = problems_nearest(v->name, names, n);
	if (near != NULL)
		problems_error(p, v->origin, "plugin \"%s\" has no option "
		    "\"%s\"; did you mean \"%s\"?", h->plugin, v->name, near);
	else
		problems_error(p, v->origin, "plugin \"%s\" has no option "
		    "\"%s\"", h->plugin, v->name);
}

int
notify_value_check(enum notify_type type, const char *text, struct error *err)
{
	char *end;
	int64_t ms;

	switch (type) {
	case NOTIFY_NUMBER:
		errno = 0;
		(void)strtoll(text, &end, 10);
		if (*text == '\0' || *end != '\0' || errno != 0)
			return error_set(err, "\"%s\" is not a whole number",
			    text);
		return 0;
	case NOTIFY_BOOLEAN:
		if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
			return error_set(err, "\"%s\" is neither true nor "
			    "false", text);
		return 0;
	case NOTIFY_DURATION:
		return duration_parse(text, &ms, err);
	default:
		return 0;
	}
}

static void
check_values(const struct config_option *v, const struct notify_option *o,
    struct problems *p)
{
	struct error err;

	if (v->is_file && !(o->flags & NOTIFY_SECRET))
		problems_error(p, v->origin, "%s_file: only a secret can be "
		    "given as a file, and \"%s\" is none", v->name, v->name);
	if (v->nvalues > 1 && !(o->flags & NOTIFY_LIST))
		problems_error(p, v->origin, "%s takes one value, not a list",
		    v->name);
	if (v->nvalues > NOTIFY_VALUES_MAX)
		problems_error(p, v->origin, "%s has %zu values; %d is the "
		    "most", v->name, v->nvalues, NOTIFY_VALUES_MAX);
	if (v->nvalues == 0 && (o->flags & NOTIFY_REQUIRED))
		problems_error(p, v->origin, "%s is empty", v->name);
	for (size_t i = 0; i < v->nvalues; i++) {
		/* An unreadable file was reported when it was read. */
		if (v->is_file && v->values[i][0] == '\0')
			continue;
		if (v->values[i][0] == '\0' &&
		    (o->flags & (NOTIFY_REQUIRED | NOTIFY_EACH)))
			problems_error(p, v->origin, "%s is empty", v->name);
		else if (notify_value_check(o->type, v->values[i], &err) < 0) {
			/* A secret is not repeated, not even a wrong one. */
			if (o->flags & NOTIFY_SECRET)
				error_set(&err, "the value is of the wrong "
				    "type");
			problems_error(p, v->origin, "%s: %s", v->name,
			    err.text);
		}
	}
}

/* The same recipient twice would be one delivery: the ids are equal. */
static void
check_each(const struct config_option *v, const struct notify_option *o,
    struct problems *p)
{
	if (!(o->flags & NOTIFY_EACH))
		return;
	for (size_t i = 1; i < v->nvalues; i++)
		for (size_t j = 0; j < i; j++)
			if (strcmp(v->values[i], v->values[j]) == 0) {
				problems_error(p, v->origin, "%s names \"%s\" "
				    "twice", v->name, v->values[i]);
				break;
			}
}

size_t
notify_options_check(const struct config_notifier *c,
    const struct notify_hello *h, struct problems *p)
{
	size_t before = p->errors;
	const struct notify_option *o;

	for (size_t i = 0; i < c->noptions; i++) {
		const struct config_option *v = &c->options[i];

		if ((o = find_option(h, v->name)) == NULL) {
			report_unknown(v, h, p);
			continue;
		}
		if (find_value(c, v->name) != v)
			problems_error(p, v->origin, "%s is given twice",
			    v->name);
		check_values(v, o, p);
		check_each(v, o, p);
	}
	for (size_t i = 0; i < h->noptions; i++) {
		o = &h->options[i];
		if ((o->flags & NOTIFY_REQUIRED) &&
		    find_value(c, o->name) == NULL)
			problems_error(p, c->origin, "notifier \"%s\": plugin "
			    "\"%s\" needs the option \"%s\"%s%s", c->name,
			    h->plugin, o->name, *o->help != '\0' ? ": " : "",
			    o->help);
	}
	return p->errors - before;
}

const char **
notify_options_recipients(const struct config_notifier *c,
    const struct notify_hello *h, size_t *n)
{
	const struct config_option *v;

	*n = 0;
	for (size_t i = 0; i < h->noptions; i++) {
		if (!(h->options[i].flags & NOTIFY_EACH))
			continue;
		if ((v = find_value(c, h->options[i].name)) == NULL)
			return NULL;
		*n = v->nvalues;
		return v->nvalues > 0 ? v->values : NULL;
	}
	return NULL;
}

void
notify_options_settings(const struct config_notifier *c, struct arena *a,
    struct notify_settings *s)
{
	s->notifier = c->name;
	s->timeout = c->timeout;
	s->n = c->noptions;
	s->list = arena_zalloc(a, c->noptions + 1, sizeof(*s->list));
	for (size_t i = 0; i < c->noptions; i++) {
		s->list[i].name = c->options[i].name;
		s->list[i].values = c->options[i].values;
		s->list[i].nvalues = c->options[i].nvalues;
	}
}
