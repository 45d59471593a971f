/* robots: what a robots.txt lets us read (RFC 9309). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "feed/robots.h"

static const struct {
	const char *text, *path;
	bool allow;
} rows[] = {
	{ "", "/feed", true },
	{ "User-agent: *\nDisallow: /\n", "/feed", false },
	{ "User-agent: *\nDisallow:\n", "/feed", true },
	{ "User-agent: *\r\nDisallow: /private\r\n", "/private/f", false },
	{ "User-agent: *\rDisallow: /private\r", "/private/f", false },
	{ "\xef\xbb\xbfUser-agent: *\nDisallow: /", "/", false },
	{ "user-AGENT : * # all\n disallow\t:\t/f # not\n", "/feed", false },
	/* Ours beats everybody's, wherever it stands; several are one. */
	{ "User-agent: *\nDisallow: /\nUser-agent: NewsAlertd\nAllow: /f\n",
	    "/feed", true },
	{ "User-agent: newsalertd/1.0\nDisallow: /f\n\nUser-agent: *\n"
	    "Allow: /\n", "/feed", false },
	{ "User-agent: newsalertd\nDisallow: /a\nUser-agent: *\nDisallow: /\n"
	    "User-agent: newsalertd\nDisallow: /b\n", "/b", false },
	{ "User-agent: newsalertd\nDisallow: /a\nUser-agent: *\nDisallow: /\n"
	    "User-agent: newsalertd\nDisallow: /b\n", "/c", true },
	{ "User-agent: a\nUser-agent: newsalertd\nUser-agent: b\n"
	    "Disallow: /\n", "/c", false },
	{ "User-agent: newsalertdx\nDisallow: /\n", "/c", true },
	/* Lines of other kinds do not end a group. */
	{ "User-agent: newsalertd\nCrawl-delay: 5\nSitemap: /s\nfoo\n"
	    "Disallow: /\n", "/c", false },
	{ "Disallow: /\nUser-agent: other\nDisallow: /\n", "/c", true },
	/* The longest counts, "allow" among equals. */
	{ "User-agent: *\nDisallow: /a\nAllow: /a/feed\n", "/a/feed.xml", true },
	{ "User-agent: *\nAllow: /a\nDisallow: /a/feed\n", "/a/feed", false },
	{ "User-agent: *\nDisallow: /a\nAllow: /a\n", "/a", true },
	/* '*', '$', and %xx. */
	{ "User-agent: *\nDisallow: /*.xml$\n", "/a/feed.xml", false },
	{ "User-agent: *\nDisallow: /*.xml$\n", "/a/feed.xml?x", true },
	{ "User-agent: *\nDisallow: /*.xml$\n", "/a.xml/b.xml", false },
	{ "User-agent: *\nDisallow: /*?*format=rss\n", "/f?a&format=rss", false },
	{ "User-agent: *\nDisallow: *\n", "/", false },
	{ "User-agent: *\nDisallow: $\n", "/", true },
	{ "User-agent: *\nDisallow: /f$\n", "/f", false },
	{ "User-agent: *\nDisallow: /a$b\n", "/a$b", false },
	{ "User-agent: *\nDisallow: /%66eed\n", "/feed", false },
	{ "User-agent: *\nDisallow: /feed\n", "/f%65ed", false },
	{ "User-agent: *\nDisallow: /caf\xc3\xa9\n", "/caf%C3%A9", false },
	{ "User-agent: *\nDisallow: /%\n", "/%", false },
	/* A star takes whole bytes: the digits of %31 are no path. */
	{ "User-agent: *\nDisallow: /*3$\n", "/%33", false },
	{ "User-agent: *\nDisallow: /a*1$\n", "/a%41", true },
};

static void
row_29_rules_are_read_as_rfc_9309_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (robots_allow(rows[i].text, strlen(rows[i].text),
		    "newsalertd", rows[i].path) != rows[i].allow)
			fail_msg("%s\n%s", rows[i].text, rows[i].path);
}

/* Bytes of all kinds in buffers of their very size, for the sanitizers; and a
   rule that could take for ever. */
static void
any_bytes_may_come(void **state)
{
	static const char letters[] = "User-agent: *\nDisallow:/%$#\r\0\xff";
	char stars[2001], path[2001];

	(void)state;
	for (uint32_t i = 0; i < 20000; i++) {
		uint64_t h = hash_bytes(&i, sizeof(i));
		size_t n = h % 60;
		char *text = malloc(n > 0 ? n : 1);

		for (size_t k = 0; k < n; k++)
			text[k] = letters[hash_bytes(&(uint64_t){ h + k }, 8) %
			    (sizeof(letters) - 1)];
		robots_allow(text, n, "newsalertd", "/feed?x");
		free(text);
	}
	memset(path, 'a', sizeof(path) - 1);
	path[0] = '/';
	path[2000] = '\0';
	for (size_t i = 0; i < 2000; i++)
		stars[i] = i % 2 ? 'a' : '*';
	memcpy(stars, "user-agent:*\ndisallow:/", 23);
	stars[1999] = 'b';
	stars[2000] = '\0';
	assert_true(robots_allow(stars, 2000, "newsalertd", path));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(row_29_rules_are_read_as_rfc_9309_says),
		cmocka_unit_test(any_bytes_may_come),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
