/*
 * describe - what a plugin is and which options it has, as text for people.
 */
#ifndef NOTIFY_DESCRIBE_H
#define NOTIFY_DESCRIBE_H

#include <stdio.h>

#include "delivery/protocol.h"

void	describe_print(FILE *, const struct notify_hello *);

#endif
