/* Owned, growing byte buffer on the heap, for output and compilers (not for stages). Running out of memory is sticky: `failed` is set
 * and later calls do nothing. */
#ifndef CH_BASE_BUF_H
#define CH_BASE_BUF_H

#include "base/slice.h"

typedef struct ChBuf {
  char *p; /* NUL-terminated after the first write */
  size_t n, cap;
  bool failed;
} ChBuf;

void ch_buf_free(ChBuf *b);
void ch_buf_add(ChBuf *b, const void *p, size_t n);
void ch_buf_slice(ChBuf *b, ChSlice s);
void ch_buf_text(ChBuf *b, const char *z);
void ch_buf_char(ChBuf *b, char c);
void ch_buf_printf(ChBuf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static inline ChSlice ch_buf_view(const ChBuf *b) { return ch_slice(b->p ? b->p : "", b->n); }

#endif
