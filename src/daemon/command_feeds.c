#include <string.h>

#include "control/control.h"
#include "daemon/command.h"
#include "daemon/daemon.h"
#include "daemon/feed_why.h"
#include "daemon/generation.h"
#include "daemon/polls.h"
#include "store/feeds.h"

/* A feed as a person is told of it. */
struct told {
	struct store_feed row;		/* empty if it was never polled */
	const char	*state, *why;
	int64_t		 next;
};

static void
look_at(struct command *c, const struct config_feed *f, struct told *t)
{
	int64_t interval = f->interval > 0 ? f->interval :
	    c->d->generation->config->polling.interval;
	struct store_feed *s = &t->row;
	const char *turn;
	bool held;

	memset(t, 0, sizeof(*t));
	s->url = s->error = s->title = s->format = s->outcome = "";
	store_feed_get(c->d->store, f->name, &c->mem, s, NULL);
	t->next = s->next_due;
	turn = polls_turn(c->d->polls, f->name, &c->mem, &held, &t->next);
	if (f->enabled && !s->gone)
		s->next_due = t->next;
	t->why = turn != NULL ? turn : feed_why(s, interval / 1000);
	if (!f->enabled)
		t->state = t->why = "off";
	else if (s->gone)
		t->state = "gone";
	else if (held || s->hold_until > c->now)
		t->state = "held";
	else if (s->errors > 0)
		t->state = "failing";
	else
		t->state = s->last_poll == 0 ? "new" : "ok";
}

const char *
command_feed_state(struct command *c, const struct config_feed *f)
{
	struct told t;

	look_at(c, f, &t);
	return t.state;
}

static json_t *
feed_json(struct command *c, const struct config_feed *f)
{
	struct store_feed s;
	struct told t;

	look_at(c, f, &t);
	s = t.row;
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, "
	    "s:o, s:o, s:I, s:f, s:I, s:I, s:I, s:s*}", "name", f->name, "why",
	    t.why, "url", s.url[0] != '\0' ? s.url : f->url, "state",
	    t.state, "outcome", s.outcome, "error", s.error,
	    "title", s.title, "format", s.format, "next",
	    command_time(t.next), "last_poll", command_time(s.last_poll),
	    "last_ok", command_time(s.last_ok), "last_new",
	    command_time(s.articles > 0 ? s.last_new : 0), "errors", (json_int_t)s.errors,
	    "articles_a_day", (double)store_feed_weekly(&s, c->now) / 7.0, "articles",
	    (json_int_t)s.articles, "polls", (json_int_t)s.polls,
	    "not_modified", (json_int_t)s.not_modified, "same_as",
	    polls_twin(c->d->polls, f->name));
}

/* {} -> {"feeds":[...]} */
json_t *
command_feeds(struct command *c)
{
	const struct config *config = c->d->generation->config;
	json_t *list = json_array();

	for (size_t i = 0; i < config->nfeeds; i++)
		json_array_append_new(list, feed_json(c, &config->feeds[i]));
	return json_pack("{s:b, s:o}", "ok", 1, "feeds", list);
}

static json_t *
polls_json(struct command *c, const char *feed)
{
	struct store_poll *polls;
	struct store_feed s;
	json_t *list = json_array();
	size_t n;

	if (store_feed_get(c->d->store, feed, &c->mem, &s, NULL) != 1 ||
	    store_poll_list(c->d->store, s.id, &c->mem, &polls, &n, NULL) < 0)
		return list;
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_pack("{s:o, s:s, s:I, s:I, "
		    "s:I, s:I, s:I, s:I, s:s}", "at",
		    command_time(polls[i].at), "outcome", polls[i].outcome,
		    "status", (json_int_t)polls[i].status, "items",
		    (json_int_t)polls[i].items, "new",
		    (json_int_t)polls[i].fresh, "changed",
		    (json_int_t)polls[i].changed, "bytes",
		    (json_int_t)polls[i].bytes, "ms",
		    (json_int_t)polls[i].elapsed_ms, "error", polls[i].error));
	return list;
}

/* {"feed"} -> {"feed":{..., "history":[...]}} */
json_t *
command_feed(struct command *c)
{
	const struct config *config = c->d->generation->config;
	const char *name = command_text(c, "feed");
	json_t *o;

	for (size_t i = 0; name != NULL && i < config->nfeeds; i++) {
		if (strcmp(config->feeds[i].name, name) != 0)
			continue;
		o = feed_json(c, &config->feeds[i]);
		json_object_set_new(o, "history", polls_json(c, name));
		return json_pack("{s:b, s:o}", "ok", 1, "feed", o);
	}
	return control_failed("there is no feed '%s'", name != NULL ? name :
	    "");
}
