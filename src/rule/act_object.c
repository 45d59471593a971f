/*
 * act_object - the words of what an act is done to: "job", "plant", "law".
 */
#include <string.h>

#include "rule/analysis.h"

#define MANY	100	/* so many are no units of a company */

/* "scraps 3,000 job cuts": the word belongs to the name of the act itself. */
static bool
part_of_act(const struct analysis *a, uint32_t tag, uint32_t ref)
{
	const struct tag *word = &a->tags[tag];
	const struct tag *act = tag_at(a, LAYER_PRED, word->first);
	uint32_t at;

	if (act == NULL || act->first > word->first || act->end <= word->end)
		return false;
	for (at = act->sense; at != 0; at = sense_of(a, at)->next)
		if (sense_of(a, at)->kind == SENSE_PRED &&
		    sense_of(a, at)->ref == ref)
			return true;
	return false;
}

/*
 * A tag of the zone that is an object word of this predicate, or NONE. What is
 * "exposed in a data breach" is another matter than what "halts job cuts".
 */
uint32_t
act_object_word(const struct analysis *a, const struct zone *z, uint32_t ref)
{
	uint32_t i, tag;
	bool behind = false;

	for (i = 0; i < z->n; i++) {
		behind |= (gram(a, z->tokens[i]) & GRAM_PREP) != 0;
		tag = token_free(a, z->tokens[i], SENSE_OBJECT, ref);
		if (tag != NONE && (behind || !part_of_act(a, tag, ref)))
			return tag;
	}
	return NONE;
}

static void
singular(char *buf)
{
	size_t len = strlen(buf);

	if (len > 4 && strcmp(buf + len - 3, "ies") == 0) {
		buf[len - 3] = 'y';
		buf[len - 2] = '\0';
	} else if (len > 3 && buf[len - 1] == 's' && buf[len - 2] != 's')
		buf[len - 1] = '\0';
}

void
act_singular(const struct text *t, uint32_t token, char *buf, size_t size)
{
	text_folded(t, token, buf, size);
	singular(buf);
}

void
act_singular_of(const char *word, char *buf, size_t size)
{
	size_t len = strlen(word);

	if (len >= size)
		len = size - 1;
	memcpy(buf, word, len);
	buf[len] = '\0';
	singular(buf);
}

/*
 * "halts imports from its plant", "suspends a tariff on exports": behind a
 * preposition, and something else is the object; "sold 42,800 units" counts
 * goods.
 */
bool
act_other_object(const struct analysis *a, const struct record *r,
    const struct zone *z)
{
	const struct tag *word = &a->tags[r->object_tag];
	uint32_t i, k;
	bool some = false;

	if (word->first < r->end || r->nominal)
		return false;
	/* "cuts price target by 40% post results" */
	if (r->object.measure_tag != NONE && r->object.measure != NO_ENTRY &&
	    a->tags[r->object.measure_tag].end <= word->first)
		return true;
	if (lexis_bool(entry_of(a, r->predicate), KEY_COUNTS))
		return false;
	k = word->first > 0 ? a->quantity_at[word->first - 1] : 0;
	if (k != 0 && a->quantities.list[k - 1].kind == QUANTITY_COUNT &&
	    a->quantities.list[k - 1].value >= MANY)
		return true;
	for (i = 0; i < z->n && z->tokens[i] < word->first; i++) {
		if (z->tokens[i] < r->end)
			continue;
		if (some && (gram(a, z->tokens[i]) & GRAM_PREP) != 0 &&
		    (gram(a, z->tokens[i]) & GRAM_OF) == 0)
			return true;
		some |= token_is_nominal(a, z->tokens[i]) &&
		    a->quantity_at[z->tokens[i]] == 0;
	}
	return false;
}
