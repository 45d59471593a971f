/* feed/xml, feed/repair: damage stays where it is, and nothing expands. */
#include "feed_case.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "feed/repair.h"

#define BEFORE "<item><title>before</title><link>http://e/1</link></item>"
#define AFTER "<item><title>after</title><link>http://e/3</link></item>"
#define DOC(x) "<rss version=\"2.0\"><channel><title>T</title>" BEFORE x \
	AFTER "</channel></rss>"

/* The middle of a document, and the title its item must have; NULL = any. */
static const struct {
	const char *middle, *title;
} damage[] = {
	{ "<item><title>R&D < 5%</title></item>", "R&D < 5%" },
	{ "<item><title>a&nbsp;b &eacute; &unknown; &#5; &;</title></item>",
	    "a b é &unknown; &;" },
	{ "<item><title>bell\x07 esc\x1b</title></item>", "bell esc" },
	{ "<item><title>form\x0c" "feed</title></item>", "form feed" },
	{ "<item><title>caf\xe9 \xe2\x82</title></item>", "café \xef\xbf\xbd" },
	{ "<item><title>open</item>", "open" },
	{ "<item><title>open<link>http://e/2</link></item>", "open" },
	{ "<item><title>typo</titel></item>", "typo" },
	{ "<item><title>x</title></title></item>", "x" },
	{ "<item><title>x</title>", "x" },
	{ "<item><title>x</title></item></item>", "x" },
	{ "</item><item><title>x</title></item>", "x" },
	{ "<item><title>x</title><description><p>a<br>b<b>c</description>"
	    "</item>", "x" },
	{ "<item><title>x</title><description>a</p>b</div></description>"
	    "</item>", "x" },
	{ "<item><description><b>a<i>b</b></i></description><title>x</title>"
	    "</item>", "x" },
	{ "<item><title>x</title><enclosure url=http://e/a length=1></item>",
	    "x" },
	{ "<item><title>x</title><e a=\"1\" a='2' b c=>y</e></item>", "x" },
	{ "<item><title>x</title><e \xc3\xa9=1 \xc3\xa8=2>y</e></item>", "x" },
	{ "<item><title>x</title><e a=\"open>y</e></item>", "x" },
	{ "<item><title>x</title><e a=\"R&D < 5\"/></item>", "x" },
	{ "<item><title><![CDATA[x]]></title></item>", "x" },
	{ "<item><title><![CDATA[x</title></item>", "x" },
	{ "<item><title>x</title><description><![CDATA[never closed"
	    "</description></item>", "x" },
	{ "<item><title><![CDATA[a ]]> b]]></title></item>", "a b]]>" },
	{ "<item><title><![CDATA[x]] ></title><description><![CDATA[y]]>"
	    "</description></item>", "x" },
	{ "<item><title><![CDATA[[x]</title><description><![CDATA[y]]>"
	    "</description></item>", "[x]" },
	{ "<item><title>x</title><description><![CDATA[never</item>", "x" },
	{ "<item><title>x</title><description><![CDATA[never", "x" },
	{ "<item><title>x</title><description><![CDATA[<item></description>"
	    "</item>]]></description></item>", "x" },
	{ "<item><title>x</title><description><![CDATA[a <![CDATA[b]]> c]]>"
	    "</description></item>", "x" },
	{ "<item><title>x</title><!-- a -- b --></item>", "x" },
	{ "<item><title>x</title><!-- open </item>", "x" },
	{ "<item><title>x</title></item><!-- ", "x" },
	{ "<item><title>x</title></item><? ", "x" },
	{ "<!item><title>it's</title></item><item><title>x</title></item>",
	    NULL },
	{ "<item><title>x</title><!ELEMENT a (b, 'c')></item>", "x" },
	{ "<item><title>x</title><!-- open </item><item><title>y</title>"
	    "<!-- closed --></item>", NULL },
	{ "<item><title>x</title><? bad ?></item>", "x" },
	{ "<item><title>x</title><dc:creator>u</dc:creator></item>", "x" },
	/* tags without their '>', before more quotes */
	{ "<item><guid isPermaLink=\"false\"tag:1</guid><title>x</title>"
	    "<e a=\"b\"/></item>", "x" },
	{ "<item><title>x</title><e a=\"b<c\" d=\"e\"f</e></item>", "x" },
	{ "<item><title>x</title><e a=\"b\"c</item>", "x" },
	/* elements that nobody closed had nothing in them */
	{ "<item><enclosure url=\"http://e/a\"><title>x</title></item>", "x" },
	{ "<item><foo><bar><title>x</title><link>http://e/2</link></item>",
	    "x" },
	{ "<item><title>x<author>u</author></item>", "x" },
	{ "<item><title>a <t>b</t> c</title><foo>y</foo></item>", "a b c" },
	{ "<hr><item><title>x</title></item>", "x" },
	{ "<item><title>x</title><1bad>y</1bad></item>", "x" },
	{ "<item><title>x</title><a:b:c>y</a:b:c></item>", "x" },
	{ "<item><title>x</title", "x" },
	{ "<item><title>x", "x" },
	{ "<item", NULL },
	{ "<item><title>x\xef\xbf\xbf</title></item>", "x" },
	{ "<ITEM><TITLE>x</title></Item>", "x" },
	{ "</channel></rss><item><title>x</title></item>", "x" },
	{ "<item><title>x</title></item></channel></rss><rss><channel>", "x" },
};

static void
neighbours_of_damage_are_whole(void **state)
{
	struct feed *f;
	char doc[1024];
	size_t i;

	for (i = 0; i < sizeof(damage) / sizeof(damage[0]); i++) {
		snprintf(doc, sizeof(doc), DOC("%s"), damage[i].middle);
		f = read_doc(state, doc);
		if (f->nitems < 2 ||
		    strcmp(f->items[0].title, "before") != 0 ||
		    strcmp(f->items[f->nitems - 1].title, "after") != 0 ||
		    strcmp(f->items[f->nitems - 1].link, "http://e/3") != 0)
			fail_msg("%s: %zu items", damage[i].middle, f->nitems);
		if (damage[i].title == NULL)
			continue;
		if (f->nitems != 3)
			fail_msg("%s: %zu items", damage[i].middle, f->nitems);
		if (strcmp(f->items[1].title, damage[i].title) != 0)
			fail_msg("%s: '%s'", damage[i].middle,
			    f->items[1].title);
		assert_string_equal(f->title, "T");
	}
}

/* What an item is known by survives a field that is not closed. */
static void
an_open_text_takes_no_other_field(void **state)
{
	static const char *const fields[] = {
		"<description>a</description><author>u</author>",
		"<description>a<author>u</author>",
		"<description>a<description><author>u<author>",
		"<description>a/description><author>u/author>",
		"<description>a<!/description><author>u</authr>",
		"<description><p>a<author>u",
		"<author>u<description>a",
		"<author><name>u</name><author><description>a</description>",
		"<author>u<foo>x</foo><description>a<b></b>",
		"<description>a<author><name>u</name>",
	};
	struct feed *f;
	char doc[1024];

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		snprintf(doc, sizeof(doc), DOC("<item><title>x</title>%s"
		    "<guid>g</guid><pubDate>Tue, 05 Mar 2024 14:30:00 GMT"
		    "</pubDate><link>http://e/2</link></item>"), fields[i]);
		f = read_doc(state, doc);
		assert_int_equal(f->nitems, 3);
		if (strcmp(f->items[1].id, "g") != 0 ||
		    strcmp(f->items[1].link, "http://e/2") != 0 ||
		    f->items[1].published != 1709649000 ||
		    *f->items[1].summary != 'a' || *f->items[1].author != 'u')
			fail_msg("%s: '%s' '%s' '%s' '%s'", fields[i],
			    f->items[1].id, f->items[1].link,
			    f->items[1].summary, f->items[1].author);
	}
}

static void
what_stands_around_the_document_does_not_matter(void **state)
{
	static const char *const docs[] = {
		" \n\t<?xml version=\"1.0\"?>" DOC(""),
		"junk <?xml version=\"1.0\"?>" DOC(""),
		"[cached] " DOC(""),
		"<?xml version=\"1.0\"?><?xml version=\"1.0\"?>" DOC(""),
		"<br />\n<b>Warning</b>: in x.php on line 3<br />" DOC(""),
		DOC("") "junk </b> <!-- cached -->",
		DOC("") "<script>x()</script>",
		DOC("") DOC(""),
		"Notice <!-- <rss> -->" DOC(""),
		"junk <r:rdf xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-"
		    "ns#\">" BEFORE AFTER "</r:rdf>",
		BEFORE AFTER,
		"<rss/>" BEFORE AFTER,
		"<!-- c --><!DOCTYPE rss [<!ELEMENT rss ANY>]>" DOC(""),
		"<!DOCTYPE rss SYSTEM \"http://e/x.dtd\">" DOC(""),
	};
	struct feed *f;
	size_t i;

	for (i = 0; i < sizeof(docs) / sizeof(docs[0]); i++) {
		f = read_doc(state, docs[i]);
		assert_true(f->nitems >= 2);
		assert_string_equal(f->items[0].title, "before");
		assert_string_equal(f->items[1].title, "after");
	}
}

static void
damage_is_told_and_health_is_not_doubted(void **state)
{
	assert_string_equal(read_doc(state, DOC(""))->damaged, "");
	assert_string_equal(read_doc(state,
	    "<rss><channel><title>x</item></channel></rss>")->damaged,
	    "mismatched tag in line 1");
	assert_string_equal(read_doc(state, DOC("<item><title>a &nbsp; b"
	    "</title></item>"))->damaged, "undeclared entities");
	assert_string_equal(read_doc(state, DOC("\xff"))->damaged,
	    "bytes that are no UTF-8");
	assert_false(read_doc(state, DOC("\xff"))->cut);
	assert_string_equal(read_doc(state, "<rss><channel>" BEFORE AFTER
	    "<item><title>to")->damaged, "it is cut short");
}

/* An item that lacks what the others have goes only where the document breaks
   off in it. */
static void
an_item_is_torn_only_where_the_document_ends_in_it(void **state)
{
	struct feed *f = read_doc(state, "<rss><channel>" BEFORE
	    "<item><title>no link</title></item>");

	assert_int_equal(f->nitems, 2);
	assert_string_equal(f->damaged, "it is cut short");
	assert_true(f->cut);
	f = read_doc(state, "<rss><channel>" BEFORE
	    "<item><title>no link</title></item><item><title");
	assert_int_equal(f->nitems, 2);
	f = read_doc(state, "<rss><channel>" BEFORE
	    "<item><title>no link</title>");
	assert_int_equal(f->nitems, 1);
	f = read_doc(state, "<entry xmlns=\"http://www.w3.org/2005/Atom\">"
	    "<title>alone</title><published>2024-03-05");
	assert_int_equal(f->nitems, 1);
	assert_string_equal(f->format, "atom-1.0");
}

/* Every prefix of a document: never a crash, never fewer items with more
   bytes, and what is complete is there. */
static void
a_document_cut_anywhere_keeps_what_is_complete(void **state)
{
	static const char doc[] = DOC("<item><title>m<![CDATA[ & ]]></title>"
	    "<description a=\"b\">x &amp; <!-- c --> y</description>"
	    "<link>http://e/2</link></item>");
	struct feed_case *c = *state;
	size_t n, whole = 0, at;
	const char *p;

	for (n = 1; n < sizeof(doc) - 1; n++) {
		at = 0;
		for (p = doc; (p = strstr(p, "</item>")) != NULL &&
		    p + 7 <= doc + n; p += 7)
			at++;
		arena_reset(&c->mem);
		if (feed_read(doc, n, NULL, NULL, &c->mem, &c->feed, &c->err)
		    != 0) {
			assert_int_equal(at, 0);
			continue;
		}
		assert_true(c->feed.nitems >= at && c->feed.nitems <= at + 1);
		assert_true(c->feed.damaged[0] != '\0');
		whole = at;
		if (at > 0)
			assert_string_equal(c->feed.items[0].link,
			    "http://e/1");
	}
	assert_int_equal(whole, 3);
}

static void
entities_never_expand(void **state)
{
	static const char *const docs[] = {
		"<!DOCTYPE x [<!ENTITY b \"BOMB\"><!ENTITY a \"&b;&b;\">]><rss>"
		    "<channel>" BEFORE "<item><title>&a;</title></item>"
		    "</channel></rss>",
		"<!DOCTYPE x [<!ENTITY a \"<b>BOMB</b>\">]><rss><channel>"
		    BEFORE "<item><title>&a;</title></item></channel></rss>",
		"<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><rss>"
		    "<channel>" BEFORE "<item><title>&a;</title></item>"
		    "</channel></rss>",
		"<!DOCTYPE x [<!ENTITY % p \"<!ENTITY a 'BOMB'>\">%p;]><rss>"
		    "<channel>" BEFORE "<item><title>&a;</title></item>"
		    "</channel></rss>",
	};
	struct feed *f;
	size_t i;

	for (i = 0; i < sizeof(docs) / sizeof(docs[0]); i++) {
		f = read_doc(state, docs[i]);
		assert_int_equal(f->nitems, 2);
		assert_string_equal(f->items[0].title, "before");
		assert_string_equal(f->items[1].title, "&a;");
		assert_true(f->damaged[0] != '\0');
	}
}

static void
entities_that_are_a_few_words_of_text_are_read(void **state)
{
	struct feed *f = read_doc(state, "<!DOCTYPE rss [<!ENTITY co \"Acme "
	    "Inc.\"><!ENTITY dash \"&#8212;\">]><rss><channel>" BEFORE
	    "<item><title>&co; &dash; x</title></item></channel></rss>");

	assert_int_equal(f->nitems, 2);
	assert_string_equal(f->items[1].title, "Acme Inc. \u2014 x");
	assert_string_equal(f->damaged, "");
}

/* expat leaves them out without a word. */
/* Well-formed: the CDATA ends with that of the next item. */
static void
cdata_without_an_end_takes_no_item(void **state)
{
	static const char *const middles[] = {
		"<item><title>x</title><description><![CDATA[a</description>"
		    "</item>",
		"<item><title>x</title><description><![CDATA[a</item>",
		"<item><title>x</title><description><![CDATA[a",
		"<item><title>x</title><description><![CDATA[a] ]>"
		    "</description></item>",
	};
	struct feed *f;
	char doc[1024];

	for (size_t i = 0; i < sizeof(middles) / sizeof(middles[0]); i++) {
		snprintf(doc, sizeof(doc), "<rss><channel>" BEFORE "%s<item>"
		    "<title>y</title><description><![CDATA[b]]></description>"
		    "</item>" AFTER "</channel></rss>", middles[i]);
		f = read_doc(state, doc);
		assert_int_equal(f->nitems, 4);
		assert_string_equal(f->items[1].title, "x");
		assert_string_equal(f->items[1].summary, "a");
		assert_string_equal(f->items[2].title, "y");
		assert_string_equal(f->items[2].summary, "b");
		assert_string_equal(f->damaged,
		    "a CDATA section without its end");
	}
}

static void
undeclared_entities_of_attributes_are_kept(void **state)
{
	static const char doc[] = "<!DOCTYPE rss SYSTEM \"http://e/x.dtd\">"
	    "<rss><channel>" BEFORE "<item><title>x</title><enclosure url=\""
	    "http://e/a?b=1&c;&amp;d\"/><category term=\"Caf&eacute; &#8212; "
	    "&unknown;\"/></item>" AFTER "</channel></rss>";
	struct feed *f = read_doc(state, doc);

	assert_int_equal(f->nitems, 3);
	assert_string_equal(f->items[1].enclosures[0],
	    "http://e/a?b=1&c;&d");
	assert_string_equal(f->items[1].categories[0],
	    "Café \u2014 &unknown;");
	assert_true(strstr(f->damaged, "undeclared entity") != NULL);
}

static void
too_deep_is_passed_over(void **state)
{
	struct buf b;
	struct feed *f;
	int i;

	buf_init(&b, 1 << 22);
	buf_adds(&b, "<rss><channel>" BEFORE "<item><title>deep</title>");
	for (i = 0; i < 50000; i++)
		buf_adds(&b, "<x>");
	buf_adds(&b, "<title>no</title>");
	for (i = 0; i < 50000; i++)
		buf_adds(&b, "</x>");
	buf_adds(&b, "</item>" AFTER "</channel></rss>");
	f = read_doc(state, b.data);
	assert_int_equal(f->nitems, 3);
	assert_string_equal(f->items[1].title, "deep");
	assert_string_equal(f->items[2].title, "after");
	buf_clear(&b);
}

static void
texts_and_items_have_a_limit(void **state)
{
	struct buf b;
	struct feed *f;
	int i;

	buf_init(&b, 1 << 24);
	buf_adds(&b, "<rss><channel><item><title>");
	for (i = 0; i < 1 << 20; i++)
		buf_adds(&b, "é");
	buf_adds(&b, "</title><description>x");
	for (i = 0; i < 1 << 20; i++)
		buf_adds(&b, "é");
	buf_adds(&b, "é</description><link>http://e/");
	for (i = 0; i < 1 << 20; i++)
		buf_adds(&b, "x");
	buf_adds(&b, "</link></item>");
	for (i = 0; i < FEED_ITEMS_MAX + 5; i++)
		buf_adds(&b, "<item><title>x</title></item>");
	buf_adds(&b, "</channel></rss>");
	f = read_doc(state, b.data);
	assert_int_equal(strlen(f->items[0].title), FEED_LINE_MAX);
	assert_int_equal(strlen(f->items[0].summary),
	    FEED_TEXT_MAX - 1);
	assert_string_equal(f->items[0].link, "");
	assert_int_equal(f->nitems, FEED_ITEMS_MAX);
	assert_int_equal(f->dropped, 6);
	buf_clear(&b);
}

static void
what_is_no_feed_is_told_so(void **state)
{
	static const struct {
		const char *doc, *reason;
	} docs[] = {
		{ "", "it is empty" },
		{ "  \n", "it is empty" },
		{ "\xef\xbb\xbf", "it is empty" },
		{ "not found", "it is neither XML nor JSON" },
		{ "<!DOCTYPE html><html><body>x</body></html>",
		    "it is an HTML page, not a feed" },
		{ "<html><body><p>x<br></body>", "it is an HTML page, not a "
		    "feed" },
		{ "<opml version=\"2.0\"><body/></opml>", "it is a list of "
		    "feeds (OPML), which \"newsalertctl import\" takes" },
		{ "<urlset><url/></urlset>", "it is XML, but not a feed: it "
		    "starts with <urlset>" },
		{ "<p>gone", "it is an HTML page, not a feed" },
	};
	struct feed_case *c = *state;
	size_t i;

	for (i = 0; i < sizeof(docs) / sizeof(docs[0]); i++) {
		assert_int_equal(feed_read(docs[i].doc, strlen(docs[i].doc),
		    NULL, NULL, &c->mem, &c->feed, &c->err), -1);
		assert_string_equal(c->err.text, docs[i].reason);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FEED_TEST(neighbours_of_damage_are_whole),
		FEED_TEST(an_open_text_takes_no_other_field),
		FEED_TEST(what_stands_around_the_document_does_not_matter),
		FEED_TEST(damage_is_told_and_health_is_not_doubted),
		FEED_TEST(an_item_is_torn_only_where_the_document_ends_in_it),
		FEED_TEST(a_document_cut_anywhere_keeps_what_is_complete),
		FEED_TEST(entities_never_expand),
		FEED_TEST(entities_that_are_a_few_words_of_text_are_read),
		FEED_TEST(cdata_without_an_end_takes_no_item),
		FEED_TEST(undeclared_entities_of_attributes_are_kept),
		FEED_TEST(too_deep_is_passed_over),
		FEED_TEST(texts_and_items_have_a_limit),
		FEED_TEST(what_is_no_feed_is_told_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
