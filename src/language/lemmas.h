/* Dictionary forms of single words, without the sentence that they stand in: what a search compares. */
#ifndef CH_LANGUAGE_LEMMAS_H
#define CH_LANGUAGE_LEMMAS_H

#include "language/lexicon.h"
#include "model/languages.h"

enum { CH_LEMMAS_MOST = 6 };

typedef struct ChLemmas {
  size_t n; /* languages */
  uint32_t script[CH_LANGUAGES_MAX];
  ChFold fold[CH_LANGUAGES_MAX];
  ChLexicon lexicon[CH_LANGUAGES_MAX];
} ChLemmas;

/* Of all languages of the pack, which must outlive it. */
ChLemmas ch_lemmas_of(const ChPack *p);
/* Different dictionary forms of a word in the languages of its script, folded (ch_utf8_fold), most likely ones of unknown words and those as they
 * stand, too: each is given to `each` until that gives false. */
void ch_lemmas_each(const ChLemmas *l, ChSlice word, bool (*each)(void *context, ChSlice lemma), void *context);

/* A print of the dictionaries: another one may give other forms. */
uint64_t ch_lemmas_print(const ChLemmas *l);

#endif
