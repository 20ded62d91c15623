#include "model/codes.h"

#include <assert.h>
#include <stdio.h>
#include <unistd.h>

#include "base/datafile.h"

static const ChCodeTable tables[] = {
    {"ics", {"status"}, {"ics", "phase"}},
    {"papers", {"action"}, {"phase"}},
    {"sides", {"kind", "role"}, {"side"}},
    {"plover", {"kind", "status", "deed", "format", "document", "role"}, {"type", "mode", "contexts"}},
    {"plover-scores", {"type", "mode"}, {"intensity", "quad"}},
    {"cameo", {"kind", "status", "deed", "format", "document", "role"}, {"code", "back"}},
    {"cameo-scores", {"code"}, {"goldstein", "quad", "text"}},
    {"sectors", {"type", "post", "portfolio", "body", "state"}, {"sector", "country", "cameo", "icews"}},
    {"features", {"type"}, {"geonames", "gdelt"}},
    {"fips", {"state"}, {"fips"}},
};
enum { TABLES = sizeof tables / sizeof tables[0], COLUMNS = 1 + CH_CODE_CONDITIONS + CH_CODE_VALUES };

/* Conditions whose words stand in a list of data/events. */
static const struct {
  const char *condition, *file, *kind;
} closed[] = {{"kind", "kinds", "kinds"}, {"status", "statuses", "statuses"}, {"role", "roles", "roles"}};
enum { CLOSED = sizeof closed / sizeof closed[0], CLOSED_MAX = 64 };

typedef struct Compiler {
  ChPackWriter *w;
  const char *data;
  ChError *err;
  ChWord known[CLOSED][CLOSED_MAX];
  size_t n_known[CLOSED];
  ChBuf rows, words; /* ChCodeRow, ChWord */
} Compiler;

static void read_closed(Compiler *c, size_t which)
{
  static const char *const columns[][5] = {{"kind", NULL}, {"status", "phase", "rank", "open", NULL}, {"role", "types", NULL}};
  char path[1024];
  snprintf(path, sizeof path, "%s/events/%s.tsv", c->data, closed[which].file);
  ChDataFile f;
  ch_datafile_open(&f, path, closed[which].kind, 1, columns[which], c->err);
  while (ch_datafile_next(&f) && c->n_known[which] < CLOSED_MAX)
    c->known[which][c->n_known[which]++] = ch_pack_writer_word(c->w, f.cell[0]);
  ch_datafile_close(&f);
}

static bool is_known(const Compiler *c, const char *condition, ChWord word)
{
  for (size_t k = 0; k < CLOSED; k++) {
    if (strcmp(closed[k].condition, condition) != 0)
      continue;
    for (size_t i = 0; i < c->n_known[k]; i++)
      if (c->known[k][i] == word)
        return true;
    return false;
  }
  return true;
}

static void add_condition(Compiler *c, ChDataFile *f, uint32_t column, const char *name, ChCodeRow *row, uint32_t at)
{
  ChSlice rest = f->cell[column];
  row->first[at] = (uint32_t)(c->words.n / sizeof(ChWord));
  while (rest.p && rest.n) {
    ChSlice one = ch_slice_cut(&rest, ';');
    ChWord word = ch_pack_writer_word(c->w, one);
    if (!is_known(c, name, word))
      ch_datafile_fault(f, column, "unknown %s '%.*s'", name, CH_ARG(one));
    ch_buf_add(&c->words, &word, sizeof word);
    row->n[at]++;
  }
}

static void section_names(const char *table, char rows[CH_PACK_NAME], char words[CH_PACK_NAME])
{
  snprintf(rows, CH_PACK_NAME, "codes.%s", table);
  snprintf(words, CH_PACK_NAME, "codes.%s.words", table);
}

static void compile_table(Compiler *c, const ChCodeTable *t)
{
  const char *columns[COLUMNS + 2] = {"id"};
  uint32_t conditions = 0, values = 0;
  char path[1024], name[CH_PACK_NAME], words[CH_PACK_NAME];
  snprintf(path, sizeof path, "%s/events/%s.tsv", c->data, t->name);
  if (access(path, F_OK) != 0)
    return;
  for (; t->conditions[conditions]; conditions++)
    columns[1 + conditions] = t->conditions[conditions];
  for (; t->values[values]; values++)
    columns[1 + conditions + values] = t->values[values];
  columns[1 + conditions + values] = "source";
  c->rows.n = c->words.n = 0;
  ChDataFile f;
  ch_datafile_open(&f, path, t->name, 1, columns, c->err);
  while (ch_datafile_next(&f)) {
    ChCodeRow row = {.id = ch_pack_writer_word(c->w, f.cell[0])};
    if (!f.cell[0].n)
      ch_datafile_fault(&f, 0, "the id is missing");
    for (uint32_t i = 0; i < conditions; i++)
      add_condition(c, &f, 1 + i, t->conditions[i], &row, i);
    for (uint32_t i = 0; i < values; i++)
      row.value[i] = ch_pack_writer_word(c->w, f.cell[1 + conditions + i]);
    ch_buf_add(&c->rows, &row, sizeof row);
  }
  ch_datafile_close(&f);
  if (c->rows.failed || c->words.failed)
    ch_error_set(c->err, CH_ERR_LIMIT, "not enough memory");
  if (ch_failed(c->err))
    return;
  section_names(t->name, name, words);
  ch_pack_writer_add(c->w, name, c->rows.p, sizeof(ChCodeRow), c->rows.n / sizeof(ChCodeRow));
  ch_pack_writer_add(c->w, words, c->words.p, sizeof(ChWord), c->words.n / sizeof(ChWord));
}

void ch_codes_compile(ChPackWriter *w, const char *data, ChError *err)
{
  Compiler c = {.w = w, .data = data, .err = err};
  for (size_t i = 0; i < CLOSED; i++)
    read_closed(&c, i);
  for (size_t i = 0; i < TABLES && !ch_failed(err); i++)
    compile_table(&c, &tables[i]);
  ch_buf_free(&c.rows);
  ch_buf_free(&c.words);
}

ChCodes ch_codes_of(const ChPack *p, const char *table)
{
  ChCodes t = {0};
  char name[CH_PACK_NAME], words[CH_PACK_NAME];
  section_names(table, name, words);
  t.rows = ch_pack_section(p, name, sizeof *t.rows, &t.n);
  t.words = ch_pack_section(p, words, sizeof *t.words, &t.n_words);
  return t;
}

static bool holds(const ChCodes *t, const ChCodeRow *row, const ChCodeCase *c, size_t at)
{
  if (!row->n[at])
    return true;
  for (size_t i = row->first[at]; i < row->first[at] + row->n[at] && i < t->n_words; i++)
    for (size_t k = 0; k < c->given[at].n; k++)
      if (t->words[i] == c->given[at].at[k])
        return true;
  return false;
}

const ChCodeRow *ch_codes_find(const ChCodes *t, const ChCodeCase *c)
{
  for (size_t r = 0; r < t->n; r++) {
    size_t at = 0;
    while (at < CH_CODE_CONDITIONS && holds(t, &t->rows[r], c, at))
      at++;
    if (at == CH_CODE_CONDITIONS)
      return &t->rows[r];
  }
  return NULL;
}

const ChCodeRow *ch_codes_find_words(const ChCodes *t, const ChWord *given, size_t n)
{
  assert(n <= CH_CODE_CONDITIONS);
  ChCodeCase c = {0};
  for (size_t i = 0; i < n; i++) {
    c.given[i].at = &given[i];
    c.given[i].n = given[i] ? 1 : 0;
  }
  return ch_codes_find(t, &c);
}
