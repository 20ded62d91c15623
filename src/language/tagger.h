/* The tagger: averaged perceptron over hashed features, greedy from left to right (M. Collins, "Discriminative training methods for
 * hidden Markov models", EMNLP 2002). Candidates are the readings that the lexicon or its guesser gives, so a wrong tag is still a
 * possible one. A tag is scored as the sum of its parts (part of speech, case, number and gender, tense ... and the whole), so that
 * rare tags share what is learned on frequent ones. Trained by train/train_tagger.c; models/CODE.tagger holds (docs/formats.md):
 *   bytes 0..7 "CHTAGGER", then uint32 version, features, weights, reserved (little-endian);
 *   features: uint32 hash, ascending; uint32 first weight of each; weights: uint16 part, int8 value, uint8 0; a feature's last weight has
 *   its uint8 set to 1.
 * In the pack: "tag.slots" and "tag.weights". */
#ifndef CH_LANGUAGE_TAGGER_H
#define CH_LANGUAGE_TAGGER_H

#include "language/internal.h"

enum { CH_TAGGER_VERSION = 2, CH_TAG_FEATURES = 44, CH_TAG_PARTS = 11, CH_TAG_PART_MOST = 8192, CH_TAG_CANDIDATES = 64 };

typedef struct ChTagSlot {
  uint32_t hash; /* 0 = empty */
  uint32_t first, n; /* weights, sorted by part */
} ChTagSlot;

typedef struct ChTagWeight {
  uint16_t part;
  int8_t value;
  uint8_t last;
} ChTagWeight;

typedef struct ChTagModel {
  const ChTagSlot *slots;
  const ChTagWeight *weights;
  size_t n_slots, n_weights;
} ChTagModel;

/* A sentence being tagged. */
typedef struct ChTagSequence {
  const ChWork *w;
  uint8_t lang;
  bool no_capitals;      /* capitals tell nothing here: a title */
  const uint32_t *types; /* n of them */
  uint32_t n;
  uint32_t from;         /* first word behind the dateline */
  uint64_t *tags;        /* each tag decided so far, packed */
  uint32_t clause;       /* seen since the last mark: 1 finite verb, 2 nominative, 4 accusative, 8 infinitive */
  uint64_t prep;         /* hash of the preposition that may govern the next word, 0 = none */
} ChTagSequence;

/* A tag that the word may have, with its reading. */
typedef struct ChTagCandidate {
  uint16_t tag;
  const ChReading *reading; /* NULL: fixed by the form (numbers, punctuation) */
} ChTagCandidate;

void ch_tagger_compile(ChPackWriter *w, ChSlice lang, const char *models, ChError *err);
ChTagModel ch_tagger_of(const ChPack *p, ChSlice lang);
/* Numbers of the parts of a tag; returns how many. All below CH_TAG_PART_MOST. */
size_t ch_tagger_parts(const ChMorph *m, uint16_t out[CH_TAG_PARTS]);
/* Hashes of the features of word i, given the tags before it. */
size_t ch_tagger_features(const ChTagSequence *s, uint32_t i, uint32_t out[CH_TAG_FEATURES]);
/* The tags that word i may have; 0 where only ch_tagger_fixed can say. */
size_t ch_tagger_candidates(const ChTagSequence *s, uint32_t i, ChTagCandidate out[CH_TAG_CANDIDATES]);
/* The tag of a number, punctuation mark or word without readings. */
ChMorph ch_tagger_fixed(const ChWork *w, const ChType *t);
/* Notes that word i got this tag. */
void ch_tagger_decide(ChTagSequence *s, uint32_t i, const ChMorph *m);

#endif
