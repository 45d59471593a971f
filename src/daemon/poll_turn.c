/* What a person asks of polls.h about one feed: now, or when, and why then. */
#include "base/duration.h"
#include "daemon/daemon.h"
#include "daemon/feed_state.h"
#include "daemon/poll_run.h"
#include "daemon/poll_slots.h"
#include "daemon/polls.h"
#include "poll/queue.h"

/* Until when nobody may ask for the feed (milliseconds), 0 = need not wait. */
static int64_t
held_until(struct polls *p, const struct poll_slot *slot,
    const struct poll_state *s)
{
	int64_t now = daemon_now_ms();
	int64_t host = poll_queue_held(p->queue, poll_state_next_url(s), now);
	int64_t own = s->hold_until * 1000;

	if (slot->run != NULL)
		return 0;
	own = own > host ? own : host;
	return own > now ? own : 0;
}

int
polls_request(struct polls *p, const char *name, struct error *err)
{
	struct poll_slot *slot = poll_slot_find(p, name);
	struct poll_state state;
	struct arena mem;
	char wait[64];
	int64_t held;

	/* What is not committed yet is no state to ask with. */
	polls_commit(p);
	if (slot == NULL)
		return error_set(err, "there is no feed '%s'", name);
	if (!slot->feed->enabled)
		return error_set(err, "feed '%s' is not enabled", name);
	arena_init(&mem);
	feed_state_load(poll_slot_row(p, slot, &mem), slot->feed, daemon_now(), &mem,
	    &state);
	if ((held = held_until(p, slot, &state)) == 0 && slot->run == NULL) {
		slot->by_hand = true;
		poll_queue_put(p->queue, poll_slot_number(p, slot),
		    poll_state_next_url(&state), daemon_now_ms());
		polls_wake(p);
	} else if (held == 0)
		slot->asked = true;
	arena_free(&mem);
	return held == 0 ? 0 : error_set(err, "the host of feed '%s' asked us "
	    "to wait for another %s", name, duration_text(held -
	    daemon_now_ms(), wait, sizeof(wait)));
}

const char *
polls_turn(const struct polls *p, const char *name, struct arena *mem,
    bool *held, int64_t *at)
{
	const struct poll_slot *slot = poll_slot_find(p, name);
	uint32_t number;
	int64_t at_ms;
	enum poll_turn turn;

	*held = false;
	if (slot == NULL)
		return NULL;
	number = poll_slot_number(p, slot);
	turn = poll_queue_turn(p->queue, number, daemon_now_ms(), &at_ms);
	if (turn == POLL_TURN_NONE)
		return NULL;
	*at = (at_ms + 999) / 1000;
	*held = turn == POLL_TURN_HELD;
	if (turn == POLL_TURN_ASKED)
		return "it is being asked";
	if (turn == POLL_TURN_BEHIND)
		return "it waits for its turn at its host";
	if (turn == POLL_TURN_LATER)
		return slot->run != NULL ? "a redirect asked to wait" : NULL;
	return arena_printf(mem, "its host asked to wait: %s",
	    poll_queue_reason(p->queue, number));
}

const char *
polls_twin(const struct polls *p, const char *name)
{
	const struct poll_slot *slot = poll_slot_find(p, name), *twin;

	if (slot == NULL || slot->twin == 0)
		return NULL;
	twin = &p->slots[slot->twin - 1];
	return twin->feed != NULL && twin->feed->enabled &&
	    p->same.keys[slot->twin - 1] ==
	    p->same.keys[poll_slot_number(p, slot)] ? twin->feed->name : NULL;
}
