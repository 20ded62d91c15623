/* Text to paragraphs, sentences, tokens with tags and lemmas, groups. One code for all languages; all that is particular to one is in
 * data/language/CODE and models/. */
#ifndef CH_LANGUAGE_LANGUAGE_H
#define CH_LANGUAGE_LANGUAGE_H

#include "report/report.h"

/* Compiles data/language/CODE that this folder reads and the models of the same names into the pack. Needs ch_languages_compile before. */
void ch_language_compile(ChPackWriter *w, const char *data, const char *models, ChError *err);
/* The stage: fills paragraphs, sentences, tokens, groups, lang. */
void ch_language_stage(ChReport *r);

#endif
