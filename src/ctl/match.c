/* newsalertctl match: rules tried on articles, with the reasons. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "ctl/articles.h"
#include "ctl/backtest.h"
#include "ctl/show.h"
#include "ctl/trial.h"

#define LIST_ALL 20	/* so few rules are all named in the summary */

struct run {
	struct ctl		*c;
	struct trial		 trial;
	struct matcher		*matcher;
	const char		*feed;		/* --feed, or NULL */
	bool			 explain, stored;
	bool			 compare;	/* with the alerts that were made */
	struct backtest		 backtest;
	struct match_context	 context;
	size_t			*hits;		/* by rule */
	size_t			 articles, matches;
	struct arena		 mem;		/* of one article */
};

static json_t *
parts_json(const struct evidence *e)
{
	json_t *list = json_array();

	for (size_t i = 0; i < e->nparts; i++) {
		const struct evidence_part *p = &e->parts[i];

		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:i, "
		    "s:i, s:s}", "role", p->role, "text", p->text, "field",
		    p->field, "start", (int)p->start, "end", (int)p->end,
		    "value", p->value));
	}
	return list;
}

static void
print_json(json_t *line)
{
	command_print_json(line);
	json_decref(line);
}

static void
print_evidence(const struct run *r, const struct evidence *e)
{
	struct buf line;

	buf_init(&line, 1 << 20);
	buf_adds(&line, "");
	evidence_line(&line, e);
	show_wrapped(r->c, 4, line.data);
	if (e->facts[0] != '\0')
		show_wrapped(r->c, 4, e->facts);
	buf_clear(&line);
}

/* "rule  id" */
static void
print_head(const struct run *r, size_t rule, const char *id,
    enum show_colour colour, const char *verdict)
{
	int left = r->c->width;

	left -= show_cut(r->c, colour, r->trial.names[rule], left / 2);
	if (*verdict != '\0')
		left -= printf("  %s", verdict);
	if (*id != '\0' && left > 10) {
		fputs("  ", stdout);
		show_cut(r->c, SHOW_DIM, id, left - 2);
	}
	putchar('\n');
}

static void
print_title(const struct run *r, const struct evidence *e,
    const struct article *a)
{
	if (a->title[0] == '\0' || strcmp(e->field, "title") == 0)
		return;
	fputs("    in: ", stdout);
	show_cut(r->c, SHOW_DIM, a->title, r->c->width - 8);
	putchar('\n');
}

static void
show_match(struct run *r, const char *id, const struct article *a,
    const struct match *m)
{
	const char *rule = r->trial.names[m->rule];
	bool gained = r->compare && !backtest_matched(&r->backtest, rule, id);
	json_t *line;

	if (r->c->json) {
		line = json_pack("{s:s, s:s, s:s, s:o}", "id", id, "rule",
		    rule, "sentence", m->evidence.sentence, "evidence",
		    parts_json(&m->evidence));
		if (r->compare)
			json_object_set_new(line, "gained",
			    json_boolean(gained));
		print_json(line);
		return;
	}
	print_head(r, m->rule, id, SHOW_BOLD, gained ? "gained" : "");
	print_evidence(r, &m->evidence);
	print_title(r, &m->evidence, a);
}

static void
show_miss(struct run *r, const char *id, const struct article *a, size_t rule)
{
	struct near_miss miss = { .reason = "" };
	const char *reason = "nothing in it comes near";
	bool near = matcher_explain(r->matcher, rule, &r->mem, &miss);

	if (near && miss.reason != NULL && miss.reason[0] != '\0')
		reason = miss.reason;
	if (r->c->json) {
		print_json(json_pack("{s:s, s:s, s:o, s:s, s:s, s:o}", "id", id,
		    "rule", r->trial.names[rule], "match", json_false(),
		    "reason", reason, "sentence",
		    near ? miss.evidence.sentence : "", "evidence",
		    near ? parts_json(&miss.evidence) : json_array()));
		return;
	}
	print_head(r, rule, id, SHOW_PLAIN, "no match");
	if (near && miss.evidence.sentence[0] != '\0') {
		print_evidence(r, &miss.evidence);
		print_title(r, &miss.evidence, a);
	}
	fputs("    ", stdout);
	show_text(r->c, SHOW_YELLOW, "but: ");
	show_text(r->c, SHOW_PLAIN, reason);
	putchar('\n');
}

static void
try_article(void *arg, const char *id, const char *feed,
    const struct article *a)
{
	struct run *r = arg;
	struct match *list;
	size_t n, k = 0;

	if (r->feed == NULL && *feed != '\0')
		trial_tags(&r->trial, feed, &r->context);
	n = matcher_run(r->matcher, a, &r->context, &r->mem, &list);
	r->articles++;
	for (size_t i = 0; i < r->trial.n; i++) {
		bool hit = k < n && list[k].rule == i;

		if (r->trial.wanted[i] && hit) {
			show_match(r, id, a, &list[k]);
			r->hits[i]++;
			r->matches++;
		} else if (r->trial.wanted[i] && r->explain)
			show_miss(r, id, a, i);
		k += hit;
	}
	arena_reset(&r->mem);
}

/* An alert that was made, and would not be made any more. */
static void
show_lost(void *arg, const char *rule, const char *id, const char *title)
{
	struct run *r = arg;

	if (r->c->json) {
		print_json(json_pack("{s:s, s:s, s:b, s:s}", "id", id, "rule",
		    rule, "lost", 1, "title", title != NULL ? title : ""));
		return;
	}
	show_text(r->c, SHOW_BOLD, rule);
	printf("  lost  %s\n    ", id);
	show_cut(r->c, SHOW_PLAIN, title != NULL ? title : "",
	    r->c->width - 4);
	putchar('\n');
}

static void
compare(struct run *r)
{
	if (!r->compare)
		return;
	for (size_t i = 0; i < r->trial.n; i++)
		if (r->trial.wanted[i])
			backtest_lost(&r->backtest, r->trial.names[i],
			    show_lost, r);
	if (!r->c->json)
		printf("\nagainst the alerts that were made: %zu gained, %zu "
		    "lost\n", r->backtest.gained, r->backtest.lost);
	backtest_close(&r->backtest);
}

static void
print_counts(const struct run *r)
{
	static const char *const headings[] = { "rule", "matches#", NULL };
	struct show_table *t = show_table_new(&r->c->mem, headings);
	size_t silent = 0;

	for (size_t i = 0; i < r->trial.n; i++) {
		if (!r->trial.wanted[i])
			continue;
		if (r->hits[i] == 0 && r->trial.n > LIST_ALL) {
			silent++;
			continue;
		}
		show_cell(t, SHOW_PLAIN, "%s", r->trial.names[i]);
		show_cell(t, SHOW_PLAIN, "%zu", r->hits[i]);
	}
	if (r->matches > 0 || silent == 0)
		show_table_print(r->c, t);
	if (silent > 0)
		printf("%zu rules matched nothing\n", silent);
}

static void
summary(const struct run *r)
{
	if (r->c->json)
		return;
	if (r->articles == 1) {
		if (r->matches == 0 && !r->explain)
			puts("no match (--explain says why)");
		return;
	}
	printf("%s%zu article%s, %zu match%s\n", r->matches > 0 ||
	    (r->explain && r->articles > 0) ? "\n" : "", r->articles,
	    r->articles == 1 ? "" : "s", r->matches,
	    r->matches == 1 ? "" : "es");
	if (r->articles > 0)
		print_counts(r);
}

static int
try_all(struct run *r, enum articles_input input, int64_t since, int n,
    char **names)
{
	static char dash[] = "-";
	char *standard[] = { dash };
	struct config_access access;
	struct error err;
	int status = STATUS_OK;

	if (r->stored)
		return articles_stored(r->c, since, try_article, r);
	if (n == 0) {
		names = standard;
		n = 1;
	}
	config_access_read(r->c->config, &r->c->mem, &access);
	for (int i = 0; i < n; i++)
		if (articles_read(names[i], &access, input, try_article, r,
		    &err) < 0)
			status = command_fail("%s", err.text);
	return status;
}

static int
run_match(struct run *r, const struct trial_choice *choice,
    enum articles_input input, int64_t since, int n, char **names)
{
	struct problems problems;
	int status = STATUS_FAILED, opened;

	problems_init(&problems);
	arena_init(&r->mem);
	r->context.now = (int64_t)time(NULL);
	opened = trial_open(&r->trial, r->c, choice, &problems);
	trial_problems(&problems);
	if (opened == 0) {
		trial_tags(&r->trial, r->feed != NULL ? r->feed : "",
		    &r->context);
		r->hits = mem_zalloc(r->trial.n + 1, sizeof(*r->hits));
		r->matcher = matcher_new(r->trial.rules);
		r->compare = r->stored && choice->texts.n == 0 &&
		    backtest_open(&r->backtest, r->c, since) == 0;
		status = try_all(r, input, since, n, names);
		summary(r);
		compare(r);
		matcher_free(r->matcher);
		free(r->hits);
	}
	trial_close(&r->trial);
	arena_free(&r->mem);
	problems_clear(&problems);
	return status;
}

int
command_match(struct ctl *c, const struct command *cmd, int argc, char **argv)
{
	struct run r = { .c = c };
	struct trial_choice choice = { .any_feed = false };
	const char *input_name = NULL;
	enum articles_input input = ARTICLES_GUESS;
	int64_t since = 0;
	int status, first;
	const struct option_spec specs[] = {
		{ "rule", 'r', OPTION_LIST, &choice.names, "NAME",
		  "only this rule of the configuration; may be repeated" },
		{ "when", 'w', OPTION_LIST, &choice.texts, "TEXT",
		  "a rule to try instead; may be repeated" },
		{ "input", 'i', OPTION_TEXT, &input_name, "KIND",
		  "feed, jsonl or text; guessed otherwise" },
		{ "feed", 'f', OPTION_TEXT, &r.feed, "NAME",
		  "take the articles for this feed's" },
		{ "stored", 0, OPTION_FLAG, &r.stored, NULL,
		  "the articles newsalertd keeps: a back-test" },
		{ "since", 0, OPTION_DURATION, &since, "30d",
		  "of these, the ones found in this time" },
		{ "explain", 'e', OPTION_FLAG, &r.explain, NULL,
		  "for what does not match: the nearest, and why not" },
		{ .name = NULL }
	};

	if ((first = options_read(c, cmd, specs, argc, argv, &status)) < 0)
		return status;
	if (input_name != NULL && articles_input(input_name, &input) < 0)
		return options_wrong(cmd, "--input is feed, jsonl or text, not "
		    "'%s'", input_name);
	if (choice.names.n > 0 && choice.texts.n > 0)
		return options_wrong(cmd, "--rule and --when exclude each other");
	if (r.stored && first < argc)
		return options_wrong(cmd, "--stored reads no files");
	choice.any_feed = r.feed == NULL && !r.stored;
	if (since > 0)
		since = (int64_t)time(NULL) - since / 1000;
	return run_match(&r, &choice, input, since, argc - first, argv + first);
}
