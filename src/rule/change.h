/*
 * change - reading the words for moves, inside: for frame_change.c,
 * frame_signs.c and change_read.c alone.
 */
#ifndef RULE_CHANGE_H
#define RULE_CHANGE_H

#include "rule/analysis.h"

/* The phrase can be used so. */
bool	 change_has_use(const struct analysis *, const struct tag *,
	    enum sense_use);
/* It stands here as a noun (or as a verb), if it can be both. */
bool	 change_reads_as(const struct analysis *, const struct tag *,
	    bool noun);
/* A noun group follows at once: the verb has an object. */
bool	 change_object_follows(const struct analysis *, uint32_t end);
/* A verb, preposition or article right before it: no verb itself. */
bool	 change_follows_verb(const struct analysis *, const struct tag *);
/* "Shalimar Paints Q3 dips": the results of the quarter. */
bool	 change_of_a_quarter(const struct analysis *, uint32_t at,
	    const struct np *);
/* "a 34 per cent rise in the fourth quarter": of some result or other. */
bool	 change_of_results(const struct analysis *, uint32_t end);
/* "yield off 13-month low" has left the low. */
bool	 change_off_extreme(const struct analysis *, const struct tag *,
	    const struct sense *);
/* "its lost market share", "81% off", "lower than expected": nothing moved. */
bool	 change_is_none(const struct analysis *, const struct tag *,
	    const struct sense *);
/* "loss widens", "export growth slows": it is this that moves. */
bool	 change_moves_on(const struct analysis *, const struct tag *);
/* "pared a 4% drop": what is pared is no measure. */
bool	 change_moves_a_move(const struct analysis *, uint32_t);
/* "adds 19 million subscribers": what is counted is the measure, if the group
   has none. */
void	 change_counted(const struct analysis *, uint32_t end, struct np *);

#endif
