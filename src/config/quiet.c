#include "config/quiet.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/zone.h"

#define DAY_MINUTES (24 * 60)

struct quiet {
	int		 from, to;	/* minutes after midnight */
	struct zone	*zone;
};

static bool
take_clock(const char **p, int *minutes)
{
	const char *s = *p;
	int h = 0, digits = 0;

	for (; isdigit((unsigned char)*s) && digits < 2; s++, digits++)
		h = h * 10 + (*s - '0');
	if (digits == 0 || s[0] != ':' || !isdigit((unsigned char)s[1]) ||
	    !isdigit((unsigned char)s[2]) || isdigit((unsigned char)s[3]))
		return false;
	*minutes = h * 60 + (s[1] - '0') * 10 + (s[2] - '0');
	*p = s + 3;
	return s[1] < '6' && *minutes <= DAY_MINUTES;
}

static void
skip_space(const char **p)
{
	*p += strspn(*p, " \t");
}

struct quiet *
quiet_parse(const char *text, struct error *err)
{
	struct quiet q = { 0 }, *copy;
	const char *p = text;
	char *name;
	size_t n;
	bool good;

	skip_space(&p);
	good = take_clock(&p, &q.from);
	if (good) {
		skip_space(&p);
		good = *p == '-';
		p += good;
		skip_space(&p);
	}
	good = good && take_clock(&p, &q.to) && (*p == '\0' || *p == ' ' ||
	    *p == '\t');
	skip_space(&p);
	if (!good || q.from == DAY_MINUTES) {
		error_set(err, "quiet hours are written \"22:00-07:00 "
		    "Europe/Berlin\", not \"%s\"", text);
		return NULL;
	}
	if (q.from == q.to % DAY_MINUTES) {
		error_set(err, "quiet hours \"%s\" are a whole day or none",
		    text);
		return NULL;
	}
	for (n = strlen(p); n > 0 && (p[n - 1] == ' ' || p[n - 1] == '\t'); n--)
		;
	name = mem_strndup(p, n);
	q.zone = zone_load(name, err);
	free(name);
	if (q.zone == NULL)
		return NULL;
	copy = mem_alloc(sizeof(*copy));
	*copy = q;
	return copy;
}

void
quiet_free(struct quiet *q)
{
	if (q == NULL)
		return;
	zone_free(q->zone);
	free(q);
}

static bool
holds(const struct quiet *q, int64_t t)
{
	int64_t local = t + zone_offset(q->zone, t);
	int minute = (int)((local % 86400 + 86400) % 86400 / 60);

	if (q->from < q->to)
		return minute >= q->from && minute < q->to;
	return minute >= q->from || minute < q->to;
}

int64_t
quiet_until(const struct quiet *q, int64_t now)
{
	int64_t t = now;

	if (q == NULL || !holds(q, now))
		return 0;
	/* The end is at a full minute, of this clock or of one that was
	   changed meanwhile: looking at each finds both. */
	for (int i = 0; i <= 2 * DAY_MINUTES && holds(q, t); i++)
		t += 60 - t % 60;
	return t;
}
