/* Small questions about one token of an analysis. */
#include <string.h>

#include "rule/analysis.h"

uint32_t
token_sense(const struct analysis *a, const struct tag *tag,
    enum sense_kind kind)
{
	uint32_t at;

	if (tag == NULL)
		return 0;
	for (at = tag->sense; at != 0; at = sense_of(a, at)->next)
		if (sense_of(a, at)->kind == kind)
			return at;
	return 0;
}

uint32_t
token_measure(const struct analysis *a, const struct tag *tag)
{
	uint32_t best = token_sense(a, tag, SENSE_MEASURE), at = best;

	for (; at != 0; at = sense_of(a, at)->next)
		if (sense_of(a, at)->kind == SENSE_MEASURE &&
		    sense_of(a, at)->ref < sense_of(a, best)->ref)
			best = at;
	return best;
}

uint32_t
token_free(const struct analysis *a, uint32_t i, enum sense_kind kind,
    uint32_t ref)
{
	uint32_t t, at;

	for (t = a->free_at[i]; t != 0; t = a->free_next[t - 1])
		for (at = a->tags[t - 1].sense; at != 0;
		    at = sense_of(a, at)->next)
			if (sense_of(a, at)->kind == kind && (ref == NO_ENTRY ||
			    sense_of(a, at)->ref == ref))
				return t - 1;
	return NONE;
}

int
token_mood(const struct analysis *a, uint32_t i)
{
	const struct tag *tag = tag_at(a, LAYER_CUE, i);
	uint32_t at;
	int mood = -1;

	/* a plain verb, unless it is something more */
	for (at = tag == NULL ? 0 : tag->sense; at != 0;
	    at = sense_of(a, at)->next)
		if (sense_of(a, at)->kind == SENSE_CUE &&
		    (mood < 0 || mood == MOOD_VERB))
			mood = entry_of(a, sense_of(a, at)->ref)->mood;
	return mood;
}

/* A verb of the cues (report, light, link, verb, expected) covers the token. */
static unsigned
cue_forms(const struct analysis *a, uint32_t i)
{
	const struct tag *tag = tag_at(a, LAYER_CUE, i);
	unsigned forms = 0;
	uint32_t at;

	if (tag == NULL)
		return 0;
	for (at = tag->sense; at != 0; at = sense_of(a, at)->next)
		if (sense_of(a, at)->kind == SENSE_CUE)
			forms |= sense_of(a, at)->forms;
	return forms & FORM_VERB;
}

static unsigned
predicate_forms(const struct analysis *a, uint32_t i, bool *particle)
{
	const struct tag *tag = tag_at(a, LAYER_PRED, i);
	unsigned forms = 0;
	uint32_t at;

	*particle = false;
	/* "U.S.-listed" lists nothing */
	if (tag == NULL || (tag->first == i &&
	    (tok(a, i)->flags & TEXT_JOINED) != 0))
		return 0;
	for (at = tag->sense; at != 0; at = sense_of(a, at)->next) {
		const struct sense *s = sense_of(a, at);

		if (s->kind != SENSE_PRED || s->use == USE_NOUN)
			continue;
		if (s->use == USE_PARTICLE)
			*particle = true;
		forms |= s->forms & FORM_VERB;
	}
	return forms;
}

bool
token_predicate(const struct analysis *a, uint32_t i)
{
	bool particle;
	unsigned forms = predicate_forms(a, i, &particle);

	return forms != 0 || particle;
}

unsigned
token_forms(const struct analysis *a, uint32_t i)
{
	bool particle;

	return predicate_forms(a, i, &particle) | cue_forms(a, i);
}

bool
token_verbal(const struct analysis *a, uint32_t i)
{
	return (gram(a, i) & GRAM_AUX) != 0 || token_predicate(a, i) ||
	    cue_forms(a, i) != 0;
}

bool
token_finite(const struct analysis *a, uint32_t i)
{
	bool particle;
	unsigned forms = predicate_forms(a, i, &particle);

	/* "up" may be a verb, "to up prices", but is none behind a comma */
	forms = (particle ? 0 : forms) | cue_forms(a, i);
	return (gram(a, i) & GRAM_AUX) != 0 || (forms & FORM_FINITE) != 0;
}

bool
token_ends(const struct analysis *a, uint32_t i, const char *suffix)
{
	size_t len, n = strlen(suffix);
	const char *bytes = text_bytes(a->text, i, &len);

	return len > n + 1 && memcmp(bytes + len - n, suffix, n) == 0;
}

bool
token_is_any(const struct analysis *a, uint32_t i, const char *const *words,
    size_t n)
{
	char word[LEXICON_WORD_MAX];

	text_folded(a->text, i, word, sizeof(word));
	while (n-- > 0)
		if (strcmp(word, words[n]) == 0)
			return true;
	return false;
}

bool
token_capital(const struct analysis *a, uint32_t i)
{
	const struct text_token *t = tok(a, i);

	return t->kind == TEXT_WORD && (t->shape == TEXT_CAPITAL ||
	    t->shape == TEXT_CAPS || t->shape == TEXT_MIXED);
}

/*
 * A word in -ly is an adverb unless it means something alone ("rally") or is
 * one of the few nouns ("family"); a capital inside a sentence makes a name.
 */
static bool
adverb(const struct analysis *a, uint32_t i)
{
	const struct text_token *t = tok(a, i);
	const struct text_field *f = &a->text->fields[t->field];
	static const char *const nouns[] = { "family", "supply", "rally",
		"reply", "ally", "assembly", "monopoly", "oligopoly",
		"duopoly", "anomaly", "fly", "butterfly", "jelly", "belly",
		"bully", "lily", "folly", "italy", "sicily", "july" };
	uint32_t node, at;
	char word[16];
	size_t k;

	if (t->shape != TEXT_LOWER && (t->flags & TEXT_FIRST) == 0 &&
	    !f->title_case && !f->all_caps)
		return false;
	text_folded(a->text, i, word, sizeof(word));
	for (k = 0; k < sizeof(nouns) / sizeof(nouns[0]); k++)
		if (strcmp(word, nouns[k]) == 0)
			return false;
	node = t->word == 0 ? 0 : trie_step(&a->v->trie, 0, t->word);
	for (at = node == 0 ? 0 : a->v->trie.senses[node]; at != 0;
	    at = sense_of(a, at)->next)
		if (sense_of(a, at)->kind != SENSE_CUE &&
		    sense_of(a, at)->kind != SENSE_QUALITY)
			return false;
	return true;
}

/* Times and adverbs, possessive marks: a noun group does not end with them. */
bool
token_light(const struct analysis *a, uint32_t i)
{
	const struct text_token *t = tok(a, i);

	if ((gram(a, i) & (GRAM_ADV | GRAM_TIME | GRAM_AUX | GRAM_RESP |
	    GRAM_NOT)) != 0)
		return true;
	if (t->kind == TEXT_PUNCT && (t->punct == '"' || t->punct == '\''))
		return true;
	return t->kind == TEXT_WORD && token_ends(a, i, "ly") && adverb(a, i);
}

bool
token_is_nominal(const struct analysis *a, uint32_t i)
{
	const struct text_token *t = tok(a, i);

	if (a->at[LAYER_NOUN][i] != 0)
		return true;
	if (t->kind == TEXT_CASHTAG || (gram(a, i) & GRAM_PRONOUN) != 0)
		return true;
	return t->kind == TEXT_WORD && lexis_grammar(a->v, t->word) == 0 &&
	    !token_verbal(a, i) && !token_light(a, i);
}

uint32_t
token_sentence_first(const struct analysis *a, uint32_t i)
{
	return a->text->sentences[tok(a, i)->sentence].first;
}

uint32_t
token_sentence_end(const struct analysis *a, uint32_t i)
{
	return a->text->sentences[tok(a, i)->sentence].end;
}

uint32_t
token_next(const struct analysis *a, uint32_t i)
{
	uint32_t end = token_sentence_end(a, i), j;

	for (j = i + 1; j < end; j++)
		if (a->clause_of[j] == a->clause_of[i])
			return j;
	return NO_TOKEN;
}

uint32_t
token_prev(const struct analysis *a, uint32_t i)
{
	uint32_t first = token_sentence_first(a, i), j;

	for (j = i; j-- > first;)
		if (a->clause_of[j] == a->clause_of[i])
			return j;
	return NO_TOKEN;
}

bool
token_title(const struct analysis *a, uint32_t i)
{
	return tok(a, i)->field == TEXT_TITLE;
}

bool
tag_is(const struct analysis *a, const struct tag *t, uint32_t concept)
{
	struct mention m = { .first = t->first, .end = t->end,
	    .sense = t->sense, .thing = NONE };

	return mention_is(a, &m, concept);
}
