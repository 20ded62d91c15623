/* The languages of the pack, in the order of their codes. A language is a folder data/language/CODE with language.tsv (docs/formats.md);
 * the rest of its files belong to the folders of src/ that read them. */
#ifndef CH_MODEL_LANGUAGES_H
#define CH_MODEL_LANGUAGES_H

#include "model/fold.h"
#include "model/pack.h"

enum { CH_LANGUAGES_MAX = 32 };

typedef struct ChLanguage {
  ChWord code, name;
  uint32_t script; /* ch_cp_script of its letters */
} ChLanguage;

/* Reads every data/language/CODE/language.tsv and fold.tsv under `data` and adds the sections "languages" and "CODE/fold". */
void ch_languages_compile(ChPackWriter *w, const char *data, ChError *err);
const ChLanguage *ch_languages(const ChPack *p, size_t *n);
const ChLanguage *ch_languages_of_writer(const ChPackWriter *w, size_t *n);
/* Their codes as copies (the writer's text may move while more is written), at most CH_LANGUAGES_MAX; their number. */
size_t ch_languages_codes(const ChPackWriter *w, char codes[CH_LANGUAGES_MAX][16]);
/* Index of a code, or CH_LANGUAGES_MAX. */
uint32_t ch_language_index(const ChPack *p, ChSlice code);
ChSlice ch_language_code(const ChPack *p, uint32_t index);

#endif
