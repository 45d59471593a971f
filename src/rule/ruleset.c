#include "rule/event.h"
#include "rule/ruleset.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rule/parse.h"
#include "rule/query_describe.h"
#include "rule/rules.h"

static const char **
copy_list(struct arena *mem, const char *const *list, size_t n)
{
	const char **copy = arena_zalloc(mem, n + 1, sizeof(*copy));

	for (size_t i = 0; i < n; i++)
		copy[i] = arena_strdup(mem, list[i]);
	return copy;
}

static int
compile(struct ruleset *rs, size_t rule, const struct rule_source *src,
    struct arena *tree_mem, struct error *err)
{
	struct rule *r = &rs->rules[rule];
	struct index_rule *head = &rs->heads[rule];
	struct rule_tree *tree;

	r->name = arena_strdup(&rs->mem, src->name != NULL ? src->name : "");
	r->text = arena_strdup(&rs->mem, src->when != NULL ? src->when : "");
	r->origin = arena_strdup(&rs->mem,
	    src->origin != NULL ? src->origin : "");
	if (src->nfeeds > 0)
		r->feeds = copy_list(&rs->mem, src->feeds, src->nfeeds);
	r->nfeeds = src->nfeeds;
	head->first = (uint32_t)rs->pool.nnodes;
	r->failed = true;
	tree = rule_parse(r->text, tree_mem, err);
	if (tree != NULL)
		r->options = tree->options;
	if (tree == NULL ||
	    query_compile(&rs->pool, tree, r->text, err) == -1) {
		head->first = INDEX_NO_RULE;
		return -1;
	}
	r->failed = false;
	head->plain = r->nfeeds == 0 && r->options.within == 0 &&
	    !r->options.only_title && !r->options.only_lead;
	return 0;
}

static void
compile_all(struct ruleset *rs, const struct rule_source *sources,
    struct problems *problems)
{
	struct error err = { "" };
	struct arena tree;

	arena_init(&tree);
	for (size_t i = 0; i < rs->n; i++) {
		if (compile(rs, i, &sources[i], &tree, &err) == -1)
			problems_error(problems, rs->rules[i].origin,
			    "rule '%s': %s", rs->rules[i].name, err.text);
		arena_reset(&tree);
	}
	arena_free(&tree);
}

static void
make_index(struct ruleset *rs)
{
	rs->index = index_new(&rs->pool, rs->heads, rs->n);
	if (terms_has(rs->pool.terms, TERM_KEY) || rs->pool.nevents > 0)
		rs->what |= DOC_ANALYSE;
	if (rs->what & DOC_ANALYSE)
		rs->gate = gate_new(rs->vocabulary, rs->pool.terms, rs->index);
	rs->asked = event_asked(rs->vocabulary, rs->pool.events,
	    rs->pool.nevents);
	if (rs->pool.extra)
		rs->what |= DOC_EXTRA;
}

struct ruleset *
ruleset_new(const struct vocabulary *v, const struct rule_source *sources,
    size_t n, struct problems *problems)
{
	size_t before = problems->errors;
	struct ruleset *rs;

	if (v == NULL)
		return NULL;
	rs = mem_zalloc(1, sizeof(*rs));
	rs->vocabulary = v;
	rs->n = n;
	arena_init(&rs->mem);
	query_pool_init(&rs->pool, v, &rs->mem);
	rs->rules = mem_zalloc(n + 1, sizeof(*rs->rules));
	rs->heads = mem_zalloc(n + 1, sizeof(*rs->heads));
	compile_all(rs, sources, problems);
	make_index(rs);
	examples_run(rs, sources, problems);
	if (problems->errors > before) {
		ruleset_free(rs);
		return NULL;
	}
	return rs;
}

void
ruleset_free(struct ruleset *rs)
{
	if (rs == NULL)
		return;
	index_free(rs->index);
	gate_free(rs->gate);
	free(rs->asked);
	query_pool_clear(&rs->pool);
	arena_free(&rs->mem);
	free(rs->rules);
	free(rs->heads);
	free(rs);
}

size_t
ruleset_count(const struct ruleset *rs)
{
	return rs->n;
}

int64_t
ruleset_once(const struct ruleset *rs, size_t rule)
{
	return rule < rs->n ? rs->rules[rule].options.once : 0;
}

void
ruleset_describe(const struct ruleset *rs, size_t rule, struct buf *b)
{
	const struct rule *r = &rs->rules[rule];

	if (rule >= rs->n)
		return;
	query_describe(&rs->pool, rs->heads[rule].first, r->text, b);
	rule_options_describe(&r->options, b);
	for (size_t i = 0; i < r->nfeeds; i++)
		buf_printf(b, "%s%s%s", i == 0 ? "  feeds    " : ", ",
		    r->feeds[i], i + 1 == r->nfeeds ? "\n" : "");
}
