/* The shipped vocabulary: rules and headlines that meet or do not. */
#include <stdlib.h>

#include "event_case.h"

#define HEADLINES "tests/data/headlines.tsv"

static void
headlines(void **state)
{
	FILE *f = fopen(HEADLINES, "r");
	struct evidence e;
	char line[1024], *expected, *title;
	const char *why;
	size_t rows = 0, wrong = 0;

	(void)state;
	if (f == NULL)
		fail_msg("%s is not there", HEADLINES);
	while (fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#')
			continue;
		expected = strchr(line, '\t');
		title = expected == NULL ? NULL : strchr(expected + 1, '\t');
		if (title == NULL)
			fail_msg("no rule, expected, title: %s", line);
		*expected++ = '\0';
		*title++ = '\0';
		rows++;
		if (case_matches(line, NULL, title, "", &e, &why) ==
		    (expected[0] == '1'))
			continue;
		wrong++;
		printf("# %s: %s | %s (%s)\n", expected[0] == '1' ? "missed" :
		    "false", line, title, why);
	}
	fclose(f);
	assert_true(rows > 300);
	/* words are trade-offs: one in fifty may be lost to something better */
	assert_true(wrong * 50 <= rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headlines),
	};

	return cmocka_run_group_tests(tests, load_shipped, free_shipped);
}
