/* JSON Lines: the happenings as the record gives them. */
#include "out/export_inner.h"
#include "out/out.h"

static void happening(ChExport *x, const json_t *h) { ch_out_json(h, false, &x->out[0]); }

const ChExportWriter ch_export_lines = {.happening = happening};
