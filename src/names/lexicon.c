/* The lexicon of the stage: data/language/CODE/{names,given,cases}.tsv to the sections CODE/names.* */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/datafile.h"
#include "base/utf8.h"
#include "names/inner.h"

static const char *const lex_names[LEX_KINDS] = {
    "option",
    "of",
    "article",
    "possessive",
    "clitic",
    "and",
    "particle",
    "honorific",
    "complement",
    "counterpart",
    "say",
    "locative",
    "capital",
    "side",
    "group",
    "bare",
    "nominal",
    "pronoun",
    "possessive-pronoun",
    "body-tail",
    "reported",
    "stop",
    "given",
    "seat",
    "stand-in",
    "organ",
    "common",
    "collective",
    "members",
    "dealing",
};

/* Kinds of closed words: every form is listed and found as it stands; others are found by key. */
static bool closed(Lex k)
{
  return k == LEX_OF || k == LEX_ARTICLE || k == LEX_POSSESSIVE || k == LEX_CLITIC || k == LEX_AND || k == LEX_COMPLEMENT ||
         k == LEX_SEAT || k == LEX_LOCATIVE || k == LEX_PRONOUN || k == LEX_POSSESSIVE_PRONOUN || k == LEX_PARTICLE ||
         k == LEX_DEALING;
}

typedef struct Build {
  ChPackWriter *w;
  ChError *err;
  ChFold fold;
  ChPhraseBuilder *trie;
  ChBuf rows;
  uint32_t options;
} Build;

static uint8_t nominal_of(ChSlice value)
{
  static const struct {
    const char *name;
    uint8_t nominal;
  } table[] = {{"person", CH_NOMINAL_PERSON_SING}, {"persons", CH_NOMINAL_PERSONS}, {"sides", CH_NOMINAL_SIDES},
               {"state", CH_NOMINAL_STATE},        {"states", CH_NOMINAL_STATES},   {"body", CH_NOMINAL_BODY},
               {"place", CH_NOMINAL_PLACE},        {"it", CH_NOMINAL_IT},           {"they", CH_NOMINAL_THEY}};
  for (size_t i = 0; i < sizeof table / sizeof *table; i++)
    if (ch_slice_is(value, table[i].name))
      return table[i].nominal;
  return CH_NOMINAL_NONE;
}

static void add_row(Build *b, Lex kind, ChSlice phrases, ChSlice value, uint8_t gender)
{
  LexRow row = {.kind = (uint8_t)kind, .gender = gender, .value = ch_pack_writer_word(b->w, value)};
  row.nominal = nominal_of(value);
  uint32_t index = (uint32_t)(b->rows.n / sizeof row);
  ch_buf_add(&b->rows, &row, sizeof row);
  while (phrases.n) {
    ChSlice p = ch_slice_cut(&phrases, ';');
    if (closed(kind))
      ch_phrases_add_norm(b->trie, &b->fold, p, index);
    else
      ch_phrases_add_name(b->trie, &b->fold, p, index);
    /* both ways for words whose ending the key would cut unlike their lemma's */
    if (kind == LEX_STOP || kind == LEX_PRONOUN)
      ch_phrases_add_norm(b->trie, &b->fold, p, index);
  }
}

static uint8_t gender_of(ChDataFile *f, uint32_t column)
{
  ChSlice g = f->cell[column];
  if (!g.n)
    return CH_GENDER_NONE;
  if (ch_slice_is(g, "m"))
    return CH_GENDER_MASC;
  if (ch_slice_is(g, "f"))
    return CH_GENDER_FEM;
  if (ch_slice_is(g, "n"))
    return CH_GENDER_NEUT;
  ch_datafile_fault(f, column, "gender must be 'm', 'f' or 'n'");
  return CH_GENDER_NONE;
}

static void read_words(Build *b, const char *path)
{
  enum { KIND, PHRASES, VALUE, GENDER };
  static const char *const columns[] = {"kind", "phrases", "value", "gender", NULL};
  if (ch_failed(b->err) || access(path, F_OK) != 0)
    return;
  ChDataFile f;
  ch_datafile_open(&f, path, "names", 1, columns, b->err);
  while (ch_datafile_next(&f)) {
    uint32_t k = 0;
    while (k < LEX_KINDS && !ch_slice_is(f.cell[KIND], lex_names[k]))
      k++;
    if (k == LEX_KINDS) {
      ch_datafile_fault(&f, KIND, "unknown kind '%.*s'", CH_ARG(f.cell[KIND]));
    } else if (k == LEX_OPTION) {
      if (ch_slice_is(f.cell[PHRASES], "capital-adjectives"))
        b->options |= OPTION_CAPITAL_ADJECTIVES;
      else if (ch_slice_is(f.cell[PHRASES], "genitive"))
        b->options |= OPTION_GENITIVE;
      else
        ch_datafile_fault(&f, PHRASES, "unknown option");
    } else {
      if ((k == LEX_NOMINAL || k == LEX_PRONOUN) && !nominal_of(f.cell[VALUE]))
        ch_datafile_fault(&f, VALUE, "what may it stand for?");
      add_row(b, (Lex)k, f.cell[PHRASES], f.cell[VALUE], gender_of(&f, GENDER));
    }
  }
  ch_datafile_close(&f);
}

static void read_given(Build *b, const char *path)
{
  enum { NAME, GENDER, PRINT };
  static const char *const columns[] = {"name", "gender", "print", NULL};
  if (ch_failed(b->err) || access(path, F_OK) != 0)
    return;
  ChDataFile f;
  ch_datafile_open(&f, path, "given", 1, columns, b->err);
  while (ch_datafile_next(&f))
    add_row(b, LEX_GIVEN, f.cell[NAME], f.cell[PRINT].n ? f.cell[PRINT] : f.cell[NAME], gender_of(&f, GENDER));
  ch_datafile_close(&f);
}

static uint8_t cases_of(ChDataFile *f, uint32_t column)
{
  static const char *const names[] = {"none", "nom", "gen", "dat", "acc", "ins", "loc"};
  uint8_t bits = 0;
  ChSlice rest = f->cell[column];
  while (rest.n) {
    ChSlice one = ch_slice_cut(&rest, ';');
    size_t i = 1;
    while (i < sizeof names / sizeof *names && !ch_slice_is(one, names[i]))
      i++;
    if (i == sizeof names / sizeof *names)
      ch_datafile_fault(f, column, "unknown case '%.*s'", CH_ARG(one));
    else
      bits = (uint8_t)(bits | 1u << i);
  }
  return bits;
}

static int by_ending(const void *a, const void *b)
{
  const CaseRow *x = a, *y = b;
  return ch_slice_cmp(ch_slice(x->ending, x->ending_n), ch_slice(y->ending, y->ending_n));
}

static void read_cases(ChPackWriter *w, ChSlice lang, const char *path, ChError *err)
{
  enum { ENDING, NOMINATIVE, CASES, GENDER, KEEP, WEIGHT };
  static const char *const columns[] = {"ending", "nominative", "cases", "gender", "keep", "weight", NULL};
  if (ch_failed(err) || access(path, F_OK) != 0)
    return;
  ChDataFile f;
  ChBuf rows = {0};
  ch_datafile_open(&f, path, "cases", 1, columns, err);
  while (ch_datafile_next(&f)) {
    CaseRow r = {0};
    ChSlice e = f.cell[ENDING], m = f.cell[NOMINATIVE];
    uint32_t keep = 0, weight = 0;
    if (!e.n || e.n > sizeof r.ending || m.n > sizeof r.nominative)
      ch_datafile_fault(&f, ENDING, "the ending is empty or too long");
    if (!ch_slice_uint(f.cell[KEEP], 20, &keep) || !ch_slice_uint(f.cell[WEIGHT], 9, &weight))
      ch_datafile_fault(&f, KEEP, "'keep' and 'weight' must be numbers");
    r.cases = cases_of(&f, CASES);
    r.gender = gender_of(&f, GENDER);
    if (ch_failed(err))
      break;
    memcpy(r.ending, e.p, e.n);
    memcpy(r.nominative, m.p, m.n);
    r.ending_n = (uint8_t)e.n;
    r.nominative_n = (uint8_t)m.n;
    r.keep = (uint8_t)keep;
    r.weight = (uint8_t)weight;
    ch_buf_add(&rows, &r, sizeof r);
  }
  ch_datafile_close(&f);
  size_t n = rows.n / sizeof(CaseRow);
  if (n)
    qsort(rows.p, n, sizeof(CaseRow), by_ending);
  if (!ch_failed(err))
    ch_pack_writer_add_of(w, lang, "names.cases", rows.p, sizeof(CaseRow), n);
  ch_buf_free(&rows);
}

void ch_names_compile(ChPackWriter *w, const char *data, ChError *err)
{
  if (ch_failed(err))
    return;
  size_t n;
  ChLanguage langs[CH_LANGUAGES_MAX];
  const ChLanguage *list = ch_languages_of_writer(w, &n);
  if (n)
    memcpy(langs, list, n * sizeof *list);
  for (size_t i = 0; i < n; i++) {
    ChSlice code = ch_pack_writer_text(w, langs[i].code);
    char keep[16], path[1024];
    snprintf(keep, sizeof keep, "%.*s", CH_ARG(code));
    code = ch_slice_z(keep); /* the writer's text may move */
    Build b = {.w = w, .err = err, .fold = ch_fold_of_writer(w, code), .trie = ch_phrases_new(w)};
    snprintf(path, sizeof path, "%s/language/%s/names.tsv", data, keep);
    read_words(&b, path);
    snprintf(path, sizeof path, "%s/language/%s/given.tsv", data, keep);
    read_given(&b, path);
    snprintf(path, sizeof path, "%s/language/%s/cases.tsv", data, keep);
    read_cases(w, code, path, err);
    if (!ch_failed(err)) {
      ch_pack_writer_add_of(w, code, "names.rows", b.rows.p, sizeof(LexRow), b.rows.n / sizeof(LexRow));
      ch_pack_writer_add_of(w, code, "names.options", &b.options, sizeof b.options, 1);
      ch_phrases_save_lang(b.trie, code, "names");
    }
    ch_phrases_free(b.trie);
    ch_buf_free(&b.rows);
  }
}
