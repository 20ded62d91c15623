/* What events are about: topics and titles of documents, from the clause of their trigger. */
#ifndef CH_EVENTS_CONTENT_H
#define CH_EVENTS_CONTENT_H

#include "events/fill.h"

/* A part of the clause that belongs to a title or topic: places and times in it are not the event's. */
typedef struct ChTaken {
  uint32_t from, to;
} ChTaken;

/* "2025-2026": the term of a plan, not the day of a happening. */
static inline bool ch_content_years(const ChTime *x) { return x->edtf.n == 9 && x->edtf.p[4] == '/'; }

static inline bool ch_content_comma(const ChReport *r, uint32_t i) { return ch_slice_is(ch_report_slice(r, r->tokens.at[i].span), ","); }

/* Documents that the trigger says something is done to; *taken is where the title stands. */
void ch_content_documents(ChEventsWork *w, ChEvent *e, const ChTrigger *t, ChTaken *taken);
void ch_content_topics(ChEventsWork *w, ChEvent *e, const ChTrigger *t, ChTaken *taken);

#endif
