/*
 * Which predicate of the vocabulary an event phrase means: words are shared
 * ("cut" jobs, rates, dividends), so that what stands around them decides.
 */
#include <math.h>
#include <string.h>

#include "rule/phrase.h"

/* What follows a predicate, read as its object. */
struct fit {
	int		score;
	uint32_t	end;		/* behind the object */
	struct arg	object;
	struct arg	place;		/* whose object: "wins FDA approval" */
	uint32_t	word;		/* behind an object word of the act, or 0 */
	uint32_t	measure;	/* or the measure that it is */
	uint32_t	quality;	/* "patches critical vulnerability" */
	bool		turned;		/* the subject is the object */
};

bool
phrase_fits(const struct event_pattern *p, const struct arg *arg,
    uint32_t concept)
{
	uint8_t i;

	for (i = 0; i < arg->nrefs; i++)
		if (concept != NO_ENTRY &&
		    (lexis_is(p->v, arg->refs[i], concept) ||
		    lexis_is(p->v, concept, arg->refs[i])))
			return true;
	return false;
}

static bool
takes(const struct event_pattern *p, const struct entry *e,
    const struct arg *arg)
{
	uint32_t i;

	for (i = 0; i < e->nof; i++)
		if (phrase_fits(p, arg, e->of[i]))
			return true;
	return false;
}

bool
phrase_owns(const struct event_pattern *p, const struct arg *arg,
    uint32_t measure)
{
	return measure != NO_ENTRY && takes(p, &p->v->entries[measure], arg);
}

static bool
any_object(const struct entry *e)
{
	return e->nof == 0 && lexis_slot(e, KEY_OBJECTS)->n == 0;
}

static bool
takes_measure(const struct entry *e, uint32_t measure)
{
	uint32_t i;

	for (i = 0; i < e->nof && measure != NO_ENTRY; i++)
		if (e->of[i] == measure)
			return true;
	return false;
}

static bool
object_word(const struct reader *r, uint32_t ref, uint32_t *end)
{
	uint32_t s = phrase_longest(r, r->at, 1u << SENSE_OBJECT, end);

	for (; s != 0; s = r->v->senses[s].next)
		if (r->v->senses[s].kind == SENSE_OBJECT &&
		    r->v->senses[s].ref == ref)
			return true;
	return false;
}

/* A thing or measure of the kind the predicate asks for. */
static bool
named_object(struct reader *r, const struct entry *e, struct fit *f)
{
	uint32_t i, s = phrase_longest(r, r->at, NOUNS, &f->end);
	uint8_t k;

	/* "raises outlook": a measure, although a product has that name */
	for (; s != 0; s = r->v->senses[s].next)
		if (r->v->senses[s].kind == SENSE_MEASURE &&
		    takes_measure(e, r->v->senses[s].ref)) {
			f->measure = r->v->senses[s].ref;
			f->score = 4;
			return true;
		}
	if (!phrase_argument(r, &f->object, &f->measure)) {
		memset(&f->object, 0, sizeof(f->object));
		f->object.any = true;
		return false;
	}
	f->end = r->at;
	for (i = 0; i < e->nof; i++) {
		if (e->of[i] == f->measure && f->object.nrefs == 0) {
			f->object.any = true;
			f->score = 4;
			return true;
		}
		for (k = 0; k < f->object.nrefs; k++)
			if (lexis_is(r->v, f->object.refs[k], e->of[i])) {
				f->score = 4;
				return true;
			}
	}
	return true;
}

/* "wins FDA approval", "wins Navy contract": somebody before the object. */
static bool
whose_object(struct reader *r, uint32_t ref, struct fit *f)
{
	uint32_t measure = NO_ENTRY;

	r->bare = true;
	if (!phrase_argument(r, &f->place, &measure) ||
	    f->place.nrefs == 0 || measure != NO_ENTRY ||
	    !object_word(r, ref, &f->end)) {
		memset(&f->place, 0, sizeof(f->place));
		f->place.any = true;
		return false;
	}
	memset(&f->object, 0, sizeof(f->object));
	f->object.any = true;
	f->measure = NO_ENTRY;
	f->word = f->end;
	f->score = 4;
	return true;
}

/* How well the rest of the phrase fits as object of this predicate. */
static void
object_fit(const struct reader *r, const struct entry *e, uint32_t ref,
    struct fit *f)
{
	struct reader probe = *r;
	struct error ignored;
	uint32_t end = 0;
	bool some;

	memset(f, 0, sizeof(*f));
	f->object.any = f->place.any = true;
	f->measure = NO_ENTRY;
	f->end = r->at;
	probe.error = &ignored;
	if (r->p->has_amount && phrase_word_is(&probe, probe.at, "of"))
		probe.at++;	/* "more than 5% of its workforce" */
	phrase_skip(&probe);
	f->quality = e->frame == FRAME_ACT ?
	    phrase_quality(&probe) : NO_ENTRY;
	end = probe.at;
	some = named_object(&probe, e, f);
	probe.at = end;
	if (some && f->score < 4 && e->frame == FRAME_ACT &&
	    whose_object(&probe, ref, f))
		return;
	probe.at = end;
	if (f->score < 4 && e->frame == FRAME_ACT &&
	    object_word(&probe, ref, &end)) {
		memset(&f->object, 0, sizeof(f->object));
		f->object.any = true;
		f->measure = NO_ENTRY;
		f->end = f->word = end;
		f->score = 4;
	}
	if (f->score == 4)
		return;
	if (!some)
		f->score = r->at >= r->text->ntokens ||
		    (phrase_grammar(r, r->at) & GRAM_PREP) != 0 ? 1 : 0;
	else if (e->frame == FRAME_RANK)
		f->score = 3;
	else if (e->frame == FRAME_CHANGE)
		f->score = f->measure != NO_ENTRY ? 2 : 0;
	else if (e->frame == FRAME_ACT)
		f->score = e->nof == 0 && lexis_slot(e, KEY_OBJECTS)->n == 0 ?
		    2 : 0;
}

static bool
usable(const struct sense *s, bool nominal)
{
	if (s->kind != SENSE_PRED || s->use == USE_CAUSE || s->use == USE_PAY ||
	    s->use == USE_OF_OBJECT)
		return false;
	return !nominal || s->use == USE_NOUN || s->use == USE_PHRASE;
}

/*
 * "bank fined", "rate cut", "jobs cut", "drug is approved": no object follows
 * and the subject can have it done.
 */
static bool
turns(const struct reader *r, const struct sense *s, const struct entry *e,
    const struct fit *f)
{
	const struct event_pattern *p = r->p;
	uint8_t i;

	if (s->use == USE_UNDERGO)
		return takes(p, e, &p->subject);
	if (e->frame != FRAME_ACT || s->use == USE_PHRASE ||
	    s->use == USE_INVERSE || f->score >= 2)
		return false;
	if (takes_measure(e, p->measure))
		return r->passive || s->use == USE_NOUN ||
		    (s->forms & FORM_PART) != 0;
	if ((s->forms & FORM_PART) == 0)
		return false;
	for (i = 0; i < r->ntold; i++)
		if (r->told[i] == s->ref)
			return true;
	/* "Iran sanctioned": done to anybody */
	if (any_object(e))
		return lexis_bool(e, KEY_PASSIVE) && p->subject.nrefs > 0 &&
		    (s->forms & FORM_BASE) == 0;
	return takes(p, e, &p->subject);
}

/*
 * "bank earnings drop", "Dow drops 500 points", "Intel falls 5%": a measure does
 * nothing to nothing, and who does something does it to something.
 */
static bool
unlikely_act(const struct event_pattern *p, const struct entry *e,
    const struct fit *f)
{
	if (e->frame != FRAME_ACT || f->turned || f->score >= 4)
		return false;
	return p->measure != NO_ENTRY || (p->has_amount &&
	    (p->amount.kind == QUANTITY_POINTS || p->amount.kind ==
	    QUANTITY_BASIS || (p->amount.kind == QUANTITY_PERCENT &&
	    f->object.any)));
}

/* Between predicates of one spelling: who fits best with the rest. */
static void
weigh(const struct reader *r, const struct sense *s, const struct entry *e,
    struct fit *f)
{
	const struct event_pattern *p = r->p;

	/* phrases say their object themselves */
	if (s->use == USE_PHRASE && e->frame == FRAME_ACT && f->score < 2)
		f->score = 2;
	/* "tops $100" is a level, no rank */
	if (p->has_amount && e->frame == FRAME_RANK)
		f->score = -1;
	if (p->has_amount && e->frame == FRAME_LEVEL)
		f->score = 1;
	f->turned = turns(r, s, e, f);
	if (f->turned)
		f->score = 5;
	else if (r->passive && e->frame == FRAME_ACT &&
	    s->use != USE_PHRASE && f->score > 0)
		f->score--;
	if (e->agent != NO_ENTRY && !f->turned &&
	    (f->score >= 4 || f->score == 1 || s->use == USE_PHRASE) &&
	    phrase_fits(p, &p->subject, e->agent))
		f->score++;
	if (s->use == USE_TRANSITIVE && f->measure == NO_ENTRY)
		f->score--;
	/* "raises $5 million" needs its amount */
	if (lexis_bool(e, KEY_PRICED) && !p->has_amount)
		f->score -= 3;
	/* "cloud service goes down": who does it must be able to */
	if (e->frame == FRAME_ACT && e->agent != NO_ENTRY && !f->turned &&
	    s->use != USE_NOUN && p->subject.nrefs > 0 &&
	    !phrase_fits(p, &p->subject, e->agent) && f->score > 0)
		f->score--;
	if (unlikely_act(p, e, f))
		f->score = 0;
}

/* The subject becomes the object; its own owner stays who does it. */
static void
turn(struct event_pattern *p, const struct entry *e)
{
	p->turned = !takes_measure(e, p->measure);
	if (!p->turned)
		p->object_measure = p->measure;
	p->measure = NO_ENTRY;
	if (!p->turned)
		return;
	p->object = p->subject;
	if (!any_object(e) && !takes(p, e, &p->object)) {	/* a word */
		memset(&p->object, 0, sizeof(p->object));
		p->object.any = true;
	}
	memset(&p->subject, 0, sizeof(p->subject));
	p->subject.any = true;
}

/*
 * What these words say of some, or with an amount, only is asked as a whole:
 * "goes down" of services, "raises $5 million", "workers strike".
 */
static uint32_t
whole(const struct reader *r, uint32_t ref)
{
	const struct entry *e = &r->v->entries[ref];
	uint32_t i, nearest = ref;

	if ((e->frame != FRAME_STATE || e->agent == NO_ENTRY) &&
	    !lexis_bool(e, KEY_PRICED) && !lexis_bool(e, KEY_AS_WHOLE))
		return ref;
	/* what it is, not what that is in turn */
	for (i = 0; i < e->nup; i++)
		if (e->up[i] != ref && (nearest == ref ||
		    r->v->entries[e->up[i]].nup >
		    r->v->entries[nearest].nup))
			nearest = e->up[i];
	return nearest;
}

/* "judge blocks law": no plan, where the act's objects are things apart. */
static void
keep_word(struct reader *r, const struct entry *e, uint32_t end)
{
	char word[LEXICON_WORD_MAX];

	if (end == 0 || !lexis_bool(e, KEY_APART))
		return;
	act_singular(r->text, end - 1, word, sizeof(word));
	r->p->object_word = arena_strdup(r->mem, word);
}

static void
settle(struct reader *r, const struct sense *s, const struct fit *f,
    bool nominal)
{
	struct event_pattern *p = r->p;
	const struct entry *e = &r->v->entries[s->ref];

	if (f->turned)		/* "satellite launched": what can be */
		phrase_narrow(p, &p->subject, e->of, e->nof);
	else
		phrase_narrow(p, &p->subject, &e->agent,
		    e->agent != NO_ENTRY);
	p->frame = e->frame;
	p->direction = e->direction;
	p->predicate = whole(r, s->ref);
	r->score = f->score;
	keep_word(r, e, f->turned && r->ntold > 0 ? r->told_end : f->word);
	if (f->turned) {
		turn(p, e);
		return;
	}
	if (f->score < 2 || (nominal && f->score < 4))
		return;
	r->at = f->end;
	if (f->quality != NO_ENTRY && p->nqualities < 4)
		p->qualities[p->nqualities++] = f->quality;
	if (p->frame == FRAME_RANK)
		p->place = f->object;
	else if (p->frame == FRAME_CHANGE)
		p->measure = f->measure;
	else if (p->frame == FRAME_ACT) {
		p->object = f->object;
		if (!f->place.any)
			p->place = f->place;
		phrase_narrow(p, &p->object, e->of, e->nof);
		if (takes_measure(e, f->measure))
			p->object_measure = f->measure;
	}
}

static uint32_t
choose(struct reader *r, uint32_t s, bool nominal, struct fit *chosen)
{
	uint32_t best = 0;
	struct fit fit;

	chosen->score = -1;
	for (; s != 0; s = r->v->senses[s].next) {
		const struct sense *x = &r->v->senses[s];

		if (!usable(x, nominal))
			continue;
		object_fit(r, &r->v->entries[x->ref], x->ref, &fit);
		weigh(r, x, &r->v->entries[x->ref], &fit);
		if (fit.score > chosen->score) {
			*chosen = fit;
			best = s;
		}
	}
	return best;
}

/* "weaker than 150", "higher than $100": where it stands. */
static bool
than_amount(struct reader *r, struct quantity *q)
{
	uint32_t at = r->at;

	if (phrase_word_is(r, at, "than"))
		r->at++;
	if (!phrase_amount(r, q)) {
		r->at = at;
		return false;
	}
	if (r->at > at && phrase_word_is(r, at, "than")) {
		q->role = QUANTITY_LEVEL;
		q->lo_strict = true;
		if (q->lo == q->hi)
			q->hi = INFINITY;
	}
	return true;
}

/*
 * "sales rise over 10%" is by how much, "inflation rises over 4%" where it
 * stands: 0, or the senses of the predicate without its last word.
 */
static uint32_t
rises_over(const struct reader *r, uint32_t start, uint32_t *end)
{
	uint32_t measure = r->p->measure, last = *end - 1, behind = 0, s;
	struct quantity q;

	if (*end < start + 2 || (!phrase_word_is(r, last, "over") &&
	    !phrase_word_is(r, last, "under")) || (measure != NO_ENTRY &&
	    lexis_bool(&r->v->entries[measure], KEY_IN_PERCENT)) ||
	    quantity_parse(r->text, last, &q) == last ||
	    q.kind != QUANTITY_PERCENT)
		return 0;
	s = phrase_within(r, start, last, 1u << SENSE_PRED, &behind);
	if (s != 0)
		*end = behind;
	return s;
}

bool
phrase_predicate(struct reader *r, bool nominal)
{
	struct event_pattern *p = r->p;
	uint32_t end = 0, s, best, start = r->at, change;
	bool had = p->has_amount, parted = (r->how & READ_PARTED) != 0;
	struct quantity q;
	struct fit chosen;

	s = phrase_longest(r, start, 1u << SENSE_PRED, &end);
	if (s == 0 && !parted)
		return false;
	if (s != 0 && (change = rises_over(r, start, &end)) != 0)
		s = change;
	r->at = s != 0 ? end : start;
	if (s != 0 && !nominal && !p->has_amount && than_amount(r, &q)) {
		p->amount = q;
		p->has_amount = true;
	}
	best = choose(r, s, nominal, &chosen);
	if ((chosen.score < 2 || parted) && !had) {
		s = phrase_parted(r, start, 1u << SENSE_PRED, &end, &q);
		if (s != 0) {
			r->at = end;
			p->amount = q;
			p->has_amount = true;
			best = choose(r, s, nominal, &chosen);
		}
	}
	if (best == 0) {
		r->at = start;
		p->has_amount = had;
		return false;
	}
	settle(r, &r->v->senses[best], &chosen, nominal);
	return true;
}
