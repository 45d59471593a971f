/*
 * clause - where one assertion ends and another begins (rule-semantics 5.6).
 *
 * One walk over a sentence. Hard marks cut always; conjunctions, commas and
 * relative pronouns cut when what follows, up to the next possible border,
 * holds a verb or a predicate. Insertions (", a maker of chips,", ", which
 * rose last year,") get a clause of their own and the outer clause goes on
 * behind them; so do parentheses.
 */
#include "rule/clause.h"

struct cutter {
	struct analysis	*a;
	uint32_t	 first, end;	/* of the sentence */
	uint32_t	 clause;	/* current */
	uint32_t	 outer;		/* goes on after the insertion, or NONE */
	bool		 verbal;	/* the current clause has a verb */
	bool		 reports;	/* one that tells what others did */
	bool		 outer_verbal;
	uint32_t	 start;		/* first token of the current clause */
};

static uint32_t
clause_new(struct analysis *a, enum clause_type type, uint32_t first,
    uint32_t parent)
{
	struct clause *c;

	a->clauses = analysis_grow(a->mem, a->clauses, a->nclauses,
	    &a->clauses_cap, sizeof(*a->clauses));
	c = &a->clauses[a->nclauses];
	*c = (struct clause){ .type = (uint8_t)type, .first = first,
	    .parent = parent, .host = NO_TOKEN, .opener = NO_TOKEN };
	c->sentence = tok(a, first)->sentence;
	return a->nclauses++;
}

static void
open_clause(struct cutter *k, enum clause_type type, uint32_t at,
    bool inherits)
{
	struct analysis *a = k->a;
	uint32_t parent = k->clause;

	k->clause = clause_new(a, type, at, parent);
	a->clauses[k->clause].inherits = inherits;
	a->clauses[k->clause].opener = at;
	k->verbal = k->reports = false;
	k->start = at + 1;
}

static void
insert_clause(struct cutter *k, enum clause_type type, uint32_t at)
{
	if (k->outer == NONE) {
		k->outer = k->clause;
		k->outer_verbal = k->verbal;
	}
	open_clause(k, type, at, true);
	k->a->clauses[k->clause].host = at > k->first ? at - 1 : at;
}

static void
resume(struct cutter *k)
{
	k->clause = k->outer;
	k->verbal = k->outer_verbal;
	k->outer = NONE;
}

/* Only names, classes and what belongs to them so far: a list goes on. */
static bool
only_names(const struct cutter *k, uint32_t at)
{
	const struct analysis *a = k->a;
	uint32_t i;
	bool any = false;

	for (i = k->start; i < at; i++) {
		if (a->clause_of[i] != k->clause)
			continue;
		if (token_mood(a, i) == MOOD_HARMLESS)
			return false;	/* "Defying forecasts, gold rose" */
		if (a->at[LAYER_NOUN][i] != 0 ||
		    tok(a, i)->kind == TEXT_CASHTAG || ((tok(a, i)->flags &
		    TEXT_FIRST) != 0 ? np_name_word(a, i) :
		    token_capital(a, i)))
			any = true;
		else if ((gram(a, i) & (GRAM_DET | GRAM_AND | GRAM_OF)) == 0 &&
		    tok(a, i)->punct != ',' &&
		    (tok(a, i)->flags & TEXT_POSSESSIVE) == 0)
			return false;
	}
	return any && !a->text->fields[tok(a, at)->field].title_case;
}

/* "settled $3, or 4%, higher": the comma behind what is said once more. */
static bool
behind_or(const struct cutter *k, uint32_t i)
{
	const struct analysis *a = k->a;
	uint32_t first;

	if (i == k->first || i + 1 >= k->end || a->quantity_at[i - 1] == 0 ||
	    !token_predicate(a, i + 1) || token_finite(a, i + 1))
		return false;
	first = a->quantities.list[a->quantity_at[i - 1] - 1].first;
	return first > k->first && (gram(a, first - 1) & GRAM_AND) != 0;
}

/* "if anything", "once again": part of a pseudo-cue, but "after the" opens. */
static bool
adverbial(const struct analysis *a, uint32_t i)
{
	return a->pseudo_cue[i] != 0 &&
	    (gram(a, i) & (GRAM_AFTER | GRAM_PREP)) == 0;
}

/* "Oil rose, when OPEC met": the conjunction cuts, the comma need not. */
static bool
opens_sub(const struct cutter *k, uint32_t i)
{
	const struct analysis *a = k->a;

	return k->verbal && i < k->end && (gram(a, i) & GRAM_SUB) != 0 &&
	    (gram(a, i) & (GRAM_AS | GRAM_PREP)) == 0 && !adverbial(a, i);
}

static void
comma(struct cutter *k, uint32_t i)
{
	struct analysis *a = k->a;
	struct ahead s = clause_look(a, i + 1, k->end), t;
	enum clause_type type = (enum clause_type)a->clauses[k->clause].type;

	if (behind_or(k, i) || (k->outer == NONE && opens_sub(k, i + 1)))
		return;

	if (k->outer != NONE && s.starts_verbal && !s.starts_bare) {
		resume(k);
		return;
	}
	if (type == CLAUSE_SUB && a->clauses[k->clause].opener == k->first) {
		open_clause(k, CLAUSE_MAIN, i, false);
		return;
	}
	/* "The Nikkei, down 4% on the day, closed" */
	if (s.starts_bare && !k->verbal && k->outer == NONE) {
		insert_clause(k, CLAUSE_PART, i);
		return;
	}
	if (s.starts_verbal) {
		if (k->outer != NONE)
			resume(k);
		open_clause(k, s.starts_bare ? CLAUSE_PART : CLAUSE_COORD, i,
		    true);
		return;
	}
	if (s.verbal && s.nominal && (k->verbal || !only_names(k, i))) {
		if (k->outer != NONE)
			resume(k);
		open_clause(k, CLAUSE_COORD, i, false);
		return;
	}
	if (!s.verbal && !k->verbal && k->outer == NONE && s.end < k->end &&
	    tok(a, s.end)->punct == ',') {
		t = clause_look(a, s.end + 1, k->end);
		if (t.starts_verbal && !t.starts_bare)
			insert_clause(k, CLAUSE_APPOS, i);
	}
}

static void
coordinate(struct cutter *k, uint32_t i)
{
	struct ahead s;

	if (!k->verbal)
		return;
	s = clause_look(k->a, i + 1, k->end);
	if (!s.verbal)
		return;
	if (k->outer != NONE && s.starts_verbal)
		return;		/* "which rose and fell": still inside */
	open_clause(k, CLAUSE_COORD, i, s.starts_verbal);
}

static void
subordinate(struct cutter *k, uint32_t i)
{
	struct analysis *a = k->a;
	struct ahead s;

	if ((gram(a, i) & GRAM_AS) != 0 && i > k->first &&
	    (gram(a, i - 1) & GRAM_SIZE) != 0)
		return;
	s = clause_look(a, i + 1, k->end);
	if (!s.verbal || (gram(a, i) & GRAM_AS && s.starts_bare &&
	    !s.predicate))
		return;
	/* "after falling 50%", "while down 3%" have the subject outside */
	open_clause(k, CLAUSE_SUB, i, s.starts_verbal);
}

static void
relative(struct cutter *k, uint32_t i)
{
	struct analysis *a = k->a;
	uint32_t before;
	struct ahead s = clause_look(a, i + 1, k->end);
	bool that;

	if (i == k->first || !s.verbal)
		return;
	before = tok(a, i - 1)->punct == ',' ? i - 2 : i - 1;
	that = tok(a, i)->end - tok(a, i)->start == 4 && token_ends(a, i, "at");
	if (that && k->verbal && clause_verbal(a, i - 1)) {
		open_clause(k, CLAUSE_THAT, i, false);
		return;
	}
	if (that && !s.starts_verbal) {
		if (k->verbal)
			open_clause(k, CLAUSE_THAT, i, false);
		return;
	}
	insert_clause(k, CLAUSE_REL, i);
	a->clauses[k->clause].inherits = s.starts_verbal;
	a->clauses[k->clause].host = before;
}

/*
 * "Companies that rely on Walmart | fell": a second verb, behind a noun, ends a
 * relative clause without commas; the first one's subject waits for it.
 */
static bool
back_outside(const struct cutter *k, uint32_t i)
{
	const struct analysis *a = k->a;
	const struct clause *c = &a->clauses[k->clause];
	uint32_t prev = i;

	if (k->outer == NONE || c->type != CLAUSE_REL || k->outer_verbal ||
	    !k->verbal || k->reports || c->opener == NO_TOKEN ||
	    c->opener == k->first || tok(a, c->opener - 1)->punct == ',' ||
	    !clause_has_subject(a, i, k->end))
		return false;
	while (--prev > c->opener && token_light(a, prev) &&
	    (gram(a, prev) & (GRAM_AUX | GRAM_TIME)) == 0)
		;
	return prev > c->opener + 1 && !clause_verbal(a, prev) &&
	    (gram(a, prev) & (GRAM_TO | GRAM_AND | GRAM_BUT | GRAM_PRONOUN |
	    GRAM_PREP | GRAM_SUB | GRAM_REL)) == 0 &&
	    tok(a, prev)->kind != TEXT_PUNCT;
}

/* "Profit at X up 15%; beats estimates": still the same who does it. */
static bool
goes_on(const struct cutter *k, uint32_t i)
{
	struct ahead s;

	if (tok(k->a, i)->punct != ';' || k->clause == NONE)
		return false;
	s = clause_look(k->a, i + 1, k->end);
	return s.starts_verbal && !s.starts_bare;
}

static void
step(struct cutter *k, uint32_t i)
{
	struct analysis *a = k->a;
	uint32_t g = tok(a, i)->kind == TEXT_WORD ? gram(a, i) : 0;

	if (clause_hard(a, i, k->end)) {
		k->outer = NONE;
		open_clause(k, CLAUSE_MAIN, i, goes_on(k, i));
		return;
	}
	if (tok(a, i)->punct == ',') {
		comma(k, i);
		return;
	}
	if (back_outside(k, i))
		resume(k);
	if ((g & GRAM_REL) != 0)
		relative(k, i);
	else if ((g & GRAM_SUB) != 0 && token_mood(a, i) != MOOD_HARMLESS &&
	    !adverbial(a, i))
		subordinate(k, i);
	else if ((g & (GRAM_AND | GRAM_BUT)) != 0 && a->pseudo_cue[i] == 0)
		coordinate(k, i);
	if (clause_verbal(a, i)) {
		k->verbal = true;
		k->reports |= token_mood(a, i) == MOOD_REPORT;
	}
}

static uint32_t
clause_in_brackets(struct analysis *a, uint32_t i, uint32_t first,
    uint32_t parent)
{
	uint32_t c = clause_new(a, CLAUSE_PAREN, i, parent);

	a->clauses[c].inherits = true;
	a->clauses[c].host = i > first ? i - 1 : i;
	return c;
}

static void
cut(struct analysis *a, const struct text_sentence *s)
{
	struct cutter k = { .a = a, .first = s->first, .end = s->end,
	    .outer = NONE, .start = s->first };
	uint32_t i, paren = NONE, until = s->first;

	if (s->first == s->end)
		return;
	k.clause = clause_new(a, CLAUSE_MAIN, s->first, NONE);
	for (i = s->first; i < s->end; i++) {
		bool in = (tok(a, i)->flags & TEXT_PAREN) != 0 ||
		    tok(a, i)->punct == '(' || tok(a, i)->punct == ')';

		if (i >= until && !in && !k.verbal) {
			until = clause_put_in(a, i, s);
			if (until > i)
				paren = NONE;
		}
		if (in || i < until) {
			if (paren == NONE || tok(a, i)->punct == '(')
				paren = clause_in_brackets(a, i, s->first,
				    k.clause);
			a->clause_of[i] = paren;
			continue;
		}
		paren = NONE;
		step(&k, i);
		a->clause_of[i] = k.clause;
	}
}

void
clause_run(struct analysis *a)
{
	uint32_t i;

	a->clause_of = arena_zalloc(a->mem, a->ntokens + 1, sizeof(uint32_t));
	for (i = 0; i < a->nsentences; i++)
		cut(a, &a->text->sentences[i]);
}
