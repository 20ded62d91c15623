#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/datafile.h"
#include "base/utf8.h"
#include "language/lexicon.h"

typedef struct Compile {
  ChPackWriter *w;
  ChError *err;
  ChFold fold;
  ChBuf tags;     /* ChMorph */
  ChBuf stems, forms, guesses; /* ChLexRange, not yet hashed */
  ChBuf parlist, pars, slots, readings;
  uint32_t tag_map[CH_TAGS_MAX]; /* numbers of the model file -> ours */
  uint32_t tag_maps;
} Compile;

static size_t count(const ChBuf *b, size_t size) { return b->n / size; }

static uint32_t tag_number(Compile *c, const ChMorph *m)
{
  size_t n = count(&c->tags, sizeof *m);
  const ChMorph *all = (const ChMorph *)(const void *)c->tags.p;
  for (uint32_t i = 0; i < n; i++)
    if (memcmp(&all[i], m, sizeof *m) == 0)
      return i;
  ch_buf_add(&c->tags, m, sizeof *m);
  return (uint32_t)n;
}

static ChWord folded(Compile *c, ChSlice s)
{
  char out[CH_FOLD_MAX];
  return ch_pack_writer_word(c->w, ch_slice(out, ch_fold_norm(&c->fold, s, out)));
}

static bool model_tag(Compile *c, ChSlice s, uint32_t *tag)
{
  uint32_t n;
  if (!ch_slice_uint(s, CH_TAGS_MAX - 1, &n) || n >= c->tag_maps)
    return false;
  *tag = c->tag_map[n];
  return true;
}

/* "ENDING:LEMMA ENDING:TAG", blanks between; endings may be empty. */
static bool read_paradigm(Compile *c, ChSlice value)
{
  ChLexRange par = {.first = (uint32_t)count(&c->slots, sizeof(ChLexSlot))};
  ChSlice rest = value;
  while (rest.p) {
    ChSlice item = ch_slice_cut(&rest, ' '), ending = ch_slice_cut(&item, ':'), lemma = ch_slice_cut(&item, ':');
    ChLexSlot s = {0};
    if (!item.p || !model_tag(c, item, &s.tag))
      return false;
    s.ending = ch_pack_writer_word(c->w, ending);
    s.lemma = ch_pack_writer_word(c->w, lemma);
    ch_buf_add(&c->slots, &s, sizeof s);
    par.n++;
  }
  ch_buf_add(&c->pars, &par, sizeof par);
  return true;
}

static bool read_stem(Compile *c, ChSlice key, ChSlice value)
{
  ChLexRange stem = {.word = ch_pack_writer_word(c->w, key), .first = (uint32_t)count(&c->parlist, sizeof(uint32_t))};
  ChSlice rest = value;
  while (rest.p) {
    uint32_t par;
    if (!ch_slice_uint(ch_slice_cut(&rest, ' '), UINT32_MAX, &par) || par >= count(&c->pars, sizeof(ChLexRange)))
      return false;
    ch_buf_add(&c->parlist, &par, sizeof par);
    stem.n++;
  }
  ch_buf_add(&c->stems, &stem, sizeof stem);
  return key.n > 0;
}

/* "LEMMA:TAG" of a form, blanks between. The lemma has no ':' before its last one. */
static bool read_form(Compile *c, ChSlice key, ChSlice value)
{
  ChLexRange form = {.word = ch_pack_writer_word(c->w, key), .first = (uint32_t)count(&c->readings, sizeof(ChReading))};
  ChSlice rest = value;
  while (rest.p) {
    ChSlice item = ch_slice_cut(&rest, ' ');
    size_t k = item.n;
    while (k && item.p[k - 1] != ':')
      k--;
    uint32_t tag;
    if (k < 2 || !model_tag(c, ch_slice(item.p + k, item.n - k), &tag))
      return false;
    ChReading r = {.tag = (uint16_t)tag, .tail = ch_pack_writer_word(c->w, ch_slice(item.p, k - 1))};
    ch_buf_add(&c->readings, &r, sizeof r);
    form.n++;
  }
  ch_buf_add(&c->forms, &form, sizeof form);
  return key.n > 0;
}

/* Bytes of the last `letters` code points of s; s.n where it has fewer. */
static size_t last_bytes(ChSlice s, uint32_t letters)
{
  size_t k = s.n;
  while (letters && k) {
    k--;
    if (((unsigned char)s.p[k] & 0xC0) != 0x80)
      letters--;
  }
  return s.n - k;
}

/* "TAG:CUT:APPEND:WEIGHT" of an ending; CUT in letters, at most those of the ending. */
static bool read_guess(Compile *c, ChSlice key, ChSlice value)
{
  ChLexRange form = {.word = ch_pack_writer_word(c->w, key), .first = (uint32_t)count(&c->readings, sizeof(ChReading))};
  ChSlice rest = value;
  while (rest.p) {
    ChSlice item = ch_slice_cut(&rest, ' '), tag_text = ch_slice_cut(&item, ':'), cut_text = ch_slice_cut(&item, ':'),
            append = ch_slice_cut(&item, ':');
    uint32_t tag, cut, weight;
    if (!item.p || !model_tag(c, tag_text, &tag) || !ch_slice_uint(cut_text, 20, &cut) || !ch_slice_uint(item, 255, &weight))
      return false;
    ChReading r = {.tag = (uint16_t)tag, .keep = (uint16_t)last_bytes(key, cut), .tail = ch_pack_writer_word(c->w, append),
                   .weight = (uint16_t)weight};
    ch_buf_add(&c->readings, &r, sizeof r);
    form.n++;
  }
  ch_buf_add(&c->guesses, &form, sizeof form);
  return key.n > 0;
}

static bool read_row(Compile *c, ChSlice row, ChSlice key, ChSlice value)
{
  if (ch_slice_is(row, "par"))
    return read_paradigm(c, value);
  if (ch_slice_is(row, "stem"))
    return read_stem(c, key, value);
  if (ch_slice_is(row, "form"))
    return read_form(c, key, value);
  if (ch_slice_is(row, "guess"))
    return read_guess(c, key, value);
  ChMorph m;
  uint32_t n;
  if (!ch_slice_is(row, "tag") || !ch_slice_uint(key, CH_TAGS_MAX - 1, &n) || n != c->tag_maps || !ch_morph_parse(value, &m))
    return false;
  c->tag_map[c->tag_maps++] = tag_number(c, &m);
  return true;
}

static void read_model(Compile *c, const char *path)
{
  enum { ROW, KEY, VALUE };
  static const char *const columns[] = {"row", "key", "value", NULL};
  ChDataFile f;
  ch_datafile_open(&f, path, "lexicon-model", 1, columns, c->err);
  while (ch_datafile_next(&f))
    if (!read_row(c, f.cell[ROW], f.cell[KEY], f.cell[VALUE]))
      ch_datafile_fault(&f, ROW, "not a row of a lexicon");
  ch_datafile_close(&f);
}

typedef struct HandRow {
  ChWord form;
  uint32_t order;
  ChReading reading;
} HandRow;

static int by_form(const void *a, const void *b)
{
  const HandRow *x = a, *y = b;
  if (x->form != y->form)
    return x->form < y->form ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

/* Rows of one key after another become one range. */
static void add_hand_rows(Compile *c, ChBuf *rows, ChBuf *out)
{
  HandRow *h = (HandRow *)(void *)rows->p;
  size_t n = count(rows, sizeof *h);
  if (n)
    qsort(h, n, sizeof *h, by_form);
  for (size_t i = 0; i < n;) {
    ChLexRange form = {.word = h[i].form, .first = (uint32_t)count(&c->readings, sizeof(ChReading))};
    for (; i < n && h[i].form == form.word; i++, form.n++)
      ch_buf_add(&c->readings, &h[i].reading, sizeof h[i].reading);
    ch_buf_add(out, &form, sizeof form);
  }
  ch_buf_free(rows);
}

static bool hand_tag(Compile *c, ChDataFile *f, ChSlice pos, ChSlice feats, uint32_t column, uint16_t *tag)
{
  char text[256];
  ChMorph m;
  snprintf(text, sizeof text, "%.*s%s%.*s", CH_ARG(pos), feats.n ? "|" : "", CH_ARG(feats));
  if (!ch_morph_parse(ch_slice_z(text), &m)) {
    ch_datafile_fault(f, column, "unknown part of speech or feature");
    return false;
  }
  *tag = (uint16_t)tag_number(c, &m);
  return true;
}

/* lexicon.tsv: whole forms by hand. */
static void read_lexicon(Compile *c, const char *path)
{
  enum { FORM, LEMMA, POS, FEATS };
  static const char *const columns[] = {"form", "lemma", "pos", "feats", NULL};
  ChDataFile f;
  ChBuf rows = {0};
  ch_datafile_open(&f, path, "lexicon", 1, columns, c->err);
  while (ch_datafile_next(&f)) {
    HandRow h = {.order = f.line};
    ChSlice lemma = f.cell[LEMMA].n ? f.cell[LEMMA] : f.cell[FORM];
    if (!f.cell[FORM].n)
      ch_datafile_fault(&f, FORM, "the form is empty");
    else if (hand_tag(c, &f, f.cell[POS], f.cell[FEATS], POS, &h.reading.tag)) {
      h.form = folded(c, f.cell[FORM]);
      h.reading.tail = folded(c, lemma);
      ch_buf_add(&rows, &h, sizeof h);
    }
  }
  ch_datafile_close(&f);
  add_hand_rows(c, &rows, &c->forms);
}

/* endings.tsv: guesses by hand. */
static void read_endings(Compile *c, const char *path)
{
  enum { ENDING, LEMMA, POS, FEATS, PROPER };
  static const char *const columns[] = {"ending", "lemma", "pos", "feats", "proper", NULL};
  ChDataFile f;
  ChBuf rows = {0};
  ch_datafile_open(&f, path, "endings", 1, columns, c->err);
  while (ch_datafile_next(&f)) {
    HandRow h = {.order = f.line, .reading.weight = 128};
    char key[64];
    ChSlice ending = f.cell[ENDING], lemma = f.cell[LEMMA];
    bool any = ch_slice_is(ending, "*");
    if (!ending.n || ending.n > 40) {
      ch_datafile_fault(&f, ENDING, "the ending is empty or too long");
    } else if (hand_tag(c, &f, f.cell[POS], f.cell[FEATS], POS, &h.reading.tag)) {
      snprintf(key, sizeof key, "%s%.*s", f.cell[PROPER].n ? "^" : "", CH_ARG(ending));
      h.form = ch_pack_writer_word(c->w, ch_slice_z(key));
      h.reading.keep = any ? 0 : (uint16_t)ending.n;
      h.reading.tail = ch_pack_writer_word(c->w, lemma);
      ch_buf_add(&rows, &h, sizeof h);
    }
  }
  ch_datafile_close(&f);
  add_hand_rows(c, &rows, &c->guesses);
}

static int by_slot(const void *a, const void *b)
{
  const ChLexSlot *x = a, *y = b;
  if (x->ending != y->ending)
    return x->ending < y->ending ? -1 : 1;
  return x->tag != y->tag ? (x->tag < y->tag ? -1 : 1) : x->lemma < y->lemma ? -1 : x->lemma > y->lemma;
}

/* Open addressing over the ranges; of two with one key the later (by hand) stands. */
static void save_hash(Compile *c, ChSlice lang, const char *name, ChBuf *rows)
{
  size_t n = count(rows, sizeof(ChLexRange)), slots = 16;
  while (slots < n * 2)
    slots *= 2;
  ChLexRange *hash = calloc(slots, sizeof *hash);
  const ChLexRange *r = (const ChLexRange *)(const void *)rows->p;
  if (!hash)
    abort();
  for (size_t k = 0; k < n; k++) {
    uint32_t i = r[k].word * 0x9E3779B1u ^ r[k].word >> 15;
    while (hash[i & (slots - 1)].word && hash[i & (slots - 1)].word != r[k].word)
      i++;
    hash[i & (slots - 1)] = r[k];
  }
  ch_pack_writer_add_of(c->w, lang, name, hash, sizeof *hash, slots);
  free(hash);
}

static void save(Compile *c, ChSlice lang)
{
  const ChLexRange *pars = (const ChLexRange *)(const void *)c->pars.p;
  for (size_t i = 0; i < count(&c->pars, sizeof *pars); i++)
    qsort(c->slots.p + pars[i].first * sizeof(ChLexSlot), pars[i].n, sizeof(ChLexSlot), by_slot);
  ch_pack_writer_add_of(c->w, lang, "lex.tags", c->tags.p, sizeof(ChMorph), count(&c->tags, sizeof(ChMorph)));
  if (c->pars.n) {
    save_hash(c, lang, "lex.stems", &c->stems);
    ch_pack_writer_add_of(c->w, lang, "lex.parlist", c->parlist.p, sizeof(uint32_t), count(&c->parlist, sizeof(uint32_t)));
    ch_pack_writer_add_of(c->w, lang, "lex.pars", c->pars.p, sizeof(ChLexRange), count(&c->pars, sizeof(ChLexRange)));
    ch_pack_writer_add_of(c->w, lang, "lex.slots", c->slots.p, sizeof(ChLexSlot), count(&c->slots, sizeof(ChLexSlot)));
  }
  save_hash(c, lang, "lex.forms", &c->forms);
  save_hash(c, lang, "lex.guesses", &c->guesses);
  if (c->readings.n)
    ch_pack_writer_add_of(c->w, lang, "lex.readings", c->readings.p, sizeof(ChReading), count(&c->readings, sizeof(ChReading)));
}

void ch_lexicon_compile(ChPackWriter *w, ChSlice lang, const char *data, const char *models, ChError *err)
{
  if (ch_failed(err))
    return;
  Compile c = {.w = w, .err = err, .fold = ch_fold_of_writer(w, lang)};
  char path[1024];
  ChMorph none = {0};
  tag_number(&c, &none); /* tag 0 = unknown */
  snprintf(path, sizeof path, "%s/%.*s.lexicon", models ? models : "", CH_ARG(lang));
  if (models && access(path, F_OK) == 0)
    read_model(&c, path);
  snprintf(path, sizeof path, "%s/language/%.*s/endings.tsv", data, CH_ARG(lang));
  if (access(path, F_OK) == 0)
    read_endings(&c, path);
  snprintf(path, sizeof path, "%s/language/%.*s/lexicon.tsv", data, CH_ARG(lang));
  if (access(path, F_OK) == 0)
    read_lexicon(&c, path);
  if (!ch_failed(err) && count(&c.tags, sizeof(ChMorph)) > CH_TAGS_MAX)
    ch_error_at(err, CH_ERR_FORMAT, ch_slice_z(path), 0, 0, "more than %d tags", CH_TAGS_MAX);
  if (!ch_failed(err))
    save(&c, lang);
  ChBuf *all[] = {&c.tags, &c.stems, &c.forms, &c.guesses, &c.parlist, &c.pars, &c.slots, &c.readings};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    ch_buf_free(all[i]);
}
