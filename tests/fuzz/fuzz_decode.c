/* A body under any Content-Encoding, in pieces of any size: never more comes
   out than the cap, whatever it claims to become. */
#include "fuzz.h"

#include "fetch/decode.h"

#define MAX 100000

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const char *const names[] = { "", "gzip", "deflate", "br",
	    "zstd", "gzip, gzip", "br,deflate", "x-gzip , identity",
	    ",,,", "gzip,gzip,gzip,gzip,gzip,gzip" };
	struct decode *d;
	struct error err;
	size_t step, at;
	int rc = 0;

	if (n < 2)
		return 0;
	d = decode_new(names[p[0] % 10], MAX);
	step = p[1] + 1;
	for (at = 2; at < n && rc == 0; at += step)
		rc = decode_push(d, p + at, step < n - at ? step : n - at,
		    &err);
	if (rc == 0)
		rc = decode_end(d, &err);
	must(decode_body(d)->len <= MAX);
	must(rc == 0 || err.text[0] != '\0');
	must(rc != 0 || !decode_is_full(d));
	decode_free(d);
	return 0;
}
