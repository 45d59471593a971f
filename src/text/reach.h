/*
 * reach - how far back a high or a low is one.
 *
 * "record", "all-time", "52-week", "five-year", "multi-year" stand before it,
 * "in five years", "in more than a decade", "since 2010", "since March", "on
 * record", "ever" behind it. The result is a quantity of kind QUANTITY_REACH:
 * years, from that many on ([5,inf); a record [inf,inf]). "since 2010" has role
 * QUANTITY_FROM and the year as its value, until reach_years is told what year
 * it is said in.
 */
#ifndef TEXT_REACH_H
#define TEXT_REACH_H

#include <stdint.h>

#include "text/quantity.h"
#include "text/text.h"

/* The reach whose last token is before `at`: its first token, or `at`. */
uint32_t reach_before(const struct text *, uint32_t at, struct quantity *);
/* The reach that begins at `at`: the token behind it, or `at`. */
uint32_t reach_after(const struct text *, uint32_t at, struct quantity *);
/* The same in years, said in this year (2026.5); 0 = nobody knows when. */
struct quantity reach_years(const struct quantity *, double year);

#endif
