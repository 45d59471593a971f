#include "poll/freshness.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/* Larger numbers of seconds are as good as this one (RFC 9111 1.2.2). */
#define SECONDS_MAX INT32_MAX

static int
month_of(const char *name)
{
	static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

	for (int i = 0; i < 12; i++)
		if (strcasecmp(name, names[i]) == 0)
			return i;
	return -1;
}

/* RFC 9110: more than 50 years ahead means the century before. */
static int
full_year(int two, int64_t now)
{
	time_t t = (time_t)now;
	struct tm tm;
	int year, this;

	gmtime_r(&t, &tm);
	this = tm.tm_year + 1900;
	year = this / 100 * 100 + two;
	if (year > this + 50)
		return year - 100;
	return year <= this - 50 ? year + 100 : year;
}

struct moment {
	int	day, year, hour, minute, second;
	char	month[4];
};

static bool
read_moment(const char *s, struct moment *m, int64_t now)
{
	char zone[4] = "";
	int n;

	n = sscanf(s, "%*9[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d %3s",
	    &m->day, m->month, &m->year, &m->hour, &m->minute, &m->second,
	    zone);
	if (n < 6) {
		n = sscanf(s, "%*9[A-Za-z], %2d-%3[A-Za-z]-%4d %2d:%2d:%2d %3s",
		    &m->day, m->month, &m->year, &m->hour, &m->minute,
		    &m->second, zone);
		if (n >= 6 && m->year >= 0 && m->year < 100)
			m->year = full_year(m->year, now);
	}
	if (n < 6) {
		n = sscanf(s, "%*3[A-Za-z] %3[A-Za-z] %2d %2d:%2d:%2d %4d",
		    m->month, &m->day, &m->hour, &m->minute, &m->second,
		    &m->year);
		return n == 6;
	}
	return n == 6 || strcmp(zone, "GMT") == 0 || strcmp(zone, "UTC") == 0;
}

bool
freshness_date(const char *s, int64_t now, int64_t *out)
{
	struct moment m = { 0 };
	struct tm tm = { 0 };

	if (!read_moment(s, &m, now))
		return false;
	tm.tm_mon = month_of(m.month);
	if (tm.tm_mon < 0 || m.year < 1900 || m.day < 1 || m.day > 31 ||
	    m.hour < 0 || m.hour > 23 || m.minute < 0 || m.minute > 59 ||
	    m.second < 0 || m.second > 60)
		return false;
	tm.tm_year = m.year - 1900;
	tm.tm_mday = m.day;
	tm.tm_hour = m.hour;
	tm.tm_min = m.minute;
	tm.tm_sec = m.second;
	*out = timegm(&tm);
	return true;
}

/* Digits alone, as many as there are. */
static bool
read_seconds(const char *s, size_t len, int64_t *out)
{
	int64_t v = 0;

	if (len == 0)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		if (v < SECONDS_MAX)
			v = v * 10 + (s[i] - '0');
	}
	*out = v < SECONDS_MAX ? v : SECONDS_MAX;
	return true;
}

bool
freshness_retry_after(const char *s, int64_t now, int64_t *until)
{
	int64_t v;

	if (*s == '\0')
		return false;
	if (read_seconds(s, strlen(s), &v))
		v += now;
	else if (!freshness_date(s, now, &v))
		return false;
	if (v <= now)
		return false;
	*until = v;
	return true;
}

struct cache_control {
	bool	has_age, no_reuse;
	int64_t	max_age;
};

static void
read_directive(const char *p, size_t len, struct cache_control *cc)
{
	const char *eq = memchr(p, '=', len);
	size_t name = eq != NULL ? (size_t)(eq - p) : len;
	const char *value;
	size_t n;

	if ((name == 8 && strncasecmp(p, "no-cache", 8) == 0 && eq == NULL) ||
	    (name == 8 && strncasecmp(p, "no-store", 8) == 0)) {
		cc->no_reuse = true;
		return;
	}
	if (name != 7 || strncasecmp(p, "max-age", 7) != 0 || eq == NULL ||
	    cc->has_age)
		return;
	value = eq + 1;
	n = len - name - 1;
	if (n >= 2 && value[0] == '"' && value[n - 1] == '"')
		value++, n -= 2;
	cc->has_age = read_seconds(value, n, &cc->max_age);
}

/* Directives between commas, but not those within quotes. */
static void
read_cache_control(const char *s, struct cache_control *cc)
{
	memset(cc, 0, sizeof(*cc));
	while (*s != '\0') {
		const char *start = s += strspn(s, " \t,"), *end;
		bool quoted = false;

		for (; *s != '\0' && (quoted || *s != ','); s++)
			if (*s == '"')
				quoted = !quoted;
		for (end = s; end > start && strchr(" \t", end[-1]) != NULL;)
			end--;
		read_directive(start, (size_t)(end - start), cc);
	}
}

bool
freshness_lifetime(const struct poll_answer *a, int64_t now, int64_t *out)
{
	struct cache_control cc;
	int64_t age = 0, expires, date = now;

	read_cache_control(a->cache_control, &cc);
	read_seconds(a->age, strlen(a->age), &age);
	if (cc.no_reuse)
		*out = 0;
	else if (cc.has_age)
		*out = cc.max_age - age;
	else if (a->expires[0] != '\0') {
		freshness_date(a->date, now, &date);
		/* "0", "-1" and other non-dates: it has expired. */
		*out = freshness_date(a->expires, now, &expires) ?
		    expires - date - age : 0;
	} else
		return false;
	if (*out < 0)
		*out = 0;
	return true;
}
