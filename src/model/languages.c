#include "model/languages.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/datafile.h"

static int by_text(const void *a, const void *b) { return strcmp(a, b); }

/* One language.tsv: rows of key and value. */
static ChLanguage read_language(ChPackWriter *w, const char *path, const char *folder, ChError *err)
{
  enum { KEY, VALUE };
  static const char *const columns[] = {"key", "value", NULL};
  ChLanguage l = {0};
  ChDataFile f;
  ch_datafile_open(&f, path, "language", 1, columns, err);
  while (ch_datafile_next(&f)) {
    ChSlice key = f.cell[KEY], value = f.cell[VALUE];
    if (ch_slice_is(key, "code")) {
      if (!ch_slice_is(value, folder))
        ch_datafile_fault(&f, VALUE, "the code must be the folder's name, '%s'", folder);
      l.code = ch_pack_writer_word(w, value);
    } else if (ch_slice_is(key, "name")) {
      l.name = ch_pack_writer_word(w, value);
    } else if (ch_slice_is(key, "script")) {
      static const char *const scripts[] = {"-", "latin", "cyrillic", "greek", "arabic", "hebrew", "han", "hangul", "other"};
      for (uint32_t i = 1; i < sizeof scripts / sizeof *scripts; i++)
        if (ch_slice_is(value, scripts[i]))
          l.script = i;
      if (!l.script)
        ch_datafile_fault(&f, VALUE, "unknown script");
    } else {
      ch_datafile_fault(&f, KEY, "unknown key");
    }
  }
  if (!ch_failed(err) && (!l.code || !l.script))
    ch_error_at(err, CH_ERR_FORMAT, ch_slice_z(path), 1, 1, "code and script are needed");
  ch_datafile_close(&f);
  return l;
}

void ch_languages_compile(ChPackWriter *w, const char *data, ChError *err)
{
  if (ch_failed(err))
    return;
  char path[1024], names[CH_LANGUAGES_MAX][16];
  snprintf(path, sizeof path, "%s/language", data);
  DIR *dir = opendir(path);
  if (!dir) {
    ch_error_at(err, CH_ERR_IO, ch_slice_z(path), 0, 0, "cannot be opened: %s", strerror(errno));
    return;
  }
  size_t n = 0;
  for (struct dirent *e; (e = readdir(dir));)
    if (e->d_name[0] != '.' && strlen(e->d_name) < sizeof names[0] && n < CH_LANGUAGES_MAX)
      snprintf(names[n++], sizeof names[0], "%.15s", e->d_name);
  closedir(dir);
  qsort(names, n, sizeof names[0], by_text);

  ChLanguage list[CH_LANGUAGES_MAX];
  for (size_t i = 0; i < n; i++) {
    snprintf(path, sizeof path, "%s/language/%s/language.tsv", data, names[i]);
    list[i] = read_language(w, path, names[i], err);
    snprintf(path, sizeof path, "%s/language/%s/fold.tsv", data, names[i]);
    ch_fold_compile(w, ch_slice_z(names[i]), path, err);
  }
  if (!ch_failed(err))
    ch_pack_writer_add(w, "languages", list, sizeof *list, n);
}

const ChLanguage *ch_languages(const ChPack *p, size_t *n) { return ch_pack_section(p, "languages", sizeof(ChLanguage), n); }

const ChLanguage *ch_languages_of_writer(const ChPackWriter *w, size_t *n)
{
  return ch_pack_writer_section(w, "languages", sizeof(ChLanguage), n);
}

uint32_t ch_language_index(const ChPack *p, ChSlice code)
{
  size_t n;
  const ChLanguage *list = ch_languages(p, &n);
  for (uint32_t i = 0; i < n; i++)
    if (ch_slice_eq(ch_pack_word(p, list[i].code), code))
      return i;
  return CH_LANGUAGES_MAX;
}

ChSlice ch_language_code(const ChPack *p, uint32_t index)
{
  size_t n;
  const ChLanguage *list = ch_languages(p, &n);
  return index < n ? ch_pack_word(p, list[index].code) : CH_LIT("");
}

size_t ch_languages_codes(const ChPackWriter *w, char codes[CH_LANGUAGES_MAX][16])
{
  size_t n;
  const ChLanguage *list = ch_languages_of_writer(w, &n);
  n = n < CH_LANGUAGES_MAX ? n : CH_LANGUAGES_MAX;
  for (size_t i = 0; i < n; i++)
    snprintf(codes[i], sizeof codes[i], "%.*s", CH_ARG(ch_pack_writer_text(w, list[i].code)));
  return n;
}
