/*
 * phrase_role - what stands behind an event and a preposition: by whom, of
 * what, where, for how much.
 */
#include <string.h>

#include "rule/phrase.h"

/* "by", "with", "of", "at" and whom. */
static void
role_argument(struct reader *r)
{
	struct event_pattern *p = r->p;
	const struct entry *e = &p->v->entries[p->predicate == NO_ENTRY ? 0 :
	    p->predicate];
	bool by = (phrase_grammar(r, r->at) & GRAM_BY) != 0 ||
	    (r->ntold > 0 && (phrase_grammar(r, r->at) & GRAM_TO) != 0);
	uint32_t measure = NO_ENTRY, i;
	struct arg arg;

	r->at++;
	if (!phrase_argument(r, &arg, &measure)) {
		phrase_unknown(r, r->at, "a name or class");
		return;
	}
	/* "company fined by regulator", "rate raised by central bank" */
	if (by && p->frame == FRAME_ACT && (p->turned || r->passive ||
	    r->ntold > 0 || p->object_measure != NO_ENTRY) &&
	    p->subject.any) {
		p->subject = arg;
		return;
	}
	/* "bank posts fall in profit": what falls */
	if (!by && measure != NO_ENTRY && p->measure == NO_ENTRY &&
	    p->frame != FRAME_ACT && p->frame != FRAME_STATE) {
		p->measure = measure;
		if (p->subject.any)
			p->subject = arg;
		return;
	}
	/* "unemployment up in Spain", "profit falls at bank": whose it is */
	if (!by && p->subject.any && p->frame != FRAME_ACT &&
	    phrase_owns(p, &arg, p->measure)) {
		p->subject = arg;
		return;
	}
	/* "merger of airlines", "outage at bank": of the event's own kind */
	for (i = 0; p->frame == FRAME_ACT && p->object.any && i < e->nof; i++)
		if (phrase_fits(p, &arg, e->of[i]) && !by) {
			p->object = arg;
			return;
		}
	/* "outbreak of measles in Texas": of what, and where */
	if (p->frame == FRAME_STATE && !p->place.any && p->subject.any)
		p->subject = p->place;
	p->place = arg;
}

/* "in funding", "in Series B": an object word of the act, said once more. */
static bool
own_words(struct reader *r)
{
	uint32_t at = r->at + 1, end = at, s;

	if (r->p->frame != FRAME_ACT ||
	    (phrase_grammar(r, r->at) & GRAM_IN) == 0)
		return false;
	s = phrase_longest(r, at, 1u << SENSE_OBJECT, &end);
	for (; s != 0; s = r->v->senses[s].next)
		if (r->v->senses[s].kind == SENSE_OBJECT &&
		    r->v->senses[s].ref == r->p->predicate) {
			r->at = end;
			return true;
		}
	return false;
}

/* "hurricane hits Florida", "outage hits bank": where a verb leads to it. */
static bool
befallen(struct reader *r)
{
	uint32_t at = r->at, end = at, measure = NO_ENTRY;
	struct arg arg;

	if (r->p->frame != FRAME_STATE || !r->p->place.any ||
	    phrase_grammar(r, at) != 0 ||
	    phrase_longest(r, at, 1u << SENSE_CUE, &end) == 0)
		return false;
	r->at = end;
	if (!phrase_argument(r, &arg, &measure) || measure != NO_ENTRY ||
	    arg.nrefs == 0) {
		r->at = at;
		return false;
	}
	r->p->place = arg;
	return true;
}

/* "in a day", "this week": no article says it in the rule's words. */
static bool
period(struct reader *r)
{
	uint32_t at = r->at;

	while ((phrase_grammar(r, at) & (GRAM_IN | GRAM_DET)) != 0 &&
	    at < r->at + 3)
		at++;
	if (phrase_word_is(r, at, "single") || phrase_word_is(r, at, "one"))
		at++;
	if ((phrase_grammar(r, at) & GRAM_TIME) == 0 ||
	    (r->text->tokens[at].flags & TEXT_JOINED) != 0)
		return false;	/* "zero-day" */
	phrase_fail(r, at, "a period: newsalertd takes what an article tells, "
	    "over whatever time; leave it out, or ask for the article's age "
	    "with \", within 2 days\"");
	return true;
}

void
phrase_role(struct reader *r)
{
	if (phrase_reason(r) || phrase_toll(r) || phrase_amount_role(r) ||
	    own_words(r) || befallen(r) ||
	    period(r))
		return;
	/* "bans exports of", "approval for": the act has the preposition */
	if (r->at > 0 && (phrase_grammar(r, r->at) & (GRAM_PREP |
	    GRAM_TO)) == 0 && (phrase_grammar(r, r->at - 1) & (GRAM_PREP |
	    GRAM_OF)) != 0)
		r->at--;
	if ((phrase_grammar(r, r->at) & (GRAM_PREP | GRAM_TO)) == 0 &&
	    !phrase_word_is(r, r->at, "over")) {
		phrase_unknown(r, r->at, "the end of the phrase, or a role such as "
		    "\"in ...\" or \"by more than ...\"");
		return;
	}
	role_argument(r);
}

/*
 * Who, or whom, behind a noun: "on" and "against" lead to whom it is done to,
 * others to who does it.
 */
void
phrase_whom(struct reader *r)
{
	struct event_pattern *p = r->p;
	bool own = (phrase_grammar(r, r->at) & GRAM_PREP) == 0;
	uint32_t at = own ? r->at - 1 : r->at, from = r->at;
	bool to = phrase_word_is(r, at, "on") ||
	    phrase_word_is(r, at, "against");
	struct arg *arg = to && p->frame == FRAME_ACT ? &p->object :
	    &p->subject;
	uint32_t measure = NO_ENTRY;

	if (own && (r->at == 0 ||
	    (phrase_grammar(r, at) & GRAM_PREP) == 0))
		return;
	if (!own && phrase_amount_role(r))
		return;
	if (!own)
		r->at++;
	if (!phrase_argument(r, arg, &measure)) {
		r->at = from;
		if (own)
			arg->any = true;
		else
			phrase_unknown(r, r->at + 1, "a name or class");
		return;
	}
	if (arg == &p->subject)
		p->measure = measure;
	/* "tariffs on Chinese goods" */
	if (phrase_word_is(r, r->at, "goods") ||
	    phrase_word_is(r, r->at, "imports") ||
	    phrase_word_is(r, r->at, "products"))
		r->at++;
	/* "strike at airline": where those are who do it */
	if (arg == &p->subject && p->frame == FRAME_ACT && !arg->any &&
	    p->v->entries[p->predicate].agent != NO_ENTRY &&
	    !phrase_fits(p, arg, p->v->entries[p->predicate].agent) &&
	    (phrase_grammar(r, at) & GRAM_IN) != 0) {
		p->place = *arg;
		memset(arg, 0, sizeof(*arg));
		arg->any = true;
	}
}
