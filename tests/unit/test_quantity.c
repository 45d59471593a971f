/* text: amounts as typed intervals; each row is a text and what is read. */
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
#include "text/quantity.h"

/*
 * How a row writes an amount: kind (% percent, R ratio, pp, bp, pt points,
 * x times, $ money with its code, # count, D digits), interval (5, >5, >=5, <5,
 * <=5, 5..6, 9.5..<10, >0..<10), then ~ approx, - or + sign, @ role, & joined,
 * * derived, {counted words}.
 */
static void
render(struct buf *b, const struct text *x, const struct quantity *q)
{
	static const char *const kinds[] = { "%", "R", "pp", "bp", "pt", "x",
	    "$", "#", "D" };
	static const char *const roles[] = { "", "@by", "@from", "@to", "@lvl" };

	if (b->len > 0)
		buf_adds(b, "; ");
	buf_printf(b, "%s%s", kinds[q->kind], q->currency);
	if (isinf(q->hi) && isinf(q->lo))
		buf_adds(b, "any");
	else if (isinf(q->hi))
		buf_printf(b, "%s%.14g", q->lo_strict ? ">" : ">=", q->lo);
	else if (isinf(q->lo))
		buf_printf(b, "%s%.10g", q->hi_strict ? "<" : "<=", q->hi);
	else if (q->lo == q->hi)
		buf_printf(b, q->lo == floor(q->lo) ? "%.0f" : "%.6g", q->lo);
	else
		buf_printf(b, "%s%.14g..%s%.14g", q->lo_strict ? ">" : "",
		    q->lo, q->hi_strict ? "<" : "", q->hi);
	buf_printf(b, "%s%s%s%s%s", q->approx ? "~" : "",
	    q->sign < 0 ? "-" : q->sign > 0 ? "+" : "", roles[q->role],
	    q->joined ? "&" : "", q->derived ? "*" : "");
	if (q->unit < q->unit_end) {
		size_t from = x->tokens[q->unit].start;
		size_t to = x->tokens[q->unit_end - 1].end;

		buf_printf(b, "{%.*s}", (int)(to - from),
		    x->fields[x->tokens[q->unit].field].bytes + from);
	}
}

struct row {
	const char	*in, *out;
};

static const struct row rows[] = {
	/* percent, as feeds write it */
	{ "fell 12%", "%12" },
	{ "fell 12 %", "%12" },
	{ "fell 12 percent", "%12" },
	{ "fell 12 per cent", "%12" },
	{ "8.69 pct lower", "%8.69" },
	{ "fell 12pct", "%12" },
	{ "fell 8,3%", "%8.3" },
	{ "up 1,200%", "%1200" },
	{ "down -8.32%", "%8.32-" },
	{ "(+1.4%)", "%1.4+" },
	{ "fell \342\210\2228.32%", "%8.32-" },
	{ "fell five percent", "%5" },
	{ "fell twenty-five percent", "%25" },
	{ "fell twenty five per cent", "%25" },
	{ "rose 5-3/4 pct", "%5.75" },
	{ "rose 5 3/4 percent", "%5.75" },
	{ "rose 5\302\275 percent", "%5.5" },
	{ "a 12-percent drop", "%12" },
	{ "a 27 percent jump", "%27" },
	{ "50 pct-owned", "%50&" },
	{ "a 5%-owned unit", "%5&" },
	{ "up 0.5 percentage points", "pp0.5" },
	{ "up 2 percentage point", "pp2" },
	{ "up 2 pct points", "pp2" },
	{ "half a percentage point", "pp0.5" },
	{ "a quarter of a percentage point", "pp0.25" },
	{ "a quarter-point cut", "pp0.25" },
	{ "a half-point hike", "pp0.5" },
	{ "three-quarters of a percentage point", "pp0.75" },
	{ "half a percent", "%0.5" },
	{ "25 basis points", "bp25" },
	{ "a 25 bps hike", "bp25" },
	{ "fell 0.3pp", "pp0.3" },
	{ "rose 3.2 ppts", "pp3.2" },
	{ "minus 5 percent", "%5-" },
	{ "10-plus percent", "%>=10" },
	{ "5+% yields", "%>=5" },
	{ "a 25-basis-point cut", "bp25" },
	{ "fell 518 points", "pt518" },
	{ "the 500-point drop", "pt500" },
	{ "off 12.5 pts", "pt12.5" },
	/* bounds */
	{ "more than 5%", "%>5" },
	{ "over 4%", "%>4" },
	{ "at least four", "#>=4" },
	{ "at least 4 percent", "%>=4" },
	{ "no less than 4%", "%>=4" },
	{ "less than 5%", "%<5" },
	{ "under 5%", "%<5" },
	{ "under $50", "$USD<50@lvl" },
	{ "near $95", "$USD90.25..100~@lvl" },
	{ "fewer than 20 people", "#<20{people}" },
	{ "no more than 5%", "%<=5" },
	{ "at most 5%", "%<=5" },
	{ "as much as 10%", "%10~" },
	{ "up to 10%", "%10~" },
	{ "as many as 300 staff", "#300~{staff}" },
	{ "nearly 10%", "%9.5..<10~" },
	{ "almost 10%", "%9.5..<10~" },
	{ "just under 10%", "%9.5..<10~" },
	{ "just short of 10%", "%9.5..<10~" },
	{ "about 10%", "%10~" },
	{ "around 10 percent", "%10~" },
	{ "roughly 10%", "%10~" },
	{ "some 300 workers", "#300~{workers}" },
	{ "an estimated 300 workers", "#300~{workers}" },
	{ "~5%", "%5~" },
	{ "well over 5%", "%>5" },
	{ "just over 5%", "%>5" },
	{ "slightly more than 5%", "%>5" },
	{ "in excess of 5%", "%>5" },
	{ "upwards of $5 million", "$USD>5000000" },
	{ "5% or more", "%>=5" },
	{ "5% or so", "%5~" },
	{ "16,000+ chips", "#>=16000{chips}" },
	{ "a 50-plus crowd", "#>=50{crowd}" },
	{ "20-odd people", "#20~{people}" },
	{ ">5%", "%>5" },
	{ ">= 5%", "%>=5" },
	{ "<5%", "%<5" },
	{ "above $100", "$USD>100@lvl" },
	{ "below 50,000", "#<50000@lvl" },
	{ "exactly 5%", "%5" },
	/* ranges */
	{ "5-6%", "%5..6" },
	{ "5\342\200\2236%", "%5..6" },
	{ "5% - 6%", "%5..6" },
	{ "5%-6%", "%5..6" },
	{ "10% to 15%", "%10..15" },
	{ "10 to 15 percent", "%10..15" },
	{ "five to six percent", "%5..6" },
	{ "5 or 6 percent", "%5..6" },
	{ "between 5% and 10%", "%5..10" },
	{ "between 5 and 10 percent", "%5..10" },
	{ "between $5 and $6 billion", "$USD5000000000..6000000000" },
	{ "$5-6 billion", "$USD5000000000..6000000000" },
	{ "$5-$6", "$USD5..6" },
	{ "$5 million to $6 million", "$USD5000000..6000000" },
	{ "1,000 to 1,500 jobs", "#1000..1500{jobs}" },
	{ "ranging from 5% to 20%", "%5..20@from" },
	/* digits */
	{ "double-digit gains", "D>=10" },
	{ "double digits", "D>=10" },
	{ "single-digit percentage losses", "%>0..<10" },
	{ "triple-digit rise", "D>=100" },
	{ "a double-digit percentage rise", "%>=10" },
	{ "double-figure growth", "D>=10" },
	{ "will double profits", "R100+" },
	{ "40-50 billion", "#40000000000..50000000000" },
	{ "$6.27 vs. $6.41 Est", "$USD6.27@to; $USD6.41@from; %2.18409-*" },
	{ "5 PC makers", "#5{PC makers}" },
	{ "up 5 pc", "%5" },
	{ "1400 GMT", "" },
	{ "mid-single-digit growth", "D>0..<10" },
	/* money */
	{ "$600 billion", "$USD600000000000" },
	{ "US$5bn", "$USD5000000000" },
	{ "C$1.2m", "$CAD1200000" },
	{ "A$5 million", "$AUD5000000" },
	{ "HK$12", "$HKD12" },
	{ "\342\202\2543.5 million", "$EUR3500000" },
	{ "\302\24340m", "$GBP40000000" },
	{ "EUR 5 million", "$EUR5000000" },
	{ "Rs 500 crore", "$INR5000000000" },
	{ "Rs. 500 crore", "$INR5000000000" },
	{ "Rs500 crore", "$INR5000000000" },
	{ "\342\202\2715 lakh", "$INR500000" },
	{ "5 million dollars", "$USD5000000" },
	{ "500 billion lire", "$ITL500000000000" },
	{ "5 million Canadian dollars", "$CAD5000000" },
	{ "20 Hong Kong dollars", "$HKD20" },
	{ "10 mln dlrs", "$USD10000000" },
	{ "17 cents", "$0.17" },
	{ "20 pence", "$GBP0.2" },
	{ "20p", "$GBP0.2" },
	{ "half a billion dollars", "$USD500000000" },
	{ "a million dollars", "$USD1000000" },
	{ "-$1.20", "$USD1.2-" },
	{ "more than $1 trillion", "$USD>1000000000000" },
	{ "a $5-million loan", "$USD5000000" },
	{ "$1.5B", "$USD1500000000" },
	{ "$5 m", "$USD5000000" },
	{ "two and a half million euros", "$EUR2500000" },
	{ "50,000 won", "$KRW50000" },
	{ "three won medals", "#3{won medals}" },
	/* counts */
	{ "cut 3,000 European jobs", "#3000{European jobs}" },
	{ "three thousand jobs", "#3000{jobs}" },
	{ "a hundred jobs", "#100{jobs}" },
	{ "one hundred and five jobs", "#105{jobs}" },
	{ "two dozen staff", "#24{staff}" },
	{ "1.2 million vehicles", "#1200000{vehicles}" },
	{ "10m users", "#10000000{users}" },
	{ "cut 2000 jobs", "#2000{jobs}" },
	{ "more than 2000 jobs", "#>2000{jobs}" },
	{ "2000 specialized chips", "#2000{specialized chips}" },
	{ "a 12-month high", "#12&{month high}" },
	{ "NET PROFIT SOARS 27", "#27" },
	{ "30 to 40 jobs", "#30..40{jobs}" },
	{ "nineteen people", "#19{people}" },
	{ "six hundred thousand cars", "#600000{cars}" },
	{ "thousands of workers", "#>=2000~{workers}" },
	{ "tens of thousands of people", "#>=20000~{people}" },
	{ "hundreds of millions of dollars", "$USD>=200000000~" },
	{ "several hundred million dollars", "$USD>=200000000~" },
	{ "a few thousand jobs", "#>=2000~{jobs}" },
	{ "dozens of flights", "#>=24~{flights}" },
	{ "several people", "" },
	{ "tens of people", "" },
	/* ratios */
	{ "profit halved", "R50-" },
	{ "sales doubled", "R100+" },
	{ "sales more than doubled", "R>100+" },
	{ "sales nearly tripled", "R190..<200~+" },
	{ "to double from 5", "R100+@lvl; #5@from" },
	{ "tenfold", "R900+" },
	{ "a ten-fold rise", "R900+" },
	{ "rose 10-fold", "R900+" },
	{ "fell by a fifth", "R20@by" },
	{ "lost a third of its value", "R33.3333" },
	{ "at least a tenth", "R>=10" },
	{ "two-thirds of staff", "R66.6667" },
	{ "two thirds of staff", "R66.6667" },
	{ "more than half its staff", "R>50" },
	{ "fell by half", "R50@by" },
	{ "cut in half", "R50" },
	{ "a quarter of its value", "R25" },
	{ "by a quarter", "R25@by" },
	{ "three times", "x3" },
	{ "up 3x", "x3" },
	{ "twice the price", "x2" },
	{ "1/3 of its staff", "R33.3333" },
	{ "a third lower", "R33.3333" },
	/* pairs */
	{ "rose from $10 to $12", "$USD10@from; $USD12@to; %20+*" },
	{ "to $24 from $30", "$USD24@to; $USD30@from; %20-*" },
	{ "Net 14.7 mln vs 11.3 mln",
	    "#14700000@to; #11300000@from; %30.0885+*" },
	{ "rates from 5% to 6%", "%5@from; %6@to; pp1+*" },
	{ "from 10 to 15 percent", "%10@from; %15@to; pp5+*" },
	{ "from 1.2 to 1.5 million", "#1200000@from; #1500000@to; %25+*" },
	{ "rose 17 cents to 18.84", "$0.17; #18.84@lvl" },
	{ "fell to 5%, from 6% in May", "%5@to; %6@from; pp1-*" },
	{ "to $2.1 billion, compared with $1.8 billion a year earlier",
	    "$USD2100000000@to; $USD1800000000@from; %16.6667+*" },
	{ "of $5.2 billion, up from $4.8 billion",
	    "$USD5200000000@to; $USD4800000000@from; %8.33333+*" },
	{ "down 5%, from Apple", "%5" },
	{ "rose 50 cents a barrel to $19", "$0.5; $USD19@lvl" },
	{ "more than a dollar to over $48", "$USD>1; $USD>48@lvl" },
	{ "by a percentage point", "pp1@by" },
	{ "a full percentage point", "pp1" },
	{ "a dollar store", "" },
	{ "fell 3.2% to $56.12", "%3.2; $USD56.12@lvl" },
	{ "up 5% to $24 from $30",
	    "%5; $USD24@to; $USD30@from; %20-*" },
	{ "rose 0.2% to 5.1%", "%0.2; %5.1@lvl" },
	{ "to 11.3 million in May from 10 million",
	    "#11300000@to; #10000000@from; %13+*" },
	{ "ranged from 10.2 to 10.9 mln acres", "#10200000..10900000@from{acres}" },
	{ "to 44 billion francs from 26 billion",
	    "$CHF44000000000@to; $CHF26000000000@from; %69.2308+*" },
	{ "from 26 billion and rising to 10 billion",
	    "#26000000000@from; #10000000000@lvl" },
	{ "up to EUR 3.1 mn from EUR -24.5 mn", "$EUR3100000@to; $EUR24500000-@from" },
	{ "oil up to $80 from $78", "$USD80@to; $USD78@from; %2.5641+*" },
	/* not amounts */
	{ "fell for a fifth straight day", "" },
	{ "a third session", "" },
	{ "the third quarter", "" },
	{ "the fourth quarter", "" },
	{ "last quarter", "" },
	{ "a quarter earlier", "" },
	{ "in 2024", "" },
	{ "since 2019 sales", "" },
	{ "In 2024 revenues", "" },
	{ "Apple's 2024 earnings", "" },
	{ "between 2003 and 2007", "" },
	{ "No. 1", "" },
	{ "#1 in", "" },
	{ "Chapter 11", "" },
	{ "Section 230", "" },
	{ "on June 5", "" },
	{ "on Nov. 5", "" },
	{ "5 June", "" },
	{ "at 10:30", "" },
	{ "at 5 pm", "" },
	{ "24/7", "" },
	{ "9/11", "" },
	{ "12/25/2024", "" },
	{ "2024-05-01", "" },
	{ "won 2-1", "" },
	{ "call 1-800-555-1234", "" },
	{ "(555) 123-4567", "" },
	{ "COVID-19 and GPT-4", "" },
	{ "a double whammy", "" },
	{ "doubled down", "" },
	{ "the first half", "" },
	{ "a half-year", "" },
	{ "one of the", "" },
	{ "2nd place", "" },
	{ "the 1990s", "" },
	{ "version 1.2.3", "" },
	{ "an hour and a half-hearted try", "" },
	{ "more than ever", "" },
	{ "", "" },
	/* the forms of rule-semantics 2.1 and 5.5 that are not above */
	{ "fell by a quarter", "R25@by" },
	{ "fell by three quarters", "R75@by" },
	{ "fell two-thirds", "R66.6667" },
	{ "rose by half", "R50@by" },
	{ "half a million users", "#500000{users}" },
	{ "raised rates by 50 basis points", "bp50@by" },
	{ "raised rates by 25bp", "bp25@by" },
	{ "rose 75 bps", "bp75" },
	{ "up 0.25 percentage points", "pp0.25" },
	{ "rose 2.5 points to 45.2", "pt2.5; #45.2@lvl" },
	{ "lost 518 points", "pt518" },
	{ "1.2m cars", "#1200000{cars}" },
	{ "\342\202\2543bn", "$EUR3000000000" },
	{ "\302\2432.4bn deal", "$GBP2400000000" },
	{ "\342\202\2711,200 crore", "$INR12000000000" },
	{ "Rs 2 lakh crore", "$INR2000000000000" },
	{ "3 lakh cars", "#300000{cars}" },
	{ "1.5 crore users", "#15000000{users}" },
	{ "$1.2 trillion", "$USD1200000000000" },
	{ "$650m", "$USD650000000" },
	{ "US$40 million", "$USD40000000" },
	{ "C$2.1 billion", "$CAD2100000000" },
	{ "A$300m", "$AUD300000000" },
	{ "HK$5 billion", "$HKD5000000000" },
	{ "NZ$40m", "$NZD40000000" },
	{ "S$90m", "$SGD90000000" },
	{ "R$1.2 billion", "$BRL1200000000" },
	{ "CHF 300 million", "$CHF300000000" },
	{ "300 million Swiss francs", "$CHF300000000" },
	{ "SFr 20m", "$CHF20000000" },
	{ "DKK 4.5 billion", "$DKK4500000000" },
	{ "4.5 billion Danish crowns", "$DKK4500000000" },
	{ "2 trillion yen", "$JPY2000000000000" },
	{ "\302\245500 billion", "$JPY500000000000" },
	{ "500 billion won", "$KRW500000000000" },
	{ "1.2 billion yuan", "$CNY1200000000" },
	{ "RMB 300 million", "$CNY300000000" },
	{ "300 million renminbi", "$CNY300000000" },
	{ "Rp 2 trillion", "$IDR2000000000000" },
	{ "40 billion rupiah", "$IDR40000000000" },
	{ "300 million rand", "$ZAR300000000" },
	{ "2 billion roubles", "$RUB2000000000" },
	{ "25,000 euros", "$EUR25000" },
	{ "EUR 25,000", "$EUR25000" },
	{ "USD 4.5 million", "$USD4500000" },
	{ "4.5 million USD", "$USD4500000" },
	{ "50 cents", "$0.5" },
	{ "45p a share", "$GBP0.45" },
	{ "35 cts", "$0.35" },
	{ "3-for-1 stock split", "#3&" },
	{ "a 10-for-1 split", "#10&" },
	{ "one-for-ten reverse split", "#10{reverse split}" },
	{ "7 out of 10 drivers", "#7&; #10&{drivers}" },
	{ "one in five cars", "#5&{cars}" },
	{ "nine in ten shoppers", "#9&; #10&{shoppers}" },
	{ "1 in 4 workers", "#1&; #4&{workers}" },
	{ "dozens of jobs", "#>=24~{jobs}" },
	{ "hundreds of jobs", "#>=200~{jobs}" },
	{ "tens of thousands of cars", "#>=20000~{cars}" },
	{ "a dozen plants", "#12{plants}" },
	{ "two dozen stores", "#24{stores}" },
	{ "a few hundred jobs", "#>=200~{jobs}" },
	{ "several thousand workers", "#>=2000~{workers}" },
	{ "a couple of hundred jobs", "#>=200~{jobs}" },
	{ "double-digit growth", "D>=10" },
	{ "triple-digit gain", "D>=100" },
	{ "high single-digit growth", "D>0..<10" },
	{ "low double digits", "D>=10" },
	{ "mid-single-digit decline", "D>0..<10" },
	{ "a tenfold rise", "R900+" },
	{ "ten-fold", "R900+" },
	{ "doubled", "R100+" },
	{ "more than doubled", "R>100+" },
	{ "nearly tripled", "R190..<200~+" },
	{ "quadrupled", "R300+" },
	{ "halved", "R50-" },
	{ "twice as many", "x2" },
	{ "three times as much", "x3" },
	{ "2.5 times", "x2.5" },
	{ "5x", "x5" },
	{ "1.5x", "x1.5" },
	{ "from 5% to 7%", "%5@from; %7@to; pp2+*" },
	{ "from $40 to $30", "$USD40@from; $USD30@to; %25-*" },
	{ "to $30 from $40", "$USD30@to; $USD40@from; %25-*" },
	{ "between 5% and 7%", "%5..7" },
	{ "between 5 and 7 percent", "%5..7" },
	{ "5% to 7%", "%5..7" },
	{ "5-7%", "%5..7" },
	{ "5\342\200\2237%", "%5..7" },
	{ "$5-7 billion", "$USD5000000000..7000000000" },
	{ "$5 billion-$7 billion", "$USD5000000000..7000000000" },
	{ "$5 to $7 billion", "$USD5000000000..7000000000" },
	{ "10,000 to 12,000 jobs", "#10000..12000{jobs}" },
	{ "10,000-12,000 jobs", "#10000..12000{jobs}" },
	{ "up to 3,000 jobs", "#3000~{jobs}" },
	{ "as many as 3,000 jobs", "#3000~{jobs}" },
	{ "at least 3,000 jobs", "#>=3000{jobs}" },
	{ "more than 3,000 jobs", "#>3000{jobs}" },
	{ "over 3,000 jobs", "#>3000{jobs}" },
	{ "under 3,000 jobs", "#<3000{jobs}" },
	{ "fewer than 3,000 jobs", "#<3000{jobs}" },
	{ "no fewer than 300 jobs", "#>=300{jobs}" },
	{ "about 3,000 jobs", "#3000~{jobs}" },
	{ "around 5%", "%5~" },
	{ "roughly 5%", "%5~" },
	{ "some 3,000 jobs", "#3000~{jobs}" },
	{ "nearly 5%", "%4.75..<5~" },
	{ "almost 5%", "%4.75..<5~" },
	{ "just under 5%", "%4.75..<5~" },
	{ "close to 5%", "%5~" },
	{ "3,000-plus jobs", "#>=3000{jobs}" },
	{ "3,000 or more jobs", "#>=3000{jobs}" },
	{ "more than $1bn", "$USD>1000000000" },
	{ "upwards of $2 billion", "$USD>2000000000" },
	{ "north of $2 billion", "$USD>2000000000" },
	{ "an estimated $3 billion", "$USD3000000000~" },
	{ "a third of its staff", "R33.3333" },
	{ "a fifth of jobs", "R20" },
	{ "one-third of staff", "R33.3333" },
	{ "a fifth straight day", "" },
	{ "its third session", "" },
	{ "a second time", "" },
	{ "the 21st century", "" },
	{ "May 5", "" },
	{ "May 5, 2024", "" },
	{ "5 May 2024", "" },
	{ "2024-05-05", "" },
	{ "05/05/2024", "" },
	{ "at 10:30 a.m.", "" },
	{ "10.30am", "" },
	{ "at 5 p.m.", "" },
	{ "since 1987", "" },
	{ "in the 1990s", "" },
	{ "a 24-hour strike", "#24&{hour strike}" },
	{ "10 years", "#10{years}" },
	{ "45-year-old", "#45&{year-old}" },
	{ "a 30-year mortgage", "#30&{year mortgage}" },
	{ "10-year yield", "#10&{year yield}" },
	{ "4.5% yield", "%4.5" },
	{ "call 555-1234", "" },
	{ "page 12", "" },
	{ "score 3-1", "" },
	{ "won 3-0", "" },
	{ "1 1/2 percent", "%1.5" },
	{ "5\302\275%", "%5.5" },
	{ "\302\276 point", "pt0.75" },
	{ "\342\210\2228.3%", "%8.3-" },
	{ "-8.3%", "%8.3-" },
	{ "\342\200\223 8.3%", "%8.3" },
	{ "+4%", "%4+" },
	{ "(8.3%)", "%8.3" },
	{ "8.3 %", "%8.3" },
	{ "$1,234.56", "$USD1234.56" },
	{ "$0.45", "$USD0.45" },
	{ "300 tonnes", "#300{tonnes}" },
	{ "2.4 million barrels per day", "#2400000{barrels}" },
	{ "1.2 mln bpd", "#1200000{bpd}" },
	{ "12 GW", "#12{GW}" },
	{ "300 MW", "#300{MW}" },
	{ "100,000 ounces", "#100000{ounces}" },
	{ "one million", "#1000000" },
	{ "a million", "#1000000" },
	{ "one hundred and fifty jobs", "#150{jobs}" },
	{ "twenty-one thousand workers", "#21000{workers}" },
	{ "two and a half million", "#2500000" },
	{ "two and a half times", "x2.5" },
	{ "three and a half percent", "%3.5" },
	{ "1.5 million vehicles", "#1500000{vehicles}" },
	{ "zero jobs", "#0{jobs}" },
	{ "no jobs", "" },
	{ "ten percent", "%10" },
	{ "a tenth", "R10" },
	{ "nine-tenths", "R90" },
	{ "three percentage points", "pp3" },
	{ "3pp", "pp3" },
	{ "3ppt", "pp3" },
	{ "two points", "pt2" },
	{ "100 basis-point", "bp100" },
	{ "100-basis-point cut", "bp100" },
	{ "quarter of a point", "pp0.25" },
	{ "quarter of a percentage point", "pp0.25" },
	{ "Q3 2024", "" },
	{ "first quarter", "" },
	{ "fourth-quarter profit", "" },
	{ "2024/25", "" },
	{ "50-50", "" },
	{ "60/40", "" },
	{ "$ 2 billion", "$USD2000000000" },
	{ "2 billion dollars", "$USD2000000000" },
	{ "2 billion U.S. dollars", "$USD2000000000" },
	{ "2 bln dlrs", "$USD2000000000" },
	{ "17 cents to 18.84", "$0.17; #18.84@lvl" },
	{ "rose $2.10, or 2.6%, to $81.30", "$USD2.1; %2.6; $USD81.3@lvl" },
	{ "up 300 to 40,000", "#300; #40000@lvl" },
	{ "EPS of $1.25 vs. $1.10", "$USD1.25@to; $USD1.1@from; %13.6364+*" },
	{ "twofold", "R100+" },
	{ "two-fold", "R100+" },
	{ "by 40 percent, or 3,000 jobs", "%40@by; #3000{jobs}" },
	{ "12\302\240000 jobs", "#12000{jobs}" },
	{ "12\342\200\257000 jobs", "#12000{jobs}" },
};

static void
amounts_are_read_as_intervals(void **state)
{
	struct lexicon *lex = lexicon_new();
	struct arena mem;
	struct buf b;
	size_t bad = 0;

	(void)state;
	arena_init(&mem);
	buf_init(&b, 4096);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct text *x = text_article(&mem, lex, "", rows[i].in);
		struct quantities q = quantity_find(&mem, x, NULL, 0);

		buf_reset(&b);
		for (uint32_t k = 0; k < q.n; k++)
			render(&b, x, &q.list[k]);
		if (strcmp(b.len ? b.data : "", rows[i].out) != 0) {
			print_error("\"%s\": \"%s\", wanted \"%s\"\n",
			    rows[i].in, b.len ? b.data : "", rows[i].out);
			bad++;
		}
		arena_reset(&mem);
	}
	assert_int_equal(bad, 0);
	buf_clear(&b);
	arena_free(&mem);
	lexicon_free(lex);
}

static const struct row rule_rows[] = {
	{ "more than 5%", "%>5" },
	{ "over $1 billion", "$USD>1000000000" },
	{ "at least a tenth", "R>=10" },
	{ "between 5% and 10%", "%5..10" },
	{ "by more than 5%", "%>5@by" },
	{ "more than 1000 jobs", "#>1000{jobs}" },
	{ "1000", "#1000" },
	{ "2000 people", "#2000{people}" },
	{ "> 5 percent", "%>5" },
	{ ">= 5%", "%>=5" },
	{ "<= 5%", "%<=5" },
	{ "= 5%", "%5" },
	{ "about 10%", "%9..11~" },
	{ "up to 10%", "%<=10~" },
	{ "double-digit", "D>=10" },
	{ "half", "R50" },
	{ "a third", "R33.3333" },
	{ "above $100", "$USD>100@lvl" },
	{ "below 3%", "%<3@lvl" },
	{ "at most 5 points", "pt<=5" },
	{ "25 basis points", "bp25" },
	{ "3 times", "x3" },
	{ "tenfold", "R900+" },
	{ "jobs", "" },
	{ "", "" },
};

static void
a_rule_s_amount_is_read_by_the_same_code(void **state)
{
	struct lexicon *lex = lexicon_new();
	struct arena mem;
	struct buf b;

	(void)state;
	arena_init(&mem);
	buf_init(&b, 4096);
	for (size_t i = 0; i < sizeof(rule_rows) / sizeof(rule_rows[0]); i++) {
		const char *in = rule_rows[i].in;
		struct text *x = text_intern(&mem, lex, in, strlen(in));
		struct quantity q;
		uint32_t end = quantity_parse(x, 0, &q);

		buf_reset(&b);
		if (end > 0)
			render(&b, x, &q);
		if (strcmp(b.len ? b.data : "", rule_rows[i].out) != 0)
			fail_msg("\"%s\": \"%s\", wanted \"%s\"", in,
			    b.len ? b.data : "", rule_rows[i].out);
	}
	buf_clear(&b);
	arena_free(&mem);
	lexicon_free(lex);
}

struct meeting {
	const char	*text, *rule;
	bool		 meets;
};

static const struct meeting meetings[] = {
	{ "12%", "more than 5%", true },
	{ "5%", "more than 5%", false },
	{ "more than 5%", "more than 5%", true },
	{ "at least 5%", "more than 5%", false },
	{ "at least 5%", "at least 5%", true },
	{ "nearly 5%", "more than 5%", false },
	{ "nearly 10%", "more than 9%", true },
	{ "nearly 10%", "at least 10%", false },
	{ "as much as 10%", "at least 10%", true },
	{ "5-6%", "more than 5%", false },
	{ "5-6%", "at least 5%", true },
	{ "6-7%", "more than 5%", true },
	{ "double-digit", "more than 5%", true },
	{ "double-digit", "at least 10%", true },
	{ "double-digit", "more than 10%", false },
	{ "single-digit", "more than 5%", false },
	{ "single-digit", "less than 10%", true },
	{ "single-digit", "more than 0%", true },
	{ "more than 3%", "less than 10%", false },
	{ "a tenth", "more than 5%", true },
	{ "halved", "at least half", true },
	{ "doubled", "more than 50%", true },
	{ "at least four", "at least four", true },
	{ "12 points", "more than 5%", false },
	{ "12 percentage points", "more than 5%", false },
	{ "1 percentage point", "more than 50 basis points", true },
	{ "25 basis points", "at least half a percentage point", false },
	{ "$2 billion", "more than $1 billion", true },
	{ "\342\202\2542 billion", "more than $1 billion", true },
	{ "500 billion lire", "more than $1 billion", false },
	{ "40 billion yen", "more than $1 billion", false },
	{ "3,000 jobs", "more than 1000", true },
	{ "3,000 jobs", "more than $1000", false },
	{ "up 8%", "between 5% and 10%", true },
	{ "up 11%", "between 5% and 10%", false },
};

static void
an_amount_meets_a_rule_when_its_interval_lies_inside(void **state)
{
	struct lexicon *lex = lexicon_new();
	struct arena mem;

	(void)state;
	arena_init(&mem);
	for (size_t i = 0; i < sizeof(meetings) / sizeof(meetings[0]); i++) {
		const struct meeting *m = &meetings[i];
		struct text *x = text_article(&mem, lex, m->text, "");
		struct text *y = text_intern(&mem, lex, m->rule,
		    strlen(m->rule));
		struct quantities q = quantity_find(&mem, x, NULL, 0);
		struct quantity rule;

		assert_int_equal(q.n, 1);
		assert_int_equal(quantity_parse(y, 0, &rule), y->ntokens);
		if (quantity_meets(&q.list[0], &rule) != m->meets)
			fail_msg("\"%s\" against \"%s\"", m->text, m->rule);
	}
	arena_free(&mem);
	lexicon_free(lex);
}

static void
a_level_and_a_step_give_the_change(void **state)
{
	struct lexicon *lex = lexicon_new();
	struct arena mem;
	struct quantities q;

	(void)state;
	arena_init(&mem);
	q = quantity_find(&mem, text_article(&mem, lex,
	    "rose 17 cents to 18.84", ""), NULL, 0);
	assert_int_equal(q.list[1].pair, 0);
	assert_true(fabs(quantity_level_change(&q.list[0], &q.list[1], 1) -
	    100 * 0.17 / 18.67) < 1e-9);
	q = quantity_find(&mem, text_article(&mem, lex,
	    "fell 500 points to 9,500", ""), NULL, 0);
	assert_true(fabs(quantity_level_change(&q.list[0], &q.list[1], -1) -
	    5) < 1e-9);
	q = quantity_find(&mem, text_article(&mem, lex, "fell 3.2% to $56.12",
	    ""), NULL, 0);
	assert_true(quantity_level_change(&q.list[0], &q.list[1], -1) == 0);
	arena_free(&mem);
	lexicon_free(lex);
}

static void
names_with_numbers_are_passed_over(void **state)
{
	struct lexicon *lex = lexicon_new();
	struct arena mem;
	struct text *x;
	struct quantity_span skip[] = { { 1, 3 }, { 8, 10 } };
	struct quantities q;

	(void)state;
	arena_init(&mem);
	x = text_article(&mem, lex, "",
	    "The S&P 500 fell 3%, the Nikkei 225 lost 2%.");
	assert_int_equal(quantity_find(&mem, x, NULL, 0).n, 4);
	q = quantity_find(&mem, x, skip, 2);
	assert_int_equal(q.n, 2);
	assert_true(q.list[0].lo == 3 && q.list[1].lo == 2);
	arena_free(&mem);
	lexicon_free(lex);
}

static void
amounts_are_written_as_people_read_them(void **state)
{
	static const struct row texts[] = {
		{ "-12%", "-12 %" }, { "more than 5%", "> 5 %" },
		{ "$600 billion", "$600 billion" }, { "5-6%", "5 to 6 %" },
		{ "nearly 10%", "nearly 10 %" }, { "about 10%", "about 10 %" },
		{ "single-digit", "< 10" }, { "12,345 jobs", "12,345" },
		{ "5 million euros", "5 million EUR" },
		{ "at least 4 points", ">= 4 points" },
	};
	struct lexicon *lex = lexicon_new();
	struct arena mem;

	(void)state;
	arena_init(&mem);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct quantities q = quantity_find(&mem, text_article(&mem,
		    lex, texts[i].in, ""), NULL, 0);

		assert_int_equal(q.n, 1);
		assert_string_equal(quantity_text(&mem, &q.list[0]),
		    texts[i].out);
	}
	arena_free(&mem);
	lexicon_free(lex);
}

static void
any_words_are_taken_and_spans_stay_inside(void **state)
{
	static const char *const words[] = { "5", "%", "to ", "from ", "more ",
	    "than ", "$", "-", " ", "a ", "half ", "third ", "of ", "million ",
	    "points ", "double", "digit ", "between ", "and ", "1,000", "1/2",
	    "five ", "twenty ", ".", ", ", "cents ", "per ", "cent ", "vs ", "no ",
	    "not ", "up ", "at ", "least ", "or ", "+", "x", "(", ")", "2024 ",
	    "May ", ":", "/", "doubled ", "by ", "Rs ", "basis ", "in ", "as ",
	    "\n", "jobs ", "hundred ", "99999999999999999999999999999999", "0" };
	struct lexicon *lex = lexicon_new();
	struct arena mem;
	uint32_t seed = 99;
	char s[400];

	(void)state;
	arena_init(&mem);
	for (int round = 0; round < 20000; round++) {
		struct text *x;
		struct quantities q;

		s[0] = '\0';
		for (int i = 0; i < 20; i++) {
			seed = seed * 1664525u + 1013904223u;
			strcat(s, words[(seed >> 8) %
			    (sizeof(words) / sizeof(words[0]))]);
			if (strlen(s) > sizeof(s) - 40)
				break;
		}
		x = text_article(&mem, lex, "", s);
		q = quantity_find(&mem, x, NULL, 0);
		assert_true(q.steps <= x->ntokens);
		for (uint32_t i = 0; i < q.n; i++) {
			const struct quantity *p = &q.list[i];

			assert_true(p->first < p->end && p->end <= x->ntokens);
			assert_true(p->number >= p->first && p->number < p->end);
			assert_true(p->unit <= p->unit_end &&
			    p->unit_end <= x->ntokens);
			assert_int_equal(x->tokens[p->first].sentence,
			    x->tokens[p->end - 1].sentence);
			assert_true(p->lo <= p->hi);
			assert_true(p->pair == QUANTITY_NONE || p->pair < q.n);
			quantity_text(&mem, p);
			quantity_condition(&mem, p);
		}
		arena_reset(&mem);
	}
	arena_free(&mem);
	lexicon_free(lex);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(amounts_are_read_as_intervals),
		cmocka_unit_test(a_rule_s_amount_is_read_by_the_same_code),
		cmocka_unit_test(
		    an_amount_meets_a_rule_when_its_interval_lies_inside),
		cmocka_unit_test(a_level_and_a_step_give_the_change),
		cmocka_unit_test(names_with_numbers_are_passed_over),
		cmocka_unit_test(amounts_are_written_as_people_read_them),
		cmocka_unit_test(any_words_are_taken_and_spans_stay_inside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
