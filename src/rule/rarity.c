#include "rule/rarity.h"

#include <stdlib.h>
#include <string.h>

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

double
rarity_of(const struct lexicon *lex, const struct term *t)
{
	double p = 0.05;

	switch ((enum term_kind)t->kind) {
	case TERM_WORD:
		p = word(lexicon_word(lex, t->value));
		break;
	case TERM_PREFIX:
		p = 2 * BY_LENGTH[t->len < NLENGTHS ? t->len : NLENGTHS - 1];
		break;
	case TERM_KEY:
		p = 0.02;
		break;
	case TERM_GRAM:
		p = 0.10;
		break;
	}
	return p * (1 + t->mentions);
}
