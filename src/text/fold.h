/*
 * fold - one spelling for words that a reader takes for the same.
 *
 * Unicode case folding and NFC (utf8proc; Unicode 15, UAX #15), typographic
 * apostrophes as ', every dash as -, soft hyphen and zero-width characters
 * dropped. Accents stay: a vocabulary lists both "Nestlé" and "Nestle". ASCII
 * takes a short way. Nothing is allocated. Input may be any bytes; what is not
 * UTF-8 is dropped.
 */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Fold len bytes into out (not NUL-terminated). Returns the length, or 0 when
 * the result would not fit: such a word is unknown to everybody.
 */
size_t	 fold_word(const char *, size_t len, char *out, size_t size);

/*
 * The code point at s (len > 0 bytes there), its length in *n >= 1. Bytes that
 * are no UTF-8 give -1, one byte at a time.
 */
int32_t	 fold_decode(const char *s, size_t len, size_t *n);

enum fold_class {
	FOLD_OTHER,		/* symbols, controls, broken bytes */
	FOLD_SPACE,		/* incl. NBSP and the typographic spaces */
	FOLD_NEWLINE,
	FOLD_LOWER,		/* letters; those without case count as lower */
	FOLD_UPPER,
	FOLD_DIGIT,		/* 0-9 */
	FOLD_IDEOGRAPH,		/* scripts written without spaces */
	FOLD_MARK,		/* combining marks */
	FOLD_NOTHING		/* soft hyphen, ZWSP, joiners, BOM */
};
enum fold_class fold_class(int32_t);
extern const uint8_t fold_ascii_class[128];	/* of ASCII, for inner loops */
/*
 * The ASCII character that stands for a typographic one: quotes as " or ',
 * dashes: U+2010/2011 as -, U+2212 as -, U+2013 as - ; U+2014/2015 as '_' (a
 * dash that separates); U+2026 as '~' (an ellipsis); else the character itself
 * when ASCII, or 0.
 */
char	 fold_ascii(int32_t);

#endif
