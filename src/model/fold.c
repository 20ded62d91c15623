#include "model/fold.h"

#include <stdlib.h>

#include "base/datafile.h"
#include "base/utf8.h"

static int by_row(const void *a, const void *b)
{
  const ChFoldRow *x = a, *y = b;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  return ch_slice_cmp(ch_slice(x->from, x->from_n), ch_slice(y->from, y->from_n));
}

void ch_fold_compile(ChPackWriter *w, ChSlice lang, const char *path, ChError *err)
{
  enum { KIND, FROM, TO, KEEP };
  static const char *const columns[] = {"kind", "from", "to", "keep", NULL};
  ChDataFile f;
  ChBuf rows = {0};
  ch_datafile_open(&f, path, "fold", 1, columns, err);
  while (ch_datafile_next(&f)) {
    ChFoldRow r = {0};
    ChSlice kind = f.cell[KIND], from = f.cell[FROM], to = f.cell[TO];
    uint32_t keep = 0;
    if (ch_slice_is(kind, "letter"))
      r.kind = CH_FOLD_LETTER;
    else if (ch_slice_is(kind, "ending"))
      r.kind = CH_FOLD_ENDING;
    else
      ch_datafile_fault(&f, KIND, "kind must be 'letter' or 'ending'");
    if (from.n == 0 || from.n > sizeof r.from || to.n > sizeof r.to)
      ch_datafile_fault(&f, FROM, "'from' is empty or too long");
    else if (f.cell[KEEP].n && !ch_slice_uint(f.cell[KEEP], 20, &keep))
      ch_datafile_fault(&f, KEEP, "'keep' must be a number");
    if (ch_failed(err))
      break;
    memcpy(r.from, from.p, from.n);
    if (to.n)
      memcpy(r.to, to.p, to.n);
    r.from_n = (uint8_t)from.n;
    r.to_n = (uint8_t)to.n;
    r.keep = (uint8_t)keep;
    ch_buf_add(&rows, &r, sizeof r);
  }
  ch_datafile_close(&f);
  size_t n = rows.n / sizeof(ChFoldRow);
  if (n)
    qsort(rows.p, n, sizeof(ChFoldRow), by_row);
  if (!ch_failed(err))
    ch_pack_writer_add_of(w, lang, "fold", rows.p, sizeof(ChFoldRow), n);
  ch_buf_free(&rows);
}

static ChFold split(const ChFoldRow *rows, size_t n)
{
  ChFold f = {.letters = rows};
  while (f.n_letters < n && rows[f.n_letters].kind == CH_FOLD_LETTER)
    f.n_letters++;
  f.endings = rows + f.n_letters;
  f.n_endings = n - f.n_letters;
  for (size_t i = 0; i < n; i++) {
    uint8_t last = rows[i].from_n ? (uint8_t)rows[i].from[rows[i].from_n - 1] : 0;
    bool letter = i < f.n_letters;
    (letter ? f.letter_bytes : f.ending_bytes)[last >> 6] |= 1ull << (last & 63);
    if (!letter)
      f.ending_lengths |= 1u << (rows[i].from_n < 31 ? rows[i].from_n : 31);
  }
  return f;
}

ChFold ch_fold_of(const ChPack *p, ChSlice lang)
{
  size_t n;
  const ChFoldRow *rows = ch_pack_section_of(p, lang, "fold", sizeof *rows, &n);
  return rows ? split(rows, n) : (ChFold){0};
}

ChFold ch_fold_of_writer(const ChPackWriter *w, ChSlice lang)
{
  size_t n;
  const ChFoldRow *rows = ch_pack_writer_section_of(w, lang, "fold", sizeof *rows, &n);
  return rows ? split(rows, n) : (ChFold){0};
}

static bool has(const uint64_t set[4], char c) { return set[(uint8_t)c >> 6] >> ((uint8_t)c & 63) & 1; }

static const ChFoldRow *find(const ChFoldRow *rows, size_t n, ChSlice s)
{
  size_t lo = 0, hi = n;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    int c = ch_slice_cmp(ch_slice(rows[mid].from, rows[mid].from_n), s);
    if (c == 0)
      return &rows[mid];
    if (c < 0)
      lo = mid + 1;
    else
      hi = mid;
  }
  return NULL;
}

size_t ch_fold_norm(const ChFold *f, ChSlice form, char out[CH_FOLD_MAX])
{
  size_t n = 0;
  for (size_t i = 0; i < form.n;) {
    size_t used;
    uint32_t cp = ch_cp_lower(ch_utf8_decode(form.p + i, form.n - i, &used));
    i += used;
    char enc[6];
    size_t k = ch_utf8_encode(cp, enc);
    const ChFoldRow *r = has(f->letter_bytes, enc[k - 1]) ? find(f->letters, f->n_letters, ch_slice(enc, k)) : NULL;
    if (r) {
      k = r->to_n;
      memcpy(enc, r->to, k);
    }
    if (n + k > CH_FOLD_MAX)
      break;
    memcpy(out + n, enc, k);
    n += k;
  }
  return n;
}

size_t ch_fold_key(const ChFold *f, ChSlice form, char out[CH_FOLD_MAX])
{
  size_t n = ch_fold_norm(f, form, out);
  if (!n || !has(f->ending_bytes, out[n - 1]))
    return n;
  size_t letters = ch_utf8_count(ch_slice(out, n));
  /* longest ending first */
  size_t most = n < sizeof ((ChFoldRow *)0)->from ? n : sizeof ((ChFoldRow *)0)->from;
  for (size_t k = most; k > 0; k--) {
    if (((unsigned char)out[n - k] & 0xC0) == 0x80 || !(f->ending_lengths >> (k < 31 ? k : 31) & 1))
      continue;
    ChSlice tail = ch_slice(out + n - k, k);
    const ChFoldRow *r = find(f->endings, f->n_endings, tail);
    if (!r || letters < ch_utf8_count(tail) + r->keep)
      continue;
    n -= k;
    memcpy(out + n, r->to, r->to_n); /* `to` is never longer than `from` in use; the buffer has room as from was there */
    return n + r->to_n;
  }
  return n;
}

bool ch_fold_acronym(ChSlice form)
{
  size_t capitals = 0, letters = 0;
  for (size_t i = 0; i < form.n;) {
    size_t used;
    uint32_t cp = ch_utf8_decode(form.p + i, form.n - i, &used);
    i += used;
    if (ch_cp_letter(cp) && ch_cp_lower(cp) == cp && cp != 0x2019)
      return false;
    letters += ch_cp_upper(cp);
    capitals += ch_cp_upper(cp) || ch_cp_digit(cp);
    if (!ch_cp_upper(cp) && !ch_cp_digit(cp) && cp != '.' && cp != '-' && cp != '&' && cp != '+')
      return false;
  }
  return capitals >= 2 && letters >= 1;
}

size_t ch_fold_caps(ChSlice form, char out[CH_FOLD_MAX])
{
  size_t n = 0;
  out[n++] = '^';
  for (size_t i = 0; i < form.n;) {
    size_t used;
    uint32_t cp = ch_utf8_decode(form.p + i, form.n - i, &used);
    if (cp != '.' && n + used <= CH_FOLD_MAX) {
      memcpy(out + n, form.p + i, used);
      n += used;
    }
    i += used;
  }
  return n;
}
