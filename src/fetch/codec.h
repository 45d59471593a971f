/*
 * codec - the compressions of HTTP behind one face, each by its library.
 *
 * A codec reads a stream from its first byte and hands what comes out to a
 * sink piece by piece. The sink's refusal (not 0) stops it. The caller owns
 * the state it opened and closes it.
 */
#ifndef FETCH_CODEC_H
#define FETCH_CODEC_H

#include <stdbool.h>
#include <stddef.h>

typedef int codec_sink(void *, const void *, size_t);

enum { CODEC_BAD = -1, CODEC_REFUSED = -2 };	/* the stream, the sink */

struct codec {
	const char *name;
	bool	(*begins)(const unsigned char *, size_t);	/* its magic; NULL = has none */
	void	*(*open)(void);
	/* 0, CODEC_BAD or CODEC_REFUSED; bytes after the end are ignored. */
	int	(*push)(void *, const void *, size_t, codec_sink *, void *);
	bool	(*is_complete)(const void *);
	void	(*close)(void *);
};

/* By name ("gzip", "x-gzip", "deflate", "br", "zstd"), or NULL. "deflate"
   is what the first bytes say: zlib, gzip or neither: raw deflate. */
const struct codec *codec_find(const char *name, size_t len,
	    const unsigned char *head, size_t n);
/* A codec recognised by magic alone: gzip or zstd; or NULL. */
const struct codec *codec_sniff(const unsigned char *, size_t);

#endif
