/* Happenings: from the readings of the store through src/record. */
#include <stdlib.h>

#include "record/record.h"
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

json_t *ch_store_record(ChStore *s, ChSlice as_of, ChError *err)
{
  Readings r = {0};
  sqlite3_stmt *st = ch_sql_prepare(s, "SELECT report, json FROM reading WHERE ?1 IS NULL OR published <= ?1 ORDER BY report", err);
  ch_sql_text(st, 1, as_of);
  while (ch_sql_row(s, st, err))
    add_reading(s, &r, ch_sql_column(st, 0), ch_sql_column(st, 1), err);
  sqlite3_finalize(st);
  json_t *corrections = ch_store_corrections(s, err);
  json_t *record = ch_failed(err) ? NULL : ch_record_build(s->pack, (const json_t *const *)r.at, r.n, corrections, as_of, err);
  json_decref(corrections);
  free_readings(&r);
  return record;
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
  ch_filter_open(&f, q, s->pack, err);
  json_t *record = ch_failed(err) ? NULL : ch_store_record(s, as_of, err);
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

json_t *ch_store_happening(ChStore *s, ChSlice id, ChSlice as_of, ChError *err)
{
  uint64_t key = 0;
  bool number = ch_record_id_parse(id, &key);
  json_t *record = ch_store_record(s, as_of, err), *found = NULL;
  for (size_t i = 0; i < json_array_size(record) && !found; i++) {
    json_t *o = json_array_get(record, i);
    const json_t *members = json_object_get(o, "members");
    for (size_t k = 0; k < json_array_size(members) && !found; k++)
      if (names_member(json_array_get(members, k), id, number, key))
        found = json_incref(o);
  }
  json_decref(record);
  if (!found)
    ch_error_at(err, CH_ERR_NOTFOUND, ch_slice_z(s->path), 0, 0, "no event %.*s in the store", CH_ARG(id));
  return found;
}
