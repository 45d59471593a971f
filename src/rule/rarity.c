#include "rule/rarity.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rule/lexis.h"
#include "text/lexicon.h"

/* The commonest words of English running text, in order of strcmp. */
static const char *const COMMON[] = {
	"a", "about", "after", "again", "against", "all", "also", "an", "and",
	"any", "are", "as", "at", "back", "be", "because", "been", "before",
	"between", "but", "by", "can", "could", "day", "did", "do", "down",
	"first", "for", "from", "get", "had", "has", "have", "he", "her",
	"his", "how", "i", "if", "in", "into", "is", "it", "its", "just",
	"last", "like", "made", "make", "may", "more", "most", "new", "no",
	"not", "now", "of", "off", "on", "one", "only", "or", "other", "our",
	"out", "over", "people", "percent", "said", "say", "says", "she",
	"so", "some", "still", "such", "than", "that", "the", "their", "them",
	"then", "there", "these", "they", "this", "three", "time", "to",
	"top", "two", "under", "up", "us", "was", "we", "week", "were",
	"what", "when", "which", "while", "who", "why", "will", "with",
	"would", "year", "years", "you", "your",
};

/* By length in bytes; the last one for all longer. */
static const double BY_LENGTH[] = {
	0.10, 0.05, 0.03, 0.02, 0.012, 0.009, 0.007, 0.006, 0.005, 0.004,
	0.003,
};
#define NLENGTHS (sizeof(BY_LENGTH) / sizeof(*BY_LENGTH))

static int
compare(const void *key, const void *word)
{
	return strcmp(key, *(const char *const *)word);
}

static double
word(const char *s)
{
	size_t len = strlen(s);

	if (bsearch(s, COMMON, sizeof(COMMON) / sizeof(*COMMON),
	    sizeof(*COMMON), compare) != NULL)
		return 0.5;
	return BY_LENGTH[len < NLENGTHS ? len : NLENGTHS - 1];
}

/* Members of each entry, itself among them. */
static uint32_t *
count_members(const struct vocabulary *v)
{
	uint32_t *n = mem_zalloc(v->nentries + 1, sizeof(*n));

	for (uint32_t i = 0; i < v->nentries; i++)
		for (uint32_t k = 0; k < v->entries[i].nup; k++)
			n[v->entries[i].up[k]]++;
	return n;
}

static double
key(const struct vocabulary *v, const uint32_t *members, uint32_t entry)
{
	double p;

	if (entry >= v->nentries)
		return 0.02;
	switch (v->entries[entry].section) {
	case VOCABULARY_ENTITIES:
		return 0.005;
	case VOCABULARY_CONCEPTS:
		p = 0.005 + members[entry] * 0.0002;
		return p < 0.5 ? p : 0.5;
	default:
		return 0.05;
	}
}

double *
rarity_of_all(const struct vocabulary *v, const struct terms *terms)
{
	uint32_t *members = count_members(v), n = terms_count(terms);
	double *all = mem_zalloc((size_t)n + 1, sizeof(*all)), p;

	for (uint32_t i = 0; i < n; i++) {
		const struct term *t = terms_get(terms, i);

		switch ((enum term_kind)t->kind) {
		case TERM_WORD:
			p = word(lexicon_word(vocabulary_lexicon(v),
			    t->value));
			break;
		case TERM_PREFIX:
			p = 2 * BY_LENGTH[t->len < NLENGTHS ? t->len :
			    NLENGTHS - 1];
			break;
		case TERM_KEY:
			p = key(v, members, t->value);
			break;
		default:	/* TERM_GRAM */
			p = 0.10;
			break;
		}
		all[i] = p * (1 + t->mentions);
	}
	free(members);
	return all;
}
