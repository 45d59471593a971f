/*
 * login - the user and password that stand in a URL, apart from it: what is
 * shown, stored and sent on must not hold them. Pure.
 */
#ifndef CONFIG_LOGIN_H
#define CONFIG_LOGIN_H

#include "base/arena.h"

/*
 * "https://user:secret@host/" as "https://host/", and what was before the '@'
 * decoded (RFC 3986 3.2.1). A URL without it, or with an '@' too many, comes
 * back as it is, and user and password are left alone.
 */
const char *login_take(const char *url, struct arena *, const char **user,
	    const char **password);

#endif
