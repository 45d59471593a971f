/*
 * np - noun groups: which measure, and whose (rule-semantics 5.7).
 *
 * The tokens of a group are taken apart at prepositions. The leftmost measure
 * word is the measure; its owner stands left of it in the same part ("Nvidia's
 * revenue"), else in the next of/at/in/for part ("shares of Intel"), else in a
 * leading one. A group whose last word is neither a measure nor a name is
 * about something else ("Nvidia derivative play").
 */
#include <string.h>

#include "rule/np.h"

static void
own(struct np *np, const struct found *f)
{
	if (np->nowners < OWNERS_MAX)
		np->owners[np->nowners++] = f->m;
}

/* Only commas, "and", articles and possessives between two mentions. */
static bool
joined(const struct parse *p, const struct found *x, const struct found *y)
{
	uint32_t at, i;

	if (x->segment != y->segment)
		return false;

	for (at = x->last + 1; at < y->at; at++) {
		i = p->z->tokens[at];
		if ((gram(p->a, i) & (GRAM_AND | GRAM_DET)) == 0 &&
		    tok(p->a, i)->punct != ',')
			return false;
	}
	return true;
}

/* "the Qwen app": a product is that of its makers' other kinds too. */
static bool
same_kind(const struct analysis *a, const struct mention *m, uint32_t concept)
{
	const struct entry *e = entry_of(a, concept);
	uint32_t i;

	for (i = 0; i < e->nup; i++)
		if (e->up[i] != concept &&
		    entry_of(a, e->up[i])->open != OPEN_NAMES &&
		    mention_is(a, m, e->up[i]))
			return true;
	return false;
}

bool
np_may_be(const struct analysis *a, const struct mention *name,
    const struct mention *class)
{
	const struct sense *c;
	uint32_t s;
	bool any = false;

	for (s = class->sense; s != 0; s = c->next) {
		c = sense_of(a, s);
		if (c->kind != SENSE_CLASS)
			continue;
		if (mention_is(a, name, c->ref) || same_kind(a, name, c->ref))
			return true;
		any = true;
	}
	return !any;
}

/*
 * A name right before a class: "the DeepSeek model" is DeepSeek, but "the Ford
 * CEO" is no Ford. An unknown name becomes what the class says.
 */
static bool
stands_for(struct parse *p, const struct found *x, const struct found *y)
{
	const struct sense *c;
	uint32_t s;

	/* "Apple Computer Inc." goes on as a name */
	if (x->last + 1 != y->at || y->m.kind != SENSE_CLASS ||
	    (token_capital(p->a, y->m.first) &&
	    y->m.end < p->a->ntokens &&
	    (gram(p->a, y->m.end) & GRAM_ABBR) != 0))
		return true;
	if (x->m.kind != SENSE_NAME)	/* "airline workers" */
		return x->m.kind != SENSE_CLASS;
	if (x->m.sense != 0)
		return np_may_be(p->a, &x->m, &y->m);
	for (s = y->m.sense; s != 0; s = c->next) {
		c = sense_of(p->a, s);
		if (c->kind == SENSE_CLASS)
			thing_learn(p->a, x->m.thing, c->ref, y->m.first);
	}
	return true;
}

/* "DeepSeek's AI assistant" is DeepSeek. */
static bool
is_own(struct parse *p, const struct found *x, const struct found *y)
{
	struct found next = *x;

	if (x->segment != y->segment || x->last + 2 != y->at ||
	    x->m.sense == 0 || x->m.kind != SENSE_NAME ||
	    y->m.kind != SENSE_CLASS ||
	    (tok(p->a, p->z->tokens[x->last + 1])->flags & TEXT_POSSESSIVE) == 0)
		return false;
	next.last++;
	return stands_for(p, &next, y);
}

/* Mention k and those coordinated with it to the left (dir -1) or right. */
static void
own_chain(struct parse *p, struct np *np, uint32_t k, int dir)
{
	own(np, &p->found[k]);
	if (dir < 0) {
		for (; k > 0 && (joined(p, &p->found[k - 1], &p->found[k]) ||
		    is_own(p, &p->found[k - 1], &p->found[k])); k--)
			if (stands_for(p, &p->found[k - 1], &p->found[k]))
				own(np, &p->found[k - 1]);
	} else
		for (; k + 1 < p->nfound &&
		    joined(p, &p->found[k], &p->found[k + 1]); k++)
			if (stands_for(p, &p->found[k], &p->found[k + 1]))
				own(np, &p->found[k + 1]);
}

/* "shares of the smaller rival", "on the regional exchange": not ours. */
static bool
says_whose(const struct parse *p)
{
	uint32_t seg = p->measure_segment + 1, at, i;

	if (seg > p->segment || p->last_content[seg] == 0)
		return false;
	if ((p->preps[seg] & GRAM_OF) != 0)
		return true;
	for (at = p->measure_last + 1; at + 1 < p->z->n; at++) {
		i = p->z->tokens[at];
		if ((gram(p->a, i) & GRAM_IN) == 0)
			continue;
		i = p->z->tokens[at + 1];
		return (gram(p->a, i) & GRAM_DET) != 0;
	}
	return false;
}

/* "DeepSeek rival's shares" are the rival's. */
static bool
another_owns(const struct parse *p, const struct found *f)
{
	uint32_t at;

	for (at = f->last + 2; at < p->measure_at; at++)
		if ((tok(p->a, p->z->tokens[at])->flags & TEXT_POSSESSIVE) !=
		    0 && p->last_content[p->measure_segment] != 0 &&
		    gram(p->a, p->z->tokens[at - 1]) == 0 &&
		    tok(p->a, p->z->tokens[at - 1])->kind == TEXT_WORD)
			return true;
	return false;
}

static void
owner_of_measure(struct parse *p, struct np *np)
{
	uint32_t k, at, i;
	const uint32_t whose = GRAM_IN | GRAM_OF;

	for (k = p->nfound; k-- > 0;)
		if (p->found[k].segment == p->measure_segment &&
		    p->found[k].last < p->measure_at &&
		    (tok(p->a, p->found[k].m.end)->flags & TEXT_JOINED) == 0) {
			/* not "U.S." of "TSMC's U.S.-listed shares" */
			if (another_owns(p, &p->found[k])) {
				np->closed = true;
				return;
			}
			np->from_prep = p->measure_segment > 0;
			own_chain(p, np, k, -1);
			return;
		}
	for (at = p->measure_at; at-- > 0;) {
		i = p->z->tokens[at];
		if ((gram(p->a, i) & GRAM_PREP) != 0)
			break;
		if ((gram(p->a, i) & GRAM_POSS) != 0) {
			np->pronoun = true;
			return;
		}
	}
	for (k = 0; k < p->nfound; k++)
		if (p->found[k].segment > p->measure_segment &&
		    (p->preps[p->found[k].segment] & whose) != 0) {
			own_chain(p, np, k, 1);
			np->from_prep = true;
			return;
		}
	if (says_whose(p)) {
		np->closed = true;
		return;
	}
	for (k = 0; k < p->nfound; k++)
		if (p->found[k].segment < p->measure_segment) {
			own_chain(p, np, k, 1);
			return;
		}
}

/* What follows the measure in its own part: another head noun? */
static bool
other_after_measure(const struct parse *p)
{
	uint32_t at, i;

	for (at = p->measure_last + 1; at < p->z->n; at++) {
		i = p->z->tokens[at];
		if ((gram(p->a, i) & (GRAM_PREP | GRAM_AND)) != 0 ||
		    tok(p->a, i)->kind == TEXT_PUNCT)
			return false;
		if (p->a->quantity_at[i] != 0 || token_light(p->a, i) ||
		    gram(p->a, i) != 0)
			continue;
		if (tok(p->a, i)->kind != TEXT_WORD ||
		    p->a->at[LAYER_NOUN][i] != 0)
			continue;
		return !token_ends(p->a, i, "ed") && !token_ends(p->a, i, "ing");
	}
	return false;
}

/* A company, or a name nobody knows: what has results of a quarter. */
bool
np_has_results(const struct analysis *a, const struct mention *m)
{
	const struct vocabulary *v = a->v;
	uint32_t at, i;
	const struct entry *e;

	if (m->sense == 0)
		return true;
	for (at = m->sense; at != 0; at = v->senses[at].next) {
		if (v->senses[at].kind != SENSE_NAME)
			continue;
		e = &v->entries[v->senses[at].ref];
		for (i = 0; i < e->nup; i++)
			if (v->entries[e->up[i]].open == OPEN_NAMES)
				return true;
	}
	return false;
}

/* "a new form of obesity drug": the drug. */
static bool
partitive(const struct parse *p, uint32_t segment)
{
	static const char *const words[] = { "form", "version", "kind", "type",
		"generation", "line", "range", "batch", "series", "fleet",
		"forms", "versions", "kinds", "types", "lineup", "dose",
		"doses", "end", "lots", "lot", "batches", "sorts", "brand",
		"brands" };

	return segment < p->segment && p->last_content[segment] != 0 &&
	    (p->preps[segment + 1] & GRAM_OF) != 0 &&
	    token_is_any(p->a, p->z->tokens[p->last_content[segment] - 1],
	    words, sizeof(words) / sizeof(words[0]));
}

static void
owner_alone(struct parse *p, struct np *np)
{
	uint32_t k, head = p->preps[0] == 0 && p->last_content[0] != 0 ? 0 :
	    p->segment, part = 0;

	if (head != 0 && p->last_content[0] == 0)
		for (head = 0; head < p->segment &&
		    p->last_content[head] == 0; head++)
			;
	if (partitive(p, head))
		part = ++head;
	for (k = p->nfound; k-- > 0;)
		if (p->found[k].segment == head) {
			np->other = p->found[k].last + 1 <
			    p->last_content[head];
			np->from_prep = head > part;
			np->tail = head < p->segment;
			own_chain(p, np, k, -1);
			return;
		}
	np->other = p->last_content[head] != 0;
	if (np->other)
		for (k = 0; k < p->nfound; k++)
			own(np, &p->found[k]);
}

/* "Nvidia on strong sales", "ISG for cash and stock": the name is the head. */
static bool
headed_by_name(const struct parse *p)
{
	uint32_t k;

	if (p->measure_segment == 0 || p->preps[0] != 0 ||
	    p->last_content[0] == 0 ||
	    (p->preps[p->measure_segment] & GRAM_OF) != 0)
		return false;
	for (k = 0; k < p->nfound; k++)
		if (p->found[k].segment == 0 &&
		    p->found[k].last + 1 == p->last_content[0])
			return true;
	return false;
}

/* "Concern about a rise in unemployment", "companies with falling sales". */
static bool
about_measure(const struct parse *p)
{
	uint32_t seg;

	/* "According to the FTSE index Japan" */
	if (p->a->pseudo_cue[p->z->tokens[0]] != 0)
		return false;
	for (seg = 1; seg <= p->measure_segment; seg++)
		if ((p->preps[seg] & (GRAM_IN | GRAM_OF)) == 0 &&
		    p->last_content[0] != 0)
			return true;
	return false;
}

/* "Shares in Tokyo": a market, if nothing is said of whose before. */
static void
market_of(const struct parse *p, struct np *np)
{
	const struct tag *tag = &p->a->tags[p->measure_tag];
	uint32_t s = token_sense(p->a, tag, SENSE_PLACE_GROUP), i, k;

	if (s == 0 || np->nowners != 1 || !np->from_prep || p->measure_segment
	    + 1 > p->segment || (p->preps[p->measure_segment + 1] & GRAM_IN) ==
	    0 || !np_of_place(p->a, &np->owners[0], s))
		return;
	for (k = 0; k + 1 < p->nfound &&
	    p->found[k].m.first != np->owners[0].first; k++)
		;
	/* not "shares in Spain's Santander" */
	if (p->found[k].last + 1 != p->last_content[p->found[k].segment])
		return;
	i = p->measure_at == 0 ? NO_TOKEN : p->z->tokens[p->measure_at - 1];
	if (i != NO_TOKEN && tok(p->a, i)->kind != TEXT_PUNCT &&
	    !token_light(p->a, i))
		return;
	np->measure = NO_ENTRY;
	np->measure_tag = NONE;
	np->owners[0] = (struct mention){ .first = tag->first, .end = tag->end,
	    .sense = tag->sense, .thing = NONE, .kind = SENSE_PLACE_GROUP,
	    .group = true };
	np->from_prep = np->tail = false;
}

bool
np_has_measure(const struct analysis *a, const struct mention *m,
    uint32_t measure)
{
	const struct entry *e = entry_of(a, measure);
	uint32_t i;

	for (i = 0; i < e->nof; i++)
		if (mention_is(a, m, e->of[i]))
			return true;
	return false;
}

/* "wheat stocks": of the measures that the word may be the one wheat has. */
static void
owners_measure(const struct analysis *a, struct np *np)
{
	uint32_t at;

	if (np->nowners == 0 || np->measure_tag == NONE ||
	    np_has_measure(a, &np->owners[0], np->measure))
		return;
	for (at = a->tags[np->measure_tag].sense; at != 0;
	    at = sense_of(a, at)->next)
		if (sense_of(a, at)->kind == SENSE_MEASURE && np_has_measure(a,
		    &np->owners[0], sense_of(a, at)->ref)) {
			np->measure = sense_of(a, at)->ref;
			return;
		}
}

void
np_of_tag(struct analysis *a, const struct tag *t, struct np *np)
{
	uint32_t s = token_sense(a, t, SENSE_NAME);

	np->empty = false;
	np->first = t->first;
	np->end = t->end;
	np->nowners = 1;
	np->owners[0] = (struct mention){ .first = t->first, .end = t->end,
	    .sense = t->sense, .kind = s != 0 ? SENSE_NAME : SENSE_CLASS,
	    .thing = s == 0 ? NONE : thing_known(a, sense_of(a, s)->ref,
	    t->first, t->end) };
}

void
np_parse(struct analysis *a, const struct zone *z, struct np *np)
{
	struct parse p;

	memset(np, 0, sizeof(*np));
	np->measure = NO_ENTRY;
	np->measure_tag = NONE;
	np->empty = z->n == 0;
	if (z->n == 0)
		return;
	memset(&p, 0, sizeof(p));
	p.a = a;
	p.z = z;
	p.measure = NO_ENTRY;
	np->first = z->tokens[0];
	np->end = z->tokens[z->n - 1] + 1;
	np_read(&p, np);
	if (p.measure == NO_ENTRY || headed_by_name(&p)) {
		owner_alone(&p, np);
		return;
	}
	np->measure = p.measure;
	np->measure_tag = p.measure_tag;
	np->measure_late = p.measure_segment > 0;
	np->other = other_after_measure(&p) || about_measure(&p);
	owner_of_measure(&p, np);
	owners_measure(a, np);
	if (!np->other)
		market_of(&p, np);
}
