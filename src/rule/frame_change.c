/*
 * frame_change - something measured goes up or down: constructions A to G of
 * rule-semantics 5.7. Signs and tables (S) are in frame_signs.c.
 */
#include <string.h>

#include "rule/change.h"

static void
assign(struct analysis *a, struct record *r, const struct entry *e,
    uint32_t ref)
{
	(void)a;
	r->predicate = ref;
	r->direction = e->direction;
}

/* "A, B and C fall 6%, 7% and 4% respectively". */
static void
pair_up(const struct analysis *a, struct record *r)
{
	uint32_t i, end = token_sentence_end(a, r->first);

	if (r->theme.nowners < 2 || r->namounts != r->theme.nowners)
		return;
	for (i = r->first; i < end; i++)
		if ((gram(a, i) & GRAM_RESP) != 0) {
			r->unassigned = 1;
			return;
		}
}

/* Verbless opening: "Up 230%, 3 Reasons Nvidia Stock ...". */
static void
opening(struct analysis *a, uint32_t at, struct np *np)
{
	uint32_t i, end = token_sentence_end(a, at), next, s;
	const struct tag *tag;

	for (i = at + 1; i < end; i++) {
		tag = tag_at(a, LAYER_NOUN, i);
		s = token_sense(a, tag, SENSE_NAME);
		if (s == 0 && tok(a, i)->kind != TEXT_CASHTAG)
			continue;
		np_right(a, i, end, np, &next);
		np->other = false;
		if (np->nowners > 1)
			np->nowners = 1;
		return;
	}
}

static bool
opens(const struct analysis *a, uint32_t at)
{
	uint32_t i, first = token_sentence_first(a, at);

	for (i = first; i < at; i++)
		if (a->quantity_at[i] == 0 && !token_light(a, i))
			return false;
	return true;
}

/*
 * "on higher sales", "5% lower sales", "Softer rupee lifts exporters", "amid
 * surging prices": a particle or participle in front of what it is said of.
 * Behind its subject it is none ("closes lower Monday").
 */
static bool
attribute(struct analysis *a, const struct tag *t, struct np *np)
{
	uint32_t prev = token_prev(a, t->first), next;

	if (!change_object_follows(a, t->end) || (prev != NO_TOKEN &&
	    (gram(a, prev) & (GRAM_AND | GRAM_SUB)) == 0 &&
	    a->quantity_at[prev] == 0 &&
	    !change_follows_verb(a, t)))
		return false;
	np_right(a, token_next(a, t->end - 1), token_sentence_end(a, t->first),
	    np, &next);
	if (np->nowners == 0 && np->measure != NO_ENTRY)
		np_antecedent(a, t->first, np);
	return true;
}

/* "loses market share": the measures that this can be done to, else any. */
static bool
takes(const struct entry *e, uint32_t measure)
{
	uint32_t i;

	for (i = 0; i < e->nof && e->of[i] != measure; i++)
		;
	return e->nof == 0 || i < e->nof;
}

static void
direct(struct analysis *a, const struct tag *t, const struct sense *s)
{
	struct record *r;
	struct np theme;
	bool named = false;

	if (change_off_extreme(a, t, s) || change_is_none(a, t, s))
		return;
	if (s->use == USE_PARTICLE || (s->use == USE_VERB &&
	    (s->forms & FORM_VERB) == FORM_ING))
		named = attribute(a, t, &theme);
	if (!named)
		np_left(a, t->first, &theme);
	if (!named && (theme.measure == NO_ENTRY || theme.nowners > 0 ||
	    theme.pronoun || theme.closed ||
	    !np_owner_behind(a, t->end, &theme)))
		np_theme(a, t->first, &theme);
	if (theme.empty && (s->use == USE_PARTICLE ||
	    (s->forms & FORM_VERB) == FORM_ING) && opens(a, t->first))
		opening(a, t->first, &theme);
	if (s->use == USE_VERB)
		change_counted(a, t->end, &theme);
	theme.other |= change_of_a_quarter(a, t->first, &theme);
	if (s->use == USE_PARTICLE && !takes(entry_of(a, s->ref),
	    theme.measure))
		return;
	r = record_new(a, FRAME_CHANGE, t->first, t->end);
	r->theme = theme;
	/* "posts wider loss", "gains market share": the phrase holds it */
	if (s->use == USE_PHRASE && entry_of(a, s->ref)->nof > 0)
		r->theme.measure = entry_of(a, s->ref)->of[0];
	r->nominal = named;
	assign(a, r, entry_of(a, s->ref), s->ref);
	r->percent = s->percent;
	if (s->use == USE_RATIO && a->quantity_at[t->first] != 0)
		amount_add(a, a->quantity_at[t->first] - 1, r);
	if (s->use == USE_PARTICLE)
		amount_left(a, t->first, r);
	amount_right(a, t->end, r);
	pair_up(a, r);
}

/* "wiped 17% off Nvidia's market value" */
static void
behind_amount(struct analysis *a, uint32_t from, struct np *object)
{
	const struct quantity *q;
	uint32_t i, next, end = token_sentence_end(a, from);

	if (a->quantity_at[from] == 0)
		return;
	q = &a->quantities.list[a->quantity_at[from] - 1];
	i = q->end;
	if (i + 1 >= end || (gram(a, i) & GRAM_PREP) == 0 ||
	    (gram(a, i) & (GRAM_BY | GRAM_TO | GRAM_OF)) != 0)
		return;
	np_right(a, i + 1, end, object, &next);
	if (object->nowners == 0 && object->measure == NO_ENTRY)
		object->empty = true;
}

static void
transitive(struct analysis *a, const struct tag *t, const struct sense *s)
{
	struct record *r;
	struct np object, subject;
	uint32_t next, from = token_next(a, t->end - 1), last;

	memset(&object, 0, sizeof(object));
	object.empty = true;
	object.measure = NO_ENTRY;
	if (change_moves_a_move(a, from))
		return;
	if (from != NO_TOKEN && change_object_follows(a, t->end))
		np_right(a, from, token_sentence_end(a, from), &object, &next);
	if (object.empty && from != NO_TOKEN && s->use != USE_OF_OBJECT)
		behind_amount(a, from, &object);
	if ((object.empty && ((s->forms & FORM_PART) == 0 ||
	    s->use == USE_OF_OBJECT)) ||
	    !takes(entry_of(a, s->ref), object.measure))
		return;
	if (object.empty) {	/* passive: "prices were raised by 5%" */
		np_theme(a, t->first, &object);
		last = t->end;
	} else {
		last = object.end;
		/* "doubled its limits": measured is what nobody knows */
		if (object.nowners == 0 && object.measure == NO_ENTRY &&
		    (gram(a, object.end - 1) & GRAM_PRONOUN) == 0)
			object.other = true;
		/* "drops the New York Times subpoenas": not its shares */
		object.other |= s->use == USE_OF_OBJECT &&
		    object.measure == NO_ENTRY;
		if (object.nowners == 0) {
			np_theme(a, t->first, &subject);
			object.nowners = subject.nowners;
			memcpy(object.owners, subject.owners,
			    sizeof(object.owners));
		}
	}
	r = record_new(a, FRAME_CHANGE, t->first, t->end);
	r->theme = object;
	assign(a, r, entry_of(a, s->ref), s->ref);
	if (a->quantity_at[t->first] != 0)
		amount_add(a, a->quantity_at[t->first] - 1, r);
	amount_right(a, last, r);
	amount_right(a, t->end, r);
	pair_up(a, r);
}

/* "a drop (-8.32% on Japanese markets)": the parenthesis right behind. */
static void
parenthesis(struct analysis *a, uint32_t end, struct record *r)
{
	uint32_t i, stop = token_sentence_end(a, end - 1);

	if (end >= stop || tok(a, end)->punct != '(')
		return;
	for (i = end + 1; i < stop && tok(a, i)->punct != ')'; i++)
		if (a->quantity_at[i] != 0) {
			amount_add(a, a->quantity_at[i] - 1, r);
			return;
		}
}

/*
 * A preposition that says whose: "out of" is none, and "on" only where nobody
 * stands left ("rally on a price hike", "a fall on the Nikkei").
 */
static bool
says_whose(const struct analysis *a, uint32_t i, uint32_t end, bool alone)
{
	uint32_t g = gram(a, i);

	if ((g & (GRAM_IN | GRAM_OF)) == 0 || (!alone &&
	    (g & GRAM_CAUSE) != 0))
		return false;
	return (g & GRAM_OF) == 0 || i == end || (gram(a, i - 1) &
	    GRAM_PREP) == 0 ;
}

/* The group behind in/of/for/at or, in the passive, by. */
static bool
group_right(struct analysis *a, uint32_t end, struct np *np, bool by,
    bool alone)
{
	uint32_t i, n, next, g;

	for (i = token_next(a, end - 1), n = 0; i != NO_TOKEN && n < 10;
	    i = token_next(a, i), n++) {
		g = gram(a, i);
		if (!by && (token_verbal(a, i) || tok(a, i)->punct == ','))
			return false;
		if (!(by ? (g & GRAM_BY) != 0 : says_whose(a, i, end, alone)) ||
		    i + 1 >= token_sentence_end(a, i) ||
		    a->quantity_at[i + 1] != 0 || a->quantity_at[i] != 0)
			continue;
		np_right(a, i + 1, token_sentence_end(a, i), np, &next);
		if (np->measure != NO_ENTRY || np->nowners > 0)
			return true;
		if (by)
			return false;
	}
	return false;
}

static void
nominal(struct analysis *a, const struct tag *t, const struct sense *s)
{
	struct record *r;
	struct np left, right, by;
	bool has_right;

	if (change_moves_on(a, t))
		return;
	r = record_new(a, FRAME_CHANGE, t->first, t->end);
	assign(a, r, entry_of(a, s->ref), s->ref);
	r->nominal = true;
	r->percent = s->percent;
	if (s->use == USE_RATIO && a->quantity_at[t->first] != 0)
		amount_add(a, a->quantity_at[t->first] - 1, r);
	amount_left(a, t->first, r);
	if (r->namounts == 0)
		parenthesis(a, t->end, r);
	if (r->namounts == 0)
		amount_right(a, t->end, r);
	np_left_part(a, t->first, &left);
	has_right = group_right(a, t->end, &right, false,
	    left.nowners + (left.measure != NO_ENTRY) == 0);
	/* "beats estimates with 81% jump in profit": a group of its own */
	if (has_right && right.measure != NO_ENTRY && !left.empty &&
	    (gram(a, left.end - 1) & GRAM_PREP) != 0)
		r->theme = right;
	else if (left.measure != NO_ENTRY && left.end + 4 > t->first)
		r->theme = left;
	else if (has_right)
		r->theme = right;
	else if (!left.empty && left.nowners + (left.measure != NO_ENTRY) > 0)
		r->theme = left;
	else if (group_right(a, t->end, &by, true, true))
		r->theme = by;
	else
		r->theme = left;
	if (r->theme.nowners == 0 && left.nowners > 0 && !left.other) {
		memcpy(r->theme.owners, left.owners, sizeof(left.owners));
		r->theme.nowners = left.nowners;
	}
	if (r->theme.nowners == 0 && r->theme.empty)
		np_theme(a, t->first, &r->theme);
	else if (r->theme.nowners == 0)
		np_antecedent(a, t->first, &r->theme);
	if (r->theme.measure == NO_ENTRY && (change_of_results(a, t->end) ||
	    change_of_a_quarter(a, t->first, &r->theme)))
		r->theme.other = true;
}

static bool
gerund_of(const struct analysis *a, const struct tag *t,
    const struct sense *s)
{
	uint32_t next = token_next(a, t->end - 1);

	return (s->forms & FORM_ING) != 0 && next != NO_TOKEN &&
	    (gram(a, next) & GRAM_OF) != 0;
}

void
frame_change(struct analysis *a, uint32_t tag, uint32_t sense)
{
	struct tag t = a->tags[tag];
	const struct sense *s = sense_of(a, sense);

	/* "growth-goal" grows nothing */
	if ((t.end < a->ntokens && (tok(a, t.end)->flags & TEXT_JOINED) != 0) ||
	    !change_reads_as(a, &t, s->use == USE_NOUN))
		return;
	switch (s->use) {
	case USE_NOUN:
		nominal(a, &t, s);
		break;
	case USE_TRANSITIVE:
	case USE_OF_OBJECT:
		/* "wants lower rates" lowers nothing */
		if (!change_has_use(a, &t, USE_PARTICLE) || !change_follows_verb(a, &t))
			transitive(a, &t, s);
		break;
	case USE_CAUSE:
	case USE_INVERSE:
		break;
	default:
		if (gerund_of(a, &t, s)) {	/* "a doubling of revenue" */
			nominal(a, &t, s);
			break;
		}
		/* "Apple drops a lawsuit", "adds two executives" */
		if (s->use != USE_PARTICLE && (change_has_use(a, &t,
		    USE_TRANSITIVE) || change_has_use(a, &t, USE_OF_OBJECT)) &&
		    change_object_follows(a, t.end))
			break;
		direct(a, &t, s);
		break;
	}
}
