/*
 * generation - one configuration with all that was made from it: the compiled
 * rules, and what each notifier's plugin says of itself.
 *
 * Built whole, at start, for -t, or in the worker thread of a reload; then
 * used by the main thread alone, and freed when the next one has taken over.
 */
#ifndef DAEMON_GENERATION_H
#define DAEMON_GENERATION_H

#include <stdbool.h>

#include "config/config.h"
#include "delivery/protocol.h"
#include "store/deliveries.h"

struct quiet;

struct generation_notifier {
	const struct config_notifier *config;
	const char	 *path;		/* of the plugin's shared object */
	bool		  described;	/* false: the plugin could not be asked */
	struct notify_hello hello;
	struct quiet	 *quiet;	/* NULL = none */
};

struct generation {
	struct config	*config;
	/* config->nnotifiers of each, in its order. */
	struct generation_notifier *notifiers;
	struct store_target *targets;
	struct arena	 mem;
	struct matcher	*matcher;
	const char	*libexec;
};

/*
 * NULL when the configuration has errors. A plugin that is missing or broken
 * is a warning: its alerts wait for it.
 */
struct generation *generation_load(const char *path, struct problems *);
void	generation_free(struct generation *);
/*
 * A plugin that could not be asked then says what it is now: the frame of its
 * HELLO. What is wrong with its notifier's options is added to the problems.
 * -1 = it is no HELLO.
 */
int	generation_describe(struct generation *, const char *name,
	    const struct frame *, struct problems *, struct error *);
/* The notifier of that name, or NULL. */
const struct generation_notifier *generation_notifier(
	    const struct generation *, const char *name);

#endif
