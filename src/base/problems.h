/*
 * problems - everything that is wrong with a configuration, collected.
 *
 * Each problem is one line "file:line: text" for the person who can mend it.
 * Warnings do not stop a start; errors do. The list owns its strings.
 */
#ifndef BASE_PROBLEMS_H
#define BASE_PROBLEMS_H

#include <stdbool.h>
#include <stddef.h>

struct problem {
	char	*where;		/* "rules.d/chips.conf:12", or "" */
	char	*text;
	bool	 warning;
};

struct problems {
	struct problem	*list;
	size_t		 n, cap;
	size_t		 errors;	/* those that are not warnings */
};

void	 problems_init(struct problems *);
void	 problems_clear(struct problems *);
void	 problems_error(struct problems *, const char *where, const char *, ...)
	    __attribute__((format(printf, 3, 4)));
void	 problems_warning(struct problems *, const char *where, const char *, ...)
	    __attribute__((format(printf, 3, 4)));
/*
 * The candidate nearest to word by edit distance, if near enough to be a
 * misspelling, else NULL: for "did you mean". Borrowed from the list.
 */
const char *problems_nearest(const char *word, const char *const *, size_t);

#endif
