/*
 * vocabulary_keys - which key may stand in which section, and what it holds.
 * For rule/ alone.
 */
#ifndef RULE_VOCABULARY_KEYS_H
#define RULE_VOCABULARY_KEYS_H

#include "rule/lexis.h"

enum key_type { KEY_IS_LIST, KEY_IS_STRING, KEY_IS_BOOL, KEY_IS_RATIOS };

/* The key of this name in the section, or -1. */
int	 vocabulary_keys_find(enum vocabulary_section, const char *);
enum key_type vocabulary_keys_type(int key);
/* The name nearest to a misspelt one in the section, or NULL. */
const char *vocabulary_keys_suggest(enum vocabulary_section, const char *);
const char *vocabulary_keys_section(enum vocabulary_section);

#endif
