/*
 * vocabulary_read - the files of vocabulary.d, in name order, into one
 * finished vocabulary (their format: rule/vocabulary.h).
 *
 * Every error is added to problems with its file and line; then the result is
 * NULL. The caller frees it with vocabulary_free. A folder that is missing or
 * has no *.conf is an error.
 */
#ifndef CONFIG_VOCABULARY_READ_H
#define CONFIG_VOCABULARY_READ_H

#include "base/problems.h"

struct vocabulary;

struct vocabulary *vocabulary_read(const char *folder, struct problems *);

#endif
