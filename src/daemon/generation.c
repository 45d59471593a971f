#include "daemon/generation.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/program.h"
#include "config/quiet.h"
#include "daemon/describe.h"
#include "delivery/options.h"

static const char *
plugin_path(struct generation *g, const struct config_notifier *n)
{
	const char *folder = g->config->plugin_dir;

	if (strchr(n->plugin, '/') != NULL)
		return n->plugin;
	if (folder[0] == '\0')
		folder = program_plugins();
	return arena_printf(&g->mem, "%s/%s.so", folder, n->plugin);
}

/* Several notifiers may have one plugin: it is asked once. */
static const struct generation_notifier *
asked_before(const struct generation *g, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(g->notifiers[k].path, g->notifiers[i].path) == 0)
			return &g->notifiers[k];
	return NULL;
}

/* Its options against what the plugin asks for; whom it delivers to. */
static void
apply_hello(struct generation *g, size_t i, struct problems *p)
{
	const struct generation_notifier *n = &g->notifiers[i];

	notify_options_check(n->config, &n->hello, p);
	g->targets[i].recipients = notify_options_recipients(n->config,
	    &n->hello, &g->targets[i].nrecipients);
}

static void
describe(struct generation *g, size_t i, struct problems *p)
{
	struct generation_notifier *n = &g->notifiers[i];
	const struct generation_notifier *twin;
	struct error err;

	n->config = &g->config->notifiers[i];
	n->path = plugin_path(g, n->config);
	if ((twin = asked_before(g, i)) != NULL) {
		n->described = twin->described;
		n->hello = twin->hello;
	} else if (describe_plugin(g->libexec, n->path, &g->mem, &n->hello,
	    &err) == 0)
		n->described = true;
	else
		problems_warning(p, n->config->origin, "notifier '%s': %s; its "
		    "alerts will wait", n->config->name, err.text);
	g->targets[i].notifier = n->config->name;
	if (n->described)
		apply_hello(g, i, p);
}

static void
read_quiet(struct generation *g, size_t i, struct problems *p)
{
	const struct config_notifier *n = g->notifiers[i].config;
	struct error err;

	if (n->quiet[0] == '\0')
		return;
	g->notifiers[i].quiet = quiet_parse(n->quiet, &err);
	if (g->notifiers[i].quiet == NULL)
		problems_error(p, n->origin, "notifier '%s': %s", n->name,
		    err.text);
}

struct generation *
generation_load(const char *path, struct problems *p)
{
	struct generation *g;
	struct config *c = config_load(path, 0, p);

	if (c == NULL)
		return NULL;
	g = mem_zalloc(1, sizeof(*g));
	arena_init(&g->mem);
	g->config = c;
	g->libexec = c->libexec_dir[0] != '\0' ? c->libexec_dir :
	    program_libexec();
	g->notifiers = arena_zalloc(&g->mem, c->nnotifiers + 1,
	    sizeof(*g->notifiers));
	g->targets = arena_zalloc(&g->mem, c->nnotifiers + 1,
	    sizeof(*g->targets));
	for (size_t i = 0; i < c->nnotifiers; i++) {
		describe(g, i, p);
		read_quiet(g, i, p);
	}
	if (p->errors > 0) {
		generation_free(g);
		return NULL;
	}
	g->matcher = matcher_new(c->ruleset);
	return g;
}

void
generation_free(struct generation *g)
{
	if (g == NULL)
		return;
	for (size_t i = 0; i < g->config->nnotifiers; i++)
		quiet_free(g->notifiers[i].quiet);
	matcher_free(g->matcher);
	config_free(g->config);
	arena_free(&g->mem);
	free(g);
}

int
generation_describe(struct generation *g, const char *name,
    const struct frame *hello, struct problems *p, struct error *err)
{
	for (size_t i = 0; i < g->config->nnotifiers; i++) {
		struct generation_notifier *n = &g->notifiers[i];

		if (strcmp(n->config->name, name) != 0)
			continue;
		if (notify_get_hello(hello, &g->mem, &n->hello, err) < 0)
			return -1;
		n->described = true;
		apply_hello(g, i, p);
	}
	return 0;
}

const struct generation_notifier *
generation_notifier(const struct generation *g, const char *name)
{
	for (size_t i = 0; i < g->config->nnotifiers; i++)
		if (strcmp(g->notifiers[i].config->name, name) == 0)
			return &g->notifiers[i];
	return NULL;
}
