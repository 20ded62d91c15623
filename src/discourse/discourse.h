/* Mentions of happenings to happenings: merging, inheritance, links. */
#ifndef CH_DISCOURSE_DISCOURSE_H
#define CH_DISCOURSE_DISCOURSE_H

#include "report/report.h"

/* The stage: merges and completes events, orders them by first mention. */
void ch_discourse_stage(ChReport *r);

#endif
