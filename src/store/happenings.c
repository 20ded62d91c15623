/* Happenings: from the readings of the store through src/record. */
#include <stdlib.h>

#include "record/copies.h"
#include "record/record.h"
#include "store/copies.h"
#include "store/kept.h"
#include "store/sql.h"
#include "world/day.h"

typedef struct Readings {
  json_t **at;
  size_t n, cap;
  bool failed;
} Readings;

static void free_readings(Readings *r)
{
  for (size_t i = 0; i < r->n; i++)
    json_decref(r->at[i]);
  free(r->at);
}

static void add_reading(ChStore *s, Readings *r, ChSlice id, ChSlice json, ChError *err)
{
  json_t *o = json_loadb(json.p, json.n, 0, NULL), *head = json_object_get(o, "report");
  if (r->n == r->cap) {
    size_t cap = r->cap ? r->cap * 2 : 256;
    json_t **more = realloc(r->at, cap * sizeof(json_t *));
    if (!more)
      ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
    else
      r->at = more;
    r->cap = more ? cap : r->cap;
  }
  if (!json_is_object(head))
    ch_error_at(err, CH_ERR_FORMAT, ch_slice_z(s->path), 0, 0, "the reading of %.*s is damaged", CH_ARG(id));
  if (ch_failed(err)) {
    json_decref(o);
    return;
  }
  json_object_set_new(head, "id", json_stringn(id.p, id.n)); /* the store's id is the one that counts */
  r->at[r->n++] = o;
}

/* ---- copies: they stand with the report that speaks for them and are no evidence of their own ---- */

/* Takes the copies out of the readings, which are in order of their ids; what is left of them by the id of the one that speaks for them. */
static json_t *take_copies(ChStore *s, Readings *r, ChError *err)
{
  json_t *copies = json_object();
  ChSlice *ids = malloc((r->n + 1) * sizeof *ids);
  uint32_t *group = malloc((r->n + 1) * sizeof *group), *original = malloc((r->n + 1) * sizeof *original);
  if (!copies || !ids || !group || !original)
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
  for (size_t i = 0; i < r->n && !ch_failed(err); i++)
    ids[i] = ch_store_get(json_object_get(r->at[i], "report"), "id");
  if (!ch_failed(err)) {
    ch_copies_groups(s, ids, r->n, group, err);
    ch_record_originals((const json_t *const *)r->at, r->n, group, original);
  }
  size_t kept = 0;
  for (size_t i = 0; i < r->n && !ch_failed(err); i++) {
    if (original[i] == i)
      continue;
    const json_t *head = json_object_get(r->at[i], "report");
    const char *speaker = json_string_value(json_object_get(json_object_get(r->at[original[i]], "report"), "id"));
    json_t *list = json_object_get(copies, speaker), *one = json_object();
    if (!list)
      json_object_set_new(copies, speaker, list = json_array());
    json_object_set(one, "id", json_object_get(head, "id"));
    json_object_set(one, "published", json_object_get(head, "published"));
    json_object_set(one, "outlet", json_object_get(head, "outlet"));
    json_array_append_new(list, one);
  }
  for (size_t i = 0; i < r->n && !ch_failed(err); i++) {
    if (original[i] == i)
      r->at[kept++] = r->at[i];
    else
      json_decref(r->at[i]);
  }
  if (!ch_failed(err))
    r->n = kept;
  free(ids), free(group), free(original);
  return copies;
}

/* Each report of a happening with its copies. */
static void give_copies(json_t *record, const json_t *copies)
{
  for (size_t i = 0; json_object_size(copies) && i < json_array_size(record); i++) {
    json_t *reports = json_object_get(json_array_get(record, i), "reports");
    for (size_t k = 0; k < json_array_size(reports); k++) {
      json_t *report = json_array_get(reports, k), *list = json_object_get(copies, json_string_value(json_object_get(report, "id")));
      if (list)
        json_object_set(report, "copies", list);
    }
  }
}

json_t *ch_store_build(ChStore *s, ChSlice as_of, ChError *err)
{
  Readings r = {0};
  sqlite3_stmt *st = ch_sql_prepare(s, "SELECT report, json FROM reading WHERE ?1 IS NULL OR published <= ?1 ORDER BY report", err);
  ch_sql_text(st, 1, as_of);
  while (ch_sql_row(s, st, err))
    add_reading(s, &r, ch_sql_column(st, 0), ch_sql_column(st, 1), err);
  sqlite3_finalize(st);
  json_t *corrections = ch_store_corrections(s, err), *copies = take_copies(s, &r, err);
  json_t *record = ch_failed(err) ? NULL : ch_record_build(s->pack, (const json_t *const *)r.at, r.n, corrections, as_of, err);
  if (record)
    give_copies(record, copies);
  json_decref(copies);
  json_decref(corrections);
  free_readings(&r);
  return record;
}

json_t *ch_store_record(ChStore *s, ChSlice as_of, ChError *err)
{
  return !as_of.n && ch_kept_ready(s, err) ? ch_kept_record(s, err) : ch_store_build(s, as_of, err);
}

void ch_store_use(ChStore *s, const ChPack *pack) { s->pack = pack; }

typedef struct Order {
  const json_t *happening;
  int32_t first, last;
  ChSlice id;
} Order;

static int by_time(const void *a, const void *b)
{
  const Order *x = a, *y = b;
  if (x->first != y->first)
    return x->first < y->first ? -1 : 1;
  if (x->last != y->last)
    return x->last < y->last ? -1 : 1;
  return ch_slice_cmp(x->id, y->id);
}

/* Those of the record that fit, in order of time. */
static void each_fitting(const json_t *record, ChFilter *f, bool (*each)(void *context, const json_t *happening), void *context, ChError *err)
{
  size_t n = 0, all = json_array_size(record);
  Order *order = malloc((all + 1) * sizeof *order);
  if (!order) {
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
    return;
  }
  for (size_t i = 0; i < all; i++) {
    const json_t *o = json_array_get(record, i);
    if (!ch_filter_fits(f, o))
      continue;
    order[n] = (Order){o, CH_DAY_MAX, CH_DAY_MAX, ch_store_get(o, "id")};
    ch_day_span(ch_store_get(o, "time"), &order[n].first, &order[n].last);
    n++;
  }
  qsort(order, n, sizeof *order, by_time);
  for (size_t i = 0; i < n && each(context, order[i].happening); i++) {
  }
  free(order);
}

void ch_store_happenings(ChStore *s, const ChStoreQuery *q, ChSlice as_of, bool (*each)(void *context, const json_t *happening), void *context,
                         ChError *err)
{
  ChFilter f = {0};
  if (!as_of.n && ch_kept_ready(s, err)) {
    ch_kept_each(s, q, each, context, err);
    return;
  }
  ch_filter_open(&f, q, s->pack, err);
  json_t *record = ch_failed(err) ? NULL : ch_store_build(s, as_of, err);
  if (record)
    each_fitting(record, &f, each, context, err);
  json_decref(record);
  ch_filter_close(&f);
}

/* Is the member the one that the id names, as "report:e3" or as the id of a happening that it would begin? */
static bool names_member(const json_t *member, ChSlice id, bool number, uint64_t key)
{
  ChSlice text = ch_slice(json_string_value(member), json_string_length(member));
  return number ? ch_record_key(text) == key : ch_slice_eq(text, id);
}

/* The same for an event of a copy of the member's report, which has the same number there. */
static bool names_copy(const json_t *happening, ChSlice member, ChSlice id, bool number, uint64_t key)
{
  const json_t *reports = json_object_get(happening, "reports");
  size_t colon = member.n; /* the last: ids of reports may have some */
  while (colon > 0 && member.p[colon - 1] != ':')
    colon--;
  if (!colon--)
    return false;
  for (size_t i = 0; i < json_array_size(reports); i++) {
    const json_t *report = json_array_get(reports, i), *copies = json_object_get(report, "copies");
    bool own = ch_slice_eq(ch_store_get(report, "id"), ch_slice(member.p, colon));
    for (size_t k = 0; own && k < json_array_size(copies); k++) {
      ChBuf b = {0};
      ch_buf_printf(&b, "%.*s%.*s", CH_ARG(ch_store_get(json_array_get(copies, k), "id")), CH_ARG(ch_slice(member.p + colon, member.n - colon)));
      bool named = number ? ch_record_key(ch_buf_view(&b)) == key : ch_slice_eq(ch_buf_view(&b), id);
      ch_buf_free(&b);
      if (named)
        return true;
    }
  }
  return false;
}

json_t *ch_store_happening(ChStore *s, ChSlice id, ChSlice as_of, ChError *err)
{
  uint64_t key = 0;
  bool number = ch_record_id_parse(id, &key), kept = !as_of.n && ch_kept_ready(s, err);
  json_t *found = kept ? ch_kept_of(s, number ? key : ch_record_key(id), err) : NULL, *record = kept ? NULL : ch_store_build(s, as_of, err);
  for (size_t i = 0; i < json_array_size(record) && !found; i++) {
    json_t *o = json_array_get(record, i);
    const json_t *members = json_object_get(o, "members");
    for (size_t k = 0; k < json_array_size(members) && !found; k++) {
      const json_t *m = json_array_get(members, k);
      ChSlice member = ch_slice(json_string_value(m), json_string_length(m));
      if (names_member(m, id, number, key) || names_copy(o, member, id, number, key))
        found = json_incref(o);
    }
  }
  json_decref(record);
  if (!found)
    ch_error_at(err, CH_ERR_NOTFOUND, ch_slice_z(s->path), 0, 0, "no event %.*s in the store", CH_ARG(id));
  return found;
}
