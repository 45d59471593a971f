/* newsalertctl check: what is wrong, and how each rule was read. */
#include <stdio.h>
#include <stdlib.h>

#include "ctl/show.h"
#include "ctl/trial.h"

static void
print_problems_json(const struct problems *p, json_t *out)
{
	json_t *list = json_array();

	for (size_t i = 0; i < p->n; i++)
		json_array_append_new(list, json_pack("{s:s, s:s, s:b}",
		    "where", p->list[i].where, "text", p->list[i].text,
		    "warning", p->list[i].warning));
	json_object_set_new(out, "problems", list);
}

static const char *
reading(const struct ruleset *rules, size_t rule, struct buf *b)
{
	buf_reset(b);
	buf_adds(b, "");
	ruleset_describe(rules, rule, b);
	return b->data;
}

static void
print_json(const struct config *config, const struct problems *p)
{
	json_t *out = json_pack("{s:b}", "ok", config != NULL);
	json_t *list = json_array();
	struct buf b;

	buf_init(&b, 1 << 16);
	print_problems_json(p, out);
	for (size_t i = 0; config != NULL &&
	    i < ruleset_count(config->ruleset); i++) {
		const struct config_rule *r = &config->rules[i];

		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s}",
		    "name", r->source.name, "when", r->source.when, "origin",
		    r->source.origin, "reading",
		    reading(config->ruleset, i, &b)));
	}
	json_object_set_new(out, "rules", list);
	command_print_json(out);
	json_decref(out);
	buf_clear(&b);
}

static void
print_rules(const struct ctl *c, const struct config *config)
{
	size_t n = ruleset_count(config->ruleset);
	struct buf b;

	buf_init(&b, 1 << 16);
	for (size_t i = 0; i < config->nrules; i++) {
		const struct config_rule *r = &config->rules[i];

		show_text(c, SHOW_BOLD, r->source.name);
		printf("  ");
		show_text(c, SHOW_DIM, i < n ? r->source.origin : "(off)");
		putchar('\n');
		show_wrapped(c, 2, r->source.when);
		if (i < n)
			fputs(reading(config->ruleset, i, &b), stdout);
		putchar('\n');
	}
	buf_clear(&b);
	printf("%zu feed%s, %zu rule%s, %zu notifier%s: good\n",
	    config->nfeeds, config->nfeeds == 1 ? "" : "s", n,
	    n == 1 ? "" : "s", config->nnotifiers,
	    config->nnotifiers == 1 ? "" : "s");
}

int
command_check(struct ctl *c, const struct command *cmd, int argc, char **argv)
{
	bool quiet = false;
	const struct option_spec specs[] = {
		{ "quiet", 'q', OPTION_FLAG, &quiet, NULL,
		  "only what is wrong" },
		{ .name = NULL }
	};
	int status, first = options_read(c, cmd, specs, argc, argv, &status);
	struct problems problems;
	struct config *config;

	if (first < 0)
		return status;
	/* "check FILE" is what everyone types first. */
	if (!options_count(cmd, argc, first, 0, 1))
		return STATUS_USAGE;
	if (first < argc)
		c->config = argv[first];
	problems_init(&problems);
	config = config_load(c->config, 0, &problems);
	if (c->json)
		print_json(config, &problems);
	else {
		trial_problems(&problems);
		if (config != NULL && !quiet)
			print_rules(c, config);
	}
	status = config != NULL ? STATUS_OK : STATUS_FAILED;
	config_free(config);
	problems_clear(&problems);
	return status;
}
