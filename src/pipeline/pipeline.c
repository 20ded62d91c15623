#include "pipeline/pipeline.h"

#include <assert.h>

#include "discourse/discourse.h"
#include "events/events.h"
#include "intake/intake.h"
#include "language/language.h"
#include "model/codes.h"
#include "model/deeds.h"
#include "model/languages.h"
#include "model/wording.h"
#include "names/names.h"
#include "when/when.h"
#include "world/terms.h"
#include "world/world.h"

static const ChStage stages[] = {
    {"language", ch_language_stage}, {"names", ch_names_stage},   {"when", ch_when_stage},
    {"who", ch_names_who_stage},     {"events", ch_events_stage}, {"discourse", ch_discourse_stage},
    {NULL, NULL},
};

const ChStage *ch_pipeline_stages(void) { return stages; }

static void run_all(ChReport *r, const char *last, ChError *err)
{
  for (const ChStage *s = stages; s->name; s++) {
    s->run(r);
#ifndef NDEBUG
    if (!ch_report_check(r, err))
      return;
#else
    (void)err;
#endif
    if (last && strcmp(last, s->name) == 0)
      return;
  }
}

void ch_pipeline_run(ChReport *r, const char *last, ChError *err)
{
  if (ch_failed(err))
    return;
  jmp_buf full;
  if (setjmp(full)) {
    r->arena->full = NULL;
    ch_error_set(err, CH_ERR_LIMIT, "the report needs more than %zu MiB of memory", r->arena->cap >> 20);
    return;
  }
  r->arena->full = &full;
  run_all(r, last, err);
  r->arena->full = NULL;
}

void ch_pipeline_pack(const char *data, const char *models, const char *out, ChError *err)
{
  ChPackWriter *w = ch_pack_writer_new();
  ch_languages_compile(w, data, err);
  ch_codes_compile(w, data, err);
  ch_deeds_compile(w, data, err);
  ch_wording_compile(w, data, err);
  ch_intake_compile(w, data, err);
  ch_language_compile(w, data, models, err);
  ch_world_compile(w, data, err);
  ch_names_compile(w, data, err);
  ch_when_compile(w, data, err);
  ch_events_compile(w, data, err);
  ch_terms_compile(w, data, err);
  ch_pack_writer_save(w, out, err);
  ch_pack_writer_free(w);
}
