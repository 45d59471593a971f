/*
 * hash - two hashes: a quick one for tables, SHA-256 (nettle) for names that
 * must stay the same over restarts, versions and machines.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/*
 * After wyhash (Wang Yi, public domain). For tables in memory: it differs
 * between machines of different byte order and is never stored.
 */
uint64_t hash_bytes(const void *, size_t);
uint64_t hash_str(const char *);

/*
 * A stable name out of n strings: the first 26 characters of the lower-case
 * base32 (RFC 4648) of SHA-256 over each string with its length, so that
 * ("ab","c") and ("a","bc") differ. NULL counts as "". out holds 27 bytes.
 */
#define HASH_ID_SIZE 27
void	 hash_id(const char *const *, size_t, char out[HASH_ID_SIZE]);
/* The first eight bytes of the same SHA-256, for stored keys. */
int64_t	 hash_key(const char *const *, size_t);
/* The same for the bytes of a document; never 0. */
int64_t	 hash_document(const void *, size_t);

#endif
