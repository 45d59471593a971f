#include "fetch/serve.h"

#include <errno.h>
#include <ev.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fdio.h"
#include "base/frame.h"
#include "base/log.h"
#include "base/mem.h"
#include "fetch/multi.h"
#include "fetch/request.h"
#include "fetch/sandbox.h"
#include "poll/protocol.h"

#define BATCH		(256u << 10)	/* so much goes out at once */
#define WATCHED_MAX	4
#define LOOK_S		60.	/* where there is no inotify */

/* A request in flight, in a list. */
struct flight {
	struct flight	*next, *prev;
	uint64_t	 poll;
	struct request	*request;
};

struct server {
	struct ev_loop	*loop;
	struct multi	*multi;
	struct frame_link orders, documents;
	ev_io		 reads, writes, hangup;
	ev_prepare	 before_wait;
	ev_stat		 replaced[WATCHED_MAX];
	struct arena	 setup_mem, order_mem;
	struct request_policy policy;
	bool		 is_set_up, held;
	struct flight	*flights;
	int		 rc;
	struct error	*err;
};

static void
stop(struct server *s, int rc)
{
	s->rc = rc;
	ev_break(s->loop, EVBREAK_ALL);
}

static struct flight *
take_off(struct server *s, const struct poll_order *o)
{
	struct flight *f = mem_zalloc(1, sizeof(*f));

	f->poll = o->poll;
	f->request = request_new(o, &s->policy);
	f->next = s->flights;
	if (f->next != NULL)
		f->next->prev = f;
	s->flights = f;
	return f;
}

static void
land(struct server *s, struct flight *f)
{
	if (f->next != NULL)
		f->next->prev = f->prev;
	if (f->prev != NULL)
		f->prev->next = f->next;
	else
		s->flights = f->next;
	request_free(f->request);
	free(f);
}

static void
hold(struct server *s, bool on)
{
	s->held = on;
	for (struct flight *f = s->flights; f != NULL; f = f->next)
		request_hold(f->request, on);
	if (on)
		ev_io_stop(s->loop, &s->reads);
	else
		ev_io_start(s->loop, &s->reads);
}

static void
flush(struct server *s)
{
	int rc = frame_flush(&s->documents, s->err);

	if (rc < 0) {
		error_prefix(s->err, "newsalertd-parse");
		stop(s, -1);
		return;
	}
	if (rc == 1)
		ev_io_stop(s->loop, &s->writes);
	else
		ev_io_start(s->loop, &s->writes);
	if (!s->held && frame_pending(&s->documents) > FETCH_HIGH)
		hold(s, true);
	else if (s->held && frame_pending(&s->documents) < FETCH_LOW)
		hold(s, false);
}

static void
answer(struct server *s, struct flight *f, CURLcode rc)
{
	const struct poll_answer *a = request_finish(f->request, rc);
	const struct buf *body = request_body(f->request);

	if (poll_put_document(&s->documents, a, body->data, body->len,
	    s->err) < 0)
		stop(s, -1);
	land(s, f);
	/* The rest goes out together, before the loop waits again. */
	if (frame_pending(&s->documents) > BATCH)
		flush(s);
}

static void
on_done(void *arg, CURL *easy, CURLcode rc)
{
	struct server *s = arg;
	struct request *r = NULL;
	struct flight *f;

	curl_easy_getinfo(easy, CURLINFO_PRIVATE, &r);
	for (f = s->flights; f != NULL && f->request != r; f = f->next)
		;
	if (f != NULL)
		answer(s, f, rc);
}

static int
take_setup(struct server *s, const struct frame *frame)
{
	struct poll_setup setup;

	/* Open connections were checked against the setup: it never changes. */
	if (s->is_set_up)
		return error_set(s->err, "a second setup");
	s->is_set_up = true;
	if (poll_get_setup(frame, &s->setup_mem, &setup, s->err) < 0)
		return -1;
	return request_policy_init(&s->policy, &setup, s->err);
}

static int
take_order(struct server *s, const struct frame *frame)
{
	struct poll_order order;
	struct flight *f;

	if (!s->is_set_up)
		return error_set(s->err, "an order before the setup");
	arena_reset(&s->order_mem);
	if (poll_get_order(frame, &s->order_mem, &order, s->err) < 0)
		return -1;
	f = take_off(s, &order);
	if (request_easy(f->request) != NULL)
		multi_add(s->multi, request_easy(f->request));
	else
		answer(s, f, CURLE_OK);
	return 0;
}

static int
take_cancel(struct server *s, const struct frame *frame)
{
	struct flight *f;
	uint64_t poll;

	if (poll_get_number(frame, &poll, s->err) < 0)
		return -1;
	for (f = s->flights; f != NULL && f->poll != poll; f = f->next)
		;
	if (f == NULL)
		return 0;	/* its answer is on the way */
	multi_remove(s->multi, request_easy(f->request));
	land(s, f);
	return 0;
}

static int
take(struct server *s, const struct frame *frame)
{
	switch (frame->type) {
	case POLL_SETUP:
		return take_setup(s, frame);
	case POLL_ORDER:
		return take_order(s, frame);
	case POLL_CANCEL:
		return take_cancel(s, frame);
	default:
		return error_set(s->err, "a message of unknown type %u",
		    frame->type);
	}
}

static void
on_orders(struct ev_loop *loop, ev_io *w, int revents)
{
	struct server *s = w->data;
	struct frame frame;
	int rc;

	(void)loop;
	(void)revents;
	if ((rc = frame_fill(&s->orders, s->err)) < 0) {
		stop(s, rc == -2 ? 0 : -1);
		return;
	}
	while ((rc = frame_next(&s->orders, &frame, s->err)) == 1)
		if ((rc = take(s, &frame)) < 0)
			break;
	if (rc < 0) {
		error_prefix(s->err, "newsalertd");
		stop(s, -1);
	}
}

static void
on_writable(struct ev_loop *loop, ev_io *w, int revents)
{
	(void)loop;
	(void)revents;
	flush(w->data);
}

static void
on_wait(struct ev_loop *loop, ev_prepare *w, int revents)
{
	struct server *s = w->data;

	(void)loop;
	(void)revents;
	if (frame_pending(&s->documents) > 0 && !ev_is_active(&s->writes))
		flush(s);
}

/* newsalertd-parse never sends: readable means it is gone. */
static void
on_hangup(struct ev_loop *loop, ev_io *w, int revents)
{
	struct server *s = w->data;

	(void)loop;
	(void)revents;
	error_set(s->err, "newsalertd-parse is gone");
	stop(s, -1);
}

/* A new resolv.conf that the sandbox hides: start again to see it. What is in
   flight is ordered again. */
static void
on_replaced(struct ev_loop *loop, ev_stat *w, int revents)
{
	int fd;

	(void)loop;
	(void)revents;
	fd = open(w->path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		close(fd);
		return;
	}
	if (errno != EACCES)
		return;
	log_notice("%s was replaced: starting again to read it", w->path);
	stop(w->data, 0);
}

static void
watch_files(struct server *s)
{
	const char *const *paths = sandbox_watched();

	for (size_t i = 0; paths[i] != NULL && i < WATCHED_MAX; i++) {
		ev_stat_init(&s->replaced[i], on_replaced, paths[i], LOOK_S);
		s->replaced[i].data = s;
		ev_stat_start(s->loop, &s->replaced[i]);
	}
}

static void
watch(struct server *s, int orders_fd, int documents_fd)
{
	ev_io_init(&s->reads, on_orders, orders_fd, EV_READ);
	ev_io_init(&s->writes, on_writable, documents_fd, EV_WRITE);
	ev_io_init(&s->hangup, on_hangup, documents_fd, EV_READ);
	s->reads.data = s->writes.data = s->hangup.data = s;
	ev_io_start(s->loop, &s->reads);
	ev_io_start(s->loop, &s->hangup);
	ev_prepare_init(&s->before_wait, on_wait);
	s->before_wait.data = s;
	ev_prepare_start(s->loop, &s->before_wait);
	watch_files(s);
}

int
serve(int orders_fd, int documents_fd, struct error *err)
{
	struct server *s;
	int rc;

	if (fdio_nonblock(orders_fd, err) < 0 ||
	    fdio_nonblock(documents_fd, err) < 0)
		return -1;
	s = mem_zalloc(1, sizeof(*s));
	s->err = err;
	s->loop = ev_default_loop(EVFLAG_AUTO);
	s->multi = multi_new(s->loop, on_done, s);
	arena_init(&s->setup_mem);
	arena_init(&s->order_mem);
	frame_link_init(&s->orders, orders_fd, POLL_FRAME_MAX);
	frame_link_init(&s->documents, documents_fd, POLL_FRAME_MAX);
	watch(s, orders_fd, documents_fd);
	ev_run(s->loop, 0);
	rc = s->rc;
	while (s->flights != NULL) {
		if (request_easy(s->flights->request) != NULL)
			multi_remove(s->multi,
			    request_easy(s->flights->request));
		land(s, s->flights);
	}
	request_policy_clear(&s->policy);
	multi_free(s->multi);
	frame_link_clear(&s->orders);
	frame_link_clear(&s->documents);
	arena_free(&s->setup_mem);
	arena_free(&s->order_mem);
	free(s);
	ev_loop_destroy(EV_DEFAULT);
	return rc;
}
