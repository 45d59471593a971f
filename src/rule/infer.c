/*
 * infer - what the article itself says its things are (rule-semantics 5.9).
 *
 * "X is a C", "X, a C,", "C X", and "both are C" for the two subjects of the
 * sentence before; phrases of a concept's `infer` near a name. What is learnt
 * holds for this article only. What it denies ("X is not a C", "X, which is
 * not open source") outweighs all that makes X a member.
 */
#include <string.h>

#include "rule/analysis.h"

/* What a phrase says of a thing: that it is of a concept, or is not. */
struct lesson {
	uint32_t	concept, token;
	bool		no;
};

static void
learn(struct analysis *a, uint32_t thing, struct lesson l)
{
	if (l.no)
		thing_deny(a, thing, l.concept, l.token);
	else
		thing_learn(a, thing, l.concept, l.token);
}

/* Teach every name in the group; deny of the one that is closest. */
static void
teach(struct analysis *a, const struct np *np, struct lesson l)
{
	uint8_t i;

	for (i = 0; i < np->nowners && !(l.no && i > 0); i++)
		if (np->owners[i].kind == SENSE_NAME &&
		    np->owners[i].thing != NONE)
			learn(a, np->owners[i].thing, l);
}

static bool
denied(const struct analysis *a, uint32_t from, uint32_t to)
{
	for (; from < to; from++)
		if ((gram(a, from) & GRAM_NOT) != 0)
			return true;
	return false;
}

/* "a", "an": "not the chipmaker it was" denies nothing. */
static bool
indefinite(const struct analysis *a, uint32_t i)
{
	char word[LEXICON_WORD_MAX];

	text_folded(a->text, i, word, sizeof(word));
	return strcmp(word, "a") == 0 || strcmp(word, "an") == 0;
}

/* Nothing narrows the class: "not a bank for the poor" may well be a bank. */
static bool
ends_there(const struct analysis *a, uint32_t i, uint32_t end)
{
	return i >= end || (tok(a, i)->kind == TEXT_PUNCT &&
	    tok(a, i)->punct != '\'' && tok(a, i)->punct != '-') ||
	    (gram(a, i) & (GRAM_AND | GRAM_BUT)) != 0;
}

/* Said as a fact: nothing asked, nothing supposed. */
static bool
plainly(const struct analysis *a, uint32_t at)
{
	uint32_t i, end = token_sentence_end(a, at);

	if (tok(a, end - 1)->punct == '?')
		return false;
	for (i = token_sentence_first(a, at); i < at; i++)
		if (token_mood(a, i) == MOOD_EXPECTED)
			return false;
	return true;
}

/* "is not a C": the class alone, between "not" and the end. */
static bool
flat_denial(const struct analysis *a, uint32_t be, const struct tag *t)
{
	uint32_t i = token_prev(a, t->first);

	if (i != NO_TOKEN && i > be && indefinite(a, i))
		i = token_prev(a, i);
	return i != NO_TOKEN && i > be && (gram(a, i) & GRAM_NOT) != 0 &&
	    token_prev(a, i) == be &&
	    ends_there(a, t->end, token_sentence_end(a, t->first));
}

/* The subjects of the clauses of a sentence, for "both". */
static void
teach_both(struct analysis *a, uint32_t sentence, struct lesson l)
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
		teach(a, &np, l);
		n++;
	}
}

/* "is awarded a contract for trains", "is in talks with a bank": is none. */
static bool
parts_copula(const struct analysis *a, uint32_t i)
{
	return (token_is_nominal(a, i) && a->at[LAYER_NOUN][i] != 0) ||
	    (gram(a, i) & (GRAM_TO | GRAM_IN | GRAM_BY | GRAM_FROM)) != 0;
}

/* "X is a C": the class behind a form of be. */
static void
copula(struct analysis *a, const struct tag *t, struct lesson l)
{
	struct np np;
	/* the phrase may hold it: "isn't open source" */
	uint32_t i = (gram(a, t->first) & GRAM_BE) != 0 ? t->first :
	    token_prev(a, t->first), be, first;
	int n = 0;

	for (; i != NO_TOKEN && n < 5 && (gram(a, i) & GRAM_BE) == 0; n++) {
		if (parts_copula(a, i))
			return;
		i = token_prev(a, i);
	}
	if (i == NO_TOKEN || (gram(a, i) & GRAM_BE) == 0)
		return;
	be = i;
	if (denied(a, be, t->first)) {
		if (l.no || !flat_denial(a, be, t))
			return;
		l.no = true;
	}
	if (l.no && !plainly(a, be))
		return;
	first = token_prev(a, be);
	for (n = 0; first != NO_TOKEN && n < 5; n++) {
		if ((gram(a, first) & GRAM_BOTH) != 0 &&
		    tok(a, be)->sentence > 0) {
			teach_both(a, tok(a, be)->sentence - 1, l);
			return;
		}
		first = token_prev(a, first);
	}
	np_theme(a, be, &np);
	if (!np.other && np.measure == NO_ENTRY)
		teach(a, &np, l);
}

/* "X, a C,": an article behind a comma behind a name. */
static void
apposition(struct analysis *a, const struct tag *t, struct lesson l)
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
		learn(a, thing_known(a, sense_of(a, s)->ref, name->first,
		    name->end), l);
		return;
	}
	/* the last word may be a class: "Foobar Devices", "Karnataka Bank" */
	if (!np_name_word(a, i - 1) && (!token_capital(a, i - 1) ||
	    token_sense(a, name, SENSE_CLASS) == 0))
		return;
	end = i;
	for (i--; i > first && np_name_word(a, i - 1); i--)
		;
	learn(a, thing_unknown(a, i, end), l);
}

/* "the chipmaker Foobar" */
static void
adjacent(struct analysis *a, const struct tag *t, struct lesson l)
{
	uint32_t i = t->end, end = token_sentence_end(a, t->first), s;
	const struct tag *name;

	if (i >= end || !token_capital(a, i) ||
	    a->text->fields[tok(a, i)->field].title_case)
		return;
	name = tag_at(a, LAYER_NOUN, i);
	s = token_sense(a, name, SENSE_NAME);
	if (s != 0) {
		learn(a, thing_known(a, sense_of(a, s)->ref, name->first,
		    name->end), l);
		return;
	}
	if (!np_name_word(a, i))
		return;
	while (i < end && np_name_word(a, i))
		i++;
	learn(a, thing_unknown(a, t->end, i), l);
}

/* "released under the MIT license": the subject of the clause. */
static void
phrase(struct analysis *a, struct lesson l)
{
	uint32_t prev = token_prev(a, l.token);
	struct np np;

	l.no = prev != NO_TOKEN && (gram(a, prev) & GRAM_NOT) != 0;
	if (l.no && !plainly(a, l.token))
		return;
	np_theme(a, l.token, &np);
	/* "climbs to the top of the singles chart" */
	if (np.nowners == 0 || np.owners[0].kind != SENSE_NAME)
		np_subject(a, a->clause_of[l.token], &np);
	teach(a, &np, l);
}

static void
class_said(struct analysis *a, const struct tag *t, struct lesson l)
{
	copula(a, t, l);
	apposition(a, t, l);
	adjacent(a, t, l);
}

void
infer_run(struct analysis *a)
{
	const struct sense *s;
	struct lesson l;
	struct tag t;
	uint32_t i, at, n = a->ntags;

	for (i = 0; i < n; i++) {
		t = a->tags[i];
		if (t.layer != NLAYERS && t.layer != LAYER_NOUN)
			continue;
		for (at = t.sense; at != 0; at = s->next) {
			s = sense_of(a, at);
			if (lexis_bool(entry_of(a, s->ref), KEY_ROLE))
				continue;
			l = (struct lesson){ s->ref, t.first,
			    s->kind == SENSE_REFUTE };
			if (t.layer == NLAYERS && s->kind == SENSE_INFER)
				phrase(a, l);
			else if (t.layer == LAYER_NOUN ?
			    s->kind == SENSE_CLASS : l.no)
				class_said(a, &t, l);
		}
	}
}
