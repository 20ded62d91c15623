/* Filling one event mention from its clause: participants, place, time, topics, documents, formats, number, evidence. */
#ifndef CH_EVENTS_FILL_H
#define CH_EVENTS_FILL_H

#include "events/clauses.h"

typedef struct ChTrigger {
  uint32_t token, tokens; /* words that match the frame */
  uint32_t head;          /* token that stands for it: the verb, or the last noun's head */
  uint32_t clause;
  const ChFrame *frame;
  const ChCarrier *carrier; /* that carries it, or NULL */
  uint32_t carrier_clause;
  bool carried_as_object;   /* it is the carrier's (logical) object */
  bool carried_as_subject;  /* it is the carrier's own subject */
} ChTrigger;

/* Adds a participant unless the entity is there; a more telling role replaces "party". */
void ch_fill_participant(ChEventsWork *w, ChEvent *e, uint32_t mention, ChWord role, ChWord rule, float confidence);
/* The argument of a frame with that preposition and case, or NULL. */
const ChFrameArg *ch_fill_frame_arg(const ChEventsWork *w, const ChFrame *f, ChWord prep, uint8_t kase);
void ch_fill_event(ChEventsWork *w, ChEvent *e, const ChTrigger *t);
/* The time after a preposition of goal in a clause ("moved to February 16", "planned for Friday"), CH_NONE. */
uint32_t ch_fill_goal_time(const ChEventsWork *w, uint32_t clause);
/* Evidence around a token, 3 to 15 words within the clause's sentence. */
ChEvidence ch_fill_evidence(const ChEventsWork *w, uint32_t from, uint32_t token, uint32_t to);

#endif
