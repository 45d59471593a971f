/*
 * regex - PCRE2 patterns that cannot hold us up.
 *
 * Patterns see the text as it was written (UTF-8; broken bytes match nothing),
 * case as written unless /…/i, ^ and $ at the ends of the field. A search that
 * takes more than REGEX_STEPS_MAX steps is given up and counts as no match, so
 * that no pattern can stop the daemon. Compiled patterns are only read; each
 * thread has its own struct regex_work.
 */
#ifndef RULE_REGEX_H
#define RULE_REGEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define REGEX_STEPS_MAX	100000u
#define REGEX_GRAM	4	/* bytes of a literal that the index looks for */

struct regex;
struct regex_work;

/* jit: also make machine code, where that exists. */
struct regex *regex_new(const char *, size_t, bool icase, bool jit,
	    struct error *);
void	 regex_free(struct regex *);
struct regex_work *regex_work_new(void);
void	 regex_work_free(struct regex_work *);

/*
 * The first match at or after byte `from`: 1 with its bytes in *start, *end; 0
 * when there is none; -1 when the search was given up.
 */
int	 regex_find(const struct regex *, struct regex_work *, const char *,
	    size_t len, size_t from, size_t *start, size_t *end);

/*
 * REGEX_GRAM bytes, ASCII letters in lower case, that stand in every match;
 * false when none could be told. As a number, first byte lowest.
 */
bool	 regex_gram(const char *, size_t, uint32_t *gram);

#endif
