/*
 * np - taking a noun group apart, inside: for rule/np*.c alone.
 */
#ifndef RULE_NP_H
#define RULE_NP_H

#include "rule/analysis.h"

#define MENTIONS_MAX 24

struct found {
	struct mention	m;
	uint32_t	at, last;	/* positions in the zone */
	uint32_t	segment;
};

struct parse {
	struct analysis	*a;
	const struct zone *z;
	struct found	 found[MENTIONS_MAX];
	uint32_t	 nfound;
	uint32_t	 segment;
	uint32_t	 preps[ZONE_MAX + 1];	/* GRAM_* bits that opened it */
	uint32_t	 measure, measure_tag, measure_at, measure_last;
	uint32_t	 measure_segment;
	uint32_t	 last_content[ZONE_MAX + 1];	/* position + 1 */
};

/* np_read.c: mentions, measure and prepositions of the zone. */
void	 np_read(struct parse *, struct np *);
/* A place that the group's sense goes with: "Tokyo" of "Tokyo shares". */
bool	 np_of_place(const struct analysis *, const struct mention *,
	    uint32_t sense);

#endif
