/*
 * lexicon - every word somebody asks for, as a small number.
 *
 * Folded words (see text/fold.h) are interned to ids 1..lexicon_count; 0 means
 * "nobody asks for this word". Built while a vocabulary and rules are loaded;
 * afterwards it is only read, from any number of threads at once. Ids are
 * stable for the life of one lexicon and mean nothing outside it.
 *
 * A new lexicon already holds the words of number and measure that the text
 * layer itself knows (text/words.h), so that they can be told by their id.
 *
 * Open addressing, linear probing, at most half full. A word of eight bytes at
 * most stands in its slot; of others the slot has the first eight bytes, so that
 * a miss almost never touches more.
 */
#ifndef TEXT_LEXICON_H
#define TEXT_LEXICON_H

#include <stddef.h>
#include <stdint.h>

#define LEXICON_WORD_MAX 96	/* bytes; longer words have no id */

struct lexicon;

struct lexicon *lexicon_new(void);
void	 lexicon_free(struct lexicon *);
/* The id of a folded word, added if new; 0 if empty or too long. */
uint32_t lexicon_add(struct lexicon *, const char *, size_t);
/* The id of a folded word, or 0. */
uint32_t lexicon_find(const struct lexicon *, const char *, size_t);
/*
 * Many words of 16 bytes at most at once, for the tokeniser, so that the memory
 * they need is fetched together. Each is two pieces of eight bytes as they are
 * in memory, with zeros behind. Sets the ids.
 */
struct lexicon_ask {
	uint64_t	piece[2];
	uint32_t	len, hash, id;
	uint32_t	token;		/* whose it is: the caller's business */
};
static inline uint64_t
lexicon_mix(uint64_t hash, uint64_t piece)
{
	hash = (hash ^ piece) * 0x9e3779b97f4a7c15u;
	return hash ^ hash >> 32;
}
static inline uint32_t
lexicon_hash(const uint64_t piece[2])
{
	return (uint32_t)lexicon_mix(lexicon_mix(0, piece[0]), piece[1]);
}
void	 lexicon_find_all(const struct lexicon *, struct lexicon_ask *, size_t);
/* Fold first, then add or find: for words as people write them. */
uint32_t lexicon_add_word(struct lexicon *, const char *);
uint32_t lexicon_find_word(const struct lexicon *, const char *);
/* The folded word, NUL-terminated, borrowed; "" for 0. */
const char *lexicon_word(const struct lexicon *, uint32_t);
uint32_t lexicon_count(const struct lexicon *);
size_t	 lexicon_size(const struct lexicon *);	/* bytes held */

#endif
