/*
 * clause - where one assertion ends and another begins (rule-semantics 5.6).
 *
 * One walk over a sentence. Hard marks cut always; conjunctions, commas and
 * relative pronouns cut when what follows, up to the next possible border,
 * holds a verb or a predicate. Insertions (", a maker of chips,", ", which
 * rose last year,") get a clause of their own and the outer clause goes on
 * behind them; so do parentheses.
 */
#include "rule/analysis.h"

#define LOOK_MAX 48	/* tokens looked ahead */

struct cutter {
	struct analysis	*a;
	uint32_t	 first, end;	/* of the sentence */
	uint32_t	 clause;	/* current */
	uint32_t	 outer;		/* goes on after the insertion, or NONE */
	bool		 verbal;	/* the current clause has a verb */
	bool		 outer_verbal;
	uint32_t	 start;		/* first token of the current clause */
};

/* What stands between a border and the next one. */
struct ahead {
	uint32_t	end;		/* the next border */
	bool		nominal;	/* something nominal before the verb */
	bool		verbal, finite, predicate, starts_verbal;
	bool		starts_bare;	/* -ing, participle, particle first */
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

/* "Corp.", "Inc.", an initial; bodies are cut into sentences already. */
static bool
abbreviation(const struct analysis *a, uint32_t i)
{
	const struct text_token *t;

	if (i == 0 || !token_title(a, i))
		return true;
	t = tok(a, i - 1);
	return (gram(a, i - 1) & GRAM_ABBR) != 0 || t->end - t->start <= 1;
}

static bool
hard(const struct analysis *a, uint32_t i, uint32_t end)
{
	const struct text_token *t = tok(a, i);

	if (t->kind != TEXT_PUNCT)
		return false;
	switch (t->punct) {
	case ':':
		/* "Apple Stock: Up 30% YTD"; "NASDAQ:NVDA" */
		return i + 1 < end && !(token_predicate(a, i + 1) &&
		    !token_title(a, i)) && (tok(a, i + 1)->flags &
		    TEXT_SPACE) != 0 && !token_predicate(a, i + 1);
	case ';': case '|': case '_': case '!': case '?':
		return true;
	case '.':
		return !abbreviation(a, i);
	case '-':
		return (t->flags & TEXT_SPACE) != 0;
	default:
		return false;
	}
}

static bool
border(const struct analysis *a, uint32_t i, uint32_t end)
{
	if (hard(a, i, end) || tok(a, i)->punct == ',')
		return true;
	return (gram(a, i) & (GRAM_AND | GRAM_BUT | GRAM_SUB | GRAM_REL)) != 0
	    && tok(a, i)->kind == TEXT_WORD;
}

static struct ahead
look(const struct analysis *a, uint32_t from, uint32_t end)
{
	struct ahead s = { .end = end };
	uint32_t i, n = 0;
	bool first = true;

	for (i = from; i < end; i++) {
		if ((tok(a, i)->flags & TEXT_PAREN) != 0)
			continue;
		if (n++ == LOOK_MAX || (border(a, i, end) && i > from)) {
			s.end = i;
			break;
		}
		if (token_verbal(a, i)) {
			if (!s.verbal && first) {
				s.starts_verbal = true;
				s.starts_bare = !token_finite(a, i);
			}
			s.verbal = true;
			s.finite |= token_finite(a, i);
			s.predicate |= token_predicate(a, i);
			first = false;
		} else if (!token_light(a, i)) {
			if (!s.verbal && token_is_nominal(a, i))
				s.nominal = true;
			first = false;
		}
	}
	return s;
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
	k->verbal = false;
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

static void
comma(struct cutter *k, uint32_t i)
{
	struct analysis *a = k->a;
	struct ahead s = look(a, i + 1, k->end), t;
	enum clause_type type = (enum clause_type)a->clauses[k->clause].type;

	if (behind_or(k, i))
		return;

	if (k->outer != NONE && s.starts_verbal && !s.starts_bare) {
		resume(k);
		return;
	}
	if (type == CLAUSE_SUB && a->clauses[k->clause].opener == k->first) {
		open_clause(k, CLAUSE_MAIN, i, false);
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
		t = look(a, s.end + 1, k->end);
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
	s = look(k->a, i + 1, k->end);
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
	s = look(a, i + 1, k->end);
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
	struct ahead s = look(a, i + 1, k->end);
	bool that;

	if (i == k->first || !s.verbal)
		return;
	before = tok(a, i - 1)->punct == ',' ? i - 2 : i - 1;
	that = tok(a, i)->end - tok(a, i)->start == 4 && token_ends(a, i, "at");
	if (that && (k->verbal && token_verbal(a, i - 1))) {
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

/* "if anything", "once again": part of a pseudo-cue, but "after the" opens. */
static bool
adverbial(const struct analysis *a, uint32_t i)
{
	return a->pseudo_cue[i] != 0 &&
	    (gram(a, i) & (GRAM_AFTER | GRAM_PREP)) == 0;
}

static void
step(struct cutter *k, uint32_t i)
{
	struct analysis *a = k->a;
	uint32_t g = tok(a, i)->kind == TEXT_WORD ? gram(a, i) : 0;

	if (hard(a, i, k->end)) {
		k->outer = NONE;
		open_clause(k, CLAUSE_MAIN, i, false);
		return;
	}
	if (tok(a, i)->punct == ',') {
		comma(k, i);
		return;
	}
	if ((g & GRAM_REL) != 0)
		relative(k, i);
	else if ((g & GRAM_SUB) != 0 && token_mood(a, i) != MOOD_HARMLESS &&
	    !adverbial(a, i))
		subordinate(k, i);
	else if ((g & (GRAM_AND | GRAM_BUT)) != 0 && a->pseudo_cue[i] == 0)
		coordinate(k, i);
	if (token_verbal(a, i))
		k->verbal = true;
}

static void
cut(struct analysis *a, const struct text_sentence *s)
{
	struct cutter k = { .a = a, .first = s->first, .end = s->end,
	    .outer = NONE, .start = s->first };
	uint32_t i, paren = NONE;

	if (s->first == s->end)
		return;
	k.clause = clause_new(a, CLAUSE_MAIN, s->first, NONE);
	for (i = s->first; i < s->end; i++) {
		bool in = (tok(a, i)->flags & TEXT_PAREN) != 0 ||
		    tok(a, i)->punct == '(' || tok(a, i)->punct == ')';

		if (in) {
			if (paren == NONE || tok(a, i)->punct == '(') {
				paren = clause_new(a, CLAUSE_PAREN, i,
				    k.clause);
				a->clauses[paren].inherits = true;
				a->clauses[paren].host = i > s->first ? i - 1 :
				    i;
			}
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
