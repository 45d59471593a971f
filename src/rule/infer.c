/*
 * infer - what the article itself says its things are (rule-semantics 5.9).
 *
 * "X is a C", "X, a C,", "C X", and "both are C" for the two subjects of the
 * sentence before; phrases of a concept's `infer` near a name. What is learnt
 * holds for this article only.
 */
#include <string.h>

#include "rule/analysis.h"

/* Teach every name in the group. */
static void
teach(struct analysis *a, const struct np *np, uint32_t concept,
    uint32_t token)
{
	uint8_t i;

	for (i = 0; i < np->nowners; i++)
		if (np->owners[i].kind == SENSE_NAME &&
		    np->owners[i].thing != NONE)
			thing_learn(a, np->owners[i].thing, concept, token);
}

static bool
denied(const struct analysis *a, uint32_t from, uint32_t to)
{
	for (; from < to; from++)
		if ((gram(a, from) & GRAM_NOT) != 0)
			return true;
	return false;
}

/* The subjects of the clauses of a sentence, for "both". */
static void
teach_both(struct analysis *a, uint32_t sentence, uint32_t concept,
    uint32_t token)
{
	const struct text_sentence *s = &a->text->sentences[sentence];
	struct np np;
	uint32_t c;
	int n = 0;

	if (s->end == s->first)
		return;
	for (c = a->clause_of[s->first]; c < a->nclauses && n < 2; c++) {
		if (a->clauses[c].sentence != sentence)
			break;
		if (a->clauses[c].inherits)
			continue;
		np_subject(a, c, &np);
		if (np.nowners == 0)
			continue;
		teach(a, &np, concept, token);
		n++;
	}
}

/* "X is a C": the class behind a form of be. */
static void
copula(struct analysis *a, const struct tag *t, uint32_t concept)
{
	struct np np;
	uint32_t i = token_prev(a, t->first), be, first;
	int n = 0;

	for (; i != NO_TOKEN && n < 5 && (gram(a, i) & GRAM_BE) == 0; n++) {
		if (token_is_nominal(a, i) && a->at[LAYER_NOUN][i] != 0)
			return;
		i = token_prev(a, i);
	}
	if (i == NO_TOKEN || (gram(a, i) & GRAM_BE) == 0 ||
	    denied(a, i, t->first))
		return;
	be = i;
	first = token_prev(a, be);
	for (n = 0; first != NO_TOKEN && n < 5; n++) {
		if ((gram(a, first) & GRAM_BOTH) != 0 &&
		    tok(a, be)->sentence > 0) {
			teach_both(a, tok(a, be)->sentence - 1, concept,
			    t->first);
			return;
		}
		first = token_prev(a, first);
	}
	np_theme(a, be, &np);
	if (!np.other && np.measure == NO_ENTRY)
		teach(a, &np, concept, t->first);
}

/* "X, a C,": an article behind a comma behind a name. */
static void
apposition(struct analysis *a, const struct tag *t, uint32_t concept)
{
	uint32_t i = t->first, first = token_sentence_first(a, i), s, end;
	const struct tag *name;
	int n;

	for (n = 0; i > first && n < 6; n++) {
		i--;
		if (tok(a, i)->punct == ',')
			break;
		if (token_verbal(a, i) || a->at[LAYER_NOUN][i] != 0)
			return;
	}
	if (tok(a, i)->punct != ',' || i == first ||
	    (gram(a, i + 1) & GRAM_DET) == 0)
		return;
	name = tag_at(a, LAYER_NOUN, i - 1);
	s = token_sense(a, name, SENSE_NAME);
	if (s != 0) {
		thing_learn(a, thing_known(a, sense_of(a, s)->ref,
		    name->first, name->end), concept, t->first);
		return;
	}
	/* the last word may be a class: "Foobar Devices", "Karnataka Bank" */
	if (!np_name_word(a, i - 1) && (!token_capital(a, i - 1) ||
	    token_sense(a, name, SENSE_CLASS) == 0))
		return;
	end = i;
	for (i--; i > first && np_name_word(a, i - 1); i--)
		;
	thing_learn(a, thing_unknown(a, i, end), concept, t->first);
}

/* "the chipmaker Foobar" */
static void
adjacent(struct analysis *a, const struct tag *t, uint32_t concept)
{
	uint32_t i = t->end, end = token_sentence_end(a, t->first), s;
	const struct tag *name;

	if (i >= end || !token_capital(a, i) ||
	    a->text->fields[tok(a, i)->field].title_case)
		return;
	name = tag_at(a, LAYER_NOUN, i);
	s = token_sense(a, name, SENSE_NAME);
	if (s != 0) {
		thing_learn(a, thing_known(a, sense_of(a, s)->ref,
		    name->first, name->end), concept, t->first);
		return;
	}
	if (!np_name_word(a, i))
		return;
	while (i < end && np_name_word(a, i))
		i++;
	thing_learn(a, thing_unknown(a, t->end, i), concept, t->first);
}

/* "released under the MIT license": the subject of the clause. */
static void
phrase(struct analysis *a, uint32_t at, uint32_t concept)
{
	struct np np;

	np_theme(a, at, &np);
	teach(a, &np, concept, at);
}

void
infer_run(struct analysis *a)
{
	const struct sense *s;
	struct tag t;
	uint32_t i, at, n = a->ntags;

	for (i = 0; i < n; i++) {
		t = a->tags[i];
		if (t.layer == NLAYERS) {
			at = token_sense(a, &t, SENSE_INFER);
			if (at != 0)
				phrase(a, t.first, sense_of(a, at)->ref);
			continue;
		}
		if (t.layer != LAYER_NOUN)
			continue;
		for (at = t.sense; at != 0; at = s->next) {
			s = sense_of(a, at);
			if (s->kind != SENSE_CLASS)
				continue;
			copula(a, &t, s->ref);
			apposition(a, &t, s->ref);
			adjacent(a, &t, s->ref);
		}
	}
}
