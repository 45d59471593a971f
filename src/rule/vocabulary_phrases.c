/* Every phrase of the vocabulary, in all its forms, into the automaton. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rule/inflect.h"
#include "rule/lexis.h"
#include "text/text.h"

#define PHRASE_MAX 240

enum bend { AS_IS, AS_VERB, AS_NOUN, AS_BOTH };

/* Attach a sense to the node; the same sense again only adds forms. */
static void
attach(struct vocabulary *v, uint32_t node, struct sense sense)
{
	uint32_t at, *head = sense.kind == SENSE_NEED ?
	    &v->trie.needs[node] : &v->trie.senses[node];
	struct sense *s;

	for (at = *head; at != 0; at = v->senses[at].next) {
		s = &v->senses[at];
		if (s->kind == sense.kind && s->ref == sense.ref &&
		    s->use == sense.use && s->joined == sense.joined &&
		    (s->cased == NULL) == (sense.cased == NULL) &&
		    (s->cased == NULL || strcmp(s->cased, sense.cased) == 0)) {
			s->forms |= sense.forms;
			return;
		}
	}
	v->senses = mem_grow(v->senses, v->nsenses, &v->senses_cap,
	    sizeof(*v->senses));
	sense.next = *head;
	if (sense.next == 0)
		v->nphrases++;
	v->senses[v->nsenses] = sense;
	*head = (uint32_t)v->nsenses++;
}

/* "take stake in", "go on strike": something may stand inside. */
static void
note_parts(struct vocabulary *v, const struct text *text)
{
	uint32_t i, word = text->ntokens > 0 ? text->tokens[0].word : 0;
	size_t old = v->nparts;

	for (i = 1; i < text->ntokens; i++)
		if (lexis_ties(v, text->tokens[i].word))
			break;
	if (i >= text->ntokens || text->ntokens < 3 || word == 0)
		return;
	if (word / 64 >= old) {
		v->nparts = word / 64 + 64;
		v->parts = mem_realloc(v->parts, v->nparts,
		    sizeof(*v->parts));
		memset(v->parts + old, 0, (v->nparts - old) *
		    sizeof(*v->parts));
	}
	v->parts[word / 64] |= 1ULL << (word % 64);
}

static void
phrase_add(struct vocabulary *v, const char *phrase, struct sense sense)
{
	struct text *text;
	uint32_t i, node = 0;

	if (phrase[0] == '=') {
		phrase++;
		sense.cased = arena_strdup(&v->mem, phrase);
	}
	text = text_intern(&v->scratch, v->lexicon, phrase, strlen(phrase));
	for (i = 1; i < text->ntokens; i++)
		if ((text->tokens[i].flags & TEXT_JOINED) != 0 &&
		    (sense.kind == SENSE_BLOCK || sense.kind == SENSE_PSEUDO ||
		    sense.kind == SENSE_CUE_BLOCK))
			sense.joined = true;	/* "drop-in" is no "drop in" */
	if (sense.kind == SENSE_PRED && sense.use != USE_NOUN)
		note_parts(v, text);
	for (i = 0; i < text->ntokens; i++)
		if (text->tokens[i].punct == '#')
			node = trie_add(&v->trie, node, v->number_sign);
		else if (text->tokens[i].word != 0)
			node = trie_add(&v->trie, node, text->tokens[i].word);
	if (node != 0)
		attach(v, node, sense);
	arena_reset(&v->scratch);
}

/* "Procter & Gamble" is also "Procter and Gamble", and the other way round. */
static void
other_and(struct vocabulary *v, const char *phrase, struct sense sense)
{
	char other[PHRASE_MAX];
	const char *sign = strstr(phrase, " & "), *word;

	word = sense.kind == SENSE_NAME ? strstr(phrase, " and ") : NULL;
	if (sign != NULL)
		snprintf(other, sizeof(other), "%.*s and %s",
		    (int)(sign - phrase), phrase, sign + 3);
	else if (word != NULL)
		snprintf(other, sizeof(other), "%.*s & %s",
		    (int)(word - phrase), phrase, word + 5);
	else
		return;
	phrase_add(v, other, sense);
}

void
lexis_phrase(struct vocabulary *v, const char *phrase, struct sense sense)
{
	phrase_add(v, phrase, sense);
	other_and(v, phrase, sense);
}

/* The part of the phrase that bends: [*from, *to). */
static void
bending(const char *phrase, enum bend bend, size_t *from, size_t *to)
{
	const char *of, *p;

	*from = 0;
	*to = strlen(phrase);
	if (bend == AS_VERB) {
		*to = strcspn(phrase, " ");
	} else {
		of = strstr(phrase, " of ");
		if (of != NULL)
			*to = (size_t)(of - phrase);
		else if (*to > 3 && strcmp(phrase + *to - 3, " of") == 0)
			*to -= 3;
		for (p = phrase; p < phrase + *to; p++)
			if (*p == ' ')
				*from = (size_t)(p - phrase) + 1;
	}
	for (p = phrase + *from; p < phrase + *to; p++)
		if (*p == '-' && p + 1 < phrase + *to)
			*from = (size_t)(p - phrase) + 1;
}

/* A phrase in which the part [from, to) became the word. */
static void
bent_into(char whole[PHRASE_MAX], const char *phrase, size_t from, size_t to,
    const char *word, size_t len)
{
	if (len > INFLECT_WORD - 1)
		len = INFLECT_WORD - 1;
	memcpy(whole, phrase, from);
	memcpy(whole + from, word, len);
	strcpy(whole + from + len, phrase + to);
}

static void
bent(struct vocabulary *v, const char *phrase, enum bend bend,
    struct sense sense, const struct slot *irregular)
{
	struct inflected forms[INFLECT_FORMS];
	char word[INFLECT_WORD], whole[PHRASE_MAX];
	size_t from, to, n, i;
	uint32_t k;
	const char *colon;

	bending(phrase, bend, &from, &to);
	if (strlen(phrase) > PHRASE_MAX - INFLECT_WORD || to <= from ||
	    to - from >= sizeof(word)) {
		lexis_phrase(v, phrase, sense);
		return;
	}
	memcpy(word, phrase + from, to - from);
	word[to - from] = '\0';
	n = bend == AS_VERB ? inflect_verb(word, forms) :
	    inflect_noun(word, forms);
	for (i = 0; i < n; i++) {
		sense.forms = (uint16_t)forms[i].forms;
		bent_into(whole, phrase, from, to, forms[i].word,
		    strlen(forms[i].word));
		lexis_phrase(v, whole, sense);
	}
	/* "fell:fall" is no plural */
	if (bend == AS_NOUN && v->entries[sense.ref].section >=
	    VOCABULARY_PREDICATES)
		return;
	for (k = 0; k < irregular->n; k++) {
		colon = strchr(irregular->list[k], ':');
		if (colon == NULL || strcmp(colon + 1, word) != 0)
			continue;
		sense.forms = bend == AS_VERB ? FORM_PAST | FORM_PART :
		    FORM_PLURAL;
		bent_into(whole, phrase, from, to, irregular->list[k],
		    (size_t)(colon - irregular->list[k]));
		lexis_phrase(v, whole, sense);
	}
}

/* All phrases of one key as senses of one kind. */
static void
fill(struct vocabulary *v, uint32_t ref, enum key key, enum sense_kind kind,
    enum sense_use use, enum bend bend)
{
	const struct entry *e = &v->entries[ref];
	const struct slot *slot = lexis_slot(e, key);
	struct sense sense = { .kind = (uint8_t)kind, .use = (uint8_t)use,
	    .forms = FORM_PLAIN, .ref = ref };
	uint32_t i;

	for (i = 0; i < slot->n; i++) {
		if (bend == AS_IS || bend == AS_BOTH ||
		    slot->list[i][0] == '=') {
			sense.forms = FORM_PLAIN;
			lexis_phrase(v, slot->list[i], sense);
		}
		if (slot->list[i][0] == '=')
			continue;
		if (bend == AS_VERB || bend == AS_BOTH)
			bent(v, slot->list[i], AS_VERB, sense,
			    lexis_slot(e, KEY_IRREGULAR));
		if (bend == AS_NOUN || bend == AS_BOTH)
			bent(v, slot->list[i], AS_NOUN, sense,
			    lexis_slot(e, KEY_IRREGULAR));
	}
}

/* The id itself, as rules say it. */
static void
fill_id(struct vocabulary *v, uint32_t ref)
{
	struct sense sense = { .kind = SENSE_RULE_WORD, .ref = ref };
	char phrase[PHRASE_MAX];
	char *p;

	snprintf(phrase, sizeof(phrase), "%s", v->entries[ref].id);
	for (p = phrase; *p != '\0'; p++)
		if (*p == '-')
			*p = ' ';
	bent(v, phrase, AS_NOUN, sense, lexis_slot(&v->entries[ref],
	    KEY_IRREGULAR));
}

static void
fill_tickers(struct vocabulary *v, uint32_t ref)
{
	const struct slot *slot = lexis_slot(&v->entries[ref], KEY_TICKERS);
	struct sense sense = { .kind = SENSE_NAME, .ref = ref,
	    .forms = FORM_PLAIN, .ticker = true };
	char phrase[PHRASE_MAX];
	uint32_t i;

	for (i = 0; i < slot->n; i++) {
		snprintf(phrase, sizeof(phrase), "$%s", slot->list[i]);
		sense.ticker = false;
		lexis_phrase(v, phrase, sense);
		snprintf(phrase, sizeof(phrase), "=%s", slot->list[i]);
		sense.ticker = true;
		lexis_phrase(v, phrase, sense);
	}
}

static void
fill_predicate(struct vocabulary *v, uint32_t ref)
{
	struct sense sense = { .kind = SENSE_PRED, .use = USE_RATIO,
	    .ref = ref };
	const struct entry *e = &v->entries[ref];
	size_t i;

	fill(v, ref, KEY_PARTICLES, SENSE_PRED, USE_PARTICLE, AS_IS);
	fill(v, ref, KEY_VERBS, SENSE_PRED, USE_VERB, AS_VERB);
	fill(v, ref, KEY_NOUNS, SENSE_PRED, USE_NOUN, AS_NOUN);
	fill(v, ref, KEY_PHRASES, SENSE_PRED, USE_PHRASE, AS_VERB);
	fill(v, ref, KEY_CAUSES, SENSE_PRED, USE_CAUSE, AS_VERB);
	fill(v, ref, KEY_TRANSITIVE, SENSE_PRED, USE_TRANSITIVE, AS_VERB);
	fill(v, ref, KEY_OF_OBJECT, SENSE_PRED, USE_OF_OBJECT, AS_VERB);
	fill(v, ref, KEY_INVERSE, SENSE_PRED, USE_INVERSE, AS_VERB);
	fill(v, ref, KEY_PAYS, SENSE_PRED, USE_PAY, AS_VERB);
	fill(v, ref, KEY_UNDERGOES, SENSE_PRED, USE_UNDERGO, AS_VERB);
	fill(v, ref, KEY_PSEUDO, SENSE_PSEUDO, USE_PHRASE, AS_BOTH);
	fill(v, ref, KEY_OBJECTS, SENSE_OBJECT, USE_NOUN, AS_NOUN);
	fill(v, ref, KEY_NOT_WITH, SENSE_NOT_WITH, USE_PHRASE, AS_BOTH);
	for (i = 0; i < e->nratios; i++) {
		sense.percent = (float)e->ratios[i].percent;
		bent(v, e->ratios[i].verb, AS_VERB, sense,
		    lexis_slot(e, KEY_IRREGULAR));
	}
}

static void
fill_concept(struct vocabulary *v, uint32_t ref)
{
	const struct slot *common = lexis_slot(&v->entries[ref], KEY_COMMON);
	uint32_t i;

	fill(v, ref, KEY_WORDS, SENSE_RULE_WORD, USE_NOUN, AS_NOUN);
	fill(v, ref, KEY_CLASSES, SENSE_CLASS, USE_NOUN, AS_NOUN);
	fill(v, ref, KEY_GROUPS, SENSE_GROUP, USE_NOUN, AS_IS);
	fill(v, ref, KEY_INDEXES, SENSE_GROUP, USE_NOUN, AS_IS);
	fill(v, ref, KEY_PLACE_GROUPS, SENSE_PLACE_GROUP, USE_NOUN, AS_IS);
	fill(v, ref, KEY_INFER, SENSE_INFER, USE_PHRASE, AS_IS);
	fill(v, ref, KEY_REFUTE, SENSE_REFUTE, USE_PHRASE, AS_NOUN);
	fill(v, ref, KEY_SUFFIXES, SENSE_SUFFIX, USE_NOUN, AS_IS);
	fill(v, ref, KEY_PREFIXES, SENSE_PREFIX, USE_NOUN, AS_IS);
	fill(v, ref, KEY_NOT, SENSE_BLOCK, USE_PHRASE, AS_NOUN);
	fill_id(v, ref);
	for (i = 0; i < common->n; i++)
		grammar_add(v, common->list[i], GRAM_COMMON);
}

static void
fill_cue(struct vocabulary *v, uint32_t ref)
{
	fill(v, ref, KEY_BEFORE, SENSE_CUE, USE_BEFORE, AS_IS);
	fill(v, ref, KEY_VERBS, SENSE_CUE, USE_BEFORE, AS_VERB);
	fill(v, ref, KEY_AFTER, SENSE_CUE, USE_AFTER, AS_IS);
	fill(v, ref, KEY_CLAUSE, SENSE_CUE, USE_CLAUSE, AS_IS);
	fill(v, ref, KEY_SENTENCE, SENSE_CUE, USE_SENTENCE, AS_IS);
	fill(v, ref, KEY_OPENERS, SENSE_CUE, USE_OPENER, AS_IS);
	fill(v, ref, KEY_PSEUDO, SENSE_CUE_BLOCK, USE_PHRASE, AS_IS);
}

void
lexis_fill(struct vocabulary *v, struct problems *problems)
{
	uint32_t i;

	(void)problems;
	for (i = 0; i < v->nentries; i++)
		switch (v->entries[i].section) {
		case VOCABULARY_CONCEPTS:
			fill_concept(v, i);
			break;
		case VOCABULARY_ENTITIES:
			fill(v, i, KEY_NAMES, SENSE_NAME, USE_NOUN, AS_IS);
			fill(v, i, KEY_NOT, SENSE_BLOCK, USE_PHRASE, AS_IS);
			fill(v, i, KEY_NEED, SENSE_NEED, USE_NOUN, AS_IS);
			fill_tickers(v, i);
			break;
		case VOCABULARY_MEASURES:
			fill(v, i, KEY_WORDS, SENSE_MEASURE, USE_NOUN, AS_NOUN);
			fill(v, i, KEY_BASES, SENSE_MEASURE, USE_RATIO,
			    AS_NOUN);
			fill(v, i, KEY_NOT, SENSE_BLOCK, USE_PHRASE, AS_NOUN);
			fill_id(v, i);
			break;
		case VOCABULARY_PREDICATES:
			fill_predicate(v, i);
			break;
		case VOCABULARY_QUALITIES:
			fill(v, i, KEY_WORDS, SENSE_QUALITY, USE_NOUN, AS_IS);
			fill(v, i, KEY_NOT, SENSE_NO_QUALITY, USE_PHRASE,
			    AS_IS);
			break;
		default:
			fill_cue(v, i);
			break;
		}
}
