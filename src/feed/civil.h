/*
 * civil - the proleptic Gregorian calendar, in days since 1970-01-01.
 */
#ifndef FEED_CIVIL_H
#define FEED_CIVIL_H

#include <stdint.h>

/* The years that a feed can mean. */
#define CIVIL_YEAR_MIN	1900
#define CIVIL_YEAR_MAX	2999

int64_t	civil_days(int64_t year, int month, int day);
int	civil_weekday(int64_t days);		/* 0 = Sunday */
int	civil_month_length(int year, int month);	/* month 1 to 12 */

#endif
