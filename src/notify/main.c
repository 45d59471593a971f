/*
 * newsalertd-notify - load one notifier plugin and serve one configured
 * notifier.
 *
 *	newsalertd-notify PLUGIN		over the socket on descriptor 3
 *	newsalertd-notify --describe PLUGIN	says what the plugin is
 *
 * PLUGIN is a path, or the name of an installed plugin. Foreign code runs here
 * and nowhere else: this process holds no secret but its own notifier's, and
 * no other descriptor than stdin, stdout, stderr and the link.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/mem.h"
#include "notify/describe.h"
#include "notify/guard.h"
#include "notify/link.h"
#include "notify/plugin.h"
#include "notify/serve.h"

static int
describe(const char *name)
{
	struct notify_hello hello;
	struct plugin plugin;
	struct arena mem;
	struct error err;
	bool later;
	int r;

	arena_init(&mem);
	if ((r = plugin_load(&plugin, plugin_path(&mem, name), &later,
	    &err)) < 0)
		fprintf(stderr, "newsalertd-notify: %s\n", err.text);
	else {
		plugin_hello(&plugin, &mem, &hello);
		describe_print(stdout, &hello);
	}
	arena_free(&mem);
	return r < 0 ? EX_CONFIG : EX_OK;
}

/* The plugin cannot be loaded: newsalertd is told, and reads it in its log. */
static int
refuse(struct link *l, const struct error *why, bool later)
{
	struct notify_refusal r = { .sentence = why->text,
		.permanent = !later };

	if (notify_put_refused(&l->frames, &r, NULL) == 0)
		link_flush(l);
	frame_link_clear(&l->frames);
	return EX_CONFIG;
}

static int
serve(const char *name)
{
	struct plugin plugin;
	struct arena mem;
	struct error err;
	struct link link;
	bool later = true;
	int status;

	if (link_take(&link, &err) < 0) {
		log_error("%s", err.text);
		return EX_OSERR;
	}
	arena_init(&mem);
	if (guard_process(&err) < 0 ||
	    plugin_load(&plugin, plugin_path(&mem, name), &later, &err) < 0)
		status = refuse(&link, &err, later);
	else
		status = serve_run(&plugin, &link);
	arena_free(&mem);
	return status;
}

int
main(int argc, char **argv)
{
	log_open("newsalertd-notify");
	/* The plugin's, too: an alert is sent whole or not at all. */
	json_set_alloc_funcs(mem_alloc, free);
	if (argc == 3 && strcmp(argv[1], "--describe") == 0)
		return describe(argv[2]);
	if (argc != 2 || argv[1][0] == '-' || !link_present()) {
		fputs("usage: newsalertd-notify --describe PLUGIN\n"
		    "Otherwise it is newsalertd that runs this program.\n",
		    stderr);
		return EX_USAGE;
	}
	return serve(argv[1]);
}
