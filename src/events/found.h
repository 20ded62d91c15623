/* An event mention in the making: a trigger found in the text, what carries it, and its addition to the report. */
#ifndef CH_EVENTS_FOUND_H
#define CH_EVENTS_FOUND_H

#include "events/fill.h"

typedef struct ChFound {
  ChTrigger t;
  ChWord status, rule;
  bool supported; /* by a carrier, or a finite verb of its own */
  bool definite, generic;
  bool fresh;  /* "a", "another", "new": first told here */
  bool spoken; /* an occasion of speech with the speech verb of speech_clause */
  uint32_t speech_clause;
} ChFound;

/* The frame (of a noun or of a verb) whose words stand at token i, NULL; *length words. */
const ChFrame *ch_found_frame(const ChEventsWork *w, uint32_t i, uint32_t end, bool noun, uint32_t *length);

/* what.c: has the trigger at token, of `length` words, an object of one of its frame's classes? True where the frame names none. */
bool ch_found_what(const ChEventsWork *w, const ChFrame *f, uint32_t clause, uint32_t token, uint32_t length);

/* carry.c: what carries a noun trigger ("hold talks", "the talks were put off", "preparations for the visit") and so gives its status. */
void ch_carry_with(ChEventsWork *w, ChFound *f, const ChCarrier *k, uint32_t clause, uint32_t relation);
void ch_carry_noun(ChEventsWork *w, ChFound *f);
/* What the words before the noun say: definite, new, generic, next or last. */
void ch_carry_context(const ChEventsWork *w, ChFound *f);
/* Link type of the words that make the noun the setting of its clause ("during the visit"), CH_NO_WORD. */
ChWord ch_carry_setting(const ChEventsWork *w, const ChFound *f);

/* order.c: "after that ...", "after X did ...": what the clause of the event says of its order among others. */
void ch_order_mark(const ChEventsWork *w, ChEvent *e);

/* aside.c: gatherings told of by the name of a body alone, beside which others meet; the sentence's events so far start at `first`. */
void ch_aside_gatherings(ChEventsWork *w, uint32_t s, uint32_t first);

/* found.c: adds the event unless its frame wants more than the clause says. */
void ch_found_add(ChEventsWork *w, ChFound *f);
/* One event more for each further date of a row ("on February 28, March 3 and March 7") of event `first`, if it was added. */
void ch_found_repeats(ChEventsWork *w, uint32_t first);
/* One visit more for each further place of a list. */
void ch_found_tour(ChEventsWork *w, uint32_t first);

#endif
