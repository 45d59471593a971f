/*
 * dateword - the words in dates: months, weekdays, zones.
 *
 * Words come as the bytes between separators, any case, UTF-8.
 */
#ifndef FEED_DATEWORD_H
#define FEED_DATEWORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

int	dateword_month(const char *, size_t);	/* 1 to 12, 0 = none */
int	dateword_weekday(const char *, size_t);	/* English; 0 = Sunday, -1 = none */
/* 1 = morning, 2 = afternoon, 0 = neither; Korean words are 3 and 4. */
int	dateword_half(const char *, size_t);

/* Do the bytes start with what stands between an hour and its minutes, "h",
   "時", or behind the minutes, "分"? Its length, or 0. */
size_t	dateword_hour(const char *, size_t);
size_t	dateword_minute(const char *, size_t);

enum dst { DST_NONE, DST_EU, DST_US };
struct zone {
	const char	*name;
	int		 minutes;	/* east of Greenwich, in winter */
	enum dst	 dst;
};
/* "EST", "Europe/Paris"; NULL when unknown. */
const struct zone *dateword_zone(const char *, size_t);
/* Is summer time kept in it at this local time of the year? */
bool	dateword_summer(const struct zone *, int year, int64_t local);

#endif
