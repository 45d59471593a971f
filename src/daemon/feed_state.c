#include "daemon/feed_state.h"

#include <string.h>

static enum poll_outcome
outcome_of(const char *name)
{
	for (int o = 0; o < POLL_OUTCOMES; o++)
		if (strcmp(poll_outcome_name((enum poll_outcome)o), name) == 0)
			return (enum poll_outcome)o;
	return POLL_OK;
}

void
feed_state_load(const struct store_feed *row, const struct config_feed *f,
    int64_t now, struct arena *mem, struct poll_state *s)
{
	bool same = row != NULL && strcmp(row->config_url, f->url) == 0;

	poll_state_init(s, f->url, now);
	if (row == NULL)
		return;
	/* Another URL is the same feed: its articles are known. */
	s->known = row->known;
	s->last_new = row->last_new;
	s->interval = row->interval;
	if (!same)
		return;
	s->url = row->errors < POLL_REDIRECT_DOUBT ? row->url : f->url;
	s->etag = row->etag;
	s->last_modified = row->last_modified;
	s->next_due = row->next_due;
	s->last_poll = row->last_poll;
	s->last_ok = row->last_ok;
	s->errors = row->errors;
	s->outcome = outcome_of(row->outcome);
	s->error = row->error;
	s->redirect = row->redirect;
	s->redirect_since = row->redirect_since;
	s->redirect_count = row->redirect_count;
	s->fresh_until = row->fresh_until;
	s->hold_until = row->hold_until;
	s->ttl = row->ttl;
	s->update_period = row->update_period;
	s->skip_hours = (uint32_t)row->skip_hours;
	s->skip_days = (uint32_t)row->skip_days;
	s->gone = row->gone;
	poll_state_get_extra(s, row->extra, row->extra_len, mem);
}

void
feed_state_save(const struct poll_state *s, const struct config_feed *f,
    struct buf *extra, struct store_feed *row)
{
	row->config_url = f->url;
	row->url = s->url;
	row->etag = s->etag;
	row->last_modified = s->last_modified;
	row->next_due = s->next_due;
	row->last_poll = s->last_poll;
	row->last_ok = s->last_ok;
	row->last_new = s->last_new;
	row->interval = s->interval;
	row->errors = s->errors;
	row->outcome = poll_outcome_name(s->outcome);
	row->error = s->error;
	row->redirect = s->redirect;
	row->redirect_since = s->redirect_since;
	row->redirect_count = s->redirect_count;
	row->fresh_until = s->fresh_until;
	row->hold_until = s->hold_until;
	row->ttl = s->ttl;
	row->update_period = s->update_period;
	row->skip_hours = s->skip_hours;
	row->skip_days = s->skip_days;
	row->known = s->known;
	row->gone = s->gone;
	buf_reset(extra);
	poll_state_put_extra(s, extra);
	row->extra = extra->data;
	row->extra_len = extra->len;
}

void
feed_state_row(const struct config_feed *f, struct store_feed *row)
{
	memset(row, 0, sizeof(*row));
	row->name = f->name;
	row->config_url = row->url = f->url;
	row->etag = row->last_modified = row->outcome = row->error = "";
	row->redirect = row->title = row->link = row->format = "";
}
