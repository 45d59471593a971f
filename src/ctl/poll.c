/* newsalertctl poll: ask for feeds now, if their hosts allow. */
#include <stdio.h>

#include "ctl/command.h"

int
command_poll(struct ctl *c, const struct command *cmd, int argc, char **argv)
{
	int status, first = options_read(c, cmd, NULL, argc, argv, &status);

	if (first < 0)
		return status;
	if (!options_count(cmd, argc, first, 1, -1))
		return STATUS_USAGE;
	status = STATUS_OK;
	for (int i = first; i < argc; i++) {
		json_t *request = json_pack("{s:s, s:s}", "command", "poll",
		    "feed", argv[i]), *reply;

		if (request == NULL)
			return options_wrong(cmd, "the name is not UTF-8");
		if ((reply = command_ask(c, request)) == NULL)
			status = STATUS_FAILED;
		else if (c->json)
			command_print_json(reply);
		else
			printf("%s will be polled.\n", argv[i]);
		json_decref(reply);
	}
	return status;
}
