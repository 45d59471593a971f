#include "rule/inflect.h"

#include <stdbool.h>
#include <string.h>

#include "rule/lexis.h"

/*
 * Base, past, participle; alternatives by '/'. Regular where absent. A prefix
 * changes nothing: "withhold", "oversee", "rebuild".
 */
static const char *const irregular_verbs[][3] = {
	{ "be", "was/were", "been" }, { "bear", "bore", "borne" },
	{ "beat", "beat", "beaten" }, { "begin", "began", "begun" },
	{ "bend", "bent", "bent" }, { "bet", "bet", "bet" },
	{ "bid", "bid", "bid" }, { "bind", "bound", "bound" },
	{ "bite", "bit", "bitten" }, { "bleed", "bled", "bled" },
	{ "blow", "blew", "blown" }, { "break", "broke", "broken" },
	{ "breed", "bred", "bred" }, { "bring", "brought", "brought" },
	{ "build", "built", "built" },
	{ "burn", "burned/burnt", "burned/burnt" },
	{ "burst", "burst", "burst" },
	{ "bust", "busted/bust", "busted/bust" },
	{ "buy", "bought", "bought" }, { "cast", "cast", "cast" },
	{ "catch", "caught", "caught" }, { "choose", "chose", "chosen" },
	{ "cling", "clung", "clung" }, { "come", "came", "come" },
	{ "cost", "cost", "cost" }, { "creep", "crept", "crept" },
	{ "cut", "cut", "cut" }, { "deal", "dealt", "dealt" },
	{ "dig", "dug", "dug" }, { "dive", "dived/dove", "dived" },
	{ "do", "did", "done" }, { "draw", "drew", "drawn" },
	{ "drink", "drank", "drunk" }, { "drive", "drove", "driven" },
	{ "eat", "ate", "eaten" }, { "fall", "fell", "fallen" },
	{ "feed", "fed", "fed" }, { "feel", "felt", "felt" },
	{ "fight", "fought", "fought" }, { "find", "found", "found" },
	{ "flee", "fled", "fled" }, { "fling", "flung", "flung" },
	{ "fly", "flew", "flown" }, { "forbid", "forbade", "forbidden" },
	{ "forget", "forgot", "forgotten" }, { "freeze", "froze", "frozen" },
	{ "get", "got", "got/gotten" }, { "give", "gave", "given" },
	{ "go", "went", "gone" }, { "grind", "ground", "ground" },
	{ "grow", "grew", "grown" }, { "hang", "hung", "hung" },
	{ "have", "had", "had" }, { "hear", "heard", "heard" },
	{ "hide", "hid", "hidden" }, { "hit", "hit", "hit" },
	{ "hold", "held", "held" }, { "hurt", "hurt", "hurt" },
	{ "keep", "kept", "kept" }, { "know", "knew", "known" },
	{ "lay", "laid", "laid" }, { "lead", "led", "led" },
	{ "leap", "leaped/leapt", "leaped/leapt" },
	{ "learn", "learned/learnt", "learned/learnt" },
	{ "leave", "left", "left" }, { "lend", "lent", "lent" },
	{ "let", "let", "let" }, { "lie", "lay", "lain" },
	{ "light", "lit/lighted", "lit/lighted" }, { "lose", "lost", "lost" },
	{ "make", "made", "made" }, { "mean", "meant", "meant" },
	{ "meet", "met", "met" }, { "offset", "offset", "offset" },
	{ "pay", "paid", "paid" }, { "plead", "pleaded/pled", "pleaded/pled" },
	{ "prove", "proved", "proved/proven" }, { "put", "put", "put" },
	{ "quit", "quit", "quit" }, { "read", "read", "read" },
	{ "relay", "relayed", "relayed" }, { "ride", "rode", "ridden" },
	{ "ring", "rang", "rung" }, { "rise", "rose", "risen" },
	{ "run", "ran", "run" }, { "say", "said", "said" },
	{ "see", "saw", "seen" }, { "seek", "sought", "sought" },
	{ "sell", "sold", "sold" }, { "send", "sent", "sent" },
	{ "set", "set", "set" }, { "shake", "shook", "shaken" },
	{ "shear", "sheared", "sheared/shorn" }, { "shed", "shed", "shed" },
	{ "shine", "shone", "shone" }, { "shoot", "shot", "shot" },
	{ "show", "showed", "shown/showed" },
	{ "shrink", "shrank/shrunk", "shrunk" }, { "shut", "shut", "shut" },
	{ "sing", "sang", "sung" }, { "sink", "sank/sunk", "sunk" },
	{ "sit", "sat", "sat" }, { "slay", "slew", "slain" },
	{ "sleep", "slept", "slept" }, { "slide", "slid", "slid" },
	{ "sling", "slung", "slung" },
	{ "sneak", "sneaked/snuck", "sneaked/snuck" },
	{ "speak", "spoke", "spoken" },
	{ "spell", "spelled/spelt", "spelled/spelt" },
	{ "spend", "spent", "spent" },
	{ "spill", "spilled/spilt", "spilled/spilt" },
	{ "spin", "spun", "spun" }, { "split", "split", "split" },
	{ "spread", "spread", "spread" }, { "spring", "sprang", "sprung" },
	{ "stand", "stood", "stood" }, { "steal", "stole", "stolen" },
	{ "stick", "stuck", "stuck" }, { "sting", "stung", "stung" },
	{ "strike", "struck", "struck" },
	{ "strive", "strove/strived", "striven/strived" },
	{ "swear", "swore", "sworn" }, { "sweep", "swept", "swept" },
	{ "swell", "swelled", "swelled/swollen" }, { "swim", "swam", "swum" },
	{ "swing", "swung", "swung" }, { "take", "took", "taken" },
	{ "teach", "taught", "taught" }, { "tear", "tore", "torn" },
	{ "tell", "told", "told" }, { "think", "thought", "thought" },
	{ "thrive", "thrived/throve", "thrived" },
	{ "throw", "threw", "thrown" }, { "thrust", "thrust", "thrust" },
	{ "wake", "woke", "woken" }, { "wear", "wore", "worn" },
	{ "wed", "wed/wedded", "wed/wedded" }, { "weep", "wept", "wept" },
	{ "win", "won", "won" }, { "wind", "wound", "wound" },
	{ "wring", "wrung", "wrung" }, { "write", "wrote", "written" },
};

static const char *const prefixes[] = { "be", "fore", "for", "mis", "out",
	"over", "re", "under", "un", "up", "with" };

/* Stressed at the end: they double though they have more than a syllable. */
static const char *const stressed[] = {
	"admit", "annul", "begin", "commit", "compel", "concur", "confer",
	"control", "debug", "defer", "deter", "dispel", "emit", "enrol",
	"equip", "excel", "expel", "forbid", "forget", "handicap", "impel",
	"incur", "infer", "kidnap", "leapfrog", "occur", "omit", "outbid",
	"outrun", "outstrip", "patrol", "permit", "prefer", "propel", "rebel",
	"rebut", "recap", "recur", "refer", "regret", "remit", "repel", "rerun",
	"reset", "submit", "transfer", "transmit", "undercut", "unpeg",
	"unplug", "up", "upset"
};

static const char *const irregular_nouns[][2] = {
	{ "man", "men" }, { "woman", "women" }, { "person", "people" },
	{ "child", "children" }, { "foot", "feet" }, { "half", "halves" },
	{ "life", "lives" }, { "loaf", "loaves" }, { "shelf", "shelves" },
	{ "knife", "knives" }, { "aircraft", "aircraft" },
	{ "series", "series" }, { "crisis", "crises" }, { "people", "people" },
	{ "staff", "staff" }, { "personnel", "personnel" },
	{ "stimulus", "stimuli" }, { "analysis", "analyses" },
	{ "index", "indexes/indices" }, { "layoff", "layoffs" },
	{ "payoff", "payoffs" }, { "headcount", "headcount" },
};

static bool
vowel(char c)
{
	return c != '\0' && strchr("aeiou", c) != NULL;
}

static size_t
syllables(const char *w)
{
	size_t n = 0;

	for (; *w != '\0'; w++)
		if ((vowel(w[0]) || w[0] == 'y') &&
		    !(vowel(w[1]) || w[1] == 'y'))
			n++;
	return n;
}

/* "drop" doubles: consonant, one vowel, consonant; one syllable only. */
static bool
doubles(const char *w)
{
	size_t n = strlen(w), i;

	for (i = 0; i < sizeof(stressed) / sizeof(stressed[0]); i++)
		if (stressed[i][0] == w[0] && strcmp(stressed[i], w) == 0)
			return true;
	return n >= 3 && syllables(w) == 1 && !vowel(w[n - 1]) &&
	    strchr("wxyh", w[n - 1]) == NULL && vowel(w[n - 2]) &&
	    (!vowel(w[n - 3]) || (w[n - 3] == 'u' && n > 3 &&
	    w[n - 4] == 'q'));
}

/* "cancel", "fuel", "dial" double in Britain and not in America. */
static bool
may_double(const char *w)
{
	size_t n = strlen(w);

	if (n < 4 || w[n - 1] != 'l' || !vowel(w[n - 2]) || doubles(w))
		return false;
	if (!vowel(w[n - 3]))
		return syllables(w) > 1;
	return memcmp(w + n - 3, "ue", 2) == 0 ||
	    memcmp(w + n - 3, "ia", 2) == 0;
}

/* The first n letters of a word and an ending. All words here have room for it:
   inflect_verb and inflect_noun see to that. Returns the length. */
static size_t
join(char *out, const char *w, size_t n, const char *ending, size_t len)
{
	memcpy(out, w, n);
	memcpy(out + n, ending, len);
	out[n + len] = '\0';
	return n + len;
}

static size_t
sibilant_s(const char *w, char *out)
{
	size_t n = strlen(w);

	if (n > 1 && w[n - 1] == 'y' && !vowel(w[n - 2]))
		return join(out, w, n - 1, "ies", 3);
	if (n > 1 && (strchr("sxz", w[n - 1]) != NULL ||
	    (w[n - 1] == 'h' && strchr("cs", w[n - 2]) != NULL) ||
	    (w[n - 1] == 'o' && !vowel(w[n - 2]))))
		return join(out, w, n, "es", 2);
	return join(out, w, n, "s", 1);
}

static void
add(struct inflected *list, size_t *n, const char *word, size_t len,
    unsigned form)
{
	size_t i;

	for (i = 0; i < *n; i++)
		if (strlen(list[i].word) == len &&
		    memcmp(list[i].word, word, len) == 0) {
			list[i].forms |= form;
			return;
		}
	if (*n == INFLECT_FORMS || len >= INFLECT_WORD)
		return;
	memcpy(list[*n].word, word, len);
	list[*n].word[len] = '\0';
	list[(*n)++].forms = form;
}

/* Each of "was/were", behind the first `skip` letters of the word. */
static void
add_each(struct inflected *list, size_t *n, const char *w, size_t skip,
    const char *words, unsigned form)
{
	char whole[INFLECT_WORD + 8];
	const char *end;
	size_t len;

	for (;; words = end + 1) {
		end = words + strcspn(words, "/");
		len = join(whole, w, skip, words, (size_t)(end - words));
		add(list, n, whole, len, form);
		if (*end == '\0')
			return;
	}
}

/* The word without its last `cut` letters, with an ending. */
static void
add_ending(struct inflected *list, size_t *n, const char *w, size_t cut,
    const char *ending, unsigned form)
{
	char word[INFLECT_WORD + 8];
	size_t len = join(word, w, strlen(w) - cut, ending, strlen(ending));

	add(list, n, word, len, form);
}

/* With its last letter twice where that is how it is written. */
static void
add_doubling(struct inflected *list, size_t *n, const char *w,
    const char *ending, unsigned form)
{
	char doubled[INFLECT_WORD];
	size_t len = strlen(w);

	join(doubled, w, len, w + len - 1, 1);
	if (!doubles(w))
		add_ending(list, n, w, 0, ending, form);
	if (doubles(w) || may_double(w))
		add_ending(list, n, doubled, 0, ending, form);
}

static void
add_regular_past(struct inflected *list, size_t *n, const char *w)
{
	size_t len = strlen(w);

	if (w[len - 1] == 'e')
		add_ending(list, n, w, 0, "d", FORM_PAST | FORM_PART);
	else if (len > 1 && w[len - 1] == 'y' && !vowel(w[len - 2]))
		add_ending(list, n, w, 1, "ied", FORM_PAST | FORM_PART);
	else if (len > 1 && w[len - 1] == 'c' && vowel(w[len - 2]))
		add_ending(list, n, w, 0, "ked", FORM_PAST | FORM_PART);
	else
		add_doubling(list, n, w, "ed", FORM_PAST | FORM_PART);
}

static void
add_gerund(struct inflected *list, size_t *n, const char *w)
{
	size_t len = strlen(w);

	if (len > 2 && strcmp(w + len - 2, "ie") == 0)
		add_ending(list, n, w, 2, "ying", FORM_ING);
	else if (len > 2 && w[len - 1] == 'e' && w[len - 2] != 'e')
		add_ending(list, n, w, 1, "ing", FORM_ING);
	else if (len > 1 && w[len - 1] == 'c' && vowel(w[len - 2]))
		add_ending(list, n, w, 0, "king", FORM_ING);
	else
		add_doubling(list, n, w, "ing", FORM_ING);
}

static const char *const *
irregular(const char *w)
{
	size_t i;

	for (i = 0; i < sizeof(irregular_verbs) / sizeof(irregular_verbs[0]);
	    i++)
		if (irregular_verbs[i][0][0] == w[0] &&
		    strcmp(irregular_verbs[i][0], w) == 0)
			return irregular_verbs[i];
	return NULL;
}

static void
add_past(struct inflected *list, size_t *n, const char *w)
{
	const char *const *forms = irregular(w);
	size_t i, skip = 0;

	for (i = 0; forms == NULL && i < sizeof(prefixes) /
	    sizeof(prefixes[0]); i++) {
		skip = strlen(prefixes[i]);
		if (strncmp(w, prefixes[i], skip) == 0)
			forms = irregular(w + skip);
	}
	if (forms == NULL) {
		add_regular_past(list, n, w);
		return;
	}
	if (forms == irregular(w))
		skip = 0;
	add_each(list, n, w, skip, forms[1], FORM_PAST);
	add_each(list, n, w, skip, forms[2], FORM_PART);
}

size_t
inflect_verb(const char *w, struct inflected list[INFLECT_FORMS])
{
	char form[INFLECT_WORD + 8];
	size_t len, n = 0;

	if (w[0] == '\0' || strlen(w) > INFLECT_WORD - 8)
		return 0;
	add(list, &n, w, strlen(w), FORM_BASE);
	if (strcmp(w, "be") == 0)
		add_each(list, &n, w, 0, "is/are/am", FORM_S);
	else if (strcmp(w, "have") == 0)
		add(list, &n, "has", 3, FORM_S);
	else {
		len = sibilant_s(w, form);
		add(list, &n, form, len, FORM_S);
	}
	if (strcmp(w, "be") == 0)
		add(list, &n, "being", 5, FORM_ING);
	else
		add_gerund(list, &n, w);
	add_past(list, &n, w);
	return n;
}

size_t
inflect_noun(const char *w, struct inflected list[INFLECT_FORMS])
{
	char form[INFLECT_WORD + 8];
	size_t i, len, n = 0;

	if (w[0] == '\0' || strlen(w) > INFLECT_WORD - 8)
		return 0;
	add(list, &n, w, strlen(w), FORM_SINGULAR);
	for (i = 0; i < sizeof(irregular_nouns) / sizeof(irregular_nouns[0]);
	    i++)
		if (strcmp(irregular_nouns[i][0], w) == 0) {
			add_each(list, &n, w, 0, irregular_nouns[i][1],
			    FORM_PLURAL);
			return n;
		}
	len = sibilant_s(w, form);
	add(list, &n, form, len, FORM_PLURAL);
	return n;
}
