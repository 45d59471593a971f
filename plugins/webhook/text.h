/*
 * text - a string for a service with a limit, cut and escaped rightly.
 *
 * The limit counts UTF-16 units: what Telegram counts, and never less than the
 * characters others count. An escape is counted whole and never cut, nor is
 * what a reader takes for one character (a flag, an accented letter). What did
 * not fit ends in an ellipsis. Without memory the process ends with a word.
 */
#ifndef WEBHOOK_TEXT_H
#define WEBHOOK_TEXT_H

#include <jansson.h>
#include <stddef.h>

/* What stands for an ASCII character; NULL = itself. */
typedef const char *text_escape(char);

struct text {
	char	*data;		/* UTF-8 */
	size_t	 len, cap;	/* bytes */
	size_t	 units;		/* UTF-16 units so far */
};

void	 text_init(struct text *);
void	 text_clear(struct text *);
/* Add s in at most max units; escape may be NULL. */
void	 text_add(struct text *, const char *s, size_t max, text_escape *);
/* Add as it is: for what the template itself says. */
void	 text_raw(struct text *, const char *);
/* The string as JSON; clears the text. */
json_t	*text_json(struct text *);

/* UTF-16 units of a string, escaped. */
size_t	 text_cost(const char *, text_escape *);

text_escape text_slack;		/* & < > */
text_escape text_markdown;	/* Discord, Teams: a backslash before punctuation */
/* A URL inside of markdown's ( ): parentheses as %28, %29. */
text_escape text_markdown_url;

#endif
