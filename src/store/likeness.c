/*
 * Which alerts are the same news: one story syndicated to several feeds
 * carries the same link, give or take what trackers add to it, or the same
 * title with the same matching words.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "article/evidence.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "store/alerts.h"

#define LINK_MAX_BYTES 8192

/* Query parameters that say who sent the reader, not which page it is. */
static bool
tracks(const char *name, size_t len)
{
	static const char *const whole[] = { "fbclid", "gclid", "dclid",
	    "gbraid", "wbraid", "msclkid", "yclid", "igshid", "mc_cid",
	    "mc_eid", "cmpid", "ncid", "ocid", "ref_src", "_hsenc", "_hsmi" };
	static const char *const start[] = { "utm_", "at_", "pk_", "mtm_" };

	for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++)
		if (strlen(whole[i]) == len &&
		    strncasecmp(whole[i], name, len) == 0)
			return true;
	for (size_t i = 0; i < sizeof(start) / sizeof(start[0]); i++)
		if (len > strlen(start[i]) &&
		    strncasecmp(start[i], name, strlen(start[i])) == 0)
			return true;
	return false;
}

/* The parameters that are left; true if there are any. */
static bool
add_query(struct buf *b, const char *query, size_t len)
{
	const char *end = query + len;
	bool any = false;

	while (query < end) {
		size_t n = 0, name;

		while (query + n < end && query[n] != '&' && query[n] != ';')
			n++;
		for (name = 0; name < n && query[name] != '='; name++)
			;
		if (n > 0 && !tracks(query, name)) {
			buf_addc(b, any ? '&' : '?');
			buf_add(b, query, n);
			any = true;
		}
		query += n + (query + n < end);
	}
	return any;
}

/* Host in lower case, without "www.", the default port and a last dot. */
static void
add_host(struct buf *b, const char *host, size_t len)
{
	if (len > 4 && strncasecmp(host, "www.", 4) == 0)
		host += 4, len -= 4;
	if (len > 3 && memcmp(host + len - 3, ":80", 3) == 0)
		len -= 3;
	else if (len > 4 && memcmp(host + len - 4, ":443", 4) == 0)
		len -= 4;
	if (len > 1 && host[len - 1] == '.')
		len--;
	for (size_t i = 0; i < len; i++)
		buf_addc(b, (char)tolower((unsigned char)host[i]));
}

/*
 * The link as a name of the page: scheme, fragment, trackers and a slash at
 * the end do not count. 0 for what names no article of its own.
 */
static int64_t
link_key(const char *link)
{
	const char *host = strstr(link, "://");
	const char *path, *query;
	struct buf b;
	int64_t key = 0;
	size_t n;
	bool more;

	if (host == NULL)
		return 0;
	host += 3;
	n = strcspn(host, "/?#");
	path = host + n;
	buf_init(&b, LINK_MAX_BYTES);
	add_host(&b, host, n);
	n = strcspn(path, "?#");
	query = path + n;
	while (n > 0 && path[n - 1] == '/')
		n--;
	buf_add(&b, path, n);
	more = n > 0;
	/* "#!/story/5" is a page, "#comments" a place in one. */
	if (*query == '?')
		more |= add_query(&b, query + 1, strcspn(query + 1, "#"));
	query = strchr(link, '#');
	if (query != NULL && query[1] == '!') {
		buf_adds(&b, query);
		more = true;
	}
	if (more && !b.full)
		key = hash_key((const char *[]){ b.data }, 1);
	buf_clear(&b);
	return key;
}

/* Letters and digits count; case, spaces and punctuation do not (ASCII). */
static void
add_plain(struct buf *b, const char *text)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c >= 0x80 || isalnum(c))
			buf_addc(b, (char)tolower(c));
	}
	buf_addc(b, '\n');
}

void
store_likeness(const char *link, const char *title, const struct evidence *e,
    struct store_likeness *like)
{
	struct buf b;

	like->link_key = link_key(link);
	like->title_key = 0;
	if (title[0] == '\0')
		return;
	buf_init(&b, 1u << 20);
	add_plain(&b, title);
	add_plain(&b, e->sentence);
	for (size_t i = 0; i < e->nparts; i++)
		add_plain(&b, e->parts[i].text);
	like->title_key = hash_key((const char *[]){ b.data }, 1);
	buf_clear(&b);
}
