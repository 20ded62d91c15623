#include "base/slice.h"

#include <stdlib.h>
#include <xxhash.h>

int ch_slice_cmp(ChSlice a, ChSlice b)
{
  size_t n = a.n < b.n ? a.n : b.n;
  int c = n ? memcmp(a.p, b.p, n) : 0;
  if (c)
    return c;
  return a.n < b.n ? -1 : a.n > b.n;
}

bool ch_slice_starts(ChSlice s, ChSlice prefix)
{
  return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool ch_slice_ends(ChSlice s, ChSlice suffix)
{
  return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

static bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

ChSlice ch_slice_trim(ChSlice s)
{
  while (s.n && blank(s.p[0])) {
    s.p++;
    s.n--;
  }
  while (s.n && blank(s.p[s.n - 1]))
    s.n--;
  return s;
}

ChSlice ch_slice_cut(ChSlice *rest, char sep)
{
  ChSlice piece = *rest;
  const char *at = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
  if (at) {
    piece.n = (size_t)(at - rest->p);
    rest->p = at + 1;
    rest->n -= piece.n + 1;
  } else {
    *rest = (ChSlice){NULL, 0};
  }
  return ch_slice_trim(piece);
}

size_t ch_slice_find(ChSlice hay, ChSlice needle)
{
  if (needle.n == 0)
    return 0;
  for (size_t i = 0; i + needle.n <= hay.n; i++) {
    const char *at = memchr(hay.p + i, needle.p[0], hay.n - needle.n - i + 1);
    if (!at)
      return SIZE_MAX;
    i = (size_t)(at - hay.p);
    if (memcmp(at, needle.p, needle.n) == 0)
      return i;
  }
  return SIZE_MAX;
}

bool ch_slice_uint(ChSlice s, uint32_t max, uint32_t *out)
{
  if (s.n == 0 || s.n > 10)
    return false;
  uint64_t v = 0;
  for (size_t i = 0; i < s.n; i++) {
    if (s.p[i] < '0' || s.p[i] > '9')
      return false;
    v = v * 10 + (uint64_t)(s.p[i] - '0');
  }
  if (v > max)
    return false;
  *out = (uint32_t)v;
  return true;
}

bool ch_slice_double(ChSlice s, double *out)
{
  char buf[64];
  if (s.n == 0 || s.n >= sizeof buf)
    return false;
  memcpy(buf, s.p, s.n);
  buf[s.n] = '\0';
  char *end;
  *out = strtod(buf, &end);
  return end == buf + s.n;
}

uint64_t ch_slice_hash(ChSlice s) { return XXH3_64bits(s.p ? s.p : "", s.n); }
