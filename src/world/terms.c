#include "world/terms.h"

#include <stdio.h>

#include "base/datafile.h"

static const char *const weight_names[CH_WEIGHTS] = {
    "join", "mean", "kind", "kind-near", "person", "state", "body", "everyone", "missing", "core", "stands", "fall", "strangers",
    "strangers-many", "day", "span", "inside", "inside-month", "inside-long", "beside", "apart", "moved", "moved-far",
    "moved-years", "denied", "undated", "undated-far", "place", "place-state", "place-other", "series", "series-other", "number",
    "number-alone", "words", "paper", "paper-other", "whole", "whole-other",
};

static void compile_statuses(ChPackWriter *w, const char *data, ChError *err)
{
  static const char *const columns[] = {"status", "phase", "rank", "open", NULL};
  static const char *const phases[] = {"", "past", "coming", "off"};
  char path[1024];
  ChDataFile f;
  ChStatusTerm rows[64];
  size_t n = 0;
  snprintf(path, sizeof path, "%s/events/statuses.tsv", data);
  ch_datafile_open(&f, path, "statuses", 1, columns, err);
  while (ch_datafile_next(&f) && n < 64) {
    uint32_t rank = 0, phase = 0;
    while (phase < 4 && !ch_slice_is(f.cell[1], phases[phase]))
      phase++;
    if (phase == 4)
      ch_datafile_fault(&f, 1, "a phase is past, coming or off, not '%.*s'", CH_ARG(f.cell[1]));
    if (f.cell[2].n && !ch_slice_uint(f.cell[2], 1000, &rank))
      ch_datafile_fault(&f, 2, "a rank is a number up to 1000");
    rows[n++] = (ChStatusTerm){ch_pack_writer_word(w, f.cell[0]), (uint16_t)phase, (uint16_t)rank, f.cell[3].n > 0};
  }
  ch_datafile_close(&f);
  if (!ch_failed(err))
    ch_pack_writer_add(w, "status-terms", rows, sizeof *rows, n);
}

/* A list of words, ';' between. */
static void words_of(ChPackWriter *w, ChDataFile *f, uint32_t column, ChWord *out, size_t most)
{
  ChSlice rest = f->cell[column];
  for (size_t n = 0; rest.n;) {
    ChSlice one = ch_slice_cut(&rest, ';');
    if (n == most)
      ch_datafile_fault(f, column, "more than %zu", most);
    else if (one.n)
      out[n++] = ch_pack_writer_word(w, one);
  }
}

static void compile_kinds(ChPackWriter *w, const char *data, ChError *err)
{
  static const char *const columns[] = {"kind", "family", "near", "core", "few", NULL};
  char path[1024];
  ChDataFile f;
  ChKindTerm rows[64];
  size_t n = 0;
  snprintf(path, sizeof path, "%s/record/kinds.tsv", data);
  ch_datafile_open(&f, path, "record-kinds", 1, columns, err);
  while (ch_datafile_next(&f) && n < 64) {
    ChKindTerm *k = &rows[n++];
    *k = (ChKindTerm){ch_pack_writer_word(w, f.cell[0]), ch_pack_writer_word(w, f.cell[1]), {0}, {0}, ch_slice_is(f.cell[4], "all") ? CH_FEW_ALL : ch_slice_is(f.cell[4], "count") ? CH_FEW_COUNT : CH_FEW_NONE};
    if (f.cell[4].n && !k->few)
      ch_datafile_fault(&f, 4, "all, count or nothing, not '%.*s'", CH_ARG(f.cell[4]));
    words_of(w, &f, 2, k->near, CH_KIND_NEAR);
    words_of(w, &f, 3, k->core, CH_KIND_CORE);
  }
  ch_datafile_close(&f);
  if (!ch_failed(err))
    ch_pack_writer_add(w, "kind-terms", rows, sizeof *rows, n);
}

static void compile_actions(ChPackWriter *w, const char *data, ChError *err)
{
  static const char *const columns[] = {"action", "stage", NULL};
  char path[1024];
  ChDataFile f;
  ChActionTerm rows[64];
  size_t n = 0;
  snprintf(path, sizeof path, "%s/record/actions.tsv", data);
  ch_datafile_open(&f, path, "record-actions", 1, columns, err);
  while (ch_datafile_next(&f) && n < 64)
    rows[n++] = (ChActionTerm){ch_pack_writer_word(w, f.cell[0]), ch_pack_writer_word(w, f.cell[1])};
  ch_datafile_close(&f);
  if (!ch_failed(err))
    ch_pack_writer_add(w, "action-terms", rows, sizeof *rows, n);
}

static void compile_weights(ChPackWriter *w, const char *data, ChError *err)
{
  static const char *const columns[] = {"name", "value", "note", NULL};
  char path[1024];
  ChDataFile f;
  double values[CH_WEIGHTS] = {0};
  bool given[CH_WEIGHTS] = {false};
  snprintf(path, sizeof path, "%s/record/weights.tsv", data);
  ch_datafile_open(&f, path, "record-weights", 1, columns, err);
  while (ch_datafile_next(&f)) {
    size_t i = 0;
    while (i < CH_WEIGHTS && !ch_slice_is(f.cell[0], weight_names[i]))
      i++;
    if (i == CH_WEIGHTS || given[i])
      ch_datafile_fault(&f, 0, i == CH_WEIGHTS ? "no such weight: %.*s" : "twice: %.*s", CH_ARG(f.cell[0]));
    else if (!ch_slice_double(f.cell[1], &values[i]))
      ch_datafile_fault(&f, 1, "not a number");
    else
      given[i] = true;
  }
  for (size_t i = 0; i < CH_WEIGHTS && !ch_failed(err); i++)
    if (!given[i])
      ch_error_at(err, CH_ERR_FORMAT, ch_slice_z(path), 0, 0, "the weight '%s' is missing", weight_names[i]);
  ch_datafile_close(&f);
  if (!ch_failed(err))
    ch_pack_writer_add(w, "record-weights", values, sizeof *values, CH_WEIGHTS);
}

void ch_terms_compile(ChPackWriter *w, const char *data, ChError *err)
{
  compile_statuses(w, data, err);
  compile_kinds(w, data, err);
  compile_actions(w, data, err);
  compile_weights(w, data, err);
}

ChTermTables ch_term_tables(const ChPack *p)
{
  ChTermTables t = {0};
  size_t n;
  t.statuses = ch_pack_section(p, "status-terms", sizeof *t.statuses, &t.n_statuses);
  t.kinds = ch_pack_section(p, "kind-terms", sizeof *t.kinds, &t.n_kinds);
  t.actions = ch_pack_section(p, "action-terms", sizeof *t.actions, &t.n_actions);
  t.weights = ch_pack_section(p, "record-weights", sizeof *t.weights, &n);
  if (n != CH_WEIGHTS)
    t.weights = NULL;
  return t;
}

const ChStatusTerm *ch_term_status(const ChTermTables *t, ChWord id)
{
  for (size_t i = 0; i < t->n_statuses; i++)
    if (t->statuses[i].id == id)
      return &t->statuses[i];
  return NULL;
}

const ChKindTerm *ch_term_kind(const ChTermTables *t, ChWord id)
{
  for (size_t i = 0; i < t->n_kinds; i++)
    if (t->kinds[i].id == id)
      return &t->kinds[i];
  return NULL;
}

ChWord ch_term_stage(const ChTermTables *t, ChWord action)
{
  for (size_t i = 0; i < t->n_actions; i++)
    if (t->actions[i].id == action)
      return t->actions[i].stage;
  return CH_NO_WORD;
}
