#include "control/control.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int
open_socket(const char *path, struct error *err)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof(sa.sun_path))
		return error_set(err, "the path of the control socket is too "
		    "long: %s", path);
	memcpy(sa.sun_path, path, strlen(path) + 1);
	if ((fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) < 0)
		return error_errno(err, "cannot make a socket");
	if (connect(fd, (struct sockaddr *)&sa, sizeof(sa)) == 0)
		return fd;
	if (errno == ENOENT || errno == ECONNREFUSED)
		error_set(err, "newsalertd is not running (nobody answers at "
		    "%s)", path);
	else if (errno == EACCES || errno == EPERM)
		error_set(err, "you may not talk to newsalertd: %s is for root"
		    " and its control_group", path);
	else
		error_errno(err, "cannot reach newsalertd at %s", path);
	close(fd);
	return -1;
}

static FILE *
ask(const char *path, const json_t *request, struct error *err)
{
	char *line;
	FILE *f;
	int fd = open_socket(path, err);

	if (fd < 0)
		return NULL;
	if ((f = fdopen(fd, "r+")) == NULL) {
		error_errno(err, "cannot talk to newsalertd");
		close(fd);
		return NULL;
	}
	line = json_dumps(request, JSON_COMPACT);
	if (line == NULL || fprintf(f, "%s\n", line) < 0 || fflush(f) != 0) {
		error_errno(err, "cannot talk to newsalertd");
		fclose(f);
		f = NULL;
	}
	free(line);
	return f;
}

/* 1 = a line, 0 = the end, -1 = no good. */
static int
next_reply(FILE *f, json_t **reply, struct error *err)
{
	json_error_t bad;

	*reply = json_loadf(f, JSON_DISABLE_EOF_CHECK, &bad);
	if (*reply != NULL)
		return 1;
	if (feof(f))
		return 0;
	return error_set(err, "newsalertd's answer makes no sense: %s",
	    bad.text);
}

int
control_refused(const json_t *reply, struct error *err)
{
	const json_t *text = json_object_get(reply, "error");

	if (!json_is_false(json_object_get(reply, "ok")))
		return 0;
	return error_set(err, "%s", json_is_string(text) ?
	    json_string_value(text) : "newsalertd refused without a reason");
}

json_t *
control_exchange(const char *path, const json_t *request, struct error *err)
{
	FILE *f = ask(path, request, err);
	json_t *reply = NULL;

	if (f == NULL)
		return NULL;
	if (next_reply(f, &reply, err) == 0)
		error_set(err, "newsalertd closed the connection without an "
		    "answer");
	fclose(f);
	return reply;
}

json_t *
control_call(const char *path, const json_t *request, struct error *err)
{
	json_t *reply = control_exchange(path, request, err);

	if (reply != NULL && control_refused(reply, err) < 0) {
		json_decref(reply);
		reply = NULL;
	}
	return reply;
}

int
control_follow(const char *path, const json_t *request,
    int (*each)(void *, json_t *), void *arg, struct error *err)
{
	FILE *f = ask(path, request, err);
	int more = 1, stop = 0;
	json_t *reply;

	if (f == NULL)
		return -1;
	while (stop == 0 && (more = next_reply(f, &reply, err)) > 0) {
		if (control_refused(reply, err) < 0)
			more = stop = -1;
		else
			stop = each(arg, reply);
		json_decref(reply);
	}
	fclose(f);
	return more < 0 ? -1 : 0;
}

json_t *
control_parse(const char *line, size_t len, struct error *err)
{
	json_error_t bad;
	json_t *request = json_loadb(line, len, 0, &bad);

	if (request == NULL)
		error_set(err, "the request is not JSON: %s", bad.text);
	else if (!json_is_string(json_object_get(request, "command"))) {
		error_set(err, "the request has no \"command\"");
		json_decref(request);
		request = NULL;
	}
	return request;
}

const char *
control_command(const json_t *request)
{
	return json_string_value(json_object_get(request, "command"));
}

json_t *
control_ok(void)
{
	return json_pack("{s:b}", "ok", 1);
}

json_t *
control_failed(const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return json_pack("{s:b, s:o}", "ok", 0, "error",
	    json_stringn_nocheck(text, strlen(text)));
}
