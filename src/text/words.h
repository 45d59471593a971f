/*
 * words - the words the text layer itself knows: numbers, measures, bounds,
 * abbreviations. Every lexicon holds them first, in this order, so a token's
 * word id says at once whether it is one and which.
 *
 * A word has classes (bits) and a value whose meaning the class gives: the
 * number of a numeral, the factor of a scale, the percent of a ratio.
 */
#ifndef TEXT_WORDS_H
#define TEXT_WORDS_H

#include <stdint.h>

#define WORDS_UNIT	0x00000001u	/* one .. nineteen */
#define WORDS_TENS	0x00000002u	/* twenty .. ninety */
#define WORDS_HUNDRED	0x00000004u	/* hundred, dozen */
#define WORDS_SCALE	0x00000008u	/* thousand, million, bn: value is the factor */
#define WORDS_SUFFIX	0x00000010u	/* a unit that is written on the number: 5bn */
#define WORDS_PERCENT	0x00000020u	/* percent, pct */
#define WORDS_POINT	0x00000040u	/* point(s), pts */
#define WORDS_BASIS	0x00000080u	/* bps, bp */
#define WORDS_MONEY	0x00000100u	/* dollars, usd; value: index of currency */
#define WORDS_CENT	0x00000200u	/* cents, pence: a hundredth */
#define WORDS_PART	0x00000400u	/* third, quarter, tenth: value in percent */
#define WORDS_PARTS	0x00000800u	/* thirds, quarters: value in percent */
#define WORDS_RATIO	0x00001000u	/* doubled: value in percent, signed */
#define WORDS_FOLD	0x00002000u	/* tenfold: value is the n */
#define WORDS_TIMES	0x00004000u	/* times, x */
#define WORDS_ABBREV	0x00008000u	/* a stop after it ends no sentence */
#define WORDS_COMPANY	0x00010000u	/* Inc, Corp: ... unless a starter follows */
#define WORDS_STARTER	0x00020000u	/* begins sentences, seldom names */
#define WORDS_MONTH	0x00040000u
#define WORDS_ORDINAL	0x00080000u	/* first .. */
#define WORDS_CLOCK	0x00100000u	/* am, pm, gmt: a time of day before it */
#define WORDS_DIGITS	0x00200000u	/* single, double, triple (-digit): value 1, 2, 3 */
#define WORDS_TIME	0x00400000u	/* day, week, year: no counted thing moves */
#define WORDS_FUNCTION	0x00800000u	/* ends a counted noun group */
#define WORDS_LABEL	0x01000000u	/* No, Section, Chapter: the number names */
#define WORDS_HEDGE	0x02000000u	/* about, around, roughly, some */
#define WORDS_NATION	0x04000000u	/* "us", "canadian" before dollars: value currency */
#define WORDS_CLITIC	0x08000000u	/* n't, 've */
#define WORDS_MULTIPLE	0x10000000u	/* twice, thrice */
#define WORDS_BOUND	0x20000000u	/* begins a bound: more (than), over, at (least) */
#define WORDS_VAGUE	0x40000000u	/* thousands, dozens: value is the scale */

/* Words the code asks for by name. */
enum words_name {
	WORDS_NONE,
	W_A, W_AN, W_ABOUT, W_ABOVE, W_AGAINST, W_ALMOST, W_AND, W_ANOTHER, W_AS,
	W_AT, W_BASIS, W_BELOW, W_BETWEEN, W_BY, W_CAN, W_CENT, W_CLOSE,
	W_DIGIT, W_DIGITS, W_EXACTLY, W_EXCEEDING, W_FEWER, W_FOLD, W_FOR, W_FROM,
	W_GREATER, W_HALF, W_HIGH, W_HIGHER, W_IN, W_LEAST, W_LESS, W_LITTLE,
	W_LOW, W_LOWER, W_MANY, W_MAXIMUM, W_MINIMUM, W_MORE, W_MOST, W_MUCH, W_NEAR,
	W_NEARLY, W_NO, W_NOT, W_NT, W_OF, W_ON, W_OR, W_OVER, W_PER, W_POINT, W_POINTS,
	W_QUARTER, W_SHALL, W_SMALLER, W_SOME, W_THAN, W_THE, W_TO, W_UNDER, W_UP,
	W_US, W_VERSUS, W_VS, W_WILL, W_WITH, W_S, W_M, W_HUNDRED, W_SECOND, W_JUST,
	W_RANGE, W_BEYOND, W_LARGER, W_WELL, W_TOP, W_PERCENTAGE, W_V, W_EXCESS,
	W_ITS, W_THEIR, W_HIS, W_HER, W_DAY, W_MAY, W_MARCH, W_THIRD, W_THREE, W_DOUBLE,
	W_TWO, W_K, W_B, W_P, W_C, W_T, W_X, W_D, W_STRONG, W_ODD, W_PLUS,
	W_EARLIER, W_COMPARED, W_AROUND, W_SHORT, W_WAS, W_IS, W_NUMBER, W_NOS, W_EACH,
	W_NEARING, W_TOPPING, W_UPWARDS, W_SURPASSING, W_SLIGHTLY, W_NORTH, W_SHY,
	W_FEW, W_SO, W_WON, W_DOWN, W_ESTIMATED, W_RANGING, W_THAT, W_ONE, W_MINUS,
	W_TRIPLE, W_SINGLE, W_RANGED, W_RANGES, W_PC, W_AM, W_PM,
	W_FIGURE, W_FIGURES, W_SEVERAL, W_COUPLE, W_OUT, W_FULL, W_PP, W_PPT, W_PPTS, W_PAST,
	WORDS_NAMED
};

uint32_t words_count(void);
const char *words_text(uint32_t id);	/* 1..words_count */
uint32_t words_class(uint32_t id);	/* 0 for words of others */
double	 words_value(uint32_t id);

#endif
