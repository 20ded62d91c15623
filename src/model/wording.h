/* The few words of frame text that pages print in the language asked for (data/language/CODE/wording.tsv: id, text). */
#ifndef CH_MODEL_WORDING_H
#define CH_MODEL_WORDING_H

#include "model/languages.h"

/* Compiles wording.tsv of every language that has one; needs ch_languages_compile before. */
void ch_wording_compile(ChPackWriter *w, const char *data, ChError *err);
/* Has the language any? */
bool ch_wording_has(const ChPack *p, ChSlice lang);
/* The text of PREFIX and id together ("status." "held"); the id itself where the language has none. */
ChSlice ch_wording(const ChPack *p, ChSlice lang, const char *prefix, ChSlice id);

#endif
