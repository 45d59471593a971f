/*
 * evidence_case - evidence of matches, to be compared and held against its text;
 * for the tests that run rules in more than one way. Included behind cmocka.
 */
#ifndef TESTS_UNIT_EVIDENCE_CASE_H
#define TESTS_UNIT_EVIDENCE_CASE_H

#include <stdint.h>
#include <string.h>

#include "article/evidence.h"

static inline uint64_t
evidence_mix(uint64_t h, const char *s)
{
	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * 0x100000001b3;
	return h * 31 + 7;
}

/* Of all that is told and where; never 0. */
static inline uint64_t
evidence_hash(const struct evidence *e)
{
	uint64_t h = evidence_mix(0xcbf29ce484222325, e->sentence);
	const struct evidence_part *p;
	size_t i;

	for (i = 0; i < e->nparts; i++) {
		p = &e->parts[i];
		h = evidence_mix(h, p->role);
		h = evidence_mix(h, p->text);
		h = evidence_mix(h, p->value);
		h = evidence_mix(h, p->field) + p->start;
	}
	return h | 1;
}

/* Every part lies in its field, where it says it does; and the sentence. */
static inline void
evidence_check(const struct evidence *e, const char *title, const char *body)
{
	const struct evidence_part *p;
	const char *field;
	size_t i;

	assert_true(strstr(title, e->sentence) != NULL ||
	    strstr(body, e->sentence) != NULL);
	for (i = 0; i < e->nparts; i++) {
		p = &e->parts[i];
		field = strcmp(p->field, "title") == 0 ? title : body;
		assert_true(p->start < p->end && p->end <= strlen(field));
		assert_int_equal(p->end - p->start, strlen(p->text));
		assert_memory_equal(field + p->start, p->text,
		    strlen(p->text));
	}
}

#endif
