/* Time expressions to EDTF; the date of the report.
 *
 * The stage finds the times of all sentences with the date grammar of their language (grammar.h, match.h), works out the report's own
 * date from what is stated and from what fits (date.h), and resolves every time against it and the clause's tense (tense.h, resolve.h).
 * Times cover the words of the date without a plain preposition ("on", "in"); a preposition that changes the meaning ("since", "by",
 * "from ... to") is inside. They are sorted by token and never overlap. */
#ifndef CH_WHEN_WHEN_H
#define CH_WHEN_WHEN_H

#include "base/buf.h"
#include "report/report.h"

/* Compiles what this folder reads of data/language/CODE. Needs ch_languages_compile before. */
void ch_when_compile(ChPackWriter *w, const char *data, ChError *err);
/* The stage: fills times, dates, published, published_stated, ChToken.time. */
void ch_when_stage(ChReport *r);
/* The times and the candidates for the date as text, one a line. */
void ch_when_dump(const ChReport *r, ChBuf *out);

/* ---- EDTF as days, for the stages after this one ---- */

/* EDTF of the days first..last (CH_DAY_MIN, CH_DAY_MAX: open), as short as it goes: a day, month or year where it is exactly one. */
ChSlice ch_when_interval(ChArena *a, int32_t first, int32_t last);
/* Does a hold all of b? False where either is not EDTF. */
bool ch_when_contains(ChSlice a, ChSlice b);
/* Do they share a day? */
bool ch_when_overlaps(ChSlice a, ChSlice b);
/* The days that both hold; "" where none or where either is not EDTF. */
ChSlice ch_when_intersect(ChArena *a, ChSlice x, ChSlice y);
/* From the start of the earlier to the end of the later. */
ChSlice ch_when_hull(ChArena *a, ChSlice x, ChSlice y);
/* Moved by a number of days: the day after an event on the eve of another is ch_when_shift(a, time, 1). */
ChSlice ch_when_shift(ChArena *a, ChSlice edtf, int32_t days);
/* Number of days, INT32_MAX where open, 0 where it is not EDTF: the smaller the more precise. */
int32_t ch_when_days(ChSlice edtf);

#endif
