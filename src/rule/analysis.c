#include "rule/event.h"

#include <stdlib.h>
#include <string.h>

#include "article/article.h"
#include "rule/analysis.h"

#define RECORDS_MAX 4096	/* of an article */
#define PREDICATES_MAX 128	/* looked at in a sentence */
#define EXTREMES_MAX 64	/* whose reach is told, see frame_extreme.c */

struct record *
record_new(struct analysis *a, enum frame_kind frame, uint32_t at,
    uint32_t end)
{
	struct record *r;

	if (a->nrecords == RECORDS_MAX)
		a->nrecords--;
	a->records = analysis_grow(a->mem, a->records, a->nrecords,
	    &a->records_cap, sizeof(*a->records));
	r = &a->records[a->nrecords++];
	memset(r, 0, sizeof(*r));
	r->frame = (uint8_t)frame;
	r->predicate = NO_ENTRY;
	r->first = at;
	r->end = end;
	r->sentence = tok(a, at)->sentence;
	r->clause = a->clause_of[at];
	r->theme.measure = r->object.measure = NO_ENTRY;
	r->theme.empty = r->object.empty = true;
	r->object_tag = NONE;
	r->cue = r->blocked = NO_TOKEN;
	r->title = token_title(a, at);
	r->lead = !r->title && r->sentence ==
	    a->text->fields[TEXT_BODY].sentence;
	return r;
}

static void
quantities(struct analysis *a)
{
	struct quantity_span *skip;
	struct quantity *list;
	const struct tag *t;
	uint32_t i, j, n = 0;

	skip = arena_alloc(a->mem, (a->ntags + 1) * sizeof(*skip));
	for (i = 0; i < a->ntokens; i++) {
		t = tag_at(a, LAYER_NOUN, i);
		if (t == NULL || t->first != i)
			continue;
		for (j = t->first; j < t->end; j++)
			if (tok(a, j)->kind == TEXT_NUMBER)
				break;
		if (j < t->end)
			skip[n++] = (struct quantity_span){ t->first, t->end };
	}
	a->quantities = quantity_find(a->mem, a->text, skip, n);
	a->quantities_cap = a->quantities.n + EXTREMES_MAX;
	list = arena_alloc(a->mem, a->quantities_cap * sizeof(*list));
	if (a->quantities.n > 0)
		memcpy(list, a->quantities.list,
		    a->quantities.n * sizeof(*list));
	a->quantities.list = list;
	a->quantity_used = arena_zalloc(a->mem, a->quantities_cap, 1);
	a->quantity_at = arena_zalloc(a->mem, a->ntokens + 1,
	    sizeof(uint32_t));
	for (i = 0; i < a->quantities.n; i++)
		if (!a->quantities.list[i].derived)
			for (j = a->quantities.list[i].first;
			    j < a->quantities.list[i].end && j < a->ntokens;
			    j++)
				a->quantity_at[j] = i + 1;
}

static void (*const make[NFRAMES])(struct analysis *, uint32_t, uint32_t) = {
	frame_change, frame_level, frame_act, frame_rank, frame_state,
	frame_extreme };

/*
 * "rose to" is a level, and "rose" a change all the same: the shorter phrase
 * that begins a longer one, when only the longer one speaks of a level.
 */
static void
inner_change(struct analysis *a, uint32_t tag)
{
	struct tag t = a->tags[tag];
	const struct sense *s;
	uint32_t node = 0, i, at;

	for (i = t.first; i + 1 < t.end; i++) {
		node = trie_step(&a->v->trie, node, tok(a, i)->word);
		if (node == 0)
			return;
		for (at = a->v->trie.senses[node]; at != 0; at = s->next) {
			s = sense_of(a, at);
			if (s->kind != SENSE_PRED ||
			    entry_of(a, s->ref)->frame != FRAME_CHANGE)
				continue;
			a->tags = analysis_grow(a->mem, a->tags, a->ntags,
			    &a->tags_cap, sizeof(*a->tags));
			a->tags[a->ntags] = (struct tag){ t.first, i + 1,
			    a->v->trie.senses[node], LAYER_PRED };
			frame_change(a, a->ntags++, at);
		}
	}
}

/* Such records say nothing of others: whose predicate nobody asks is not made. */
static bool
stands_alone(uint8_t frame)
{
	return frame == FRAME_ACT || frame == FRAME_RANK ||
	    frame == FRAME_STATE;
}

/* The records of one sense of a tag. */
static void
records(struct analysis *a, uint32_t tag, uint32_t sense)
{
	const struct sense *s = sense_of(a, sense);
	uint32_t i = a->nrecords, n;

	if (a->asked != NULL && stands_alone(entry_of(a, s->ref)->frame) &&
	    (a->asked[s->ref / 64] >> s->ref % 64 & 1) == 0)
		return;
	make[entry_of(a, s->ref)->frame](a, tag, sense);
	for (n = a->nrecords; i < n; i++) {
		a->records[i].use = s->use;
		a->records[i].forms = s->forms;
		if (a->records[i].frame == FRAME_ACT)
			act_converse(a, &a->records[i]);
	}
}

static void
records_of(struct analysis *a, uint32_t i)
{
	const struct tag *t = tag_at(a, LAYER_PRED, i);
	const struct sense *s;
	uint32_t at, end = t->end;
	bool inner = false;

	for (at = t->sense; at != 0; at = s->next) {
		s = sense_of(a, at);
		/* "nine-fold" folds nothing; "halved" does, and "zero-day"
		 * begins with its number */
		if (s->kind != SENSE_PRED || (a->quantity_at[i] != 0 &&
		    a->quantity_at[end - 1] != 0 &&
		    a->quantities.list[a->quantity_at[i] - 1].first < i &&
		    entry_of(a, s->ref)->frame != FRAME_CHANGE &&
		    entry_of(a, s->ref)->frame != FRAME_LEVEL))
			continue;
		records(a, a->at[LAYER_PRED][i] - 1, at);
		/* "tops", "rise | to", "double | on debut" */
		inner |= entry_of(a, s->ref)->frame == FRAME_LEVEL ||
		    (s->use == USE_PHRASE && i + 1 < end &&
		    (gram(a, i + 1) & (GRAM_IN | GRAM_CAUSE)) != 0);
	}
	if (inner && a->tags[a->at[LAYER_PRED][i] - 1].end - i > 1)
		inner_change(a, a->at[LAYER_PRED][i] - 1);
}

/*
 * What is beyond the limits is no prose: every record looks at its sentence, so
 * that "cut cut cut ..." would cost the square of it.
 */
static void
frames(struct analysis *a)
{
	const struct tag *t;
	uint32_t i, at, sentence = NONE, n = 0;

	for (i = 0; i < a->ntags && a->nrecords < RECORDS_MAX; i++)
		if (a->tags[i].layer == LAYER_PARTED)
			for (at = a->tags[i].sense; at != 0;
			    at = sense_of(a, at)->next)
				if (sense_of(a, at)->kind == SENSE_PRED &&
				    sense_of(a, at)->use != USE_NOUN)
					records(a, i, at);
	for (i = 0; i < a->ntokens && a->nrecords < RECORDS_MAX; i++) {
		t = tag_at(a, LAYER_PRED, i);
		if (t == NULL || t->first != i)
			continue;
		if (tok(a, i)->sentence != sentence)
			n = 0;
		sentence = tok(a, i)->sentence;
		if (n++ < PREDICATES_MAX)
			records_of(a, i);
	}
	frame_signs(a);
	frame_levels(a);
}

static int
ascending(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return a < b ? -1 : a > b;
}

/* A set of entries: bits, and bits for the words of them that are not empty,
   so that reading it costs what is in it and not what the vocabulary has. */
struct entry_set {
	uint64_t	*bits, *words;
	uint32_t	 n;
};

static void
add_entry(struct entry_set *set, uint32_t entry)
{
	uint32_t word = entry / 64;
	uint64_t bit = 1ULL << entry % 64;

	set->n += (set->bits[word] & bit) == 0;
	set->bits[word] |= bit;
	set->words[word / 64] |= 1ULL << word % 64;
}

/* An entry and all that it is. */
static void
mark(const struct analysis *a, struct entry_set *set, uint32_t entry)
{
	const struct entry *e = entry_of(a, entry);

	for (uint32_t i = 0; i < e->nup; i++)
		add_entry(set, e->up[i]);
	for (uint32_t i = 0; i < e->nconverse; i++)
		add_entry(set, e->converse[i]);
}

static void
list_entries(const struct entry_set *set, size_t nwords, uint32_t *list)
{
	uint64_t words, bits;
	uint32_t word;

	for (size_t i = 0; i < nwords / 64 + 1; i++)
		for (words = set->words[i]; words != 0; words &= words - 1) {
			word = (uint32_t)(i * 64) +
			    (uint32_t)__builtin_ctzll(words);
			for (bits = set->bits[word]; bits != 0;
			    bits &= bits - 1)
				*list++ = word * 64 +
				    (uint32_t)__builtin_ctzll(bits);
		}
}

/*
 * Not a blocker, a need, a not_with: the sense names its entry. A last or first
 * word of names ("Air", "Bank of") counts: what it makes of an unknown name is
 * only known with the records, and a key too many costs only time.
 */
static bool
stands_for(const struct sense *s)
{
	return s->kind == SENSE_NAME || s->kind == SENSE_CLASS ||
	    s->kind == SENSE_GROUP || s->kind == SENSE_PLACE_GROUP ||
	    s->kind == SENSE_MEASURE || s->kind == SENSE_PRED ||
	    s->kind == SENSE_QUALITY || s->kind == SENSE_SUFFIX ||
	    s->kind == SENSE_PREFIX;
}

/* The keys of what is tagged, and of all it is, ascending. */
static void
keys(struct analysis *a)
{
	size_t nwords = a->v->nentries / 64 + 1;
	struct entry_set set = {
		.bits = arena_zalloc(a->mem, nwords, sizeof(*set.bits)),
		.words = arena_zalloc(a->mem, nwords / 64 + 1,
		    sizeof(*set.words)) };
	const struct sense *s;
	uint32_t i, j, at;

	for (i = 0; i < a->ntags; i++)
		for (at = a->tags[i].sense; at != 0; at = s->next) {
			s = sense_of(a, at);
			if (!stands_for(s))
				continue;
			add_entry(&set, s->ref);
			mark(a, &set, s->ref);
		}
	for (i = 0; i < a->nthings; i++)
		for (j = 0; j < a->things[i].nconcepts; j++)
			mark(a, &set, a->things[i].concepts[j]);
	a->keys = arena_alloc(a->mem, (set.n + 1) * sizeof(*a->keys));
	a->nkeys = set.n;
	list_entries(&set, nwords, a->keys);
}

/* Nothing that happens and no number: there can be no record. */
static bool
uneventful(const struct analysis *a)
{
	for (uint32_t i = 0; i < a->ntags; i++)
		if (a->tags[i].layer == LAYER_PARTED)
			return false;
	for (uint32_t i = 0; i < a->ntokens; i++)
		if (a->at[LAYER_PRED][i] != 0)
			return false;
	return a->quantities.n == 0;
}

struct analysis *
analysis_run(const struct vocabulary *v, const struct text *text,
    int64_t published, struct arena *mem)
{
	struct analysis *a = arena_zalloc(mem, 1, sizeof(*a));
	uint32_t i;

	a->v = v;
	a->text = text;
	a->mem = mem;
	a->published = published;
	i = text->nfields > TEXT_BODY ? TEXT_BODY : text->nfields - 1;
	if (text->nfields == 0)
		return a;
	a->ntokens = text->fields[i].end;
	a->nsentences = text->fields[i].sentence_end;
	a->subjects = arena_zalloc(mem, a->nsentences + 1,
	    sizeof(*a->subjects));
	a->subject_known = arena_zalloc(mem, a->nsentences + 1, 1);
	tagger_run(a);
	quantities(a);
	parted_run(a);
	if (uneventful(a)) {
		keys(a);
		return a;
	}
	clause_run(a);
	infer_run(a);
	keys(a);
	return a;
}

void
analysis_complete(struct analysis *a)
{
	if (a->complete || a->ntokens == 0)
		return;
	a->complete = true;
	frames(a);
	for (uint32_t i = 0; i < a->nrecords; i++)
		thing_measured(a, &a->records[i].theme,
		    stands_alone(a->records[i].frame));
}

void
analysis_ask(struct analysis *a, const uint64_t *predicates)
{
	a->asked = predicates;
}

size_t
analysis_keys(const struct analysis *a, const uint32_t **list)
{
	*list = a->keys;
	return a->nkeys;
}

bool
analysis_has(const struct analysis *a, uint32_t key)
{
	return a->nkeys > 0 && bsearch(&key, a->keys, a->nkeys, sizeof(key),
	    ascending) != NULL;
}

void
analysis_each(const struct analysis *a, uint32_t key,
    bool (*each)(void *, uint32_t, uint32_t), void *arg)
{
	const struct sense *s;
	const struct tag *t;
	uint32_t i, at;

	for (i = 0; i < a->ntokens; i++) {
		t = tag_at(a, LAYER_NOUN, i);
		if (t == NULL || t->first != i)
			continue;
		for (at = t->sense; at != 0; at = s->next) {
			s = sense_of(a, at);
			if ((s->kind == SENSE_NAME || s->kind == SENSE_CLASS ||
			    s->kind == SENSE_GROUP || s->kind ==
			    SENSE_MEASURE) && (entry_of(a, s->ref)->same ==
			    key || lexis_is(a->v, s->ref, key))) {
				if (!each(arg, t->first, t->end))
					return;
				break;
			}
		}
	}
}
