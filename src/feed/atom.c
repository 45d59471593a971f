/* What is particular to Atom 1.0 (RFC 4287) and 0.3. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "feed/charset.h"
#include "feed/walk.h"

static bool
starts(const char *s, const char *with)
{
	return strncasecmp(s, with, strlen(with)) == 0;
}

/* An attribute without the blanks around it, or NULL. */
static const char *
trimmed(struct walk *w, const char **atts, const char *name)
{
	const char *s = walk_attribute(atts, name);
	size_t n = s == NULL ? 0 : strlen(s);

	return n > 0 && (*s == ' ' || s[n - 1] == ' ') ? walk_line(w, s) : s;
}

/* RFC 4287, section 3.1.1 and 4.1.3; Atom 0.3 says MIME types and a mode. */
static enum kind
text_kind(struct walk *w, const char **atts)
{
	const char *type = trimmed(w, atts, "type");
	const char *mode = walk_attribute(atts, "mode");

	if (mode != NULL && strcasecmp(mode, "base64") == 0)
		w->base64 = true;
	else if (mode != NULL && strcasecmp(mode, "escaped") == 0)
		return type != NULL && strcasecmp(type, "text/plain") == 0 ?
		    KIND_PLAIN : KIND_HTML;
	if (type == NULL || *type == '\0' || strcasecmp(type, "text") == 0 ||
	    starts(type, "text/plain"))
		return KIND_PLAIN;
	if (strcasecmp(type, "xhtml") == 0 ||
	    starts(type, "application/xhtml"))
		return KIND_XHTML;
	if (strcasecmp(type, "html") == 0 || starts(type, "text/html"))
		return mode != NULL && strcasecmp(mode, "xml") == 0 ?
		    KIND_XHTML : KIND_HTML;
	if (starts(type, "text/"))
		return KIND_PLAIN;
	if (strstr(type, "xml") != NULL)
		return KIND_XHTML;
	/* Media are in base64; what is not known to be one is so only where
	   the standard allows it. */
	if (w->leaf->field == FIELD_CONTENT || starts(type, "image/") ||
	    strcasecmp(type, "application/octet-stream") == 0)
		w->base64 = true;
	return KIND_PLAIN;
}

/* The relation: what the registry's URI of it ends with; "alternate" where it
   is one of several, or not said. */
static const char *
relation(const char *rel)
{
	const char *s;

	if (rel == NULL)
		return "alternate";
	if ((s = strrchr(rel, '/')) != NULL)
		rel = s + 1;
	if (*rel == '\0')
		return "alternate";
	s = strcasestr(rel, "alternate");
	return s != NULL && (s == rel || s[-1] == ' ') &&
	    (s[9] == '\0' || s[9] == ' ') ? "alternate" : rel;
}

void
atom_link(struct walk *w, const char **atts)
{
	struct draft *d = walk_draft(w);
	const char *href = walk_attribute(atts, "href");
	const char *rel = relation(trimmed(w, atts, "rel"));
	const char *type = walk_attribute(atts, "type"), *url;
	int rank = type == NULL || *type == '\0' ? 28 :
	    starts(type, "text/html") || starts(type, "application/xhtml") ?
	    29 : 26;

	if (href == NULL)
		return;
	/* An empty one is the base (RFC 3986, section 4.4), if that was said. */
	url = *href == '\0' && walk_base(w) != w->level[0].base ?
	    walk_base(w) : walk_link(w, href);
	if (strcmp(rel, "alternate") == 0)
		draft_offer(d, FIELD_LINK, rank, url);
	else if (strcasecmp(rel, "enclosure") == 0)
		draft_add_enclosure(d, w->mem, url);
	else if (strcasecmp(rel, "self") == 0) {
		draft_offer(d, FIELD_SELF, 30, url);
		if (w->in_item)
			draft_offer(d, FIELD_LINK, 2, url);
	} else if (strcasecmp(rel, "prev-archive") == 0)
		draft_offer(d, FIELD_OLDER, 30, url);
	else if (strcasecmp(rel, "next") == 0)
		draft_offer(d, FIELD_OLDER, 20, url);
}

/* RFC 4287, section 4.1.3.2: the content is elsewhere. */
static void
out_of_line(struct walk *w, const char **atts, const char *src)
{
	const char *type = walk_attribute(atts, "type");

	if (type == NULL || starts(type, "text/") ||
	    strcasestr(type, "html") != NULL)
		draft_offer(walk_draft(w), FIELD_LINK, 3, walk_link(w, src));
	else
		draft_add_enclosure(walk_draft(w), w->mem, walk_link(w, src));
}

void
atom_start(struct walk *w, const struct word *word, const char **atts)
{
	const char *s;

	switch (word->element) {
	case ELEMENT_LINK:
		atom_link(w, atts);
		break;
	case ELEMENT_PERSON:
		w->name = w->email = w->uri = "";
		break;
	case ELEMENT_CATEGORY:
		s = walk_attribute(atts, "term");
		draft_add_category(walk_draft(w), w->mem, walk_line(w, s));
		w->label = walk_line(w, walk_attribute(atts, "label"));
		break;
	case ELEMENT_TEXT:
		if (word->kind == KIND_ATOM)
			w->kind = text_kind(w, atts);
		if (word->field == FIELD_CONTENT &&
		    (s = walk_attribute(atts, "src")) != NULL)
			out_of_line(w, atts, s);
		break;
	default:
		break;
	}
}

/* Decode in place (RFC 4648); what is no base64 is passed over. */
static void
decode_base64(struct buf *b)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *found;
	unsigned long bits = 0;
	size_t i, n = 0, have = 0;

	for (i = 0; i < b->len && b->data[i] != '='; i++) {
		if (b->data[i] == '\0' ||
		    (found = strchr(digits, b->data[i])) == NULL)
			continue;
		bits = bits << 6 | (unsigned long)(found - digits);
		have += 6;
		if (have >= 8) {
			have -= 8;
			b->data[n++] = (char)(bits >> have & 0xff);
		}
	}
	b->data[n] = '\0';
	b->len = n;
}

/* Text that is in base64 is text where it turns out to be UTF-8. */
static void
end_base64(struct walk *w)
{
	struct buf *b = collect_buf(&w->text);
	bool wide;

	decode_base64(b);
	if (!charset_is_utf8(b->data, b->len, &wide) ||
	    memchr(b->data, '\0', b->len) != NULL)
		collect_reset(&w->text);
	else
		w->kind = KIND_HTML;
}

void
atom_end(struct walk *w)
{
	const char *s;

	if (w->leaf->element == ELEMENT_TEXT) {
		if (w->base64)
			end_base64(w);
		return;
	}
	s = walk_plain(w);
	switch (w->leaf->element) {
	case ELEMENT_PERSON:		/* without children */
	case ELEMENT_PERSON_NAME:
		w->name = s;
		break;
	case ELEMENT_PERSON_EMAIL:
		w->email = s;
		break;
	case ELEMENT_PERSON_URI:
		w->uri = s;
		break;
	case ELEMENT_CATEGORY:
		draft_add_category(walk_draft(w), w->mem, w->label);
		draft_add_category(walk_draft(w), w->mem, s);
		break;
	case ELEMENT_LINK:
		draft_offer(walk_draft(w), FIELD_LINK, 20, walk_link(w, s));
		break;
	default:
		break;
	}
}

void
atom_person_end(struct walk *w, enum place parent)
{
	const char *s = w->name;

	if (*s == '\0')
		s = *w->email != '\0' ? w->email : w->uri;
	draft_add_author(parent == PLACE_FEED ? &w->channel : &w->item,
	    w->mem, parent == PLACE_SOURCE ? 5 : 29, s);
	w->name = w->email = w->uri = "";
}
