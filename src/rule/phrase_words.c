/* The words of an event phrase, and what is said of unknown ones. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/problems.h"
#include "rule/phrase.h"

bool
phrase_noun_kind(uint8_t kind)
{
	return kind == SENSE_RULE_WORD || kind == SENSE_NAME ||
	    kind == SENSE_CLASS || kind == SENSE_GROUP ||
	    kind == SENSE_MEASURE;
}

static bool
has_kind(const struct vocabulary *v, uint32_t senses, unsigned kinds)
{
	uint32_t s;

	for (s = senses; s != 0; s = v->senses[s].next)
		if ((kinds & 1u << v->senses[s].kind) != 0)
			return true;
	return false;
}

uint32_t
phrase_within(const struct reader *r, uint32_t at, uint32_t limit,
    unsigned kinds, uint32_t *end)
{
	const struct vocabulary *v = r->v;
	uint32_t node = 0, best = 0, i;

	if ((r->how & READ_ONE) != 0 && (kinds & 1u << SENSE_CLASS) != 0)
		kinds &= ~(1u << SENSE_GROUP);
	for (i = at; i < limit; i++) {
		node = trie_step(&v->trie, node, r->text->tokens[i].word);
		if (node == 0)
			break;
		if (has_kind(v, v->trie.senses[node], kinds)) {
			best = v->trie.senses[node];
			*end = i + 1;
		}
	}
	return best;
}

uint32_t
phrase_longest(const struct reader *r, uint32_t at, unsigned kinds,
    uint32_t *end)
{
	return phrase_within(r, at, r->text->ntokens, kinds, end);
}

/* The amount that stands inside a phrase, with the word that ties it. */
static uint32_t
inserted(const struct reader *r, uint32_t at, struct quantity *q)
{
	struct reader probe = *r;

	probe.at = at;
	if (phrase_amount(&probe, q))
		return probe.at;
	phrase_skip(&probe);	/* "a", but no "more" */
	if (phrase_word_is(r, probe.at, "of"))
		probe.at++;
	return phrase_amount(&probe, q) ? probe.at : at;
}

uint32_t
phrase_parted(const struct reader *r, uint32_t at, unsigned kinds,
    uint32_t *end, struct quantity *q)
{
	const struct vocabulary *v = r->v;
	uint32_t node = 0, best = 0, i = at, next;
	bool parted = false;

	while (i < r->text->ntokens) {
		next = i > at && !parted ? inserted(r, i, q) : i;
		if (next > i) {
			parted = true;
			i = next;
			continue;
		}
		node = trie_step(&v->trie, node, r->text->tokens[i].word);
		if (node == 0)
			break;
		i++;
		if (parted && has_kind(v, v->trie.senses[node], kinds)) {
			best = v->trie.senses[node];
			*end = i;
		}
	}
	return best;
}

void
phrase_skip(struct reader *r)
{
	uint32_t end = r->at;
	uint32_t g;

	for (; r->at < r->text->ntokens; r->at++) {
		g = phrase_grammar(r, r->at);
		if (((g & GRAM_DET) == 0 || (g & GRAM_ANY) != 0) &&
		    !phrase_word_is(r, r->at, "new") &&
		    !phrase_word_is(r, r->at, "own"))
			return;
		/* "New York" is no new York */
		if (phrase_longest(r, r->at, NOUNS | 1u << SENSE_PRED, &end) !=
		    0 && end > r->at + 1)
			return;
	}
}

uint32_t
phrase_grammar(const struct reader *r, uint32_t at)
{
	if (at >= r->text->ntokens || r->text->tokens[at].kind != TEXT_WORD)
		return 0;
	return lexis_grammar(r->v, r->text->tokens[at].word);
}

bool
phrase_word_is(const struct reader *r, uint32_t at, const char *word)
{
	const struct text_token *t;
	const char *bytes;
	size_t len;

	if (at >= r->text->ntokens)
		return false;
	t = &r->text->tokens[at];
	bytes = r->text->fields[t->field].bytes + t->start;
	len = t->end - t->start;
	/* nearly always the first letter tells */
	return *bytes == *word && strlen(word) == len &&
	    memcmp(bytes, word, len) == 0;
}

static const char *
spelling(const struct reader *r, uint32_t first, uint32_t end)
{
	const char *bytes = r->text->fields[0].bytes;

	return arena_strndup(r->mem, bytes + r->text->tokens[first].start,
	    r->text->tokens[end - 1].end - r->text->tokens[first].start);
}

void
phrase_fail(struct reader *r, uint32_t at, const char *what)
{
	uint32_t last = r->text->ntokens;

	if (r->failed)
		return;
	r->failed = true;
	r->bad = at < last ? at : last > 0 ? last - 1 : 0;
	r->bad_end = at < last ? at + 1 : last;
	if (!r->mute)
		error_set(r->error, "%s", what);
}

/*
 * What other search languages write: "ATLEAST3", "NEAR5", "adj5". How it is
 * said here, NULL for every other word.
 */
static const char *
said_here(struct reader *r, const char *word)
{
	static const struct {
		const char *there, *before, *behind;
	} OTHERS[] = {
		{ "ATLEAST", "ATLEAST/", "('word') counts a word" },
		{ "ONEAR", "'one' ONEAR/", " 'other' asks for words in order" },
		{ "NEAR", "'one' NEAR/", " 'other' asks for words close by" },
		{ "ADJ", "'one' ONEAR/", " 'other' asks for words in order" },
		{ "FIRST", "FIRST/", "('word') asks for a word at the start" },
	};
	size_t n;

	for (size_t i = 0; i < sizeof(OTHERS) / sizeof(*OTHERS); i++) {
		n = strlen(OTHERS[i].there);
		if (strncasecmp(word, OTHERS[i].there, n) == 0 &&
		    word[n] != '\0' && strspn(word + n, "0123456789") ==
		    strlen(word + n))
			return arena_printf(r->mem, "%s%s%s",
			    OTHERS[i].before, word + n, OTHERS[i].behind);
	}
	return NULL;
}

/* A word nobody knows: what might be meant? */
void
phrase_unknown(struct reader *r, uint32_t at, const char *expected)
{
	const struct lexicon *lexicon = r->v->lexicon;
	const char **words, *near = NULL, *word;
	uint32_t i, n = 0, count = lexicon_count(lexicon);

	if (r->failed)
		return;
	if (r->mute) {
		phrase_fail(r, at, "");
		return;
	}
	if (at >= r->text->ntokens) {
		phrase_fail(r, at, arena_printf(r->mem, "the phrase ends where %s "
		    "should stand", expected));
		return;
	}
	word = spelling(r, at, at + 1);
	if ((near = said_here(r, word)) != NULL) {
		phrase_fail(r, at, arena_printf(r->mem, "no word of the "
		    "vocabulary: \"%s\": here %s", word, near));
		return;
	}
	if (strcmp(word, "and") == 0) {
		phrase_fail(r, at, "\"and\" in small letters joins the bounds "
		    "of \"between ... and ...\" alone: between whole phrases "
		    "write AND, in a list \"or\"");
		return;
	}
	if (trie_step(&r->v->trie, 0, r->text->tokens[at].word) == 0) {
		words = mem_zalloc(count + 1, sizeof(*words));
		for (i = 1; i <= count; i++)
			if (trie_step(&r->v->trie, 0, i) != 0)
				words[n++] = lexicon_word(lexicon, i);
		near = problems_nearest(word, words, n);
		free(words);
		phrase_fail(r, at, near != NULL ? arena_printf(r->mem, "no word of "
		    "the vocabulary: \"%s\"; did you mean \"%s\"? (else add it "
		    "to a file of vocabulary.d, or quote it to search for the "
		    "text)", word, near) : arena_printf(r->mem, "no word of "
		    "the vocabulary: \"%s\"; add it to a file of vocabulary.d "
		    "(concepts, entities, measures or predicates), or quote "
		    "it to search for the text", word));
		return;
	}
	phrase_fail(r, at, arena_printf(r->mem, "\"%s\" stands where %s should",
	    word, expected));
}

/*
 * "export ban", "stock split": a noun of an act that begins with a measure;
 * "plane crash", "power outage": one of a state that begins with any noun.
 */
bool
phrase_names_act(const struct reader *r)
{
	uint32_t end = 0, word = 0, s;
	bool measure;

	s = phrase_longest(r, r->at, 1u << SENSE_PRED, &end);
	measure = phrase_longest(r, r->at, 1u << SENSE_MEASURE, &word) != 0 &&
	    end > word;
	if (!measure && (phrase_longest(r, r->at, NOUNS, &word) == 0 ||
	    end <= word))
		return false;
	for (; s != 0; s = r->v->senses[s].next)
		if (r->v->senses[s].kind == SENSE_PRED &&
		    r->v->senses[s].use == USE_NOUN &&
		    r->v->entries[r->v->senses[s].ref].frame ==
		    (measure ? FRAME_ACT : FRAME_STATE))
			return true;
	return false;
}
