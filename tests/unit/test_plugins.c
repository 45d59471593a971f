/* What the shipped plugins are made of: heads of mails, quoted-printable,
   signatures, answers, texts with a limit, log records. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <newsalertd/notifier.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../plugins/email/body.h"
#include "../../plugins/email/header.h"
#include "../../plugins/email/message.h"
#include "../../plugins/syslog/record.h"
#include "../../plugins/syslog/transport.h"
#include "../../plugins/webhook/answer.h"
#include "../../plugins/webhook/form.h"
#include "../../plugins/webhook/signature.h"
#include "../../plugins/webhook/template.h"
#include "../../plugins/webhook/text.h"

/* What a function writes, as a string to be freed. */
static char *text;
static size_t text_len;

static FILE *
begin(void)
{
	FILE *f = open_memstream(&text, &text_len);

	assert_non_null(f);
	return f;
}

static void
assert_wrote(FILE *f, const char *expected)
{
	fclose(f);
	assert_string_equal(text, expected);
	free(text);
}

static void
mail_addresses(void **state)
{
	static const struct { const char *in, *spec, *name; } cases[] = {
		{ "a@b.example", "a@b.example", "" },
		{ "<a@b>", "a@b", "" },
		{ "News Desk <a@b>", "a@b", "News Desk" },
		{ "\"Desk, News\" <a+x@b>", "a+x@b", "Desk, News" },
		{ "Zwölf <a@b>", "a@b", "Zwölf" },
		{ "", NULL, NULL }, { "a", NULL, NULL }, { "@b", NULL, NULL },
		{ "a@", NULL, NULL }, { "a@b c", NULL, NULL },
		{ "a b@c", NULL, NULL }, { "a@b>", NULL, NULL },
		{ "<a@b", NULL, NULL }, { "<a@b> x", NULL, NULL },
		{ "a@b\r\nRCPT TO:<c@d>", NULL, NULL },
		{ "ü@b", NULL, NULL }, { "a@ü", NULL, NULL },
		{ "a..b@c", NULL, NULL }, { ".a@c", NULL, NULL },
		{ "a@b@c", NULL, NULL },
	};
	struct header_address a;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		if (cases[i].spec == NULL) {
			if (header_address_parse(cases[i].in, &a) != -1)
				fail_msg("%s", cases[i].in);
			continue;
		}
		assert_int_equal(header_address_parse(cases[i].in, &a), 0);
		assert_string_equal(a.spec, cases[i].spec);
		assert_string_equal(a.name, cases[i].name);
	}
}

static void
mail_headers(void **state)
{
	static const char *const cases[][2] = {
		{ "plain", "S: plain\r\n" },
		{ "", "S: \r\n" },
		{ "ü", "S: =?UTF-8?B?w7w=?=\r\n" },
		{ "=?x?", "S: =?UTF-8?B?PT94Pw==?=\r\n" },
		{ "a\r\nBcc: x", "S: =?UTF-8?B?YSAgQmNjOiB4?=\r\n" },
		{ "aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbb "
		  "cccccccccccccccccccc dddddddddddddddddddd",
		  "S: aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbb "
		  "cccccccccccccccccccc\r\n dddddddddddddddddddd\r\n" },
	};
	struct header_address a = { "a@b", "D \"x\" \\" };
	char long_one[400];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		FILE *f = begin();

		header_text(f, "S", cases[i][0]);
		assert_wrote(f, cases[i][1]);
	}
	/* Encoded-words hold whole characters and fit their lines. */
	long_one[0] = '\0';
	for (int i = 0; i < 100; i++)
		strcat(long_one, "€");
	FILE *f = begin();
	header_text(f, "Subject", long_one);
	fclose(f);
	for (char *line = strtok(text, "\r\n"); line != NULL;
	    line = strtok(NULL, "\r\n")) {
		assert_true(strlen(line) <= 76);
		assert_true(strstr(line, "=?UTF-8?B?") != NULL);
	}
	free(text);
	f = begin();
	header_address(f, "From", &a);
	assert_wrote(f, "From: \"D \\\"x\\\" \\\\\"\r\n <a@b>\r\n");
	f = begin();
	header_date(f, "Date", 1737979260);
	assert_wrote(f, "Date: Mon, 27 Jan 2025 12:01:00 +0000\r\n");
}

static void
quoted_printable(void **state)
{
	static const char *const cases[][2] = {
		{ "plain\n", "plain\r\n" },
		{ "no newline", "no newline\r\n" },
		{ "a=b", "a=3Db\r\n" },
		{ "ü\n", "=C3=BC\r\n" },
		{ "end \nnext", "end=20\r\nnext\r\n" },
		{ ".\n..x\n", "=2E\r\n=2E.x\r\n" },
		{ "From me\n", "=46rom me\r\n" },
		{ "\r\x01", "=0D=01\r\n" },
		{ "\n\n", "\r\n\r\n" },
	};
	char line[300];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		FILE *f = begin();

		body_quote(f, cases[i][0], strlen(cases[i][0]));
		assert_wrote(f, cases[i][1]);
	}
	memset(line, '.', sizeof(line));
	FILE *f = begin();
	body_quote(f, line, sizeof(line));
	fclose(f);
	for (char *p = strtok(text, "\r\n"); p != NULL;
	    p = strtok(NULL, "\r\n")) {
		assert_true(strlen(p) <= 76);
		assert_true(*p != '.');
	}
	free(text);
}

static const struct notifier_part owner = { "owner", "Öl", "title", 0, 3,
	"oil" };
static const struct notifier_part *const parts[] = { &owner };
static const struct notifier_alert alert = {
	.delivery_id = "abcdefghijklmnopqrstuvwxyz", .attempt = 1,
	.alert_id = "a", .recipient = "", .rule = "oil \"x\"]\\",
	.rule_text = "w", .priority = "normal", .feed = "f",
	.feed_title = "", .feed_url = "", .title = "Öl fällt",
	.link = "https://x/?a=1", .author = "", .text = "",
	.found = 1737979260, .sentence = "Öl fällt",
	.sentence_field = "title", .sentence_end = 11,
	.evidence = "Öl [oil] fällt", .facts = "one\ntwo", .parts = parts,
	.nparts = 1,
};
static const struct notifier_alert *const alerts[] = { &alert };

static void
mails_are_the_same_each_time(void **state)
{
	struct message_settings s = { .domain = "example.org",
		.notifier = "desk", .id = "the-id" };
	size_t len, again_len;
	char *one, *again;

	(void)state;
	header_address_parse("a@example.org", &s.from);
	header_address_parse("b@example.org", &s.to);
	one = message_make(&s, alerts, 1, &len);
	again = message_make(&s, alerts, 1, &again_len);
	assert_int_equal(len, again_len);
	assert_memory_equal(one, again, len);
	assert_non_null(strstr(one, "\r\nMessage-ID: <the-id@example.org>"));
	assert_non_null(strstr(one, "\r\nList-Id: "
	    "<oil--x---.newsalertd.example.org>\r\n"));
	assert_non_null(strstr(one, "<mark>=C3=96l</mark> <small>[oil]"));
	assert_null(strstr(one, "Importance"));
	free(one);
	free(again);
}

static void
webhook_signatures(void **state)
{
	/* The vector of the standard's reference libraries. */
	static const char secret[] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
	static const char good[] =
	    "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
	struct signature_key keys[2];
	char *s, both[200];

	(void)state;
	assert_int_equal(signature_key_parse(secret, strlen(secret),
	    &keys[0]), 0);
	assert_int_equal(keys[0].len, 24);
	keys[1] = keys[0];
	s = signature_make(keys, 1, "msg_p5jXN8AQM9LWM0D4loKWxJek",
	    1614265330, "{\"test\": 2432232314}");
	assert_string_equal(s, good);
	free(s);
	s = signature_make(keys, 2, "msg_p5jXN8AQM9LWM0D4loKWxJek",
	    1614265330, "{\"test\": 2432232314}");
	snprintf(both, sizeof(both), "%s %s", good, good);
	assert_string_equal(s, both);
	free(s);
	assert_int_equal(signature_key_parse("plain", 5, &keys[0]), 0);
	assert_memory_equal(keys[0].bytes, "plain", 5);
	assert_int_equal(signature_key_parse("whsec_!!!!", 10, &keys[0]), -1);
	assert_int_equal(signature_key_parse("whsec_TWF", 9, &keys[0]), -1);
	assert_int_equal(signature_key_parse("", 0, &keys[0]), -1);
}

static void
webhook_waits(void **state)
{
	static const struct { const char *header, *body; int64_t wait; }
	    cases[] = {
		{ "", "", 0 }, { "7", "", 7 }, { "7 ", "", 7 },
		{ "0.5", "", 1 }, { "-7", "", 0 }, { "nan", "", 0 },
		{ "inf", "", ANSWER_WAIT_MAX }, { "7 dogs", "", 0 },
		{ "99999999999", "", ANSWER_WAIT_MAX },
		{ "Thu, 01 Jan 1970 00:17:20 GMT", "", 40 },
		{ "Thu, 01 Jan 1970 00:10:00 GMT", "", 0 },
		{ "", "{\"retry_after\": 3.2}", 4 },
		{ "", "{\"parameters\": {\"retry_after\": 5}}", 5 },
		{ "", "{\"retry_after\": \"5\"}", 0 },
		{ "", "[1]", 0 }, { "", "{\"retry_after\": ", 0 },
		{ "9", "{\"retry_after\": 5}", 9 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int64_t got = answer_wait(cases[i].header, cases[i].body,
		    1000);

		if (got != cases[i].wait)
			fail_msg("%s %s: %lld", cases[i].header,
			    cases[i].body, (long long)got);
	}
}

static void
texts_keep_their_limit(void **state)
{
	static const struct { const char *in; size_t max; text_escape *escape;
	    const char *out; } cases[] = {
		{ "abc", 3, NULL, "abc" },
		{ "abcd", 3, NULL, "ab…" },
		{ "üüü", 2, NULL, "ü…" },
		{ "\U0001f680\U0001f680", 4, NULL, "\U0001f680\U0001f680" },
		{ "\U0001f680\U0001f680", 3, NULL, "\U0001f680…" },
		{ "\U0001f680\U0001f680", 2, NULL, "…" },
		{ "abc", 0, NULL, "" },
		/* Two flags; a family; accents that combine; a tone of skin. */
		{ "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7", 7, NULL,
		    "\U0001f1e9\U0001f1ea…" },
		{ "a\U0001f469\u200d\U0001f469\u200d\U0001f467b", 8, NULL,
		    "a…" },
		{ "e\u0301e\u0301", 3, NULL, "e\u0301…" },
		{ "\U0001f44d\U0001f3fdx\U0001f44d\U0001f3fd", 7, NULL,
		    "\U0001f44d\U0001f3fdx…" },
		{ "e\u0301\u0301\u0301\u0301", 3, NULL, "e\u0301…" },
		{ "*e\u0301*", 4, text_markdown, "\\*…" },
		{ "a&b", 7, text_slack, "a&amp;b" },
		{ "a&b", 6, text_slack, "a…" },
		{ "<&>", 13, text_slack, "&lt;&amp;&gt;" },
		{ "a*b", 4, text_markdown, "a\\*b" },
		{ "**", 3, text_markdown, "\\*…" },
		{ "x(y)", 99, text_markdown_url, "x%28y%29" },
		{ "bad \xc3", 99, NULL, "bad \xc3" },
	};
	struct text t;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		text_init(&t);
		text_add(&t, cases[i].in, cases[i].max, cases[i].escape);
		assert_string_equal(t.data, cases[i].out);
		assert_true(t.units <= cases[i].max);
		assert_int_equal(t.units, text_cost(t.data, NULL));
		text_clear(&t);
	}
}

static void
every_template_makes_json(void **state)
{
	static const char *const names[] = { "slack", "discord", "teams",
		"telegram", "ntfy" };

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		const struct template *t = template_find(names[i]);
		json_t *j;

		assert_non_null(t);
		assert_non_null(strstr(template_names(), names[i]));
		assert_non_null(j = t->make(alerts, 1, "c"));
		json_decref(j);
	}
	assert_null(template_find("signal"));
}

static void
bodies_of_ones_own(void **state)
{
	static const struct { const char *form, *body; } cases[] = {
		{ "{}", "{}" },
		{ "[\"{{title}}\"]", "[\"Öl fällt\"]" },
		{ "[\"{{rule}}{{rule}}\"]",
		  "[\"oil \\\"x\\\"]\\\\oil \\\"x\\\"]\\\\\"]" },
		{ "[\"{{facts}}\"]", "[\"one\\ntwo\"]" },
		{ "[{{found}}, {{json}}]", "[1737979260, 7]" },
		{ "[\"{{\", \"}\"]", "[\"{{\", \"}\"]" },
		{ "[{{title}}]", NULL },
		{ "[\"{{json}}\"]", NULL },
		{ "[\"{{nothing}}\"]", NULL },
		{ "[\"{{}}\"]", NULL },
		{ "[", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *body;

		if (cases[i].body == NULL) {
			assert_non_null(form_check(cases[i].form));
			continue;
		}
		assert_null(form_check(cases[i].form));
		body = form_make(cases[i].form, &alert, "7");
		assert_string_equal(body, cases[i].body);
		free(body);
	}
}

static void
syslog_records(void **state)
{
	struct record_settings s = { .facility = 3, .app = "news alertd",
		.hostname = "", .pid = 7, .bom = 1, .max = 8192 };
	FILE *f = begin();

	(void)state;
	record_rfc5424(f, &s, &alert);
	assert_wrote(f, "<29>1 2025-01-27T12:01:00Z - news_alertd 7 ALERT "
	    "[newsalertd@32473 id=\"abcdefghijklmnopqrstuvwxyz\" alert=\"a\" "
	    "attempt=\"1\" rule=\"oil \\\"x\\\"\\]\\\\\" priority=\"normal\" "
	    "feed=\"f\" title=\"Öl fällt\" link=\"https://x/?a=1\"]"
	    "[evidence@32473 owner=\"Öl\" owner.value=\"oil\"] "
	    "\xef\xbb\xbfoil \"x\"]\\: Öl [oil] fällt https://x/?a=1");
	f = begin();
	record_journal(f, &s, &alert);
	fclose(f);
	assert_non_null(strstr(text, "\nPRIORITY=5\n"));
	assert_non_null(memmem(text, text_len,
	    "\nNEWSALERT_PART_OWNER_VALUE=oil\n", 32));
	assert_non_null(memmem(text, text_len,
	    "\nNEWSALERT_FACTS\n\7\0\0\0\0\0\0\0one\ntwo\n", 33));
	free(text);
	assert_int_equal(record_facility("local7"), 23);
	assert_int_equal(record_facility("local8"), -1);
}

static void
syslog_targets(void **state)
{
	static const struct { const char *in; int kind; const char *host,
	    *port; } cases[] = {
		{ "unix:/dev/log", TRANSPORT_UNIX, "", "" },
		{ "journal", TRANSPORT_JOURNAL, "", "" },
		{ "udp:h:514", TRANSPORT_UDP, "h", "514" },
		{ "tcp:[::1]:601", TRANSPORT_TCP, "::1", "601" },
		{ "tcp:::1:601", -1, "", "" }, { "udp:h", -1, "", "" },
		{ "udp::514", -1, "", "" }, { "udp:h:", -1, "", "" },
		{ "unix:log", -1, "", "" }, { "", -1, "", "" },
		{ "journal:x", -1, "", "" },
	};
	struct transport t;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_int_equal(transport_parse(&t, cases[i].in),
		    cases[i].kind < 0 ? -1 : 0);
		if (cases[i].kind < 0)
			continue;
		assert_int_equal(t.kind, cases[i].kind);
		assert_string_equal(t.host, cases[i].host);
		assert_string_equal(t.port, cases[i].port);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mail_addresses),
		cmocka_unit_test(mail_headers),
		cmocka_unit_test(quoted_printable),
		cmocka_unit_test(mails_are_the_same_each_time),
		cmocka_unit_test(webhook_signatures),
		cmocka_unit_test(webhook_waits),
		cmocka_unit_test(texts_keep_their_limit),
		cmocka_unit_test(every_template_makes_json),
		cmocka_unit_test(bodies_of_ones_own),
		cmocka_unit_test(syslog_records),
		cmocka_unit_test(syslog_targets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
