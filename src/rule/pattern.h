/*
 * pattern - an event phrase as compiled, for rule/ alone.
 */
#ifndef RULE_PATTERN_H
#define RULE_PATTERN_H

#include "rule/analysis.h"
#include "rule/event.h"

#define ARG_MAX 16

/* Who may stand in a role: one of refs and none of except. */
struct arg {
	uint32_t	refs[ARG_MAX];		/* concepts, entities */
	uint32_t	except[ARG_MAX];
	uint32_t	words[ARG_MAX];		/* of a concept whose classes
						   are apart, the one asked for
						   (of the lexicon), or 0 */
	uint8_t		part[ARG_MAX];		/* of "a or b", which it is of */
	uint8_t		nrefs, nexcept;
	bool		any;			/* "any" or nothing said */
};

/* What the amount of a state counts: "kills more than 10 people". */
enum toll { TOLL_NONE, TOLL_KILLED, TOLL_HURT, TOLL_AFFECTED,
	TOLL_MAGNITUDE };

struct event_pattern {
	const struct vocabulary	*v;
	struct event_options	 options;
	uint8_t			 frame;
	int8_t			 direction;
	uint32_t		 predicate;	/* act, rank, state */
	uint32_t		 measure;	/* NO_ENTRY = any */
	uint32_t		 reason;	/* act: a state it is told with */
	uint8_t			 toll;		/* state: enum toll */
	uint32_t		 object_measure;	/* act: "cuts dividend" */
	bool			 measure_said;
	bool			 turned;	/* "company fined": is the object */
	struct arg		 subject;	/* owner, agent */
	struct arg		 object;
	struct arg		 place;
	const char		*object_word;	/* folded, if its act's are apart */
	uint32_t		 qualities[4];
	uint8_t			 nqualities;
	bool			 has_amount, has_level;
	struct quantity		 amount, level;
};

/* The tests a record can fail, in the order they are told. */
enum test { TEST_PREDICATE, TEST_MEASURE, TEST_OWNER, TEST_OBJECT, TEST_PLACE,
	TEST_REASON, TEST_QUALITY, TEST_AMOUNT, TEST_BLOCKED, TEST_MOOD, TEST_FIELD, NTESTS };

/* What decide found out about one record. */
struct verdict {
	unsigned	failed;		/* bit per test */
	int		relevance;
	uint32_t	owner;		/* index into theme.owners, or NONE */
	uint32_t	owner_ref;	/* the rule's ref it met */
	uint32_t	object, object_ref;
	uint32_t	object_tag;	/* instead: where it stands, or NONE */
	uint32_t	place, place_ref;
	uint32_t	quality;	/* tag, or NONE */
	uint32_t	amount;		/* quantity, or NONE */
};

/* decide.c: does it hold, and how; or each test that fails. */
bool	 decide_holds(const struct event_pattern *, const struct analysis *,
	    struct record *, struct verdict *);
void	 decide(const struct event_pattern *, const struct analysis *,
	    struct record *, struct verdict *);
/* The index of the first owner in the argument, or NONE, and the ref it met. */
uint32_t decide_owner(const struct analysis *, const struct arg *,
	    const struct np *, uint32_t *ref);
/* The argument takes unknown names. */
bool	 decide_open(const struct event_pattern *, const struct arg *);
/* What the mention stands for is in the argument; the ref it met. */
bool	 decide_in(const struct analysis *, const struct arg *,
	    const struct mention *, uint32_t *ref);
/* The tokens hold the word that the argument asks of its i-th ref, if any. */
bool	 decide_word(const struct analysis *, const struct arg *, uint8_t i,
	    uint32_t first, uint32_t end);
/* decide_place.c */
/* A mention of the argument anywhere in the record's sentence. */
bool	 decide_somewhere(const struct event_pattern *, const struct arg *,
	    const struct analysis *, const struct record *, uint32_t *ref);
void	 decide_place(const struct event_pattern *, const struct analysis *,
	    const struct record *, struct verdict *);
/* Of a measure of two, where the one gains what the other loses. */
bool	 decide_pair(const struct event_pattern *);
/* decide_toll.c */
bool	 decide_reason(const struct event_pattern *, const struct analysis *,
	    const struct record *);
void	 decide_qualities(const struct event_pattern *,
	    const struct analysis *, const struct record *, struct verdict *);
bool	 decide_toll(const struct event_pattern *, const struct analysis *,
	    const struct record *, struct verdict *);
/* decide.c: a number that no text has as a quantity. */
bool	 decide_value_meets(double, const struct quantity *rule);
/* decide_measure.c: the owner is decided already. */
bool	 decide_measure(const struct event_pattern *, const struct analysis *,
	    const struct record *, const struct verdict *);
/* The end of the name that a known one begins: of "Hyundai Glovis shares" the
 * shares are not Hyundai's. Its own end where it is whole. */
uint32_t decide_name_end(const struct analysis *, const struct record *,
	    const struct mention *);
/* May an amount of this size be of the measure asked for? */
bool	 decide_level_of(const struct event_pattern *, const struct analysis *,
	    const struct record *, const struct verdict *,
	    const struct quantity *);
/* "oil rises to 101": a price without its unit takes the rule's. */
void	 decide_unit(const struct event_pattern *, const struct analysis *,
	    const struct record *, struct quantity *);
/* A name that is in no list, and of which the article tells nothing. */
bool	 decide_unknown(const struct analysis *, const struct mention *);
/* decide_act.c */
void	 decide_agent(const struct event_pattern *, const struct analysis *,
	    const struct record *, struct verdict *);
/* decide_object.c */
void	 decide_object(const struct event_pattern *, const struct analysis *,
	    const struct record *, struct verdict *);
/* explain.c */
void	 explain_evidence(const struct event_pattern *,
	    const struct analysis *, const struct record *,
	    const struct verdict *, struct arena *, struct evidence *);
const char *explain_failure(const struct event_pattern *,
	    const struct analysis *, const struct record *,
	    const struct verdict *, struct arena *);

#endif
