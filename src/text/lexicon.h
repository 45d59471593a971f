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
 * of the hash, so that a miss almost never touches the words.
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
 * The same for many words, whose memory is then fetched together: sets id.
 */
struct lexicon_ask {
	const char	*word;
	uint32_t	 len, hash, id;	/* hash is its own business */
};
void	 lexicon_find_all(const struct lexicon *, struct lexicon_ask *, size_t);
/* Fold first, then add or find: for words as people write them. */
uint32_t lexicon_add_word(struct lexicon *, const char *);
uint32_t lexicon_find_word(const struct lexicon *, const char *);
/* The folded word, NUL-terminated, borrowed; "" for 0. */
const char *lexicon_word(const struct lexicon *, uint32_t);
uint32_t lexicon_count(const struct lexicon *);
size_t	 lexicon_size(const struct lexicon *);	/* bytes held */

#endif
