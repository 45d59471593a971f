/*
 * analysis - the inside of an article's analysis, for rule/ alone.
 *
 * Passes, each a file: tagger (phrases of the vocabulary), clause (where one
 * assertion ends), noun groups (np), then the frames make records, filter sets
 * their moods, infer adds facts. All arrays are in the caller's arena; token
 * indexes are those of the text.
 */
#ifndef RULE_ANALYSIS_H
#define RULE_ANALYSIS_H

#include "rule/event.h"
#include "rule/grammar.h"
#include "rule/lexis.h"
#include "text/quantity.h"
#include "text/text.h"

#define NO_TOKEN UINT32_MAX
#define NONE UINT32_MAX
#define OWNERS_MAX 12
#define AMOUNTS_MAX 6

enum { PSEUDO_PART = 1, PSEUDO_LAST };	/* of a pseudo-cue */
enum layer { LAYER_NOUN, LAYER_PRED, LAYER_CUE, NLAYERS,
	LAYER_PARTED = NLAYERS + 1 };	/* beside the others */

/* A phrase of the vocabulary that stands in the text. */
struct tag {
	uint32_t	first, end;
	uint32_t	sense;		/* list of senses */
	uint8_t		layer;		/* enum layer; NLAYERS = no layer */
};

enum clause_type { CLAUSE_MAIN, CLAUSE_SUB, CLAUSE_REL, CLAUSE_PART,
	CLAUSE_COORD, CLAUSE_APPOS, CLAUSE_PAREN, CLAUSE_THAT };

struct clause {
	uint8_t		type;
	bool		inherits;	/* has no subject of its own */
	bool		asked;		/* opened by a question word */
	uint32_t	sentence;
	uint32_t	first;		/* first token */
	uint32_t	parent;		/* clause, or NONE */
	uint32_t	host;		/* REL, APPOS, PAREN: token before it */
	uint32_t	opener;		/* token that cut: as, after, which */
};

/* Something the article is about: known, or a name nobody knows. */
struct thing {
	uint32_t	ref;		/* entry or NO_ENTRY */
	uint64_t	hash;		/* of an unknown name's folded text */
	uint32_t	concepts[4];	/* learnt in this article */
	uint32_t	facts[4];	/* the token where */
	uint32_t	denied[4];	/* what the article says it is not */
	uint32_t	denials[4];	/* the token where */
	uint8_t		nconcepts, ndenied;
	uint32_t	first, end;	/* where first seen */
	bool		open;		/* an unknown name */
	bool		guessed;	/* what it is, by how its name begins */
};

/* One place where a thing stands, as a role. */
struct mention {
	uint32_t	first, end;
	uint32_t	sense;		/* senses of its tag, 0 = unknown name */
	uint32_t	thing;		/* index, or NONE for classes */
	uint8_t		kind;		/* enum sense_kind; SENSE_NAME if unknown */
	bool		group;		/* its shares: "chip stocks" */
	bool		inherited;	/* taken from another clause */
	bool		implied;	/* common noun, not a name */
	bool		rival;		/* rank: is overtaken itself */
};

/* A noun group in a role. */
struct np {
	uint32_t	first, end;	/* tokens, may hold gaps */
	uint32_t	measure;	/* entry or NO_ENTRY */
	uint32_t	measure_tag;	/* NONE */
	struct mention	owners[OWNERS_MAX];
	uint8_t		nowners;
	bool		other;		/* its head is something else */
	bool		pronoun;	/* it, they; its shares */
	bool		empty;
	bool		measure_late;	/* its measure is behind a preposition */
	bool		tail;		/* a preposition follows the owners */
	bool		from_prep;	/* owners stand behind a preposition */
	bool		closed;		/* says itself whose, in unknown words */
	bool		guessed;	/* act: the clause's subject, which may
					   do something else with the act */
};

struct record {
	uint8_t		frame;
	int8_t		direction;
	uint32_t	predicate;	/* entry or NO_ENTRY (signs, tables) */
	uint32_t	first, end;	/* the predicate's tokens */
	uint8_t		use;		/* enum sense_use */
	uint16_t	forms;		/* FORM_* of the verb */
	uint32_t	sentence, clause;
	struct np	theme;		/* change, level: measure and owners;
					   act: agent; rank, state: subject */
	struct np	object;		/* act: object; rank, state: place */
	uint32_t	amounts[AMOUNTS_MAX];	/* quantities */
	uint8_t		namounts;
	uint8_t		unassigned;	/* respectively: owner i has amount i */
	uint32_t	object_tag;	/* act: the counted noun's tag, or NONE */
	bool		turned;		/* act: passive */
	uint32_t	quality[4];	/* state: tags */
	uint8_t		nquality;
	uint16_t	moods;		/* bit per enum mood_kind */
	bool		filtered;	/* they are known */
	uint32_t	cue;		/* token of the cue behind the mood */
	uint8_t		inherited;	/* roles taken from elsewhere */
	bool		nominal;
	bool		title, lead;
	float		percent;	/* from a ratio verb, 0 = none */
	double		 computed;	/* act: "10 percent of its 68,000 jobs" */
	uint32_t	 blocked;	/* token of a not_with word, NO_TOKEN */
};

struct analysis {
	bool			 complete;	/* the records are there */
	const uint64_t		*asked;		/* of which predicates, or NULL */
	const struct vocabulary	*v;
	const struct text	*text;
	struct arena		*mem;
	int64_t			 published;
	uint32_t		 ntokens;	/* of title and body */
	uint32_t		 nsentences;
	struct tag		*tags;
	uint32_t		 ntags;
	size_t			 tags_cap;
	uint32_t		*at[NLAYERS];	/* token -> tag + 1 */
	uint8_t			*pseudo_cue;	/* token: part of a pseudo-cue? */
	uint32_t		*free_at;	/* token -> first free tag + 1 */
	uint32_t		*free_next;	/* tag -> next free tag + 1 */
	uint32_t		*quantity_at;	/* token -> quantity + 1 */
	struct quantities	 quantities;
	uint32_t		 quantities_cap;	/* room for extremes' */
	uint8_t			*quantity_used;	/* a record has it */
	uint32_t		*clause_of;	/* token -> clause */
	struct clause		*clauses;
	uint32_t		 nclauses;
	size_t			 clauses_cap;
	struct thing		*things;
	uint32_t		 nthings;
	size_t			 things_cap;
	struct record		*records;
	uint32_t		 nrecords;
	size_t			 records_cap;
	uint32_t		*keys;
	uint32_t		 nkeys;
	struct np		*subjects;	/* of sentences, made on demand */
	uint8_t			*subject_known;
};

/* Give it a mood; the first cue is the one told. */
static inline void
record_mood(struct record *r, int mood, uint32_t cue)
{
	r->moods |= (uint16_t)(1u << mood);
	if (r->cue == NO_TOKEN)
		r->cue = cue;
}

/* Room for one more in an arena array. */
void	*analysis_grow(struct arena *, void *, size_t n, size_t *cap, size_t);

/* tagger.c */
void	 tagger_run(struct analysis *);
/* Of a sense: a layer, NLAYERS = of none, each counts; -1 = never tagged. */
int	 tagger_layer(enum sense_kind);
/* Stepped over inside a phrase. */
bool	 tagger_skips(const struct text_token *);
/* spelling.c: a ticker as bare capitals: "(MU)", "NASDAQ:MU", or three letters
 * and more; a name with its capitals: 0 no, 1 as written but no evidence here,
 * 2 sure. */
bool	 spelling_ticker(const struct analysis *, uint32_t);
/* False: spelling_fits is 0. Case was judged, no more. */
bool	 spelling_may_fit(const struct text *, const struct sense *,
	    uint32_t first, uint32_t end);
int	 spelling_fits(const struct analysis *, const struct sense *,
	    uint32_t first, uint32_t end);
/* parted.c: phrases with something inside, behind the amounts. */
void	 parted_run(struct analysis *);
/* clause.c */
void	 clause_run(struct analysis *);
/* frame_change.c, frame_act.c, frame_rank.c, frame_state.c */
void	 frame_change(struct analysis *, uint32_t tag, uint32_t sense);
void	 frame_signs(struct analysis *);
void	 frame_levels(struct analysis *);
void	 frame_act(struct analysis *, uint32_t tag, uint32_t sense);
void	 frame_rank(struct analysis *, uint32_t tag, uint32_t sense);
void	 frame_state(struct analysis *, uint32_t tag, uint32_t sense);
/* Where it is: in the clause, else the sentence, else the title. */
void	 frame_place(struct analysis *, struct record *);
void	 frame_level(struct analysis *, uint32_t tag, uint32_t sense);
void	 frame_extreme(struct analysis *, uint32_t tag, uint32_t sense);
/* act_verb.c: the phrase stands here as the verb of an act. */
bool	 act_is_verb(const struct analysis *, const struct tag *,
	    const struct sense *);
/* act_passive.c: "is overtaken", "overtaken by". */
bool	 act_passive(const struct analysis *, const struct tag *,
	    const struct sense *);
/* The verb is passive: its object stands on the left. */
bool	 act_turned(struct analysis *, const struct tag *,
	    const struct sense *);
/* act_roles.c: where a verb or noun of an act has its roles. */
/* Agent and object of a verb that is not; false if it does not speak of the
 * act at all. `right` is all that stands behind it. */
struct zone;
bool	 act_roles(struct analysis *, const struct tag *,
	    const struct sense *, const struct zone *right, struct np *agent,
	    struct np *object);
/* A noun in its singular, folded: "policies" is "policy". */
void	 act_singular(const struct text *, uint32_t token, char *buf, size_t);
void	 act_singular_of(const char *folded, char *buf, size_t);
/* Its object_tag stands behind another object, or counts goods. */
bool	 act_other_object(const struct analysis *, const struct record *,
	    const struct zone *);
/* A tag in the zone that is an object word of the predicate, or NONE. */
uint32_t act_object_word(const struct analysis *, const struct zone *,
	    uint32_t predicate);
/* The group behind a preposition (GRAM_* bits) right of a token. */
bool	 act_behind(struct analysis *, uint32_t, uint32_t prep, struct np *);
/* "UK rates were raised": whose they are stands for who did it, for acts where
 * a country may. */
void	 act_whose(struct analysis *, const struct entry *, uint32_t at,
	    const struct np *object, struct np *agent);
/* "$6.2 billion Tegna merger": agent and object of a noun behind a name. */
void	 act_of_object(struct analysis *, const struct tag *,
	    const struct entry *, struct np *agent, struct np *object);
/* "hits X with a fine": agent and object of the noun. */
void	 act_given(struct analysis *, const struct tag *, struct np *agent,
	    struct np *object);
void	 act_compound(struct analysis *, const struct tag *,
	    const struct entry *, struct np *agent, struct np *object);
/* "A and B merge": one of them is the object. */
/* The first noun behind the record's verb that is of the concept, as a tag, or
 * NONE: "names Jane Doe as chief executive". */
uint32_t act_anywhere(const struct analysis *, const struct record *,
	    uint32_t concept);
/* Whose post: "named Nike CEO", "appointed CEO of Nike". */
bool	 act_posted(struct analysis *, const struct tag *, const struct sense *);
/* The record from the other side, where its predicate has a converse. */
void	 act_converse(struct analysis *, const struct record *);
void	 act_employer(struct analysis *, uint32_t at, struct np *);
void	 act_mutual(const struct entry *, struct record *);
/* infer.c */
void	 infer_run(struct analysis *);
/* filter.c: its moods, where they are not known yet. */
void	 filter_run(const struct analysis *, struct record *);
/* The entry of a cue of this use that begins at i for the record's frame; one
 * that is of nouns only if noun is true. */
const struct entry *filter_cue(const struct analysis *, uint32_t i,
	    enum sense_use, const struct record *, bool noun);
/* The calendar year of a time, near enough to tell years apart. */
int	 article_year(int64_t seconds);
/* filter_noun.c */
void	 filter_noun(const struct analysis *, struct record *);
/* filter_named.c: an act that is no more than named is not reported. */
void	 filter_named(const struct analysis *, struct record *);
/* The verb makes its object an event: "plans", "announces", not "weighs". */
bool	 filter_tells(const struct analysis *, uint32_t verb);

/* ---- small questions about tokens ------------------------------------- */

static inline const struct text_token *
tok(const struct analysis *a, uint32_t i)
{
	return &a->text->tokens[i];
}

static inline uint32_t
gram(const struct analysis *a, uint32_t i)
{
	const struct text_token *t = &a->text->tokens[i];

	uint32_t g;

	/* "AT&T", "IT": capitals in a text that has small letters are names */
	if (t->shape == TEXT_CAPS && !a->text->fields[t->field].all_caps)
		return 0;
	g = lexis_grammar(a->v, t->word);
	/* "by May", "beer can" */
	if ((g & GRAM_MODAL) != 0 && a->pseudo_cue[i] == PSEUDO_LAST)
		g &= ~GRAM_MODAL;
	return g;
}

static inline const struct tag *
tag_at(const struct analysis *a, enum layer layer, uint32_t i)
{
	uint32_t t = a->at[layer][i];

	return t == 0 ? NULL : &a->tags[t - 1];
}

static inline const struct sense *
sense_of(const struct analysis *a, uint32_t sense)
{
	return &a->v->senses[sense];
}

static inline const struct entry *
entry_of(const struct analysis *a, uint32_t ref)
{
	return &a->v->entries[ref];
}

/* token.c: the first sense of a kind in a tag's list, or 0. */
uint32_t token_sense(const struct analysis *, const struct tag *,
	    enum sense_kind);
/* Of the measures that a word may be the one listed first ("stocks": shares). */
uint32_t token_measure(const struct analysis *, const struct tag *);
/* A free tag with a sense of this kind for the entry (NO_ENTRY = any) that
 * covers or ends at the token; its index or NONE. */
uint32_t token_free(const struct analysis *, uint32_t, enum sense_kind,
	    uint32_t ref);
/* A verb, auxiliary or particle that can carry a clause, starting here. */
bool	 token_verbal(const struct analysis *, uint32_t);
/* The same, and finite (not -ing, not a bare participle). */
bool	 token_finite(const struct analysis *, uint32_t);
/* FORM_* bits of the verb that covers the token, of vocabulary or cues. */
unsigned token_forms(const struct analysis *, uint32_t);
/* A predicate's verb, particle or phrase (no noun) starts here. */
bool	 token_predicate(const struct analysis *, uint32_t);
/* Mood of a cue tag covering the token, -1 if none. */
int	 token_mood(const struct analysis *, uint32_t);
/* Adverbs, times, auxiliaries: nothing a noun group ends with. */
bool	 token_light(const struct analysis *, uint32_t);
bool	 token_capital(const struct analysis *, uint32_t);
/* Ends in -ly, -ed, -ing... by its bytes. */
bool	 token_ends(const struct analysis *, uint32_t, const char *);
/* The folded word is one of the n. */
bool	 token_is_any(const struct analysis *, uint32_t,
	    const char *const *words, size_t n);
bool	 token_is_nominal(const struct analysis *, uint32_t);
/* What the tag marks is a member of the concept. */
bool	 tag_is(const struct analysis *, const struct tag *, uint32_t concept);
/* Next, previous token of the same clause, NO_TOKEN. */
uint32_t token_next(const struct analysis *, uint32_t);
uint32_t token_prev(const struct analysis *, uint32_t);
/* First token of the sentence. */
uint32_t token_sentence_first(const struct analysis *, uint32_t);
uint32_t token_sentence_end(const struct analysis *, uint32_t);
bool	 token_title(const struct analysis *, uint32_t);

/* np.c: take the tokens of a group apart. */
#define ZONE_MAX 48
struct zone {
	uint32_t	tokens[ZONE_MAX];
	uint32_t	n;
};
/* May be part of a name nobody knows. */
bool	 np_name_word(const struct analysis *, uint32_t);
void	 np_parse(struct analysis *, const struct zone *, struct np *);
/* The group that is this name or class alone; what else it says stays. */
void	 np_of_tag(struct analysis *, const struct tag *, struct np *);
/* A company, or a name nobody knows: what has results of a quarter. */
bool	 np_has_results(const struct analysis *, const struct mention *);
/* It is of a kind that the measure is of. */
bool	 np_has_measure(const struct analysis *, const struct mention *,
	    uint32_t measure);
/* np_edge.c: a word nobody knows that looks like a verb ("endured"); what may
 * stand between a subject and its predicate; a verb that ends a noun group, seen
 * from the right; drop what leads in without a comma ("Due to the tariffs the
 * Kospi"). */
bool	 np_past_like(const struct analysis *, uint32_t);
bool	 np_transparent(const struct analysis *, uint32_t);
/* "Zalando forecasts a 25% rise": a verb, although it may be a noun. */
bool	 np_acts_as_verb(const struct analysis *, uint32_t);
bool	 np_barrier(const struct analysis *, uint32_t);
/* "scope for coffee to rise", "none of the banks fell", "warns of a chip
 * shortage": the group is behind. dependent: the predicate is a noun or has a
 * "to". */
bool	 np_leads_in(const struct analysis *, uint32_t, bool dependent);
void	 np_drop_lead(const struct analysis *, struct zone *);
/* np_walk.c: the subject group left of `at`, in its clause; empty if none. */
void	 np_left(struct analysis *, uint32_t at, struct np *);
/* The same, only what is behind its last preposition. */
void	 np_left_part(struct analysis *, uint32_t at, struct np *);
/* The group that starts at `from`; *next is the token after it. */
void	 np_right(struct analysis *, uint32_t from, uint32_t limit,
	    struct np *, uint32_t *next);
/* Fill in owners for pronouns and bare measures from the surroundings. */
void	 np_antecedent(struct analysis *, uint32_t at, struct np *);
/* "the company's shares": the company named before, if there is one. */
void	 np_named_before(struct analysis *, uint32_t at, struct np *);
/* All tokens right (left) of at in its clause, up to a verb, as one group. */
void	 np_all_right(struct analysis *, uint32_t at, struct np *,
	    struct zone *);
void	 np_all_left(struct analysis *, uint32_t at, struct np *,
	    struct zone *);
/* "the Qwen app": a name that is of the class, or of its maker's other kinds. */
bool	 np_may_be(const struct analysis *, const struct mention *name,
	    const struct mention *class);
/* "Profit rose 16% at Santander": owners that stand behind; false if none. */
bool	 np_owner_behind(struct analysis *, uint32_t end, struct np *);
/* np_left, or what the clause inherits, or the antecedent. */
void	 np_theme(struct analysis *, uint32_t at, struct np *);
/* The subject of a clause (its own or inherited). */
void	 np_subject(struct analysis *, uint32_t clause, struct np *);

/* thing.c */
uint32_t thing_known(struct analysis *, uint32_t ref, uint32_t first,
	    uint32_t end);
uint32_t thing_unknown(struct analysis *, uint32_t first, uint32_t end);
void	 thing_learn(struct analysis *, uint32_t thing, uint32_t concept,
	    uint32_t token);
/* The article says that it is none: this outweighs all else. */
void	 thing_deny(struct analysis *, uint32_t thing, uint32_t concept,
	    uint32_t token);
/* What a measure says of who has it. */
void	 thing_measured(struct analysis *, struct np *, bool alone);
/* The token where the article says so of the concept, or NO_TOKEN. */
uint32_t mention_denied(const struct analysis *, const struct mention *,
	    uint32_t concept);
/* Whether what the mention stands for is a member of the concept. */
bool	 mention_is(const struct analysis *, const struct mention *,
	    uint32_t concept);

/* amount.c: the amounts of a predicate in [.., end) into the record. */
void	 amount_right(struct analysis *, uint32_t end, struct record *);
bool	 amount_left(struct analysis *, uint32_t at, struct record *);
/* All of a kind in the same clause (or sentence), right of a token. */
void	 amount_money(struct analysis *, uint32_t at, struct record *);
void	 amount_add(struct analysis *, uint32_t quantity, struct record *);

struct record *record_new(struct analysis *, enum frame_kind, uint32_t at,
	    uint32_t end);

#endif
