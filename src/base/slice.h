/* Borrowed strings. A slice is UTF-8 unless a function says otherwise, is never assumed to end in NUL, and lives as long as what it
 * points into. */
#ifndef CH_BASE_SLICE_H
#define CH_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct ChSlice {
  const char *p;
  size_t n; /* bytes */
} ChSlice;

#define CH_LIT(s) ((ChSlice){(s), sizeof(s) - 1}) /* slice of a string literal */
#define CH_ARG(s) (int)(s).n, (s).p               /* for printf's %.*s */

static inline ChSlice ch_slice(const char *p, size_t n) { return (ChSlice){p, n}; }
static inline ChSlice ch_slice_z(const char *z) { return (ChSlice){z, z ? strlen(z) : 0}; }
static inline bool ch_slice_eq(ChSlice a, ChSlice b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }
static inline bool ch_slice_is(ChSlice a, const char *z) { return ch_slice_eq(a, ch_slice_z(z)); }

/* Order by bytes; a prefix comes first. */
int ch_slice_cmp(ChSlice a, ChSlice b);
bool ch_slice_starts(ChSlice s, ChSlice prefix);
bool ch_slice_ends(ChSlice s, ChSlice suffix);
/* Without ASCII blanks at both ends. */
ChSlice ch_slice_trim(ChSlice s);
/* Cuts the piece before the next `sep` off *rest and returns it trimmed; at the end *rest is {NULL, 0}. Loop: while (rest.p) ... */
ChSlice ch_slice_cut(ChSlice *rest, char sep);
/* Byte offset of the first occurrence, or SIZE_MAX. */
size_t ch_slice_find(ChSlice hay, ChSlice needle);
/* Decimal number; false when empty, not all digits, or above `max`. */
bool ch_slice_uint(ChSlice s, uint32_t max, uint32_t *out);
bool ch_slice_double(ChSlice s, double *out);
/* 64-bit hash (XXH3). */
uint64_t ch_slice_hash(ChSlice s);

#endif
