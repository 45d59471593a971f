/*
 * notifier_hello - a plugin's process says what it is; it gets the settings of
 * its notifier.
 */
#ifndef DAEMON_NOTIFIER_HELLO_H
#define DAEMON_NOTIFIER_HELLO_H

#include "base/error.h"
#include "base/frame.h"

struct notifier;

/* A frame of type NOTIFY_HELLO; -1 = it breaks the protocol. */
int	notifier_hello(struct notifier *, const struct frame *,
	    struct error *);

#endif
