/* Layers of a network in whole numbers: products of 8-bit matrices summed in 32 bits, and the activations of analyser.h. The same numbers
 * on every machine; with AVX2 where the processor has it. 127 stands for 1 in 8-bit vectors, 2^12 for 1 elsewhere. */
#ifndef CH_LANGUAGE_LAYERS_H
#define CH_LANGUAGE_LAYERS_H

#include <stddef.h>
#include <stdint.h>

/* Weights are laid out for the kernels: blocks of 32 rows; in each, four columns after four columns; of these the four weights of each of
 * the 32 rows. `rows` and `in` as in the layer: rows a multiple of 32, in of 4. Weights lie within +-63, x within +-127.
 * `start` makes up for the kernels' reading x + 128 as bytes without sign: each sum begins with it. It is minus 128 times the sum of the row's weights. */
enum { CH_LAYERS_BLOCK = 32 };
/* The place of weight (row, column). */
static inline size_t ch_layers_place(size_t row, size_t column, size_t in)
{
  return row / CH_LAYERS_BLOCK * CH_LAYERS_BLOCK * in + column / 4 * 4 * CH_LAYERS_BLOCK + row % CH_LAYERS_BLOCK * 4 + column % 4;
}
/* sums[i * rows + r] = start[r] (0 where NULL) + sum over k < depth of weights[r][from + k] * (x[i * ldx + k] + 128), for i < n. from and
 * depth: multiples of 4. */
void ch_layers_sums(const int8_t *weights, size_t rows, size_t in, size_t from, size_t depth, const int8_t *x, size_t ldx, size_t n,
                    const int32_t *start, int32_t *sums);
/* In place: sums to values in 1/2^12. */
void ch_layers_scale(int32_t *sums, size_t n, const int32_t *scale, const int32_t *bias, uint32_t shift);
/* t(x) of each value, as 8 bits. */
void ch_layers_bend(const int32_t *values, size_t n, int8_t *out);
/* The same of a sum of three, for the relations. */
void ch_layers_bend3(const int32_t *a, const int32_t *b, const int32_t *c, size_t n, int8_t *out);
/* One step of an LSTM: sums are those of the input and those of the state, 4 * cells gates each (in, forget, out, new); changes `cell`
 * and writes the state as 8 bits. */
void ch_layers_step(const int32_t *input, const int32_t *state, const int32_t *scale, const int32_t *bias, uint32_t shift, size_t cells,
                    int32_t *cell, int8_t *out);
/* sum[i] += row[i] << shift, held within 16 bits. */
void ch_layers_add_row(const int8_t *row, uint32_t shift, size_t n, int16_t *sum);
/* Sum of a[k] * b[k]; n: a multiple of 16. */
int32_t ch_layers_dot(const int16_t *a, const int8_t *b, size_t n);

#endif
