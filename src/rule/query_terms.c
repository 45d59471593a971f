/* What is known of a rule when only the terms of the article are. */
#include "rule/query.h"

/* Words one after another: without one of them there is none of it. */
static enum query_answer
of_phrase(const struct query_run *r, uint32_t i)
{
	uint32_t end = r->nodes[i].end;

	for (uint32_t k = i + 1; k < end; k++)
		if (!doc_has_main(r->doc, r->nodes[k].arg))
			return QUERY_NO;
	return QUERY_MAYBE;
}

/* The least of the parts, or with OR the most. */
static enum query_answer
of_list(const struct query_run *r, uint32_t i, enum query_answer decides)
{
	uint32_t end = r->nodes[i].end;
	enum query_answer answer = QUERY_YES - decides;

	for (uint32_t k = i + 1; k < end; k = r->nodes[k].end) {
		enum query_answer a = query_of_terms(r, k);

		if (a == decides)
			return a;
		if (a == QUERY_MAYBE)
			answer = a;
	}
	return answer;
}

enum query_answer
query_of_terms(const struct query_run *r, uint32_t i)
{
	const struct query_node *n = &r->nodes[i];

	switch ((enum query_kind)n->kind) {
	case QUERY_AND:
		return of_list(r, i, QUERY_NO);
	case QUERY_OR:
		return of_list(r, i, QUERY_YES);
	case QUERY_NOT:
		return QUERY_YES - query_of_terms(r, i + 1);
	case QUERY_WORD:
		return doc_has_main(r->doc, n->arg) ? QUERY_YES : QUERY_NO;
	case QUERY_PHRASE:
		return of_phrase(r, i);
	case QUERY_NEAR:	/* of phrases and lists: what they are is not all */
		return of_list(r, i, QUERY_NO) == QUERY_NO ? QUERY_NO :
		    QUERY_MAYBE;
	case QUERY_CASE: case QUERY_ATLEAST:
		return query_of_terms(r, i + 1) == QUERY_NO ? QUERY_NO :
		    QUERY_MAYBE;
	default:
		return QUERY_MAYBE;
	}
}
