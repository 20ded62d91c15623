/* The life of a happening: its status, time and place through the reports in order of publication, the best current value of each by
 * rules with names, and what contradicts. */
#include <stdlib.h>
#include <string.h>

#include "record/inner.h"

bool ch_record_inherited(const ChRecordMention *m)
{
  return m->whole && m->dated && ch_slice_eq(m->whole->time_text, m->time_text);
}

/* Is the span a year, months, a third or half of a month, or days that are counted from the report's? */
bool ch_record_vague(const ChRecordMention *m)
{
  int32_t y, y2;
  uint32_t mo, d, mo2, d2;
  if (m->first == CH_DAY_MIN || m->last == CH_DAY_MAX)
    return true;
  if (m->first == m->last)
    return false;
  ch_day_parts(m->first, &y, &mo, &d);
  ch_day_parts(m->last, &y2, &mo2, &d2);
  uint32_t end = ch_month_days(y2, mo2);
  if ((d == 1 && (d2 == end || d2 == 10 || d2 == 15)) || (d == 11 && d2 == 20) || (d == 16 && d2 == end) || (d == 21 && d2 == end))
    return true;
  return ch_mention_phase(m) == CH_PHASE_COMING && m->first == m->published_day && m->last - m->first > 3;
}

static json_t *text(ChSlice s) { return ch_record_text(s); }

static void say_why(json_t *why, const char *field, ChSlice value, const char *rule, const ChRecordMention *m)
{
  json_t *o = json_object();
  json_object_set_new(o, "field", json_string(field));
  json_object_set_new(o, "value", text(value));
  json_object_set_new(o, "rule", json_string(rule));
  json_object_set_new(o, "report", text(m->report));
  json_array_append_new(why, o);
}

/* ---- best values ---- */

/* Days that a report vouches for: named as such, neither taken from the whole nor, of what is under way, from the report's own date. */
static bool vouched(const ChRecordMention *m)
{
  bool own = m->status && m->status->open && m->first == m->published_day && m->last == m->first && ch_mention_phase(m) == CH_PHASE_PAST;
  return m->dated && !own && !ch_record_vague(m) && !ch_record_inherited(m);
}

/* The last word, but what has begun is not undone by a report that still announces it. */
static const ChRecordMention *best_status(ChRecordMention *const *m, size_t n, const char **rule)
{
  const ChRecordMention *best = m[0];
  *rule = "only";
  for (size_t i = 1; i < n; i++) {
    bool past = ch_mention_phase(best) == CH_PHASE_PAST;
    if (past && ch_mention_phase(m[i]) == CH_PHASE_COMING) {
      *rule = "begun";
      continue;
    }
    *rule = ch_slice_eq(best->status_text, m[i]->status_text) ? *rule : "later";
    best = m[i];
  }
  return best;
}

static bool contains(const ChRecordMention *outer, const ChRecordMention *inner)
{
  return outer->first <= inner->first && inner->last <= outer->last && (outer->first != inner->first || outer->last != inner->last);
}

/* The last word, unless it is vaguer than what it agrees with, only follows from what the event is part of, or is the plan of what has
 * happened since. */
static const ChRecordMention *best_time(ChRecordMention *const *m, size_t n, const char **rule)
{
  const ChRecordMention *best = NULL;
  for (size_t i = 0; i < n; i++) {
    if (!m[i]->dated)
      continue;
    if (!best) {
      best = m[i];
      *rule = "only";
    } else if (contains(m[i], best) && (ch_record_vague(m[i]) || ch_record_inherited(m[i]))) {
      *rule = "more-precise";
    } else if (ch_mention_phase(best) == CH_PHASE_PAST && ch_mention_phase(m[i]) != CH_PHASE_PAST) {
      *rule = "begun";
    } else if (ch_mention_phase(best) == CH_PHASE_PAST && vouched(best) && contains(best, m[i])) {
      *rule = "whole-span"; /* the later report names a day of it */
    } else {
      bool same = best->first == m[i]->first && best->last == m[i]->last;
      *rule = same ? *rule : contains(best, m[i]) ? "more-precise" : "later";
      best = same ? best : m[i];
    }
  }
  return best;
}

static const ChRecordMention *best_place(const ChRecordRules *rules, ChRecordMention *const *m, size_t n, const char **rule)
{
  const ChRecordMention *best = NULL;
  for (size_t i = 0; i < n; i++) {
    if (!m[i]->n_places)
      continue;
    int narrow = 0;
    ChPlaces p = best ? ch_record_places(rules, best, m[i], &narrow) : CH_PLACES_UNKNOWN;
    if (!best)
      *rule = "only";
    else if ((p == CH_PLACES_SAME || p == CH_PLACES_WITHIN) && narrow <= 0) {
      *rule = narrow ? "more-precise" : *rule;
      continue;
    } else {
      *rule = narrow ? "more-precise" : "later";
    }
    best = m[i];
  }
  return best;
}

/* ---- history ---- */

static json_t *step(const ChRecordMention *m)
{
  json_t *o = json_object();
  ChSlice attribution = ch_record_get(m->event, "attribution");
  json_object_set_new(o, "report", text(m->report));
  json_object_set_new(o, "published", text(m->published));
  json_object_set_new(o, "status", text(m->status_text));
  json_object_set_new(o, "time", text(m->time_text));
  json_object_set_new(o, "place", text(m->place_text));
  json_object_set_new(o, "attribution", text(attribution));
  return o;
}

/* Does the report say anything new of what the calendar shows? A vaguer time or a wider place, or none, changes nothing. */
static bool changes(const ChRecordRules *rules, const ChRecordMention *m, const ChRecordMention *status, const ChRecordMention *time, const ChRecordMention *place)
{
  if (!ch_slice_eq(m->status_text, status->status_text))
    return true;
  if (m->dated && (!time || (!ch_slice_eq(m->time_text, time->time_text) && !(contains(m, time) && ch_record_vague(m)))))
    return true;
  if (!m->n_places)
    return false;
  int narrow = 0;
  ChPlaces p = place ? ch_record_places(rules, place, m, &narrow) : CH_PLACES_UNKNOWN;
  return !(place && (p == CH_PLACES_SAME || p == CH_PLACES_WITHIN) && narrow <= 0);
}

static json_t *history(const ChRecordRules *rules, ChRecordMention *const *m, size_t n)
{
  json_t *list = json_array();
  const ChRecordMention *status = NULL, *time = NULL, *place = NULL;
  for (size_t i = 0; i < n; i++) {
    if (!status || changes(rules, m[i], status, time, place))
      json_array_append_new(list, step(m[i]));
    status = m[i];
    time = m[i]->dated ? m[i] : time;
    place = m[i]->n_places ? m[i] : place;
  }
  return list;
}

/* ---- conflicts ---- */

static void add_value(json_t *values, ChSlice value, ChSlice report)
{
  json_t *o = json_object();
  json_object_set_new(o, "value", text(value));
  json_object_set_new(o, "report", text(report));
  json_array_append_new(values, o);
}

static void add_conflict(json_t *list, const char *field, json_t *values)
{
  json_t *o = json_object();
  json_object_set_new(o, "field", json_string(field));
  json_object_set_new(o, "values", values);
  json_array_append_new(list, o);
}

static bool same_days(const ChRecordMention *a, const ChRecordMention *b) { return a->first == b->first && a->last == b->last; }

/* Is the change of a plan? A later report may say otherwise what is still to come; two of one day, or two that tell the past, conflict. */
static bool replaces(const ChRecordMention *later, const ChRecordMention *earlier)
{
  if (ch_mention_phase(later) == CH_PHASE_PAST) /* what is under way may end otherwise than it was to */
    return ch_mention_phase(earlier) != CH_PHASE_PAST || earlier->status->rank < later->status->rank;
  return later->published_day > earlier->published_day;
}

/* Two reports vouch for other days, none of them a plan that the other replaces, and no later one agrees with either. */
static json_t *time_between(ChRecordMention *const *m, size_t n)
{
  for (size_t i = n; i-- > 0;) {
    if (!vouched(m[i]))
      continue;
    for (size_t k = i; k-- > 0;) {
      if (!vouched(m[k]) || replaces(m[i], m[k]))
        continue;
      if (same_days(m[i], m[k]))
        return NULL; /* the last word has been said before */
      if (m[i]->whole && m[k]->first >= m[i]->first && m[k]->last <= m[i]->last)
        continue;
      json_t *values = json_array();
      add_value(values, m[k]->time_text, m[k]->report);
      add_value(values, m[i]->time_text, m[i]->report);
      return values;
    }
    return NULL;
  }
  return NULL;
}

/* One report gives an event on a source's word and another time beside it: another source's, where what it tells is no plan that has
 * changed, and no later report dates it. In its own voice, a report's other times are plans of before. */
static json_t *time_within(ChRecordMention *const *m, size_t n)
{
  for (size_t i = n; i-- > 0;) {
    if (!m[i]->dated)
      continue;
    const json_t *others = json_object_get(m[i]->event, "other_times");
    ChSlice attribution = ch_record_get(m[i]->event, "attribution"), other = {0};
    int32_t first, last;
    for (size_t k = 0; k < json_array_size(others) && !other.n; k++) {
      const json_t *v = json_array_get(others, k);
      ChSlice t = ch_slice(json_string_value(v), json_string_length(v));
      if (t.p && ch_day_span(t, &first, &last) && (first > m[i]->last || last < m[i]->first))
        other = t;
    }
    bool off = ch_mention_phase(m[i]) == CH_PHASE_OFF;
    if (!other.n || !attribution.n || off)
      return NULL;
    json_t *values = json_array();
    add_value(values, m[i]->time_text, m[i]->report);
    add_value(values, other, m[i]->report);
    return values;
  }
  return NULL;
}

/* Places that exclude each other in reports of the past, the last of which was not given before. */
static json_t *place_conflict(const ChRecordRules *rules, ChRecordMention *const *m, size_t n)
{
  for (size_t i = n; i-- > 0;) {
    if (!m[i]->n_places || ch_mention_phase(m[i]) != CH_PHASE_PAST)
      continue;
    for (size_t k = i; k-- > 0;) {
      if (!m[k]->n_places || ch_mention_phase(m[k]) != CH_PHASE_PAST)
        continue;
      ChPlaces p = ch_record_places(rules, m[k], m[i], NULL);
      if (p != CH_PLACES_OTHER)
        return NULL;
      json_t *values = json_array();
      add_value(values, m[k]->place_text, m[k]->report);
      add_value(values, m[i]->place_text, m[i]->report);
      return values;
    }
    return NULL;
  }
  return NULL;
}

static bool is_part(ChSlice piece, ChSlice of)
{
  return piece.n && of.n && (ch_slice_find(of, piece) != SIZE_MAX || ch_slice_find(piece, of) != SIZE_MAX);
}

/* Whose denial of the event does its report give? "" where it is no one else's than the event's own source. */
static ChSlice denied_by(const ChRecordMention *m)
{
  const json_t *statements = json_object_get(m->reading, "statements"), *mine = json_object_get(m->event, "evidence");
  ChSlice attribution = ch_record_get(m->event, "attribution");
  for (size_t i = 0; i < json_array_size(statements); i++) {
    const json_t *s = json_array_get(statements, i), *theirs = json_object_get(s, "evidence");
    ChSlice speaker = ch_record_get(s, "speaker");
    if (!ch_slice_is(ch_record_get(s, "act"), "denies") || !attribution.n || ch_slice_eq(attribution, speaker))
      continue;
    for (size_t a = 0; a < json_array_size(mine); a++)
      for (size_t b = 0; b < json_array_size(theirs); b++)
        if (is_part(ch_slice_z(json_string_value(json_array_get(mine, a))), ch_slice_z(json_string_value(json_array_get(theirs, b)))))
          return speaker;
  }
  return CH_LIT("");
}

/* Told as past by one and denied by another, and the last word is not one of before; or denied in the report that has it from a source. */
static json_t *status_conflict(const ChRecordRules *rules, ChRecordMention *const *m, size_t n)
{
  const ChRecordMention *last = m[n - 1], *other = NULL;
  bool denied = last->status && last->status->id == rules->denied, past = ch_mention_phase(last) == CH_PHASE_PAST;
  for (size_t k = n - 1; k-- > 0 && (denied || past);) {
    if (m[k]->status == last->status)
      break;
    if ((denied && ch_mention_phase(m[k]) == CH_PHASE_PAST) || (past && m[k]->status && m[k]->status->id == rules->denied)) {
      other = m[k];
      break;
    }
  }
  if (!other && !(denied && denied_by(last).n))
    return NULL;
  json_t *values = json_array();
  add_value(values, other ? other->status_text : ch_pack_word(rules->pack, rules->held), other ? other->report : last->report);
  add_value(values, last->status_text, last->report);
  return values;
}

static json_t *conflicts(const ChRecordRules *rules, ChRecordMention *const *m, size_t n)
{
  json_t *list = json_array(), *time = time_between(m, n), *place = place_conflict(rules, m, n), *status = status_conflict(rules, m, n);
  if (!time)
    time = time_within(m, n);
  if (status)
    add_conflict(list, "status", status);
  if (time)
    add_conflict(list, "time", time);
  if (place)
    add_conflict(list, "place", place);
  return list;
}

/* ---- all of it ---- */

static json_t *other_times(ChRecordMention *const *m, size_t n, ChSlice best)
{
  enum { MOST = 32 };
  json_t *list = json_array();
  for (size_t i = 0; i < n; i++) {
    const json_t *others = json_object_get(m[i]->event, "other_times");
    for (size_t k = 0; k <= json_array_size(others); k++) {
      const json_t *v = k ? json_array_get(others, k - 1) : json_object_get(m[i]->event, "time");
      bool known = !json_string_length(v) || ch_slice_eq(best, ch_slice_z(json_string_value(v)));
      for (size_t j = 0; j < json_array_size(list) && !known; j++)
        known = json_equal(json_array_get(list, j), v);
      if (!known && json_array_size(list) < MOST)
        json_array_append_new(list, json_string(json_string_value(v)));
    }
  }
  return list;
}

static int rank_of(const ChRecordMention *m) { return m->status ? m->status->rank : 0; }

/* By publication; of the reports of one day, that which tells of more having happened comes last. */
static int by_day(const void *a, const void *b)
{
  const ChRecordMention *x = *(ChRecordMention *const *)a, *y = *(ChRecordMention *const *)b;
  int c = ch_slice_cmp(x->published, y->published);
  if (!c && ch_mention_phase(x) != ch_mention_phase(y)) {
    bool past_x = ch_mention_phase(x) == CH_PHASE_PAST, past_y = ch_mention_phase(y) == CH_PHASE_PAST;
    c = past_x - past_y;
  }
  if (!c && ch_mention_phase(x) == CH_PHASE_PAST && ch_mention_phase(y) == CH_PHASE_PAST)
    c = rank_of(x) - rank_of(y);
  return c ? c : ch_record_mention_order(x, y);
}

void ch_record_life(const ChRecordRules *rules, ChArena *arena, ChRecordMention *const *members, size_t n, json_t *out)
{
  ChRecordMention **m = ch_arena_array(arena, n, sizeof *m);
  memcpy(m, members, n * sizeof *m);
  qsort(m, n, sizeof *m, by_day);
  const char *status_rule = "only", *time_rule = "only", *place_rule = "only";
  const ChRecordMention *status = best_status(m, n, &status_rule), *time = best_time(m, n, &time_rule);
  const ChRecordMention *place = best_place(rules, m, n, &place_rule);
  json_t *why = json_array();
  json_object_set_new(out, "status", text(status->status_text));
  json_object_set_new(out, "time", time ? text(time->time_text) : json_null());
  json_object_set_new(out, "other_times", other_times(m, n, time ? time->time_text : CH_LIT("")));
  json_object_set_new(out, "place", place ? text(place->place_text) : json_null());
  say_why(why, "status", status->status_text, status_rule, status);
  if (time)
    say_why(why, "time", time->time_text, time_rule, time);
  if (place)
    say_why(why, "place", place->place_text, place_rule, place);
  json_object_set_new(out, "history", history(rules, m, n));
  json_object_set_new(out, "conflicts", conflicts(rules, m, n));
  json_object_set_new(out, "why", why);
}
