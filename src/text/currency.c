#include "text/currency.h"

#include <string.h>

#include "text/fold.h"

static const char codes[CURRENCY_COUNT][4] = {
	"", "USD", "EUR", "GBP", "JPY", "CNY", "INR", "CAD", "AUD", "NZD",
	"HKD", "SGD", "TWD", "KRW", "CHF", "SEK", "NOK", "DKK", "RUB", "BRL",
	"MXN", "ZAR", "TRY", "ILS", "NGN", "PLN", "THB", "VND", "PHP", "IDR",
	"MYR", "SAR", "AED", "PKR", "UAH", "DEM", "FRF", "ITL", "ESP", "NLG",
	"BTC", "ARS", "CLP", "COP", "CZK", "HUF", "EGP", "KZT", "ZZZ",
};

static const struct {
	int32_t		sign;
	enum currency	currency;
} signs[] = {
	{ '$', CURRENCY_USD }, { 0x20AC, CURRENCY_EUR },
	{ 0xA3, CURRENCY_GBP }, { 0xA5, CURRENCY_JPY },
	{ 0xFFE5, CURRENCY_JPY }, { 0x20B9, CURRENCY_INR },
	{ 0x20A8, CURRENCY_INR }, { 0x20A9, CURRENCY_KRW },
	{ 0x20BD, CURRENCY_RUB }, { 0x20BA, CURRENCY_TRY },
	{ 0x20AA, CURRENCY_ILS }, { 0x20A6, CURRENCY_NGN },
	{ 0x0E3F, CURRENCY_THB }, { 0x20AB, CURRENCY_VND },
	{ 0x20B1, CURRENCY_PHP }, { 0x20B4, CURRENCY_UAH },
	{ 0x20A4, CURRENCY_ITL }, { 0x20BF, CURRENCY_BTC },
	{ 0x20B8, CURRENCY_KZT }, { 0xFF04, CURRENCY_USD },
	{ 0xFFE1, CURRENCY_GBP }, { 0xFE69, CURRENCY_USD },
};

const char *
currency_code(enum currency c)
{
	return codes[c < CURRENCY_COUNT ? c : CURRENCY_OTHER];
}

enum currency
currency_sign(int32_t c)
{
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (signs[i].sign == c)
			return signs[i].currency;
	return CURRENCY_NONE;
}

enum currency
currency_at(const char *s, size_t len)
{
	size_t n;

	return len > 0 ? currency_sign(fold_decode(s, len, &n)) : CURRENCY_NONE;
}

enum currency
currency_of(const char *code)
{
	for (int i = 0; i < CURRENCY_COUNT; i++)
		if (strcmp(codes[i], code) == 0)
			return (enum currency)i;
	return CURRENCY_OTHER;
}

double
currency_dollars(enum currency c)
{
	static const double worth[CURRENCY_COUNT] = {
		[CURRENCY_USD] = 1, [CURRENCY_EUR] = 1.1, [CURRENCY_GBP] = 1.28,
		[CURRENCY_JPY] = 0.0067, [CURRENCY_CNY] = 0.14,
		[CURRENCY_INR] = 0.0118, [CURRENCY_CAD] = 0.72,
		[CURRENCY_AUD] = 0.65, [CURRENCY_NZD] = 0.6,
		[CURRENCY_HKD] = 0.128, [CURRENCY_SGD] = 0.75,
		[CURRENCY_TWD] = 0.031, [CURRENCY_KRW] = 0.00072,
		[CURRENCY_CHF] = 1.15, [CURRENCY_SEK] = 0.096,
		[CURRENCY_NOK] = 0.094, [CURRENCY_DKK] = 0.147,
		[CURRENCY_RUB] = 0.0115, [CURRENCY_BRL] = 0.18,
		[CURRENCY_MXN] = 0.053, [CURRENCY_ZAR] = 0.055,
		[CURRENCY_TRY] = 0.028, [CURRENCY_ILS] = 0.27,
		[CURRENCY_NGN] = 0.00065, [CURRENCY_PLN] = 0.26,
		[CURRENCY_THB] = 0.029, [CURRENCY_VND] = 0.00004,
		[CURRENCY_PHP] = 0.0175, [CURRENCY_IDR] = 0.000062,
		[CURRENCY_MYR] = 0.225, [CURRENCY_SAR] = 0.267,
		[CURRENCY_AED] = 0.272, [CURRENCY_PKR] = 0.0036,
		[CURRENCY_UAH] = 0.024, [CURRENCY_DEM] = 0.56,
		[CURRENCY_FRF] = 0.168, [CURRENCY_ITL] = 0.00057,
		[CURRENCY_ESP] = 0.0066, [CURRENCY_NLG] = 0.5,
		[CURRENCY_ARS] = 0.001, [CURRENCY_CLP] = 0.00105,
		[CURRENCY_COP] = 0.00024, [CURRENCY_CZK] = 0.044,
		[CURRENCY_HUF] = 0.0028, [CURRENCY_EGP] = 0.02,
		[CURRENCY_KZT] = 0.002,
	};

	return worth[c < CURRENCY_COUNT ? c : CURRENCY_OTHER];
}

int
currency_is_sign(int32_t c)
{
	if (c < 0x80)
		return c == '$';
	return (c >= 0x20A0 && c <= 0x20CF) || currency_sign(c) != CURRENCY_NONE;
}
