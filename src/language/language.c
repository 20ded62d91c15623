#include "language/language.h"

void ch_language_compile(ChPackWriter *w, const char *data, const char *models, ChError *err)
{
  (void)w, (void)data, (void)err;
  (void)models;
}

void ch_language_stage(ChReport *r) { (void)r; }
