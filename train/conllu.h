/* Treebank files for the trainers: sentences in CoNLL-U as train/make_lexicon.py writes them, laid over a report. */
#ifndef CH_TRAIN_CONLLU_H
#define CH_TRAIN_CONLLU_H

#include "language/analyser.h"

typedef struct Gold {
  ChSlice form, lemma;
  ChMorph morph;
  bool tagged, named; /* false: not annotated */
  uint8_t rel, name;  /* ChRel, CH_REL_NONE = no tree; ChNameTag */
  uint32_t head;      /* counted from 1 in the sentence, 0 = root */
} Gold;

typedef struct Corpus {
  ChBuf bytes;
  Gold *tokens;
  uint32_t *starts; /* first token of each sentence; one more than there are sentences */
  uint32_t n_tokens, n_sentences;
} Corpus;

/* Reads the file whole; false and err where it cannot be read. */
bool corpus_read(Corpus *c, const char *path, ChError *err);
void corpus_free(Corpus *c);
/* Compiles the text layer of `data` and `models` into a temporary pack and opens it; NULL and err on failure. Without `analysers` the
 * trained networks stay out. */
ChPack *corpus_pack(const char *data, const char *models, bool analysers, ChError *err);

#endif
