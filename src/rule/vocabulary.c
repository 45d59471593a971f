#include "rule/vocabulary.h"

#include <stdlib.h>
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "rule/event.h"
#include "rule/grammar.h"
#include "rule/lexis.h"
#include "rule/vocabulary_keys.h"

struct vocabulary *
vocabulary_new(void)
{
	struct vocabulary *v = mem_zalloc(1, sizeof(*v));

	arena_init(&v->mem);
	arena_init(&v->scratch);
	v->lexicon = lexicon_new();
	v->index_cap = 1024;
	v->index = mem_zalloc(v->index_cap, sizeof(*v->index));
	v->open = NO_ENTRY;
	v->nsenses = 1;
	trie_init(&v->trie);
	grammar_intern(v);
	v->number_sign = lexicon_add(v->lexicon, "#", 1);
	v->off = lexicon_add(v->lexicon, "off", 3);
	v->over = lexicon_add(v->lexicon, "over", 4);
	return v;
}

void
vocabulary_free(struct vocabulary *v)
{
	size_t i, j;

	if (v == NULL)
		return;
	for (i = 0; i < v->nentries; i++) {
		for (j = 0; j < v->entries[i].nslots; j++)
			free(v->entries[i].slots[j].list);
		free(v->entries[i].slots);
		free(v->entries[i].ratios);
	}
	free(v->entries);
	free(v->index);
	free(v->senses);
	free(v->grammar);
	free(v->parts);
	trie_clear(&v->trie);
	lexicon_free(v->lexicon);
	arena_free(&v->scratch);
	arena_free(&v->mem);
	free(v);
}

static size_t
place_of(enum vocabulary_section section, const char *id, size_t len,
    size_t cap)
{
	return (size_t)(hash_bytes(id, len) + (uint64_t)section * 77) &
	    (cap - 1);
}

uint32_t
lexis_find(const struct vocabulary *v, enum vocabulary_section section,
    const char *id, size_t len)
{
	const struct entry *e;
	size_t i;

	for (i = place_of(section, id, len, v->index_cap); v->index[i] != 0;
	    i = (i + 1) & (v->index_cap - 1)) {
		e = &v->entries[v->index[i] - 1];
		if (e->section == section && strlen(e->id) == len &&
		    memcmp(e->id, id, len) == 0)
			return v->index[i] - 1;
	}
	return NO_ENTRY;
}

uint32_t
lexis_class(const struct vocabulary *v, const char *id)
{
	uint32_t at = lexis_find(v, VOCABULARY_CONCEPTS, id, strlen(id));

	if (at == NO_ENTRY)
		at = lexis_find(v, VOCABULARY_ENTITIES, id, strlen(id));
	return at;
}

static void
index_put(struct vocabulary *v, uint32_t at)
{
	const struct entry *e = &v->entries[at];
	size_t i;

	for (i = place_of(e->section, e->id, strlen(e->id), v->index_cap);
	    v->index[i] != 0; i = (i + 1) & (v->index_cap - 1))
		;
	v->index[i] = at + 1;
}

static void
index_grow(struct vocabulary *v)
{
	size_t i;

	free(v->index);
	v->index_cap *= 2;
	v->index = mem_zalloc(v->index_cap, sizeof(*v->index));
	for (i = 0; i < v->nentries; i++)
		index_put(v, (uint32_t)i);
}

static void
empty(struct entry *e)
{
	size_t i;

	for (i = 0; i < e->nslots; i++)
		free(e->slots[i].list);
	free(e->slots);
	free(e->ratios);
	e->slots = NULL;
	e->ratios = NULL;
	e->nslots = e->slots_cap = e->nratios = e->ratios_cap = 0;
	e->bools = 0;
}

void
vocabulary_begin(struct vocabulary *v, enum vocabulary_section section,
    const char *id, bool replace, const char *origin,
    struct problems *problems)
{
	struct entry *e;

	v->open = NO_ENTRY;
	if (id[0] == '\0' ||
	    id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0') {
		problems_error(problems, origin, "the id \"%s\" in %s may hold "
		    "only a-z, 0-9 and '-'", id,
		    vocabulary_keys_section(section));
		return;
	}
	v->open = lexis_find(v, section, id, strlen(id));
	if (v->open != NO_ENTRY) {
		if (replace)
			empty(&v->entries[v->open]);
		return;
	}
	if ((v->nentries + 1) * 2 >= v->index_cap)
		index_grow(v);
	v->entries = mem_grow(v->entries, v->nentries, &v->entries_cap,
	    sizeof(*v->entries));
	e = &v->entries[v->nentries];
	memset(e, 0, sizeof(*e));
	e->id = arena_strdup(&v->mem, id);
	e->origin = arena_strdup(&v->mem, origin);
	e->section = (uint8_t)section;
	e->agent = e->place = e->for_agent = e->moves_with =
	    e->general = NO_ENTRY;
	e->alone_from = INFINITY;
	v->open = (uint32_t)v->nentries++;
	e->same = v->open;
	index_put(v, v->open);
}

/* The key for the open entry, or -1 with a problem (or none open). */
static int
key_for(struct vocabulary *v, const char *name, const char *origin,
    struct problems *problems)
{
	const char *near;
	const struct entry *e;
	int key;

	if (v->open == NO_ENTRY)
		return -1;
	e = &v->entries[v->open];
	key = vocabulary_keys_find(e->section, name);
	if (key >= 0)
		return key;
	near = vocabulary_keys_suggest(e->section, name);
	if (near != NULL)
		problems_error(problems, origin, "%s: unknown key \"%s\" in "
		    "%s; did you mean \"%s\"?", e->id, name,
		    vocabulary_keys_section(e->section), near);
	else
		problems_error(problems, origin, "%s: unknown key \"%s\" in %s",
		    e->id, name, vocabulary_keys_section(e->section));
	return -1;
}

static struct slot *
slot_for(struct entry *e, enum key key)
{
	size_t i;

	for (i = 0; i < e->nslots; i++)
		if (e->slots[i].key == key)
			return &e->slots[i];
	e->slots = mem_grow(e->slots, e->nslots, &e->slots_cap,
	    sizeof(*e->slots));
	memset(&e->slots[e->nslots], 0, sizeof(*e->slots));
	e->slots[e->nslots].key = key;
	return &e->slots[e->nslots++];
}

void
vocabulary_string(struct vocabulary *v, const char *name, const char *value,
    const char *origin, struct problems *problems)
{
	int key = key_for(v, name, origin, problems);
	struct slot *slot;

	if (key < 0)
		return;
	if (vocabulary_keys_type(key) == KEY_IS_BOOL ||
	    vocabulary_keys_type(key) == KEY_IS_RATIOS) {
		problems_error(problems, origin, "%s: \"%s\" takes %s, not a "
		    "string", v->entries[v->open].id, name,
		    vocabulary_keys_type(key) == KEY_IS_BOOL ?
		    "true or false" : "a list of groups");
		return;
	}
	slot = slot_for(&v->entries[v->open], (enum key)key);
	if (vocabulary_keys_type(key) == KEY_IS_STRING)
		slot->n = 0;
	slot->list = mem_grow(slot->list, slot->n, &slot->cap,
	    sizeof(*slot->list));
	slot->list[slot->n++] = arena_strdup(&v->mem, value);
}

void
vocabulary_bool(struct vocabulary *v, const char *name, bool value,
    const char *origin, struct problems *problems)
{
	int key = key_for(v, name, origin, problems);
	uint64_t bit;

	if (key < 0)
		return;
	if (vocabulary_keys_type(key) != KEY_IS_BOOL) {
		problems_error(problems, origin, "%s: \"%s\" takes text, not "
		    "true or false", v->entries[v->open].id, name);
		return;
	}
	bit = 1ULL << (key - KEY_FIRST_BOOL);
	if (value)
		v->entries[v->open].bools |= bit;
	else
		v->entries[v->open].bools &= ~bit;
}

void
vocabulary_ratio(struct vocabulary *v, const char *verb, double percent,
    const char *origin, struct problems *problems)
{
	struct entry *e;

	if (key_for(v, "ratios", origin, problems) < 0)
		return;
	e = &v->entries[v->open];
	e->ratios = mem_grow(e->ratios, e->nratios, &e->ratios_cap,
	    sizeof(*e->ratios));
	e->ratios[e->nratios].verb = arena_strdup(&v->mem, verb);
	e->ratios[e->nratios++].percent = percent;
}

int
vocabulary_finish(struct vocabulary *v, struct problems *problems)
{
	size_t errors = problems->errors;

	lexis_resolve(v, problems);
	if (problems->errors != errors)
		return -1;
	lexis_fill(v, problems);
	return problems->errors == errors ? 0 : -1;
}

struct lexicon *
vocabulary_lexicon(const struct vocabulary *v)
{
	return v->lexicon;
}

size_t
vocabulary_phrases(const struct vocabulary *v)
{
	return v->nphrases;
}

uint32_t
vocabulary_nkeys(const struct vocabulary *v)
{
	return (uint32_t)v->nentries;
}

int32_t
vocabulary_key(const struct vocabulary *v, enum vocabulary_section section,
    const char *id, size_t len)
{
	uint32_t at = lexis_find(v, section, id, len);

	return at == NO_ENTRY ? -1 : (int32_t)v->entries[at].same;
}

const char *
vocabulary_suggest(const struct vocabulary *v, enum vocabulary_section section,
    const char *id, size_t len)
{
	const char **ids = mem_zalloc(v->nentries + 1, sizeof(*ids));
	char *word = mem_strndup(id, len);
	const char *near;
	size_t i, n = 0;

	for (i = 0; i < v->nentries; i++)
		if (v->entries[i].section == section)
			ids[n++] = v->entries[i].id;
	near = problems_nearest(word, ids, n);
	free(ids);
	free(word);
	return near;
}

const struct slot *
lexis_slot(const struct entry *e, enum key key)
{
	static const struct slot none;
	size_t i;

	for (i = 0; i < e->nslots; i++)
		if (e->slots[i].key == key)
			return &e->slots[i];
	return &none;
}

bool
lexis_bool(const struct entry *e, enum key key)
{
	return (e->bools >> (key - KEY_FIRST_BOOL) & 1) != 0;
}

bool
lexis_is(const struct vocabulary *v, uint32_t thing, uint32_t concept)
{
	const struct entry *e;
	uint32_t i;

	if (thing == NO_ENTRY)
		return false;
	e = &v->entries[thing];
	for (i = 0; i < e->nup && e->up[i] <= concept; i++)
		if (e->up[i] == concept)
			return true;
	return false;
}

uint32_t
lexis_alone(const struct vocabulary *v, uint32_t thing, double value)
{
	const struct entry *e;
	size_t i;
	uint32_t j;

	for (i = 0; i < v->nalone; i++) {
		e = &v->entries[v->alone[i]];
		if (!(e->alone_from <= value) && !lexis_bool(e, KEY_ALONE))
			continue;
		for (j = 0; j < e->nof; j++)
			if (lexis_is(v, thing, e->of[j]))
				return v->alone[i];
	}
	return NO_ENTRY;
}
