/* text: where sentences and paragraphs begin and end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "text/text.h"

struct row {
	const char	*body, *out;	/* sentences parted by "|", paragraphs "||" */
};

static const struct row rows[] = {
	{ "One rose. Two fell.", "One rose.|Two fell." },
	{ "Apple Inc. shares rose.", "Apple Inc. shares rose." },
	{ "Apple Inc. The stock rose.", "Apple Inc.|The stock rose." },
	{ "It bought Foo Corp. in May.", "It bought Foo Corp. in May." },
	{ "Mr. Smith and Dr. Jones met.", "Mr. Smith and Dr. Jones met." },
	{ "J. Smith rose. A. B. Jones fell.",
	    "J. Smith rose.|A. B. Jones fell." },
	{ "In the U.S. Steel fell.", "In the U.S. Steel fell." },
	{ "In the U.S. The dollar fell.", "In the U.S.|The dollar fell." },
	{ "It fell on Jan. 5 in trade.", "It fell on Jan. 5 in trade." },
	{ "It fell in Jan. Prices rose.", "It fell in Jan.|Prices rose." },
	{ "It was No. 1 there.", "It was No. 1 there." },
	{ "He said no. Then he left.", "He said no.|Then he left." },
	{ "Ali vs. Frazier was big.", "Ali vs. Frazier was big." },
	{ "At St. James Park it rose.", "At St. James Park it rose." },
	{ "It fell 3.5. Then it rose.", "It fell 3.5.|Then it rose." },
	{ "It fell to 3.5 percent.", "It fell to 3.5 percent." },
	{ "At 5 p.m. Monday it closed.", "At 5 p.m. Monday it closed." },
	{ "At 5 p.m. The bell rang.", "At 5 p.m.|The bell rang." },
	{ "Really? Yes! Good.", "Really?|Yes!|Good." },
	{ "Yahoo! Inc rose.", "Yahoo! Inc rose." },
	{ "\"It fell.\" He left.", "\"It fell.\"|He left." },
	{ "(It fell.) Then it rose.", "(It fell.)|Then it rose." },
	{ "He said: \"Sell. Now.\" They did.",
	    "He said: \"Sell.|Now.\"|They did." },
	{ "well... it fell... Then it rose.",
	    "well... it fell...|Then it rose." },
	{ "It rose.The next fell.", "It rose.|The next fell." },
	{ "It fell. 300 jobs go.", "It fell.|300 jobs go." },
	{ "It fell. $5 is left.", "It fell.|$5 is left." },
	{ "It fell. iPhone sales rose.", "It fell.|iPhone sales rose." },
	{ "1. Apple fell.", "1. Apple fell." },
	{ "Sales rose 12 pct. The firm said so.",
	    "Sales rose 12 pct.|The firm said so." },
	{ "Sales fell 4.9 pct. Dayton said so.",
	    "Sales fell 4.9 pct.|Dayton said so." },
	{ "Wm. Wrigley Jr. Co. said so.", "Wm. Wrigley Jr. Co. said so." },
	{ "Foo Pvt. Ltd rose. Hm. The end.", "Foo Pvt. Ltd rose.|Hm.|The end." },
	{ "First line\nSecond line", "First line||Second line" },
	{ "A wrapped line\ngoes on here.", "A wrapped line\ngoes on here." },
	{ "One.\n\nTwo. Three.", "One.||Two.|Three." },
	{ "It ended.\nlower starts", "It ended.||lower starts" },
	{ "\346\227\245\346\234\254\343\200\202\346\227\245",
	    "\346\227\245\346\234\254\343\200\202|\346\227\245" },
	{ "No end here", "No end here" },
	{ "", "" },
};

static void
sentences_end_where_a_reader_ends_them(void **state)
{
	struct lexicon *lex = lexicon_new();
	struct arena mem;
	struct buf b;
	size_t bad = 0;

	(void)state;
	arena_init(&mem);
	buf_init(&b, 4096);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct text *x = text_article(&mem, lex, "", rows[i].body);

		buf_reset(&b);
		for (uint32_t k = 1; k < x->nsentences; k++) {
			const struct text_sentence *s = &x->sentences[k];

			if (k > 1)
				buf_adds(&b, s->paragraph != s[-1].paragraph ?
				    "||" : "|");
			buf_add(&b, rows[i].body + s->start, s->stop - s->start);
		}
		if (strcmp(b.len ? b.data : "", rows[i].out) != 0) {
			print_error("\"%s\" gives \"%s\"\n", rows[i].body,
			    b.data);
			bad++;
		}
		arena_reset(&mem);
	}
	assert_int_equal(bad, 0);
	buf_clear(&b);
	arena_free(&mem);
	lexicon_free(lex);
}

static void
the_title_is_sentence_0(void **state)
{
	struct lexicon *lex = lexicon_new();
	struct arena mem;
	struct text *x;

	(void)state;
	arena_init(&mem);
	x = text_article(&mem, lex, "Up 5%. Here's why", "Body.");
	assert_int_equal(x->nsentences, 2);
	assert_int_equal(x->sentences[0].field, TEXT_TITLE);
	assert_int_equal(x->sentences[0].end, x->fields[TEXT_TITLE].end);
	assert_int_equal(x->sentences[1].field, TEXT_BODY);
	assert_int_equal(x->fields[TEXT_BODY].sentence, 1);
	assert_int_equal(x->fields[TEXT_BODY].sentence_end, 2);
	x = text_article(&mem, lex, "", "Body.");
	assert_int_equal(x->nsentences, 2);
	assert_int_equal(x->sentences[0].first, x->sentences[0].end);
	x = text_article(&mem, lex, NULL, NULL);
	assert_int_equal(x->nsentences, 1);
	assert_int_equal(x->ntokens, 0);
	arena_free(&mem);
	lexicon_free(lex);
}

static void
an_endless_sentence_is_cut(void **state)
{
	struct lexicon *lex = lexicon_new();
	struct arena mem;
	struct text *x;
	char *s = malloc(20001);

	(void)state;
	for (int i = 0; i < 10000; i++)
		memcpy(s + 2 * i, "a ", 2);
	s[20000] = '\0';
	arena_init(&mem);
	x = text_article(&mem, lex, "", s);
	assert_int_equal(x->ntokens, 10000);
	assert_int_equal(x->nsentences, 1 + (10000 + TEXT_SENTENCE_MAX - 1) /
	    TEXT_SENTENCE_MAX);
	assert_false(x->cut);
	free(s);
	arena_free(&mem);
	lexicon_free(lex);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences_end_where_a_reader_ends_them),
		cmocka_unit_test(the_title_is_sentence_0),
		cmocka_unit_test(an_endless_sentence_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
