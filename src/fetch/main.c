/*
 * newsalertd-fetch - the program that talks to the network.
 *
 * Started by newsalertd with orders on descriptor 3 and newsalertd-parse on
 * descriptor 4; by hand with --once. It keeps no state and ends with either
 * of its neighbours.
 */
#include <curl/curl.h>
#include <getopt.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/error.h"
#include "base/log.h"
#include "base/mem.h"
#include "build.h"
#include "fetch/once.h"
#include "fetch/probe.h"
#include "fetch/sandbox.h"
#include "fetch/serve.h"

#define ORDERS_FD	3
#define DOCUMENTS_FD	4

static const char usage[] =
"usage: newsalertd-fetch                  (by newsalertd: orders on descriptor\n"
"                                         3, documents on descriptor 4)\n"
"       newsalertd-fetch --once [--allow NETWORK]... [--info FD]\n"
"                        [--user-agent TEXT] [--proxy URL] URL\n"
"                                         one document to stdout, the lines\n"
"                                         \"url: ...\", \"content-type: ...\" and,\n"
"                                         if there is one, \"base: ...\" to\n"
"                                         descriptor FD (2)\n"
"       newsalertd-fetch --probe WHAT     write, exec, ptrace, listen,\n"
"                                         read=PATH, resolve=NAME: exit 0 if\n"
"                                         the sandbox refuses it (allows the\n"
"                                         last), 1 if not\n";

struct options {
	bool		 once;
	const char	*probe;
	int		 info_fd;
	struct poll_setup setup;
	const char	*allow[POLL_ALLOW_MAX];
};

static int
misuse(void)
{
	fputs(usage, stderr);
	return 64;
}

/* 0, or -1: misuse. */
static int
read_options(int argc, char **argv, struct options *o)
{
	static const struct option table[] = {
		{ "once", no_argument, NULL, 'o' },
		{ "allow", required_argument, NULL, 'a' },
		{ "info", required_argument, NULL, 'i' },
		{ "user-agent", required_argument, NULL, 'u' },
		{ "proxy", required_argument, NULL, 'x' },
		{ "probe", required_argument, NULL, 'p' },
		{ NULL, 0, NULL, 0 } };
	int c;

	memset(o, 0, sizeof(*o));
	o->info_fd = STDERR_FILENO;
	o->setup.user_agent = "newsalertd/" BUILD_VERSION;
	o->setup.proxy = "";
	o->setup.allow = o->allow;
	while ((c = getopt_long(argc, argv, "", table, NULL)) != -1)
		switch (c) {
		case 'o':
			o->once = true;
			break;
		case 'a':
			if (o->setup.nallow == POLL_ALLOW_MAX)
				return -1;
			o->allow[o->setup.nallow++] = optarg;
			break;
		case 'i':
			o->info_fd = atoi(optarg);
			break;
		case 'u':
			o->setup.user_agent = optarg;
			break;
		case 'x':
			o->setup.proxy = optarg;
			break;
		case 'p':
			o->probe = optarg;
			break;
		default:
			return -1;
		}
	return argc - optind == (o->once ? 1 : 0) ? 0 : -1;
}

static int
run(const struct options *o, const char *url, struct error *err)
{
	if (o->probe != NULL)
		return probe(o->probe, err);
	if (o->once)
		return once(&o->setup, url, o->info_fd, err);
	return serve(ORDERS_FD, DOCUMENTS_FD, err);
}

int
main(int argc, char **argv)
{
	struct options o;
	struct error err = { "" };
	int rc;

	if (read_options(argc, argv, &o) < 0)
		return misuse();
	log_open("newsalertd-fetch");
	if (!o.once && o.probe == NULL)
		prctl(PR_SET_PDEATHSIG, SIGTERM);
	signal(SIGPIPE, SIG_IGN);
	/* libidn2 reads names in the encoding of the locale. */
	setlocale(LC_CTYPE, "C.UTF-8");
	/* Reads openssl.cnf and makes no thread yet. */
	if (curl_global_init_mem(CURL_GLOBAL_DEFAULT, mem_alloc, free,
	    mem_resize, mem_strdup, mem_zalloc) != CURLE_OK) {
		log_error("libcurl cannot start");
		return 1;
	}
	if (sandbox_enter(&err) < 0)
		log_warning("the sandbox is incomplete: %s", err.text);
	if ((rc = run(&o, argv[optind], &err)) < 0 && o.once)
		fprintf(stderr, "newsalertd-fetch: %s\n", err.text);
	else if (rc < 0)
		log_error("%s", err.text);
	curl_global_cleanup();
	return rc == 0 ? 0 : 1;
}
