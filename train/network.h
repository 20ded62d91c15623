/* The analyser's network in floats, with its gradients: what src/language/analyser.h describes, for the trainer. */
#ifndef CH_TRAIN_NETWORK_H
#define CH_TRAIN_NETWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "language/analyser.h"

/* Numbers to learn, a matrix of in x out or a vector (in = 1). */
typedef struct Matrix {
  size_t in, out;
  float *w, *g, *m, *v, *t; /* weights; gradient; Adam's moments; transposed weights of the step at hand */
} Matrix;

typedef enum MatrixName {
  FORTH_X_1, FORTH_H_1, FORTH_B_1, BACK_X_1, BACK_H_1, BACK_B_1, FORTH_X_2, FORTH_H_2, FORTH_B_2, BACK_X_2, BACK_H_2, BACK_B_2,
  TAGS_W, TAGS_B, BONUS, NAMES_W, NAMES_B, DEPENDENT_W, DEPENDENT_B, GOVERNOR_W, GOVERNOR_B, ARC_W, ARC_B, ARC_ROOT, DISTANCE_W,
  REL_DEPENDENT_W, REL_DEPENDENT_B, REL_GOVERNOR_W, REL_ROOT, REL_DISTANCE, RELS_W, RELS_B, MATRICES
} MatrixName;

typedef struct Shape {
  size_t row, hidden, arc, rel, tags, rows; /* rows: of features */
} Shape;

typedef struct Rates {
  float input, layer, head; /* share of numbers dropped in training */
} Rates;

/* One word of a batch. */
typedef struct Word {
  const uint32_t *rows; /* of its features */
  uint32_t n_rows;
  const uint16_t *candidates; /* tag << 2 | bonus */
  uint32_t n_candidates;
  int32_t tag, rel, name; /* gold, -1 = unknown */
  uint32_t head;
} Word;

/* What a batch gives for each word. */
typedef struct Guess {
  uint32_t tag, head, rel, name;
} Guess;

typedef struct Network {
  Shape shape;
  Rates rates;
  Matrix m[MATRICES];
  float *rows, *row_m, *row_v, *row_g; /* shape.rows x shape.row */
  uint8_t *touched;
  uint64_t random;
  uint64_t steps;
  struct Room *room;
} Network;

void network_new(Network *n, Shape shape, uint64_t seed);
void network_free(Network *n);
uint64_t network_random(uint64_t *state);
/* Reads sentences (n_sentences + 1 starts into words); with `learn` adds gradients and returns the loss of a word, else fills guesses. */
double network_batch(Network *n, const Word *words, const uint32_t *starts, uint32_t n_sentences, bool learn, Guess *guesses);
/* One step of Adam (D. Kingma, J. Ba 2015) and gradients back to nothing. */
void network_step(Network *n, float rate);
/* All numbers with the optimiser's state, to go on after a break. */
bool network_save(const Network *n, FILE *f);
bool network_load(Network *n, FILE *f);

#endif
