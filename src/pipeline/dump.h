/* What stands in a report after a stage, as lines of text for those who work on Chancery. The form may change at any time. */
#ifndef CH_PIPELINE_DUMP_H
#define CH_PIPELINE_DUMP_H

#include "base/buf.h"
#include "report/report.h"

/* The stage before the first of ch_pipeline_stages: what intake set up. */
#define CH_STAGE_INTAKE "intake"

/* Is there a stage of this name? */
bool ch_pipeline_knows(const char *stage);
/* Adds what `stage` filled (events and discourse: the same arrays). */
void ch_pipeline_dump(const ChReport *r, const char *stage, ChBuf *out);

#endif
