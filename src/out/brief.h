/* A brief: what the record and the tables of the world know of a person, state or body on a day, on one page. */
#ifndef CH_OUT_BRIEF_H
#define CH_OUT_BRIEF_H

#include "out/export.h"
#include "out/out.h"

/* What it is made of. The happenings are those in which the subject (and `with`) takes part, from reports up to the day. */
typedef struct ChBriefSource {
  const ChPack *pack;
  ChSlice name, with;      /* as readings print them; with: "" = nobody */
  uint32_t ref;            /* ch_world_ref of the subject, CH_NONE where the tables do not know it */
  int32_t day;
  const json_t *happenings, *statements; /* lists */
} ChBriefSource;

/* {name, with, as_of, who, last, next, topics, documents, positions, conflicts}; new reference. */
json_t *ch_out_brief(const ChBriefSource *source);
/* Its page, in a language of the pack that has wording. */
void ch_out_brief_page(const json_t *brief, const ChPack *pack, ChSlice lang, const ChPage *page, ChBuf *out);

#endif
