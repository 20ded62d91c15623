/* Could two mentions be one happening, and how much speaks for it? The weights are data/record/weights.tsv. */
#include <math.h>

#include "record/correct.h"
#include "record/inner.h"

enum { TEN = 10, MONTH = 31, MONTHS = 62, QUARTER = 92, YEAR = 366 };

static double weight(const ChRecordRules *r, ChWeight w) { return r->t.weights[w]; }

/* What has a number in its series may move anywhere. */
static double softer(double minus, bool numbered) { return numbered ? minus / 3 : minus; }

/* ---- places ---- */

static bool lies_in(const ChWorld *w, uint32_t inner, uint32_t outer)
{
  for (int depth = 0; depth < 4 && inner != CH_NONE; depth++, inner = w->places[inner].in)
    if (inner == outer)
      return true;
  return false;
}

static ChPlaces relation(const ChWorld *w, const ChRecordPlace *a, const ChRecordPlace *b, int *narrow)
{
  if (ch_slice_eq(a->text, b->text) || (a->place != CH_NONE && a->place == b->place))
    return CH_PLACES_SAME;
  bool known_a = a->place != CH_NONE || a->state != CH_NONE, known_b = b->place != CH_NONE || b->state != CH_NONE;
  if (!known_a || !known_b)
    return CH_PLACES_UNSURE;
  if (a->place == CH_NONE || b->place == CH_NONE) { /* a state, and a place or another state */
    *narrow = a->place == CH_NONE ? 1 : -1;
    return a->state != b->state ? CH_PLACES_OTHER : a->place == b->place ? CH_PLACES_SAME : CH_PLACES_WITHIN;
  }
  if (lies_in(w, a->place, b->place) || lies_in(w, b->place, a->place)) {
    *narrow = lies_in(w, a->place, b->place) ? -1 : 1;
    return CH_PLACES_WITHIN;
  }
  return CH_PLACES_OTHER;
}

ChPlaces ch_record_places(const ChRecordRules *rules, const ChRecordMention *a, const ChRecordMention *b, int *narrow)
{
  ChPlaces best = CH_PLACES_UNKNOWN;
  int which = 0;
  for (uint32_t i = 0; i < a->n_places; i++)
    for (uint32_t k = 0; k < b->n_places; k++) {
      int one = 0;
      ChPlaces p = relation(&rules->world, &a->places[i], &b->places[k], &one);
      if (best == CH_PLACES_UNKNOWN || p < best) {
        best = p;
        which = one;
      }
    }
  if (best == CH_PLACES_SAME) /* a hotel in the city is narrower than the city */
    which = a->n_places < b->n_places ? 1 : a->n_places > b->n_places ? -1 : 0;
  if (narrow)
    *narrow = which;
  return best;
}

static double place_score(const ChRecordRules *r, const ChRecordMention *a, const ChRecordMention *b, bool numbered)
{
  bool settled = ch_mention_phase(a) == CH_PHASE_PAST && ch_mention_phase(b) == CH_PHASE_PAST;
  switch (ch_record_places(r, a, b, NULL)) {
  case CH_PLACES_SAME:
    return weight(r, a->places[0].place == CH_NONE && a->places[0].state != CH_NONE ? CH_WEIGHT_PLACE_STATE : CH_WEIGHT_PLACE);
  case CH_PLACES_WITHIN:
    return weight(r, CH_WEIGHT_PLACE_STATE);
  case CH_PLACES_OTHER:
    return settled && !numbered ? -INFINITY : softer(weight(r, CH_WEIGHT_PLACE_OTHER), numbered);
  default:
    return 0;
  }
}

/* ---- time ---- */

static int64_t days_of(const ChRecordMention *m) { return (int64_t)m->last - m->first + 1; }
static bool is_open(const ChRecordMention *m) { return m->first == CH_DAY_MIN || m->last == CH_DAY_MAX; }

/* Two spans that share a day. Of an open one only its first day tells something. */
static double overlap_score(const ChRecordRules *r, const ChRecordMention *a, const ChRecordMention *b)
{
  if (a->first == b->first && a->last == b->last)
    return weight(r, is_open(a) || days_of(a) > TEN ? CH_WEIGHT_SPAN : CH_WEIGHT_DAY);
  if (is_open(a) || is_open(b)) {
    bool left = a->first == CH_DAY_MIN || b->first == CH_DAY_MIN;
    int64_t apart = left ? (int64_t)a->last - b->last : (int64_t)a->first - b->first;
    apart = apart < 0 ? -apart : apart;
    return apart <= TEN ? weight(r, CH_WEIGHT_INSIDE_LONG) : 0;
  }
  int64_t longer = days_of(a) > days_of(b) ? days_of(a) : days_of(b);
  return longer <= TEN      ? weight(r, CH_WEIGHT_INSIDE)
         : longer <= MONTH ? weight(r, CH_WEIGHT_INSIDE_MONTH)
                           : weight(r, CH_WEIGHT_INSIDE_LONG) * (longer > QUARTER ? 0.5 : 1);
}

/* Two that exclude each other by `gap` days. */
static double gap_score(const ChRecordRules *r, const ChRecordMention *a, const ChRecordMention *b, int64_t gap, bool numbered)
{
  if (gap <= 1)
    return weight(r, CH_WEIGHT_BESIDE);
  if (ch_mention_phase(a) == CH_PHASE_PAST && ch_mention_phase(b) == CH_PHASE_PAST)
    return gap <= 3 || numbered ? softer(weight(r, CH_WEIGHT_APART), numbered) : -INFINITY;
  if (gap <= 3)
    return softer(weight(r, CH_WEIGHT_MOVED), numbered);
  if (gap <= MONTHS || numbered)
    return softer(weight(r, CH_WEIGHT_MOVED_FAR), numbered);
  return gap <= YEAR ? weight(r, CH_WEIGHT_MOVED_YEARS) : -INFINITY;
}

/* One has a time; the other is near its own report. */
static double undated_score(const ChRecordRules *r, const ChRecordMention *dated, const ChRecordMention *other)
{
  if (other->published_day == CH_DAY_MIN)
    return 0;
  int64_t gap;
  if (ch_mention_phase(other) == CH_PHASE_PAST) {
    if (dated->first != CH_DAY_MIN && dated->first > other->published_day)
      return -INFINITY;
    gap = dated->last == CH_DAY_MAX ? 0 : (int64_t)other->published_day - dated->last;
  } else {
    if (dated->last != CH_DAY_MAX && dated->last < other->published_day - 1)
      return ch_mention_phase(other) == CH_PHASE_OFF ? 0 : -INFINITY;
    gap = dated->first == CH_DAY_MIN ? 0 : (int64_t)dated->first - other->published_day;
  }
  return gap <= QUARTER ? weight(r, CH_WEIGHT_UNDATED) : gap <= YEAR ? 0 : weight(r, CH_WEIGHT_UNDATED_FAR);
}

/* What one report tells as over, a later one cannot tell as still to come; nor is it what was planned for after, unless a number says so. */
static bool over_before(const ChRecordRules *r, const ChRecordMention *past, const ChRecordMention *coming, bool numbered)
{
  if (ch_mention_phase(past) != CH_PHASE_PAST || ch_mention_phase(coming) != CH_PHASE_COMING)
    return false;
  if (past->status->id != r->held || past->published_day == CH_DAY_MIN || coming->published_day == CH_DAY_MIN)
    return false;
  int32_t over = past->dated && past->last < past->published_day ? past->last : past->published_day;
  if (coming->published_day > over + 2)
    return true;
  return !numbered && coming->dated && coming->first != CH_DAY_MIN && coming->first > past->published_day + 1;
}

static double time_score(const ChRecordRules *r, const ChRecordMention *a, const ChRecordMention *b, bool numbered)
{
  if (over_before(r, a, b, numbered) || over_before(r, b, a, numbered))
    return -INFINITY;
  if (a->dated && b->dated) {
    if (a->first <= b->last && b->first <= a->last)
      return overlap_score(r, a, b);
    int64_t gap = a->first > b->last ? (int64_t)a->first - b->last : (int64_t)b->first - a->last;
    return gap_score(r, a, b, gap, numbered);
  }
  if (a->dated || b->dated)
    return a->dated ? undated_score(r, a, b) : undated_score(r, b, a);
  if (a->published_day == CH_DAY_MIN || b->published_day == CH_DAY_MIN)
    return 0;
  int64_t gap = (int64_t)a->published_day - b->published_day;
  gap = gap < 0 ? -gap : gap;
  return gap <= QUARTER ? weight(r, CH_WEIGHT_UNDATED) : gap <= YEAR ? 0 : weight(r, CH_WEIGHT_UNDATED_FAR);
}

/* ---- who ---- */

/* Each further one in both counts less. */
static double falling(double each, double fall, uint32_t n)
{
  double sum = 0;
  for (uint32_t i = 0; i < n && i < 8; i++, each *= fall)
    sum += each;
  return sum;
}

static double who_score(const ChRecordRules *r, const ChRecordMention *a, const ChRecordMention *b, bool numbered)
{
  if (!a->n_parties || !b->n_parties)
    return 0;
  int core = a->kind_word == b->kind_word && a->kind ? ch_party_core(a, b, a->kind->core, r->pack) : -1;
  if (core == 0)
    return -INFINITY;
  ChPartyTally t = ch_party_tally(a, b);
  double fall = weight(r, CH_WEIGHT_FALL);
  double sum = falling(weight(r, CH_WEIGHT_PERSON), fall, t.full[CH_PARTY_PERSON]) +
               falling(weight(r, CH_WEIGHT_STATE), fall, t.full[CH_PARTY_STATE]) +
               falling(weight(r, CH_WEIGHT_BODY), fall, t.full[CH_PARTY_BODY] + t.full[CH_PARTY_GROUP]) +
               falling(weight(r, CH_WEIGHT_STANDS), fall, t.stands);
  bool few = a->kind && b->kind && a->kind->few == CH_FEW_ALL && b->kind->few == CH_FEW_ALL && !numbered;
  if (few && t.left_a && t.left_b && a->n_parties <= 4 && b->n_parties <= 4)
    return -INFINITY;
  if (sum > 0 && !t.left_a && !t.left_b && a->n_parties > 1 && b->n_parties > 1)
    sum += weight(r, CH_WEIGHT_EVERYONE);
  if (sum > 0 && a->kind && b->kind && a->kind->few && b->kind->few && !numbered && a->n_parties <= 4 && b->n_parties <= 4)
    sum += weight(r, CH_WEIGHT_MISSING) * (t.left_a + t.left_b);
  if (sum > 0)
    return sum + (core > 0 ? weight(r, CH_WEIGHT_CORE) : 0);
  bool many = !few && !(a->kind && a->kind->core[0]);
  return weight(r, many ? CH_WEIGHT_STRANGERS_MANY : CH_WEIGHT_STRANGERS);
}

/* ---- what ---- */

static double kind_score(const ChRecordRules *r, const ChRecordMention *a, const ChRecordMention *b)
{
  if (ch_slice_eq(a->kind_text, b->kind_text))
    return weight(r, CH_WEIGHT_KIND);
  for (int i = 0; a->kind && b->kind && i < CH_KIND_NEAR; i++)
    if ((a->kind->near[i] && a->kind->near[i] == b->kind->id) || (b->kind->near[i] && b->kind->near[i] == a->kind->id))
      return weight(r, CH_WEIGHT_KIND_NEAR);
  return -INFINITY;
}

static bool same_series(const ChRecordMention *a, const ChRecordMention *b)
{
  return a->series.text.n && b->series.text.n && ch_record_name_like(&a->series, &b->series);
}

static double series_score(const ChRecordRules *r, const ChRecordMention *a, const ChRecordMention *b)
{
  bool same = same_series(a, b);
  double sum = same ? weight(r, CH_WEIGHT_SERIES) : a->series.text.n && b->series.text.n ? weight(r, CH_WEIGHT_SERIES_OTHER) : 0;
  if (!a->ordinal || !b->ordinal)
    return sum;
  if (a->ordinal != b->ordinal)
    return -INFINITY;
  return sum + weight(r, same ? CH_WEIGHT_NUMBER : CH_WEIGHT_NUMBER_ALONE);
}

static double words_score(const ChRecordRules *r, const ChRecordMention *a, const ChRecordMention *b)
{
  double sum = 0;
  uint32_t i = 0, k = 0, same = 0;
  if (a->actions && b->actions)
    sum += weight(r, a->actions & b->actions ? CH_WEIGHT_PAPER : CH_WEIGHT_PAPER_OTHER);
  if (!ch_slice_eq(a->lang, b->lang) || !a->words || !b->words)
    return sum;
  while (i < a->words && k < b->words) {
    if (a->word[i] == b->word[k])
      same++, i++, k++;
    else if (a->word[i] < b->word[k])
      i++;
    else
      k++;
  }
  return sum + weight(r, CH_WEIGHT_WORDS) * 2 * same / (a->words + b->words);
}

/* ---- all of it ---- */

static bool is_denied(const ChRecordRules *r, const ChRecordMention *m) { return m->status && m->status->id == r->denied; }

static double own_score(const ChRecordRules *r, const ChRecordMention *a, const ChRecordMention *b)
{
  bool numbered = a->ordinal && a->ordinal == b->ordinal && same_series(a, b);
  double sum = kind_score(r, a, b);
  if (isfinite(sum))
    sum += series_score(r, a, b);
  if (isfinite(sum))
    sum += time_score(r, a, b, numbered);
  if (isfinite(sum))
    sum += place_score(r, a, b, numbered);
  if (isfinite(sum))
    sum += who_score(r, a, b, numbered);
  if (is_denied(r, a) ? ch_mention_phase(b) == CH_PHASE_PAST : is_denied(r, b) && ch_mention_phase(a) == CH_PHASE_PAST)
    sum += weight(r, CH_WEIGHT_DENIED);
  return isfinite(sum) ? sum + words_score(r, a, b) : sum;
}

/* Is the one, which is no part itself, rather what the other is part of? */
static bool is_whole_of(const ChRecordRules *r, const ChRecordMention *whole, const ChRecordMention *part, double score)
{
  if (!part->whole || whole->whole)
    return false;
  double better = own_score(r, part->whole, whole);
  return better >= score && better >= weight(r, CH_WEIGHT_JOIN);
}

double ch_record_score(const ChRecordRules *r, const ChRecordMention *a, const ChRecordMention *b)
{
  if (ch_slice_eq(a->report, b->report))
    return -INFINITY;
  if (ch_record_mention_order(a, b) > 0) {
    const ChRecordMention *t = a;
    a = b;
    b = t;
  }
  double sum = own_score(r, a, b);
  if (isfinite(sum) && (is_whole_of(r, b, a, sum) || is_whole_of(r, a, b, sum)))
    return -INFINITY;
  if (isfinite(sum) && a->whole && b->whole) {
    double whole = own_score(r, a->whole, b->whole);
    if (whole >= weight(r, CH_WEIGHT_JOIN))
      sum += weight(r, CH_WEIGHT_WHOLE);
    else if (!isfinite(whole))
      sum += weight(r, CH_WEIGHT_WHOLE_OTHER);
  }
  return sum;
}

bool ch_record_linked(const ChRecordRules *r, const ChRecordMention *a, const ChRecordMention *b)
{
  return ch_record_said(a, b) > 0 || ch_record_score(r, a, b) >= weight(r, CH_WEIGHT_JOIN);
}
