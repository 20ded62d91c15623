/* Mentions of people, states, bodies, groups, places and outlets, and the entities that they name. */
#ifndef CH_NAMES_NAMES_H
#define CH_NAMES_NAMES_H

#include "report/report.h"

/* Compiles what this folder reads of data/language/CODE. Needs ch_world_compile before. */
void ch_names_compile(ChPackWriter *w, const char *data, ChError *err);
/* The stage: fills mentions, entities, outlet, dateline, ChToken.mention. */
void ch_names_stage(ChReport *r);

#endif
