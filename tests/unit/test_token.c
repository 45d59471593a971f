/* text: folding, the lexicon, and how text is cut into tokens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "text/fold.h"
#include "text/letters.h"
#include "text/lexicon.h"
#include "text/text.h"
#include "text/words.h"

/* "word" w, number n:, currency c, percent p, cashtag t, punctuation as is. */
static void
render(struct buf *b, const struct text *x)
{
	for (uint32_t i = 0; i < x->ntokens; i++) {
		const struct text_token *t = &x->tokens[i];
		size_t n;
		const char *s = text_bytes(x, i, &n);

		if (i > 0)
			buf_addc(b, ' ');
		if (t->flags & TEXT_JOINED)
			buf_addc(b, '+');
		switch (t->kind) {
		case TEXT_NUMBER:
			buf_printf(b, "#%.10g", t->value);
			break;
		case TEXT_PUNCT:
			buf_printf(b, "<%c>", t->punct ? t->punct : '?');
			break;
		case TEXT_CURRENCY:
			buf_adds(b, "CUR");
			break;
		case TEXT_CASHTAG:
			buf_printf(b, "TAG:%.*s", (int)n, s);
			break;
		default:
			buf_add(b, s, n);
		}
	}
}

struct row {
	const char	*in, *out;
};

static const struct row rows[] = {
	{ "Nvidia shares fell 12%.", "Nvidia shares fell #12 % <.>" },
	{ "", "" },
	{ "   \n\t ", "" },
	{ "fell -8.32% today", "fell #-8.32 % today" },
	{ "(-8.32% on", "<(> #-8.32 % on" },
	{ "up,+1.4%", "up <,> #1.4 %" },
	{ "fell \342\210\2228.32%", "fell #-8.32 %" },
	{ "fell \342\200\2238%", "fell #-8 %" },
	{ "\302\24060\302\240%", "#60 %" },
	{ "1,234,567 people", "#1234567 people" },
	{ "12,34,567 rupees", "#1234567 rupees" },
	{ "8,3%", "#8.3 %" },
	{ "12\302\240000 jobs", "#12000 jobs" },
	{ "1\342\200\257234\342\200\257567 jobs", "#1234567 jobs" },
	{ "12 000 jobs", "#12 #0 jobs" },
	{ "1.000.000 users", "#1000000 users" },
	{ "8,300 jobs", "#8300 jobs" },
	{ "in 5,6,7", "in #5 <,> #6 <,> #7" },
	{ "rose 5, 6 and 7", "rose #5 <,> #6 and #7" },
	{ "5-3/4 points", "#5.75 points" },
	{ "1/2 and 3/4", "#0.5 and #0.75" },
	{ "9/11 and 24/7", "#9 </> #11 and #24 </> #7" },
	{ "12/25/2024", "#12 </> #25 </> #2024" },
	{ "\302\275 or 5\302\276", "#0.5 or #5.75" },
	{ "5-6%", "#5 +#6 %" },
	{ "5\342\200\2236%", "#5 +#6 %" },
	{ "5%-6%", "#5 % +#6 %" },
	{ "5 - 6%", "#5 <-> #6 %" },
	{ "$600 billion", "CUR #600 billion" },
	{ "US$5bn", "US CUR #5 bn" },
	{ "$5-$6", "CUR #5 +CUR #6" },
	{ "-$1.20", "<-> CUR #1.2" },
	{ "$-1.20", "CUR #-1.2" },
	{ "\342\202\2543.5m", "CUR #3.5 m" },
	{ "12pct 3x 50k", "#12 pct #3 x #50 k" },
	{ ".5%", "#0.5 %" },
	{ "end.5", "end <.> #5" },
	{ "1.2.3 and 10.0.0.1", "1.2.3 and 10.0.0.1" },
	{ "5G 3D 16GB 737MAX H100", "5G 3D 16GB 737MAX H100" },
	{ "2nd 15th 1990s", "2nd 15th 1990s" },
	{ "5pm 5p.m. 10:30", "#5 pm #5 p.m. #10 <:> #30" },
	{ "2.5GHz", "#2.5 GHz" },
	{ "$NVDA jumps", "TAG:$NVDA jumps" },
	{ "$BRK.B, $T $5", "TAG:$BRK.B <,> TAG:$T CUR #5" },
	{ "NVIDIA (NVDA) Falls", "NVIDIA <(> NVDA <)> Falls" },
	{ "open-source model", "open +source model" },
	{ "short- and long-term", "short and long +term" },
	{ "GPT-4 12-month", "GPT +#4 #12 +month" },
	{ "Israel\342\200\223Hamas", "Israel +Hamas" },
	{ "x\342\200\224y -- z", "x <_> y <_> z" },
	{ "Nvidia's investors' cash", "Nvidia 's investors <'> cash" },
	{ "Nvidia\342\200\231s", "Nvidia \342\200\231s" },
	{ "didn't can't won't", "did n't ca n't wo n't" },
	{ "we'll they've I'm O'Reilly", "we 'll they 've I 'm O'Reilly" },
	{ "S&P 500, AT&T and R&D", "S&P #500 <,> AT&T and R&D" },
	{ "U.S. firms", "U.S. firms" },
	{ "the U.S.", "the U.S." },
	{ "e.g. this", "e.g. this" },
	{ "J. Smith", "J <.> Smith" },
	{ "Booking.com DCGN.O", "Booking.com DCGN.O" },
	{ "shares.The", "shares <.> The" },
	{ "#1 \"top\"", "<#> #1 <\"> top <\">" },
	{ "wait... what\342\200\246", "wait <~> what <~>" },
	{ "so\302\255ft zero\342\200\213width", "so\302\255ft zero\342\200\213width" },
	{ "\346\227\245\346\234\254 x", "\346\227\245 \346\234\254 x" },
	{ "1-800-555-1234", "#1 +#800 +#555 +#1234" },
	{ "won 2-1", "won #2 +#1" },
	{ "+5% -3 %", "#5 % #-3 %" },
	{ "Rs.500", "Rs <.> #500" },
	{ "'rose' he said", "<'> rose <'> he said" },
	{ "Yahoo! Inc.", "Yahoo <!> Inc <.>" },
	{ "COVID-19", "COVID +#19" },
	{ "30-year-old", "#30 +year +old" },
};

static void
text_is_cut_into_tokens(void **state)
{
	struct lexicon *lex = lexicon_new();
	struct arena mem;
	struct buf b;

	(void)state;
	arena_init(&mem);
	buf_init(&b, 4096);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct text *x = text_article(&mem, lex, NULL, rows[i].in);

		buf_reset(&b);
		render(&b, x);
		if (strcmp(b.len ? b.data : "", rows[i].out) != 0)
			fail_msg("\"%s\"\n  gives   %s\n  wanted  %s",
			    rows[i].in, b.data, rows[i].out);
		arena_reset(&mem);
	}
	buf_clear(&b);
	arena_free(&mem);
	lexicon_free(lex);
}

static void
words_fold_to_one_spelling(void **state)
{
	static const struct row folds[] = {
		{ "NVIDIA", "nvidia" },
		{ "\303\211LAN", "\303\251lan" },
		{ "e\314\201lan", "\303\251lan" },	/* composed */
		{ "STRA\303\237E", "strasse" },
		{ "O\342\200\231Reilly", "o'reilly" },
		{ "so\302\255ft", "soft" },
		{ "a\342\200\213b", "ab" },
		{ "\303\204RZTE", "\303\244rzte" },
		{ "a\314\243\314\207", "\341\272\241\314\207" },
		{ "a\314\207\314\243", "\341\272\241\314\207" },
		{ "bad\377byte", "badbyte" },
	};
	char out[64];

	(void)state;
	for (size_t i = 0; i < sizeof(folds) / sizeof(folds[0]); i++) {
		size_t n = fold_word(folds[i].in, strlen(folds[i].in), out,
		    sizeof(out) - 1);

		out[n] = '\0';
		assert_string_equal(out, folds[i].out);
	}
	assert_int_equal(fold_word("too long", 8, out, 4), 0);
	assert_int_equal(fold_word("\303\211\303\211", 4, out, 3), 0);
}

static void
a_lexicon_gives_each_word_one_number(void **state)
{
	struct lexicon *lex = lexicon_new();
	uint32_t own = words_count(), ids[3000];
	char word[32];

	(void)state;
	assert_int_equal(lexicon_count(lex), own);
	for (uint32_t i = 1; i <= own; i++) {
		assert_int_equal(lexicon_find(lex, words_text(i),
		    strlen(words_text(i))), i);
		assert_int_equal(lexicon_find_word(lex, words_text(i)), i);
	}
	assert_int_equal(lexicon_find_word(lex, "than"), W_THAN);
	for (uint32_t i = 0; i < 3000; i++) {
		snprintf(word, sizeof(word), "xyz%u", i);
		ids[i] = lexicon_add_word(lex, word);
		assert_int_equal(ids[i], own + 1 + i);
	}
	for (uint32_t i = 0; i < 3000; i++) {
		snprintf(word, sizeof(word), "XYZ%u", i);
		assert_int_equal(lexicon_find_word(lex, word), ids[i]);
		assert_int_equal(lexicon_add_word(lex, word), ids[i]);
	}
	assert_string_equal(lexicon_word(lex, ids[7]), "xyz7");
	assert_string_equal(lexicon_word(lex, 0), "");
	assert_int_equal(lexicon_find_word(lex, "nobody"), 0);
	assert_int_equal(lexicon_add_word(lex, ""), 0);
	lexicon_free(lex);
}

static const struct text_token *
token(const struct text *x, const char *word)
{
	for (uint32_t i = 0; i < x->ntokens; i++) {
		size_t n;
		const char *s = text_bytes(x, i, &n);

		if (n == strlen(word) && memcmp(s, word, n) == 0)
			return &x->tokens[i];
	}
	fail_msg("no token \"%s\"", word);
	return NULL;
}

static void
tokens_know_their_case_and_place(void **state)
{
	struct lexicon *lex = lexicon_new();
	struct arena mem;
	struct text *x;

	(void)state;
	arena_init(&mem);
	x = text_article(&mem, lex, "Apple and iPhone",
	    "He said \"we won\" (quietly) on NASDAQ.\nThen \342\200\234A "
	    "big\342\200\235 'odd one' of investors' 1,000.5 at U.S. 2nd");
	assert_int_equal(token(x, "Apple")->shape, TEXT_CAPITAL);
	assert_true(token(x, "Apple")->flags & TEXT_FIRST);
	assert_int_equal(token(x, "and")->shape, TEXT_LOWER);
	assert_int_equal(token(x, "and")->word, W_AND);
	assert_int_equal(token(x, "iPhone")->shape, TEXT_MIXED);
	assert_int_equal(token(x, "NASDAQ")->shape, TEXT_CAPS);
	assert_int_equal(token(x, "A")->shape, TEXT_CAPITAL);
	assert_true(token(x, "won")->flags & TEXT_QUOTED);
	assert_true(token(x, "big")->flags & TEXT_QUOTED);
	assert_true(token(x, "odd")->flags & TEXT_QUOTED);
	assert_false(token(x, "said")->flags & TEXT_QUOTED);
	assert_false(token(x, "on")->flags & TEXT_QUOTED);
	assert_false(token(x, "of")->flags & TEXT_QUOTED);
	assert_true(token(x, "quietly")->flags & TEXT_PAREN);
	assert_false(token(x, "on")->flags & TEXT_PAREN);
	assert_true(token(x, "Then")->flags & TEXT_PARAGRAPH);
	assert_true(token(x, "Then")->flags & TEXT_FIRST);
	assert_false(token(x, "He")->flags & TEXT_SPACE);
	assert_true(token(x, "said")->flags & TEXT_SPACE);
	assert_int_equal(token(x, "1,000.5")->flags &
	    (TEXT_GROUPED | TEXT_DECIMAL), TEXT_GROUPED | TEXT_DECIMAL);
	assert_true(token(x, "U.S.")->flags & TEXT_ACRONYM);
	assert_true(token(x, "2nd")->flags & TEXT_ORDINAL);
	arena_free(&mem);
	lexicon_free(lex);
}

static void
headlines_say_whether_case_is_evidence(void **state)
{
	static const struct {
		const char *title;
		bool title_case, all_caps;
	} titles[] = {
		{ "Nvidia Shares Fall on Export News", true, false },
		{ "Nvidia shares fall on export news", false, false },
		{ "Apple and Google shares fall after Monday report", false, false },
		{ "NVIDIA SHARES FALL ON EXPORT NEWS", true, true },
		{ "Up 5%", false, false },
		{ "", false, false },
	};
	struct lexicon *lex = lexicon_new();
	struct arena mem;

	(void)state;
	arena_init(&mem);
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++) {
		struct text *x = text_article(&mem, lex, titles[i].title, "");

		assert_int_equal(x->fields[TEXT_TITLE].title_case,
		    titles[i].title_case);
		assert_int_equal(x->fields[TEXT_TITLE].all_caps,
		    titles[i].all_caps);
	}
	arena_free(&mem);
	lexicon_free(lex);
}

static void
three_spellings_of_a_compound_meet(void **state)
{
	struct lexicon *lex = lexicon_new();
	struct arena mem;
	struct text *p, *x;

	(void)state;
	arena_init(&mem);
	p = text_intern(&mem, lex, "open-source", 11);
	assert_int_equal(p->ntokens, 2);
	x = text_article(&mem, lex, "Open-Source, open source, OpenSource", "");
	assert_int_equal(x->tokens[0].word, p->tokens[0].word);
	assert_int_equal(x->tokens[1].word, p->tokens[1].word);
	assert_int_equal(x->tokens[3].word, p->tokens[0].word);
	assert_int_equal(x->tokens[4].word, p->tokens[1].word);
	assert_int_equal(x->tokens[0].compound, p->tokens[0].compound);
	assert_int_equal(x->tokens[6].word, p->tokens[0].compound);
	assert_int_equal(x->tokens[3].compound, 0);
	/* Clitics: the words before n't are whole; numbers have words too. */
	lexicon_add_word(lex, "1234567");
	x = text_article(&mem, lex, "can't won't Nvidia\342\200\231s -1,234,567",
	    "");
	assert_int_equal(x->tokens[0].word, W_CAN);
	assert_int_equal(x->tokens[1].word, W_NT);
	assert_int_equal(x->tokens[2].word, W_WILL);
	assert_int_equal(x->tokens[5].word, W_S);
	assert_true(x->tokens[5].flags & TEXT_POSSESSIVE);
	assert_int_equal(x->tokens[6].word, lexicon_find_word(lex, "1234567"));
	/* "U.S." is "u.s" with and without its last stop. */
	p = text_intern(&mem, lex, "U.S.", 4);
	x = text_article(&mem, lex, "the U.S-led", "");
	assert_int_equal(x->tokens[1].word, p->tokens[0].word);
	arena_free(&mem);
	lexicon_free(lex);
}

static void
check_text(const struct text *x)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < x->ntokens; i++) {
		const struct text_token *t = &x->tokens[i];
		const struct text_field *f = &x->fields[t->field];

		if (i == f->first)
			at = 0;
		assert_true(t->start >= at && t->start < t->end);
		assert_true(t->end <= f->len);
		assert_true(i >= f->first && i < f->end);
		assert_true(t->sentence < x->nsentences);
		assert_true(i >= x->sentences[t->sentence].first &&
		    i < x->sentences[t->sentence].end);
		if (t->kind == TEXT_NUMBER)
			assert_true(isfinite(t->value));
		at = t->end;
	}
	for (uint32_t i = 0; i < x->nsentences; i++)
		assert_true(x->sentences[i].end - x->sentences[i].first <=
		    TEXT_SENTENCE_MAX);
}

static void
any_bytes_are_taken_and_spans_stay_inside(void **state)
{
	static const char pool[] = "  ..,,--''\"\"$%&()/+#0123456789aAbBnNtTsS\n"
	    "\302\240\342\200\231\342\200\223\342\200\224\302\275\377\300\341\360"
	    "\343\200\202\346\227\245\314\201\302\255";
	struct lexicon *lex = lexicon_new();
	struct arena mem;
	uint32_t seed = 12345;

	(void)state;
	arena_init(&mem);
	for (int round = 0; round < 4000; round++) {
		size_t len = (size_t)round % 90;
		char *s = malloc(len + 1);	/* exact, for the sanitizer */
		struct text_source src[2] = { { s, len / 3 },
		    { s + len / 3, len - len / 3 } };

		for (size_t i = 0; i < len; i++) {
			seed = seed * 1664525u + 1013904223u;
			s[i] = round % 5 == 0 ? (char)(seed >> 24) :
			    pool[(seed >> 8) % (sizeof(pool) - 1)];
		}
		check_text(text_analyse(&mem, lex, src, 2));
		free(s);
		arena_reset(&mem);
	}
	arena_free(&mem);
	lexicon_free(lex);
}

/* The way of the processor at hand, and the one for all. */
static void
letters_are_found_in_two_ways(void **state)
{
	static const char near[] = "azAZ@[`{\200\341\301\0 9'";
	uint32_t seed = 77;
	char s[LETTERS_MAX];

	(void)state;
	for (int round = 0; round < 200000; round++) {
		struct letters a, b;

		for (size_t i = 0; i < sizeof(s); i++) {
			seed = seed * 1664525u + 1013904223u;
			s[i] = round % 3 == 0 ? (char)(seed >> 24) :
			    near[(seed >> 8) % (seed >> 27 == 0 ?
			    sizeof(near) - 1 : 4)];
		}
		a = letters(s);
		b = letters_portable(s);
		assert_int_equal(a.n, b.n);
		assert_int_equal(a.caps, b.caps);
		assert_true(a.piece[0] == b.piece[0]);
		assert_true(a.piece[1] == b.piece[1]);
	}
}

#define SOFT "\302\255"		/* folds to nothing, and no plain word has it */

/* A word of up to 110 letters, after its first one with or without SOFT. */
static void
add_word(struct buf *plain, struct buf *soft, uint32_t *seed)
{
	uint32_t r = *seed = *seed * 1664525u + 1013904223u;
	uint32_t n = 1 + (r >> 8) % (r >> 28 == 0 ? 110 : 18);
	uint32_t caps = (r >> 16) % 5;	/* none, first, all, some, last */

	for (uint32_t i = 0; i < n; i++) {
		char c;

		r = *seed = *seed * 1664525u + 1013904223u;
		c = "abyz"[r >> 30];
		if ((caps == 1 && i == 0) || caps == 2 || (caps == 3 &&
		    (r >> 20) % 4 == 0) || (caps == 4 && i + 1 == n))
			c = (char)(c - 'a' + 'A');
		buf_addc(plain, c);
		buf_addc(soft, c);
		if (i == 0)
			buf_adds(soft, SOFT);
	}
}

/* Words are read in two ways, plain ones quickly: the result is the same. */
static void
the_quick_way_reads_the_same_words(void **state)
{
	static const char *const after[] = { " ", ", ", ". ", "-", "\n", "/",
	    "; ", "? ", "@", "[", "`", "{", "" };
	struct lexicon *lex = lexicon_new();
	uint32_t seed = 20240229;
	struct buf plain, soft;
	struct arena mem;

	(void)state;
	arena_init(&mem);
	buf_init(&plain, 8192);
	buf_init(&soft, 8192);
	for (int round = 0; round < 3000; round++) {
		struct text *x, *y;

		plain.len = soft.len = 0;
		for (int i = 0; i < 1 + round % 6; i++) {
			const char *gap = after[(seed >> 12) % 13];

			add_word(&plain, &soft, &seed);
			buf_adds(&plain, gap);
			buf_adds(&soft, gap);
		}
		if (round % 3 == 0)	/* some words are known, some are not */
			text_intern(&mem, lex, plain.data, plain.len);
		else if (round % 3 == 1)
			text_intern(&mem, lex, soft.data, soft.len);
		x = text_article(&mem, lex, plain.data, "");
		y = text_article(&mem, lex, soft.data, "");
		assert_int_equal(x->ntokens, y->ntokens);
		for (uint32_t i = 0; i < x->ntokens; i++) {
			assert_int_equal(x->tokens[i].word, y->tokens[i].word);
			assert_int_equal(x->tokens[i].kind, y->tokens[i].kind);
			assert_int_equal(x->tokens[i].shape, y->tokens[i].shape);
			assert_int_equal(x->tokens[i].flags, y->tokens[i].flags);
			assert_int_equal(x->tokens[i].compound,
			    y->tokens[i].compound);
		}
		arena_reset(&mem);
	}
	buf_clear(&plain);
	buf_clear(&soft);
	arena_free(&mem);
	lexicon_free(lex);
}

static void
cost_grows_with_the_bytes_and_stops_at_the_limits(void **state)
{
	static const char *const pieces[] = { "a", "1.", "5,", "1,000", "U.S.",
	    "a-", "'", "\"", "$a", "word ", "n't", "\302\255", "1/2/", "a&", "(",
	    "-5 ", "\314\201", "A.B", "5-" };
	struct lexicon *lex = lexicon_new();
	struct arena mem;

	(void)state;
	arena_init(&mem);
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		size_t n = strlen(pieces[i]), len = 0, size = 2u << 20;
		char *s = malloc(size + 1);
		struct text_source src[2] = { { "", 0 }, { s, 0 } };
		struct text *x;

		while (len + n <= size) {
			memcpy(s + len, pieces[i], n);
			len += n;
		}
		src[1].len = len;
		x = text_analyse(&mem, lex, src, 2);
		assert_true(x->cut);
		assert_true(x->ntokens <= TEXT_TOKENS_MAX);
		assert_true(x->fields[1].len <= TEXT_BYTES_MAX);
		assert_true(x->steps <= 4u * TEXT_BYTES_MAX);
		check_text(x);
		free(s);
		arena_reset(&mem);
	}
	arena_free(&mem);
	lexicon_free(lex);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_cut_into_tokens),
		cmocka_unit_test(words_fold_to_one_spelling),
		cmocka_unit_test(a_lexicon_gives_each_word_one_number),
		cmocka_unit_test(tokens_know_their_case_and_place),
		cmocka_unit_test(headlines_say_whether_case_is_evidence),
		cmocka_unit_test(three_spellings_of_a_compound_meet),
		cmocka_unit_test(any_bytes_are_taken_and_spans_stay_inside),
		cmocka_unit_test(letters_are_found_in_two_ways),
		cmocka_unit_test(the_quick_way_reads_the_same_words),
		cmocka_unit_test(
		    cost_grows_with_the_bytes_and_stops_at_the_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
