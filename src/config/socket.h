/*
 * socket - where the control socket is, without reading all else.
 *
 * newsalertctl asks a running daemon even while the configuration has errors.
 */
#ifndef CONFIG_SOCKET_H
#define CONFIG_SOCKET_H

#include "base/arena.h"
#include "base/error.h"

/*
 * The path as the main file says, or the default where it says none. NULL when
 * the file cannot be read. Lives in the arena.
 */
const char *config_socket(const char *path, struct arena *, struct error *);

#endif
