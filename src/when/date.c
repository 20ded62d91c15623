#include "when/date.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "when/series.h"
#include "world/world.h"

enum {
  YEAR_FIRST = 1985, /* years tried where the text names none */
  YEAR_LAST = 2040,
  CANDIDATES = 4000,
  WEEKDAYS = 6,      /* weekdays alone that count */
  TIMES = 48,        /* times of the body that count, from the top */
  PERSONS = 48,
  KEPT = 6,          /* candidates kept for --explain */
  LEAD = 3,          /* sentences of the body that make the lead */
  OLD = 1991,        /* reports of this year and before are rare */
  NEARLY = 15,       /* days after the end of a term that still pass; five times as many before its start */
  CLOSE = 31,        /* days from a date of the text within which a weekday ties the report to a day */
};

/* Support, in points. Stated dates outweigh everything; a dateline's day outweighs what is worked out. */
#define STATED 12.0f
#define DATELINE_DAY 6.0f
#define PAIR_FITS 2.0f
#define PAIR_FAILS 3.0f
#define LEAD_TODAY 1.6f
#define IN_OFFICE 1.2f
#define NOT_IN_OFFICE 2.0f
#define RECALL 0.65f /* share of the weight that soft sources get */
#define AGAINST_TENSE 3.0f
#define INSTANCE 1.5f
#define RELATIONS 1.5f
#define NEXT_YEAR 0.6f
#define ODD_YEAR 0.5f
#define FAR_AHEAD 1.5f
#define YEAR_MARGIN 0.35f
#define YEAR_MARGIN_LINE 0.05f /* where a dateline gives day and month */

typedef struct Candidate {
  int32_t day;
  float score;
} Candidate;

typedef struct Dating {
  ChReport *r;
  const ChWhenFinds *finds;
  ChWorld w;
  uint32_t lead;        /* sentences below it are the lead */
  ChWhenInstances instances;
  int32_t relations;    /* year since which the report's two main states have relations, 0 = unknown */
  bool relations_exact; /* else not before it */
  bool line;            /* a dateline gives day and month */
  int32_t horizon;      /* the latest start of a tenure in the world's tables, and a year */
  CH_VEC(Candidate) list;
  CH_VEC(uint32_t) persons; /* entities */
} Dating;

/* Reasons are written only for the candidates that are kept. */
typedef struct Reasons {
  ChArena *a;
  ChSlice text;
} Reasons;

static void __attribute__((format(printf, 3, 4))) because(Reasons *why, float points, const char *fmt, ...)
{
  if (!why)
    return;
  char buf[160];
  va_list ap;
  va_start(ap, fmt);
  vsnprintf(buf, sizeof buf, fmt, ap);
  va_end(ap);
  why->text = ch_arena_printf(why->a, "%.*s%s%s (%+.1f)", CH_ARG(why->text), why->text.n ? "; " : "", buf, (double)points);
}

static const char *weekday_name(uint32_t w)
{
  static const char *const names[] = {"?", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
  return names[w <= 7 ? w : 0];
}

static ChWhenContext context_of(int32_t day, uint8_t tense)
{
  return (ChWhenContext){.day = day, .known = CH_WHEN_KNOWN_DAY, .tense = tense, .previous = CH_DAY_MIN};
}

static ChWhenContext context_for(int32_t day, const ChWhenFound *f)
{
  ChWhenContext c = context_of(day, f->tense);
  c.near = f->near;
  return c;
}

/* Is it a date of day, month or year (not relative to the report)? */
static bool is_absolute(const ChWhenMatch *m)
{
  ChTimeAnchor a = ch_when_anchor(m);
  return (a == CH_TIME_FULL || a == CH_TIME_YEARLESS) && m->row->op != CH_WHEN_OP_PART;
}

static ChSlice text_of(const ChReport *r, const ChWhenMatch *m)
{
  return ch_report_slice(r, ch_report_tokens_span(r, m->token, m->tokens));
}

/* ---- support ---- */

static float score_dateline(const Dating *d, const ChWhenFound *f, int32_t day, Reasons *why)
{
  ChWhenContext c = context_of(day, CH_WHEN_TENSE_NONE);
  ChWhenSpan s = ch_when_resolve(f->match, &c);
  bool full = ch_when_anchor(f->match) == CH_TIME_FULL;
  float points = 0;
  if (s.ok && s.first == day) {
    points = full ? STATED : DATELINE_DAY;
    because(why, points, full ? "stated as \"%.*s\"" : "dateline \"%.*s\"", CH_ARG(text_of(d->r, f->match)));
  }
  uint32_t w = ch_when_weekday_of(f->match);
  if (w && s.ok && s.first == day) {
    float fits = ch_day_weekday(day) == w ? PAIR_FITS : -PAIR_FAILS;
    because(why, fits, "%s %s the dateline", weekday_name(w), fits > 0 ? "fits" : "contradicts");
    points += fits;
  }
  return points;
}

/* "on Thursday, June 8". */
static float score_pair(const Dating *d, const ChWhenFound *f, int32_t day, Reasons *why)
{
  uint32_t w = ch_when_weekday_of(f->match);
  if (!w || !ch_when_is_day(f->match) || ch_when_anchor(f->match) == CH_TIME_FULL)
    return 0;
  ChWhenContext c = context_for(day, f);
  ChWhenSpan s = ch_when_resolve(f->match, &c);
  if (!s.ok)
    return 0;
  float points = ch_day_weekday(s.first) == w ? PAIR_FITS : -PAIR_FAILS;
  because(why, points, "\"%.*s\" is %s in %d", CH_ARG(text_of(d->r, f->match)), points > 0 ? "right" : "wrong", ch_day_year(s.first));
  return points;
}

/* A weekday alone: log-likelihood that a report of this weekday speaks so of the other, by the clause's direction; estimated by hand from
 * the habits of agencies, where the past is mostly today's or yesterday's and the future within days. */
static float weekday_points(uint8_t tense, uint32_t ahead)
{
  static const float past[] = {1.4f, -1.0f, -1.0f, -0.9f, -0.8f, -0.3f, 0.4f};
  static const float future[] = {0.9f, 0.5f, 0.1f, -0.2f, -0.5f, -0.6f, -0.9f};
  static const float open[] = {1.0f, 0.1f, -0.4f, -0.5f, -0.5f, -0.3f, 0.1f};
  return tense == CH_WHEN_TENSE_PAST ? past[ahead] : tense == CH_WHEN_TENSE_FUTURE ? future[ahead] : open[ahead];
}

static float score_weekday(const Dating *d, const ChWhenFound *f, int32_t day, uint32_t *seen, Reasons *why)
{
  const ChWhenMatch *core = ch_when_core(f->match);
  if (core->row->op != CH_WHEN_OP_WEEKDAY || core->slots.r != CH_WHEN_UNSET || *seen >= WEEKDAYS)
    return 0;
  uint32_t w = (uint32_t)core->slots.w, today = ch_day_weekday(day);
  float points = weekday_points(f->tense, (w + 7 - today) % 7) * (f->sentence < d->lead && *seen == 0 && f->tense != CH_WHEN_TENSE_NONE ? 1.0f : 0.4f);
  ++*seen;
  because(why, points, "\"%.*s\" on a %s", CH_ARG(text_of(d->r, f->match)), weekday_name(today));
  return points;
}

/* What the lead dates as done by day and month is mostly the news itself. */
static float score_lead(const Dating *d, const ChWhenFound *f, int32_t day, Reasons *why)
{
  if (f->sentence >= d->lead || f->tense != CH_WHEN_TENSE_PAST || !ch_when_is_day(f->match))
    return 0;
  ChWhenContext c = context_for(day, f);
  ChWhenSpan s = ch_when_resolve(f->match, &c);
  float points = !s.ok ? 0 : s.first == day ? LEAD_TODAY : s.first == day - 1 ? 0.4f : 0;
  if (points > 0)
    because(why, points, "\"%.*s\" is the news", CH_ARG(text_of(d->r, f->match)));
  return points;
}

/* A date of the text: not against its clause's tense, and the nearer the better; what is past counts more than what is to come. */
static float score_time(const Dating *d, const ChWhenFound *f, int32_t day, Reasons *why)
{
  if (!is_absolute(f->match))
    return 0;
  ChWhenContext c = context_for(day, f);
  ChWhenSpan s = ch_when_resolve(f->match, &c);
  if (!s.ok || s.first == CH_DAY_MIN || (s.last == CH_DAY_MAX && s.first <= day))
    return 0;
  if (s.last == CH_DAY_MAX)
    s.last = s.first;
  bool full = ch_when_anchor(f->match) == CH_TIME_FULL;
  int32_t ahead = s.first - day, behind = day - s.last;
  if (ahead <= 0 && behind <= 0) {
    if (f->sentence < d->lead && (s.first == s.last || f->tense == CH_WHEN_TENSE_PRESENT))
      return f->tense == CH_WHEN_TENSE_FUTURE ? 0 : 0.2f;
    /* a part of a month that is past and done is not called so while it lasts */
    return f->tense == CH_WHEN_TENSE_PAST && f->match->row->op == CH_WHEN_OP_EDGE ? -0.8f : 0;
  }
  if ((ahead > 0 && f->tense == CH_WHEN_TENSE_PAST) || (behind > 0 && f->tense == CH_WHEN_TENSE_FUTURE)) {
    float points = full ? -AGAINST_TENSE : f->near ? -1.5f : -0.6f;
    because(why, points, "\"%.*s\" would be %s", CH_ARG(text_of(d->r, f->match)), ahead > 0 ? "still to come" : "past");
    return points;
  }
  if (full && ahead > 366 && f->tense != CH_WHEN_TENSE_FUTURE) {
    because(why, -FAR_AHEAD, "\"%.*s\" would be far ahead", CH_ARG(text_of(d->r, f->match)));
    return -FAR_AHEAD;
  }
  if (full && behind > 0) { /* the rest in score_latest */
    bool odd = ch_when_core(f->match)->slots.m[0] && behind < (ch_day_year(s.last) == ch_day_year(day) ? 60 : 270);
    if (odd)
      because(why, -ODD_YEAR, "\"%.*s\" names a year that goes without saying", CH_ARG(text_of(d->r, f->match)));
    return odd ? -ODD_YEAR : 0;
  }
  return ahead > 0 ? -0.05f * log2f(1 + (float)ahead) : -0.10f * log2f(1 + (float)behind);
}

/* The nearer after the latest date that the text gives in full and has behind it, the better. */
static float score_latest(const Dating *d, int32_t day, Reasons *why)
{
  int32_t latest = CH_DAY_MIN;
  size_t n = d->finds->list.n < 4 * TIMES ? d->finds->list.n : 4 * TIMES;
  for (size_t i = 0; i < n; i++) {
    const ChWhenFound *f = &d->finds->list.at[i];
    if (f->dateline || !is_absolute(f->match) || ch_when_anchor(f->match) != CH_TIME_FULL)
      continue;
    ChWhenContext c = context_for(day, f);
    ChWhenSpan s = ch_when_resolve(f->match, &c);
    int32_t end = s.last == CH_DAY_MAX ? s.first : s.last;
    if (s.ok && f->tense != CH_WHEN_TENSE_FUTURE && end != CH_DAY_MIN && end < day && end > latest)
      latest = end;
  }
  if (latest == CH_DAY_MIN)
    return 0;
  float points = -0.25f * log2f(1 + (float)(day - latest) / 30);
  because(why, points, "%d days after the latest full date of the text", day - latest);
  return points;
}

/* Did the person hold the post that the report gives? */
static float score_person(const Dating *d, const ChEntity *e, int32_t day, Reasons *why)
{
  const ChPerson *p = &d->w.persons[e->world];
  bool any = false, in = false, recall = true, soon = false;
  int32_t gap = INT32_MAX;
  for (uint32_t i = p->tenure; i < p->tenure + p->tenures && !in; i++) {
    const ChTenure *t = &d->w.tenures[i];
    if (d->w.posts[t->post].id != e->post_id)
      continue;
    any = true;
    in = (t->from == CH_DAY_MIN || t->from <= day) && (t->to == CH_DAY_MAX || day <= t->to);
    recall = ch_world_recalled(&d->w, t->source);
    /* the elected and the named are called so before they take office */
    int32_t before = t->from != CH_DAY_MIN && day < t->from ? (t->from - day) / 5 : 0, after = t->to != CH_DAY_MAX && day > t->to ? day - t->to : 0;
    if (before + after < gap) {
      gap = before + after;
      soon = before > 0 && d->w.posts[t->post].rank == 1;
    }
  }
  if (!any)
    return 0;
  float points = in ? IN_OFFICE : gap > NEARLY ? -NOT_IN_OFFICE : soon ? 0.8f * IN_OFFICE : -0.2f * NOT_IN_OFFICE;
  points *= recall ? RECALL : 1;
  because(why, points, "%.*s %sin office%s", CH_ARG(e->name), in ? "" : "not ", recall ? " (from memory)" : "");
  return points;
}

static float score_instance(const ChWhenInstance *i, int32_t day, Reasons *why, const Dating *d)
{
  float points;
  if (i->numbered && i->tense == CH_WHEN_TENSE_PAST)
    points = day < i->from ? -INSTANCE : day <= i->to ? INSTANCE : day <= i->to + 200 ? 0.5f * INSTANCE : 0;
  else if (i->tense == CH_WHEN_TENSE_FUTURE)
    points = day > i->to ? -INSTANCE : day >= i->from - 400 ? INSTANCE : 0;
  else
    points = day >= i->from - 400 && day <= i->to + 400 ? INSTANCE : i->numbered ? -0.5f * INSTANCE : 0;
  if (i->recall)
    points *= RECALL;
  if (points != 0)
    because(why, points, "%s %.*s", points > 0 ? "fits" : "does not fit", CH_ARG(ch_world_text(&d->w, i->name)));
  return points;
}

/* "the 20th anniversary of diplomatic relations": begun in a year that fits the report's states. */
static float score_anniversary(const Dating *d, const ChWhenFound *f, int32_t day, Reasons *why)
{
  if (f->match->row->op != CH_WHEN_OP_ANNIVERSARY || f->match->row->k != 1 || !d->relations || f->match->slots.n == CH_WHEN_UNSET)
    return 0;
  int32_t origin = ch_day_year(day) - f->match->slots.n;
  float points = d->relations_exact ? (origin == d->relations ? RELATIONS : -RELATIONS)
                 : origin < d->relations ? -RELATIONS : origin <= d->relations + 2 ? 0.5f * RELATIONS : 0;
  points *= RECALL;
  if (points != 0)
    because(why, points, "relations of %d, the states have them %s %d", origin, d->relations_exact ? "since" : "not before", d->relations);
  return points;
}

/* "next year" beside the year itself. */
static float score_next_year(const Dating *d, const ChWhenFound *f, int32_t day, Reasons *why)
{
  const ChWhenMatch *core = ch_when_core(f->match);
  if (core->row->op != CH_WHEN_OP_UNIT || core->slots.u != CH_WHEN_UNIT_YEAR || core->slots.r == CH_WHEN_UNSET || core->slots.r == 0)
    return 0;
  int32_t y = ch_day_year(day) + core->slots.r;
  for (size_t i = 0; i < d->finds->list.n && i < TIMES; i++) {
    const ChWhenMatch *m = ch_when_core(d->finds->list.at[i].match);
    if (m->row->op == CH_WHEN_OP_DATE && m->slots.y[0] == y) {
      because(why, NEXT_YEAR, "\"%.*s\" is %d", CH_ARG(text_of(d->r, f->match)), y);
      return NEXT_YEAR;
    }
  }
  return 0;
}

/* What the world's tables do not reach is unlikely to be reported. */
static float score_horizon(const Dating *d, int32_t day, Reasons *why)
{
  if (d->horizon == CH_DAY_MIN || (day <= d->horizon && ch_day_year(day) > OLD))
    return 0;
  float points = day > d->horizon ? -2.0f : -1.0f;
  because(why, points, day > d->horizon ? "later than anything known" : "older than most reports");
  return points;
}

/* What the world says, apart from the dates of the text. */
static float score_world(const Dating *d, int32_t day, Reasons *why)
{
  float sum = score_horizon(d, day, why);
  for (size_t i = 0; i < d->persons.n; i++)
    sum += score_person(d, &d->r->entities.at[d->persons.at[i]], day, why);
  for (uint32_t i = 0; i < d->instances.n; i++)
    sum += score_instance(&d->instances.at[i], day, why, d);
  return sum + score_latest(d, day, why);
}

static float score_day(const Dating *d, int32_t day, Reasons *why)
{
  float sum = 0;
  uint32_t weekdays = 0;
  size_t n = d->finds->list.n, body = 0;
  for (size_t i = 0; i < n && body < TIMES; i++) {
    const ChWhenFound *f = &d->finds->list.at[i];
    if (f->dateline) {
      sum += score_dateline(d, f, day, why);
      continue;
    }
    body++;
    sum += score_pair(d, f, day, why) + score_weekday(d, f, day, &weekdays, why) + score_lead(d, f, day, why) +
           score_time(d, f, day, why) + score_anniversary(d, f, day, why) + score_next_year(d, f, day, why);
  }
  return sum + score_world(d, day, why);
}

/* ---- candidates ---- */

static int by_day(const void *a, const void *b)
{
  const Candidate *x = a, *y = b;
  return x->day < y->day ? -1 : x->day > y->day;
}

/* Best first; of equals the earlier day. */
static int by_score(const void *a, const void *b)
{
  const Candidate *x = a, *y = b;
  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return by_day(a, b);
}

static void add_candidate(Dating *d, int32_t day)
{
  if (d->list.n < CANDIDATES)
    *CH_PUSH(d->r->arena, &d->list) = (Candidate){.day = day};
}

static void add_around(Dating *d, const ChWhenFound *f, int32_t year, int32_t before, int32_t after)
{
  ChWhenContext c = context_of(ch_day(year, 7, 1), CH_WHEN_TENSE_NONE);
  c.year = ch_when_anchor(f->match) == CH_TIME_FULL ? 0 : year;
  ChWhenSpan s = ch_when_resolve(f->match, &c);
  if (!s.ok || s.first == CH_DAY_MIN || s.last == CH_DAY_MAX || s.last - s.first > 62)
    return;
  for (int32_t day = s.first - before; day <= s.last + after; day++)
    add_candidate(d, day);
}

/* Years in which the persons and series of the report fit best: all where nothing tells. */
static uint32_t likely_years(Dating *d, int32_t years[YEAR_LAST - YEAR_FIRST + 1], uint32_t most)
{
  Candidate all[YEAR_LAST - YEAR_FIRST + 1];
  uint32_t n = 0;
  for (int32_t y = YEAR_FIRST; y <= YEAR_LAST; y++)
    all[n++] = (Candidate){.day = y, .score = score_world(d, ch_day(y, 7, 1), NULL)};
  qsort(all, n, sizeof *all, by_score);
  for (uint32_t i = 0; i < n && i < most; i++)
    years[i] = all[i].day;
  return n < most ? n : most;
}

static void make_candidates(Dating *d)
{
  const ChWhenFinds *finds = d->finds;
  bool stated = false, line = false; /* full dates, any dates in datelines */
  for (size_t i = 0; i < finds->list.n; i++) {
    const ChWhenFound *f = &finds->list.at[i];
    stated = stated || (f->dateline && ch_when_anchor(f->match) == CH_TIME_FULL);
    line = line || f->dateline;
  }
  d->line = line;
  int32_t years[YEAR_LAST - YEAR_FIRST + 1];
  uint32_t n_years = stated || line ? 0 : likely_years(d, years, 18);
  for (size_t i = 0, body = 0; i < finds->list.n && body < 12; i++) {
    const ChWhenFound *f = &finds->list.at[i];
    bool full = ch_when_anchor(f->match) == CH_TIME_FULL;
    if (!is_absolute(f->match) || (!full && ch_when_anchor(f->match) != CH_TIME_YEARLESS))
      continue;
    if (stated || line) {
      if (!f->dateline || (stated && !full))
        continue;
      for (int32_t y = full ? YEAR_LAST : YEAR_FIRST; y <= YEAR_LAST; y++)
        add_around(d, f, y, 0, 0);
      continue;
    }
    body++;
    for (uint32_t k = 0; k < (full ? 1 : n_years); k++)
      add_around(d, f, full ? YEAR_LAST : years[k], 10, 16);
  }
  if (d->list.n)
    qsort(d->list.at, d->list.n, sizeof *d->list.at, by_day);
  size_t n = 0;
  for (size_t i = 0; i < d->list.n; i++)
    if (i == 0 || d->list.at[i].day != d->list.at[n - 1].day)
      d->list.at[n++] = d->list.at[i];
  d->list.n = n;
}

/* ---- the choice ---- */

static void keep(Dating *d, int32_t day, float score)
{
  Reasons why = {d->r->arena, {NULL, 0}};
  score_day(d, day, &why);
  char text[11];
  ch_day_format(day, text);
  ChDateGuess *g = CH_PUSH(d->r->arena, &d->r->dates);
  g->day = ch_arena_copy(d->r->arena, ch_slice(text, 10));
  g->score = score;
  g->reasons = why.text.n ? why.text : CH_LIT("nearest to the dates of the text");
}

/* Does the text tie the report to this very day, short of stating it? */
static bool has_tie(const Dating *d, int32_t day)
{
  bool weekday = false, close = false, first = true;
  for (size_t i = 0; i < d->finds->list.n; i++) {
    const ChWhenFound *f = &d->finds->list.at[i];
    ChWhenContext c = context_for(day, f);
    ChWhenSpan s = ch_when_resolve(f->match, &c);
    if (f->dateline && s.ok && s.first == day)
      return true;
    if (ch_when_is_day(f->match) && f->sentence < d->lead && s.ok && s.first == day &&
        (f->tense == CH_WHEN_TENSE_PAST || f->tense == CH_WHEN_TENSE_PRESENT))
      return true;
    const ChWhenMatch *core = ch_when_core(f->match);
    if (core->row->op == CH_WHEN_OP_WEEKDAY && f->sentence < d->lead + 2 && first) {
      weekday = ch_day_weekday(day) == (uint32_t)core->slots.w;
      first = false;
    }
    if (is_absolute(f->match) && s.ok && s.first != CH_DAY_MIN && s.last != CH_DAY_MAX && s.first - day <= CLOSE && day - s.last <= CLOSE)
      close = true;
  }
  return weekday && close;
}

/* By how much the best day's year beats the others. */
static float year_margin(const Dating *d)
{
  int32_t y = ch_day_year(d->list.at[0].day);
  for (size_t i = 1; i < d->list.n; i++)
    if (ch_day_year(d->list.at[i].day) != y)
      return d->list.at[0].score - d->list.at[i].score;
  return INFINITY;
}

static bool is_stated(const Dating *d, int32_t day)
{
  for (size_t i = 0; i < d->finds->list.n; i++) {
    const ChWhenFound *f = &d->finds->list.at[i];
    ChWhenContext c = context_of(day, CH_WHEN_TENSE_NONE);
    if (f->dateline && ch_when_anchor(f->match) == CH_TIME_FULL && ch_when_resolve(f->match, &c).first == day)
      return true;
  }
  return false;
}

static ChWhenContext choose(Dating *d)
{
  ChWhenContext c = {.known = CH_WHEN_KNOWN_NOTHING, .previous = CH_DAY_MIN};
  ChReport *r = d->r;
  make_candidates(d);
  if (!d->list.n)
    return c;
  for (size_t i = 0; i < d->list.n; i++)
    d->list.at[i].score = score_day(d, d->list.at[i].day, NULL);
  qsort(d->list.at, d->list.n, sizeof *d->list.at, by_score);
  for (size_t i = 0; i < d->list.n && i < KEPT; i++)
    keep(d, d->list.at[i].day, d->list.at[i].score);
  c.day = d->list.at[0].day;
  r->published_stated = is_stated(d, c.day);
  bool year = r->published_stated || year_margin(d) >= (d->line ? YEAR_MARGIN_LINE : YEAR_MARGIN);
  c.known = year ? CH_WHEN_KNOWN_YEAR : CH_WHEN_KNOWN_NOTHING;
  if (year && (r->published_stated || has_tie(d, c.day))) {
    c.known = CH_WHEN_KNOWN_DAY;
    r->published = r->dates.at[0].day;
  }
  return c;
}

/* ---- what is known ---- */

static void collect(Dating *d, const ChWhenMarks *marks)
{
  ChReport *r = d->r;
  for (uint32_t i = 0; i < r->entities.n && d->persons.n < PERSONS; i++) {
    const ChEntity *e = &r->entities.at[i];
    if (e->type == CH_ENTITY_PERSON && e->known && e->world < d->w.n_persons && e->post_id != CH_NO_WORD)
      *CH_PUSH(r->arena, &d->persons) = i;
  }
  /* the two states most spoken of */
  uint32_t best[2] = {CH_NONE, CH_NONE};
  for (uint32_t i = 0; i < r->entities.n; i++) {
    const ChEntity *e = &r->entities.at[i];
    if (e->type != CH_ENTITY_STATE || e->world >= d->w.n_states)
      continue;
    if (best[0] == CH_NONE || e->mentions > r->entities.at[best[0]].mentions) {
      best[1] = best[0];
      best[0] = i;
    } else if (best[1] == CH_NONE || e->mentions > r->entities.at[best[1]].mentions) {
      best[1] = i;
    }
  }
  if (best[1] != CH_NONE) {
    ChWord first = d->w.states[r->entities.at[best[0]].world].id, second = d->w.states[r->entities.at[best[1]].world].id;
    d->relations = ch_when_relations(r->pack, first, second, &d->relations_exact);
  }
  d->horizon = CH_DAY_MIN;
  for (size_t i = 0; i < d->w.n_tenures; i++)
    if (d->w.tenures[i].from > d->horizon && d->w.tenures[i].from != CH_DAY_MAX)
      d->horizon = d->w.tenures[i].from;
  if (d->horizon != CH_DAY_MIN)
    d->horizon += 365;
  uint32_t titles = 0, lead = 0;
  for (uint32_t i = 0; i < r->sentences.n && lead < LEAD; i++) {
    uint8_t role = r->paragraphs.at[r->sentences.at[i].paragraph].role;
    if (role == CH_TEXT_BODY && r->sentences.at[i].tokens > 6)
      lead++;
    else
      titles++;
  }
  d->lead = titles + lead;
  ch_when_find_instances(r, &d->w, marks, &d->instances);
}

ChWhenContext ch_when_date_report(ChReport *r, const ChWhenFinds *finds, const ChWhenMarks *marks)
{
  Dating d = {.r = r, .finds = finds, .w = ch_world_of(r->pack)};
  r->published = CH_LIT("");
  r->published_stated = false;
  int32_t first, last;
  if (r->meta.published.n >= 10 && ch_day_span(ch_slice(r->meta.published.p, 10), &first, &last) && first == last) {
    ChDateGuess *g = CH_PUSH(r->arena, &r->dates);
    *g = (ChDateGuess){ch_slice(r->meta.published.p, 10), STATED, CH_LIT("given with the report")};
    r->published = g->day;
    r->published_stated = true;
    return context_of(first, CH_WHEN_TENSE_NONE);
  }
  collect(&d, marks);
  ChWhenContext c = choose(&d);
  if (c.known != CH_WHEN_KNOWN_DAY)
    ch_report_diag(r, CH_LEVEL_NOTE, CH_FAULT_NO_DATE, (ChSpan){0, 0});
  return c;
}
