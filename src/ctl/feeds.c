/* newsalertctl feeds: all feeds in a table, or one with its history. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "ctl/show.h"

static enum show_colour
colour_of(const char *state)
{
	if (strcmp(state, "ok") == 0)
		return SHOW_GREEN;
	if (strcmp(state, "failing") == 0 || strcmp(state, "gone") == 0)
		return SHOW_RED;
	if (strcmp(state, "held") == 0)
		return SHOW_YELLOW;
	return strcmp(state, "off") == 0 ? SHOW_DIM : SHOW_PLAIN;
}

static void
print_list(struct ctl *c, const json_t *list)
{
	static const char *const headings[] = { "feed", "state", "last poll",
	    "next", "last new", "a day#", "why", NULL };
	struct show_table *t = show_table_new(&c->mem, headings);
	int64_t now = (int64_t)time(NULL);

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *f = json_array_get(list, i);
		const char *state = command_string(f, "state"), *why;
		char buf[24];

		show_cell(t, SHOW_PLAIN, "%s", command_string(f, "name"));
		show_cell(t, colour_of(state), "%s", state);
		show_cell(t, SHOW_PLAIN, "%s", show_time(command_integer(f,
		    "last_poll"), now, buf));
		show_cell(t, SHOW_PLAIN, "%s", show_time(command_integer(f,
		    "next"), now, buf));
		show_cell(t, SHOW_PLAIN, "%s", show_time(command_integer(f,
		    "last_new"), now, buf));
		show_cell(t, SHOW_PLAIN, "%.1f", json_number_value(
		    json_object_get(f, "articles_a_day")));
		why = command_string(f, "error");
		show_cell(t, SHOW_PLAIN, "%s", *why != '\0' ? why :
		    command_string(f, "why"));
	}
	if (json_array_size(list) == 0)
		puts("There are no feeds.");
	else
		show_table_print(c, t);
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

static void
print_history(struct ctl *c, const json_t *list, int64_t now)
{
	static const char *const headings[] = { "poll", "outcome", "status#",
	    "items#", "new#", "changed#", "bytes#", "ms#", "why", NULL };
	static const char *const numbers[] = { "status", "items", "new",
	    "changed", "bytes", "ms" };
	struct show_table *t = show_table_new(&c->mem, headings);

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *p = json_array_get(list, i);
		char buf[24];

		show_cell(t, SHOW_PLAIN, "%s", show_time(command_integer(p,
		    "at"), now, buf));
		show_cell(t, SHOW_PLAIN, "%s", command_string(p, "outcome"));
		for (size_t k = 0; k < 6; k++)
			show_cell(t, SHOW_PLAIN, "%lld", command_integer(p,
			    numbers[k]));
		show_cell(t, SHOW_PLAIN, "%s", command_string(p, "error"));
	}
	if (json_array_size(list) > 0) {
		putchar('\n');
		show_table_print(c, t);
	}
}

static void
print_one(struct ctl *c, const json_t *f)
{
	int64_t now = (int64_t)time(NULL);
	const char *state = command_string(f, "state");
	char buf[40];

	show_text(c, SHOW_BOLD, command_string(f, "name"));
	fputs("  ", stdout);
	show_text(c, colour_of(state), state);
	putchar('\n');
	line(c, "url", command_string(f, "url"));
	line(c, "same as", command_string(f, "same_as"));
	line(c, "title", command_string(f, "title"));
	line(c, "format", command_string(f, "format"));
	line(c, "error", command_string(f, "error"));
	line(c, "next", show_since(command_integer(f, "next"), now, buf));
	line(c, "because", command_string(f, "why"));
	line(c, "last poll", show_since(command_integer(f, "last_poll"), now,
	    buf));
	line(c, "last ok", show_since(command_integer(f, "last_ok"), now, buf));
	line(c, "last new", show_since(command_integer(f, "last_new"), now,
	    buf));
	printf("  %-10s%lld, %lld unchanged; %lld articles, %.1f a day\n",
	    "polls", command_integer(f, "polls"), command_integer(f,
	    "not_modified"), command_integer(f, "articles"),
	    json_number_value(json_object_get(f, "articles_a_day")));
	print_history(c, json_object_get(f, "history"), now);
}

int
command_feeds(struct ctl *c, const struct command *cmd, int argc, char **argv)
{
	int status, first = options_read(c, cmd, NULL, argc, argv, &status);
	json_t *reply, *request;

	if (first < 0)
		return status;
	if (!options_count(cmd, argc, first, 0, 1))
		return STATUS_USAGE;
	request = first < argc ? json_pack("{s:s, s:s}", "command", "feed",
	    "feed", argv[first]) : json_pack("{s:s}", "command", "feeds");
	if (request == NULL)
		return options_wrong(cmd, "the name is not UTF-8");
	if ((reply = command_ask(c, request)) == NULL)
		return STATUS_FAILED;
	if (c->json)
		command_print_json(reply);
	else if (first < argc)
		print_one(c, json_object_get(reply, "feed"));
	else
		print_list(c, json_object_get(reply, "feeds"));
	json_decref(reply);
	return STATUS_OK;
}
