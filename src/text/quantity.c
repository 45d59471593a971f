#include "text/quantity.h"

#include <math.h>
#include <string.h>

#include "text/amount.h"

#define GAP_MAX 6	/* tokens between the halves of "from a ... to b" */

struct finder {
	struct arena	*mem;
	struct reader	 r;
	struct quantity	*list;
	uint32_t	 n, cap;
	uint64_t	 steps;
};

static struct quantity *
push(struct finder *f, const struct quantity *q)
{
	struct quantity *bigger;

	if (f->n == f->cap) {
		f->cap *= 2;
		bigger = arena_alloc(f->mem, f->cap * sizeof(*bigger));
		memcpy(bigger, f->list, f->n * sizeof(*bigger));
		f->list = bigger;
	}
	f->list[f->n] = *q;
	return &f->list[f->n++];
}

/* The preposition before an amount says what the number does. */
static void
set_role(const struct reader *r, struct quantity *q)
{
	if (q->first == r->first || q->role != QUANTITY_PLAIN)
		return;
	switch (amount_word(r, q->first - 1)) {
	case W_BY:
		q->role = QUANTITY_BY;
		break;
	case W_FROM:
		q->role = QUANTITY_FROM;
		break;
	case W_TO: case W_AT:
		q->role = QUANTITY_LEVEL;
		break;
	default:
		break;
	}
}

/* "16,000+ chips", "10-plus percent" */
static uint32_t
read_late_unit(const struct reader *r, uint32_t i, struct quantity *q)
{
	struct numeral n = { .value = q->value, .scale = 1 };

	q->joined = false;
	q->end = unit_read(r, i, q, &n, CURRENCY_NONE);
	return q->end;
}

/* An amount with its bounds at i; the token after it, or i. */
static uint32_t
bounded_read(const struct reader *r, uint32_t i, struct quantity *q)
{
	enum bound before, after;
	uint32_t start = bound_read(r, i, &before), at, end;
	bool between = before == BOUND_BETWEEN;

	at = between ? amount_read_between(r, start, q) :
	    amount_read(r, start, q);
	if (at == start)
		return i;
	end = between ? at : bound_read_after(r, at, &after);
	/* "oil up to $80 from $78": the predicate up and a level. */
	if (before == BOUND_UP_TO && q->kind == QUANTITY_MONEY &&
	    amount_word(r, at) == W_FROM) {
		before = BOUND_NONE;
		q->role = QUANTITY_LEVEL;
	}
	q->first = i;
	if (q->kind == QUANTITY_COUNT && !r->rule &&
	    trap_soft(r, q, before != BOUND_NONE && before != BOUND_ABOUT &&
	    before != BOUND_NEAR && before != BOUND_NEARLY))
		return i;
	bound_apply(q, before, r->rule);
	if (end != at) {
		bound_apply(q, after, r->rule);
		q->end = end;
		if (q->kind == QUANTITY_COUNT)
			end = read_late_unit(r, end, q);
	}
	set_role(r, q);
	return end;
}

static bool
is_bare(const struct quantity *q)
{
	return q->kind == QUANTITY_COUNT && q->unit == q->unit_end;
}

/* Of a kind that a bare number beside it may have, too. */
static bool
is_amount(const struct quantity *q)
{
	return q->kind != QUANTITY_RATIO && q->kind != QUANTITY_TIMES &&
	    q->kind != QUANTITY_DIGITS;
}

/* The word that stands before b and says what b is to a; 0 if none. */
static uint32_t
link_word(const struct reader *r, const struct quantity *a,
    const struct quantity *b, uint32_t *last)
{
	*last = b->first - 1;
	*last -= *last > a->end && amount_punct(r, *last, '.') &&
	    (amount_word(r, *last - 1) == W_VS ||
	    amount_word(r, *last - 1) == W_V);
	return amount_word(r, *last);
}

/* "to 5%, from 6%", "$5.2 billion, up from $4.8 billion", "compared with" */
static bool
looks_back(const struct reader *r, const struct quantity *a,
    const struct quantity *b, uint32_t word)
{
	uint32_t before = b->first >= r->first + 2 ?
	    amount_word(r, b->first - 2) : 0;

	if (b->role == QUANTITY_FROM)
		return a->role == QUANTITY_LEVEL || before == W_UP ||
		    before == W_DOWN || before == W_HIGHER || before == W_LOWER;
	if (word == W_VS || word == W_VERSUS || word == W_V)
		return true;
	if (word == W_WITH || word == W_TO)
		return before == W_COMPARED;
	return word == W_AGAINST && a->role == QUANTITY_LEVEL;
}

/* Two neighbours in a sentence with the words between them: a pair? */
static bool
is_pair(const struct reader *r, const struct quantity *a,
    const struct quantity *b)
{
	uint32_t gap = b->first - a->end, from = a->end, last, word;
	bool back;

	if (a->kind != b->kind && (!is_amount(a) || !is_amount(b) ||
	    (!is_bare(a) && !is_bare(b))))
		return false;
	if (gap > GAP_MAX || (a->pair != QUANTITY_NONE &&
	    a->role != QUANTITY_LEVEL))
		return false;
	word = link_word(r, a, b, &last);
	back = a->role != QUANTITY_FROM && looks_back(r, a, b, word);
	from += back && amount_punct(r, from, ',');
	for (uint32_t i = from; i <= last; i++)
		if (r->x->tokens[i].kind == TEXT_PUNCT ||
		    amount_word(r, i) == W_AND)
			return false;
	return back || (a->role == QUANTITY_FROM &&
	    b->role == QUANTITY_LEVEL && word == W_TO);
}

/* "from 1.2 to 1.5 million": a bare number takes the unit of the other. */
static void
inherit(struct quantity *q, const struct quantity *other)
{
	if (!is_bare(q) || q->kind == other->kind)
		return;
	q->kind = other->kind;
	memcpy(q->currency, other->currency, sizeof(q->currency));
}

/* The same for the scale, when the number is a small one. */
static void
inherit_scale(struct quantity *q, const struct quantity *other)
{
	double scale = 1;

	if (q->value >= 1000)
		return;
	while (scale < 1e12 && other->value >= scale * 1e3)
		scale *= 1e3;
	if (scale < 1e6)
		return;
	q->value *= scale;
	q->lo *= scale;
	q->hi *= scale;
}

/* The change from the earlier to the later of a pair. */
static void
derive(struct finder *f, uint32_t from, uint32_t to)
{
	struct quantity q, *a = &f->list[from], *b = &f->list[to];
	double x, y;

	if (is_bare(a) && a < b)
		inherit_scale(a, b);
	inherit(a, b);
	inherit(b, a);
	x = a->sign < 0 ? -a->value : a->value;
	y = b->sign < 0 ? -b->value : b->value;
	a->role = QUANTITY_FROM;
	b->role = QUANTITY_TO;
	a->pair = to;
	b->pair = from;
	q = *b;
	q.derived = true;
	q.role = QUANTITY_PLAIN;
	q.first = a->first < b->first ? a->first : b->first;
	q.end = a->end > b->end ? a->end : b->end;
	q.pair = to;
	q.currency[0] = '\0';
	q.unit = q.unit_end = q.end;
	q.lo_strict = q.hi_strict = false;
	q.approx = a->approx || b->approx || a->lo != a->hi || b->lo != b->hi;
	q.sign = y < x ? -1 : y > x;
	if (b->kind == QUANTITY_PERCENT || b->kind == QUANTITY_PP) {
		q.kind = QUANTITY_PP;
		q.value = fabs(y - x);
	} else {
		/* From a loss to a profit is no percentage. */
		if (x <= 0 || !isfinite(x) || !isfinite(y))
			return;
		q.kind = QUANTITY_PERCENT;
		q.value = 100 * fabs((y - x) / x);
	}
	q.lo = q.hi = q.value;
	push(f, &q);
}

/* "17 cents a share to 18.84", "3.2% to $56.12": a step and its level. */
static bool
is_step(const struct reader *r, const struct quantity *a,
    const struct quantity *b)
{
	if (b->role != QUANTITY_LEVEL || a->role == QUANTITY_LEVEL ||
	    a->role == QUANTITY_FROM || b->first - a->end > GAP_MAX ||
	    amount_word(r, b->first - 1) != W_TO)
		return false;
	for (uint32_t i = a->end; i < b->first; i++)
		if (r->x->tokens[i].kind == TEXT_PUNCT ||
		    amount_word(r, i) == W_AND)
			return false;
	return true;
}

/* "one in five cars", "7 out of 10 drivers": a share, and no cars counted. */
static bool
is_share(const struct reader *r, const struct quantity *a,
    const struct quantity *b)
{
	uint32_t word = amount_word(r, b->first - 1);

	if (!is_bare(a) || b->kind != QUANTITY_COUNT || is_bare(b) ||
	    a->value >= b->value)
		return false;
	return (b->first == a->end + 1 && word == W_IN && a->value < 10) ||
	    (b->first == a->end + 2 && word == W_OF &&
	    amount_word(r, a->end) == W_OUT);
}

/* After a new amount: what it makes together with the one before. */
static void
relate(struct finder *f)
{
	uint32_t last = f->n - 1, before = last - 1;
	struct quantity *a, *b = &f->list[last];

	if (b->kind == QUANTITY_COUNT && b->first >= f->r.first + 2 &&
	    amount_word(&f->r, b->first - 1) == W_IN &&
	    amount_word(&f->r, b->first - 2) == W_ONE)
		b->joined = true;	/* "one in five cars" */
	if (f->n < 2)
		return;
	while (before > 0 && f->list[before].derived)
		before--;
	a = &f->list[before];
	if (a->derived || a->first < f->r.first || b->first <= a->end - 1)
		return;
	if (is_pair(&f->r, a, b)) {
		bool first_is_base = a->role == QUANTITY_FROM;

		derive(f, first_is_base ? before : last,
		    first_is_base ? last : before);
		return;
	}
	if (is_step(&f->r, a, b))
		b->pair = before;
	if (is_share(&f->r, a, b))
		a->joined = b->joined = true;
}

/* Most tokens begin no amount; this tells at a glance. */
static bool
may_start(const struct text *x, uint32_t i, uint32_t end)
{
	static const uint32_t starts = WORDS_UNIT | WORDS_TENS | WORDS_PART |
	    WORDS_PARTS | WORDS_RATIO | WORDS_FOLD | WORDS_DIGITS |
	    WORDS_MULTIPLE | WORDS_BOUND | WORDS_HEDGE | WORDS_MONEY |
	    WORDS_VAGUE;
	const struct text_token *t = &x->tokens[i];

	switch (t->kind) {
	case TEXT_WORD:
		return (t->word != 0 && ((words_class(t->word) & starts) ||
		    t->word == W_SEVERAL || t->word == W_MINUS)) ||
		    (i + 1 < end && t[1].kind == TEXT_CURRENCY);
	case TEXT_PUNCT:
		return t->punct != 0 && strchr("-+<>=~", t->punct) != NULL;
	default:
		return t->kind == TEXT_NUMBER || t->kind == TEXT_CURRENCY;
	}
}

static void
find_in(struct finder *f, uint32_t end)
{
	struct quantity q;
	uint32_t i = f->r.first, next;

	while (i < end) {
		next = may_start(f->r.x, i, end) ? bounded_read(&f->r, i, &q) :
		    i;
		if (next != i) {
			push(f, &q);
			relate(f);
		} else {
			next = f->r.x->tokens[i].kind == TEXT_NUMBER ?
			    i + trap_hard(&f->r, i) : i;
			if (next == i)
				next++;
		}
		f->steps += next - i;
		i = next;
	}
}

struct quantities
quantity_find(struct arena *mem, const struct text *x,
    const struct quantity_span *skip, size_t nskip)
{
	struct finder f = { .mem = mem, .cap = x->ntokens / 16 + 8 };
	size_t k = 0;

	f.list = arena_alloc(mem, f.cap * sizeof(*f.list));
	f.r.x = x;
	for (uint32_t s = 0; s < x->nsentences; s++) {
		uint32_t at = x->sentences[s].first, end = x->sentences[s].end;

		while (at < end) {
			uint32_t stop = end;

			while (k < nskip && skip[k].end <= at)
				k++;
			if (k < nskip && skip[k].first < end)
				stop = skip[k].first > at ? skip[k].first : at;
			/* What stands before a name is still to be seen. */
			f.r.first = at;
			f.r.end = stop;
			find_in(&f, stop);
			at = stop < end && k < nskip ? skip[k].end : end;
		}
	}
	return (struct quantities){ f.list, f.n, f.steps };
}

uint32_t
quantity_parse(const struct text *x, uint32_t at, struct quantity *q)
{
	struct reader r = { x, 0, x->ntokens, true };
	uint32_t start = amount_word(&r, at) == W_BY ? at + 1 : at;
	uint32_t end = bounded_read(&r, start, q);

	return end == start ? at : end;
}
