#include "feed/dateform.h"

#include <string.h>

#include "feed/civil.h"
#include "feed/dateword.h"

static int
two(const char *s)
{
	return (s[0] - '0') * 10 + s[1] - '0';
}

/* '#' is a digit, '@' anything, the rest itself. */
static bool
fits(const char *s, size_t n, const char *form)
{
	size_t i;

	for (i = 0; i < n && form[i] != '\0'; i++)
		if (form[i] == '#' ? (unsigned char)(s[i] - '0') > 9 :
		    form[i] != '@' && form[i] != s[i])
			return false;
	return form[i] == '\0';
}

/* Minutes east of Greenwich. */
static bool
zone(const char *s, size_t n, int *minutes)
{
	bool colon = n == 6 && fits(s + 1, n - 1, "##:##");

	*minutes = 0;
	if ((n == 1 && *s == 'Z') || (n == 3 && memcmp(s, "GMT", 3) == 0))
		return true;
	if ((*s != '+' && *s != '-') ||
	    !(colon || (n == 5 && fits(s + 1, n - 1, "####"))))
		return false;
	*minutes = two(s + 1) * 60 + two(s + (colon ? 4 : 3));
	if (*s == '-')
		*minutes = -*minutes;
	return two(s + 1) <= 15 && two(s + (colon ? 4 : 3)) <= 59;
}

bool
dateform_usual(const char *s, size_t n, int64_t *t)
{
	bool rfc = fits(s, n, "@@@, ## @@@ #### ##:##:## @");
	const char *clock = s + (rfc ? 17 : 11);
	int year, month, day, east;

	if (!rfc && !fits(s, n, "####-##-##T##:##:##@"))
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
