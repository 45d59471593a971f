#include "fetch/decode.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fetch/codec.h"

#define LAYERS	5		/* more is nobody's honest document */
#define HEAD	64		/* bytes that decide what a layer is */

struct layer {
	struct decode	*owner;
	const char	*claim;		/* a Content-Encoding, or NULL: sniff */
	size_t		 claim_len;
	const struct codec *codec;	/* NULL: passed on as it is */
	void		*state;
	unsigned char	 head[HEAD];
	size_t		 nhead;
	bool		 decided;
	bool		 gave;		/* something came out */
};

struct decode {
	struct layer	 layers[LAYERS];
	char		*claims;
	size_t		 nclaims;
	struct buf	 body;
	bool		 full;
};

static int	pass(struct decode *, size_t, const void *, size_t);

/* The list is in the order of application: the last is taken off first. */
static void
read_claims(struct decode *d)
{
	char *p = d->claims + strlen(d->claims);

	while (p > d->claims && d->nclaims < LAYERS - 1) {
		char *end = p, *start;

		while (p > d->claims && p[-1] != ',')
			p--;
		start = p + strspn(p, " \t");
		while (end > start && strchr(" \t", end[-1]) != NULL)
			end--;
		if (end > start) {
			d->layers[d->nclaims].claim = start;
			d->layers[d->nclaims++].claim_len =
			    (size_t)(end - start);
		}
		if (p > d->claims)
			p--;
	}
}

struct decode *
decode_new(const char *content_encoding, size_t max)
{
	struct decode *d = mem_zalloc(1, sizeof(*d));

	d->claims = mem_strdup(content_encoding != NULL ? content_encoding :
	    "");
	buf_init(&d->body, max);
	for (size_t i = 0; i < LAYERS; i++)
		d->layers[i].owner = d;
	read_claims(d);
	return d;
}

void
decode_free(struct decode *d)
{
	if (d == NULL)
		return;
	for (size_t i = 0; i < LAYERS; i++)
		if (d->layers[i].codec != NULL)
			d->layers[i].codec->close(d->layers[i].state);
	buf_clear(&d->body);
	free(d->claims);
	free(d);
}

static int
come_out(void *arg, const void *data, size_t n)
{
	struct layer *l = arg;

	l->gave = true;
	return pass(l->owner, (size_t)(l - l->owner->layers) + 1, data, n);
}

/* Claimed but not true: the claim is dropped. */
static void
forget(struct layer *l)
{
	l->codec->close(l->state);
	l->codec = NULL;
}

static int
feed(struct decode *d, size_t i, const void *data, size_t n)
{
	struct layer *l = &d->layers[i];
	int rc;

	if (l->codec != NULL) {
		rc = l->codec->push(l->state, data, n, come_out, l);
		if (rc != CODEC_BAD || l->gave || data != l->head)
			return rc;
		forget(l);
	}
	if (l->claim != NULL)
		return pass(d, i + 1, data, n);
	if (buf_add(&d->body, data, n) == 0)
		return 0;
	d->full = true;
	return CODEC_REFUSED;
}

static int
decide(struct decode *d, size_t i)
{
	struct layer *l = &d->layers[i];

	l->decided = true;
	if (i + 1 < LAYERS)
		l->codec = l->claim != NULL ? codec_find(l->claim,
		    l->claim_len, l->head, l->nhead) :
		    codec_sniff(l->head, l->nhead);
	if (l->codec != NULL)
		l->state = l->codec->open();
	return feed(d, i, l->head, l->nhead);
}

static int
pass(struct decode *d, size_t i, const void *data, size_t n)
{
	struct layer *l = &d->layers[i];
	size_t take;
	int rc;

	if (!l->decided) {
		take = HEAD - l->nhead < n ? HEAD - l->nhead : n;
		memcpy(l->head + l->nhead, data, take);
		l->nhead += take;
		if (l->nhead < HEAD)
			return 0;
		if ((rc = decide(d, i)) != 0)
			return rc;
		data = (const char *)data + take;
		n -= take;
	}
	return n > 0 ? feed(d, i, data, n) : 0;
}

static int
explain(const struct decode *d, int rc, struct error *err)
{
	if (rc == 0)
		return 0;
	if (d->full)
		return error_set(err, "the document is larger than %zu bytes",
		    d->body.max);
	return error_set(err, "the compressed body is damaged");
}

int
decode_push(struct decode *d, const void *data, size_t n, struct error *err)
{
	return explain(d, pass(d, 0, data, n), err);
}

int
decode_end(struct decode *d, struct error *err)
{
	struct layer *l;
	int rc;

	for (size_t i = 0; i < LAYERS; i++) {
		l = &d->layers[i];
		if (!l->decided && l->nhead > 0 && (rc = decide(d, i)) != 0)
			return explain(d, rc, err);
		if (l->codec != NULL && !l->codec->is_complete(l->state))
			return error_set(err,
			    "the compressed body is cut short");
	}
	return 0;
}

bool
decode_is_full(const struct decode *d)
{
	return d->full;
}

const struct buf *
decode_body(const struct decode *d)
{
	return &d->body;
}
