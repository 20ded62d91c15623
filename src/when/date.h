/* The report's own date.
 *
 * Candidates are days: those stated in full in a dateline or date line; the day and month of a dateline without a year in every year;
 * else days around the dates of the text. Each is scored by what it agrees and disagrees with (date.c names each kind of support), and
 * the best is taken where something ties the report to a day and the year is settled. */
#ifndef CH_WHEN_DATE_H
#define CH_WHEN_DATE_H

#include "when/resolve.h"
#include "when/tense.h"

/* A time found in the text. */
typedef struct ChWhenFound {
  ChWhenMatch *match;
  uint32_t sentence;
  uint8_t tense;  /* ChWhenTense */
  bool near;      /* the verb that says so stands beside it */
  bool dateline;  /* dates the report */
} ChWhenFound;

typedef struct ChWhenFinds {
  CH_VEC(ChWhenFound) list;
} ChWhenFinds;

/* Marks the finds that stand in datelines, date lines and bylines (head.c). */
void ch_when_mark_datelines(const ChReport *r, ChWhenFinds *finds);
/* Fills r->dates, r->published, r->published_stated; the context against which times are resolved. */
ChWhenContext ch_when_date_report(ChReport *r, const ChWhenFinds *finds, const ChWhenMarks *marks);

#endif
