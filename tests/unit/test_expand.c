/* expand: deliveries made while the plugin could not name its recipients. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "delivery/expand.h"
#include "delivery/route.h"
#include "store/feeds.h"
#include "store/store.h"

#define T0 1700000000

static void
each_recipient_gets_what_waited(void **state)
{
	const char *notify[] = { "desk", "ops" };
	const char *people[] = { "a@example.org", "b@example.org" };
	const struct store_target before[] = { { .notifier = "desk" },
	    { .notifier = "ops" } };
	const struct store_target after[] = { { .notifier = "desk",
	    .recipients = people, .nrecipients = 2 }, { .notifier = "ops" } };
	char folder[] = "/tmp/test_expand.XXXXXX", command[64];
	struct store_feed feed = { .name = "wire" };
	struct store_alert alert = { .rule = "r", .rule_text = "w", .key = 5,
	    .found = T0, .evidence = "" };
	struct route_alert route = { .rule = "r", .feed = "wire", .key = 5,
	    .notify = notify, .nnotify = 2 };
	struct store_delivery *list, *now;
	struct store *s;
	struct error err;
	struct arena mem;
	int64_t count;
	size_t n;

	(void)state;
	arena_init(&mem);
	assert_non_null(mkdtemp(folder));
	assert_int_equal(store_open(folder, &s, &err), 0);
	assert_int_equal(store_feed_put(s, &feed, &err), 0);
	alert.feed = feed.id;
	assert_int_equal(store_alert_add(s, &alert, &err), 1);
	route.instance = store_instance(s);
	n = route_deliveries(&route, before, 2, &mem, &list);
	assert_int_equal(n, 2);
	for (size_t i = 0; i < n; i++) {
		list[i].alert = alert.id;
		list[i].created = list[i].next_at = T0 + 9;
		list[i].priority = 2;
		assert_int_equal(store_delivery_add(s, &list[i], &err), 1);
	}
	assert_int_equal(store_delivery_result(s, list[0].row,
	    STORE_OUTCOME_RETRY, "no plugin", T0 + 20, T0 + 10, &err), 0);
	assert_int_equal(expand_deliveries(s, before, 2, &count, &err), 0);
	assert_int_equal(count, 0);
	for (int turn = 0; turn < 2; turn++) {
		assert_int_equal(expand_deliveries(s, after, 2, &count, &err),
		    0);
		assert_int_equal(count, turn == 0);
		assert_int_equal(store_delivery_of_alert(s, alert.id, &mem,
		    &now, &n, &err), 0);
		assert_int_equal(n, 3);
		assert_string_equal(now[0].notifier, "ops");
		assert_string_equal(now[1].recipient, "a@example.org");
		assert_string_equal(now[2].recipient, "b@example.org");
		assert_int_equal(now[1].created, T0 + 9);
		assert_int_equal(now[1].priority, 2);
		assert_int_equal(now[1].attempts, 0);
	}
	/* With the ids they would have had. */
	n = route_deliveries(&route, after, 2, &mem, &list);
	assert_int_equal(n, 3);
	assert_string_equal(now[1].id, list[0].id);
	assert_string_equal(now[2].id, list[1].id);
	store_close(s);
	arena_free(&mem);
	snprintf(command, sizeof(command), "rm -r %s", folder);
	assert_int_equal(system(command), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_recipient_gets_what_waited),
	};

	return cmocka_run_group_tests_name("expand", tests, NULL, NULL);
}
