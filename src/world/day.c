#include "world/day.h"

#include <stdio.h>

int32_t ch_day(int32_t year, uint32_t month, uint32_t day)
{
  int32_t y = year - (month <= 2);
  int32_t era = (y >= 0 ? y : y - 399) / 400;
  uint32_t yoe = (uint32_t)(y - era * 400);
  uint32_t doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  uint32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + (int32_t)doe - 719468;
}

void ch_day_parts(int32_t day, int32_t *year, uint32_t *month, uint32_t *mday)
{
  int32_t z = day + 719468;
  int32_t era = (z >= 0 ? z : z - 146096) / 146097;
  uint32_t doe = (uint32_t)(z - era * 146097);
  uint32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  uint32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  uint32_t mp = (5 * doy + 2) / 153;
  *mday = doy - (153 * mp + 2) / 5 + 1;
  *month = mp < 10 ? mp + 3 : mp - 9;
  *year = (int32_t)yoe + era * 400 + (*month <= 2);
}

int32_t ch_day_year(int32_t day)
{
  int32_t y;
  uint32_t m, d;
  ch_day_parts(day, &y, &m, &d);
  return y;
}

uint32_t ch_day_weekday(int32_t day)
{
  int32_t w = (day + 3) % 7; /* 1970-01-01 was a Thursday */
  return (uint32_t)(w < 0 ? w + 7 : w) + 1;
}

uint32_t ch_month_days(int32_t year, uint32_t month)
{
  static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[(month - 1) % 12];
}

static bool date_span(ChSlice s, int32_t *first, int32_t *last)
{
  uint32_t y, m = 0, d = 0;
  if (s.n < 4 || !ch_slice_uint(ch_slice(s.p, 4), 9999, &y))
    return false;
  if (s.n > 4 && (s.n < 7 || s.p[4] != '-' || !ch_slice_uint(ch_slice(s.p + 5, 2), 12, &m) || m == 0))
    return false;
  if (s.n > 7 && (s.n != 10 || s.p[7] != '-' || !ch_slice_uint(ch_slice(s.p + 8, 2), 31, &d) || d == 0 ||
                  d > ch_month_days((int32_t)y, m)))
    return false;
  *first = ch_day((int32_t)y, m ? m : 1, d ? d : 1);
  *last = d ? *first : ch_day((int32_t)y, m ? m : 12, m ? ch_month_days((int32_t)y, m) : 31);
  return true;
}

bool ch_day_span(ChSlice edtf, int32_t *first, int32_t *last)
{
  size_t slash = ch_slice_find(edtf, CH_LIT("/"));
  if (slash == SIZE_MAX)
    return date_span(edtf, first, last);
  ChSlice a = ch_slice(edtf.p, slash), b = ch_slice(edtf.p + slash + 1, edtf.n - slash - 1);
  int32_t skip;
  *first = CH_DAY_MIN;
  *last = CH_DAY_MAX;
  if (a.n && !ch_slice_is(a, "..") && !date_span(a, first, &skip))
    return false;
  return !b.n || ch_slice_is(b, "..") || date_span(b, &skip, last);
}

void ch_day_format(int32_t day, char out[11])
{
  int32_t y;
  uint32_t m, d;
  ch_day_parts(day, &y, &m, &d);
  if (y < 0 || y > 9999)
    y = 0;
  snprintf(out, 11, "%04d-%02u-%02u", (int)y % 10000, m % 100, d % 100);
}
