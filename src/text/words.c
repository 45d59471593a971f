#include "text/words.h"

#include <stddef.h>

#include "text/currency.h"

struct entry {
	const char	*text;
	uint32_t	 class;
	double		 value;
};

#define FN	WORDS_FUNCTION
#define ST	WORDS_STARTER
#define UNIT(t, v)	{ t, WORDS_UNIT, v }
#define TENS(t, v)	{ t, WORDS_TENS, v }
#define SCALE(t, v)	{ t, WORDS_SCALE, v }
#define VAGUE(t, v)	{ t, WORDS_VAGUE, v }
#define SCALED(t, v)	{ t, WORDS_SCALE | WORDS_SUFFIX, v }
#define ORD(t)		{ t, WORDS_ORDINAL, 0 }
#define PART(t, v)	{ t, WORDS_PART | WORDS_ORDINAL, 100.0 / (v) }
#define PARTS(t, v)	{ t, WORDS_PARTS, 100.0 / (v) }
#define RATIO(t, v)	{ t, WORDS_RATIO, v }
#define FOLD(t, v)	{ t, WORDS_FOLD, v }
#define ABBR(t)		{ t, WORDS_ABBREV, 0 }
#define FIRM(t)		{ t, WORDS_ABBREV | WORDS_COMPANY, 0 }
#define MON(t)		{ t, WORDS_MONTH, 0 }
#define MONAB(t)	{ t, WORDS_MONTH | WORDS_ABBREV, 0 }
#define CASH(t, c)	{ t, WORDS_MONEY, CURRENCY_##c }
#define FROM(t, c)	{ t, WORDS_NATION, CURRENCY_##c }
#define CENT(t, c)	{ t, WORDS_CENT, CURRENCY_##c }
#define TIME(t)		{ t, WORDS_TIME, 0 }
#define START(t)	{ t, ST | FN, 0 }
#define FUNC(t)		{ t, FN, 0 }
#define LABEL(t)	{ t, WORDS_LABEL, 0 }
#define CLITIC(t)	{ t, WORDS_CLITIC | FN, 0 }

static const struct entry words[] = {
	[WORDS_NONE] = { "", 0, 0 },
	[W_A] = { "a", ST | FN | WORDS_BOUND, 1 }, [W_AN] = { "an", ST | FN | WORDS_BOUND, 1 },
	[W_ABOUT] = { "about", WORDS_HEDGE | FN, 0 },
	[W_ABOVE] = { "above", FN | WORDS_BOUND, 0 }, [W_AGAINST] = { "against", FN, 0 },
	[W_ALMOST] = { "almost", FN | WORDS_BOUND, 0 }, [W_AND] = { "and", ST | FN, 0 },
	[W_ANOTHER] = { "another", ST | FN, 0 }, [W_AS] = { "as", ST | FN | WORDS_BOUND, 0 },
	[W_AT] = { "at", ST | FN | WORDS_BOUND, 0 }, [W_BASIS] = { "basis", 0, 0 },
	[W_BELOW] = { "below", FN | WORDS_BOUND, 0 }, [W_BETWEEN] = { "between", FN | WORDS_BOUND, 0 },
	[W_BY] = { "by", ST | FN, 0 }, [W_CAN] = { "can", FN, 0 },
	[W_CENT] = { "cent", WORDS_CENT, CURRENCY_NONE },
	[W_CLOSE] = { "close", WORDS_BOUND, 0 }, [W_DIGIT] = { "digit", 0, 0 },
	[W_DIGITS] = { "digits", 0, 0 }, [W_EXACTLY] = { "exactly", FN | WORDS_BOUND, 0 },
	[W_EXCEEDING] = { "exceeding", FN | WORDS_BOUND, 0 }, [W_FEWER] = { "fewer", FN | WORDS_BOUND, 0 },
	[W_FOLD] = { "fold", 0, 0 }, [W_FOR] = { "for", ST | FN, 0 },
	[W_FROM] = { "from", FN, 0 }, [W_GREATER] = { "greater", WORDS_BOUND, 0 },
	[W_HALF] = { "half", WORDS_PART, 50 }, [W_HIGH] = { "high", 0, 0 },
	[W_HIGHER] = { "higher", FN | WORDS_BOUND, 0 }, [W_IN] = { "in", ST | FN | WORDS_BOUND, 0 },
	[W_LEAST] = { "least", FN, 0 }, [W_LESS] = { "less", FN | WORDS_BOUND, 0 },
	[W_LITTLE] = { "little", 0, 0 }, [W_LOW] = { "low", 0, 0 },
	[W_LOWER] = { "lower", FN | WORDS_BOUND, 0 }, [W_MANY] = { "many", ST | FN, 0 },
	[W_MAXIMUM] = { "maximum", WORDS_BOUND, 0 }, [W_MINIMUM] = { "minimum", WORDS_BOUND, 0 },
	[W_MORE] = { "more", ST | FN | WORDS_BOUND, 0 }, [W_MOST] = { "most", ST | FN, 0 },
	[W_MUCH] = { "much", FN, 0 }, [W_NEAR] = { "near", FN | WORDS_BOUND, 0 },
	[W_NEARLY] = { "nearly", FN | WORDS_BOUND, 0 },
	[W_NO] = { "no", WORDS_LABEL | WORDS_ABBREV | FN | WORDS_BOUND, 0 },
	[W_NOT] = { "not", ST | FN | WORDS_BOUND, 0 }, [W_NT] = { "n't", WORDS_CLITIC | FN, 0 },
	[W_OF] = { "of", FN, 0 }, [W_ON] = { "on", ST | FN, 0 },
	[W_OR] = { "or", FN, 0 }, [W_OVER] = { "over", FN | WORDS_BOUND, 0 },
	[W_PER] = { "per", FN, 0 }, [W_POINT] = { "point", WORDS_POINT, 0 },
	[W_POINTS] = { "points", WORDS_POINT, 0 },
	[W_QUARTER] = { "quarter", WORDS_PART | WORDS_TIME, 25 },
	[W_SHALL] = { "shall", FN, 0 }, [W_SMALLER] = { "smaller", WORDS_BOUND, 0 },
	[W_SOME] = { "some", WORDS_HEDGE | ST | FN, 0 },
	[W_THAN] = { "than", FN, 0 }, [W_THE] = { "the", ST | FN, 0 },
	[W_TO] = { "to", FN, 0 }, [W_UNDER] = { "under", ST | FN | WORDS_BOUND, 0 },
	[W_UP] = { "up", FN | WORDS_BOUND, 0 },
	[W_US] = { "us", WORDS_NATION, CURRENCY_USD },
	[W_VERSUS] = { "versus", FN, 0 },
	[W_VS] = { "vs", WORDS_ABBREV | FN, 0 }, [W_WILL] = { "will", FN, 0 },
	[W_WITH] = { "with", ST | FN, 0 }, [W_S] = { "'s", WORDS_CLITIC | FN, 0 },
	[W_M] = { "m", WORDS_SCALE | WORDS_SUFFIX, 1e6 },
	[W_HUNDRED] = { "hundred", WORDS_HUNDRED, 100 },
	[W_SECOND] = { "second", WORDS_ORDINAL | WORDS_TIME, 0 },
	[W_JUST] = { "just", ST | FN | WORDS_BOUND, 0 }, [W_RANGE] = { "range", 0, 0 },
	[W_BEYOND] = { "beyond", FN | WORDS_BOUND, 0 },
	[W_PAST] = { "past", FN | WORDS_BOUND, 0 }, [W_LARGER] = { "larger", WORDS_BOUND, 0 },
	[W_WELL] = { "well", FN | WORDS_BOUND, 0 }, [W_TOP] = { "top", 0, 0 },
	[W_PERCENTAGE] = { "percentage", 0, 0 }, [W_V] = { "v", WORDS_ABBREV | FN, 0 },
	[W_EXCESS] = { "excess", 0, 0 }, [W_ITS] = { "its", ST | FN, 0 },
	[W_THEIR] = { "their", ST | FN, 0 }, [W_HIS] = { "his", ST | FN, 0 },
	[W_HER] = { "her", ST | FN, 0 }, [W_DAY] = { "day", WORDS_TIME, 0 },
	[W_MAY] = { "may", WORDS_MONTH, 0 }, [W_MARCH] = { "march", WORDS_MONTH, 0 },
	[W_THIRD] = { "third", WORDS_PART | WORDS_ORDINAL, 100.0 / 3 },
	[W_THREE] = UNIT("three", 3),
	[W_DOUBLE] = { "double", WORDS_RATIO | WORDS_DIGITS, 100 },
	[W_TWO] = UNIT("two", 2), [W_K] = SCALED("k", 1e3),
	[W_B] = SCALED("b", 1e9), [W_P] = { "p", WORDS_CENT | WORDS_SUFFIX, CURRENCY_GBP },
	[W_C] = { "c", WORDS_CENT | WORDS_SUFFIX, CURRENCY_NONE },
	[W_T] = SCALED("t", 1e12),
	[W_X] = { "x", WORDS_TIMES | WORDS_SUFFIX, 0 },
	[W_D] = { "d", 0, 0 }, [W_STRONG] = { "strong", 0, 0 },
	[W_ODD] = { "odd", 0, 0 }, [W_PLUS] = { "plus", FN, 0 },
	[W_EARLIER] = { "earlier", ST | FN, 0 }, [W_COMPARED] = { "compared", FN, 0 },
	[W_AROUND] = { "around", WORDS_HEDGE | FN, 0 }, [W_SHORT] = { "short", WORDS_BOUND, 0 },
	[W_WAS] = { "was", FN, 0 }, [W_IS] = { "is", FN, 0 },
	[W_NUMBER] = LABEL("number"), [W_NOS] = { "nos", WORDS_LABEL | WORDS_ABBREV, 0 },
	[W_EACH] = { "each", ST | FN, 0 },
	[W_NEARING] = { "nearing", FN | WORDS_BOUND, 0 }, [W_TOPPING] = { "topping", FN | WORDS_BOUND, 0 },
	[W_UPWARDS] = { "upwards", FN | WORDS_BOUND, 0 },
	[W_SURPASSING] = { "surpassing", FN | WORDS_BOUND, 0 },
	[W_SLIGHTLY] = { "slightly", FN | WORDS_BOUND, 0 }, [W_NORTH] = { "north", WORDS_BOUND, 0 },
	[W_SHY] = { "shy", 0, 0 }, [W_FEW] = { "few", FN, 0 },
	[W_SO] = { "so", ST | FN, 0 }, [W_WON] = { "won", WORDS_MONEY, CURRENCY_KRW },
	[W_DOWN] = { "down", FN, 0 }, [W_ESTIMATED] = { "estimated", WORDS_HEDGE, 0 },
	[W_RANGING] = { "ranging", FN, 0 }, [W_THAT] = { "that", ST | FN, 0 },
	[W_ONE] = UNIT("one", 1), [W_MINUS] = { "minus", FN, 0 },
	[W_TRIPLE] = { "triple", WORDS_RATIO | WORDS_DIGITS, 200 },
	[W_SINGLE] = { "single", WORDS_DIGITS, 0 },
	[W_RANGED] = { "ranged", 0, 0 }, [W_RANGES] = { "ranges", 0, 0 },
	[W_PC] = { "pc", WORDS_PERCENT | WORDS_SUFFIX, 0 },
	[W_AM] = { "am", WORDS_CLOCK, 0 }, [W_PM] = { "pm", WORDS_CLOCK, 0 },
	[W_PP] = { "pp", WORDS_SUFFIX, 0 }, [W_PPT] = { "ppt", WORDS_SUFFIX, 0 },
	[W_PPTS] = { "ppts", WORDS_SUFFIX, 0 },
	[W_SEVERAL] = { "several", 0, 0 },
	[W_COUPLE] = { "couple", 0, 0 }, [W_OUT] = { "out", FN, 0 },
	[W_FULL] = { "full", 0, 0 },
	[W_FIGURE] = { "figure", 0, 0 }, [W_FIGURES] = { "figures", 0, 0 },
	[WORDS_NAMED] =
	UNIT("zero", 0), UNIT("four", 4), UNIT("five", 5),
	UNIT("six", 6), UNIT("seven", 7), UNIT("eight", 8), UNIT("nine", 9),
	UNIT("ten", 10), UNIT("eleven", 11), UNIT("twelve", 12),
	UNIT("thirteen", 13), UNIT("fourteen", 14), UNIT("fifteen", 15),
	UNIT("sixteen", 16), UNIT("seventeen", 17), UNIT("eighteen", 18),
	UNIT("nineteen", 19),
	TENS("twenty", 20), TENS("thirty", 30), TENS("forty", 40),
	TENS("fifty", 50), TENS("sixty", 60), TENS("seventy", 70),
	TENS("eighty", 80), TENS("ninety", 90),
	SCALE("thousand", 1e3), SCALE("million", 1e6), SCALE("billion", 1e9),
	SCALE("trillion", 1e12), SCALE("lakh", 1e5), SCALE("crore", 1e7),
	SCALE("lakhs", 1e5), SCALE("crores", 1e7), SCALE("lac", 1e5),
	VAGUE("tens", 10), VAGUE("dozens", 12), VAGUE("hundreds", 100),
	VAGUE("thousands", 1e3), VAGUE("millions", 1e6), VAGUE("billions", 1e9),
	VAGUE("trillions", 1e12), SCALE("dozen", 12),
	SCALED("mn", 1e6), SCALED("mln", 1e6), SCALED("mil", 1e6),
	SCALED("mm", 1e6), SCALED("bn", 1e9), SCALED("bln", 1e9),
	SCALED("bil", 1e9), SCALED("tn", 1e12), SCALED("trn", 1e12),
	SCALED("tln", 1e12), SCALED("cr", 1e7),
	{ "percent", WORDS_PERCENT | WORDS_SUFFIX, 0 },
	{ "pct", WORDS_PERCENT | WORDS_SUFFIX, 0 },
	{ "pts", WORDS_POINT | WORDS_SUFFIX, 0 }, { "pt", WORDS_POINT | WORDS_SUFFIX, 0 },
	{ "bps", WORDS_BASIS | WORDS_SUFFIX, 0 }, { "bp", WORDS_BASIS | WORDS_SUFFIX, 0 },
	{ "times", WORDS_TIMES, 0 }, { "percents", WORDS_PERCENT, 0 },
	PART("fourth", 4), PART("fifth", 5), PART("sixth", 6), PART("seventh", 7),
	PART("eighth", 8), PART("ninth", 9), PART("tenth", 10),
	PART("twelfth", 12), PART("twentieth", 20), PART("hundredth", 100),
	PARTS("thirds", 3), PARTS("quarters", 4),
	PARTS("fourths", 4), PARTS("fifths", 5), PARTS("sixths", 6),
	PARTS("sevenths", 7), PARTS("eighths", 8), PARTS("ninths", 9),
	PARTS("tenths", 10),
	ORD("first"), ORD("eleventh"), ORD("thirteenth"), ORD("fourteenth"),
	ORD("fifteenth"), { "last", WORDS_ORDINAL | ST | FN, 0 }, ORD("next"), ORD("previous"),
	RATIO("halve", -50), RATIO("halves", -50), RATIO("halved", -50),
	RATIO("halving", -50), RATIO("doubles", 100), RATIO("doubled", 100),
	RATIO("doubling", 100), RATIO("trebled", 200), RATIO("treble", 200),
	RATIO("trebles", 200), RATIO("trebling", 200), RATIO("tripled", 200),
	RATIO("triples", 200), RATIO("tripling", 200), RATIO("quadruple", 300),
	RATIO("quadrupled", 300), RATIO("quadruples", 300),
	RATIO("quadrupling", 300), RATIO("quintuple", 400),
	RATIO("quintupled", 400), RATIO("quintuples", 400),
		FOLD("twofold", 2), FOLD("threefold", 3), FOLD("fourfold", 4),
	FOLD("fivefold", 5), FOLD("sixfold", 6), FOLD("sevenfold", 7),
	FOLD("eightfold", 8), FOLD("ninefold", 9), FOLD("tenfold", 10),
	{ "twice", WORDS_MULTIPLE, 2 }, { "thrice", WORDS_MULTIPLE, 3 },
	FIRM("inc"), FIRM("corp"), FIRM("co"), FIRM("ltd"), FIRM("llc"),
	FIRM("plc"), FIRM("cos"), FIRM("bros"), FIRM("intl"), FIRM("jr"),
	FIRM("sr"), FIRM("etc"), FIRM("al"), FIRM("assn"), FIRM("ag"),
	FIRM("sa"), FIRM("nv"), FIRM("spa"), FIRM("pty"), FIRM("ave"),
	FIRM("blvd"), FIRM("rd"), FIRM("approx"), FIRM("dept"),
	ABBR("wm"), ABBR("geo"), ABBR("chas"), ABBR("thos"), ABBR("mr"), ABBR("mrs"), ABBR("ms"), ABBR("dr"), ABBR("prof"),
	ABBR("sen"), ABBR("rep"), ABBR("gov"), ABBR("gen"), ABBR("lt"),
	ABBR("col"), ABBR("sgt"), ABBR("capt"), ABBR("rev"), ABBR("hon"),
	ABBR("st"), FIRM("mt"), FIRM("ft"), ABBR("cf"), ABBR("ca"),
	ABBR("maj"), ABBR("cmdr"), ABBR("supt"), ABBR("adm"), ABBR("pres"),
	{ "rs", WORDS_MONEY | WORDS_ABBREV, CURRENCY_INR },
	{ "dlrs", WORDS_MONEY, CURRENCY_USD }, { "dlr", WORDS_MONEY, CURRENCY_USD },
	{ "fig", WORDS_LABEL | WORDS_ABBREV | WORDS_COMPANY, 0 }, { "vol", WORDS_LABEL | WORDS_ABBREV | WORDS_COMPANY, 0 },
	{ "art", WORDS_ABBREV | WORDS_COMPANY, 0 }, { "sec", WORDS_ABBREV | WORDS_COMPANY, 0 },
	LABEL("section"), LABEL("chapter"), LABEL("article"), LABEL("page"),
	LABEL("phase"), LABEL("version"), LABEL("room"), LABEL("flight"),
	LABEL("route"), LABEL("channel"), LABEL("category"), LABEL("grade"),
	LABEL("title"), LABEL("appendix"), LABEL("exhibit"), LABEL("rule"),
	LABEL("schedule"), LABEL("tel"), LABEL("telephone"), LABEL("phone"),
	LABEL("fax"), LABEL("isin"), LABEL("highway"),
	LABEL("interstate"), LABEL("episode"), LABEL("season"), LABEL("form"),
	LABEL("gate"), LABEL("terminal"), LABEL("lot"),
	LABEL("tier"), LABEL("type"), LABEL("class"),
	LABEL("model"), LABEL("stage"), LABEL("apartment"),
	MON("january"), MON("february"), MON("april"), MON("june"), MON("july"),
	MON("august"), MON("september"), MON("october"), MON("november"),
	MON("december"), MONAB("jan"), MONAB("feb"), MONAB("mar"), MONAB("apr"),
	MONAB("jun"), MONAB("jul"), MONAB("aug"), MONAB("sep"), MONAB("sept"),
	MONAB("oct"), MONAB("nov"), MONAB("dec"),
	{ "a.m", WORDS_CLOCK, 0 },
	{ "p.m", WORDS_CLOCK, 0 }, { "gmt", WORDS_CLOCK, 0 }, { "est", WORDS_CLOCK, 0 },
	{ "edt", WORDS_CLOCK, 0 }, { "et", WORDS_CLOCK, 0 }, { "ist", WORDS_CLOCK, 0 },
	{ "utc", WORDS_CLOCK, 0 }, { "hrs", WORDS_CLOCK, 0 }, { "o'clock", WORDS_CLOCK, 0 },
	{ "roughly", WORDS_HEDGE | FN, 0 }, { "approximately", WORDS_HEDGE | FN, 0 },
	{ "circa", WORDS_HEDGE | FN, 0 }, 
	{ "barely", FN, 0 },
	TIME("days"), { "week", WORDS_TIME | WORDS_LABEL, 0 }, TIME("weeks"), TIME("month"), TIME("months"),
	TIME("year"), TIME("years"), TIME("hour"), TIME("hours"), TIME("minute"),
	TIME("minutes"), TIME("seconds"), TIME("session"), TIME("sessions"),
	TIME("decade"), TIME("decades"), TIME("century"), TIME("fiscal"),
	TIME("yr"), TIME("yrs"), TIME("mths"), TIME("mos"), TIME("night"),
	TIME("nights"), TIME("morning"), TIME("weekend"),
	CASH("dollar", USD), CASH("dollars", USD), CASH("usd", USD),
	CASH("buck", USD), CASH("bucks", USD), CASH("euro", EUR),
	CASH("euros", EUR), CASH("eur", EUR), CASH("pound", GBP),
	CASH("pounds", GBP), CASH("gbp", GBP), CASH("sterling", GBP),
	CASH("stg", GBP), CASH("yen", JPY), CASH("jpy", JPY), CASH("yuan", CNY),
	CASH("renminbi", CNY), CASH("rmb", CNY), CASH("cny", CNY),
	CASH("rupee", INR), CASH("rupees", INR), CASH("inr", INR),
	CASH("cad", CAD), CASH("aud", AUD), CASH("nzd", NZD), CASH("hkd", HKD),
	CASH("sgd", SGD), CASH("krw", KRW), CASH("twd", TWD),
	CASH("franc", CHF), CASH("francs", CHF), CASH("chf", CHF),
	CASH("sfr", CHF), CASH("krona", SEK), CASH("kronor", SEK),
	{ "rp", WORDS_MONEY | WORDS_ABBREV, CURRENCY_IDR },
	CASH("sek", SEK), CASH("nok", NOK), CASH("dkk", DKK),
	CASH("krone", NOK), CASH("kroner", NOK), CASH("crowns", SEK),
	CASH("ruble", RUB), CASH("rubles", RUB), CASH("rouble", RUB),
	CASH("roubles", RUB), CASH("rub", RUB),
	CASH("reais", BRL), CASH("brl", BRL), CASH("peso", MXN),
	CASH("pesos", MXN), CASH("mxn", MXN), CASH("rand", ZAR),
	CASH("zar", ZAR), CASH("lira", TRY), CASH("liras", TRY),
	CASH("lire", ITL), CASH("shekel", ILS), CASH("shekels", ILS),
	CASH("naira", NGN), CASH("zloty", PLN), CASH("zlotys", PLN),
	CASH("baht", THB), CASH("dong", VND), CASH("rupiah", IDR),
	CASH("ringgit", MYR), CASH("riyal", SAR), CASH("riyals", SAR),
	CASH("dirham", AED), CASH("dirhams", AED), CASH("hryvnia", UAH),
	CASH("marks", DEM), CASH("guilders", NLG),
	CASH("guilder", NLG), CASH("pesetas", ESP), CASH("bitcoins", BTC),
	CASH("btc", BTC), CASH("forint", HUF), CASH("koruna", CZK),
	CASH("tenge", KZT), CASH("nt", TWD), CASH("pkr", PKR),
	CENT("cents", NONE), CENT("pence", GBP), CENT("penny", GBP),
	CENT("pfennigs", DEM), CENT("paise", INR), CENT("cts", NONE),
	FROM("canadian", CAD), FROM("australian", AUD), FROM("hong", NONE),
	FROM("kong", HKD), FROM("singapore", SGD), FROM("zealand", NZD),
	FROM("taiwan", TWD), FROM("swiss", CHF), FROM("french", FRF),
	FROM("belgian", OTHER), FROM("turkish", TRY), FROM("mexican", MXN),
	FROM("argentine", ARS), FROM("chilean", CLP), FROM("colombian", COP),
	FROM("philippine", PHP), FROM("danish", DKK), FROM("norwegian", NOK),
	FROM("swedish", SEK), FROM("egyptian", EGP), FROM("pakistani", PKR),
	FROM("u.s", USD), FROM("hk", HKD), FROM("nz", NZD), FROM("mex", MXN),
	FROM("cdn", CAD), FROM("czech", CZK), FROM("indian", INR),
	START("he"), START("she"), START("it"), START("they"), START("we"),
	START("i"), START("you"), START("this"), START("these"),
	START("those"), START("but"), START("however"), START("if"),
	START("when"), START("while"), START("after"), START("before"),
	START("since"), START("although"), START("though"), START("because"),
	START("there"), START("here"), START("what"), START("who"),
	START("why"), START("how"), START("which"), START("yet"),
	START("meanwhile"), START("analysts"), START("shares"),
	START("our"), START("my"), START("your"),
	START("also"), START("both"), START("all"), START("such"),
	START("despite"), START("according"), START("during"),
	START("other"), START("only"), START("now"),
	FUNC("are"), FUNC("were"), FUNC("be"), FUNC("been"), FUNC("being"),
	FUNC("has"), FUNC("have"), FUNC("had"), FUNC("do"), FUNC("does"),
	FUNC("did"), FUNC("would"), FUNC("could"), FUNC("should"),
	FUNC("might"), FUNC("must"), FUNC("said"), FUNC("says"), FUNC("into"),
	FUNC("onto"), FUNC("off"), FUNC("until"),
	FUNC("till"), FUNC("through"), FUNC("within"), FUNC("without"),
	FUNC("among"), FUNC("amid"), FUNC("across"), FUNC("where"),
	FUNC("whose"), FUNC("whom"), FUNC("them"), FUNC("him"), FUNC("then"),
	FUNC("too"), FUNC("very"), FUNC("nor"), FUNC("ago"),
	FUNC("later"), FUNC("today"), FUNC("yesterday"), FUNC("tomorrow"),
	FUNC("following"), FUNC("including"), FUNC("worldwide"),
	CLITIC("'ll"), CLITIC("'ve"), CLITIC("'re"), CLITIC("'d"), CLITIC("'m"),
};

uint32_t
words_count(void)
{
	return sizeof(words) / sizeof(words[0]) - 1;
}

const char *
words_text(uint32_t id)
{
	return id <= words_count() ? words[id].text : "";
}

uint32_t
words_class(uint32_t id)
{
	return id <= words_count() ? words[id].class : 0;
}

double
words_value(uint32_t id)
{
	return id <= words_count() ? words[id].value : 0;
}
