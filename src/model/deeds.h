/* What sort of measure, message, conflict ... an event was, told by the words that carry it (data/language/CODE/deeds.tsv): the kinds of
 * a reading are wider than the codes of other schemes. */
#ifndef CH_MODEL_DEEDS_H
#define CH_MODEL_DEEDS_H

#include "model/languages.h"

/* Compiles deeds.tsv of every language that has one; needs ch_languages_compile before. */
void ch_deeds_compile(ChPackWriter *w, const char *data, ChError *err);
/* The deed of the first row for this kind whose words stand together in one of the quotes; CH_NO_WORD where none do. At most CH_DEED_QUOTES
 * quotes of CH_DEED_WORDS words are looked at. */
enum { CH_DEED_QUOTES = 32, CH_DEED_WORDS = 64 };
ChWord ch_deed_of(const ChPack *p, ChWord kind, const ChSlice *quotes, size_t n);

#endif
