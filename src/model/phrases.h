/* Phrases: a trie over words, for finding the longest of many thousand word sequences at a token in time proportional to its length.
 * A phrase's words are ids of the pack's word table: keys (model/fold.h) for what inflects, "^CAPS" forms for acronyms, lemmas or norms
 * where the user of the trie says so. A phrase carries any number of 32-bit values. Two sections per trie: NAME.e (edges, open
 * addressing) and NAME.v (values). */
#ifndef CH_MODEL_PHRASES_H
#define CH_MODEL_PHRASES_H

#include "model/fold.h"
#include "model/pack.h"

typedef struct ChPhraseEdge {
  uint32_t node; /* from; root = 1, 0 = empty slot */
  ChWord word;
  uint32_t next;
} ChPhraseEdge;

typedef struct ChPhraseValue {
  uint32_t node, value;
} ChPhraseValue; /* sorted by node, then value */

typedef struct ChPhrases {
  const ChPhraseEdge *edges;
  size_t slots; /* power of two, 0 = empty trie */
  const ChPhraseValue *values;
  size_t n_values;
} ChPhrases;

enum { CH_PHRASE_ROOT = 1 };

ChPhrases ch_phrases_of(const ChPack *p, const char *name);
ChPhrases ch_phrases_of_lang(const ChPack *p, ChSlice lang, const char *name);
/* Node after `word`, 0 where no phrase goes on so. */
uint32_t ch_phrases_step(const ChPhrases *t, uint32_t node, ChWord word);
/* Values of the phrase that ends at this node; *n = 0 where none does. */
const ChPhraseValue *ch_phrases_values(const ChPhrases *t, uint32_t node, size_t *n);

typedef struct ChPhraseBuilder ChPhraseBuilder;
ChPhraseBuilder *ch_phrases_new(ChPackWriter *w);
/* A builder that starts with the phrases of a trie of the pack that the writer started from. */
ChPhraseBuilder *ch_phrases_from(ChPackWriter *w, const ChPhrases *t);
void ch_phrases_free(ChPhraseBuilder *b);
void ch_phrases_add(ChPhraseBuilder *b, const ChWord *words, size_t n, uint32_t value);
/* Adds a name as written, cut at blanks: an acronym as "^CAPS", other words by key. Quotation marks and commas are dropped.
 * The empty name adds nothing. */
void ch_phrases_add_name(ChPhraseBuilder *b, const ChFold *fold, ChSlice name, uint32_t value);
/* The same by norm: for words that must stand exactly so. */
void ch_phrases_add_norm(ChPhraseBuilder *b, const ChFold *fold, ChSlice text, uint32_t value);
/* Adds the trie's sections, or puts them in the place of those of the name. */
void ch_phrases_save(ChPhraseBuilder *b, const char *name);
void ch_phrases_save_lang(ChPhraseBuilder *b, ChSlice lang, const char *name);

#endif
