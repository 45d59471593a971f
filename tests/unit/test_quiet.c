/* Quiet hours and time zones, over both changes of the clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/zone.h"
#include "config/quiet.h"

/* "2026-03-29 00:59" in UTC. */
static int64_t
utc(const char *text)
{
	struct tm tm = { 0 };

	assert_int_equal(sscanf(text, "%d-%d-%d %d:%d", &tm.tm_year,
	    &tm.tm_mon, &tm.tm_mday, &tm.tm_hour, &tm.tm_min), 5);
	tm.tm_year -= 1900;
	tm.tm_mon--;
	return timegm(&tm);
}

static int
no_database(void)
{
	return access("/usr/share/zoneinfo/Europe/Berlin", R_OK) != 0;
}

static void
quiet_hours_end_when_the_clock_on_the_wall_says_so(void **state)
{
	static const struct { const char *hours, *now, *end; } cases[] = {
		/* Winter, UTC+1; then summer, UTC+2. */
		{ "22:00-07:00 Europe/Berlin", "2026-01-10 20:59", NULL },
		{ "22:00-07:00 Europe/Berlin", "2026-01-10 21:00",
		    "2026-01-11 06:00" },
		{ "22:00-07:00 Europe/Berlin", "2026-01-11 05:59",
		    "2026-01-11 06:00" },
		{ "22:00-07:00 Europe/Berlin", "2026-01-11 06:00", NULL },
		{ "22:00-07:00 Europe/Berlin", "2026-07-10 19:59", NULL },
		{ "22:00-07:00 Europe/Berlin", "2026-07-10 20:00",
		    "2026-07-11 05:00" },
		/* The short night: 29 March 2026, 02:00 becomes 03:00. */
		{ "22:00-07:00 Europe/Berlin", "2026-03-28 21:00",
		    "2026-03-29 05:00" },
		/* The long one: 25 October 2026, 03:00 becomes 02:00. */
		{ "22:00-07:00 Europe/Berlin", "2026-10-24 20:00",
		    "2026-10-25 06:00" },
		/* An end that does not exist comes with the jump. */
		{ "22:00-02:30 Europe/Berlin", "2026-03-28 21:30",
		    "2026-03-29 01:00" },
		{ "02:10-02:50 Europe/Berlin", "2026-03-29 01:00", NULL },
		/* What comes twice holds twice. */
		{ "02:10-02:50 Europe/Berlin", "2026-10-25 00:10",
		    "2026-10-25 00:50" },
		{ "02:10-02:50 Europe/Berlin", "2026-10-25 00:55", NULL },
		{ "02:10-02:50 Europe/Berlin", "2026-10-25 01:05", NULL },
		{ "02:10-02:50 Europe/Berlin", "2026-10-25 01:10",
		    "2026-10-25 01:50" },
		/* The clock goes from 03:00 back into the window. */
		{ "02:30-03:00 Europe/Berlin", "2026-10-25 00:45",
		    "2026-10-25 01:00" },
		/* Far ahead: the rule at the end of the file. */
		{ "22:00-07:00 Europe/Berlin", "2061-07-10 20:00",
		    "2061-07-11 05:00" },
		/* Within a day, half hours, the south, no summer time. */
		{ "12:00-13:30 Asia/Kolkata", "2026-05-01 06:30",
		    "2026-05-01 08:00" },
		{ "22:00-07:00 Australia/Sydney", "2026-01-10 11:00",
		    "2026-01-10 20:00" },
		{ "00:00-24:00 UTC", NULL, NULL },
		{ "18:00-24:00 UTC", "2026-05-01 18:00", "2026-05-02 00:00" },
		{ " 9:00 - 10:00  UTC ", "2026-05-01 09:30",
		    "2026-05-01 10:00" },
	};

	(void)state;
	if (no_database())
		skip();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct error err = { "" };
		struct quiet *q = quiet_parse(cases[i].hours, &err);

		if (cases[i].now == NULL) {
			assert_null(q);
			continue;
		}
		if (q == NULL)
			fail_msg("%s", err.text);
		if (quiet_until(q, utc(cases[i].now)) !=
		    (cases[i].end != NULL ? utc(cases[i].end) : 0))
			fail_msg("%s at %s UTC ends at %lld", cases[i].hours,
			    cases[i].now, (long long)quiet_until(q,
			    utc(cases[i].now)));
		quiet_free(q);
	}
	assert_int_equal(quiet_until(NULL, 0), 0);
}

static void
what_is_not_quiet_hours_is_an_error(void **state)
{
	static const struct { const char *text, *says; } cases[] = {
		{ "", "are written" },
		{ "22-07 Europe/Berlin", "are written" },
		{ "22:00 Europe/Berlin", "are written" },
		{ "22:00-25:00 UTC", "are written" },
		{ "22:60-07:00 UTC", "are written" },
		{ "24:00-07:00 UTC", "are written" },
		{ "22:00-07:001 UTC", "are written" },
		{ "22:00-07:00Europe/Berlin", "are written" },
		{ "22:00-22:00 UTC", "whole day" },
		{ "22:00-07:00 Europe/Atlantis", "\"Europe/Atlantis\"" },
		{ "22:00-07:00 ../../../etc/passwd", "no time zone" },
		{ "22:00-07:00 /etc/localtime", "no time zone" },
		{ "22:00-07:00 CET please", "no time zone" },
		{ "22:00-07:00 Europe", "no time zone" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct error err = { "" };

		assert_null(quiet_parse(cases[i].text, &err));
		if (strstr(err.text, cases[i].says) == NULL)
			fail_msg("\"%s\": %s", cases[i].text, err.text);
	}
}

/* The C library knows the same files: compare over 100 years. */
static void
offsets_are_those_of_the_c_library(void **state)
{
	static const char *const names[] = { "Europe/Berlin", "Europe/Dublin",
	    "America/New_York", "America/Sao_Paulo", "Asia/Tokyo",
	    "Asia/Tehran", "Australia/Lord_Howe", "Africa/Casablanca",
	    "Pacific/Apia", "America/Nuuk", "Africa/Cairo", "UTC" };

	(void)state;
	if (no_database())
		skip();
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct error err = { "" };
		struct zone *z = zone_load(names[i], &err);

		if (z == NULL)
			fail_msg("%s", err.text);
		setenv("TZ", names[i], 1);
		tzset();
		for (int64_t t = 0; t < 4000000000; t += 86400 * 3 + 4001) {
			time_t at = (time_t)t;
			struct tm tm;

			localtime_r(&at, &tm);
			if (tm.tm_gmtoff != zone_offset(z, t))
				fail_msg("%s at %lld: %ld, not %d", names[i],
				    (long long)t, tm.tm_gmtoff,
				    zone_offset(z, t));
		}
		zone_free(z);
	}
	unsetenv("TZ");
}

static void
damaged_zone_files_are_refused(void **state)
{
	char folder[] = "/tmp/test_zone.XXXXXX", path[64];
	unsigned char data[8192];
	size_t len;
	FILE *f;

	(void)state;
	if (no_database())
		skip();
	f = fopen("/usr/share/zoneinfo/Europe/Berlin", "r");
	assert_non_null(f);
	len = fread(data, 1, sizeof(data), f);
	fclose(f);
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/Cut", folder);
	setenv("TZDIR", folder, 1);
	for (size_t n = 0; n < len; n += 7) {
		f = fopen(path, "w");
		assert_int_equal(fwrite(data, 1, n, f), n);
		fclose(f);
		assert_null(zone_load("Cut", NULL));
	}
	for (size_t n = 0; n < len; n += 3) {
		struct zone *z;

		data[n] ^= 0xff;
		f = fopen(path, "w");
		assert_int_equal(fwrite(data, 1, len, f), len);
		fclose(f);
		data[n] ^= 0xff;
		if ((z = zone_load("Cut", NULL)) != NULL)
			(void)zone_offset(z, 1800000000);
		zone_free(z);
	}
	unlink(path);
	rmdir(folder);
	unsetenv("TZDIR");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quiet_hours_end_when_the_clock_on_the_wall_says_so),
		cmocka_unit_test(what_is_not_quiet_hours_is_an_error),
		cmocka_unit_test(offsets_are_those_of_the_c_library),
		cmocka_unit_test(damaged_zone_files_are_refused),
	};

	return cmocka_run_group_tests_name("quiet", tests, NULL, NULL);
}
