/*
 * newsalertctl - the person's tool: asks newsalertd, and tries feeds, rules
 * and configurations without it.
 */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/problems.h"
#include "base/program.h"
#include "build.h"
#include "ctl/command.h"

#define WIDTH_MAX 100
#define WIDTH_MIN 60

static const struct command commands[] = {
	{ "read", "FILE|-|URL", "show what the parser makes of a document",
	  command_read, false },
	{ "match", "[FILE|-|URL]...", "try rules on articles, and say why",
	  command_match, true },
	{ "check", "[FILE]", "check the configuration and say how rules are read",
	  command_check, false },
	{ "import", "FILE|-|URL", "add the feeds of a subscription list (OPML)",
	  command_import, false },
	{ "export", "", "the feeds as a subscription list (OPML)",
	  command_export, false },
	{ "status", "", "how newsalertd is doing", command_status, true },
	{ "feeds", "[FEED]", "the feeds and how they are; or one with its history",
	  command_feeds, true },
	{ "rules", "[RULE]", "the rules, how they are read and how often they match",
	  command_rules, true },
	{ "alerts", "[ID]", "the alerts found; or all about one", command_alerts,
	  true },
	{ "deliveries", "", "what is on its way, and what failed",
	  command_deliveries, true },
	{ "tail", "", "show each alert as it is found", command_tail, true },
	{ "poll", "FEED...", "ask for a feed now, if its host allows",
	  command_poll, true },
	{ "retry", "ID|--all", "try failed deliveries again", command_retry,
	  true },
	{ "silence", "[RULE|--all DURATION]",
	  "keep a rule quiet for a time; or list what is silenced",
	  command_silence, true },
	{ "test", "NOTIFIER", "send a sample alert", command_test, true },
	{ "metrics", "", "numbers for Prometheus", command_metrics, true },
	{ "reload", "", "read the configuration again", command_reload, true },
};

#define NCOMMANDS (sizeof(commands) / sizeof(commands[0]))

static void
usage(FILE *to)
{
	fputs("usage: newsalertctl COMMAND [OPTION]... [ARGUMENT]...\n\n", to);
	for (size_t i = 0; i < NCOMMANDS; i++) {
		char left[48];

		snprintf(left, sizeof(left), "%s %s", commands[i].name,
		    commands[i].operands);
		fprintf(to, "  %-32s %s\n", left, commands[i].help);
	}
	fputs("\n'newsalertctl COMMAND --help' tells its options. read, match,"
	    " check, import and\nexport need no newsalertd.\n", to);
}

/* What a hand types for a command that has another name. */
static const char *
full_name(const char *name)
{
	static const char *const others[][2] = { { "feed", "feeds" },
	    { "alert", "alerts" }, { "rule", "rules" },
	    { "silences", "silence" } };

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (name != NULL && strcmp(name, others[i][0]) == 0)
			return others[i][1];
	return name;
}

static int
unknown(const char *name)
{
	const char *names[NCOMMANDS], *near;

	for (size_t i = 0; i < NCOMMANDS; i++)
		names[i] = commands[i].name;
	near = problems_nearest(name, names, NCOMMANDS);
	fprintf(stderr, "newsalertctl: there is no command '%s'%s%s%s\n", name,
	    near != NULL ? "; did you mean '" : "", near != NULL ? near : "",
	    near != NULL ? "'?" : "");
	fputs("Try 'newsalertctl --help'.\n", stderr);
	return STATUS_USAGE;
}

static int
width(void)
{
	struct winsize w;

	if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) != 0 ||
	    w.ws_col == 0 || w.ws_col > WIDTH_MAX)
		return WIDTH_MAX;
	return w.ws_col < WIDTH_MIN ? WIDTH_MIN : w.ws_col;
}

static void
prepare(struct ctl *c)
{
	const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");

	memset(c, 0, sizeof(*c));
	/* What is printed is whole, or there is a word about memory. */
	json_set_alloc_funcs(mem_alloc, free);
	arena_init(&c->mem);
	c->config = arena_printf(&c->mem, "%s/newsalertd.conf",
	    program_sysconf());
	c->colour = isatty(STDOUT_FILENO) &&
	    (no_colour == NULL || *no_colour == '\0') &&
	    term != NULL && strcmp(term, "dumb") != 0;
	c->width = width();
}

/* "-c FILE" may stand before the command, too. */
static int
before_command(struct ctl *c, int argc, char **argv)
{
	int at = 1;

	while (at + 1 < argc && (strcmp(argv[at], "-c") == 0 ||
	    strcmp(argv[at], "-s") == 0)) {
		if (argv[at][1] == 'c')
			c->config = argv[at + 1];
		else
			c->socket = argv[at + 1];
		at += 2;
	}
	return at;
}

int
main(int argc, char **argv)
{
	struct ctl c;
	int at, status = STATUS_USAGE;
	const char *name;

	/* A reader that went away is no reason to be killed without a word. */
	signal(SIGPIPE, SIG_DFL);
	prepare(&c);
	at = before_command(&c, argc, argv);
	name = full_name(at < argc ? argv[at] : NULL);
	if (name == NULL)
		usage(stderr);
	else if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 ||
	    strcmp(name, "help") == 0) {
		usage(stdout);
		status = STATUS_OK;
	} else if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
		puts("newsalertctl " BUILD_VERSION);
		status = STATUS_OK;
	} else {
		size_t i = 0;

		while (i < NCOMMANDS && strcmp(commands[i].name, name) != 0)
			i++;
		status = i == NCOMMANDS ? unknown(name) : commands[i].run(&c,
		    &commands[i], argc - at, argv + at);
	}
	arena_free(&c.mem);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		perror("newsalertctl: standard output");
		status = status == STATUS_OK ? STATUS_FAILED : status;
	}
	return status;
}
