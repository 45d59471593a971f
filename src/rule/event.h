/*
 * event - event phrases: compiled once, matched against an article's analysis.
 *
 * An event phrase is lower-case controlled English, "semiconductor stock down
 * more than 5%": the article asserts, as news, an event with these roles. The
 * analysis of an article (tags, clauses, records) is made once and does not
 * depend on the rules; a pattern is then only compared with its records.
 *
 * Patterns are borrowed from the arena they were compiled in and refer to the
 * vocabulary; both must outlive them. Analyses live in their arena. Nothing
 * here allocates outside the arenas or keeps state: any thread may run it.
 */
#ifndef RULE_EVENT_H
#define RULE_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "article/evidence.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"

struct vocabulary;
struct text;
struct event_pattern;
struct analysis;

/* The options at the end of a rule that an event phrase obeys. */
struct event_options {
	bool	forecasts;	/* including forecasts */
	bool	past;		/* including past */
	bool	denied;		/* including denied */
	bool	only_title;
	bool	only_lead;	/* title or first sentence of the body */
	int	relevance;	/* at least, 0-100 */
};

/*
 * Compile one phrase (no operators, no options). On failure NULL, with the
 * sentence in the error (it names the word, suggests, and says where to add
 * it) and *at, *at_len the bytes of the phrase it is about. at may be NULL.
 */
struct event_pattern *event_compile(const struct vocabulary *,
	    const char *phrase, size_t len, const struct event_options *,
	    struct arena *, struct error *, size_t *at, size_t *at_len);

/* How the phrase was read: several lines, each "  name  text\n". */
void	 event_describe(const struct event_pattern *, struct buf *);

/*
 * Index keys. event_keys gives the keys (below vocabulary_nkeys) that an
 * article must ALL have to match, at most max; analysis_keys those that an
 * article has, ascending, without duplicates.
 */
uint32_t vocabulary_nkeys(const struct vocabulary *);
size_t	 event_keys(const struct event_pattern *, uint32_t *, size_t max);
size_t	 analysis_keys(const struct analysis *, const uint32_t **);
bool	 analysis_has(const struct analysis *, uint32_t key);

/*
 * Analyse an article: a text cut with the vocabulary's lexicon, title and body
 * its first two fields (others are not looked at). published is for telling
 * past from present (ARTICLE_NO_TIME = unknown). The analysis borrows the text.
 */
struct analysis *analysis_run(const struct vocabulary *, const struct text *,
	    int64_t published, struct arena *);

/*
 * For concept: and entity: atoms of text queries: where the key is tagged.
 * Calls each(arg, first token, last token + 1) in order; stops on false.
 */
void	 analysis_each(const struct analysis *, uint32_t key,
	    bool (*each)(void *, uint32_t, uint32_t), void *);

/*
 * The records: most of the work, and only needed when a phrase may match. The
 * two functions below ask for it; an article without the keys of any phrase
 * is never looked at so closely.
 */
void	 analysis_complete(struct analysis *);

/*
 * Before that: acts, ranks and states of other predicates are of no matter to
 * anybody (bits by entry, of event_asked, borrowed; NULL: all are). What is
 * found stays the same, what comes near is only found among them.
 */
void	 analysis_ask(struct analysis *, const uint64_t *predicates);
/* The predicates that records of the phrases may have: bits, to be freed. */
uint64_t *event_asked(const struct vocabulary *,
	    struct event_pattern *const *, size_t n);

/* True with the best record's evidence (in the arena) if the event is there. */
bool	 event_match(const struct event_pattern *, struct analysis *,
	    struct arena *, struct evidence *);

/*
 * When event_match said no: the nearest record, and the first test it fails as
 * a sentence ("4.9 is not more than 5", "revenue, not stock"). False when
 * nothing comes near.
 */
bool	 event_near_miss(const struct event_pattern *, struct analysis *,
	    struct arena *, struct evidence *, const char **reason);

#endif
