/*
 * check - what no single setting can know: names used twice, rules that notify
 * nobody, addresses that are none. Adds to problems; changes nothing.
 */
#ifndef CONFIG_CHECK_H
#define CONFIG_CHECK_H

#include "config/config.h"

void	config_check(const struct config *, unsigned flags, struct problems *);

#endif
