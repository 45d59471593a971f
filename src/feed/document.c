#include "feed/document.h"

#include <string.h>
#include <strings.h>

#include "feed/attributes.h"
#include "feed/tag.h"

void
document_init(struct document *d, const char *p, size_t n,
    const char *content_type)
{
	memset(d, 0, sizeof(*d));
	/* The most that a conversion and a repair can make of n bytes. */
	buf_init(&d->converted, n * 3 + 64);
	buf_init(&d->mended, n * 9 + 64);
	buf_init(&d->repaired, n * 12 + 4096);
	charset_decode(p, n, content_type, &d->converted, &d->in);
	while (d->in.len > 0 && (unsigned char)*d->in.text <= ' ') {
		d->in.text++;
		d->in.len--;
	}
}

void
document_clear(struct document *d)
{
	buf_clear(&d->converted);
	buf_clear(&d->mended);
	buf_clear(&d->repaired);
}

void
document_make_utf8(struct document *d)
{
	if (d->in.checked)
		return;
	d->bad_bytes = charset_mend(d->in.text, d->in.len, &d->mended);
	d->in.text = d->mended.data != NULL ? d->mended.data : "";
	d->in.len = d->mended.len;
	d->in.checked = true;
}

static bool
is_root(const char *name, size_t n)
{
	static const char *const roots[] = { "rss", "feed", "RDF", "opml" };
	size_t i;

	name = attributes_local(name, &n);
	for (i = 0; i < sizeof(roots) / sizeof(roots[0]); i++)
		if (strlen(roots[i]) == n &&
		    strncasecmp(roots[i], name, n) == 0)
			return true;
	return false;
}

/* Where the feed begins behind what a broken server put in front of it. */
static void
skip_to_root(struct document *d)
{
	const char *p = d->in.text, *end = p + d->in.len, *e = p;

	for (; (p = memchr(p, '<', (size_t)(end - p))) != NULL; p++) {
		if (e != NULL && end - p > 4 && memcmp(p, "<!--", 4) == 0 &&
		    (e = tag_comment_end(p, end)) != NULL)
			p = e;		/* NULL: no later one ends, either */
		else if (is_root(p + 1, attributes_name_length(p + 1, end))) {
			d->in.len = (size_t)(end - p);
			d->in.text = p;
			return;
		}
	}
}

const char *
document_repair(struct document *d, size_t *n)
{
	document_make_utf8(d);
	skip_to_root(d);
	d->end = repair_xml(d->in.text, d->in.len, &d->repaired);
	*n = d->repaired.len;
	return d->repaired.data != NULL ? d->repaired.data : "";
}

const char *
document_damage(const struct document *d)
{
	if (d->end != REPAIR_WHOLE)
		return "it is cut short";
	return d->bad_bytes ? "bytes that are no UTF-8" : d->in.damage;
}
