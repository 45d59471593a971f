/*
 * command - one command of newsalertctl: its place in the table, its options,
 * and what all commands share.
 *
 * main.c finds the command and calls run with its own arguments (argv[0] is
 * its name). run returns the exit status: 0 done, 1 failed (a sentence is on
 * stderr), 2 wrong usage.
 */
#ifndef CTL_COMMAND_H
#define CTL_COMMAND_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

#define STATUS_OK	0
#define STATUS_FAILED	1
#define STATUS_USAGE	2

struct ctl {
	const char	*config;	/* -c, or the installed newsalertd.conf */
	const char	*socket;	/* --socket, or NULL: as the configuration says */
	bool		 json;		/* --json: the reply as it is */
	bool		 colour;	/* stdout is a terminal that wants it */
	int		 width;		/* columns that output may take */
	struct arena	 mem;		/* for the whole run */
};

struct command {
	const char	*name;
	const char	*operands;	/* "[FILE|-]..." */
	const char	*help;		/* one line */
	int		(*run)(struct ctl *, const struct command *, int,
			    char **);
	bool		 online;	/* asks the daemon */
};

enum option_kind {
	OPTION_FLAG,		/* bool */
	OPTION_TEXT,		/* const char * */
	OPTION_LIST,		/* struct option_list, repeatable */
	OPTION_NUMBER,		/* long long, not negative */
	OPTION_DURATION		/* int64_t, milliseconds */
};

#define OPTION_LIST_MAX 16
struct option_list {
	const char	*v[OPTION_LIST_MAX + 1];	/* NULL behind the last */
	size_t		 n;
};

struct option_spec {
	const char	*name;		/* "rule" for --rule; ends the list if NULL */
	char		 letter;	/* 'r' for -r, or 0 */
	enum option_kind kind;
	void		*into;
	const char	*arg;		/* "NAME"; NULL for a flag */
	const char	*help;
};

/*
 * Read a command's options; those of every command (-c, --socket, --json,
 * --help) are known besides. Returns the index of the first operand, or -1 when
 * the command is to end with *status (usage error, or help was printed).
 */
int	options_read(struct ctl *, const struct command *,
	    const struct option_spec *, int, char **, int *status);
/* "newsalertctl COMMAND: text" on stderr, and how to get help; STATUS_USAGE. */
int	options_wrong(const struct command *, const char *, ...)
	    __attribute__((format(printf, 2, 3)));
/* Exactly so many operands, or options_wrong and false. */
bool	options_count(const struct command *, int argc, int first, int min,
	    int max);
/* "newsalertctl: text" on stderr; STATUS_FAILED. */
int	command_fail(const char *, ...) __attribute__((format(printf, 1, 2)));

/*
 * Ask the daemon (the request is stolen). NULL with the reason on stderr. With
 * --json, commands print the reply by command_print_json.
 */
json_t	*command_ask(struct ctl *, json_t *request);
const char *command_socket(struct ctl *);
void	command_print_json(const json_t *);	/* one line */
/* Strings and numbers of an object; "" and 0 where there are none. */
const char *command_string(const json_t *, const char *key);
long long command_integer(const json_t *, const char *key);

int	command_alerts(struct ctl *, const struct command *, int, char **);
int	command_check(struct ctl *, const struct command *, int, char **);
int	command_deliveries(struct ctl *, const struct command *, int, char **);
int	command_export(struct ctl *, const struct command *, int, char **);
int	command_feeds(struct ctl *, const struct command *, int, char **);
int	command_import(struct ctl *, const struct command *, int, char **);
int	command_match(struct ctl *, const struct command *, int, char **);
int	command_metrics(struct ctl *, const struct command *, int, char **);
int	command_poll(struct ctl *, const struct command *, int, char **);
int	command_read(struct ctl *, const struct command *, int, char **);
int	command_reload(struct ctl *, const struct command *, int, char **);
int	command_retry(struct ctl *, const struct command *, int, char **);
int	command_rules(struct ctl *, const struct command *, int, char **);
int	command_silence(struct ctl *, const struct command *, int, char **);
int	command_status(struct ctl *, const struct command *, int, char **);
int	command_tail(struct ctl *, const struct command *, int, char **);
int	command_test(struct ctl *, const struct command *, int, char **);

#endif
