/*
 * control_server - the control socket: reads requests line by line, hands each
 * to the daemon's commands and sends the reply.
 *
 * Clients are few and local, but not trusted to read: a client whose replies
 * pile up is dropped. The socket is root's and control_group's.
 */
#ifndef DAEMON_CONTROL_SERVER_H
#define DAEMON_CONTROL_SERVER_H

#include <ev.h>
#include <jansson.h>

#include "base/error.h"

struct control_server;
struct control_client;

/*
 * Answer a request: a reply (stolen), or NULL when it will come later through
 * control_server_reply.
 */
typedef json_t *control_handler(void *, struct control_client *,
    const json_t *request);

struct control_server *control_server_new(struct ev_loop *, const char *path,
	    const char *group, control_handler *, void *, struct error *);
void	control_server_free(struct control_server *);	/* removes the socket */
/* A later reply, or a further line. The reply is stolen. Harmless when the
   client has gone: clients are named by number. */
void	control_server_reply(struct control_server *, unsigned long client,
	    json_t *);
unsigned long control_client_number(const struct control_client *);
/* It follows alerts: it gets every control_server_tell. */
void	control_client_follow(struct control_client *);
void	control_server_tell(struct control_server *, json_t *);	/* stolen */

#endif
