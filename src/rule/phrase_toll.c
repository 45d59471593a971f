/*
 * phrase_toll - what an event phrase says behind its event of why and with what
 * toll: "company fined for data breach", "flood kills more than 10 people",
 * "earthquake above magnitude 6".
 */
#include <math.h>
#include <string.h>

#include "rule/phrase.h"

/* The noun of a state that begins at a token; NO_ENTRY, or *end behind it. */
static uint32_t
state_noun(const struct reader *r, uint32_t at, uint32_t *end)
{
	uint32_t s = phrase_longest(r, at, 1u << SENSE_PRED, end);
	const struct sense *sense;

	for (; s != 0; s = sense->next) {
		sense = &r->v->senses[s];
		if (sense->kind == SENSE_PRED && sense->use == USE_NOUN &&
		    r->v->entries[sense->ref].frame == FRAME_STATE)
			return sense->ref;
	}
	return NO_ENTRY;
}

bool
phrase_reason(struct reader *r)
{
	static const char *const words[] = { "for", "over", "after", "amid",
		"following", "due", "because", "in", "by", NULL };
	uint32_t at = r->at, end = at, ref;
	bool leads = false;
	size_t i;

	if (r->p->frame != FRAME_ACT || r->p->reason != NO_ENTRY)
		return false;
	for (i = 0; words[i] != NULL; i++)
		leads |= phrase_word_is(r, at, words[i]);
	if (!leads)
		return false;
	at++;
	while ((phrase_grammar(r, at) & (GRAM_OF | GRAM_TO | GRAM_DET |
	    GRAM_POSS)) != 0 && at < r->at + 3)
		at++;
	ref = state_noun(r, at, &end);
	if (ref == NO_ENTRY || end <= at)
		return false;
	r->p->reason = ref;
	r->at = end;
	return true;
}

/* "people", "of its customers": whom, which is all the same. */
static void
counted(struct reader *r)
{
	uint32_t at = r->at;

	while (r->at < r->text->ntokens && r->at < at + 4 &&
	    r->text->tokens[r->at].kind == TEXT_WORD &&
	    (phrase_grammar(r, r->at) & ~(GRAM_OF | GRAM_POSS | GRAM_DET)) == 0)
		r->at++;
}

/* "magnitude 6", "above magnitude 6", "magnitude of at least 6". */
static bool
magnitude(struct reader *r)
{
	uint32_t at = r->at, end = at;
	struct quantity q;
	bool under, over;

	while (at < r->at + 4 && !phrase_word_is(r, at, "magnitude"))
		at++;
	if (at == r->at + 4)
		return false;
	under = phrase_word_is(r, r->at, "below") ||
	    phrase_word_is(r, r->at, "under");
	over = phrase_word_is(r, r->at, "above") ||
	    phrase_word_is(r, r->at, "over") ||
	    phrase_word_is(r, r->at, "more");
	for (end = at + 1; end < at + 3 && (phrase_grammar(r, end) &
	    GRAM_OF) != 0;)
		end++;
	at = end;
	end = quantity_parse(r->text, at, &q);
	if (end == at || q.kind != QUANTITY_COUNT)
		return false;
	if (q.lo == q.hi && under)
		q.lo = -INFINITY;
	else if (q.lo == q.hi) {
		q.hi = INFINITY;
		q.lo_strict = over;
	}
	r->at = end;
	while (phrase_word_is(r, r->at, "or") ||
	    phrase_word_is(r, r->at, "higher") ||
	    phrase_word_is(r, r->at, "greater") ||
	    phrase_word_is(r, r->at, "more") ||
	    phrase_word_is(r, r->at, "stronger"))
		r->at++;
	r->p->amount = q;
	r->p->has_amount = true;
	r->p->toll = TOLL_MAGNITUDE;
	return true;
}

static uint8_t
toll_of(const struct reader *r, uint32_t at)
{
	static const struct { const char *word; uint8_t toll; } words[] = {
		{ "kills", TOLL_KILLED }, { "killed", TOLL_KILLED },
		{ "killing", TOLL_KILLED }, { "kill", TOLL_KILLED },
		{ "injures", TOLL_HURT }, { "injured", TOLL_HURT },
		{ "injuring", TOLL_HURT }, { "injure", TOLL_HURT },
		{ "wounds", TOLL_HURT }, { "wounding", TOLL_HURT },
		{ "affects", TOLL_AFFECTED }, { "affecting", TOLL_AFFECTED },
		{ "affect", TOLL_AFFECTED }, { "exposes", TOLL_AFFECTED },
		{ "exposing", TOLL_AFFECTED }, { "displaces", TOLL_AFFECTED },
		{ "destroys", TOLL_AFFECTED }, { "hits", TOLL_AFFECTED },
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (phrase_word_is(r, at, words[i].word))
			return words[i].toll;
	return TOLL_NONE;
}

bool
phrase_toll(struct reader *r)
{
	struct event_pattern *p = r->p;
	uint32_t at = r->at;
	uint8_t toll;

	if (p->frame != FRAME_STATE || p->toll != TOLL_NONE || p->has_amount)
		return false;
	if (magnitude(r))
		return true;
	toll = toll_of(r, at);
	if (toll == TOLL_NONE)
		return false;
	r->at++;
	if (phrase_amount(r, &p->amount))
		p->has_amount = true;
	else if (toll == TOLL_AFFECTED || r->at == r->text->ntokens ||
	    phrase_longest(r, r->at, 1u << SENSE_NAME, &at) != 0) {
		r->at = at > r->at ? r->at - 1 : at;
		return false;	/* "hurricane hits Florida" */
	}
	counted(r);
	p->toll = toll;
	return true;
}

/* What is asked of the object, unless it begins a longer word. */
uint32_t
phrase_quality(struct reader *r)
{
	uint32_t end = r->at, longer = r->at, s;

	s = phrase_longest(r, r->at, 1u << SENSE_QUALITY, &end);
	phrase_longest(r, r->at, NOUNS | 1u << SENSE_OBJECT, &longer);
	for (; s != 0 && longer <= end; s = r->v->senses[s].next)
		if (r->v->senses[s].kind == SENSE_QUALITY) {
			r->at = end;
			return r->v->senses[s].ref;
		}
	return NO_ENTRY;
}
