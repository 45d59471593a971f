/*
 * lexis - the inside of a vocabulary: entries, senses, and the automaton.
 *
 * For rule/ alone. An entry is one group of a file; its index is its key. A
 * sense is what a phrase means: the automaton's end nodes carry lists of them.
 * Everything lives in the vocabulary's arena.
 */
#ifndef RULE_LEXIS_H
#define RULE_LEXIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problems.h"
#include "rule/grammar.h"
#include "rule/vocabulary.h"
#include "text/lexicon.h"

#define NO_ENTRY UINT32_MAX

/* The keys of all sections; see vocabulary_keys.c for where each may stand. */
enum key {
	KEY_WORDS, KEY_CLASSES, KEY_GROUPS, KEY_PLACE_GROUPS, KEY_INDEXES,
	KEY_INFER, KEY_REFUTE, KEY_IS, KEY_OF, KEY_OPEN, KEY_SUFFIXES, KEY_PREFIXES,
	KEY_NOT, KEY_KIND, KEY_NAMES, KEY_TICKERS, KEY_ALSO, KEY_NEED,
	KEY_NEED_IN, KEY_SAME, KEY_UNTIL, KEY_SINCE, KEY_FRAME, KEY_DIRECTION,
	KEY_AMOUNTS, KEY_PARTICLES, KEY_VERBS, KEY_NOUNS, KEY_PHRASES,
	KEY_CAUSES, KEY_TRANSITIVE, KEY_IRREGULAR, KEY_PSEUDO, KEY_AGENT,
	KEY_OBJECTS, KEY_OBJECT_IS, KEY_INVERSE, KEY_NOT_WITH, KEY_PLACE,
	KEY_IN, KEY_COMMON, KEY_MOOD, KEY_BEFORE, KEY_AFTER, KEY_CLAUSE,
	KEY_SENTENCE,
	KEY_OPENERS, KEY_FRAMES, KEY_BASES, KEY_FOR_AGENT, KEY_CONVERSE,
	KEY_MOVES_WITH, KEY_ALONE_FROM, KEY_GENERAL, KEY_PAYS, KEY_OF_OBJECT,
	KEY_UNDERGOES,
	/* yes or no */
	KEY_ALONE, KEY_FREE, KEY_COUNTS, KEY_MONEY, KEY_PASSIVE,
	KEY_PLAN_COUNTS, KEY_ABOUT_OBJECT, KEY_NOUNS_ONLY, KEY_AGENT_OPTIONAL,
	KEY_MUTUAL, KEY_ANYWHERE, KEY_POST, KEY_TOLD, KEY_PRICED, KEY_AS_WHOLE,
	KEY_EXACT, KEY_IN_PERCENT, KEY_APART, KEY_ROLE,
	/* a list of groups */
	KEY_RATIOS,
	NKEYS
};
#define KEY_FIRST_BOOL KEY_ALONE
#define KEY_LAST_BOOL KEY_ROLE

enum frame_kind { FRAME_CHANGE, FRAME_LEVEL, FRAME_ACT, FRAME_RANK,
	FRAME_STATE, FRAME_EXTREME, NFRAMES };

enum mood_kind { MOOD_DENIED, MOOD_EXPECTED, MOOD_PLANNED, MOOD_PAST,
	MOOD_ASKED, MOOD_HARMLESS, MOOD_END, MOOD_LINK, MOOD_REPORT,
	MOOD_LIGHT, MOOD_VERB, NMOODS };

struct slot {
	enum key	  key;
	uint32_t	  n;
	size_t		  cap;
	const char	**list;
};
struct ratio {
	const char	*verb;
	double		 percent;
};

struct entry {
	const char	*id, *origin;
	uint8_t		 section;	/* enum vocabulary_section */
	uint8_t		 frame;		/* predicates */
	uint8_t		 mood;		/* cues */
	int8_t		 direction;	/* +1, -1, 0 */
	uint8_t		 frames;	/* cues: bit per frame */
	uint8_t		 open;		/* OPEN_NAMES, OPEN_NOUNS */
	bool		 need_sentence;
	uint64_t	 bools;		/* bit (key - KEY_FIRST_BOOL) */
	struct slot	*slots;
	size_t		 nslots, slots_cap;
	struct ratio	*ratios;
	size_t		 nratios, ratios_cap;
	uint32_t	*up;		/* itself and all it is, ascending */
	uint32_t	 nup;
	uint32_t	*of;		/* measures: of; predicates: object_is */
	uint32_t	 nof;
	uint32_t	 for_agent;	/* concept that stands for it, NO_ENTRY */
	uint32_t	*converse;	/* predicates told from the other side */
	uint32_t	 nconverse;
	uint32_t	 agent, place;	/* concepts or NO_ENTRY; place also: in */
	uint32_t	 same;		/* entity it really is, or itself */
	uint32_t	 general;	/* entity that may be meant by it */
	uint32_t	 moves_with;	/* measure whose changes are its own */
	double		 alone_from;	/* measure: from there on the owner alone
					   means it; INFINITY = never */
	int64_t		 since, until;	/* Unix seconds */
};
enum { OPEN_NAMES = 1, OPEN_NOUNS = 2 };

enum sense_kind {
	/* layer of nouns */
	SENSE_BLOCK, SENSE_NAME, SENSE_CLASS, SENSE_GROUP, SENSE_PLACE_GROUP,
	SENSE_MEASURE, SENSE_OBJECT,
	/* layer of predicates */
	SENSE_PSEUDO, SENSE_PRED,
	/* layer of cues */
	SENSE_CUE_BLOCK, SENSE_CUE,
	/* no layer: every one counts */
	SENSE_QUALITY, SENSE_NO_QUALITY, SENSE_NOT_WITH, SENSE_NEED,
	SENSE_INFER, SENSE_REFUTE, SENSE_SUFFIX, SENSE_PREFIX,
	/* rules only */
	SENSE_RULE_WORD
};

/* How a predicate or cue is used: */
enum sense_use { USE_VERB, USE_NOUN, USE_PARTICLE, USE_PHRASE, USE_CAUSE,
	USE_TRANSITIVE, USE_OF_OBJECT, USE_INVERSE, USE_PAY, USE_UNDERGO,
	USE_RATIO,
	USE_BEFORE, USE_AFTER, USE_CLAUSE, USE_SENTENCE, USE_OPENER };

#define FORM_BASE	0x01u
#define FORM_S		0x02u
#define FORM_PAST	0x04u
#define FORM_PART	0x08u	/* past participle */
#define FORM_ING	0x10u
#define FORM_SINGULAR	0x20u
#define FORM_PLURAL	0x40u
#define FORM_PLAIN	0x80u
#define FORM_VERB	(FORM_BASE | FORM_S | FORM_PAST | FORM_PART | FORM_ING)
#define FORM_FINITE	(FORM_BASE | FORM_S | FORM_PAST)

struct sense {
	uint8_t		 kind;		/* enum sense_kind */
	uint8_t		 use;		/* enum sense_use */
	uint16_t	 forms;		/* FORM_* bits */
	uint32_t	 ref;		/* entry */
	uint32_t	 next;		/* sense of the same phrase, 0 = last */
	const char	*cased;		/* spelling demanded, or NULL */
	float		 percent;	/* USE_RATIO */
	bool		 ticker;
	bool		 joined;	/* a blocker with a hyphen: only with one */
};

/* A trie over word ids; nodes are numbers, 0 the root. */
struct trie {
	uint64_t	*keys;		/* node << 32 | word, 0 = free */
	uint32_t	*nodes;
	size_t		 cap, n;
	uint32_t	*first;		/* children of the root, by word: the most
					   frequent question, and mostly no */
	size_t		 nfirst;
	uint32_t	*senses;	/* of a node: first sense, 0 = none */
	uint32_t	*needs;		/* its SENSE_NEEDs, kept apart: many */
	size_t		 senses_cap, nnodes;
};
void	 trie_init(struct trie *);
void	 trie_clear(struct trie *);
uint32_t trie_add(struct trie *, uint32_t node, uint32_t word);
/* The child, or 0. */
uint32_t trie_step(const struct trie *, uint32_t node, uint32_t word);

struct vocabulary {
	struct arena	 mem;
	struct arena	 scratch;	/* of one phrase while it is added */
	struct lexicon	*lexicon;
	struct entry	*entries;
	size_t		 nentries, entries_cap;
	uint32_t	*index;		/* hash of section, id -> entry + 1 */
	size_t		 index_cap;
	uint32_t	 open;		/* entry of vocabulary_begin */
	struct trie	 trie;
	struct sense	*senses;	/* from 1 */
	size_t		 nsenses, senses_cap;
	size_t		 nphrases;
	uint32_t	*grammar;	/* by word id: GRAM_* bits */
	size_t		 ngrammar;
	uint64_t	*parts;		/* word ids: begins a phrase of a verb and
					   a preposition, which may be parted */
	size_t		 nparts;	/* words of 64 bits */
	uint32_t	*alone;		/* measures with alone_from, then alone */
	size_t		 nalone;
	uint32_t	 number_sign;	/* the word "#": "#1 on" */
	uint32_t	 off, over;	/* these words */
};

uint32_t lexis_find(const struct vocabulary *, enum vocabulary_section,
	    const char *id, size_t len);
/* A concept of this id, else an entity; NO_ENTRY. */
uint32_t lexis_class(const struct vocabulary *, const char *id);
const struct slot *lexis_slot(const struct entry *, enum key);
bool	 lexis_bool(const struct entry *, enum key);
bool	 lexis_is(const struct vocabulary *, uint32_t thing, uint32_t concept);
/* The measure that an owner alone stands for, or NO_ENTRY; value: of its
 * level, 0 for a change. */
uint32_t lexis_alone(const struct vocabulary *, uint32_t thing, double value);
/* Add what `phrase` means; words are interned. */
void	 lexis_phrase(struct vocabulary *, const char *phrase, struct sense);

/* vocabulary_resolve.c: references to ids; returns errors added. */
void	 lexis_resolve(struct vocabulary *, struct problems *);
/* vocabulary_phrases.c: all phrases with their forms into the automaton. */
void	 lexis_fill(struct vocabulary *, struct problems *);

static inline uint32_t
lexis_grammar(const struct vocabulary *v, uint32_t word)
{
	return word < v->ngrammar ? v->grammar[word] & ~GRAM_COMMON : 0;
}

static inline bool
lexis_parts(const struct vocabulary *v, uint32_t word)
{
	return word / 64 < v->nparts &&
	    (v->parts[word / 64] >> (word % 64) & 1) != 0;
}

/* A preposition that ties a noun to a verb: no particle as in "lay off". */
static inline bool
lexis_ties(const struct vocabulary *v, uint32_t word)
{
	return (lexis_grammar(v, word) & GRAM_PREP) != 0 && word != v->off &&
	    word != v->over;
}

static inline bool
lexis_common(const struct vocabulary *v, uint32_t word)
{
	return word < v->ngrammar && (v->grammar[word] & GRAM_COMMON) != 0;
}

#endif
