/* Corrections by people: which rows stand, which mentions they are about, and what they put in place of what reports say. */
#include "record/correct.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "record/inner.h"

static const char *const acts[] = {"confirm", "reject", "set", "pin", "merge", "split", "undo"};
typedef enum Act { CONFIRM, REJECT, SET, PIN, MERGE, SPLIT, UNDO, ACTS } Act;

struct ChCorrection {
  const json_t *row;
  int64_t number;
  Act act;
  bool stands;
};

typedef struct Anchor {
  const json_t *o;
  ChSlice report;
  ChCorrection *of;
  uint32_t side;
} Anchor;

struct ChRecordCorrections {
  ChCorrection *rows; /* by number */
  Anchor *anchors;    /* of rows that stand, by report and row */
  size_t n_rows, n_anchors;
};

/* ---- which rows stand ---- */

static int by_number(const void *a, const void *b)
{
  int64_t x = ((const ChCorrection *)a)->number, y = ((const ChCorrection *)b)->number;
  return x < y ? -1 : x > y;
}

static int by_report(const void *a, const void *b)
{
  const Anchor *x = a, *y = b;
  int c = ch_slice_cmp(x->report, y->report);
  if (c || x->of != y->of)
    return c ? c : x->of < y->of ? -1 : 1;
  if (x->side != y->side)
    return x->side < y->side ? -1 : 1;
  return ch_slice_cmp(ch_record_get(x->o, "event"), ch_record_get(y->o, "event"));
}

static Act act_of(const json_t *row)
{
  ChSlice text = ch_record_get(row, "act");
  Act a = 0;
  while (a < ACTS && !ch_slice_is(text, acts[a]))
    a++;
  return a;
}

static ChCorrection *find(const ChRecordCorrections *c, int64_t number)
{
  ChCorrection key = {.number = number};
  return c->n_rows ? bsearch(&key, c->rows, c->n_rows, sizeof key, by_number) : NULL;
}

/* The last rows first: an undo that is undone itself undoes nothing. */
static void settle(ChRecordCorrections *c)
{
  for (size_t i = c->n_rows; i-- > 0;) {
    ChCorrection *u = &c->rows[i];
    if (u->act != UNDO || !u->stands)
      continue;
    ChCorrection *target = find(c, json_integer_value(json_object_get(u->row, "target")));
    if (target && target < u)
      target->stands = false;
  }
}

static void collect_anchors(ChRecordCorrections *c, ChArena *arena)
{
  CH_VEC(Anchor) list = {0};
  for (size_t i = 0; i < c->n_rows; i++) {
    const json_t *from = json_object_get(c->rows[i].row, "anchors");
    for (size_t k = 0; c->rows[i].stands && k < json_array_size(from); k++) {
      const json_t *o = json_array_get(from, k);
      *CH_PUSH(arena, &list) =
          (Anchor){o, ch_record_get(o, "report"), &c->rows[i], (uint32_t)json_integer_value(json_object_get(o, "side"))};
    }
  }
  if (list.n)
    qsort(list.at, list.n, sizeof *list.at, by_report);
  c->anchors = list.at;
  c->n_anchors = list.n;
}

const ChRecordCorrections *ch_record_corrections(const ChRecordRules *rules, ChArena *arena, const json_t *rows, ChSlice as_of)
{
  ChRecordCorrections *c = ch_arena_alloc(arena, sizeof *c);
  (void)rules;
  c->rows = ch_arena_array(arena, json_array_size(rows), sizeof *c->rows);
  for (size_t i = 0; i < json_array_size(rows); i++) {
    const json_t *row = json_array_get(rows, i);
    ChSlice at = ch_record_get(row, "at");
    Act act = act_of(row);
    at.n = at.n > as_of.n && as_of.n ? as_of.n : at.n; /* to the day */
    if (act < ACTS && (!as_of.n || ch_slice_cmp(at, as_of) <= 0))
      c->rows[c->n_rows++] = (ChCorrection){row, json_integer_value(json_object_get(row, "number")), act, true};
  }
  if (c->n_rows)
    qsort(c->rows, c->n_rows, sizeof *c->rows, by_number);
  settle(c);
  collect_anchors(c, arena);
  return c;
}

bool ch_record_stands(const ChRecordCorrections *c, int64_t number)
{
  const ChCorrection *found = find(c, number);
  return found && found->stands;
}

/* ---- anchors ---- */

json_t *ch_record_anchor(const json_t *event, ChSlice report, int side)
{
  json_t *o = json_object(), *who = json_array(), *quotes = json_object_get(event, "evidence"), *spans = json_object_get(event, "spans");
  const json_t *list = json_object_get(event, "participants");
  for (size_t i = 0; i < json_array_size(list); i++)
    json_array_append_new(who, ch_record_text(ch_record_get(json_array_get(list, i), "name")));
  json_object_set_new(o, "side", json_integer(side));
  json_object_set_new(o, "report", ch_record_text(report));
  json_object_set_new(o, "event", ch_record_text(ch_record_get(event, "id")));
  json_object_set_new(o, "kind", ch_record_text(ch_record_get(event, "kind")));
  json_object_set_new(o, "time", ch_record_text(ch_record_get(event, "time")));
  json_object_set_new(o, "who", who);
  json_object_set_new(o, "quotes", quotes ? json_deep_copy(quotes) : json_array());
  json_object_set_new(o, "spans", spans ? json_deep_copy(spans) : json_array());
  return o;
}

static bool quotes_meet(const json_t *a, const json_t *b)
{
  ChBuf x = {0}, y = {0};
  bool meet = false;
  for (size_t i = 0; i < json_array_size(a) && !meet; i++)
    for (size_t k = 0; k < json_array_size(b) && !meet; k++) {
      x.n = y.n = 0;
      ch_utf8_fold(ch_slice_z(json_string_value(json_array_get(a, i))), &x);
      ch_utf8_fold(ch_slice_z(json_string_value(json_array_get(b, k))), &y);
      meet = x.n && y.n && (ch_slice_find(ch_buf_view(&x), ch_buf_view(&y)) != SIZE_MAX || ch_slice_find(ch_buf_view(&y), ch_buf_view(&x)) != SIZE_MAX);
    }
  ch_buf_free(&x);
  ch_buf_free(&y);
  return meet;
}

static json_int_t number(const json_t *o, const char *key) { return json_integer_value(json_object_get(o, key)); }

static bool spans_meet(const json_t *a, const json_t *b)
{
  for (size_t i = 0; i < json_array_size(a); i++)
    for (size_t k = 0; k < json_array_size(b); k++) {
      const json_t *x = json_array_get(a, i), *y = json_array_get(b, k);
      if (number(x, "start") < number(y, "end") && number(y, "start") < number(x, "end"))
        return true;
    }
  return false;
}

static int common_names(const json_t *anchor, const ChRecordMention *m)
{
  enum { MOST = 15 };
  const json_t *who = json_object_get(anchor, "who"), *list = json_object_get(m->event, "participants");
  int same = 0;
  for (size_t i = 0; i < json_array_size(who) && same < MOST; i++)
    for (size_t k = 0; k < json_array_size(list); k++)
      if (json_equal(json_array_get(who, i), json_object_get(json_array_get(list, k), "name"))) {
        same++;
        break;
      }
  return same;
}

static bool near_kind(const ChRecordRules *rules, ChSlice kind, const ChRecordMention *m)
{
  ChWord want = ch_pack_find(rules->pack, kind);
  for (int i = 0; want && m->kind && i < CH_KIND_NEAR; i++)
    if (m->kind->near[i] == want)
      return true;
  return false;
}

/* How well the mention fits the anchor; 0 where it is not what it was about. The words count first, then kind, people, day, at last the id,
 * which another mention may have after a re-reading. */
static int fit(const ChRecordRules *rules, const json_t *anchor, const ChRecordMention *m)
{
  ChSlice kind = ch_record_get(anchor, "kind");
  bool same_kind = ch_slice_eq(kind, m->kind_text);
  if (!same_kind && !near_kind(rules, kind, m))
    return 0;
  bool words = quotes_meet(json_object_get(anchor, "quotes"), json_object_get(m->event, "evidence"));
  if (!words && !(json_is_true(json_object_get(anchor, "same")) && spans_meet(json_object_get(anchor, "spans"), json_object_get(m->event, "spans"))))
    return 0;
  return 1 + 256 * same_kind + 8 * common_names(anchor, m) + 4 * ch_slice_eq(ch_record_get(anchor, "time"), m->time_text) +
         2 * ch_slice_eq(ch_record_get(anchor, "event"), m->id);
}

ChRecordMention *ch_record_anchored(const ChRecordRules *rules, const json_t *anchor, ChRecordMention *const *m, size_t n)
{
  ChRecordMention *best = NULL;
  int most = 0;
  for (size_t i = 0; i < n; i++) {
    int f = fit(rules, anchor, m[i]);
    if (f > most) {
      most = f;
      best = m[i];
    }
  }
  return best;
}

/* ---- over mentions ---- */

static int by_row(const void *a, const void *b)
{
  const ChSaid *x = a, *y = b;
  if (x->of->number != y->of->number)
    return x->of->number < y->of->number ? -1 : 1;
  return x->side < y->side ? -1 : x->side > y->side;
}

static void say(ChArena *arena, ChRecordMention *m, const Anchor *a)
{
  for (uint32_t i = 0; i < m->n_said; i++)
    if (m->said[i].of == a->of && m->said[i].side == a->side)
      return;
  ChSaid *more = ch_arena_array(arena, m->n_said + 1, sizeof *more);
  if (m->n_said)
    memcpy(more, m->said, m->n_said * sizeof *more);
  more[m->n_said++] = (ChSaid){a->of, a->side};
  qsort(more, m->n_said, sizeof *more, by_row);
  m->said = more;
}

static bool is_rejected(const ChRecordMention *m)
{
  bool rejected = false;
  for (uint32_t i = 0; i < m->n_said; i++)
    if (m->said[i].of->act == REJECT || m->said[i].of->act == CONFIRM)
      rejected = m->said[i].of->act == REJECT; /* the last word */
  return rejected;
}

void ch_record_correct(const ChRecordRules *rules, const ChRecordCorrections *c, ChArena *arena, ChRecordMention **m, size_t *n)
{
  if (!c || !c->n_anchors || !*n)
    return;
  ChSlice report = m[0]->report;
  size_t low = 0, high = c->n_anchors, kept = 0;
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (ch_slice_cmp(c->anchors[mid].report, report) < 0)
      low = mid + 1;
    else
      high = mid;
  }
  if (low == c->n_anchors || !ch_slice_eq(c->anchors[low].report, report))
    return;
  for (size_t i = low; i < c->n_anchors && ch_slice_eq(c->anchors[i].report, report); i++) {
    ChRecordMention *found = ch_record_anchored(rules, c->anchors[i].o, m, *n);
    if (found)
      say(arena, found, &c->anchors[i]);
  }
  for (size_t i = 0; i < *n; i++)
    if (m[i]->whole && is_rejected(m[i]->whole))
      m[i]->whole = NULL;
  for (size_t i = 0; i < *n; i++)
    if (!is_rejected(m[i]))
      m[kept++] = m[i];
  *n = kept;
}

static bool joins(const ChSaid *s) { return s->of->act == MERGE || s->of->act == SPLIT; }

int64_t ch_record_said(const ChRecordMention *a, const ChRecordMention *b)
{
  for (uint32_t i = a->n_said, k = b->n_said; i && k;) {
    const ChSaid *x = &a->said[i - 1], *y = &b->said[k - 1];
    if (x->of->number > y->of->number || !joins(x))
      i--;
    else if (x->of->number < y->of->number || !joins(y))
      k--;
    else
      return x->side == y->side ? x->of->number : -x->of->number;
  }
  return 0;
}

size_t ch_record_said_rows(const ChRecordMention *m, ChSaidRow *rows, size_t most)
{
  size_t n = 0;
  for (uint32_t i = m->n_said; i-- > 0 && n < most;)
    if (joins(&m->said[i]))
      rows[n++] = (ChSaidRow){m->said[i].of->number, m->said[i].side, m->said[i].of->act == SPLIT};
  return n;
}

/* ---- over values ---- */

/* What may be set, and how. */
static const char *const fields[] = {"kind", "status", "time", "place", "series", "ordinal", "label"};
typedef enum Field { KIND, STATUS, TIME, PLACE, SERIES, ORDINAL, LABEL, FIELDS } Field;

static Field field_of(ChSlice text)
{
  Field f = 0;
  while (f < FIELDS && !ch_slice_is(text, fields[f]))
    f++;
  return f;
}

bool ch_record_settable(const ChRecordRules *rules, ChSlice field, ChSlice value, ChError *err)
{
  int32_t first, last;
  uint32_t ordinal;
  const char *fault = NULL;
  switch (field_of(field)) {
  case KIND:
    fault = ch_term_kind(&rules->t, ch_pack_find(rules->pack, value)) ? NULL : "no such kind";
    break;
  case STATUS:
    fault = ch_term_status(&rules->t, ch_pack_find(rules->pack, value)) ? NULL : "no such status";
    break;
  case TIME:
    fault = !value.n || ch_day_span(value, &first, &last) ? NULL : "neither a date (YYYY-MM-DD, YYYY-MM or YYYY) nor an interval (A/B)";
    break;
  case ORDINAL:
    fault = !value.n || (ch_slice_uint(value, 1000000, &ordinal) && ordinal) ? NULL : "no number from 1";
    break;
  case FIELDS:
    ch_error_set(err, CH_ERR_USAGE, "no field %.*s that can be set; there are: kind, status, time, place, series, ordinal, label", CH_ARG(field));
    return false;
  default:
    break;
  }
  if (fault)
    ch_error_set(err, CH_ERR_USAGE, "%.*s: %s: %.*s", CH_ARG(field), fault, CH_ARG(value));
  return !fault;
}

/* Every standing row about one of the mentions, once, by number. */
static size_t rows_of(ChArena *arena, ChRecordMention *const *m, size_t n, ChSaid **rows)
{
  size_t all = 0, kept = 0;
  for (size_t i = 0; i < n; i++)
    all += m[i]->n_said;
  *rows = ch_arena_array(arena, all, sizeof **rows);
  for (size_t i = 0, at = 0; i < n; i++)
    for (uint32_t k = 0; k < m[i]->n_said; k++)
      (*rows)[at++] = m[i]->said[k];
  if (all)
    qsort(*rows, all, sizeof **rows, by_row);
  for (size_t i = 0; i < all; i++)
    if (!kept || (*rows)[kept - 1].of != (*rows)[i].of)
      (*rows)[kept++] = (*rows)[i];
  return kept;
}

static void drop_of_field(json_t *list, ChSlice field)
{
  for (size_t i = json_array_size(list); i-- > 0;)
    if (ch_slice_eq(ch_record_get(json_array_get(list, i), "field"), field))
      json_array_remove(list, i);
}

/* The time that was, and not the one that is, among the others. */
static void change_other_times(json_t *h, ChSlice value)
{
  json_t *others = json_object_get(h, "other_times"), *old = json_object_get(h, "time");
  for (size_t i = json_array_size(others); i-- > 0;)
    if (ch_slice_is(value, json_string_value(json_array_get(others, i))))
      json_array_remove(others, i);
  if (json_string_length(old) && !ch_slice_eq(value, ch_record_get(h, "time")))
    json_array_append(others, old);
}

static void set_value(const ChRecordRules *rules, ChArena *arena, const json_t *row, json_t *h)
{
  ChSlice name = ch_record_get(row, "field"), value = ch_record_get(row, "value");
  Field field = field_of(name);
  uint32_t ordinal = 0;
  if (field == FIELDS)
    return;
  if (field == TIME)
    change_other_times(h, value);
  if (field == ORDINAL)
    json_object_set_new(h, fields[field], ch_slice_uint(value, 1000000, &ordinal) ? json_integer(ordinal) : json_null());
  else
    json_object_set_new(h, fields[field], ch_record_text(value));
  if (field == PLACE)
    ch_record_place_of(rules, arena, value, h);
  json_t *why = json_object_get(h, "why"), *o = json_object();
  drop_of_field(why, name);
  drop_of_field(json_object_get(h, "conflicts"), name); /* settled by the one who set it */
  json_object_set_new(o, "field", ch_record_text(name));
  json_object_set_new(o, "value", ch_record_text(value));
  json_object_set_new(o, "rule", json_string(act_of(row) == PIN ? "pinned" : "corrected"));
  json_object_set_new(o, "report", json_null());
  json_object_set(o, "by", json_object_get(row, "by"));
  json_object_set(o, "correction", json_object_get(row, "number"));
  json_array_append_new(why, o);
}

/* An entry of history where the row changes what it tells of, after what was published up to that day. */
static void add_history(const json_t *row, json_t *h)
{
  json_t *list = json_object_get(h, "history"), *o = json_object();
  ChSlice at = ch_record_get(row, "at");
  at.n = at.n > 10 ? 10 : at.n;
  json_object_set_new(o, "report", json_null());
  json_object_set_new(o, "published", ch_record_text(at));
  json_object_set(o, "status", json_object_get(h, "status"));
  json_object_set(o, "time", json_object_get(h, "time"));
  json_object_set(o, "place", json_object_get(h, "place"));
  json_object_set_new(o, "attribution", json_null());
  json_object_set(o, "by", json_object_get(row, "by"));
  json_object_set(o, "correction", json_object_get(row, "number"));
  size_t i = json_array_size(list);
  while (i && ch_slice_cmp(ch_record_get(json_array_get(list, i - 1), "published"), at) > 0)
    i--;
  json_array_insert_new(list, i, o);
}

static json_t *as_said(const json_t *row)
{
  static const char *const keys[] = {"number", "at", "by", "act", "field", "value", "note"};
  json_t *o = json_object();
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    json_t *v = json_object_get(row, keys[i]);
    if (v && !json_is_null(v))
      json_object_set(o, keys[i], v);
  }
  return o;
}

void ch_record_overrule(const ChRecordRules *rules, ChArena *arena, ChRecordMention *const *m, size_t n, json_t *h)
{
  ChSaid *rows;
  size_t k = rows_of(arena, m, n, &rows);
  if (!k)
    return;
  json_t *list = json_array();
  for (size_t i = 0; i < k; i++) {
    const json_t *row = rows[i].of->row;
    if (rows[i].of->act == SET || rows[i].of->act == PIN) {
      Field f = field_of(ch_record_get(row, "field"));
      set_value(rules, arena, row, h);
      if (rows[i].of->act == SET && (f == STATUS || f == TIME || f == PLACE))
        add_history(row, h);
    }
    json_array_append_new(list, as_said(row));
  }
  json_object_set_new(h, "corrections", list);
}
