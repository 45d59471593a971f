#include "base/hash.h"

#include <endian.h>
#include <nettle/sha2.h>
#include <string.h>

#define K0 0x2d358dccaa6c78a5u
#define K1 0x8bb84b93962eacc9u

static inline uint64_t
fold_product(uint64_t a, uint64_t b)
{
	unsigned __int128 r = (unsigned __int128)a * b;

	return (uint64_t)r ^ (uint64_t)(r >> 64);
}

static inline uint64_t
eight(const unsigned char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

static inline uint64_t
four(const unsigned char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

uint64_t
hash_bytes(const void *data, size_t n)
{
	const unsigned char *p = data;
	uint64_t a = 0, b = 0, h = K0;

	for (size_t left = n; left > 16; left -= 16, p += 16)
		h = fold_product(eight(p) ^ K1, eight(p + 8) ^ h);
	if (n > 16) {
		p = (const unsigned char *)data + n - 16;
		a = eight(p);
		b = eight(p + 8);
	} else if (n >= 8) {
		a = eight(p);
		b = eight(p + n - 8);
	} else if (n >= 4) {
		a = four(p);
		b = four(p + n - 4);
	} else if (n > 0)
		a = (uint64_t)p[0] << 16 | (uint64_t)p[n / 2] << 8 | p[n - 1];
	return fold_product(K1 ^ n, fold_product(a ^ K1, b ^ h));
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
