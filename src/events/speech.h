/* Who says what: sources of the events in a sentence, and statements. */
#ifndef CH_EVENTS_SPEECH_H
#define CH_EVENTS_SPEECH_H

#include "events/clauses.h"

enum { CH_SOURCES_MOST = 16 };

/* Words of saying found in a sentence, who says them, and what is said. */
typedef struct ChSource {
  const ChSpeech *speech;
  uint32_t token, tokens; /* the speech words */
  uint32_t clause;        /* CH_NONE for "according to", "X: ..." */
  uint32_t mention;       /* the speaker, CH_NONE */
  ChSlice described;      /* a speaker without a name, by description: "diplomatic sources" */
  uint32_t from, to;      /* tokens of what is said */
  uint32_t aside, asides; /* tokens of the words of saying and their speaker within it: "the talks, [he said], went on" */
  uint32_t head;          /* main word of what is said, CH_NONE */
  bool clausal;           /* what is said is a clause or a quotation, no mere object */
  bool covered;           /* another source of the sentence has the same words nearer to them */
} ChSource;

/* The speech frame whose words stand at a token, or NULL; *length words. Not those that only judge what is said. */
const ChSpeech *ch_speech_at(const ChEventsWork *w, uint32_t token, uint32_t *length);
/* Sources for the events [first, end) of sentence s (and for those of the sentence before, where the sentence says so), and the
 * sentence's statements. Call after the events of the sentence have been added; `previous` = first event of the sentence before. */
void ch_speech_fill(ChEventsWork *w, uint32_t s, uint32_t previous, uint32_t first);

/* informant.c: is the noun that of a source without a name; the source's description in English, "" where it has none. */
bool ch_informant_at(const ChEventsWork *w, uint32_t token);
ChSlice ch_informant_name(ChEventsWork *w, uint32_t token);
/* extent.c: what is said by a source of sentence s: from, to, aside, head, clausal. */
void ch_speech_extent(const ChEventsWork *w, uint32_t s, ChSource *src);
/* statements.c: statements of a sentence from its sources; its events are [first, end). */
void ch_statements_add(ChEventsWork *w, uint32_t s, ChSource *sources, uint32_t n, uint32_t first, uint32_t end);

#endif
