/*
 * dateword - the words in dates: months, weekdays, zones.
 *
 * Words come as the bytes between separators, any case, UTF-8.
 */
#ifndef FEED_DATEWORD_H
#define FEED_DATEWORD_H

#include <stdbool.h>
#include <stddef.h>

int	dateword_month(const char *, size_t);	/* 1 to 12, 0 = none */
int	dateword_weekday(const char *, size_t);	/* English; 0 = Sunday, -1 = none */
/* 1 = morning, 2 = afternoon, 0 = neither; Korean words are 3 and 4. */
int	dateword_half(const char *, size_t);

enum dst { DST_NONE, DST_EU, DST_US };
struct zone {
	const char	*name;
	int		 minutes;	/* east of Greenwich, in winter */
	enum dst	 dst;
};
/* "EST", "Europe/Paris"; NULL when unknown. */
const struct zone *dateword_zone(const char *, size_t);

#endif
