/*
 * decode - the body of an answer as it comes in, decompressed and capped.
 *
 * libcurl could decompress, but it fails a body that is not what its
 * Content-Encoding says, and cannot see a gzip file served as a document or
 * compressed twice. Servers do all three. Here each layer is judged by its
 * first bytes: a claim that is not true is ignored, and gzip is recognised
 * without a claim. Codecs: gzip, zlib, raw deflate; brotli and zstd as built.
 *
 * The cap counts what comes OUT of the last layer, so that a bomb is dropped
 * after max bytes whatever it would have become.
 */
#ifndef FETCH_DECODE_H
#define FETCH_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

/* What is asked for. Not deflate: servers mean two different things by it. */
#define DECODE_ACCEPTS	"gzip" DECODE_BROTLI DECODE_ZSTD
#ifdef HAVE_BROTLI
#define DECODE_BROTLI	", br"
#else
#define DECODE_BROTLI	""
#endif
#ifdef HAVE_ZSTD
#define DECODE_ZSTD	", zstd"
#else
#define DECODE_ZSTD	""
#endif

struct decode;

/* The raw Content-Encoding ("" or NULL = none) and the cap in bytes. */
struct decode *decode_new(const char *content_encoding, size_t max);
void	 decode_free(struct decode *);
/* -1: over the cap (decode_is_full) or not decodable. */
int	 decode_push(struct decode *, const void *, size_t, struct error *);
/* After the last byte. -1: a compressed layer is cut short. */
int	 decode_end(struct decode *, struct error *);
bool	 decode_is_full(const struct decode *);
const struct buf *decode_body(const struct decode *);

#endif
