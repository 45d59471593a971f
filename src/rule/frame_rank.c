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

/* In the clause, else the sentence, else the title. */
static void
find_place(struct analysis *a, struct record *r)
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

void
frame_rank(struct analysis *a, uint32_t tag, uint32_t sense)
{
	struct tag t = a->tags[tag];
	const struct sense *s = sense_of(a, sense);
	struct record *r;
	struct np theme;

	np_theme(a, t.first, &theme);
	if (theme.pronoun && theme.nowners > 0)
		add_antecedent(a, t.first, &theme);
	r = record_new(a, FRAME_RANK, t.first, t.end);
	r->predicate = s->ref;
	r->theme = theme;
	find_place(a, r);
}

static void
qualities(struct analysis *a, struct record *r)
{
	const struct tag *tag;
	uint32_t i, t, at, end = token_sentence_end(a, r->first);
	int pass;

	for (pass = 0; pass < 2 && r->nquality == 0; pass++)
		for (i = token_sentence_first(a, r->first); i < end; i++) {
			if (pass == 0 && a->clause_of[i] != r->clause)
				continue;
			for (t = a->free_at[i]; t != 0;
			    t = a->free_next[t - 1]) {
				tag = &a->tags[t - 1];
				at = token_sense(a, tag, SENSE_QUALITY);
				if (at != 0 && r->nquality < 4)
					r->quality[r->nquality++] = t - 1;
			}
		}
}

void
frame_state(struct analysis *a, uint32_t tag, uint32_t sense)
{
	struct tag t = a->tags[tag];
	const struct sense *s = sense_of(a, sense);
	struct record *r;
	struct np theme;

	np_left(a, t.first, &theme);
	r = record_new(a, FRAME_STATE, t.first, t.end);
	r->predicate = s->ref;
	r->theme = theme;
	r->nominal = s->use == USE_NOUN;
	find_place(a, r);
	qualities(a, r);
}

void
frame_level(struct analysis *a, uint32_t tag, uint32_t sense)
{
	struct tag t = a->tags[tag];
	const struct sense *s = sense_of(a, sense);
	struct record *r;
	struct np theme;

	np_theme(a, t.first, &theme);
	r = record_new(a, FRAME_LEVEL, t.first, t.end);
	r->predicate = s->ref;
	r->direction = entry_of(a, s->ref)->direction;
	r->theme = theme;
	/* "is valued at": of the value, if nothing else is said */
	if (theme.measure == NO_ENTRY && entry_of(a, s->ref)->nof > 0)
		r->theme.measure = entry_of(a, s->ref)->of[0];
	amount_right(a, t.end, r);
	if (a->quantity_at[t.first] != 0)
		amount_add(a, a->quantity_at[t.first] - 1, r);
}
