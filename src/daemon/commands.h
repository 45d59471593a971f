/*
 * commands - what newsalertd answers on its control socket: one table, a
 * function each. Requests and replies: control/control.h; each command's own
 * fields stand above its function.
 */
#ifndef DAEMON_COMMANDS_H
#define DAEMON_COMMANDS_H

#include "daemon/control_server.h"

/* A control_handler; arg is the struct daemon. */
json_t	*commands_handle(void *, struct control_client *, const json_t *);

#endif
