/*
 * clause - cutting sentences into clauses, inside: for rule/clause*.c alone.
 */
#ifndef RULE_CLAUSE_H
#define RULE_CLAUSE_H

#include "rule/analysis.h"

/* What stands between a border and the next one. */
struct ahead {
	uint32_t	end;		/* the next border */
	bool		nominal;	/* something nominal before the verb */
	bool		verbal, finite, predicate, starts_verbal;
	bool		starts_bare;	/* -ing, participle, particle first */
};

/* A mark that cuts always: ; | ! ? and, with exceptions, : . - */
bool	 clause_hard(const struct analysis *, uint32_t, uint32_t end);
/* A verb here: "shares" of "shares of Nvidia" is none, "forecasts a rise" is. */
bool	 clause_verbal(const struct analysis *, uint32_t);
/* A verb that only a subject can have: "fell", "sells", "is", "cut a tenth". */
bool	 clause_has_subject(const struct analysis *, uint32_t, uint32_t end);
/* From a token up to the next border; no further than some 50 tokens. */
struct ahead clause_look(const struct analysis *, uint32_t from, uint32_t end);
/*
 * "Nvidia stock - down 8% this week - worries funds": the end of what two dashes
 * put in, if the verb of what is left of them follows; i if they do not.
 */
uint32_t clause_put_in(const struct analysis *, uint32_t i,
	    const struct text_sentence *);

#endif
