/* Mentions of people, states, bodies, groups, places and outlets, and the entities that they name. */
#ifndef CH_NAMES_NAMES_H
#define CH_NAMES_NAMES_H

#include "base/buf.h"
#include "report/report.h"

/* Compiles what this folder reads of data/language/CODE. Needs ch_world_compile before. */
void ch_names_compile(ChPackWriter *w, const char *data, ChError *err);
/* The stage: fills mentions, entities, outlet, dateline, ChToken.mention. */
void ch_names_stage(ChReport *r);
/* The stage after `when`: people named by post alone get the id of who held it on the report's day. */
void ch_names_who_stage(ChReport *r);
/* Entities and mentions as text, a line each, TAB between fields: for `dump` and tests. */
void ch_names_dump(const ChReport *r, ChBuf *out);

#endif
