/* restraint: what is kept back, and why. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "delivery/restraint.h"

#define T0 1700000000

static void
the_first_reason_that_holds_is_given(void **state)
{
	static const struct {
		int64_t cooldown, per_hour;	/* ms, alerts */
		int64_t last, last_hour;	/* seconds ago, alerts */
		int64_t duplicate;
		bool silenced;
		enum store_fate fate;
	} cases[] = {
		{ 0, 0, 1, 100, 0, false, STORE_ROUTED },
		{ 60000, 0, 59, 1, 0, false, STORE_COOLDOWN },
		{ 60000, 0, 60, 1, 0, false, STORE_ROUTED },
		{ 500, 0, 0, 1, 0, false, STORE_COOLDOWN },
		/* Never fired. */
		{ 60000, 0, T0, 0, 0, false, STORE_ROUTED },
		/* The clock was set back by a day. */
		{ 60000, 0, -86400, 0, 0, false, STORE_ROUTED },
		{ 0, 3, 5, 2, 0, false, STORE_ROUTED },
		{ 0, 3, 5, 3, 0, false, STORE_OVER_RATE },
		{ 60000, 3, 5, 3, 0, false, STORE_COOLDOWN },
		{ 60000, 3, 5, 3, 0, true, STORE_SILENCED },
		{ 60000, 3, 5, 3, 42, true, STORE_DUPLICATE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct config_rule rule = { .cooldown = cases[i].cooldown,
		    .max_per_hour = cases[i].per_hour };
		struct store_rule_recent recent = { T0 - cases[i].last,
		    cases[i].last_hour };

		assert_int_equal(restraint_decide(&rule, &recent,
		    cases[i].duplicate, cases[i].silenced, T0),
		    cases[i].fate);
	}
}

static void
a_silence_is_for_a_rule_or_all_and_ends(void **state)
{
	const struct store_silence one[] = { { .rule = "chips", .until = T0 } };
	const struct store_silence all[] = { { .rule = "oil", .until = T0 },
	    { .rule = "", .until = T0 + 10 } };

	(void)state;
	assert_true(restraint_silenced(one, 1, "chips", T0 - 1));
	assert_false(restraint_silenced(one, 1, "chips", T0));
	assert_false(restraint_silenced(one, 1, "chip", T0 - 1));
	assert_true(restraint_silenced(all, 2, "chips", T0));
	assert_false(restraint_silenced(all, 2, "chips", T0 + 10));
	assert_false(restraint_silenced(NULL, 0, "chips", T0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_reason_that_holds_is_given),
		cmocka_unit_test(a_silence_is_for_a_rule_or_all_and_ends),
	};

	return cmocka_run_group_tests_name("restraint", tests, NULL, NULL);
}
