/* The trained network as whole numbers, in the layout of models/CODE.analyser. */
#include <math.h>
#include <stdlib.h>

#include "trainer.h"

enum { ONE = 127 };

typedef struct Out {
  ChAnalyserHead head;
  int8_t *weights;
  int32_t *numbers;
  size_t n_weights, n_numbers;
} Out;

static size_t add_numbers(Out *o, size_t n)
{
  o->numbers = realloc(o->numbers, (o->n_numbers + n) * sizeof *o->numbers);
  if (!o->numbers)
    abort();
  o->n_numbers += n;
  return o->n_numbers - n;
}

static int32_t fixed(float x) { return (int32_t)lrintf(x * (1 << CH_ANALYSER_UNIT)); }

/* A layer of one or two matrices side by side over the input; bias may be NULL. Of each output the weights share one scale. */
static void add_layer(Out *o, ChLayerName name, const Matrix *a, const Matrix *b, const Matrix *bias, size_t out)
{
  size_t in = a->in + (b ? b->in : 0), wide = a->out;
  ChLayer *l = &o->head.layers[name];
  float most = 1e-6f;
  *l = (ChLayer){.in = (uint32_t)in, .out = (uint32_t)out, .weights = (uint32_t)o->n_weights};
  o->weights = realloc(o->weights, o->n_weights + in * out);
  if (!o->weights)
    abort();
  o->n_weights += in * out;
  size_t scale = add_numbers(o, out), biases = add_numbers(o, out);
  float *largest = calloc(out, sizeof *largest);
  for (size_t k = 0; k < out; k++) {
    for (size_t i = 0; i < in; i++) {
      float w = i < a->in ? a->w[i * wide + k] : b->w[(i - a->in) * wide + k];
      largest[k] = fmaxf(largest[k], fabsf(w));
    }
    most = fmaxf(most, largest[k]);
  }
  /* (sum >> 4) * scale >> shift in 1/2^12: scale = largest / 63 / 127 * 4096 * 16 * 2^shift, below 2^12 */
  float unit = 4096.0f * 16 / (CH_ANALYSER_WEIGHT * ONE);
  uint32_t shift = 14;
  while (shift > 1 && most * unit * (float)(1u << shift) > 4095)
    shift--;
  l->shift = shift;
  l->scale = (uint32_t)scale, l->bias = (uint32_t)biases;
  for (size_t k = 0; k < out; k++) {
    float by = largest[k] > 0 ? CH_ANALYSER_WEIGHT / largest[k] : 0;
    o->numbers[scale + k] = (int32_t)lrintf(largest[k] * unit * (float)(1u << shift));
    o->numbers[biases + k] = bias ? fixed(bias->w[k]) : 0;
    for (size_t i = 0; i < in; i++) {
      float w = i < a->in ? a->w[i * wide + k] : b->w[(i - a->in) * wide + k];
      o->weights[l->weights + k * in + i] = (int8_t)lrintf(w * by);
    }
  }
  free(largest);
}

static float bend(float x)
{
  float q = x < -2 ? -2 : x > 2 ? 2 : x;
  return q * (1 - fabsf(q) * .25f);
}

static void add_layers(Out *o, const Network *n)
{
  const Matrix *m = n->m;
  size_t gates = 4 * n->shape.hidden, arc = n->shape.arc, rel = n->shape.rel;
  add_layer(o, CH_LAYER_FORTH_1, &m[FORTH_X_1], &m[FORTH_H_1], &m[FORTH_B_1], gates);
  add_layer(o, CH_LAYER_BACK_1, &m[BACK_X_1], &m[BACK_H_1], &m[BACK_B_1], gates);
  add_layer(o, CH_LAYER_FORTH_2, &m[FORTH_X_2], &m[FORTH_H_2], &m[FORTH_B_2], gates);
  add_layer(o, CH_LAYER_BACK_2, &m[BACK_X_2], &m[BACK_H_2], &m[BACK_B_2], gates);
  add_layer(o, CH_LAYER_TAGS, &m[TAGS_W], NULL, &m[TAGS_B], n->shape.tags);
  add_layer(o, CH_LAYER_NAMES, &m[NAMES_W], NULL, &m[NAMES_B], CH_NAME_TAGS);
  add_layer(o, CH_LAYER_DEPENDENT, &m[DEPENDENT_W], NULL, &m[DEPENDENT_B], arc);
  add_layer(o, CH_LAYER_GOVERNOR, &m[GOVERNOR_W], NULL, &m[GOVERNOR_B], arc);
  add_layer(o, CH_LAYER_ARC, &m[ARC_W], NULL, &m[ARC_B], arc);
  add_layer(o, CH_LAYER_DISTANCE, &m[DISTANCE_W], NULL, NULL, CH_ANALYSER_BUCKETS);
  add_layer(o, CH_LAYER_REL_DEPENDENT, &m[REL_DEPENDENT_W], NULL, &m[REL_DEPENDENT_B], rel);
  add_layer(o, CH_LAYER_REL_GOVERNOR, &m[REL_GOVERNOR_W], NULL, NULL, rel);
  add_layer(o, CH_LAYER_RELS, &m[RELS_W], NULL, &m[RELS_B], CH_RELS);
  size_t at = add_numbers(o, arc);
  o->head.arc_root = (uint32_t)at;
  for (size_t k = 0; k < arc; k++)
    o->numbers[at + k] = (int32_t)lrintf(ONE * bend(m[ARC_ROOT].w[k]));
  at = add_numbers(o, rel);
  o->head.rel_root = (uint32_t)at;
  for (size_t k = 0; k < rel; k++)
    o->numbers[at + k] = fixed(m[REL_ROOT].w[k]);
  at = add_numbers(o, rel * CH_ANALYSER_BUCKETS);
  o->head.rel_distance = (uint32_t)at;
  for (size_t k = 0; k < rel * CH_ANALYSER_BUCKETS; k++)
    o->numbers[at + k] = fixed(m[REL_DISTANCE].w[k]);
  for (size_t k = 0; k < CH_ANALYSER_BONUSES; k++)
    o->head.bonus[k] = fixed(m[BONUS].w[k]);
}

static void quantise_row(const float *row, size_t n, int8_t *to, uint8_t *shift)
{
  float most = 0;
  for (size_t k = 0; k < n; k++)
    most = fmaxf(most, fabsf(row[k]));
  *shift = 0;
  while (*shift < 15 && most * (1 << CH_ANALYSER_UNIT) > (float)(ONE << *shift))
    ++*shift;
  for (size_t k = 0; k < n; k++)
    to[k] = (int8_t)lrintf(row[k] * (1 << CH_ANALYSER_UNIT) / (float)(1 << *shift));
}

static int by_hash(const void *a, const void *b)
{
  uint32_t x = ((const ChFeatureSlot *)a)->hash, y = ((const ChFeatureSlot *)b)->hash;
  return x < y ? -1 : x > y;
}

void trained_write(const Trained *t, const char *path, ChError *err)
{
  const Network *n = &t->network;
  Out o = {.head = {.row = (uint32_t)n->shape.row, .hidden = (uint32_t)n->shape.hidden, .arc = (uint32_t)n->shape.arc,
                    .rel = (uint32_t)n->shape.rel, .tags = (uint32_t)t->n_tags}};
  add_layers(&o, n);
  size_t d = n->shape.row, rows = t->n_rows, at = 0;
  ChFeatureSlot *slots = calloc(rows, sizeof *slots);
  int8_t *row = calloc(rows, d);
  uint8_t *shift = calloc(rows, 1);
  if (!slots || !row || !shift)
    abort();
  for (size_t i = 0; i < COUNT_SLOTS; i++)
    if (t->counts[i].hash && t->counts[i].row != UINT32_MAX)
      slots[at++] = (ChFeatureSlot){t->counts[i].hash, t->counts[i].row};
  qsort(slots, rows, sizeof *slots, by_hash);
  for (size_t i = 0; i < rows; i++) {
    quantise_row(n->rows + slots[i].row * d, d, row + i * d, &shift[i]);
    slots[i].row = (uint32_t)i;
  }
  uint32_t sizes[6] = {CH_ANALYSER_VERSION, (uint32_t)rows, (uint32_t)t->n_tags, (uint32_t)o.n_weights, (uint32_t)o.n_numbers,
                       (uint32_t)sizeof o.head};
  FILE *f = fopen(path, "wb");
  bool ok = f != NULL;
#define PUT(p, count) (ok = ok && fwrite((p), sizeof *(p), (count), f) == (size_t)(count))
  ok = ok && fwrite("CHANALYS", 8, 1, f) == 1;
  PUT(sizes, 6);
  PUT(&o.head, 1);
  PUT(o.numbers, o.n_numbers);
  PUT(t->tags, t->n_tags);
  for (size_t i = 0; i < rows; i++)
    PUT(&slots[i].hash, 1);
  PUT(shift, rows);
  PUT(row, rows * d);
  PUT(o.weights, o.n_weights);
#undef PUT
  if ((f && fclose(f) != 0) || !ok)
    ch_error_set(err, CH_ERR_IO, "%s: cannot be written", path);
  free(slots), free(row), free(shift), free(o.weights), free(o.numbers);
}
