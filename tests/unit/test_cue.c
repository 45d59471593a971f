/*
 * Every cue and pseudo-cue of the shipped vocabulary, in a sentence where it
 * decides.
 *
 * tests/data/cues.tsv has rows "cue, list, word, expected, rule, sentence". A
 * sentence that ends in a full stop is a body, any other one a title. Of each
 * row is asked: the word stands there as that cue; the rule matches as
 * expected; and it would not if the word meant nothing (the row bites). A
 * silent row must match with the option that asks for the cue's mood. "1~" and
 * "0~" excuse a row from the last two: grammar knows the word, too, another cue
 * says the same, or the predicate has a guard of its own.
 */
#include <ctype.h>
#include <stdlib.h>

#include "event_case.h"
#include "rule/analysis.h"
#include "rule/inflect.h"

#define ROWS "tests/data/cues.tsv"
#define ROWS_MAX 4096
#define UNDO_MAX 256
#define PHRASE_MAX 256

struct row {
	char		*id, *list, *word, *expected, *rule, *sentence;
	uint32_t	 entry;
};

static struct row rows[ROWS_MAX];
static size_t nrows;
static struct arena rows_mem;

static struct {
	struct sense	*sense;
	uint8_t		 kind;
} undo[UNDO_MAX];
static size_t nundo;

static const struct {
	const char	*name;
	enum key	 key;
	enum sense_kind	 kind;
	enum sense_use	 use;
} lists[] = {
	{ "before", KEY_BEFORE, SENSE_CUE, USE_BEFORE },
	{ "verbs", KEY_VERBS, SENSE_CUE, USE_BEFORE },
	{ "after", KEY_AFTER, SENSE_CUE, USE_AFTER },
	{ "clause", KEY_CLAUSE, SENSE_CUE, USE_CLAUSE },
	{ "sentence", KEY_SENTENCE, SENSE_CUE, USE_SENTENCE },
	{ "openers", KEY_OPENERS, SENSE_CUE, USE_OPENER },
	{ "pseudo", KEY_PSEUDO, SENSE_CUE_BLOCK, USE_PHRASE },
};
#define NLISTS (sizeof(lists) / sizeof(lists[0]))

static size_t
list_of(const char *name)
{
	size_t i;

	for (i = 0; i < NLISTS; i++)
		if (strcmp(lists[i].name, name) == 0)
			return i;
	fail_msg("no list of cues is called %s", name);
	return 0;
}

/* ---- the word in the sentence ------------------------------------------- */

/* Lower case, hyphens as spaces, without stops and with plain quotes. */
static void
plain(const char *from, size_t len, char *to)
{
	size_t i, n = 0;

	for (i = 0; i < len && n + 1 < PHRASE_MAX; i++)
		if (from[i] == '-')
			to[n++] = ' ';
		else if (strchr(".=?", from[i]) == NULL)
			to[n++] = (char)tolower((unsigned char)from[i]);
	to[n] = '\0';
}

/* Whether the bytes are the word; of verbs the first may be inflected. */
static bool
is_form(const char *word, bool verb, const char *bytes, size_t len)
{
	struct inflected forms[INFLECT_FORMS];
	char w[PHRASE_MAX], b[PHRASE_MAX], first[INFLECT_WORD];
	size_t n, i, wl, bl;

	plain(word, strlen(word), w);
	plain(bytes, len, b);
	if (strcmp(w, b) == 0)
		return true;
	wl = strcspn(w, " ");
	bl = strcspn(b, " ");
	if (!verb || strcmp(w + wl, b + bl) != 0 || wl >= sizeof(first))
		return false;
	snprintf(first, sizeof(first), "%.*s", (int)wl, w);
	n = inflect_verb(first, forms);
	for (i = 0; i < n; i++)
		if (strlen(forms[i].word) == bl &&
		    memcmp(forms[i].word, b, bl) == 0)
			return true;
	return false;
}

/* The senses of the phrase [i, j), 0 if it is none. */
static uint32_t
senses_of(const struct text *t, uint32_t i, uint32_t j)
{
	uint32_t node = 0;

	for (; i < j; i++) {
		if (t->tokens[i].punct == '.' || t->tokens[i].punct == '\'')
			continue;
		node = trie_step(&shipped->trie, node, t->tokens[i].punct == '#'
		    ? shipped->number_sign : t->tokens[i].word);
		if (node == 0)
			return 0;
	}
	return shipped->trie.senses[node];
}

/* Where the word stands as what the row says it is. */
static bool
find(const struct row *r, const struct text *t, uint32_t *first,
    uint32_t *end)
{
	size_t l = list_of(r->list);
	const struct text_token *x, *y;
	const struct sense *s;
	uint32_t i, j, at;

	for (i = 0; i < t->ntokens; i++)
		for (j = i + 1; j <= t->ntokens && j < i + 10; j++) {
			x = &t->tokens[i];
			y = &t->tokens[j - 1];
			if (x->field != y->field || !is_form(r->word,
			    lists[l].key == KEY_VERBS, t->fields[x->field].
			    bytes + x->start, y->end - x->start))
				continue;
			for (at = senses_of(t, i, j); at != 0; at = s->next) {
				s = &shipped->senses[at];
				if (s->kind != lists[l].kind || s->use !=
				    lists[l].use || s->ref != r->entry)
					continue;
				*first = i;
				*end = j;
				return true;
			}
		}
	return false;
}

/* ---- what if it meant nothing ------------------------------------------- */

static void
silence(uint32_t senses, enum sense_kind kind)
{
	struct sense *s;
	uint32_t at;

	for (at = senses; at != 0; at = s->next) {
		s = &shipped->senses[at];
		if (s->kind != kind)
			continue;
		assert_true(nundo < UNDO_MAX);
		undo[nundo].sense = s;
		undo[nundo++].kind = s->kind;
		s->kind = SENSE_RULE_WORD;
	}
}

/* Of a mood also what overlaps: "is expected" beside "expected to". */
static void
ablate(const struct row *r, const struct text *t, uint32_t first,
    uint32_t end)
{
	enum sense_kind kind = lists[list_of(r->list)].kind;
	uint32_t i, j;

	silence(senses_of(t, first, end), kind);
	if (kind != SENSE_CUE || shipped->entries[r->entry].mood >
	    MOOD_ASKED)
		return;
	for (i = first > 6 ? first - 6 : 0; i < end; i++)
		for (j = i + 1; j <= t->ntokens && j < i + 8; j++)
			if (j > first)
				silence(senses_of(t, i, j), kind);
}

static void
restore(void)
{
	while (nundo > 0) {
		nundo--;
		undo[nundo].sense->kind = undo[nundo].kind;
	}
}

/* ---- rows --------------------------------------------------------------- */

static const char *
title_of(const struct row *r)
{
	return r->sentence[strlen(r->sentence) - 1] == '.' ? "" : r->sentence;
}

static const char *
body_of(const struct row *r)
{
	return title_of(r)[0] == '\0' ? r->sentence : "";
}

static bool
sentence_matches(const struct row *r, const struct event_options *o,
    const char **why)
{
	struct evidence e;

	return case_matches(r->rule, o, title_of(r), body_of(r), &e, why);
}

static struct event_options
asking_for(enum mood_kind mood)
{
	return (struct event_options){ .denied = mood == MOOD_DENIED,
	    .past = mood == MOOD_PAST, .forecasts = mood == MOOD_EXPECTED ||
	    mood == MOOD_PLANNED || mood == MOOD_ASKED };
}

/* The reason names a word of the cue: "expected: a forecast". */
static bool
blames(const struct text *t, uint32_t first, uint32_t end, const char *why)
{
	size_t n = strcspn(why, ":"), len;
	const char *bytes;

	for (; first < end && why[n] == ':'; first++) {
		bytes = text_bytes(t, first, &len);
		if (len == n && memcmp(bytes, why, n) == 0)
			return true;
	}
	return false;
}

/* The row would be decided otherwise if the word meant nothing. */
static bool
bites(const struct row *r, const struct text *t, uint32_t first,
    uint32_t end)
{
	bool before, after;
	const char *why;

	before = sentence_matches(r, NULL, &why);
	if (!before && blames(t, first, end, why))
		return true;
	ablate(r, t, first, end);
	after = sentence_matches(r, NULL, &why);
	restore();
	return before != after;
}

/* What is wrong with the row, or NULL. */
static const char *
fault(const struct row *r, const char **why)
{
	bool expected = r->expected[0] == '1';
	bool excused = r->expected[1] == '~';
	struct event_options o = asking_for((enum mood_kind)
	    shipped->entries[r->entry].mood);
	uint32_t first = 0, end = 0;
	struct arena mem;
	struct text *t;
	const char *wrong = NULL;

	if (sentence_matches(r, NULL, why) != expected)
		return expected ? "missed" : "false";
	if (!expected && !excused && !sentence_matches(r, &o, why))
		return "silent with the mood's option, too";
	arena_init(&mem);
	t = text_article(&mem, vocabulary_lexicon(shipped), title_of(r),
	    body_of(r));
	if (!find(r, t, &first, &end))
		wrong = "the word is not there";
	else if (!excused && !bites(r, t, first, end))
		wrong = "the same without the word";
	arena_free(&mem);
	return wrong;
}

static void
read_row(char *line)
{
	struct row *r = &rows[nrows];
	char **column = &r->id;
	size_t n;

	assert_true(nrows < ROWS_MAX);
	for (n = 0; n < 6; n++)
		column[n] = strsep(&line, "\t");
	if (column[5] == NULL || line != NULL)
		fail_msg("not six columns: %s", r->id);
	r->entry = lexis_find(shipped, VOCABULARY_CUES, r->id, strlen(r->id));
	nrows++;
}

static int
setup(void **state)
{
	FILE *f = fopen(ROWS, "r");
	char line[1024];

	if (load_shipped(state) != 0 || f == NULL)
		return -1;
	arena_init(&rows_mem);
	while (fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] != '#' && line[0] != '\0')
			read_row(arena_strdup(&rows_mem, line));
	}
	fclose(f);
	return 0;
}

static int
teardown(void **state)
{
	arena_free(&rows_mem);
	return free_shipped(state);
}

static void
each_cue_decides(void **state)
{
	const char *wrong, *why;
	size_t i, n = 0;

	(void)state;
	for (i = 0; i < nrows; i++) {
		if (rows[i].entry == NO_ENTRY) {
			wrong = "there is no such cue";
			why = "";
		} else
			wrong = fault(&rows[i], &why);
		if (wrong == NULL)
			continue;
		n++;
		printf("# %s: %s %s \"%s\" | %s | %s (%s)\n", wrong,
		    rows[i].id, rows[i].list, rows[i].word, rows[i].rule,
		    rows[i].sentence, why);
	}
	assert_int_equal(n, 0);
}

static bool
has_row(uint32_t entry, const char *list, const char *word)
{
	size_t i;

	for (i = 0; i < nrows; i++)
		if (rows[i].entry == entry && strcmp(rows[i].list, list) == 0 &&
		    strcmp(rows[i].word, word) == 0)
			return true;
	return false;
}

/* How many words of the cue's list have no row; prints them. */
static size_t
without_row(uint32_t entry, size_t list)
{
	const struct entry *e = &shipped->entries[entry];
	const struct slot *slot = lexis_slot(e, lists[list].key);
	size_t n = 0;
	uint32_t k;

	for (k = 0; k < slot->n; k++) {
		if (has_row(entry, lists[list].name, slot->list[k]))
			continue;
		n++;
		printf("# no row in " ROWS ": %s\t%s\t%s\n", e->id,
		    lists[list].name, slot->list[k]);
	}
	return n;
}

static void
every_cue_has_a_row(void **state)
{
	size_t i, l, n = 0;

	(void)state;
	for (i = 0; i < shipped->nentries; i++)
		for (l = 0; shipped->entries[i].section == VOCABULARY_CUES &&
		    l < NLISTS; l++)
			n += without_row((uint32_t)i, l);
	assert_int_equal(n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_cue_decides),
		cmocka_unit_test(every_cue_has_a_row),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
