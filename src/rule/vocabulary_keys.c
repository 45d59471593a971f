#include "rule/vocabulary_keys.h"

#include <string.h>

#define C (1u << VOCABULARY_CONCEPTS)
#define E (1u << VOCABULARY_ENTITIES)
#define M (1u << VOCABULARY_MEASURES)
#define P (1u << VOCABULARY_PREDICATES)
#define Q (1u << VOCABULARY_QUALITIES)
#define U (1u << VOCABULARY_CUES)

static const struct {
	const char	*name;
	enum key_type	 type;
	unsigned	 sections;
} keys[NKEYS] = {
	[KEY_WORDS] = { "words", KEY_IS_LIST, C | M | Q },
	[KEY_CLASSES] = { "classes", KEY_IS_LIST, C },
	[KEY_GROUPS] = { "groups", KEY_IS_LIST, C },
	[KEY_PLACE_GROUPS] = { "place_groups", KEY_IS_LIST, C },
	[KEY_INDEXES] = { "indexes", KEY_IS_LIST, C },
	[KEY_INFER] = { "infer", KEY_IS_LIST, C },
	[KEY_REFUTE] = { "refute", KEY_IS_LIST, C },
	[KEY_IS] = { "is", KEY_IS_LIST, C | E | M | P },
	[KEY_OF] = { "of", KEY_IS_LIST, C | M },
	[KEY_OPEN] = { "open", KEY_IS_STRING, C },
	[KEY_SUFFIXES] = { "suffixes", KEY_IS_LIST, C },
	[KEY_PREFIXES] = { "prefixes", KEY_IS_LIST, C },
	[KEY_NOT] = { "not", KEY_IS_LIST, C | E | M | Q },
	[KEY_KIND] = { "kind", KEY_IS_STRING, C | E },
	[KEY_NAMES] = { "names", KEY_IS_LIST, E },
	[KEY_TICKERS] = { "tickers", KEY_IS_LIST, E },
	[KEY_ALSO] = { "also", KEY_IS_LIST, E },
	[KEY_NEED] = { "need", KEY_IS_LIST, E },
	[KEY_NEED_IN] = { "need_in", KEY_IS_STRING, E },
	[KEY_SAME] = { "same", KEY_IS_STRING, E },
	[KEY_UNTIL] = { "until", KEY_IS_STRING, E },
	[KEY_SINCE] = { "since", KEY_IS_STRING, E },
	[KEY_FRAME] = { "frame", KEY_IS_STRING, P },
	[KEY_DIRECTION] = { "direction", KEY_IS_STRING, P },
	[KEY_AMOUNTS] = { "amounts", KEY_IS_LIST, P },
	[KEY_PARTICLES] = { "particles", KEY_IS_LIST, P },
	[KEY_VERBS] = { "verbs", KEY_IS_LIST, P | U },
	[KEY_NOUNS] = { "nouns", KEY_IS_LIST, P },
	[KEY_PHRASES] = { "phrases", KEY_IS_LIST, P },
	[KEY_CAUSES] = { "causes", KEY_IS_LIST, P },
	[KEY_TRANSITIVE] = { "transitive", KEY_IS_LIST, P },
	[KEY_OF_OBJECT] = { "of_object", KEY_IS_LIST, P },
	[KEY_IRREGULAR] = { "irregular", KEY_IS_LIST, P | U | C },
	[KEY_PSEUDO] = { "pseudo", KEY_IS_LIST, P | U },
	[KEY_AGENT] = { "agent", KEY_IS_STRING, P },
	[KEY_OBJECTS] = { "objects", KEY_IS_LIST, P },
	[KEY_OBJECT_IS] = { "object_is", KEY_IS_LIST, P },
	[KEY_INVERSE] = { "inverse", KEY_IS_LIST, P },
	[KEY_PAYS] = { "pays", KEY_IS_LIST, P },
	[KEY_UNDERGOES] = { "undergoes", KEY_IS_LIST, P },
	[KEY_NOT_WITH] = { "not_with", KEY_IS_LIST, P },
	[KEY_PLACE] = { "place", KEY_IS_STRING, P },
	[KEY_IN] = { "in", KEY_IS_STRING, P },
	[KEY_COMMON] = { "common", KEY_IS_LIST, C },
	[KEY_MOOD] = { "mood", KEY_IS_STRING, U },
	[KEY_BEFORE] = { "before", KEY_IS_LIST, U },
	[KEY_AFTER] = { "after", KEY_IS_LIST, U },
	[KEY_CLAUSE] = { "clause", KEY_IS_LIST, U },
	[KEY_SENTENCE] = { "sentence", KEY_IS_LIST, U },
	[KEY_OPENERS] = { "openers", KEY_IS_LIST, U },
	[KEY_FRAMES] = { "frames", KEY_IS_LIST, U },
	[KEY_BASES] = { "bases", KEY_IS_LIST, M },
	[KEY_CONVERSE] = { "converse", KEY_IS_LIST, P },
	[KEY_FOR_AGENT] = { "for_agent", KEY_IS_STRING, P },
	[KEY_GENERAL] = { "general", KEY_IS_STRING, E },
	[KEY_MOVES_WITH] = { "moves_with", KEY_IS_STRING, M },
	[KEY_ALONE_FROM] = { "alone_from", KEY_IS_STRING, M },
	[KEY_ALONE] = { "alone", KEY_IS_BOOL, M },
	[KEY_FREE] = { "free", KEY_IS_BOOL, M },
	[KEY_COUNTS] = { "counts", KEY_IS_BOOL, P },
	[KEY_MONEY] = { "money", KEY_IS_BOOL, P },
	[KEY_PASSIVE] = { "passive", KEY_IS_BOOL, P },
	[KEY_PLAN_COUNTS] = { "plan_counts", KEY_IS_BOOL, P },
	[KEY_ABOUT_OBJECT] = { "about_object", KEY_IS_BOOL, P },
	[KEY_NOUNS_ONLY] = { "nouns_only", KEY_IS_BOOL, U },
	[KEY_AGENT_OPTIONAL] = { "agent_optional", KEY_IS_BOOL, P },
	[KEY_ANYWHERE] = { "anywhere", KEY_IS_BOOL, P },
	[KEY_POST] = { "post", KEY_IS_BOOL, P | C },
	[KEY_TOLD] = { "told", KEY_IS_BOOL, P },
	[KEY_PRICED] = { "priced", KEY_IS_BOOL, P },
	[KEY_AS_WHOLE] = { "as_whole", KEY_IS_BOOL, P },
	[KEY_EXACT] = { "exact", KEY_IS_BOOL, P },
	[KEY_IN_PERCENT] = { "in_percent", KEY_IS_BOOL, M },
	[KEY_APART] = { "apart", KEY_IS_BOOL, P | C },
	[KEY_ROLE] = { "role", KEY_IS_BOOL, C },
	[KEY_MUTUAL] = { "mutual", KEY_IS_BOOL, M | P },
	[KEY_RATIOS] = { "ratios", KEY_IS_RATIOS, P },
};

static const char *const sections[VOCABULARY_NSECTIONS] = {
	"concepts", "entities", "measures", "predicates", "qualities", "cues"
};

int
vocabulary_section(const char *name)
{
	int i;

	for (i = 0; i < VOCABULARY_NSECTIONS; i++)
		if (strcmp(sections[i], name) == 0)
			return i;
	return -1;
}

const char *
vocabulary_keys_section(enum vocabulary_section section)
{
	return sections[section];
}

int
vocabulary_keys_find(enum vocabulary_section section, const char *name)
{
	int i;

	for (i = 0; i < NKEYS; i++)
		if (keys[i].name[0] == name[0] &&
		    (keys[i].sections & 1u << section) != 0 &&
		    strcmp(keys[i].name, name) == 0)
			return i;
	return -1;
}

enum key_type
vocabulary_keys_type(int key)
{
	return keys[key].type;
}

const char *
vocabulary_keys_suggest(enum vocabulary_section section, const char *name)
{
	const char *names[NKEYS + 2];
	size_t n = 0;
	int i;

	for (i = 0; i < NKEYS; i++)
		if ((keys[i].sections & 1u << section) != 0)
			names[n++] = keys[i].name;
	names[n++] = "id";
	names[n++] = "replace";
	return problems_nearest(name, names, n);
}
