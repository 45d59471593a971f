#include "base/duration.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct unit {
	const char	*names;		/* space before and after each */
	int64_t		 worth;
};

static const struct unit times[] = {
	{ " ms ", 1 },
	{ " s sec secs second seconds ", 1000 },
	{ " m min mins minute minutes ", 60 * 1000 },
	{ " h hour hours ", 3600 * 1000 },
	{ " d day days ", 86400 * 1000 },
	{ " w week weeks ", 7LL * 86400 * 1000 },
};

static const struct unit sizes[] = {
	{ " B ", 1 },
	{ " k K kB KB KiB ", 1 << 10 },
	{ " M MB MiB ", 1 << 20 },
	{ " G GB GiB ", 1 << 30 },
};

static int64_t
unit_worth(const struct unit *table, size_t n, const char *name, size_t len)
{
	char key[16];

	if (len == 0 || len > sizeof(key) - 3)
		return 0;
	snprintf(key, sizeof(key), " %.*s ", (int)len, name);
	for (size_t i = 0; i < n; i++)
		if (strstr(table[i].names, key) != NULL)
			return table[i].worth;
	return 0;
}

static int
parse(const char *text, const struct unit *table, size_t n, int64_t *out,
    const char *example, struct error *err)
{
	const char *p = text, *name;
	int64_t total = 0, worth, value;
	char *end;

	do {
		while (isspace((unsigned char)*p))
			p++;
		if (!isdigit((unsigned char)*p))
			goto bad;
		value = strtoll(p, &end, 10);
		for (p = end; isspace((unsigned char)*p); p++)
			;
		for (name = p; isalpha((unsigned char)*p); p++)
			;
		worth = unit_worth(table, n, name, (size_t)(p - name));
		if (worth == 0 || value > INT64_MAX / worth ||
		    total > INT64_MAX - value * worth)
			goto bad;
		total += value * worth;
		while (isspace((unsigned char)*p))
			p++;
	} while (*p != '\0');
	*out = total;
	return 0;
bad:
	return error_set(err, "\"%s\" needs a number and a unit, such as %s",
	    text, example);
}

int
duration_parse(const char *text, int64_t *ms, struct error *err)
{
	return parse(text, times, sizeof(times) / sizeof(times[0]), ms,
	    "\"90s\", \"15m\", \"2h\" or \"30d\"", err);
}

int
size_parse(const char *text, size_t *bytes, struct error *err)
{
	int64_t v;

	if (parse(text, sizes, sizeof(sizes) / sizeof(sizes[0]), &v,
	    "\"500k\" or \"10M\"", err) < 0)
		return -1;
	*bytes = (size_t)v;
	return 0;
}

char *
duration_text(int64_t ms, char *out, size_t size)
{
	static const struct { const char *name; int64_t worth; } units[] = {
		{ "d", 86400 }, { "h", 3600 }, { "min", 60 }, { "s", 1 } };
	int64_t s = ms < 0 ? -(ms / 1000) : ms / 1000;
	size_t i = 0, len;

	if (s == 0) {
		snprintf(out, size, "%lld ms", (long long)(ms < 0 ? -ms : ms));
		return out;
	}
	while (s < units[i].worth)
		i++;
	len = (size_t)snprintf(out, size, "%lld %s",
	    (long long)(s / units[i].worth), units[i].name);
	s %= units[i].worth;
	if (i < 3 && s / units[i + 1].worth > 0 && len < size)
		snprintf(out + len, size - len, " %lld %s",
		    (long long)(s / units[i + 1].worth), units[i + 1].name);
	return out;
}
