/* The grammar of rules: how a text is read, and how a wrong one is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "rule/parse.h"

static void
show(const struct expr *e, struct buf *b)
{
	static const char *const NAME[] = {
		"and", "or", "not", "event", "", "", "", "", "", "", "prefix",
		"case", "regex", "concept", "entity",
	};
	static const char *const REL[] = {
		":", "=", "!=", "=~", "!~", "<", "<=", ">", ">=",
	};

	buf_addc(b, '(');
	if (e->kind == EXPR_FIELD)
		buf_adds(b, rule_field_name(e->field));
	else if (e->kind == EXPR_COMPARE)
		buf_printf(b, "%s%s", rule_field_name(e->field), REL[e->relop]);
	else if (e->kind == EXPR_NEAR && e->reach == REACH_WORDS)
		buf_printf(b, "%s%u", e->ordered ? "onear" : "near", e->n);
	else if (e->kind == EXPR_NEAR)
		buf_printf(b, "%s%s", e->ordered ? "o" : "",
		    e->reach == REACH_SENTENCE ? "sentence" : "paragraph");
	else if (e->kind == EXPR_ATLEAST || e->kind == EXPR_FIRST)
		buf_printf(b, "%s%u", e->kind == EXPR_FIRST ? "first" :
		    "atleast", e->n);
	else
		buf_adds(b, NAME[e->kind]);
	if (e->child == NULL)
		buf_printf(b, "%s%s%.*s%s", b->data[b->len - 1] != '(' ? " " :
		    "", e->regex ? "~" : "", (int)e->len, e->text,
		    e->icase ? " any-case" : "");
	for (const struct expr *c = e->child; c != NULL; c = c->next) {
		buf_addc(b, ' ');
		show(c, b);
	}
	buf_addc(b, ')');
}

static void
reads(void **state)
{
	static const struct { const char *rule, *tree; } T[] = {
		{ "semiconductor stock down more than 5%",
		  "(event semiconductor stock down more than 5%)" },
		{ "'oil'", "(oil)" },
		{ "\"price target\"", "(price target)" },
		{ "\u201cprice target\u201d", "(price target)" },
		{ "'it's here'", "(it's here)" },
		{ "'a' 'b' OR 'c'", "(or (and (a) (b)) (c))" },
		{ "'a' OR 'b' AND 'c'", "(or (a) (and (b) (c)))" },
		{ "'a' OR 'b' AND NOT 'c'", "(or (a) (and (b) (not (c))))" },
		{ "'a' -'b'", "(and (a) (not (b)))" },
		{ "'a' AND NOT NOT 'b'", "(and (a) (b))" },
		{ "('a' OR 'b') 'c'", "(and (or (a) (b)) (c))" },
		{ "'a' NEAR/3 'b' AND 'c'", "(and (near3 (a) (b)) (c))" },
		{ "'a' ONEAR/3 'b' W/S 'c'",
		  "(sentence (onear3 (a) (b)) (c))" },
		{ "'a' W/7 'b' +S 'c'", "(osentence (near7 (a) (b)) (c))" },
		{ "'a' SAME 'b'", "(paragraph (a) (b))" },
		{ "'a' W/P 'b' +P 'c'", "(oparagraph (paragraph (a) (b)) (c))" },
		{ "NOT title:'a' NEAR/2 'b' AND 'c'",
		  "(and (not (title (near2 (a) (b)))) (c))" },
		{ "title:oil AND body:'gas price'",
		  "(and (title (oil)) (body (gas price)))" },
		{ "title:(oil OR gas*)", "(title (or (oil) (prefix gas)))" },
		{ "title: 'oil'", "(title (oil))" },
		{ "title:(oil AND NOT olive)",
		  "(title (and (oil) (not (olive))))" },
		{ "sanction* OR =Apple OR ='New York'",
		  "(or (prefix sanction) (case Apple) (case New York))" },
		{ "/colou?r/i OR /a\\/b/",
		  "(or (regex colou?r any-case) (regex a\\/b))" },
		{ "title:/^Re/", "(title (regex ^Re))" },
		{ "concept:semiconductor NEAR/8 ('export control' OR sanction*)",
		  "(near8 (concept semiconductor)"
		  " (or (export control) (prefix sanction)))" },
		{ "entity:nvidia ATLEAST/3('chip' OR 'gpu')",
		  "(and (entity nvidia) (atleast3 (or (chip) (gpu))))" },
		{ "FIRST/50('oil' AND NOT 'olive')",
		  "(first50 (and (oil) (not (olive))))" },
		{ "'oil' age < 2d words>=300",
		  "(and (oil) (age< 2d) (words>= 300))" },
		{ "title =~ /^a/i AND feed:trade-* AND site:example.org",
		  "(and (title=~ ~^a any-case) (feed: trade-*)"
		  " (site: example.org))" },
		{ "tag:(chips OR 'big tech') AND lang != de",
		  "(and (or (tag: chips) (tag: big tech)) (lang!= de))" },
		{ "category = 'M&A'", "(category= M&A)" },
		/* event phrases */
		{ "(Nvidia or AMD) stock down at least a tenth",
		  "(event (Nvidia or AMD) stock down at least a tenth)" },
		{ "(oil price up more than 2%)",
		  "(event oil price up more than 2%)" },
		{ "oil price up more than 2% OR title:'oil embargo'",
		  "(or (event oil price up more than 2%)"
		  " (title (oil embargo)))" },
		{ "oil price up 2% OR (oil price down 2% AND 'OPEC')",
		  "(or (event oil price up 2%)"
		  " (and (event oil price down 2%) (OPEC)))" },
		{ "company acquires (Nvidia, AMD) for more than $1,000",
		  "(event company acquires (Nvidia, AMD) for more than $1,000)" },
		{ "technology stock except Apple, Intel up more than 10%",
		  "(event technology stock except Apple, Intel up more than"
		  " 10%)" },
		{ "Nvidia's stock down -5%", "(event Nvidia's stock down -5%)" },
		{ "oil price > 100", "(event oil price > 100)" },
		{ "oil price up AND NOT title:\"price target\"",
		  "(and (event oil price up) (not (title (price target))))" },
		{ "oil price up -title:target",
		  "(and (event oil price up) (not (title (target))))" },
	};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(T) / sizeof(*T); i++) {
		struct error err = { "" };
		struct rule_tree *t = rule_parse(T[i].rule, &a, &err);
		struct buf b;

		if (t == NULL)
			fail_msg("%s: %s", T[i].rule, err.text);
		buf_init(&b, 4096);
		show(t->root, &b);
		assert_string_equal(b.data, T[i].tree);
		buf_clear(&b);
	}
	arena_free(&a);
}

static void
options(void **state)
{
	static const struct {
		const char *rule, *event;
		struct rule_options o;
	} T[] = {
		{ "central bank raises interest rate, including forecasts",
		  "central bank raises interest rate", { .forecasts = true } },
		{ "oil up, including past, including denied, within 2 days",
		  "oil up", { .past = true, .denied = true,
		  .within = 172800 } },
		{ "stock except Apple, Intel down , only in title", 
		  "stock except Apple, Intel down", { .only_title = true } },
		{ "stock down except Apple, only in lead,once per day",
		  "stock down except Apple", { .only_lead = true,
		  .once = 86400 } },
		{ "oil up, relevance >= 70, once per hour", "oil up",
		  { .relevance = 70, .once = 3600 } },
		{ "'oil', Only in Title", "oil", { .only_title = true } },
	};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(T) / sizeof(*T); i++) {
		struct error err = { "" };
		struct rule_tree *t = rule_parse(T[i].rule, &a, &err);

		if (t == NULL)
			fail_msg("%s: %s", T[i].rule, err.text);
		assert_int_equal(t->root->len, strlen(T[i].event));
		assert_memory_equal(t->root->text, T[i].event, t->root->len);
		assert_int_equal(t->options.forecasts, T[i].o.forecasts);
		assert_int_equal(t->options.past, T[i].o.past);
		assert_int_equal(t->options.denied, T[i].o.denied);
		assert_int_equal(t->options.only_title, T[i].o.only_title);
		assert_int_equal(t->options.only_lead, T[i].o.only_lead);
		assert_int_equal(t->options.within, T[i].o.within);
		assert_int_equal(t->options.once, T[i].o.once);
		assert_int_equal(t->options.relevance, T[i].o.relevance);
	}
	arena_free(&a);
}

static void
refuses(void **state)
{
	static const struct { const char *rule, *column, *says; } T[] = {
		{ "", "", "empty" },
		{ "   ", "", "empty" },
		{ "NOT 'a'", "column 5", "NOT alone" },
		{ "-'a' -'b'", "", "NOT alone" },
		{ "'a' OR NOT 'b'", "column 12", "NOT alone" },
		{ "NOT ('a' OR 'b')", "", "NOT alone" },
		{ "title != 'x'", "column 1", "NOT alone" },
		{ "'a' and 'b'", "column 5", "capitals: AND" },
		{ "'a' or 'b'", "column 5", "capitals: OR" },
		{ "'\u00e9t\u00e9' or 'b'", "column 7", "capitals" },
		{ "'a' near/3 'b'", "column 5", "capitals: NEAR" },
		{ "'a' NEAR 'b'", "column 5", "NEAR needs a number" },
		{ "'a' NEAR/x 'b'", "column 5", "NEAR/5" },
		{ "'a' NEAR/0 'b'", "column 5", "from 1 to" },
		{ "'a' NEAR/99999 'b'", "column 5", "from 1 to" },
		{ "'a", "column 1", "never closed" },
		{ "('a' OR 'b'", "column 1", "never closed" },
		{ "'a')", "column 4", "closes nothing" },
		{ "'a' AND", "column 8", "ends where" },
		{ "AND 'a'", "column 1", "both sides" },
		{ "'a' AND OR 'b'", "column 9", "both sides" },
		{ "()", "column 1", "nothing in" },
		{ "''", "column 1", "no word" },
		{ "'--'", "column 1", "no word" },
		{ "titel:'x'", "column 1", "did you mean 'title'" },
		{ "'a' bar", "column 5", "quotes" },
		{ "source:'x'", "column 1", "did you mean 'feed'" },
		{ "intitle:'x'", "column 1", "did you mean 'title'" },
		{ "company acquires 'Kestrel'", "column 18",
		  "without quotes" },
		{ "oil price up 'OPEC'", "column 14", "AND or OR" },
		{ "oil price up ('OPEC')", "column 14", "AND or OR" },
		{ "chip NEAR/3 'export'", "column 1", "in quotes" },
		{ "'a' NEAR/3 (NOT 'b')", "column 13", "NOT cannot" },
		{ "'a' NEAR/3 title:'b'", "column 12", "field" },
		{ "title:(body:'x')", "column 8", "field" },
		{ "title:oil price", "column 7", "title:'oil price'" },
		{ "ATLEAST/3 'a'", "column 1", "parenthesis" },
		{ "*ing", "column 1", "star" },
		{ "a*", "column 1", "two letters" },
		{ "wo*rd", "column 1", "end of a word" },
		{ "/abc", "column 1", "never closed" },
		{ "/abc/x", "column 6", "only i" },
		{ "age:2d", "column 1", "age < 2d" },
		{ "concept: x", "column 1", "right after" },
		{ "site:(a NEAR/2 b)", "column 9", "needs words" },
		{ "oil up, including forcasts", "column 9",
		  "did you mean 'including forecasts'" },
		{ "oil up, only in body", "column 9", "no option" },
		{ "'oil', 'gas'", "column 8", "joined by AND" },
		{ "('oil', only in title)", "column 7", "end of the rule" },
		{ "(oil up, only in title) OR 'x'", "column 8",
		  "end of the rule" },
		{ "oil up, only in title OR 'x'", "column 9", "no option" },
	};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(T) / sizeof(*T); i++) {
		struct error err = { "" };

		if (rule_parse(T[i].rule, &a, &err) != NULL)
			fail_msg("accepted: %s", T[i].rule);
		if (strncmp(err.text, T[i].column, strlen(T[i].column)) != 0 ||
		    strstr(err.text, T[i].says) == NULL)
			fail_msg("%s: %s", T[i].rule, err.text);
	}
	arena_free(&a);
}

/* However deep or long, a rule is read or refused, and quickly. */
static void
bounds(void **state)
{
	static char text[RULE_TEXT_MAX + 8];
	struct error err = { "" };
	struct arena a;

	(void)state;
	arena_init(&a);
	memset(text, '(', RULE_TEXT_MAX);
	assert_null(rule_parse(text, &a, &err));
	memset(text, '-', RULE_TEXT_MAX);
	memcpy(text, "'a' ", 4);
	text[RULE_TEXT_MAX - 1] = '\'';
	assert_null(rule_parse(text, &a, &err));
	for (size_t i = 0; i + 4 < RULE_TEXT_MAX; i += 4)
		memcpy(text + i, "'a' ", 4);
	text[RULE_TEXT_MAX - 4] = '\0';
	assert_non_null(rule_parse(text, &a, &err));
	memset(text, 'a', RULE_TEXT_MAX + 1);
	assert_null(rule_parse(text, &a, &err));
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),
		cmocka_unit_test(options),
		cmocka_unit_test(refuses),
		cmocka_unit_test(bounds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
