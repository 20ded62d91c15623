/* UTF-8: decoding, letter classes, case. Unicode data from libutf8proc. */
#ifndef CH_BASE_UTF8_H
#define CH_BASE_UTF8_H

#include "base/buf.h"
#include "base/slice.h"

/* Decodes the code point at p[0..n); *used = bytes taken (1 and U+FFFD for an invalid byte). n must be > 0. */
uint32_t ch_utf8_decode(const char *p, size_t n, size_t *used);
/* Writes cp to out[0..4); returns the bytes written. */
size_t ch_utf8_encode(uint32_t cp, char out[4]);
/* Byte offset of the first byte that is not valid UTF-8, or SIZE_MAX. */
size_t ch_utf8_invalid(ChSlice s);
/* Number of code points. */
size_t ch_utf8_count(ChSlice s);
bool ch_cp_letter(uint32_t cp); /* letters and combining marks */
bool ch_cp_digit(uint32_t cp);  /* decimal digits */
bool ch_cp_upper(uint32_t cp);
bool ch_cp_space(uint32_t cp); /* all blanks, no-break ones and line ends among them */
uint32_t ch_cp_lower(uint32_t cp);
uint32_t ch_cp_capital(uint32_t cp);
/* The letter without its marks where it is a Latin one with marks, else itself. */
uint32_t ch_cp_bare(uint32_t cp);
/* Script of a letter: 0 none, 1 Latin, 2 Cyrillic, 3 Greek, 4 Arabic, 5 Hebrew, 6 Han and kana, 7 Hangul, 8 other. */
uint32_t ch_cp_script(uint32_t cp);
/* Lower case of s into out (at most cap bytes, cut at a code point); returns the bytes written. */
size_t ch_utf8_lower(ChSlice s, char *out, size_t cap);
/* Form under which names are compared: decomposed, without marks, case-folded, other than letters and digits one blank. Adds to out. */
void ch_utf8_fold(ChSlice name, ChBuf *out);

#endif
