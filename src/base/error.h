/*
 * error - one sentence about what went wrong, on the caller's stack.
 *
 * Every function that can fail for a reason a person should read takes a
 * struct error * as its last argument, returns -1 (or NULL) and leaves one
 * sentence in it, UTF-8, without a trailing newline. Nothing to free. NULL is
 * accepted where the caller does not care.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

struct error {
	char text[512];
};

/* Set the sentence; longer text is cut. Always returns -1. */
int	 error_set(struct error *, const char *, ...)
	    __attribute__((format(printf, 2, 3)));
/* The same, followed by ": " and strerror(errno). Always returns -1. */
int	 error_errno(struct error *, const char *, ...)
	    __attribute__((format(printf, 2, 3)));
/* Put "prefix: " in front of what is there. Always returns -1. */
int	 error_prefix(struct error *, const char *, ...)
	    __attribute__((format(printf, 2, 3)));

#endif
