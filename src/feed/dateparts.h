/*
 * dateparts - what stands in the text of a date: its numbers in their order,
 * the month and the weekday by name, the time of the day, the zone.
 *
 * Which of the numbers is the year, the month and the day is for date.c to say.
 */
#ifndef FEED_DATEPARTS_H
#define FEED_DATEPARTS_H

#include <stdbool.h>

#include "feed/dateword.h"

#define DATE_NUMBERS	3

struct date_number {
	int	value;
	int	len;		/* digits */
	char	before;		/* the separator in front */
};

struct date_parts {
	const char		*p, *end;
	struct date_number	 num[DATE_NUMBERS];
	int			 n;
	int			 month;		/* by name; 0 = none */
	bool			 month_first;	/* it stood before any number */
	bool			 month_unknown;	/* a word in a month's place */
	int			 weekday;	/* -1 = none */
	bool			 time;
	int			 hour, minute, second;
	int			 half;		/* dateword_half, 0 = none */
	const struct zone	*zone;
	bool			 offset_set;
	int			 offset;	/* minutes */
	bool			 bad;		/* it is no date */
};

/* Of a text from p to end; the rest of the struct is zeros and weekday -1, or
   holds what has been read in front of p. */
void	dateparts_read(struct date_parts *);
/* A run of digits without separators at p: "20031231", "03335", with the time
   perhaps. Steps behind it; where there is none nothing is changed. */
void	dateparts_compact(struct date_parts *);
int	dateparts_year(const struct date_number *);	/* in full */

#endif
