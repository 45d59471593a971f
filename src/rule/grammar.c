#include "rule/grammar.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rule/lexis.h"

static const struct {
	uint32_t	 bits;
	const char	*words;		/* separated by a space */
} lists[] = {
	{ GRAM_DET, "the a an this that these those some any each every all "
	    "both no another such several many other its their his her our "
	    "your my more most" },
	{ GRAM_POSS, "its their his her our your my" },
	{ GRAM_BE, "be is are was were been being am 're 'm" },
	{ GRAM_HAVE, "have has had having 've" },
	{ GRAM_DO, "do does did" },
	{ GRAM_MODAL, "will would can could may might shall should must 'll "
	    "'d ought" },
	{ GRAM_TO, "to" },
	{ GRAM_PREP, "of in on at for by from to with without within into onto "
	    "over under above below about against among amid between beyond "
	    "during despite through throughout toward towards until upon via "
	    "per since near off out across around behind beside besides except "
	    "inside outside like past versus vs than following plus" },
	{ GRAM_OF, "of" },
	{ GRAM_BY, "by" },
	{ GRAM_FROM, "from" },
	{ GRAM_IN, "in on at for across of within affecting inside" },
	{ GRAM_AND, "and or & nor" },
	{ GRAM_BUT, "but yet" },
	{ GRAM_SUB, "as while when whereas although though because if unless "
	    "until after before since despite amid following once whenever" },
	{ GRAM_REL, "which who whom whose that where" },
	{ GRAM_PRONOUN, "it they he she we you i itself themselves" },
	{ GRAM_ADV, "also just now again still already almost nearly so far "
	    "too even only then there here soon sharply slightly steeply "
	    "further ever once yet well back about roughly around some "
	    "meanwhile however instead perhaps never not n't always often "
	    "initially early earlier late later overnight intraday much a "
	    "lot bit little more another up_to at_least quickly effectively "
	    "faster deeper anew" },
	{ GRAM_TIME, "today yesterday tomorrow tonight monday tuesday "
	    "wednesday thursday friday saturday sunday mon tue tues wed thu "
	    "thurs fri morning afternoon evening night midday noon week month "
	    "year quarter day session weekly monthly quarterly annual annually "
	    "yearly daily q1 q2 q3 q4 h1 h2 fy 1q 2q 3q 4q first second third "
	    "fourth first-quarter half-year ytd yoy last next" },
	{ GRAM_PERIOD, "quarter q1 q2 q3 q4 h1 h2 fy 1q 2q 3q 4q "
	    "first-quarter half-year fiscal" },
	{ GRAM_TIME, "january february march april june july "
	    "august september october november december jan feb mar apr jun "
	    "jul aug sep sept oct nov dec" },
	{ GRAM_THAN, "than" },
	{ GRAM_BOTH, "both these two" },
	{ GRAM_RESP, "respectively" },
	{ GRAM_WHY, "why how" },
	{ GRAM_AS, "as" },
	{ GRAM_NOT, "not n't never cannot" },
	{ GRAM_AFTER, "after following having" },
	{ GRAM_SIZE, "much many well such low high little few soon far" },
	{ GRAM_ANY, "any" },
	{ GRAM_CAUSE, "on amid after despite with following ahead" },
	{ GRAM_ABBR, "inc corp co cos ltd plc bros vs st mr mrs ms dr jr sr no "
	    "jos wm dept gov gen sen rep prof etc est approx bhd pty pte assn intl "
	    "jan feb mar apr jun jul aug sep sept oct nov dec" },
};

static void
set(struct vocabulary *v, uint32_t word, uint32_t bits)
{
	size_t old;

	if (word >= v->ngrammar) {
		old = v->ngrammar;
		v->ngrammar = old * 2 > word ? old * 2 : word + 256;
		v->grammar = mem_realloc(v->grammar, v->ngrammar,
		    sizeof(*v->grammar));
		memset(v->grammar + old, 0, (v->ngrammar - old) *
		    sizeof(*v->grammar));
	}
	v->grammar[word] |= bits;
}

void
grammar_add(struct vocabulary *v, const char *word, uint32_t bits)
{
	set(v, lexicon_add(v->lexicon, word, strlen(word)), bits);
}

void
grammar_intern(struct vocabulary *v)
{
	size_t i;
	const char *p, *end;
	uint32_t word;

	for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		for (p = lists[i].words; *p != '\0'; p = end + (*end == ' ')) {
			end = p + strcspn(p, " ");
			word = lexicon_add(v->lexicon, p, (size_t)(end - p));
			set(v, word, lists[i].bits);
		}
}
