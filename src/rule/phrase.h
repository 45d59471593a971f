/*
 * phrase - the reader of event phrases, inside: for rule/phrase*.c alone.
 */
#ifndef RULE_PHRASE_H
#define RULE_PHRASE_H

#include "rule/pattern.h"

#define TOLD_MAX 16

/*
 * What no reading has to look for again: by tokens of the phrase, the first 64
 * of them.
 */
struct barren {
	uint64_t	amount;		/* no amount begins here */
	uint64_t	reach;		/* no "record", no "52-week" */
};

struct reader {
	const struct vocabulary	*v;
	const struct text	*text;
	struct barren		*barren;
	struct event_pattern	*p;
	struct arena		*mem;
	struct error		*error;
	uint32_t		 at;		/* token */
	uint32_t		 bad, bad_end;	/* tokens of an error */
	bool			 failed;
	bool			 mute;		/* nobody asks what is wrong */
	unsigned		 how;		/* READ_*: which reading */
	bool			 bare;		/* owners stand without a measure */
	bool			 passive;	/* "is fined" */
	bool			 exact;		/* "exactly 5%" */
	uint32_t		 told[TOLD_MAX];	/* acts whose object word is
						   the subject: "jobs cut" */
	uint8_t			 ntold;
	uint32_t	 told_end;	/* token behind them */
	uint32_t		 either;	/* what the subject's words are a
						   measure of, too; + 1 */
	int			 score;		/* how well the reading fits */
};

/* What one phrase may mean: read in turn, the best that reads all is taken. */
#define READ_BARE	1u	/* "airline orders planes": no airline's orders */
#define READ_NOUN	2u	/* "rate hike in Japan": the event comes first */
#define READ_ONE	4u	/* "bank names chief": no "bank names" as a group */
#define READ_WHOSE	8u	/* "Boeing CEO", "CEO of Boeing" */
#define READ_PARTED	16u	/* "raises $5 million in IPO": with it inside */
#define READ_TOLD	32u	/* "merger is approved": done to what is an event */

#define NAMED_SCORE	6	/* "export ban": better than any other reading */

#define NOUNS (1u << SENSE_RULE_WORD | 1u << SENSE_NAME | 1u << SENSE_CLASS | \
	1u << SENSE_GROUP | 1u << SENSE_MEASURE)

/* phrase_words.c */
/* A noun of an act stands here, its first word a measure: "export ban". */
bool	 phrase_names_act(const struct reader *);
/* The longest phrase at a token with a sense of the kinds; *end behind it. */
uint32_t phrase_longest(const struct reader *, uint32_t at, unsigned kinds,
	    uint32_t *end);
/* The same, ending at the token limit or before. */
uint32_t phrase_within(const struct reader *, uint32_t at, uint32_t limit,
	    unsigned kinds, uint32_t *end);
uint32_t phrase_grammar(const struct reader *, uint32_t at);	/* GRAM_* */
bool	 phrase_word_is(const struct reader *, uint32_t at, const char *);
bool	 phrase_noun_kind(uint8_t sense_kind);
/* A phrase with an amount inside: "take a stake of more than 5% in". */
uint32_t phrase_parted(const struct reader *, uint32_t at, unsigned kinds,
	    uint32_t *end, struct quantity *);
/* Over articles and "its", "new": nothing a rule asks for. */
void	 phrase_skip(struct reader *);
void	 phrase_fail(struct reader *, uint32_t at, const char *);
/* A word nobody knows, or one that cannot stand here. */
void	 phrase_unknown(struct reader *, uint32_t at, const char *expected);

/* phrase_toll.c: "for data breach", "kills more than 10 people". */
bool	 phrase_reason(struct reader *);
bool	 phrase_toll(struct reader *);
/* "critical" of "patches critical vulnerability", or NO_ENTRY. */
uint32_t phrase_quality(struct reader *);

/* phrase_args.c */
/* "pilots strike": of what each of its words can be, what fits the concepts; all
 * that it can be where nothing does, as with "regulator or court fines". */
void	 phrase_narrow(const struct event_pattern *, struct arg *,
	    const uint32_t *concepts, uint32_t n);
/* [ "any" ] ( terms ) [ measure ] [ except terms ] */
bool	 phrase_argument(struct reader *, struct arg *, uint32_t *measure);
/* "box office up": words that are a thing and a measure, where one moves. */
void	 phrase_either(struct reader *);
bool	 phrase_amount(struct reader *, struct quantity *);
/* "worth more than", "in a deal valued at": the amount of the event. */
bool	 phrase_amount_role(struct reader *);

/* phrase_role.c */
/* One role behind the event, or what is wrong with it. */
void	 phrase_role(struct reader *);
/* "layoffs | at bank", "bankruptcy of | airline", "sanctions on | Iran". */
void	 phrase_whom(struct reader *);

/* phrase_level.c */
/* "above $100", "doubles", "more than 5% down": where the amount says all. */
bool	 phrase_level(struct reader *);

/* phrase_extreme.c */
/* "at record high", "hits its lowest since 2020" behind a subject. */
bool	 phrase_extreme(struct reader *);
/* "record profit at bank", "record high in gold": the whole phrase. */
bool	 phrase_record(struct reader *);

/* phrase_told.c */
/* "announces layoffs", "reports lower profit": a verb that only tells. */
bool	 phrase_told(struct reader *);

/* phrase_predicate.c */
/* What happens, its amount and object; nominal: only nouns. */
bool	 phrase_predicate(struct reader *, bool nominal);
/* One of the argument's things can be of the concept. */
bool	 phrase_fits(const struct event_pattern *, const struct arg *,
	    uint32_t concept);
/* "inflation in Turkey": of what the owner's words are, what has the measure. */
void	 phrase_narrow_owner(struct event_pattern *);
/* One of the argument's things has the measure. */
bool	 phrase_owns(const struct event_pattern *, const struct arg *,
	    uint32_t measure);

#endif
