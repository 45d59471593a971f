/*
 * np_walk - find the tokens of a noun group: the subject of a predicate, the
 * group behind a preposition, the antecedent of a pronoun.
 */
#include <string.h>

#include "rule/analysis.h"

#define DEPTH_MAX 6
#define RIGHT_MAX 16

static void subject_of(struct analysis *, uint32_t, struct np *, int);

/* The group whose last token may be `i`, walking left within its clause. */
static void
collect_left(struct analysis *a, uint32_t i, bool skip, struct zone *z)
{
	uint32_t list[ZONE_MAX], n = 0, at = skip ? token_next(a, i) : NO_TOKEN;
	bool content = !skip;
	/* the predicate is a noun, or has a "to" */
	bool dependent = at != NO_TOKEN && token_forms(a, at) == 0;

	for (; i != NO_TOKEN && n < ZONE_MAX; i = token_prev(a, i)) {
		dependent |= !content && (gram(a, i) & GRAM_TO) != 0;
		if (!content && np_transparent(a, i))
			continue;
		if (!content && token_predicate(a, i) &&
		    a->at[LAYER_NOUN][i] == 0)
			continue;	/* "continued to fall and fall" */
		if (content && (np_barrier(a, i) ||
		    np_leads_in(a, i, dependent)))
			break;
		content = true;
		list[n++] = i;
	}
	z->n = 0;
	while (n > 0)
		z->tokens[z->n++] = list[--n];
	np_drop_lead(a, z);
}

void
np_left(struct analysis *a, uint32_t at, struct np *np)
{
	struct zone z;
	uint32_t prev = token_prev(a, at);

	z.n = 0;
	if (prev != NO_TOKEN)
		collect_left(a, prev, true, &z);
	np_parse(a, &z, np);
}

/*
 * What stands left of a noun in its own part: of "a deficit cast doubts on the
 * economy's recovery" the economy's.
 */
void
np_left_part(struct analysis *a, uint32_t at, struct np *np)
{
	struct zone z = { .n = 0 }, part = { .n = 0 };
	uint32_t prev = token_prev(a, at), i, from = 0;

	if (prev != NO_TOKEN)
		collect_left(a, prev, true, &z);
	for (i = 0; i < z.n; i++)
		if (tok(a, z.tokens[i])->kind == TEXT_WORD &&
		    (gram(a, z.tokens[i]) & GRAM_PREP) != 0)
			from = i + 1;
	for (i = from; i < z.n; i++)
		part.tokens[part.n++] = z.tokens[i];
	np_parse(a, &part, np);
	/* "profits from this year's rally": nothing of its own */
	if (from > 0 && np->nowners == 0 && np->measure == NO_ENTRY)
		np_parse(a, &z, np);
}

void
np_right(struct analysis *a, uint32_t from, uint32_t limit, struct np *np,
    uint32_t *next)
{
	struct zone z = { .n = 0 };
	uint32_t i, g;

	for (i = from; i != NO_TOKEN && i < limit && z.n < RIGHT_MAX;
	    i = token_next(a, i)) {
		g = tok(a, i)->kind == TEXT_WORD ? gram(a, i) : 0;
		if (a->quantity_at[i] != 0 && a->at[LAYER_NOUN][i] == 0)
			break;
		if (z.n > 0 && ((g & (GRAM_REL | GRAM_BUT)) != 0 ||
		    ((g & GRAM_PREP) != 0 && (g & (GRAM_IN | GRAM_OF)) == 0)))
			break;
		if (np_barrier(a, i) && z.n > 0)
			break;
		if (tok(a, i)->kind == TEXT_PUNCT && tok(a, i)->punct != '"' &&
		    tok(a, i)->punct != '\'' && tok(a, i)->punct != ',' &&
		    (tok(a, i)->flags & TEXT_POSSESSIVE) == 0)
			break;
		z.tokens[z.n++] = i;
	}
	*next = i;
	np_parse(a, &z, np);
}

void
np_all_right(struct analysis *a, uint32_t at, struct np *np, struct zone *z)
{
	uint32_t i;

	z->n = 0;
	for (i = token_next(a, at); i != NO_TOKEN && z->n < ZONE_MAX;
	    i = token_next(a, i)) {
		if (z->n > 0 && np_barrier(a, i) && token_finite(a, i))
			break;
		z->tokens[z->n++] = i;
	}
	np_parse(a, z, np);
}

void
np_all_left(struct analysis *a, uint32_t at, struct np *np, struct zone *z)
{
	uint32_t prev = token_prev(a, at);

	z->n = 0;
	for (; prev != NO_TOKEN && a->quantity_at[prev] == 0 &&
	    np_transparent(a, prev); prev = token_prev(a, prev))
		;
	if (prev != NO_TOKEN)
		collect_left(a, prev, false, z);
	np_parse(a, z, np);
}

/* The whole group that ends with token i: for relatives and parentheses. */
static void
group_ending(struct analysis *a, uint32_t i, struct np *np)
{
	struct zone z = { .n = 0 };

	if (i != NO_TOKEN && tok(a, i)->punct == ',')
		i = token_prev(a, i);
	if (i != NO_TOKEN)
		collect_left(a, i, false, &z);
	np_parse(a, &z, np);
}

static void
subject_of(struct analysis *a, uint32_t clause, struct np *np, int depth)
{
	const struct clause *c = &a->clauses[clause];
	uint32_t i, last = NO_TOKEN, end;

	memset(np, 0, sizeof(*np));
	np->measure = NO_ENTRY;
	np->measure_tag = NONE;
	np->empty = true;
	if (depth > DEPTH_MAX)
		return;
	if (c->type == CLAUSE_REL || c->type == CLAUSE_APPOS ||
	    c->type == CLAUSE_PAREN) {
		group_ending(a, c->host, np);
		if (!np->empty)
			return;
	}
	end = token_sentence_end(a, c->first);
	for (i = c->first; i < end; i++) {
		if (a->clause_of[i] != clause)
			continue;
		if ((token_verbal(a, i) || np_past_like(a, i)) &&
		    a->at[LAYER_NOUN][i] == 0) {
			/* "Is Nvidia stock still a buy" */
			if (last == NO_TOKEN && (gram(a, i) & GRAM_AUX) != 0 &&
			    !c->inherits)
				continue;
			break;
		}
		last = i;
	}
	if (last != NO_TOKEN && i < end) {
		np_left(a, i, np);
		if (!np->empty)
			return;
	} else if (last != NO_TOKEN && !c->inherits) {
		group_ending(a, last, np);
		return;
	}
	if (c->parent != NONE)
		subject_of(a, c->parent, np, depth + 1);
}

void
np_subject(struct analysis *a, uint32_t clause, struct np *np)
{
	subject_of(a, clause, np, 0);
}

/* Of a kind that has this measure: stocks have no inflation. */
static bool
may_own(const struct analysis *a, const struct np *np, const struct mention *m)
{
	const struct entry *e;
	uint32_t i;

	if (np->measure == NO_ENTRY)
		return true;
	e = entry_of(a, np->measure);
	for (i = 0; i < e->nof; i++)
		if (mention_is(a, m, e->of[i]))
			return true;
	return e->nof == 0;
}

static bool
take_owners(const struct analysis *a, struct np *np, const struct np *from)
{
	uint8_t i;

	for (i = 0, np->nowners = 0; i < from->nowners; i++) {
		if (!may_own(a, np, &from->owners[i]))
			continue;
		np->owners[np->nowners] = from->owners[i];
		np->owners[np->nowners++].inherited = true;
	}
	return np->nowners > 0;
}

/* The nearest name left of `at` in its sentence that may own it. */
static bool
nearest_left(struct analysis *a, uint32_t at, struct np *np)
{
	const struct tag *tag;
	struct mention m;
	uint32_t i, s, first = token_sentence_first(a, at);

	for (i = at; i-- > first;) {
		tag = tag_at(a, LAYER_NOUN, i);
		s = token_sense(a, tag, SENSE_NAME);
		if (s == 0)
			continue;
		memset(&m, 0, sizeof(m));
		m.first = tag->first;
		m.end = tag->end;
		m.sense = tag->sense;
		m.kind = SENSE_NAME;
		m.thing = thing_known(a, sense_of(a, s)->ref, tag->first,
		    tag->end);
		m.inherited = true;
		if (!may_own(a, np, &m))
			continue;
		np->owners[0] = m;
		np->nowners = 1;
		return true;
	}
	return false;
}

/*
 * "Goldman downgrades Micron; stock plunges": of some acts it is the object
 * that everything after is about.
 */
static bool
told_of(struct analysis *a, uint32_t clause, uint32_t before, struct np *np)
{
	const struct tag *t;
	struct np object;
	uint32_t i, at, next;

	for (i = a->clauses[clause].first; i < before; i++) {
		t = tag_at(a, LAYER_PRED, i);
		if (t == NULL || t->first != i || a->clause_of[i] != clause)
			continue;
		for (at = t->sense; at != 0; at = sense_of(a, at)->next)
			if (sense_of(a, at)->kind == SENSE_PRED &&
			    sense_of(a, at)->use == USE_VERB &&
			    lexis_bool(entry_of(a, sense_of(a, at)->ref),
			    KEY_ABOUT_OBJECT))
				break;
		if (at == 0 || t->end >= before)
			continue;
		np_right(a, t->end, token_sentence_end(a, i), &object, &next);
		return object.nowners > 0 && take_owners(a, np, &object);
	}
	return false;
}

static bool
is_word(const struct analysis *a, uint32_t i, const char *word)
{
	size_t len;
	const char *bytes = text_bytes(a->text, i, &len);

	return len == strlen(word) && memcmp(bytes, word, len) == 0;
}

bool
np_owner_behind(struct analysis *a, uint32_t end, struct np *np)
{
	uint32_t i, next, n;
	struct np right;

	for (i = token_next(a, end - 1), n = 0; i != NO_TOKEN && n < 16;
	    i = token_next(a, i), n++) {
		if (a->quantity_at[i] != 0)
			continue;
		if (token_verbal(a, i) || tok(a, i)->punct == ',')
			return false;
		next = token_next(a, i);
		if ((!is_word(a, i, "at") && !is_word(a, i, "for")) ||
		    next == NO_TOKEN || a->quantity_at[next] != 0)
			continue;
		np_right(a, next, token_sentence_end(a, i), &right, &next);
		if (right.nowners == 0 || right.other || right.from_prep ||
		    right.measure != NO_ENTRY)
			continue;
		memcpy(np->owners, right.owners, sizeof(np->owners));
		np->nowners = right.nowners;
		return true;
	}
	return false;
}

/* The subject of a whole sentence, kept: many pronouns ask for it. */
static const struct np *
sentence_subject(struct analysis *a, uint32_t sentence)
{
	const struct text_sentence *s = &a->text->sentences[sentence];
	struct np *np = &a->subjects[sentence];

	if (!a->subject_known[sentence]) {
		a->subject_known[sentence] = 1;
		if (s->end > s->first)
			np_subject(a, a->clause_of[s->first], np);
		else
			np->empty = true;
	}
	return np;
}

void
np_antecedent(struct analysis *a, uint32_t at, struct np *np)
{
	uint32_t c = a->clause_of[at], sentence = tok(a, at)->sentence, other;
	int depth = 0;
	const struct np *whole;
	struct np subject;

	if (np->nowners > 0 || np->closed)
		return;
	for (other = c; other != NONE && depth < DEPTH_MAX;
	    other = a->clauses[other].parent, depth++) {
		if (other != c && told_of(a, other, at, np))
			return;
		np_subject(a, other, &subject);
		if (subject.nowners > 0 && !subject.other &&
		    (other != c || subject.end <= np->first) &&
		    take_owners(a, np, &subject))
			return;
	}
	if (nearest_left(a, at, np) || sentence == 0)
		return;
	whole = sentence_subject(a, 0);
	if (whole->nowners > 0 && take_owners(a, np, whole))
		return;
	whole = sentence_subject(a, sentence - 1);
	if (whole->nowners > 0)
		take_owners(a, np, whole);
}

/* Left of ", or $1.20 a share" that ends at i; i if there is no such thing. */
static uint32_t
before_repetition(const struct analysis *a, uint32_t i)
{
	uint32_t k = i, n;

	for (n = 0; k != NO_TOKEN && n < 8; k = token_prev(a, k), n++) {
		if ((gram(a, k) & GRAM_AND) == 0)
			continue;
		if (a->quantity_at[k + 1] == 0 || k == 0)
			return i;
		return tok(a, k - 1)->punct == ',' ? token_prev(a, k - 1) :
		    k - 1;
	}
	return i;
}

/*
 * "the blue-chip index fell", "the fed funds rate was raised": the measure's own
 * words say of what it is.
 */
static void
owns_itself(struct analysis *a, struct np *np)
{
	const struct tag *tag = np->measure_tag == NONE ? NULL :
	    &a->tags[np->measure_tag];
	struct mention m = { .kind = SENSE_CLASS, .thing = NONE };

	if (tag == NULL || np->nowners > 0 || np->closed ||
	    (token_sense(a, tag, SENSE_CLASS) == 0 &&
	    token_sense(a, tag, SENSE_NAME) == 0))
		return;
	m.first = tag->first;
	m.end = tag->end;
	m.sense = tag->sense;
	if (may_own(a, np, &m))
		np->owners[np->nowners++] = m;
}

/*
 * "net income of $3 billion, up 150%": a particle behind a comma speaks of the
 * group right before it.
 */
static bool
tail_of(struct analysis *a, uint32_t at, struct np *np)
{
	const struct clause *c = &a->clauses[a->clause_of[at]];
	const struct tag *t = tag_at(a, LAYER_PRED, at);
	struct zone z = { .n = 0 };
	uint32_t i = c->opener;

	if (c->type != CLAUSE_PART || i == NO_TOKEN || i + 1 != at || i == 0 ||
	    t == NULL || a->clause_of[i - 1] != c->parent)
		return false;
	for (i = before_repetition(a, i - 1); i != NO_TOKEN &&
	    (a->quantity_at[i] != 0 ||
	    (gram(a, i) & (GRAM_PREP | GRAM_TO)) != 0);
	    i = token_prev(a, i))
		;
	if (i == NO_TOKEN || a->quantity_at[i + 1] == 0)
		if (i == NO_TOKEN || (gram(a, i + 1) & GRAM_PREP) == 0)
			return false;
	collect_left(a, i, false, &z);
	np_parse(a, &z, np);
	return np->measure != NO_ENTRY && !np->other;
}

/* "the company": of what any unknown name may be, one that was named before. */
static bool
the_company(const struct analysis *a, const struct np *np)
{
	const struct mention *m = &np->owners[0];
	char word[8];
	uint32_t at, prev;

	if (np->nowners != 1 || m->kind != SENSE_CLASS || m->group)
		return false;
	prev = token_prev(a, m->first);
	if (prev == NO_TOKEN || strcmp(text_folded(a->text, prev, word,
	    sizeof(word)), "the") != 0)
		return false;
	for (at = m->sense; at != 0; at = sense_of(a, at)->next)
		if (sense_of(a, at)->kind == SENSE_CLASS && entry_of(a,
		    sense_of(a, at)->ref)->open == OPEN_NAMES)
			return true;
	return false;
}

void
np_named_before(struct analysis *a, uint32_t at, struct np *np)
{
	struct np named = *np;

	if (!the_company(a, np))
		return;
	named.nowners = 0;
	np_antecedent(a, at, &named);
	if (named.nowners > 0)
		*np = named;
}

void
np_theme(struct analysis *a, uint32_t at, struct np *np)
{
	const struct clause *c = &a->clauses[a->clause_of[at]];
	struct np own, subject;

	if (tail_of(a, at, np)) {
		if (np->nowners == 0) {
			np_subject(a, c->parent, &subject);
			if (!subject.other)
				take_owners(a, np, &subject);
		}
		return;
	}

	np_left(a, at, np);
	if (np->empty && (c->inherits || c->type != CLAUSE_MAIN)) {
		np_subject(a, a->clause_of[at], np);
		if (np->empty)
			return;
	}
	np_named_before(a, at, np);
	if (np->nowners == 0 && (np->pronoun || np->measure != NO_ENTRY)) {
		own = *np;
		np_antecedent(a, at, &own);
		owns_itself(a, &own);
		*np = own;
	}
}
