/* feed/atom: Atom 1.0 and 0.3. */
#include "feed_case.h"

#define FEED(x) "<feed xmlns=\"http://www.w3.org/2005/Atom\">" x "</feed>"
#define ENTRY(x) FEED("<entry>" x "</entry>")
#define OLD(x) "<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\">" \
	"<entry>" x "</entry></feed>"

enum what { TITLE, LINK, ID, AUTHOR, SUMMARY, CONTENT, CATEGORY, ENCLOSURE };

static const struct {
	const char	*doc;
	enum what	 what;
	const char	*text;
} cases[] = {
	{ ENTRY("<title>AT&amp;T &lt;up&gt;</title>"), TITLE, "AT&T <up>" },
	{ ENTRY("<title type=\"html\">AT&amp;amp;T &lt;b&gt;up&lt;/b&gt;"
	    "</title>"), TITLE, "AT&T up" },
	{ ENTRY("<title type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/"
	    "xhtml\">1 &lt; <b>2</b></div></title>"), TITLE, "1 < 2" },
	/* says it is text and is HTML all the same */
	{ ENTRY("<title>It&amp;#8217;s</title>"), TITLE, "It’s" },
	{ ENTRY("<title type=\"application/x-odd\">t</title>"), TITLE, "t" },
	{ ENTRY("<link rel=\"self\" href=\"http://e/s\"/><link href=\"http://"
	    "e/a\"/><link rel=\"via\" href=\"http://e/v\"/>"), LINK,
	    "http://e/a" },
	{ ENTRY("<link rel=\"alternate\" type=\"application/json\" href=\"http:"
	    "//e/j\"/><link rel=\"alternate\" type=\"text/html\" href=\"http:"
	    "//e/h\"/>"), LINK, "http://e/h" },
	{ ENTRY("<link rel=\"http://www.iana.org/assignments/relation/"
	    "alternate\" href=\"http://e/a\"/>"), LINK, "http://e/a" },
	{ ENTRY("<id>http://e/only-the-id</id>"), LINK,
	    "http://e/only-the-id" },
	{ "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"http://x/a/"
	    "\"><entry xml:base=\"b/\"><link href=\"c\"/></entry></feed>", LINK,
	    "http://x/a/b/c" },
	{ ENTRY("<link xml:base=\"http://x/a/\" href=\"\"/>"), LINK,
	    "http://x/a/" },
	{ ENTRY("<title>t</title><link href=\"\"/>"), LINK, "" },
	{ ENTRY("<link rel=\" alternate \" href=\"http://e/a\"/>"), LINK,
	    "http://e/a" },
	{ ENTRY("<link rel=\"bookmark alternate\" href=\"http://e/a\"/>"), LINK,
	    "http://e/a" },
	{ ENTRY("<content src=\"http://e/a.html\"/>"), LINK,
	    "http://e/a.html" },
	{ ENTRY("<content type=\"video/mp4\" src=\"http://e/a.mp4\"/>"),
	    ENCLOSURE, "http://e/a.mp4" },
	{ ENTRY("<id> urn:x:1 </id>"), ID, "urn:x:1" },
	{ ENTRY("<guid>7</guid>"), ID, "7" },
	{ ENTRY("<description>d</description>"), SUMMARY, "d" },
	{ ENTRY("<id>t3_1</id>"), ID, "t3_1" },
	{ "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"http://x/a/"
	    "\"><entry><id>/7</id></entry></feed>", ID, "http://x/7" },
	{ ENTRY("<author><name>Ann</name><email>a@b</email></author><author>"
	    "<name>Bob</name></author>"), AUTHOR, "Ann, Bob" },
	{ ENTRY("<title>t</title><author><email>a@b</email></author>"), AUTHOR,
	    "a@b" },
	{ FEED("<author><name>All</name></author><entry><title>t</title>"
	    "</entry>"), AUTHOR, "All" },
	{ ENTRY("<author>Ann &amp; Bob</author>"), AUTHOR, "Ann & Bob" },
	{ ENTRY("<author> \n<name>Ann</name> no </author>"), AUTHOR, "Ann" },
	/* an entry without its own has those of where it was first */
	{ FEED("<author><name>no</name></author><entry><source><author><name>"
	    "Ann</name></author></source><title>t</title></entry>"), AUTHOR,
	    "Ann" },
	{ ENTRY("<author><name>Bob</name></author><source><author><name>no"
	    "</name></author></source>"), AUTHOR, "Bob" },
	{ ENTRY("<summary>a\nb</summary>"), SUMMARY, "a\nb" },
	{ ENTRY("<content type=\" html \">&lt;i&gt;a&lt;/i&gt;</content>"),
	    CONTENT, "a" },
	{ ENTRY("<content type=\"html\">&lt;p&gt;a&lt;/p&gt;&lt;p&gt;b&lt;/p"
	    "&gt;</content>"), CONTENT, "a\nb" },
	{ ENTRY("<content type=\"xhtml\"><h:div xmlns:h=\"http://www.w3.org/"
	    "1999/xhtml\"><h:p>a</h:p><h:p>b<h:script>x()</h:script></h:p>"
	    "</h:div></content>"), CONTENT, "a\nb" },
	{ ENTRY("<content type=\"application/octet-stream\">aGVsbG8=</content>"
	    ), CONTENT, "hello" },
	{ ENTRY("<title>t</title><content type=\"image/png\">iVBORw0KGgo="
	    "</content>"), CONTENT, "" },
	{ ENTRY("<category term=\"oil\" label=\"Oil &amp; gas\"/>"), CATEGORY,
	    "oil" },
	{ ENTRY("<category term=\" a&#10;b\x7f \"/>"), CATEGORY, "a b" },
	{ ENTRY("<link rel=\"enclosure\" href=\"http://e/a.mp3\"/>"), ENCLOSURE,
	    "http://e/a.mp3" },
	/* the source of an entry is another feed */
	{ ENTRY("<source><title>no</title><link href=\"http://no/\"/><id>no"
	    "</id></source><title>t</title>"), TITLE, "t" },
	{ ENTRY("<source><id>no</id></source><title>t</title>"), ID, "" },
	{ OLD("<title mode=\"escaped\">a &amp;amp; b</title>"), TITLE,
	    "a & b" },
	{ OLD("<title mode=\"base64\">aGVsbG8=</title>"), TITLE, "hello" },
	{ OLD("<content type=\"text/html\" mode=\"xml\"><p>a</p><p>b</p>"
	    "</content>"), CONTENT, "a\nb" },
	{ "<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:entry><a:title>p"
	    "</a:title></a:entry></a:feed>", TITLE, "p" },
	{ "<feed><entry><title>no namespace</title></entry></feed>", TITLE,
	    "no namespace" },
	{ "<entry xmlns=\"http://www.w3.org/2005/Atom\"><title>alone</title>"
	    "</entry>", TITLE, "alone" },
};

static const char *
field(const struct article *a, enum what what)
{
	const char *const fields[] = { a->title, a->link, a->id, a->author,
	    a->summary, a->content,
	    a->ncategories > 0 ? a->categories[0] : "",
	    a->nenclosures > 0 ? a->enclosures[0] : "" };

	return fields[what];
}

static void
each_element_finds_its_field(void **state)
{
	struct feed *f;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		f = read_doc(state, cases[i].doc);
		assert_int_equal(f->nitems, 1);
		if (strcmp(field(f->items, cases[i].what), cases[i].text) != 0)
			fail_msg("case %zu: '%s'", i,
			    field(f->items, cases[i].what));
		assert_string_equal(f->damaged, "");
	}
}

static void
the_feed_itself(void **state)
{
	struct feed *f = read_doc(state, "<feed xml:lang=\"de\" xmlns=\"http://"
	    "www.w3.org/2005/Atom\"><title>T</title><subtitle>S</subtitle>"
	    "<link rel=\"self\" href=\"http://e/f\"/><link href=\"http://e/\"/>"
	    "<entry xml:lang=\"fr\"><title>a</title></entry><entry><title>b"
	    "</title></entry></feed>");

	assert_string_equal(f->format, "atom-1.0");
	assert_string_equal(f->title, "T");
	assert_string_equal(f->description, "S");
	assert_string_equal(f->link, "http://e/");
	assert_string_equal(f->self, "http://e/f");
	assert_string_equal(f->lang, "de");
	assert_string_equal(f->items[0].lang, "fr");
	assert_string_equal(f->items[1].lang, "de");
	assert_string_equal(read_doc(state, OLD(""))->format, "atom-0.3");
}

/* RFC 5005, and how JSON Feed says it. */
static void
it_names_the_page_before_it(void **state)
{
	static const struct { const char *doc, *older; } pages[] = {
		{ "<feed xmlns='http://www.w3.org/2005/Atom'><title/>"
		    "<link rel='next' href='?page=2'/>"
		    "<link rel='prev-archive' href='2024-12'/></feed>",
		    "http://e/f/2024-12" },
		{ "<feed xmlns='http://www.w3.org/2005/Atom'><title/>"
		    "<link rel='next' href='?page=2'/></feed>",
		    "http://e/f/feed?page=2" },
		{ "<feed xmlns='http://www.w3.org/2005/Atom'><title/><entry>"
		    "<id>1</id><link rel='next' href='?page=2'/></entry>"
		    "</feed>", "" },
		{ "<rss version='2.0' xmlns:a='http://www.w3.org/2005/Atom'>"
		    "<channel><title/><a:link rel='prev-archive' "
		    "href='http://e/old'/></channel></rss>", "http://e/old" },
		{ "{\"version\":\"https://jsonfeed.org/version/1.1\","
		    "\"next_url\":\"http://e/2\",\"items\":[]}",
		    "http://e/2" },
	};

	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
		assert_string_equal(read_from(state, pages[i].doc,
		    strlen(pages[i].doc), NULL, "http://e/f/feed")->older,
		    pages[i].older);
}

static void
both_times_are_kept(void **state)
{
	struct feed *f = read_doc(state, ENTRY("<published>2024-03-05T14:30:00Z"
	    "</published><updated>2024-03-05T14:30:01Z</updated>"));

	assert_true(f->items[0].published == 1709649000);
	assert_true(f->items[0].updated == 1709649001);
	f = read_doc(state, OLD("<created>2024-03-01</created><issued>2024-03-"
	    "05T14:30:00Z</issued><modified>2024-03-05T14:30:01Z</modified>"));
	assert_true(f->items[0].published == 1709649000);
	assert_true(f->items[0].updated == 1709649001);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FEED_TEST(each_element_finds_its_field),
		FEED_TEST(the_feed_itself),
		FEED_TEST(it_names_the_page_before_it),
		FEED_TEST(both_times_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
