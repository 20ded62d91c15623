/* What the parts of the discourse stage share. */
#ifndef CH_DISCOURSE_WORK_H
#define CH_DISCOURSE_WORK_H

#include "report/report.h"

typedef struct ChDiscourse {
  ChReport *r;
  int32_t today; /* the report's day, or 0 */
  bool dated;
  ChWord held, ongoing, scheduled, proposed, postponed, cancelled, denied;
  ChWord visit, meeting, call, conference, signing, ceremony, address, proposal, measure, conflict;
  ChWord party, attendee, host, head_of_delegation;
  ChWord part_of, sidelines_of, for_, proposes, prepares, before, after;
  ChWord bilateral, trilateral, multilateral, phone, video;
  ChWord signed_, to_sign, adopted, to_adopt, ratified, prepared;
} ChDiscourse;

static inline bool ch_discourse_stands(const ChEvent *e) { return e->merged == CH_NONE; }
/* Do the spans of days [a0, a1] and [b0, b1] not meet? */
static inline bool ch_discourse_apart(int32_t a0, int32_t a1, int32_t b0, int32_t b1) { return a1 < b0 || b1 < a0; }
/* Are they called by the names of two different series? */
static inline bool ch_discourse_series_apart(const ChEvent *a, const ChEvent *b) { return a->series.n && b->series.n && !ch_slice_eq(a->series, b->series); }
bool ch_discourse_gathering(const ChDiscourse *d, ChWord kind); /* meeting, call, conference */
bool ch_discourse_has(const ChEvent *e, uint32_t entity);
/* The state or body that an entity counts for: itself, or the one that it stands for. */
ChSlice ch_discourse_side(const ChReport *r, uint32_t entity);
void ch_discourse_link(ChDiscourse *d, uint32_t from, ChWord type, uint32_t to);

/* resolve.c: "the sides", "the ministers", "they" in events' open participants. */
void ch_resolve_open(ChDiscourse *d);
/* merge.c: one event once. Sets ChEvent.merged. */
void ch_merge_events(ChDiscourse *d);
/* topics.c: what was spoken of, told apart from its event, goes to the gathering that it was spoken of at. After ch_link_events. */
void ch_topics_hand_down(ChDiscourse *d);
/* links.c: settings, purposes, visits and their programme; what follows for place and time. */
void ch_link_settings(ChDiscourse *d);      /* before merging */
void ch_link_bare_settings(ChDiscourse *d); /* after it, still before merging: sets ChEvent.merged */
void ch_link_events(ChDiscourse *d);   /* after it */
/* where.c: places from what else is told of the same days. After ch_link_events. */
void ch_place_by_day(ChDiscourse *d);
/* fit.c: marks events that those taking part in them make none of ours. After ch_link_events. */
void ch_fit_events(ChDiscourse *d);
/* finish.c: statuses by date, formats by number, what is too thin to stand; compaction in order of first mention. */
void ch_finish_status(ChDiscourse *d);
void ch_finish_events(ChDiscourse *d);

#endif
