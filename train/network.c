#include "network.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "language/tree.h"
#include "matrix.h"

/* Everything that one batch needs between its way forth and back; grows. */
typedef struct Room {
  size_t words, longest;
  float *x, *dx, *x_mask;
  float *in[2], *out[2], *din[2], *dout[2]; /* of the two layers; out of the first, masked, is in of the second */
  float *mask[2];
  float *gates[2], *cells[2], *dgates, *before; /* activations: words x 8 hidden; words x 2 hidden */
  float *state, *cell, *dstate, *dcell, *step;
  float *tags, *names, *dep, *gov, *arc, *dist, *ddep, *dgov, *darc, *ddist;
  float *dep_mask, *gov_mask, *rel_mask;
  float *rel_dep, *rel_gov, *hidden, *dhidden, *rels;
  float *score, *dscore;
  int32_t *whole;
  void *scratch;
  uint32_t *order, *heads;
} Room;

enum { BUCKETS = 32, NAMES = 16, RELS = 48 };

uint64_t network_random(uint64_t *s)
{
  *s ^= *s >> 12;
  *s ^= *s << 25;
  *s ^= *s >> 27;
  return *s * 0x2545F4914F6CDD1Du;
}

static float uniform(uint64_t *s) { return (float)(network_random(s) >> 40) / (float)(1 << 24); }

static void *zeroed(size_t n, size_t size)
{
  void *p = NULL;
  size_t bytes = (n * size + 63) & ~(size_t)63;
  if (posix_memalign(&p, 64, bytes + 64))
    abort();
  memset(p, 0, bytes + 64);
  return p;
}

static void matrix_new(Network *n, MatrixName name, size_t in, size_t out, float spread)
{
  Matrix *m = &n->m[name];
  *m = (Matrix){.in = in, .out = out};
  float **parts[] = {&m->w, &m->g, &m->m, &m->v, &m->t};
  for (size_t i = 0; i < 5; i++)
    *parts[i] = zeroed(in * out, sizeof(float));
  for (size_t i = 0; i < in * out; i++)
    m->w[i] = spread * (2 * uniform(&n->random) - 1);
}

void network_new(Network *n, Shape s, uint64_t seed)
{
  *n = (Network){.shape = s, .random = seed * 0x9E3779B97F4A7C15u + 1, .rates = {.15f, .35f, .3f}};
  size_t h = s.hidden, two = 2 * h;
  for (int layer = 0; layer < 2; layer++) {
    size_t in = layer ? two : s.row;
    for (int back = 0; back < 2; back++) {
      MatrixName at = (MatrixName)(FORTH_X_1 + layer * 6 + back * 3);
      matrix_new(n, at, in, 4 * h, sqrtf(3.0f / (float)in) * .8f);
      matrix_new(n, at + 1, h, 4 * h, sqrtf(3.0f / (float)h) * .6f);
      matrix_new(n, at + 2, 1, 4 * h, 0);
      for (size_t i = h; i < 2 * h; i++)
        n->m[at + 2].w[i] = 1;
    }
  }
  float spread = sqrtf(3.0f / (float)two);
  matrix_new(n, TAGS_W, two, (s.tags + 15) & ~(size_t)15, spread * .5f);
  matrix_new(n, TAGS_B, 1, (s.tags + 15) & ~(size_t)15, 0);
  matrix_new(n, BONUS, 1, 16, 0);
  for (int i = 0; i < 3; i++)
    n->m[BONUS].w[i] = i ? 1 : 4;
  matrix_new(n, NAMES_W, two, NAMES, spread);
  matrix_new(n, NAMES_B, 1, NAMES, 0);
  matrix_new(n, DEPENDENT_W, two, s.arc, spread);
  matrix_new(n, DEPENDENT_B, 1, s.arc, 0);
  matrix_new(n, GOVERNOR_W, two, s.arc, spread);
  matrix_new(n, GOVERNOR_B, 1, s.arc, 0);
  matrix_new(n, ARC_W, s.arc, s.arc, sqrtf(3.0f / (float)s.arc));
  matrix_new(n, ARC_B, 1, s.arc, 0);
  matrix_new(n, ARC_ROOT, 1, s.arc, .3f);
  matrix_new(n, DISTANCE_W, s.arc, BUCKETS, .1f);
  matrix_new(n, REL_DEPENDENT_W, two, s.rel, spread);
  matrix_new(n, REL_DEPENDENT_B, 1, s.rel, 0);
  matrix_new(n, REL_GOVERNOR_W, two, s.rel, spread);
  matrix_new(n, REL_ROOT, 1, s.rel, .3f);
  matrix_new(n, REL_DISTANCE, BUCKETS, s.rel, .1f);
  matrix_new(n, RELS_W, s.rel, RELS, sqrtf(3.0f / (float)s.rel));
  matrix_new(n, RELS_B, 1, RELS, 0);
  n->rows = zeroed(s.rows * s.row, sizeof(float));
  n->row_m = zeroed(s.rows * s.row, sizeof(float));
  n->row_v = zeroed(s.rows * s.row, sizeof(float));
  n->row_g = zeroed(s.rows * s.row, sizeof(float));
  n->touched = zeroed(s.rows, 1);
  for (size_t i = 0; i < s.rows * s.row; i++)
    n->rows[i] = .1f * (2 * uniform(&n->random) - 1);
  n->room = zeroed(1, sizeof *n->room);
}

static void room_free(Room *r)
{
  void *all[] = {r->x, r->dx, r->x_mask, r->out[0], r->out[1], r->dout[0], r->dout[1], r->in[1], r->din[1], r->mask[0], r->mask[1],
                 r->gates[0], r->gates[1], r->cells[0], r->cells[1], r->dgates, r->before, r->state, r->cell, r->dstate, r->dcell, r->step,
                 r->tags, r->names, r->dep, r->gov, r->arc, r->dist, r->ddep, r->dgov, r->darc, r->ddist, r->dep_mask, r->gov_mask,
                 r->rel_mask, r->rel_dep, r->rel_gov, r->hidden, r->dhidden, r->rels, r->score, r->dscore, r->whole, r->scratch, r->order,
                 r->heads, r->in[0], r->din[0]};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    free(all[i]);
}

void network_free(Network *n)
{
  for (size_t i = 0; i < MATRICES; i++) {
    free(n->m[i].w), free(n->m[i].g), free(n->m[i].m), free(n->m[i].v), free(n->m[i].t);
  }
  free(n->rows), free(n->row_m), free(n->row_v), free(n->row_g), free(n->touched);
  room_free(n->room);
  free(n->room);
}

static void make_room(Network *n, size_t words, size_t longest)
{
  Room *r = n->room;
  if (words <= r->words && longest <= r->longest)
    return;
  words = words > r->words ? words + words / 4 : r->words;
  longest = longest > r->longest ? longest : r->longest;
  room_free(r);
  const Shape *s = &n->shape;
  size_t two = 2 * s->hidden;
  *r = (Room){.words = words, .longest = longest};
#define NEW(field, width) (r->field = zeroed(words * (width), sizeof *r->field))
  NEW(x, s->row), NEW(dx, s->row), NEW(x_mask, s->row);
  for (int i = 0; i < 2; i++)
    NEW(out[i], two), NEW(dout[i], two), NEW(in[i], two), NEW(din[i], two), NEW(mask[i], two), NEW(gates[i], 4 * two), NEW(cells[i], two);
  NEW(dgates, 4 * two), NEW(before, two);
  NEW(state, s->hidden), NEW(cell, s->hidden), NEW(dstate, s->hidden), NEW(dcell, s->hidden), NEW(step, 4 * s->hidden);
  NEW(tags, n->m[TAGS_W].out), NEW(names, NAMES);
  NEW(dep, s->arc), NEW(gov, s->arc), NEW(arc, s->arc), NEW(dist, BUCKETS), NEW(ddep, s->arc), NEW(dgov, s->arc), NEW(darc, s->arc),
      NEW(ddist, BUCKETS), NEW(dep_mask, s->arc), NEW(gov_mask, s->arc), NEW(rel_mask, s->rel);
  NEW(rel_dep, s->rel), NEW(rel_gov, s->rel), NEW(hidden, s->rel), NEW(dhidden, s->rel), NEW(rels, RELS), NEW(order, 1), NEW(heads, 1);
#undef NEW
  size_t square = (longest + 1) * (longest + 1);
  r->score = zeroed(square, sizeof(float));
  r->dscore = zeroed(square, sizeof(float));
  r->whole = zeroed(square, sizeof(int32_t));
  r->scratch = zeroed(ch_tree_scratch((uint32_t)longest), 1);
}

/* ---- activations ---- */

static inline float bend(float x)
{
  float q = x < -2 ? -2 : x > 2 ? 2 : x;
  return q * (1 - fabsf(q) * .25f);
}
/* The slope from the value. */
static inline float slope(float t)
{
  float d = 1 - fabsf(t);
  return d > 0 ? sqrtf(d) : 0;
}

static void fill_mask(Network *n, float *mask, size_t count, float rate, bool learn)
{
  float kept = 1 / (1 - rate);
  uint32_t limit = (uint32_t)(rate * 65536);
  if (!learn || rate <= 0) {
    for (size_t i = 0; i < count; i++)
      mask[i] = 1;
    return;
  }
  for (size_t i = 0; i < count; i += 4) {
    uint64_t r = network_random(&n->random);
    for (size_t k = 0; k < 4 && i + k < count; k++, r >>= 16)
      mask[i + k] = (r & 0xFFFF) < limit ? 0 : kept;
  }
}

static void times(float *to, const float *a, const float *b, size_t count)
{
  for (size_t i = 0; i < count; i++)
    to[i] = a[i] * b[i];
}

/* y = x W + b */
static void forth(const Network *n, MatrixName w, int bias, const float *x, size_t words, float *y)
{
  const Matrix *m = &n->m[w];
  for (size_t i = 0; i < words; i++) {
    if (bias >= 0)
      memcpy(y + i * m->out, n->m[bias].w, m->out * sizeof *y);
    else
      memset(y + i * m->out, 0, m->out * sizeof *y);
  }
  matrix_multiply(words, m->out, m->in, x, m->in, 1, m->w, m->out, y, m->out, 1);
}

/* Adds to the gradients of W and b and, where dx, to dx. */
static void back(Network *n, MatrixName w, int bias, const float *x, const float *dy, size_t words, float *dx)
{
  Matrix *m = &n->m[w];
  matrix_multiply(m->in, m->out, words, x, 1, m->in, dy, m->out, m->g, m->out, 1);
  if (bias >= 0)
    for (size_t i = 0; i < words; i++)
      for (size_t k = 0; k < m->out; k++)
        n->m[bias].g[k] += dy[i * m->out + k];
  if (dx)
    matrix_multiply(words, m->in, m->out, dy, m->out, 1, m->t, m->in, dx, m->in, 1);
}

/* ---- the layers ---- */

/* Word of sentence `s` at step `k` in a direction. */
static size_t word_at(const uint32_t *starts, uint32_t s, size_t k, int backward)
{
  return backward ? starts[s + 1] - 1 - k : starts[s] + k;
}

static size_t active(const uint32_t *starts, const uint32_t *order, uint32_t n, size_t step)
{
  size_t k = 0;
  while (k < n && starts[order[k] + 1] - starts[order[k]] > step)
    k++;
  return k;
}

/* The sentences step by step side by side, longest first. */
static void lstm_forth(Network *n, int layer, const float *in, const uint32_t *starts, uint32_t sentences)
{
  Room *r = n->room;
  size_t h = n->shape.hidden, words = starts[sentences], longest = starts[r->order[0] + 1] - starts[r->order[0]];
  for (int backward = 0; backward < 2; backward++) {
    MatrixName at = (MatrixName)(FORTH_X_1 + layer * 6 + backward * 3);
    const Matrix *mh = &n->m[at + 1];
    float *gates = r->gates[layer] + (size_t)backward * words * 4 * h, *cells = r->cells[layer] + (size_t)backward * words * h;
    forth(n, at, (int)at + 2, in, words, gates);
    memset(r->state, 0, sentences * h * sizeof(float));
    memset(r->cell, 0, sentences * h * sizeof(float));
    for (size_t k = 0; k < longest; k++) {
      size_t live = active(starts, r->order, sentences, k);
      for (size_t s = 0; s < live; s++)
        memcpy(r->step + s * 4 * h, gates + word_at(starts, r->order[s], k, backward) * 4 * h, 4 * h * sizeof(float));
      matrix_multiply(live, 4 * h, h, r->state, h, 1, mh->w, 4 * h, r->step, 4 * h, 1);
      for (size_t s = 0; s < live; s++) {
        size_t w = word_at(starts, r->order[s], k, backward);
        const float *a = r->step + s * 4 * h;
        float *g = gates + w * 4 * h, *c = r->cell + s * h, *out = r->out[layer] + w * 2 * h + (size_t)backward * h, *st = r->state + s * h;
        for (size_t i = 0; i < h; i++) {
          float gi = .5f + .5f * bend(a[i] * .5f), gf = .5f + .5f * bend(a[h + i] * .5f), go = .5f + .5f * bend(a[2 * h + i] * .5f),
                gg = bend(a[3 * h + i]);
          c[i] = gf * c[i] + gi * gg;
          g[i] = gi, g[h + i] = gf, g[2 * h + i] = go, g[3 * h + i] = gg;
          cells[w * h + i] = c[i];
          out[i] = st[i] = go * bend(c[i]);
        }
      }
    }
  }
}

static void lstm_back(Network *n, int layer, const float *in, const uint32_t *starts, uint32_t sentences, float *din)
{
  Room *r = n->room;
  size_t h = n->shape.hidden, words = starts[sentences], longest = starts[r->order[0] + 1] - starts[r->order[0]];
  for (int backward = 0; backward < 2; backward++) {
    MatrixName at = (MatrixName)(FORTH_X_1 + layer * 6 + backward * 3);
    const Matrix *mh = &n->m[at + 1];
    const float *gates = r->gates[layer] + (size_t)backward * words * 4 * h, *cells = r->cells[layer] + (size_t)backward * words * h;
    float *dgates = r->dgates;
    memset(r->dstate, 0, sentences * h * sizeof(float));
    memset(r->dcell, 0, sentences * h * sizeof(float));
    for (size_t k = longest; k-- > 0;) {
      size_t live = active(starts, r->order, sentences, k);
      for (size_t s = 0; s < live; s++) {
        size_t w = word_at(starts, r->order[s], k, backward), previous = k ? word_at(starts, r->order[s], k - 1, backward) : 0;
        const float *g = gates + w * 4 * h, *c = cells + w * h, *cp = cells + previous * h,
                    *dout = r->dout[layer] + w * 2 * h + (size_t)backward * h;
        float *d = dgates + w * 4 * h, *dc = r->dcell + s * h, *ds = r->dstate + s * h, *st = r->step + s * 4 * h;
        float had = k ? 1 : 0;
        for (size_t i = 0; i < h; i++) {
          float gi = g[i], gf = g[h + i], go = g[2 * h + i], gg = g[3 * h + i], b = bend(c[i]), dh = dout[i] + ds[i];
          float dcell = dc[i] + dh * go * slope(b);
          d[i] = dcell * gg * .25f * slope(2 * gi - 1);
          d[h + i] = had * dcell * cp[i] * .25f * slope(2 * gf - 1);
          d[2 * h + i] = dh * b * .25f * slope(2 * go - 1);
          d[3 * h + i] = dcell * gi * slope(gg);
          dc[i] = dcell * gf;
          st[i] = d[i], st[h + i] = d[h + i], st[2 * h + i] = d[2 * h + i], st[3 * h + i] = d[3 * h + i];
        }
      }
      matrix_multiply(live, h, 4 * h, r->step, 4 * h, 1, mh->t, h, r->dstate, h, 0);
    }
    for (uint32_t s = 0; s < sentences; s++)
      for (size_t k = 0; k < starts[s + 1] - starts[s]; k++) {
        float *to = r->before + word_at(starts, s, k, backward) * h;
        if (k)
          memcpy(to, r->out[layer] + word_at(starts, s, k - 1, backward) * 2 * h + (size_t)backward * h, h * sizeof(float));
        else
          memset(to, 0, h * sizeof(float));
      }
    back(n, at + 1, -1, r->before, dgates, words, NULL);
    back(n, at, (int)at + 2, in, dgates, words, din);
  }
}

/* ---- losses ---- */

/* Turns scores into the gradient of the loss of `gold`, times `weight`; returns the loss. */
static double softmax_loss(float *score, size_t n, size_t gold, float weight)
{
  float most = score[0];
  double sum = 0;
  for (size_t i = 1; i < n; i++)
    most = score[i] > most ? score[i] : most;
  for (size_t i = 0; i < n; i++) {
    score[i] = expf(score[i] - most);
    sum += score[i];
  }
  double loss = -log((double)score[gold] / sum + 1e-12);
  for (size_t i = 0; i < n; i++)
    score[i] *= weight / (float)sum;
  score[gold] -= weight;
  return loss;
}

static size_t best_of(const float *score, size_t n)
{
  size_t b = 0;
  for (size_t i = 1; i < n; i++)
    if (score[i] > score[b])
      b = i;
  return b;
}

static double do_tags(Network *n, const Word *words, size_t count, const float *h, float *dh, bool learn, Guess *guesses)
{
  Room *r = n->room;
  Matrix *bonus = &n->m[BONUS];
  size_t width = n->m[TAGS_W].out;
  double loss = 0;
  forth(n, TAGS_W, TAGS_B, h, count, r->tags);
  for (size_t i = 0; i < count; i++) {
    float *score = r->tags + i * width;
    for (uint32_t k = 0; k < words[i].n_candidates; k++)
      score[words[i].candidates[k] >> 2] += bonus->w[words[i].candidates[k] & 3];
    if (!learn) {
      guesses[i].tag = (uint32_t)best_of(score, n->shape.tags);
      continue;
    }
    if (words[i].tag < 0) {
      memset(score, 0, width * sizeof *score);
      continue;
    }
    loss += softmax_loss(score, n->shape.tags, (size_t)words[i].tag, 1 / (float)count);
    for (size_t k = n->shape.tags; k < width; k++)
      score[k] = 0;
    for (uint32_t k = 0; k < words[i].n_candidates; k++)
      bonus->g[words[i].candidates[k] & 3] += score[words[i].candidates[k] >> 2];
  }
  if (learn)
    back(n, TAGS_W, TAGS_B, h, r->tags, count, dh);
  return loss;
}

static double do_names(Network *n, const Word *words, size_t count, const float *h, float *dh, bool learn, Guess *guesses)
{
  Room *r = n->room;
  double loss = 0;
  bool any = !learn;
  for (size_t i = 0; i < count && !any; i++)
    any = words[i].name >= 0;
  if (!any)
    return 0;
  forth(n, NAMES_W, NAMES_B, h, count, r->names);
  for (size_t i = 0; i < count; i++) {
    float *score = r->names + i * NAMES;
    if (!learn) {
      guesses[i].name = (uint32_t)best_of(score, CH_NAME_TAGS);
      continue;
    }
    if (words[i].name < 0) {
      memset(score, 0, NAMES * sizeof *score);
      continue;
    }
    loss += softmax_loss(score, CH_NAME_TAGS, (size_t)words[i].name, 1 / (float)count);
    for (size_t k = CH_NAME_TAGS; k < NAMES; k++)
      score[k] = 0;
  }
  if (learn)
    back(n, NAMES_W, NAMES_B, h, r->names, count, dh);
  return loss;
}

static float dot(const float *a, const float *b, size_t n)
{
  float sum = 0;
  for (size_t i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

static void add_scaled(float *to, const float *from, float by, size_t n)
{
  for (size_t i = 0; i < n; i++)
    to[i] += by * from[i];
}

/* The arcs of one sentence of `len` words from `first` on. */
static double do_arcs(Network *n, const Word *words, size_t first, size_t len, size_t count, const float *root, float *droot, bool learn,
                      Guess *guesses)
{
  Room *r = n->room;
  size_t a = n->shape.arc, wide = len + 1;
  double loss = 0;
  for (size_t i = 0; i < len; i++) {
    float *score = r->score + (i + 1) * wide;
    const float *arc = r->arc + (first + i) * a, *dist = r->dist + (first + i) * BUCKETS;
    score[0] = dot(arc, root, a) + dist[ch_analyser_bucket((uint32_t)i + 1, 0)];
    for (size_t j = 0; j < len; j++)
      score[j + 1] = i == j ? -1e4f : dot(arc, r->gov + (first + j) * a, a) + dist[ch_analyser_bucket((uint32_t)i + 1, (uint32_t)j + 1)];
    if (!learn) {
      for (size_t j = 0; j < wide; j++)
        r->whole[(i + 1) * wide + j] = (int32_t)(4096 * (score[j] < -1000 ? -1000 : score[j] > 1000 ? 1000 : score[j]));
      continue;
    }
    loss += softmax_loss(score, wide, words[first + i].head, 1 / (float)count);
    float *darc = r->darc + (first + i) * a, *ddist = r->ddist + (first + i) * BUCKETS;
    add_scaled(darc, root, score[0], a);
    add_scaled(droot, arc, score[0], a);
    ddist[ch_analyser_bucket((uint32_t)i + 1, 0)] += score[0];
    for (size_t j = 0; j < len; j++) {
      float d = score[j + 1];
      if (i == j || fabsf(d) < 1e-9f)
        continue;
      add_scaled(darc, r->gov + (first + j) * a, d, a);
      add_scaled(r->dgov + (first + j) * a, arc, d, a);
      ddist[ch_analyser_bucket((uint32_t)i + 1, (uint32_t)j + 1)] += d;
    }
  }
  if (!learn) {
    ch_tree_best(r->whole, (uint32_t)len, r->heads, r->scratch);
    for (size_t i = 0; i < len; i++)
      guesses[first + i].head = r->heads[i + 1];
  }
  return loss;
}

/* The relations of all words to `heads`: gold ones or those of the best trees. */
static double do_rels(Network *n, const Word *words, const uint32_t *starts, uint32_t sentences, const float *h, float *dh, bool learn,
                      Guess *guesses)
{
  Room *r = n->room;
  size_t rel = n->shape.rel, count = starts[sentences];
  double loss = 0;
  forth(n, REL_DEPENDENT_W, REL_DEPENDENT_B, h, count, r->rel_dep);
  forth(n, REL_GOVERNOR_W, -1, h, count, r->rel_gov);
  fill_mask(n, r->rel_mask, count * rel, n->rates.head, learn);
  for (uint32_t s = 0; s < sentences; s++)
    for (size_t i = starts[s]; i < starts[s + 1]; i++) {
      uint32_t head = learn ? words[i].head : guesses[i].head, word = (uint32_t)(i - starts[s]) + 1;
      if (learn && words[i].rel < 0)
        head = 0;
      const float *g = head ? r->rel_gov + (starts[s] + head - 1) * rel : n->m[REL_ROOT].w,
                  *q = n->m[REL_DISTANCE].w + ch_analyser_bucket(word, head) * rel;
      for (size_t k = 0; k < rel; k++)
        r->dhidden[i * rel + k] = bend(r->rel_dep[i * rel + k] + g[k] + q[k]);
    }
  times(r->hidden, r->dhidden, r->rel_mask, count * rel);
  forth(n, RELS_W, RELS_B, r->hidden, count, r->rels);
  for (size_t i = 0; i < count; i++) {
    float *score = r->rels + i * RELS;
    if (!learn) {
      guesses[i].rel = guesses[i].head ? (uint32_t)best_of(score + 1, CH_RELS - 1) + 1 : CH_REL_ROOT;
      continue;
    }
    if (words[i].rel < 0) {
      memset(score, 0, RELS * sizeof *score);
      continue;
    }
    loss += softmax_loss(score, CH_RELS, (size_t)words[i].rel, 1 / (float)count);
    for (size_t k = CH_RELS; k < RELS; k++)
      score[k] = 0;
  }
  if (!learn)
    return 0;
  float *value = r->dhidden, *dhidden = r->rel_dep; /* the sums are not needed any more */
  memset(dhidden, 0, count * rel * sizeof *dhidden);
  back(n, RELS_W, RELS_B, r->hidden, r->rels, count, dhidden);
  for (size_t i = 0; i < count * rel; i++)
    dhidden[i] *= r->rel_mask[i] * slope(value[i]);
  memset(r->rel_gov, 0, count * rel * sizeof *r->rel_gov);
  for (uint32_t s = 0; s < sentences; s++)
    for (size_t i = starts[s]; i < starts[s + 1]; i++) {
      if (words[i].rel < 0)
        continue;
      uint32_t head = words[i].head, word = (uint32_t)(i - starts[s]) + 1;
      add_scaled(head ? r->rel_gov + (starts[s] + head - 1) * rel : n->m[REL_ROOT].g, dhidden + i * rel, 1, rel);
      add_scaled(n->m[REL_DISTANCE].g + ch_analyser_bucket(word, head) * rel, dhidden + i * rel, 1, rel);
    }
  back(n, REL_DEPENDENT_W, REL_DEPENDENT_B, h, dhidden, count, dh);
  back(n, REL_GOVERNOR_W, -1, h, r->rel_gov, count, dh);
  return loss;
}

static double do_trees(Network *n, const Word *words, const uint32_t *starts, uint32_t sentences, const float *h, float *dh, bool learn,
                       Guess *guesses)
{
  Room *r = n->room;
  size_t a = n->shape.arc, count = starts[sentences];
  bool any = !learn;
  for (size_t i = 0; i < count && !any; i++)
    any = words[i].rel >= 0;
  if (!any)
    return 0;
  float root[512], droot[512] = {0};
  for (size_t k = 0; k < a; k++)
    root[k] = bend(n->m[ARC_ROOT].w[k]);
  forth(n, DEPENDENT_W, DEPENDENT_B, h, count, r->dep);
  forth(n, GOVERNOR_W, GOVERNOR_B, h, count, r->gov);
  fill_mask(n, r->dep_mask, count * a, n->rates.head, learn);
  fill_mask(n, r->gov_mask, count * a, n->rates.head, learn);
  for (size_t i = 0; i < count * a; i++) {
    r->ddep[i] = bend(r->dep[i]), r->dgov[i] = bend(r->gov[i]);
    r->dep[i] = r->ddep[i] * r->dep_mask[i], r->gov[i] = r->dgov[i] * r->gov_mask[i];
    r->dep_mask[i] *= slope(r->ddep[i]), r->gov_mask[i] *= slope(r->dgov[i]); /* from now on the gradients' factors */
  }
  forth(n, ARC_W, ARC_B, r->dep, count, r->arc);
  forth(n, DISTANCE_W, -1, r->dep, count, r->dist);
  if (learn) {
    memset(r->ddep, 0, count * a * sizeof(float));
    memset(r->dgov, 0, count * a * sizeof(float));
    memset(r->darc, 0, count * a * sizeof(float));
    memset(r->ddist, 0, count * BUCKETS * sizeof(float));
  }
  double loss = 0;
  for (uint32_t s = 0; s < sentences; s++) {
    size_t first = starts[s], len = starts[s + 1] - first;
    if (!learn || words[first].rel >= 0)
      loss += do_arcs(n, words, first, len, count, root, droot, learn, guesses);
  }
  if (learn) {
    back(n, ARC_W, ARC_B, r->dep, r->darc, count, r->ddep);
    back(n, DISTANCE_W, -1, r->dep, r->ddist, count, r->ddep);
    times(r->ddep, r->ddep, r->dep_mask, count * a);
    times(r->dgov, r->dgov, r->gov_mask, count * a);
    back(n, DEPENDENT_W, DEPENDENT_B, h, r->ddep, count, dh);
    back(n, GOVERNOR_W, GOVERNOR_B, h, r->dgov, count, dh);
    for (size_t k = 0; k < a; k++)
      n->m[ARC_ROOT].g[k] += droot[k] * slope(root[k]);
  }
  return loss + do_rels(n, words, starts, sentences, h, dh, learn, guesses);
}

/* ---- a batch ---- */

static void sort_by_length(Room *r, const uint32_t *starts, uint32_t sentences)
{
  uint32_t k = 0;
  for (size_t len = r->longest; len > 0; len--)
    for (uint32_t s = 0; s < sentences; s++)
      if (starts[s + 1] - starts[s] == len)
        r->order[k++] = s;
}

static void rows_forth(Network *n, const Word *words, size_t count)
{
  Room *r = n->room;
  size_t d = n->shape.row;
  memset(r->x, 0, count * d * sizeof(float));
  for (size_t i = 0; i < count; i++) {
    for (uint32_t f = 0; f < words[i].n_rows; f++)
      add_scaled(r->x + i * d, n->rows + words[i].rows[f] * d, 1, d);
    for (size_t k = 0; k < d; k++)
      r->x[i * d + k] = bend(r->x[i * d + k]);
  }
}

static void rows_back(Network *n, const Word *words, size_t count)
{
  Room *r = n->room;
  size_t d = n->shape.row;
  for (size_t i = 0; i < count; i++)
    for (uint32_t f = 0; f < words[i].n_rows; f++) {
      uint32_t row = words[i].rows[f];
      n->touched[row] = 1;
      add_scaled(n->row_g + row * d, r->dx + i * d, 1, d);
    }
}

double network_batch(Network *n, const Word *words, const uint32_t *starts, uint32_t sentences, bool learn, Guess *guesses)
{
  size_t count = starts[sentences], longest = 0, d = n->shape.row, two = 2 * n->shape.hidden;
  for (uint32_t s = 0; s < sentences; s++)
    longest = starts[s + 1] - starts[s] > longest ? starts[s + 1] - starts[s] : longest;
  make_room(n, count, longest);
  Room *r = n->room;
  sort_by_length(r, starts, sentences);
  if (learn)
    for (size_t i = 0; i < MATRICES; i++)
      if (n->m[i].in > 1)
        matrix_transpose(n->m[i].in, n->m[i].out, n->m[i].w, n->m[i].t);
  rows_forth(n, words, count);
  fill_mask(n, r->x_mask, count * d, n->rates.input, learn);
  times(r->dx, r->x, r->x_mask, count * d); /* dx holds the masked input until the way back */
  lstm_forth(n, 0, r->dx, starts, sentences);
  fill_mask(n, r->mask[0], count * two, n->rates.layer, learn);
  times(r->in[0], r->out[0], r->mask[0], count * two);
  lstm_forth(n, 1, r->in[0], starts, sentences);
  fill_mask(n, r->mask[1], count * two, n->rates.layer, learn);
  times(r->in[1], r->out[1], r->mask[1], count * two);
  if (learn)
    memset(r->din[1], 0, count * two * sizeof(float));
  double loss = do_tags(n, words, count, r->in[1], r->din[1], learn, guesses);
  loss += do_names(n, words, count, r->in[1], r->din[1], learn, guesses);
  loss += do_trees(n, words, starts, sentences, r->in[1], r->din[1], learn, guesses);
  if (!learn)
    return 0;
  times(r->dout[1], r->din[1], r->mask[1], count * two);
  memset(r->din[0], 0, count * two * sizeof(float));
  lstm_back(n, 1, r->in[0], starts, sentences, r->din[0]);
  times(r->dout[0], r->din[0], r->mask[0], count * two);
  float *dx = r->dgates + 4 * n->shape.hidden * count; /* room behind one direction's gates: as wide as the other's */
  memset(dx, 0, count * d * sizeof(float));
  lstm_back(n, 0, r->dx, starts, sentences, dx);
  for (size_t i = 0; i < count * d; i++)
    r->dx[i] = dx[i] * r->x_mask[i] * slope(r->x[i]);
  rows_back(n, words, count);
  return loss / (double)count;
}

/* ---- Adam ---- */

static void adam(float *w, float *g, float *m, float *v, size_t n, float rate, float scale, float c1, float c2)
{
  const float b1 = .9f, b2 = .98f;
  for (size_t i = 0; i < n; i++) {
    float x = g[i] * scale;
    m[i] = b1 * m[i] + (1 - b1) * x;
    v[i] = b2 * v[i] + (1 - b2) * x * x;
    w[i] -= rate * (m[i] * c1) / (sqrtf(v[i] * c2) + 1e-6f);
    g[i] = 0;
  }
}

void network_step(Network *n, float rate)
{
  double norm = 0;
  size_t d = n->shape.row;
  n->steps++;
  for (size_t i = 0; i < MATRICES; i++)
    for (size_t k = 0; k < n->m[i].in * n->m[i].out; k++)
      norm += (double)(n->m[i].g[k] * n->m[i].g[k]);
  float scale = norm > 4 ? (float)(2 / sqrt(norm)) : 1;
  double steps = (double)n->steps;
  float c1 = (float)(1 / (1 - pow(.9, steps))), c2 = (float)(1 / (1 - pow(.98, steps)));
  for (size_t i = 0; i < MATRICES; i++)
    adam(n->m[i].w, n->m[i].g, n->m[i].m, n->m[i].v, n->m[i].in * n->m[i].out, rate, scale, c1, c2);
  for (size_t row = 0; row < n->shape.rows; row++)
    if (n->touched[row]) {
      adam(n->rows + row * d, n->row_g + row * d, n->row_m + row * d, n->row_v + row * d, d, rate, scale, c1, c2);
      n->touched[row] = 0;
    }
}

/* ---- checkpoints ---- */

static bool transfer(Network *n, FILE *f, bool save)
{
#define PART(p, count) (ok = ok && (save ? fwrite((p), sizeof *(p), (count), f) : fread((p), sizeof *(p), (count), f)) == (size_t)(count))
  bool ok = true;
  PART(&n->random, 1);
  PART(&n->steps, 1);
  for (size_t i = 0; i < MATRICES; i++) {
    size_t count = n->m[i].in * n->m[i].out;
    PART(n->m[i].w, count);
    PART(n->m[i].m, count);
    PART(n->m[i].v, count);
  }
  size_t count = n->shape.rows * n->shape.row;
  PART(n->rows, count);
  PART(n->row_m, count);
  PART(n->row_v, count);
#undef PART
  return ok;
}

bool network_save(const Network *n, FILE *f) { return transfer((Network *)n, f, true); }
bool network_load(Network *n, FILE *f) { return transfer(n, f, false); }
