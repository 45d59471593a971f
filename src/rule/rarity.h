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

/* Greater is commoner; never 0. */
double	rarity_of(const struct lexicon *, const struct term *);

#endif
