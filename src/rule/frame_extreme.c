/*
 * frame_extreme - something is at a high or low: "closes at a record high", "its
 * lowest since 2010", "a five-year peak", "posts record profit".
 */
#include <string.h>

#include "rule/analysis.h"
#include "text/reach.h"

#define ADJECTIVES_MAX 2

static bool
word_is(const struct analysis *a, uint32_t i, const char *word)
{
	char buf[8];

	return tok(a, i)->kind == TEXT_WORD && strcmp(text_folded(a->text, i,
	    buf, sizeof(buf)), word) == 0;
}

/* What stands left of a high and belongs to it: "a fresh", "its", "at its". */
static uint32_t
opening(const struct analysis *a, uint32_t i)
{
	uint32_t prev, n = 0;

	for (;; i = prev) {
		prev = token_prev(a, i);
		if (prev == NO_TOKEN || prev + 1 != i)
			return i;
		/* "below Monday's record": whose day it was says nothing */
		if ((gram(a, prev) & (GRAM_DET | GRAM_ADV | GRAM_TIME)) != 0 ||
		    tok(a, prev)->punct == '"' || ((tok(a, prev)->flags &
		    TEXT_POSSESSIVE) != 0 && prev > 0 &&
		    (gram(a, prev - 1) & GRAM_TIME) != 0))
			continue;
		if (n++ == ADJECTIVES_MAX || gram(a, prev) != 0 ||
		    tok(a, prev)->kind != TEXT_WORD ||
		    a->at[LAYER_NOUN][prev] != 0 || token_verbal(a, prev) ||
		    token_predicate(a, prev) || np_name_word(a, prev))
			return i;
	}
}

/*
 * It is there: behind "at" or "to" or a verb that reaches it, or alone in a
 * headline. "From its record high", "near a record" is not there.
 */
static bool
reached(const struct analysis *a, uint32_t *start, int direction)
{
	uint32_t prev = token_prev(a, *start), g;

	if (prev == NO_TOKEN || tok(a, prev)->kind != TEXT_WORD)
		return true;
	g = gram(a, prev);
	if ((g & (GRAM_SUB | GRAM_AFTER)) != 0)
		return false;
	if ((g & (GRAM_PREP | GRAM_TO | GRAM_THAN | GRAM_OF)) == 0)
		return true;
	*start = prev;
	return (g & GRAM_TO) != 0 || word_is(a, prev, "at") ||
	    word_is(a, prev, "in") || word_is(a, prev, "on") ||
	    word_is(a, prev, direction > 0 ? "above" : "below");
}

static void
reach(struct analysis *a, const struct quantity *q, struct record *r)
{
	if (a->quantities.n == a->quantities_cap)
		return;
	a->quantities.list[a->quantities.n] = *q;
	amount_add(a, a->quantities.n++, r);
}

/* "record high for gold", "record high in gold": whose, behind it. */
static void
theme_right(struct analysis *a, uint32_t end, struct np *np)
{
	struct np right;
	uint32_t i = token_next(a, end - 1), next;

	bool left = np->nowners > 0 || np->measure != NO_ENTRY, whose;

	if (i == NO_TOKEN || (gram(a, i) & (GRAM_IN | GRAM_OF)) == 0 ||
	    (gram(a, i) & GRAM_CAUSE) != 0)
		return;
	whose = word_is(a, i, "for");
	i = token_next(a, i);
	if (i == NO_TOKEN)
		return;
	np_right(a, i, token_sentence_end(a, i), &right, &next);
	if (right.nowners + (right.measure != NO_ENTRY) == 0)
		return;
	if (!left || whose)
		*np = right;
	else if (right.measure != NO_ENTRY && np->measure == NO_ENTRY &&
	    !right.other) {
		np->measure = right.measure;
		np->measure_tag = right.measure_tag;
	}
}

/* "after-tax" */
static bool
hyphened(const struct analysis *a, uint32_t i)
{
	return (tok(a, i)->flags & TEXT_JOINED) != 0 || (i + 1 < a->ntokens &&
	    (tok(a, i + 1)->flags & TEXT_JOINED) != 0);
}

/* A noun follows at once: "record run", "record high oil prices". */
static bool
noun_follows(const struct analysis *a, uint32_t end)
{
	uint32_t i = token_next(a, end - 1);

	return i != NO_TOKEN && tok(a, i)->kind == TEXT_WORD &&
	    (gram(a, i) & ~GRAM_DET) == 0 && !token_light(a, i) &&
	    !token_verbal(a, i);
}

/*
 * "wins a record", "sets a record": of a company's shares only what moves to
 * one tells, and of a team nothing does.
 */
static bool
moves_there(const struct analysis *a, uint32_t start, const struct np *np)
{
	uint32_t i;

	if (np->measure != NO_ENTRY || np->nowners == 0 ||
	    !np_has_results(a, &np->owners[0]))
		return true;
	if ((gram(a, start) & GRAM_TO) == 0 && !word_is(a, start, "at"))
		return false;
	/* "Ford to record a charge" */
	for (i = token_prev(a, start); i != NO_TOKEN; i = token_prev(a, i))
		if (token_verbal(a, i))
			return true;
	return false;
}

/*
 * "record (quarterly) profit", "highest ever profit": the measure it is said
 * of, or false.
 */
static bool
attribute(struct analysis *a, uint32_t first, uint32_t end, struct np *np)
{
	uint32_t i = token_next(a, end - 1), next, n, prev;
	struct np subject;

	for (n = 0; i != NO_TOKEN && n < 4; n++, i = token_next(a, i)) {
		if (token_sense(a, tag_at(a, LAYER_NOUN, i), SENSE_MEASURE) !=
		    0)
			break;
		if (a->quantity_at[i] == 0 && !hyphened(a, i) &&
		    ((gram(a, i) & ~(GRAM_TIME | GRAM_PERIOD | GRAM_DET)) != 0
		    || token_predicate(a, i)))
			return false;
	}
	prev = token_prev(a, opening(a, first));
	if (i == NO_TOKEN || n == 4 || (prev != NO_TOKEN &&
	    (gram(a, prev) & (GRAM_FROM | GRAM_THAN)) != 0))
		return false;
	i = token_next(a, end - 1);
	while (a->quantity_at[i] != 0 && token_next(a, i) != NO_TOKEN)
		i = token_next(a, i);
	np_right(a, i, token_sentence_end(a, i), np, &next);
	if (np->measure == NO_ENTRY || np->other)
		return false;
	if (np->nowners > 0)
		return true;
	np_theme(a, first, &subject);
	memcpy(np->owners, subject.owners, sizeof(np->owners));
	np->nowners = subject.nowners;
	if (np->nowners == 0)
		np_antecedent(a, first, np);
	return true;
}

static void
make(struct analysis *a, const struct tag *t, const struct sense *s,
    const struct np *theme, const struct quantity *q)
{
	struct record *r = record_new(a, FRAME_EXTREME, t->first, t->end);

	r->predicate = s->ref;
	r->direction = entry_of(a, s->ref)->direction;
	r->theme = *theme;
	reach(a, q, r);
	amount_right(a, t->end, r);	/* "a record high of $4,000" */
}

/* Behind a preposition, alone or with whose it is: what is told is another. */
static bool
of_another(const struct analysis *a, uint32_t first)
{
	uint32_t prev = token_prev(a, opening(a, first)), n;

	for (n = 0; prev != NO_TOKEN && n < 3 && ((tok(a, prev)->flags &
	    TEXT_POSSESSIVE) != 0 || a->at[LAYER_NOUN][prev] != 0 ||
	    (gram(a, prev) & (GRAM_DET | GRAM_POSS)) != 0); n++)
		prev = token_prev(a, prev);
	return prev != NO_TOKEN && (gram(a, prev) & (GRAM_PREP | GRAM_OF)) != 0
	    && !word_is(a, prev, "with") && (gram(a, prev) & GRAM_CAUSE) == 0;
}

/* The reach that the phrase begins with, "record close", or is: "record". */
static bool
own_reach(const struct analysis *a, const struct tag *t, struct quantity *q)
{
	uint32_t end;

	for (end = t->end; end > t->first; end--)
		if (reach_before(a->text, end, q) == t->first)
			return true;
	return false;
}

void
frame_extreme(struct analysis *a, uint32_t tag, uint32_t sense)
{
	struct tag t = a->tags[tag];
	const struct sense *s = sense_of(a, sense);
	struct quantity q, behind;
	uint32_t start = t.first, end;
	struct np theme;
	bool own = own_reach(a, &t, &q), alone = own && q.end == t.end;

	if (t.end < a->ntokens && (tok(a, t.end)->flags & TEXT_JOINED) != 0)
		return;
	if (!own)
		start = reach_before(a->text, t.first, &q);
	end = reach_after(a->text, t.end, &behind);
	if ((own || start != t.first || end != t.end) &&
	    attribute(a, t.first, end, &theme)) {
		make(a, &t, s, &theme, own || start != t.first ? &q : &behind);
		/* "turn around America's record deficit": only spoken of */
		a->records[a->nrecords - 1].nominal = of_another(a, t.first);
		return;
	}
	if (noun_follows(a, t.end))
		return;
	if (end != t.end && (start == t.first || behind.lo > q.lo))
		q = behind;
	else if (!own && start == t.first)
		return;			/* a high of the day */
	start = opening(a, start);
	if (!reached(a, &start, entry_of(a, s->ref)->direction) || (alone && start == t.first))
		return;
	np_theme(a, start, &theme);
	theme_right(a, t.end, &theme);
	if (!alone || moves_there(a, start, &theme))
		make(a, &t, s, &theme, &q);
}
