#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void ch_buf_free(ChBuf *b)
{
  free(b->p);
  *b = (ChBuf){0};
}

static bool room(ChBuf *b, size_t n)
{
  if (b->failed)
    return false;
  if (b->cap - b->n > n)
    return true;
  size_t cap = b->cap ? b->cap : 256;
  while (cap - b->n <= n) {
    if (cap > SIZE_MAX / 2) {
      b->failed = true;
      return false;
    }
    cap *= 2;
  }
  char *p = realloc(b->p, cap);
  if (!p) {
    b->failed = true;
    return false;
  }
  b->p = p;
  b->cap = cap;
  return true;
}

void ch_buf_add(ChBuf *b, const void *p, size_t n)
{
  if (!room(b, n))
    return;
  if (n)
    memcpy(b->p + b->n, p, n);
  b->n += n;
  b->p[b->n] = '\0';
}

void ch_buf_slice(ChBuf *b, ChSlice s) { ch_buf_add(b, s.p, s.n); }
void ch_buf_text(ChBuf *b, const char *z) { ch_buf_add(b, z, strlen(z)); }
void ch_buf_char(ChBuf *b, char c) { ch_buf_add(b, &c, 1); }

void ch_buf_printf(ChBuf *b, const char *fmt, ...)
{
  va_list ap, again;
  va_start(ap, fmt);
  va_copy(again, ap);
  int n = vsnprintf(NULL, 0, fmt, ap);
  va_end(ap);
  if (n > 0 && room(b, (size_t)n)) {
    vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
    b->n += (size_t)n;
  }
  va_end(again);
}
