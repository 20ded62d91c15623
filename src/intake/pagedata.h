/* Compiles data/intake/classes.tsv, data/language/CODE/page.tsv and the months of calendar.tsv: what tells an article from the rest of
 * its page. */
#ifndef CH_INTAKE_PAGEDATA_H
#define CH_INTAKE_PAGEDATA_H

#include "base/error.h"
#include "model/pack.h"

void ch_page_compile(ChPackWriter *w, const char *data, ChError *err);

#endif
