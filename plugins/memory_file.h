/*
 * memory_file - a text that grows as it is written to with stdio, and that
 * tells when memory was out.
 *
 * For open_memstream(3) of glibc what finds no memory is missing in the middle
 * of the text, and neither ferror(3) nor fclose(3) says so.
 */
#ifndef PLUGINS_MEMORY_FILE_H
#define PLUGINS_MEMORY_FILE_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct memory_file {
	FILE	*file;		/* to write to; NULL when memory was out */
	char	*text;
	size_t	 len, cap;
};

static inline ssize_t
memory_file_write(void *cookie, const char *data, size_t n)
{
	struct memory_file *m = cookie;
	char *bigger;

	if (m->len + n >= m->cap) {
		bigger = realloc(m->text, 2 * (m->len + n) + 256);
		if (bigger == NULL)
			return 0;	/* what fopencookie(3) takes for an error */
		m->text = bigger;
		m->cap = 2 * (m->len + n) + 256;
	}
	memcpy(m->text + m->len, data, n);
	m->len += n;
	m->text[m->len] = '\0';
	return (ssize_t)n;
}

/* Where it stands, for ftell(3); it goes nowhere else. */
static inline int
memory_file_seek(void *cookie, off64_t *at, int whence)
{
	const struct memory_file *m = cookie;

	if (whence != SEEK_CUR || *at != 0) {
		errno = ESPIPE;
		return -1;
	}
	*at = (off64_t)m->len;
	return 0;
}

static inline FILE *
memory_file_open(struct memory_file *m)
{
	memset(m, 0, sizeof(*m));
	m->file = fopencookie(m, "w", (cookie_io_functions_t){
	    .write = memory_file_write, .seek = memory_file_seek });
	return m->file;
}

/* The whole text, to be freed, with a NUL behind it; or NULL. */
static inline char *
memory_file_close(struct memory_file *m, size_t *len)
{
	int failed = m->file == NULL || fflush(m->file) != 0 ||
	    ferror(m->file);

	if (m->file != NULL)
		failed |= fclose(m->file);
	*len = m->len;
	if (!failed && m->text != NULL)
		return m->text;
	free(m->text);
	return failed ? NULL : calloc(1, 1);
}

#endif
