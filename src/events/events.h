/* Clauses, the events and statements that they carry. */
#ifndef CH_EVENTS_EVENTS_H
#define CH_EVENTS_EVENTS_H

#include "report/report.h"

/* Compiles data/events and the frames of data/language/CODE. Needs ch_languages_compile before. */
void ch_events_compile(ChPackWriter *w, const char *data, ChError *err);
/* The stage: fills clauses, events (one for each trigger), statements. */
void ch_events_stage(ChReport *r);

#endif
