#include "language/layers.h"

#include <stdbool.h>

/* Sanitizers would make these loops ten times slower; tests/test_analyser.c runs them at their edges. */
#define KERNEL __attribute__((no_sanitize("address", "undefined")))
#if defined(__x86_64__)
#include <immintrin.h>
#define WIDE_CODE KERNEL __attribute__((target("avx2")))
static bool wide(void) { return __builtin_cpu_supports("avx2"); }
#else
#define WIDE_CODE KERNEL
static bool wide(void) { return false; }
#endif
/* The body of a function that stands twice: as it is, and compiled for AVX2. */
#define BODY KERNEL static inline __attribute__((always_inline))

enum { UNIT = 12, ONE = 1 << UNIT, TWO = 2 << UNIT };

BODY int32_t clamp(int32_t v, int32_t most) { return v < -most ? -most : v > most ? most : v; }

/* t(x) of analyser.h. */
BODY int32_t bend(int32_t v)
{
  int32_t q = clamp(v, TWO), a = q < 0 ? -q : q;
  return q - ((q * a) >> (UNIT + 2));
}

BODY int8_t narrow(int32_t v) { return (int8_t)((v * 127 + ONE / 2) >> UNIT); }
BODY int32_t scaled(int32_t sum, int32_t scale, int32_t bias, uint32_t shift) { return (((sum >> 4) * scale) >> shift) + bias; }

/* ---- products ---- */

typedef struct Product {
  const int8_t *weights; /* at column `from` of the first block */
  size_t block;          /* bytes of a block of rows */
  size_t rows, depth;
  const int8_t *x;
  size_t ldx, n;
  const int32_t *start;
  int32_t *sums;
} Product;

KERNEL static void sums_plain(const Product *p)
{
  for (size_t i = 0; i < p->n; i++)
    for (size_t r = 0; r < p->rows; r += CH_LAYERS_BLOCK) {
      const int8_t *w = p->weights + r / CH_LAYERS_BLOCK * p->block;
      int32_t *sum = p->sums + i * p->rows + r;
      for (size_t k = 0; k < CH_LAYERS_BLOCK; k++)
        sum[k] = p->start ? p->start[r + k] : 0;
      for (size_t c = 0; c < p->depth; c += 4)
        for (size_t k = 0; k < CH_LAYERS_BLOCK; k++, w += 4)
          for (size_t j = 0; j < 4; j++)
            sum[k] += w[j] * (p->x[i * p->ldx + c + j] + 128);
    }
}

#if defined(__x86_64__)
enum { LANES = CH_LAYERS_BLOCK / 8 };

/* Four columns of x, as bytes without sign, for all lanes. */
WIDE_CODE static inline __m256i four(const int8_t *x)
{
  int32_t v;
  __builtin_memcpy(&v, x, sizeof v);
  return _mm256_xor_si256(_mm256_set1_epi32(v), _mm256_set1_epi8((char)0x80));
}

WIDE_CODE static inline __m256i madd(__m256i sum, __m256i x, __m256i w)
{
  return _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_maddubs_epi16(x, w), _mm256_set1_epi16(1)));
}

/* One block of rows for `tall` (1 or 2) vectors at once. */
WIDE_CODE static inline __attribute__((always_inline)) void block_wide(const Product *p, size_t r, size_t i, size_t tall)
{
  const int8_t *w = p->weights + r / CH_LAYERS_BLOCK * p->block, *x = p->x + i * p->ldx;
  __m256i sum[2][LANES];
  for (size_t t = 0; t < tall; t++)
    for (size_t l = 0; l < LANES; l++)
      sum[t][l] = p->start ? _mm256_loadu_si256((const __m256i *)(const void *)(p->start + r + 8 * l)) : _mm256_setzero_si256();
  for (size_t c = 0; c < p->depth; c += 4, w += 4 * CH_LAYERS_BLOCK) {
    __m256i v[2];
    for (size_t t = 0; t < tall; t++)
      v[t] = four(x + t * p->ldx + c);
    for (size_t l = 0; l < LANES; l++) {
      __m256i weight = _mm256_loadu_si256((const __m256i *)(const void *)(w + 32 * l));
      for (size_t t = 0; t < tall; t++)
        sum[t][l] = madd(sum[t][l], v[t], weight);
    }
  }
  for (size_t t = 0; t < tall; t++)
    for (size_t l = 0; l < LANES; l++)
      _mm256_storeu_si256((__m256i *)(void *)(p->sums + (i + t) * p->rows + r + 8 * l), sum[t][l]);
}

WIDE_CODE static void sums_wide(const Product *p)
{
  for (size_t r = 0; r < p->rows; r += CH_LAYERS_BLOCK) {
    size_t i = 0;
    for (; i + 2 <= p->n; i += 2)
      block_wide(p, r, i, 2);
    if (i < p->n)
      block_wide(p, r, i, 1);
  }
}
#else
#define sums_wide sums_plain
#endif

void ch_layers_sums(const int8_t *weights, size_t rows, size_t in, size_t from, size_t depth, const int8_t *x, size_t ldx, size_t n,
                    const int32_t *start, int32_t *sums)
{
  Product p = {weights + from * CH_LAYERS_BLOCK, in * CH_LAYERS_BLOCK, rows, depth, x, ldx, n, start, sums};
  (wide() ? sums_wide : sums_plain)(&p);
}

BODY int32_t dot(const int16_t *a, const int8_t *b, size_t n)
{
  int32_t sum = 0;
  for (size_t i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}
WIDE_CODE static int32_t dot_wide(const int16_t *a, const int8_t *b, size_t n) { return dot(a, b, n); }
KERNEL static int32_t dot_plain(const int16_t *a, const int8_t *b, size_t n) { return dot(a, b, n); }

int32_t ch_layers_dot(const int16_t *a, const int8_t *b, size_t n) { return wide() ? dot_wide(a, b, n) : dot_plain(a, b, n); }

/* ---- by element ---- */

BODY void scale_body(int32_t *sums, size_t n, const int32_t *scale, const int32_t *bias, uint32_t shift)
{
  for (size_t i = 0; i < n; i++)
    sums[i] = scaled(sums[i], scale[i], bias[i], shift);
}
WIDE_CODE static void scale_wide(int32_t *sums, size_t n, const int32_t *scale, const int32_t *bias, uint32_t shift)
{
  scale_body(sums, n, scale, bias, shift);
}
KERNEL static void scale_plain(int32_t *sums, size_t n, const int32_t *scale, const int32_t *bias, uint32_t shift)
{
  scale_body(sums, n, scale, bias, shift);
}

void ch_layers_scale(int32_t *sums, size_t n, const int32_t *scale, const int32_t *bias, uint32_t shift)
{
  (wide() ? scale_wide : scale_plain)(sums, n, scale, bias, shift);
}

BODY void bend_body(const int32_t *values, size_t n, int8_t *out)
{
  for (size_t i = 0; i < n; i++)
    out[i] = narrow(bend(values[i]));
}
WIDE_CODE static void bend_wide(const int32_t *values, size_t n, int8_t *out) { bend_body(values, n, out); }
KERNEL static void bend_plain(const int32_t *values, size_t n, int8_t *out) { bend_body(values, n, out); }

void ch_layers_bend(const int32_t *values, size_t n, int8_t *out) { (wide() ? bend_wide : bend_plain)(values, n, out); }

BODY void bend3_body(const int32_t *a, const int32_t *b, const int32_t *c, size_t n, int8_t *out)
{
  for (size_t i = 0; i < n; i++)
    out[i] = narrow(bend(a[i] + b[i] + c[i]));
}
WIDE_CODE static void bend3_wide(const int32_t *a, const int32_t *b, const int32_t *c, size_t n, int8_t *out)
{
  bend3_body(a, b, c, n, out);
}
KERNEL static void bend3_plain(const int32_t *a, const int32_t *b, const int32_t *c, size_t n, int8_t *out) { bend3_body(a, b, c, n, out); }

void ch_layers_bend3(const int32_t *a, const int32_t *b, const int32_t *c, size_t n, int8_t *out)
{
  (wide() ? bend3_wide : bend3_plain)(a, b, c, n, out);
}

BODY void step_body(const int32_t *restrict input, const int32_t *restrict state, const int32_t *restrict scale,
                    const int32_t *restrict bias, uint32_t shift, size_t cells, int32_t *restrict cell, int8_t *restrict out)
{
  enum { MOST = 8 << UNIT };
  for (size_t i = 0; i < cells; i++) {
    size_t f = cells + i, o = 2 * cells + i, g = 3 * cells + i;
    int32_t in = (ONE + bend(scaled(input[i] + state[i], scale[i], bias[i], shift) >> 1)) >> 1;
    int32_t forget = (ONE + bend(scaled(input[f] + state[f], scale[f], bias[f], shift) >> 1)) >> 1;
    int32_t let = (ONE + bend(scaled(input[o] + state[o], scale[o], bias[o], shift) >> 1)) >> 1;
    int32_t new = bend(scaled(input[g] + state[g], scale[g], bias[g], shift));
    int32_t c = clamp((forget * cell[i] + in * new + ONE / 2) >> UNIT, MOST);
    cell[i] = c;
    out[i] = narrow((let * bend(c)) >> UNIT);
  }
}
WIDE_CODE static void step_wide(const int32_t *input, const int32_t *state, const int32_t *scale, const int32_t *bias, uint32_t shift,
                                size_t cells, int32_t *cell, int8_t *out)
{
  step_body(input, state, scale, bias, shift, cells, cell, out);
}
KERNEL static void step_plain(const int32_t *input, const int32_t *state, const int32_t *scale, const int32_t *bias, uint32_t shift, size_t cells,
                       int32_t *cell, int8_t *out)
{
  step_body(input, state, scale, bias, shift, cells, cell, out);
}

void ch_layers_step(const int32_t *input, const int32_t *state, const int32_t *scale, const int32_t *bias, uint32_t shift, size_t cells,
                    int32_t *cell, int8_t *out)
{
  (wide() ? step_wide : step_plain)(input, state, scale, bias, shift, cells, cell, out);
}

BODY void row_body(const int8_t *row, uint32_t shift, size_t n, int16_t *sum)
{
  for (size_t i = 0; i < n; i++)
    sum[i] = (int16_t)clamp(sum[i] + row[i] * (1 << shift), INT16_MAX);
}
WIDE_CODE static void row_wide(const int8_t *row, uint32_t shift, size_t n, int16_t *sum) { row_body(row, shift, n, sum); }
KERNEL static void row_plain(const int8_t *row, uint32_t shift, size_t n, int16_t *sum) { row_body(row, shift, n, sum); }

void ch_layers_add_row(const int8_t *row, uint32_t shift, size_t n, int16_t *sum) { (wide() ? row_wide : row_plain)(row, shift, n, sum); }
