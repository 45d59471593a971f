#include "base/child.h"

#include <string.h>

typedef unsigned action(struct child *, int64_t);

static int64_t
later(int64_t now, int64_t ms)
{
	return ms > CHILD_NEVER - now ? CHILD_NEVER : now + ms;
}

static void
enter(struct child *c, enum child_state state, int64_t deadline)
{
	c->state = state;
	c->deadline = deadline;
}

static unsigned
ignore(struct child *c, int64_t now)
{
	(void)c;
	(void)now;
	return 0;
}

static unsigned
spawn(struct child *c, int64_t now)
{
	c->wanted = true;
	c->eof = false;
	c->in_flight = 0;
	c->started = now;
	enter(c, CHILD_STARTING, later(now, c->start_ms));
	return CHILD_DO_SPAWN;
}

/* Not there yet, not stopped either: START only changes what comes after. */
static unsigned
want(struct child *c, int64_t now)
{
	(void)now;
	c->wanted = true;
	return 0;
}

static unsigned
unwant(struct child *c, int64_t now)
{
	(void)now;
	c->wanted = false;
	return 0;
}

static unsigned
rest(struct child *c, int64_t now)
{
	(void)now;
	c->wanted = false;
	enter(c, CHILD_STOPPED, CHILD_NEVER);
	return 0;
}

static unsigned
serve(struct child *c, int64_t now)
{
	c->ready_since = now;
	enter(c, CHILD_READY, CHILD_NEVER);
	return CHILD_DO_SERVE;
}

static unsigned
begin(struct child *c, int64_t now)
{
	c->in_flight = 1;
	enter(c, CHILD_BUSY, later(now, c->work_ms));
	return 0;
}

static unsigned
add(struct child *c, int64_t now)
{
	(void)now;
	c->in_flight++;
	return 0;
}

static unsigned
finish(struct child *c, int64_t now)
{
	c->failures = 0;
	if (--c->in_flight > 0)
		enter(c, CHILD_BUSY, later(now, c->work_ms));
	else
		enter(c, CHILD_READY, CHILD_NEVER);
	return CHILD_DO_SERVE;
}

/* The last answers of a child that was asked to end. */
static unsigned
count(struct child *c, int64_t now)
{
	(void)now;
	if (c->in_flight > 0)
		c->in_flight--;
	return 0;
}

static unsigned
hangup(struct child *c, int64_t now)
{
	c->wanted = false;
	enter(c, CHILD_STOPPING, later(now, c->stop_ms));
	return CHILD_DO_HANGUP;
}

static unsigned
term(struct child *c, int64_t now)
{
	enter(c, CHILD_KILLING, later(now, c->stop_ms));
	return CHILD_DO_TERM;
}

static unsigned
force(struct child *c, int64_t now)
{
	enter(c, CHILD_KILLING, later(now, c->stop_ms));
	return CHILD_DO_KILL;
}

static int64_t
backoff(const struct child *c)
{
	int64_t ms = CHILD_THROTTLE;

	for (unsigned i = 1; i < c->failures && ms < CHILD_BACKOFF; i++)
		ms *= 2;
	return ms < CHILD_BACKOFF ? ms : CHILD_BACKOFF;
}

/* Both the exit status and the end of file are in (or not worth waiting for). */
static unsigned
gone(struct child *c, int64_t now)
{
	unsigned lost = c->in_flight > 0 ? CHILD_DO_REQUEUE : 0;
	int64_t soonest = later(c->started, CHILD_THROTTLE), at;

	c->in_flight = 0;
	if (!c->wanted) {
		enter(c, CHILD_STOPPED, CHILD_NEVER);
		return lost | CHILD_DO_CLOSE;
	}
	if (c->ready_since >= c->started &&
	    now - c->ready_since >= CHILD_STEADY)
		c->failures = 0;
	c->failures++;
	at = later(now, backoff(c));
	enter(c, CHILD_WAITING, at > soonest ? at : soonest);
	return lost | CHILD_DO_CLOSE;
}

/* It closed its channel: it should be about to exit. */
static unsigned
half(struct child *c, int64_t now)
{
	c->eof = true;
	enter(c, CHILD_STOPPING, later(now, c->stop_ms));
	return 0;
}

static unsigned
note(struct child *c, int64_t now)
{
	(void)now;
	c->eof = true;
	return 0;
}

/* A descendant may hold the channel open for ever: there is a deadline. */
static unsigned
drain(struct child *c, int64_t now)
{
	if (c->eof)
		return gone(c, now);
	enter(c, CHILD_DRAINING, later(now, c->stop_ms));
	return 0;
}

static action *const table[CHILD_STATES][CHILD_EVENTS] = {
	[CHILD_STOPPED] = {
		[CHILD_START] = spawn,
		[CHILD_HELLO] = ignore,
		[CHILD_WORK] = ignore,
		[CHILD_DONE] = ignore,
		[CHILD_TIMEOUT] = ignore,
		[CHILD_BREACH] = ignore,
		[CHILD_EOF] = ignore,
		[CHILD_EXIT] = ignore,
		[CHILD_STOP] = unwant,
	},
	[CHILD_STARTING] = {
		[CHILD_START] = want,
		[CHILD_HELLO] = serve,
		[CHILD_WORK] = ignore,
		[CHILD_DONE] = term,
		[CHILD_TIMEOUT] = term,
		[CHILD_BREACH] = term,
		[CHILD_EOF] = half,
		[CHILD_EXIT] = drain,
		[CHILD_STOP] = hangup,
	},
	[CHILD_READY] = {
		[CHILD_START] = want,
		[CHILD_HELLO] = term,
		[CHILD_WORK] = begin,
		[CHILD_DONE] = term,
		[CHILD_TIMEOUT] = ignore,
		[CHILD_BREACH] = term,
		[CHILD_EOF] = half,
		[CHILD_EXIT] = drain,
		[CHILD_STOP] = hangup,
	},
	[CHILD_BUSY] = {
		[CHILD_START] = want,
		[CHILD_HELLO] = term,
		[CHILD_WORK] = add,
		[CHILD_DONE] = finish,
		[CHILD_TIMEOUT] = term,
		[CHILD_BREACH] = term,
		[CHILD_EOF] = half,
		[CHILD_EXIT] = drain,
		[CHILD_STOP] = hangup,
	},
	[CHILD_STOPPING] = {
		[CHILD_START] = want,
		[CHILD_HELLO] = ignore,
		[CHILD_WORK] = ignore,
		[CHILD_DONE] = count,
		[CHILD_TIMEOUT] = term,
		[CHILD_BREACH] = term,
		[CHILD_EOF] = note,
		[CHILD_EXIT] = drain,
		[CHILD_STOP] = unwant,
	},
	[CHILD_KILLING] = {
		[CHILD_START] = want,
		[CHILD_HELLO] = ignore,
		[CHILD_WORK] = ignore,
		[CHILD_DONE] = count,
		[CHILD_TIMEOUT] = force,
		[CHILD_BREACH] = ignore,
		[CHILD_EOF] = note,
		[CHILD_EXIT] = drain,
		[CHILD_STOP] = unwant,
	},
	[CHILD_DRAINING] = {
		[CHILD_START] = want,
		[CHILD_HELLO] = ignore,
		[CHILD_WORK] = ignore,
		[CHILD_DONE] = count,
		[CHILD_TIMEOUT] = gone,
		[CHILD_BREACH] = gone,
		[CHILD_EOF] = gone,
		[CHILD_EXIT] = ignore,
		[CHILD_STOP] = unwant,
	},
	[CHILD_WAITING] = {
		[CHILD_START] = want,
		[CHILD_HELLO] = ignore,
		[CHILD_WORK] = ignore,
		[CHILD_DONE] = ignore,
		[CHILD_TIMEOUT] = spawn,
		[CHILD_BREACH] = ignore,
		[CHILD_EOF] = ignore,
		[CHILD_EXIT] = ignore,
		[CHILD_STOP] = rest,
	},
};

void
child_init(struct child *c, int64_t start_ms, int64_t work_ms, int64_t stop_ms)
{
	memset(c, 0, sizeof(*c));
	c->start_ms = start_ms;
	c->work_ms = work_ms;
	c->stop_ms = stop_ms;
	c->ready_since = -1;
	c->deadline = CHILD_NEVER;
}

unsigned
child_event(struct child *c, enum child_event e, int64_t now)
{
	if (e == CHILD_TIMEOUT && now < c->deadline)
		return 0;
	return table[c->state][e](c, now);
}

int64_t
child_deadline(const struct child *c)
{
	return c->deadline;
}

bool
child_serves(const struct child *c)
{
	return c->state == CHILD_READY || c->state == CHILD_BUSY;
}

bool
child_alive(const struct child *c)
{
	return c->state >= CHILD_STARTING && c->state <= CHILD_KILLING;
}

const char *
child_state_name(enum child_state s)
{
	static const char *const names[CHILD_STATES] = {
		[CHILD_STOPPED] = "stopped",
		[CHILD_STARTING] = "starting",
		[CHILD_READY] = "ready",
		[CHILD_BUSY] = "busy",
		[CHILD_STOPPING] = "stopping",
		[CHILD_KILLING] = "killing",
		[CHILD_DRAINING] = "draining",
		[CHILD_WAITING] = "waiting",
	};

	return (unsigned)s < CHILD_STATES ? names[s] : "unknown";
}
