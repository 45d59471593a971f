#include "daemon/commands.h"

#include <stdlib.h>
#include <string.h>

#include "build.h"
#include "control/control.h"
#include "daemon/command.h"
#include "daemon/daemon.h"
#include "daemon/generation.h"
#include "daemon/notifiers.h"
#include "daemon/polls.h"
#include "daemon/reload.h"

/* {} -> {"summary"} or a refusal with "errors" */
static json_t *
command_reload(struct command *c)
{
	reload_request(c->d->reload, c->client);
	return NULL;
}

/* {"feed"} -> {} */
static json_t *
command_poll(struct command *c)
{
	const char *feed = command_text(c, "feed");
	struct error err;

	if (feed == NULL)
		return control_failed("which feed? give its name");
	if (polls_request(c->d->polls, feed, &err) < 0)
		return control_failed("%s", err.text);
	return control_ok();
}

/* {"notifier"} -> {} when the sample was delivered */
static json_t *
command_test(struct command *c)
{
	const char *name = command_text(c, "notifier");

	if (name == NULL || notifiers_test(c->d->notifiers, name,
	    control_client_number(c->client)) < 0)
		return control_failed("there is no notifier '%s'",
		    name != NULL ? name : "");
	return NULL;
}

/* {} -> {}, then each alert on a line of its own */
static json_t *
command_tail(struct command *c)
{
	control_client_follow(c->client);
	return control_ok();
}

/* By name; newsalertctl has a command for each. */
static const struct {
	const char	*name;
	json_t		*(*run)(struct command *);
} table[] = {
	{ "alert", command_alert },
	{ "alerted", command_alerted },
	{ "alerts", command_alerts },
	{ "articles", command_articles },
	{ "deliveries", command_deliveries },
	{ "feed", command_feed },
	{ "feeds", command_feeds },
	{ "metrics", command_metrics },
	{ "poll", command_poll },
	{ "reload", command_reload },
	{ "retry", command_retry },
	{ "rules", command_rules },
	{ "silence", command_silence },
	{ "silences", command_silences },
	{ "status", command_status },
	{ "tail", command_tail },
	{ "test", command_test },
};

const char *
command_text(const struct command *c, const char *key)
{
	return json_string_value(json_object_get(c->request, key));
}

int64_t
command_number(const struct command *c, const char *key, int64_t fallback)
{
	const json_t *v = json_object_get(c->request, key);

	return json_is_integer(v) ? json_integer_value(v) : fallback;
}

bool
command_flag(const struct command *c, const char *key)
{
	return json_is_true(json_object_get(c->request, key));
}

json_t *
command_time(int64_t t)
{
	return t > 0 ? json_integer(t) : json_null();
}

json_t *
commands_handle(void *arg, struct control_client *client,
    const json_t *request)
{
	const char *names[sizeof(table) / sizeof(table[0])], *near;
	const char *name = control_command(request);
	struct command c = { .d = arg, .client = client, .request = request };
	json_t *reply;

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		names[i] = table[i].name;
		if (strcmp(name, table[i].name) != 0)
			continue;
		c.now = daemon_now();
		polls_commit(c.d->polls);
		arena_init(&c.mem);
		reply = table[i].run(&c);
		arena_free(&c.mem);
		return reply;
	}
	near = problems_nearest(name, names, sizeof(names) / sizeof(names[0]));
	return control_failed("newsalertd " BUILD_VERSION " knows no command "
	    "'%s'%s%s%s", name, near != NULL ? "; did you mean '" : "",
	    near != NULL ? near : "", near != NULL ? "'?" : "");
}
