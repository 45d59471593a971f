/*
 * currency - which money a sign or word means, as ISO 4217 codes.
 *
 * A bare "$" is USD, a bare "pound" GBP, "¥" JPY: what feeds in English mean
 * unless a nation stands before it ("C$", "Canadian dollars").
 */
#ifndef TEXT_CURRENCY_H
#define TEXT_CURRENCY_H

#include <stddef.h>
#include <stdint.h>

enum currency {
	CURRENCY_NONE, CURRENCY_USD, CURRENCY_EUR, CURRENCY_GBP, CURRENCY_JPY,
	CURRENCY_CNY, CURRENCY_INR, CURRENCY_CAD, CURRENCY_AUD, CURRENCY_NZD,
	CURRENCY_HKD, CURRENCY_SGD, CURRENCY_TWD, CURRENCY_KRW, CURRENCY_CHF,
	CURRENCY_SEK, CURRENCY_NOK, CURRENCY_DKK, CURRENCY_RUB, CURRENCY_BRL,
	CURRENCY_MXN, CURRENCY_ZAR, CURRENCY_TRY, CURRENCY_ILS, CURRENCY_NGN,
	CURRENCY_PLN, CURRENCY_THB, CURRENCY_VND, CURRENCY_PHP, CURRENCY_IDR,
	CURRENCY_MYR, CURRENCY_SAR, CURRENCY_AED, CURRENCY_PKR, CURRENCY_UAH,
	CURRENCY_DEM, CURRENCY_FRF, CURRENCY_ITL, CURRENCY_ESP, CURRENCY_NLG,
	CURRENCY_BTC, CURRENCY_ARS, CURRENCY_CLP, CURRENCY_COP, CURRENCY_CZK,
	CURRENCY_HUF, CURRENCY_EGP, CURRENCY_KZT, CURRENCY_OTHER, CURRENCY_COUNT
};

/* "USD"; "" for none; "ZZZ" for another. */
const char *currency_code(enum currency);
/* The currency of a sign (a code point), or NONE. */
enum currency currency_sign(int32_t);
/* The same for its UTF-8 bytes. */
enum currency currency_at(const char *, size_t);
/*
 * Dollars one unit is worth, roughly (mid 2020s; old European money at its
 * euro rate): good for "more than $1 billion", not for accounts. 0 = unknown.
 */
double	currency_dollars(enum currency);
/* The currency of an ISO code, OTHER if unknown. */
enum currency currency_of(const char *);
/* Whether the code point is a currency sign at all. */
int	 currency_is_sign(int32_t);

#endif
