/*
 * outcome - statuses of HTTP and errors of curl in the words of the poll
 * protocol, each with one sentence an operator can act on.
 */
#ifndef FETCH_OUTCOME_H
#define FETCH_OUTCOME_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

#include "fetch/answer.h"

/* 200, 203 (a proxy changed something) and 226 (RFC 3229: only what is new). */
bool	 outcome_has_document(uint32_t status);
/* A complete answer that is not a document. */
void	 outcome_of_status(struct answer *);
/* No complete answer; text is curl's explanation or "". */
void	 outcome_of_failure(struct answer *, CURLcode, const char *text);

#endif
