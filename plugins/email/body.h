/*
 * body - what an alert looks like in a mail: as text and as HTML, both
 * quoted-printable (RFC 2045, 6.7), so that no line is too long, no bare CR or
 * LF occurs and no line begins with a dot or "From ".
 *
 * Feed text is escaped; links are http or https; nothing is loaded from
 * elsewhere.
 */
#ifndef EMAIL_BODY_H
#define EMAIL_BODY_H

#include <newsalertd/notifier.h>
#include <stddef.h>
#include <stdio.h>

void	body_text(FILE *, const struct notifier_alert *const *, size_t);
void	body_html(FILE *, const struct notifier_alert *const *, size_t);
/* Write the n bytes of text, whose lines end with '\n', quoted-printable. */
void	body_quote(FILE *, const char *text, size_t n);

#endif
