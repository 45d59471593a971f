/* newsalertctl tail: each alert as it is found. */
#include <stdio.h>
#include <time.h>

#include "control/control.h"
#include "ctl/show.h"

static int
print_alert(void *arg, json_t *o)
{
	const struct ctl *c = arg;
	const json_t *e = json_object_get(o, "evidence");
	const char *line = json_is_string(e) ? json_string_value(e) :
	    command_string(e, "line");
	const char *rule = command_string(o, "rule");
	char buf[24];
	int64_t now = (int64_t)time(NULL);

	if (*rule == '\0')
		return 0;		/* the first reply only says ok */
	if (c->json)
		command_print_json(o);
	else {
		printf("%s  ", show_time(now, now, buf));
		show_text(c, SHOW_BOLD, rule);
		fputs("  ", stdout);
		show_text(c, SHOW_DIM, command_string(o, "feed"));
		putchar('\n');
		show_wrapped(c, 7, *line != '\0' ? line :
		    command_string(o, "title"));
	}
	fflush(stdout);
	return 0;
}

int
command_tail(struct ctl *c, const struct command *cmd, int argc, char **argv)
{
	int status, first = options_read(c, cmd, NULL, argc, argv, &status);
	const char *path;
	struct error err;
	json_t *request;

	if (first < 0)
		return status;
	if (!options_count(cmd, argc, first, 0, 0))
		return STATUS_USAGE;
	if ((path = command_socket(c)) == NULL)
		return STATUS_FAILED;
	request = json_pack("{s:s}", "command", "tail");
	status = STATUS_OK;
	if (control_follow(path, request, print_alert, c, &err) < 0)
		status = command_fail("%s", err.text);
	json_decref(request);
	return status;
}
