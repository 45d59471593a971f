/* Every rule that the manual calls valid is, with the vocabulary we ship. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/fdio.h"
#include "base/problems.h"
#include "config/vocabulary_read.h"
#include "rule/ruleset.h"
#include "rule/vocabulary.h"

#define MANUAL "src/rule/newsalertd-rules.5"
#define VOCABULARY "etc/newsalertd/vocabulary.d"
#define RULES_MAX 100

/* The lines of the display between the two marks, \e being a backslash. */
static size_t
rules_of(char *manual, struct rule_source *rules)
{
	char *at = strstr(manual, ".\\\" rules:"), *end, *line, *e;
	size_t n = 0;

	assert_non_null(at);
	at = strstr(at, ".Bd");
	assert_non_null(at);
	end = strstr(at, "\n.Ed");
	assert_non_null(end);
	*end = '\0';
	strsep(&at, "\n");
	while ((line = strsep(&at, "\n")) != NULL) {
		while ((e = strstr(line, "\\e")) != NULL)
			memmove(e + 1, e + 2, strlen(e + 2) + 1);
		assert_true(n < RULES_MAX);
		rules[n++] = (struct rule_source){ .name = line, .when = line,
		    .origin = MANUAL };
	}
	return n;
}

static void
are_valid(void **state)
{
	struct rule_source rules[RULES_MAX];
	struct vocabulary *v;
	struct ruleset *rs;
	struct problems p;
	struct error err;
	struct buf b;
	size_t n;

	(void)state;
	problems_init(&p);
	buf_init(&b, 1 << 20);
	if (fdio_read_file(MANUAL, &b, &err) == -1)
		fail_msg("%s", err.text);
	n = rules_of(b.data, rules);
	assert_true(n >= 20);
	v = vocabulary_read(VOCABULARY, &p);
	if (v == NULL)
		fail_msg("%s: %s", p.list[0].where, p.list[0].text);
	rs = ruleset_new(v, rules, n, &p);
	if (rs == NULL)
		fail_msg("%s", p.list[0].text);
	for (size_t i = 0; i < n; i++) {
		struct buf shown;

		buf_init(&shown, 1 << 16);
		ruleset_describe(rs, i, &shown);
		assert_true(shown.len > 0);
		buf_clear(&shown);
	}
	ruleset_free(rs);
	vocabulary_free(v);
	buf_clear(&b);
	problems_clear(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(are_valid) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
