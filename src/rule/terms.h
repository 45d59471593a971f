/*
 * terms - the things that rules look for in an article, as small numbers.
 *
 * A term is a word of the lexicon, the beginning of words (sanction*), a key of
 * the vocabulary (concept:semiconductor, and what event phrases need), or four
 * bytes that a regular expression cannot match without. Terms are numbered from
 * 0 while rules are compiled; afterwards the table is only read.
 */
#ifndef RULE_TERMS_H
#define RULE_TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TERM_NONE	UINT32_MAX
#define TERM_PREFIX_MAX	63	/* bytes */

enum term_kind { TERM_WORD, TERM_PREFIX, TERM_KEY, TERM_GRAM };

struct term {
	uint32_t	 value;		/* lexicon id, key, gram; PREFIX: hash */
	uint32_t	 mentions;	/* in all rules */
	const char	*text;		/* PREFIX: folded, owned; else NULL */
	uint8_t		 kind;
	uint8_t		 len;		/* PREFIX */
};

struct terms {
	struct term	*list;
	size_t		 n, cap;
	/* from a dense number (lexicon id, key) to a term */
	struct terms_direct {
		uint32_t	*term;
		size_t		 n;
	}		 words, keys;
	/* from a hash (prefix) or a gram: term + 1, 0 = free */
	struct terms_table {
		uint32_t	*slots;
		uint32_t	 mask;		/* 0 = no table yet */
		uint32_t	 n;
	}		 prefixes, grams;
	uint64_t	 lengths[256];	/* of prefixes with this first byte */
	uint64_t	 gram_bits[64];	/* which grams cannot be told absent */
};

struct terms *terms_new(void);
void	 terms_free(struct terms *);
/* The number of a term, made if new; each call is one mention. 0: TERM_NONE. */
uint32_t terms_word(struct terms *, uint32_t lexicon_id);
uint32_t terms_prefix(struct terms *, const char *folded, size_t);
uint32_t terms_key(struct terms *, uint32_t key);
uint32_t terms_gram(struct terms *, uint32_t gram);

uint32_t terms_count(const struct terms *);
bool	 terms_has(const struct terms *, enum term_kind);
const struct term *terms_get(const struct terms *, uint32_t);
size_t	 terms_size(const struct terms *);	/* bytes held */

/* The word's or key's term, or TERM_NONE: also for 0, which is no word. */
static inline uint32_t
terms_of_word(const struct terms *t, uint32_t id)
{
	return id < t->words.n ? t->words.term[id] : TERM_NONE;
}
uint32_t terms_of_key(const struct terms *, uint32_t key);
/* Could the raw text of a word (n > 0 bytes) begin with any prefix? Quick. */
bool	 terms_maybe_prefix(const struct terms *, const char *, size_t);
/* The prefixes that a folded word begins with: at most max, their number. */
size_t	 terms_prefixes(const struct terms *, const char *, size_t,
	    uint32_t *, size_t max);
uint32_t terms_of_gram(const struct terms *, uint32_t gram);

#endif
