#include "matrix.h"

#include <string.h>

enum { WIDE = 16, TALL = 6, DEEP = 256 };

typedef float Lane __attribute__((vector_size(32), aligned(4)));

/* A block of `tall` rows and 16 columns; `tall` is known where this is inlined. */
static inline __attribute__((always_inline)) void block(size_t tall, size_t depth, const float *a, size_t rows, size_t columns,
                                                        const float *b, float *c, size_t ldc)
{
  Lane sum[TALL][2];
  for (size_t i = 0; i < tall; i++)
    sum[i][0] = *(const Lane *)(c + i * ldc), sum[i][1] = *(const Lane *)(c + i * ldc + 8);
  for (size_t k = 0; k < depth; k++) {
    Lane b0 = *(const Lane *)(b + k * WIDE), b1 = *(const Lane *)(b + k * WIDE + 8);
    for (size_t i = 0; i < tall; i++) {
      float x = a[i * rows + k * columns];
      sum[i][0] += b0 * x;
      sum[i][1] += b1 * x;
    }
  }
  for (size_t i = 0; i < tall; i++)
    *(Lane *)(c + i * ldc) = sum[i][0], *(Lane *)(c + i * ldc + 8) = sum[i][1];
}

void matrix_multiply(size_t m, size_t n, size_t k, const float *a, size_t rows, size_t columns, const float *b, size_t ldb, float *c,
                     size_t ldc, int add)
{
  float panel[DEEP * WIDE] __attribute__((aligned(64)));
  if (!add)
    for (size_t i = 0; i < m; i++)
      memset(c + i * ldc, 0, n * sizeof *c);
  for (size_t k0 = 0; k0 < k; k0 += DEEP) {
    size_t depth = k - k0 < DEEP ? k - k0 : DEEP;
    for (size_t j = 0; j < n; j += WIDE) {
      for (size_t d = 0; d < depth; d++)
        memcpy(panel + d * WIDE, b + (k0 + d) * ldb + j, WIDE * sizeof *b);
      size_t i = 0;
      for (; i + TALL <= m; i += TALL)
        block(TALL, depth, a + i * rows + k0 * columns, rows, columns, panel, c + i * ldc + j, ldc);
      if (i + 3 <= m) {
        block(3, depth, a + i * rows + k0 * columns, rows, columns, panel, c + i * ldc + j, ldc);
        i += 3;
      }
      for (; i < m; i++)
        block(1, depth, a + i * rows + k0 * columns, rows, columns, panel, c + i * ldc + j, ldc);
    }
  }
}

void matrix_transpose(size_t n, size_t m, const float *from, float *to)
{
  for (size_t i = 0; i < n; i += 8)
    for (size_t j = 0; j < m; j++)
      for (size_t k = i; k < n && k < i + 8; k++)
        to[j * n + k] = from[k * m + j];
}
