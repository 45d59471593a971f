/* feed/opml: subscription lists, whole and damaged. */
#include "feed_case.h"

#include <stdio.h>

#include "feed/opml.h"

#define LIST(x) "<opml version=\"2.0\"><head><title>My &amp; list</title>" \
	"</head><body>" x "</body></opml>"

static struct opml list;

static struct opml *
read_list(void **state, const char *doc)
{
	struct feed_case *c = *state;

	if (opml_read(doc, strlen(doc), &c->mem, &list, &c->err) != 0)
		fail_msg("%s", c->err.text);
	return &list;
}

static void
feeds_have_their_titles_links_and_folders(void **state)
{
	struct opml *l = read_list(state, LIST("<outline text=\"News\">"
	    "<outline text=\"Asia\"><outline type=\"rss\" text=\"t\" title=\"A "
	    "&amp;amp; b\" xmlUrl=\" http://e/1?a=1&amp;b=2 \" htmlUrl=\""
	    "http://e/\"/></outline></outline><outline text=\"two\" xmlURL="
	    "\"https://e/2\"/>"));

	assert_string_equal(l->title, "My & list");
	assert_string_equal(l->damaged, "");
	assert_int_equal(l->nfeeds, 2);
	assert_string_equal(l->feeds[0].url, "http://e/1?a=1&b=2");
	assert_string_equal(l->feeds[0].title, "A & b");
	assert_string_equal(l->feeds[0].link, "http://e/");
	assert_int_equal(l->feeds[0].nfolders, 1);
	assert_string_equal(l->feeds[0].folders[0], "News/Asia");
	assert_string_equal(l->feeds[1].title, "two");
	assert_string_equal(l->feeds[1].link, "");
	assert_int_equal(l->feeds[1].nfolders, 0);
}

static void
a_feed_listed_twice_comes_once(void **state)
{
	struct opml *l = read_list(state, LIST("<outline text=\"a\"><outline "
	    "xmlUrl=\"http://e/1\"/></outline><outline text=\"b\"><outline "
	    "text=\"t\" xmlUrl=\"http://e/1\"/></outline>"));

	assert_int_equal(l->nfeeds, 1);
	assert_string_equal(l->feeds[0].title, "t");
	assert_int_equal(l->feeds[0].nfolders, 2);
	assert_string_equal(l->feeds[0].folders[1], "b");
}

static void
what_is_no_web_address_of_a_feed_is_left_out(void **state)
{
	struct opml *l = read_list(state, LIST("<outline xmlUrl=\"\"/>"
	    "<outline xmlUrl=\"javascript:x\"/><outline xmlUrl=\"/rel\"/>"
	    "<outline type=\"source\" xmlUrl=\"http://e/list\"/><outline "
	    "text=\"x\"/><outline xmlUrl=\"feed://e/1\"/><outline xmlUrl="
	    "\"feed:https://e/2\"/><outline type=\"rss\" url=\"itpc://e/3\"/>"
	    "<outline type=\"link\" url=\"http://e/page\"/>"
	    "<outline xmlUrl=\"www.example.org/4\"/>"));

	assert_int_equal(l->nfeeds, 4);
	assert_string_equal(l->feeds[2].url, "http://e/3");
	assert_string_equal(l->feeds[3].url, "http://www.example.org/4");
	assert_string_equal(l->feeds[0].url, "http://e/1");
	assert_string_equal(l->feeds[1].url, "https://e/2");
}

static void
damage_costs_no_neighbour(void **state)
{
	static const char *const docs[] = {
		LIST("<outline description=\"the \"best\" of <em class=\"x\">"
		    "all</em>\" xmlUrl=\"http://e/1?a&amp;b\"/><outline "
		    "xmlUrl=\"http://e/2\"/>"),
		LIST("<outline text=\"open xmlUrl=\"http://e/1?a&amp;b\"/>"
		    "<outline text=\"a\"xmlUrl=\"http://e/2\"/>"),
		LIST("<outline text=\"R&D < x\" xmlUrl=\"http://e/1?a&b\"/>"
		    "<outline xmlUrl=\"http://e/2\"/>"),
		"<opml><body><outline xmlUrl=\"http://e/1?a&amp;b\">"
		    "<outline xmlUrl=\"http://e/2\"/>",
		"<!DOCTYPE x [<!ENTITY y \"z\">]><opml><body><outline text="
		    "\"&y;\" xmlUrl=\"http://e/1?a&amp;b\"/><outline "
		    "xmlUrl=\"http://e/2\"/></body></opml>",
	};
	struct opml *l;
	size_t i;

	for (i = 0; i < sizeof(docs) / sizeof(docs[0]); i++) {
		l = read_list(state, docs[i]);
		assert_int_equal(l->nfeeds, 2);
		assert_string_equal(l->feeds[0].url, "http://e/1?a&b");
		assert_string_equal(l->feeds[1].url, "http://e/2");
		assert_true(l->damaged[0] != '\0');
	}
}

static void
titles_and_folders_survive_damage(void **state)
{
	struct opml *l = read_list(state, "<opml><body><outline text=\"News\">"
	    "<outline text=\"Caf&eacute; &amp; more\" xmlUrl=\"http://e/1\"/>"
	    "</body></opml>");

	assert_int_equal(l->nfeeds, 1);
	assert_string_equal(l->feeds[0].title, "Café & more");
	assert_string_equal(l->feeds[0].folders[0], "News");
	l = read_list(state, "<outline text=\"a\" xmlUrl=\"http://e/1\"/>"
	    "<outline text=\"b\" xmlUrl=\"http://e/2\"/>");
	assert_int_equal(l->nfeeds, 2);
	/* what is cut short keeps what is whole */
	l = read_list(state, "<opml><body><outline text=\"a\" xmlUrl=\"http://"
	    "e/1\" htmlUrl=\"http://h");
	assert_int_equal(l->nfeeds, 1);
	assert_string_equal(l->feeds[0].link, "");
	l = read_list(state, "<opml><body><outline xmlUrl=\"http://e/1\"/>"
	    "<outline xmlUrl=\"http://e/2");
	assert_int_equal(l->nfeeds, 1);
	/* which a DTD might declare: expat would leave it out */
	l = read_list(state, "<!DOCTYPE opml SYSTEM \"x.dtd\"><opml><body>"
	    "<outline text=\"Caf&eacute;\" xmlUrl=\"http://e/1\"/></body>"
	    "</opml>");
	assert_string_equal(l->feeds[0].title, "Café");
}

static void
many_feeds_are_found_again_by_their_url(void **state)
{
	struct buf b;
	struct opml *l;
	int i;

	buf_init(&b, 1 << 22);
	buf_adds(&b, "<opml><body>");
	for (i = 0; i < 4000; i++)
		buf_printf(&b, "<outline xmlUrl=\"http://e/%d\"/>", i % 3000);
	buf_adds(&b, "</body></opml>");
	l = read_list(state, b.data);
	assert_int_equal(l->nfeeds, 3000);
	assert_string_equal(l->feeds[2999].url, "http://e/2999");
	buf_clear(&b);
}

static void
other_documents_are_refused(void **state)
{
	struct feed_case *c = *state;
	static const char *const docs[] = { "", "<rss><channel/></rss>",
	    "<html><body>x</body></html>", "text" };
	size_t i;

	for (i = 0; i < sizeof(docs) / sizeof(docs[0]); i++) {
		assert_int_equal(opml_read(docs[i], strlen(docs[i]), &c->mem,
		    &list, &c->err), -1);
		assert_string_equal(c->err.text, "it is no OPML document");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FEED_TEST(feeds_have_their_titles_links_and_folders),
		FEED_TEST(a_feed_listed_twice_comes_once),
		FEED_TEST(what_is_no_web_address_of_a_feed_is_left_out),
		FEED_TEST(damage_costs_no_neighbour),
		FEED_TEST(titles_and_folders_survive_damage),
		FEED_TEST(many_feeds_are_found_again_by_their_url),
		FEED_TEST(other_documents_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
