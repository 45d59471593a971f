/*
 * frame_signs - moves told by a sign or a table ("Brent +4%", "Net 14.7 mln vs
 * 11.3 mln"), and levels, with a predicate or without.
 */
#include <string.h>

#include "rule/change.h"

/* The few words right before a number, back to a comma or another number. */
static void
group_before(struct analysis *a, uint32_t at, struct np *np)
{
	struct zone z = { .n = 0 }, back = { .n = 0 };
	uint32_t first = token_sentence_first(a, at), i;
	bool number = true;

	for (i = at; i-- > first && z.n < 8;) {
		if (tok(a, i)->punct == '(')
			continue;
		if (a->quantity_at[i] != 0 ||
		    tok(a, i)->kind == TEXT_NUMBER) {
			if (!number)
				break;
			continue;	/* "WTI 73.90 +2.16 +3.01%" */
		}
		number = false;
		/* "settled at $104.52", "is already at 12%" */
		if (z.n == 0 && (token_mood(a, i) == MOOD_LINK ||
		    (gram(a, i) & (GRAM_ADV | GRAM_BE)) != 0))
			continue;
		if (tok(a, i)->kind == TEXT_PUNCT ||
		    (token_verbal(a, i) && a->at[LAYER_NOUN][i] == 0))
			break;
		if (z.n == 0 && (gram(a, i) & GRAM_PREP) != 0)
			continue;
		z.tokens[z.n++] = i;
	}
	for (i = z.n; i-- > 0;)
		back.tokens[back.n++] = z.tokens[i];
	np_parse(a, &back, np);
}

static struct record *
bare(struct analysis *a, enum frame_kind frame, uint32_t i)
{
	const struct quantity *q = &a->quantities.list[i];
	struct record *r;
	struct np np;

	group_before(a, q->first, &np);
	if (np.empty || np.other || (np.measure == NO_ENTRY &&
	    (np.nowners == 0 || q->derived)))
		return NULL;
	/* "profits on the rest of a position for +90%": too far */
	if (np.measure != NO_ENTRY &&
	    a->tags[np.measure_tag].end + 5 < q->first)
		return NULL;
	if (np.nowners == 0)
		np_antecedent(a, q->first, &np);
	if (np.nowners > 1)
		np.nowners = 1;
	r = record_new(a, frame, q->first, q->end);
	r->theme = np;
	r->nominal = frame == FRAME_LEVEL;	/* "oil at $150 would ..." */
	amount_add(a, i, r);
	return r;
}

void
frame_signs(struct analysis *a)
{
	const struct quantity *q;
	struct record *r;
	uint32_t i;

	for (i = 0; i < a->quantities.n; i++) {
		q = &a->quantities.list[i];
		if (q->first >= a->ntokens)
			break;
		if (q->sign == 0 || a->quantity_used[i] ||
		    q->kind == QUANTITY_RATIO)
			continue;
		r = bare(a, FRAME_CHANGE, i);
		if (r != NULL)
			r->direction = q->sign;
	}
}

/* "Brent crude at $101 a barrel": a level without any predicate. */
void
frame_levels(struct analysis *a)
{
	const struct quantity *q;
	uint32_t i;

	for (i = 0; i < a->quantities.n; i++) {
		q = &a->quantities.list[i];
		if (q->first >= a->ntokens)
			break;
		if (q->role == QUANTITY_LEVEL && !q->derived &&
		    !a->quantity_used[i] && q->sign == 0)
			bare(a, FRAME_LEVEL, i);
	}
}

/* "tops $100", "passes 300 million users", "is valued at $5 billion" */
void
frame_level(struct analysis *a, uint32_t tag, uint32_t sense)
{
	struct tag t = a->tags[tag];
	const struct sense *s = sense_of(a, sense);
	struct record *r;
	struct np theme;

	np_theme(a, t.first, &theme);
	change_counted(a, t.end, &theme);
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
