/*
 * phrase - the reader of event phrases: controlled English in, a pattern out
 * (grammar: rule-semantics 3.1). Every word must resolve in the vocabulary; one
 * that does not is an error that says where it stands and what might be meant.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/problems.h"
#include "rule/pattern.h"

#define CANDIDATES 24

struct reader {
	const struct vocabulary	*v;
	const struct text	*text;
	struct event_pattern	*p;
	struct arena		*mem;
	struct error		*error;
	uint32_t		 at;		/* token */
	uint32_t		 bad, bad_end;	/* tokens of an error */
	bool			 failed;
};

static bool
noun_kind(uint8_t kind)
{
	return kind == SENSE_RULE_WORD || kind == SENSE_NAME ||
	    kind == SENSE_CLASS || kind == SENSE_GROUP ||
	    kind == SENSE_MEASURE;
}

/* The longest phrase at `at` with a sense of the kinds; *end behind it. */
static uint32_t
longest(const struct reader *r, uint32_t at, unsigned kinds, uint32_t *end)
{
	const struct vocabulary *v = r->v;
	uint32_t node = 0, best = 0, i, s;

	for (i = at; i < r->text->ntokens; i++) {
		node = trie_step(&v->trie, node, r->text->tokens[i].word);
		if (node == 0)
			break;
		for (s = v->trie.senses[node]; s != 0; s = v->senses[s].next)
			if ((kinds & 1u << v->senses[s].kind) != 0) {
				best = v->trie.senses[node];
				*end = i + 1;
				break;
			}
	}
	return best;
}

#define NOUNS (1u << SENSE_RULE_WORD | 1u << SENSE_NAME | 1u << SENSE_CLASS | \
	1u << SENSE_GROUP | 1u << SENSE_MEASURE)

static uint32_t
grammar(const struct reader *r, uint32_t at)
{
	if (at >= r->text->ntokens || r->text->tokens[at].kind != TEXT_WORD)
		return 0;
	return lexis_grammar(r->v, r->text->tokens[at].word);
}

static bool
word_is(const struct reader *r, uint32_t at, const char *word)
{
	size_t len;
	const char *bytes;

	if (at >= r->text->ntokens)
		return false;
	bytes = text_bytes(r->text, at, &len);
	return len == strlen(word) && memcmp(bytes, word, len) == 0;
}

static const char *
spelling(const struct reader *r, uint32_t first, uint32_t end)
{
	const char *bytes = r->text->fields[0].bytes;

	return arena_strndup(r->mem, bytes + r->text->tokens[first].start,
	    r->text->tokens[end - 1].end - r->text->tokens[first].start);
}

static void
fail(struct reader *r, uint32_t at, const char *what)
{
	uint32_t last = r->text->ntokens;

	if (r->failed)
		return;
	r->failed = true;
	r->bad = at < last ? at : last > 0 ? last - 1 : 0;
	r->bad_end = at < last ? at + 1 : last;
	error_set(r->error, "%s", what);
}

/* A word nobody knows: what might be meant? */
static void
unknown(struct reader *r, uint32_t at, const char *expected)
{
	const struct lexicon *lexicon = r->v->lexicon;
	const char **words, *near = NULL, *word;
	uint32_t i, n = 0, count = lexicon_count(lexicon);

	if (r->failed)
		return;
	if (at >= r->text->ntokens) {
		fail(r, at, arena_printf(r->mem, "the phrase ends where %s "
		    "should stand", expected));
		return;
	}
	word = spelling(r, at, at + 1);
	if (trie_step(&r->v->trie, 0, r->text->tokens[at].word) == 0) {
		words = mem_zalloc(count + 1, sizeof(*words));
		for (i = 1; i <= count; i++)
			if (trie_step(&r->v->trie, 0, i) != 0)
				words[n++] = lexicon_word(lexicon, i);
		near = problems_nearest(word, words, n);
		free(words);
		fail(r, at, near != NULL ? arena_printf(r->mem, "no word of "
		    "the vocabulary: \"%s\"; did you mean \"%s\"? (else add it "
		    "to a file of vocabulary.d, or quote it to search for the "
		    "text)", word, near) : arena_printf(r->mem, "no word of "
		    "the vocabulary: \"%s\"; add it to a file of vocabulary.d "
		    "(concepts, entities, measures or predicates), or quote "
		    "it to search for the text", word));
		return;
	}
	fail(r, at, arena_printf(r->mem, "\"%s\" stands where %s should",
	    word, expected));
}

/* ---- arguments --------------------------------------------------------- */

static void
add_ref(uint32_t *refs, uint8_t *n, uint32_t ref)
{
	uint8_t i;

	for (i = 0; i < *n; i++)
		if (refs[i] == ref)
			return;
	if (*n < ARG_MAX)
		refs[(*n)++] = ref;
}

static void
skip_articles(struct reader *r)
{
	while ((grammar(r, r->at) & GRAM_DET) != 0 &&
	    (grammar(r, r->at) & GRAM_ANY) == 0)
		r->at++;
}

/* The owners a list of senses names; the measure it names otherwise. */
static bool
take_senses(struct reader *r, uint32_t senses, uint32_t *refs, uint8_t *n,
    uint32_t *measure)
{
	const struct sense *s;
	const struct entry *e;
	uint32_t at;
	bool any = false;

	for (at = senses; at != 0; at = s->next) {
		s = &r->v->senses[at];
		e = &r->v->entries[s->ref];
		if (!noun_kind(s->kind) || e->section == VOCABULARY_MEASURES ||
		    e->section > VOCABULARY_MEASURES)
			continue;
		add_ref(refs, n, e->same);
		any = true;
	}
	for (at = senses; at != 0 && !any; at = r->v->senses[at].next) {
		s = &r->v->senses[at];
		if (noun_kind(s->kind) && r->v->entries[s->ref].section ==
		    VOCABULARY_MEASURES) {
			*measure = s->ref;
			any = true;
		}
	}
	return any;
}

static bool measure_of(struct reader *r, struct arg *, uint32_t *measure);

/* One term of an argument: "Nvidia's revenue", "chip stock", "bank". */
static bool
term(struct reader *r, uint32_t *refs, uint8_t *n, uint32_t *measure)
{
	uint32_t end = 0, senses, own = NO_ENTRY;

	skip_articles(r);
	senses = longest(r, r->at, NOUNS, &end);
	if (senses == 0 || !take_senses(r, senses, refs, n, &own))
		return false;
	r->at = end;
	if (own != NO_ENTRY)
		*measure = own;
	if (r->at < r->text->ntokens &&
	    (r->text->tokens[r->at].flags & TEXT_POSSESSIVE) != 0)
		r->at++;
	return true;
}

/* A measure behind the owners: "stock", "'s revenue". */
static bool
measure_of(struct reader *r, struct arg *arg, uint32_t *measure)
{
	uint32_t end = 0, senses, s;

	senses = longest(r, r->at, 1u << SENSE_MEASURE | 1u <<
	    SENSE_RULE_WORD, &end);
	for (s = senses; s != 0; s = r->v->senses[s].next)
		if (r->v->entries[r->v->senses[s].ref].section ==
		    VOCABULARY_MEASURES) {
			*measure = r->v->senses[s].ref;
			r->at = end;
			if ((grammar(r, r->at) & GRAM_OF) != 0 &&
			    arg->nrefs == 0) {
				r->at++;
				term(r, arg->refs, &arg->nrefs, measure);
			}
			return true;
		}
	return false;
}

static bool
separator(struct reader *r)
{
	if (word_is(r, r->at, ",") || word_is(r, r->at, "or")) {
		r->at++;
		if (word_is(r, r->at, "or"))
			r->at++;
		return true;
	}
	return false;
}

/* [ "any" ] ( terms ) [ measure ] [ except terms ] */
static bool
argument(struct reader *r, struct arg *arg, uint32_t *measure)
{
	bool list = false, some = false;
	uint32_t dummy = NO_ENTRY;

	memset(arg, 0, sizeof(*arg));
	if (word_is(r, r->at, "any") || word_is(r, r->at, "anything")) {
		r->at++;
		arg->any = some = true;
	}
	if (word_is(r, r->at, "(")) {
		list = true;
		r->at++;
	}
	do {
		if (!term(r, arg->refs, &arg->nrefs, measure))
			break;
		some = true;
	} while (separator(r));
	if (list) {
		if (!word_is(r, r->at, ")")) {
			unknown(r, r->at, "\")\"");
			return false;
		}
		r->at++;
	}
	if (*measure == NO_ENTRY || arg->nrefs == 0)
		measure_of(r, arg, measure);
	if (*measure != NO_ENTRY && arg->nrefs == 0 &&
	    (grammar(r, r->at) & GRAM_OF) != 0) {
		r->at++;
		term(r, arg->refs, &arg->nrefs, measure);
	}
	if (word_is(r, r->at, "except")) {
		r->at++;
		do
			if (!term(r, arg->except, &arg->nexcept, &dummy)) {
				unknown(r, r->at, "a name or class after "
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

/* ---- amounts ----------------------------------------------------------- */

static bool
amount(struct reader *r, struct quantity *q)
{
	uint32_t at = r->at, end = quantity_parse(r->text, at, q);

	/* "by more than 5%", but "at least 5%" begins with its "at" */
	while (end == at && (grammar(r, at) & (GRAM_BY | GRAM_IN | GRAM_OF |
	    GRAM_TO)) != 0)
		end = quantity_parse(r->text, ++at, q);
	if (end == at)
		return false;
	if (q->kind == QUANTITY_COUNT && q->unit_end > q->unit &&
	    q->unit > at && q->unit < end)
		end = q->unit;
	r->at = end;
	return true;
}

/* ---- predicates -------------------------------------------------------- */

struct choice {
	uint32_t	sense;
	int		score;
};

static bool
has_object_word(const struct reader *r, uint32_t ref, uint32_t *end)
{
	uint32_t senses = longest(r, r->at, 1u << SENSE_OBJECT, end), s;

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
	if (!argument(&probe, object, measure)) {
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

	if ((grammar(r, r->at) & (GRAM_PREP | GRAM_TO)) == 0 &&
	    !word_is(r, r->at, "over")) {
		unknown(r, r->at, "the end of the phrase, or a role such as "
		    "\"in ...\" or \"by more than ...\"");
		return;
	}
	r->at++;
	if (!p->has_amount && amount(r, &q)) {
		p->amount = q;
		p->has_amount = true;
		return;
	}
	r->at = from;
	if (!p->has_amount && amount(r, &q)) {
		p->amount = q;
		p->has_amount = true;
		return;
	}
	r->at = from + 1;
	if (!argument(r, &p->place, &measure))
		unknown(r, r->at, "a name or class");
}

static bool
usable(const struct reader *r, const struct sense *s, bool nominal)
{
	(void)r;
	if (s->kind != SENSE_PRED || s->use == USE_CAUSE)
		return false;
	return !nominal || s->use == USE_NOUN || s->use == USE_PHRASE;
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

	senses = longest(r, r->at, 1u << SENSE_PRED, &end);
	if (senses == 0)
		return false;
	r->at = end;
	if (!nominal && !p->has_amount && amount(r, &q)) {
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
		/* "tops $100" is a level, no rank */
		if (p->has_amount && r->v->entries[x->ref].frame == FRAME_RANK)
			fit = -1;
		if (p->has_amount && r->v->entries[x->ref].frame ==
		    FRAME_LEVEL)
			fit = 1;
		if (x->use == USE_TRANSITIVE && measure == NO_ENTRY)
			fit--;
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

	if (word_is(r, at, "at") || word_is(r, at, "is") ||
	    word_is(r, at, "are"))
		r->at++;
	if (!amount(r, &q)) {
		r->at = at;
		return false;
	}
	p->frame = FRAME_LEVEL;
	p->predicate = NO_ENTRY;
	p->has_level = true;
	p->level = q;
	return true;
}

static bool
quality(struct reader *r)
{
	struct event_pattern *p = r->p;
	uint32_t end = 0, senses = longest(r, r->at, 1u << SENSE_QUALITY,
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

	if (amount(r, &q)) {
		p->amount = q;
		p->has_amount = true;
	}
	while (quality(r))
		;
	if (!predicate(r, true))
		return false;
	if ((grammar(r, r->at) & GRAM_PREP) != 0 && p->frame != FRAME_STATE &&
	    p->frame != FRAME_RANK) {
		r->at++;
		if (!argument(r, &p->subject, &measure))
			unknown(r, r->at, "a name or class");
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
	p->measure = decide_alone(p->v, p->subject.refs[0]);
}

static void
clause(struct reader *r)
{
	struct event_pattern *p = r->p;
	uint32_t start = r->at, end = 0;

	if (longest(r, r->at, NOUNS, &end) == 0 && nominal(r))
		return;
	r->at = start;
	p->nqualities = 0;
	p->has_amount = false;
	if (quality(r) && predicate(r, true))
		return;
	r->at = start;
	p->nqualities = 0;
	if (!argument(r, &p->subject, &p->measure)) {
		if (nominal(r))
			return;
		r->at = start;
		unknown(r, r->at, "a company, a class, a measure or an event");
		return;
	}
	if (!level(r) && !predicate(r, false)) {
		unknown(r, r->at, "a predicate (down, tops, acquires, "
		    "above ...)");
		return;
	}
}

struct event_pattern *
event_compile(const struct vocabulary *v, const char *phrase, size_t len,
    const struct event_options *options, struct arena *mem,
    struct error *error, size_t *at, size_t *at_len)
{
	struct text_source source = { phrase, len };
	struct reader r;
	struct event_pattern *p = arena_zalloc(mem, 1, sizeof(*p));

	memset(&r, 0, sizeof(r));
	r.v = v;
	r.p = p;
	r.mem = mem;
	r.error = error;
	r.text = text_analyse(mem, v->lexicon, &source, 1);
	p->v = v;
	if (options != NULL)
		p->options = *options;
	p->predicate = p->measure = NO_ENTRY;
	p->subject.any = p->object.any = p->place.any = true;
	if (r.text->ntokens == 0)
		fail(&r, 0, "an empty phrase");
	else
		clause(&r);
	while (!r.failed && r.at < r.text->ntokens)
		role(&r);
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
