#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/problems.h"
#include "rule/parse.h"

#define WORDS_MAX	6
#define WITHIN_MAX	3650	/* days */

static const char *const KNOWN[] = {
	"including forecasts", "including past", "including denied",
	"only in title", "only in lead", "within 2 days", "within 12 hours",
	"once per hour", "once per day", "relevance >= 70",
};

/* Cut into lower-case words; too many words are no option. */
static size_t
cut(const char *s, size_t len, char *buf, size_t size, const char **words)
{
	size_t n = 0, i = 0;

	if (len >= size)
		return 0;
	for (size_t k = 0; k < len; k++)
		buf[k] = (char)tolower((unsigned char)s[k]);
	buf[len] = '\0';
	while (i < len) {
		while (i < len && isspace((unsigned char)buf[i]))
			buf[i++] = '\0';
		if (i == len)
			break;
		if (n == WORDS_MAX)
			return 0;
		words[n++] = buf + i;
		while (i < len && !isspace((unsigned char)buf[i]))
			i++;
	}
	return n;
}

static bool
one_of(const char *s, const char *a, const char *b)
{
	return strcmp(s, a) == 0 || strcmp(s, b) == 0;
}

/* A whole number from 1 to max, or -1. */
static long
number(const char *s, long max)
{
	char *end;
	long v = strtol(s, &end, 10);

	return isdigit((unsigned char)*s) && *end == '\0' && v >= 1 &&
	    v <= max ? v : -1;
}

static int64_t
unit(const char *s)
{
	if (one_of(s, "hour", "hours"))
		return 3600;
	if (one_of(s, "day", "days"))
		return 86400;
	if (one_of(s, "week", "weeks"))
		return 7 * 86400;
	return -1;
}

static bool
take(const char **w, size_t n, struct rule_options *o)
{
	if (n == 2 && strcmp(w[0], "including") == 0) {
		if (one_of(w[1], "forecasts", "forecast"))
			return o->forecasts = true;
		if (strcmp(w[1], "past") == 0)
			return o->past = true;
		if (one_of(w[1], "denied", "denials"))
			return o->denied = true;
	} else if (n == 3 && strcmp(w[0], "only") == 0 &&
	    strcmp(w[1], "in") == 0) {
		if (strcmp(w[2], "title") == 0)
			return o->only_title = true;
		if (strcmp(w[2], "lead") == 0)
			return o->only_lead = true;
	} else if (n == 3 && strcmp(w[0], "within") == 0 &&
	    number(w[1], WITHIN_MAX) > 0 && unit(w[2]) > 0) {
		o->within = number(w[1], WITHIN_MAX) * unit(w[2]);
		return true;
	} else if (n == 3 && strcmp(w[0], "once") == 0 &&
	    strcmp(w[1], "per") == 0 && unit(w[2]) > 0) {
		o->once = unit(w[2]);
		return true;
	} else if (n == 3 && strcmp(w[0], "relevance") == 0 &&
	    strcmp(w[1], ">=") == 0 && number(w[2], 100) > 0) {
		o->relevance = (int)number(w[2], 100);
		return true;
	}
	return false;
}

/* Does it open as an option does, so that it can be meant as nothing else? */
static bool
opens(const char **w, size_t n)
{
	if (strcmp(w[0], "including") == 0)
		return true;
	if (n < 2)
		return false;
	return (strcmp(w[0], "only") == 0 && strcmp(w[1], "in") == 0) ||
	    (strcmp(w[0], "once") == 0 && strcmp(w[1], "per") == 0) ||
	    (strcmp(w[0], "within") == 0 && isdigit((unsigned char)*w[1])) ||
	    strcmp(w[0], "relevance") == 0;
}

int
rule_option(const char *s, size_t len, struct rule_options *o,
    struct error *err)
{
	const char *words[WORDS_MAX], *near;
	char buf[128], whole[128];
	size_t n, at = 0;

	n = cut(s, len, buf, sizeof(buf), words);
	if (n == 0)
		return 0;
	if (take(words, n, o))
		return 1;
	for (size_t i = 0; i < n; i++)
		at += (size_t)snprintf(whole + at, sizeof(whole) - at, "%s%s",
		    i > 0 ? " " : "", words[i]);
	near = problems_nearest(whole, KNOWN, sizeof(KNOWN) / sizeof(*KNOWN));
	if (near == NULL && !opens(words, n))
		return 0;
	return error_set(err, "'%s' is no option%s%s%s: options are including"
	    " forecasts, including past, including denied, only in title,"
	    " only in lead, within N hours or days, once per hour or day,"
	    " relevance >= N", whole, near != NULL ? " (did you mean '" : "",
	    near != NULL ? near : "", near != NULL ? "'?)" : "");
}
