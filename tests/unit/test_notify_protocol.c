/* delivery/protocol, delivery/options: what travels to and from a notifier. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "delivery/options.h"
#include "delivery/protocol.h"

struct fixture {
	struct frame_link	 link;
	struct arena		 mem;
	struct error		 err;
};

static int
set_up(void **state)
{
	struct fixture *x = calloc(1, sizeof(*x));

	frame_link_init(&x->link, -1, NOTIFY_FRAME_MAX);
	arena_init(&x->mem);
	*state = x;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *x = *state;

	frame_link_clear(&x->link);
	arena_free(&x->mem);
	free(x);
	return 0;
}

/* What was put, as a frame that came in. */
static struct frame
received(struct fixture *x)
{
	struct frame f = {
		.type = (unsigned char)x->link.out.data[4],
		.body = x->link.out.data + 8,
		.len = x->link.out.len - 8,
	};

	return f;
}

/* Every cut of the body, and one byte more, must be refused. */
static void
assert_cuts_refused(struct fixture *x,
    int (*get)(const struct frame *, struct arena *, void *, struct error *),
    void *into)
{
	struct frame whole = received(x), f = whole;
	unsigned char *copy = malloc(whole.len + 1);

	memcpy(copy, whole.body, whole.len);
	copy[whole.len] = 0;
	f.body = copy;
	for (f.len = 0; f.len < whole.len; f.len++)
		assert_int_equal(get(&f, &x->mem, into, &x->err), -1);
	f.len = whole.len + 1;
	assert_int_equal(get(&f, &x->mem, into, &x->err), -1);
	free(copy);
}

#define GETTER(what, type)						\
static int								\
get_##what(const struct frame *f, struct arena *a, void *p,		\
    struct error *err)							\
{									\
	return notify_get_##what(f, a, (type *)p, err);			\
}
GETTER(hello, struct notify_hello)
GETTER(configure, struct notify_settings)
GETTER(refused, struct notify_refusal)
GETTER(send, struct notify_batch)
GETTER(result, struct notify_result)
GETTER(log, struct notify_line)

static struct notify_option table[] = {
	{ "server", NOTIFY_STRING, NOTIFY_REQUIRED, false, "", "where" },
	{ "port", NOTIFY_NUMBER, 0, true, "25", "number" },
	{ "starttls", NOTIFY_BOOLEAN, 0, true, "true", "encrypt" },
	{ "wait", NOTIFY_DURATION, 0, false, "", "" },
	{ "password", NOTIFY_STRING, NOTIFY_SECRET, false, "", "" },
	{ "pin", NOTIFY_NUMBER, NOTIFY_SECRET, false, "", "" },
	{ "to", NOTIFY_STRING, NOTIFY_REQUIRED | NOTIFY_LIST | NOTIFY_EACH,
	    false, "", "recipients" },
};
static struct notify_hello hello = {
	.version = NOTIFY_VERSION, .abi = 0x10000, .plugin = "email",
	.summary = "sends mail", .options = table,
	.noptions = sizeof(table) / sizeof(*table),
};

static void
hello_comes_back(void **state)
{
	struct fixture *x = *state;
	struct notify_hello h;
	struct frame f;

	assert_int_equal(notify_put_hello(&x->link, &hello, &x->err), 0);
	f = received(x);
	assert_int_equal(f.type, NOTIFY_HELLO);
	assert_int_equal(notify_get_hello(&f, &x->mem, &h, &x->err), 0);
	assert_string_equal(h.plugin, "email");
	assert_int_equal(h.abi, 0x10000);
	assert_int_equal(h.noptions, hello.noptions);
	for (size_t i = 0; i < h.noptions; i++) {
		assert_string_equal(h.options[i].name, table[i].name);
		assert_int_equal(h.options[i].type, table[i].type);
		assert_int_equal(h.options[i].flags, table[i].flags);
		assert_int_equal(h.options[i].has_fallback,
		    table[i].has_fallback);
		assert_string_equal(h.options[i].fallback, table[i].fallback);
		assert_string_equal(h.options[i].help, table[i].help);
	}
	assert_cuts_refused(x, get_hello, &h);
}

static void
hello_of_another_version_says_so(void **state)
{
	struct notify_hello other = hello, h;
	struct fixture *x = *state;
	struct frame f;

	other.version = 7;
	notify_put_hello(&x->link, &other, NULL);
	f = received(x);
	assert_int_equal(notify_get_hello(&f, &x->mem, &h, &x->err), -1);
	assert_non_null(strstr(x->err.text, "version 7"));
}

static void
configure_comes_back(void **state)
{
	const char *to[] = { "a@example.org", "b@example.org" };
	const char *server[] = { "smtp://x" }, *allow[] = { "10.0.0.0/8" };
	struct notify_setting list[] = {
		{ "server", server, 1 }, { "to", to, 2 }, { "none", NULL, 0 },
	};
	struct notify_settings s = { "desk", list, 3, 60000, allow, 1 }, got;
	struct fixture *x = *state;
	struct frame f;

	assert_int_equal(notify_put_configure(&x->link, &s, &x->err), 0);
	f = received(x);
	assert_int_equal(notify_get_configure(&f, &x->mem, &got, &x->err), 0);
	assert_string_equal(got.notifier, "desk");
	assert_int_equal(got.n, 3);
	assert_int_equal(got.list[1].nvalues, 2);
	assert_string_equal(got.list[1].values[1], "b@example.org");
	assert_int_equal(got.list[2].nvalues, 0);
	assert_int_equal(got.timeout, 60000);
	assert_string_equal(got.allow[0], "10.0.0.0/8");
	assert_cuts_refused(x, get_configure, &got);
}

static void
send_comes_back(void **state)
{
	static const char evidence[] = "\0\1binary\0";
	struct notify_alert alerts[2] = {
		{ .delivery_id = "d1", .attempt = 3, .test = true,
		  .alert_id = "a1", .recipient = "a@example.org",
		  .rule = "chips", .rule_text = "when", .priority = "high",
		  .feed = "f", .feed_title = "F", .feed_url = "http://f/",
		  .title = "T", .link = "http://x/", .author = "A",
		  .text = "body", .published = -5, .found = 1737979200,
		  .evidence = evidence, .evidence_len = sizeof(evidence) },
		{ .delivery_id = "d2" },
	};
	struct notify_batch b = { .number = 1ull << 40, .alerts = alerts,
		.n = 2 }, got;
	struct fixture *x = *state;
	struct frame f;

	assert_int_equal(notify_put_send(&x->link, &b, &x->err), 0);
	f = received(x);
	assert_int_equal(notify_get_send(&f, &x->mem, &got, &x->err), 0);
	assert_true(got.number == 1ull << 40);
	assert_int_equal(got.n, 2);
	assert_string_equal(got.alerts[0].recipient, "a@example.org");
	assert_string_equal(got.alerts[0].text, "body");
	assert_int_equal(got.alerts[0].attempt, 3);
	assert_true(got.alerts[0].test);
	assert_true(got.alerts[0].published == -5);
	assert_int_equal(got.alerts[0].evidence_len, sizeof(evidence));
	assert_memory_equal(got.alerts[0].evidence, evidence,
	    sizeof(evidence));
	assert_string_equal(got.alerts[1].delivery_id, "d2");
	assert_string_equal(got.alerts[1].title, "");
	assert_int_equal(got.alerts[1].evidence_len, 0);
	assert_cuts_refused(x, get_send, &got);
}

static void
send_cuts_long_text_between_characters(void **state)
{
	struct notify_alert a = { .delivery_id = "d" };
	struct notify_batch b = { .alerts = &a, .n = 1 }, got;
	struct fixture *x = *state;
	char *text = malloc(NOTIFY_TEXT_MAX + 10);
	struct frame f;

	memset(text, 'x', NOTIFY_TEXT_MAX - 1);
	strcpy(text + NOTIFY_TEXT_MAX - 1, "üüü");
	a.text = text;
	assert_int_equal(notify_put_send(&x->link, &b, &x->err), 0);
	f = received(x);
	assert_int_equal(notify_get_send(&f, &x->mem, &got, &x->err), 0);
	assert_int_equal(strlen(got.alerts[0].text), NOTIFY_TEXT_MAX - 1);
	free(text);
}

static void
send_takes_1_to_256_alerts(void **state)
{
	struct notify_alert *a = calloc(NOTIFY_ALERTS_MAX + 1, sizeof(*a));
	struct notify_batch b = { .alerts = a, .n = 0 };
	struct fixture *x = *state;

	assert_int_equal(notify_put_send(&x->link, &b, &x->err), -1);
	b.n = NOTIFY_ALERTS_MAX + 1;
	assert_int_equal(notify_put_send(&x->link, &b, &x->err), -1);
	assert_int_equal(frame_pending(&x->link), 0);
	b.n = NOTIFY_ALERTS_MAX;
	assert_int_equal(notify_put_send(&x->link, &b, &x->err), 0);
	free(a);
}

/* Nothing that a feed says can make a message that cannot be sent. */
static void
the_largest_alerts_fit(void **state)
{
	struct notify_alert *a = calloc(NOTIFY_ALERTS_MAX, sizeof(*a));
	struct notify_batch b = { .alerts = a, .n = NOTIFY_ALERTS_MAX }, got;
	size_t size = 3 * NOTIFY_TEXT_MAX;
	struct fixture *x = *state;
	char *huge = malloc(size + 1);
	struct frame f;

	for (size_t i = 0; i < size; i += 3)
		memcpy(huge + i, "€", 3);
	huge[size] = '\0';
	for (size_t i = 0; i < b.n; i++)
		a[i] = (struct notify_alert){ huge, 1, false, huge, huge, huge,
			huge, huge, huge, huge, huge, huge, huge, huge, huge,
			0, 0, huge, NOTIFY_EVIDENCE_MAX };
	a[1].evidence_len++;
	assert_int_equal(notify_put_send(&x->link, &b, &x->err), 0);
	f = received(x);
	assert_int_equal(notify_get_send(&f, &x->mem, &got, &x->err), 0);
	assert_int_equal(strlen(got.alerts[0].title), NOTIFY_LINE_MAX -
	    NOTIFY_LINE_MAX % 3);
	assert_int_equal(strlen(got.alerts[0].text), NOTIFY_TEXT_MAX -
	    NOTIFY_TEXT_MAX % 3);
	assert_string_equal(got.alerts[0].link, "");
	assert_string_equal(got.alerts[0].feed_url, "");
	assert_int_equal(got.alerts[0].evidence_len, NOTIFY_EVIDENCE_MAX);
	assert_int_equal(got.alerts[1].evidence_len, 0);
	free(huge);
	free(a);
}

static void
results_come_back(void **state)
{
	struct notify_result r = { 9, NOTIFY_NEVER, "why", 60 }, got;
	struct fixture *x = *state;
	struct frame f;
	char *bytes;

	assert_int_equal(notify_put_result(&x->link, &r, &x->err), 0);
	f = received(x);
	assert_int_equal(notify_get_result(&f, &x->mem, &got, &x->err), 0);
	assert_true(got.batch == 9);
	assert_int_equal(got.outcome, NOTIFY_NEVER);
	assert_string_equal(got.sentence, "why");
	assert_true(got.retry_after == 60);
	assert_cuts_refused(x, get_result, &got);
	/* An outcome that there is not; a wait below zero. */
	bytes = x->link.out.data + 8;
	bytes[8] = NOTIFY_OUTCOMES;
	assert_int_equal(notify_get_result(&f, &x->mem, &got, &x->err), -1);
	bytes[8] = NOTIFY_RETRY;
	assert_int_equal(notify_get_result(&f, &x->mem, &got, &x->err), 0);
	bytes[f.len - 1] = (char)0xff;
	assert_int_equal(notify_get_result(&f, &x->mem, &got, &x->err), -1);
}

static void
refusals_and_lines_come_back(void **state)
{
	struct notify_refusal r = { "no", true }, refusal;
	struct notify_line l = { 4, "line" }, line;
	struct fixture *x = *state;
	struct frame f;

	notify_put_refused(&x->link, &r, NULL);
	f = received(x);
	assert_int_equal(notify_get_refused(&f, &x->mem, &refusal, NULL), 0);
	assert_string_equal(refusal.sentence, "no");
	assert_true(refusal.permanent);
	assert_cuts_refused(x, get_refused, &refusal);
	buf_reset(&x->link.out);
	notify_put_log(&x->link, &l, NULL);
	f = received(x);
	assert_int_equal(notify_get_log(&f, &x->mem, &line, NULL), 0);
	assert_int_equal(line.priority, 4);
	assert_string_equal(line.text, "line");
	assert_cuts_refused(x, get_log, &line);
	x->link.out.data[8] = 8;
	assert_int_equal(notify_get_log(&f, &x->mem, &line, NULL), -1);
}

static void
counts_that_lie_are_refused(void **state)
{
	static const unsigned char many[] = { 0, 0, 0, 0, 0xff, 0xff, 0xff,
		0xff };
	struct frame f = { NOTIFY_CONFIGURE, many, sizeof(many) };
	struct notify_settings s;
	struct fixture *x = *state;

	assert_int_equal(notify_get_configure(&f, &x->mem, &s, &x->err), -1);
	assert_int_equal(s.n, 0);
	assert_true(arena_size(&x->mem) < 1 << 20);
}

/* One option of the configuration and what is wrong with it. */
struct option_case {
	const char	*name, *value, *value2;
	bool		 is_file;
	const char	*problem;	/* NULL = fine */
};

static const struct option_case cases[] = {
	{ "port", "587", NULL, false, NULL },
	{ "port", "-1", NULL, false, NULL },
	{ "port", "0x19", NULL, false, "not a whole number" },
	{ "port", "", NULL, false, "not a whole number" },
	{ "port", "99999999999999999999", NULL, false, "whole number" },
	{ "port", "25", "26", false, "one value, not a list" },
	{ "starttls", "true", NULL, false, NULL },
	{ "starttls", "yes", NULL, false, "neither true nor false" },
	{ "wait", "30s", NULL, false, NULL },
	{ "wait", "30", NULL, false, "wait: " },
	{ "password", "hunter2", NULL, false, NULL },
	{ "password", "hunter2", NULL, true, NULL },
	{ "password", "", NULL, true, NULL },
	{ "pin", "hunter2", NULL, false, "pin: the value is of the wrong" },
	{ "port", "25", NULL, true, "only a secret can be given as a file" },
	{ "sever", "x", NULL, false, "did you mean \"server\"?" },
	{ "zzzzzzzz", "x", NULL, false, "has no option \"zzzzzzzz\"" },
	{ "server", "again", NULL, false, "given twice" },
};

static void
options_are_checked(void **state)
{
	const char *server[] = { "smtp://x" }, *to[] = { "a@b" };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *values[] = { cases[i].value, cases[i].value2 };
		struct config_option options[] = {
			{ .name = "server", .origin = "c:2", .values = server,
			  .nvalues = 1 },
			{ .name = "to", .origin = "c:3", .values = to,
			  .nvalues = 1 },
			{ .name = cases[i].name, .origin = "c:4",
			  .values = values,
			  .nvalues = cases[i].value2 != NULL ? 2 : 1,
			  .is_file = cases[i].is_file },
		};
		struct config_notifier c = { .name = "desk", .origin = "c:1",
			.options = options, .noptions = 3 };
		struct problems p;

		problems_init(&p);
		assert_int_equal(notify_options_check(&c, &hello, &p),
		    cases[i].problem != NULL);
		if (cases[i].problem != NULL) {
			assert_string_equal(p.list[0].where, "c:4");
			if (strstr(p.list[0].text, cases[i].problem) == NULL)
				fail_msg("%s", p.list[0].text);
			assert_null(strstr(p.list[0].text, "hunter2"));
		}
		problems_clear(&p);
	}
}

static void
missing_options_are_named_at_the_notifier(void **state)
{
	const char *to[] = { "a@b", "c@d", "a@b", "" };
	struct config_option option = { .name = "to", .origin = "c:3",
		.values = to, .nvalues = 4 };
	struct config_notifier c = { .name = "desk", .origin = "c:1",
		.options = &option, .noptions = 1 };
	struct problems p;

	(void)state;
	problems_init(&p);
	assert_int_equal(notify_options_check(&c, &hello, &p), 3);
	assert_string_equal(p.list[0].text, "to is empty");
	assert_string_equal(p.list[1].text, "to names \"a@b\" twice");
	assert_string_equal(p.list[2].where, "c:1");
	assert_string_equal(p.list[2].text, "notifier \"desk\": plugin "
	    "\"email\" needs the option \"server\": where");
	problems_clear(&p);
}

static void
recipients_are_the_each_option(void **state)
{
	const char *to[] = { "a@b", "c@d" };
	struct config_option option = { .name = "to", .values = to,
		.nvalues = 2 };
	struct config_notifier c = { .name = "desk", .options = &option,
		.noptions = 1 };
	struct notify_hello none = hello;
	size_t n;

	(void)state;
	assert_ptr_equal(notify_options_recipients(&c, &hello, &n), to);
	assert_int_equal(n, 2);
	none.noptions = 2;
	assert_null(notify_options_recipients(&c, &none, &n));
	assert_int_equal(n, 0);
	c.noptions = 0;
	assert_null(notify_options_recipients(&c, &hello, &n));
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(hello_comes_back),
		TEST(hello_of_another_version_says_so),
		TEST(configure_comes_back),
		TEST(send_comes_back),
		TEST(send_cuts_long_text_between_characters),
		TEST(send_takes_1_to_256_alerts),
		TEST(the_largest_alerts_fit),
		TEST(results_come_back),
		TEST(refusals_and_lines_come_back),
		TEST(counts_that_lie_are_refused),
		cmocka_unit_test(options_are_checked),
		cmocka_unit_test(missing_options_are_named_at_the_notifier),
		cmocka_unit_test(recipients_are_the_each_option),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
