/* The stage table: which stages make a reading, in their order. */
#ifndef CH_PIPELINE_PIPELINE_H
#define CH_PIPELINE_PIPELINE_H

#include "report/report.h"

enum { CH_REPORT_MEMORY = 256 << 20 }; /* bytes that the arena of one report may take */

typedef struct ChStage {
  const char *name; /* "language" */
  void (*run)(ChReport *r);
} ChStage;

/* The table, ended by a row without a name. */
const ChStage *ch_pipeline_stages(void);
/* Runs the stages up to and with `last` (NULL = all) on a report that ch_report_init and intake have set up. When the report's arena
 * is full the fault is CH_ERR_LIMIT and the report must not be used. Checks each stage's output in builds with asserts. */
void ch_pipeline_run(ChReport *r, const char *last, ChError *err);
/* Compiles data/ and models/ into one pack file. */
void ch_pipeline_pack(const char *data, const char *models, const char *out, ChError *err);

#endif
