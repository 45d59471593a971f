/*
 * exec - hands alerts to a program: the way to be notified for people who do
 * not write C.
 *
 * The program is run directly, never by a shell, once for each message. On
 * stdin it gets one line of JSON for each alert; the first alert is in its
 * environment, too. Its exit status decides (see newsalertd-exec(7)); what it
 * prints goes to the log.
 */
#include <newsalertd/notifier.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "../memory_file.h"
#include "child.h"

static const struct notifier_option options[] = {
	{ "command", NOTIFIER_STRING, NOTIFIER_REQUIRED | NOTIFIER_LIST, NULL,
	    "the program and its arguments: [ \"/usr/local/bin/page\", \"-v\" ]"
	},
	{ "directory", NOTIFIER_STRING, 0, "/",
	    "where the program runs" },
	{ "secret", NOTIFIER_STRING, NOTIFIER_SECRET, NULL,
	    "given to the program as NEWSALERT_SECRET" },
	{ .name = NULL }
};

static int
exec_open(struct notifier_host *host, void **state)
{
	const char *program = host->text(host, "command", 0);

	(void)state;
	if (program[0] != '/') {
		host->error(host, "command: the program \"%s\" is not given "
		    "with its whole path", program);
		return NOTIFIER_FAIL;
	}
	if (access(program, X_OK) < 0) {
		host->error(host, "cannot run %s: %s", program,
		    strerror(errno));
		/* It may be installed later, or be on a disk to come. */
		return NOTIFIER_RETRY;
	}
	return NOTIFIER_OK;
}

/*
 * What an exit status means: sysexits.h says which troubles pass. A shell's
 * 126 and 127 (cannot run, not found) are the operator's to mend.
 */
static int
judge(int status)
{
	static const int hopeless[] = { EX_USAGE, EX_DATAERR, EX_NOINPUT,
		EX_NOUSER, EX_NOPERM };

	if (status == 0)
		return NOTIFIER_OK;
	for (size_t i = 0; i < sizeof(hopeless) / sizeof(*hopeless); i++)
		if (status == hopeless[i])
			return NOTIFIER_FAIL;
	return NOTIFIER_RETRY;
}

static int
exec_send(struct notifier_host *host, void *state,
    const struct notifier_alert *const *alerts, size_t n)
{
	struct memory_file m;
	char *input;
	size_t len;
	int status, r;

	(void)state;
	if (memory_file_open(&m) != NULL)
		for (size_t i = 0; i < n; i++)
			fprintf(m.file, "%s\n", host->json(host, alerts[i]));
	if ((input = memory_file_close(&m, &len)) == NULL) {
		host->error(host, "out of memory");
		return NOTIFIER_RETRY;
	}
	status = child_run(host, alerts, n, input, len);
	free(input);
	if (status < 0)
		return NOTIFIER_RETRY;
	if ((r = judge(status)) != NOTIFIER_OK)
		host->error(host, "%s ended with status %d",
		    host->text(host, "command", 0), status);
	return r;
}

NOTIFIER_DEFINE(.name = "exec",
    .summary = "runs a program with the alert as JSON on its stdin",
    .options = options, .open = exec_open, .send = exec_send)
