/* feed/html, feed/entity: markup to plain text. */
#include "feed_case.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "feed/entity.h"
#include "feed/html.h"

static const struct {
	const char *html, *text;
} cases[] = {
	{ "", "" },
	{ " a \t\r\n b ", "a b" },
	{ "<p>one</p><p>two</p>", "one\ntwo" },
	{ "<p>one <b>bold</b>, <i>two</i></p>three", "one bold, two\nthree" },
	{ "a<br>b<br/>c", "a\nb\nc" },
	{ "<ul><li>x</li>\n<li>y</li></ul>", "x\ny" },
	{ "<table><tr><td>NVDA</td><td>-3%</td></tr></table>", "NVDA\n-3%" },
	{ "<DIV CLASS='x'>upper</DIV>", "upper" },
	{ "a<script>if (1 < 2) { x(\"</p>\") }</script>b", "a b" },
	{ "a<style>p { color: red }</style >b", "a b" },
	{ "a<script>never closed", "a" },
	{ "a<!-- no <b>text</b> -->b", "ab" },
	{ "a<!-- never closed", "a<!-- never closed" },
	{ "<![CDATA[x < y]]>", "x < y" },
	{ "<![CDATA[x\x15y\x1b z]]>", "xy z" },
	{ "<?php echo 1 ?>x", "x" },
	{ "<a href=\"http://e/?a=1>2\" title='>'>link</a>", "link" },
	{ "5 < 6 and 7 > 6", "5 < 6 and 7 > 6" },
	{ "<3 hearts", "<3 hearts" },
	{ "cut <a href=\"http://exam", "cut" },
	{ "a link starts with <a href=\n", "a link starts with <a href=" },
	{ "x <y and z", "x <y and z" },
	{ "if a <b then", "if a <b then" },
	{ "Ann <ann@example.org> and <http://e/>",
	    "Ann <ann@example.org> and <http://e/>" },
	{ "&lt;b&gt; is bold", "<b> is bold" },
	{ "AT&T, R&D & more &", "AT&T, R&D & more &" },
	{ "caf&eacute; &#233; &#xE9; &amp;amp;", "café é é &amp;" },
	{ "&copy 2024 &copyright; ?a=1&copy=2", "© 2024 &copyright; ?a=1&copy=2" },
	{ "it&#146;s &#8220;x&#8221;", "it’s “x”" },
	{ "a&nbsp;&nbsp;b c", "a b c" },
	{ "a&#0;b&#xD800;c&#x110000;d&#99999999999;", "ab\xef\xbf\xbd" "c"
	    "\xef\xbf\xbd" "d\xef\xbf\xbd" },
	{ "a\x01\x1b[31mb\x7f", "a[31mb" },
	{ "a\xc2\x92s \xc2\xa0 x", "a’s x" },
	/* UTF-8 encoded twice; a C1 control after anything else is windows' */
	{ "wait\xc3\xa2\xc2\x80\xc2\xa6 it\xc3\xa2\xc2\x80\xc2\x99s "
	    "\xc3\x83\xc2\x89t\xc3\x83\xc2\xa9", "wait… it’s ÉtÃ©" },
	{ "\xc3\xa2\xc2\x80", "â€" },
	{ "wait&acirc;&#128;&brvbar; it\xc3\xa2&#x80;&trade;s", "wait… it’s" },
	{ "Caf\xc3\x83\xc2\xa9 Z\xc3\x83\xc2\xbcrich \xc3\x82\xc2\xa9",
	    "Café Zürich ©" },
	{ "Caf\xc3\x83\xc2\xa9, caf\xc3\xa9", "CafÃ©, café" },
	{ "S\xc3\x83O \xc3\x83\xc2", "SÃO Ã\xc2" },
	{ "an article shows \xc3\xa2\xe2\x82\xac\xe2\x84\xa2, "
	    "&acirc;&euro;&trade;", "an article shows â€™, â€™" },
	{ "\xc3\xa2 \xc2\x80\xc2\xa6", "â €¦" },
	{ "a\xe2\x80\x8b" "b\xef\xbb\xbf" "c", "abc" },
	{ "one\xe2\x80\xa8two", "one\ntwo" },
	{ "日本語<br>株価", "日本語\n株価" },
	{ "a long line of plain words that goes on\nover several lines, and\n"
	    "never has  any markup in it", "a long line of plain words that "
	    "goes on over several lines, and never has any markup in it" },
	{ "<svg><title>foo</title></svg>", "foo" },
};

/* The caller frees it. */
static char *
read_as(const char *s, unsigned how, size_t max)
{
	struct arena mem;
	char *text;

	arena_init(&mem);
	text = strdup(html_text(&mem, s, strlen(s), how, max));
	arena_free(&mem);
	return text;
}

static char *
text_of(const char *html)
{
	return read_as(html, HTML_MARKUP | HTML_LINES, SIZE_MAX);
}

static void
markup_becomes_what_one_reads(void **state)
{
	size_t i;
	char *got;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		got = text_of(cases[i].html);
		if (strcmp(got, cases[i].text) != 0)
			fail_msg("%s: '%s'", cases[i].html, got);
		free(got);
	}
}

/* Its end is found wherever the steps of the search meet it. */
static void
a_comment_of_any_length_leaves_no_trace(void **state)
{
	static char html[4096];
	char *got;

	(void)state;
	for (int n = 0; n < 1600; n++) {
		snprintf(html, sizeof(html), "a<!--%0*d-->b<!--%0*d-- >c",
		    n, 0, n, 0);
		got = text_of(html);
		if (strncmp(got, "ab", 2) != 0)
			fail_msg("%d: '%s'", n, got);
		free(got);
	}
}

/* Where the sixteen-byte steps meet the ends: every length, every place. */
static void
no_length_and_no_place_matters(void **state)
{
	char in[80], want[80], *got;
	size_t n, at;

	(void)state;
	for (n = 1; n < 70; n++)
		for (at = 0; at < n; at++) {
			memset(in, 'x', n);
			in[n] = '\0';
			strcpy(want, in);
			in[at] = '\n';
			if (at == 0 || at == n - 1) {
				memset(want, 'x', n - 1);
				want[n - 1] = '\0';
			} else
				want[at] = ' ';
			got = text_of(in);
			assert_string_equal(got, want);
			free(got);
			in[at] = '<';
			memset(want, 'x', n);
			want[n] = '\0';
			want[at] = '<';
			got = text_of(in);
			assert_int_equal(strncmp(got, want, at), 0);
			free(got);
		}
}

static void
plain_text_keeps_its_brackets(void **state)
{
	char *got;

	(void)state;
	got = read_as("a <b>\n  &amp; \x02" "c", 0, SIZE_MAX);
	assert_string_equal(got, "a <b> &amp; c");
	free(got);
	got = read_as("a\n\n b\r\nc\rd", HTML_LINES, SIZE_MAX);
	assert_string_equal(got, "a\nb\nc\nd");
	free(got);
}

static void
a_title_is_one_line(void **state)
{
	char *got;

	(void)state;
	got = read_as("<p>one</p><br/>two\n three", HTML_MARKUP, SIZE_MAX);
	assert_string_equal(got, "one two three");
	free(got);
}

static void
a_long_text_is_cut_at_a_character(void **state)
{
	char *got;

	(void)state;
	got = read_as("ab\u00e9", 0, 3);
	assert_string_equal(got, "ab");
	free(got);
	got = read_as("ab\u00e9", 0, 4);
	assert_string_equal(got, "ab\u00e9");
	free(got);
}

static void
html_in_disguise_is_recognised(void **state)
{
	static const struct {
		const char	*text;
		bool		 likely, escaped;
	} guesses[] = {
		{ "plain", false, false },
		{ "a < b & c", false, false },
		{ "<NVDA> up", false, false },
		{ "R&D; Q&A", false, false },
		{ "<p>x</p>", true, false },
		{ "x &eacute; y", true, false },
		{ "why <script> and <b> matter", false, false },
		{ "a<br>b", true, false },
		{ "see <a href=\"http://e/\">", true, false },
		{ "&amp;lt;p&amp;gt;x&amp;lt;/p&amp;gt;", true, true },
		{ "&lt;p&gt;x&lt;/p&gt;", true, true },
		{ "use &lt;b&gt; here", true, false },
		{ "<p>&lt;p&gt;x&lt;/p&gt;</p>", true, false },
	};
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(guesses) / sizeof(guesses[0]); i++) {
		n = strlen(guesses[i].text);
		if (html_likely(guesses[i].text, n) != guesses[i].likely ||
		    html_escaped(guesses[i].text, n) != guesses[i].escaped)
			fail_msg("%s", guesses[i].text);
	}
}

static void
attributes_are_found_in_any_quotes(void **state)
{
	const char *p = "<!-- <link a=1> --><LINK rel=alternate "
	    "TYPE='x' href = \"/a b\" empty>", *v;
	const char *end = p + strlen(p);
	struct html_tag t;
	size_t n;

	(void)state;
	assert_true(html_next_tag(&p, end, &t));
	assert_string_equal(t.name, "link");
	v = html_attribute(&t, "rel", &n);
	assert_memory_equal(v, "alternate", 9);
	assert_int_equal(n, 9);
	assert_non_null(v = html_attribute(&t, "type", &n));
	assert_int_equal(n, 1);
	assert_non_null(v = html_attribute(&t, "href", &n));
	assert_memory_equal(v, "/a b", 4);
	assert_null(html_attribute(&t, "media", &n));
	assert_false(html_next_tag(&p, end, &t));
}

static void
names_of_all_letters_are_found(void **state)
{
	static const char *const names[][2] = { { "AElig", "Æ" },
	    { "zwnj", "\xe2\x80\x8c" }, { "Zopf", "ℤ" }, { "alpha", "α" },
	    { "yuml", "ÿ" }, { "hellip", "…" }, { "nbsp", "\xc2\xa0" },
	    { "NotEqualTilde", "≂̸" }, { "Uuml", "Ü" } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_string_equal(entity_find(names[i][0],
		    strlen(names[i][0])), names[i][1]);
	assert_null(entity_find("nosuch", 6));
	assert_null(entity_find("amp;", 4));
	assert_null(entity_find("", 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(markup_becomes_what_one_reads),
		cmocka_unit_test(a_comment_of_any_length_leaves_no_trace),
		cmocka_unit_test(no_length_and_no_place_matters),
		cmocka_unit_test(plain_text_keeps_its_brackets),
		cmocka_unit_test(a_title_is_one_line),
		cmocka_unit_test(a_long_text_is_cut_at_a_character),
		cmocka_unit_test(html_in_disguise_is_recognised),
		cmocka_unit_test(attributes_are_found_in_any_quotes),
		cmocka_unit_test(names_of_all_letters_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
