/*
 * describe - ask a plugin what it is: newsalertd-notify loads it, says HELLO
 * and is told to close. Blocks for a few seconds at the most.
 */
#ifndef DAEMON_DESCRIBE_H
#define DAEMON_DESCRIBE_H

#include "base/arena.h"
#include "base/error.h"
#include "delivery/protocol.h"

int	describe_plugin(const char *libexec, const char *path,
	    struct arena *, struct notify_hello *, struct error *);

#endif
