/* newsalertctl silence: keep a rule quiet for a time. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/duration.h"
#include "ctl/show.h"

static int
list(struct ctl *c)
{
	static const char *const headings[] = { "rule", "until", "held back#",
	    NULL };
	json_t *reply = command_ask(c, json_pack("{s:s}", "command",
	    "silences"));
	const json_t *rows = json_object_get(reply, "silences");
	struct show_table *t = show_table_new(&c->mem, headings);
	int64_t now = (int64_t)time(NULL);

	if (reply == NULL)
		return STATUS_FAILED;
	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *s = json_array_get(rows, i);
		const char *rule = command_string(s, "rule");
		char buf[24];

		show_cell(t, SHOW_PLAIN, "%s", *rule != '\0' ? rule :
		    "(all rules)");
		show_cell(t, SHOW_PLAIN, "%s", show_time(command_integer(s,
		    "until"), now, buf));
		show_cell(t, SHOW_PLAIN, "%lld", command_integer(s, "held"));
	}
	if (c->json)
		command_print_json(reply);
	else if (json_array_size(rows) == 0)
		puts("Nothing is silenced.");
	else
		show_table_print(c, t);
	json_decref(reply);
	return STATUS_OK;
}

int
command_silence(struct ctl *c, const struct command *cmd, int argc,
    char **argv)
{
	bool all = false, end = false;
	const struct option_spec specs[] = {
		{ "all", 'a', OPTION_FLAG, &all, NULL, "every rule" },
		{ "end", 0, OPTION_FLAG, &end, NULL,
		  "speak again: no duration is given" },
		{ .name = NULL }
	};
	int status, first = options_read(c, cmd, specs, argc, argv, &status);
	int want = (all ? 0 : 1) + (end ? 0 : 1);
	const char *rule;
	int64_t ms = 0;
	struct error err;
	char buf[24];
	json_t *reply;

	if (first < 0)
		return status;
	if (first == argc && !all && !end)
		return list(c);
	if (!options_count(cmd, argc, first, want, want))
		return STATUS_USAGE;
	rule = all ? "" : argv[first];
	if (!end && duration_parse(argv[argc - 1], &ms, &err) < 0)
		return options_wrong(cmd, "%s", err.text);
	reply = command_ask(c, json_pack("{s:s, s:s, s:b, s:I}", "command",
	    "silence", "rule", rule, "all", all, "seconds",
	    (json_int_t)(ms / 1000)));
	if (reply == NULL)
		return STATUS_FAILED;
	if (c->json)
		command_print_json(reply);
	else if (end)
		puts("Speaking again.");
	else
		printf("Silent until %s.\n", show_time(command_integer(reply,
		    "until"), (int64_t)time(NULL), buf));
	json_decref(reply);
	return STATUS_OK;
}
