#include "ctl/trial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/folder.h"
#include "config/vocabulary_read.h"
#include "rule/vocabulary.h"

/* "when", or "when 2" where there are several. */
static int
open_texts(struct trial *t, struct ctl *c, const struct option_list *texts,
    struct problems *p)
{
	struct rule_source *sources;

	t->vocabulary = vocabulary_read(folder_vocabulary(&c->mem,
	    folder_of(&c->mem, c->config)), p);
	if (t->vocabulary == NULL)
		return -1;
	sources = arena_zalloc(&c->mem, texts->n, sizeof(*sources));
	for (size_t i = 0; i < texts->n; i++) {
		sources[i].name = texts->n == 1 ? "when" :
		    arena_printf(&c->mem, "when %zu", i + 1);
		sources[i].when = texts->v[i];
		sources[i].origin = "--when";
		t->names[i] = sources[i].name;
	}
	t->own = ruleset_new(t->vocabulary, sources, texts->n, p);
	t->rules = t->own;
	return t->own != NULL ? 0 : -1;
}

/* The same rules without their feeds and examples. */
static int
compile_for_any_feed(struct trial *t, struct problems *p)
{
	struct rule_source *sources = mem_zalloc(t->n + 1, sizeof(*sources));
	bool any = false;

	for (size_t i = 0; i < t->n; i++) {
		sources[i] = t->config->rules[i].source;
		any |= sources[i].nfeeds > 0;
		sources[i].nfeeds = 0;
		sources[i].nmatch = sources[i].nno_match = 0;
	}
	t->rules = t->config->ruleset;
	if (any)
		t->rules = t->own = ruleset_new(t->config->vocabulary, sources,
		    t->n, p);
	free(sources);
	return t->rules != NULL ? 0 : -1;
}

static int
choose(struct trial *t, const struct option_list *names)
{
	memset(t->wanted, names->n == 0, t->n);
	for (size_t k = 0; k < names->n; k++) {
		const char *near = problems_nearest(names->v[k], t->names,
		    t->n);
		bool found = false;

		for (size_t i = 0; i < t->n; i++)
			if (strcmp(t->names[i], names->v[k]) == 0)
				t->wanted[i] = found = true;
		if (found)
			continue;
		command_fail("there is no rule '%s'%s%s%s", names->v[k],
		    near != NULL ? "; did you mean '" : "",
		    near != NULL ? near : "", near != NULL ? "'?" : "");
		return -1;
	}
	return 0;
}

int
trial_open(struct trial *t, struct ctl *c, const struct trial_choice *choice,
    struct problems *p)
{
	memset(t, 0, sizeof(*t));
	if (choice->texts.n > 0)
		t->n = choice->texts.n;
	else {
		t->config = config_load(c->config, CONFIG_RULES_ONLY, p);
		if (t->config == NULL)
			return -1;
		t->n = ruleset_count(t->config->ruleset);
	}
	t->names = mem_zalloc(t->n + 1, sizeof(*t->names));
	t->wanted = mem_zalloc(t->n + 1, sizeof(*t->wanted));
	if (choice->texts.n > 0) {
		if (open_texts(t, c, &choice->texts, p) < 0)
			return -1;
	} else {
		for (size_t i = 0; i < t->n; i++)
			t->names[i] = t->config->rules[i].source.name;
		t->rules = t->config->ruleset;
		if (choice->any_feed && compile_for_any_feed(t, p) < 0)
			return -1;
	}
	return choose(t, &choice->names);
}

void
trial_close(struct trial *t)
{
	ruleset_free(t->own);
	vocabulary_free(t->vocabulary);
	config_free(t->config);
	free(t->names);
	free(t->wanted);
}

void
trial_tags(const struct trial *t, const char *feed, struct match_context *m)
{
	m->feed = feed;
	m->tags = NULL;
	m->ntags = 0;
	for (size_t i = 0; t->config != NULL && i < t->config->nfeeds; i++)
		if (strcmp(t->config->feeds[i].name, feed) == 0) {
			m->tags = t->config->feeds[i].tags;
			m->ntags = t->config->feeds[i].ntags;
		}
}

void
trial_problems(const struct problems *p)
{
	fflush(stdout);
	for (size_t i = 0; i < p->n; i++)
		fprintf(stderr, "%s%s%s%s\n", p->list[i].where,
		    p->list[i].where[0] != '\0' ? ": " : "",
		    p->list[i].warning ? "warning: " : "", p->list[i].text);
}
