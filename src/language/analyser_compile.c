/* models/CODE.analyser to sections of the pack, checked, so that nothing is parsed when it is opened. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "language/analyser.h"
#include "language/layers.h"

typedef struct File {
  uint32_t rows, tags, weights, numbers;
  ChAnalyserHead head;
  const int32_t *number;
  const ChMorph *tag;
  const uint32_t *hash;
  const uint8_t *shift;
  const int8_t *row, *weight;
} File;

/* The next `size` bytes of the file; NULL beyond its end. */
static const void *take(ChSlice *rest, uint64_t size)
{
  if (!rest->p || rest->n < size)
    return *rest = (ChSlice){0}, NULL;
  const void *p = rest->p;
  *rest = ch_slice(rest->p + size, rest->n - size);
  return p;
}

static bool layer_ok(const File *f, ChLayerName name, uint32_t in, uint32_t out)
{
  const ChLayer *l = &f->head.layers[name];
  return l->in == in && l->out == out && in % 32 == 0 && l->weights <= f->weights && (uint64_t)in * out <= f->weights - l->weights &&
         l->scale <= f->numbers && out <= f->numbers - l->scale && l->bias <= f->numbers && out <= f->numbers - l->bias && l->shift < 16;
}

static bool shape_ok(const File *f)
{
  const ChAnalyserHead *h = &f->head;
  uint32_t two = 2 * h->hidden, gates = 4 * h->hidden;
  if (!h->row || h->row % 32 || !h->hidden || h->hidden % 32 || !h->arc || h->arc % 32 || !h->rel || h->rel % 32 || h->row > 512 ||
      h->hidden > 512 || h->arc > 512 || h->rel > 512 || !f->tags || f->tags > CH_TAGS_MAX || h->tags != f->tags || !f->rows)
    return false;
  for (uint32_t i = 0; i < CH_ANALYSER_BONUSES; i++)
    if (h->bonus[i] < -(1 << 20) || h->bonus[i] > 1 << 20)
      return false;
  return layer_ok(f, CH_LAYER_FORTH_1, h->row + h->hidden, gates) && layer_ok(f, CH_LAYER_BACK_1, h->row + h->hidden, gates) &&
         layer_ok(f, CH_LAYER_FORTH_2, two + h->hidden, gates) && layer_ok(f, CH_LAYER_BACK_2, two + h->hidden, gates) &&
         layer_ok(f, CH_LAYER_TAGS, two, f->tags) && layer_ok(f, CH_LAYER_NAMES, two, CH_NAME_TAGS) &&
         layer_ok(f, CH_LAYER_DEPENDENT, two, h->arc) && layer_ok(f, CH_LAYER_GOVERNOR, two, h->arc) &&
         layer_ok(f, CH_LAYER_ARC, h->arc, h->arc) && layer_ok(f, CH_LAYER_DISTANCE, h->arc, CH_ANALYSER_BUCKETS) &&
         layer_ok(f, CH_LAYER_REL_DEPENDENT, two, h->rel) && layer_ok(f, CH_LAYER_REL_GOVERNOR, two, h->rel) &&
         layer_ok(f, CH_LAYER_RELS, h->rel, CH_RELS) && (uint64_t)h->arc_root + h->arc <= f->numbers &&
         (uint64_t)h->rel_root + h->rel <= f->numbers && (uint64_t)h->rel_distance + h->rel * CH_ANALYSER_BUCKETS <= f->numbers;
}

/* Numbers that no sum can carry beyond 32 bits; weights that the kernels can take. */
static bool values_ok(const File *f)
{
  for (uint32_t i = 0; i < f->numbers; i++)
    if (f->number[i] < -(1 << 20) || f->number[i] > 1 << 20)
      return false;
  for (uint32_t k = 0; k < CH_LAYERS; k++)
    for (uint32_t i = 0; i < f->head.layers[k].out; i++) {
      int32_t scale = f->number[f->head.layers[k].scale + i];
      if (scale < 0 || scale > 4095)
        return false;
    }
  for (uint32_t i = 0; i < f->weights; i++)
    if (abs(f->weight[i]) > CH_ANALYSER_WEIGHT)
      return false;
  for (uint32_t i = 0; i < f->rows; i++)
    if (f->shift[i] > 15 || !f->hash[i] || (i && f->hash[i] <= f->hash[i - 1]))
      return false;
  for (uint32_t i = 0; i < f->head.arc; i++)
    if (abs(f->number[f->head.arc_root + i]) > 127)
      return false;
  for (uint32_t i = 0; i < f->tags; i++)
    if (f->tag[i].pos > CH_POS_VERB)
      return false;
  return true;
}

static bool open_file(ChSlice bytes, File *f)
{
  const char *magic = take(&bytes, 8);
  const uint32_t *sizes = take(&bytes, 6 * sizeof *sizes);
  if (!magic || !sizes || memcmp(magic, "CHANALYS", 8) != 0 || sizes[0] != CH_ANALYSER_VERSION || sizes[5] != sizeof f->head)
    return false;
  const void *head = take(&bytes, sizeof f->head);
  if (!head)
    return false;
  memcpy(&f->head, head, sizeof f->head);
  f->rows = sizes[1], f->tags = sizes[2], f->weights = sizes[3], f->numbers = sizes[4];
  f->number = take(&bytes, (uint64_t)f->numbers * sizeof *f->number);
  f->tag = take(&bytes, (uint64_t)f->tags * sizeof *f->tag);
  f->hash = take(&bytes, (uint64_t)f->rows * sizeof *f->hash);
  f->shift = take(&bytes, f->rows);
  f->row = take(&bytes, (uint64_t)f->rows * f->head.row);
  f->weight = take(&bytes, f->weights);
  return f->number && f->tag && f->hash && f->shift && f->row && f->weight && bytes.n == 0 && shape_ok(f) && values_ok(f);
}

/* The layers as layers.h wants them. */
static void save_layers(ChPackWriter *w, ChSlice lang, const File *f)
{
  ChAnalyserHead head = f->head;
  size_t weights = 0, numbers = f->numbers;
  for (uint32_t i = 0; i < CH_LAYERS; i++) {
    ChLayer *l = &head.layers[i];
    l->wide = (l->out + CH_LAYERS_BLOCK - 1) / CH_LAYERS_BLOCK * CH_LAYERS_BLOCK;
    l->weights = (uint32_t)weights;
    l->start = (uint32_t)numbers;
    weights += (size_t)l->wide * l->in;
    numbers += l->wide;
  }
  int8_t *weight = calloc(weights, 1);
  int32_t *number = calloc(numbers, sizeof *number);
  if (!weight || !number)
    abort();
  memcpy(number, f->number, f->numbers * sizeof *number);
  for (uint32_t i = 0; i < CH_LAYERS; i++) {
    const ChLayer *from = &f->head.layers[i], *to = &head.layers[i];
    for (uint32_t r = 0; r < from->out; r++)
      for (uint32_t k = 0; k < from->in; k++) {
        int8_t value = f->weight[from->weights + (size_t)r * from->in + k];
        weight[to->weights + ch_layers_place(r, k, from->in)] = value;
        number[to->start + r] -= 128 * value;
      }
  }
  ch_pack_writer_add_of(w, lang, "ana.head", &head, sizeof head, 1);
  ch_pack_writer_add_of(w, lang, "ana.weights", weight, 1, weights);
  ch_pack_writer_add_of(w, lang, "ana.numbers", number, sizeof *number, numbers);
  free(weight);
  free(number);
}

static void save(ChPackWriter *w, ChSlice lang, const File *f)
{
  size_t slots = 16, n_lexicon;
  while (slots < (size_t)f->rows * 2)
    slots *= 2;
  ChFeatureSlot *table = calloc(slots, sizeof *table);
  const ChMorph *lexicon = ch_pack_writer_section_of(w, lang, "lex.tags", sizeof *lexicon, &n_lexicon);
  uint16_t *of = calloc(n_lexicon + 1, sizeof *of);
  if (!table || !of)
    abort();
  for (uint32_t k = 0; k < f->rows; k++) {
    uint32_t i = f->hash[k];
    while (table[i & (slots - 1)].hash)
      i++;
    table[i & (slots - 1)] = (ChFeatureSlot){f->hash[k], k};
  }
  for (size_t i = 0; i < n_lexicon; i++) {
    of[i] = UINT16_MAX;
    for (uint32_t k = 0; k < f->tags && of[i] == UINT16_MAX; k++)
      if (memcmp(&lexicon[i], &f->tag[k], sizeof *lexicon) == 0)
        of[i] = (uint16_t)k;
  }
  save_layers(w, lang, f);
  ch_pack_writer_add_of(w, lang, "ana.slots", table, sizeof *table, slots);
  ch_pack_writer_add_of(w, lang, "ana.rows", f->row, f->head.row, f->rows);
  ch_pack_writer_add_of(w, lang, "ana.shifts", f->shift, 1, f->rows);
  ch_pack_writer_add_of(w, lang, "ana.tags", f->tag, sizeof *f->tag, f->tags);
  ch_pack_writer_add_of(w, lang, "ana.lextags", of, sizeof *of, n_lexicon);
  free(table);
  free(of);
}

void ch_analyser_compile(ChPackWriter *w, ChSlice lang, const char *models, ChError *err)
{
  enum { LARGEST = 64 << 20 };
  char path[1024];
  ChBuf b = {0};
  File f = {0};
  snprintf(path, sizeof path, "%s/%.*s.analyser", models ? models : "", CH_ARG(lang));
  if (ch_failed(err) || !models || access(path, F_OK) != 0)
    return;
  ch_file_read(path, LARGEST, &b, err);
  if (!ch_failed(err)) {
    if (open_file(ch_buf_view(&b), &f))
      save(w, lang, &f);
    else
      ch_error_at(err, CH_ERR_FORMAT, ch_slice_z(path), 0, 0, "not an analyser model of this version, or damaged");
  }
  ch_buf_free(&b);
}

ChAnalyser ch_analyser_of(const ChPack *p, ChSlice lang)
{
  ChAnalyser a = {0};
  size_t n;
  a.head = ch_pack_section_of(p, lang, "ana.head", sizeof *a.head, &n);
  if (!a.head)
    return a;
  a.slots = ch_pack_section_of(p, lang, "ana.slots", sizeof *a.slots, &a.n_slots);
  a.rows = ch_pack_section_of(p, lang, "ana.rows", a.head->row, &a.n_rows);
  a.shifts = ch_pack_section_of(p, lang, "ana.shifts", 1, &n);
  a.weights = ch_pack_section_of(p, lang, "ana.weights", 1, &n);
  a.numbers = ch_pack_section_of(p, lang, "ana.numbers", sizeof *a.numbers, &n);
  a.tags = ch_pack_section_of(p, lang, "ana.tags", sizeof *a.tags, &n);
  a.of_lexicon = ch_pack_section_of(p, lang, "ana.lextags", sizeof *a.of_lexicon, &a.n_of_lexicon);
  if (!a.slots || !a.rows || !a.shifts || !a.weights || !a.numbers || !a.tags || (!a.of_lexicon && a.n_of_lexicon))
    return (ChAnalyser){0};
  return a;
}
