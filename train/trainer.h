/* What train_analyser.c learns and analyser_file.c writes. */
#ifndef CH_TRAIN_TRAINER_H
#define CH_TRAIN_TRAINER_H

#include "conllu.h"
#include "network.h"

enum { TAGS_MOST = 1024, COUNT_SLOTS = 1 << 24 };

/* A feature met in training. */
typedef struct Count {
  uint32_t hash, count, least, row; /* row: UINT32_MAX = too rare */
} Count;

typedef struct Trained {
  Network network;
  ChMorph tags[TAGS_MOST];
  size_t n_tags;
  Count *counts; /* COUNT_SLOTS, open addressing */
  size_t n_counts, n_rows;
} Trained;

/* Quantises to 8 bits and writes the model file (docs/formats.md). */
void trained_write(const Trained *t, const char *path, ChError *err);

#endif
