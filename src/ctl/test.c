/* newsalertctl test: send a sample alert through a notifier. */
#include <stdio.h>

#include "ctl/command.h"

int
command_test(struct ctl *c, const struct command *cmd, int argc, char **argv)
{
	int status, first = options_read(c, cmd, NULL, argc, argv, &status);
	json_t *reply, *request;

	if (first < 0)
		return status;
	if (!options_count(cmd, argc, first, 1, 1))
		return STATUS_USAGE;
	request = json_pack("{s:s, s:s}", "command", "test", "notifier",
	    argv[first]);
	if (request == NULL)
		return options_wrong(cmd, "the name is not UTF-8");
	if ((reply = command_ask(c, request)) == NULL)
		return STATUS_FAILED;
	if (c->json)
		command_print_json(reply);
	else
		printf("%s took a sample alert.\n", argv[first]);
	json_decref(reply);
	return STATUS_OK;
}
