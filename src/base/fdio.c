#include "base/fdio.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"

int
fdio_nonblock(int fd, struct error *err)
{
	int flags = fcntl(fd, F_GETFL);

	if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0)
		return error_errno(err, "cannot make descriptor %d "
		    "non-blocking", fd);
	return 0;
}

int
fdio_pair(int fds[2], struct error *err)
{
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) < 0)
		return error_errno(err, "cannot make a socket pair");
	return 0;
}

int
fdio_read_file(const char *path, struct buf *b, struct error *err)
{
	int fd = STDIN_FILENO, result = -1;
	char *to;
	ssize_t n;

	if (strcmp(path, "-") != 0)
		fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return error_errno(err, "cannot open %s", path);
	for (;;) {
		size_t step = b->max - b->len;

		if (step > 65536)
			step = 65536;
		if (step == 0) {
			char c;

			if (read(fd, &c, 1) == 0)
				break;
			error_set(err, "%s is larger than %zu bytes", path,
			    b->max);
			goto out;
		}
		to = buf_reserve(b, step);
		if ((n = read(fd, to, step)) < 0) {
			if (errno == EINTR)
				continue;
			error_errno(err, "cannot read %s", path);
			goto out;
		}
		if (n == 0)
			break;
		b->len += (size_t)n;
		b->data[b->len] = '\0';
	}
	buf_add(b, "", 0);
	result = 0;
out:
	if (fd != STDIN_FILENO)
		close(fd);
	return result;
}

int
fdio_write_all(int fd, const void *data, size_t len, struct error *err)
{
	const char *p = data;
	ssize_t n;

	while (len > 0) {
		if ((n = write(fd, p, len)) < 0) {
			if (errno == EINTR)
				continue;
			return error_errno(err, "cannot write");
		}
		p += n;
		len -= (size_t)n;
	}
	return 0;
}

static int
sync_folder(const char *path, struct error *err)
{
	char *copy = mem_strdup(path);
	int fd, result = 0;

	fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) < 0)
		result = error_errno(err, "cannot sync the folder of %s", path);
	if (fd >= 0)
		close(fd);
	free(copy);
	return result;
}

int
fdio_replace_file(const char *path, const void *data, size_t len,
    struct error *err)
{
	char *temp = mem_printf("%s.new.%ld", path, (long)getpid());
	int fd, result = -1;

	fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0) {
		error_errno(err, "cannot create %s", temp);
		goto out;
	}
	if (fdio_write_all(fd, data, len, err) < 0)
		error_prefix(err, "%s", temp);
	else if (fsync(fd) < 0)
		error_errno(err, "cannot sync %s", temp);
	else if (rename(temp, path) < 0)
		error_errno(err, "cannot rename %s to %s", temp, path);
	else
		result = sync_folder(path, err);
	close(fd);
	if (result < 0)
		unlink(temp);
out:
	free(temp);
	return result;
}
