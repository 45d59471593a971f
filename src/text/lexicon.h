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
 * Open addressing, linear probing, at most half full; the slots carry 32 bits
 * of the hash, so that a miss almost never touches the words. Words are hashed
 * and compared eight bytes at a time, so that whoever reads a text can make the
 * key of a word while it reads.
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
 * A folded word as the table compares it: its bytes, the last piece padded with
 * zeros, and its hash: lexicon_mix over the pieces, the first byte lowest, from
 * 0. The first two pieces must always be set.
 */
#define LEXICON_PIECES	(LEXICON_WORD_MAX / 8)
struct lexicon_key {
	uint64_t	piece[LEXICON_PIECES];
	uint64_t	hash;
	uint32_t	len;		/* bytes, > 0 */
};
static inline uint64_t
lexicon_mix(uint64_t hash, uint64_t piece)
{
	hash = (hash ^ piece) * 0x9e3779b97f4a7c15u;
	return hash ^ hash >> 32;
}
uint32_t lexicon_find_key(const struct lexicon *, const struct lexicon_key *);
/* Fold first, then add or find: for words as people write them. */
uint32_t lexicon_add_word(struct lexicon *, const char *);
uint32_t lexicon_find_word(const struct lexicon *, const char *);
/* The folded word, NUL-terminated, borrowed; "" for 0. */
const char *lexicon_word(const struct lexicon *, uint32_t);
uint32_t lexicon_count(const struct lexicon *);
size_t	 lexicon_size(const struct lexicon *);	/* bytes held */

#endif
