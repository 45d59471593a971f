/*
 * newsalertd-parse - documents in, articles out, in a sandbox.
 *
 * As newsalertd's child: documents from newsalertd-fetch on descriptor 3, what
 * is in them to newsalertd on descriptor 4 (poll/protocol.h). As a filter: one
 * document on standard input, with --json, or a subscription list, with --opml.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fdio.h"
#include "base/log.h"
#include "build.h"
#include "feed/feed.h"
#include "feed/opml.h"
#include "parse/pipeline.h"
#include "parse/sandbox.h"

#define DOCUMENT_MAX (64u << 20)

struct options {
	bool		 json, opml;
	const char	*content_type, *base, *probe;
};

static void
usage(FILE *to)
{
	fputs("usage: newsalertd-parse --json [--content-type T] [--base URL] "
	    "< DOCUMENT\n"
	    "       newsalertd-parse --opml < SUBSCRIPTIONS\n"
	    "       newsalertd-parse    (started by newsalertd)\n", to);
}

/* 0 = go on; else the exit status + 1. */
static int
read_options(int argc, char **argv, struct options *o)
{
	static const struct option names[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "opml", no_argument, NULL, 'o' },
		{ "content-type", required_argument, NULL, 't' },
		{ "base", required_argument, NULL, 'b' },
		{ "probe", required_argument, NULL, 'p' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "hV", names, NULL)) != -1) {
		switch (c) {
		case 'j':
			o->json = true;
			break;
		case 'o':
			o->opml = true;
			break;
		case 't':
			o->content_type = optarg;
			break;
		case 'b':
			o->base = optarg;
			break;
		case 'p':
			o->probe = optarg;
			break;
		case 'h':
			usage(stdout);
			return 1;
		case 'V':
			puts("newsalertd-parse " BUILD_VERSION);
			return 1;
		default:
			usage(stderr);
			return 3;
		}
	}
	if (optind == argc)
		return 0;
	usage(stderr);
	return 3;
}

/* One feed as JSON; a page that is none still says which feeds it names. */
static int
articles(const struct options *o, const struct buf *in, struct buf *out)
{
	struct arena mem;
	struct feed feed;
	struct error err;
	int r;

	arena_init(&mem);
	r = feed_read(in->data != NULL ? in->data : "", in->len,
	    o->content_type, o->base, &mem, &feed, &err);
	if (r == -1)
		fprintf(stderr, "newsalertd-parse: not a feed: %s\n", err.text);
	for (size_t i = 0; r == -1 && i < feed.nadvertised; i++)
		fprintf(stderr, "  it names %s\n", feed.advertised[i]);
	if (r == 0 || feed.nadvertised > 0)
		feed_json(&feed, out);
	return r == 0 ? 0 : 1;
}

static int
subscriptions(const struct buf *in, struct buf *out)
{
	struct arena mem;
	struct opml list;
	struct error err;

	arena_init(&mem);
	if (opml_read(in->data != NULL ? in->data : "", in->len, &mem, &list,
	    &err) == -1) {
		fprintf(stderr, "newsalertd-parse: no subscriptions: %s\n",
		    err.text);
		return 1;
	}
	opml_json(&list, out);
	return 0;
}

static int
filter(const struct options *o)
{
	struct buf in, out;
	struct error err;
	int r;

	buf_init(&in, DOCUMENT_MAX);
	buf_init(&out, SIZE_MAX / 2);
	if (fdio_read_file("-", &in, &err) == -1) {
		fprintf(stderr, "newsalertd-parse: %s\n", err.text);
		return 1;
	}
	sandbox_start_clock();
	r = o->opml ? subscriptions(&in, &out) : articles(o, &in, &out);
	if (out.len == 0)
		return r;
	buf_addc(&out, '\n');
	if (fdio_write_all(STDOUT_FILENO, out.data, out.len, &err) == -1) {
		fprintf(stderr, "newsalertd-parse: %s\n", err.text);
		return 1;
	}
	return r;
}

static int
probe(const char *what)
{
	struct error err;

	if (sandbox_probe(what, &err) == 0) {
		printf("%s: refused\n", what);
		fflush(stdout);
		return 0;
	}
	fprintf(stderr, "newsalertd-parse: %s\n", err.text);
	return 1;
}

int
main(int argc, char **argv)
{
	struct options o = { 0 };
	struct error err;
	int r;

	if ((r = read_options(argc, argv, &o)) != 0)
		return r - 1;
	feed_prepare();
	if (sandbox_enter(&err) == -1) {
		fprintf(stderr, "newsalertd-parse: no sandbox: %s\n", err.text);
		return 2;
	}
	if (o.probe != NULL)
		r = probe(o.probe);
	else if (o.json || o.opml)
		r = filter(&o);
	else
		r = pipeline_run(3, 4);
	/* Nothing is left to do that an exit handler could do in here. */
	_exit(r);
}
