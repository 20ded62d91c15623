/* The filters of a question over happenings as JSON: the same answers as the tables give (query.c). */
#include <string.h>

#include "base/utf8.h"
#include "store/sql.h"
#include "world/day.h"

static void fold(ChFilter *f, ChBuf *form, ChSlice name, ChError *err)
{
  (void)f;
  ch_utf8_fold(name, form);
  if (form->failed)
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
  else if (name.n && !form->n)
    ch_error_set(err, CH_ERR_USAGE, "the name has no letters");
}

static void day(ChSlice edtf, int32_t *first, int32_t *last, ChError *err)
{
  if (edtf.n && !ch_day_span(edtf, first, last))
    ch_error_set(err, CH_ERR_USAGE, "neither a date (YYYY-MM-DD, YYYY-MM or YYYY) nor an interval (A/B): %.*s", CH_ARG(edtf));
}

void ch_filter_open(ChFilter *f, const ChStoreQuery *q, const ChPack *pack, ChError *err)
{
  int32_t unused;
  *f = (ChFilter){.q = q, .tables = ch_term_tables(pack), .pack = pack, .from = CH_DAY_MIN, .to = CH_DAY_MAX};
  fold(f, &f->who, q->who, err);
  fold(f, &f->with, q->with, err);
  fold(f, &f->where, q->where, err);
  day(q->from, &f->from, &unused, err);
  day(q->to, &unused, &f->to, err);
}

void ch_filter_close(ChFilter *f)
{
  ch_buf_free(&f->who);
  ch_buf_free(&f->with);
  ch_buf_free(&f->where);
  ch_buf_free(&f->scratch);
}

/* Does a word of the name begin with the folded filter? */
static bool begins(ChFilter *f, const ChBuf *want, const json_t *name)
{
  f->scratch.n = 0;
  ch_buf_char(&f->scratch, ' ');
  ch_utf8_fold(ch_slice(json_string_value(name), json_string_length(name)), &f->scratch);
  ChSlice hay = ch_buf_view(&f->scratch), needle = ch_buf_view(want);
  for (size_t i = 0; i + 1 + needle.n <= hay.n; i++)
    if (hay.p[i] == ' ' && memcmp(hay.p + i + 1, needle.p, needle.n) == 0)
      return true;
  return false;
}

static bool is_party(ChFilter *f, const ChBuf *want, const json_t *party)
{
  const json_t *aliases = json_object_get(party, "aliases");
  bool found = begins(f, want, json_object_get(party, "name")) || begins(f, want, json_object_get(party, "of"));
  for (size_t i = 0; i < json_array_size(aliases) && !found; i++)
    found = begins(f, want, json_array_get(aliases, i));
  return found;
}

/* Two different participants, where both are asked for. */
static bool who_fits(ChFilter *f, const json_t *list)
{
  size_t who = 0, with = 0, both = 0;
  for (size_t i = 0; i < json_array_size(list); i++) {
    bool a = f->who.n && is_party(f, &f->who, json_array_get(list, i)), b = f->with.n && is_party(f, &f->with, json_array_get(list, i));
    who += a;
    with += b;
    both += a && b;
  }
  if ((f->who.n && !who) || (f->with.n && !with))
    return false;
  return !f->who.n || !f->with.n || both != 1 || who > 1 || with > 1;
}

static bool is_coming(const ChFilter *f, ChSlice status)
{
  const ChStatusTerm *t = ch_term_status(&f->tables, ch_pack_find(f->pack, status));
  return t && t->open;
}

/* Within the days asked for; where only what comes is, also what has no day and was told of in them. */
static bool time_fits(const ChFilter *f, const json_t *o)
{
  int32_t first, last;
  if (ch_day_span(ch_store_get(o, "time"), &first, &last))
    return first <= f->to && last >= f->from;
  if (f->from == CH_DAY_MIN && f->to == CH_DAY_MAX)
    return true;
  const json_t *reports = json_object_get(o, "reports");
  ChSlice told = ch_store_get(json_array_get(reports, json_array_size(reports) - 1), "published");
  return f->q->coming && ch_day_span(told, &first, &last) && first >= f->from && first <= f->to;
}

bool ch_filter_fits(ChFilter *f, const json_t *o)
{
  const ChStoreQuery *q = f->q;
  if ((q->kind.n && !ch_slice_eq(q->kind, ch_store_get(o, "kind"))) || (q->status.n && !ch_slice_eq(q->status, ch_store_get(o, "status"))))
    return false;
  if (q->coming && !is_coming(f, ch_store_get(o, "status")))
    return false;
  if (f->where.n && !begins(f, &f->where, json_object_get(o, "place")))
    return false;
  return time_fits(f, o) && who_fits(f, json_object_get(o, "participants"));
}
