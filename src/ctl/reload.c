/* newsalertctl reload: newsalertd reads its configuration again. */
#include <stdio.h>

#include "control/control.h"
#include "ctl/command.h"

/* A refusal names every error of the configuration. */
static int
print_refusal(const json_t *reply)
{
	const json_t *errors = json_object_get(reply, "errors");

	for (size_t i = 0; i < json_array_size(errors); i++) {
		const json_t *e = json_array_get(errors, i);

		fprintf(stderr, "%s: %s\n", command_string(e, "where"),
		    command_string(e, "text"));
	}
	return command_fail("%s", command_string(reply, "error"));
}

static void
print_success(const json_t *reply)
{
	const json_t *warnings = json_object_get(reply, "warnings");
	const char *summary = command_string(reply, "summary");

	for (size_t i = 0; i < json_array_size(warnings); i++) {
		const json_t *w = json_array_get(warnings, i);

		fprintf(stderr, "%s: warning: %s\n", command_string(w,
		    "where"), command_string(w, "text"));
	}
	printf("Reloaded: %s.\n", *summary != '\0' ? summary :
	    "nothing changed");
}

int
command_reload(struct ctl *c, const struct command *cmd, int argc, char **argv)
{
	int status, first = options_read(c, cmd, NULL, argc, argv, &status);
	const char *path;
	struct error err;
	json_t *reply, *request;
	bool refused;

	if (first < 0)
		return status;
	if (!options_count(cmd, argc, first, 0, 0))
		return STATUS_USAGE;
	if ((path = command_socket(c)) == NULL)
		return STATUS_FAILED;
	request = json_pack("{s:s}", "command", "reload");
	reply = control_exchange(path, request, &err);
	json_decref(request);
	if (reply == NULL)
		return command_fail("%s", err.text);
	refused = json_is_false(json_object_get(reply, "ok"));
	status = refused ? STATUS_FAILED : STATUS_OK;
	if (c->json)
		command_print_json(reply);
	else if (refused)
		print_refusal(reply);
	else
		print_success(reply);
	json_decref(reply);
	return status;
}
