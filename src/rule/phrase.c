/*
 * phrase - the reader of event phrases: controlled English in, a pattern out
 * (grammar: rule-semantics 3.1). Every word must resolve in the vocabulary; one
 * that does not is an error that says where it stands and what might be meant.
 */
#include <math.h>
#include <string.h>

#include "rule/phrase.h"

struct choice {
	uint32_t	sense;
	int		score;
};

static bool
has_object_word(const struct reader *r, uint32_t ref, uint32_t *end)
{
	uint32_t senses = phrase_longest(r, r->at, 1u << SENSE_OBJECT, end), s;

	for (s = senses; s != 0; s = r->v->senses[s].next)
		if (r->v->senses[s].kind == SENSE_OBJECT &&
		    r->v->senses[s].ref == ref)
			return true;
	return false;
}

/* How well the rest of the phrase fits as object of this predicate. */
static int
object_fit(struct reader *r, const struct entry *e, uint32_t ref,
    struct arg *object, uint32_t *measure, uint32_t *end)
{
	struct reader probe = *r;
	uint32_t i, k;
	struct error ignored;

	probe.error = &ignored;
	*measure = NO_ENTRY;
	memset(object, 0, sizeof(*object));
	object->any = true;
	*end = r->at;
	if (e->frame == FRAME_ACT && has_object_word(&probe, ref, end))
		return 4;
	if (!phrase_argument(&probe, object, measure)) {
		object->any = true;
		return r->at >= r->text->ntokens ? 1 : 0;
	}
	*end = probe.at;
	if (e->frame == FRAME_RANK)
		return 3;
	if (e->frame == FRAME_STATE)
		return 0;
	if (e->frame == FRAME_CHANGE)
		return *measure != NO_ENTRY ? 2 : 0;
	for (i = 0; i < e->nof; i++) {
		if (e->of[i] == *measure && object->nrefs == 0) {
			object->any = true;
			return 4;
		}
		for (k = 0; k < object->nrefs; k++)
			if (lexis_is(r->v, object->refs[k], e->of[i]))
				return 4;
	}
	return e->nof == 0 && lexis_slot(e, KEY_OBJECTS)->n == 0 ? 2 : 0;
}

static void
role(struct reader *r)
{
	struct event_pattern *p = r->p;
	uint32_t measure = NO_ENTRY, from = r->at;
	struct quantity q;

	/* "fines company more than $1 billion": the amount behind the object */
	if (p->frame == FRAME_ACT && !p->has_amount && phrase_amount(r, &q)) {
		p->amount = q;
		p->has_amount = true;
		return;
	}
	if ((phrase_grammar(r, r->at) & (GRAM_PREP | GRAM_TO)) == 0 &&
	    !phrase_word_is(r, r->at, "over")) {
		phrase_unknown(r, r->at, "the end of the phrase, or a role such as "
		    "\"in ...\" or \"by more than ...\"");
		return;
	}
	r->at++;
	if (!p->has_amount && phrase_amount(r, &q)) {
		p->amount = q;
		p->has_amount = true;
		return;
	}
	r->at = from;
	if (!p->has_amount && phrase_amount(r, &q)) {
		p->amount = q;
		p->has_amount = true;
		return;
	}
	r->at = from + 1;
	if (!phrase_argument(r, &p->place, &measure))
		phrase_unknown(r, r->at, "a name or class");
}

static bool
usable(const struct reader *r, const struct sense *s, bool nominal)
{
	(void)r;
	if (s->kind != SENSE_PRED || s->use == USE_CAUSE)
		return false;
	return !nominal || s->use == USE_NOUN || s->use == USE_PHRASE;
}

static bool
fits(const struct event_pattern *p, const struct arg *arg, uint32_t concept)
{
	uint8_t i;

	for (i = 0; i < arg->nrefs; i++)
		if (concept != NO_ENTRY &&
		    (lexis_is(p->v, arg->refs[i], concept) ||
		    lexis_is(p->v, concept, arg->refs[i])))
			return true;
	return false;
}

/* Between predicates of one spelling: who fits best with the rest. */
static int
weigh(const struct event_pattern *p, const struct sense *s,
    const struct entry *e, int fit, uint32_t measure)
{
	/* "tops $100" is a level, no rank */
	if (p->has_amount && e->frame == FRAME_RANK)
		fit = -1;
	if (p->has_amount && e->frame == FRAME_LEVEL)
		fit = 1;
	if (e->agent != NO_ENTRY && (fit >= 4 || s->use == USE_PHRASE) &&
	    fits(p, &p->subject, e->agent))
		fit++;
	if (s->use == USE_TRANSITIVE && measure == NO_ENTRY)
		fit--;
	return fit;
}

/* The predicate at the reader's place, and its amount and object. */
static bool
predicate(struct reader *r, bool nominal)
{
	struct event_pattern *p = r->p;
	uint32_t end = 0, senses, s, object_end, best_end = 0, measure;
	uint32_t best = 0, best_measure = NO_ENTRY;
	struct arg object, best_object;
	struct quantity q;
	int fit, best_fit = -1;

	senses = phrase_longest(r, r->at, 1u << SENSE_PRED, &end);
	if (senses == 0)
		return false;
	r->at = end;
	if (!nominal && !p->has_amount && phrase_amount(r, &q)) {
		p->amount = q;
		p->has_amount = true;
	}
	memset(&best_object, 0, sizeof(best_object));
	for (s = senses; s != 0; s = r->v->senses[s].next) {
		const struct sense *x = &r->v->senses[s];

		if (!usable(r, x, nominal))
			continue;
		fit = object_fit(r, &r->v->entries[x->ref], x->ref, &object,
		    &measure, &object_end);
		fit = weigh(p, x, &r->v->entries[x->ref], fit, measure);
		if (fit > best_fit) {
			best_fit = fit;
			best = s;
			best_end = object_end;
			best_object = object;
			best_measure = measure;
		}
	}
	if (best == 0)
		return false;
	s = r->v->senses[best].ref;
	p->frame = r->v->entries[s].frame;
	p->direction = r->v->entries[s].direction;
	p->predicate = s;
	if (best_fit < 2 || nominal)
		return true;
	r->at = best_end;
	if (p->frame == FRAME_RANK)
		p->place = best_object;
	else if (p->frame == FRAME_CHANGE)
		p->measure = best_measure;
	else
		p->object = best_object;
	return true;
}

/* "above $100" without any verb: a level. */
static bool
level(struct reader *r)
{
	struct event_pattern *p = r->p;
	uint32_t at = r->at;
	struct quantity q;

	if (phrase_word_is(r, at, "at") || phrase_word_is(r, at, "is") ||
	    phrase_word_is(r, at, "are"))
		r->at++;
	if (!phrase_amount(r, &q)) {
		r->at = at;
		return false;
	}
	p->frame = FRAME_LEVEL;
	p->predicate = NO_ENTRY;
	p->has_level = true;
	p->level = q;
	return true;
}

/* "doubles", "halves": predicate and amount in one word, at least that much. */
static bool
ratio(struct reader *r)
{
	struct event_pattern *p = r->p;
	uint32_t end = 0, s = phrase_longest(r, r->at, 1u << SENSE_PRED, &end);
	struct quantity q;

	while (s != 0 && (r->v->senses[s].kind != SENSE_PRED ||
	    r->v->senses[s].use != USE_RATIO))
		s = r->v->senses[s].next;
	if (s == 0 || quantity_parse(r->text, r->at, &q) != end)
		return false;
	r->at = end;
	p->predicate = r->v->senses[s].ref;
	p->frame = r->v->entries[p->predicate].frame;
	p->direction = r->v->entries[p->predicate].direction;
	p->amount = q;
	p->amount.hi = INFINITY;
	p->has_amount = true;
	return true;
}

static bool
quality(struct reader *r)
{
	struct event_pattern *p = r->p;
	uint32_t end = 0, senses = phrase_longest(r, r->at, 1u << SENSE_QUALITY,
	    &end), s;

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
	uint32_t measure = NO_ENTRY;
	struct quantity q;

	if (phrase_amount(r, &q)) {
		p->amount = q;
		p->has_amount = true;
	}
	while (quality(r))
		;
	if (!predicate(r, true))
		return false;
	if ((phrase_grammar(r, r->at) & GRAM_PREP) != 0 && p->frame != FRAME_STATE &&
	    p->frame != FRAME_RANK) {
		r->at++;
		if (!phrase_argument(r, &p->subject, &measure))
			phrase_unknown(r, r->at, "a name or class");
		p->measure = measure;
	}
	return true;
}

/* Money or points behind "above", "below", "to": where it stands. */
static void
amount_or_level(struct reader *r)
{
	struct event_pattern *p = r->p;

	if (p->frame == FRAME_LEVEL && p->has_amount && !p->has_level) {
		p->level = p->amount;
		p->has_level = true;
		p->has_amount = false;
		/* "tops $100": that or more; "falls below $50": less */
		if (p->level.lo == p->level.hi && p->direction > 0)
			p->level.hi = INFINITY;
		else if (p->level.lo == p->level.hi && p->direction < 0) {
			p->level.lo = -INFINITY;
			p->level.hi_strict = true;
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
	(void)r;
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
	if (e->agent != NO_ENTRY ? fits(p, &p->subject, e->agent) :
	    !lexis_bool(e, KEY_PASSIVE))
		return;
	for (i = 0; i < e->nof; i++)
		if (fits(p, &p->subject, e->of[i])) {
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
	if (p->measure_said || p->subject.nrefs == 0 ||
	    (p->frame != FRAME_CHANGE && p->frame != FRAME_LEVEL))
		return;
	p->measure = lexis_alone(p->v, p->subject.refs[0]);
}

static void
clause(struct reader *r)
{
	struct event_pattern *p = r->p;
	uint32_t start = r->at, end = 0;
	bool some;

	if (phrase_longest(r, r->at, NOUNS, &end) == 0 && nominal(r))
		return;
	r->at = start;
	p->nqualities = 0;
	p->has_amount = false;
	if (quality(r) && predicate(r, true))
		return;
	r->at = start;
	p->nqualities = 0;
	r->bare = r->again;
	some = phrase_argument(r, &p->subject, &p->measure);
	r->bare = false;
	if (!some) {
		if (nominal(r))
			return;
		r->at = start;
		phrase_unknown(r, r->at, "a company, a class, a measure or an event");
		return;
	}
	if (!ratio(r) && !level(r) && !predicate(r, false)) {
		phrase_unknown(r, r->at, "a predicate (down, tops, acquires, "
		    "above ...)");
		return;
	}
}

/*
 * Read the whole phrase, or again: "airline orders" first as the orders of an
 * airline, and if that leads nowhere as what an airline does.
 */
static bool
read_phrase(struct reader *r, const struct event_options *options, bool again)
{
	struct event_pattern *p = r->p;

	memset(p, 0, sizeof(*p));
	p->v = r->v;
	if (options != NULL)
		p->options = *options;
	p->predicate = p->measure = NO_ENTRY;
	p->subject.any = p->object.any = p->place.any = true;
	r->again = again;
	r->failed = false;
	r->at = 0;
	if (r->text->ntokens == 0)
		phrase_fail(r, 0, "an empty phrase");
	else
		clause(r);
	while (!r->failed && r->at < r->text->ntokens)
		role(r);
	return !r->failed;
}

struct event_pattern *
event_compile(const struct vocabulary *v, const char *phrase, size_t len,
    const struct event_options *options, struct arena *mem,
    struct error *error, size_t *at, size_t *at_len)
{
	struct text_source source = { phrase, len };
	struct reader r, second;
	struct error ignored;
	struct event_pattern *p = arena_zalloc(mem, 1, sizeof(*p));

	memset(&r, 0, sizeof(r));
	r.v = v;
	r.p = p;
	r.mem = mem;
	r.error = error;
	r.text = text_analyse(mem, v->lexicon, &source, 1);
	if (!read_phrase(&r, options, false)) {
		second = r;
		second.error = &ignored;
		r.failed = !read_phrase(&second, options, true);
	}
	if (r.failed) {
		if (at != NULL && r.text->ntokens > 0) {
			*at = r.text->tokens[r.bad].start;
			*at_len = r.text->tokens[r.bad_end - 1].end - *at;
		} else if (at != NULL)
			*at = *at_len = 0;
		return NULL;
	}
	amount_or_level(&r);
	turn(p);
	default_measure(p);
	return p;
}
