/* Whose number is it: the constructions of rule-semantics 5.7 as rows. */
#include "event_case.h"

#define CHIP "semiconductor stock down more than 5%"
#define TECH "technology stock up more than 10%"
#define OIL "oil price up more than 2%"
#define JOBS "company cuts more than 1000 jobs"
#define DEAL "company acquires company for more than $1 billion"
#define INDEX "stock index down more than 2%"
#define PROFIT "company profit up more than 20%"
#define RATE "central bank raises interest rate"
#define BROKE "airline files for bankruptcy"
#define RECALL "company recalls more than 10000 products"
#define STORE "open-source model tops app store"
#define HOLE "critical vulnerability in web browser"

#define ROWS(a) a, sizeof(a) / sizeof((a)[0])

static void
changes_by_a_subject(void **state)
{
	static const struct event_case rows[] = {
		/* A: measured noun, predicate, number */
		{ CHIP, true, "Nvidia stock falls 6%", "" },
		{ CHIP, false, "Nvidia stock falls 5%", "" },
		{ CHIP, false, "Nvidia stock rises 6%", "" },
		{ CHIP, false, "Walmart stock falls 6%", "" },
		{ CHIP, false, "Nvidia's revenue fell 17%", "" },
		{ CHIP, false, "Nvidia's profit down 17%", "" },
		{ CHIP, true, "", "Nvidia's share price is down 8.1 percent." },
		/* B: something between */
		{ CHIP, true, "", "Shares of Intel Corp. INTC.O fell more than "
		    "7 percent before the opening bell." },
		{ CHIP, true, "", "Shares of AMD, a maker of processors, "
		    "tumbled 9 percent on Friday." },
		{ CHIP, true, "", "NVIDIA shares, which had ensured a meteoric "
		    "rise last year by developing AI chips, fell 12% in "
		    "pre-market." },
		{ CHIP, true, "NVIDIA (NVDA) Falls 7%", "" },
		/* C: the company alone */
		{ CHIP, true, "Nvidia plunges 6.6% on weak outlook", "" },
		{ CHIP, true, "Chip stocks tumble 6%", "" },
		{ CHIP, false, "Nvidia derivative play is down 60%", "" },
		{ OIL, true, "Brent +4%", "" },
		{ OIL, true, "", "Crude oil rose 3 percent to $81 a barrel." },
		{ INDEX, true, "Dow sinks 2.4%", "" },
		{ INDEX, true, "Taipei shares plunge 7.49 per cent", "" },
		/* what is counted is the measure */
		{ "Netflix users up", true, "Netflix adds 19 million "
		    "subscribers", "" },
		{ "company users up more than 1000000", true, "",
		    "Netflix gained 8.9 million paid subscribers." },
		{ "company users up more than 1000000", false, "",
		    "Netflix gained 300,000 subscribers." },
		{ "Netflix users up", false, "Netflix loses 200,000 "
		    "subscribers", "" },
		{ "Netflix stock down", false, "Netflix loses 200,000 "
		    "subscribers", "" },
		/* the number is a level */
		{ CHIP, false, "", "Nvidia shares fell to 12% of the index." },
	};

	(void)state;
	check_cases(ROWS(rows));
}

static void
changes_elsewhere(void **state)
{
	static const struct event_case rows[] = {
		/* D: the second clause */
		{ CHIP, true, "Nvidia falls short on guidance, stock down 9% "
		    "after hours", "" },
		{ CHIP, true, "", "Micron warned on margins and its shares "
		    "dropped 11%." },
		{ CHIP, false, "", "SoftBank fell, and Nvidia said its revenue "
		    "dropped 11%." },
		{ CHIP, false, "ASML orders tumble 22% but shares hold up",
		    "The stock slipped 0.6 percent in Amsterdam." },
		/* E: number in a noun group */
		{ CHIP, true, "A 17% slide in Nvidia erases $589 billion", "" },
		{ CHIP, true, "", "Traders blamed a 17 percent drop in Nvidia "
		    "stock on Monday." },
		{ "company profit doubles", true, "Nvidia profit triples", "" },
		{ "company profit doubles", false, "Nvidia profit rises 40%",
		    "" },
		{ PROFIT, true, "", "SIMS Group posted a 50 per cent jump in "
		    "full-year net profit." },
		{ CHIP, false, "", "Intel reported a 40% drop in revenue." },
		{ CHIP, false, "", "Similarly, a drop (-8.32% on Japanese "
		    "markets) was recorded by the Japanese investment "
		    "conglomerate Softbank." },
		/* F: the object moves */
		{ CHIP, true, "", "The report sent Nvidia shares down 9%." },
		{ PROFIT, true, "", "Nike raised profit by 25 percent." },
		{ TECH, false, "", "Intel doubled its quarterly dividend." },
		/* G: the number first */
		{ TECH, true, "Up 155% This Year, Is Meta Platforms' Stock "
		    "Still a Good Buy?", "" },
		/* S: signs and lists */
		{ CHIP, true, "Movers: Qualcomm -6.4%, Walmart -1.0%", "" },
		{ CHIP, false, "Movers: Qualcomm -1.4%, Walmart -9.0%", "" },
		/* R: respectively */
		{ CHIP, true, "", "Walmart and Nvidia fell 1% and 7% "
		    "respectively." },
		{ CHIP, false, "", "Walmart and Nvidia fell 7% and 1% "
		    "respectively." },
		/* from-to, ratios, tables */
		{ CHIP, true, "Intel plunges from $29.05 to $21.48", "" },
		{ CHIP, true, "", "Shares of AMD have halved since March." },
		{ PROFIT, true, "", "Net profit more than doubled at Nike." },
		{ PROFIT, true, "OXFORD FIRST CORP 4TH QTR NET", "Oper shr 80 "
		    "cts vs 43 cts Oper net 1,766,000 vs 950,000" },
		{ CHIP, true, "", "Nvidia suffered a double-digit percentage "
		    "drop." },
		{ CHIP, false, "", "Nvidia reported single-digit percentage "
		    "losses in its stock price." },
	};

	(void)state;
	check_cases(ROWS(rows));
}

static void
acts(void **state)
{
	static const struct event_case rows[] = {
		{ "regulator sues company", true, "FTC sues Amazon over "
		    "subscriptions", "" },
		{ JOBS, true, "Merck plans 5,100 job cuts by year-end", "" },
		{ JOBS, true, "Tata Steel plans to cut up to 3,000 European "
		    "jobs", "" },
		{ JOBS, true, "Meta to lay off another 10,000 employees", "" },
		{ JOBS, true, "", "Cingular said it will cut about 10 percent "
		    "of its 68,000 jobs." },
		{ JOBS, false, "", "Alsthom will cut 420 jobs this year from "
		    "the 5,000 strong workforce." },
		{ JOBS, false, "Ford to cut 900 jobs", "" },
		{ JOBS, true, "1,200 jobs are cut at Ford", "" },
		{ DEAL, true, "Symantec to Buy Veritas for $13.5 Billion", "" },
		{ DEAL, false, "Symantec to Buy Veritas for $135 Million", "" },
		{ DEAL, true, "TD Ameritrade to be acquired by Charles Schwab "
		    "for $26 billion", "" },
		{ DEAL, true, "", "Nvidia celebrated after closing its $7 "
		    "billion acquisition of Mellanox." },
		{ DEAL, false, "Korea to buy $1.8 billion in U.S. goods", "" },
		{ RATE, true, "Fed raises interest rates a fourth time", "" },
		{ RATE, true, "", "The central bank on Tuesday raised overnight "
		    "rates by a quarter of a percentage point." },
		{ RATE, false, "Westpac raises mortgage rates", "" },
		{ RATE, false, "Fed cuts interest rates", "" },
		{ BROKE, true, "Spirit Airlines files for bankruptcy", "" },
		{ BROKE, true, "Foobar Airways files for Chapter 11", "" },
		{ BROKE, false, "Cambridge Analytica files for Chapter 7", "" },
		{ RECALL, true, "Ford recalls about 40,000 minivans", "" },
		{ RECALL, false, "Ford recalls 4,000 minivans", "" },
		{ RECALL, true, "", "IBM issued a recall of 500,000 melting "
		    "notebook adapters." },
	};

	(void)state;
	check_cases(ROWS(rows));
}

static void
ranks_states_levels(void **state)
{
	static const struct event_case rows[] = {
		{ STORE, true, "", "The DeepSeek V3 model, introduced last "
		    "year, has already surpassed ChatGPT in the American "
		    "AppStore." },
		{ STORE, false, "", "The DeepSeek R1 model became the most "
		    "popular AI model on HuggingFace." },
		{ STORE, false, "Google Gemini is the No. 1 app on Apple's "
		    "App Store", "" },
		{ STORE, false, "DeepSeek slips to No. 5 on App Store", "" },
		{ STORE, true, "DeepSeek hits No. 1 on the App Store", "" },
		{ HOLE, true, "Critical flaw found in Firefox", "" },
		{ HOLE, false, "Flaw found in Firefox", "" },
		{ HOLE, true, "Google patches zero-day flaw in Chrome", "" },
		{ HOLE, true, "Chrome zero-day under attack", "" },
		{ HOLE, false, "Critical flaw found in Windows", "" },
		{ "oil price above $100", true, "Brent tops $101 a barrel",
		    "" },
		{ "oil price above $100", true, "", "Oil prices rose to $104 "
		    "a barrel." },
		{ "oil price above $100", false, "Brent tops $95", "" },
		{ "oil price above $100", true, "Oil tops $100", "" },
		{ "oil price below $60", true, "Crude falls below $60", "" },
		{ "oil price below $60", false, "Crude rises above $55", "" },
		{ "bitcoin below $50,000", true, "Bitcoin falls below $48,000",
		    "" },
		{ "bitcoin below $50,000", false, "Bitcoin falls to $61,000",
		    "" },
		{ "inflation above 3%", true, "", "UK inflation rose to 3.4% "
		    "in May." },
		{ "inflation above 3%", false, "", "UK inflation rose to 2.4% "
		    "in May." },
	};

	(void)state;
	check_cases(ROWS(rows));
}

/* Mistakes an earlier sketch made (rule-semantics, section 9). */
static void
traps(void **state)
{
	static const struct event_case rows[] = {
		{ CHIP, false, "Nvidia fell for a fifth straight day", "" },
		{ TECH, false, "Berger Paints shares zoom 12%", "" },
		{ CHIP, false, "", "Analysts lowered their price target for "
		    "Intel to $24 from $30." },
		{ JOBS, false, "", "Berkshire cut its stake in Apple to "
		    "437,425 shares." },
		{ JOBS, false, "", "The earthquake left more than 1,300 people "
		    "dead and cut power." },
		{ OIL, false, "Imperial Oil +2.2%", "" },
		{ INDEX, false, "Dow Falls Triple-Digits On Visa's Plunge",
		    "" },
		{ TECH, false, "", "Nvidia's iPhone production triples." },
		{ "any stock down", false, "Air India crash kills 260", "" },
		{ "any stock down", false, "Boeing plane crash in India kills "
		    "260", "" },
		{ "any stock down", false, "", "Investigators of the deadly "
		    "Tesla crash said the crash killed two." },
		{ "any stock down", true, "Boeing shares crash after report",
		    "" },
		{ "any stock down", true, "Tesla crashes 12%", "" },
		{ CHIP, false, "Potato chip stocks run low as sales fall 8%",
		    "" },
		{ CHIP, false, "Micron County population falls 12%", "" },
		{ RATE, false, "", "US GNP rose at an annual rate of 3 "
		    "percent." },
	};

	(void)state;
	check_cases(ROWS(rows));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_by_a_subject),
		cmocka_unit_test(changes_elsewhere),
		cmocka_unit_test(acts),
		cmocka_unit_test(ranks_states_levels),
		cmocka_unit_test(traps),
	};

	return cmocka_run_group_tests(tests, load_shipped, free_shipped);
}
