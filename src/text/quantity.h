/*
 * quantity - the amounts in a text, as typed intervals.
 *
 * quantity_find reads all tokens of a text once and gives every amount with
 * the interval it asserts (rule-semantics, sections 2.1, 3 and 5.5):
 *
 *   "12%"                 [12,12]      "more than 5%"         (5,inf)
 *   "at least four"       [4,inf)      "less than 5%"         (-inf,5)
 *   "5-6%"                [5,6]        "between 5% and 10%"   [5,10]
 *   "as much as 10%"      [10,10] approx
 *   "nearly 10%"          [9.5,10) approx (just under)
 *   "about 10%"           [10,10] approx
 *   "double-digit"        [10,inf)     "single-digit"  (0,10)
 *   "thousands of"        [2000,inf) approx; "several hundred" [200,inf) approx
 *
 * The rule's own amount is read by the same code (quantity_parse); a text's
 * amount meets a rule's when its interval lies inside the rule's.
 *
 * Values are magnitudes as written, with scale applied ("$600 billion" is
 * 6e11); an explicit sign is in `sign` and not in the interval. Percent and
 * ratios are in percent: "a tenth" 10, "halved" 50 (sign -1), "doubled" 100
 * (sign +1), "tripled" 200, "tenfold" 900.
 *
 * Pairs: "from a to b", "to b from a", "b, up from a", "b compared with a",
 * "b vs a" give the parts with their roles, and after them one more, `derived`:
 * percent, the change from the earlier to the later value, sign set (for
 * percentages: percentage points).
 * It spans both parts. "17 cents a share to 18.84": the second has role LEVEL
 * and `pair` names the first; see quantity_level_change.
 *
 * Not amounts: ordinals ("a fifth straight day", "the third quarter"), years,
 * dates, times of day, "No. 1", "#1", phone and section numbers, scores.
 * Names that hold numbers ("S&P 500") are the caller's to know: tokens in
 * `skip` are passed over.
 */
#ifndef TEXT_QUANTITY_H
#define TEXT_QUANTITY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "text/text.h"

enum quantity_kind {
	QUANTITY_PERCENT,	/* of itself: "12%" */
	QUANTITY_RATIO,		/* in percent: halved, a third, tenfold */
	QUANTITY_PP,		/* percentage points */
	QUANTITY_BASIS,		/* basis points */
	QUANTITY_POINTS,
	QUANTITY_TIMES,		/* "three times", "3x" */
	QUANTITY_MONEY,
	QUANTITY_COUNT,		/* a number, perhaps with what it counts */
	QUANTITY_DIGITS,	/* "double-digit" without a unit: percent or points */
	QUANTITY_REACH		/* how far back a high is one, in years: reach.h */
};

enum quantity_role {
	QUANTITY_PLAIN,
	QUANTITY_BY,		/* "by 5%" */
	QUANTITY_FROM,		/* "from 5%", the base; also the b of "a vs b" */
	QUANTITY_TO,		/* "to 6%" of a pair; also the a of "a vs b" */
	QUANTITY_LEVEL		/* "to 18.84", "at 18.84", "above $100": where it stands */
};

#define QUANTITY_NONE UINT32_MAX

struct quantity {
	enum quantity_kind kind;
	enum quantity_role role;
	double		lo, hi;		/* -INFINITY, INFINITY where open */
	bool		lo_strict, hi_strict;	/* end excluded */
	bool		approx;		/* the text hedges */
	bool		derived;	/* computed from a pair */
	bool		joined;		/* modifies by hyphen: "12-month", "50-pct-owned";
					   or is half of a share: "7 out of 10" */
	int8_t		sign;		/* +1, -1, or 0 = not written */
	char		currency[4];	/* ISO 4217, or "" */
	double		value;		/* the number as written, scaled: "nearly 10%" = 10 */
	uint32_t	first, end;	/* tokens, with bounds, currency and unit words
					   (but without what a COUNT counts) */
	uint32_t	number;		/* the token of the number itself */
	uint32_t	unit, unit_end;	/* COUNT: the counted noun group's tokens (up
					   to three words), empty when none */
	uint32_t	pair;		/* index of the other part, or QUANTITY_NONE */
};

/* Token spans to pass over (names with numbers in them), in order. */
struct quantity_span {
	uint32_t	first, end;
};

struct quantities {
	struct quantity	*list;		/* by first token; derived after its parts */
	uint32_t	 n;
	uint64_t	 steps;		/* tokens looked at: what it cost */
};

/* All amounts of the text, in the arena. skip may be NULL. */
struct quantities quantity_find(struct arena *, const struct text *,
	    const struct quantity_span *skip, size_t nskip);
/*
 * Read an amount at token `at` of a rule ("more than 5%", "between 5% and
 * 10%", "over $1 billion", "1000", "at least a tenth", "> 5%"). Returns the
 * token after it, or `at` when no amount starts there.
 */
uint32_t quantity_parse(const struct text *, uint32_t at, struct quantity *);
/* A plain amount of so many percent. */
void	 quantity_of_percent(struct quantity *, double percent);
/* Whether two kinds measure the same: percent with ratio and digits. */
bool	 quantity_comparable(enum quantity_kind text, enum quantity_kind rule);
/*
 * Whether an amount of a text meets a rule's: comparable kinds and the interval
 * within the rule's. Money of another currency is converted by a fixed table of
 * rough rates (currency.h); use quantity_converts to say so.
 */
bool	 quantity_meets(const struct quantity *text,
	    const struct quantity *rule);
bool	 quantity_converts(const struct quantity *text,
	    const struct quantity *rule);
/*
 * "rose 17 cents to 18.84": the percent of the change, given its direction
 * (+1 or -1); 0 when it cannot be told. Both are money, points or counts.
 */
double	 quantity_level_change(const struct quantity *amount,
	    const struct quantity *level, int direction);
/* As people write it: "-12 %", "> 5 %", "$600 billion", "5 to 6 %". */
const char *quantity_text(struct arena *, const struct quantity *);
/* The interval as a condition: "percent > 5", "money >= 1e9 USD". */
const char *quantity_condition(struct arena *, const struct quantity *);

#endif
