/*
 * sandbox - what newsalertd-fetch gives up before it reads its first order.
 *
 * No new privileges. Landlock: the files of the resolver and of TLS can be
 * read, nothing else, and nothing can be written. seccomp: no exec, no fork,
 * no ptrace, no open for writing, no listening; threads are allowed, for
 * libcurl's resolver. Call it before the first thread is made.
 *
 * A kernel without Landlock (or a container that forbids one of the two) costs
 * a warning, not the service: the process has no state and no secrets but those
 * of the orders in flight.
 */
#ifndef FETCH_SANDBOX_H
#define FETCH_SANDBOX_H

#include "base/error.h"

/* 0 = all of it, -1 = a part is missing, with the reason. */
int	sandbox_enter(struct error *);
/*
 * Landlock knows files, not names: a file that is replaced can no longer be
 * read. These are the ones to watch for that; ended by NULL.
 */
const char *const *sandbox_watched(void);

#endif
