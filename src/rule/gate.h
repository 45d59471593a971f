/*
 * gate - whether an article can have a key that any rule waits for.
 *
 * To find its keys an article has to be analysed, which is most of what a rule
 * with meaning costs, and most articles speak of nothing that a rule asks for.
 * Each key comes from a phrase of the vocabulary, found as the tagger does: where
 * no phrase for one of the keys that rules wait for is written, none of these
 * keys can be there, and no rule is a candidate by one. Only read once made.
 */
#ifndef RULE_GATE_H
#define RULE_GATE_H

#include <stdbool.h>

#include "rule/index.h"
#include "rule/terms.h"
#include "text/text.h"

struct gate;
struct vocabulary;

struct gate *gate_new(const struct vocabulary *, const struct terms *,
	    const struct index *);
void	 gate_free(struct gate *);
/* A text of the vocabulary's lexicon, after text_case. False: it has none of the
   keys. */
bool	 gate_opens(const struct gate *, const struct text *);

#endif
