#include "daemon/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/fdio.h"
#include "base/mem.h"
#include "daemon/process.h"
#include "daemon/spawn.h"

#define START_MS 10000		/* exec, encodings, sandbox */
#define GRACE_MS 3000
#define PARSE_MS 10000		/* one document; parse has its own, lower limit */

/*
 * Two links: orders go to fetch, reports come from parse. The process's own
 * link is the one of the reports, since its end of file is the last sign.
 */
struct reader {
	struct process		 process;
	struct frame_link	 orders;
	ev_io			 orders_out;
	ev_timer		 parsing;	/* a document takes too long */
	char			*libexec;
	struct buf		 setup;		/* encoded SETUP frame body */
	const struct reader_owner *owner;
	void			*arg;
	uint64_t		 begun;		/* the poll being parsed, or 0 */
	struct arena		 mem;		/* of its articles */
	struct article		*articles;
	size_t			 n, cap;
};

static void
forget_document(struct reader *r)
{
	ev_timer_stop(r->process.loop, &r->parsing);
	r->begun = 0;
	r->n = 0;
	arena_reset(&r->mem);
}

static void
close_orders(struct reader *r)
{
	if (r->orders.fd < 0)
		return;
	ev_io_stop(r->process.loop, &r->orders_out);
	close(r->orders.fd);
	r->orders.fd = -1;
	frame_link_clear(&r->orders);
}

static void
flush_orders(struct reader *r)
{
	if (frame_flush(&r->orders, NULL) == 0)
		ev_io_start(r->process.loop, &r->orders_out);
	else
		ev_io_stop(r->process.loop, &r->orders_out);
}

static pid_t
run(struct reader *r, const char *name, const int *fds, size_t nfds,
    struct error *err)
{
	char *path = mem_printf("%s/%s", r->libexec, name);
	pid_t pid = spawn_program(path, (const char *[]){ name, NULL }, fds,
	    nfds, -1, err);

	free(path);
	return pid;
}

static int
spawn(void *arg, pid_t pids[PROCESS_PIDS], struct error *err)
{
	struct reader *r = arg;
	int orders[2], documents[2], reports[2], result = -1;

	close_orders(r);
	if (fdio_pair(orders, err) < 0)
		return -1;
	if (fdio_pair(documents, err) < 0)
		goto close_orders;
	if (fdio_pair(reports, err) < 0)
		goto close_documents;
	pids[0] = run(r, "newsalertd-fetch",
	    (int[]){ orders[1], documents[0] }, 2, err);
	if (pids[0] > 0)
		pids[1] = run(r, "newsalertd-parse",
		    (int[]){ documents[1], reports[1] }, 2, err);
	if (pids[0] > 0 && pids[1] > 0) {
		fdio_nonblock(orders[0], NULL);
		r->orders.fd = orders[0];
		ev_io_set(&r->orders_out, orders[0], EV_WRITE);
		frame_put(&r->orders, POLL_SETUP, r->setup.data, r->setup.len);
		flush_orders(r);
		result = reports[0];
		orders[0] = -1;
	} else
		close(reports[0]);
	close(reports[1]);
close_documents:
	close(documents[0]);
	close(documents[1]);
close_orders:
	if (orders[0] >= 0)
		close(orders[0]);
	close(orders[1]);
	return result;
}

static int
take_begin(struct reader *r, const struct frame *f, struct error *err)
{
	uint64_t poll;

	if (poll_get_number(f, &poll, err) < 0)
		return -1;
	if (r->begun != 0)
		return error_set(err, "two documents at once");
	r->begun = poll;
	ev_timer_set(&r->parsing, PARSE_MS / 1000.0, 0.0);
	ev_timer_start(r->process.loop, &r->parsing);
	return 0;
}

static int
take_article(struct reader *r, const struct frame *f, struct error *err)
{
	struct wire w;

	wire_init(&w, f->body, f->len);
	if (wire_get_u64(&w) != r->begun || r->begun == 0)
		return error_set(err, "an article of no document");
	if (r->n >= POLL_ITEMS_MAX)
		return error_set(err, "more articles than agreed");
	r->articles = mem_grow(r->articles, r->n, &r->cap,
	    sizeof(*r->articles));
	article_get(&w, &r->mem, &r->articles[r->n]);
	if (!wire_done(&w))
		return error_set(err, "malformed article");
	r->n++;
	return 0;
}

static int
take_report(struct reader *r, const struct frame *f, struct error *err)
{
	struct poll_answer answer;
	struct poll_feed feed;

	if (poll_get_report(f, &r->mem, &answer, &feed, err) < 0)
		return -1;
	if (r->begun != 0 && answer.poll != r->begun)
		return error_set(err, "a report of another document");
	process_event(&r->process, CHILD_DONE);
	r->owner->answer(r->arg, &answer, &feed, r->articles, r->n);
	forget_document(r);
	return 0;
}

static int
frame(void *arg, const struct frame *f, struct error *err)
{
	struct reader *r = arg;

	switch (f->type) {
	case POLL_BEGIN:
		return take_begin(r, f, err);
	case POLL_ARTICLE:
		return take_article(r, f, err);
	case POLL_REPORT:
		return take_report(r, f, err);
	default:
		return error_set(err, "unknown message %u from the parser",
		    f->type);
	}
}

static void
lost(void *arg, const char *why)
{
	struct reader *r = arg;
	/* One that was asked to end in the middle of it proves nothing. */
	uint64_t blamed = r->process.child.wanted ? r->begun : 0;

	forget_document(r);
	r->owner->lost(r->arg, blamed, why);
}

static void
serve(void *arg)
{
	struct reader *r = arg;

	r->owner->serve(r->arg);
}

static void
stopped(void *arg)
{
	struct reader *r = arg;

	close_orders(r);
	forget_document(r);
	r->owner->stopped(r->arg);
}

static const struct process_owner owner = {
	.spawn = spawn,
	.frame = frame,
	.lost = lost,
	.serve = serve,
	.stopped = stopped,
};

static void
on_orders(struct ev_loop *loop, ev_io *w, int revents)
{
	(void)loop;
	(void)revents;
	flush_orders(w->data);
}

static void
on_parsing(struct ev_loop *loop, ev_timer *w, int revents)
{
	struct reader *r = w->data;

	(void)loop;
	(void)revents;
	process_breach(&r->process, "took too long over a document");
}

bool
reader_set_setup(struct reader *r, const struct poll_setup *s)
{
	struct frame_link link;
	bool differs = false;
	struct frame f;

	/* Encoded now, so that nothing of an old configuration is kept. */
	frame_link_init(&link, -1, POLL_FRAME_MAX);
	poll_put_setup(&link, s, NULL);
	buf_add(&link.in, link.out.data, link.out.len);
	if (frame_next(&link, &f, NULL) == 1) {
		differs = f.len != r->setup.len ||
		    memcmp(f.body, r->setup.data, f.len) != 0;
		buf_reset(&r->setup);
		buf_add(&r->setup, f.body, f.len);
	}
	frame_link_clear(&link);
	return differs;
}

struct reader *
reader_new(struct ev_loop *loop, const char *libexec,
    const struct poll_setup *setup, int64_t timeout_ms,
    const struct reader_owner *o, void *arg)
{
	struct reader *r = mem_zalloc(1, sizeof(*r));

	process_init(&r->process, loop, "reader (newsalertd-fetch and -parse)",
	    &owner, r, POLL_FRAME_MAX);
	child_init(&r->process.child, START_MS, 0, GRACE_MS);
	reader_set_timeout(r, timeout_ms);
	frame_link_init(&r->orders, -1, POLL_FRAME_MAX);
	ev_io_init(&r->orders_out, on_orders, -1, EV_WRITE);
	ev_timer_init(&r->parsing, on_parsing, 0.0, 0.0);
	r->orders_out.data = r->parsing.data = r;
	r->libexec = mem_strdup(libexec);
	buf_init(&r->setup, POLL_FRAME_MAX);
	arena_init(&r->mem);
	r->owner = o;
	r->arg = arg;
	reader_set_setup(r, setup);
	return r;
}

void
reader_free(struct reader *r)
{
	if (r == NULL)
		return;
	forget_document(r);
	close_orders(r);
	process_clear(&r->process);
	frame_link_clear(&r->orders);
	buf_clear(&r->setup);
	arena_free(&r->mem);
	free(r->articles);
	free(r->libexec);
	free(r);
}

void
reader_start(struct reader *r)
{
	process_event(&r->process, CHILD_START);
}

void
reader_stop(struct reader *r)
{
	/* fetch ends at the end of its orders, parse when fetch has ended. The
	   event may be followed by the next start, with orders of its own. */
	close_orders(r);
	process_event(&r->process, CHILD_STOP);
}

void
reader_set_timeout(struct reader *r, int64_t timeout_ms)
{
	r->process.child.work_ms = timeout_ms + PARSE_MS;
}

bool
reader_serves(const struct reader *r)
{
	return child_serves(&r->process.child);
}

int
reader_order(struct reader *r, const struct poll_order *o, struct error *err)
{
	if (poll_put_order(&r->orders, o, err) < 0)
		return -1;
	process_event(&r->process, CHILD_WORK);
	return 0;
}

void
reader_flush(struct reader *r)
{
	if (frame_pending(&r->orders) > 0 && !ev_is_active(&r->orders_out))
		flush_orders(r);
}
