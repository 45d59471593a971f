/*
 * phrase - the reader of event phrases: controlled English in, a pattern out
 * (grammar: rule-semantics 3.1). Every word must resolve in the vocabulary; one
 * that does not is an error that says where it stands and what might be meant.
 */
#include <math.h>
#include <string.h>

#include "rule/phrase.h"

static bool
quality(struct reader *r)
{
	struct event_pattern *p = r->p;
	uint32_t end = 0, longer = 0, s, senses = phrase_longest(r, r->at,
	    1u << SENSE_QUALITY, &end);

	/* "mass shooting" is a thing of its own */
	if (senses != 0 && phrase_longest(r, r->at, 1u << SENSE_PRED,
	    &longer) != 0 && longer > end)
		return false;
	for (s = senses; s != 0; s = r->v->senses[s].next)
		if (r->v->senses[s].kind == SENSE_QUALITY &&
		    p->nqualities < 4) {
			p->qualities[p->nqualities++] = r->v->senses[s].ref;
			r->at = end;
			return true;
		}
	return false;
}

/* [ amount | quality ] noun { role } */
static bool
nominal(struct reader *r)
{
	struct event_pattern *p = r->p;
	uint32_t end = 0, last, at;
	struct quantity q;

	/* "zero-day" counts nothing */
	if (phrase_longest(r, r->at, 1u << SENSE_PRED | 1u << SENSE_QUALITY,
	    &end) == 0 && phrase_amount(r, &q)) {
		p->amount = q;
		p->has_amount = true;
	}
	for (last = at = r->at; quality(r); at = r->at)
		last = at;
	if (!phrase_predicate(r, true)) {
		/* "zero-day in Chrome": the quality is the thing */
		if (p->nqualities == 0)
			return false;
		p->nqualities--;
		r->at = last;
		if (!phrase_predicate(r, true))
			return false;
	}
	if (p->frame == FRAME_CHANGE)
		phrase_amount_role(r);	/* "drop of more than 5% in oil" */
	if (p->frame != FRAME_STATE && p->frame != FRAME_RANK &&
	    p->subject.any && p->object.any)
		phrase_whom(r);
	return true;
}

/* "down 5%", "cuts 1000 jobs": that or more, unless it says "exactly". */
static void
at_least(struct reader *r)
{
	struct quantity *q = &r->p->amount;

	if (r->p->has_amount && !r->exact && q->lo == q->hi && !q->approx &&
	    isfinite(q->lo))
		q->hi = INFINITY;
}

/* Money or points behind "above", "below", "to": where it stands. */
static void
amount_or_level(struct reader *r)
{
	struct event_pattern *p = r->p;
	bool exact = p->predicate != NO_ENTRY &&
	    lexis_bool(&p->v->entries[p->predicate], KEY_EXACT);

	if (p->frame == FRAME_LEVEL && p->has_amount && !p->has_level) {
		p->level = p->amount;
		p->has_level = true;
		p->has_amount = false;
		/* "tops $100": that or more; "falls below $50": less;
		 * "falls to $50": that or less */
		if (p->level.lo == p->level.hi && p->direction > 0)
			p->level.hi = INFINITY;
		else if (p->level.lo == p->level.hi && p->direction < 0) {
			p->level.lo = -INFINITY;
			p->level.hi_strict = !exact;
		}
	} else if (p->frame == FRAME_CHANGE && p->has_amount &&
	    p->amount.role == QUANTITY_LEVEL &&
	    (p->amount.kind == QUANTITY_MONEY ||
	    p->amount.kind == QUANTITY_POINTS ||
	    p->amount.kind == QUANTITY_COUNT)) {
		p->level = p->amount;
		p->has_level = true;
		p->has_amount = false;
	}
}

/* "company fined": who cannot be the agent but can be the object, is it. */
static void
turn(struct event_pattern *p)
{
	const struct entry *e;
	uint32_t i;

	if (p->frame != FRAME_ACT || p->subject.any || !p->object.any)
		return;
	e = &p->v->entries[p->predicate];
	if (e->agent != NO_ENTRY ? phrase_fits(p, &p->subject, e->agent) :
	    !lexis_bool(e, KEY_PASSIVE))
		return;
	for (i = 0; i < e->nof; i++)
		if (phrase_fits(p, &p->subject, e->of[i])) {
			p->object = p->subject;
			memset(&p->subject, 0, sizeof(p->subject));
			p->subject.any = true;
			p->turned = true;
			return;
		}
}

static void
default_measure(struct event_pattern *p)
{
	p->measure_said = p->measure != NO_ENTRY;
	if (!p->measure_said && (p->frame == FRAME_LEVEL ||
	    p->frame == FRAME_CHANGE) && p->predicate != NO_ENTRY && p->v->entries[p->predicate].nof > 0) {
		p->measure = p->v->entries[p->predicate].of[0];
		return;
	}
	if (p->measure_said || p->subject.nrefs == 0 ||
	    (p->frame != FRAME_CHANGE && p->frame != FRAME_LEVEL &&
	    p->frame != FRAME_EXTREME))
		return;
	p->measure = lexis_alone(p->v, p->subject.refs[0], p->has_level &&
	    p->level.kind == QUANTITY_MONEY ? p->level.value : 0);
}

/* "jobs", "more than 1000 workers": what acts are done to, as the subject. */
static bool
told(struct reader *r)
{
	struct quantity q;
	uint32_t end = r->at, s;

	r->ntold = 0;
	if (phrase_amount(r, &q)) {
		r->p->amount = q;
		r->p->has_amount = true;
	}
	phrase_skip(r);
	s = phrase_longest(r, r->at, 1u << SENSE_OBJECT, &end);
	for (; s != 0; s = r->v->senses[s].next)
		if (r->v->senses[s].kind == SENSE_OBJECT &&
		    r->ntold < TOLD_MAX)
			r->told[r->ntold++] = r->v->senses[s].ref;
	if (r->ntold > 0)
		r->at = r->told_end = end;
	return r->ntold > 0;
}

/* "Boeing CEO", "CEO of Boeing", "workers at carmaker": two things. */
static void
whose(struct reader *r)
{
	struct event_pattern *p = r->p;
	uint32_t measure = NO_ENTRY, at = r->at;
	bool prep = (phrase_grammar(r, at) & (GRAM_OF | GRAM_IN)) != 0;
	struct arg other;

	if (prep)
		r->at++;
	if (!phrase_argument(r, &other, &measure) || measure != NO_ENTRY ||
	    other.any) {
		r->at = at;
		return;
	}
	p->place = prep ? other : p->subject;
	if (!prep)
		p->subject = other;
}

static bool
subject(struct reader *r)
{
	struct event_pattern *p = r->p;
	uint32_t start = r->at, end;
	bool some;

	/* "the number of Netflix subscribers" */
	phrase_skip(r);
	if (phrase_word_is(r, r->at, "number") &&
	    phrase_word_is(r, r->at + 1, "of"))
		start = r->at += 2;
	else
		r->at = start;
	some = told(r);
	end = r->at;
	r->at = start;
	p->has_amount = false;
	r->bare = (r->how & READ_BARE) != 0;
	some = phrase_argument(r, &p->subject, &p->measure) || some;
	p->subject.any |= p->subject.nrefs == 0;
	r->bare = false;
	if (r->at > start && r->at >= end && r->at != end)
		r->ntold = 0;
	/* "customer data stolen": the longer words */
	if (r->at < end && r->ntold > 0) {
		memset(&p->subject, 0, sizeof(p->subject));
		p->subject.any = true;
		p->measure = NO_ENTRY;
		r->at = start;
		told(r);
	}
	if ((r->how & READ_WHOSE) != 0 && r->at > start) {
		r->ntold = 0;
		whose(r);
	}
	return some;
}

/* Auxiliaries: "is fined", "to cut", "has been approved", "gets fined". */
static void
auxiliaries(struct reader *r)
{
	uint32_t end = r->at, g;

	for (; r->at < r->text->ntokens; r->at++) {
		g = phrase_grammar(r, r->at);
		if ((phrase_longest(r, r->at, 1u << SENSE_PRED, &end) != 0 &&
		    end > r->at + 1) || (g & (GRAM_AUX | GRAM_TO)) == 0)
			return;
		/* "is above" is a level */
		if ((g & GRAM_BE) != 0 && (phrase_grammar(r, r->at + 1) &
		    GRAM_PREP) != 0)
			return;
		r->passive |= (g & GRAM_BE) != 0;
	}
}

static bool
happens(struct reader *r)
{
	struct event_pattern before = *r->p;
	uint32_t at = r->at;
	bool some;

	if (phrase_extreme(r))
		return true;
	some = (r->how & READ_PARTED) == 0 && phrase_level(r);
	if (some) {
		r->score = 3;
		return true;
	}
	auxiliaries(r);
	at = r->at;
	some = phrase_predicate(r, false);
	if (some && r->score >= 2)
		return true;
	if (r->at < r->text->ntokens || !some) {
		struct event_pattern first = *r->p;
		uint32_t end = r->at;
		int score = r->score;

		*r->p = before;
		r->at = at;
		if (phrase_told(r))
			return true;
		*r->p = first;
		r->at = end;
		r->score = score;
	}
	return some;
}

static void
clause(struct reader *r)
{
	struct event_pattern *p = r->p;
	uint32_t start = r->at, end = 0;
	bool some, named;

	if (phrase_record(r))
		return;
	named = phrase_names_act(r);
	if ((r->how & READ_TOLD) == 0 && ((r->how & READ_NOUN) != 0 || named ||
	    phrase_longest(r, r->at, NOUNS, &end) == 0) && nominal(r)) {
		if (named)
			r->score = NAMED_SCORE;
		return;
	}
	r->at = start;
	p->nqualities = 0;
	p->has_amount = false;
	if (quality(r) && phrase_predicate(r, true))
		return;
	r->at = start;
	p->nqualities = 0;
	some = subject(r);
	if (!some) {
		if (nominal(r))
			return;
		r->at = start;
		phrase_unknown(r, r->at, "a company, a class, a measure or an event");
		return;
	}
	if (!happens(r)) {
		phrase_unknown(r, r->at, "a predicate (down, tops, acquires, "
		    "above ...)");
		return;
	}
}

/* Read the whole phrase in one of the ways. */
static bool
read_phrase(struct reader *r, const struct event_options *options,
    unsigned how)
{
	struct event_pattern *p = r->p;

	memset(p, 0, sizeof(*p));
	p->v = r->v;
	if (options != NULL)
		p->options = *options;
	p->predicate = p->measure = p->object_measure = p->reason = NO_ENTRY;
	p->subject.any = p->object.any = p->place.any = true;
	r->how = how;
	r->failed = r->passive = r->bare = r->exact = false;
	r->ntold = 0;
	r->score = 0;
	r->at = 0;
	if (r->text->ntokens == 0)
		phrase_fail(r, 0, "an empty phrase");
	else
		clause(r);
	while (!r->failed && r->at < r->text->ntokens)
		phrase_role(r);
	return !r->failed;
}

/*
 * All the ways, and of those that read all words the one that fits best: first
 * "airline orders" as the orders of an airline, then as what an airline does.
 * What is wrong is told of the reading that got furthest.
 */
static void
read_best(struct reader *r, const struct event_options *options)
{
	static const unsigned ways[] = { 0, READ_BARE, READ_NOUN,
		READ_BARE | READ_ONE, READ_WHOSE, READ_WHOSE | READ_ONE,
		READ_PARTED, READ_PARTED | READ_BARE, READ_TOLD };
	struct reader best = *r, tried;
	struct event_pattern *p = r->p, pattern;
	struct error error;
	size_t i;

	for (i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		if ((ways[i] & READ_TOLD) != 0 && !best.failed)
			break;
		tried = *r;
		tried.p = &pattern;
		tried.error = &error;
		tried.mute = i > 0 && !best.failed;
		read_phrase(&tried, options, ways[i]);
		if (i > 0 && (tried.failed ? !best.failed ||
		    tried.bad <= best.bad : !best.failed &&
		    tried.score <= best.score))
			continue;
		best = tried;
		*p = pattern;
		if (tried.failed)
			*r->error = error;
	}
	best.p = p;
	best.error = r->error;
	best.mute = false;
	*r = best;
}

/* "record fall in oil price": only states and acts have qualities. */
static struct event_pattern *
quality_misplaced(struct reader *r, size_t *at, size_t *at_len)
{
	error_set(r->error, "\"%s\" can be said of a state or an act, not of a "
	    "change; say by how much, or \"at record low\"",
	    r->v->entries[r->p->qualities[0]].id);
	if (at != NULL) {
		*at = r->text->tokens[0].start;
		*at_len = r->text->tokens[r->text->ntokens - 1].end - *at;
	}
	return NULL;
}

/*
 * "drug trial fails", "law passes": the subject is only known as what other acts
 * are done to, and without it the rule would hear of whatever fails or passes.
 */
static bool
subject_unsaid(struct reader *r, size_t *at, size_t *at_len)
{
	const struct event_pattern *p = r->p;
	const struct text_token *last;
	uint8_t i;

	if (r->ntold == 0 || p->turned || p->subject.nrefs > 0 ||
	    p->object.nrefs > 0 || p->measure != NO_ENTRY ||
	    p->object_measure != NO_ENTRY || p->frame == FRAME_STATE)
		return false;
	for (i = 0; i < r->ntold; i++)
		if (lexis_is(p->v, r->told[i], p->predicate) ||
		    lexis_is(p->v, p->predicate, r->told[i]))
			return false;
	last = &r->text->tokens[r->told_end - 1];
	error_set(r->error, "\"%.*s\" is known only as what acts are done to; "
	    "say who does it (\"parliament passes law\"), or put it in the "
	    "passive (\"law blocked\")", (int)last->end,
	    r->text->fields[0].bytes);
	if (at != NULL) {
		*at = 0;
		*at_len = last->end;
	}
	return true;
}

struct event_pattern *
event_compile(const struct vocabulary *v, const char *phrase, size_t len,
    const struct event_options *options, struct arena *mem,
    struct error *error, size_t *at, size_t *at_len)
{
	struct text_source source = { phrase, len };
	struct barren barren = { 0, 0 };
	struct event_pattern *p = arena_zalloc(mem, 1, sizeof(*p));
	struct reader r = { .v = v, .p = p, .barren = &barren, .mem = mem,
	    .error = error };

	r.text = text_analyse(mem, v->lexicon, &source, 1);
	read_best(&r, options);
	if (r.failed) {
		if (at != NULL && r.text->ntokens > 0) {
			*at = r.text->tokens[r.bad].start;
			*at_len = r.text->tokens[r.bad_end - 1].end - *at;
		} else if (at != NULL)
			*at = *at_len = 0;
		return NULL;
	}
	if (p->frame != FRAME_STATE && p->frame != FRAME_ACT &&
	    p->nqualities > 0)
		return quality_misplaced(&r, at, at_len);
	if (subject_unsaid(&r, at, at_len))
		return NULL;
	amount_or_level(&r);
	at_least(&r);
	turn(p);
	phrase_either(&r);
	default_measure(p);
	phrase_narrow_owner(p);
	return p;
}
