/*
 * filter - the mood of a record: is it asserted (rule-semantics 5.8)?
 *
 * ConText's way: cues reach from where they stand to the end of their clause
 * or to a word that turns. A participle or that-clause is also under the cues
 * of the clause it hangs on.
 */
#include <string.h>

#include "article/article.h"
#include "rule/analysis.h"

#define UP_MAX 4

static void
set(struct record *r, int mood, uint32_t cue)
{
	r->moods |= (uint16_t)(1u << mood);
	if (r->cue == NO_TOKEN)
		r->cue = cue;
}

/* The entry of a cue of this use that begins at i for the record's frame. */
static const struct entry *
cue_at(const struct analysis *a, uint32_t i, enum sense_use use,
    const struct record *r)
{
	const struct tag *tag = tag_at(a, LAYER_CUE, i);
	const struct sense *s;
	const struct entry *e;
	uint32_t at;

	if (tag == NULL || tag->first != i)
		return NULL;
	for (at = tag->sense; at != 0; at = s->next) {
		s = sense_of(a, at);
		e = entry_of(a, s->ref);
		if (s->kind == SENSE_CUE && s->use == use &&
		    (e->frames & 1u << r->frame) != 0 &&
		    (e->mood <= MOOD_ASKED || e->mood == MOOD_END))
			return e;
	}
	return NULL;
}

static bool
base_form(const struct analysis *a, const struct record *r)
{
	const struct tag *tag = tag_at(a, LAYER_PRED, r->first);
	uint32_t at;

	if (tag == NULL)
		return false;
	for (at = tag->sense; at != 0; at = sense_of(a, at)->next)
		if (sense_of(a, at)->kind == SENSE_PRED &&
		    (sense_of(a, at)->forms & FORM_BASE) != 0)
			return true;
	return false;
}

/* The token of the clause before i, which may stand in another. */
static uint32_t
prev_in(const struct analysis *a, uint32_t i, uint32_t clause)
{
	uint32_t first = token_sentence_first(a, i);

	while (i > first)
		if (a->clause_of[--i] == clause)
			return i;
	return NO_TOKEN;
}

/*
 * "curb the fall", "curb rupee fall", "risk of prices hitting $200": a thing
 * that is named, or may be.
 */
static bool
named(const struct analysis *a, const struct record *r)
{
	const struct tag *tag = tag_at(a, LAYER_PRED, r->first);
	uint32_t at;

	for (at = tag == NULL ? 0 : tag->sense; at != 0;
	    at = sense_of(a, at)->next)
		if (sense_of(a, at)->kind == SENSE_PRED &&
		    (sense_of(a, at)->use == USE_NOUN ||
		    (sense_of(a, at)->forms & FORM_ING) != 0))
			return true;
	return r->nominal;
}

static void
before(const struct analysis *a, struct record *r)
{
	const struct entry *e;
	const struct clause *c;
	uint32_t i = r->first, clause = r->clause;
	bool adjacent = true, noun = named(a, r);
	int up;

	for (up = 0; up < UP_MAX; up++) {
		for (i = prev_in(a, i, clause); i != NO_TOKEN;
		    i = prev_in(a, i, clause)) {
			if (i >= r->first)
				continue;
			e = cue_at(a, i, USE_BEFORE, r);
			if (e != NULL && e->mood == MOOD_END)
				return;
			if (e != NULL && !noun && lexis_bool(e, KEY_NOUNS_ONLY))
				e = NULL;
			noun &= !token_verbal(a, i);
			/* a bare "to" speaks of its own verb only: below */
			if (e != NULL && !(e->mood == MOOD_PLANNED &&
			    (gram(a, i) & GRAM_TO) != 0) &&
			    !(e->mood == MOOD_PAST && (!adjacent ||
			    r->nominal) && (gram(a, i) & GRAM_HAVE) != 0))
				set(r, e->mood, i);
			if (!adjacent)
				continue;
			if ((gram(a, i) & GRAM_TO) != 0 && base_form(a, r) &&
			    !r->nominal)
				set(r, MOOD_PLANNED, i);
			if (!token_light(a, i))
				adjacent = false;
		}
		c = &a->clauses[clause];
		if (c->parent == NONE || (c->type != CLAUSE_THAT &&
		    c->type != CLAUSE_PART && !(c->type == CLAUSE_COORD &&
		    c->inherits)))
			return;
		i = c->opener;
		clause = c->parent;
		if (i == NO_TOKEN)
			return;
		adjacent = false;
	}
}

/* A sentence ends here, also inside a title. */
static bool
full_stop(const struct analysis *a, uint32_t i)
{
	char c = tok(a, i)->punct;

	return tok(a, i)->kind == TEXT_PUNCT && (c == '.' || c == '!' ||
	    c == '?' || c == '|' || c == ';') && i + 1 < a->ntokens &&
	    a->clause_of[i + 1] == a->clause_of[i] &&
	    a->clauses[a->clause_of[i]].opener == i;
}

static void
around(const struct analysis *a, struct record *r)
{
	const struct entry *e;
	uint32_t i, first = r->first, end = r->end;
	bool turned = false;

	while (first > token_sentence_first(a, r->first) &&
	    !full_stop(a, first - 1))
		first--;
	while (end < token_sentence_end(a, r->first) && !full_stop(a, end))
		end++;

	for (i = first; i < end; i++) {
		if (i >= r->first && i < r->end)
			continue;
		e = cue_at(a, i, USE_SENTENCE, r);
		if (e != NULL)
			set(r, e->mood, i);
		if (a->clause_of[i] != r->clause)
			continue;
		e = cue_at(a, i, USE_CLAUSE, r);
		if (e != NULL)
			set(r, e->mood, i);
		if (i < r->end || turned)
			continue;
		e = cue_at(a, i, USE_BEFORE, r);
		turned = e != NULL && e->mood == MOOD_END;
		e = cue_at(a, i, USE_AFTER, r);
		if (e != NULL)
			set(r, e->mood, i);
	}
}

/*
 * "rebounds 8% after losing 17%": the fall is over. "Still looks expensive
 * after falling 50%" tells what is.
 */
static void
undone(const struct analysis *a, struct record *r)
{
	const struct clause *c = &a->clauses[r->clause];
	const struct tag *tag;
	uint32_t i, at, end = token_sentence_end(a, r->first);

	if (c->type != CLAUSE_SUB || !c->inherits || c->opener == NO_TOKEN ||
	    c->parent == NONE || (gram(a, c->opener) & GRAM_AFTER) == 0)
		return;
	for (i = token_sentence_first(a, r->first); i < end; i++) {
		tag = tag_at(a, LAYER_PRED, i);
		if (tag == NULL || a->clause_of[i] != c->parent)
			continue;
		for (at = tag->sense; at != 0; at = sense_of(a, at)->next)
			if (sense_of(a, at)->kind == SENSE_PRED &&
			    entry_of(a, sense_of(a, at)->ref)->frame ==
			    FRAME_CHANGE && entry_of(a, sense_of(a, at)->ref)->
			    direction == -r->direction)
				set(r, MOOD_PAST, c->opener);
	}
}

/* "rate hikes expected to continue": what is said of a noun behind it. */
static void
behind(const struct analysis *a, struct record *r)
{
	const struct entry *e;
	uint32_t i = r->end - 1;
	int n;

	for (n = 0; n < 4; n++) {
		i = token_next(a, i);
		if (i == NO_TOKEN)
			return;
		e = cue_at(a, i, USE_BEFORE, r);
		if (e != NULL && (e->mood == MOOD_EXPECTED ||
		    e->mood == MOOD_DENIED))
			set(r, e->mood, i);
		if ((gram(a, i) & GRAM_PREP) != 0 || token_predicate(a, i) ||
		    tok(a, i)->kind == TEXT_PUNCT)
			return;
	}
}

static bool
possible(const struct analysis *a, uint32_t i)
{
	char word[LEXICON_WORD_MAX];

	if ((gram(a, i) & GRAM_MODAL) == 0)
		return false;
	text_folded(a->text, i, word, sizeof(word));
	return strcmp(word, "could") == 0 || strcmp(word, "may") == 0 ||
	    strcmp(word, "might") == 0;
}

/* "a deal to buy X could be announced"; "the deal would create" is agreed. */
static void
may_come(const struct analysis *a, struct record *r)
{
	uint32_t i;

	for (i = token_next(a, r->end - 1); i != NO_TOKEN;
	    i = token_next(a, i)) {
		if (possible(a, i))
			set(r, MOOD_EXPECTED, i);
		if ((gram(a, i) & GRAM_AUX) != 0 || (token_finite(a, i) &&
		    a->at[LAYER_NOUN][i] == 0 && a->quantity_at[i] == 0 &&
		    (gram(a, i - 1) & GRAM_TO) == 0))
			return;
	}
}

/* The calendar year of a time, near enough to tell years apart. */
static int
year_of(int64_t seconds)
{
	return (int)(1970 + seconds / 31556952);
}

/*
 * "fell 50% in 2022", told in the body of an article of 2025: background. A
 * title is about its year; "since 2022" runs until now.
 */
static void
bygone(const struct analysis *a, struct record *r)
{
	uint32_t i, end = token_sentence_end(a, r->first);

	if (a->published == ARTICLE_NO_TIME || r->title)
		return;
	for (i = r->end; i + 1 < end; i++)
		if (a->clause_of[i] == r->clause &&
		    (gram(a, i) & GRAM_IN) != 0 &&
		    tok(a, i + 1)->kind == TEXT_NUMBER &&
		    a->quantity_at[i + 1] == 0 &&
		    tok(a, i + 1)->value >= 1900 &&
		    tok(a, i + 1)->value < year_of(a->published))
			set(r, MOOD_PAST, i + 1);
}

/*
 * "hopes of a rate cut", "Fed rate cut optimism": an act that is only named,
 * behind a preposition or as part of another noun, is not reported.
 */
static void
only_named(const struct analysis *a, struct record *r)
{
	uint32_t i = r->first, g;
	int n;

	for (n = 0; n < 6; n++) {
		i = token_prev(a, i);
		if (i == NO_TOKEN || token_verbal(a, i) ||
		    tok(a, i)->kind == TEXT_PUNCT)
			break;
		g = gram(a, i);
		if ((g & GRAM_PREP) == 0)
			continue;
		if ((g & (GRAM_AFTER | GRAM_BY)) == 0 &&
		    a->quantity_at[i] == 0)
			set(r, MOOD_EXPECTED, i);
		break;
	}
	i = token_next(a, r->end - 1);
	if (i != NO_TOKEN && tok(a, i)->kind == TEXT_WORD &&
	    gram(a, i) == 0 && token_is_nominal(a, i) &&
	    a->at[LAYER_NOUN][i] == 0)
		set(r, MOOD_EXPECTED, i);
}

/* "Has Nvidia fallen", not "has already fallen". */
static bool
inverted(const struct analysis *a, uint32_t first, uint32_t end)
{
	uint32_t i;

	if ((gram(a, first) & GRAM_AUX) == 0)
		return true;
	for (i = first + 1; i < end && token_light(a, i); i++)
		;
	return i < end && !token_verbal(a, i);
}

/* Asked: the clause opens with a question word, or ends in a question mark. */
static void
question(const struct analysis *a, struct record *r)
{
	const struct clause *c = &a->clauses[r->clause];
	const struct entry *e;
	uint32_t i, first = c->first, end = token_sentence_end(a, r->first);

	/* "When will rates fall?" opens with what else begins a side clause */
	if (c->type != CLAUSE_MAIN && c->type != CLAUSE_COORD &&
	    !(c->type == CLAUSE_SUB && c->opener == token_sentence_first(a,
	    first)))
		return;
	if (tok(a, first)->kind == TEXT_PUNCT && first + 1 < end)
		first++;
	if ((gram(a, first) & GRAM_WHY) != 0) {
		/* "Why Nvidia fell" is told, "How to make it grow" is not */
		if (first + 1 < end && (gram(a, first + 1) & GRAM_TO) != 0)
			set(r, MOOD_ASKED, first);
		return;
	}
	e = cue_at(a, first, USE_OPENER, r);
	if (e != NULL && inverted(a, first, end))
		set(r, e->mood, first);
	for (i = r->end; i < end; i++)
		if (tok(a, i)->kind == TEXT_PUNCT && tok(a, i)->punct == '?' &&
		    a->clause_of[i - 1] == r->clause)
			set(r, MOOD_ASKED, i);
}

void
filter_run(struct analysis *a, struct record *r)
{
	before(a, r);
	around(a, r);
	bygone(a, r);
	if (r->nominal && r->frame != FRAME_STATE)
		behind(a, r);
	if (r->nominal && r->frame == FRAME_ACT)
		may_come(a, r);
	if (r->nominal && r->frame == FRAME_ACT &&
	    !lexis_bool(entry_of(a, r->predicate), KEY_PLAN_COUNTS))
		only_named(a, r);
	if (r->frame == FRAME_CHANGE && r->direction != 0)
		undone(a, r);
	question(a, r);
	if ((r->moods & 1u << MOOD_PLANNED) != 0) {
		r->moods &= (uint16_t)~(1u << MOOD_PLANNED);
		if (r->frame != FRAME_ACT || r->predicate == NO_ENTRY ||
		    !lexis_bool(entry_of(a, r->predicate), KEY_PLAN_COUNTS))
			r->moods |= 1u << MOOD_EXPECTED;
		else if (r->moods == 0)
			r->cue = NO_TOKEN;
	}
}
