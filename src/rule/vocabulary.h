/*
 * vocabulary - every name, word and cue that event phrases and articles use.
 *
 * The program knows English grammar (articles, auxiliaries, conjunctions,
 * regular and common irregular inflection) and the moods below, nothing else:
 * companies, sectors, measures, verbs and cues all come from here. Built once
 * from entries, finished, then never changed: any thread may read it.
 *
 * The files (config/vocabulary_read.c, libconfig) hold six lists of groups:
 *
 *   concepts = ( {...}, ... );  entities = ( ... );  measures = ( ... );
 *   predicates = ( ... );       qualities = ( ... ); cues = ( ... );
 *
 * Every group has `id` (lower case, a-z 0-9 and '-'). A later group with the
 * same id in the same list ADDS to its lists and overwrites its single values;
 * with `replace = true` it replaces the earlier one. Where a list is expected,
 * one string may stand instead. References (is, of, agent, ...) name ids of
 * any file; a dangling one is an error with "did you mean".
 *
 * STRINGS. Plain = any case ("chip maker"; hyphen, space: "open-source" meets
 * "open source"). "=Intel" = capitals as written; in a Title Case or
 * all-capitals title, and at the start of a sentence, such a name needs
 * `need`, a ticker, or a second mention inside a sentence, if it has `need`;
 * without `need` the capital alone is trusted. Verbs are given as lemmas, the
 * FIRST word is inflected ("lay off": lays off, laid off, laying off); nouns
 * in the singular, the LAST word gets a plural ("job cut": job cuts), for
 * "X of Y" the word before "of". Common irregular verbs and nouns are known;
 * `irregular = [ "slew:slay" ]` adds forms. Entity names are not inflected
 * (a possessive 's is cut off before matching). Longest match wins; blockers
 * (`not`, `pseudo`) win over everything they overlap, except longer matches.
 *
 * concepts: a class of things that rules name: sectors, kinds, product classes
 *   id          how a rule calls it, with '-' or ' ' ("central-bank" is read
 *               from "central bank"); also the plural
 *   words       further names for rules only ("tech" for technology)
 *   classes     nouns that denote ONE member: "chipmaker", "central bank". They
 *               are also usable in rules
 *   groups      plural subjects meaning the SHARES of the members:
 *               "chip stocks"; for an index-like concept simply the market:
 *               "stocks", "wall street"
 *   place_groups  words that are a member after a place: "stocks", "shares",
 *               "market" ("Taipei shares", "Chinese stocks"); a place is an
 *               entity of one of the kinds in `of`
 *   indexes     names that stand for the group: "SOX", "=Dow"
 *   infer       phrases that make an entity of the same sentence a member
 *   is          parent concepts: semiconductor is technology, is company
 *   of          with place_groups: which kinds are places ("country", "city")
 *   open        "names": ANY unknown capitalised name in the role may be a
 *               member (company, nothing narrower: suffixes and prefixes work
 *               without it); "nouns": any noun may (product)
 *   suffixes    last words that make an unknown capitalised name a member:
 *               "Airlines", "Inc"; prefixes: first words: "Bank of"
 *   common      words that begin no unknown name where capitals say nothing
 *   role        true: what somebody is to others ("a shareholder"): an article
 *               that says so of a name teaches nothing
 *   not         blockers: "blue chip", "potato chip"
 * entities: one named thing
 *   kind        a concept id ("company", "commodity", "country", "product",
 *               "index", "person"...): the entity is a member of it
 *   names, tickers ("NVDA": matched as $NVDA, (NVDA), NASDAQ:NVDA, and as the
 *               bare capitals NVDA if it has three letters or more),
 *   is          concepts
 *   also        further kinds (DeepSeek is a product and a company)
 *   not         blockers; need: words one of which must be in the article
 *               when capitals are no evidence; need_in = "article"|"sentence"
 *   general     id of an entity whose mention may mean this one: "oil" in an
 *               article may be Brent, but WTI is not
 *   same        id of the entity it is (old names); until, since "2021-10-28"
 * measures: what a number can belong to
 *   words       "share price", "stock", "net profit"
 *   of          concepts whose members have it ("company")
 *   alone       true: the owner alone means it, if the amount is a percentage
 *               (or points, or a level): "Nvidia fell 12%". At most one
 *               measure with alone for each `of`
 *   is          broader measures: what is said of this one is said of them
 *   moves_with  a measure that rises and falls by the same percentage, though
 *               their levels differ: market value and stock
 *   alone_from  for a level: the owner alone means it from this number on
 *               ("Nvidia tops $5 trillion" is its market value)
 *   bases       words for what the measure is the change of: "consumer price"
 *               for inflation (prices up 3.2% are an inflation of 3.2%)
 *   free        true: needs no owner ("inflation above 3%")
 *   not         blockers: compounds that are something else: "profit forecast"
 * predicates
 *   frame       "change" | "level" | "act" | "rank" | "state" | "extreme"
 *               ("at a record high"; nouns: "high", "lowest level")
 *   direction   "up" | "down" (change, level)
 *   amounts     for change: "percent", "ratio", "points", "money" (default all)
 *   particles   uninflected words that are a predicate alone: "down", "lower"
 *   verbs, nouns, phrases (as verbs, but whole: "file for bankruptcy"; also
 *               verbless ones: "No. 1 in")
 *   ratios      nouns/verbs that are predicate and amount at once: list of
 *               { verb = "halve"; percent = 50.0; }
 *   causes      "send", "drag": the object moves ("sent its shares down 9%",
 *               needs a particle or an amount after the object)
 *   transitive  "cut", "raise": the OBJECT's measure changes
 *   of_object   "drop", "lose": so, too, if they have an object
 *   pseudo      blockers: "double down", "fall short"
 *   act only: agent (concept id), objects (nouns; counted: "job", "worker"),
 *               object_is (concept or measure id instead: "company", "rate"),
 *               for_agent (a concept that stands for the agent: "Japan raises
 *               rates" says country for its central bank),
 *               converse (another predicate that says the same from the other
 *               side: "X wins approval" for "the regulator approves"),
 *               counts = true (a number counts the objects),
 *               money = true (an amount of money belongs to the deal),
 *               passive = true ("X is acquired by Y"),
 *               inverse (verbs whose agent is the thing given: "sell to"),
 *               pays (verbs whose object is behind the amount: "pay" of "pays
 *               $5 billion for X"), undergoes (verbs whose subject is the
 *               object: "pays a fine" is fined), mutual = true ("A and B merge": one is
 *               the object), is (predicates that it is, too: a rule for those
 *               matches this one),
 *               plan_counts = true ("to cut 3,000 jobs" is the event),
 *               agent_optional = true ("1,200 jobs are cut" will do),
 *               about_object = true (what is told behind it is told of its
 *               object: "Citi downgrades Intel; stock falls"),
 *               not_with (words in the clause that make it something else)
 *               anywhere = true (the object may stand anywhere behind: "clears
 *               Merck's version of the drug"), post = true (what is given or
 *               taken is a post: "names Jane Doe chief executive", "Jane Doe
 *               named chief executive of X"; implies anywhere),
 *               told = true (its nouns count only where a verb tells of them:
 *               "files a lawsuit against", not "the lawsuit against X drags"),
 *               apart = true (its objects are different things: a rule that
 *               names one asks for no other),
 *               priced = true (only with an amount of money: "raises $5 million"
 *               but not "raises doubts"),
 *   rank only:  place (concept id of its place, or "any"); `objects`: not used
 *   state only: in (concept id of what it is in)
 * qualities: id, words ("critical", "zero-day"), not
 * cues: what turns an assertion into something else; each entry
 *   mood        "denied" | "expected" | "planned" | "past" | "asked" |
 *               "harmless" ("than expected": lets nothing else match there)
 *               and, for verbs that shape a sentence without being the event:
 *               "link" (close, end, finish, trade, open, remain, look: "closed
 *               down 5%"), "report" (say, announce, tell: the assertion
 *               stands), "light" (post, report, see, suffer, record:
 *               "posted a 25% rise"; the subject owns the noun), "verb" (any
 *               other common verbs, so that subjects end where they end)
 *               | "end" (ends the reach of others: "but", "however")
 *               "planned" is an announcement for acts with plan_counts, else
 *               expected
 *   before      cue stands before the predicate and reaches right to the end
 *               of its clause (or an "end" cue); verbs: the same, inflected
 *   after       cue stands after the predicate and reaches left in the clause
 *   clause      reaches its whole clause; sentence: its whole sentence
 *   openers     first word of a title or sentence: "Is", "Could"
 *   nouns_only  true: reaches only a noun or -ing form behind it, and no
 *               further than the next verb: "curb the fall", but "fears of a
 *               recession send shares down"
 *   frames      only for these frames (default all)
 *   pseudo      blockers: "not only", "no doubt"
 */
#ifndef RULE_VOCABULARY_H
#define RULE_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/problems.h"

struct lexicon;
struct vocabulary;

enum vocabulary_section {
	VOCABULARY_CONCEPTS, VOCABULARY_ENTITIES, VOCABULARY_MEASURES,
	VOCABULARY_PREDICATES, VOCABULARY_QUALITIES, VOCABULARY_CUES,
	VOCABULARY_NSECTIONS
};

struct vocabulary *vocabulary_new(void);
void	 vocabulary_free(struct vocabulary *);

/* "concepts" gives VOCABULARY_CONCEPTS; -1 for no such section. */
int	 vocabulary_section(const char *);

/*
 * Open the entry id (adding to an earlier one unless replace). All set calls
 * until the next begin go to it. Strings are copied. A key that the section
 * does not have, or a value of the wrong type, is a problem at `origin`
 * ("companies.conf:12") with the nearest key as suggestion.
 */
void	 vocabulary_begin(struct vocabulary *, enum vocabulary_section,
	    const char *id, bool replace, const char *origin,
	    struct problems *);
void	 vocabulary_string(struct vocabulary *, const char *key,
	    const char *value, const char *origin, struct problems *);
void	 vocabulary_bool(struct vocabulary *, const char *key, bool,
	    const char *origin, struct problems *);
/* ratios: one element. */
void	 vocabulary_ratio(struct vocabulary *, const char *verb,
	    double percent, const char *origin, struct problems *);

/*
 * Resolve references, inflect, build the automaton. 0, or -1 with errors in
 * problems. After it the vocabulary is only read, but for the lexicon, in which
 * words of text queries may still be interned while rules are loaded.
 */
int	 vocabulary_finish(struct vocabulary *, struct problems *);
struct lexicon *vocabulary_lexicon(const struct vocabulary *);
size_t	 vocabulary_phrases(const struct vocabulary *);	/* in the automaton */

/*
 * Ids for text queries (concept:semiconductor, entity:nvidia): the key that
 * analysis_has tells about, or -1. Known ids for a suggestion: _suggest.
 */
int32_t	 vocabulary_key(const struct vocabulary *, enum vocabulary_section,
	    const char *id, size_t len);
const char *vocabulary_suggest(const struct vocabulary *,
	    enum vocabulary_section, const char *id, size_t len);

#endif
