/*
 * np_read - what stands in a noun group: names known and unknown, classes,
 * groups, the measure, prepositions.
 */
#include <string.h>

#include "rule/np.h"

static bool
case_counts(const struct analysis *a, uint32_t i)
{
	const struct text_field *f = &a->text->fields[tok(a, i)->field];

	return !f->title_case && !f->all_caps;
}

/* A name, class, measure: no part of a name nobody knows. */
static bool
known_noun(const struct analysis *a, uint32_t i)
{
	const struct tag *tag = tag_at(a, LAYER_NOUN, i);

	return tag != NULL && (token_sense(a, tag, SENSE_NAME) != 0 ||
	    token_sense(a, tag, SENSE_CLASS) != 0 ||
	    token_sense(a, tag, SENSE_GROUP) != 0 ||
	    token_sense(a, tag, SENSE_MEASURE) != 0 || !case_counts(a, i));
}

/* A name whose capital is no evidence here, the first word of a sentence. */
static bool
unsure_name(const struct analysis *a, uint32_t i)
{
	uint32_t node = trie_step(&a->v->trie, 0, tok(a, i)->word), at;

	if (i + 1 >= token_sentence_end(a, i))
		return false;
	/* known only inside longer phrases: "Saks" of "Saks Fifth Avenue" */
	if (node != 0 && a->v->trie.senses[node] == 0 &&
	    a->v->trie.needs[node] == 0)
		return token_verbal(a, i + 1) ||
		    (gram(a, i + 1) & GRAM_TO) != 0 ||
		    a->at[LAYER_CUE][i + 1] != 0;
	for (at = node == 0 ? 0 : a->v->trie.senses[node]; at != 0;
	    at = sense_of(a, at)->next)
		if (sense_of(a, at)->kind == SENSE_NAME &&
		    sense_of(a, at)->cased != NULL)
			return token_finite(a, i + 1) ||
			    (gram(a, i + 1) & GRAM_TO) != 0 ||
			    a->at[LAYER_CUE][i + 1] != 0;
	return false;
}

/* May be part of a name nobody knows. */
bool
np_name_word(const struct analysis *a, uint32_t i)
{
	const struct text_token *t = tok(a, i);

	if (t->kind == TEXT_CASHTAG)
		return a->at[LAYER_NOUN][i] == 0;
	/* "Due to", "Thanks to" at the start of a sentence */
	if (a->pseudo_cue[i] != 0 && (t->flags & TEXT_FIRST) != 0)
		return false;
	if (t->kind != TEXT_WORD || known_noun(a, i) ||
	    gram(a, i) != 0 || token_light(a, i) ||
	    (t->flags & TEXT_POSSESSIVE) != 0)
		return false;
	if (!token_capital(a, i) || a->quantity_at[i] != 0)
		return false;
	if (!case_counts(a, i))
		return true;
	/* "Aided by" */
	if ((t->flags & TEXT_FIRST) != 0 && token_ends(a, i, "ed") &&
	    i + 1 < token_sentence_end(a, i) && (gram(a, i + 1) & GRAM_BY) != 0)
		return false;
	return (t->flags & TEXT_FIRST) == 0 || t->word == 0 ||
	    unsure_name(a, i) || (i + 1 < token_sentence_end(a, i) && token_capital(a, i + 1));
}

static struct found *
add(struct parse *p, uint32_t at, uint32_t last)
{
	struct found *f;

	if (p->nfound == MENTIONS_MAX)
		return NULL;
	f = &p->found[p->nfound++];
	memset(f, 0, sizeof(*f));
	f->at = at;
	f->last = last;
	f->segment = p->segment;
	f->m.first = p->z->tokens[at];
	f->m.end = p->z->tokens[last] + 1;
	f->m.thing = NONE;
	return f;
}

/* The position of the tag's last token in the zone. */
static uint32_t
tag_last(const struct zone *z, uint32_t at, const struct tag *tag)
{
	while (at + 1 < z->n && z->tokens[at + 1] < tag->end)
		at++;
	return at;
}

/*
 * A known name inside an unknown one: "Bata India", "West German Government",
 * "Kirloskar Oil Engines". A company stays itself ("parent Meta"), and so does
 * what has a price ("Spot Gold") where case is no evidence.
 */
static bool
swallowed(const struct parse *p, uint32_t at)
{
	const struct analysis *a = p->a;
	uint32_t i = p->z->tokens[at], s;
	const struct tag *tag = tag_at(a, LAYER_NOUN, i);
	const struct entry *e;
	uint32_t k;

	s = token_sense(a, tag, SENSE_NAME);
	if (s == 0 || tag->end != tag->first + 1 || !token_capital(a, i))
		return false;
	e = entry_of(a, sense_of(a, s)->ref);
	for (k = 0; k < e->nup; k++)
		if (entry_of(a, e->up[k])->open != 0)
			return false;
	return case_counts(a, i) || lexis_alone(a->v, e->same, 0) == NO_ENTRY ||
	    (at + 1 < p->z->n && p->z->tokens[at + 1] == i + 1 &&
	    token_capital(a, i + 1) && gram(a, i + 1) == 0 &&
	    token_sense(a, tag_at(a, LAYER_NOUN, i + 1),
	    SENSE_MEASURE) == 0);
}

/* "Foobar Inc", "Foobar Airlines": a last word that only names have. */
static bool
ends_as_name(const struct analysis *a, uint32_t first, uint32_t last)
{
	return (last > first &&
	    (token_free(a, last, SENSE_SUFFIX, NO_ENTRY) != NONE ||
	    token_sense(a, tag_at(a, LAYER_NOUN, last), SENSE_CLASS) != 0)) ||
	    (last + 1 < token_sentence_end(a, last) &&
	    (gram(a, last + 1) & GRAM_ABBR) != 0);
}

/* Where the name begins: common words do not, if capitals say nothing. */
static uint32_t
name_start(const struct parse *p, uint32_t at, uint32_t last)
{
	const struct analysis *a = p->a;
	uint32_t i;

	if (ends_as_name(a, p->z->tokens[at], p->z->tokens[last]))
		return at;
	for (; at <= last; at++) {
		i = p->z->tokens[at];
		if (!lexis_common(a->v, tok(a, i)->word) ||
		    tok(a, i)->shape == TEXT_MIXED || (case_counts(a, i) && (tok(a, i)->flags & TEXT_FIRST) == 0))
			break;
	}
	return at;
}

static uint32_t
unknown_name(struct parse *p, uint32_t at)
{
	struct analysis *a = p->a;
	const struct zone *z = p->z;
	const struct tag *tag;
	struct found *f;
	uint32_t last = at;

	while (last + 1 < z->n && z->tokens[last + 1] == z->tokens[last] + 1 &&
	    (np_name_word(a, z->tokens[last + 1]) ||
	    swallowed(p, last + 1)))
		last++;
	/* "Karnataka Bank": the class belongs to the name */
	if (last + 1 < z->n && z->tokens[last + 1] == z->tokens[last] + 1 &&
	    token_capital(a, z->tokens[last + 1])) {
		tag = tag_at(a, LAYER_NOUN, z->tokens[last + 1]);
		if (token_sense(a, tag, SENSE_CLASS) != 0)
			last = tag_last(z, last + 1, tag);
		else if (token_free(a, z->tokens[last + 1], SENSE_SUFFIX,
		    NO_ENTRY) != NONE && case_counts(a, z->tokens[last + 1]))
			last++;
	}
	at = name_start(p, at, last);
	f = at > last ? NULL : add(p, at, last);
	if (f != NULL) {
		f->m.kind = SENSE_NAME;
		f->m.implied = !case_counts(a, f->m.first);
		f->m.thing = thing_unknown(a, f->m.first, f->m.end);
	}
	return last;
}

/* "Lloyds Steel" is no Lloyds: a last word of companies that do other things. */
static bool
ends_another(const struct analysis *a, uint32_t i, const struct entry *e)
{
	uint32_t t, at;
	const struct sense *s;
	bool other = false;

	if (!token_capital(a, i) || !case_counts(a, i))
		return false;
	for (t = a->free_at[i]; t != 0; t = a->free_next[t - 1]) {
		if (a->tags[t - 1].end != i + 1)
			continue;
		for (at = a->tags[t - 1].sense; at != 0; at = s->next) {
			s = sense_of(a, at);
			if (s->kind != SENSE_SUFFIX)
				continue;
			if (lexis_is(a->v, e->same, s->ref) &&
			    entry_of(a, s->ref)->open == 0)
				return false;
			other |= entry_of(a, s->ref)->open == 0;
		}
	}
	return other;
}

/*
 * "Minnesota Power", "Ohio Casualty Group": a name that companies do not have,
 * and right behind it the last word of companies' names.
 */
static bool
begins_name(const struct parse *p, uint32_t at, const struct tag *tag)
{
	const struct analysis *a = p->a;
	uint32_t s = token_sense(a, tag, SENSE_NAME), i = tag->end, k;
	const struct entry *e;

	if (s == 0 || !case_counts(a, tag->first) ||
	    tag_last(p->z, at, tag) + 1 >= p->z->n ||
	    p->z->tokens[tag_last(p->z, at, tag) + 1] != i ||
	    token_free(a, i, SENSE_SUFFIX, NO_ENTRY) == NONE)
		return false;
	e = entry_of(a, sense_of(a, s)->ref);
	for (k = 0; k < e->nup; k++)
		if (entry_of(a, e->up[k])->open != 0)
			return ends_another(a, i, e);
	return np_name_word(a, i);
}

bool
np_of_place(const struct analysis *a, const struct mention *m, uint32_t sense)
{
	const struct entry *group = entry_of(a, sense_of(a, sense)->ref);
	const struct slot *of = lexis_slot(group, KEY_OF);
	uint32_t i, ref;

	if (m->kind != SENSE_NAME || m->sense == 0)
		return false;
	for (i = 0; i < of->n; i++) {
		ref = lexis_class(a->v, of->list[i]);
		if (ref != NO_ENTRY && mention_is(a, m, ref))
			return true;
	}
	return false;
}

/* A place right before: "Taipei shares", "Oslo's main index" are a market. */
static bool
after_place(const struct parse *p, uint32_t at, uint32_t sense)
{
	const struct found *f;
	uint32_t i;

	if (p->nfound == 0)
		return false;
	f = &p->found[p->nfound - 1];
	/* "Rallis India shares" are no market's */
	if (p->nfound > 1 && p->found[p->nfound - 2].last + 1 == f->at)
		return false;
	i = p->z->tokens[at - 1];
	return (f->last + 1 == at || (f->last + 2 == at &&
	    (tok(p->a, i)->flags & TEXT_POSSESSIVE) != 0)) &&
	    f->segment == p->segment && np_of_place(p->a, &f->m, sense);
}

static bool
owned(const struct parse *p, uint32_t at)
{
	const struct zone *z = p->z;

	if (at > 0 && (gram(p->a, z->tokens[at - 1]) & GRAM_POSS) != 0)
		return true;
	return p->nfound > 0 && p->found[p->nfound - 1].segment ==
	    p->segment && (p->found[p->nfound - 1].last + 1 == at ||
	    (tok(p->a, z->tokens[at - 1])->flags & TEXT_POSSESSIVE) != 0);
}

/* "subscriber and revenue forecasts" are forecasts both. */
static bool
shares_head(const struct parse *p, uint32_t at, uint32_t last)
{
	const struct vocabulary *v = p->a->v;
	uint32_t node, s;

	if (p->measure_last + 2 != at || last == at || (gram(p->a,
	    p->z->tokens[at - 1]) & GRAM_AND) == 0)
		return false;
	node = trie_step(&v->trie, 0, tok(p->a, p->z->tokens[at])->word);
	for (s = node == 0 ? 0 : v->trie.senses[node]; s != 0;
	    s = v->senses[s].next)
		if (v->senses[s].kind == SENSE_MEASURE)
			return true;
	return false;
}

static void
take_measure(struct parse *p, uint32_t at, uint32_t last, uint32_t sense)
{
	/* the first one counts, but "sales outlook" is an outlook */
	if (p->measure != NO_ENTRY && (p->measure_segment != p->segment ||
	    (p->measure_last + 1 != at && !shares_head(p, at, last))))
		return;
	p->measure = sense_of(p->a, sense)->ref;
	p->measure_tag = p->a->at[LAYER_NOUN][p->z->tokens[at]] - 1;
	p->measure_at = at;
	p->measure_last = last;
	p->measure_segment = p->segment;
}

/*
 * "Polaris Financial Technology shares", "Rallis India shares" are a company's:
 * the name goes on up to the last word, and that may be a measure.
 */
static uint32_t
split_group(struct parse *p, uint32_t last, struct tag tag)
{
	struct analysis *a = p->a;
	struct found *f = &p->found[p->nfound - 1];
	uint32_t node = trie_step(&a->v->trie, 0, tok(a, tag.end - 1)->word);
	uint32_t s;

	f->last = last - 1;
	f->m.end = tag.end - 1;
	if (f->m.sense == 0)
		f->m.thing = thing_unknown(a, f->m.first, f->m.end);
	for (s = node == 0 ? 0 : a->v->trie.senses[node]; s != 0;
	    s = sense_of(a, s)->next)
		if (sense_of(a, s)->kind == SENSE_MEASURE)
			break;
	if (s == 0 || p->measure != NO_ENTRY)
		return last;
	a->tags = analysis_grow(a->mem, a->tags, a->ntags, &a->tags_cap,
	    sizeof(*a->tags));
	a->tags[a->ntags] = (struct tag){ tag.end - 1, tag.end,
	    a->v->trie.senses[node], LAYER_NOUN };
	take_measure(p, last, last, s);
	p->measure_tag = a->ntags++;
	return last;
}

/* A name nobody knows, or one of those that unknown names may be among. */
static bool
may_be_company(const struct analysis *a, const struct mention *m)
{
	const struct entry *e;
	uint32_t i;

	if (m->sense == 0)
		return true;
	if (m->thing == NONE || a->things[m->thing].ref == NO_ENTRY)
		return false;
	e = entry_of(a, a->things[m->thing].ref);
	for (i = 0; i < e->nup; i++)
		if (entry_of(a, e->up[i])->open == OPEN_NAMES)
			return true;
	return false;
}

/*
 * "the Milan-based group" is no Milan; but a company or a product is in what is
 * named for it ("a Llama-based assistant").
 */
static bool
place_of_another(const struct analysis *a, const struct tag *tag, uint32_t s)
{
	const struct entry *e = entry_of(a, sense_of(a, s)->ref);
	uint32_t i;

	if (tag->end >= a->ntokens || (tok(a, tag->end)->flags & TEXT_JOINED) ==
	    0 || tok(a, tag->end)->shape != TEXT_LOWER)
		return false;
	for (i = 0; i < e->nup; i++)
		if (entry_of(a, e->up[i])->open != 0)
			return false;
	return true;
}

/* One tag of the noun layer; returns its last position. */
static uint32_t
tagged(struct parse *p, uint32_t at, const struct tag *tag)
{
	struct analysis *a = p->a;
	uint32_t last = tag_last(p->z, at, tag), s, measure;
	struct found *f;

	measure = token_measure(a, tag);
	s = token_sense(a, tag, SENSE_PLACE_GROUP);
	if (s != 0 && after_place(p, at, s)) {
		f = &p->found[p->nfound - 1];
		f->m.sense = tag->sense;
		f->m.kind = SENSE_PLACE_GROUP;
		f->m.thing = NONE;
		f->m.group = true;
		f->m.end = tag->end;
		f->last = last;
		return last;
	}
	s = token_sense(a, tag, SENSE_GROUP);
	if (p->nfound > 0 && last > at && token_capital(a, tag->first) &&
	    (s != 0 || (token_sense(a, tag, SENSE_NAME) != 0 &&
	    !token_capital(a, tag->end - 1))) &&
	    p->found[p->nfound - 1].last + 1 == at &&
	    p->found[p->nfound - 1].m.kind == SENSE_NAME &&
	    may_be_company(a, &p->found[p->nfound - 1].m))
		return split_group(p, last, *tag);
	if (s != 0 && (measure == 0 || !(owned(p, at) ||
	    (last + 1 < p->z->n &&
	    (gram(a, p->z->tokens[last + 1]) & GRAM_OF) != 0)))) {
		f = add(p, at, last);
		if (f != NULL) {
			f->m.sense = tag->sense;
			f->m.kind = SENSE_GROUP;
			f->m.group = true;
		}
		return last;
	}
	if (measure != 0) {
		take_measure(p, at, last, measure);
		return last;
	}
	s = token_sense(a, tag, SENSE_NAME);
	if (s != 0 && place_of_another(a, tag, s))
		return last;
	if (s == 0)
		s = token_sense(a, tag, SENSE_CLASS);
	if (s == 0)
		return last;
	f = add(p, at, last);
	if (f != NULL) {
		f->m.sense = tag->sense;
		f->m.kind = sense_of(a, s)->kind;
		if (f->m.kind == SENSE_NAME)
			f->m.thing = thing_known(a, sense_of(a, s)->ref,
			    f->m.first, f->m.end);
	}
	return last;
}

/* "recalls more than 5,000 cars", "about 600 jobs": it belongs to the number. */
static bool
of_amount(const struct analysis *a, uint32_t i)
{
	uint32_t k = a->quantity_at[i];

	return k != 0 && (gram(a, i) & GRAM_OF) == 0 &&
	    a->quantities.list[k - 1].role == QUANTITY_PLAIN;
}

void
np_read(struct parse *p, struct np *np)
{
	struct analysis *a = p->a;
	const struct tag *tag;
	uint32_t at, i, g;

	for (at = 0; at < p->z->n; at++) {
		i = p->z->tokens[at];
		g = tok(a, i)->kind == TEXT_WORD ? gram(a, i) : 0;
		tag = tag_at(a, LAYER_NOUN, i);
		if (tag != NULL && !np_name_word(a, i) &&
		    !begins_name(p, at, tag)) {
			at = tagged(p, at, tag);
			p->last_content[p->segment] = at + 1;
			continue;
		}
		if ((g & GRAM_PREP) != 0 && !of_amount(a, i)) {
			p->segment++;
			p->preps[p->segment] = g;
			continue;
		}
		if ((g & (GRAM_PRONOUN | GRAM_POSS)) != 0 && p->segment == 0)
			np->pronoun = true;
		if (np_name_word(a, i) || tag != NULL) {
			at = unknown_name(p, at);
			p->last_content[p->segment] = at + 1;
		} else if (g == 0 && !token_light(a, i) &&
		    tok(a, i)->kind == TEXT_WORD &&
		    (tok(a, i)->flags & TEXT_POSSESSIVE) == 0 &&
		    a->quantity_at[i] == 0)
			p->last_content[p->segment] = at + 1;
	}
}
