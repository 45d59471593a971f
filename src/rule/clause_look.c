/*
 * clause_look - what stands between a token and the next possible border of a
 * clause.
 */
#include "rule/clause.h"

#define LOOK_MAX 48	/* tokens looked ahead */
#define INSERTED_MAX 16

/* "Corp.", "Inc.", an initial; bodies are cut into sentences already. */
static bool
abbreviation(const struct analysis *a, uint32_t i)
{
	const struct text_token *t;

	if (i == 0 || !token_title(a, i))
		return true;
	t = tok(a, i - 1);
	return (gram(a, i - 1) & GRAM_ABBR) != 0 || (t->kind == TEXT_WORD &&
	    t->end - t->start <= 1);
}

bool
clause_hard(const struct analysis *a, uint32_t i, uint32_t end)
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
	if (clause_hard(a, i, end) || tok(a, i)->punct == ',')
		return true;
	return (gram(a, i) & (GRAM_AND | GRAM_BUT | GRAM_SUB | GRAM_REL)) != 0
	    && tok(a, i)->kind == TEXT_WORD;
}

bool
clause_verbal(const struct analysis *a, uint32_t i)
{
	return token_verbal(a, i) && (a->at[LAYER_NOUN][i] == 0 ||
	    (gram(a, i) & GRAM_AUX) != 0 || token_predicate(a, i) ||
	    np_acts_as_verb(a, i));
}

/* ", lifted by demand": a participle, though it looks finite. */
static bool
done_by(const struct analysis *a, uint32_t i, uint32_t end)
{
	return i + 1 < end && (token_forms(a, i) & FORM_PART) != 0 &&
	    (gram(a, i + 1) & GRAM_BY) != 0 && a->quantity_at[i + 1] == 0;
}

/*
 * "while silver, which lagged, | gained": behind the comma that ends what the
 * one at i puts in between subject and verb; i if it does not.
 */
static uint32_t
past_insertion(const struct analysis *a, uint32_t i, uint32_t end)
{
	uint32_t k;
	bool relative = i + 1 < end && (gram(a, i + 1) & GRAM_REL) != 0;

	for (k = i + 1; k < end && k < i + INSERTED_MAX; k++) {
		if (tok(a, k)->punct == ',')
			return k + 1 < end && clause_verbal(a, k + 1) &&
			    token_finite(a, k + 1) ? k + 1 : i;
		if ((!relative && clause_verbal(a, k)) || clause_hard(a, k, end))
			return i;
	}
	return i;
}

struct ahead
clause_look(const struct analysis *a, uint32_t from, uint32_t end)
{
	struct ahead s = { .end = end };
	uint32_t i, n = 0;
	bool first = true;

	for (i = from; i < end; i++) {
		if ((tok(a, i)->flags & TEXT_PAREN) != 0)
			continue;
		if (!s.verbal && s.nominal && tok(a, i)->punct == ',') {
			i = past_insertion(a, i, end);
			if (tok(a, i)->punct != ',')
				first = false;
		}
		if (n++ == LOOK_MAX || (border(a, i, end) && i > from)) {
			s.end = i;
			break;
		}
		if (clause_verbal(a, i)) {
			if (!s.verbal && first) {
				s.starts_verbal = true;
				s.starts_bare = !token_finite(a, i) ||
				    done_by(a, i, end);
			}
			s.verbal = true;
			s.finite |= token_finite(a, i);
			s.predicate |= token_predicate(a, i);
			first = false;
		} else if (!token_light(a, i) && a->quantity_at[i] == 0) {
			if (!s.verbal && token_is_nominal(a, i))
				s.nominal = true;
			first = false;
		}
	}
	return s;
}

bool
clause_has_subject(const struct analysis *a, uint32_t i, uint32_t end)
{
	unsigned forms = token_forms(a, i);

	if (!clause_verbal(a, i))
		return false;
	if ((gram(a, i) & GRAM_AUX) != 0 || (forms & FORM_S) != 0 ||
	    (forms & (FORM_PAST | FORM_PART)) == FORM_PAST)
		return true;
	return (forms & FORM_PAST) != 0 && i + 1 < end &&
	    (a->quantity_at[i + 1] != 0 || (gram(a, i + 1) &
	    (GRAM_DET | GRAM_PREP | GRAM_TIME)) == GRAM_DET);
}

static bool
dash(const struct analysis *a, uint32_t i)
{
	return tok(a, i)->kind == TEXT_PUNCT && (tok(a, i)->punct == '_' ||
	    (tok(a, i)->punct == '-' && (tok(a, i)->flags & TEXT_SPACE) != 0));
}

uint32_t
clause_put_in(const struct analysis *a, uint32_t i, const struct text_sentence *s)
{
	struct ahead after;
	uint32_t end;

	if (i == s->first || !dash(a, i))
		return i;
	for (end = i + 1; end < s->end && end < i + LOOK_MAX; end++)
		if (dash(a, end))
			break;
	if (end + 1 >= s->end || end >= i + LOOK_MAX)
		return i;
	after = clause_look(a, end + 1, s->end);
	return after.starts_verbal && !after.starts_bare ? end + 1 : i;
}
