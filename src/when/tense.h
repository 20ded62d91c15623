/* The direction of a clause in time at each token: past or future as the nearest finite verb or cue has it. */
#ifndef CH_WHEN_TENSE_H
#define CH_WHEN_TENSE_H

#include "when/match.h"

/* One mark per token of the report: 0 none, else 1 + ChWhenTense, with CH_WHEN_MARK_SPEECH for verbs of saying. */
enum { CH_WHEN_MARK_SPEECH = 0x80 };

typedef struct ChWhenMarks {
  uint8_t *at;
} ChWhenMarks;

/* Marks from the tags of the tokens. */
ChWhenMarks ch_when_marks(const ChReport *r);
/* A cue found by the grammar; overrides the tags. */
void ch_when_mark_cue(const ChReport *r, ChWhenMarks *marks, const ChWhenMatch *m);
/* Direction for the tokens [token, token + tokens) of a sentence: that of the nearest mark within a window; marks across commas and other
 * breaks count as farther. *near (may be NULL): the mark stands beside the time. */
ChWhenTense ch_when_tense(const ChReport *r, const ChWhenMarks *marks, uint32_t token, uint32_t tokens, bool *near);

#endif
