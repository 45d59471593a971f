/*
 * Feed bytes to articles with plain text, beside a no-op pass of expat over
 * the same bytes. Two sets of real feeds: those with little markup in their
 * texts and those that are mostly markup. Without real feeds, two feeds are
 * made up.
 *
 * usage: bench_read [FOLDER]
 */
#include <expat.h>
#include <ftw.h>
#include <string.h>

#include "base/fdio.h"
#include "base/mem.h"
#include "feed/feed.h"
#include "tests/bench/bench.h"

#define SECONDS		4.0
#define FILE_MAX	(16u << 20)
#define HTML_SHARE	4	/* HTML-heavy: one tag in so many hundred bytes */

struct set {
	struct buf	*docs;
	size_t		 n, cap, bytes;
};

static struct set plain, html;

static void
pass_of_expat(const struct buf *b)
{
	XML_Parser p = XML_ParserCreate(NULL);

	XML_Parse(p, b->data, (int)b->len, XML_TRUE);
	XML_ParserFree(p);
}

static int
well_formed(const struct buf *b)
{
	XML_Parser p = XML_ParserCreate(NULL);
	int ok = XML_Parse(p, b->data, (int)b->len, XML_TRUE) ==
	    XML_STATUS_OK;

	XML_ParserFree(p);
	return ok;
}

static size_t
count(const struct buf *b, const char *what)
{
	const char *p = b->data, *end = b->data + b->len;
	size_t n = 0;

	for (; (p = memmem(p, (size_t)(end - p), what, strlen(what))) != NULL;
	    p++)
		n++;
	return n;
}

/* Documents that expat cannot read would be no yardstick. */
static void
add(struct buf *b)
{
	struct set *s;

	if (b->len < 200 || !well_formed(b)) {
		buf_clear(b);
		return;
	}
	s = (count(b, "&lt;") + count(b, "<p>") + count(b, "</a>")) * 100 >
	    b->len / HTML_SHARE ? &html : &plain;
	s->docs = mem_grow(s->docs, s->n, &s->cap, sizeof(*s->docs));
	s->docs[s->n++] = *b;
	s->bytes += b->len;
}

static int
visit(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	struct buf b;
	struct error err;

	(void)ftw;
	if (kind != FTW_F || st->st_size > FILE_MAX)
		return 0;
	buf_init(&b, FILE_MAX);
	if (fdio_read_file(path, &b, &err) == 0)
		add(&b);
	else
		buf_clear(&b);
	return 0;
}

static void
make_up(const char *text)
{
	struct buf b;
	int i;

	buf_init(&b, FILE_MAX);
	buf_adds(&b, "<rss version=\"2.0\"><channel><title>Made up</title>");
	for (i = 0; i < 500; i++)
		buf_printf(&b, "<item><title>Shares of number %d fall</title>"
		    "<link>http://example.org/%d</link><guid>%d</guid>"
		    "<pubDate>Tue, 05 Mar 2024 14:30:00 GMT</pubDate>"
		    "<description>%s</description></item>\n", i, i, i, text);
	buf_adds(&b, "</channel></rss>");
	add(&b);
}

static double
time_expat(const struct set *s)
{
	double start = bench_now();

	for (size_t i = 0; i < s->n; i++)
		pass_of_expat(&s->docs[i]);
	return bench_now() - start;
}

static double
time_feeds(const struct set *s, struct arena *mem)
{
	double start = bench_now();
	struct feed feed;
	struct error err;

	for (size_t i = 0; i < s->n; i++) {
		feed_read(s->docs[i].data, s->docs[i].len, NULL, NULL, mem,
		    &feed, &err);
		arena_reset(mem);
	}
	return bench_now() - start;
}

/* In turns, so that a machine that slows down slows both: the best of each. */
static void
row(const char *name, const struct set *s, double target)
{
	double yardstick = 0, ours = 0, begin = bench_now(), took;
	struct arena mem;

	if (s->n == 0)
		return;
	arena_init(&mem);
	do {
		took = time_expat(s);
		yardstick = yardstick == 0 || took < yardstick ? took :
		    yardstick;
		took = time_feeds(s, &mem);
		ours = ours == 0 || took < ours ? took : ours;
	} while (bench_now() - begin < SECONDS);
	arena_free(&mem);
	bench_row(name, (double)s->bytes / ours / 1e6, "MB/s",
	    "expat without handlers", (double)s->bytes / yardstick / 1e6,
	    ours / yardstick, target, 0);
}

int
main(int argc, char **argv)
{
	feed_prepare();
	if (argc > 1)
		nftw(argv[1], visit, 16, FTW_PHYS);
	if (plain.n == 0)
		make_up("The quick summary of an article runs over a line or "
		    "two, without any markup, as a wire service writes it; "
		    "it ends where the first paragraph ends.");
	if (html.n == 0)
		make_up("&lt;p&gt;One &lt;a href=\"http://example.org/\"&gt;"
		    "link&lt;/a&gt; and some &lt;b&gt;bold&lt;/b&gt; words in "
		    "a paragraph.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;and a list&lt;"
		    "/li&gt;&lt;/ul&gt;");
	row("read_plain", &plain, 1.6);
	row("read_html", &html, 2.5);
	return 0;
}
