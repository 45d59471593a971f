/*
 * The layout of the public structures in version 1.0 of the plugin ABI, for
 * machines of 64 bits: a plugin that was built with it must find everything
 * where it was. Whoever adds a field adds it at the end, raises
 * NOTIFIER_ABI_MINOR, and leaves these lines alone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <newsalertd/notifier.h>

#define AT(type, field, offset) \
	{ #type "." #field, offsetof(struct type, field), offset }

static const struct { const char *name; size_t is, was; } fields[] = {
	AT(notifier_option, name, 0), AT(notifier_option, type, 8),
	AT(notifier_option, flags, 12), AT(notifier_option, fallback, 16),
	AT(notifier_option, help, 24),
	AT(notifier_part, role, 0), AT(notifier_part, text, 8),
	AT(notifier_part, field, 16), AT(notifier_part, start, 24),
	AT(notifier_part, end, 28), AT(notifier_part, value, 32),
	AT(notifier_alert, delivery_id, 0), AT(notifier_alert, attempt, 8),
	AT(notifier_alert, test, 12), AT(notifier_alert, alert_id, 16),
	AT(notifier_alert, recipient, 24), AT(notifier_alert, rule, 32),
	AT(notifier_alert, rule_text, 40), AT(notifier_alert, priority, 48),
	AT(notifier_alert, feed, 56), AT(notifier_alert, feed_title, 64),
	AT(notifier_alert, feed_url, 72), AT(notifier_alert, title, 80),
	AT(notifier_alert, link, 88), AT(notifier_alert, author, 96),
	AT(notifier_alert, text, 104), AT(notifier_alert, published, 112),
	AT(notifier_alert, found, 120), AT(notifier_alert, sentence, 128),
	AT(notifier_alert, sentence_field, 136),
	AT(notifier_alert, sentence_start, 144),
	AT(notifier_alert, sentence_end, 148),
	AT(notifier_alert, evidence, 152), AT(notifier_alert, facts, 160),
	AT(notifier_alert, parts, 168), AT(notifier_alert, nparts, 176),
	AT(notifier_host, text, 0), AT(notifier_host, count, 8),
	AT(notifier_host, number, 16), AT(notifier_host, log, 24),
	AT(notifier_host, error, 32), AT(notifier_host, retry_after, 40),
	AT(notifier_host, name, 48), AT(notifier_host, time_left, 56),
	AT(notifier_host, may_connect, 64), AT(notifier_host, json, 72),
	AT(notifier_host, message_id, 80),
	AT(notifier, abi, 0), AT(notifier, size, 4), AT(notifier, name, 8),
	AT(notifier, summary, 16), AT(notifier, options, 24),
	AT(notifier, open, 32), AT(notifier, send, 40),
	AT(notifier, close, 48),
};

static void
fields_are_where_they_were(void **state)
{
	(void)state;
	if (sizeof(void *) != 8)
		skip();
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		if (fields[i].is != fields[i].was)
			fail_msg("%s moved from %zu to %zu", fields[i].name,
			    fields[i].was, fields[i].is);
	/* In arrays: it may never grow. */
	assert_int_equal(sizeof(struct notifier_option), 32);
}

static void
values_are_what_they_were(void **state)
{
	(void)state;
	assert_int_equal(NOTIFIER_ABI_MAJOR, 1);
	assert_int_equal(NOTIFIER_OK, 0);
	assert_int_equal(NOTIFIER_RETRY, 1);
	assert_int_equal(NOTIFIER_FAIL, 2);
	assert_int_equal(NOTIFIER_STRING, 0);
	assert_int_equal(NOTIFIER_NUMBER, 1);
	assert_int_equal(NOTIFIER_BOOLEAN, 2);
	assert_int_equal(NOTIFIER_DURATION, 3);
	assert_int_equal(NOTIFIER_REQUIRED, 1);
	assert_int_equal(NOTIFIER_LIST, 2);
	assert_int_equal(NOTIFIER_SECRET, 4);
	assert_int_equal(NOTIFIER_EACH, 8);
	assert_string_equal(NOTIFIER_SYMBOL, "newsalertd_notifier");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_where_they_were),
		cmocka_unit_test(values_are_what_they_were),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
