/* Options of commands: reading them, and the help they are described by. */
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "ctl/command.h"

#define SPECS_MAX 24
#define LONG_BASE 256	/* getopt values of options without a letter */

static void
print_option(const struct option_spec *o)
{
	char left[40];

	snprintf(left, sizeof(left), "%s%.1s%s --%s%s%s",
	    o->letter != 0 ? "-" : " ", o->letter != 0 ? &o->letter : " ",
	    o->letter != 0 ? "," : " ", o->name, o->arg != NULL ? " " : "",
	    o->arg != NULL ? o->arg : "");
	printf("  %-28s  %s\n", left, o->help);
}

static void
help(const struct command *cmd, const struct option_spec *specs, size_t n)
{
	printf("usage: newsalertctl %s [OPTION]...%s%s\n\n%c%s.\n\n", cmd->name,
	    cmd->operands[0] != '\0' ? " " : "", cmd->operands,
	    toupper((unsigned char)cmd->help[0]), cmd->help + 1);
	for (size_t i = 0; i < n; i++)
		print_option(&specs[i]);
}

int
options_wrong(const struct command *cmd, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "newsalertctl %s: ", cmd->name);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, "\nTry 'newsalertctl %s --help'.\n", cmd->name);
	return STATUS_USAGE;
}

bool
options_count(const struct command *cmd, int argc, int first, int min, int max)
{
	int n = argc - first;

	if (n < min)
		options_wrong(cmd, "too little is given: %s %s", cmd->name,
		    cmd->operands);
	else if (max >= 0 && n > max)
		options_wrong(cmd, "too much is given: %s%s%s", cmd->name,
		    cmd->operands[0] != '\0' ? " " : "", cmd->operands);
	else
		return true;
	return false;
}

static bool
number(const char *text, long long *out)
{
	char *end;

	errno = 0;
	*out = strtoll(text, &end, 10);
	return errno == 0 && end != text && *end == '\0' && *out >= 0;
}

static int
store(const struct command *cmd, const struct option_spec *o, const char *arg)
{
	struct option_list *list;
	struct error err;

	switch (o->kind) {
	case OPTION_FLAG:
		*(bool *)o->into = true;
		return 0;
	case OPTION_TEXT:
		*(const char **)o->into = arg;
		return 0;
	case OPTION_LIST:
		list = o->into;
		if (list->n == OPTION_LIST_MAX)
			return options_wrong(cmd, "--%s is given too often",
			    o->name);
		list->v[list->n++] = arg;
		list->v[list->n] = NULL;
		return 0;
	case OPTION_NUMBER:
		if (number(arg, o->into))
			return 0;
		return options_wrong(cmd, "--%s must be a number, not '%s'",
		    o->name, arg);
	case OPTION_DURATION:
		if (duration_parse(arg, o->into, &err) == 0)
			return 0;
		return options_wrong(cmd, "--%s: %s", o->name, err.text);
	}
	return 0;
}

/* The tables of getopt_long for the specs. */
static void
tables(const struct option_spec *specs, size_t n, struct option *names,
    char *letters)
{
	*letters++ = ':';
	for (size_t i = 0; i < n; i++) {
		names[i] = (struct option){ specs[i].name, specs[i].arg != NULL ?
		    required_argument : no_argument, NULL, LONG_BASE + (int)i };
		if (specs[i].letter == 0)
			continue;
		*letters++ = specs[i].letter;
		if (specs[i].arg != NULL)
			*letters++ = ':';
	}
	*letters = '\0';
	memset(&names[n], 0, sizeof(names[n]));
}

static const struct option_spec *
chosen(const struct option_spec *specs, size_t n, int value)
{
	if (value >= LONG_BASE)
		return &specs[value - LONG_BASE];
	for (size_t i = 0; i < n; i++)
		if (specs[i].letter == value)
			return &specs[i];
	return NULL;
}

int
options_read(struct ctl *c, const struct command *cmd,
    const struct option_spec *own, int argc, char **argv, int *status)
{
	bool wants_help = false;
	const struct option_spec shared[] = {
		{ "json", 0, OPTION_FLAG, &c->json, NULL,
		  "for programs: JSON, one object a line" },
		{ "config", 'c', OPTION_TEXT, &c->config, "FILE",
		  "the configuration" },
		{ "socket", 's', OPTION_TEXT, &c->socket, "PATH",
		  "newsalertd's control socket" },
		{ "help", 'h', OPTION_FLAG, &wants_help, NULL, "this text" },
	};
	struct option_spec specs[SPECS_MAX];
	struct option names[SPECS_MAX + 1];
	char letters[2 * SPECS_MAX + 2];
	size_t n = 0;
	int value;

	for (; own != NULL && own->name != NULL; own++)
		specs[n++] = *own;
	for (size_t i = 0; i < sizeof(shared) / sizeof(shared[0]); i++)
		if (i != 2 || cmd->online)
			specs[n++] = shared[i];
	tables(specs, n, names, letters);
	*status = STATUS_USAGE;
	optind = 0;
	while ((value = getopt_long(argc, argv, letters, names, NULL)) != -1) {
		const struct option_spec *o = chosen(specs, n, value);

		if (value == ':')
			options_wrong(cmd, "%s needs a value",
			    argv[optind - 1]);
		else if (o == NULL)
			options_wrong(cmd, "there is no option '%s'",
			    argv[optind - 1]);
		else if (store(cmd, o, optarg) == 0)
			continue;
		return -1;
	}
	if (!wants_help)
		return optind;
	help(cmd, specs, n);
	*status = STATUS_OK;
	return -1;
}
