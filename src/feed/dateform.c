#include "feed/dateform.h"

#include <string.h>

#include "feed/civil.h"
#include "feed/dateword.h"

static int
two(const char *s)
{
	return (s[0] - '0') * 10 + s[1] - '0';
}

static inline bool
digits(const char *s)
{
	return (unsigned char)(s[0] - '0') <= 9 &&
	    (unsigned char)(s[1] - '0') <= 9;
}

/* "10:14:55" */
static inline bool
is_clock(const char *s)
{
	return digits(s) && s[2] == ':' && digits(s + 3) && s[5] == ':' &&
	    digits(s + 6);
}

/* "Fri, 28 May 2010 10:14:55 " */
static bool
is_rfc822(const char *s, size_t n)
{
	return n > 26 && s[3] == ',' && s[4] == ' ' && digits(s + 5) &&
	    s[7] == ' ' && s[11] == ' ' && digits(s + 12) && digits(s + 14) &&
	    s[16] == ' ' && is_clock(s + 17) && s[25] == ' ';
}

/* "2010-05-28T10:14:55" */
static bool
is_rfc3339(const char *s, size_t n)
{
	return n > 19 && digits(s) && digits(s + 2) && s[4] == '-' &&
	    digits(s + 5) && s[7] == '-' && digits(s + 8) && s[10] == 'T' &&
	    is_clock(s + 11);
}

/* Minutes east of Greenwich. */
static bool
zone(const char *s, size_t n, int *minutes)
{
	bool colon = n == 6 && s[3] == ':';

	*minutes = 0;
	if ((n == 1 && *s == 'Z') || (n == 3 && memcmp(s, "GMT", 3) == 0))
		return true;
	if ((*s != '+' && *s != '-') || !(colon || n == 5) ||
	    !digits(s + 1) || !digits(s + n - 2))
		return false;
	*minutes = two(s + 1) * 60 + two(s + (colon ? 4 : 3));
	if (*s == '-')
		*minutes = -*minutes;
	return two(s + 1) <= 15 && two(s + (colon ? 4 : 3)) <= 59;
}

bool
dateform_usual(const char *s, size_t n, int64_t *t)
{
	bool rfc = is_rfc822(s, n);
	const char *clock = s + (rfc ? 17 : 11);
	int year, month, day, east;

	if (!rfc && !is_rfc3339(s, n))
		return false;
	if (!zone(clock + (rfc ? 9 : 8), n - (rfc ? 26 : 19), &east))
		return false;
	year = rfc ? two(s + 12) * 100 + two(s + 14) :
	    two(s) * 100 + two(s + 2);
	month = rfc ? dateword_month(s + 8, 3) : two(s + 5);
	day = two(rfc ? s + 5 : s + 8);
	if (year < CIVIL_YEAR_MIN || year > CIVIL_YEAR_MAX || month < 1 ||
	    month > 12 || day < 1 || day > civil_month_length(year, month) ||
	    two(clock) > 23 || two(clock + 3) > 59 || two(clock + 6) > 59)
		return false;
	*t = civil_days(year, month, day) * 86400 + two(clock) * 3600 +
	    (two(clock + 3) - east) * 60 + two(clock + 6);
	return true;
}

bool
dateform_unix(const char *s, size_t n, int64_t *t)
{
	uint64_t value = 0;
	size_t len = 0;

	if (n > 0 && *s == '@')
		s++, n--;
	for (; len < n && (unsigned char)(s[len] - '0') <= 9 && len < 19; len++)
		value = value * 10 + (uint64_t)(s[len] - '0');
	if (len == 10 && n > 11 && s[10] == '.') {
		if (strspn(s + 11, "0123456789") < n - 11)
			return false;
	} else if (len != n || len < 10 || len % 3 != 1)
		return false;
	for (; len > 10; len -= 3)
		value /= 1000;
	*t = (int64_t)value;
	return true;
}

size_t
dateform_week(const char *s, size_t n, int *year, int *day)
{
	size_t at = n > 4 && s[4] == '-' ? 5 : 4;
	int week, weekday = 1;
	int64_t fourth, date;

	if (n < at + 3 || !digits(s) || !digits(s + 2) || s[at] != 'W' ||
	    !digits(s + at + 1))
		return 0;
	*year = two(s) * 100 + two(s + 2);
	week = two(s + at + 1);
	at += 3;
	if (at < n && (s[at] == '-' ? at + 1 < n : true) &&
	    (unsigned char)(s[at + (s[at] == '-')] - '1') < 7) {
		at += s[at] == '-';
		weekday = s[at++] - '0';
	}
	if (week < 1 || week > 53)
		return 0;
	/* The week with January 4th in it is the first; it begins on Monday. */
	fourth = civil_days(*year, 1, 4);
	date = fourth - (civil_weekday(fourth) + 6) % 7 + (week - 1) * 7 +
	    weekday - 1;
	if (date < civil_days(*year, 1, 1))
		--*year;
	else if (date >= civil_days(*year + 1, 1, 1))
		++*year;
	*day = (int)(date - civil_days(*year, 1, 1)) + 1;
	return at;
}
