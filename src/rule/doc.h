/*
 * doc - one article as text queries see it: where each term stands.
 *
 * Positions number the words of the article from 0: title, body, author,
 * categories (each of these on its own line), in this order. Words, numbers,
 * currency and percent signs have a position, punctuation and the possessive
 * 's have none. A doc is filled again for every article and keeps its memory;
 * it belongs to one thread.
 *
 * doc_look finds what terms are there, which decides for most articles that no
 * rule matches and for simple rules that they do; only doc_place finds where.
 */
#ifndef RULE_DOC_H
#define RULE_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "article/article.h"
#include "base/arena.h"
#include "rule/span.h"
#include "rule/terms.h"
#include "text/text.h"

struct analysis;
struct vocabulary;

enum doc_field { DOC_TITLE, DOC_BODY, DOC_AUTHOR, DOC_CATEGORY, DOC_NFIELDS };

/* Where a term stands: a chain through hits. */
struct doc_chain {
	uint32_t	n;
	uint32_t	first, last;
};

struct doc_hit {
	struct span	span;
	uint32_t	next;
};

struct doc {
	const struct terms	*terms;
	const struct lexicon	*lexicon;
	const struct article	*article;
	const struct vocabulary	*vocabulary;
	struct text		*text;
	struct analysis		*analysis;	/* or NULL: none was needed */
	const uint64_t		*asked;		/* see analysis_ask; else NULL */
	struct arena		 work;		/* dies with the article */
	uint64_t		*met;		/* a bit a term: it is there */
	uint64_t		*met_main;	/* the same, in title or body */
	const uint64_t		*main;		/* met_main, or met if all is in these */
	bool			 divided;	/* the text has its sentences */
	bool			 placed;	/* all below but present is made */
	struct doc_chain	*chains;	/* of the present, in their order */
	struct doc_hit		*hits;
	size_t			 nhits, hits_cap;
	uint32_t		*present;	/* terms, in the order met */
	uint32_t		*rank;		/* by term: its place there, if met */
	size_t			 npresent, chains_cap;
	uint32_t		*token_at;	/* token of a position */
	size_t			 npositions, positions_cap;
	struct span		 range[DOC_NFIELDS];	/* start, end exclusive */
	uint32_t		 lead_end;	/* end of the first body sentence */
};

void	 doc_init(struct doc *, const struct terms *);
void	 doc_clear(struct doc *);

/* What of an article is looked at. */
#define DOC_EXTRA	1u	/* author and categories, too */
#define DOC_ANALYSE	2u	/* keys of the vocabulary, as doc_analyse */

/* The article is borrowed until the next call. */
void	 doc_look(struct doc *, const struct article *,
	    const struct vocabulary *, unsigned what);
/* Later, if it turns out to be needed. Again: nothing is done. */
void	 doc_analyse(struct doc *);
/* Needed before all that tells of positions. Again: nothing is done. */
void	 doc_place(struct doc *);

/* Is the term there, somewhere; is it in title or body, where rules look. */
static inline bool
doc_has(const struct doc *d, uint32_t term)
{
	return d->met[term / 64] >> term % 64 & 1;
}
static inline bool
doc_has_main(const struct doc *d, uint32_t term)
{
	return d->main[term / 64] >> term % 64 & 1;
}
/* A term that every article has. */
static inline uint32_t
doc_always(const struct doc *d)
{
	return terms_count(d->terms);
}

/* The spans of a term within positions [lo, hi), in the arena. */
struct spans doc_spans(const struct doc *, struct arena *, uint32_t term,
	    uint32_t lo, uint32_t hi);
static inline const struct text_token *
doc_token(const struct doc *d, uint32_t position)
{
	return &d->text->tokens[d->token_at[position]];
}
const struct text_sentence *doc_sentence(const struct doc *,
	    uint32_t position);
bool	 doc_same_paragraph(const struct doc *, uint32_t, uint32_t);
enum doc_field doc_field_of(const struct doc *, uint32_t position);

#endif
