/*
 * signature - Standard Webhooks 1.0.0, symmetric.
 *
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/
 * standard-webhooks.md: HMAC-SHA256 over "id.timestamp.body", as "v1," and
 * base64. A secret is "whsec_" and base64; any other text is taken as the
 * bytes it is. With several secrets, while one is replaced by another, there
 * is a signature for each, separated by spaces.
 */
#ifndef WEBHOOK_SIGNATURE_H
#define WEBHOOK_SIGNATURE_H

#include <stddef.h>
#include <stdint.h>

#define SIGNATURE_KEY_MAX	256
#define SIGNATURE_KEY_WEAK	24	/* bytes; the standard asks for as many */

struct signature_key {
	uint8_t	 bytes[SIGNATURE_KEY_MAX];
	size_t	 len;
};

/* 0, or -1 when it is too long or its base64 is broken. */
int	signature_key_parse(const char *secret, size_t len,
	    struct signature_key *);
/* The value of the header: malloc'd; NULL when memory is out. */
char	*signature_make(const struct signature_key *, size_t n, const char *id,
	    int64_t timestamp, const char *body);

#endif
