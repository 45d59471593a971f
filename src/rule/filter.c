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
#define SAID_MAX 12	/* tokens from "said" to its "had" */

/*
 * "May inflation tops 4%": the month, where it opens a sentence that asks
 * nothing and has a verb of its own.
 */
static bool
month_of_may(const struct analysis *a, uint32_t i)
{
	char word[LEXICON_WORD_MAX];
	uint32_t end = token_sentence_end(a, i), k;

	if (i != token_sentence_first(a, i) || tok(a, i)->shape !=
	    TEXT_CAPITAL || (gram(a, i) & GRAM_MODAL) == 0 ||
	    strcmp(text_folded(a->text, i, word, sizeof(word)), "may") != 0 ||
	    tok(a, end - 1)->punct == '?')
		return false;
	for (k = i + 1; k < end; k++)
		if (token_finite(a, k) && a->at[LAYER_NOUN][k] == 0)
			return (token_forms(a, k) & (FORM_S | FORM_PAST)) != 0;
	return false;
}

const struct entry *
filter_cue(const struct analysis *a, uint32_t i, enum sense_use use,
    const struct record *r, bool noun)
{
	const struct tag *tag = tag_at(a, LAYER_CUE, i);
	const struct sense *s;
	const struct entry *e;
	uint32_t at;

	/* "even if": its first word may stand in the clause outside */
	if (tag == NULL || (tag->first != i &&
	    a->clause_of[i - 1] == a->clause_of[i]) || month_of_may(a, i))
		return NULL;
	for (at = tag->sense; at != 0; at = s->next) {
		s = sense_of(a, at);
		e = entry_of(a, s->ref);
		if (s->kind == SENSE_CUE && s->use == use &&
		    (e->frames & 1u << r->frame) != 0 &&
		    (noun || !lexis_bool(e, KEY_NOUNS_ONLY)) &&
		    (e->mood <= MOOD_ASKED || e->mood == MOOD_END))
			return e;
	}
	return NULL;
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

/* A "to" that only goes with its verb: no "managed to", no "refused to". */
static bool
bare_to(const struct analysis *a, uint32_t i)
{
	const struct tag *tag = tag_at(a, LAYER_CUE, i);

	return (gram(a, i) & GRAM_TO) != 0 && !a->pseudo_cue[i] &&
	    (tag == NULL || tag->first == i);
}

/* "By midday, shares had fallen 5%", "had topped the chart by Monday": so far. */
static bool
by_then(const struct analysis *a, uint32_t at)
{
	static const char *const hours[] = { "midday", "noon", "close",
		"closing", "lunchtime", "midmorning", "afternoon", "morning",
		"gmt", "bst", "est", "edt", "et", "ist", "a.m", "p.m", "pm",
		"am", "mid-morning", "mid-afternoon" };
	char word[LEXICON_WORD_MAX];
	uint32_t i, k, end = token_sentence_end(a, at);
	size_t n;
	bool by;

	for (i = token_sentence_first(a, at); i < end; i++) {
		text_folded(a->text, i, word, sizeof(word));
		by = (gram(a, i) & GRAM_BY) != 0;
		if (!by && strcmp(word, "at") != 0)
			continue;
		for (k = i + 1; k < end && k < i + 5 &&
		    tok(a, k)->punct != ','; k++) {
			text_folded(a->text, k, word, sizeof(word));
			if (by && strlen(word) > 5 && strcmp(word +
			    strlen(word) - 3, "day") == 0)
				return true;	/* "Monday" */
			for (n = 0; n < sizeof(hours) / sizeof(hours[0]); n++)
				if (strcmp(word, hours[n]) == 0)
					return true;
			if (token_verbal(a, k))
				break;
		}
	}
	return false;
}

/* "said", "announced": what hangs on it is told; in one of these forms. */
static bool
reports(const struct analysis *a, uint32_t i, uint32_t forms)
{
	const struct tag *tag = tag_at(a, LAYER_CUE, i);
	uint32_t at;

	for (at = tag == NULL ? 0 : tag->sense; at != 0;
	    at = sense_of(a, at)->next)
		if (sense_of(a, at)->kind == SENSE_CUE &&
		    entry_of(a, sense_of(a, at)->ref)->mood == MOOD_REPORT &&
		    (sense_of(a, at)->forms & forms) != 0)
			return true;
	return false;
}

/* "said on Monday that it had agreed": what they said is that it has. */
static bool
said_had(const struct analysis *a, uint32_t i)
{
	const struct tag *tag = tag_at(a, LAYER_CUE, i);
	uint32_t j, first = token_sentence_first(a, i);

	if (tag->end > i + 1)
		return false;	/* "had already" */
	for (j = i; j > first && j + SAID_MAX > i; j--) {
		if (reports(a, j - 1, FORM_PAST))
			return true;
		if (token_verbal(a, j - 1) ||
		    (gram(a, j - 1) & GRAM_REL) != 0 ||
		    (tok(a, j - 1)->kind == TEXT_PUNCT &&
		    tok(a, j - 1)->punct != ','))
			return false;
	}
	return false;
}

/*
 * "had" speaks of its own verb; "after a", "following its" of a noun: "after
 * its shares fell" tells when, and what.
 */
static bool
past_of_another(const struct analysis *a, const struct record *r, uint32_t i,
    bool adjacent)
{
	const struct tag *tag = tag_at(a, LAYER_CUE, i);

	if ((gram(a, i) & GRAM_HAVE) != 0)
		return !adjacent || r->nominal || by_then(a, r->first) ||
		    said_had(a, i);
	/* "after a delayed opening": a participle in that noun's group */
	return !r->nominal && !adjacent && (gram(a, tag->end - 1) & GRAM_DET) != 0;
}

/* "shrugs | off": the rest of a cue whose first word is still to come. */
static bool
inside_cue(const struct analysis *a, uint32_t i)
{
	const struct tag *tag = tag_at(a, LAYER_CUE, i);

	return tag != NULL && tag->first < i;
}

/* "capped the year | with a rise": what is left of i is of another matter. */
static bool
leaves_noun(const struct analysis *a, uint32_t i)
{
	uint32_t g = gram(a, i);

	return token_verbal(a, i) || ((g & GRAM_PREP) != 0 &&
	    a->quantity_at[i] == 0 &&
	    (g & (GRAM_IN | GRAM_OF | GRAM_TO)) == 0);
}

/*
 * "expects a big year, raises forecast", "forecasts growth, announces buyback":
 * a verb behind the comma that needs none before it.
 */
static bool
asserts(const struct analysis *a, const struct record *r, uint32_t comma)
{
	uint32_t i = comma + 1;

	return tok(a, comma)->punct == ',' && i < a->ntokens &&
	    a->at[LAYER_NOUN][i] == 0 && (gram(a, i) & GRAM_AUX) == 0 &&
	    (token_forms(a, i) & FORM_FINITE) != 0 &&
	    (token_forms(a, i) & (FORM_BASE | FORM_PART)) == 0 &&
	    (i == r->first || (r->nominal && filter_tells(a, i)));
}

static void
before(const struct analysis *a, struct record *r)
{
	const struct entry *e;
	const struct clause *c;
	uint32_t i = r->first, clause = r->clause;
	bool adjacent = true, noun = named(a, r), told = false;
	int up;

	for (up = 0; up < UP_MAX; up++) {
		for (i = prev_in(a, i, clause); i != NO_TOKEN;
		    i = prev_in(a, i, clause)) {
			if (i >= r->first)
				continue;
			e = filter_cue(a, i, USE_BEFORE, r, noun);
			if (e != NULL && e->mood == MOOD_END)
				return;
			/* "to avoid bankruptcy X announced that it cuts" */
			if (told && i > 0 && token_verbal(a, i) &&
			    (gram(a, i - 1) & GRAM_TO) != 0)
				return;
			told |= up > 0 && reports(a, i, FORM_FINITE);
			noun &= inside_cue(a, i) || !leaves_noun(a, i);
			/* a bare "to" speaks of its own verb only: below */
			if (e != NULL && !(e->mood == MOOD_PLANNED &&
			    (gram(a, i) & GRAM_TO) != 0) &&
			    !(e->mood == MOOD_PAST && past_of_another(a, r, i,
			    adjacent)))
				record_mood(r, e->mood, i);
			if (!adjacent)
				continue;
			if (bare_to(a, i) && (r->forms & FORM_BASE) != 0 &&
			    !r->nominal && token_mood(a, i) != MOOD_HARMLESS)
				record_mood(r, MOOD_PLANNED, i);
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
		if (i == NO_TOKEN || (c->type == CLAUSE_COORD &&
		    asserts(a, r, i)))
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
	bool turned = false, noun = named(a, r);

	while (first > token_sentence_first(a, r->first) &&
	    !full_stop(a, first - 1))
		first--;
	while (end < token_sentence_end(a, r->first) && !full_stop(a, end))
		end++;

	for (i = first; i < end; i++) {
		if (i >= r->first && i < r->end)
			continue;
		e = filter_cue(a, i, USE_SENTENCE, r, false);
		if (e != NULL)
			record_mood(r, e->mood, i);
		if (a->clause_of[i] != r->clause)
			continue;
		e = filter_cue(a, i, USE_CLAUSE, r, false);
		if (e != NULL)
			record_mood(r, e->mood, i);
		if (i < r->end || turned)
			continue;
		e = filter_cue(a, i, USE_BEFORE, r, false);
		turned = e != NULL && e->mood == MOOD_END;
		/* "price falls possible", not "falls 4% on possible cuts" */
		if (!r->nominal && (gram(a, i) & GRAM_PREP) != 0)
			noun = false;
		e = filter_cue(a, i, USE_AFTER, r, noun);
		if (e != NULL && e->mood != MOOD_DENIED)
			record_mood(r, e->mood, i);
		noun &= !token_finite(a, i) || (gram(a, i) & GRAM_AUX) != 0 ||
		    a->at[LAYER_NOUN][i] != 0;
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
				record_mood(r, MOOD_PAST, c->opener);
	}
}

/* What happened is told in the past: "rose", "saw a rise". */
static bool
told_as_past(const struct analysis *a, const struct record *r)
{
	uint32_t i;

	if (!r->nominal)
		return (r->forms & FORM_PAST) != 0;
	for (i = prev_in(a, r->first, r->clause); i != NO_TOKEN;
	    i = prev_in(a, i, r->clause))
		if ((token_forms(a, i) & FORM_PAST) != 0)
			return true;
	return false;
}

/*
 * A condition beside the clause: "unless lenders agree, X files for
 * bankruptcy". What is past is told as a fact; "see if" asks.
 */
static void
conditional(const struct analysis *a, struct record *r)
{
	const struct clause *c = &a->clauses[r->clause], *sub;
	const struct tag *cue;
	uint32_t i, k = r->clause;

	if (told_as_past(a, r))
		return;
	while (k > 0 && a->clauses[k - 1].sentence == c->sentence)
		k--;
	for (; k < a->nclauses && a->clauses[k].sentence == c->sentence; k++) {
		sub = &a->clauses[k];
		i = sub->opener;
		if (i == NO_TOKEN || sub->type != CLAUSE_SUB ||
		    (sub->parent != r->clause && c->parent != k))
			continue;
		cue = tag_at(a, LAYER_CUE, i);
		if (cue == NULL || token_mood(a, i) != MOOD_EXPECTED ||
		    (cue->first > token_sentence_first(a, i) &&
		    token_verbal(a, cue->first - 1)))
			continue;
		record_mood(r, MOOD_EXPECTED, i);
	}
}

int
article_year(int64_t seconds)
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
		    tok(a, i + 1)->value < article_year(a->published))
			record_mood(r, MOOD_PAST, i + 1);
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
			record_mood(r, MOOD_ASKED, first);
		return;
	}
	e = filter_cue(a, first, USE_OPENER, r, false);
	if (e != NULL && inverted(a, first, end))
		record_mood(r, e->mood, first);
	for (i = r->end; i < end; i++)
		if (tok(a, i)->kind == TEXT_PUNCT && tok(a, i)->punct == '?' &&
		    a->clause_of[i - 1] == r->clause)
			record_mood(r, MOOD_ASKED, i);
}

void
filter_run(const struct analysis *a, struct record *r)
{
	if (r->filtered)
		return;
	r->filtered = true;
	before(a, r);
	around(a, r);
	bygone(a, r);
	conditional(a, r);
	if (r->nominal)
		filter_noun(a, r);
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
