/*
 * reload - a new generation, built in a thread while everything goes on, then
 * swapped in; with errors the old one stays.
 *
 * Several requests while one is being built are answered together with one
 * more build, so that nobody is told about files they changed later.
 */
#ifndef DAEMON_RELOAD_H
#define DAEMON_RELOAD_H

#include "daemon/control_server.h"

struct daemon;
struct reload;

struct reload *reload_new(struct daemon *);
void	reload_free(struct reload *);	/* waits for the thread */
/* client: whom to tell, or NULL (SIGHUP). */
void	reload_request(struct reload *, struct control_client *);

#endif
