/* Folding: the forms under which words are looked up. `norm` is the lower-case form with letters folded as the language says; `key` is
 * norm without its inflectional ending, so that all cases of a name share one key. The tables are data (data/language/XX/fold.tsv,
 * docs/formats.md); the same code folds the pack's names and a report's tokens, so the two always agree. */
#ifndef CH_MODEL_FOLD_H
#define CH_MODEL_FOLD_H

#include "model/pack.h"

typedef struct ChFoldRow {
  char from[22], to[6]; /* UTF-8, by their lengths */
  uint8_t from_n, to_n;
  uint8_t keep; /* endings: least code points that must stay before it */
  uint8_t kind; /* CH_FOLD_LETTER, CH_FOLD_ENDING */
} ChFoldRow;

enum { CH_FOLD_LETTER, CH_FOLD_ENDING };
enum { CH_FOLD_MAX = 256 }; /* most bytes of a norm or key; longer words are cut at a code point */

/* Rows sorted by kind, then bytes of `from`. */
typedef struct ChFold {
  const ChFoldRow *letters, *endings;
  size_t n_letters, n_endings;
  uint64_t letter_bytes[4], ending_bytes[4]; /* last bytes that `from` may have: most words are spared the search */
  uint32_t ending_lengths;                   /* bit per number of bytes of an ending's `from`, the last bit for 31 and more */
} ChFold;

/* Compiles LANG's fold.tsv into the section "LANG/fold". */
void ch_fold_compile(ChPackWriter *w, ChSlice lang, const char *path, ChError *err);
/* The table of a language, from an open pack or from a writer. Empty tables fold case only. */
ChFold ch_fold_of(const ChPack *p, ChSlice lang);
ChFold ch_fold_of_writer(const ChPackWriter *w, ChSlice lang);

/* Each writes at most CH_FOLD_MAX bytes and returns their number. */
size_t ch_fold_norm(const ChFold *f, ChSlice form, char out[CH_FOLD_MAX]);
size_t ch_fold_key(const ChFold *f, ChSlice form, char out[CH_FOLD_MAX]);
/* Is the form an acronym: two or more capitals or digits and no small letter (dots and hyphens may stand between)? */
bool ch_fold_acronym(ChSlice form);
/* The form under which acronyms are looked up: '^' and the letters and digits of the form as they are. */
size_t ch_fold_caps(ChSlice form, char out[CH_FOLD_MAX]);

#endif
