#include "base/problems.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define WORD_MAX_LEN 63

void
problems_init(struct problems *p)
{
	memset(p, 0, sizeof(*p));
}

void
problems_clear(struct problems *p)
{
	for (size_t i = 0; i < p->n; i++) {
		free(p->list[i].where);
		free(p->list[i].text);
	}
	free(p->list);
	problems_init(p);
}

static void add(struct problems *, bool, const char *, const char *, va_list)
    __attribute__((format(printf, 4, 0)));

static void
add(struct problems *p, bool warning, const char *where, const char *fmt,
    va_list ap)
{
	struct problem *new;
	char text[1024];

	vsnprintf(text, sizeof(text), fmt, ap);
	p->list = mem_grow(p->list, p->n, &p->cap, sizeof(*p->list));
	new = &p->list[p->n++];
	new->where = mem_strdup(where != NULL ? where : "");
	new->text = mem_strdup(text);
	new->warning = warning;
	if (!warning)
		p->errors++;
}

void
problems_error(struct problems *p, const char *where, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(p, false, where, fmt, ap);
	va_end(ap);
}

void
problems_warning(struct problems *p, const char *where, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(p, true, where, fmt, ap);
	va_end(ap);
}

/* Levenshtein with a swap of neighbours as one step. */
static size_t
distance(const char *a, const char *b)
{
	size_t rows[3][WORD_MAX_LEN + 2], la = strlen(a), lb = strlen(b);
	size_t *before = rows[0], *last = rows[1], *now = rows[2], *t;

	if (la > WORD_MAX_LEN || lb > WORD_MAX_LEN)
		return WORD_MAX_LEN;
	for (size_t j = 0; j <= lb; j++)
		before[j] = last[j] = j;
	for (size_t i = 1; i <= la; i++) {
		now[0] = i;
		for (size_t j = 1; j <= lb; j++) {
			int ca = tolower((unsigned char)a[i - 1]);
			int cb = tolower((unsigned char)b[j - 1]);
			size_t d = last[j - 1] + (ca != cb);

			if (last[j] + 1 < d)
				d = last[j] + 1;
			if (now[j - 1] + 1 < d)
				d = now[j - 1] + 1;
			if (i > 1 && j > 1 && before[j - 2] + 1 < d &&
			    a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				d = before[j - 2] + 1;
			now[j] = d;
		}
		t = before;
		before = last;
		last = now;
		now = t;
	}
	return last[lb];
}

const char *
problems_nearest(const char *word, const char *const *list, size_t n)
{
	const char *best = NULL;
	size_t len = strlen(word), limit = len <= 3 ? 1 : len <= 7 ? 2 : 3;

	for (size_t i = 0; i < n; i++) {
		size_t d = distance(word, list[i]);

		if (d <= limit && d < strlen(list[i])) {
			best = list[i];
			if (d == 0)
				break;
			limit = d - 1;
		}
	}
	return best;
}
