/* Bytes in any character set to code points with their offsets. */
#ifndef CH_INTAKE_CHARSET_H
#define CH_INTAKE_CHARSET_H

#include "report/report.h"

/* One way to read the bytes: UTF-8, UTF-16, or a table of 256 code points (single-byte sets). */
typedef struct ChCharset {
  enum { CH_CHARSET_UTF8, CH_CHARSET_UTF16LE, CH_CHARSET_UTF16BE, CH_CHARSET_TABLE, CH_CHARSET_ICONV } type;
  char name[32];       /* as iconv knows it */
  uint32_t table[256]; /* TABLE: 0xFFFD = no character */
  size_t skip;         /* bytes of the byte order mark */
  bool guessed;
} ChCharset;

/* A row of data/intake/charsets.tsv: a set without a label that reports are found in. */
typedef struct ChCharsetRow {
  ChWord name;
  uint32_t script; /* ch_cp_script of its letters beyond ASCII */
} ChCharsetRow;

/* Decides how to read the bytes. `declared`: the name in the HTML head or "". */
void ch_charset_detect(ChCharset *cs, const ChPack *pack, ChSlice bytes, ChSlice declared);

/* Code points one after another: loop while (ch_decoder_next(&d)). Bytes that are no character give U+FFFD and `bad`. */
typedef struct ChDecoder {
  const ChCharset *cs;
  ChSlice bytes;
  size_t at;   /* next byte */
  uint32_t cp; /* the code point */
  size_t from; /* its first byte */
  bool bad;
  void *iconv; /* ICONV: iconv_t, NULL else */
} ChDecoder;

void ch_decoder_open(ChDecoder *d, const ChCharset *cs, ChSlice bytes);
bool ch_decoder_next(ChDecoder *d);
void ch_decoder_close(ChDecoder *d);

#endif
