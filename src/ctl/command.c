#include "ctl/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/socket.h"
#include "control/control.h"

int
command_fail(const char *fmt, ...)
{
	va_list ap;

	fflush(stdout);
	fputs("newsalertctl: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return STATUS_FAILED;
}

const char *
command_socket(struct ctl *c)
{
	struct error err;

	if (c->socket == NULL) {
		c->socket = config_socket(c->config, &c->mem, &err);
		if (c->socket == NULL)
			command_fail("%s", err.text);
	}
	return c->socket;
}

json_t *
command_ask(struct ctl *c, json_t *request)
{
	const char *path = command_socket(c);
	struct error err;
	json_t *reply = NULL;

	if (path != NULL) {
		reply = control_call(path, request, &err);
		if (reply == NULL)
			command_fail("%s", err.text);
	}
	json_decref(request);
	return reply;
}

void
command_print_json(const json_t *value)
{
	json_dumpf(value, stdout, JSON_COMPACT);
	putchar('\n');
}

const char *
command_string(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

long long
command_integer(const json_t *o, const char *key)
{
	return (long long)json_number_value(json_object_get(o, key));
}
