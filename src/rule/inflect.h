/*
 * inflect - the forms of English verbs and nouns, made when loading.
 *
 * Works on one lower-case word; others in a phrase stay as they are (the
 * caller knows which one is inflected). Common irregular words are known.
 */
#ifndef RULE_INFLECT_H
#define RULE_INFLECT_H

#include <stddef.h>

#define INFLECT_WORD	64	/* bytes of a form, with the NUL */
#define INFLECT_FORMS	10

struct inflected {
	char		word[INFLECT_WORD];
	unsigned	forms;		/* FORM_* bits of rule/lexis.h */
};

/* The forms of a verb, the base among them. Returns how many, 0 = too long. */
size_t	inflect_verb(const char *, struct inflected [INFLECT_FORMS]);
/* Singular and plural. */
size_t	inflect_noun(const char *, struct inflected [INFLECT_FORMS]);

#endif
