/* newsalertctl read: what the parser makes of a document, as JSON. */
#include <stdio.h>

#include "ctl/command.h"
#include "ctl/document.h"

#define STATUS_DIED 3

static void
print(const struct buf *out)
{
	if (out->len == 0)
		return;
	fwrite(out->data, 1, out->len, stdout);
	if (out->data[out->len - 1] != '\n')
		putchar('\n');
}

int
command_read(struct ctl *c, const struct command *cmd, int argc, char **argv)
{
	const char *type = NULL, *base = NULL;
	struct option_list allow = { .n = 0 };
	const struct option_spec specs[] = {
		{ "content-type", 't', OPTION_TEXT, &type, "TYPE",
		  "as the server's Content-Type would say" },
		{ "base", 'b', OPTION_TEXT, &base, "URL",
		  "what relative links are relative to" },
		{ "allow", 0, OPTION_LIST, &allow, "NETWORK",
		  "a private network that a URL may lead to, 127.0.0.0/8" },
		{ .name = NULL }
	};
	int status, first = options_read(c, cmd, specs, argc, argv, &status);
	struct config_access access;
	struct document d;
	struct buf out;
	struct error err;
	enum parsed r;

	if (first < 0)
		return status;
	if (!options_count(cmd, argc, first, 1, 1))
		return STATUS_USAGE;
	buf_init(&out, 4ul * DOCUMENT_MAX);
	document_access(c, &allow, &access);
	if (document_load(&d, argv[first], &access, &c->mem, &err) < 0)
		status = command_fail("%s", err.text);
	else {
		d.type = type != NULL ? type : d.type;
		d.base = base != NULL ? base : d.base;
		r = document_parse(&d, &out, &err);
		print(&out);
		status = r == PARSED ? STATUS_OK : STATUS_FAILED;
		if (r == PARSED_DIED) {
			command_fail("%s", err.text);
			status = STATUS_DIED;
		}
	}
	document_clear(&d);
	buf_clear(&out);
	return status;
}
