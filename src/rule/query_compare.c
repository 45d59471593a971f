/* Comparing the fields that are no running text. */
#include <fnmatch.h>
#include <string.h>
#include <strings.h>

#include "rule/query.h"
#include "text/fold.h"

#define FOLD_MAX 1024

/* The host of a URL, without user and port. */
static const char *
host_of(const char *url, size_t *len)
{
	const char *s = strstr(url, "://"), *at;

	*len = 0;
	if (s == NULL)
		return "";
	s += 3;
	*len = strcspn(s, "/?#");
	at = memchr(s, '@', *len);
	if (at != NULL) {
		*len -= (size_t)(at + 1 - s);
		s = at + 1;
	}
	for (size_t i = 0; i < *len; i++)
		if (s[i] == ':' && *s != '[')
			*len = i;
	return s;
}

static bool
folds_to(const char *s, size_t len, const char *want)
{
	char folded[FOLD_MAX];
	size_t n = fold_word(s, len, folded, sizeof(folded));

	if (n == 0)
		return len == strlen(want) && strncasecmp(s, want, len) == 0;
	return n == strlen(want) && memcmp(folded, want, n) == 0;
}

static bool
glob(const struct query_run *r, const char *pattern, const char *s, size_t len)
{
	return fnmatch(pattern, arena_strndup(r->mem, s, len),
	    FNM_CASEFOLD) == 0;
}

/* What the colon means for each field. */
static bool
has(const struct query_run *r, const struct query_compare *q, const char *s,
    size_t len)
{
	size_t n = strlen(q->text);

	if (strchr(q->text, '*') != NULL)
		return glob(r, q->text, s, len);
	switch (q->field) {
	case FIELD_LANG:
		return len >= n && strncasecmp(s, q->text, n) == 0 &&
		    (len == n || s[n] == '-' || s[n] == '_');
	case FIELD_SITE:
		return len >= n && strncasecmp(s + len - n, q->text, n) == 0 &&
		    (len == n || s[len - n - 1] == '.');
	case FIELD_LINK:
		return strcasestr(s, q->text) != NULL;
	default:
		return folds_to(s, len, q->text);
	}
}

static bool
string_holds(const struct query_run *r, const struct query_compare *q,
    const char *s, size_t len)
{
	size_t start, end;

	if (q->regex != TERM_NONE)
		return regex_find(r->pool->regexes[q->regex].re, r->regex, s,
		    len, 0, &start, &end) == 1;
	if (q->relop == REL_HAS)
		return has(r, q, s, len);
	return strchr(q->text, '*') != NULL ? glob(r, q->text, s, len) :
	    folds_to(s, len, q->text);
}

static bool
any_holds(const struct query_run *r, const struct query_compare *q,
    const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (string_holds(r, q, list[i], strlen(list[i])))
			return true;
	return false;
}

static bool
number_holds(enum rule_relop relop, int64_t have, int64_t want)
{
	switch (relop) {
	case REL_EQ: return have == want;
	case REL_NE: return have != want;
	case REL_LT: return have < want;
	case REL_LE: return have <= want;
	case REL_GT: return have > want;
	case REL_GE: return have >= want;
	default: return false;
	}
}

/* An article without a date has just been found: its age is 0. */
int64_t
query_age(const struct query_run *r)
{
	const struct article *a = r->doc->article;
	int64_t then = a->published != ARTICLE_NO_TIME ? a->published :
	    a->updated;

	return then == ARTICLE_NO_TIME || then > r->context->now ? 0 :
	    r->context->now - then;
}

int64_t
query_words(const struct query_run *r)
{
	return r->doc->range[DOC_BODY].end - r->doc->range[DOC_TITLE].start;
}

static bool
field_holds(const struct query_run *r, const struct query_compare *q)
{
	const struct article *a = r->doc->article;
	const struct match_context *c = r->context;
	const char *s = "";
	size_t len;

	switch (q->field) {
	case FIELD_CATEGORY:
		return any_holds(r, q, (const char *const *)a->categories,
		    a->ncategories);
	case FIELD_TAG:
		return any_holds(r, q, (const char *const *)c->tags, c->ntags);
	case FIELD_SITE:
		s = host_of(a->link, &len);
		return string_holds(r, q, s, len);
	case FIELD_TITLE: s = a->title; break;
	case FIELD_BODY: s = article_body(a); break;
	case FIELD_AUTHOR: s = a->author; break;
	case FIELD_FEED: s = c->feed; break;
	case FIELD_LANG: s = a->lang; break;
	case FIELD_LINK: s = a->link; break;
	default: break;
	}
	return string_holds(r, q, s, strlen(s));
}

bool
query_compare_holds(const struct query_run *r, const struct query_compare *q)
{
	if (q->field == FIELD_AGE)
		return number_holds((enum rule_relop)q->relop, query_age(r),
		    q->number);
	if (q->field == FIELD_WORDS)
		return number_holds((enum rule_relop)q->relop, query_words(r),
		    q->number);
	return field_holds(r, q) != (q->relop == REL_NE ||
	    q->relop == REL_NOMATCH);
}
