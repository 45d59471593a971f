#include "ctl/document.h"

#include <string.h>
#include <strings.h>
#include <sys/wait.h>

#include "base/fdio.h"
#include "ctl/filter.h"

int
document_is_url(const char *name)
{
	return strncasecmp(name, "http://", 7) == 0 ||
	    strncasecmp(name, "https://", 8) == 0;
}

static int
fetch(const char *url, struct buf *out, struct error *err)
{
	const char *argv[] = { "newsalertd-fetch", "--once", url, NULL };
	int status = filter_run(argv[0], argv, "", 0, out, err);

	if (status == -1)
		return -1;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return error_set(err, "%s could not be fetched", url);
	return 0;
}

int
document_load(const char *name, struct buf *out, struct error *err)
{
	return document_is_url(name) ? fetch(name, out, err) :
	    fdio_read_file(name, out, err);
}

enum parsed
document_parse(const void *data, size_t len, const char *type,
    const char *base, struct buf *out, struct error *err)
{
	const char *argv[8] = { "newsalertd-parse", "--json" };
	size_t n = 2;
	int status;

	if (type != NULL) {
		argv[n++] = "--content-type";
		argv[n++] = type;
	}
	if (base != NULL) {
		argv[n++] = "--base";
		argv[n++] = base;
	}
	status = filter_run(argv[0], argv, data, len, out, err);
	if (status == -1)
		return PARSED_DIED;
	if (WIFSIGNALED(status)) {
		error_set(err, "newsalertd-parse was ended by signal %d (%s)",
		    WTERMSIG(status), strsignal(WTERMSIG(status)));
		return PARSED_DIED;
	}
	switch (WEXITSTATUS(status)) {
	case 0:
		return PARSED;
	case 1:
		return PARSED_NOT;
	default:
		error_set(err, "newsalertd-parse ended with status %d",
		    WEXITSTATUS(status));
		return PARSED_DIED;
	}
}
