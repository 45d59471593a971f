/*
 * Whose number is it: each construction of rule-semantics 2.3 and 5.7 by its
 * letter, where it holds and where it only seems to; and T, the mistakes and
 * misses of section 9.
 *
 * Rows of tests/data/constructions.tsv: "letter, expected, rule, sentence". A
 * sentence that ends in a full stop is a body, any other one a title.
 *
 *   A noun of a measure, predicate, number    F its object moves
 *   B the same with something between         G number or participle apart
 *   C the owner alone                         H a share, a rate: no move
 *   D the owner in the clause before          R respectively
 *   E the number in a noun group              S signs
 */
#include "event_case.h"

#define ROWS "tests/data/constructions.tsv"
#define LETTERS "ABCDEFGHRST"
#define LEAST 5		/* rows of each kind */

static void
each_construction_holds(void **state)
{
	char line[1024], *rest, *letter, *expected, *rule, *text;
	size_t seen[2][128] = { 0 }, wrong = 0;
	FILE *f = fopen(ROWS, "r");
	struct evidence e;
	const char *why, *p;
	bool body;

	(void)state;
	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#')
			continue;
		rest = line;
		letter = strsep(&rest, "\t");
		expected = strsep(&rest, "\t");
		rule = strsep(&rest, "\t");
		text = strsep(&rest, "\t");
		if (text == NULL || strchr(LETTERS, letter[0]) == NULL)
			fail_msg("no row: %s", line);
		seen[expected[0] == '1'][(unsigned char)letter[0] & 127]++;
		body = text[strlen(text) - 1] == '.';
		if (case_matches(rule, NULL, body ? "" : text, body ? text : "",
		    &e, &why) == (expected[0] == '1'))
			continue;
		wrong++;
		printf("# %s %s: %s | %s (%s)\n", letter, expected[0] == '1' ?
		    "missed" : "false", rule, text, why);
	}
	fclose(f);
	for (p = LETTERS; *p != '\0'; p++)
		if (seen[0][(int)*p] < LEAST || seen[1][(int)*p] < LEAST)
			fail_msg("%c has too few rows", *p);
	assert_int_equal(wrong, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_construction_holds),
	};

	return cmocka_run_group_tests(tests, load_shipped, free_shipped);
}
