#include "base/zone.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/fdio.h"
#include "base/mem.h"

#define FILE_MAX_BYTES	(1u << 20)
#define FOLDER		"/usr/share/zoneinfo"
#define DAY		86400

/* A yearly change, from the footer (POSIX TZ, with RFC 8536's wider hours). */
struct yearly {
	enum { MONTH_WEEK_DAY, JULIAN, DAY_OF_YEAR } kind;
	int	month, week, day;	/* day alone for the other two */
	int32_t	time;			/* local seconds after midnight */
};

struct zone {
	int64_t		*at;		/* transitions, rising */
	uint8_t		*type;
	size_t		 n;
	int32_t		 offsets[256];
	int		 types;
	/* After the last transition. */
	bool		 footer, has_summer;
	int32_t		 winter, summer;
	struct yearly	 begin, end;	/* of summer time */
};

static int64_t
number(const unsigned char *p, int bytes)
{
	uint64_t v = 0;

	for (int i = 0; i < bytes; i++)
		v = v << 8 | p[i];
	if (bytes == 4)
		return (int32_t)(uint32_t)v;
	return (int64_t)v;
}

/* The footer: a small parser that moves *p on and gives false when astray. */

static bool
take_name(const char **p)
{
	const char *s = *p;

	if (*s == '<') {
		s += strcspn(s, ">");
		if (*s != '>')
			return false;
		*p = s + 1;
		return true;
	}
	while (isalpha((unsigned char)*s))
		s++;
	if (s - *p < 3)
		return false;
	*p = s;
	return true;
}

static bool
take_int(const char **p, int max, int *out)
{
	int v = 0;

	if (!isdigit((unsigned char)**p))
		return false;
	for (; isdigit((unsigned char)**p); (*p)++) {
		v = v * 10 + (**p - '0');
		if (v > max)
			return false;
	}
	*out = v;
	return true;
}

/* [+-]hh[:mm[:ss]] */
static bool
take_time(const char **p, int32_t *out)
{
	int sign = 1, h, m = 0, s = 0;

	if (**p == '-' || **p == '+')
		sign = *(*p)++ == '-' ? -1 : 1;
	if (!take_int(p, 167, &h))
		return false;
	if (**p == ':' && ((*p)++, !take_int(p, 59, &m)))
		return false;
	if (**p == ':' && ((*p)++, !take_int(p, 59, &s)))
		return false;
	*out = sign * (h * 3600 + m * 60 + s);
	return true;
}

static bool
take_yearly(const char **p, struct yearly *y)
{
	memset(y, 0, sizeof(*y));
	y->time = 2 * 3600;
	if (*(*p)++ != ',')
		return false;
	if (**p == 'M') {
		(*p)++;
		y->kind = MONTH_WEEK_DAY;
		if (!take_int(p, 12, &y->month) || *(*p)++ != '.' ||
		    !take_int(p, 5, &y->week) || *(*p)++ != '.' ||
		    !take_int(p, 6, &y->day) || y->month < 1 || y->week < 1)
			return false;
	} else {
		y->kind = **p == 'J' ? JULIAN : DAY_OF_YEAR;
		*p += y->kind == JULIAN;
		if (!take_int(p, 365, &y->day))
			return false;
	}
	if (**p == '/' && ((*p)++, !take_time(p, &y->time)))
		return false;
	return true;
}

/* "CET-1CEST,M3.5.0,M10.5.0/3": POSIX counts west of Greenwich. */
static bool
read_footer(struct zone *z, const char *p)
{
	if (!take_name(&p) || !take_time(&p, &z->winter))
		return false;
	z->winter = -z->winter;
	z->footer = true;
	if (*p == '\0')
		return true;
	z->summer = z->winter + 3600;
	if (!take_name(&p))
		return false;
	if (*p != ',') {
		if (!take_time(&p, &z->summer))
			return false;
		z->summer = -z->summer;
	}
	z->has_summer = take_yearly(&p, &z->begin) &&
	    take_yearly(&p, &z->end) && *p == '\0';
	return z->has_summer;
}

/* One block: transitions of 4 or 8 bytes. Its length, or 0 if damaged. */
static size_t
block_length(const unsigned char *h, int bytes, size_t count[6])
{
	size_t sum = 44;

	for (int i = 0; i < 6; i++) {
		count[i] = (uint32_t)number(h + 20 + 4 * i, 4);
		if (count[i] > FILE_MAX_BYTES)
			return 0;
	}
	/* isut, isstd, leap, time, type, char */
	sum += count[3] * (size_t)(bytes + 1) + count[4] * 6 + count[5];
	sum += count[2] * (size_t)(bytes + 4) + count[1] + count[0];
	return sum;
}

static bool
read_block(struct zone *z, const unsigned char *p, int bytes,
    const size_t count[6])
{
	const unsigned char *type, *info;

	z->n = count[3];
	z->types = (int)count[4];
	if (z->types < 1 || z->types > 256)
		return false;
	p += 44;
	type = p + z->n * (size_t)bytes;
	info = type + z->n;
	z->at = mem_zalloc(z->n + 1, sizeof(*z->at));
	z->type = mem_zalloc(z->n + 1, 1);
	for (size_t i = 0; i < z->n; i++) {
		z->at[i] = number(p + i * (size_t)bytes, bytes);
		z->type[i] = type[i];
		if (type[i] >= z->types || (i > 0 && z->at[i] < z->at[i - 1]))
			return false;
	}
	for (int i = 0; i < z->types; i++) {
		z->offsets[i] = (int32_t)number(info + 6 * i, 4);
		if (z->offsets[i] <= -DAY * 2 || z->offsets[i] >= DAY * 2)
			return false;
	}
	return true;
}

static bool
read_file(struct zone *z, const struct buf *b)
{
	const unsigned char *p = (const unsigned char *)b->data;
	size_t left = b->len, count[6], length;
	char *footer;
	bool ok;

	if (left < 44 || memcmp(p, "TZif", 4) != 0 ||
	    (length = block_length(p, 4, count)) == 0 || length > left)
		return false;
	if (p[4] == '\0')
		return read_block(z, p, 4, count);
	p += length;
	left -= length;
	if (left < 44 || memcmp(p, "TZif", 4) != 0 ||
	    (length = block_length(p, 8, count)) == 0 || length > left ||
	    !read_block(z, p, 8, count))
		return false;
	p += length;
	left -= length;
	if (left < 2 || p[0] != '\n' || memchr(p + 1, '\n', left - 1) == NULL)
		return false;
	if (p[1] == '\n')
		return true;
	footer = mem_strndup((const char *)p + 1,
	    strcspn((const char *)p + 1, "\n"));
	ok = read_footer(z, footer);
	free(footer);
	return ok;
}

/* Names are relative and stay inside the folder. */
static bool
is_name(const char *s)
{
	if (s[0] == '/' || s[0] == '.' || strstr(s, "..") != NULL)
		return false;
	return s[strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789_+-/")] == '\0';
}

struct zone *
zone_load(const char *name, struct error *err)
{
	const char *folder = getenv("TZDIR");
	struct zone *z;
	struct buf b;
	char *path;
	bool read, good;

	if (!is_name(name)) {
		error_set(err, "no time zone is called \"%s\"", name);
		return NULL;
	}
	z = mem_zalloc(1, sizeof(*z));
	z->types = 1;
	if (strcmp(name, "UTC") == 0)
		return z;
	path = name[0] == '\0' ? mem_strdup("/etc/localtime") :
	    mem_printf("%s/%s", folder != NULL && folder[0] != '\0' ? folder :
	    FOLDER, name);
	buf_init(&b, FILE_MAX_BYTES);
	read = fdio_read_file(path, &b, NULL) == 0;
	good = read && b.len > 0 && read_file(z, &b);
	/* A machine without /etc/localtime is on UTC (localtime(5)). */
	if (!good && !(name[0] == '\0' && !read)) {
		if (read)
			error_set(err, "%s: not a time zone file", path);
		else
			error_set(err, "no time zone is called \"%s\"", name);
		zone_free(z);
		z = NULL;
	}
	buf_clear(&b);
	free(path);
	return z;
}

void
zone_free(struct zone *z)
{
	if (z == NULL)
		return;
	free(z->at);
	free(z->type);
	free(z);
}

static bool
is_leap(int64_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days from 1970 to the first of January. */
static int64_t
year_start(int64_t year)
{
	int64_t y = year - 1;

	return 365 * (year - 1970) + y / 4 - y / 100 + y / 400 - 477;
}

static int64_t
year_of(int64_t day)
{
	int64_t year = 1970 + day / 366;

	while (year_start(year + 1) <= day)
		year++;
	return year;
}

/* The local second of the year's change, as if local time were UTC. */
static int64_t
change(const struct yearly *y, int64_t year)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
	    30, 31 };
	int64_t day = year_start(year);
	int length, first;

	switch (y->kind) {
	case JULIAN:	/* 1 to 365, 29 February is never counted */
		day += y->day - 1 + (is_leap(year) && y->day >= 60);
		break;
	case DAY_OF_YEAR:
		day += y->day;
		break;
	default:
		for (int m = 1; m < y->month; m++)
			day += lengths[m - 1] + (m == 2 && is_leap(year));
		length = lengths[y->month - 1] +
		    (y->month == 2 && is_leap(year));
		/* 1 January 1970 was a Thursday. */
		first = (y->day - (int)((day + 4) % 7) + 7) % 7;
		first += 7 * (y->week - 1);
		while (first >= length)
			first -= 7;
		day += first;
	}
	return day * DAY + y->time;
}

static int32_t
by_footer(const struct zone *z, int64_t t)
{
	int64_t year, begin, end;
	bool summer;

	if (!z->has_summer)
		return z->winter;
	year = year_of((t + z->winter) / DAY);
	begin = change(&z->begin, year) - z->winter;
	end = change(&z->end, year) - z->summer;
	summer = begin < end ? t >= begin && t < end : t >= begin || t < end;
	return summer ? z->summer : z->winter;
}

int32_t
zone_offset(const struct zone *z, int64_t t)
{
	size_t low = 0, high = z->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (z->at[mid] <= t)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == z->n && z->footer && t >= 0)
		return by_footer(z, t);
	return z->offsets[low == 0 ? 0 : z->type[low - 1]];
}
