#include "ctl/document.h"

#include <string.h>
#include <strings.h>
#include <sys/wait.h>

#include "base/fdio.h"
#include "ctl/helper.h"

#define INFO_MAX 65536
#define ARGS_MAX (2 * CONFIG_ALLOW_MAX + 16)

static int
is_url(const char *name)
{
	return strncasecmp(name, "http://", 7) == 0 ||
	    strncasecmp(name, "https://", 8) == 0;
}

/* The rest of the line that starts so, or NULL. */
static const char *
value(const char *lines, const char *key, struct arena *mem)
{
	size_t n = strlen(key);

	while (lines != NULL && *lines != '\0') {
		if (strncmp(lines, key, n) == 0)
			return arena_strndup(mem, lines + n,
			    strcspn(lines + n, "\n"));
		if ((lines = strchr(lines, '\n')) != NULL)
			lines++;
	}
	return NULL;
}

/* The arguments that say so, behind the n there are. How many there are now. */
static size_t
put_access(const char **argv, size_t n, const struct config_access *a,
    struct arena *mem)
{
	for (size_t i = 0; i < a->nallow; i++) {
		argv[n++] = "--allow";
		argv[n++] = a->allow[i];
	}
	if (a->proxy[0] != '\0') {
		argv[n++] = "--proxy";
		argv[n++] = a->proxy;
	}
	argv[n++] = "--user-agent";
	argv[n++] = config_user_agent(a->contact, mem);
	return n;
}

static int
fetch(struct document *d, const char *url, const struct config_access *access,
    struct arena *mem, struct error *err)
{
	const char *argv[ARGS_MAX] = { "newsalertd-fetch", "--once", "--info",
	    HELPER_INFO_FD };
	size_t n = 4;
	struct buf info;
	int status, r = -1;

	n = put_access(argv, n, access, mem);
	argv[n++] = "--";
	argv[n++] = url;
	buf_init(&info, INFO_MAX);
	status = helper_run(argv[0], argv, "", 0, &d->data, &info, err);
	if (status != -1 && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
		error_set(err, "%s could not be fetched", url);
	else if (status != -1) {
		if ((d->base = value(info.data, "base: ", mem)) == NULL)
			d->base = value(info.data, "url: ", mem);
		d->type = value(info.data, "content-type: ", mem);
		if (d->type != NULL && *d->type == '\0')
			d->type = NULL;
		r = 0;
	}
	buf_clear(&info);
	return r;
}

void
document_access(struct ctl *c, const struct option_list *allow,
    struct config_access *access)
{
	config_access_read(c->config, &c->mem, access);
	for (size_t i = 0; i < allow->n; i++)
		config_access_allow(access, allow->v[i]);
}

int
document_load(struct document *d, const char *name,
    const struct config_access *access, struct arena *mem, struct error *err)
{
	buf_init(&d->data, DOCUMENT_MAX);
	d->type = d->base = NULL;
	return is_url(name) ? fetch(d, name, access, mem, err) :
	    fdio_read_file(name, &d->data, err);
}

void
document_clear(struct document *d)
{
	buf_clear(&d->data);
}

enum parsed
document_parse(const struct document *d, struct buf *out, struct error *err)
{
	const char *argv[8] = { "newsalertd-parse", "--json" };
	size_t n = 2;
	int status;

	if (d->type != NULL) {
		argv[n++] = "--content-type";
		argv[n++] = d->type;
	}
	if (d->base != NULL) {
		argv[n++] = "--base";
		argv[n++] = d->base;
	}
	status = helper_run(argv[0], argv, d->data.data, d->data.len, out,
	    NULL, err);
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
