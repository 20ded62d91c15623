/* Matches of the date grammar to days. */
#ifndef CH_WHEN_RESOLVE_H
#define CH_WHEN_RESOLVE_H

#include "when/match.h"

/* How far the report's date is known. */
typedef enum ChWhenKnown { CH_WHEN_KNOWN_NOTHING, CH_WHEN_KNOWN_YEAR, CH_WHEN_KNOWN_DAY } ChWhenKnown;

typedef struct ChWhenContext {
  int32_t day;      /* of the report, or one in its year */
  uint8_t known;    /* ChWhenKnown */
  uint8_t tense;    /* ChWhenTense of the clause */
  bool near;        /* which stands beside the time */
  int32_t year;     /* explicit year that the sentence has set, 0 = none */
  int32_t previous; /* last single day named before, CH_DAY_MIN = none */
} ChWhenContext;

typedef struct ChWhenSpan {
  int32_t first, last; /* days; CH_DAY_MIN, CH_DAY_MAX = open */
  bool ok;
  int32_t start;       /* of an open span: the last day of its start ("since 2021": 2021-12-31), else 0 */
} ChWhenSpan;

ChWhenSpan ch_when_resolve(const ChWhenMatch *m, const ChWhenContext *c);
/* The anchor (ChTimeAnchor) by which a match is dated. */
ChTimeAnchor ch_when_anchor(const ChWhenMatch *m);
/* The innermost match that carries the date: what `first` and `in-year` wrap. */
const ChWhenMatch *ch_when_core(const ChWhenMatch *m);
/* Does the match carry a day and month (of whatever year), one day only? */
bool ch_when_is_day(const ChWhenMatch *m);
/* Days that the match counts from something ("the day after": 1); false where it counts none. */
bool ch_when_days_off(const ChWhenMatch *m, int32_t *days);
/* The weekday named in the match or around it, 0 = none. */
uint32_t ch_when_weekday_of(const ChWhenMatch *m);
/* The grammar's reading for dumps: "XXXX-06-08", "W2", "day-1". */
ChSlice ch_when_unresolved(ChArena *a, const ChWhenMatch *m);
/* EDTF of a span: a day, month or year where it is exactly one, else an interval. "" where not ok. */
ChSlice ch_when_edtf(ChArena *a, ChWhenSpan s);

#endif
