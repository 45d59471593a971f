/* newsalertctl alerts: what was found; or all about one alert. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ctl/show.h"

#define TEXT_SHOWN 1200	/* bytes of an article */

static const char *
evidence(const json_t *a)
{
	return command_string(json_object_get(a, "evidence"), "line");
}

/* "sent", "2 of 3 sent", "1 failed", or why it was held back. */
static const char *
fate(const json_t *a, char *buf, size_t size, enum show_colour *colour)
{
	long long n = command_integer(a, "deliveries");
	long long dead = command_integer(a, "dead");
	long long done = command_integer(a, "done");

	*colour = SHOW_PLAIN;
	if (dead > 0) {
		*colour = SHOW_RED;
		snprintf(buf, size, "%lld failed", dead);
	} else if (n > 0 && done == n)
		return "sent";
	else if (n > 0)
		snprintf(buf, size, "%lld of %lld sent", done, n);
	else
		snprintf(buf, size, "%s", command_string(a, "fate"));
	return buf;
}

static void
print_head(const struct ctl *c, const json_t *a, int64_t now)
{
	enum show_colour colour;
	const char *sent;
	char when[24], buf[64];

	sent = fate(a, buf, sizeof(buf), &colour);
	printf("%-6lld %-12s  ", command_integer(a, "id"),
	    show_time(command_integer(a, "found"), now, when));
	show_text(c, SHOW_BOLD, command_string(a, "rule"));
	fputs("  ", stdout);
	show_text(c, colour, sent);
	fputs("  ", stdout);
	show_text(c, SHOW_DIM, command_string(a, "feed"));
	putchar('\n');
}

static void
print_list(const struct ctl *c, const json_t *list)
{
	int64_t now = (int64_t)time(NULL);

	for (size_t i = json_array_size(list); i > 0; i--) {
		const json_t *a = json_array_get(list, i - 1);

		print_head(c, a, now);
		show_wrapped(c, 7, evidence(a));
	}
	if (json_array_size(list) == 0)
		puts("No alerts.");
}

static void
line(const struct ctl *c, const char *name, const char *value)
{
	if (*value == '\0')
		return;
	printf("  %-10s", name);
	show_text(c, SHOW_PLAIN, value);
	putchar('\n');
}

/* Not alerted once more: the same news, from where. */
static void
print_same(const struct ctl *c, const json_t *a)
{
	printf("  %-10s", "same news");
	show_text(c, SHOW_PLAIN, command_string(a, "feed"));
	fputs(": ", stdout);
	show_text(c, SHOW_PLAIN, command_string(a, "title"));
	putchar('\n');
}

static void
print_attempts(const struct ctl *c, const json_t *list, int64_t now)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *d = json_array_get(list, i);
		const json_t *past = json_object_get(d, "history");
		char buf[24];

		printf("  %s", command_string(d, "id"));
		printf("  %s", command_string(d, "notifier"));
		if (command_string(d, "recipient")[0] != '\0')
			printf("  %s", command_string(d, "recipient"));
		printf("  %s\n", command_string(d, "state"));
		for (size_t k = 0; k < json_array_size(past); k++) {
			const json_t *t = json_array_get(past, k);

			printf("    %s  %s  ", show_time(command_integer(t,
			    "at"), now, buf), command_string(t, "outcome"));
			show_text(c, SHOW_PLAIN, command_string(t, "reason"));
			putchar('\n');
		}
	}
}

static void
print_one(const struct ctl *c, const json_t *a)
{
	const json_t *same = json_object_get(a, "duplicates");
	int64_t now = (int64_t)time(NULL);
	const char *text = command_string(a, "text");
	char *shown, buf[24];

	print_head(c, a, now);
	show_wrapped(c, 2, evidence(a));
	show_wrapped(c, 2, command_string(json_object_get(a, "evidence"),
	    "facts"));
	line(c, "rule", command_string(a, "rule_text"));
	line(c, "title", command_string(a, "title"));
	line(c, "link", command_string(a, "link"));
	line(c, "author", command_string(a, "author"));
	line(c, "priority", command_string(a, "priority"));
	line(c, "published", show_time(command_integer(a, "published"), now,
	    buf));
	for (size_t i = 0; i < json_array_size(same); i++)
		print_same(c, json_array_get(same, i));
	print_attempts(c, json_object_get(a, "attempts"), now);
	if (*text != '\0') {
		putchar('\n');
		shown = strndup(text, TEXT_SHOWN);
		if (shown != NULL)
			show_wrapped(c, 2, shown);
		free(shown);
	}
}

static json_t *
request_list(const char *rule, int64_t since, long long limit)
{
	json_t *o = json_pack("{s:s, s:I}", "command", "alerts", "limit",
	    (json_int_t)limit);

	if (rule != NULL)
		json_object_set_new(o, "rule", json_string(rule));
	if (since > 0)
		json_object_set_new(o, "since", json_integer(
		    (json_int_t)time(NULL) - since / 1000));
	return o;
}

int
command_alerts(struct ctl *c, const struct command *cmd, int argc, char **argv)
{
	const char *rule = NULL;
	int64_t since = 0;
	long long limit = 20, id = 0;
	char *end = NULL;
	const struct option_spec specs[] = {
		{ "rule", 'r', OPTION_TEXT, &rule, "NAME", "only this rule's" },
		{ "since", 0, OPTION_DURATION, &since, "1d",
		  "only those found in this time" },
		{ "limit", 'n', OPTION_NUMBER, &limit, "N",
		  "at most so many, the newest; 20" },
		{ .name = NULL }
	};
	int status, first = options_read(c, cmd, specs, argc, argv, &status);
	json_t *reply;

	if (first < 0)
		return status;
	if (!options_count(cmd, argc, first, 0, 1))
		return STATUS_USAGE;
	if (first < argc)
		id = strtoll(argv[first], &end, 10);
	if (first < argc && (end == argv[first] || *end != '\0'))
		return options_wrong(cmd, "an alert has a number, not '%s'",
		    argv[first]);
	reply = command_ask(c, first < argc ? json_pack("{s:s, s:I}", "command",
	    "alert", "id", (json_int_t)id) : request_list(rule, since, limit));
	if (reply == NULL)
		return STATUS_FAILED;
	if (c->json)
		command_print_json(reply);
	else if (first < argc)
		print_one(c, json_object_get(reply, "alert"));
	else
		print_list(c, json_object_get(reply, "alerts"));
	json_decref(reply);
	return STATUS_OK;
}
