/* References between entries: ids to indexes, and what each thing is. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rule/lexis.h"

#define UP_MAX 64

static const char *const frames[] = { "change", "level", "act", "rank",
	"state", "extreme" };
static const char *const moods[] = { "denied", "expected", "planned", "past",
	"asked", "harmless", "end", "link", "report", "light", "verb" };

static int
ascending(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static int
choose(const struct entry *e, enum key key, const char *name,
    const char *const *list, size_t n, int missing, struct problems *problems)
{
	const struct slot *slot = lexis_slot(e, key);
	const char *near;
	size_t i;

	if (slot->n == 0) {
		if (missing < 0)
			problems_error(problems, e->origin, "%s: \"%s\" is "
			    "missing", e->id, name);
		return missing;
	}
	for (i = 0; i < n; i++)
		if (strcmp(slot->list[0], list[i]) == 0)
			return (int)i;
	near = problems_nearest(slot->list[0], list, n);
	problems_error(problems, e->origin, "%s: %s = \"%s\" is unknown%s%s%s",
	    e->id, name, slot->list[0], near ? "; did you mean \"" : "",
	    near ? near : "", near ? "\"?" : "");
	return missing;
}

static uint32_t
refer(struct vocabulary *v, const struct entry *e, const char *key,
    const char *id, bool measures, struct problems *problems)
{
	uint32_t at = lexis_class(v, id);
	const char *near;

	if (at == NO_ENTRY && measures)
		at = lexis_find(v, VOCABULARY_MEASURES, id, strlen(id));
	if (at != NO_ENTRY)
		return at;
	near = vocabulary_suggest(v, VOCABULARY_CONCEPTS, id, strlen(id));
	problems_error(problems, e->origin, "%s: %s names \"%s\", which is "
	    "nowhere defined%s%s%s", e->id, key, id,
	    near ? "; did you mean \"" : "", near ? near : "",
	    near ? "\"?" : "");
	return NO_ENTRY;
}

/* "2021-10-28" as Unix seconds (proleptic Gregorian, UTC); 0 if absent. */
static int64_t
date(const struct entry *e, enum key key, struct problems *problems)
{
	const struct slot *slot = lexis_slot(e, key);
	int y, m, d, era, yoe, doy;
	char end;

	if (slot->n == 0)
		return 0;
	if (sscanf(slot->list[0], "%d-%d-%d%c", &y, &m, &d, &end) != 3 ||
	    y < 1900 || y > 2999 || m < 1 || m > 12 || d < 1 || d > 31) {
		problems_error(problems, e->origin, "%s: \"%s\" is no date "
		    "(2021-10-28)", e->id, slot->list[0]);
		return 0;
	}
	/* Howard Hinnant, days_from_civil */
	y -= m <= 2;
	era = y / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return ((int64_t)era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy -
	    719468) * 86400;
}

/* A merger is an acquisition, too: the predicate and all those it also is. */
static void
resolve_kinds(struct vocabulary *v, struct entry *e, struct problems *problems)
{
	const struct slot *s;
	uint32_t list[UP_MAX], n = 0, i, j, k, at;

	list[n++] = (uint32_t)(e - v->entries);
	for (i = 0; i < n; i++) {
		s = lexis_slot(&v->entries[list[i]], KEY_IS);
		for (j = 0; j < s->n && n < UP_MAX; j++) {
			at = lexis_find(v, VOCABULARY_PREDICATES, s->list[j],
			    strlen(s->list[j]));
			if (at == NO_ENTRY && i == 0)
				problems_error(problems, e->origin, "%s: is "
				    "names \"%s\", which is no predicate",
				    e->id, s->list[j]);
			for (k = 0; k < n && list[k] != at; k++)
				;
			if (at != NO_ENTRY && k == n)
				list[n++] = at;
		}
	}
	qsort(list, n, sizeof(list[0]), ascending);
	e->up = arena_zalloc(&v->mem, n, sizeof(*e->up));
	memcpy(e->up, list, n * sizeof(list[0]));
	e->nup = n;
}

/* "wins approval" for "approves". */
static void
resolve_converse(struct vocabulary *v, struct entry *e,
    struct problems *problems)
{
	const struct slot *s = lexis_slot(e, KEY_CONVERSE);
	uint32_t i, at;

	e->converse = arena_zalloc(&v->mem, s->n + 1, sizeof(*e->converse));
	for (i = 0; i < s->n; i++) {
		at = lexis_find(v, VOCABULARY_PREDICATES, s->list[i],
		    strlen(s->list[i]));
		if (at == NO_ENTRY)
			problems_error(problems, e->origin, "%s: converse names "
			    "\"%s\", which is no predicate", e->id,
			    s->list[i]);
		else
			e->converse[e->nconverse++] = at;
	}
}

static void
resolve_predicate(struct vocabulary *v, struct entry *e,
    struct problems *problems)
{
	static const char *const directions[] = { "none", "up", "down" };
	const struct slot *s;
	uint32_t i;
	int n;

	resolve_kinds(v, e, problems);
	resolve_converse(v, e, problems);
	n = choose(e, KEY_FRAME, "frame", frames, NFRAMES, -1, problems);
	e->frame = (uint8_t)(n < 0 ? 0 : n);
	n = choose(e, KEY_DIRECTION, "direction", directions, 3, 0, problems);
	e->direction = (int8_t)(n == 1 ? 1 : n == 2 ? -1 : 0);
	s = lexis_slot(e, KEY_AGENT);
	if (s->n > 0)
		e->agent = refer(v, e, "agent", s->list[0], false, problems);
	s = lexis_slot(e, KEY_FOR_AGENT);
	if (s->n > 0)
		e->for_agent = refer(v, e, "for_agent", s->list[0], false,
		    problems);
	s = lexis_slot(e, KEY_PLACE);
	if (s->n == 0)
		s = lexis_slot(e, KEY_IN);
	if (s->n > 0 && strcmp(s->list[0], "any") != 0)
		e->place = refer(v, e, "place", s->list[0], false, problems);
	s = lexis_slot(e, KEY_OBJECT_IS);
	e->of = arena_zalloc(&v->mem, s->n + 1, sizeof(*e->of));
	for (i = 0; i < s->n; i++)
		e->of[e->nof++] = refer(v, e, "object_is", s->list[i], true,
		    problems);
}

static void
resolve_measure(struct vocabulary *v, struct entry *e,
    struct problems *problems)
{
	const struct slot *s = lexis_slot(e, KEY_OF);
	char *end;
	uint32_t i;

	e->of = arena_zalloc(&v->mem, s->n + 1, sizeof(*e->of));
	for (i = 0; i < s->n; i++)
		e->of[e->nof++] = refer(v, e, "of", s->list[i], false,
		    problems);
	s = lexis_slot(e, KEY_MOVES_WITH);
	if (s->n > 0)
		e->moves_with = refer(v, e, "moves_with", s->list[0], true,
		    problems);
	s = lexis_slot(e, KEY_ALONE_FROM);
	if (s->n == 0)
		return;
	e->alone_from = strtod(s->list[0], &end);
	if (*end != '\0' || !(e->alone_from > 0))
		problems_error(problems, e->origin, "%s: alone_from = \"%s\" "
		    "is no number", e->id, s->list[0]);
}

static void
resolve_cue(struct entry *e, struct problems *problems)
{
	const struct slot *s = lexis_slot(e, KEY_FRAMES);
	uint32_t i;
	int n;
	size_t j;

	n = choose(e, KEY_MOOD, "mood", moods, NMOODS, -1, problems);
	e->mood = (uint8_t)(n < 0 ? 0 : n);
	for (i = 0; i < s->n; i++) {
		for (j = 0; j < NFRAMES; j++)
			if (strcmp(s->list[i], frames[j]) == 0)
				break;
		if (j == NFRAMES)
			problems_error(problems, e->origin, "%s: there is no "
			    "frame \"%s\"", e->id, s->list[i]);
		else
			e->frames |= (uint8_t)(1u << j);
	}
	/* what is said of a level is said of a high */
	if ((e->frames & 1u << FRAME_LEVEL) != 0)
		e->frames |= 1u << FRAME_EXTREME;
	if (e->frames == 0)
		e->frames = 0xff;
}

static void
resolve_own(struct vocabulary *v, struct entry *e, struct problems *problems)
{
	static const char *const opens[] = { "", "names", "nouns" };
	static const char *const needs[] = { "article", "sentence" };
	const struct slot *s;
	uint32_t at;

	switch (e->section) {
	case VOCABULARY_CONCEPTS:
		e->open = (uint8_t)choose(e, KEY_OPEN, "open", opens, 3, 0,
		    problems);
		break;
	case VOCABULARY_ENTITIES:
		e->need_sentence = choose(e, KEY_NEED_IN, "need_in", needs, 2,
		    0, problems) == 1;
		e->since = date(e, KEY_SINCE, problems);
		e->until = date(e, KEY_UNTIL, problems);
		s = lexis_slot(e, KEY_GENERAL);
		if (s->n > 0)
			e->general = refer(v, e, "general", s->list[0], false,
			    problems);
		s = lexis_slot(e, KEY_SAME);
		if (s->n == 0)
			break;
		at = lexis_find(v, VOCABULARY_ENTITIES, s->list[0],
		    strlen(s->list[0]));
		if (at == NO_ENTRY)
			refer(v, e, "same", s->list[0], false, problems);
		else
			e->same = at;
		break;
	case VOCABULARY_MEASURES:
		resolve_measure(v, e, problems);
		break;
	case VOCABULARY_PREDICATES:
		resolve_predicate(v, e, problems);
		break;
	case VOCABULARY_CUES:
		resolve_cue(e, problems);
		break;
	default:
		break;
	}
}

/* What an id names for this entry: measures are measures, all else classes. */
static uint32_t
parent(struct vocabulary *v, const struct entry *e, const char *id)
{
	return e->section == VOCABULARY_MEASURES ?
	    lexis_find(v, VOCABULARY_MEASURES, id, strlen(id)) :
	    lexis_class(v, id);
}

/* Everything a thing is: breadth first over is, kind, also. */
static void
resolve_up(struct vocabulary *v, uint32_t self, struct problems *problems)
{
	static const enum key parents[] = { KEY_IS, KEY_KIND, KEY_ALSO };
	static const char *const names[] = { "is", "kind", "also" };
	uint32_t list[UP_MAX], n = 0, i, j, at, k;
	const struct entry *e;
	const struct slot *s;
	size_t p;

	list[n++] = self;
	for (i = 0; i < n; i++) {
		e = &v->entries[list[i]];
		for (p = 0; p < 3; p++) {
			s = lexis_slot(e, parents[p]);
			for (j = 0; j < s->n && n < UP_MAX; j++) {
				/* a sector's kind is a word, not a class */
				if (parents[p] == KEY_KIND &&
				    e->section == VOCABULARY_CONCEPTS)
					continue;
				at = parent(v, e, s->list[j]);
				if (at == NO_ENTRY && i == 0)
					at = refer(v, e, names[p], s->list[j],
					    false, problems);
				for (k = 0; k < n && list[k] != at; k++)
					;
				if (at != NO_ENTRY && k == n)
					list[n++] = at;
			}
		}
	}
	qsort(list, n, sizeof(list[0]), ascending);
	v->entries[self].up = arena_zalloc(&v->mem, n, sizeof(list[0]));
	memcpy(v->entries[self].up, list, n * sizeof(list[0]));
	v->entries[self].nup = n;
}

void
lexis_resolve(struct vocabulary *v, struct problems *problems)
{
	size_t i;

	for (i = 0; i < v->nentries; i++) {
		resolve_own(v, &v->entries[i], problems);
		if (v->entries[i].section <= VOCABULARY_MEASURES)
			resolve_up(v, (uint32_t)i, problems);
	}
	v->alone = arena_zalloc(&v->mem, v->nentries * 2 + 1,
	    sizeof(*v->alone));
	for (i = 0; i < v->nentries; i++)
		if (v->entries[i].alone_from < INFINITY)
			v->alone[v->nalone++] = (uint32_t)i;
	for (i = 0; i < v->nentries; i++)
		if (v->entries[i].section == VOCABULARY_MEASURES &&
		    lexis_bool(&v->entries[i], KEY_ALONE))
			v->alone[v->nalone++] = (uint32_t)i;
	/* an old name is whatever its successor is */
	for (i = 0; i < v->nentries; i++)
		if (v->entries[i].same != i &&
		    v->entries[i].section == VOCABULARY_ENTITIES) {
			v->entries[i].up = v->entries[v->entries[i].same].up;
			v->entries[i].nup = v->entries[v->entries[i].same].nup;
		}
}
