/*
 * spelling - does a name stand here as it is written (rule-semantics 2.5)?
 * Capitals decide nearly alone, but not where they are no evidence.
 */
#include <string.h>

#include "rule/analysis.h"

bool
spelling_ticker(const struct analysis *a, uint32_t i)
{
	const struct text_token *t = tok(a, i);
	const struct text_field *f = &a->text->fields[t->field];

	if (i > 0 && tok(a, i - 1)->field == t->field &&
	    (tok(a, i - 1)->punct == '(' || tok(a, i - 1)->punct == ':'))
		return true;
	return t->end - t->start >= 3 && !f->all_caps &&
	    t->shape == TEXT_CAPS;
}

/* A finite verb, one that cannot be a noun's base form, follows at i. */
static bool
verb_at(const struct analysis *a, uint32_t i, bool change)
{
	uint32_t node, at;
	const struct sense *s;

	if (tok(a, i)->kind != TEXT_WORD)
		return false;
	if (!change && (gram(a, i) & GRAM_AUX) != 0)
		return true;
	node = trie_step(&a->v->trie, 0, tok(a, i)->word);
	for (at = node == 0 ? 0 : a->v->trie.senses[node]; at != 0;
	    at = s->next) {
		s = sense_of(a, at);
		if ((s->forms & (FORM_S | FORM_PAST)) == 0 ||
		    s->use == USE_NOUN)
			continue;
		if (s->kind == SENSE_PRED && (!change ||
		    entry_of(a, s->ref)->frame == FRAME_CHANGE))
			return true;
		if (s->kind == SENSE_CUE && !change)
			return true;
	}
	return false;
}

static bool
is_a(const struct entry *e, uint32_t concept)
{
	for (uint32_t i = 0; i < e->nup; i++)
		if (e->up[i] == concept)
			return true;
	return false;
}

/* An act of its kind, or one that is done to its kind. */
static bool
is_act_of(const struct analysis *a, const struct sense *s,
    const struct entry *name)
{
	const struct entry *e = entry_of(a, s->ref);

	if (s->kind == SENSE_PRED && e->frame == FRAME_RANK)
		return true;	/* "Sora climbs to top of" */
	if (s->kind != SENSE_PRED || s->use == USE_NOUN ||
	    e->frame != FRAME_ACT)
		return false;
	if (e->agent != NO_ENTRY && is_a(name, e->agent))
		return true;
	if ((s->forms & (FORM_PAST | FORM_PART)) != 0 &&
	    lexis_bool(e, KEY_PASSIVE))
		for (uint32_t i = 0; i < e->nof; i++)
			if (is_a(name, e->of[i]))
				return true;
	return false;
}

/*
 * "Target lays off", "Shell to cut", "Meta fined": behind the name stands what
 * its kind does, or has done to it.
 */
static bool
acts_at_start(const struct analysis *a, const struct entry *name, uint32_t end)
{
	uint32_t i = end, node = 0, at, sentence = tok(a, end - 1)->sentence;
	uint8_t forms = FORM_S | FORM_PAST | FORM_PART;
	const struct sense *s;

	for (; i < a->ntokens && i < end + 3 && tok(a, i)->punct == 0 &&
	    (gram(a, i) & (GRAM_AUX | GRAM_TO | GRAM_ADV)) != 0; i++)
		if ((gram(a, i) & (GRAM_AUX | GRAM_TO)) != 0)
			forms = FORM_VERB;	/* "Shell to cut" */
	for (end = i; i < a->ntokens && i < end + 4 &&
	    tok(a, i)->sentence == sentence; i++) {
		node = trie_step(&a->v->trie, node, tok(a, i)->word);
		if (node == 0)
			break;
		for (at = a->v->trie.senses[node]; at != 0; at = s->next) {
			s = sense_of(a, at);
			if ((s->forms & forms) != 0 && is_act_of(a, s, name))
				return true;
		}
	}
	return false;
}

/*
 * "Apple fell 6%", "Target said", "Gap, which", "Visa's": common nouns do not
 * stand so, without an article, at the start of a sentence; in headlines they do
 * ("Gap widens"), but hardly before a number.
 */
static bool
subject_at_start(const struct analysis *a, const struct entry *name,
    uint32_t end)
{
	const struct text_token *t = tok(a, end - 1);

	if (end >= a->ntokens || tok(a, end)->sentence != t->sentence)
		return false;
	if (t->field != TEXT_TITLE)
		return verb_at(a, end, false) || tok(a, end)->punct == ',' ||
		    (tok(a, end)->flags & TEXT_POSSESSIVE) != 0;
	return (verb_at(a, end, true) && end + 1 < a->ntokens &&
	    tok(a, end + 1)->kind == TEXT_NUMBER) ||
	    acts_at_start(a, name, end);
}

/* Byte for byte. */
static bool
is_spelled(const struct text *text, const struct sense *s, uint32_t first,
    uint32_t end)
{
	const struct text_token *t = &text->tokens[first];
	size_t len = text->tokens[end - 1].end - t->start;

	return strlen(s->cased) == len &&
	    memcmp(text->fields[t->field].bytes + t->start, s->cased, len) == 0;
}

bool
spelling_may_fit(const struct text *text, const struct sense *s,
    uint32_t first, uint32_t end)
{
	const struct text_token *t = &text->tokens[first];

	/* "INTEL" for Intel in a body: capitals say as much */
	return text->fields[t->field].all_caps ||
	    is_spelled(text, s, first, end) || (t->shape == TEXT_CAPS &&
	    !s->ticker && strlen(s->cased) == text->tokens[end - 1].end -
	    t->start);
}

int
spelling_fits(const struct analysis *a, const struct sense *s, uint32_t first,
    uint32_t end)
{
	const struct text_token *t = tok(a, first);
	const struct text_field *f = &a->text->fields[t->field];

	if (!spelling_may_fit(a->text, s, first, end))
		return 0;
	if (f->all_caps || !is_spelled(a->text, s, first, end))
		return 1;
	/* "UPS", "eBay" are evidence wherever a title has small letters */
	if (s->ticker || end - first > 1 || t->shape == TEXT_CAPS ||
	    t->shape == TEXT_MIXED)
		return 2;
	if ((t->flags & TEXT_FIRST) == 0)
		return f->title_case ? 1 : 2;
	return subject_at_start(a, entry_of(a, s->ref), end) ? 2 : 1;
}
