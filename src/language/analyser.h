/* The analyser: one small network that reads a sentence once and gives parts of speech with features, a dependency tree and names.
 *
 * Every word is a sum of rows, one for each of its features (form, dictionary forms, endings, beginnings, shape, readings of the lexicon
 * or its guesser). Two bidirectional LSTM layers (S. Hochreiter, J. Schmidhuber 1997) read the rows. On their output stand: a softmax over
 * the tags, with a bonus for those that the lexicon has; scores of arcs, biaffine (T. Dozat, C. Manning, "Deep biaffine attention for neural
 * dependency parsing", ICLR 2017) with a term for the distance; relations of the best tree's arcs; IOB2 labels of names. The best tree is
 * found by Chu-Liu and Edmonds' algorithm with one root (tree.h).
 *
 * At run time all is whole numbers: weights and layers 8 bits, sums 32. The activations are quadratic pieces, which whole numbers follow
 * exactly: t(x) = q (1 - |q| / 4) with q = x held within -2..2 stands for tanh, (1 + t(x/2)) / 2 for the logistic function. So a text is
 * analysed alike on every machine. Trained by train/train_analyser.c; docs/formats.md has the layout of models/CODE.analyser. */
#ifndef CH_LANGUAGE_ANALYSER_H
#define CH_LANGUAGE_ANALYSER_H

#include "language/internal.h"

enum {
  CH_ANALYSER_VERSION = 1,
  CH_ANALYSER_FEATURES = 112, /* most of one form */
  CH_ANALYSER_BUCKETS = 24,   /* of distances between a word and its governor, the last for the root */
  CH_ANALYSER_BONUSES = 4,    /* kinds of candidates: known reading, guess, a name's guess for an unknown and for a known word */
  CH_ANALYSER_CANDIDATES = 160,
  CH_ANALYSER_UNIT = 12,      /* sums are in 1 / 2^12 */
  CH_ANALYSER_WEIGHT = 63,
};

/* Kinds of features; their number is mixed into the hash. */
typedef enum ChFeatureKind {
  CH_FEATURE_ALWAYS, CH_FEATURE_FORM, CH_FEATURE_LEMMA, CH_FEATURE_ENDING, CH_FEATURE_BEGINNING, CH_FEATURE_SHAPE, CH_FEATURE_CLASS,
  CH_FEATURE_READING, CH_FEATURE_GUESS, CH_FEATURE_NAME, CH_FEATURE_TITLE, CH_FEATURE_WORLD,
  CH_FEATURE_CLUSTER, CH_FEATURE_CLUSTER_2, /* of the first and of the second kind */
} ChFeatureKind;

typedef struct ChFeature {
  uint32_t hash; /* never 0 */
  uint8_t kind;  /* ChFeatureKind */
} ChFeature;

/* Layers of the network, in the order of the model file. */
typedef enum ChLayerName {
  CH_LAYER_FORTH_1, CH_LAYER_BACK_1, CH_LAYER_FORTH_2, CH_LAYER_BACK_2, CH_LAYER_TAGS, CH_LAYER_NAMES, CH_LAYER_DEPENDENT, CH_LAYER_GOVERNOR,
  CH_LAYER_ARC, CH_LAYER_DISTANCE, CH_LAYER_REL_DEPENDENT, CH_LAYER_REL_GOVERNOR, CH_LAYER_RELS, CH_LAYERS,
} ChLayerName;

/* out[o] = ((sum of w[o][k] x[k] >> 4) * scale[o] >> shift) + bias[o] in 1/2^12, where 127 stands for 1 in x. Weights lie within
 * +-CH_ANALYSER_WEIGHT, so that two products of bytes stay within 16 bits. In the file they stand by rows; in the pack as layers.h wants
 * them, with rows of nothing up to `wide`. */
typedef struct ChLayer {
  uint32_t in, out;     /* in: a multiple of 32 */
  uint32_t weights;     /* index of the first: out rows of `in` */
  uint32_t scale, bias; /* indices of the first of `out` numbers */
  uint32_t shift;
  uint32_t wide, start; /* set for the pack: rows with those of nothing; index of the first of `wide` numbers (layers.h) */
} ChLayer;

typedef struct ChAnalyserHead {
  uint32_t row;    /* numbers in the row of a feature = input of the first layer */
  uint32_t hidden; /* cells of an LSTM in one direction */
  uint32_t arc, rel;
  uint32_t tags;   /* number of tags; the layer may have more outputs */
  uint32_t arc_root, rel_root; /* indices into numbers: the root as a governor: `arc` numbers of 127 to 1, `rel` in 1/2^12 */
  uint32_t rel_distance;       /* index into numbers: for each bucket `rel` numbers in 1/2^12 */
  int32_t bonus[CH_ANALYSER_BONUSES];
  ChLayer layers[CH_LAYERS];
} ChAnalyserHead;

/* Row of a feature; hash 0 = empty slot. */
typedef struct ChFeatureSlot {
  uint32_t hash, row;
} ChFeatureSlot;

/* A mapped model. head == NULL: the language has none. */
typedef struct ChAnalyser {
  const ChAnalyserHead *head;
  const ChFeatureSlot *slots; /* open addressing, a power of two */
  const int8_t *rows;
  const uint8_t *shifts;      /* of each row: its numbers are value << shift, in 1/2^12 */
  const int8_t *weights;
  const int32_t *numbers;
  const ChMorph *tags;
  const uint16_t *of_lexicon; /* tag of a lexicon's tag, UINT16_MAX where the model lacks it */
  size_t n_slots, n_rows, n_of_lexicon;
} ChAnalyser;

/* Adds models/CODE.analyser to the pack where it exists; after ch_lexicon_compile. */
void ch_analyser_compile(ChPackWriter *w, ChSlice lang, const char *models, ChError *err);
ChAnalyser ch_analyser_of(const ChPack *p, ChSlice lang);

/* Bytes that a sentence of that many words needs while it is analysed. */
size_t ch_analyser_scratch(const ChAnalyserHead *h, uint32_t words);

/* A tag that a form may have by the lexicon or its guesser. */
typedef struct ChCandidate {
  uint16_t tag; /* of the lexicon */
  uint8_t bonus;
  const ChReading *reading;
} ChCandidate;

/* The features of a form; `t` may be a type as if unknown (ch_types_unknown). Returns their number. */
size_t ch_analyser_features(const ChWork *w, const ChType *t, ChFeature out[CH_ANALYSER_FEATURES]);
/* The feature that all words of a sentence have whose capitals tell nothing (a headline in capitals). */
ChFeature ch_analyser_title(void);
bool ch_analyser_title_case(const ChWork *w, const uint32_t *types, uint32_t n);
/* Marks of the words that stand in names of the world tables (world/world.h, trie CODE/world), the longest from each word on: bit
 * 2 * kind where one begins, the next where one goes on; kinds: person, body or outlet, place or state, adjective of a state. */
enum { CH_ANALYSER_MARKS = 8 };
void ch_analyser_marks(const ChWork *w, uint8_t lang, const uint32_t *types, uint32_t n, uint8_t *marks);
/* The feature of one such bit. */
ChFeature ch_analyser_mark(uint32_t bit);
/* The tags of a form by the lexicon, without repetitions. */
size_t ch_analyser_candidates(const ChType *t, ChCandidate out[CH_ANALYSER_CANDIDATES]);
/* The bucket of the distance from a word to its governor, both counted from 1, 0 = root. */
uint32_t ch_analyser_bucket(uint32_t word, uint32_t governor);

/* tags.c: gives the token the tag, and the dictionary form of the candidate that is most like it. */
void ch_tags_set(const ChWork *w, ChToken *tok, const ChType *t, const ChMorph *tag, const ChCandidate *c, size_t n);
/* A sentence of a language without a model: the first readings, names by their capitals. */
void ch_tags_plain(ChWork *w, uint32_t sentence);

#endif
