#include <wchar.h>

#include <utf8proc.h>

#include "base/utf8.h"
#include "out/out.h"

static uint32_t columns_of(uint32_t cp)
{
  int w = utf8proc_charwidth((utf8proc_int32_t)cp);
  return w > 0 ? (uint32_t)w : 0;
}

uint32_t ch_out_width(ChSlice text)
{
  uint32_t sum = 0;
  for (size_t i = 0, used; i < text.n; i += used)
    sum += columns_of(ch_utf8_decode(text.p + i, text.n - i, &used));
  return sum;
}

/* Adds a word without control characters (a terminal would obey them), breaking it where it is wider than a line. */
static uint32_t add_word(ChBuf *out, ChSlice word, uint32_t at, uint32_t indent, uint32_t width)
{
  for (size_t i = 0, used; i < word.n; i += used) {
    uint32_t cp = ch_utf8_decode(word.p + i, word.n - i, &used);
    if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
      continue;
    uint32_t w = columns_of(cp);
    if (at + w > width && at > indent) {
      ch_buf_printf(out, "\n%*s", (int)indent, "");
      at = indent;
    }
    ch_buf_add(out, word.p + i, used);
    at += w;
  }
  return at;
}

void ch_out_wrap(ChBuf *out, ChSlice text, uint32_t at, uint32_t indent, uint32_t width)
{
  if (width < indent + 8)
    width = indent + 8;
  bool first = true;
  for (size_t i = 0; i < text.n;) {
    size_t end = i;
    while (end < text.n && text.p[end] != ' ' && text.p[end] != '\n')
      end++;
    ChSlice word = ch_slice(text.p + i, end - i);
    i = end + 1;
    if (!word.n)
      continue;
    uint32_t w = ch_out_width(word);
    if ((!first || at > indent) && at + (first ? 0 : 1) + w > width) {
      ch_buf_printf(out, "\n%*s", (int)indent, "");
      at = indent;
    } else if (!first) {
      ch_buf_char(out, ' ');
      at++;
    }
    at = add_word(out, word, at, indent, width);
    first = false;
  }
}
