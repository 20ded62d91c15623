#include "language/cues.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/datafile.h"
#include "base/utf8.h"

static const struct ClassName {
  const char *name;
  uint32_t classes;
} names[] = {
    {"frequent", CH_WORD_CUE_FREQUENT},
    {"month", CH_WORD_CUE_MONTH},
    {"date", CH_WORD_CUE_DATE},
    {"abbreviation", CH_WORD_CUE_ABBREVIATION},
    {"abbreviation-end", CH_WORD_CUE_ABBREVIATION | CH_WORD_CUE_MAY_END},
    {"abbreviation-after-number", CH_WORD_CUE_ABBREVIATION | CH_WORD_CUE_AFTER_NUMBER | CH_WORD_CUE_MAY_END},
    {"abbreviation-before-number", CH_WORD_CUE_ABBREVIATION | CH_WORD_CUE_BEFORE_NUMBER},
    {"abbreviation-before-capital", CH_WORD_CUE_ABBREVIATION | CH_WORD_CUE_BEFORE_CAPITAL},
    {"month-abbreviation", CH_WORD_CUE_ABBREVIATION | CH_WORD_CUE_MONTH},
    {"meta-line", CH_WORD_CUE_META_LINE},
    {"meta-start", CH_WORD_CUE_META_START},
    {"meta-date", CH_WORD_CUE_META_DATE},
    {"split", CH_WORD_CUE_SPLIT},
    {"whole", CH_WORD_CUE_WHOLE},
    {"not-initial", CH_WORD_CUE_NOT_INITIAL},
    {"negation", CH_WORD_CUE_NEGATION},
    {"prefix", CH_WORD_CUE_PREFIX},
    {"treebank-cut", CH_WORD_CUE_TREEBANK_CUT},
    {"treebank-whole", CH_WORD_CUE_TREEBANK_WHOLE},
    {"treebank-unit", CH_WORD_CUE_TREEBANK_UNIT},
    {"treebank-capital", CH_WORD_CUE_TREEBANK_CAPITAL},
};
enum { NAMES = sizeof names / sizeof *names };

typedef struct Rows {
  ChBuf cues, clitics;
} Rows;

static uint32_t mix(ChWord w) { return w * 0x9E3779B1u ^ w >> 15; }

static void add_cue(Rows *rows, ChWord word, uint32_t classes, uint32_t cut)
{
  ChWordCue c = {word, classes, cut};
  ch_buf_add(&rows->cues, &c, sizeof c);
}

static void read_row(ChPackWriter *w, const ChFold *fold, ChDataFile *f, Rows *rows)
{
  enum { CLASS, FORM, MORE };
  char out[CH_FOLD_MAX];
  ChSlice class = f->cell[CLASS], form = f->cell[FORM], more = f->cell[MORE];
  if (!form.n) {
    ch_datafile_fault(f, FORM, "the form is empty");
    return;
  }
  ChWord word = ch_pack_writer_word(w, ch_slice(out, ch_fold_norm(fold, form, out)));
  if (ch_slice_is(class, "clitic")) {
    ChClitic c = {.word = word, .after = more.n ? (unsigned char)more.p[0] : 0};
    ch_buf_add(&rows->clitics, &c, sizeof c);
    return;
  }
  uint32_t cut = 0;
  size_t k = 0;
  while (k < NAMES && !ch_slice_is(class, names[k].name))
    k++;
  if (k == NAMES)
    ch_datafile_fault(f, CLASS, "unknown class");
  else if (more.n && !ch_slice_uint(more, 64, &cut))
    ch_datafile_fault(f, MORE, "must be a number of letters");
  else
    add_cue(rows, word, names[k].classes, cut);
}

static void save(ChPackWriter *w, ChSlice lang, Rows *rows)
{
  const ChWordCue *c = (const ChWordCue *)(const void *)rows->cues.p;
  size_t n = rows->cues.n / sizeof *c, slots = 16;
  while (slots < n * 2)
    slots *= 2;
  ChWordCue *hash = calloc(slots, sizeof *hash);
  if (!hash)
    abort();
  for (size_t k = 0; k < n; k++) {
    uint32_t i = mix(c[k].word);
    while (hash[i & (slots - 1)].word && hash[i & (slots - 1)].word != c[k].word)
      i++;
    ChWordCue *s = &hash[i & (slots - 1)];
    s->word = c[k].word;
    s->classes |= c[k].classes;
    if (c[k].cut)
      s->cut = c[k].cut;
  }
  ch_pack_writer_add_of(w, lang, "words", hash, sizeof *hash, slots);
  free(hash);
  if (rows->clitics.n)
    ch_pack_writer_add_of(w, lang, "clitics", rows->clitics.p, sizeof(ChClitic), rows->clitics.n / sizeof(ChClitic));
}

void ch_cues_compile(ChPackWriter *w, ChSlice lang, const char *data, ChError *err)
{
  static const char *const columns[] = {"class", "form", "more", NULL};
  if (ch_failed(err))
    return;
  char path[1024];
  ChDataFile f;
  Rows rows = {0};
  ChFold fold = ch_fold_of_writer(w, lang);
  snprintf(path, sizeof path, "%s/language/%.*s/words.tsv", data, CH_ARG(lang));
  ch_datafile_open(&f, path, "words", 1, columns, err);
  while (ch_datafile_next(&f))
    read_row(w, &fold, &f, &rows);
  ch_datafile_close(&f);
  if (!ch_failed(err))
    save(w, lang, &rows);
  ch_buf_free(&rows.cues);
  ch_buf_free(&rows.clitics);
}

ChCues ch_cues_of(const ChPack *p, uint32_t lang)
{
  size_t n;
  const ChLanguage *list = ch_languages(p, &n);
  ChCues c = {.pack = p};
  if (lang >= n)
    return c;
  ChSlice code = ch_pack_word(p, list[lang].code);
  c.script = list[lang].script;
  c.fold = ch_fold_of(p, code);
  c.words = ch_pack_section_of(p, code, "words", sizeof *c.words, &c.slots);
  c.clitics = ch_pack_section_of(p, code, "clitics", sizeof *c.clitics, &c.n_clitics);
  return c;
}

uint32_t ch_cues_find(const ChCues *c, ChSlice norm, uint32_t *cut)
{
  if (cut)
    *cut = 0;
  ChWord w = c->slots ? ch_pack_find(c->pack, norm) : CH_NO_WORD;
  if (!w)
    return 0;
  for (uint32_t i = mix(w);; i++) {
    const ChWordCue *s = &c->words[i & (c->slots - 1)];
    if (!s->word)
      return 0;
    if (s->word == w) {
      if (cut)
        *cut = s->cut;
      return s->classes;
    }
  }
}

uint32_t ch_cues_of_form(const ChCues *c, ChSlice form)
{
  char out[CH_FOLD_MAX];
  if (form.n > CH_FOLD_MAX)
    return 0;
  return ch_cues_find(c, ch_slice(out, ch_fold_norm(&c->fold, form, out)), NULL);
}
