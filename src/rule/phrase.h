/*
 * phrase - the reader of event phrases, inside: for rule/phrase*.c alone.
 */
#ifndef RULE_PHRASE_H
#define RULE_PHRASE_H

#include "rule/pattern.h"

struct reader {
	const struct vocabulary	*v;
	const struct text	*text;
	struct event_pattern	*p;
	struct arena		*mem;
	struct error		*error;
	uint32_t		 at;		/* token */
	uint32_t		 bad, bad_end;	/* tokens of an error */
	bool			 failed;
	bool			 again;		/* the second reading */
	bool			 bare;		/* owners stand without a measure */
};

#define NOUNS (1u << SENSE_RULE_WORD | 1u << SENSE_NAME | 1u << SENSE_CLASS | \
	1u << SENSE_GROUP | 1u << SENSE_MEASURE)

/* phrase_words.c */
/* The longest phrase at a token with a sense of the kinds; *end behind it. */
uint32_t phrase_longest(const struct reader *, uint32_t at, unsigned kinds,
	    uint32_t *end);
uint32_t phrase_grammar(const struct reader *, uint32_t at);	/* GRAM_* */
bool	 phrase_word_is(const struct reader *, uint32_t at, const char *);
bool	 phrase_noun_kind(uint8_t sense_kind);
void	 phrase_fail(struct reader *, uint32_t at, const char *);
/* A word nobody knows, or one that cannot stand here. */
void	 phrase_unknown(struct reader *, uint32_t at, const char *expected);

/* phrase_args.c */
/* [ "any" ] ( terms ) [ measure ] [ except terms ] */
bool	 phrase_argument(struct reader *, struct arg *, uint32_t *measure);
bool	 phrase_amount(struct reader *, struct quantity *);

#endif
