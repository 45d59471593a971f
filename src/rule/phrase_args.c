/* Arguments and amounts of event phrases. */
#include <string.h>

#include "rule/phrase.h"

/* words may be NULL: what is left out is left out whole. */
static void
add_ref(uint32_t *refs, uint32_t *words, uint8_t *n, uint32_t ref,
    uint32_t word)
{
	uint8_t i;

	for (i = 0; i < *n; i++)
		if (refs[i] == ref) {
			if (words != NULL && words[i] != word)
				words[i] = 0;
			return;
		}
	if (*n == ARG_MAX)
		return;
	if (words != NULL)
		words[*n] = word;
	refs[(*n)++] = ref;
}

static uint32_t measure_sense(const struct reader *, uint32_t senses,
    const struct arg *);

/* The owners a list of senses names; the measure it names otherwise. */
static bool
take_senses(struct reader *r, uint32_t senses, uint32_t end, uint32_t *refs,
    uint32_t *words, uint8_t *n, uint32_t *measure)
{
	const struct arg none = { .nrefs = 0 };
	const struct sense *s;
	const struct entry *e;
	uint32_t at;
	bool any = false, own = false, small = r->text->tokens[r->at].shape ==
	    TEXT_LOWER, noun = false;

	/* "app store" is the class of that name, not one of that name */
	for (at = senses; at != 0; at = r->v->senses[at].next) {
		own |= r->v->senses[at].kind == SENSE_RULE_WORD &&
		    r->v->entries[r->v->senses[at].ref].section ==
		    VOCABULARY_CONCEPTS;
		noun |= r->v->senses[at].kind == SENSE_MEASURE ||
		    r->v->senses[at].kind == SENSE_CLASS;
	}
	for (at = senses; at != 0; at = s->next) {
		s = &r->v->senses[at];
		e = &r->v->entries[s->ref];
		if (!phrase_noun_kind(s->kind) || e->section == VOCABULARY_MEASURES ||
		    e->section > VOCABULARY_MEASURES ||
		    (own && s->kind != SENSE_RULE_WORD) ||
		    (small && noun && s->cased != NULL))
			continue;	/* "outlook" is no Outlook */
		add_ref(refs, words, n, e->same, s->kind == SENSE_CLASS &&
		    lexis_bool(e, KEY_APART) ?
		    r->text->tokens[end - 1].word : 0);
		any = true;
	}
	for (at = senses; any && r->at == 0 && at != 0;
	    at = r->v->senses[at].next)
		if (r->v->senses[at].kind == SENSE_MEASURE)
			r->either = r->v->senses[at].ref + 1;
	at = any ? 0 : measure_sense(r, senses, &none);
	if (at != 0)
		*measure = r->v->senses[at].ref;
	return any || at != 0;
}

void
phrase_either(struct reader *r)
{
	struct event_pattern *p = r->p;

	if (r->either == 0 || p->measure != NO_ENTRY ||
	    p->subject.nrefs != 1 || (p->frame != FRAME_CHANGE &&
	    p->frame != FRAME_LEVEL && p->frame != FRAME_EXTREME) ||
	    lexis_alone(r->v, p->subject.refs[0], 0) != NO_ENTRY)
		return;
	p->measure = r->either - 1;
	p->subject.nrefs = 0;
	p->subject.any = true;
}

static bool measure_of(struct reader *r, struct arg *, uint32_t *measure);

/* One term of an argument: "Nvidia's revenue", "chip stock", "bank". */
static bool
term(struct reader *r, uint32_t *refs, uint32_t *words, uint8_t *n,
    uint32_t *measure)
{
	uint32_t end = 0, senses, own = NO_ENTRY;

	phrase_skip(r);
	senses = phrase_longest(r, r->at, NOUNS, &end);
	if (senses == 0 || !take_senses(r, senses, end, refs, words, n, &own))
		return false;
	r->at = end;
	if (own != NO_ENTRY)
		*measure = own;
	if (r->at < r->text->ntokens &&
	    (r->text->tokens[r->at].flags & TEXT_POSSESSIVE) != 0)
		r->at++;
	return true;
}

/* One of several: "a" of "a or b". */
static bool
part(struct reader *r, struct arg *arg, uint32_t *measure)
{
	uint8_t first = arg->nrefs, no = first == 0 ? 0 :
	    arg->part[first - 1] + 1;

	if (!term(r, arg->refs, arg->words, &arg->nrefs, measure))
		return false;
	memset(arg->part + first, no, arg->nrefs - first);
	return true;
}

/*
 * Of the measures that words may be the one the owner has, else the one listed
 * first: "bank stocks", "wheat stocks". 0 if they are none.
 */
static uint32_t
measure_sense(const struct reader *r, uint32_t s, const struct arg *arg)
{
	uint32_t best = 0;
	bool owned = false, fits;

	for (; s != 0; s = r->v->senses[s].next) {
		if (r->v->entries[r->v->senses[s].ref].section !=
		    VOCABULARY_MEASURES)
			continue;
		fits = phrase_owns(r->p, arg, r->v->senses[s].ref);
		if (best == 0 || (fits && !owned) || (fits == owned &&
		    r->v->senses[s].ref < r->v->senses[best].ref)) {
			best = s;
			owned = fits;
		}
	}
	return best;
}

/* A measure behind the owners: "stock", "'s revenue". */
static bool
measure_of(struct reader *r, struct arg *arg, uint32_t *measure)
{
	uint32_t end = 0, senses, s;

	if (r->bare)
		return false;
	senses = phrase_longest(r, r->at, 1u << SENSE_MEASURE | 1u <<
	    SENSE_RULE_WORD, &end);
	s = measure_sense(r, senses, arg);
	if (s == 0)
		return false;
	*measure = r->v->senses[s].ref;
	r->at = end;
	if ((phrase_grammar(r, r->at) & GRAM_OF) != 0 && arg->nrefs == 0) {
		r->at++;
		term(r, arg->refs, arg->words, &arg->nrefs, measure);
	}
	return true;
}

/* "profit of bank", "sales at retailer", "inflation in Japan": whose it is. */
static void
owner_behind(struct reader *r, struct arg *arg, uint32_t *measure)
{
	uint32_t g = phrase_grammar(r, r->at), at = r->at, other = NO_ENTRY;
	struct arg owner = { .nrefs = 0 };

	if ((g & (GRAM_OF | GRAM_IN)) == 0)
		return;
	r->at++;
	if (!part(r, &owner, &other)) {
		if ((g & GRAM_OF) == 0)
			r->at = at;
		return;
	}
	while (phrase_word_is(r, r->at, "or") &&
	    (r->at++, part(r, &owner, &other)))
		;
	if ((g & GRAM_OF) == 0 && (other != NO_ENTRY ||
	    !phrase_owns(r->p, &owner, *measure))) {
		r->at = at;
		return;
	}
	if (other != NO_ENTRY)
		*measure = other;
	memcpy(arg->refs, owner.refs, sizeof(arg->refs));
	memcpy(arg->words, owner.words, sizeof(arg->words));
	memcpy(arg->part, owner.part, sizeof(arg->part));
	arg->nrefs = owner.nrefs;
}

static bool
separator(struct reader *r)
{
	if (phrase_word_is(r, r->at, ",") || phrase_word_is(r, r->at, "or")) {
		r->at++;
		if (phrase_word_is(r, r->at, "or"))
			r->at++;
		return true;
	}
	return false;
}

/* [ "any" ] ( terms ) [ measure ] [ except terms ] */
bool
phrase_argument(struct reader *r, struct arg *arg, uint32_t *measure)
{
	bool list = false, some = false;
	uint32_t dummy = NO_ENTRY;

	memset(arg, 0, sizeof(*arg));
	if (phrase_word_is(r, r->at, "any") || phrase_word_is(r, r->at, "anything")) {
		r->at++;
		arg->any = some = true;
	}
	if (phrase_word_is(r, r->at, "(")) {
		list = true;
		r->at++;
	}
	do {
		if (!part(r, arg, measure))
			break;
		some = true;
	} while (separator(r));
	if (list) {
		if (!phrase_word_is(r, r->at, ")")) {
			phrase_unknown(r, r->at, "\")\"");
			return false;
		}
		r->at++;
	}
	if (*measure == NO_ENTRY || arg->nrefs == 0)
		measure_of(r, arg, measure);
	if (*measure != NO_ENTRY && arg->nrefs == 0)
		owner_behind(r, arg, measure);
	if (phrase_word_is(r, r->at, "except")) {
		r->at++;
		do
			if (!term(r, arg->except, NULL, &arg->nexcept,
			    &dummy)) {
				phrase_unknown(r, r->at, "a name or class after "
				    "\"except\"");
				return false;
			}
		while (separator(r));
		if (dummy != NO_ENTRY)
			measure_of(r, arg, measure);
		if (*measure == NO_ENTRY)
			measure_of(r, arg, measure);
	}
	if (arg->nrefs > 0)
		arg->any = false;
	else if (some || *measure != NO_ENTRY)
		arg->any = true;
	return some || *measure != NO_ENTRY;
}

static bool
one_of(const struct reader *r, uint32_t at, const char *const *words)
{
	for (; *words != NULL; words++)
		if (phrase_word_is(r, at, *words))
			return true;
	return false;
}

/* "a barrel", "per ounce", "mark", "of its value": what changes nothing. */
static void
units(struct reader *r)
{
	static const char *const each[] = { "a", "an", "per", "the", "troy",
		"metric", NULL };
	static const char *const units[] = { "barrel", "bbl", "ounce", "oz",
		"tonne", "ton", "pound", "lb", "bushel", "gallon", "litre",
		"liter", "share", "kilogram", "kg", "mwh", "therm", "coin",
		"token", "gram", "unit", NULL };
	static const char *const marks[] = { "mark", "level", "milestone",
		"threshold", "barrier", NULL };
	uint32_t at = r->at;

	if (one_of(r, at, marks)) {
		r->at++;
		return;
	}
	while (one_of(r, at, each) && at < r->at + 2)
		at++;
	if (at > r->at && one_of(r, at, units)) {
		r->at = at + 1;
		return;
	}
	at = r->at;
	while ((phrase_grammar(r, at) & (GRAM_IN | GRAM_OF | GRAM_POSS)) != 0
	    && at < r->at + 2)
		at++;
	if (at > r->at && phrase_word_is(r, at, "value"))
		r->at = at + 1;
}

/* An amount that begins at a token; the token behind it, or that itself. */
static uint32_t
amount_at(const struct reader *r, uint32_t at, struct quantity *q)
{
	uint64_t bit = at < 64 ? 1ULL << at : 0;
	uint32_t end;

	if ((r->barren->amount & bit) != 0)
		return at;
	end = quantity_parse(r->text, at, q);
	/* "zero-day" counts no days */
	if (end > at && end < r->text->ntokens && r->text->tokens[at].kind ==
	    TEXT_WORD && (r->text->tokens[end].flags & TEXT_JOINED) != 0)
		end = at;
	if (end == at)
		r->barren->amount |= bit;
	return end;
}

bool
phrase_amount(struct reader *r, struct quantity *q)
{
	uint32_t at = r->at, end = amount_at(r, at, q);

	/* "by more than 5%", but "at least 5%" begins with its "at" */
	while (end == at && (phrase_grammar(r, at) & (GRAM_BY | GRAM_IN | GRAM_OF |
	    GRAM_TO)) != 0)
		end = amount_at(r, ++at, q);
	if (end == at)
		return false;
	if (q->kind == QUANTITY_COUNT && q->unit_end > q->unit &&
	    q->unit > at && q->unit < end)
		end = q->unit;
	r->exact |= phrase_word_is(r, at, "exactly") ||
	    phrase_word_is(r, at, "=");
	r->at = end;
	units(r);
	return true;
}

/*
 * "worth more than", "in a deal valued at", "affecting": words that lead to
 * the amount of an event and say nothing else.
 */
bool
phrase_amount_role(struct reader *r)
{
	static const char *const words[] = { "for", "in", "of", "by", "at",
		"to", "with", "a", "an", "worth", "valued", "deal",
		"transaction", "totaling", "totalling", "affecting",
		"involving", "covering", "its", "their", "the" };
	uint32_t at = r->at, end = at;
	struct quantity q;
	size_t i;

	if (r->p->has_amount)
		return false;
	do {
		/* "fines company more than $1 billion", but ranks have none */
		if ((r->at > at || r->p->frame == FRAME_ACT) &&
		    phrase_amount(r, &q)) {
			r->p->amount = q;
			r->p->has_amount = true;
			/* "affecting more than 1 million people" */
			if (q.kind == QUANTITY_COUNT &&
			    phrase_longest(r, r->at, NOUNS |
			    1u << SENSE_OBJECT, &end) != 0)
				r->at = end;
			return true;
		}
		for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			if (phrase_word_is(r, r->at, words[i]))
				break;
		r->at++;
	} while (i < sizeof(words) / sizeof(words[0]) && r->at < at + 6);
	r->at = at;
	return false;
}

static bool
fits_one(const struct event_pattern *p, uint32_t ref,
    const uint32_t *concepts, uint32_t n)
{
	uint32_t i;

	for (i = 0; i < n; i++)
		if (concepts[i] != NO_ENTRY && lexis_is(p->v, ref,
		    concepts[i]))
			return true;
	return false;
}

void
phrase_narrow(const struct event_pattern *p, struct arg *arg,
    const uint32_t *concepts, uint32_t n)
{
	struct arg kept = *arg;
	uint32_t fitting = 0;	/* bit per part */
	uint8_t k;

	for (k = 0; k < arg->nrefs; k++)
		if (fits_one(p, arg->refs[k], concepts, n))
			fitting |= 1u << arg->part[k];
	kept.nrefs = 0;
	for (k = 0; k < arg->nrefs; k++)
		if ((fitting & 1u << arg->part[k]) == 0 ||
		    fits_one(p, arg->refs[k], concepts, n)) {
			kept.refs[kept.nrefs] = arg->refs[k];
			kept.words[kept.nrefs] = arg->words[k];
			kept.part[kept.nrefs++] = arg->part[k];
		}
	*arg = kept;
}

void
phrase_narrow_owner(struct event_pattern *p)
{
	const struct entry *e;

	if (p->frame == FRAME_ACT || p->measure == NO_ENTRY)
		return;
	e = &p->v->entries[p->measure];
	phrase_narrow(p, &p->subject, e->of, e->nof);
}
