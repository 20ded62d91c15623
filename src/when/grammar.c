#include "when/grammar.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/datafile.h"
#include "model/languages.h"

typedef struct Symbol {
  const char *name;
  int16_t value;
} Symbol;

static const Symbol classes[] = {
    {"DAY", CH_WHEN_CLASS_DAY},       {"YEAR", CH_WHEN_CLASS_YEAR},       {"NEAR", CH_WHEN_CLASS_NEAR},
    {"YY", CH_WHEN_CLASS_YY},         {"NUM", CH_WHEN_CLASS_NUM},         {"ORD", CH_WHEN_CLASS_ORD},
    {"DECADE", CH_WHEN_CLASS_DECADE}, {"DASH", CH_WHEN_CLASS_DASH},       {"CLOCK", CH_WHEN_CLASS_CLOCK},
    {"DATE", CH_WHEN_CLASS_DATE}, {"CAL", CH_WHEN_CLASS_CAL}, {"ARGPREP", CH_WHEN_CLASS_ARGPREP}, {"SPEECH", CH_WHEN_CLASS_SPEECH},     {"GEN", CH_WHEN_CLASS_GEN},         {"WORD", CH_WHEN_CLASS_WORD},
    {"MONTH", CH_WHEN_CLASS_MONTH},   {"WEEKDAY", CH_WHEN_CLASS_WEEKDAY}, {"UNIT", CH_WHEN_CLASS_UNIT},
    {"NUMBER", CH_WHEN_CLASS_NUMBER}, {"ORDINAL", CH_WHEN_CLASS_ORDINAL}, {"SEASON", CH_WHEN_CLASS_SEASON},
    {"EDGE", CH_WHEN_CLASS_EDGE},     {"REL", CH_WHEN_CLASS_REL},         {"CLITIC", CH_WHEN_CLASS_CLITIC},
    {"ORDEND", CH_WHEN_CLASS_ORDEND}, {"DECEND", CH_WHEN_CLASS_DECEND},   {NULL, 0},
};

static const Symbol ops[] = {
    {"none", CH_WHEN_OP_NONE},       {"date", CH_WHEN_OP_DATE},     {"weekday", CH_WHEN_OP_WEEKDAY}, {"unit", CH_WHEN_OP_UNIT},
    {"shift", CH_WHEN_OP_SHIFT},     {"edge", CH_WHEN_OP_EDGE},     {"range", CH_WHEN_OP_RANGE},     {"list", CH_WHEN_OP_LIST},
    {"since", CH_WHEN_OP_SINCE},     {"by", CH_WHEN_OP_BY},         {"within", CH_WHEN_OP_WITHIN},   {"later", CH_WHEN_OP_LATER},
    {"earlier", CH_WHEN_OP_EARLIER}, {"in-year", CH_WHEN_OP_INYEAR}, {"first", CH_WHEN_OP_FIRST},    {"event", CH_WHEN_OP_EVENT},
    {"same", CH_WHEN_OP_SAME},       {"period", CH_WHEN_OP_PERIOD}, {"clock", CH_WHEN_OP_CLOCK},     {"anniversary", CH_WHEN_OP_ANNIVERSARY},
    {"stamp", CH_WHEN_OP_STAMP},     {"part", CH_WHEN_OP_PART},       {"cue", CH_WHEN_OP_CUE},       {NULL, 0},
};

/* Names of values: of units, edges, directions; in cells of calendar.tsv and in meanings. */
static const Symbol values[] = {
    {"hour", CH_WHEN_UNIT_HOUR},       {"day", CH_WHEN_UNIT_DAY},         {"week", CH_WHEN_UNIT_WEEK},
    {"month", CH_WHEN_UNIT_MONTH},     {"quarter", CH_WHEN_UNIT_QUARTER}, {"half", CH_WHEN_UNIT_HALF},
    {"year", CH_WHEN_UNIT_YEAR},       {"decade", CH_WHEN_UNIT_DECADE},   {"century", CH_WHEN_UNIT_CENTURY},
    {"weekend", CH_WHEN_UNIT_WEEKEND}, {"early", CH_WHEN_EDGE_EARLY},     {"begin", CH_WHEN_EDGE_BEGIN},
    {"mid", CH_WHEN_EDGE_MID},         {"late", CH_WHEN_EDGE_LATE},       {"end", CH_WHEN_EDGE_END},
    {"half1", CH_WHEN_EDGE_HALF1},     {"half2", CH_WHEN_EDGE_HALF2},     {"week1", CH_WHEN_EDGE_WEEK1},
    {"week-last", CH_WHEN_EDGE_WEEKLAST}, {"twenties", CH_WHEN_EDGE_TWENTIES}, {"eve", CH_WHEN_EDGE_EVE},
    {"teens", CH_WHEN_EDGE_TEENS},     {"this-week", CH_WHEN_EDGE_WEEK},     {"week2", CH_WHEN_EDGE_WEEK2},
    {"week3", CH_WHEN_EDGE_WEEK3},     {"week4", CH_WHEN_EDGE_WEEK4},        {"past", CH_WHEN_TENSE_PAST},      {"present", CH_WHEN_TENSE_PRESENT},
    {"future", CH_WHEN_TENSE_FUTURE},  {"open", CH_WHEN_TENSE_NONE},      {"winter", 1},
    {"spring", 2},                     {"summer", 3},                     {"autumn", 4},
    {NULL, 0},
};

static const Symbol *find_symbol(const Symbol *table, ChSlice name)
{
  for (; table->name; table++)
    if (ch_slice_is(name, table->name))
      return table;
  return NULL;
}

/* A signed number or a symbol. */
static bool read_value(ChSlice s, int16_t *out)
{
  bool minus = s.n > 1 && s.p[0] == '-';
  uint32_t u;
  if (ch_slice_uint(minus || (s.n > 1 && s.p[0] == '+') ? ch_slice(s.p + 1, s.n - 1) : s, 9999, &u)) {
    *out = (int16_t)(minus ? -(int32_t)u : (int32_t)u);
    return true;
  }
  const Symbol *y = find_symbol(values, s);
  if (y)
    *out = y->value;
  return y != NULL;
}

/* ---- compiling ---- */

typedef struct Compiler {
  ChPackWriter *w;
  ChFold fold;
  ChBuf words, rows, elements; /* arrays */
  ChBuf names;                 /* ChWord of each free class, from CH_WHEN_CLASS_FREE on */
} Compiler;

static uint16_t free_class(Compiler *c, ChSlice name)
{
  ChWord id = ch_pack_writer_word(c->w, name);
  const ChWord *have = (const ChWord *)(const void *)c->names.p;
  size_t n = c->names.n / sizeof(ChWord);
  for (size_t i = 0; i < n; i++)
    if (have[i] == id)
      return (uint16_t)(CH_WHEN_CLASS_FREE + i);
  ch_buf_add(&c->names, &id, sizeof id);
  return (uint16_t)(CH_WHEN_CLASS_FREE + n);
}

/* Adds a word to a class: "~word" is compared by key, "^word" needs a capital. */
static void add_word(Compiler *c, ChSlice text, uint16_t cls, int16_t value)
{
  char out[CH_FOLD_MAX];
  ChWhenWord word = {.cls = cls, .value = value};
  for (; text.n && (text.p[0] == '~' || text.p[0] == '^'); text = ch_slice(text.p + 1, text.n - 1))
    word.flags |= text.p[0] == '~' ? CH_WHEN_WORD_KEY : CH_WHEN_WORD_CAPITAL;
  size_t n = word.flags & CH_WHEN_WORD_KEY ? ch_fold_key(&c->fold, text, out) : ch_fold_norm(&c->fold, text, out);
  if (!n)
    return;
  word.word = ch_pack_writer_word(c->w, ch_slice(out, n));
  ch_buf_add(&c->words, &word, sizeof word);
}

static void read_calendar(Compiler *c, const char *path, ChError *err)
{
  enum { CLASS, WORDS, VALUE };
  static const char *const columns[] = {"class", "words", "value", NULL};
  ChDataFile f;
  ch_datafile_open(&f, path, "calendar", 1, columns, err);
  while (ch_datafile_next(&f)) {
    const Symbol *known = find_symbol(classes, f.cell[CLASS]);
    int16_t value = 0;
    if (known && known->value < CH_WHEN_CLASS_MONTH)
      ch_datafile_fault(&f, CLASS, "this class has no words");
    else if (f.cell[VALUE].n && !read_value(f.cell[VALUE], &value))
      ch_datafile_fault(&f, VALUE, "not a value");
    if (ch_failed(err))
      break;
    uint16_t cls = known ? (uint16_t)known->value : free_class(c, f.cell[CLASS]);
    for (ChSlice rest = f.cell[WORDS]; rest.p;)
      add_word(c, ch_slice_cut(&rest, ';'), cls, value);
  }
  ch_datafile_close(&f);
}

static bool all_capitals(ChSlice s)
{
  for (size_t i = 0; i < s.n; i++)
    if ((s.p[i] < 'A' || s.p[i] > 'Z') && (i == 0 || s.p[i] != '_'))
      return false;
  return s.n > 1;
}

/* One element as written: "!x", "[x]", "x?", "(a|b)", "#d.m.y", CLASS, word. */
static bool read_element(Compiler *c, ChSlice s, ChWhenElement *e)
{
  if (s.n > 1 && s.p[0] == '!') {
    e->flags |= CH_WHEN_NOT;
    s = ch_slice(s.p + 1, s.n - 1);
  }
  if (s.n > 1 && s.p[s.n - 1] == '?') {
    e->flags |= CH_WHEN_OPTIONAL;
    s.n--;
  }
  if (s.n > 2 && s.p[0] == '[' && s.p[s.n - 1] == ']') {
    e->flags |= CH_WHEN_CONTEXT;
    s = ch_slice(s.p + 1, s.n - 2);
  }
  if (s.n > 1 && s.p[0] == '#') {
    if (s.n > sizeof e->shape)
      return false;
    e->cls = CH_WHEN_CLASS_TEMPLATE;
    memcpy(e->shape, s.p + 1, s.n - 1);
    return true;
  }
  if (all_capitals(s)) {
    const Symbol *known = find_symbol(classes, s);
    e->cls = known ? (uint16_t)known->value : free_class(c, s);
    return true;
  }
  if (s.n > 2 && s.p[0] == '(' && s.p[s.n - 1] == ')')
    s = ch_slice(s.p + 1, s.n - 2);
  uint16_t before = (uint16_t)(CH_WHEN_CLASS_FREE + c->names.n / sizeof(ChWord));
  e->cls = free_class(c, s);
  if (e->cls == before) /* a new literal */
    for (ChSlice rest = s; rest.p;)
      add_word(c, ch_slice_cut(&rest, '|'), e->cls, 0);
  return s.n > 0;
}

static void read_meaning(ChDataFile *f, ChSlice meaning, uint32_t column, ChWhenRow *row)
{
  const Symbol *op = find_symbol(ops, ch_slice_cut(&meaning, ' '));
  if (!op) {
    ch_datafile_fault(f, column, "unknown operator");
    return;
  }
  row->op = (uint8_t)op->value;
  while (meaning.p) {
    ChSlice arg = ch_slice_cut(&meaning, ' ');
    int16_t v;
    if (!arg.n)
      continue;
    if (arg.n < 3 || arg.p[1] != '=' || !read_value(ch_slice(arg.p + 2, arg.n - 2), &v)) {
      ch_datafile_fault(f, column, "not KEY=VALUE: '%.*s'", CH_ARG(arg));
      return;
    }
    switch (arg.p[0]) {
    case 'n': row->n = v; break;
    case 'u': row->u = v; break;
    case 'r': row->r = v; break;
    case 'e': row->e = v; break;
    case 'w': row->w = v; break;
    case 'k': row->k = v; break;
    case 'd': row->dir = (int8_t)v; break;
    default: ch_datafile_fault(f, column, "unknown key '%c'", arg.p[0]); return;
    }
  }
}

static void read_pattern(Compiler *c, ChDataFile *f, ChSlice pattern, uint32_t column, ChWhenRow *row)
{
  row->element = (uint32_t)(c->elements.n / sizeof(ChWhenElement));
  bool taken = false;
  while (pattern.p) {
    ChSlice s = ch_slice_cut(&pattern, ' ');
    ChWhenElement e = {0};
    if (!s.n)
      continue;
    if (row->elements == CH_WHEN_ELEMENTS || !read_element(c, s, &e)) {
      ch_datafile_fault(f, column, "bad element '%.*s'", CH_ARG(s));
      return;
    }
    taken = taken || !(e.flags & (CH_WHEN_OPTIONAL | CH_WHEN_CONTEXT | CH_WHEN_NOT));
    ch_buf_add(&c->elements, &e, sizeof e);
    row->elements++;
  }
  if (!taken)
    ch_datafile_fault(f, column, "a pattern needs an element of its own");
}

static void read_dates(Compiler *c, const char *path, ChError *err)
{
  enum { ID, LEVEL, PATTERN, MEANING, SCORE };
  static const char *const columns[] = {"id", "level", "pattern", "meaning", "score", NULL};
  ChDataFile f;
  ch_datafile_open(&f, path, "dates", 1, columns, err);
  while (ch_datafile_next(&f)) {
    ChWhenRow row = {.n = CH_WHEN_UNSET, .u = CH_WHEN_UNSET, .r = CH_WHEN_UNSET, .e = CH_WHEN_UNSET, .w = CH_WHEN_UNSET, .k = CH_WHEN_UNSET};
    uint32_t level = 1;
    double score = 0.9;
    if (!f.cell[ID].n)
      ch_datafile_fault(&f, ID, "a row needs an id");
    if (f.cell[LEVEL].n && (!ch_slice_uint(f.cell[LEVEL], CH_WHEN_LEVELS - 1, &level) || level == 0))
      ch_datafile_fault(&f, LEVEL, "level must be 1 to %d", CH_WHEN_LEVELS - 1);
    if (f.cell[SCORE].n && (!ch_slice_double(f.cell[SCORE], &score) || score <= 0 || score > 1))
      ch_datafile_fault(&f, SCORE, "score must be above 0 and at most 1");
    row.level = (uint8_t)level;
    row.score = (float)score;
    row.id = ch_pack_writer_word(c->w, f.cell[ID]);
    read_pattern(c, &f, f.cell[PATTERN], PATTERN, &row);
    read_meaning(&f, f.cell[MEANING], MEANING, &row);
    if (ch_failed(err))
      break;
    ch_buf_add(&c->rows, &row, sizeof row);
  }
  ch_datafile_close(&f);
}

static int by_word(const void *a, const void *b)
{
  const ChWhenWord *x = a, *y = b;
  if (x->word != y->word)
    return x->word < y->word ? -1 : 1;
  if (x->cls != y->cls)
    return x->cls < y->cls ? -1 : 1;
  return x->flags < y->flags ? -1 : x->flags > y->flags;
}

/* By level, then as in the file (elements are numbered in that order). */
static int by_level(const void *a, const void *b)
{
  const ChWhenRow *x = a, *y = b;
  if (x->level != y->level)
    return x->level < y->level ? -1 : 1;
  return x->element < y->element ? -1 : x->element > y->element;
}

static int by_first(const void *a, const void *b)
{
  const ChWhenFirst *x = a, *y = b;
  if (x->level != y->level)
    return x->level < y->level ? -1 : 1;
  if (x->cls != y->cls)
    return x->cls < y->cls ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

/* Which classes each row may begin with: those of its elements up to the first that must be there. */
static void add_firsts(Compiler *c, ChBuf *out)
{
  const ChWhenRow *rows = (const ChWhenRow *)(const void *)c->rows.p;
  const ChWhenElement *elements = (const ChWhenElement *)(const void *)c->elements.p;
  for (uint32_t i = 0; i < c->rows.n / sizeof *rows; i++) {
    for (uint32_t k = 0; k < rows[i].elements; k++) {
      const ChWhenElement *e = &elements[rows[i].element + k];
      if (e->flags & CH_WHEN_NOT)
        continue;
      ChWhenFirst f = {rows[i].level, e->cls, i};
      ch_buf_add(out, &f, sizeof f);
      if (!(e->flags & CH_WHEN_OPTIONAL))
        break;
    }
  }
  if (out->n)
    qsort(out->p, out->n / sizeof(ChWhenFirst), sizeof(ChWhenFirst), by_first);
}

void ch_when_compile_grammar(ChPackWriter *w, const char *data, ChSlice lang, ChError *err)
{
  char calendar[1024], dates[1024];
  snprintf(calendar, sizeof calendar, "%s/language/%.*s/calendar.tsv", data, CH_ARG(lang));
  snprintf(dates, sizeof dates, "%s/language/%.*s/dates.tsv", data, CH_ARG(lang));
  Compiler c = {.w = w, .fold = ch_fold_of_writer(w, lang)};
  if (!ch_failed(err) && access(calendar, F_OK) == 0)
    read_calendar(&c, calendar, err);
  if (!ch_failed(err) && access(dates, F_OK) == 0)
    read_dates(&c, dates, err);
  if (!ch_failed(err)) {
    size_t words = c.words.n / sizeof(ChWhenWord), rows = c.rows.n / sizeof(ChWhenRow);
    if (words)
      qsort(c.words.p, words, sizeof(ChWhenWord), by_word);
    if (rows)
      qsort(c.rows.p, rows, sizeof(ChWhenRow), by_level);
    ChBuf firsts = {0};
    add_firsts(&c, &firsts);
    ch_pack_writer_add_of(w, lang, "when-firsts", firsts.p, sizeof(ChWhenFirst), firsts.n / sizeof(ChWhenFirst));
    ch_buf_free(&firsts);
    ch_pack_writer_add_of(w, lang, "when-words", c.words.p, sizeof(ChWhenWord), words);
    ch_pack_writer_add_of(w, lang, "when-rows", c.rows.p, sizeof(ChWhenRow), rows);
    ch_pack_writer_add_of(w, lang, "when-elements", c.elements.p, sizeof(ChWhenElement), c.elements.n / sizeof(ChWhenElement));
  }
  ch_buf_free(&c.words);
  ch_buf_free(&c.rows);
  ch_buf_free(&c.elements);
  ch_buf_free(&c.names);
}

ChWhenGrammar ch_when_grammar(const ChPack *p, ChSlice lang)
{
  ChWhenGrammar g = {0};
  g.words = ch_pack_section_of(p, lang, "when-words", sizeof *g.words, &g.n_words);
  g.rows = ch_pack_section_of(p, lang, "when-rows", sizeof *g.rows, &g.n_rows);
  g.elements = ch_pack_section_of(p, lang, "when-elements", sizeof *g.elements, &g.n_elements);
  g.firsts = ch_pack_section_of(p, lang, "when-firsts", sizeof *g.firsts, &g.n_firsts);
  if (!g.words || !g.rows || !g.elements || !g.firsts)
    return (ChWhenGrammar){0};
  return g;
}

const ChWhenWord *ch_when_words(const ChWhenGrammar *g, ChWord word, size_t *n)
{
  size_t lo = 0, hi = g->n_words;
  *n = 0;
  if (word == CH_NO_WORD)
    return NULL;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (g->words[mid].word < word)
      lo = mid + 1;
    else
      hi = mid;
  }
  while (lo + *n < g->n_words && g->words[lo + *n].word == word)
    ++*n;
  return *n ? &g->words[lo] : NULL;
}

const ChWhenFirst *ch_when_firsts(const ChWhenGrammar *g, uint16_t level, uint16_t cls, size_t *n)
{
  size_t lo = 0, hi = g->n_firsts;
  *n = 0;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    const ChWhenFirst *f = &g->firsts[mid];
    if (f->level < level || (f->level == level && f->cls < cls))
      lo = mid + 1;
    else
      hi = mid;
  }
  while (lo + *n < g->n_firsts && g->firsts[lo + *n].level == level && g->firsts[lo + *n].cls == cls)
    ++*n;
  return *n ? &g->firsts[lo] : NULL;
}
