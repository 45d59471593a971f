/* route: which deliveries an alert makes, and what they are called. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "delivery/route.h"

static const char *const people[] = { "a@example.org", "b@example.org",
	"a@example.org" };
static const struct store_target targets[] = {
	{ .notifier = "desk", .recipients = people, .nrecipients = 3 },
	{ .notifier = "ops" },
	{ .notifier = "log" },
};

static size_t
route(const char *instance, const char *rule, const char *feed, int64_t key,
    const char *const *notify, size_t n, struct arena *mem,
    struct store_delivery **list)
{
	struct route_alert a = { instance, rule, feed, key, notify, n };

	return route_deliveries(&a, targets, 3, mem, list);
}

static void
each_recipient_of_each_notifier_gets_one(void **state)
{
	const char *notify[] = { "ops", "desk", "gone", "ops" };
	struct store_delivery *list;
	struct arena mem;

	(void)state;
	arena_init(&mem);
	assert_int_equal(route("i", "r", "f", 1, notify, 4, &mem, &list), 3);
	assert_string_equal(list[0].notifier, "ops");
	assert_string_equal(list[0].recipient, "");
	assert_string_equal(list[1].recipient, "a@example.org");
	assert_string_equal(list[2].recipient, "b@example.org");
	assert_int_equal(route("i", "r", "f", 1, notify, 0, &mem, &list), 0);
	arena_free(&mem);
}

static void
an_id_is_the_same_for_the_same_and_for_nothing_else(void **state)
{
	const char *notify[] = { "ops" }, *other[] = { "log" };
	static const struct { const char *i, *r, *f; int64_t k; int log; }
	    cases[] = { { "i", "r", "f", 1, 0 }, { "j", "r", "f", 1, 0 },
	    { "i", "s", "f", 1, 0 }, { "i", "r", "g", 1, 0 },
	    { "i", "r", "f", -1, 0 }, { "i", "r", "f", 1, 1 },
	    { "ir", "", "f", 1, 0 } };
	struct store_delivery *list;
	const char *ids[7];
	struct arena mem;

	(void)state;
	arena_init(&mem);
	for (int i = 0; i < 7; i++) {
		assert_int_equal(route(cases[i].i, cases[i].r, cases[i].f,
		    cases[i].k, cases[i].log ? other : notify, 1, &mem, &list),
		    1);
		ids[i] = list[0].id;
		assert_int_equal(strlen(ids[i]), 26);
		assert_int_equal(strspn(ids[i],
		    "abcdefghijklmnopqrstuvwxyz234567"), 26);
		for (int k = 0; k < i; k++)
			assert_string_not_equal(ids[i], ids[k]);
	}
	/* Never to change: receivers know deliveries by it. */
	assert_string_equal(ids[0], "u7kbg6f7cniwvvmyxd4rnh4i7u");
	arena_free(&mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_recipient_of_each_notifier_gets_one),
		cmocka_unit_test(an_id_is_the_same_for_the_same_and_for_nothing_else),
	};

	return cmocka_run_group_tests_name("route", tests, NULL, NULL);
}
