/* feed/rss: RSS 0.90 to 2.0 and its modules. */
#include "feed_case.h"

#define RSS(x) "<rss version=\"2.0\" " \
	"xmlns:dc=\"http://purl.org/dc/elements/1.1/\" " \
	"xmlns:dcterms=\"http://purl.org/dc/terms/\" " \
	"xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" " \
	"xmlns:media=\"http://search.yahoo.com/mrss/\" " \
	"xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" " \
	"xmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\" " \
	"xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel>" x \
	"</channel></rss>"
#define ITEM(x) RSS("<item>" x "</item>")

enum what { TITLE, LINK, ID, AUTHOR, SUMMARY, CONTENT, CATEGORY, ENCLOSURE };

static const struct {
	const char	*doc;
	enum what	 what;
	const char	*text;
} cases[] = {
	{ ITEM("<title> Chips &amp;amp; oil\n fall </title>"), TITLE,
	    "Chips & oil fall" },
	{ ITEM("<title><![CDATA[<b>Bold</b> move]]></title>"), TITLE,
	    "Bold move" },
	{ ITEM("<title>a</title><media:group><media:title>b</media:title>"
	    "</media:group>"), TITLE, "a" },
	{ ITEM("<media:title>b</media:title><dc:title>c</dc:title>"), TITLE,
	    "c" },
	{ ITEM("<title/><dc:title>c</dc:title>"), TITLE, "c" },
	{ ITEM("<TITLE>upper</TITLE>"), TITLE, "upper" },
	{ ITEM("<link>http://e/a?x=1&amp;y=2</link>"), LINK,
	    "http://e/a?x=1&y=2" },
	{ ITEM("<link>\n /rel </link>"), LINK, "http://base/rel" },
	{ ITEM("<link><![CDATA[http://e/a?x=1&amp;y=2&amp;z]]></link>"), LINK,
	    "http://e/a?x=1&y=2&z" },
	{ ITEM("<link> www.example.org/a</link>"), LINK,
	    "http://www.example.org/a" },
	{ ITEM("<link>javascript:alert(1)</link>"), LINK, "" },
	{ ITEM("<link>mailto:a@b</link>"), LINK, "" },
	{ ITEM("<guid>http://e/g</guid>"), LINK, "http://e/g" },
	{ ITEM("<guid isPermaLink=\"false\">http://e/g</guid>"), LINK, "" },
	{ ITEM("<guid>http://e/g</guid><link>http://e/l</link>"), LINK,
	    "http://e/l" },
	{ ITEM("<atom:link href=\"http://e/x\"/>"), LINK, "http://e/x" },
	{ ITEM("<guid> tag:1 </guid>"), ID, "tag:1" },
	{ ITEM("<author>joe@example.org (Joe Doe)</author>"), AUTHOR,
	    "Joe Doe" },
	{ ITEM("<author>Joe</author><dc:creator>Ann</dc:creator>"
	    "<dc:creator>Bob</dc:creator>"), AUTHOR, "Joe, Ann, Bob" },
	{ ITEM("<description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;"
	    "</description>"), SUMMARY, "One.\nTwo." },
	{ ITEM("<description><p>raw <b>markup</b></p><p>x</p></description>"),
	    SUMMARY, "raw markup\nx" },
	{ ITEM("<description>&amp;lt;p&amp;gt;twice&amp;lt;/p&amp;gt;"
	    "</description>"), SUMMARY, "twice" },
	{ ITEM("<description>&amp;amp;lt;p&amp;amp;gt;thrice&amp;amp;lt;/p"
	    "&amp;amp;gt;</description>"), SUMMARY, "thrice" },
	{ ITEM("<description>d</description><yandex:full-text "
	    "xmlns:yandex=\"http://news.yandex.ru\">&lt;p&gt;a&lt;/p&gt;b"
	    "</yandex:full-text>"), CONTENT, "a\nb" },
	{ RSS("<item xmlns=\"http://unknown/\"><title>t</title></item>"), TITLE,
	    "t" },
	{ ITEM("<description>d</description><content:encoded><![CDATA["
	    "<h1>c</h1>d]]></content:encoded>"), CONTENT, "c\nd" },
	{ ITEM("<body xmlns=\"http://www.w3.org/1999/xhtml\"><p>1 &lt; 2</p>"
	    "<p>x</p></body>"), CONTENT, "1 < 2\nx" },
	{ ITEM("<media:description type=\"html\">&lt;i&gt;m&lt;/i&gt;"
	    "</media:description>"), SUMMARY, "m" },
	{ ITEM("<category>a</category><category>a</category>"), CATEGORY, "a" },
	{ ITEM("<dc:subject>M&amp;amp;A</dc:subject>"), CATEGORY, "M&A" },
	{ ITEM("<itunes:keywords> oil , gas</itunes:keywords>"), CATEGORY,
	    "oil" },
	{ ITEM("<enclosure url=\"/a.mp3\" type=\"audio/mpeg\"/>"), ENCLOSURE,
	    "http://base/a.mp3" },
	{ ITEM("<enclosure href=\"/a.mp3\"/>"), ENCLOSURE,
	    "http://base/a.mp3" },
	{ ITEM("<enclosure>http://e/a.mp3</enclosure>"), ENCLOSURE,
	    "http://e/a.mp3" },
	{ ITEM("<id>7</id>"), ID, "7" },
	{ ITEM("<itunes:category text=\"Arts\"><itunes:category text=\"Food"
	    "\"/></itunes:category>"), CATEGORY, "Arts" },
	/* people are named in many ways */
	{ ITEM("<author>Joe Doe &lt;joe@example.org&gt;</author>"), AUTHOR,
	    "Joe Doe" },
	{ ITEM("<author>\"Joe Doe\" (joe@example.org)</author>"), AUTHOR,
	    "Joe Doe" },
	{ ITEM("<author>joe@example.org, Joe Doe</author>"), AUTHOR,
	    "Joe Doe" },
	{ ITEM("<author>joe@example.org (Joe (JD) Doe)</author>"), AUTHOR,
	    "Joe (JD) Doe" },
	{ ITEM("<author>&lt;joe@example.org&gt;</author>"), AUTHOR,
	    "joe@example.org" },
	{ ITEM("<author>joe@example.org ()</author>"), AUTHOR,
	    "joe@example.org ()" },
	{ ITEM("<author>a@example.org, b@example.org</author>"), AUTHOR,
	    "a@example.org, b@example.org" },
	{ ITEM("<author>desk@example.org</author><dc:creator>Ann"
	    "</dc:creator>"), AUTHOR, "Ann" },
	/* links in the way of Atom, without its namespace */
	{ ITEM("<link rel=\"self\" href=\"http://e/s\"/><link href=\"http://"
	    "e/a\"/>"), LINK, "http://e/a" },
	{ ITEM("<link rel=\"enclosure\" href=\"http://e/a.mp3\"/>"),
	    ENCLOSURE, "http://e/a.mp3" },
	{ ITEM("<link> \n </link><atom:link href=\"http://e/a\"/>"), LINK,
	    "http://e/a" },
	{ ITEM("<guid>/a/1</guid>"), LINK, "http://base/a/1" },
	{ ITEM("<guid isPermaLink=\"false\">/a/1</guid>"), LINK, "" },
	{ ITEM("<category term=\"oil\"/>"), CATEGORY, "oil" },
	{ ITEM("<keywords>oil, gas</keywords>"), CATEGORY, "oil" },
	/* of two texts none is lost */
	{ ITEM("<summary>s</summary><description>d</description>"), SUMMARY,
	    "d" },
	{ ITEM("<summary>s</summary><description>d</description>"), CONTENT,
	    "s" },
	{ ITEM("<description>d</description><itunes:summary>d</itunes:summary>"
	    ), CONTENT, "" },
	{ ITEM("<description>d</description><itunes:subtitle>s"
	    "</itunes:subtitle>"), CONTENT, "" },
	/* Microsoft's CDF */
	{ "<CHANNEL><ITEM HREF=\"/x\"><TITLE>t</TITLE></ITEM></CHANNEL>", LINK,
	    "http://base/x" },
	{ "<CHANNEL><ITEM><ABSTRACT>a</ABSTRACT></ITEM></CHANNEL>", SUMMARY,
	    "a" },
	/* a feed that comes from another host than its site */
	{ RSS("<link>http://site/</link><item><link>/x</link></item>"), LINK,
	    "http://site/x" },
	{ RSS("<link>http://base/blog</link><item><link>x</link></item>"),
	    LINK, "http://base/x" },
	{ RSS("<link>http://site/</link><item xml:base=\"http://x/y/\"><link>z"
	    "</link></item>"), LINK, "http://x/y/z" },
	/* what is in other elements is not the item's */
	{ ITEM("<title>t</title><image><title>no</title></image>"), TITLE,
	    "t" },
	{ ITEM("<source><title>no</title></source><title>t</title>"), TITLE,
	    "t" },
	/* of another format, or in its namespace */
	{ "<rss><channel><entry><title>x</title></entry></channel></rss>",
	    TITLE, "x" },
	{ "<rss xmlns=\"http://www.w3.org/2005/Atom\"><channel>"
	    "<item><title>x</title></item></channel></rss>", TITLE, "x" },
	{ "<feed xmlns=\"http://purl.org/rss/1.0/\"><entry><link href=\""
	    "http://e/a\"/></entry></feed>", LINK, "http://e/a" },
	{ "<feed xmlns=\"http://www.w3.org/2005/Atom\"><item><title>x</title>"
	    "</item></feed>", TITLE, "x" },
	/* modules without, and feeds with, a declaration of their own */
	{ "<rss><channel><item><dc:title>x</dc:title></item></channel></rss>",
	    TITLE, "x" },
	{ "<rss><channel><item><googleplay:author>x</googleplay:author></item>"
	    "</channel></rss>", AUTHOR, "x" },
	{ "<rss xmlns=\"http://nobody.knows/this\"><channel><item><title>x"
	    "</title></item></channel></rss>", TITLE, "x" },
	{ "<r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
	    "xmlns=\"http://purl.org/rss/1.0/\"><channel><title>c</title>"
	    "</channel><item r:about=\"http://e/1\"><title>x</title></item>"
	    "</r:RDF>", TITLE, "x" },
	/* a namespace of another edition, or mistyped, and another prefix */
	{ "<rss xmlns:m=\"http://www.rssboard.org/media-rss\"><channel><item>"
	    "<m:content url=\"http://e/a.mp4\"/></item></channel></rss>",
	    ENCLOSURE, "http://e/a.mp4" },
	{ "<rss xmlns:d=\"https://purl.org/dc/elements/1.1\"><channel><item>"
	    "<d:title>x</d:title></item></channel></rss>", TITLE, "x" },
	{ "<rss xmlns:dc=\"http://purl.org/dc\"><channel><item><dc:title>x"
	    "</dc:title></item></channel></rss>", TITLE, "x" },
	{ "<r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
	    "xmlns=\"http://purl.org/rss/1.0/\"><item r:about=\"http://e/1\">"
	    "<title>x</title></item></r:RDF>", ID, "http://e/1" },
	{ "<rss><channel><item xml:base=\"http://x/y/\"><link>z</link></item>"
	    "</channel></rss>", LINK, "http://x/y/z" },
};

static const char *
field(const struct article *a, enum what what)
{
	switch (what) {
	case TITLE:
		return a->title;
	case LINK:
		return a->link;
	case ID:
		return a->id;
	case AUTHOR:
		return a->author;
	case SUMMARY:
		return a->summary;
	case CONTENT:
		return a->content;
	case CATEGORY:
		return a->ncategories > 0 ? a->categories[0] : "";
	default:
		return a->nenclosures > 0 ? a->enclosures[0] : "";
	}
}

static void
each_element_finds_its_field(void **state)
{
	struct feed *f;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		f = read_from(state, cases[i].doc, strlen(cases[i].doc), NULL,
		    "http://base/feed");
		if (cases[i].text[0] == '\0' && f->nitems == 0)
			continue;
		assert_int_equal(f->nitems, 1);
		if (strcmp(field(f->items, cases[i].what), cases[i].text) != 0)
			fail_msg("case %zu: '%s'", i,
			    field(f->items, cases[i].what));
		assert_string_equal(f->damaged, "");
	}
}

static void
formats_are_named(void **state)
{
	static const char *const docs[][2] = {
		{ "<rss version=\"0.91\"><channel/></rss>", "rss-0.91" },
		{ "<rss version=\"0.92\"><channel/></rss>", "rss-0.92" },
		{ "<rss version=\" 2.0\"><channel/></rss>", "rss-2.0" },
		{ "<rss><channel/></rss>", "rss-2.0" },
		{ "<RDF xmlns=\"http://my.netscape.com/rdf/simple/0.9/\">"
		    "<channel/></RDF>", "rss-0.90" },
		{ "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-"
		    "syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\"><channel/>"
		    "</rdf:RDF>", "rss-1.0" },
		{ "<!DOCTYPE rss PUBLIC \"-//Netscape//DTD RSS 0.91//EN\" "
		    "\"http://my.netscape.com/rss-0.91.dtd\"><rss version="
		    "\"0.91\"><channel/></rss>", "rss-0.91" },
	};
	size_t i;

	for (i = 0; i < sizeof(docs) / sizeof(docs[0]); i++)
		assert_string_equal(read_doc(state, docs[i][0])->format,
		    docs[i][1]);
}

static void
the_channel_says_what_it_is_and_when_to_come_back(void **state)
{
	struct feed *f = read_doc(state, RSS("<title>T</title>"
	    "<link>http://e/</link><description>D</description>"
	    "<language>en-us</language><atom:link rel=\"self\" href=\"http://"
	    "e/f\"/><ttl>60</ttl><skipHours><hour>0</hour><hour>24</hour>"
	    "<hour>5</hour><hour>x</hour></skipHours><skipDays><day>Sunday"
	    "</day><day>Saturday</day></skipDays><sy:updatePeriod>daily"
	    "</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"
	    "<image><title>no</title><link>http://no/</link></image>"
	    "<item><title>x</title></item>"));

	assert_string_equal(f->title, "T");
	assert_string_equal(f->link, "http://e/");
	assert_string_equal(f->description, "D");
	assert_string_equal(f->lang, "en-us");
	assert_string_equal(f->items[0].lang, "en-us");
	assert_string_equal(f->self, "http://e/f");
	assert_int_equal(f->ttl, 3600);
	assert_int_equal(f->skip_hours, 1 | 1 << 5);
	assert_int_equal(f->skip_days, 1 | 1 << 6);
	assert_int_equal(f->update_period, 86400 / 4);
}

static void
times_come_from_the_best_element(void **state)
{
	struct feed *f = read_doc(state, RSS(
	    "<item><title>a</title><dc:date>2024-03-04</dc:date>"
	    "<pubDate>Tue, 05 Mar 2024 14:30:00 GMT</pubDate></item>"
	    "<item><title>b</title><dc:date>2024-03-05T14:30:00Z</dc:date>"
	    "</item><item><title>c</title><pubDate>soon</pubDate>"
	    "<atom:updated>2024-03-05T14:30:00Z</atom:updated></item>"
	    "<item><title>d</title></item><item><dcterms:available>"
	    "2024-03-05T14:30:00Z</dcterms:available></item>"
	    "<item LASTMOD=\"2024-03-05T14:30:00Z\"/>"
	    "<item><published>2024-03-05T14:30:00Z</published></item>"
	    "<item><created>2024-03-05T14:30:00Z</created></item>"
	    "<item><lastBuildDate>2024-03-05T14:30:00Z</lastBuildDate></item>"
	    "<item><prism:publicationDate>2024-03-05T14:30:00Z"
	    "</prism:publicationDate></item>"
	    ));

	assert_int_equal(f->nitems, 10);
	assert_true(f->items[0].updated == 1709510400);
	assert_true(f->items[1].updated == ARTICLE_NO_TIME);
	assert_true(f->items[0].published == 1709649000);
	assert_true(f->items[1].published == 1709649000);
	assert_true(f->items[2].published == ARTICLE_NO_TIME);
	assert_true(f->items[2].updated == 1709649000);
	assert_true(f->items[3].published == ARTICLE_NO_TIME);
	assert_true(f->items[4].published == 1709649000);
	assert_true(f->items[5].updated == 1709649000);
	assert_true(f->items[6].published == 1709649000);
	assert_true(f->items[7].published == 1709649000);
	assert_true(f->items[9].published == 1709649000);
	assert_true(f->items[8].updated == 1709649000);
}

static void
uniqueness_is_told(void **state)
{
	struct feed *f = read_doc(state, RSS("<item><guid>a</guid><link>http:"
	    "//e/1</link></item><item><guid>a</guid><link>http://e/2</link>"
	    "</item><item><title>neither</title></item>"));

	assert_int_equal(f->nitems, 3);
	assert_false(f->ids_unique);
	assert_true(f->links_unique);
}

static void
an_item_that_says_nothing_is_counted_not_kept(void **state)
{
	struct feed *f = read_doc(state, RSS("<item/><item><title>x</title>"
	    "</item><item><foo>y</foo></item>"));

	assert_int_equal(f->nitems, 1);
	assert_int_equal(f->dropped, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FEED_TEST(each_element_finds_its_field),
		FEED_TEST(formats_are_named),
		FEED_TEST(the_channel_says_what_it_is_and_when_to_come_back),
		FEED_TEST(times_come_from_the_best_element),
		FEED_TEST(uniqueness_is_told),
		FEED_TEST(an_item_that_says_nothing_is_counted_not_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
