/* newsalertctl retry: failed deliveries get another chance. */
#include <stdio.h>

#include "ctl/command.h"

int
command_retry(struct ctl *c, const struct command *cmd, int argc, char **argv)
{
	const char *notifier = NULL;
	bool all = false;
	const struct option_spec specs[] = {
		{ "all", 'a', OPTION_FLAG, &all, NULL,
		  "every delivery that was given up" },
		{ "notifier", 0, OPTION_TEXT, &notifier, "NAME",
		  "with --all: only this notifier's" },
		{ .name = NULL }
	};
	int status, first = options_read(c, cmd, specs, argc, argv, &status);
	json_t *reply, *request;
	long long n;

	if (first < 0)
		return status;
	if (!options_count(cmd, argc, first, all ? 0 : 1, all ? 0 : 1))
		return STATUS_USAGE;
	request = all ? json_pack("{s:s, s:b}", "command", "retry", "all", 1) :
	    json_pack("{s:s, s:s}", "command", "retry", "id", argv[first]);
	if (request != NULL && notifier != NULL)
		json_object_set_new(request, "notifier", json_string(notifier));
	if (request == NULL)
		return options_wrong(cmd, "the id is not UTF-8");
	if ((reply = command_ask(c, request)) == NULL)
		return STATUS_FAILED;
	n = command_integer(reply, "count");
	if (c->json)
		command_print_json(reply);
	else if (n == 0)
		puts("There is nothing to try again.");
	else
		printf("%lld deliver%s will be tried again.\n", n,
		    n == 1 ? "y" : "ies");
	json_decref(reply);
	return STATUS_OK;
}
