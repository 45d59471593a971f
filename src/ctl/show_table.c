/* Tables whose columns fit the terminal. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "ctl/show.h"

#define GAP 2
#define LEAST 8		/* no column is cut below this */

struct cell {
	const char		*text;
	enum show_colour	 colour;
};

struct row {
	struct row	*next;
	struct cell	 cells[SHOW_COLUMNS_MAX];
};

struct show_table {
	struct arena	*mem;
	int		 n;			/* columns */
	int		 at;			/* next cell of the last row */
	int		 wide[SHOW_COLUMNS_MAX];
	bool		 right[SHOW_COLUMNS_MAX];
	struct row	*head, *tail;
};

static struct row *
add_row(struct show_table *t)
{
	struct row *r = arena_zalloc(t->mem, 1, sizeof(*r));

	if (t->tail != NULL)
		t->tail->next = r;
	else
		t->head = r;
	t->tail = r;
	t->at = 0;
	return r;
}

struct show_table *
show_table_new(struct arena *mem, const char *const *headings)
{
	struct show_table *t = arena_zalloc(mem, 1, sizeof(*t));

	t->mem = mem;
	while (t->n < SHOW_COLUMNS_MAX && headings[t->n] != NULL)
		t->n++;
	add_row(t);
	for (int i = 0; i < t->n; i++) {
		size_t len = strlen(headings[i]);

		t->right[i] = len > 0 && headings[i][len - 1] == '#';
		show_cell(t, SHOW_DIM, "%.*s", (int)len - t->right[i],
		    headings[i]);
	}
	return t;
}

void
show_cell(struct show_table *t, enum show_colour colour, const char *fmt, ...)
{
	struct row *r = t->at == t->n ? add_row(t) : t->tail;
	char text[1024];
	va_list ap;
	int wide;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	r->cells[t->at].text = arena_strdup(t->mem, text);
	r->cells[t->at].colour = colour;
	wide = show_columns(text);
	if (wide > t->wide[t->at])
		t->wide[t->at] = wide;
	t->at++;
}

/* Narrow the widest columns until the row fits. */
static void
fit(const struct ctl *c, struct show_table *t)
{
	int total = -GAP;

	for (int i = 0; i < t->n; i++)
		total += t->wide[i] + GAP;
	while (total > c->width) {
		int widest = 0;

		for (int i = 1; i < t->n; i++)
			if (t->wide[i] > t->wide[widest])
				widest = i;
		if (t->wide[widest] <= LEAST)
			break;
		t->wide[widest]--;
		total--;
	}
}

void
show_table_print(const struct ctl *c, struct show_table *t)
{
	fit(c, t);
	for (const struct row *r = t->head; r != NULL; r = r->next) {
		int last = t->n - 1;

		while (last > 0 && (r->cells[last].text == NULL ||
		    r->cells[last].text[0] == '\0'))
			last--;
		for (int i = 0; i <= last && r->cells[i].text != NULL; i++) {
			const struct cell *cell = &r->cells[i];
			int pad = t->wide[i] - show_columns(cell->text);

			if (i > 0)
				printf("%*s", GAP, "");
			if (t->right[i] && pad > 0)
				printf("%*s", pad, "");
			show_cut(c, cell->colour, cell->text, t->wide[i]);
			if (!t->right[i] && pad > 0 && i < last)
				printf("%*s", pad, "");
		}
		putchar('\n');
	}
}
