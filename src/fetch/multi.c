#include "fetch/multi.h"

#include <stdlib.h>

#include "base/mem.h"

#define CONNECTIONS	256	/* kept open at most, idle ones included */

struct multi {
	struct ev_loop	*loop;
	CURLM		*curl;
	ev_timer	 timer;
	multi_done	*done;
	void		*arg;
};

struct socket_watch {
	struct ev_io	 io;
	struct multi	*multi;
};

static void
collect(struct multi *m)
{
	CURLMsg *msg;
	int left;

	while ((msg = curl_multi_info_read(m->curl, &left)) != NULL) {
		CURL *easy = msg->easy_handle;
		CURLcode rc = msg->data.result;

		if (msg->msg != CURLMSG_DONE)
			continue;
		curl_multi_remove_handle(m->curl, easy);
		m->done(m->arg, easy, rc);
	}
}

static void
on_socket(struct ev_loop *loop, ev_io *w, int revents)
{
	struct socket_watch *s = w->data;
	struct multi *m = s->multi;
	int running, what = (revents & EV_READ ? CURL_CSELECT_IN : 0) |
	    (revents & EV_WRITE ? CURL_CSELECT_OUT : 0);

	(void)loop;
	curl_multi_socket_action(m->curl, w->fd, what, &running);
	collect(m);
}

static void
on_timer(struct ev_loop *loop, ev_timer *w, int revents)
{
	struct multi *m = w->data;
	int running;

	(void)loop;
	(void)revents;
	curl_multi_socket_action(m->curl, CURL_SOCKET_TIMEOUT, 0, &running);
	collect(m);
}

static int
want_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *known)
{
	struct multi *m = arg;
	struct socket_watch *s = known;
	int events = (what & CURL_POLL_IN ? EV_READ : 0) |
	    (what & CURL_POLL_OUT ? EV_WRITE : 0);

	(void)easy;
	if (s != NULL)
		ev_io_stop(m->loop, &s->io);
	if (what == CURL_POLL_REMOVE) {
		curl_multi_assign(m->curl, fd, NULL);
		free(s);
		return 0;
	}
	if (s == NULL) {
		s = mem_zalloc(1, sizeof(*s));
		s->multi = m;
		curl_multi_assign(m->curl, fd, s);
	}
	ev_io_init(&s->io, on_socket, fd, events);
	s->io.data = s;
	ev_io_start(m->loop, &s->io);
	return 0;
}

static int
want_timer(CURLM *curl, long ms, void *arg)
{
	struct multi *m = arg;

	(void)curl;
	ev_timer_stop(m->loop, &m->timer);
	if (ms < 0)
		return 0;
	/* Timers count from the loop's idea of now, which may be old here. */
	ev_now_update(m->loop);
	ev_timer_set(&m->timer, (double)ms / 1000.0, 0.);
	ev_timer_start(m->loop, &m->timer);
	return 0;
}

struct multi *
multi_new(struct ev_loop *loop, multi_done *done, void *arg)
{
	struct multi *m = mem_zalloc(1, sizeof(*m));

	m->loop = loop;
	m->done = done;
	m->arg = arg;
	ev_timer_init(&m->timer, on_timer, 0., 0.);
	m->timer.data = m;
	if ((m->curl = curl_multi_init()) == NULL)
		abort();
	curl_multi_setopt(m->curl, CURLMOPT_SOCKETFUNCTION, want_socket);
	curl_multi_setopt(m->curl, CURLMOPT_SOCKETDATA, m);
	curl_multi_setopt(m->curl, CURLMOPT_TIMERFUNCTION, want_timer);
	curl_multi_setopt(m->curl, CURLMOPT_TIMERDATA, m);
	curl_multi_setopt(m->curl, CURLMOPT_MAXCONNECTS, (long)CONNECTIONS);
	return m;
}

void
multi_free(struct multi *m)
{
	if (m == NULL)
		return;
	curl_multi_cleanup(m->curl);
	ev_timer_stop(m->loop, &m->timer);
	free(m);
}

void
multi_add(struct multi *m, CURL *easy)
{
	curl_multi_add_handle(m->curl, easy);
}

void
multi_remove(struct multi *m, CURL *easy)
{
	curl_multi_remove_handle(m->curl, easy);
}
