/*
 * guard - what this process gives up before foreign code runs in it.
 *
 * It ends with newsalertd, leaves no core file (secrets are in its memory),
 * never gains privileges by running a set-id program, and cannot eat the
 * machine's memory. The memory limit is a soft one: a plugin that needs more
 * may raise it.
 */
#ifndef NOTIFY_GUARD_H
#define NOTIFY_GUARD_H

#include "base/error.h"

#define GUARD_MEMORY (512ul << 20)	/* bytes of writable memory */

int	guard_process(struct error *);

#endif
