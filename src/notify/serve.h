/*
 * serve - one plugin's life: opened, asked to send, closed.
 *
 * Ends at CLOSE, at the end of the link, or at SIGTERM between two messages;
 * the plugin's close() is called in each case. A SIGTERM that comes while the
 * plugin works, or the end of its timeout, interrupts its system call and
 * gives it five seconds; then the process kills itself. newsalertd has its own
 * clock for a plugin that prevents even that.
 */
#ifndef NOTIFY_SERVE_H
#define NOTIFY_SERVE_H

#include "notify/link.h"
#include "notify/plugin.h"

/* Returns the exit status of the process. */
int	serve_run(const struct plugin *, struct link *);

#endif
