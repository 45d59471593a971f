/*
 * show - text for a person's terminal: wrapped, coloured where wanted, and
 * never anything that a terminal would obey.
 */
#ifndef CTL_SHOW_H
#define CTL_SHOW_H

#include <stddef.h>
#include <stdint.h>

#include "ctl/command.h"

enum show_colour { SHOW_PLAIN, SHOW_BOLD, SHOW_DIM, SHOW_RED, SHOW_GREEN,
	SHOW_YELLOW };

/* In that colour, if c->colour; control characters become '?'. */
void	show_text(const struct ctl *, enum show_colour, const char *);
/* At most `columns` wide, cut with an ellipsis; returns the columns taken. */
int	show_cut(const struct ctl *, enum show_colour, const char *,
	    int columns);
/* Words from column `indent` on, wrapped to c->width; [values] stand out. */
void	show_wrapped(const struct ctl *, int indent, const char *);
int	show_columns(const char *);	/* columns a text takes */

/* "14:03", "12 Mar 14:03", "2024-03-12"; "-" for 0 and below. Local time. */
const char *show_time(int64_t when, int64_t now, char buf[24]);
/* "3 d 4 h ago", "in 5 min", "now"; "never" for 0 and below. */
const char *show_since(int64_t when, int64_t now, char buf[40]);

/*
 * A table: rows of cells, columns as wide as they need, the last ones cut to
 * fit. Cells are copied. Numbers are right-aligned where the heading ends in
 * '#' (not printed).
 */
#define SHOW_COLUMNS_MAX 10
struct show_table;
struct show_table *show_table_new(struct arena *, const char *const *headings);
void	show_cell(struct show_table *, enum show_colour, const char *, ...)
	    __attribute__((format(printf, 3, 4)));
void	show_table_print(const struct ctl *, struct show_table *);

#endif
