/*
 * grammar - the function words of English, as bits by word id.
 *
 * What may stand between a noun and its predicate, what opens and closes a
 * clause, what joins. Content words are the vocabulary's business.
 */
#ifndef RULE_GRAMMAR_H
#define RULE_GRAMMAR_H

#include <stdint.h>

struct vocabulary;

#define GRAM_DET	0x00000001u	/* the a this some */
#define GRAM_BE		0x00000002u
#define GRAM_HAVE	0x00000004u
#define GRAM_DO		0x00000008u
#define GRAM_MODAL	0x00000010u
#define GRAM_TO		0x00000020u
#define GRAM_PREP	0x00000040u
#define GRAM_OF		0x00000080u
#define GRAM_BY		0x00000100u
#define GRAM_IN		0x00000200u	/* in on at for across: whose it is */
#define GRAM_AND	0x00000400u	/* and or & */
#define GRAM_BUT	0x00000800u
#define GRAM_SUB	0x00001000u	/* as while when after because */
#define GRAM_REL	0x00002000u	/* which who that where */
#define GRAM_PRONOUN	0x00004000u	/* it they */
#define GRAM_POSS	0x00008000u	/* its their */
#define GRAM_ADV	0x00010000u	/* also just still sharply */
#define GRAM_TIME	0x00020000u	/* today monday june quarter */
#define GRAM_THAN	0x00040000u
#define GRAM_BOTH	0x00080000u	/* both these two */
#define GRAM_RESP	0x00100000u	/* respectively */
#define GRAM_WHY	0x00200000u	/* why how: what follows is a fact */
#define GRAM_AS		0x00400000u
#define GRAM_PERIOD	0x00800000u	/* quarter q1 fiscal: what results are of */
#define GRAM_NOT	0x01000000u	/* not n't never */
#define GRAM_AFTER	0x02000000u	/* after following: before a fact */
#define GRAM_SIZE	0x04000000u	/* much well such: "as much as" */
#define GRAM_FROM	0x08000000u
#define GRAM_ANY	0x10000000u
#define GRAM_ABBR	0x20000000u	/* inc corp: a stop behind it ends nothing */
#define GRAM_CAUSE	0x40000000u	/* on amid after: what follows is why */
#define GRAM_COMMON	0x80000000u	/* a common word, from the vocabulary */
#define GRAM_AUX	(GRAM_BE | GRAM_HAVE | GRAM_DO | GRAM_MODAL)

/* Intern all of them; fills the vocabulary's grammar table. */
void	grammar_intern(struct vocabulary *);
/* Set bits of one more word. */
void	grammar_add(struct vocabulary *, const char *, uint32_t bits);

#endif
