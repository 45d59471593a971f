/*
 * act_post - objects that stand further off: "names Jane Doe as chief
 * executive", "Jane Doe named Nike CEO", "clears Merck's version of the drug",
 * "Airbus issues A320 recall".
 */
#include <string.h>

#include "rule/analysis.h"

/* "former Nike CEO", "deputy managing director": not the post itself. */
static bool
another_post(const struct analysis *a, uint32_t i)
{
	static const char *const words[] = { "former", "ex", "outgoing",
		"deputy", "vice", "assistant", "associate", "onetime",
		"departing" };
	char word[LEXICON_WORD_MAX];
	uint32_t n;
	size_t k;

	for (n = 0; n < 4; n++) {
		i = token_prev(a, i);
		if (i == NO_TOKEN || token_verbal(a, i))
			return false;
		text_folded(a->text, i, word, sizeof(word));
		for (k = 0; k < sizeof(words) / sizeof(words[0]); k++)
			if (strcmp(word, words[k]) == 0)
				return true;
		if (a->at[LAYER_NOUN][i] == 0 && !np_name_word(a, i) &&
		    tok(a, i)->punct != '-' &&
		    (tok(a, i)->flags & TEXT_POSSESSIVE) == 0)
			return false;
	}
	return false;
}

/* "CEO transition", "vaccine policy": part of another noun. */
static bool
part_of_noun(const struct analysis *a, const struct tag *t)
{
	uint32_t i = token_next(a, t->end - 1);

	return i == t->end && tok(a, i)->kind == TEXT_WORD &&
	    a->at[LAYER_NOUN][i] == 0 && token_is_nominal(a, i) &&
	    lexis_common(a->v, tok(a, i)->word) &&
	    a->quantity_at[i] == 0 &&
	    (tok(a, t->end - 1)->flags & TEXT_POSSESSIVE) == 0;
}

uint32_t
act_anywhere(const struct analysis *a, const struct record *r,
    uint32_t concept)
{
	uint32_t i;

	for (i = token_next(a, r->end - 1); i != NO_TOKEN;
	    i = token_next(a, i)) {
		const struct tag *t = tag_at(a, LAYER_NOUN, i);

		if (t == NULL && token_verbal(a, i) && token_finite(a, i))
			break;
		if (t != NULL && t->first == i && tag_is(a, t, concept) &&
		    !another_post(a, i) && !part_of_noun(a, t))
			return a->at[LAYER_NOUN][i] - 1;
	}
	if (!r->turned)
		return NONE;
	for (i = token_prev(a, r->first); i != NO_TOKEN;
	    i = token_prev(a, i)) {
		const struct tag *t = tag_at(a, LAYER_NOUN, i);

		if (t != NULL && t->first == i && tag_is(a, t, concept))
			return a->at[LAYER_NOUN][i] - 1;
	}
	return NONE;
}

/* A post, or whose it is and then the post: "Nike CEO", "Italy's minister". */
static bool
post_follows(const struct analysis *a, uint32_t at, const struct entry *e)
{
	uint32_t i, k;
	int n = 0;

	for (i = token_next(a, at); i != NO_TOKEN && n < 6;
	    i = token_next(a, i)) {
		const struct tag *t = tag_at(a, LAYER_NOUN, i);

		if (token_free(a, i, SENSE_OBJECT, NO_ENTRY) != NONE)
			return true;
		if (t == NULL) {
			/* a name that nobody knows is who gets it */
			if (np_name_word(a, i) && !lexis_common(a->v,
			    tok(a, i)->word))
				return false;
			n++;
			continue;
		}
		for (k = 0; k < e->nof; k++)
			if (tag_is(a, t, e->of[k]))
				return true;
		if (token_sense(a, t, SENSE_NAME) == 0 || n > 3)
			return false;
		i = t->end - 1;
		n += 2;
	}
	return false;
}

/*
 * "Jane Doe named Nike CEO": no auxiliary, and the post comes before anybody
 * who could get it. A company that is known names others.
 */
bool
act_posted(struct analysis *a, const struct tag *t, const struct sense *s)
{
	const struct entry *e = entry_of(a, s->ref);
	struct np left;

	if (!lexis_bool(e, KEY_POST) || (s->forms & FORM_PART) == 0)
		return false;
	np_theme(a, t->first, &left);
	return (left.nowners == 0 || left.owners[0].sense == 0 ||
	    (e->agent != NO_ENTRY && !mention_is(a, &left.owners[0],
	    e->agent))) && post_follows(a, t->end - 1, e);
}

/* The first noun of the concept in the record's clause, as a group. */
static void
somewhere(struct analysis *a, const struct record *r, uint32_t concept,
    struct np *np)
{
	const struct tag *t;
	uint32_t i, end = token_sentence_end(a, r->first);

	memset(np, 0, sizeof(*np));
	np->measure = NO_ENTRY;
	np->measure_tag = NONE;
	np->empty = true;
	for (i = token_sentence_first(a, r->first); i < end; i++) {
		t = tag_at(a, LAYER_NOUN, i);
		if (t == NULL || t->first != i || a->clause_of[i] !=
		    r->clause || !tag_is(a, t, concept))
			continue;
		np_of_tag(a, t, np);
		return;
	}
}

/*
 * "Pfizer wins FDA approval for its vaccine": the FDA approves it. The same
 * record once more, told from the other side.
 */
void
act_converse(struct analysis *a, const struct record *told)
{
	const struct entry *e = entry_of(a, told->predicate), *other;
	struct record copy = *told, *r;
	struct zone right;
	uint32_t i;

	if (e->nconverse == 0 || copy.use == USE_INVERSE ||
	    (copy.use == USE_VERB && copy.object_tag == NONE))
		return;
	np_all_right(a, copy.end - 1, &copy.object, &right);
	copy.use = USE_VERB;
	copy.turned = true;
	for (i = 0; i < e->nconverse; i++) {
		other = entry_of(a, e->converse[i]);
		if (other->agent != NO_ENTRY)
			somewhere(a, &copy, other->agent, &copy.theme);
		copy.predicate = e->converse[i];
		copy.object_tag = act_object_word(a, &right, copy.predicate);
		r = record_new(a, FRAME_ACT, copy.first, copy.end);
		*r = copy;
	}
}

void
act_employer(struct analysis *a, uint32_t at, struct np *np)
{
	const struct tag *t;
	uint32_t i;

	if (act_behind(a, at, GRAM_OF | GRAM_IN, np))
		return;
	for (i = token_next(a, at); i != NO_TOKEN; i = token_next(a, i)) {
		t = tag_at(a, LAYER_NOUN, i);
		if (token_sense(a, t, SENSE_NAME) == 0 || t->first != i)
			continue;
		np_of_tag(a, t, np);
		return;
	}
}

/*
 * "EU hits Meta with a record fine": a verb gives somebody the act, who stands
 * before its "with".
 */
void
act_given(struct analysis *a, const struct tag *t, struct np *agent,
    struct np *object)
{
	static const char *const verbs[] = { "hit", "hits", "hitting", "slap",
		"slaps", "slapped", "slapping", "sock", "socks", "punish",
		"punishes", "punished", "target", "targets", "targeted",
		"serve", "serves", "served" };
	static const char *const with[] = { "with" };
	uint32_t i = token_prev(a, t->first);
	struct np whom;
	int n;

	for (n = 0; n < 6 && i != NO_TOKEN && !token_is_any(a, i, with, 1);
	    n++)
		i = token_prev(a, i);
	if (n == 6 || i == NO_TOKEN)
		return;
	np_left(a, i, &whom);
	if (whom.nowners == 0 || whom.end != i)
		return;
	i = token_prev(a, whom.first);
	if (i == NO_TOKEN || !token_is_any(a, i, verbs,
	    sizeof(verbs) / sizeof(verbs[0])))
		return;
	np_theme(a, i, agent);
	*object = whom;
}

/*
 * "Airbus issues A320 recall": what stands before the noun cannot do it; the
 * subject can, and does it to that.
 */
void
act_of_object(struct analysis *a, const struct tag *t, const struct entry *e,
    struct np *agent, struct np *object)
{
	struct np subject;

	if (e->agent == NO_ENTRY || agent->nowners == 0 || agent->guessed ||
	    agent->other || agent->end != t->first ||
	    mention_is(a, &agent->owners[0], e->agent))
		return;
	np_subject(a, a->clause_of[t->first], &subject);
	if (subject.nowners == 0 || subject.other ||
	    subject.end > agent->first ||
	    !mention_is(a, &subject.owners[0], e->agent))
		return;
	if (object->nowners == 0)
		*object = *agent;
	*agent = subject;
}
