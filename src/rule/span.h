/*
 * span - places in a text where something stands, and how they combine.
 *
 * A span is a range of word positions, both ends inclusive. A list of spans
 * holds minimal ones only: no span contains another, so starts and ends both
 * rise strictly. Every operator keeps that and is linear in its operands
 * (Clarke, Cormack, Burkowski, "An algebra for structured text search",
 * 1995). Lists live in the arena; operands are not changed.
 */
#ifndef RULE_SPAN_H
#define RULE_SPAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct span {
	uint32_t	start, end;
};

struct spans {
	struct span	*v;
	uint32_t	 n;
};

/* Room for n spans; the list is empty. */
struct spans spans_new(struct arena *, uint32_t n);
/* Either. */
struct spans spans_or(struct arena *, struct spans, struct spans);
/* Both, wherever they stand: the least ranges that hold one of each. */
struct spans spans_and(struct arena *, struct spans, struct spans);
/*
 * One of a, then, after its end, one of b, where near(arg, a, b) agrees. Only
 * the last a before each b is asked about: near must be such that when it
 * refuses that one it refuses all earlier ones.
 */
struct spans spans_before(struct arena *, struct spans a, struct spans b,
	    bool (*near)(const void *, struct span, struct span),
	    const void *arg);
/* Ranges that hold n of them, n >= 1. */
struct spans spans_atleast(struct arena *, struct spans, uint32_t n);

#endif
