/* freshness: what servers say about time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "poll/freshness.h"

#define NOW 784111777		/* Sun, 06 Nov 1994 08:49:37 GMT */

static void
dates_have_three_forms(void **state)
{
	static const struct { const char *text; int64_t is; } good[] = {
		{ "Sun, 06 Nov 1994 08:49:37 GMT", NOW },
		{ "Sunday, 06-Nov-94 08:49:37 GMT", NOW },
		{ "Sun Nov  6 08:49:37 1994", NOW },
		{ "Mon, 06 Nov 1994 08:49:37 GMT", NOW },	/* a wrong weekday */
		{ "sun, 06 nov 1994 08:49:37 GMT", NOW },
		{ "Sun, 6 Nov 1994 08:49:37 GMT", NOW },
		{ "Sun, 06 Nov 1994 08:49:37", NOW },
		{ "Tue, 19 Jan 2038 03:14:08 GMT", 2147483648 },
		{ "Monday, 06-Nov-50 08:49:37 GMT", -604422623 },	/* 1950 */
		{ "Saturday, 06-Nov-10 08:49:37 GMT", 1289033377 },	/* 2010 */
	};
	static const char *const bad[] = { "", "0", "-1", "now", "Sun",
		"Sun, 06 Nov 1994", "Sun, 32 Nov 1994 08:49:37 GMT",
		"Sun, 06 Nux 1994 08:49:37 GMT",
		"Sun, 06 Nov 1994 25:49:37 GMT",
		"Sun, 06 Nov 1994 08:49:37 +0100",
		"Sun, 06 Nov 1994 08:49:37 PST", "1994-11-06T08:49:37Z" };
	int64_t t;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		if (!freshness_date(good[i].text, NOW, &t))
			fail_msg("%s", good[i].text);
		assert_int_equal(t, good[i].is);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (freshness_date(bad[i], NOW, &t))
			fail_msg("accepted %s", bad[i]);
}

static void
row_11_retry_after_is_seconds_or_a_date(void **state)
{
	static const struct { const char *text; int64_t wait; } good[] = {
		{ "1", 1 }, { "120", 120 }, { "172800", 172800 },
		{ "0000060", 60 },
		{ "9999999999", INT32_MAX },
		{ "99999999999999999999999999", INT32_MAX },
		{ "Sun, 06 Nov 1994 08:50:37 GMT", 60 },
		{ "Sunday, 06-Nov-94 09:49:37 GMT", 3600 },
	};
	static const char *const bad[] = { "", "0", "-5", "+5", "1.5", "60s",
		"soon", "60 ", " 60", "Sun, 06 Nov 1994 08:48:37 GMT",
		"0x10", "1e3" };
	int64_t t;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		if (!freshness_retry_after(good[i].text, NOW, &t))
			fail_msg("%s", good[i].text);
		assert_int_equal(t - NOW, good[i].wait);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (freshness_retry_after(bad[i], NOW, &t))
			fail_msg("accepted %s", bad[i]);
}

static void
row_06_lifetimes_are_read_as_rfc_9111_says(void **state)
{
	static const char date[] = "Sun, 06 Nov 1994 08:49:37 GMT";
	static const char hour[] = "Sun, 06 Nov 1994 09:49:37 GMT";
	static const struct {
		const char *cache_control, *age, *expires, *date;
		int64_t life;		/* -1 = nothing said */
	} cases[] = {
		{ "", "", "", "", -1 },
		{ "public", "", "", "", -1 },
		{ "max-age=600", "", "", "", 600 },
		{ "Public, MAX-AGE=600 , x=1", "", "", "", 600 },
		{ "max-age=\"600\"", "", "", "", 600 },
		{ "max-age=600", "100", "", "", 500 },
		{ "max-age=600", "700", "", "", 0 },
		{ "max-age=600", "-100", "", "", 600 },
		{ "max-age=600", "junk", "", "", 600 },
		{ "max-age=600, max-age=5", "", "", "", 600 },
		{ "max-age=-600", "", "", "", -1 },
		{ "max-age=", "", "", "", -1 },
		{ "max-age", "", "", "", -1 },
		{ "s-maxage=600", "", "", "", -1 },	/* we are no shared cache */
		{ "x-max-age=600", "", "", "", -1 },
		{ "ext=\"a, max-age=5\", max-age=600", "", "", "", 600 },
		{ "max-age=500000000", "", "", "", 500000000 },
		{ "max-age=99999999999999999999", "", "", "", INT32_MAX },
		{ "no-cache, max-age=600", "", "", "", 0 },
		{ "no-cache=\"Set-Cookie\", max-age=600", "", "", "", 600 },
		{ "no-store", "", hour, date, 0 },
		{ "max-age=600", "", hour, date, 600 },	/* it goes first */
		{ "", "", hour, date, 3600 },
		{ "", "600", hour, date, 3000 },
		{ "", "", hour, "", 3600 },		/* by our clock then */
		{ "", "", date, hour, 0 },
		{ "", "", "0", date, 0 },
		{ "", "", "-1", "", 0 },
		{ "private", "", hour, date, 3600 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct poll_answer a = { .cache_control =
			cases[i].cache_control, .age = cases[i].age,
			.expires = cases[i].expires, .date = cases[i].date };
		int64_t life = -1;

		freshness_lifetime(&a, NOW, &life);
		if (life != cases[i].life)
			fail_msg("case %zu (%s): %lld", i,
			    cases[i].cache_control, (long long)life);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_have_three_forms),
		cmocka_unit_test(row_11_retry_after_is_seconds_or_a_date),
		cmocka_unit_test(row_06_lifetimes_are_read_as_rfc_9111_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
