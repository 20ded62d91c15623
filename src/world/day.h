/* Calendar days as numbers: days since 1970-01-01 in the proleptic Gregorian calendar (algorithm: H. Hinnant, "chrono-compatible
 * low-level date algorithms"). Open ends are CH_DAY_MIN and CH_DAY_MAX. */
#ifndef CH_WORLD_DAY_H
#define CH_WORLD_DAY_H

#include "base/slice.h"

#define CH_DAY_MIN INT32_MIN
#define CH_DAY_MAX INT32_MAX

int32_t ch_day(int32_t year, uint32_t month, uint32_t day);
void ch_day_parts(int32_t day, int32_t *year, uint32_t *month, uint32_t *mday);
int32_t ch_day_year(int32_t day);
/* 1 = Monday ... 7 = Sunday. */
uint32_t ch_day_weekday(int32_t day);
uint32_t ch_month_days(int32_t year, uint32_t month);
/* First and last day of an EDTF date or interval ("2010", "2010-07", "2010-07-16", "A/B", ".." open). False where it is not one. */
bool ch_day_span(ChSlice edtf, int32_t *first, int32_t *last);
/* "YYYY-MM-DD" into out. */
void ch_day_format(int32_t day, char out[11]);

#endif
