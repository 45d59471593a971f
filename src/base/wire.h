/*
 * wire - the bytes of our own messages: written in order, read in order.
 *
 * Integers are little-endian and fixed in width, strings are a u32 length and
 * the bytes. A reader never trusts the sender: a read past the end sets bad,
 * and every later read gives 0 or "". Check bad (or wire_done) once at the
 * end. Strings read are NUL-terminated copies in the arena, so that they may
 * outlive the frame; bytes with a NUL inside are kept by wire_get_bytes only,
 * wire_get_str refuses them.
 */
#ifndef BASE_WIRE_H
#define BASE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

struct wire {
	const unsigned char	*p, *end;
	bool			 bad;
};

void	 wire_put_u8(struct buf *, uint8_t);
void	 wire_put_u32(struct buf *, uint32_t);
void	 wire_put_u64(struct buf *, uint64_t);
void	 wire_put_i64(struct buf *, int64_t);
void	 wire_put_double(struct buf *, double);
void	 wire_put_bytes(struct buf *, const void *, size_t);
void	 wire_put_str(struct buf *, const char *);	/* NULL is written as "" */
void	 wire_put_strs(struct buf *, const char *const *, size_t);

void	 wire_init(struct wire *, const void *, size_t);
uint8_t	 wire_get_u8(struct wire *);
uint32_t wire_get_u32(struct wire *);
uint64_t wire_get_u64(struct wire *);
int64_t	 wire_get_i64(struct wire *);
double	 wire_get_double(struct wire *);
/* Borrowed from the frame; NULL and *len = 0 when bad. */
const void *wire_get_bytes(struct wire *, size_t *);
/* Copied into the arena; "" when bad. */
const char *wire_get_str(struct wire *, struct arena *);
/* A list of strings; more than max elements is bad. */
const char **wire_get_strs(struct wire *, struct arena *, size_t *, size_t max);
bool	 wire_done(const struct wire *);	/* all read and nothing was bad */

#endif
