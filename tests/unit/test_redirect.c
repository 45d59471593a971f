/* redirect: which are followed, and which change the feed's URL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "poll/redirect.h"

#define DAY 86400
#define NOW 1700000000

/* Follow hops "301 url", from a URL; 0 or -1 as the last one. */
static int
walk(struct poll_chain *c, const char *from, const char *const *hops, size_t n,
    struct error *err)
{
	poll_chain_init(c, from);
	for (size_t i = 0; i < n; i++) {
		struct poll_answer a = { .outcome = POLL_REDIRECT,
		    .retry_after = "" };
		int64_t at;

		sscanf(hops[i], "%u", &a.status);
		a.location = hops[i] + 4;
		if (poll_chain_follow(c, &a, 0, NOW, &at, err) < 0)
			return -1;
		assert_int_equal(at, NOW);
	}
	return 0;
}

#define WALK(c, from, err, ...) walk(c, from, \
    (const char *const []){ __VA_ARGS__ }, \
    sizeof((const char *const []){ __VA_ARGS__ }) / sizeof(char *), err)

static void
row_18_five_hops_are_followed_and_no_circle(void **state)
{
	struct poll_chain c;
	struct error err;

	(void)state;
	assert_int_equal(WALK(&c, "http://a/", &err, "301 http://b/",
	    "302 http://c/", "303 http://d/", "307 http://e/",
	    "308 https://f/"), 0);
	assert_int_equal(c.hops, 5);
	assert_string_equal(c.urls[c.hops], "https://f/");
	assert_int_equal(WALK(&c, "http://a/", &err, "301 http://b/",
	    "301 http://c/", "301 http://d/", "301 http://e/",
	    "301 http://f/", "301 http://g/"), -1);
	assert_non_null(strstr(err.text, "more than 5"));
	assert_int_equal(WALK(&c, "http://a/", &err, "302 http://a/"), -1);
	assert_non_null(strstr(err.text, "circle"));
	assert_int_equal(WALK(&c, "http://a/", &err, "302 http://b/",
	    "302 http://c/", "302 http://b/"), -1);
}

static void
row_18_a_pause_before_the_next_hop_is_kept(void **state)
{
	static const struct {
		const char *retry_after;
		int64_t held, wait;
		const char *ends;	/* the poll, by this reason */
	} rows[] = {
		{ "", 0, 0, NULL }, { "0", 0, 0, NULL }, { "soon", 0, 0, NULL },
		{ "-5", 0, 0, NULL }, { "120", 0, 120, NULL },
		{ "300", 0, 300, NULL }, { "301", 0, 301, "not before" },
		{ "Tue, 14 Nov 2023 22:14:20 GMT", 0, 60, NULL },
		{ "Tue, 14 Nov 2023 22:00:00 GMT", 0, 0, NULL },
		{ "Wed, 15 Nov 2023 22:13:20 GMT", 0, 86400, "not before" },
		/* The host of the target asked us to wait. */
		{ "", 120, 120, NULL }, { "60", 120, 120, NULL },
		{ "120", 60, 120, NULL }, { "", -60, 0, NULL },
		{ "60", 301, 301, "whose host asked us to wait" },
	};
	struct poll_chain c;
	struct error err;
	int64_t at;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct poll_answer a = { .outcome = POLL_REDIRECT,
		    .status = 302, .location = "http://b/",
		    .retry_after = rows[i].retry_after };

		poll_chain_init(&c, "http://a/");
		assert_int_equal(poll_chain_follow(&c, &a, NOW + rows[i].held,
		    NOW, &at, &err), rows[i].ends != NULL ? -1 : 0);
		assert_int_equal(at, NOW + rows[i].wait);
		if (rows[i].ends != NULL)
			assert_non_null(strstr(err.text, rows[i].ends));
	}
}

static void
row_19_only_http_is_followed(void **state)
{
	struct poll_chain c;
	struct error err;

	(void)state;
	assert_int_equal(WALK(&c, "http://a/", &err,
	    "301 file:///etc/passwd"), -1);
	assert_non_null(strstr(err.text, "neither http nor https"));
	assert_int_equal(WALK(&c, "http://a/", &err, "301 gopher://b/"), -1);
	assert_int_equal(WALK(&c, "http://a/", &err, "301 httpx://b/"), -1);
	assert_int_equal(WALK(&c, "http://a/", &err, "301 HTTPS://b/"), 0);
}

static bool
poll_days(struct poll_state *s, const char *const *hops, size_t n, int days,
    int each_day)
{
	struct poll_chain c;
	bool moved = false;

	for (int i = 0; i <= days * each_day && !moved; i++) {
		assert_int_equal(walk(&c, s->url, hops, n, NULL), 0);
		moved = poll_redirect_seen(s, &c,
		    NOW + (int64_t)i * DAY / each_day);
	}
	return moved;
}

static void
row_18_the_url_changes_after_a_week_of_the_same_answer(void **state)
{
	static const char *const lasting[] = { "301 http://b/", "308 https://c/f" };
	struct poll_state s;

	(void)state;
	poll_state_init(&s, "http://a/", NOW);
	assert_false(poll_days(&s, lasting, 2, 6, 24));
	assert_string_equal(s.url, "http://a/");
	assert_string_equal(s.redirect, "https://c/f");
	poll_state_init(&s, "http://a/", NOW);
	assert_true(poll_days(&s, lasting, 2, 7, 24));
	assert_string_equal(s.url, "https://c/f");
	assert_string_equal(s.redirect, "");
	/* A week, but seen too seldom. */
	poll_state_init(&s, "http://a/", NOW);
	s.redirect = "https://c/f";
	s.redirect_since = NOW - 30 * DAY;
	s.redirect_count = 1;
	assert_false(poll_days(&s, lasting, 2, 2, 1));
	assert_true(poll_days(&s, lasting, 2, 2, 1));
}

static void
row_18_what_never_changes_the_url(void **state)
{
	static const struct { const char *from, *hops[2]; } cases[] = {
		{ "http://a/", { "302 http://b/" } },
		{ "http://a/", { "303 http://b/" } },
		{ "http://a/", { "307 http://b/" } },
		{ "http://a/", { "301 http://b/", "302 http://c/" } },
		{ "http://a/", { "302 http://b/", "301 http://c/" } },
		{ "https://a/", { "301 http://a/" } },
		{ "https://a/", { "301 http://b/", "301 https://c/" } },
		{ "http://a/", { "301 http://b/login?next=feed" } },
		{ "http://a/", { "301 http://captive.example.net/" } },
	};
	struct poll_state s;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		poll_state_init(&s, cases[i].from, NOW);
		if (poll_days(&s, cases[i].hops, cases[i].hops[1] ? 2 : 1,
		    30, 4))
			fail_msg("case %zu", i);
	}
}

static void
row_18_a_target_that_flaps_starts_anew(void **state)
{
	static const char *const one[] = { "301 http://b/" };
	static const char *const two[] = { "301 http://c/" };
	struct poll_state s;
	struct poll_chain c;

	(void)state;
	poll_state_init(&s, "http://a/", NOW);
	for (int i = 0; i < 60; i++) {
		assert_int_equal(walk(&c, "http://a/",
		    i % 12 < 6 ? one : two, 1, NULL), 0);
		assert_false(poll_redirect_seen(&s, &c, NOW + i * DAY));
	}
	/* An answer without a redirect forgets the candidate. */
	poll_chain_init(&c, "http://a/");
	assert_false(poll_redirect_seen(&s, &c, NOW + 60 * DAY));
	assert_string_equal(s.redirect, "");
}

static void
row_26_credentials_belong_to_an_origin(void **state)
{
	static const struct { const char *a, *b; bool same; } cases[] = {
		{ "https://a.example/x", "https://a.example/y?z", true },
		{ "https://a.example", "https://A.EXAMPLE:443/", true },
		{ "http://a.example:80/", "http://a.example/", true },
		{ "http://u:p@a.example/", "http://a.example/", true },
		{ "http://a.example/", "https://a.example/", false },
		{ "https://a.example/", "https://b.example/", false },
		{ "https://a.example/", "https://a.example:8443/", false },
		{ "https://a.example/", "https://a.example.evil/", false },
		{ "https://a.example/", "https://evil/a.example/", false },
		{ "https://a.example/", "https://a.example@evil/", false },
		{ "http://[::1]:80/", "http://[::1]/", true },
		{ "http://[::1]:81/", "http://[::1]/", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (poll_same_origin(cases[i].a, cases[i].b) != cases[i].same)
			fail_msg("%s %s", cases[i].a, cases[i].b);
}

static void
hosts_have_a_name_for_the_gate(void **state)
{
	static const struct { const char *url, *host; } cases[] = {
		{ "https://Example.ORG/feed", "example.org" },
		{ "https://example.org:443?q", "example.org" },
		{ "http://example.org:443/", "example.org:443" },
		{ "http://user:p%40ss@example.org:8080/", "example.org:8080" },
		{ "http://[2001:db8::1]:80/", "[2001:db8::1]" },
		{ "http://127.0.0.7:41234/f", "127.0.0.7:41234" },
	};
	char out[POLL_HOST_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(poll_host_of(cases[i].url, out,
		    sizeof(out)), cases[i].host);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(row_18_five_hops_are_followed_and_no_circle),
		cmocka_unit_test(row_18_a_pause_before_the_next_hop_is_kept),
		cmocka_unit_test(row_19_only_http_is_followed),
		cmocka_unit_test(
		    row_18_the_url_changes_after_a_week_of_the_same_answer),
		cmocka_unit_test(row_18_what_never_changes_the_url),
		cmocka_unit_test(row_18_a_target_that_flaps_starts_anew),
		cmocka_unit_test(row_26_credentials_belong_to_an_origin),
		cmocka_unit_test(hosts_have_a_name_for_the_gate),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
