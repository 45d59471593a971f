/*
 * command - one request on the control socket, and what its function needs.
 *
 * Each function returns the reply, or NULL when it comes later. Times in
 * replies are Unix seconds, null when unknown.
 */
#ifndef DAEMON_COMMAND_H
#define DAEMON_COMMAND_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct config_feed;
struct control_client;
struct daemon;

struct command {
	struct daemon		*d;
	struct control_client	*client;
	const json_t		*request;
	int64_t			 now;
	struct arena		 mem;	/* dies with the request */
};

const char *command_text(const struct command *, const char *key);	/* or NULL */
int64_t	command_number(const struct command *, const char *key,
	    int64_t fallback);
bool	command_flag(const struct command *, const char *key);
json_t	*command_time(int64_t);		/* null for 0 and below */

/* "ok", "new", "held", "failing", "gone" or "off" */
const char *command_feed_state(struct command *, const struct config_feed *);

json_t	*command_alert(struct command *);
json_t	*command_alerted(struct command *);
json_t	*command_alerts(struct command *);
json_t	*command_articles(struct command *);
json_t	*command_deliveries(struct command *);
json_t	*command_feed(struct command *);
json_t	*command_feeds(struct command *);
json_t	*command_metrics(struct command *);
json_t	*command_retry(struct command *);
json_t	*command_rules(struct command *);
json_t	*command_silence(struct command *);
json_t	*command_silences(struct command *);
json_t	*command_status(struct command *);

#endif
