#include "base/utf8.h"

#include <stdlib.h>

#include <utf8proc.h>

uint32_t ch_utf8_decode(const char *p, size_t n, size_t *used)
{
  const unsigned char *u = (const unsigned char *)p;
  if (u[0] < 0x80) {
    *used = 1;
    return u[0];
  }
  utf8proc_int32_t cp;
  utf8proc_ssize_t r = utf8proc_iterate(u, (utf8proc_ssize_t)(n > 4 ? 4 : n), &cp);
  if (r <= 0 || cp < 0) {
    *used = 1;
    return 0xFFFD;
  }
  *used = (size_t)r;
  return (uint32_t)cp;
}

size_t ch_utf8_encode(uint32_t cp, char out[4])
{
  return (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)out);
}

size_t ch_utf8_invalid(ChSlice s)
{
  for (size_t i = 0; i < s.n;) {
    size_t used;
    if ((unsigned char)s.p[i] < 0x80) {
      i++;
      continue;
    }
    uint32_t cp = ch_utf8_decode(s.p + i, s.n - i, &used);
    if (cp == 0xFFFD && used == 1)
      return i;
    i += used;
  }
  return SIZE_MAX;
}

size_t ch_utf8_count(ChSlice s)
{
  size_t n = 0;
  for (size_t i = 0; i < s.n; i++)
    n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
  return n;
}

bool ch_cp_letter(uint32_t cp)
{
  if (cp < 0x80)
    return (cp | 32) - 'a' < 26;
  utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
  return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO) || c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_MC;
}

bool ch_cp_digit(uint32_t cp)
{
  if (cp < 0x80)
    return cp - '0' < 10;
  return utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_ND;
}

bool ch_cp_upper(uint32_t cp)
{
  if (cp < 0x80)
    return cp - 'A' < 26;
  utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
  return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool ch_cp_space(uint32_t cp)
{
  if (cp < 0x80)
    return cp == ' ' || (cp >= 9 && cp <= 13);
  utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
  return c == UTF8PROC_CATEGORY_ZS || c == UTF8PROC_CATEGORY_ZL || c == UTF8PROC_CATEGORY_ZP || cp == 0x85 || cp == 0xFEFF;
}

uint32_t ch_cp_lower(uint32_t cp)
{
  if (cp < 0x80)
    return cp - 'A' < 26 ? cp + 32 : cp;
  return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

uint32_t ch_cp_capital(uint32_t cp) { return (uint32_t)utf8proc_toupper((utf8proc_int32_t)cp); }

uint32_t ch_cp_script(uint32_t cp)
{
  static const struct {
    uint32_t first, last, script;
  } ranges[] = {
      {0x41, 0x5A, 1},     {0x61, 0x7A, 1},     {0xC0, 0x24F, 1},    {0x1E00, 0x1EFF, 1}, {0x370, 0x3FF, 3},   {0x400, 0x52F, 2},
      {0x1C80, 0x1C8F, 2}, {0x2DE0, 0x2DFF, 2}, {0xA640, 0xA69F, 2}, {0x590, 0x5FF, 5},   {0x600, 0x6FF, 4},   {0x750, 0x77F, 4},
      {0x3040, 0x30FF, 6}, {0x3400, 0x4DBF, 6}, {0x4E00, 0x9FFF, 6}, {0xAC00, 0xD7AF, 7},
  };
  for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
    if (cp >= ranges[i].first && cp <= ranges[i].last)
      return ranges[i].script;
  return ch_cp_letter(cp) ? 8 : 0;
}

size_t ch_utf8_lower(ChSlice s, char *out, size_t cap)
{
  size_t n = 0;
  for (size_t i = 0; i < s.n;) {
    size_t used;
    uint32_t cp = ch_cp_lower(ch_utf8_decode(s.p + i, s.n - i, &used));
    i += used;
    char enc[4];
    size_t k = ch_utf8_encode(cp, enc);
    if (n + k > cap)
      break;
    memcpy(out + n, enc, k);
    n += k;
  }
  return n;
}

void ch_utf8_fold(ChSlice name, ChBuf *out)
{
  utf8proc_uint8_t *folded = NULL;
  utf8proc_option_t how = UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
  utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)name.p, (utf8proc_ssize_t)name.n, &folded, how);
  size_t start = out->n;
  for (size_t i = 0, used; n > 0 && i < (size_t)n; i += used) {
    uint32_t cp = ch_utf8_decode((const char *)folded + i, (size_t)n - i, &used);
    if (ch_cp_letter(cp) || ch_cp_digit(cp))
      ch_buf_add(out, folded + i, used);
    else if (out->n > start && out->p[out->n - 1] != ' ')
      ch_buf_char(out, ' ');
  }
  if (out->n > start && out->p[out->n - 1] == ' ')
    out->n--;
  free(folded);
}

uint32_t ch_cp_bare(uint32_t cp)
{
  utf8proc_int32_t parts[8];
  int last = 0;
  if (cp < 0x80 || ch_cp_script(cp) != 1)
    return cp;
  utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)cp, parts, 8, UTF8PROC_DECOMPOSE, &last);
  return n > 1 ? (uint32_t)parts[0] : cp;
}
