/* event - patterns against analyses: the best record, or the nearest miss. */
#include "rule/event.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#include "rule/pattern.h"

/* Whether any key of the article can serve the role. */
static size_t
one_key(const struct event_pattern *p, const struct arg *arg,
    uint32_t *keys, size_t n, size_t max)
{
	if (arg->any || arg->nrefs != 1 || n == max ||
	    p->v->entries[arg->refs[0]].open != 0 ||
	    p->v->entries[arg->refs[0]].general != NO_ENTRY)
		return n;
	keys[n++] = arg->refs[0];
	return n;
}

/* "the drug is approved", "Japan raises rates": nobody need be there for it. */
static bool
needs_subject(const struct event_pattern *p)
{
	const struct entry *e;

	if (p->frame != FRAME_ACT || p->subject.nrefs != 1)
		return true;
	e = &p->v->entries[p->predicate];
	return p->subject.refs[0] != e->agent || (e->for_agent == NO_ENTRY &&
	    !lexis_bool(e, KEY_AGENT_OPTIONAL));
}

size_t
event_keys(const struct event_pattern *p, uint32_t *keys, size_t max)
{
	size_t n = 0;

	if (p->predicate != NO_ENTRY && n < max &&
	    (p->frame == FRAME_ACT || p->frame == FRAME_RANK ||
	    p->frame == FRAME_STATE))
		keys[n++] = p->predicate;
	if (needs_subject(p))
		n = one_key(p, &p->subject, keys, n, max);
	n = one_key(p, &p->place, keys, n, max);
	n = one_key(p, &p->object, keys, n, max);
	if (p->nqualities > 0 && n < max)
		keys[n++] = p->qualities[0];
	return n;
}

static unsigned
bits(unsigned x)
{
	unsigned n = 0;

	for (; x != 0; x &= x - 1)
		n++;
	return n;
}

static bool
any_bit(const uint64_t *bits, const uint32_t *list, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (bits[list[i] / 64] >> list[i] % 64 & 1)
			return true;
	return false;
}

uint64_t *
event_asked(const struct vocabulary *v, struct event_pattern *const *events,
    size_t n)
{
	size_t words = v->nentries / 64 + 1;
	uint64_t *asked = mem_zalloc(words, sizeof(*asked));
	uint64_t *bits = mem_zalloc(words, sizeof(*bits));

	for (size_t i = 0; i < n; i++)
		if (events[i]->predicate != NO_ENTRY)
			asked[events[i]->predicate / 64] |=
			    UINT64_C(1) << events[i]->predicate % 64;
	for (uint32_t i = 0; i < v->nentries; i++) {
		const struct entry *e = &v->entries[i];
		bool is = any_bit(asked, e->up, e->nup);

		for (uint32_t k = 0; k < e->nconverse && !is; k++)
			is = any_bit(asked, v->entries[e->converse[k]].up,
			    v->entries[e->converse[k]].nup);
		bits[i / 64] |= (uint64_t)is << i % 64;
	}
	free(asked);
	return bits;
}

bool
event_match(const struct event_pattern *p, struct analysis *a,
    struct arena *mem, struct evidence *evidence)
{
	const struct record *best = NULL;
	struct verdict verdict, d;
	uint32_t i;

	analysis_complete(a);
	for (i = 0; i < a->nrecords; i++) {
		if (a->records[i].frame != p->frame &&
		    ((p->frame != FRAME_LEVEL && p->frame != FRAME_CHANGE) ||
		    (a->records[i].frame != FRAME_CHANGE &&
		    a->records[i].frame != FRAME_EXTREME)))
			continue;
		if (!decide_holds(p, a, &a->records[i], &d) || (best != NULL &&
		    d.relevance <= verdict.relevance))
			continue;
		best = &a->records[i];
		verdict = d;
	}
	if (best == NULL)
		return false;
	explain_evidence(p, a, best, &verdict, mem, evidence);
	return true;
}

bool
event_near_miss(const struct event_pattern *p, struct analysis *a,
    struct arena *mem, struct evidence *evidence, const char **reason)
{
	const struct record *best = NULL;
	struct verdict verdict, d;
	uint32_t i;

	analysis_complete(a);
	for (i = 0; i < a->nrecords; i++) {
		decide(p, a, &a->records[i], &d);
		if (d.failed == 0 || (best != NULL && (bits(d.failed) >
		    bits(verdict.failed) || (bits(d.failed) ==
		    bits(verdict.failed) &&
		    d.relevance <= verdict.relevance))))
			continue;
		best = &a->records[i];
		verdict = d;
	}
	if (best == NULL || bits(verdict.failed) > 4)
		return false;
	explain_evidence(p, a, best, &verdict, mem, evidence);
	*reason = explain_failure(p, a, best, &verdict, mem);
	return true;
}

/* ---- the reading, for newsalertctl check -------------------------------- */

static void
members(const struct event_pattern *p, uint32_t ref, struct buf *out)
{
	const struct vocabulary *v = p->v;
	size_t i, entities = 0, concepts = 0;

	if (v->entries[ref].section == VOCABULARY_ENTITIES) {
		buf_printf(out, "%s", v->entries[ref].id);
		return;
	}
	for (i = 0; i < v->nentries; i++) {
		if (!lexis_is(v, (uint32_t)i, ref))
			continue;
		if (v->entries[i].section == VOCABULARY_ENTITIES)
			entities += v->entries[i].same == i;
		else
			concepts += i != ref;
	}
	buf_printf(out, "any %s (%zu names, %u class words%s", v->entries[ref].id,
	    entities, (unsigned)lexis_slot(&v->entries[ref], KEY_CLASSES)->n,
	    v->entries[ref].open == OPEN_NAMES ? ", and unknown names" :
	    v->entries[ref].open == OPEN_NOUNS ? ", any noun" : "");
	if (concepts > 0)
		buf_printf(out, ", %zu classes below it", concepts);
	buf_adds(out, ")");
}

static void
line_arg(const struct event_pattern *p, const char *name,
    const struct arg *arg, struct buf *out)
{
	uint8_t i;

	if (arg->any && arg->nexcept == 0)
		return;
	buf_printf(out, "  %-9s", name);
	if (arg->any)
		buf_adds(out, "anything");
	for (i = 0; i < arg->nrefs; i++) {
		if (i > 0)
			buf_adds(out, " or ");
		if (arg->words[i] != 0)
			buf_printf(out, "\"%s\" of ", lexicon_word(
			    p->v->lexicon, arg->words[i]));
		members(p, arg->refs[i], out);
	}
	for (i = 0; i < arg->nexcept; i++)
		buf_printf(out, "%s%s", i == 0 ? ", except " : ", ",
		    p->v->entries[arg->except[i]].id);
	buf_adds(out, "\n");
}

static void
line_event(const struct event_pattern *p, struct buf *out)
{
	static const char *const frames[] = { "change", "level", "act",
		"rank", "state", "extreme" };

	buf_printf(out, "  event    %s", frames[p->frame]);
	if (p->frame == FRAME_CHANGE)
		buf_printf(out, ", direction %s", p->direction < 0 ? "down" :
		    "up");
	else if (p->predicate != NO_ENTRY)
		buf_printf(out, ", %s", p->v->entries[p->predicate].id);
	buf_adds(out, "\n");
}

static void
line_measure(const struct event_pattern *p, struct buf *out)
{
	const struct slot *words;
	uint32_t i;

	if (p->measure == NO_ENTRY)
		return;
	words = lexis_slot(&p->v->entries[p->measure], KEY_WORDS);
	buf_printf(out, "  measure  %s (", p->v->entries[p->measure].id);
	for (i = 0; i < words->n && i < 5; i++)
		buf_printf(out, "%s%s", i > 0 ? ", " : "", words->list[i]);
	buf_printf(out, "%s%s)\n", words->n > 5 ? ", ..." : "",
	    lexis_bool(&p->v->entries[p->measure], KEY_ALONE) ?
	    ", or the owner alone" : "");
}

static void
line_mood(const struct event_pattern *p, struct buf *out)
{
	buf_printf(out, "  mood     asserted%s%s%s%s%s%s\n",
	    p->options.forecasts ? ", or forecast" : "",
	    p->options.denied ? ", or denied" : "",
	    p->options.past ? ", current or past" : ", current",
	    p->options.only_title ? "; in the title only" : "",
	    p->options.only_lead ? "; in title or lead only" : "",
	    p->frame == FRAME_ACT && lexis_bool(&p->v->entries[p->predicate],
	    KEY_PLAN_COUNTS) ? "; an announced plan counts" : "");
}

void
event_describe(const struct event_pattern *p, struct buf *out)
{
	static const char *const tolls[] = { "", "killed", "injured",
		"affected", "magnitude" };
	struct arena mem;
	uint8_t i;

	arena_init(&mem);
	line_event(p, out);
	line_measure(p, out);
	line_arg(p, p->frame == FRAME_ACT ? "agent" :
	    p->frame == FRAME_RANK ? "subject" : "owner", &p->subject, out);
	line_arg(p, "object", &p->object, out);
	if (p->object_word != NULL)
		buf_printf(out, "  object   %s\n", p->object_word);
	line_arg(p, "place", &p->place, out);
	if (p->reason != NO_ENTRY)
		buf_printf(out, "  reason   %s\n",
		    p->v->entries[p->reason].id);
	if (p->toll != TOLL_NONE)
		buf_printf(out, "  toll     %s\n", tolls[p->toll]);
	for (i = 0; i < p->nqualities; i++)
		buf_printf(out, "  quality  %s\n",
		    p->v->entries[p->qualities[i]].id);
	if (p->has_amount)
		buf_printf(out, "  amount   %s\n",
		    quantity_condition(&mem, &p->amount));
	if (p->has_level)
		buf_printf(out, "  level    %s\n",
		    quantity_condition(&mem, &p->level));
	line_mood(p, out);
	arena_free(&mem);
}
