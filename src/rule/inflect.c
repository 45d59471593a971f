#include "rule/inflect.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "rule/lexis.h"

/* base, past, participle; alternatives by '/'. Regular where absent. */
static const char *const irregular_verbs[][3] = {
	{ "be", "was/were", "been" }, { "beat", "beat", "beaten" },
	{ "become", "became", "become" }, { "begin", "began", "begun" },
	{ "bet", "bet", "bet" }, { "bid", "bid", "bid" },
	{ "bleed", "bled", "bled" }, { "blow", "blew", "blown" },
	{ "break", "broke", "broken" }, { "bring", "brought", "brought" },
	{ "build", "built", "built" }, { "burst", "burst", "burst" },
	{ "buy", "bought", "bought" }, { "cast", "cast", "cast" },
	{ "catch", "caught", "caught" }, { "choose", "chose", "chosen" },
	{ "come", "came", "come" }, { "cost", "cost", "cost" },
	{ "creep", "crept", "crept" }, { "cut", "cut", "cut" },
	{ "deal", "dealt", "dealt" }, { "dive", "dived/dove", "dived" },
	{ "do", "did", "done" }, { "draw", "drew", "drawn" },
	{ "drive", "drove", "driven" }, { "eat", "ate", "eaten" },
	{ "fall", "fell", "fallen" }, { "feel", "felt", "felt" },
	{ "fight", "fought", "fought" }, { "find", "found", "found" },
	{ "fly", "flew", "flown" }, { "forecast", "forecast", "forecast" },
	{ "get", "got", "got/gotten" }, { "give", "gave", "given" },
	{ "go", "went", "gone" }, { "grow", "grew", "grown" },
	{ "hang", "hung", "hung" }, { "have", "had", "had" },
	{ "hear", "heard", "heard" }, { "hit", "hit", "hit" },
	{ "hold", "held", "held" }, { "hurt", "hurt", "hurt" },
	{ "keep", "kept", "kept" }, { "know", "knew", "known" },
	{ "lay", "laid", "laid" }, { "lead", "led", "led" },
	{ "leap", "leaped/leapt", "leaped/leapt" },
	{ "leave", "left", "left" }, { "lend", "lent", "lent" },
	{ "let", "let", "let" }, { "lose", "lost", "lost" },
	{ "make", "made", "made" }, { "mean", "meant", "meant" },
	{ "meet", "met", "met" }, { "offset", "offset", "offset" },
	{ "overtake", "overtook", "overtaken" }, { "pay", "paid", "paid" },
	{ "plan", "planned", "planned" }, { "put", "put", "put" },
	{ "quit", "quit", "quit" }, { "read", "read", "read" },
	{ "rise", "rose", "risen" }, { "run", "ran", "run" },
	{ "say", "said", "said" }, { "see", "saw", "seen" },
	{ "seek", "sought", "sought" }, { "sell", "sold", "sold" },
	{ "send", "sent", "sent" }, { "set", "set", "set" },
	{ "shake", "shook", "shaken" }, { "shed", "shed", "shed" },
	{ "shoot", "shot", "shot" }, { "show", "showed", "shown/showed" },
	{ "shrink", "shrank/shrunk", "shrunk" }, { "shut", "shut", "shut" },
	{ "sink", "sank/sunk", "sunk" }, { "slay", "slew", "slain" },
	{ "slide", "slid", "slid" }, { "speak", "spoke", "spoken" },
	{ "spend", "spent", "spent" }, { "spin", "spun", "spun" },
	{ "split", "split", "split" }, { "spread", "spread", "spread" },
	{ "spring", "sprang", "sprung" }, { "stand", "stood", "stood" },
	{ "steal", "stole", "stolen" }, { "stick", "stuck", "stuck" },
	{ "strike", "struck", "struck" }, { "sweep", "swept", "swept" },
	{ "swing", "swung", "swung" }, { "take", "took", "taken" },
	{ "tell", "told", "told" }, { "think", "thought", "thought" },
	{ "throw", "threw", "thrown" }, { "undo", "undid", "undone" },
	{ "upset", "upset", "upset" }, { "wear", "wore", "worn" },
	{ "win", "won", "won" }, { "wind", "wound", "wound" },
	{ "withdraw", "withdrew", "withdrawn" },
	{ "write", "wrote", "written" }, { "rebuild", "rebuilt", "rebuilt" },
	{ "outgrow", "outgrew", "outgrown" }, { "undergo", "underwent",
	    "undergone" }, { "undercut", "undercut", "undercut" },
	{ "undertake", "undertook", "undertaken" },
	{ "unveil", "unveiled", "unveiled" }, { "benefit", "benefited",
	    "benefited" }, { "total", "totaled/totalled", "totaled" },
	{ "downgrade", "downgraded", "downgraded" },
	{ "cancel", "canceled/cancelled", "canceled/cancelled" },
	{ "spiral", "spiraled/spiralled", "spiraled/spiralled" },
	{ "panic", "panicked", "panicked" },
	{ "file", "filed", "filed" }, { "plummet", "plummeted", "plummeted" },
	{ "rocket", "rocketed", "rocketed" }, { "whipsaw", "whipsawed",
	    "whipsawed" }, { "exit", "exited", "exited" },
	{ "profit", "profited", "profited" }, { "target", "targeted",
	    "targeted" }, { "limit", "limited", "limited" },
	{ "exceed", "exceeded", "exceeded" }, { "open", "opened", "opened" },
	{ "deliver", "delivered", "delivered" }, { "offer", "offered",
	    "offered" }, { "recover", "recovered", "recovered" },
	{ "suffer", "suffered", "suffered" }, { "enter", "entered",
	    "entered" }, { "trigger", "triggered", "triggered" },
	{ "lower", "lowered", "lowered" }, { "falter", "faltered",
	    "faltered" }, { "crater", "cratered", "cratered" },
	{ "happen", "happened", "happened" }, { "widen", "widened",
	    "widened" }, { "deepen", "deepened", "deepened" },
	{ "weaken", "weakened", "weakened" }, { "strengthen", "strengthened",
	    "strengthened" }, { "tighten", "tightened", "tightened" },
	{ "soften", "softened", "softened" }, { "sharpen", "sharpened",
	    "sharpened" }, { "edit", "edited", "edited" },
	{ "merit", "merited", "merited" }, { "credit", "credited",
	    "credited" }, { "market", "marketed", "marketed" },
	{ "pocket", "pocketed", "pocketed" }, { "stagger", "staggered",
	    "staggered" }, { "rally", "rallied", "rallied" },
	{ "consider", "considered", "considered" }, { "prosper", "prospered",
	    "prospered" }, { "bolster", "bolstered", "bolstered" },
	{ "register", "registered", "registered" }, { "answer", "answered",
	    "answered" }, { "order", "ordered", "ordered" },
	{ "transfer", "transferred", "transferred" },
	{ "discover", "discovered", "discovered" },
	{ "uncover", "uncovered", "uncovered" },
	{ "administer", "administered", "administered" },
	{ "develop", "developed", "developed" },
	{ "abandon", "abandoned", "abandoned" },
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
	size_t n = strlen(w);

	return n >= 3 && syllables(w) == 1 && !vowel(w[n - 1]) &&
	    strchr("wxyh", w[n - 1]) == NULL && vowel(w[n - 2]) &&
	    (!vowel(w[n - 3]) || (w[n - 3] == 'u' && n > 3 &&
	    w[n - 4] == 'q'));
}

static void
sibilant_s(const char *w, char *out)
{
	size_t n = strlen(w);

	if (n > 1 && w[n - 1] == 'y' && !vowel(w[n - 2]))
		snprintf(out, INFLECT_WORD, "%.*sies", (int)(n - 1), w);
	else if (n > 1 && (strchr("sxz", w[n - 1]) != NULL ||
	    (w[n - 1] == 'h' && strchr("cs", w[n - 2]) != NULL) ||
	    (w[n - 1] == 'o' && !vowel(w[n - 2]))))
		snprintf(out, INFLECT_WORD, "%ses", w);
	else
		snprintf(out, INFLECT_WORD, "%ss", w);
}

static void
regular_past(const char *w, char *out)
{
	size_t n = strlen(w);

	if (w[n - 1] == 'e')
		snprintf(out, INFLECT_WORD, "%sd", w);
	else if (n > 1 && w[n - 1] == 'y' && !vowel(w[n - 2]))
		snprintf(out, INFLECT_WORD, "%.*sied", (int)(n - 1), w);
	else if (doubles(w))
		snprintf(out, INFLECT_WORD, "%s%ced", w, w[n - 1]);
	else
		snprintf(out, INFLECT_WORD, "%sed", w);
}

static void
gerund(const char *w, char *out)
{
	size_t n = strlen(w);

	if (strcmp(w, "be") != 0 && n > 2 && w[n - 1] == 'e' &&
	    w[n - 2] != 'e')
		snprintf(out, INFLECT_WORD, "%.*sing", (int)(n - 1), w);
	else if (doubles(w))
		snprintf(out, INFLECT_WORD, "%s%cing", w, w[n - 1]);
	else
		snprintf(out, INFLECT_WORD, "%sing", w);
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

/* Each of "was/were". */
static void
add_each(struct inflected *list, size_t *n, const char *words, unsigned form)
{
	const char *end;

	for (;; words = end + 1) {
		end = words + strcspn(words, "/");
		add(list, n, words, (size_t)(end - words), form);
		if (*end == '\0')
			return;
	}
}

size_t
inflect_verb(const char *w, struct inflected list[INFLECT_FORMS])
{
	char form[INFLECT_WORD + 8];
	size_t i, n = 0;

	if (w[0] == '\0' || strlen(w) > INFLECT_WORD - 8)
		return 0;
	add(list, &n, w, strlen(w), FORM_BASE);
	if (strcmp(w, "be") == 0)
		add_each(list, &n, "is/are/am", FORM_S);
	else if (strcmp(w, "have") == 0)
		add(list, &n, "has", 3, FORM_S);
	else {
		sibilant_s(w, form);
		add(list, &n, form, strlen(form), FORM_S);
	}
	gerund(w, form);
	add(list, &n, form, strlen(form), FORM_ING);
	for (i = 0; i < sizeof(irregular_verbs) / sizeof(irregular_verbs[0]);
	    i++)
		if (strcmp(irregular_verbs[i][0], w) == 0) {
			add_each(list, &n, irregular_verbs[i][1], FORM_PAST);
			add_each(list, &n, irregular_verbs[i][2], FORM_PART);
			return n;
		}
	regular_past(w, form);
	add(list, &n, form, strlen(form), FORM_PAST | FORM_PART);
	return n;
}

size_t
inflect_noun(const char *w, struct inflected list[INFLECT_FORMS])
{
	char form[INFLECT_WORD + 8];
	size_t i, n = 0;

	if (w[0] == '\0' || strlen(w) > INFLECT_WORD - 8)
		return 0;
	add(list, &n, w, strlen(w), FORM_SINGULAR);
	for (i = 0; i < sizeof(irregular_nouns) / sizeof(irregular_nouns[0]);
	    i++)
		if (strcmp(irregular_nouns[i][0], w) == 0) {
			add_each(list, &n, irregular_nouns[i][1], FORM_PLURAL);
			return n;
		}
	sibilant_s(w, form);
	add(list, &n, form, strlen(form), FORM_PLURAL);
	return n;
}
