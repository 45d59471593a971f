/* Amounts compared with a rule's, and written out. */
#include <math.h>
#include <string.h>

#include "text/currency.h"
#include "text/quantity.h"

static bool
is_percentage(enum quantity_kind k)
{
	return k == QUANTITY_PERCENT || k == QUANTITY_RATIO;
}

static bool
is_rate_step(enum quantity_kind k)
{
	return k == QUANTITY_PP || k == QUANTITY_BASIS;
}

void
quantity_of_percent(struct quantity *q, double percent)
{
	memset(q, 0, sizeof(*q));
	q->kind = QUANTITY_PERCENT;
	q->value = q->lo = q->hi = percent;
	q->pair = QUANTITY_NONE;
}

bool
quantity_comparable(enum quantity_kind text, enum quantity_kind rule)
{
	if (text == rule)
		return true;
	if (is_percentage(rule))
		return is_percentage(text) || text == QUANTITY_DIGITS;
	if (is_rate_step(rule))
		return is_rate_step(text);
	if (rule == QUANTITY_POINTS)
		return text == QUANTITY_DIGITS;
	return rule == QUANTITY_DIGITS && (is_percentage(text) ||
	    text == QUANTITY_POINTS);
}

bool
quantity_converts(const struct quantity *text, const struct quantity *rule)
{
	return text->kind == QUANTITY_MONEY && rule->kind == QUANTITY_MONEY &&
	    text->currency[0] != '\0' && rule->currency[0] != '\0' &&
	    strcmp(text->currency, rule->currency) != 0;
}

/* What the text's value is multiplied by to stand beside the rule's. */
static double
factor(const struct quantity *text, const struct quantity *rule)
{
	if (text->kind == QUANTITY_PP && rule->kind == QUANTITY_BASIS)
		return 100;
	if (text->kind == QUANTITY_BASIS && rule->kind == QUANTITY_PP)
		return 0.01;
	if (quantity_converts(text, rule)) {
		double to = currency_dollars(currency_of(rule->currency));

		return to > 0 ?
		    currency_dollars(currency_of(text->currency)) / to : 0;
	}
	return 1;
}

bool
quantity_meets(const struct quantity *text, const struct quantity *rule)
{
	double f, lo, hi;

	if (!quantity_comparable(text->kind, rule->kind))
		return false;
	f = factor(text, rule);
	if (f <= 0)
		return false;
	lo = text->lo * f;
	hi = text->hi * f;
	if (lo < rule->lo || hi > rule->hi)
		return false;
	if (lo == rule->lo && rule->lo_strict && !text->lo_strict)
		return false;
	return !(hi == rule->hi && rule->hi_strict && !text->hi_strict);
}

double
quantity_level_change(const struct quantity *amount,
    const struct quantity *level, int direction)
{
	double x = amount->value, now = level->value, before;

	if (is_percentage(amount->kind) || amount->kind == QUANTITY_TIMES ||
	    amount->kind == QUANTITY_DIGITS || is_rate_step(amount->kind))
		return 0;
	if (amount->currency[0] != '\0' && level->currency[0] != '\0' &&
	    strcmp(amount->currency, level->currency) != 0)
		return 0;
	before = direction < 0 ? now + x : now - x;
	if (!(before > 0) || !isfinite(before) || x < 0)
		return 0;
	return 100 * x / before;
}

/* A number with its scale word: "600 billion", "12", "1,300". */
static const char *
number(struct arena *mem, double v)
{
	static const struct { double worth; const char *name; } scales[] = {
		{ 1e12, " trillion" }, { 1e9, " billion" }, { 1e6, " million" },
	};
	char digits[40], *p;
	size_t n, out = 0;

	for (size_t i = 0; i < sizeof(scales) / sizeof(scales[0]); i++)
		if (fabs(v) >= scales[i].worth && fabs(v) < 1e15)
			return arena_printf(mem, "%.6g%s", v / scales[i].worth,
			    scales[i].name);
	if (fabs(v) < 10000 || fabs(v) >= 1e15 || v != floor(v))
		return arena_printf(mem, "%.6g", v);
	n = strlen(arena_printf(mem, "%.0f", v));
	p = arena_printf(mem, "%.0f", v);
	for (size_t i = 0; i < n && out < sizeof(digits) - 2; i++) {
		digits[out++] = p[i];
		if (i + 1 < n && (n - i) % 3 == 1)
			digits[out++] = ',';
	}
	return arena_strndup(mem, digits, out);
}

static const char *
unit_name(enum quantity_kind k)
{
	switch (k) {
	case QUANTITY_PERCENT: case QUANTITY_RATIO: return " %";
	case QUANTITY_PP: return " percentage points";
	case QUANTITY_BASIS: return " basis points";
	case QUANTITY_POINTS: return " points";
	case QUANTITY_TIMES: return " times";
	default: return "";
	}
}

static const char *
one(struct arena *mem, const struct quantity *q, double v)
{
	const char *n = number(mem, v), *sign = "";

	if (q->sign != 0)
		sign = q->sign < 0 ? "-" : "+";
	if (q->kind != QUANTITY_MONEY)
		return arena_printf(mem, "%s%s%s", sign, n, unit_name(q->kind));
	if (strcmp(q->currency, "USD") == 0)
		return arena_printf(mem, "%s$%s", sign, n);
	return arena_printf(mem, "%s%s%s%s", sign, n,
	    q->currency[0] != '\0' ? " " : "", q->currency);
}

/* "a record", "of 5 years", "of 52 weeks", "since 2010". */
static const char *
reach_text(struct arena *mem, const struct quantity *q)
{
	double weeks = q->value * 52;

	if (isinf(q->value))
		return "a record";
	if (q->role == QUANTITY_FROM)
		return arena_printf(mem, "since %.0f", q->value);
	if (q->value >= 1)
		return arena_printf(mem, "of %.3g year%s", q->value,
		    q->value >= 2 ? "s" : "");
	if (q->value * 12 >= 1)
		return arena_printf(mem, "of %.3g months", q->value * 12);
	return arena_printf(mem, "of %.2g weeks", weeks);
}

const char *
quantity_text(struct arena *mem, const struct quantity *q)
{
	if (q->kind == QUANTITY_REACH)
		return reach_text(mem, q);
	if (isinf(q->hi) && isinf(q->lo))
		return "any";
	if (isinf(q->hi))
		return arena_printf(mem, "%s %s", q->lo_strict ? ">" : ">=",
		    one(mem, q, q->lo));
	if (isinf(q->lo))
		return arena_printf(mem, "%s %s", q->hi_strict ? "<" : "<=",
		    one(mem, q, q->hi));
	if (q->lo == q->hi || (q->approx && q->hi_strict))
		return arena_printf(mem, "%s%s", q->lo != q->hi ? "nearly " :
		    q->approx ? "about " : "", one(mem, q, q->hi));
	if (q->kind == QUANTITY_DIGITS)
		return arena_printf(mem, "< %s", one(mem, q, q->hi));
	return arena_printf(mem, "%s to %s", number(mem, q->lo),
	    one(mem, q, q->hi));
}

const char *
quantity_condition(struct arena *mem, const struct quantity *q)
{
	static const char *const names[] = {
		"percent", "percent", "percentage points", "basis points",
		"points", "times", "money", "count", "percent or points",
		"years",
	};
	const char *name = names[q->kind];
	const char *money = q->kind == QUANTITY_MONEY ? q->currency : "";
	const char *gap = *money != '\0' ? " " : "";

	if (q->kind == QUANTITY_REACH)
		return reach_text(mem, q);
	if (q->lo == q->hi)
		return arena_printf(mem, "%s = %s%s%s", name,
		    number(mem, q->lo), gap, money);
	if (isinf(q->hi))
		return arena_printf(mem, "%s %s %s%s%s", name,
		    q->lo_strict ? ">" : ">=", number(mem, q->lo), gap, money);
	if (isinf(q->lo))
		return arena_printf(mem, "%s %s %s%s%s", name,
		    q->hi_strict ? "<" : "<=", number(mem, q->hi), gap, money);
	return arena_printf(mem, "%s from %s to %s%s%s", name,
	    number(mem, q->lo), number(mem, q->hi), gap, money);
}
