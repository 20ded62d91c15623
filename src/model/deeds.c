#include "model/deeds.h"

#include <stdio.h>
#include <unistd.h>

#include "base/datafile.h"
#include "base/utf8.h"

enum { STEMS = 6 };

/* One way of saying it: the norms that begin words of a quote, all of them; one that ends in '.' is a whole word. */
typedef struct Way {
  ChWord kind, deed;
  ChWord stems[STEMS];
  uint32_t n;
} Way;

static void add_way(ChPackWriter *w, ChDataFile *f, const ChFold *fold, ChSlice words, ChBuf *out)
{
  Way way = {.kind = ch_pack_writer_word(w, f->cell[1]), .deed = ch_pack_writer_word(w, f->cell[2])};
  while (words.n) {
    char norm[CH_FOLD_MAX + 1];
    ChSlice one = ch_slice_cut(&words, ' ');
    bool whole = one.n && one.p[one.n - 1] == '.';
    size_t n = ch_fold_norm(fold, ch_slice(one.p, one.n - whole), norm);
    if (whole)
      norm[n++] = '.';
    if (way.n == STEMS)
      ch_datafile_fault(f, 3, "more than %d words", STEMS);
    else if (n > whole)
      way.stems[way.n++] = ch_pack_writer_word(w, ch_slice(norm, n));
  }
  if (way.n)
    ch_buf_add(out, &way, sizeof way);
}

static void compile_language(ChPackWriter *w, const char *data, ChSlice code, ChError *err)
{
  static const char *const columns[] = {"id", "kind", "deed", "words", NULL};
  char path[1024];
  snprintf(path, sizeof path, "%s/language/%.*s/deeds.tsv", data, CH_ARG(code));
  if (access(path, F_OK) != 0)
    return;
  ChFold fold = ch_fold_of_writer(w, code);
  ChBuf ways = {0};
  ChDataFile f;
  ch_datafile_open(&f, path, "deeds", 1, columns, err);
  while (ch_datafile_next(&f)) {
    if (!f.cell[1].n || !f.cell[2].n || !f.cell[3].n)
      ch_datafile_fault(&f, 1, "kind, deed or words are missing");
    for (ChSlice rest = f.cell[3]; rest.p && rest.n;)
      add_way(w, &f, &fold, ch_slice_cut(&rest, ';'), &ways);
  }
  ch_datafile_close(&f);
  if (ways.failed)
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
  if (!ch_failed(err))
    ch_pack_writer_add_of(w, code, "deeds", ways.p, sizeof(Way), ways.n / sizeof(Way));
  ch_buf_free(&ways);
}

void ch_deeds_compile(ChPackWriter *w, const char *data, ChError *err)
{
  char codes[CH_LANGUAGES_MAX][16];
  if (ch_failed(err))
    return;
  size_t n = ch_languages_codes(w, codes);
  for (size_t i = 0; i < n; i++)
    compile_language(w, data, ch_slice_z(codes[i]), err);
}

/* ---- look-up ---- */

/* The words of a quote, by norm. */
typedef struct Words {
  char norm[CH_DEED_WORDS][CH_FOLD_MAX];
  size_t length[CH_DEED_WORDS], n;
} Words;

static void cut_words(const ChFold *fold, ChSlice quote, Words *out)
{
  size_t start = 0, used;
  out->n = 0;
  for (size_t i = 0; i <= quote.n && out->n < CH_DEED_WORDS; i += used) {
    used = 1;
    if (i < quote.n && ch_cp_letter(ch_utf8_decode(quote.p + i, quote.n - i, &used)))
      continue;
    if (i > start) {
      out->length[out->n] = ch_fold_norm(fold, ch_slice(quote.p + start, i - start), out->norm[out->n]);
      out->n++;
    }
    start = i + used;
  }
}

static bool begins_one(const Words *w, ChSlice stem)
{
  bool whole = stem.n && stem.p[stem.n - 1] == '.';
  stem.n -= whole;
  for (size_t i = 0; i < w->n; i++) {
    ChSlice word = ch_slice(w->norm[i], w->length[i]);
    if (whole ? ch_slice_eq(word, stem) : ch_slice_starts(word, stem))
      return true;
  }
  return false;
}

static bool says(const ChPack *p, const Way *way, const Words *w)
{
  for (uint32_t k = 0; k < way->n; k++)
    if (!begins_one(w, ch_pack_word(p, way->stems[k])))
      return false;
  return true;
}

ChWord ch_deed_of(const ChPack *p, ChWord kind, const ChSlice *quotes, size_t n)
{
  size_t languages, best = SIZE_MAX;
  ChWord deed = CH_NO_WORD;
  const ChLanguage *list = ch_languages(p, &languages);
  for (size_t l = 0; l < languages; l++) {
    size_t ways;
    ChSlice code = ch_pack_word(p, list[l].code);
    const Way *at = ch_pack_section_of(p, code, "deeds", sizeof *at, &ways);
    ChFold fold = ch_fold_of(p, code);
    for (size_t q = 0; ways && q < n && q < CH_DEED_QUOTES; q++) {
      Words words;
      cut_words(&fold, quotes[q], &words);
      for (size_t i = 0; i < ways && i < best; i++) {
        if (at[i].kind != kind || !says(p, &at[i], &words))
          continue;
        best = i;
        deed = at[i].deed;
      }
    }
  }
  return deed;
}
