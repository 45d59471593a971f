/* article: identity, wire form; evidence: wire form and the readable line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "article/article.h"
#include "article/evidence.h"

static void
identity_is_the_id_then_the_link_then_the_text(void **state)
{
	struct article a, b;

	(void)state;
	article_init(&a);
	a.id = "x";
	a.link = "https://e.org/1";
	a.title = "T";
	b = a;
	b.link = "https://e.org/2";
	assert_true(article_key(&a, ARTICLE_ID) == article_key(&b, ARTICLE_ID));
	assert_true(article_key(&a, ARTICLE_LINK) !=
	    article_key(&b, ARTICLE_LINK));
	assert_true(article_key(&a, ARTICLE_TEXT) ==
	    article_key(&b, ARTICLE_TEXT));
	b.summary = "other";
	assert_true(article_key(&a, ARTICLE_TEXT) !=
	    article_key(&b, ARTICLE_TEXT));
	assert_true(article_version(&a) != article_version(&b));
	/* An id is never taken for a link of the same text. */
	b.link = "x";
	assert_true(article_key(&a, ARTICLE_ID) !=
	    article_key(&b, ARTICLE_LINK));
	b.id = "";
	assert_true(article_key(&b, ARTICLE_ID) == 0);
}

static void
an_id_used_twice_says_nothing_about_the_others(void **state)
{
	static const struct {
		const char *id, *link;
		enum article_name name;
	} rows[] = {
		{ "1", "https://e.org/", ARTICLE_ID },
		{ "2", "https://e.org/2", ARTICLE_LINK },
		{ "2", "https://e.org/3", ARTICLE_LINK },
		{ "2", "https://e.org/", ARTICLE_TEXT },
		{ "", "https://e.org/4", ARTICLE_LINK },
		{ "", "https://e.org/", ARTICLE_TEXT },
		{ "", "", ARTICLE_TEXT },
		{ "3", "", ARTICLE_ID },
	};
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	enum article_name names[N];
	struct article a[N];

	(void)state;
	for (size_t i = 0; i < N; i++) {
		article_init(&a[i]);
		a[i].id = rows[i].id;
		a[i].link = rows[i].link;
	}
	article_name_all(a, N, names);
	for (size_t i = 0; i < N; i++)
		assert_int_equal(names[i], rows[i].name);
	article_name_all(a, 0, names);
}

static void
an_article_crosses_the_wire(void **state)
{
	struct article a, b;
	struct arena mem;
	struct buf buf;
	struct wire w;

	(void)state;
	arena_init(&mem);
	buf_init(&buf, 1 << 16);
	article_init(&a);
	a.title = "Größe";
	a.published = 1738000000;
	a.categories = (const char *[]){ "Markets", "AI" };
	a.ncategories = 2;
	article_put(&buf, &a);
	wire_init(&w, buf.data, buf.len);
	article_get(&w, &mem, &b);
	assert_true(wire_done(&w));
	assert_string_equal(b.title, "Größe");
	assert_true(b.published == a.published);
	assert_true(b.updated == ARTICLE_NO_TIME);
	assert_string_equal(b.categories[1], "AI");
	assert_int_equal(b.nenclosures, 0);
	buf_clear(&buf);
	arena_free(&mem);
}

#define LONG "one two three four five six seven eight nine ten "

static const struct {
	const char	*sentence;
	struct evidence_part parts[3];
	size_t		 n;
	const char	*line;
} lines[] = {
	{ "NVIDIA shares fell 12% today",
	  { { "owner", "NVIDIA", "body", 100, 106, "semiconductor" },
	    { "predicate", "fell", "body", 114, 118, "down" },
	    { "amount", "12%", "body", 119, 122, "> 5%" } }, 3,
	  "NVIDIA [semiconductor] shares fell [down] 12% [> 5%] today" },
	/* A part that stands in the title is shown behind the sentence. */
	{ "Shares fell 12%",
	  { { "owner", "NVIDIA", "title", 0, 6, "semiconductor" },
	    { "predicate", "fell", "body", 107, 111, "down" } }, 2,
	  "Shares fell [down] 12% · owner: NVIDIA [semiconductor]" },
	/* Far from the parts the sentence is cut at words. */
	{ LONG LONG "fell " LONG LONG,
	  { { "predicate", "fell", "body", 198, 202, "down" } }, 1,
	  "… four five six seven eight nine ten fell [down] one two three four five "
	  "six seven eight nine ten one two …" },
	/* A part outside its sentence (a bug elsewhere) cannot read past it. */
	{ "Short", { { "predicate", "fell", "body", 100, 200, "down" } }, 1,
	  "Short · predicate: fell [down]" },
};

static void
evidence_reads_as_one_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct evidence_part parts[3];
		struct evidence e = { lines[i].sentence, "body", 100,
			100 + (uint32_t)strlen(lines[i].sentence), parts,
			lines[i].n, "" }, back;
		struct buf b, line;
		struct arena mem;
		struct wire w;

		memcpy(parts, lines[i].parts, sizeof(parts));
		arena_init(&mem);
		buf_init(&b, 1 << 16);
		buf_init(&line, 1 << 16);
		evidence_put(&b, &e);
		wire_init(&w, b.data, b.len);
		evidence_get(&w, &mem, &back);
		assert_true(wire_done(&w));
		evidence_line(&line, &back);
		assert_string_equal(line.data, lines[i].line);
		buf_clear(&b);
		buf_clear(&line);
		arena_free(&mem);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(identity_is_the_id_then_the_link_then_the_text),
		cmocka_unit_test(an_id_used_twice_says_nothing_about_the_others),
		cmocka_unit_test(an_article_crosses_the_wire),
		cmocka_unit_test(evidence_reads_as_one_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
