/* newsalertctl deliveries: what is on its way, and what failed. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "ctl/show.h"

static enum show_colour
colour_of(const char *state)
{
	if (strcmp(state, "dead") == 0)
		return SHOW_RED;
	return strcmp(state, "done") == 0 ? SHOW_GREEN : SHOW_PLAIN;
}

static void
print_list(struct ctl *c, const json_t *list)
{
	static const char *const headings[] = { "id", "alert#", "notifier",
	    "recipient", "state", "tries#", "next", "why", NULL };
	struct show_table *t = show_table_new(&c->mem, headings);
	int64_t now = (int64_t)time(NULL);

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *d = json_array_get(list, i);
		const char *state = command_string(d, "state");
		char buf[24];

		show_cell(t, SHOW_PLAIN, "%s", command_string(d, "id"));
		show_cell(t, SHOW_PLAIN, "%lld", command_integer(d, "alert"));
		show_cell(t, SHOW_PLAIN, "%s", command_string(d, "notifier"));
		show_cell(t, SHOW_PLAIN, "%s", command_string(d, "recipient"));
		show_cell(t, colour_of(state), "%s", state);
		show_cell(t, SHOW_PLAIN, "%lld",
		    command_integer(d, "attempts"));
		show_cell(t, SHOW_PLAIN, "%s", show_time(command_integer(d,
		    "next"), now, buf));
		show_cell(t, SHOW_PLAIN, "%s", command_string(d, "reason"));
	}
	if (json_array_size(list) == 0)
		puts("Nothing is waiting and nothing failed.");
	else
		show_table_print(c, t);
}

int
command_deliveries(struct ctl *c, const struct command *cmd, int argc,
    char **argv)
{
	const char *notifier = NULL;
	bool failed = false, all = false;
	long long limit = 100;
	const struct option_spec specs[] = {
		{ "notifier", 0, OPTION_TEXT, &notifier, "NAME",
		  "only this notifier's" },
		{ "failed", 0, OPTION_FLAG, &failed, NULL,
		  "only those that were given up" },
		{ "all", 'a', OPTION_FLAG, &all, NULL,
		  "also those that arrived" },
		{ "limit", 'n', OPTION_NUMBER, &limit, "N",
		  "at most so many; 100" },
		{ .name = NULL }
	};
	int status, first = options_read(c, cmd, specs, argc, argv, &status);
	json_t *reply, *request;

	if (first < 0)
		return status;
	if (!options_count(cmd, argc, first, 0, 0))
		return STATUS_USAGE;
	request = json_pack("{s:s, s:I, s:b, s:b}", "command", "deliveries",
	    "limit", (json_int_t)limit, "failed", failed, "all", all);
	if (notifier != NULL)
		json_object_set_new(request, "notifier", json_string(notifier));
	if ((reply = command_ask(c, request)) == NULL)
		return STATUS_FAILED;
	if (c->json)
		command_print_json(reply);
	else
		print_list(c, json_object_get(reply, "deliveries"));
	json_decref(reply);
	return STATUS_OK;
}
