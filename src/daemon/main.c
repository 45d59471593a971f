/*
 * newsalertd - see newsalertd(8).
 */
#include <errno.h>
#include <ev.h>
#include <getopt.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "build.h"
#include "daemon/announce.h"
#include "daemon/commands.h"
#include "daemon/control_server.h"
#include "daemon/daemon.h"
#include "daemon/generation.h"
#include "daemon/journal.h"
#include "daemon/lifecycle.h"
#include "daemon/notifiers.h"
#include "daemon/polls.h"
#include "daemon/reload.h"
#include "store/store.h"

#define EXIT_TROUBLE 1

static void
usage(FILE *f)
{
	fputs("usage: newsalertd [-c FILE] [-t] [--once] [--log-level LEVEL]\n"
	    "  -c FILE      configuration (default " BUILD_SYSCONF
	    "/newsalertd.conf)\n"
	    "  -t           check the configuration and the plugins' options,"
	    " then exit\n"
	    "  --once       poll every feed once, try every delivery once, then"
	    " exit:\n"
	    "               0 when all is delivered, 75 when something is still"
	    " pending\n"
	    "  --log-level  error, warning, notice, info (default) or debug\n"
	    "  --version    print the version\n", f);
}

/* For a person at a terminal: where, then what. */
static void
print_problems(const struct problems *p)
{
	for (size_t i = 0; i < p->n; i++)
		fprintf(stderr, "%s%s%s%s\n", p->list[i].where,
		    p->list[i].where[0] != '\0' ? ": " : "",
		    p->list[i].warning ? "warning: " : "", p->list[i].text);
}

static int
load(struct daemon *d)
{
	struct problems problems;

	problems_init(&problems);
	d->generation = generation_load(d->config_path, &problems);
	print_problems(&problems);
	if (d->generation == NULL)
		fprintf(stderr, "newsalertd: %zu error%s in the configuration;"
		    " nothing was started\n", problems.errors,
		    problems.errors == 1 ? "" : "s");
	problems_clear(&problems);
	return d->generation != NULL ? 0 : -1;
}

static int
start_config(struct daemon *d, struct error *err)
{
	(void)err;
	return load(d);
}

static void
end_config(struct daemon *d)
{
	generation_free(d->generation);
}

static int
start_store(struct daemon *d, struct error *err)
{
	return store_open(d->generation->config->state, &d->store, err);
}

static void
end_store(struct daemon *d)
{
	store_close(d->store);
}

static int
start_notifiers(struct daemon *d, struct error *err)
{
	(void)err;
	d->announce = announce_new(d);
	d->notifiers = notifiers_new(d);
	notifiers_configure(d->notifiers);
	return 0;
}

static void
end_notifiers(struct daemon *d)
{
	notifiers_free(d->notifiers);
	announce_free(d->announce);
}

static int
start_control(struct daemon *d, struct error *err)
{
	d->control = control_server_new(d->loop,
	    d->generation->config->control,
	    d->generation->config->control_group, commands_handle, d, err);
	return d->control != NULL ? 0 : -1;
}

static void
end_control(struct daemon *d)
{
	control_server_free(d->control);
}

static int
start_polls(struct daemon *d, struct error *err)
{
	if ((d->polls = polls_new(d, err)) == NULL)
		return -1;
	polls_configure(d->polls);
	return 0;
}

static void
end_polls(struct daemon *d)
{
	polls_free(d->polls);
}

static int
start_reload(struct daemon *d, struct error *err)
{
	(void)err;
	d->reload = reload_new(d);
	return 0;
}

static void
end_reload(struct daemon *d)
{
	reload_free(d->reload);
}

static int
start_lifecycle(struct daemon *d, struct error *err)
{
	(void)err;
	lifecycle_start(d);
	return 0;
}

/* The order of the start; the end is the reverse. */
static const struct part {
	const char	*name;
	int		(*start)(struct daemon *, struct error *);
	void		(*end)(struct daemon *);
} parts[] = {
	{ "configuration", start_config, end_config },
	{ "store", start_store, end_store },
	{ "notifiers", start_notifiers, end_notifiers },
	{ "control socket", start_control, end_control },
	{ "polls", start_polls, end_polls },
	{ "reload", start_reload, end_reload },
	{ "lifecycle", start_lifecycle, lifecycle_end },
};

static int
run(struct daemon *d)
{
	struct error err = { "" };
	size_t n = 0, count = sizeof(parts) / sizeof(parts[0]);
	int status = EXIT_TROUBLE;

	d->loop = ev_default_loop(EVFLAG_AUTO);
	d->started = daemon_now();
	while (n < count && !d->stopping && parts[n].start(d, &err) == 0)
		n++;
	if (n == count) {
		log_info("newsalertd " BUILD_VERSION " with %zu feeds, %zu "
		    "rules, %zu notifiers; %s", d->generation->config->nfeeds,
		    ruleset_count(d->generation->config->ruleset),
		    d->generation->config->nnotifiers, store_engine());
		ev_run(d->loop, 0);
		status = d->exit_code;
	} else if (err.text[0] != '\0')
		log_error("%s: %s", parts[n].name, err.text);
	while (n-- > 0)
		parts[n].end(d);
	ev_loop_destroy(d->loop);
	return status;
}

/* Descriptors that a supervisor forgot to open must not become our sockets. */
static void
fill_standard(void)
{
	FILE *f;

	while ((f = fopen("/dev/null", "r+")) != NULL && fileno(f) <= 2)
		continue;
	if (f != NULL)
		fclose(f);
}

static int
check(struct daemon *d)
{
	if (load(d) < 0)
		return EXIT_TROUBLE;
	fprintf(stderr, "%s: the configuration is good: %zu feeds, %zu rules, "
	    "%zu notifiers\n", d->config_path, d->generation->config->nfeeds,
	    ruleset_count(d->generation->config->ruleset),
	    d->generation->config->nnotifiers);
	generation_free(d->generation);
	return 0;
}

int
main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "once", no_argument, NULL, 'o' },
		{ "log-level", required_argument, NULL, 'l' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 }
	};
	struct daemon d = { .config_path = BUILD_SYSCONF "/newsalertd.conf" };
	enum log_level level;
	bool test = false;
	int c;

	fill_standard();
	signal(SIGPIPE, SIG_IGN);
	log_open("newsalertd");
	journal_open();
	/* An answer is whole, or there is none. */
	json_set_alloc_funcs(mem_alloc, free);
	while ((c = getopt_long(argc, argv, "c:th", longs, NULL)) != -1)
		switch (c) {
		case 'c':
			d.config_path = optarg;
			break;
		case 't':
			test = true;
			break;
		case 'o':
			d.once = true;
			break;
		case 'l':
			if (log_level_parse(optarg, &level) < 0) {
				usage(stderr);
				return EXIT_TROUBLE;
			}
			log_set_level(level);
			break;
		case 'V':
			puts("newsalertd " BUILD_VERSION);
			return 0;
		default:
			usage(c == 'h' ? stdout : stderr);
			return c == 'h' ? 0 : EXIT_TROUBLE;
		}
	if (optind != argc) {
		usage(stderr);
		return EXIT_TROUBLE;
	}
	return test ? check(&d) : run(&d);
}
