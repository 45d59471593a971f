#include "daemon/notifier_hello.h"

#include "base/log.h"
#include "base/problems.h"
#include "daemon/daemon.h"
#include "daemon/generation.h"
#include "daemon/notifier.h"
#include "daemon/notifiers.h"
#include "delivery/options.h"

/*
 * The plugin could not be asked when the configuration was read: only now it
 * is known whether its options are right and who its recipients are. 1 = it
 * may go on, 0 = its options are wrong, -1.
 */
static int
learn(struct notifier *n, const struct frame *f, struct error *err)
{
	struct problems p;
	int r;

	problems_init(&p);
	r = generation_describe(n->d->generation, n->name, f, &p, err);
	for (size_t i = 0; i < p.n; i++)
		log_about(LOG_LEVEL_ERROR, &(struct log_subject){
		    .notifier = n->name }, "%s: %s; the alerts of %s wait for "
		    "a reload", p.list[i].where, p.list[i].text, n->label);
	if (r == 0 && p.errors > 0)
		notifier_refuse(n, p.list[0].text);
	else if (r == 0) {
		notifiers_described(n->d->notifiers);
		r = 1;
	}
	problems_clear(&p);
	return r;
}

int
notifier_hello(struct notifier *n, const struct frame *f, struct error *err)
{
	const struct config *c = n->d->generation->config;
	struct notify_settings settings;
	struct notify_hello hello;
	struct arena mem;
	int r;

	/* Asked to end while it was starting; its plan may be gone. */
	if (n->process.child.state != CHILD_STARTING)
		return 0;
	if (!n->plan->described && (r = learn(n, f, err)) <= 0)
		return r;
	arena_init(&mem);
	r = notify_get_hello(f, &mem, &hello, err);
	if (r == 0) {
		notify_options_settings(n->plan->config, &mem, &settings);
		settings.notifier = n->name;
		settings.timeout = n->plan->config->timeout;
		settings.allow = c->network.allow;
		settings.nallow = c->network.nallow;
		r = notify_put_configure(&n->process.link, &settings, err);
		process_flush(&n->process);
	}
	arena_free(&mem);
	return r;
}
