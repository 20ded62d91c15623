#include "when/resolve.h"

#include "world/day.h"

static const ChWhenSpan nothing = {0};

static ChWhenSpan span(int32_t first, int32_t last) { return (ChWhenSpan){first, last, last >= first, 0}; }

static ChWhenSpan month_span(int32_t y, int32_t m)
{
  y += (m - 1) / 12;
  m = (m - 1) % 12 + 1;
  if (m < 1) {
    m += 12;
    y--;
  }
  return span(ch_day(y, (uint32_t)m, 1), ch_day(y, (uint32_t)m, ch_month_days(y, (uint32_t)m)));
}

static ChWhenSpan year_span(int32_t y) { return span(ch_day(y, 1, 1), ch_day(y, 12, 31)); }

/* ---- day, month, year ---- */

/* The captured date in year y. */
static ChWhenSpan date_in(const ChWhenSlots *s, int32_t y)
{
  int32_t m0 = s->m[0], m1 = s->m[1] ? s->m[1] : m0, y1 = s->y[1] ? s->y[1] : y + (m1 < m0);
  if (!m0)
    return span(ch_day(y, 1, 1), ch_day(s->y[1] ? s->y[1] : y, 12, 31));
  if (!s->days)
    return span(month_span(y, m0).first, month_span(y1, m1).last);
  uint32_t d0 = (uint32_t)s->d[0], d1 = (uint32_t)s->d[s->days - 1];
  if (d0 > ch_month_days(y, (uint32_t)m0) || d1 > ch_month_days(y1, (uint32_t)m1))
    return nothing;
  return span(ch_day(y, (uint32_t)m0, d0), ch_day(y1, (uint32_t)m1, d1));
}

/* Days by which a date on the wrong side of the report must be nearer to be taken all the same. */
enum { AGAINST = 200, AGAINST_NEAR = 320 };

/* Distance of a span from the report, by the clause's direction. */
static int32_t distance(ChWhenSpan s, const ChWhenContext *c)
{
  if (s.first <= c->day && c->day <= s.last)
    return 0;
  int32_t ahead = s.first > c->day ? s.first - c->day : 0, behind = s.last < c->day ? c->day - s.last : 0;
  int32_t against = c->near ? AGAINST_NEAR : AGAINST;
  if (ahead)
    return ahead + (c->tense == CH_WHEN_TENSE_PAST ? against : 0);
  return behind + (c->tense == CH_WHEN_TENSE_FUTURE ? against : 0);
}

/* "on the 20th": of the month r from the report's, else of the nearest in the clause's direction. */
static ChWhenSpan day_alone(const ChWhenSlots *s, const ChWhenContext *c)
{
  int32_t y, low = s->r == CH_WHEN_UNSET ? -1 : s->r, high = s->r == CH_WHEN_UNSET ? 1 : s->r;
  uint32_t m, d;
  ch_day_parts(c->day, &y, &m, &d);
  ChWhenSpan best = nothing;
  for (int32_t k = low; k <= high; k++) {
    ChWhenSpan month = month_span(y, (int32_t)m + k);
    ChWhenSpan v = span(month.first + s->d[0] - 1, month.first + s->d[s->days - 1] - 1);
    if (v.ok && v.last <= month.last && (!best.ok || distance(v, c) < distance(best, c)))
      best = v;
  }
  return best;
}

static ChWhenSpan date_span(const ChWhenMatch *m, const ChWhenContext *c)
{
  const ChWhenSlots *s = &m->slots;
  if (c->year)
    return date_in(s, c->year);
  if (s->y[0]) {
    /* "30 December - 3 January 2020": the year is that of the end */
    int32_t y = s->y[0] - (!s->y[1] && s->m[1] && s->m[1] < s->m[0]);
    return date_in(s, y);
  }
  if (c->known == CH_WHEN_KNOWN_DAY && s->days && !s->m[0])
    return day_alone(s, c);
  if (c->known == CH_WHEN_KNOWN_NOTHING || !s->m[0])
    return nothing;
  ChWhenSpan best = nothing;
  for (int32_t y = ch_day_year(c->day) - 1; y <= ch_day_year(c->day) + 1; y++) {
    ChWhenSpan v = date_in(s, y);
    if (v.ok && (!best.ok || distance(v, c) < distance(best, c)))
      best = v;
  }
  return best;
}

/* ---- calendar units ---- */

static ChWhenSpan unit_span(int32_t unit, int32_t r, const ChWhenContext *c)
{
  int32_t y;
  uint32_t m, d;
  if (c->known == CH_WHEN_KNOWN_NOTHING || (c->known == CH_WHEN_KNOWN_YEAR && unit < CH_WHEN_UNIT_HALF))
    return nothing;
  ch_day_parts(c->day, &y, &m, &d);
  int32_t monday = c->day - (int32_t)ch_day_weekday(c->day) + 1;
  switch (unit) {
  case CH_WHEN_UNIT_HOUR: return span(c->day, c->day);
  case CH_WHEN_UNIT_DAY: return span(c->day + r, c->day + r);
  case CH_WHEN_UNIT_WEEK: return span(monday + 7 * r, monday + 7 * r + 6);
  case CH_WHEN_UNIT_WEEKEND:
    /* last, past: the one before today; this: the one that ends this week, told of as past the one before it */
    if (r == 0 && c->tense == CH_WHEN_TENSE_PAST && ch_day_weekday(c->day) < 6)
      r = -1;
    return r < 0 && ch_day_weekday(c->day) >= 6 ? span(monday - 2, monday - 1) : span(monday + 7 * r + 5, monday + 7 * r + 6);
  case CH_WHEN_UNIT_MONTH: return month_span(y, (int32_t)m + r);
  case CH_WHEN_UNIT_QUARTER: {
    int32_t q = (int32_t)((m - 1) / 3) + r;
    return span(month_span(y, q * 3 + 1).first, month_span(y, q * 3 + 3).last);
  }
  case CH_WHEN_UNIT_HALF: {
    int32_t h = (m > 6) + r;
    return span(month_span(y, h * 6 + 1).first, month_span(y, h * 6 + 6).last);
  }
  case CH_WHEN_UNIT_YEAR: return year_span(y + r);
  case CH_WHEN_UNIT_DECADE: return span(ch_day(y - y % 10 + 10 * r, 1, 1), ch_day(y - y % 10 + 10 * r + 9, 12, 31));
  case CH_WHEN_UNIT_CENTURY: return span(ch_day(y - y % 100 + 100 * r, 1, 1), ch_day(y - y % 100 + 100 * r + 99, 12, 31));
  default: return nothing;
  }
}

/* n units from the report, in the unit's own grain. */
static ChWhenSpan shift_span(int32_t unit, int32_t n, const ChWhenContext *c)
{
  if (unit == CH_WHEN_UNIT_DECADE || unit == CH_WHEN_UNIT_CENTURY) {
    n *= unit == CH_WHEN_UNIT_DECADE ? 10 : 100;
    unit = CH_WHEN_UNIT_YEAR;
  }
  if (n > 3000 || n < -3000)
    return nothing;
  if (unit == CH_WHEN_UNIT_HOUR)
    n = 0;
  return unit_span(unit, n, c);
}

/* The day n units on: "within two weeks". */
static int32_t add_units(int32_t day, int32_t unit, int32_t n)
{
  int32_t y;
  uint32_t m, d;
  ch_day_parts(day, &y, &m, &d);
  if (n > 3000 || n < -3000)
    n = 0;
  if (unit == CH_WHEN_UNIT_DAY || unit == CH_WHEN_UNIT_WEEK)
    return day + n * (unit == CH_WHEN_UNIT_WEEK ? 7 : 1);
  if (unit == CH_WHEN_UNIT_HOUR)
    return day + n / 24;
  int32_t months = n * (unit == CH_WHEN_UNIT_MONTH ? 1 : unit == CH_WHEN_UNIT_QUARTER ? 3 : unit == CH_WHEN_UNIT_HALF ? 6 : 12);
  ChWhenSpan to = month_span(y, (int32_t)m + months);
  int32_t v = to.first + (int32_t)d - 1;
  return v > to.last ? to.last : v;
}

static ChWhenSpan weekday_span(const ChWhenMatch *m, const ChWhenContext *c)
{
  if (c->known != CH_WHEN_KNOWN_DAY || !m->slots.w)
    return nothing;
  int32_t today = (int32_t)ch_day_weekday(c->day), ahead = (m->slots.w - today + 7) % 7, behind = (today - m->slots.w + 7) % 7;
  int16_t r = m->slots.r;
  int32_t day;
  if (r != CH_WHEN_UNSET && r < 0)
    day = c->day - (behind ? behind : 7);
  else if (r != CH_WHEN_UNSET && r > 0)
    day = c->day + (ahead ? ahead : 7);
  else if (c->tense == CH_WHEN_TENSE_FUTURE)
    day = c->day + ahead;
  else if (c->tense == CH_WHEN_TENSE_PAST || behind <= ahead)
    day = c->day - behind;
  else
    day = c->day + ahead;
  return span(day, day);
}

/* ---- parts ---- */

static ChWhenSpan season_span(const ChWhenMatch *m, const ChWhenContext *c)
{
  static const int8_t first_month[] = {0, 12, 3, 6, 9};
  if (m->slots.s < 1 || m->slots.s > 4)
    return nothing;
  int32_t from = first_month[(int)m->slots.s];
  int32_t low, high;
  if (c->year || m->slots.y[0]) {
    low = high = c->year ? c->year : m->slots.y[0];
    if (m->slots.s == 1)
      low = high = low - 1; /* winter 2019: December 2018 to February 2019 */
  } else if (m->slots.r != CH_WHEN_UNSET && c->known) {
    low = high = ch_day_year(c->day) + m->slots.r - (m->slots.s == 1 && m->slots.r >= 0);
  } else if (c->known) {
    low = ch_day_year(c->day) - 1;
    high = low + 2;
  } else {
    return nothing;
  }
  ChWhenSpan best = nothing;
  for (int32_t y = low; y <= high; y++) {
    ChWhenSpan v = span(month_span(y, from).first, month_span(y, from + 2).last);
    if (!best.ok || distance(v, c) < distance(best, c))
      best = v;
  }
  return best;
}

static ChWhenSpan third(ChWhenSpan s, int32_t k)
{
  int32_t n = s.last - s.first + 1;
  return span(s.first + n * k / 3, s.first + n * (k + 1) / 3 - 1);
}

/* Parts of a month: GUIDE 2.4 and ISO 8601-2 give no days; the guide's are 1-10, 11-20, 21-end, 1-15, 16-end. */
static ChWhenSpan month_edge(ChWhenSpan s, int32_t e)
{
  switch (e) {
  case CH_WHEN_EDGE_EARLY:
  case CH_WHEN_EDGE_BEGIN: return span(s.first, s.first + 9);
  case CH_WHEN_EDGE_MID: return span(s.first + 10, s.first + 19);
  case CH_WHEN_EDGE_TEENS: return span(s.first + 9, s.first + 18);
  case CH_WHEN_EDGE_LATE:
  case CH_WHEN_EDGE_END: return span(s.first + 20, s.last);
  case CH_WHEN_EDGE_HALF1: return span(s.first, s.first + 14);
  case CH_WHEN_EDGE_HALF2: return span(s.first + 15, s.last);
  case CH_WHEN_EDGE_WEEK1: return span(s.first, s.first + 6);
  case CH_WHEN_EDGE_WEEK2: return span(s.first + 7, s.first + 13);
  case CH_WHEN_EDGE_WEEK3: return span(s.first + 14, s.first + 20);
  case CH_WHEN_EDGE_WEEK4: return span(s.first + 21, s.first + 27);
  case CH_WHEN_EDGE_WEEKLAST: return span(s.last - 6, s.last);
  case CH_WHEN_EDGE_TWENTIES: return span(s.first + 19, s.last < s.first + 28 ? s.last : s.first + 28);
  default: return s;
  }
}

static ChWhenSpan year_edge(ChWhenSpan s, int32_t e)
{
  int32_t y = ch_day_year(s.first), from, to;
  switch (e) {
  case CH_WHEN_EDGE_EARLY: from = 1, to = 3; break;
  case CH_WHEN_EDGE_BEGIN: from = 1, to = 1; break;
  case CH_WHEN_EDGE_MID: from = 6, to = 7; break;
  case CH_WHEN_EDGE_LATE: from = 10, to = 12; break;
  case CH_WHEN_EDGE_END: from = 12, to = 12; break;
  case CH_WHEN_EDGE_HALF1: from = 1, to = 6; break;
  case CH_WHEN_EDGE_HALF2: from = 7, to = 12; break;
  default: return s;
  }
  return span(month_span(y, from).first, month_span(y, to).last);
}

static ChWhenSpan edge_span(ChWhenSpan s, int32_t e)
{
  if (!s.ok || s.first == CH_DAY_MIN || s.last == CH_DAY_MAX)
    return s;
  if (e == CH_WHEN_EDGE_EVE)
    return span(s.first - 1, s.first - 1);
  if (e == CH_WHEN_EDGE_WEEK) {
    int32_t monday = s.first - (int32_t)ch_day_weekday(s.first) + 1;
    return span(monday, monday + 6);
  }
  int32_t n = s.last - s.first + 1;
  if (n == 1)
    return s;
  if (n >= 28 && n <= 31)
    return month_edge(s, e);
  if (n == 365 || n == 366)
    return year_edge(s, e);
  switch (e) {
  case CH_WHEN_EDGE_EARLY:
  case CH_WHEN_EDGE_BEGIN: return third(s, 0);
  case CH_WHEN_EDGE_MID: return third(s, 1);
  case CH_WHEN_EDGE_LATE:
  case CH_WHEN_EDGE_END: return third(s, 2);
  case CH_WHEN_EDGE_HALF1: return span(s.first, s.first + (n - 1) / 2);
  case CH_WHEN_EDGE_HALF2: return span(s.first + (n + 1) / 2, s.last);
  default: return s;
  }
}

static ChWhenSpan part_span(const ChWhenMatch *m, const ChWhenContext *c)
{
  const ChWhenSlots *s = &m->slots;
  int32_t y = c->year ? c->year : s->y[0];
  if (!y && !c->known)
    return nothing;
  if (!y)
    y = ch_day_year(c->day) + (s->r == CH_WHEN_UNSET ? 0 : s->r);
  int32_t months = s->u == CH_WHEN_UNIT_HALF ? 6 : 3;
  if (s->n < 1 || s->n > 12 / months)
    return nothing;
  return span(month_span(y, (s->n - 1) * months + 1).first, month_span(y, s->n * months).last);
}

/* ---- combinations ---- */

static ChWhenSpan sub_span(const ChWhenMatch *m, uint32_t k, const ChWhenContext *c)
{
  return k < m->subs ? ch_when_resolve(m->sub[k], c) : nothing;
}

static ChWhenContext with_year(const ChWhenContext *c, int32_t y)
{
  ChWhenContext v = *c;
  v.year = y;
  return v;
}

static bool has_year(const ChWhenMatch *m)
{
  if (m->slots.y[0])
    return true;
  for (uint32_t k = 0; k < m->subs; k++)
    if (has_year(m->sub[k])) /* as deep as the levels of the grammar */
      return true;
  return false;
}

/* The month of the later end holds for a start without one ("from 2 to 13 December"), and its year too. */
static ChWhenSpan range_span(const ChWhenMatch *m, const ChWhenContext *c)
{
  ChWhenSpan a, b;
  if (m->subs == 2) {
    b = sub_span(m, 1, c);
    if (!b.ok)
      return nothing;
    ChWhenContext inner = *c;
    if (!has_year(m->sub[0]) && has_year(m->sub[1]) && b.first != CH_DAY_MIN)
      inner = with_year(c, ch_day_year(b.first));
    a = sub_span(m, 0, &inner);
    if (a.ok && b.ok && a.first > b.last) {
      if (has_year(m->sub[0]) || inner.year) {
        ChWhenContext again = with_year(c, ch_day_year(a.first) + !inner.year);
        if (inner.year) {
          again.year = inner.year - 1;
          a = sub_span(m, 0, &again);
        } else {
          b = sub_span(m, 1, &again);
        }
      } else if (m->sub[0]->row->op == CH_WHEN_OP_WEEKDAY) {
        b = span(b.first + 7, b.last + 7);
      } else {
        ChWhenContext again = with_year(c, ch_day_year(b.last) + 1);
        b = sub_span(m, 1, &again);
      }
    }
    return a.ok && b.ok ? span(a.first, b.last) : nothing;
  }
  if (m->subs == 1 && m->slots.days) {
    ChWhenSpan only = sub_span(m, 0, c);
    if (!only.ok || only.first == CH_DAY_MIN)
      return nothing;
    int32_t y;
    uint32_t mo, d;
    /* the day stands before the inner date, or after it */
    bool before = m->day_item[0] < m->sub[0]->start;
    ch_day_parts(before ? only.first : only.last, &y, &mo, &d);
    uint32_t day = (uint32_t)m->slots.d[0];
    if (day > ch_month_days(y, mo))
      return nothing;
    return before ? span(ch_day(y, mo, day), only.last) : span(only.first, ch_day(y, mo, day));
  }
  return nothing;
}

static ChWhenSpan by_span(const ChWhenMatch *m, const ChWhenContext *c)
{
  ChWhenContext inner = *c;
  if (inner.tense != CH_WHEN_TENSE_PAST)
    inner.tense = CH_WHEN_TENSE_FUTURE;
  ChWhenSpan s = m->subs ? sub_span(m, 0, &inner) : unit_span(m->slots.u, m->slots.r == CH_WHEN_UNSET ? 0 : m->slots.r, &inner);
  if (!s.ok)
    return nothing;
  const ChWhenMatch *core = m->subs ? ch_when_core(m->sub[0]) : m;
  int32_t last = s.last;
  if (core->row->op == CH_WHEN_OP_EDGE && (core->slots.e == CH_WHEN_EDGE_MID) && s.last - s.first == 9)
    last = s.first + 4; /* "before the middle of June" ends on the 15th */
  if (c->known == CH_WHEN_KNOWN_DAY && last >= c->day)
    return span(c->day, last);
  return (ChWhenSpan){CH_DAY_MIN, last, true, 0};
}

static ChWhenSpan within_span(const ChWhenMatch *m, const ChWhenContext *c)
{
  const ChWhenSlots *s = &m->slots;
  if (c->known != CH_WHEN_KNOWN_DAY)
    return nothing;
  bool back = m->row->dir < 0;
  if (m->row->k == 1 && c->tense != CH_WHEN_TENSE_FUTURE)
    return nothing; /* "the first in 11 years" */
  if (s->n == CH_WHEN_UNSET)
    return back ? (ChWhenSpan){CH_DAY_MIN, c->day, true, 0} : (ChWhenSpan){c->day, CH_DAY_MAX, true, c->day};
  int32_t other = add_units(c->day, s->u, back ? -s->n : s->n);
  return back ? span(other, c->day) : span(c->day, other);
}

static ChWhenSpan inner_date(const ChWhenMatch *m, const ChWhenContext *c) { return m->subs ? sub_span(m, 0, c) : date_span(m, c); }

static ChWhenSpan in_year_span(const ChWhenMatch *m, const ChWhenContext *c)
{
  const ChWhenSlots *s = &m->slots;
  if (s->y[0]) {
    ChWhenContext inner = with_year(c, s->y[0]);
    return inner_date(m, &inner);
  }
  if (!c->known)
    return nothing;
  ChWhenContext inner = with_year(c, ch_day_year(c->day) + (s->r == CH_WHEN_UNSET ? 0 : s->r));
  /* "last March" said in July is this year's */
  if (s->u == CH_WHEN_UNIT_NONE && s->r != CH_WHEN_UNSET && s->r) {
    for (int32_t k = 0; k < 2; k++) {
      inner.year = ch_day_year(c->day) + (k ? s->r : 0);
      ChWhenSpan v = inner_date(m, &inner);
      if (v.ok && (s->r < 0 ? v.last < c->day : v.first > c->day))
        return v;
    }
  }
  return inner_date(m, &inner);
}

/* Counted from the last single day named before; "the same day" without one is the report's. */
static ChWhenSpan same_span(const ChWhenMatch *m, const ChWhenContext *c)
{
  int32_t n = m->slots.n == CH_WHEN_UNSET ? 0 : m->slots.n;
  if (c->previous == CH_DAY_MIN)
    return n == 0 && c->known == CH_WHEN_KNOWN_DAY ? span(c->day, c->day) : nothing;
  if (m->row->dir < 0)
    n = -n;
  int32_t u = m->slots.u;
  if (u == CH_WHEN_UNIT_NONE || u == CH_WHEN_UNIT_DAY)
    return span(c->previous + n, c->previous + n);
  ChWhenContext inner = *c;
  inner.day = c->previous;
  inner.known = CH_WHEN_KNOWN_DAY;
  return shift_span(u, n, &inner);
}

static ChWhenSpan since_span(const ChWhenMatch *m, const ChWhenContext *c)
{
  ChWhenContext inner = *c;
  if (inner.tense == CH_WHEN_TENSE_PRESENT)
    inner.tense = CH_WHEN_TENSE_PAST;
  ChWhenSpan s = sub_span(m, 0, &inner);
  return s.ok ? (ChWhenSpan){s.first, CH_DAY_MAX, true, s.last} : s;
}

static ChWhenSpan to_report(const ChWhenMatch *m, const ChWhenContext *c, bool later)
{
  ChWhenSpan s = m->subs ? sub_span(m, 0, c) : unit_span(m->slots.u, m->slots.r == CH_WHEN_UNSET ? 0 : m->slots.r, c);
  if (!s.ok || c->known != CH_WHEN_KNOWN_DAY)
    return s;
  if (later && s.last >= c->day)
    return span(s.first > c->day ? s.first : c->day, s.last);
  if (!later && s.first <= c->day)
    return span(s.first, s.last < c->day ? s.last : c->day);
  return s;
}

static ChWhenSpan edge_of(const ChWhenMatch *m, const ChWhenContext *c)
{
  ChWhenSpan inner;
  if (m->subs)
    inner = sub_span(m, 0, c);
  else if (m->slots.s)
    inner = season_span(m, c);
  else if (m->slots.m[0] || m->slots.y[0])
    inner = date_span(m, c);
  else
    inner = unit_span(m->slots.u, m->slots.r == CH_WHEN_UNSET ? 0 : m->slots.r, c);
  return m->slots.e ? edge_span(inner, m->slots.e) : inner;
}

/* The last time of a list; the stage makes a time of each day (when.c). */
static ChWhenSpan list_span(const ChWhenMatch *m, const ChWhenContext *c)
{
  if (m->subs)
    return sub_span(m, m->subs - 1, c);
  return date_span(m, c);
}

ChWhenSpan ch_when_resolve(const ChWhenMatch *m, const ChWhenContext *c)
{
  switch ((ChWhenOp)m->row->op) {
  case CH_WHEN_OP_DATE: return m->slots.s ? season_span(m, c) : date_span(m, c);
  case CH_WHEN_OP_WEEKDAY: return weekday_span(m, c);
  case CH_WHEN_OP_UNIT: return unit_span(m->slots.u, m->slots.r == CH_WHEN_UNSET ? 0 : m->slots.r, c);
  case CH_WHEN_OP_SHIFT: return shift_span(m->slots.u, m->slots.n == CH_WHEN_UNSET ? m->row->dir : m->slots.n * m->row->dir, c);
  case CH_WHEN_OP_EDGE: return edge_of(m, c);
  case CH_WHEN_OP_RANGE: return m->subs ? range_span(m, c) : date_span(m, c);
  case CH_WHEN_OP_LIST: return list_span(m, c);
  case CH_WHEN_OP_SINCE: return since_span(m, c);
  case CH_WHEN_OP_BY: return by_span(m, c);
  case CH_WHEN_OP_WITHIN: return within_span(m, c);
  case CH_WHEN_OP_LATER: return to_report(m, c, true);
  case CH_WHEN_OP_EARLIER: return to_report(m, c, false);
  case CH_WHEN_OP_INYEAR: return in_year_span(m, c);
  case CH_WHEN_OP_FIRST:
  case CH_WHEN_OP_STAMP: return sub_span(m, 0, c);
  case CH_WHEN_OP_EVENT: return m->row->dir && m->slots.u <= CH_WHEN_UNIT_WEEK && c->previous != CH_DAY_MIN ? same_span(m, c) : nothing;
  case CH_WHEN_OP_SAME: return same_span(m, c);
  case CH_WHEN_OP_ANNIVERSARY:
    return c->known && m->slots.n != CH_WHEN_UNSET && m->slots.n < 3000 ? year_span(ch_day_year(c->day) - m->slots.n) : nothing;
  case CH_WHEN_OP_PART: return part_span(m, c);
  default: return nothing;
  }
}

const ChWhenMatch *ch_when_core(const ChWhenMatch *m)
{
  while (m->subs && (m->row->op == CH_WHEN_OP_FIRST || m->row->op == CH_WHEN_OP_STAMP || m->row->op == CH_WHEN_OP_INYEAR))
    m = m->sub[0];
  return m;
}

bool ch_when_is_day(const ChWhenMatch *m)
{
  const ChWhenMatch *core = ch_when_core(m);
  return core->row->op == CH_WHEN_OP_DATE && core->slots.m[0] && core->slots.days == 1;
}

uint32_t ch_when_weekday_of(const ChWhenMatch *m)
{
  for (;; m = m->sub[0]) {
    if (m->slots.w)
      return (uint32_t)m->slots.w;
    if (!m->subs)
      return 0;
  }
}

ChTimeAnchor ch_when_anchor(const ChWhenMatch *m)
{
  switch ((ChWhenOp)m->row->op) {
  case CH_WHEN_OP_LIST:
  case CH_WHEN_OP_RANGE:
    if (m->subs)
      break;
    return m->slots.y[0] ? CH_TIME_FULL : CH_TIME_YEARLESS;
  case CH_WHEN_OP_DATE:
  case CH_WHEN_OP_PART: return m->slots.y[0] ? CH_TIME_FULL : CH_TIME_YEARLESS;
  case CH_WHEN_OP_WEEKDAY: return CH_TIME_WEEKDAY;
  case CH_WHEN_OP_EVENT:
  case CH_WHEN_OP_SAME: return CH_TIME_EVENT;
  case CH_WHEN_OP_NONE:
  case CH_WHEN_OP_PERIOD:
  case CH_WHEN_OP_CUE:
  case CH_WHEN_OP_CLOCK: return CH_TIME_PERIOD;
  case CH_WHEN_OP_ANNIVERSARY: return CH_TIME_ANNIVERSARY;
  case CH_WHEN_OP_INYEAR: return m->slots.y[0] ? CH_TIME_FULL : CH_TIME_RELATIVE;
  case CH_WHEN_OP_EDGE:
    if (m->slots.y[0])
      return CH_TIME_FULL;
    if (m->slots.m[0] || m->slots.s)
      return CH_TIME_YEARLESS;
    break;
  default: break;
  }
  return m->subs ? ch_when_anchor(m->sub[m->subs - 1]) : CH_TIME_RELATIVE; /* as deep as the levels */
}

bool ch_when_days_off(const ChWhenMatch *m, int32_t *days)
{
  const ChWhenSlots *s = &m->slots;
  if (s->u == CH_WHEN_UNIT_DAY) {
    *days = s->n != CH_WHEN_UNSET ? s->n : s->r != CH_WHEN_UNSET ? s->r : 0;
    return true;
  }
  for (uint32_t k = 0; k < m->subs; k++)
    if (ch_when_days_off(m->sub[k], days))
      return true;
  return false;
}

/* ---- text ---- */

static const char *unit_name(int32_t u)
{
  static const char *const names[] = {"", "hour", "day", "week", "month", "quarter", "half", "year", "decade", "century", "weekend"};
  return u > 0 && u < (int32_t)(sizeof names / sizeof *names) ? names[u] : "";
}

static ChSlice date_text(ChArena *a, const ChWhenSlots *s, int k)
{
  ChSlice y = s->y[0] ? ch_arena_printf(a, "%04d", s->y[k && s->y[1]]) : CH_LIT("XXXX");
  int m = k && s->m[1] ? s->m[1] : s->m[0];
  if (!m)
    return y;
  if (!s->days)
    return ch_arena_printf(a, "%.*s-%02d", CH_ARG(y), m);
  return ch_arena_printf(a, "%.*s-%02d-%02d", CH_ARG(y), m, s->d[k ? s->days - 1 : 0]);
}

ChSlice ch_when_unresolved(ChArena *a, const ChWhenMatch *m)
{
  static const char *const names[] = {"none", "date", "weekday", "unit", "shift", "edge", "range", "list", "since", "by", "within", "later",
                                      "earlier", "in-year", "first", "stamp", "event", "same", "period", "clock", "anniversary", "part", "cue"};
  const ChWhenSlots *s = &m->slots;
  ChSlice out = m->row->op == CH_WHEN_OP_FIRST ? CH_LIT("") : ch_arena_printf(a, "%s", names[m->row->op]);
  if (m->row->op == CH_WHEN_OP_DATE && !s->s)
    out = s->days > 1 || s->m[1] || s->y[1] ? ch_arena_printf(a, "%.*s/%.*s", CH_ARG(date_text(a, s, 0)), CH_ARG(date_text(a, s, 1)))
                                            : date_text(a, s, 0);
  else if (m->row->op == CH_WHEN_OP_WEEKDAY)
    out = s->r == CH_WHEN_UNSET ? ch_arena_printf(a, "W%d", s->w) : ch_arena_printf(a, "W%d%+d", s->w, s->r);
  else if (s->u)
    out = ch_arena_printf(a, "%.*s %s%+d", CH_ARG(out), unit_name(s->u), s->n != CH_WHEN_UNSET ? s->n : s->r != CH_WHEN_UNSET ? s->r : 0);
  else if (m->row->op == CH_WHEN_OP_ANNIVERSARY)
    out = ch_arena_printf(a, "anniversary %d", s->n);
  for (uint32_t k = 0; k < m->subs; k++)
    out = ch_arena_printf(a, "%.*s%s(%.*s)", CH_ARG(out), out.n ? " " : "", CH_ARG(ch_when_unresolved(a, m->sub[k])));
  return out;
}

static ChSlice day_text(ChArena *a, int32_t day)
{
  char out[11];
  if (day == CH_DAY_MIN || day == CH_DAY_MAX)
    return CH_LIT("..");
  ch_day_format(day, out);
  return ch_arena_copy(a, ch_slice(out, 10));
}

/* A day, month or year where the span is exactly one; n = 0 where it is not. */
static ChSlice whole(ChArena *a, int32_t first, int32_t last)
{
  int32_t y, after_y;
  uint32_t m, d, after_m, after_d;
  ch_day_parts(first, &y, &m, &d);
  ch_day_parts(last + 1, &after_y, &after_m, &after_d);
  ChSlice from = day_text(a, first);
  if (first == last)
    return from;
  if (d != 1 || after_d != 1)
    return CH_LIT("");
  if (m == 1 && after_m == 1 && after_y == y + 1)
    return ch_slice(from.p, 4);
  return (after_y - y) * 12 + (int32_t)after_m - (int32_t)m == 1 ? ch_slice(from.p, 7) : CH_LIT("");
}

ChSlice ch_when_edtf(ChArena *a, ChWhenSpan s)
{
  if (!s.ok || (s.first == CH_DAY_MIN && s.last == CH_DAY_MAX))
    return CH_LIT("");
  ChSlice from = day_text(a, s.first), to = day_text(a, s.last);
  if (s.last == CH_DAY_MAX) {
    ChSlice grain = s.start > s.first ? whole(a, s.first, s.start) : CH_LIT("");
    return ch_arena_printf(a, "%.*s/..", CH_ARG(grain.n ? grain : from));
  }
  if (s.first == CH_DAY_MIN)
    return ch_arena_printf(a, "../%.*s", CH_ARG(to));
  ChSlice one = whole(a, s.first, s.last);
  if (one.n)
    return one;
  int32_t y, after_y;
  uint32_t m, d, after_m, after_d;
  ch_day_parts(s.first, &y, &m, &d);
  ch_day_parts(s.last + 1, &after_y, &after_m, &after_d);
  if (d == 1 && after_d == 1) /* whole months or years */
    return m == 1 && after_m == 1 ? ch_arena_printf(a, "%.4s/%.4s", from.p, to.p) : ch_arena_printf(a, "%.7s/%.7s", from.p, to.p);
  return ch_arena_printf(a, "%.*s/%.*s", CH_ARG(from), CH_ARG(to));
}
