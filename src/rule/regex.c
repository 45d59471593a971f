#define PCRE2_CODE_UNIT_WIDTH 8
#include "rule/regex.h"

#include <ctype.h>
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define JIT_STACK_MIN	(32 * 1024)
#define JIT_STACK_MAX	(512 * 1024)
#define HEAP_KIB_MAX	(4 * 1024)
#define PATTERN_MAX	2048
#define LITERAL_MAX	64

struct regex {
	pcre2_code	*code;
};

struct regex_work {
	pcre2_match_data	*data;
	pcre2_match_context	*context;
	pcre2_jit_stack		*stack;
};

static void *
take(size_t size, void *arg)
{
	(void)arg;
	return mem_alloc(size);
}

static void
release(void *p, void *arg)
{
	(void)arg;
	free(p);
}

/* Without memory a match would come out as none. What is made with it keeps a
   copy, so that it may be freed at once. */
static pcre2_general_context *
memory(void)
{
	return pcre2_general_context_create(take, release, NULL);
}

struct regex *
regex_new(const char *pattern, size_t len, bool icase, bool jit,
    struct error *err)
{
	struct regex *re;
	PCRE2_UCHAR why[200];
	PCRE2_SIZE at;
	uint32_t flags;
	int code;
	pcre2_general_context *mem;
	pcre2_compile_context *context;
	pcre2_code *made;

	if (len > PATTERN_MAX) {
		error_set(err, "the regular expression is longer than %d"
		    " bytes", PATTERN_MAX);
		return NULL;
	}
	flags = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF |
	    PCRE2_NEVER_BACKSLASH_C | (icase ? PCRE2_CASELESS : 0);
	mem = memory();
	context = pcre2_compile_context_create(mem);
	made = pcre2_compile((PCRE2_SPTR)pattern, len, flags, &code, &at,
	    context);
	pcre2_compile_context_free(context);
	pcre2_general_context_free(mem);
	if (made == NULL) {
		pcre2_get_error_message(code, why, sizeof(why));
		error_set(err, "the regular expression is wrong at its"
		    " character %zu: %s", (size_t)at + 1, (const char *)why);
		return NULL;
	}
	if (jit)
		(void)pcre2_jit_compile(made, PCRE2_JIT_COMPLETE);
	re = mem_zalloc(1, sizeof(*re));
	re->code = made;
	return re;
}

void
regex_free(struct regex *re)
{
	if (re == NULL)
		return;
	pcre2_code_free(re->code);
	free(re);
}

struct regex_work *
regex_work_new(void)
{
	struct regex_work *w = mem_zalloc(1, sizeof(*w));
	pcre2_general_context *mem = memory();

	w->data = pcre2_match_data_create(1, mem);
	w->context = pcre2_match_context_create(mem);
	w->stack = pcre2_jit_stack_create(JIT_STACK_MIN, JIT_STACK_MAX, mem);
	pcre2_general_context_free(mem);
	pcre2_set_match_limit(w->context, REGEX_STEPS_MAX);
	pcre2_set_depth_limit(w->context, REGEX_STEPS_MAX);
	pcre2_set_heap_limit(w->context, HEAP_KIB_MAX);
	if (w->stack != NULL)
		pcre2_jit_stack_assign(w->context, NULL, w->stack);
	return w;
}

void
regex_work_free(struct regex_work *w)
{
	if (w == NULL)
		return;
	pcre2_match_data_free(w->data);
	pcre2_match_context_free(w->context);
	pcre2_jit_stack_free(w->stack);
	free(w);
}

int
regex_find(const struct regex *re, struct regex_work *w, const char *text,
    size_t len, size_t from, size_t *start, size_t *end)
{
	PCRE2_SIZE *found;
	int r;

	if (from > len)
		return 0;
	r = pcre2_match(re->code, (PCRE2_SPTR)text, len, from, 0, w->data,
	    w->context);
	if (r < 0)
		return r == PCRE2_ERROR_NOMATCH ? 0 : -1;
	found = pcre2_get_ovector_pointer(w->data);
	*start = found[0];
	*end = found[1] > found[0] ? found[1] : found[0];
	return 1;
}

/* Past the [class] that opens at i; len when it never closes. */
static size_t
skip_class(const char *p, size_t len, size_t i)
{
	i++;
	if (i < len && p[i] == '^')
		i++;
	if (i < len && p[i] == ']')
		i++;
	for (; i < len && p[i] != ']'; i++) {
		if (p[i] == '\\')
			i++;
		else if (p[i] == '[' && i + 1 < len && p[i + 1] == ':')
			while (i + 1 < len && !(p[i] == ':' && p[i + 1] == ']'))
				i++;
	}
	return i;
}

/* To the parenthesis that closes the one at i. */
static size_t
skip_group(const char *p, size_t len, size_t i)
{
	unsigned depth = 0;

	for (; i < len; i++) {
		if (p[i] == '\\')
			i++;
		else if (p[i] == '[')
			i = skip_class(p, len, i);
		else if (p[i] == '(')
			depth++;
		else if (p[i] == ')' && --depth == 0)
			break;
	}
	return i;
}

/* Options and verbs may change what letters mean: then nothing is told. */
static bool
opaque(const char *p, size_t len, size_t i)
{
	if (i + 1 >= len)
		return true;
	if (p[i + 1] == '*')
		return true;
	if (p[i + 1] != '?' || i + 2 >= len)
		return false;
	return strchr(":=!<>|P'", p[i + 2]) == NULL;
}

/*
 * One step over the pattern: the literal byte there, or -1 for anything else,
 * or -2 when nothing can be told of the whole. *i is left after it.
 */
static int
step(const char *p, size_t len, size_t *i)
{
	unsigned char c = (unsigned char)p[*i];

	switch (c) {
	case '|':
		return -2;
	case '(':
		if (opaque(p, len, *i))
			return -2;
		*i = skip_group(p, len, *i) + 1;
		return -1;
	case '[':
		*i = skip_class(p, len, *i) + 1;
		return -1;
	case '.': case '^': case '$': case ')':
		++*i;
		return -1;
	case '\\':
		if (*i + 1 >= len)
			return -2;
		c = (unsigned char)p[*i + 1];
		*i += 2;
		if (isalnum(c))	/* classes and assertions; not \Q \x \p{} */
			return strchr("bBdDsSwWAzZnrtRhv", c) != NULL ? -1 : -2;
		return c;
	default:
		++*i;
		return c;
	}
}

bool
regex_gram(const char *p, size_t len, uint32_t *gram)
{
	unsigned char run[LITERAL_MAX], best[LITERAL_MAX];
	size_t n = 0, nbest = 0, i = 0;

	while (i <= len) {
		int c = i < len ? step(p, len, &i) : -1;
		char next = i < len ? p[i] : '\0';
		bool maybe = next == '?' || next == '*' || next == '{';

		if (c == -2)
			return false;
		/* a byte of a longer character may be half of an optional one */
		if (c >= 0 && c < 0x80 && !maybe)
			run[n++] = (unsigned char)tolower(c);
		if (c < 0 || c >= 0x80 || maybe || next == '+' ||
		    n == sizeof(run)) {
			if (n > nbest)
				memcpy(best, run, nbest = n);
			n = 0;
		}
		while (i < len && strchr("?*+", p[i]) != NULL)
			i++;
		if (i < len && p[i] == '{')
			while (i < len && p[i++] != '}')
				;
		if (i == len && c < 0 && n == 0)
			break;
		if (i == len) {
			if (n > nbest)
				memcpy(best, run, nbest = n);
			break;
		}
	}
	if (nbest < REGEX_GRAM)
		return false;
	*gram = (uint32_t)best[0] | (uint32_t)best[1] << 8 |
	    (uint32_t)best[2] << 16 | (uint32_t)best[3] << 24;
	return true;
}
