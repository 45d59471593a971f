/* frame_rank - something stands first in a place: "tops the App Store". */
#include <string.h>

#include "rule/analysis.h"

/* A name or class in [from, end) that is the concept; the clause's first. */
static bool
place_in(struct analysis *a, uint32_t from, uint32_t end, uint32_t clause,
    uint32_t concept, struct np *np)
{
	const struct tag *tag;
	struct mention m;
	uint32_t i;

	for (i = from; i < end; i++) {
		tag = tag_at(a, LAYER_NOUN, i);
		if (tag == NULL || tag->first != i ||
		    (clause != NONE && a->clause_of[i] != clause))
			continue;
		memset(&m, 0, sizeof(m));
		m.first = tag->first;
		m.end = tag->end;
		m.sense = tag->sense;
		m.thing = NONE;
		m.kind = SENSE_NAME;
		if (concept != NO_ENTRY ? !mention_is(a, &m, concept) :
		    token_sense(a, tag, SENSE_NAME) == 0 &&
		    token_sense(a, tag, SENSE_CLASS) == 0)
			continue;
		if (np->nowners == OWNERS_MAX)
			return true;
		np->owners[np->nowners++] = m;
		np->empty = false;
	}
	return np->nowners > 0;
}

void
frame_place(struct analysis *a, struct record *r)
{
	const struct entry *e = entry_of(a, r->predicate);
	uint32_t first = token_sentence_first(a, r->first);
	uint32_t end = token_sentence_end(a, r->first);
	const struct text_sentence *title = &a->text->sentences[0];

	uint8_t own;

	if (e->place == NO_ENTRY) {	/* the rule says which: offer all */
		place_in(a, first, end, NONE, NO_ENTRY, &r->object);
		own = r->object.nowners;
		/* what a relative clause recalls is not the title's matter */
		if (!r->title && a->clauses[r->clause].type != CLAUSE_REL)
			place_in(a, title->first, title->end, NONE, NO_ENTRY,
			    &r->object);
		for (; own < r->object.nowners; own++)
			r->object.owners[own].inherited = true;
		return;
	}
	if (place_in(a, first, end, r->clause, e->place, &r->object))
		return;
	if (place_in(a, first, end, NONE, e->place, &r->object) ||
	    (!r->title && place_in(a, title->first, title->end,
	    NONE, e->place, &r->object))) {
		r->inherited++;
		r->object.owners[0].inherited = true;
	}
}

/* "its AI Assistant app": also whose it is. */
static void
add_antecedent(struct analysis *a, uint32_t at, struct np *np)
{
	struct np whose = *np;
	uint8_t i;

	whose.nowners = 0;
	np_antecedent(a, at, &whose);
	for (i = 0; i < whose.nowners && np->nowners < OWNERS_MAX; i++)
		np->owners[np->nowners++] = whose.owners[i];
}

/* "the Chinese app", "whose chatbot": no name, but one that was spoken of. */
static bool
meant(const struct analysis *a, const struct np *np)
{
	uint32_t i;
	uint8_t k;

	for (k = 0; k < np->nowners; k++)
		if (np->owners[k].kind != SENSE_CLASS)
			return false;
	if (np->nowners == 0 || np->other)
		return false;
	for (i = token_prev(a, np->owners[0].first); i != NO_TOKEN &&
	    tok(a, i)->kind == TEXT_WORD && !token_verbal(a, i);
	    i = token_prev(a, i))
		if ((gram(a, i) & (GRAM_DET | GRAM_REL | GRAM_POSS)) != 0)
			return true;
	return false;
}

/* "the app, DeepSeek, was": which one. */
static void
named_behind(struct analysis *a, struct np *np)
{
	const struct tag *tag;
	uint32_t i = np->owners[0].end;
	uint8_t k;

	for (k = 0; k < np->nowners; k++)
		if (np->owners[k].end > i)
			i = np->owners[k].end;
	if (i + 2 >= token_sentence_end(a, i - 1) || tok(a, i)->punct != ',')
		return;
	tag = tag_at(a, LAYER_NOUN, i + 1);
	if (tag != NULL && np->nowners < OWNERS_MAX &&
	    token_sense(a, tag, SENSE_NAME) != 0 &&
	    tok(a, tag->end)->punct == ',')
		np->owners[np->nowners++] = (struct mention){
		    .first = tag->first, .end = tag->end, .sense = tag->sense,
		    .kind = SENSE_NAME, .thing = NONE };
}

/* The nearest name left that may be it, else in the sentence before, the title. */
static void
name_before(struct analysis *a, uint32_t at, struct np *np)
{
	const struct text_sentence *s = a->text->sentences;
	uint32_t n = tok(a, at)->sentence, first = s[n].first, i;
	const struct tag *tag;
	struct mention m = { .kind = SENSE_NAME, .thing = NONE };
	int pass;

	for (pass = 0; pass < 3; pass++) {
		for (i = at; i-- > first;) {
			tag = tag_at(a, LAYER_NOUN, i);
			if (tag == NULL || tag->first != i ||
			    token_sense(a, tag, SENSE_NAME) == 0)
				continue;
			m.first = tag->first;
			m.end = tag->end;
			m.sense = tag->sense;
			m.inherited = true;
			if (np_may_be(a, &m, &np->owners[0]) &&
			    np->nowners < OWNERS_MAX) {
				np->owners[np->nowners++] = m;
				return;
			}
		}
		if (n == 0)
			return;
		n = pass == 0 ? n - 1 : 0;
		first = s[n].first;
		at = s[n].end;
	}
}

enum left { LEFT_NOT, LEFT_BY_SUBJECT, LEFT_BY_OTHER };

/*
 * "fell from the top of", "was knocked off the top spot on"; but "knocked X off
 * the top spot on" says who stands there now.
 */
static enum left
left_it(const struct analysis *a, uint32_t at)
{
	char word[LEXICON_WORD_MAX];
	uint32_t i = token_prev(a, at);

	while (i != NO_TOKEN && (gram(a, i) & GRAM_DET) != 0)
		i = token_prev(a, i);
	if (i == NO_TOKEN)
		return LEFT_NOT;
	if ((gram(a, i) & GRAM_FROM) != 0)
		return LEFT_BY_SUBJECT;
	text_folded(a->text, i, word, sizeof(word));
	if (strcmp(word, "off") != 0)
		return LEFT_NOT;
	i = token_prev(a, i);
	return i == NO_TOKEN || token_sense(a, tag_at(a, LAYER_NOUN, i),
	    SENSE_NAME) == 0 ? LEFT_BY_SUBJECT : LEFT_BY_OTHER;
}

/* Who stands first; "overtaken by X": X. */
static void
first_one(struct analysis *a, const struct tag *t, const struct sense *s,
    struct np *theme)
{
	enum left left;

	if (s->use == USE_VERB && act_passive(a, t, s)) {
		if (!act_behind(a, t->end - 1, GRAM_BY, theme))
			theme->nowners = 0;
		return;
	}
	np_theme(a, t->first, theme);
	if (s->use != USE_VERB) {
		left = left_it(a, t->first);
		if (left == LEFT_BY_OTHER || (left == LEFT_NOT &&
		    theme->nowners == 0 && !theme->pronoun))
			np_subject(a, a->clause_of[t->first], theme);
	}
	if (meant(a, theme)) {
		named_behind(a, theme);
		name_before(a, theme->owners[0].first, theme);
	} else if (theme->pronoun && theme->nowners > 0)
		add_antecedent(a, t->first, theme);
}

/* "the top phone operator"; "revenue beats, AMD stock sinks": done to nobody. */
static bool
attributive(const struct analysis *a, const struct tag *t)
{
	uint32_t prev = token_prev(a, t->first), next = token_next(a,
	    t->end - 1);

	return next == NO_TOKEN || tok(a, next)->kind == TEXT_PUNCT ||
	    (prev != NO_TOKEN && ((gram(a, prev) & (GRAM_DET | GRAM_POSS)) !=
	    0 || (tok(a, prev)->flags & TEXT_POSSESSIVE) != 0));
}

/* What is overtaken: the group behind the verb, before one that is passive. */
static void
find_rival(struct analysis *a, const struct tag *t, const struct sense *s,
    struct record *r)
{
	struct np np;
	uint32_t next;
	uint8_t i, k;

	if (s->use == USE_VERB && act_passive(a, t, s))
		np_theme(a, t->first, &np);
	else
		np_right(a, t->end, token_sentence_end(a, t->first), &np,
		    &next);
	if (np.other || (s->use == USE_VERB && attributive(a, t)))
		return;
	for (i = 0; i < np.nowners; i++)
		for (k = 0; k < r->object.nowners; k++)
			if (r->object.owners[k].first == np.owners[i].first)
				r->object.owners[k].rival = true;
}

static bool
amount_follows(const struct analysis *a, uint32_t i)
{
	uint32_t k = i < a->ntokens ? a->quantity_at[i] : 0;

	return k != 0 && (a->quantities.list[k - 1].kind == QUANTITY_MONEY ||
	    a->quantities.list[k - 1].kind == QUANTITY_PERCENT);
}

void
frame_rank(struct analysis *a, uint32_t tag, uint32_t sense)
{
	struct tag t = a->tags[tag];
	const struct sense *s = sense_of(a, sense);
	struct record *r;
	struct np theme;

	/* "debt tops $40 trillion" passes a level, and heads no list */
	if (s->use == USE_VERB && amount_follows(a, t.end))
		return;
	memset(&theme, 0, sizeof(theme));
	theme.measure = NO_ENTRY;
	first_one(a, &t, s, &theme);
	r = record_new(a, FRAME_RANK, t.first, t.end);
	r->predicate = s->ref;
	r->theme = theme;
	frame_place(a, r);
	find_rival(a, &t, s, r);
}
