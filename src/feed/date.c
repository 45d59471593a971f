#include "feed/date.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "article/article.h"
#include "feed/civil.h"
#include "feed/dateform.h"
#include "feed/dateparts.h"
#include "feed/dateword.h"

#define LENGTH_MAX 128		/* longer ones are no date */

static bool
is_date(const struct date_parts *s, int year, int month, int day)
{
	return month >= 1 && month <= 12 && day >= 1 &&
	    day <= civil_month_length(year, month) && (s->weekday < 0 ||
	    civil_weekday(civil_days(year, month, day)) == s->weekday);
}

/* Three numbers: which is which? */
static void
order(const struct date_parts *s, int *year, int *month, int *day)
{
	const struct date_number *n = s->num;
	int swap;
	bool day_first;

	if (n[0].len >= 3 || n[0].value > 31 ||
	    (n[1].before == '-' && n[2].before == '-' && n[2].len <= 2)) {
		*year = dateparts_year(&n[0]);
		*month = n[1].value;
		*day = n[2].value;
		return;
	}
	*year = dateparts_year(&n[2]);
	day_first = n[1].before != '/';
	*month = n[day_first ? 1 : 0].value;
	*day = n[day_first ? 0 : 1].value;
	/* The other order only where this one is no date, or where the
	   weekday says so. */
	if (is_date(s, *year, *month, *day) ||
	    !(*month > 12 || is_date(s, *year, *day, *month)))
		return;
	swap = *month;
	*month = *day;
	*day = swap;
}

/* With the month's name known: "28 May 2010", "May 28, 2010", "Nov. 2020". */
static bool
order_named(const struct date_parts *s, int *year, int *month, int *day)
{
	const struct date_number *n = s->num;
	bool first;

	*month = s->month != 0 ? s->month : 1;
	if (s->n == 1) {
		*year = n[0].value;
		*day = 1;
		return n[0].len == 4;
	}
	if (s->n != 2)
		return false;
	first = n[0].len > 2 || n[0].value > 31;
	*year = dateparts_year(&n[first ? 0 : 1]);
	*day = n[first ? 1 : 0].value;
	return true;
}

static bool
civil(const struct date_parts *s, int *year, int *month, int *day)
{
	*month = *day = 1;
	/* "mar. 05/03/2024" is a Tuesday. */
	if ((s->month != 0 && !(s->month_first && s->n == DATE_NUMBERS)) ||
	    (s->month_unknown && s->n == 2))
		return order_named(s, year, month, day);
	*year = s->num[0].value;
	if (s->n == 1)
		return s->num[0].len == 4 && !s->time;
	if (s->n == 2 && s->num[1].len == 3) {	/* day of the year */
		*day = s->num[1].value;
		while (*month < 12 && *day > civil_month_length(*year, *month))
			*day -= civil_month_length(*year, (*month)++);
		return s->num[0].len == 4;
	}
	*month = s->num[1].value;
	if (s->n == 2)
		return s->num[0].len == 4;
	if (s->n != 3)
		return false;
	order(s, year, month, day);
	return true;
}

static int64_t
moment(const struct date_parts *s, int year, int month, int day)
{
	int64_t t;
	int hour = s->hour, offset = 0;

	if ((s->half == 2 || s->half == 4) && hour < 12)
		hour += 12;
	else if ((s->half == 1 || s->half == 3) && hour == 12)
		hour = 0;
	t = civil_days(year, month, day);
	t = t * 86400 + hour * 3600 + s->minute * 60 + s->second;
	if (s->offset_set)
		offset = s->offset;
	else if (s->zone != NULL)
		offset = s->zone->minutes +
		    (dateword_summer(s->zone, year, t) ? 60 : 0);
	else if (s->half >= 3)
		offset = 540;		/* written in Korea */
	return t - offset * 60;
}

int64_t
date_parse(const char *text)
{
	struct date_parts s = { .weekday = -1 };
	int year = 0, month = 0, day = 0;
	int64_t t;
	size_t n, week;

	while (isspace((unsigned char)*text))
		text++;
	n = strnlen(text, LENGTH_MAX);
	while (n > 0 && isspace((unsigned char)text[n - 1]))
		n--;
	if (n == 0 || n == LENGTH_MAX || text[n - 1] == '-')
		return ARTICLE_NO_TIME;
	if (dateform_usual(text, n, &t) || dateform_unix(text, n, &t))
		return t;
	s.p = text;
	s.end = text + n;
	if ((week = dateform_week(text, n, &year, &day)) > 0) {
		s.num[0] = (struct date_number){ year, 4, '\0' };
		s.num[1] = (struct date_number){ day, 3, '-' };
		s.n = 2;
		s.p += week;
	} else
		dateparts_compact(&s);
	dateparts_read(&s);
	if (s.bad || s.hour > 24 || s.minute > 59 || s.second > 60 ||
	    (s.hour == 24 && s.minute + s.second > 0) ||
	    !civil(&s, &year, &month, &day) || year < CIVIL_YEAR_MIN ||
	    year > CIVIL_YEAR_MAX || month < 1 || month > 12 || day < 1 ||
	    day > civil_month_length(year, month))
		return ARTICLE_NO_TIME;
	return moment(&s, year, month, day);
}
