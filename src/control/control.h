/*
 * control - what newsalertctl and newsalertd say to each other.
 *
 * A stream unix socket; each message is one JSON object on one line, UTF-8,
 * at most CONTROL_LINE_MAX bytes. The client asks
 *	{"command":"poll","feed":"trade-wire"}
 * and gets one line back,
 *	{"ok":true, ...}   or   {"ok":false,"error":"there is no feed 'x'"}
 * (some commands go on with further lines, each an object, until the daemon
 * closes). Several requests may follow each other on one connection.
 */
#ifndef CONTROL_CONTROL_H
#define CONTROL_CONTROL_H

#include <jansson.h>
#include <stddef.h>

#include "base/error.h"

#define CONTROL_LINE_MAX (16u << 20)

/*
 * Ask the daemon once. The request is kept by the caller; the reply is the
 * caller's (json_decref). NULL with a sentence for a person: no daemon there,
 * no permission, connection lost, or the daemon's own "error".
 */
json_t	*control_call(const char *socket, const json_t *request,
	    struct error *);
/* The same, but a refusal ("ok":false) is returned, too: it may say more than
   one sentence ("errors" of a reload). */
json_t	*control_exchange(const char *socket, const json_t *request,
	    struct error *);
/* Is it a refusal? Then -1 with the daemon's sentence. */
int	 control_refused(const json_t *reply, struct error *);
/* The same, for commands that go on: each line is given to each() until it
   returns non-zero or the daemon closes. 0 or -1. */
int	 control_follow(const char *socket, const json_t *request,
	    int (*each)(void *, json_t *), void *, struct error *);

/* Server: a line as a request object with a string "command", or NULL. */
json_t	*control_parse(const char *line, size_t len, struct error *);
const char *control_command(const json_t *request);
json_t	*control_ok(void);
json_t	*control_failed(const char *, ...) __attribute__((format(printf, 1, 2)));

#endif
