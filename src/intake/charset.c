#include "intake/charset.h"

#include <iconv.h>
#include <stdio.h>
#include <strings.h>

#include "base/utf8.h"

enum { SAMPLE = 64 * 1024 }; /* bytes that a guess looks at */

/* ---- decoding ---- */

void ch_decoder_open(ChDecoder *d, const ChCharset *cs, ChSlice bytes)
{
  *d = (ChDecoder){.cs = cs, .bytes = bytes, .at = cs->skip < bytes.n ? cs->skip : bytes.n};
  if (cs->type == CH_CHARSET_ICONV) {
    iconv_t cd = iconv_open("UTF-32LE", cs->name);
    d->iconv = cd == (iconv_t)-1 ? NULL : cd;
  }
}

void ch_decoder_close(ChDecoder *d)
{
  if (d->iconv)
    iconv_close(d->iconv);
  d->iconv = NULL;
}

static uint32_t unit16(const ChDecoder *d, size_t at)
{
  const unsigned char *p = (const unsigned char *)d->bytes.p + at;
  return d->cs->type == CH_CHARSET_UTF16LE ? (uint32_t)p[0] | (uint32_t)p[1] << 8 : (uint32_t)p[1] | (uint32_t)p[0] << 8;
}

static void next_utf16(ChDecoder *d)
{
  if (d->bytes.n - d->at < 2) {
    d->at = d->bytes.n;
    d->bad = true;
    return;
  }
  uint32_t u = unit16(d, d->at);
  d->at += 2;
  if (u < 0xD800 || u > 0xDFFF) {
    d->cp = u;
    return;
  }
  if (u < 0xDC00 && d->bytes.n - d->at >= 2) {
    uint32_t low = unit16(d, d->at);
    if (low >= 0xDC00 && low <= 0xDFFF) {
      d->at += 2;
      d->cp = 0x10000 + ((u - 0xD800) << 10) + (low - 0xDC00);
      return;
    }
  }
  d->bad = true;
}

/* The next character of a multi-byte set: the shortest run of bytes that iconv takes. */
static void next_iconv(ChDecoder *d)
{
  for (size_t n = 1; d->iconv && n <= 8 && n <= d->bytes.n - d->at; n++) {
    char *in = (char *)(uintptr_t)(d->bytes.p + d->at);
    unsigned char four[8];
    char *out = (char *)four;
    size_t in_left = n, out_left = sizeof four;
    size_t r = iconv(d->iconv, &in, &in_left, &out, &out_left);
    if (r != (size_t)-1 && out_left <= 4) {
      d->cp = (uint32_t)four[0] | (uint32_t)four[1] << 8 | (uint32_t)four[2] << 16 | (uint32_t)four[3] << 24;
      d->at += n;
      return;
    }
    iconv(d->iconv, NULL, NULL, NULL, NULL);
  }
  d->at++;
  d->bad = true;
}

bool ch_decoder_next(ChDecoder *d)
{
  if (d->at >= d->bytes.n)
    return false;
  d->from = d->at;
  d->bad = false;
  d->cp = 0xFFFD;
  size_t used;
  switch (d->cs->type) {
  case CH_CHARSET_UTF8:
    d->cp = ch_utf8_decode(d->bytes.p + d->at, d->bytes.n - d->at, &used);
    d->bad = d->cp == 0xFFFD && used == 1;
    d->at += used;
    break;
  case CH_CHARSET_TABLE:
    d->cp = d->cs->table[(unsigned char)d->bytes.p[d->at++]];
    d->bad = d->cp == 0xFFFD;
    break;
  case CH_CHARSET_UTF16LE:
  case CH_CHARSET_UTF16BE:
    next_utf16(d);
    break;
  case CH_CHARSET_ICONV:
    next_iconv(d);
    break;
  }
  return true;
}

/* ---- deciding ---- */

static bool named_utf8(ChSlice name)
{
  return (name.n == 5 && strncasecmp(name.p, "utf-8", 5) == 0) || (name.n == 4 && strncasecmp(name.p, "utf8", 4) == 0);
}

/* Makes cs read the set of this name; false where iconv does not know it or it cannot be. */
static bool use_name(ChCharset *cs, ChSlice name)
{
  if (!name.n || name.n >= sizeof cs->name || named_utf8(name))
    return false;
  snprintf(cs->name, sizeof cs->name, "%.*s", CH_ARG(name));
  iconv_t cd = iconv_open("UTF-32LE", cs->name);
  if (cd == (iconv_t)-1)
    return false;
  cs->type = CH_CHARSET_TABLE;
  size_t strange = 0, holes = 0;
  for (size_t b = 0; b < 256; b++) {
    char byte = (char)b;
    unsigned char four[8] = {0};
    char *in = &byte, *out = (char *)four;
    size_t in_left = 1, out_left = sizeof four;
    size_t r = iconv(cd, &in, &in_left, &out, &out_left);
    bool one = r != (size_t)-1 && out_left == 4;
    cs->table[b] = one ? (uint32_t)four[0] | (uint32_t)four[1] << 8 | (uint32_t)four[2] << 16 | (uint32_t)four[3] << 24 : 0xFFFD;
    if (r == (size_t)-1 && in_left == 1 && b >= 0x80)
      iconv(cd, NULL, NULL, NULL, NULL);
    strange += b < 0x80 && cs->table[b] != b;
    holes += b >= 0x80 && cs->table[b] == 0xFFFD;
  }
  iconv_close(cd);
  if (holes > 64) /* lead bytes of a multi-byte set */
    cs->type = CH_CHARSET_ICONV;
  return strange <= 2; /* else no superset of ASCII: the label, itself read as ASCII, is wrong */
}

/* How much the bytes look like text in a single-byte set. Letters of its script that follow each other in small case speak for it; what
 * no writing does speaks against: capitals after small letters, two scripts in one word, signs inside words, letters beyond the
 * script's first 64 (rare everywhere), two accented Latin letters in a row. Sets of one script differ in just these. */
static double plausible(const ChCharset *cs, uint32_t script, ChSlice bytes)
{
  double sum = 0;
  uint32_t last = 0, last_script = 0;
  bool last_high = false;
  size_t start = 0, high = 0;
  while (start < bytes.n && (unsigned char)bytes.p[start] < 0x80)
    start++;
  start = start > 32 ? start - 32 : 0;
  size_t end = bytes.n - start < SAMPLE ? bytes.n : start + SAMPLE;
  for (size_t i = start; i < end; i++) {
    unsigned char b = (unsigned char)bytes.p[i];
    uint32_t cp = cs->table[b], s = ch_cp_script(cp);
    if (b >= 0x80) {
      high++;
      if (cp == 0xFFFD || (cp >= 0x80 && cp < 0xA0))
        sum -= 4;
      else if (s == script)
        sum += script == 1 ? (last_high && s == last_script ? -2 : last_script == 1 ? 1 : 0.25) : 1;
      else if (s)
        sum -= 1;
      else if (last_script)
        sum -= 0.5; /* a quotation mark or dash often stands after a blank, a sign inside a word not */
      if (script == 2 && s == 2 && (cp < 0x410 || cp > 0x44F))
        sum -= 1.5;
    }
    if (s && last_script && s != last_script)
      sum -= 2;
    if (s && last_script && (b >= 0x80 || last_high) && ch_cp_upper(cp) && !ch_cp_upper(last))
      sum -= 2;
    last = cp;
    last_script = s;
    last_high = b >= 0x80;
  }
  return high ? sum / (double)high : 0;
}

static void guess_single(ChCharset *cs, const ChPack *pack, ChSlice bytes)
{
  size_t n = 0;
  const ChCharsetRow *rows = pack ? ch_pack_section(pack, "charsets", sizeof *rows, &n) : NULL;
  double best = 0;
  ChCharset try = *cs;
  bool found = false;
  for (size_t i = 0; i < n; i++) {
    if (!use_name(&try, ch_pack_word(pack, rows[i].name)) || try.type != CH_CHARSET_TABLE)
      continue;
    double score = plausible(&try, rows[i].script, bytes);
    if (!found || score > best) {
      best = score;
      *cs = try;
      found = true;
    }
  }
  if (!found)
    use_name(cs, CH_LIT("WINDOWS-1252"));
  cs->guessed = true;
}

/* Valid multi-byte sequences and wrong bytes of a text that is perhaps UTF-8. */
static void count_utf8(ChSlice bytes, size_t *good, size_t *bad)
{
  *good = *bad = 0;
  for (size_t i = 0; i < bytes.n;) {
    if ((unsigned char)bytes.p[i] < 0x80) {
      i++;
      continue;
    }
    size_t used;
    uint32_t cp = ch_utf8_decode(bytes.p + i, bytes.n - i, &used);
    *(cp == 0xFFFD && used == 1 ? bad : good) += 1;
    i += used;
  }
}

void ch_charset_detect(ChCharset *cs, const ChPack *pack, ChSlice bytes, ChSlice declared)
{
  *cs = (ChCharset){.type = CH_CHARSET_UTF8, .name = "UTF-8"};
  const unsigned char *p = (const unsigned char *)bytes.p;
  if (bytes.n >= 3 && p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF) {
    cs->skip = 3;
    return;
  }
  if (bytes.n >= 2 && ((p[0] == 0xFF && p[1] == 0xFE) || (p[0] == 0xFE && p[1] == 0xFF))) {
    cs->type = p[0] == 0xFF ? CH_CHARSET_UTF16LE : CH_CHARSET_UTF16BE;
    snprintf(cs->name, sizeof cs->name, "UTF-16%s", p[0] == 0xFF ? "LE" : "BE");
    cs->skip = 2;
    return;
  }
  size_t good, bad;
  count_utf8(bytes, &good, &bad);
  if (!bad && (good || !declared.n))
    return;
  if (use_name(cs, declared) && (bad || cs->type == CH_CHARSET_ICONV))
    return;
  *cs = (ChCharset){.type = CH_CHARSET_UTF8, .name = "UTF-8"};
  if (bad > good / 8)
    guess_single(cs, pack, bytes);
}
