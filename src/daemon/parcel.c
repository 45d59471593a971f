#include "daemon/parcel.h"

#include <inttypes.h>
#include <string.h>

#include "article/evidence.h"
#include "base/hash.h"

static const char *
priority_name(int priority)
{
	return priority <= 0 ? "low" : priority == 1 ? "normal" : "high";
}

void
parcel_alert(const struct store_parcel *p, struct arena *mem,
    struct notify_alert *a)
{
	const struct article *article = &p->article.article;

	memset(a, 0, sizeof(*a));
	a->delivery_id = p->delivery.id;
	a->attempt = (uint32_t)p->delivery.attempts + 1;
	a->alert_id = arena_printf(mem, "%" PRId64, p->alert.id);
	a->recipient = p->delivery.recipient;
	a->rule = p->alert.rule;
	a->rule_text = p->alert.rule_text;
	a->priority = priority_name(p->alert.priority);
	a->feed = p->article.feed_name;
	a->feed_title = p->feed_title;
	a->feed_url = p->feed_url;
	a->title = article->title;
	a->link = article->link;
	a->author = article->author;
	a->text = article_body(article);
	a->published = article->published == ARTICLE_NO_TIME ? 0 :
	    article->published;
	a->found = p->alert.found;
	a->evidence = p->alert.evidence;
	a->evidence_len = p->alert.evidence_len;
}

#define SAMPLE "NVIDIA shares dropped 12% in pre-market trading"

/* The parts of the sample: where they stand, and how they were read. */
static const struct evidence_part sample_parts[] = {
	{ "owner", "NVIDIA", "title", 0, 6, "semiconductor" },
	{ "measure", "shares", "title", 7, 13, "stock" },
	{ "predicate", "dropped", "title", 14, 21, "down" },
	{ "amount", "12%", "title", 22, 25, "> 5%" },
};

void
parcel_sample(int64_t now, const char *recipient, struct arena *mem,
    struct notify_alert *a)
{
	struct evidence_part parts[4];
	struct evidence e = { SAMPLE, "title", 0, sizeof(SAMPLE) - 1, parts,
		4, "" };
	char *id = arena_alloc(mem, HASH_ID_SIZE);
	struct buf b;

	memcpy(parts, sample_parts, sizeof(parts));
	hash_id((const char *[]){ "test", recipient, arena_printf(mem,
	    "%" PRId64, now) }, 3, id);
	buf_init(&b, 1 << 16);
	evidence_put(&b, &e);
	memset(a, 0, sizeof(*a));
	a->delivery_id = id;
	a->attempt = 1;
	a->test = true;
	a->alert_id = "0";
	a->recipient = recipient;
	a->rule = "newsalertctl-test";
	a->rule_text = "semiconductor stock down more than 5%";
	a->priority = "normal";
	a->feed = a->feed_title = "newsalertctl test";
	a->feed_url = "";
	a->title = SAMPLE;
	a->link = "https://example.org/this-is-a-test";
	a->author = "";
	a->text = "This is a test of newsalertd, asked for with newsalertctl "
	    "test. Nothing has happened.";
	a->published = a->found = now;
	a->evidence = arena_strndup(mem, b.data, b.len);
	a->evidence_len = b.len;
	buf_clear(&b);
}
