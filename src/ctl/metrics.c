/* newsalertctl metrics: newsalertd's numbers in Prometheus' text format. */
#include <stdio.h>

#include "ctl/command.h"

int
command_metrics(struct ctl *c, const struct command *cmd, int argc, char **argv)
{
	int status, first = options_read(c, cmd, NULL, argc, argv, &status);
	json_t *reply;

	if (first < 0)
		return status;
	if (!options_count(cmd, argc, first, 0, 0))
		return STATUS_USAGE;
	reply = command_ask(c, json_pack("{s:s}", "command", "metrics"));
	if (reply == NULL)
		return STATUS_FAILED;
	if (c->json)
		command_print_json(reply);
	else
		fputs(command_string(reply, "text"), stdout);
	json_decref(reply);
	return STATUS_OK;
}
