#include "base/mem.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Not by base/log, which may ask for memory, or for the time of day where a
   sandbox has closed the door to the file of time zones. */
void
mem_out(void)
{
	char line[128];
	int n = snprintf(line, sizeof(line), "%s%s: error: out of memory\n",
	    getenv("JOURNAL_STREAM") != NULL ? "<3>" : "",
	    program_invocation_short_name);

	if (n > 0 && write(STDERR_FILENO, line, (size_t)n) < 0)
		abort();
	abort();
}

static void *
check(void *p)
{
	if (p == NULL)
		mem_out();
	return p;
}

void *
mem_alloc(size_t size)
{
	return check(malloc(size ? size : 1));
}

void *
mem_zalloc(size_t n, size_t size)
{
	return check(calloc(n ? n : 1, size ? size : 1));
}

void *
mem_realloc(void *p, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		check(NULL);
	n *= size;
	return check(realloc(p, n ? n : 1));
}

void *
mem_resize(void *p, size_t size)
{
	return mem_realloc(p, 1, size);
}

char *
mem_strdup(const char *s)
{
	return s == NULL ? NULL : check(strdup(s));
}

char *
mem_strndup(const char *s, size_t n)
{
	char *p = mem_alloc(n + 1);

	memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

char *
mem_printf(const char *fmt, ...)
{
	char *p;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&p, fmt, ap) < 0)
		p = NULL;
	va_end(ap);
	return check(p);
}

void *
mem_grow(void *p, size_t len, size_t *cap, size_t size)
{
	if (len < *cap)
		return p;
	*cap = *cap ? *cap * 2 : 8;
	return mem_realloc(p, *cap, size);
}
