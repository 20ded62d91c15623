#include "world/rewrite.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/datafile.h"
#include "base/utf8.h"

static int by_from(const void *a, const void *b)
{
  const ChRewriteRow *x = a, *y = b;
  return ch_slice_cmp(ch_slice(x->from, x->from_n), ch_slice(y->from, y->from_n));
}

void ch_rewrite_compile(ChPackWriter *w, const char *section, const char *path, ChError *err)
{
  enum { FROM, TO };
  static const char *const columns[] = {"from", "to", NULL};
  if (ch_failed(err) || access(path, F_OK) != 0)
    return;
  ChDataFile f;
  ChBuf rows = {0};
  ch_datafile_open(&f, path, "rewrite", 1, columns, err);
  while (ch_datafile_next(&f)) {
    ChSlice from = f.cell[FROM], to = f.cell[TO];
    ChRewriteRow r = {0};
    if (!from.n || from.n > sizeof r.from || to.n > sizeof r.to) {
      ch_datafile_fault(&f, FROM, "'from' is empty or a cell is too long");
      break;
    }
    memcpy(r.from, from.p, from.n);
    if (to.n)
      memcpy(r.to, to.p, to.n);
    r.from_n = (uint8_t)from.n;
    r.to_n = (uint8_t)to.n;
    ch_buf_add(&rows, &r, sizeof r);
  }
  ch_datafile_close(&f);
  size_t n = rows.n / sizeof(ChRewriteRow);
  if (n)
    qsort(rows.p, n, sizeof(ChRewriteRow), by_from);
  if (!ch_failed(err))
    ch_pack_writer_add(w, section, rows.p, sizeof(ChRewriteRow), n);
  ch_buf_free(&rows);
}

ChRewrite ch_rewrite_of(const ChPack *p, const char *section)
{
  ChRewrite t;
  t.rows = ch_pack_section(p, section, sizeof *t.rows, &t.n);
  return t;
}

ChRewrite ch_rewrite_of_lang(const ChPack *p, ChSlice lang, const char *section)
{
  ChRewrite t;
  t.rows = ch_pack_section_of(p, lang, section, sizeof *t.rows, &t.n);
  return t;
}

ChRewrite ch_rewrite_of_writer(const ChPackWriter *w, const char *section)
{
  ChRewrite t;
  t.rows = ch_pack_writer_section(w, section, sizeof *t.rows, &t.n);
  return t;
}

static const ChRewriteRow *find(const ChRewrite *t, ChSlice s)
{
  size_t lo = 0, hi = t->n;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    int c = ch_slice_cmp(ch_slice(t->rows[mid].from, t->rows[mid].from_n), s);
    if (c == 0)
      return &t->rows[mid];
    if (c < 0)
      lo = mid + 1;
    else
      hi = mid;
  }
  return NULL;
}

/* Gives the capitals of `word` back to `out`: at its start and after hyphens. */
static size_t capitalise(ChSlice word, char *out, size_t n)
{
  char tmp[CH_FOLD_MAX];
  size_t k = 0, part = 0;
  bool up[16] = {false};
  bool start = true;
  size_t parts = 0;
  for (size_t i = 0; i < word.n;) {
    size_t used;
    uint32_t cp = ch_utf8_decode(word.p + i, word.n - i, &used);
    if (start && parts < 16)
      up[parts++] = ch_cp_upper(cp);
    start = cp == '-';
    i += used;
  }
  start = true;
  for (size_t i = 0; i < n;) {
    size_t used;
    uint32_t cp = ch_utf8_decode(out + i, n - i, &used);
    char enc[4];
    uint32_t big = cp;
    if (start && part < parts && up[part] && cp >= 'a' && cp <= 'z')
      big = cp - 'a' + 'A';
    part += start;
    size_t e = ch_utf8_encode(big, enc);
    if (k + e > CH_FOLD_MAX)
      break;
    memcpy(tmp + k, enc, e);
    k += e;
    start = cp == '-';
    i += used;
  }
  memcpy(out, tmp, k);
  return k;
}

size_t ch_rewrite_word(const ChRewrite *t, ChSlice word, bool capitals, char out[CH_FOLD_MAX])
{
  char low[CH_FOLD_MAX + 2];
  low[0] = '^';
  size_t n = 1 + ch_utf8_lower(word, low + 1, CH_FOLD_MAX);
  low[n++] = '$';
  size_t k = 0;
  for (size_t i = 0; i < n;) {
    size_t most = n - i < sizeof((ChRewriteRow *)0)->from ? n - i : sizeof((ChRewriteRow *)0)->from;
    const ChRewriteRow *r = NULL;
    for (size_t m = most; m > 0 && !r; m--)
      r = find(t, ch_slice(low + i, m));
    const char *p = low + i;
    size_t used = 1, put;
    if (r) {
      used = r->from_n;
      p = r->to;
      put = r->to_n;
    } else {
      ch_utf8_decode(low + i, n - i, &used);
      put = (i == 0 || i + 1 == n) ? 0 : used; /* the marks themselves */
    }
    if (k + put > CH_FOLD_MAX)
      break;
    memcpy(out + k, p, put);
    k += put;
    i += used;
  }
  return capitals ? capitalise(word, out, k) : k;
}

size_t ch_rewrite_sound(const ChRewrite *skeleton, const ChRewrite *sound, const ChSlice *words, size_t n, char out[CH_SOUND_MAX])
{
  size_t at = 1;
  out[0] = '=';
  for (size_t i = 0; i < n; i++) {
    char a[CH_FOLD_MAX], b[CH_FOLD_MAX];
    size_t k = ch_rewrite_word(skeleton, words[i], false, a);
    k = ch_rewrite_word(sound, ch_slice(a, k), false, b);
    if (at + k >= CH_SOUND_MAX)
      return 0;
    for (size_t j = 0; j < k; j++)
      if (b[j] != '-')
        out[at++] = b[j];
  }
  return at > CH_SOUND_LEAST ? at : 0;
}
