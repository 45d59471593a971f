#include "feed/dateparts.h"

#include <ctype.h>
#include <string.h>

static int
take_digits(struct date_parts *s, int *len)
{
	int value = 0;

	for (*len = 0; s->p < s->end && isdigit((unsigned char)*s->p); s->p++) {
		if (value < 100000000)
			value = value * 10 + (*s->p - '0');
		(*len)++;
	}
	return value;
}

static bool
digit_at(const struct date_parts *s, size_t i)
{
	return (size_t)(s->end - s->p) > i && isdigit((unsigned char)s->p[i]);
}

/* "+0100", "-05:00", "+1", behind the sign. */
static void
take_offset(struct date_parts *s, int sign)
{
	int len, value = take_digits(s, &len), minutes = 0;

	if (len == 3 || len == 4) {
		minutes = value % 100;
		value /= 100;
	} else if (len > 4)
		s->bad = true;
	else if (s->p < s->end && (*s->p == ':' ||
	    (*s->p == '.' && digit_at(s, 2)))) {
		s->p++;
		if (!digit_at(s, 0))
			s->bad = true;
		minutes = take_digits(s, &len);
		if (s->p < s->end && *s->p == ':' && digit_at(s, 1)) {
			s->p++;			/* seconds, of no zone today */
			take_digits(s, &len);
		}
	}
	if (value <= 15 && minutes <= 59)	/* no place is further off */
		s->offset = sign * (value * 60 + minutes);
	s->offset_set = true;
}

/* The rest of "10:14:55.123" or "10.14" when the hour is read. */
static void
take_time(struct date_parts *s, int hour)
{
	char mark = *s->p;
	int len;

	s->time = true;
	s->hour = hour;
	s->p++;
	s->minute = take_digits(s, &len);
	if (s->p < s->end && *s->p == mark && (mark == ':' || digit_at(s, 1))) {
		s->p++;
		if (!digit_at(s, 0))
			s->bad = true;
		s->second = take_digits(s, &len);
	}
	if (s->p < s->end && (*s->p == '.' || *s->p == ',') && digit_at(s, 1)) {
		s->p++;
		take_digits(s, &len);
	}
}

static size_t
word_length(const struct date_parts *s)
{
	const char *p = s->p;

	for (; p < s->end; p++)
		if (!isalpha((unsigned char)*p) && (unsigned char)*p < 0x80 &&
		    !(p > s->p && (*p == '_' || *p == '/') &&
		    p + 1 < s->end && isalpha((unsigned char)p[1])) &&
		    !(*p == '.' && p > s->p && p + 1 < s->end &&
		    isalpha((unsigned char)p[1])))
			break;
	return (size_t)(p - s->p);
}

/* Are the numbers there that a date needs? */
static bool
has_date(const struct date_parts *s)
{
	return s->n == DATE_NUMBERS || (s->n == 2 && s->month != 0 &&
	    (!s->month_first || s->num[1].len == 4));
}

/* "14h30", "14時30分": the number before is an hour, by the word behind it. */
static bool
take_marked_time(struct date_parts *s, int hour)
{
	const char *p = s->p;
	size_t n = dateword_hour(p, (size_t)(s->end - p));
	int len;

	if (n == 0 || s->time)
		return false;
	s->time = true;
	s->hour = hour;
	for (s->p += n; s->p < s->end && *s->p == ' '; s->p++)
		;
	if (!digit_at(s, 0))
		return true;
	s->minute = take_digits(s, &len);
	s->p += dateword_minute(s->p, (size_t)(s->end - s->p));
	return true;
}

/* "143000", "1430" behind the date. */
static void
take_compact_time(struct date_parts *s, int value, int len)
{
	s->time = true;
	s->second = len == 6 ? value % 100 : 0;
	value /= len == 6 ? 100 : 1;
	s->hour = value / 100;
	s->minute = value % 100;
}

/* A number that is part of the time, whatever follows it. */
static bool
take_clock(struct date_parts *s, int value, int len)
{
	if (s->time)
		return false;
	if (s->p < s->end && len <= 2 && digit_at(s, 1) && (*s->p == ':' ||
	    (*s->p == '.' && has_date(s)))) {
		take_time(s, value);
		return true;
	}
	if (len <= 2 && take_marked_time(s, value))
		return true;
	if ((len == 4 || len == 6) && has_date(s)) {
		take_compact_time(s, value, len);
		return true;
	}
	return false;
}

/* A number that is part of the date, or an hour as in "3pm". */
static void
take_number(struct date_parts *s, char before)
{
	bool glued = s->zone != NULL && isalpha((unsigned char)s->p[-1]);
	int len, value = take_digits(s, &len);
	size_t w;

	if (glued) {			/* "PST8PDT", "UTC0" */
		s->p += word_length(s);
		return;
	}
	if (take_clock(s, value, len))
		return;
	w = word_length(s);
	if (w > 0 && !s->time && len <= 2 && dateword_half(s->p, w) != 0) {
		s->time = true;
		s->hour = value;
		return;
	}
	if (w == 2 && (strncmp(s->p, "st", 2) == 0 ||
	    strncmp(s->p, "nd", 2) == 0 || strncmp(s->p, "rd", 2) == 0 ||
	    strncmp(s->p, "th", 2) == 0))
		s->p += 2;
	if (s->n == DATE_NUMBERS) {
		/* "2004-01-01T19Z", the hour alone */
		if (s->time || len != 2 || (s->p[-3] | 0x20) != 't')
			s->bad = true;
		s->time = true;
		s->hour = value;
		return;
	}
	s->num[s->n++] = (struct date_number){ value, len, before };
}

/* A letter in a number's place: "Dec x 2012". "2024 m. kovo 5 d." and "5 de
   marzo a las" have letters, too. */
static bool
is_placeholder(const struct date_parts *s)
{
	return s->n < 2 && (s->n > 0 || s->month != 0) &&
	    (s->p == s->end || *s->p != '.');
}

static void
take_word(struct date_parts *s, char before)
{
	const char *w = s->p;
	size_t n = word_length(s);
	int found;

	s->p += n;
	if ((found = dateword_half(w, n)) != 0) {
		s->half = found;
		return;
	}
	if (s->time && (s->zone == NULL || s->zone->minutes == 0) &&
	    dateword_zone(w, n) != NULL && !s->offset_set) {
		s->zone = dateword_zone(w, n);
		return;
	}
	if (n == 1 && (*w == 'T' || *w == 't'))
		return;
	if (n == 3 && s->n == 0 && (found = dateword_weekday(w, n)) >= 0) {
		s->weekday = found;
		return;
	}
	if ((found = dateword_month(w, n)) != 0) {
		if (s->month == 0 || (s->month_first && s->n > 0)) {
			s->month_first = s->n == 0;
			s->month = found;
		}
		return;
	}
	if ((found = dateword_weekday(w, n)) >= 0)
		s->weekday = found;
	else if (!s->time && (unsigned char)*w < 0x80 &&
	    ((before == '-' && s->n > 0) || (n == 1 && is_placeholder(s))))
		s->bad = true;
	else if (!s->time && s->n > 0 && n >= 3 && (unsigned char)*w < 0x80)
		s->month_unknown = true;
}

void
dateparts_read(struct date_parts *s)
{
	char before = '\0', c;

	while (s->p < s->end && !s->bad) {
		c = *s->p;
		if (c == '(' && s->time && (s->offset_set || s->zone != NULL))
			break;		/* "(Coordinated Universal Time)" */
		if (s->end - s->p > 3 && memcmp(s->p, "\u2212", 3) == 0 &&
		    s->time && digit_at(s, 3)) {
			s->p += 3;	/* a true minus */
			take_offset(s, -1);
			continue;
		}
		if (isdigit((unsigned char)c))
			take_number(s, before);
		else if (isalpha((unsigned char)c) || (unsigned char)c >= 0x80)
			take_word(s, before);
		else if ((c == '+' || c == '-') && !s->offset_set &&
		    (s->time || (c == '+' && s->n == DATE_NUMBERS))) {
			s->p++;
			if (digit_at(s, 0))
				take_offset(s, c == '-' ? -1 : 1);
			else if (s->p < s->end &&
			    isalpha((unsigned char)*s->p))
				s->bad = true;
		} else {
			before = c;
			s->p++;
			continue;
		}
		before = '\0';
	}
}

int
dateparts_year(const struct date_number *n)
{
	if (n->len == 3 && n->value < 200)
		return n->value + 1900;	/* as C counts them */
	if (n->len > 2)
		return n->value;
	return n->value < 50 ? n->value + 2000 : n->value + 1900;
}

void
dateparts_compact(struct date_parts *s)
{
	static const char *const form[] = { [5] = "23", [6] = "222",
	    [7] = "43", [8] = "422" };
	const char *f;
	size_t len = 0;
	int i;

	while (digit_at(s, len))
		len++;
	if (len == 14 || len == 12) {	/* with the time */
		s->time = true;
		s->hour = (s->p[8] - '0') * 10 + s->p[9] - '0';
		s->minute = (s->p[10] - '0') * 10 + s->p[11] - '0';
		if (len == 14)
			s->second = (s->p[12] - '0') * 10 + s->p[13] - '0';
	} else if (len < 5 || len > 8)
		return;
	for (f = form[len > 8 ? 8 : len]; *f != '\0'; f++) {
		s->num[s->n].len = *f - '0';
		s->num[s->n].before = s->n == 0 ? '\0' : '-';
		for (i = 0; i < *f - '0'; i++)
			s->num[s->n].value = s->num[s->n].value * 10 +
			    *s->p++ - '0';
		s->n++;
	}
	if (len == 5) {
		s->num[0].value = dateparts_year(&s->num[0]);
		s->num[0].len = 4;
	}
	if (len > 8)
		s->p += len - 8;
	else if (digit_at(s, 1) && (*s->p == 'T' || *s->p == 't')) {
		s->p++;			/* "T101455": the compact time */
		for (len = 0; digit_at(s, len); )
			len++;
		if (len != 4 && len != 6)
			return;
		s->time = true;
		s->hour = (s->p[0] - '0') * 10 + s->p[1] - '0';
		s->minute = (s->p[2] - '0') * 10 + s->p[3] - '0';
		if (len == 6)
			s->second = (s->p[4] - '0') * 10 + s->p[5] - '0';
		s->p += len;
	}
}
