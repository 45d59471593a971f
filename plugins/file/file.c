/*
 * file - appends alerts to a file, or shows them where newsalertd runs.
 *
 * The file is opened for each message and synced before the message counts as
 * delivered: it may be renamed, removed or rotated at any time, and needs no
 * signal. A lock keeps notifiers that share a file apart.
 */
#include <newsalertd/notifier.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct notifier_option options[] = {
	{ "path", NOTIFIER_STRING, NOTIFIER_REQUIRED, NULL,
	    "file to append to; \"-\" shows alerts on newsalertd's stdout" },
	{ "format", NOTIFIER_STRING, 0, "line",
	    "\"line\" for people, \"json\" for one JSON object per line" },
	{ "mode", NOTIFIER_STRING, 0, "0640",
	    "permissions of a file that is made, octal" },
	{ .name = NULL }
};

static int
file_open(struct notifier_host *host, void **state)
{
	const char *format = host->text(host, "format", 0);
	const char *mode = host->text(host, "mode", 0);

	(void)state;
	if (strcmp(format, "line") != 0 && strcmp(format, "json") != 0) {
		host->error(host, "format is \"line\" or \"json\", not \"%s\"",
		    format);
		return NOTIFIER_FAIL;
	}
	if (*mode == '\0' || mode[strspn(mode, "01234567")] != '\0' ||
	    strtoul(mode, NULL, 8) > 0777) {
		host->error(host, "mode is octal like 0640, not \"%s\"", mode);
		return NOTIFIER_FAIL;
	}
	/* The mode is as asked for: nothing else in this process makes files. */
	umask(0);
	return NOTIFIER_OK;
}

/* All alerts of the message as one text, written at once. */
static char *
make_text(struct notifier_host *host,
    const struct notifier_alert *const *alerts, size_t n, size_t *len)
{
	int json = strcmp(host->text(host, "format", 0), "json") == 0;
	char *text = NULL;
	int failed = 0;
	FILE *f;

	if ((f = open_memstream(&text, len)) == NULL)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		const struct notifier_alert *a = alerts[i];

		/* Only the return values tell when memory is out. */
		if (json)
			failed |= fprintf(f, "%s\n", host->json(host, a)) < 0;
		else
			failed |= fprintf(f, "%s %s  %s · %s · %s\n",
			    a->test ? "TEST" : "ALERT", a->rule, a->evidence,
			    a->title, a->link) < 0;
	}
	if (fclose(f) == 0 && !failed)
		return text;
	free(text);
	return NULL;
}

static int
append(int fd, const char *text, size_t len)
{
	struct stat st;
	ssize_t done;
	size_t at = 0;
	int reason;

	/* Not every file system has locks. An interruption means that the
	   time is up, here and below. */
	if ((flock(fd, LOCK_EX) < 0 && errno == EINTR) || fstat(fd, &st) < 0)
		return -1;
	for (; at < len; at += (size_t)done)
		if ((done = write(fd, text + at, len - at)) < 0)
			break;
	if (at == len && (!S_ISREG(st.st_mode) || fdatasync(fd) == 0))
		return 0;
	/* Leave no half line behind: the message will come again. */
	reason = errno;
	if (S_ISREG(st.st_mode) && ftruncate(fd, st.st_size) < 0)
		reason = errno;
	errno = reason;
	return -1;
}

static int
file_send(struct notifier_host *host, void *state,
    const struct notifier_alert *const *alerts, size_t n)
{
	const char *path = host->text(host, "path", 0);
	int to_stdout = strcmp(path, "-") == 0, fd, result = NOTIFIER_OK;
	mode_t mode = (mode_t)strtoul(host->text(host, "mode", 0), NULL, 8);
	size_t len = 0;
	char *text;

	(void)state;
	text = make_text(host, alerts, n, &len);
	fd = to_stdout ? STDOUT_FILENO :
	    open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY,
	    mode);
	if (text == NULL || fd < 0 || append(fd, text, len) < 0) {
		host->error(host, "cannot write to %s: %s", path,
		    strerror(errno));
		result = NOTIFIER_RETRY;
	}
	if (!to_stdout && fd >= 0 && close(fd) < 0 && result == NOTIFIER_OK) {
		host->error(host, "cannot close %s: %s", path,
		    strerror(errno));
		result = NOTIFIER_RETRY;
	}
	free(text);
	return result;
}

NOTIFIER_DEFINE(.name = "file", .summary = "appends alerts to a file",
    .options = options, .open = file_open, .send = file_send)
