/* backoff: when to try again, when to give up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "delivery/backoff.h"

static void
waits_grow_to_a_ceiling(void **state)
{
	static const int64_t seconds[] = { 5, 60, 300, 1800, 7200, 7200, 7200 };

	(void)state;
	for (int64_t n = 1; n <= 7; n++)
		for (uint64_t seed = 0; seed < 200; seed++) {
			int64_t base = seconds[n - 1] * 1000;

			assert_in_range(backoff_delay(n, seed), base,
			    base + base / 5);
		}
	assert_true(backoff_delay(1000000, 1) <= BACKOFF_CEILING_MS * 6 / 5);
	assert_true(backoff_delay(0, 1) >= 5000);
}

static void
what_failed_together_comes_back_apart(void **state)
{
	int64_t low = INT64_MAX, high = 0;

	(void)state;
	for (uint64_t seed = 0; seed < 100; seed++) {
		int64_t d = backoff_delay(5, seed);

		low = d < low ? d : low;
		high = d > high ? d : high;
		assert_int_equal(d, backoff_delay(5, seed));
	}
	assert_true(high - low > BACKOFF_CEILING_MS / 10);
}

static void
what_was_asked_for_is_waited_up_to_a_day(void **state)
{
	(void)state;
	assert_int_equal(backoff_wait(1, 1, 3600 * 1000), 3600 * 1000);
	assert_int_equal(backoff_wait(1, 1, 0), backoff_delay(1, 1));
	assert_int_equal(backoff_wait(3, 1, 1000), backoff_delay(3, 1));
	assert_int_equal(backoff_wait(1, 1, INT64_MAX), BACKOFF_ASKED_MAX_MS);
	assert_int_equal(backoff_wait(1, 1, INT64_MIN), backoff_delay(1, 1));
}

static void
age_is_measured_and_a_clock_set_back_ages_nothing(void **state)
{
	(void)state;
	assert_false(backoff_expired(1000, 2000, 1000));
	assert_true(backoff_expired(1000, 2001, 1000));
	assert_false(backoff_expired(5000, 1000, 1000));
	assert_false(backoff_expired(0, INT64_MAX, 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waits_grow_to_a_ceiling),
		cmocka_unit_test(what_failed_together_comes_back_apart),
		cmocka_unit_test(what_was_asked_for_is_waited_up_to_a_day),
		cmocka_unit_test(age_is_measured_and_a_clock_set_back_ages_nothing),
	};

	return cmocka_run_group_tests_name("backoff", tests, NULL, NULL);
}
