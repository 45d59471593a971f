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
	{ "The U.K. economy shrank. The pound fell.",
	    "The U.K. economy shrank.|The pound fell." },
	{ "Shares of Amazon.com Inc. rose. Apple fell.",
	    "Shares of Amazon.com Inc. rose.|Apple fell." },
	{ "E.ON SE rose. RWE fell.", "E.ON SE rose.|RWE fell." },
	{ "J.P. Morgan rose. So did Citi.", "J.P. Morgan rose.|So did Citi." },
	{ "P.F. Chang's opened.", "P.F. Chang's opened." },
	{ "Gov. Bailey spoke. Sen. Warren replied.",
	    "Gov. Bailey spoke.|Sen. Warren replied." },
	{ "On Sept. 30 it fell.", "On Sept. 30 it fell." },
	{ "It closes at 4 p.m. ET. Trading was thin.",
	    "It closes at 4 p.m. ET.|Trading was thin." },
	{ "Approx. 300 jobs go.", "Approx. 300 jobs go." },
	{ "It fell to No. 2. Toyota leads.",
	    "It fell to No. 2.|Toyota leads." },
	{ "It paid $3.5 bn. Intel paid less.",
	    "It paid $3.5 bn.|Intel paid less." },
	{ "Prices rose 2.5%. Wages did not.",
	    "Prices rose 2.5%.|Wages did not." },
	{ "\"We will cut jobs,\" he said. \"It hurts.\"",
	    "\"We will cut jobs,\" he said.|\"It hurts.\"" },
	{ "\"It fell,\" said Mr. X. \"It rose,\" said Mr. Y.",
	    "\"It fell,\" said Mr. X.|\"It rose,\" said Mr. Y." },
	{ "\342\200\234It fell.\342\200\235 Then it rose.",
	    "\342\200\234It fell.\342\200\235|Then it rose." },
	{ "\302\253Es fiel.\302\273 Dann stieg es.",
	    "\302\253Es fiel.\302\273|Dann stieg es." },
	{ "It fell!! Then it rose?! Yes.",
	    "It fell!!|Then it rose?!|Yes." },
	{ "It fell\342\200\246 Then it rose.",
	    "It fell\342\200\246|Then it rose." },
	{ "It fell \342\200\246 then it rose.",
	    "It fell \342\200\246 then it rose." },
	{ "It fell (see chart). It rose.", "It fell (see chart).|It rose." },
	{ "It fell. (It rose.) It fell.", "It fell.|(It rose.)|It fell." },
	{ "\342\200\242 Apple fell\n\342\200\242 Nvidia rose",
	    "\342\200\242 Apple fell||\342\200\242 Nvidia rose" },
	{ "It fell. \342\200\242 Nvidia rose",
	    "It fell.|\342\200\242 Nvidia rose" },
	{ "- Apple fell\n- Nvidia rose", "- Apple fell||- Nvidia rose" },
	{ "* Apple fell.\n* Nvidia rose.", "* Apple fell.||* Nvidia rose." },
	{ "1. Apple fell.\n2. Nvidia rose.",
	    "1. Apple fell.||2. Nvidia rose." },
	{ "1) Apple fell\n2) Nvidia rose", "1) Apple fell||2) Nvidia rose" },
	{ "Oil falls 3% - Reuters", "Oil falls 3% - Reuters" },
	{ "Oil falls 3% | Reuters", "Oil falls 3% | Reuters" },
	{ "LONDON (Reuters) - Oil fell 3%. Gold rose.",
	    "LONDON (Reuters) - Oil fell 3%.|Gold rose." },
	{ "NEW YORK, May 5 (AP) \342\200\224 Oil fell.",
	    "NEW YORK, May 5 (AP) \342\200\224 Oil fell." },
	{ "\302\277Cay\303\263? S\303\255. \302\241Subi\303\263!",
	    "\302\277Cay\303\263?|S\303\255.|\302\241Subi\303\263!" },
	{ "\303\226l fiel um 3 %. Gold stieg.",
	    "\303\226l fiel um 3 %.|Gold stieg." },
	{ "It cost 3.50. It was sold.", "It cost 3.50.|It was sold." },
	{ "Visit www.sec.gov for details. Thanks.",
	    "Visit www.sec.gov for details.|Thanks." },
	{ "Oil, i.e. crude, fell. Gold rose.",
	    "Oil, i.e. crude, fell.|Gold rose." },
	{ "Foo Co. Ltd. said so. It left.",
	    "Foo Co. Ltd. said so.|It left." },
	{ "He has a Ph.D. He left.", "He has a Ph.D.|He left." },
	{ "It fell in the U.S. and Canada. It rose elsewhere.",
	    "It fell in the U.S. and Canada.|It rose elsewhere." },
	{ "The ex-U.S. Steel boss left. He sold.",
	    "The ex-U.S. Steel boss left.|He sold." },
	{ "Jan.-March sales fell. It was cold.",
	    "Jan.-March sales fell.|It was cold." },
	{ "It sold 1.2 mln. cars. It fell.",
	    "It sold 1.2 mln. cars.|It fell." },
	{ "It was 10 p.m. in Tokyo. Oil fell.",
	    "It was 10 p.m. in Tokyo.|Oil fell." },
	{ "He said so . Then he left .", "He said so .|Then he left ." },
	{ "NYSE: IBM rose. Nasdaq:AAPL fell.",
	    "NYSE: IBM rose.|Nasdaq:AAPL fell." },
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
