/*
 * header - lines of a mail's head that nothing can break out of.
 *
 * Values are UTF-8. What is not plain ASCII becomes encoded-words (RFC 2047);
 * lines are folded (RFC 5322, 2.2.3); control characters become spaces, so
 * that no value can begin a new header.
 */
#ifndef EMAIL_HEADER_H
#define EMAIL_HEADER_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define HEADER_ADDRESS_MAX 320

struct header_address {
	char	 spec[HEADER_ADDRESS_MAX];	/* "alerts@example.org" */
	char	 name[HEADER_ADDRESS_MAX];	/* "News Desk", or "" */
};

/* "a@b", "<a@b>" or "Name <a@b>". 0, or -1 if it is none of these, or not
   ASCII, or would not be safe in an SMTP command. */
int	header_address_parse(const char *, struct header_address *);
/* What follows the @. */
const char *header_address_domain(const struct header_address *);

/* "Name: value\r\n" for running text, e.g. Subject. */
void	header_text(FILE *, const char *name, const char *value);
void	header_address(FILE *, const char *name,
	    const struct header_address *);
/* "Date: Mon, 27 Jan 2025 12:00:00 +0000\r\n" */
void	header_date(FILE *, const char *name, int64_t);

/* Bytes of s, at most max, that end on a character's border. */
size_t	header_cut(const char *s, size_t max);

#endif
