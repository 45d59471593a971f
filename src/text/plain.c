/* Plain words: the most of any text, eight bytes at a time. */
#include <endian.h>
#include <string.h>

#include "text/scan.h"
#include "text/words.h"

#define ALL(byte)	((byte) * UINT64_C(0x0101010101010101))
#define HIGH		ALL(0x80)
#define CASE		ALL(0x20)

/* A word while its pieces are read. */
struct plain {
	struct lexicon_key	key;
	uint64_t		caps;		/* CASE where capitals are; beyond the
					 * first piece 2 * CASE */
	uint64_t		lows;		/* CASE where small letters are */
};

/* The eight bytes at `at`, the first lowest, zeros after the end. */
static inline uint64_t
eight(const char *s, uint32_t len, uint32_t at)
{
	uint32_t left = len - at;
	uint64_t v = 0;

	if (left >= 8) {
		memcpy(&v, s + at, 8);
		return le64toh(v);
	}
	if (left == 0)
		return 0;
	if (len >= 8) {
		memcpy(&v, s + len - 8, 8);
		return le64toh(v) >> (8 - left) * 8;
	}
	memcpy(&v, s, len);
	return le64toh(v) >> at * 8;
}

/* The high bit of each byte that is no ASCII letter; low: with CASE set. */
static inline uint64_t
not_letters(uint64_t v, uint64_t low)
{
	uint64_t seven = low & ~HIGH;
	uint64_t from_a = seven + ALL(0x80 - 'a');
	uint64_t past_z = seven + ALL(0x80 - 'z' - 1);

	return (~from_a | past_z | v) & HIGH;
}

/* Read letters from `at` into the key; how many, or 0 when there are too many. */
static inline uint32_t
letters(struct plain *w, const char *s, uint32_t len, uint32_t at)
{
	uint64_t hash = 0, stop = 0;
	uint32_t n = 0;

	w->key.piece[1] = 0;
	w->caps = w->lows = 0;
	for (uint32_t i = 0; stop == 0; i++) {
		uint64_t v = eight(s, len, at + n), low = v | CASE, keep;

		stop = not_letters(v, low);
		if (stop & 0x80)
			break;		/* ends with the piece before */
		if (i == LEXICON_PIECES)
			return 0;
		/* all bytes below the first stop */
		keep = ((stop & -stop) >> 7) - 1;
		low &= keep;
		w->key.piece[i] = htole64(low);
		hash = lexicon_mix(hash, low);
		w->caps |= (~v & CASE & keep) << (i > 0);
		w->lows |= v & CASE & keep;
		n += stop != 0 ? (uint32_t)__builtin_ctzll(stop) / 8 : 8;
	}
	w->key.hash = hash;
	w->key.len = n;
	return n;
}

/* Whether nothing that belongs to a word of plain letters stands at `at`. */
static inline bool
ends(const char *s, uint32_t len, uint32_t at)
{
	unsigned char c, next;

	if (at >= len || s[at] == ' ')
		return true;
	c = (unsigned char)s[at];
	if (c >= 0x80 || c == '\'' || c == '&' ||
	    fold_ascii_class[c] == FOLD_DIGIT)
		return false;
	next = c == '.' && at + 1 < len ? (unsigned char)s[at + 1] : ' ';
	return next < 0x80 && fold_ascii_class[next] != FOLD_LOWER &&
	    fold_ascii_class[next] != FOLD_UPPER;
}

static inline uint8_t
shape_of(const struct plain *w)
{
	if (w->caps == 0)
		return TEXT_LOWER;
	if (w->caps == 0x20)
		return TEXT_CAPITAL;
	return w->lows == 0 ? TEXT_CAPS : TEXT_MIXED;
}

/* One space with a visible ASCII character after it. */
static inline bool
is_plain_space(const char *s, uint32_t len, uint32_t at)
{
	return s[at] == ' ' && at + 1 < len && s[at + 1] > ' ' &&
	    s[at + 1] < 0x7F;
}

void
scan_plain(struct scan *s)
{
	struct text *x = s->text;
	const char *bytes = s->s;
	uint32_t at = s->at, n;
	uint16_t around = scan_around(s);
	struct plain w;

	for (; at < s->len; at += n, x->steps++) {
		if (is_plain_space(bytes, s->len, at)) {
			s->flags |= TEXT_SPACE;
			at++;
		}
		n = letters(&w, bytes, s->len, at);
		if (n == 0 || !ends(bytes, s->len, at + n))
			break;
		if (x->ntokens == s->cap && !scan_grow(s, at + n))
			return;
		x->tokens[x->ntokens++] = (struct text_token){
			.start = at, .end = at + n, .kind = TEXT_WORD,
			.field = s->field, .flags = s->flags | around,
			.shape = shape_of(&w), .word = s->add != NULL ?
			lexicon_add(s->add, (const char *)w.key.piece, n) :
			lexicon_find_key(s->lexicon, &w.key),
		};
		s->flags = 0;
	}
	s->at = at;
}
