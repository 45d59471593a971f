#include "text/currency.h"

#include <stddef.h>

static const char codes[CURRENCY_COUNT][4] = {
	"", "USD", "EUR", "GBP", "JPY", "CNY", "INR", "CAD", "AUD", "NZD",
	"HKD", "SGD", "TWD", "KRW", "CHF", "SEK", "NOK", "DKK", "RUB", "BRL",
	"MXN", "ZAR", "TRY", "ILS", "NGN", "PLN", "THB", "VND", "PHP", "IDR",
	"MYR", "SAR", "AED", "PKR", "UAH", "DEM", "FRF", "ITL", "ESP", "NLG",
	"BTC", "ARS", "CLP", "COP", "CZK", "HUF", "EGP", "KZT", "XXX",
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

int
currency_is_sign(int32_t c)
{
	if (c < 0x80)
		return c == '$';
	return (c >= 0x20A0 && c <= 0x20CF) || currency_sign(c) != CURRENCY_NONE;
}
