/*
 * plugin - one shared object, loaded and believed only as far as it was
 * checked.
 *
 * The ABI number and the size are looked at before anything else; then what
 * the plugin's struct holds is copied into a zeroed one, and its name and its
 * table of options are checked, so that the rest may rely on them.
 */
#ifndef NOTIFY_PLUGIN_H
#define NOTIFY_PLUGIN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "delivery/protocol.h"
#include "newsalertd/notifier.h"

struct plugin {
	struct notifier	 entry;
	size_t		 noptions;
};

/* The file of a plugin: a path as it is, a name in the plugins' folder. */
const char *plugin_path(struct arena *, const char *);
/*
 * 0, or -1 with a sentence. *later: it could not be loaded now, but perhaps
 * soon (a file that is just being replaced, a library that is missing, no
 * memory); else it never can.
 */
int	plugin_load(struct plugin *, const char *path, bool *later,
	    struct error *);
/* What newsalertd is told; borrows from the plugin. */
void	plugin_hello(const struct plugin *, struct arena *,
	    struct notify_hello *);
const struct notifier_option *plugin_option(const struct plugin *,
	    const char *name);

#endif
