/* newsalertctl rules: the rules of the running daemon, and how often they hit. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "ctl/show.h"

static void
print_list(struct ctl *c, const json_t *list)
{
	static const char *const headings[] = { "rule", "day#", "week#",
	    "month#", "last", "when", NULL };
	struct show_table *t = show_table_new(&c->mem, headings);
	int64_t now = (int64_t)time(NULL);

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *r = json_array_get(list, i);
		bool on = !json_is_false(json_object_get(r, "enabled"));
		enum show_colour colour = on ? SHOW_PLAIN : SHOW_DIM;
		char buf[24];

		show_cell(t, colour, "%s", command_string(r, "name"));
		show_cell(t, colour, "%lld", command_integer(r, "day"));
		show_cell(t, colour, "%lld", command_integer(r, "week"));
		show_cell(t, colour, "%lld", command_integer(r, "month"));
		show_cell(t, colour, "%s", on ? show_time(command_integer(r,
		    "last"), now, buf) : "off");
		show_cell(t, colour, "%s", command_string(r, "when"));
	}
	if (json_array_size(list) == 0)
		puts("There are no rules.");
	else
		show_table_print(c, t);
}

static void
print_one(const struct ctl *c, const json_t *r)
{
	const json_t *held = json_object_get(r, "held"), *n;
	char buf[40];
	const char *why;

	show_text(c, SHOW_BOLD, command_string(r, "name"));
	putchar('\n');
	show_wrapped(c, 2, command_string(r, "when"));
	fputs(command_string(r, "reading"), stdout);
	printf("  alerts   %lld today, %lld this week, %lld this month; last "
	    "%s\n", command_integer(r, "day"), command_integer(r, "week"),
	    command_integer(r, "month"), show_since(command_integer(r, "last"),
	    (int64_t)time(NULL), buf));
	json_object_foreach((json_t *)(uintptr_t)held, why, n)
		if (json_integer_value(n) > 0)
			printf("  held     %lld (%s)\n",
			    (long long)json_integer_value(n), why);
}

static const json_t *
find(const json_t *list, const char *name)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (strcmp(command_string(json_array_get(list, i), "name"),
		    name) == 0)
			return json_array_get(list, i);
	return NULL;
}

int
command_rules(struct ctl *c, const struct command *cmd, int argc, char **argv)
{
	int status, first = options_read(c, cmd, NULL, argc, argv, &status);
	const json_t *one = NULL, *list;
	json_t *reply;

	if (first < 0)
		return status;
	if (!options_count(cmd, argc, first, 0, 1))
		return STATUS_USAGE;
	reply = command_ask(c, json_pack("{s:s}", "command", "rules"));
	if (reply == NULL)
		return STATUS_FAILED;
	list = json_object_get(reply, "rules");
	status = STATUS_OK;
	if (first < argc && (one = find(list, argv[first])) == NULL)
		status = command_fail("there is no rule '%s'", argv[first]);
	else if (c->json)
		command_print_json(one != NULL ? one : reply);
	else if (one != NULL)
		print_one(c, one);
	else
		print_list(c, list);
	json_decref(reply);
	return status;
}
