/*
 * rarity - how often a term may be met in an article, roughly.
 *
 * A prior, so that the index can choose what to wait for: the commonest English
 * words from a small table, others by their length (long words are rare), and
 * what many rules mention is taken for commoner. Only the order matters, and
 * only for speed.
 */
#ifndef RULE_RARITY_H
#define RULE_RARITY_H

#include "rule/terms.h"
#include "text/lexicon.h"

struct vocabulary;

/*
 * Of each term, to be freed: greater is commoner; never 0. A name is rare; what
 * happens and what is measured is common; a concept the more so the more it has
 * members.
 */
double	*rarity_of_all(const struct vocabulary *, const struct terms *);

#endif
