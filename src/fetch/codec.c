#include "fetch/codec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>
#ifdef HAVE_BROTLI
#include <brotli/decode.h>
#endif
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif

#include "base/mem.h"

#define OUT 16384		/* one piece handed to the sink */

static bool
begins_gzip(const unsigned char *p, size_t n)
{
	return n >= 3 && p[0] == 0x1f && p[1] == 0x8b && p[2] == 8;
}

/* RFC 1950: method 8, window up to 32 KiB, checksum of the two bytes. */
static bool
begins_zlib(const unsigned char *p, size_t n)
{
	return n >= 2 && (p[0] & 0x0f) == 8 && p[0] >> 4 <= 7 &&
	    (p[0] << 8 | p[1]) % 31 == 0;
}

struct inflater {
	z_stream z;
	bool	 ended, gzip;
};

static void *
open_inflater(int window)
{
	struct inflater *f = mem_zalloc(1, sizeof(*f));

	f->gzip = window == 15 + 16;
	if (inflateInit2(&f->z, window) != Z_OK) {
		inflateEnd(&f->z);
		f->ended = true;
	}
	return f;
}

static void *
open_gzip(void)
{
	return open_inflater(15 + 16);
}

static void *
open_zlib(void)
{
	return open_inflater(15);
}

static void *
open_deflate(void)
{
	return open_inflater(-15);
}

/* RFC 1952 allows several members in a row; anything else is padding. */
static bool
next_member(struct inflater *f)
{
	return f->gzip && f->z.avail_in > 0 && f->z.next_in[0] == 0x1f &&
	    (f->z.avail_in == 1 || f->z.next_in[1] == 0x8b) &&
	    inflateReset(&f->z) == Z_OK;
}

static int
push_inflater(void *state, const void *data, size_t n, codec_sink *sink,
    void *arg)
{
	struct inflater *f = state;
	unsigned char out[OUT];
	int rc;

	f->z.next_in = (unsigned char *)(uintptr_t)data;
	f->z.avail_in = (uInt)n;
	if (f->ended && !next_member(f))
		return 0;
	f->ended = false;
	do {
		f->z.next_out = out;
		f->z.avail_out = sizeof(out);
		rc = inflate(&f->z, Z_NO_FLUSH);
		if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR)
			return CODEC_BAD;
		if (f->z.avail_out < sizeof(out) &&
		    sink(arg, out, sizeof(out) - f->z.avail_out) != 0)
			return CODEC_REFUSED;
		f->ended = rc == Z_STREAM_END && !next_member(f);
	} while (!f->ended && (f->z.avail_in > 0 || f->z.avail_out == 0) &&
	    rc != Z_BUF_ERROR);
	return 0;
}

static bool
inflater_is_complete(const void *state)
{
	return ((const struct inflater *)state)->ended;
}

static void
close_inflater(void *state)
{
	struct inflater *f = state;

	inflateEnd(&f->z);
	free(f);
}

static const struct codec gzip = { "gzip", begins_gzip, open_gzip,
	push_inflater, inflater_is_complete, close_inflater };
static const struct codec zlib = { "zlib", begins_zlib, open_zlib,
	push_inflater, inflater_is_complete, close_inflater };
static const struct codec deflate_raw = { "deflate", NULL, open_deflate,
	push_inflater, inflater_is_complete, close_inflater };

#ifdef HAVE_BROTLI
static void *
open_brotli(void)
{
	return BrotliDecoderCreateInstance(NULL, NULL, NULL);
}

static int
push_brotli(void *state, const void *data, size_t n, codec_sink *sink,
    void *arg)
{
	const uint8_t *in = data;
	BrotliDecoderResult rc;

	if (BrotliDecoderIsFinished(state))
		return 0;
	do {
		uint8_t out[OUT], *to = out;
		size_t room = sizeof(out);

		rc = BrotliDecoderDecompressStream(state, &n, &in, &room, &to,
		    NULL);
		if (rc == BROTLI_DECODER_RESULT_ERROR)
			return CODEC_BAD;
		if (to > out && sink(arg, out, (size_t)(to - out)) != 0)
			return CODEC_REFUSED;
	} while (rc == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT);
	return 0;
}

static bool
brotli_is_complete(const void *state)
{
	return BrotliDecoderIsFinished(state);
}

static void
close_brotli(void *state)
{
	BrotliDecoderDestroyInstance(state);
}

static const struct codec brotli = { "br", NULL, open_brotli, push_brotli,
	brotli_is_complete, close_brotli };
#endif

#ifdef HAVE_ZSTD
#define ZSTD_WINDOW_LOG 23	/* RFC 9659: 8 MB for the content encoding */

struct unzstd {
	ZSTD_DStream *z;
	size_t	 rest;		/* 0 = a frame is complete */
};

static bool
begins_zstd(const unsigned char *p, size_t n)
{
	return n >= 4 && memcmp(p, "\x28\xb5\x2f\xfd", 4) == 0;
}

static void *
open_zstd(void)
{
	struct unzstd *u = mem_zalloc(1, sizeof(*u));

	u->z = ZSTD_createDStream();
	ZSTD_DCtx_setParameter(u->z, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG);
	u->rest = 1;
	return u;
}

static int
push_zstd(void *state, const void *data, size_t n, codec_sink *sink, void *arg)
{
	struct unzstd *u = state;
	ZSTD_inBuffer in = { data, n, 0 };
	char out[OUT];
	ZSTD_outBuffer to = { out, sizeof(out), sizeof(out) };

	while (in.pos < in.size || to.pos == to.size) {
		if (u->rest == 0 && (in.size - in.pos < 4 ||
		    !begins_zstd((const unsigned char *)data + in.pos,
		    in.size - in.pos)))
			return 0;	/* padding after the last frame */
		to.pos = 0;
		u->rest = ZSTD_decompressStream(u->z, &to, &in);
		if (ZSTD_isError(u->rest))
			return CODEC_BAD;
		if (to.pos > 0 && sink(arg, out, to.pos) != 0)
			return CODEC_REFUSED;
	}
	return 0;
}

static bool
zstd_is_complete(const void *state)
{
	return ((const struct unzstd *)state)->rest == 0;
}

static void
close_zstd(void *state)
{
	struct unzstd *u = state;

	ZSTD_freeDStream(u->z);
	free(u);
}

static const struct codec zstd = { "zstd", begins_zstd, open_zstd, push_zstd,
	zstd_is_complete, close_zstd };
#endif

static bool
is(const char *name, size_t len, const char *what)
{
	return len == strlen(what) && strncasecmp(name, what, len) == 0;
}

const struct codec *
codec_sniff(const unsigned char *head, size_t n)
{
	if (begins_gzip(head, n))
		return &gzip;
#ifdef HAVE_ZSTD
	if (begins_zstd(head, n))
		return &zstd;
#endif
	return NULL;
}

const struct codec *
codec_find(const char *name, size_t len, const unsigned char *head, size_t n)
{
#ifdef HAVE_BROTLI
	if (is(name, len, "br"))
		return &brotli;
#endif
	if (is(name, len, "gzip") || is(name, len, "x-gzip") ||
	    is(name, len, "deflate")) {
		if (begins_gzip(head, n))
			return &gzip;
		if (begins_zlib(head, n))
			return &zlib;
		return is(name, len, "deflate") ? &deflate_raw : NULL;
	}
	return codec_sniff(head, n);
}
