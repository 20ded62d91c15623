#include "model/wording.h"

#include <stdio.h>
#include <unistd.h>

#include "base/datafile.h"

typedef struct Row {
  ChWord id, text;
} Row;

static void compile_language(ChPackWriter *w, const char *data, ChSlice code, ChError *err)
{
  static const char *const columns[] = {"id", "text", NULL};
  char path[1024];
  snprintf(path, sizeof path, "%s/language/%.*s/wording.tsv", data, CH_ARG(code));
  if (access(path, F_OK) != 0)
    return;
  ChBuf rows = {0};
  ChDataFile f;
  ch_datafile_open(&f, path, "wording", 1, columns, err);
  while (ch_datafile_next(&f)) {
    if (!f.cell[0].n || !f.cell[1].n)
      ch_datafile_fault(&f, 0, "the id or the text is missing");
    Row row = {ch_pack_writer_word(w, f.cell[0]), ch_pack_writer_word(w, f.cell[1])};
    ch_buf_add(&rows, &row, sizeof row);
  }
  ch_datafile_close(&f);
  if (rows.failed)
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
  if (!ch_failed(err))
    ch_pack_writer_add_of(w, code, "wording", rows.p, sizeof(Row), rows.n / sizeof(Row));
  ch_buf_free(&rows);
}

void ch_wording_compile(ChPackWriter *w, const char *data, ChError *err)
{
  char codes[CH_LANGUAGES_MAX][16];
  if (ch_failed(err))
    return;
  size_t n = ch_languages_codes(w, codes);
  for (size_t i = 0; i < n; i++)
    compile_language(w, data, ch_slice_z(codes[i]), err);
}

bool ch_wording_has(const ChPack *p, ChSlice lang)
{
  size_t n;
  return ch_pack_section_of(p, lang, "wording", sizeof(Row), &n) && n;
}

ChSlice ch_wording(const ChPack *p, ChSlice lang, const char *prefix, ChSlice id)
{
  char whole[128];
  size_t n;
  const Row *rows = ch_pack_section_of(p, lang, "wording", sizeof *rows, &n);
  int length = snprintf(whole, sizeof whole, "%s%.*s", prefix, CH_ARG(id));
  ChWord want = length > 0 && (size_t)length < sizeof whole ? ch_pack_find(p, ch_slice(whole, (size_t)length)) : CH_NO_WORD;
  for (size_t i = 0; want && i < n; i++)
    if (rows[i].id == want)
      return ch_pack_word(p, rows[i].text);
  return id;
}
