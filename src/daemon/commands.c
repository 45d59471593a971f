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
	bool		later;		/* NULL: the reply comes later */
} table[] = {
	{ "alert", command_alert, false },
	{ "alerted", command_alerted, false },
	{ "alerts", command_alerts, false },
	{ "articles", command_articles, false },
	{ "deliveries", command_deliveries, false },
	{ "feed", command_feed, false },
	{ "feeds", command_feeds, false },
	{ "metrics", command_metrics, false },
	{ "poll", command_poll, false },
	{ "reload", command_reload, true },
	{ "retry", command_retry, false },
	{ "rules", command_rules, false },
	{ "silence", command_silence, false },
	{ "silences", command_silences, false },
	{ "status", command_status, false },
	{ "tail", command_tail, false },
	{ "test", command_test, true },
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
		/* A text that is no UTF-8 makes no JSON; say so now. */
		return reply != NULL || table[i].later ? reply :
		    control_failed("the answer cannot be written as JSON");
	}
	near = problems_nearest(name, names, sizeof(names) / sizeof(names[0]));
	return control_failed("newsalertd " BUILD_VERSION " knows no command "
	    "'%s'%s%s%s", name, near != NULL ? "; did you mean '" : "",
	    near != NULL ? near : "", near != NULL ? "'?" : "");
}
