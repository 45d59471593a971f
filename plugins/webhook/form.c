#include "form.h"

#include <inttypes.h>
#include <jansson.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../memory_file.h"

#define AT(field) { #field, offsetof(struct notifier_alert, field) }

static const struct {
	const char	*name;
	size_t		 offset;
} strings[] = {
	AT(alert_id), AT(author), AT(delivery_id), AT(evidence), AT(facts),
	AT(feed), AT(feed_title), AT(feed_url), AT(link), AT(priority),
	AT(recipient), AT(rule), AT(rule_text), AT(sentence), AT(text),
	AT(title),
};

const char *
form_names(void)
{
	return "alert_id, attempt, author, delivery_id, evidence, facts, "
	    "feed, feed_title, feed_url, found, json, link, priority, "
	    "published, recipient, rule, rule_text, sentence, text, title";
}

/* As JSON has it between the quotes. */
static void
put_escaped(FILE *f, const char *s)
{
	json_t *j = json_string(s);
	char *quoted = j != NULL ? json_dumps(j, JSON_ENCODE_ANY) : NULL;
	size_t len = quoted != NULL ? strlen(quoted) : 0;

	if (len > 2)
		fwrite(quoted + 1, 1, len - 2, f);
	free(quoted);
	json_decref(j);
}

/* 0, or -1 when there is no such placeholder. */
static int
put_value(FILE *f, const char *name, size_t len,
    const struct notifier_alert *a, const char *json)
{
#define IS(s) (strlen(s) == len && strncmp(name, s, len) == 0)
	if (IS("json"))
		fputs(json, f);
	else if (IS("attempt"))
		fprintf(f, "%u", a->attempt);
	else if (IS("found"))
		fprintf(f, "%" PRId64, a->found);
	else if (IS("published"))
		fprintf(f, "%" PRId64, a->published);
	else {
		for (size_t i = 0; i < sizeof(strings) / sizeof(*strings); i++)
			if (IS(strings[i].name)) {
				put_escaped(f, *(const char *const *)(const
				    void *)((const char *)a +
				    strings[i].offset));
				return 0;
			}
		return -1;
	}
	return 0;
#undef IS
}

/* NULL when memory is out, or at an unknown placeholder, which is then *bad. */
static char *
fill(const char *form, const struct notifier_alert *a, const char *json,
    const char **bad)
{
	const char *open, *close;
	struct memory_file m;
	char *text;
	size_t len;
	FILE *f;

	*bad = NULL;
	if ((f = memory_file_open(&m)) == NULL)
		return NULL;
	for (; (open = strstr(form, "{{")) != NULL &&
	    (close = strstr(open, "}}")) != NULL; form = close + 2) {
		fwrite(form, 1, (size_t)(open - form), f);
		if (put_value(f, open + 2, (size_t)(close - open) - 2, a,
		    json) < 0) {
			*bad = open;
			break;
		}
	}
	fputs(form, f);
	text = memory_file_close(&m, &len);
	if (*bad == NULL)
		return text;
	free(text);
	return NULL;
}

char *
form_make(const char *form, const struct notifier_alert *a, const char *json)
{
	const char *bad;

	return fill(form, a, json, &bad);
}

const char *
form_check(const char *form)
{
	static char why[256];
	/* Filled with what would end a string if it were not escaped, a
	   placeholder outside of one gives no JSON. */
	static const char odd[] = "\"\\,:{}x\n";
	static const struct notifier_alert a = {
		.delivery_id = odd, .alert_id = odd, .recipient = odd,
		.rule = odd, .rule_text = odd, .priority = odd, .feed = odd,
		.feed_title = odd, .feed_url = odd, .title = odd, .link = odd,
		.author = odd, .text = odd, .sentence = odd, .evidence = odd,
		.facts = odd,
	};
	const char *bad;
	char *text = fill(form, &a, "{\"x\":\"y\"}", &bad);
	json_error_t error;
	json_t *j;

	if (text == NULL) {
		snprintf(why, sizeof(why), "there is no placeholder %.*s}}",
		    bad != NULL ? (int)strcspn(bad, "}") : 0,
		    bad != NULL ? bad : "");
		return why;
	}
	j = json_loads(text, 0, &error);
	free(text);
	if (j != NULL) {
		json_decref(j);
		return NULL;
	}
	snprintf(why, sizeof(why), "it is no JSON: %s in line %d", error.text,
	    error.line);
	return why;
}
