#include "daemon/control_server.h"

#include <errno.h>
#include <grp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "control/control.h"

#define CLIENTS_MAX 64
#define REQUEST_MAX (1u << 20)
#define UNREAD_MAX (64u << 20)	/* replies a client has not read */

struct control_client {
	struct control_client	*next;
	struct control_server	*server;
	unsigned long		 number;
	bool			 follows;
	bool			 handling;	/* a request; it is freed after */
	bool			 gone;
	int			 fd;
	struct buf		 in, out;
	ev_io			 reader, writer;
};

struct control_server {
	struct ev_loop		*loop;
	int			 fd;
	char			*path;
	ev_io			 accept;
	control_handler		*handler;
	void			*arg;
	struct control_client	*clients;
	unsigned long		 last_number;
	size_t			 n;
};

static void
free_client(struct control_client *c)
{
	buf_clear(&c->in);
	buf_clear(&c->out);
	free(c);
}

static void
drop(struct control_client *c)
{
	struct control_client **at = &c->server->clients;

	while (*at != c)
		at = &(*at)->next;
	*at = c->next;
	c->server->n--;
	ev_io_stop(c->server->loop, &c->reader);
	ev_io_stop(c->server->loop, &c->writer);
	close(c->fd);
	c->gone = true;
	if (!c->handling)
		free_client(c);
}

/* false = the client was dropped. */
static bool
flush(struct control_client *c)
{
	while (c->out.len > 0) {
		ssize_t n = send(c->fd, c->out.data, c->out.len, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
			ev_io_start(c->server->loop, &c->writer);
			return true;
		}
		if (n < 0) {
			drop(c);
			return false;
		}
		buf_drop(&c->out, (size_t)n);
	}
	ev_io_stop(c->server->loop, &c->writer);
	return true;
}

static bool
add_reply(struct control_client *c, const json_t *reply)
{
	char *line = json_dumps(reply, JSON_COMPACT);

	if (line == NULL)
		line = mem_strdup("{\"ok\":false,\"error\":\"the answer cannot "
		    "be written as JSON\"}");
	buf_adds(&c->out, line);
	buf_addc(&c->out, '\n');
	free(line);
	if (c->out.full) {
		log_warning("a client of the control socket does not read its "
		    "answers; it was dropped");
		drop(c);
		return false;
	}
	return flush(c);
}

static bool
handle_line(struct control_client *c, const char *line, size_t len)
{
	struct error err;
	json_t *request = control_parse(line, len, &err), *reply;
	bool alive = true;

	/* What the handler does may tell this very client something, and find
	   that it has gone. */
	c->handling = true;
	if (request == NULL)
		reply = control_failed("%s", err.text);
	else
		reply = c->server->handler(c->server->arg, c, request);
	c->handling = false;
	if (c->gone) {
		free_client(c);
		alive = false;
	} else if (reply != NULL)
		alive = add_reply(c, reply);
	json_decref(reply);
	json_decref(request);
	return alive;
}

static void
on_readable(struct ev_loop *loop, ev_io *w, int revents)
{
	struct control_client *c = w->data;
	char *to = buf_reserve(&c->in, 4096), *end;
	ssize_t n;

	(void)loop;
	(void)revents;
	if (to == NULL) {
		log_warning("a request on the control socket is too long");
		drop(c);
		return;
	}
	n = read(c->fd, to, 4096);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		drop(c);
		return;
	}
	c->in.len += (size_t)n;
	while ((end = memchr(c->in.data, '\n', c->in.len)) != NULL) {
		size_t len = (size_t)(end - c->in.data);

		if (!handle_line(c, c->in.data, len))
			return;
		buf_drop(&c->in, len + 1);
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
on_accept(struct ev_loop *loop, ev_io *w, int revents)
{
	struct control_server *s = w->data;
	struct control_client *c;
	int fd = accept4(s->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	(void)revents;
	if (fd < 0)
		return;
	if (s->n >= CLIENTS_MAX) {
		close(fd);
		return;
	}
	c = mem_zalloc(1, sizeof(*c));
	c->server = s;
	c->number = ++s->last_number;
	c->fd = fd;
	buf_init(&c->in, REQUEST_MAX);
	buf_init(&c->out, UNREAD_MAX);
	ev_io_init(&c->reader, on_readable, fd, EV_READ);
	ev_io_init(&c->writer, on_writable, fd, EV_WRITE);
	c->reader.data = c->writer.data = c;
	ev_io_start(loop, &c->reader);
	c->next = s->clients;
	s->clients = c;
	s->n++;
}

/* Nobody but root, us, and the group may talk: set before listening. */
static int
set_access(const char *path, const char *group, struct error *err)
{
	const struct group *g;

	if (group[0] != '\0') {
		if ((g = getgrnam(group)) == NULL)
			log_warning("control_group: there is no group '%s'",
			    group);
		else if (chown(path, (uid_t)-1, g->gr_gid) < 0)
			log_warning("control_group: cannot give %s to group "
			    "'%s': %s", path, group, strerror(errno));
	}
	if (chmod(path, 0660) < 0)
		return error_errno(err, "cannot set the mode of %s", path);
	return 0;
}

static int
open_socket(const char *path, const char *group, struct error *err)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	mode_t old;
	int fd;

	if (strlen(path) >= sizeof(sa.sun_path))
		return error_set(err, "the path of the control socket is "
		    "longer than %zu bytes: %s", sizeof(sa.sun_path) - 1, path);
	memcpy(sa.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return error_errno(err, "cannot make the control socket");
	/* The lock on the state says that no other daemon uses it. */
	unlink(path);
	old = umask(0177);
	if (bind(fd, (struct sockaddr *)&sa, sizeof(sa)) < 0)
		error_errno(err, "cannot make the control socket %s", path);
	else if (set_access(path, group, err) == 0 && listen(fd, 16) == 0) {
		umask(old);
		return fd;
	}
	umask(old);
	close(fd);
	return -1;
}

struct control_server *
control_server_new(struct ev_loop *loop, const char *path, const char *group,
    control_handler *handler, void *arg, struct error *err)
{
	struct control_server *s;
	int fd = open_socket(path, group, err);

	if (fd < 0)
		return NULL;
	s = mem_zalloc(1, sizeof(*s));
	s->loop = loop;
	s->fd = fd;
	s->path = mem_strdup(path);
	s->handler = handler;
	s->arg = arg;
	ev_io_init(&s->accept, on_accept, fd, EV_READ);
	s->accept.data = s;
	ev_io_start(loop, &s->accept);
	return s;
}

void
control_server_free(struct control_server *s)
{
	if (s == NULL)
		return;
	while (s->clients != NULL)
		drop(s->clients);
	ev_io_stop(s->loop, &s->accept);
	close(s->fd);
	unlink(s->path);
	free(s->path);
	free(s);
}

unsigned long
control_client_number(const struct control_client *c)
{
	return c->number;
}

void
control_server_reply(struct control_server *s, unsigned long number,
    json_t *reply)
{
	struct control_client *c = s->clients;

	while (c != NULL && c->number != number)
		c = c->next;
	if (c != NULL)
		add_reply(c, reply);
	json_decref(reply);
}

void
control_client_follow(struct control_client *c)
{
	c->follows = true;
}

void
control_server_tell(struct control_server *s, json_t *line)
{
	struct control_client *c, *next;

	for (c = s->clients; c != NULL; c = next) {
		next = c->next;
		if (c->follows)
			add_reply(c, line);
	}
	json_decref(line);
}
