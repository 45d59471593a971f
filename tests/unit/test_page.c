/* feed/page: which feeds a page names. */
#include "feed_case.h"

#include <stdio.h>

#define RSS "type=\"application/rss+xml\""

/* In the head of http://e/blog/index.html; the addresses with blanks between. */
static const struct {
	const char *head, *feeds;
} cases[] = {
	{ "<link rel=\"alternate\" " RSS " href=\"/f\">", "http://e/f" },
	{ "<link href='/f' " RSS " rel='alternate'/>", "http://e/f" },
	{ "<LINK HREF=/f TYPE=Application/RSS+XML REL=Alternate>",
	    "http://e/f" },
	{ "<link rel = \"home alternate\" " RSS "\n href = \" f \">",
	    "http://e/blog/f" },
	{ "<link rel=alternate type=\"application/atom+xml; charset=utf-8\" "
	    "href=?feed=atom>", "http://e/blog/index.html?feed=atom" },
	{ "<link rel=alternate type=application/feed+json href=//f/j>",
	    "http://f/j" },
	{ "<link rel=alternate type=application/rdf+xml href=f>",
	    "http://e/blog/f" },
	{ "<link rel=alternate type=text/xml href=f>", "http://e/blog/f" },
	{ "<link rel=alternate type=application/json href=/feed.json>",
	    "http://e/feed.json" },
	{ "<link rel=feed href=f>", "http://e/blog/f" },
	{ "<a " RSS " href=f>RSS</a>", "http://e/blog/f" },
	{ "<link rel=alternate " RSS " href='/f?a=1&amp;b=2&c'>",
	    "http://e/f?a=1&b=2&c" },
	{ "<link rel=alternate " RSS " href='feed://f/x'>", "http://f/x" },
	{ "<link rel=alternate " RSS " href='feed:https://f/x'>",
	    "https://f/x" },
	/* no feeds */
	{ "<link rel=alternate hreflang=de href=/de>", "" },
	{ "<link rel=alternate type=application/json href=/wp-json/wp/v2/1>",
	    "" },
	{ "<link rel=alternate type=application/json+oembed href=/o>", "" },
	{ "<link rel=alternate type=text/xml+oembed href=/o>", "" },
	{ "<link rel='alternate stylesheet' type=text/css href=/c>", "" },
	{ "<link rel=alternates " RSS " href=f><link rel=icon href=f>", "" },
	{ "<link rel=alternate " RSS " href=''><link rel=alternate " RSS ">",
	    "" },
	{ "<link rel=alternate " RSS " href='javascript:x()'>", "" },
	{ "<!-- <link rel=alternate " RSS " href=f> --><script>'<link "
	    "rel=alternate " RSS " href=f>'</script>", "" },
	/* once each, those of comments last */
	{ "<link rel=alternate " RSS " href=/f><link rel=alternate " RSS
	    " href=http://e/f>", "http://e/f" },
	{ "<link rel=alternate " RSS " href=/comments/feed/><link "
	    "rel=alternate " RSS " title='Comments on x' href=/x><link "
	    "rel=alternate " RSS " href=/f><link rel=alternate " RSS
	    " href=/g>", "http://e/f http://e/g http://e/comments/feed/ "
	    "http://e/x" },
	/* the first base with an address, wherever it stands */
	{ "<base target=_top><base href='/x/'><base href='http://no/'>"
	    "<link rel=alternate " RSS " href=f>", "http://e/x/f" },
	{ "<link rel=alternate " RSS " href=f><base href=http://b/>",
	    "http://b/f" },
};

static void
each_way_of_naming_a_feed(void **state)
{
	struct feed_case *c = *state;
	char page[1024], feeds[1024];
	size_t n;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		snprintf(page, sizeof(page), "<!doctype html><html><head>"
		    "<title>x</title>%s</head>", cases[i].head);
		assert_int_equal(feed_read(page, strlen(page), "text/html",
		    "http://e/blog/index.html", &c->mem, &c->feed, &c->err),
		    -1);
		*feeds = '\0';
		for (size_t k = n = 0; k < c->feed.nadvertised; k++)
			n += (size_t)snprintf(feeds + n, sizeof(feeds) - n,
			    k > 0 ? " %s" : "%s", c->feed.advertised[k]);
		if (strcmp(feeds, cases[i].feeds) != 0)
			fail_msg("%s: '%s'", cases[i].head, feeds);
	}
}

static void
a_piece_of_a_page_names_feeds_too(void **state)
{
	static const char page[] = "<section><p>x</p><a " RSS " href=/f>";
	struct feed_case *c = *state;

	assert_int_equal(feed_read(page, strlen(page), NULL, "http://e/",
	    &c->mem, &c->feed, &c->err), -1);
	assert_int_equal(c->feed.nadvertised, 1);
	assert_string_equal(c->feed.advertised[0], "http://e/f");
}

static void
there_is_a_limit(void **state)
{
	struct feed_case *c = *state;
	struct buf page;

	buf_init(&page, 1 << 20);
	buf_adds(&page, "<html>");
	for (int i = 0; i < FEED_LINKS_MAX + 5; i++)
		buf_printf(&page, "<link rel=feed href=/%d>", i);
	assert_int_equal(feed_read(page.data, page.len, NULL, "http://e/",
	    &c->mem, &c->feed, &c->err), -1);
	assert_int_equal(c->feed.nadvertised, FEED_LINKS_MAX);
	buf_clear(&page);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FEED_TEST(each_way_of_naming_a_feed),
		FEED_TEST(a_piece_of_a_page_names_feeds_too),
		FEED_TEST(there_is_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
