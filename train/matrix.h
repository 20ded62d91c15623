/* Products of float matrices for the trainer, on one core. */
#ifndef CH_TRAIN_MATRIX_H
#define CH_TRAIN_MATRIX_H

#include <stddef.h>

/* C[m][n] (+)= sum over k of A[m][k] B[k][n]. A's element m, k stands at a[m * rows + k * columns], so that it may be read transposed; B and
 * C are stored by rows of ldb and ldc numbers. n: a multiple of 16. `add`: onto C, else C is overwritten. */
void matrix_multiply(size_t m, size_t n, size_t k, const float *a, size_t rows, size_t columns, const float *b, size_t ldb, float *c,
                     size_t ldc, int add);
/* to[j][i] = from[i][j] for an n by m matrix. */
void matrix_transpose(size_t n, size_t m, const float *from, float *to);

#endif
