/*
 * Clauses: where one assertion ends and another begins (rule-semantics 5.6).
 *
 * A row is a sentence and its clauses in the order in which they begin, parted
 * by " / ": the type, "<" and the number of the clause it hangs on, "~" if its
 * subject stands there, and its words. A sentence without a full stop is a
 * title.
 */
#include "event_case.h"
#include "rule/analysis.h"

struct row {
	const char	*text, *clauses;
};

#define ROWS(a) a, sizeof(a) / sizeof((a)[0])

static const char *const types[] = { "main", "sub", "rel", "part", "coord",
	"appos", "paren", "that" };

static struct analysis *
analysed(const char *s)
{
	bool body = s[strlen(s) - 1] == '.' || s[strlen(s) - 1] == '"';

	arena_reset(&case_mem);
	return analysis_run(shipped, text_article(&case_mem,
	    vocabulary_lexicon(shipped), body ? "" : s, body ? s : ""),
	    ARTICLE_NO_TIME, &case_mem);
}

static void
show(const struct analysis *a, struct buf *b)
{
	const struct clause *c;
	const char *bytes;
	uint32_t i, k;
	size_t len;

	for (k = 0; k < a->nclauses; k++) {
		c = &a->clauses[k];
		buf_printf(b, "%s%s", k == 0 ? "" : " / ", types[c->type]);
		if (c->parent != NONE)
			buf_printf(b, "<%u", (unsigned)c->parent);
		if (c->inherits)
			buf_addc(b, '~');
		for (i = 0; i < a->ntokens; i++) {
			if (a->clause_of[i] != k)
				continue;
			bytes = text_bytes(a->text, i, &len);
			if ((tok(a, i)->flags & TEXT_SPACE) != 0 || i == 0 ||
			    a->clause_of[i - 1] != k)
				buf_addc(b, ' ');
			buf_add(b, bytes, len);
		}
	}
}

static void
check(const struct row *rows, size_t n)
{
	struct buf b;
	size_t i, wrong = 0;

	for (i = 0; i < n; i++) {
		buf_init(&b, 1 << 16);
		show(analysed(rows[i].text), &b);
		if (strcmp(b.data, rows[i].clauses) != 0) {
			wrong++;
			printf("# %s\n#   gives  %s\n#   wanted %s\n",
			    rows[i].text, b.data, rows[i].clauses);
		}
		buf_clear(&b);
	}
	assert_int_equal(wrong, 0);
}

static void
hard_marks_cut_always(void **state)
{
	static const struct row rows[] = {
		{ "Nvidia falls 8%; AMD slips 2%",
		    "main Nvidia falls 8% / main<0 ; AMD slips 2%" },
		{ "Nvidia falls 8% | Reuters",
		    "main Nvidia falls 8% / main<0 | Reuters" },
		{ "Chip rout: Nvidia falls 8%",
		    "main Chip rout / main<0 : Nvidia falls 8%" },
		{ "Nvidia falls 8% -- AMD follows",
		    "main Nvidia falls 8% / main<0 -- AMD follows" },
		{ "Apple Stock: Up 30% YTD",
		    "main Apple Stock: Up 30% YTD" },
		{ "Nvidia falls 8%! Time to buy?",
		    "main Nvidia falls 8% / main<0 ! Time to buy / main<1 ?" },
		{ "Foo Inc. falls 8%. AMD rises",
		    "main Foo Inc. falls 8% / main<0 . AMD rises" },
		{ "Oil falls 3% at 10:30 a.m.",
		    "main Oil falls 3% at 10:30 a.m." },
		{ "S&P 500 falls 3% - Reuters",
		    "main S&P 500 falls 3% / main<0 - Reuters" },
		{ "Shares of NASDAQ:NVDA fell 8% on Monday.",
		    "main Shares of NASDAQ:NVDA fell 8% on Monday." },
	};

	(void)state;
	check(ROWS(rows));
}

static void
conjunctions_open_a_clause(void **state)
{
	static const struct row rows[] = {
		{ "Nvidia shares fell 8% as oil prices rose 3%.",
		    "main Nvidia shares fell 8% / sub<0 as oil prices rose 3%." },
		{ "As oil prices rose 3%, Nvidia shares fell 8%.",
		    "main / sub<0 As oil prices rose 3% / main<1 , Nvidia"
		    " shares fell 8%." },
		{ "While gold fell 3%, oil rose 4%.",
		    "main / sub<0 While gold fell 3% / main<1 , oil rose 4%." },
		{ "Oil rose 4% while gold fell 3%.",
		    "main Oil rose 4% / sub<0 while gold fell 3%." },
		{ "Oil falls 3% after OPEC raises output",
		    "main Oil falls 3% / sub<0 after OPEC raises output" },
		{ "Oil fell 3% after rising 4% on Friday.",
		    "main Oil fell 3% / sub<0~ after rising 4% on Friday." },
		{ "Nvidia fell 8% because sales slid.",
		    "main Nvidia fell 8% / sub<0 because sales slid." },
		{ "Although sales rose, Nvidia shares fell 8%.",
		    "main / sub<0 Although sales rose / main<1 , Nvidia shares"
		    " fell 8%." },
		{ "Nvidia shares fell 8% despite a rise in sales.",
		    "main Nvidia shares fell 8% / sub<0~ despite a rise in"
		    " sales." },
		{ "Gold rose 3% amid fears of war.",
		    "main Gold rose 3% amid fears of war." },
		{ "If oil falls 3%, airlines gain.",
		    "main / sub<0 If oil falls 3% / main<1 , airlines gain." },
		{ "Bitcoin fell 8% before it recovered.",
		    "main Bitcoin fell 8% / sub<0 before it recovered." },
		{ "Since oil fell 3%, airline stocks have risen.",
		    "main / sub<0 Since oil fell 3% / main<1 , airline stocks"
		    " have risen." },
		{ "Oil has fallen 3% since Monday.",
		    "main Oil has fallen 3% since Monday." },
		{ "Shares fell as much as 8% on Monday.",
		    "main Shares fell as much as 8% on Monday." },
		{ "The Fed raised rates as expected.",
		    "main The Fed raised rates as expected." },
		{ "Once it fell 8%, Nvidia recovered.",
		    "main / sub<0 Once it fell 8% / main<1 , Nvidia recovered." },
		{ "Nvidia once again fell 8%.",
		    "main Nvidia once again fell 8%." },
		{ "Gold rose 3% until the Fed spoke.",
		    "main Gold rose 3% / sub<0 until the Fed spoke." },
		{ "Nvidia fell 8% when markets opened.",
		    "main Nvidia fell 8% / sub<0 when markets opened." },
		{ "Unless talks resume, Ford will cut 3,000 jobs.",
		    "main / sub<0~ Unless talks resume / main<1 , Ford will cut"
		    " 3,000 jobs." },
		{ "Gold rose 3% to a record, while silver, which lagged,"
		    " gained 2%.",
		    "main Gold rose 3% to a record, / sub<0 while silver, ,"
		    " gained 2%. / rel<1~ which lagged" },
		{ "Oil rose 3% on Monday, when OPEC met.",
		    "main Oil rose 3% on Monday, / sub<0 when OPEC met." },
	};

	(void)state;
	check(ROWS(rows));
}

static void
relatives_stand_between(void **state)
{
	static const struct row rows[] = {
		{ "Nvidia shares, which rose 40% last year, fell 8%.",
		    "main Nvidia shares, , fell 8%. / rel<0~ which rose 40%"
		    " last year" },
		{ "Nvidia, whose sales rose, fell 8%.",
		    "main Nvidia, , fell 8%. / rel<0 whose sales rose" },
		{ "Ford, which makes cars, said sales fell 3%.",
		    "main Ford, , said sales fell 3%. / rel<0~ which makes cars" },
		{ "Shares of Intel, which said sales slid, fell 8%.",
		    "main Shares of Intel, , fell 8%. / rel<0~ which said sales"
		    " slid" },
		{ "Investors who bought Nvidia lost 8%.",
		    "main Investors lost 8%. / rel<0~ who bought Nvidia" },
		{ "The bank that cut 3,000 jobs hires again.",
		    "main The bank hires again. / rel<0~ that cut 3,000 jobs" },
		{ "Nvidia fell 8% in a market that rose.",
		    "main Nvidia fell 8% in a market / rel<0~ that rose." },
		{ "The plant where Ford builds cars closes.",
		    "main The plant closes. / rel<0 where Ford builds cars" },
		{ "Companies that rely on China fell 8%.",
		    "main Companies fell 8%. / rel<0~ that rely on China" },
		{ "The bank, which said that profit fell, cut 3,000 jobs.",
		    "main The bank, , cut 3,000 jobs. / rel<0~ which said /"
		    " that<1 that profit fell" },
	};

	(void)state;
	check(ROWS(rows));
}

static void
that_is_said(void **state)
{
	static const struct row rows[] = {
		{ "Nvidia said that sales fell 8%.",
		    "main Nvidia said / that<0 that sales fell 8%." },
		{ "Nvidia said sales fell 8%.",
		    "main Nvidia said sales fell 8%." },
		{ "Officials warned that oil could fall 10%.",
		    "main Officials warned that oil could fall 10%." },
	};

	(void)state;
	check(ROWS(rows));
}

static void
what_is_joined(void **state)
{
	static const struct row rows[] = {
		{ "Nvidia fell 8% and AMD rose 2%.",
		    "main Nvidia fell 8% / coord<0 and AMD rose 2%." },
		{ "Nvidia fell 8% and lost its crown.",
		    "main Nvidia fell 8% / coord<0~ and lost its crown." },
		{ "Nvidia and AMD fell 8%.",
		    "main Nvidia and AMD fell 8%." },
		{ "Nvidia fell 8% but AMD rose 2%.",
		    "main Nvidia fell 8% / coord<0 but AMD rose 2%." },
		{ "Nvidia fell 8%, AMD lost 2% and Intel rose 1%.",
		    "main Nvidia fell 8% / coord<0 , AMD lost 2% / coord<1 and"
		    " Intel rose 1%." },
		{ "Nvidia, AMD and Intel fell 8%.",
		    "main Nvidia, AMD and Intel fell 8%." },
		{ "Revenue rose 3% and profit fell 8% at Intel.",
		    "main Revenue rose 3% / coord<0 and profit fell 8% at"
		    " Intel." },
		{ "Sales, profit and orders fell 8%.",
		    "main Sales, profit and orders fell 8%." },
		{ "Ford cut jobs, closed a plant and sold a unit.",
		    "main Ford cut jobs / coord<0~ , closed a plant / coord<1~"
		    " and sold a unit." },
		{ "Gold rose 3%, yet silver fell 2%.",
		    "main Gold rose 3% / coord<0 , yet silver fell 2%." },
		{ "Shell sold and bought assets.",
		    "main Shell sold / coord<0~ and bought assets." },
		{ "Ford said it would cut 3,000 jobs, close a plant and sell"
		    " a unit.",
		    "main Ford said it would cut 3,000 jobs / coord<0~ , close"
		    " a plant / coord<1~ and sell a unit." },
		{ "Both Nvidia and AMD fell 8%.",
		    "main Both Nvidia and AMD fell 8%." },
		{ "Shares of Nvidia and Walmart fell 8%.",
		    "main Shares of Nvidia and Walmart fell 8%." },
		{ "Nvidia shares and AMD shares fell 8%.",
		    "main Nvidia shares and AMD shares fell 8%." },
		{ "Investors sold Nvidia, AMD and Intel.",
		    "main Investors sold Nvidia, AMD and Intel." },
	};

	(void)state;
	check(ROWS(rows));
}

static void
brackets_and_dashes(void **state)
{
	static const struct row rows[] = {
		{ "Nvidia stock - down 8% this week - worries funds",
		    "main Nvidia stock worries funds / paren<0~ - down 8% this"
		    " week -" },
		{ "NVIDIA (NVDA) Falls 7%",
		    "main NVIDIA Falls 7% / paren<0~ (NVDA)" },
		{ "Intel (which fell 8%) cut 3,000 jobs.",
		    "main Intel cut 3,000 jobs. / paren<0~ (which fell 8%)" },
		{ "A drop (-8.32% on Japanese markets) was recorded by"
		    " SoftBank.",
		    "main A drop was recorded by SoftBank. / paren<0~ (-8.32%"
		    " on Japanese markets)" },
		{ "Nvidia – which fell 8% – led the losers.",
		    "main Nvidia led the losers. / paren<0~ – which fell 8% –" },
	};

	(void)state;
	check(ROWS(rows));
}

static void
participles_behind_a_comma(void **state)
{
	static const struct row rows[] = {
		{ "Nvidia fell 8%, dragging AMD lower.",
		    "main Nvidia fell 8% / part<0~ , dragging AMD lower." },
		{ "Net income was $3 billion, up 24%.",
		    "main Net income was $3 billion / part<0~ , up 24%." },
		{ "Oil rose 3%, lifted by war.",
		    "main Oil rose 3% / part<0~ , lifted by war." },
		{ "Intel cut 3,000 jobs, sending its shares down 8%.",
		    "main Intel cut 3,000 jobs / part<0~ , sending its shares"
		    " down 8%." },
		{ "Shares slid in Tokyo, led by Sony.",
		    "main Shares slid in Tokyo / part<0~ , led by Sony." },
		{ "Brent crude settled $3, or 4%, higher.",
		    "main Brent crude settled $3, or 4%, higher." },
		{ "Rising 8%, Nvidia led chips.",
		    "main Rising 8% / coord<0 , Nvidia led chips." },
		{ "The Nikkei, down 4% on the day, closed at 38,220.",
		    "main The Nikkei , closed at 38,220. / part<0~ , down 4% on"
		    " the day" },
		{ "Having cut 3,000 jobs, Philips hires again.",
		    "main Having cut 3,000 jobs / coord<0 , Philips hires"
		    " again." },
		{ "To save cash, Intel cut its dividend.",
		    "main To save cash / coord<0 , Intel cut its dividend." },
	};

	(void)state;
	check(ROWS(rows));
}

static void
appositions_stand_between(void **state)
{
	static const struct row rows[] = {
		{ "AMD, a maker of chips, fell 8%.",
		    "main AMD , fell 8%. / appos<0~ , a maker of chips" },
		{ "Shares of AMD, a maker of processors, tumbled 9%.",
		    "main Shares of AMD , tumbled 9%. / appos<0~ , a maker of"
		    " processors" },
		{ "Jensen Huang, chief executive of Nvidia, sold shares.",
		    "main Jensen Huang , sold shares. / appos<0~ , chief"
		    " executive of Nvidia" },
		{ "Oil fell 3%, its worst day since May.",
		    "main Oil fell 3%, its worst day since May." },
		{ "Volkswagen, Europe's largest carmaker, will cut 30,000"
		    " jobs.",
		    "main Volkswagen , will cut 30,000 jobs. / appos<0~ ,"
		    " Europe's largest carmaker" },
		{ "The chipmaker, based in Santa Clara, fell 8%.",
		    "main The chipmaker , fell 8%. / appos<0~ , based in Santa"
		    " Clara" },
		{ "Nike, however, fell 8%.",
		    "main Nike , fell 8%. / appos<0~ , however" },
	};

	(void)state;
	check(ROWS(rows));
}

static void
quotations(void **state)
{
	static const struct row rows[] = {
		{ "\"Oil fell 3%,\" Goldman said.",
		    "main \"Oil fell 3% / coord<0 ,\" Goldman said." },
		{ "\"Nvidia fell 8% because buyers fled,\" he said, \"and AMD"
		    " rose.\"",
		    "main \"Nvidia fell 8% / sub<0 because buyers fled /"
		    " coord<1 ,\" he said, \" / coord<2 and AMD rose.\"" },
		{ "Goldman said: \"Oil fell 3% as OPEC met.\"",
		    "main Goldman said / main<0 : \"Oil fell 3% / sub<1 as OPEC"
		    " met.\"" },
		{ "Sales rose, Nike said, but profit fell 8%.",
		    "main Sales rose / coord<0 , Nike said / coord<1 , but"
		    " profit fell 8%." },
	};

	(void)state;
	check(ROWS(rows));
}

static void
without_a_verb(void **state)
{
	static const struct row rows[] = {
		{ "Nvidia stock down 9% after hours",
		    "main Nvidia stock down 9% after hours" },
		{ "Nvidia down 9%, AMD up 2%",
		    "main Nvidia down 9% / coord<0 , AMD up 2%" },
		{ "Nvidia -6.4%, AMD -9.1%",
		    "main Nvidia -6.4%, AMD -9.1%" },
		{ "Oil up, gold down",
		    "main Oil up / coord<0 , gold down" },
		{ "Up 230%, 3 Reasons Nvidia Stock Is a Buy",
		    "main Up 230% / coord<0 , 3 Reasons Nvidia Stock Is a Buy" },
		{ "What drove the 8% fall is unclear.",
		    "main What drove the 8% fall is unclear." },
	};

	(void)state;
	check(ROWS(rows));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hard_marks_cut_always),
		cmocka_unit_test(conjunctions_open_a_clause),
		cmocka_unit_test(relatives_stand_between),
		cmocka_unit_test(that_is_said),
		cmocka_unit_test(what_is_joined),
		cmocka_unit_test(brackets_and_dashes),
		cmocka_unit_test(participles_behind_a_comma),
		cmocka_unit_test(appositions_stand_between),
		cmocka_unit_test(quotations),
		cmocka_unit_test(without_a_verb),
	};

	return cmocka_run_group_tests(tests, load_shipped, free_shipped);
}
