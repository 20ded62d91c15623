/* Who says what: sources of the events in a sentence, and statements. */
#ifndef CH_EVENTS_SPEECH_H
#define CH_EVENTS_SPEECH_H

#include "events/clauses.h"

/* The speech frame whose words stand at a token, or NULL; *length words. */
const ChSpeech *ch_speech_at(const ChEventsWork *w, uint32_t token, uint32_t *length);
/* Sources for the events [first, end) of sentence s (and for those of the sentence before, where the sentence says so), and the
 * sentence's statements. Call after the events of the sentence have been added; `previous` = first event of the sentence before. */
void ch_speech_fill(ChEventsWork *w, uint32_t s, uint32_t previous, uint32_t first);

#endif
