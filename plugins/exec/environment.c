#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "child.h"

#define VARIABLES_MAX	64
#define VALUE_MAX	16384	/* bytes; the kernel takes 128 kB at most */

struct list {
	char	**v;
	size_t	  n;
	int	  failed;
};

static void
add(struct list *l, const char *name, const char *value)
{
	size_t n = strnlen(value, VALUE_MAX), size = strlen(name) + n + 2;
	char *s;

	/* A long value is cut before a character that does not fit. */
	while (value[n] != '\0' && n > 0 &&
	    ((unsigned char)value[n] & 0xc0) == 0x80)
		n--;
	if (l->n == VARIABLES_MAX || (s = malloc(size)) == NULL) {
		l->failed = 1;
		return;
	}
	snprintf(s, size, "%s=%.*s", name, (int)n, value);
	l->v[l->n++] = s;
	l->v[l->n] = NULL;
}

static void
add_number(struct list *l, const char *name, int64_t value)
{
	char text[32];

	snprintf(text, sizeof(text), "%" PRId64, value);
	add(l, name, text);
}

static void
pass_on(struct list *l)
{
	static const char *const names[] = { "PATH=", "HOME=", "LANG=", "TZ=",
		"LC_" };
	char *value;

	for (char **e = environ; *e != NULL; e++)
		for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
			if (strncmp(*e, names[i], strlen(names[i])) == 0 &&
			    l->n < VARIABLES_MAX / 2) {
				if ((value = strdup(*e)) == NULL) {
					l->failed = 1;
					return;
				}
				l->v[l->n++] = value;
				l->v[l->n] = NULL;
			}
}

void
child_environment_free(char **list)
{
	for (size_t i = 0; list != NULL && list[i] != NULL; i++)
		free(list[i]);
	free(list);
}

char **
child_environment(struct notifier_host *host, const struct notifier_alert *a,
    size_t n)
{
	struct list l = { calloc(VARIABLES_MAX + 1, sizeof(char *)), 0, 0 };

	if (l.v == NULL)
		return NULL;
	pass_on(&l);
	add_number(&l, "NEWSALERT_COUNT", (int64_t)n);
	add(&l, "NEWSALERT_NOTIFIER", host->name(host));
	add(&l, "NEWSALERT_SECRET", host->text(host, "secret", 0));
	add(&l, "NEWSALERT_DELIVERY_ID", a->delivery_id);
	add(&l, "NEWSALERT_ALERT_ID", a->alert_id);
	add_number(&l, "NEWSALERT_ATTEMPT", a->attempt);
	add(&l, "NEWSALERT_TEST", a->test ? "1" : "");
	add(&l, "NEWSALERT_RULE", a->rule);
	add(&l, "NEWSALERT_RULE_TEXT", a->rule_text);
	add(&l, "NEWSALERT_PRIORITY", a->priority);
	add(&l, "NEWSALERT_FEED", a->feed);
	add(&l, "NEWSALERT_FEED_TITLE", a->feed_title);
	add(&l, "NEWSALERT_TITLE", a->title);
	add(&l, "NEWSALERT_LINK", a->link);
	add(&l, "NEWSALERT_AUTHOR", a->author);
	add_number(&l, "NEWSALERT_PUBLISHED", a->published);
	add_number(&l, "NEWSALERT_FOUND", a->found);
	add(&l, "NEWSALERT_SENTENCE", a->sentence);
	add(&l, "NEWSALERT_EVIDENCE", a->evidence);
	if (!l.failed)
		return l.v;
	child_environment_free(l.v);
	return NULL;
}
