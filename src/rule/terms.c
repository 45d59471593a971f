#include "rule/terms.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

struct terms *
terms_new(void)
{
	return mem_zalloc(1, sizeof(struct terms));
}

void
terms_free(struct terms *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->n; i++)
		free((char *)(uintptr_t)t->list[i].text);
	free(t->list);
	free(t->words.term);
	free(t->keys.term);
	free(t->prefixes.slots);
	free(t->grams.slots);
	free(t);
}

static uint32_t
new_term(struct terms *t, enum term_kind kind, uint32_t value)
{
	t->list = mem_grow(t->list, t->n, &t->cap, sizeof(*t->list));
	t->list[t->n] = (struct term){ .kind = (uint8_t)kind, .value = value };
	return (uint32_t)t->n++;
}

static uint32_t
direct_term(struct terms *t, struct terms_direct *d, enum term_kind kind,
    uint32_t value)
{
	if (value >= d->n) {
		size_t n = d->n > 0 ? d->n : 1024;

		while (n <= value)
			n *= 2;
		d->term = mem_realloc(d->term, n, sizeof(*d->term));
		for (size_t i = d->n; i < n; i++)
			d->term[i] = TERM_NONE;
		d->n = n;
	}
	if (d->term[value] == TERM_NONE)
		d->term[value] = new_term(t, kind, value);
	t->list[d->term[value]].mentions++;
	return d->term[value];
}

uint32_t
terms_word(struct terms *t, uint32_t id)
{
	return id == 0 ? TERM_NONE : direct_term(t, &t->words, TERM_WORD, id);
}

uint32_t
terms_key(struct terms *t, uint32_t key)
{
	return direct_term(t, &t->keys, TERM_KEY, key);
}

static uint32_t
mix(uint32_t v)
{
	v ^= v >> 15;
	v *= 0x2c1b3c6dU;
	v ^= v >> 12;
	v *= 0x297a2d39U;
	return v ^ v >> 15;
}

/* The slot of a term with this value and text, or a free one. */
static uint32_t
slot(const struct terms *t, const struct terms_table *tab, uint32_t value,
    const char *text, size_t len)
{
	uint32_t i = mix(value) & tab->mask;

	for (; tab->slots[i] != 0; i = (i + 1) & tab->mask) {
		const struct term *x = &t->list[tab->slots[i] - 1];

		if (x->value == value && (text == NULL || (x->len == len &&
		    memcmp(x->text, text, len) == 0)))
			break;
	}
	return i;
}

static void
table_grow(struct terms *t, struct terms_table *tab)
{
	struct terms_table old = *tab;

	if (old.mask != 0 && old.n * 2 <= old.mask)
		return;
	tab->mask = old.mask == 0 ? 255 : old.mask * 2 + 1;
	tab->slots = mem_zalloc((size_t)tab->mask + 1, sizeof(*tab->slots));
	for (uint32_t i = 0; old.slots != NULL && i <= old.mask; i++)
		if (old.slots[i] != 0) {
			const struct term *x = &t->list[old.slots[i] - 1];

			tab->slots[slot(t, tab, x->value, x->text, x->len)] =
			    old.slots[i];
		}
	free(old.slots);
}

static uint32_t
table_term(struct terms *t, struct terms_table *tab, enum term_kind kind,
    uint32_t value, const char *text, size_t len)
{
	uint32_t i;

	table_grow(t, tab);
	i = slot(t, tab, value, text, len);
	if (tab->slots[i] == 0) {
		tab->slots[i] = new_term(t, kind, value) + 1;
		tab->n++;
		if (text != NULL) {
			t->list[t->n - 1].text = mem_strndup(text, len);
			t->list[t->n - 1].len = (uint8_t)len;
		}
	}
	t->list[tab->slots[i] - 1].mentions++;
	return tab->slots[i] - 1;
}

uint32_t
terms_prefix(struct terms *t, const char *s, size_t len)
{
	if (len == 0 || len > TERM_PREFIX_MAX)
		return TERM_NONE;
	t->lengths[(unsigned char)s[0]] |= 1ULL << len;
	return table_term(t, &t->prefixes, TERM_PREFIX,
	    (uint32_t)hash_bytes(s, len), s, len);
}

uint32_t
terms_gram(struct terms *t, uint32_t gram)
{
	uint32_t bit = mix(gram) >> 20;

	t->gram_bits[bit >> 6] |= 1ULL << (bit & 63);
	return table_term(t, &t->grams, TERM_GRAM, gram, NULL, 0);
}

uint32_t
terms_count(const struct terms *t)
{
	return (uint32_t)t->n;
}

bool
terms_has(const struct terms *t, enum term_kind kind)
{
	switch (kind) {
	case TERM_WORD: return t->words.n > 0;
	case TERM_KEY: return t->keys.n > 0;
	case TERM_PREFIX: return t->prefixes.n > 0;
	case TERM_GRAM: return t->grams.n > 0;
	}
	return false;
}

const struct term *
terms_get(const struct terms *t, uint32_t i)
{
	return &t->list[i];
}

size_t
terms_size(const struct terms *t)
{
	return sizeof(*t) + t->cap * sizeof(*t->list) +
	    (t->words.n + t->keys.n) * sizeof(uint32_t) +
	    ((size_t)t->prefixes.mask + t->grams.mask) * sizeof(uint32_t);
}

uint32_t
terms_of_key(const struct terms *t, uint32_t key)
{
	return key < t->keys.n ? t->keys.term[key] : TERM_NONE;
}

bool
terms_maybe_prefix(const struct terms *t, const char *s, size_t len)
{
	unsigned char c = (unsigned char)s[0];

	/* what is beyond ASCII may fold to any first byte */
	return len > 0 && (c >= 0x80 || t->lengths[tolower(c)] != 0);
}

size_t
terms_prefixes(const struct terms *t, const char *s, size_t len,
    uint32_t *out, size_t max)
{
	uint64_t lengths;
	size_t n = 0;

	if (len == 0 || t->prefixes.n == 0)
		return 0;
	lengths = t->lengths[(unsigned char)s[0]];
	while (lengths != 0 && n < max) {
		size_t l = (size_t)__builtin_ctzll(lengths);
		uint32_t i;

		if (l > len)
			break;
		lengths &= lengths - 1;
		i = slot(t, &t->prefixes, (uint32_t)hash_bytes(s, l), s, l);
		if (t->prefixes.slots[i] != 0)
			out[n++] = t->prefixes.slots[i] - 1;
	}
	return n;
}

uint32_t
terms_of_gram(const struct terms *t, uint32_t gram)
{
	uint32_t bit = mix(gram) >> 20, i;

	if (!(t->gram_bits[bit >> 6] & 1ULL << (bit & 63)))
		return TERM_NONE;
	i = slot(t, &t->grams, gram, NULL, 0);
	return t->grams.slots[i] == 0 ? TERM_NONE : t->grams.slots[i] - 1;
}
