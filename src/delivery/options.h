/*
 * options - are a notifier's settings what its plugin asks for?
 *
 * Pure: takes the table that the plugin declared in its HELLO and the options
 * of the configuration. Each problem is one error at the line of the option,
 * or at the notifier's own line for what is missing.
 *
 * An option given as NAME_file has the name NAME and is_file set.
 *
 * Checked: unknown option (with "did you mean"), given twice, required but
 * missing, a list where one value is wanted, an empty value of a required
 * option, the type (NUMBER: a whole number; BOOLEAN: true or false; DURATION:
 * as base/duration), an element of an EACH option that is there twice, and
 * NAME_file for an option that is no secret.
 */
#ifndef DELIVERY_OPTIONS_H
#define DELIVERY_OPTIONS_H

#include "base/arena.h"
#include "base/problems.h"
#include "config/config.h"
#include "delivery/protocol.h"

/* Adds what is wrong to problems; returns the number of errors added. */
size_t	notify_options_check(const struct config_notifier *,
	    const struct notify_hello *, struct problems *);
/* Is the text a value of this type? -1 with a sentence when not. */
int	notify_value_check(enum notify_type, const char *, struct error *);

/*
 * The EACH option's elements: one delivery goes to each. Borrowed from the
 * config; NULL and *n = 0 when the plugin has no such option: then there is
 * one delivery, with recipient "".
 */
const char **notify_options_recipients(const struct config_notifier *,
	    const struct notify_hello *, size_t *n);

/* What goes into CONFIGURE but the network's allow list; the arrays come from
   the arena, the strings are borrowed from the config. */
void	notify_options_settings(const struct config_notifier *,
	    struct arena *, struct notify_settings *);

#endif
