/* How certain a clause makes what it says: tense, auxiliaries, negation, hedges (cues) and governing verbs (carriers). */
#ifndef CH_EVENTS_STATUS_H
#define CH_EVENTS_STATUS_H

#include "events/clauses.h"

/* The carrier that matches a clause's predicate and has one of the relations (for OBLIQUE also the preposition at token `prep`), or NULL. */
const ChCarrier *ch_status_carrier(const ChEventsWork *w, uint32_t clause, uint32_t relations, uint32_t prep);
/* Status of what the clause's own predicate says; *rule receives the id of the cue or carrier that decided. */
ChWord ch_status_of(const ChEventsWork *w, uint32_t clause, ChWord *rule);
/* Does the clause state a condition ("if X releases ...")? */
bool ch_status_conditional(const ChEventsWork *w, uint32_t clause);
/* Does the clause say what others are called on to do ("urged X to lift sanctions", "must ratify")? */
bool ch_status_demanded(const ChEventsWork *w, uint32_t clause);
/* Status after a hedge or governor: the less certain of two, as `second` applies to what `first` says. */
ChWord ch_status_under(const ChEventsWork *w, ChWord first, ChWord second);

#endif
