#include "base/hash.h"

#include <endian.h>
#include <nettle/sha2.h>
#include <string.h>

uint64_t
hash_bytes(const void *data, size_t n)
{
	const unsigned char *p = data;
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * 0x100000001b3u;
	h ^= h >> 32;
	h *= 0xd6e8feb86659fd93u;
	return h ^ h >> 32;
}

uint64_t
hash_str(const char *s)
{
	return hash_bytes(s, strlen(s));
}

static void
digest(const char *const *parts, size_t n, uint8_t out[SHA256_DIGEST_SIZE])
{
	struct sha256_ctx ctx;

	sha256_init(&ctx);
	for (size_t i = 0; i < n; i++) {
		const char *s = parts[i] != NULL ? parts[i] : "";
		size_t len = strlen(s);
		uint8_t head[8];

		for (size_t k = 0; k < 8; k++)
			head[k] = (uint8_t)((uint64_t)len >> (8 * k));
		sha256_update(&ctx, sizeof(head), head);
		sha256_update(&ctx, len, (const uint8_t *)s);
	}
	sha256_digest(&ctx, SHA256_DIGEST_SIZE, out);
}

void
hash_id(const char *const *parts, size_t n, char out[HASH_ID_SIZE])
{
	static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
	uint8_t sum[SHA256_DIGEST_SIZE];
	uint32_t bits = 0;
	int have = 0;
	size_t in = 0;

	digest(parts, n, sum);
	for (size_t i = 0; i < HASH_ID_SIZE - 1; i++) {
		if (have < 5) {
			bits = bits << 8 | sum[in++];
			have += 8;
		}
		out[i] = alphabet[bits >> (have - 5) & 31];
		have -= 5;
	}
	out[HASH_ID_SIZE - 1] = '\0';
}

int64_t
hash_key(const char *const *parts, size_t n)
{
	uint8_t sum[SHA256_DIGEST_SIZE];
	uint64_t v = 0;

	digest(parts, n, sum);
	for (size_t i = 0; i < 8; i++)
		v = v << 8 | sum[i];
	return (int64_t)v;
}

int64_t
hash_document(const void *data, size_t n)
{
	struct sha256_ctx ctx;
	uint8_t sum[8];
	int64_t key;

	sha256_init(&ctx);
	sha256_update(&ctx, n, data);
	sha256_digest(&ctx, sizeof(sum), sum);
	memcpy(&key, sum, sizeof(key));
	key = (int64_t)le64toh((uint64_t)key);
	return key != 0 ? key : 1;
}
