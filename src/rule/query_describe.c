#include "rule/query_describe.h"

#include <string.h>

#include "base/duration.h"
#include "rule/event.h"

struct telling {
	const struct query_pool	*pool;
	const struct query_node	*nodes;
	const char		*text;
	struct buf		*to;
	const char		*label;	/* of the first line */
};

static const char *const FIELD[] = {
	"in the title", "in the body", "as author", "as category",
};

/* What stands before a node's children, or of a node without. */
static void
say(const struct telling *t, const struct query_node *n)
{
	static const char *const REACH[] = {
		"", "in one sentence", "in one paragraph",
	};

	switch ((enum query_kind)n->kind) {
	case QUERY_AND: buf_adds(t->to, "all of"); return;
	case QUERY_OR: buf_adds(t->to, "any of"); return;
	case QUERY_NOT: buf_adds(t->to, "not"); return;
	case QUERY_FIELD: buf_adds(t->to, FIELD[n->arg]); return;
	case QUERY_EVENT: buf_adds(t->to, "an event"); return;
	case QUERY_FIRST:
		buf_printf(t->to, "within the first %u words", n->n);
		return;
	case QUERY_ATLEAST:
		buf_printf(t->to, "at least %u times", n->n);
		return;
	case QUERY_NEAR:
		if (n->reach == REACH_WORDS)
			buf_printf(t->to, "at most %u words apart", n->n);
		else
			buf_adds(t->to, REACH[n->reach]);
		buf_adds(t->to, n->ordered ? ", in this order" : "");
		return;
	default:
		buf_printf(t->to, "%.*s", (int)n->len, t->text + n->at);
	}
}

/* An event's own lines, moved in by as much as the tree is deep. */
static void
say_event(const struct telling *t, uint32_t event, unsigned depth)
{
	struct buf lines;
	const char *s, *end;

	buf_init(&lines, 16384);
	event_describe(t->pool->events[event], &lines);
	for (s = lines.data; s != NULL && *s != '\0'; s = end) {
		end = strchr(s, '\n');
		end = end != NULL ? end + 1 : s + strlen(s);
		buf_printf(t->to, "%*s%.*s", (int)depth * 2, "",
		    (int)(end - s), s);
	}
	buf_clear(&lines);
}

/* A QUERY_OR made for "open-source" or "opensource" is one atom to a person. */
static bool
is_atom(const struct query_node *nodes, uint32_t i)
{
	return nodes[i].kind >= QUERY_PHRASE || (nodes[i].kind == QUERY_OR &&
	    nodes[i].at == nodes[i + 1].at && nodes[i].len ==
	    nodes[i + 1].len);
}

static void
tell(const struct telling *t, uint32_t i, unsigned depth)
{
	const struct query_node *n = &t->nodes[i];

	if (n->kind == QUERY_EVENT) {
		buf_printf(t->to, "  %*sphrase   %.*s\n", (int)depth * 2, "",
		    (int)n->len, t->text + n->at);
		say_event(t, n->arg, depth);
		return;
	}
	buf_printf(t->to, "  %-8s %*s", depth == 0 ? t->label : "",
	    (int)depth * 2, "");
	if (is_atom(t->nodes, i)) {
		buf_printf(t->to, "%.*s\n", (int)n->len, t->text + n->at);
		return;
	}
	say(t, n);
	buf_addc(t->to, '\n');
	if (n->kind == QUERY_COMPARE)
		return;
	for (uint32_t k = i + 1; k < n->end; k = t->nodes[k].end)
		tell(t, k, depth + 1);
}

void
query_describe(const struct query_pool *p, uint32_t first, const char *text,
    struct buf *b)
{
	struct telling t = { p, p->nodes + first, text, b, "text" };

	for (uint32_t i = 0; i < t.nodes->end; i++)
		if (t.nodes[i].kind == QUERY_EVENT)
			t.label = "rule";
	tell(&t, 0, 0);
}

void
rule_options_describe(const struct rule_options *o, struct buf *b)
{
	const char *between = "  options  ";
	char age[64];
	const struct { bool on; const char *name; } FLAGS[] = {
		{ o->forecasts, "including forecasts" },
		{ o->past, "including past" },
		{ o->denied, "including denied" },
		{ o->only_title, "only in title" },
		{ o->only_lead, "only in lead" },
	};
	size_t before = b->len;

	for (size_t i = 0; i < sizeof(FLAGS) / sizeof(*FLAGS); i++)
		if (FLAGS[i].on) {
			buf_printf(b, "%s%s", between, FLAGS[i].name);
			between = ", ";
		}
	if (o->within > 0) {
		buf_printf(b, "%swithin %s", between,
		    duration_text(o->within * 1000, age, sizeof(age)));
		between = ", ";
	}
	if (o->once > 0) {
		buf_printf(b, "%sonce per %s", between, o->once <= 3600 ?
		    "hour" : o->once <= 86400 ? "day" : "week");
		between = ", ";
	}
	if (o->relevance > 0)
		buf_printf(b, "%srelevance >= %d", between, o->relevance);
	if (b->len > before)
		buf_addc(b, '\n');
}
