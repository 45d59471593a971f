/*
 * date - the moments feeds write, in every way they write them.
 *
 * RFC 822 and its successors, RFC 3339, the W3C profile of ISO 8601, compact
 * ISO forms, asctime, and what people's templates make of them: month names in
 * some fifteen languages, slashes and dots, 12-hour clocks, zone names and the
 * common "Europe/Paris". A date without a zone is UTC. Pure: no locale, no
 * time zone files.
 *
 * A two-digit year is 1950 to 2049 (RFC 5322, section 4.3).
 */
#ifndef FEED_DATE_H
#define FEED_DATE_H

#include <stdint.h>

/* Unix seconds, or ARTICLE_NO_TIME when this is no date. */
int64_t	date_parse(const char *);

#endif
