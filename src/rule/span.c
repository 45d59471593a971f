#include "rule/span.h"

struct spans
spans_new(struct arena *mem, uint32_t n)
{
	return (struct spans){ n > 0 ? arena_alloc(mem, n *
	    sizeof(struct span)) : NULL, 0 };
}

/* Add s, whose end is not before that of the last one, if it is minimal. */
static void
add(struct spans *to, struct span s)
{
	while (to->n > 0 && to->v[to->n - 1].end == s.end &&
	    to->v[to->n - 1].start <= s.start)
		to->n--;
	if (to->n == 0 || s.start > to->v[to->n - 1].start)
		to->v[to->n++] = s;
}

struct spans
spans_or(struct arena *mem, struct spans a, struct spans b)
{
	struct spans out = spans_new(mem, a.n + b.n);
	uint32_t i = 0, j = 0;

	while (i < a.n || j < b.n)
		if (j == b.n || (i < a.n && a.v[i].end <= b.v[j].end))
			add(&out, a.v[i++]);
		else
			add(&out, b.v[j++]);
	return out;
}

struct spans
spans_and(struct arena *mem, struct spans a, struct spans b)
{
	struct spans out = spans_new(mem, a.n + b.n);
	uint32_t i = 0, j = 0;

	while (i < a.n && j < b.n) {
		struct span x = a.v[i], y = b.v[j];

		add(&out, (struct span){ x.start < y.start ? x.start : y.start,
		    x.end > y.end ? x.end : y.end });
		if (x.start < y.start)
			i++;
		else
			j++;
	}
	return out;
}

struct spans
spans_before(struct arena *mem, struct spans a, struct spans b,
    bool (*near)(const void *, struct span, struct span), const void *arg)
{
	struct spans out = spans_new(mem, b.n);
	uint32_t i = 0;

	for (uint32_t j = 0; j < b.n; j++) {
		while (i < a.n && a.v[i].end < b.v[j].start)
			i++;
		if (i > 0 && near(arg, a.v[i - 1], b.v[j]))
			add(&out, (struct span){ a.v[i - 1].start,
			    b.v[j].end });
	}
	return out;
}

struct spans
spans_atleast(struct arena *mem, struct spans s, uint32_t n)
{
	struct spans out = spans_new(mem, s.n);

	for (uint32_t i = 0; i + n <= s.n; i++)
		out.v[out.n++] = (struct span){ s.v[i].start,
		    s.v[i + n - 1].end };
	return out;
}
