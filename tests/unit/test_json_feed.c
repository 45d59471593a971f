/* feed/json: JSON Feed 1.0 and 1.1, whole and broken. */
#include "feed_case.h"

#include <stdio.h>

#define HEAD "{\"version\":\"https://jsonfeed.org/version/1.1\"," \
	"\"title\":\"T\",\"home_page_url\":\"http://e/\"," \
	"\"feed_url\":\"http://e/f\",\"language\":\"en\","
#define ITEMS(x) HEAD "\"items\":[" x "]}"

static void
everything_finds_its_field(void **state)
{
	struct feed *f = read_doc(state, ITEMS("{\"id\":\"1\",\"url\":\"http:"
	    "//e/1\",\"title\":\"Oil \\u0026 gas\\nup\",\"content_html\":\"<p>"
	    "a</p><p>b</p>\",\"summary\":\"s\",\"date_published\":\"2024-03-"
	    "05T14:30:00Z\",\"date_modified\":\"2024-03-05T14:30:01Z\","
	    "\"authors\":[{\"name\":\"Ann\"},{\"url\":\"http://bob/\"}],"
	    "\"tags\":[\"x\",\"y\"],\"attachments\":[{\"url\":\"http://e/a"
	    ".mp3\"}],\"language\":\"fr\"}"));
	const struct article *a = f->items;

	assert_string_equal(f->format, "json-1.1");
	assert_string_equal(f->title, "T");
	assert_string_equal(f->link, "http://e/");
	assert_string_equal(f->self, "http://e/f");
	assert_string_equal(f->damaged, "");
	assert_int_equal(f->nitems, 1);
	assert_string_equal(a->id, "1");
	assert_string_equal(a->link, "http://e/1");
	assert_string_equal(a->title, "Oil & gas up");
	assert_string_equal(a->content, "a\nb");
	assert_string_equal(a->summary, "s");
	assert_string_equal(a->author, "Ann, http://bob/");
	assert_string_equal(a->lang, "fr");
	assert_true(a->published == 1709649000);
	assert_true(a->updated == 1709649001);
	assert_int_equal(a->ncategories, 2);
	assert_string_equal(a->enclosures[0], "http://e/a.mp3");
}

static void
one_point_zero_and_wrong_types_are_taken(void **state)
{
	struct feed *f = read_doc(state, "{\"version\":\"https://jsonfeed.org/"
	    "version/1\",\"title\":5,\"author\":{\"name\":\"All\"},\"items\":["
	    "{\"id\":7,\"title\":null,\"content_text\":\"a < b\",\"tags\":\"x\""
	    ",\"attachments\":{}},[],{\"id\":1.5,\"external_url\":\"http://x/\""
	    ",\"author\":{\"name\":\"Ann\"}}]}");

	assert_string_equal(f->format, "json-1.0");
	assert_int_equal(f->nitems, 2);
	assert_int_equal(f->dropped, 1);
	assert_string_equal(f->items[0].id, "7");
	assert_string_equal(f->items[0].content, "a < b");
	assert_string_equal(f->items[0].author, "All");
	assert_string_equal(f->items[1].id, "1.5");
	assert_string_equal(f->items[1].link, "http://x/");
	assert_string_equal(f->items[1].author, "Ann");
}

static void
lists_of_one_and_titles_with_markup_are_taken(void **state)
{
	struct feed *f = read_doc(state, ITEMS("{\"id\":\"1\",\"title\":\"It"
	    "&#8217;s <b>up</b>\",\"summary\":\"a < b & c\",\"tags\":\"oil"
	    "\",\"authors\":{\"name\":\"Ann\"},\"attachments\":{\"url\":"
	    "\"http://e/a.mp3\"}},{\"id\":\"2\",\"author\":[{\"name\":"
	    "\"Bob\"}],\"content_text\":\"<b>&amp;\"}"));

	assert_string_equal(f->items[0].title, "It\u2019s up");
	assert_string_equal(f->items[0].summary, "a < b & c");
	assert_string_equal(f->items[0].categories[0], "oil");
	assert_string_equal(f->items[0].author, "Ann");
	assert_string_equal(f->items[0].enclosures[0], "http://e/a.mp3");
	assert_string_equal(f->items[1].author, "Bob");
	assert_string_equal(f->items[1].content, "<b>&amp;");
}

static void
a_break_loses_only_what_is_broken(void **state)
{
	struct feed *f = read_doc(state, ITEMS("{\"id\":\"1\",\"title\":\"a }"
	    "\"},{\"id\":\"2\",\"title\":oops},{\"id\":\"3\",\"title\":\"c\\\""
	    "\"}"));

	assert_int_equal(f->nitems, 2);
	assert_int_equal(f->dropped, 1);
	assert_string_equal(f->title, "T");
	assert_string_equal(f->items[0].title, "a }");
	assert_string_equal(f->items[1].title, "c\"");
	assert_true(f->damaged[0] != '\0');
	/* what is written by hand */
	f = read_doc(state, ITEMS("{\"id\":\"1\",\"title\":\"a\tb\n c\",\"tags\":"
	    "[\"x\",],},{\"id\":\"2\",\"title\":\"\\\",}\"},"));
	assert_int_equal(f->nitems, 2);
	assert_string_equal(f->items[0].title, "a b c");
	assert_string_equal(f->items[1].title, "\",}");
	assert_true(f->damaged[0] != '\0');
	/* and what other languages call JSON */
	f = read_doc(state, ITEMS("{\"id\":12345678901234567890,\"title\":"
	    "\"it\\'s \\ud83d x\",\"tags\":None},{\"id\":\"2\",\"title\":"
	    "\"\\ud83d\\ude00\\q\\n\",\"size\":NaN,\"ok\":True}"));
	assert_int_equal(f->nitems, 2);
	assert_string_equal(f->items[0].id, "12345678901234567890");
	assert_string_equal(f->items[0].title, "it's \xef\xbf\xbd x");
	assert_string_equal(f->items[1].title, "\xf0\x9f\x98\x80q");
	f = read_doc(state, ITEMS("{\"id\":007,\"title\":\"x\",\"a\":+5,\"b\":"
	    "1e999,\"c\":-1.5e-3,\"d\":0}"));
	assert_int_equal(f->nitems, 1);
	assert_string_equal(f->items[0].id, "007");
	assert_string_equal(f->items[0].title, "x");
	f = read_doc(state, ITEMS("{\"id\":\"1\"},\x7f\x1b[31m"));
	assert_int_equal(f->nitems, 1);
	assert_string_equal(f->damaged, "invalid token near '' in line 1");
	assert_false(f->cut);
}

/* Wherever it seems to end by its quotes and brackets. */
static void
a_broken_item_takes_no_other(void **state)
{
	static const char *const broken[] = { "\"title\":\"a\"b\"",
	    "\"title\":\"a", "\"title\":a\"", "\"tags\":[{\"x\":1]",
	    "\"tags\":[\"x\"", "\"tags\":{", "}\"x\":1",
	    "\"attachments\":[{\"url\":\"http://no/\"}\"]" };
	struct feed *f;
	char doc[1024];

	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		snprintf(doc, sizeof(doc), ITEMS("{\"url\":\"http://e/1\","
		    "\"title\":\"before\"},{ \"url\":\"http://e/2\",%s},"
		    "{\"url\":\"http://e/3\",\"title\":\"after\"},"
		    "{\"url\":\"http://e/4\",\"title\":\"last\"}"),
		    broken[i]);
		f = read_doc(state, doc);
		assert_in_range(f->nitems, 3, 4);
		assert_string_equal(f->items[0].title, "before");
		assert_string_equal(f->items[f->nitems - 2].title, "after");
		assert_string_equal(f->items[f->nitems - 1].link,
		    "http://e/4");
	}
}

/* Against being run as a script, or to be run as one. */
static void
what_stands_in_front_does_not_matter(void **state)
{
	static const char *const before[] = { ")]}'\n", ")]}',", "while(1);",
	    "for(;;);", "/**/callback(", "<br />\n<b>Warning</b>: x " };
	struct feed *f;
	char doc[1024];

	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		snprintf(doc, sizeof(doc), "%s%s", before[i],
		    ITEMS("{\"id\":\"http://e/1\"}") ");");
		f = read_doc(state, doc);
		assert_string_equal(f->format, "json-1.1");
		assert_int_equal(f->nitems, 1);
		assert_string_equal(f->items[0].link, "http://e/1");
		assert_string_equal(f->damaged,
		    "something stands in front of it");
	}
}

static void
a_document_cut_short_keeps_its_whole_items(void **state)
{
	static const char doc[] = ITEMS("{\"id\":\"1\"},{\"id\":\"2\"},"
	    "{\"id\":\"3\",\"title\":\"long\"}");
	size_t n, last = 0;
	struct feed_case *c = *state;

	for (n = 1; n < sizeof(doc) - 1; n++) {
		if (feed_read(doc, n, NULL, NULL, &c->mem, &c->feed, &c->err)
		    != 0)
			continue;
		assert_true(c->feed.nitems >= last);
		assert_true(c->feed.damaged[0] != '\0');
		assert_true(c->feed.cut);
		last = c->feed.nitems;
	}
	assert_int_equal(last, 3);
}

static void
other_json_is_no_feed(void **state)
{
	static const char *const docs[] = { "{}", "[]", "{\"items\":5}", "{",
	    "[1,2", "{\"error\":\"not found\"}", "nonsense",
	    "<html><pre>{\"version\":\"https://jsonfeed.org/version/1\","
	    "\"items\":[]}</pre>" };
	struct feed_case *c = *state;
	size_t i;

	for (i = 0; i < sizeof(docs) / sizeof(docs[0]); i++) {
		assert_int_equal(feed_read(docs[i], strlen(docs[i]), NULL,
		    NULL, &c->mem, &c->feed, &c->err), -1);
		assert_true(c->err.text[0] != '\0');
		assert_int_equal(c->feed.nitems, 0);
	}
}

static void
nul_and_bad_bytes_do_not_end_it(void **state)
{
	struct feed *f = read_doc(state, ITEMS("{\"id\":\"1\",\"title\":\"a"
	    "\\u0000b caf\xe9\"},{\"id\":\"2\"}"));

	assert_int_equal(f->nitems, 2);
	assert_string_equal(f->items[0].title, "ab café");
	f = read_doc(state, ITEMS("{\"id\":\"1\",\"url\":7,\"title\":8}"));
	assert_string_equal(f->items[0].link, "");
	assert_string_equal(f->items[0].title, "8");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FEED_TEST(everything_finds_its_field),
		FEED_TEST(one_point_zero_and_wrong_types_are_taken),
		FEED_TEST(lists_of_one_and_titles_with_markup_are_taken),
		FEED_TEST(a_break_loses_only_what_is_broken),
		FEED_TEST(a_broken_item_takes_no_other),
		FEED_TEST(what_stands_in_front_does_not_matter),
		FEED_TEST(a_document_cut_short_keeps_its_whole_items),
		FEED_TEST(other_json_is_no_feed),
		FEED_TEST(nul_and_bad_bytes_do_not_end_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
