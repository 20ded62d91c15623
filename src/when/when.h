/* Time expressions to EDTF; the date of the report. */
#ifndef CH_WHEN_WHEN_H
#define CH_WHEN_WHEN_H

#include "report/report.h"

/* Compiles what this folder reads of data/language/CODE. Needs ch_world_compile before. */
void ch_when_compile(ChPackWriter *w, const char *data, ChError *err);
/* The stage: fills times, dates, published, published_stated, ChToken.time. */
void ch_when_stage(ChReport *r);

#endif
