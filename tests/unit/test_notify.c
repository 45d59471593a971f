/* notify: text made clean, alerts and their JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <jansson.h>
#include <string.h>

#include "article/evidence.h"
#include "notify/alert.h"
#include "notify/clean.h"

static void
text_is_cleaned_in_place(void **state)
{
	static const struct { const char *in, *out; bool lines; } cases[] = {
		{ "", "", true },
		{ "plain ü € \U0001f680", "plain ü € \U0001f680", false },
		{ "a\nb", "a\nb", true },
		{ "a\nb\r\tc", "a b  c", false },
		{ "\x1b[31mred\x7f", " [31mred ", true },
		{ "c1\xc2\x9b", "c1  ", true },
		{ "nbsp\xc2\xa0", "nbsp\xc2\xa0", true },
		{ "line\xe2\x80\xa8" "para\xe2\x80\xa9", "line   para   ",
		    true },
		{ "\xe2\x80\xae" "evil\xe2\x81\xa6", "   evil   ", true },
		{ "mark\xe2\x80\x8f", "mark\xe2\x80\x8f", true },
		{ "bad \xff\xfe \xc3", "bad ?? ?", true },
		{ "over \xc0\xaf long", "over ?? long", true },
		{ "over \xe0\x80\x8a long", "over ??? long", true },
		{ "sur \xed\xa0\x80 rogate", "sur ??? rogate", true },
		{ "big \xf4\x90\x80\x80 one", "big ???? one", true },
		{ "cut \xf0\x9f\x9a", "cut ???", true },
	};
	char text[64];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		strcpy(text, cases[i].in);
		clean_text(text, cases[i].lines);
		assert_string_equal(text, cases[i].out);
		assert_int_equal(strlen(text), strlen(cases[i].in));
	}
}

static void
links_are_http_and_whole(void **state)
{
	static const char *const cases[][2] = {
		{ "https://x.example/a?b=c#d", "https://x.example/a?b=c#d" },
		{ "HTTP://x/", "HTTP://x/" },
		{ "http://x/ü\"<>", "http://x/%C3%BC%22%3C%3E" },
		{ "http://x/a b\r\nc|d%20", "http://x/a%20b%0D%0Ac%7Cd%20" },
		{ "javascript:alert(1)", "" },
		{ " https://x/", "" },
		{ "ftp://x/", "" },
		{ "", "" },
	};
	struct arena mem;

	(void)state;
	arena_init(&mem);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(clean_link(&mem, cases[i][0]),
		    cases[i][1]);
	arena_free(&mem);
}

static const struct notifier_alert *
make(struct arena *mem, const char *title, const char *text,
    const struct evidence *e)
{
	struct notify_alert a = { .delivery_id = "d", .alert_id = "a",
		.recipient = "", .rule = "r", .rule_text = "w",
		.priority = "low", .feed = "f", .feed_title = "",
		.feed_url = "", .title = title, .link = "", .author = "",
		.text = text };
	const struct notifier_alert *made;
	struct buf b;

	buf_init(&b, 1 << 20);
	if (e != NULL)
		evidence_put(&b, e);
	a.evidence = b.data;
	a.evidence_len = b.len;
	made = alert_make(mem, &a);
	buf_clear(&b);
	return made;
}

static void
evidence_keeps_its_places(void **state)
{
	struct evidence_part parts[] = {
		{ "owner", "Öl", "body", 7, 10, "oil" },
		{ "amount", "12 %", "body", 11, 15, "-12 %" },
		{ "text", "x", "categories", 3, 4, "" },
		{ "late", "x", "body", 900, 901, "" },
		{ "odd", "x", "body", 10, 8, "" },
		{ "half", "x", "body", 8, 10, "" },
	};
	struct evidence e = { "Öl 12 %", "body", 7, 15, parts, 6,
		"a fact\nanother" };
	const struct notifier_alert *a;
	struct arena mem;

	(void)state;
	arena_init(&mem);
	a = make(&mem, "title", "Vor.\n\x01 Öl 12 %.", &e);
	assert_string_equal(a->text, "Vor.\n  Öl 12 %.");
	assert_string_equal(a->sentence_field, "text");
	assert_int_equal(a->nparts, 6);
	assert_memory_equal(a->text + a->parts[0]->start, "Öl", 3);
	assert_memory_equal(a->text + a->sentence_start, a->sentence,
	    a->sentence_end - a->sentence_start);
	assert_int_equal(a->parts[1]->end, 15);
	assert_string_equal(a->parts[2]->field, "categories");
	for (size_t i = 2; i < 6; i++) {
		assert_int_equal(a->parts[i]->start, 0);
		assert_int_equal(a->parts[i]->end, 0);
	}
	assert_string_equal(a->facts, "a fact\nanother");
	assert_non_null(strstr(a->evidence, "Öl [oil] 12 % [-12 %]"));
	arena_free(&mem);
}

static void
alerts_without_evidence_are_whole(void **state)
{
	const struct notifier_alert *a;
	struct arena mem;

	(void)state;
	arena_init(&mem);
	a = make(&mem, "title", "", NULL);
	assert_string_equal(a->evidence, "");
	assert_string_equal(a->sentence, "");
	assert_string_equal(a->facts, "");
	assert_string_equal(a->sentence_field, "title");
	assert_int_equal(a->nparts, 0);
	assert_non_null(a->parts);
	arena_free(&mem);
}

static void
json_survives_hostile_text(void **state)
{
	struct evidence e = { "s", "title", 0, 1, NULL, 0,
		"one\n\ntwo\n" };
	const struct notifier_alert *a;
	json_t *j, *evidence;
	struct arena mem;

	(void)state;
	arena_init(&mem);
	a = make(&mem, "\"\\/\b\xff\xed\xa0\x80</script>", "a\nb", &e);
	j = json_loads(alert_json(&mem, a), JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(j);
	assert_string_equal(json_string_value(json_object_get(
	    json_object_get(j, "article"), "title")),
	    "\"\\/ ???" "?</script>");
	assert_true(json_is_null(json_object_get(j, "found")));
	evidence = json_object_get(j, "evidence");
	assert_int_equal(json_array_size(json_object_get(evidence, "facts")),
	    2);
	json_decref(j);
	arena_free(&mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_cleaned_in_place),
		cmocka_unit_test(links_are_http_and_whole),
		cmocka_unit_test(evidence_keeps_its_places),
		cmocka_unit_test(alerts_without_evidence_are_whole),
		cmocka_unit_test(json_survives_hostile_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
