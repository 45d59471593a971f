#include "signature.h"

#include <nettle/base64.h>
#include <nettle/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX "whsec_"

int
signature_key_parse(const char *secret, size_t len, struct signature_key *key)
{
	struct base64_decode_ctx ctx;
	size_t prefix = strlen(PREFIX);

	if (len == 0 || len > SIGNATURE_KEY_MAX)
		return -1;
	key->len = len;
	if (len <= prefix || strncmp(secret, PREFIX, prefix) != 0) {
		memcpy(key->bytes, secret, len);
		return 0;
	}
	base64_decode_init(&ctx);
	if (!base64_decode_update(&ctx, &key->len, key->bytes, len - prefix,
	    secret + prefix) || !base64_decode_final(&ctx) || key->len == 0)
		return -1;
	return 0;
}

static void
sign(const struct signature_key *key, const char *id, int64_t timestamp,
    const char *body, char out[BASE64_ENCODE_RAW_LENGTH(
    SHA256_DIGEST_SIZE) + 1])
{
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct hmac_sha256_ctx ctx;
	char middle[32];

	snprintf(middle, sizeof(middle), ".%lld.", (long long)timestamp);
	hmac_sha256_set_key(&ctx, key->len, key->bytes);
	hmac_sha256_update(&ctx, strlen(id), (const uint8_t *)id);
	hmac_sha256_update(&ctx, strlen(middle), (const uint8_t *)middle);
	hmac_sha256_update(&ctx, strlen(body), (const uint8_t *)body);
	hmac_sha256_digest(&ctx, sizeof(digest), digest);
	base64_encode_raw(out, sizeof(digest), digest);
	out[BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE)] = '\0';
}

char *
signature_make(const struct signature_key *keys, size_t n, const char *id,
    int64_t timestamp, const char *body)
{
	char one[BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE) + 1];
	char *text, *p;

	if ((text = p = malloc(n * (sizeof(one) + 4) + 1)) == NULL)
		return NULL;
	*p = '\0';
	for (size_t i = 0; i < n; i++) {
		sign(&keys[i], id, timestamp, body, one);
		p += sprintf(p, "%sv1,%s", i > 0 ? " " : "", one);
	}
	return text;
}
