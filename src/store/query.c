/* Questions to the tables. */
#include "base/utf8.h"
#include "store/sql.h"
#include "world/day.h"

/* ?1 who, ?2 with, ?3 where (folded), ?4 kind, ?5 status, ?6 first day, ?7 last day, ?8 only what is to come. */
static const char select_events[] =
    "WITH one AS (SELECT p.event, p.key FROM participant p JOIN form f ON f.participant = p.key"
    "  WHERE instr(' ' || f.form, ' ' || ?1) > 0),"
    " two AS (SELECT p.event, p.key FROM participant p JOIN form f ON f.participant = p.key"
    "  WHERE instr(' ' || f.form, ' ' || ?2) > 0)"
    " SELECT e.report, e.id, r.published, e.kind, e.status, e.place, e.time, e.who, e.json"
    " FROM event e JOIN reading r ON r.report = e.report"
    " WHERE (?1 IS NULL OR e.key IN (SELECT event FROM one))"
    " AND (?2 IS NULL OR e.key IN (SELECT event FROM two))"
    " AND (?1 IS NULL OR ?2 IS NULL OR e.key IN"
    "  (SELECT one.event FROM one JOIN two ON two.event = one.event AND two.key <> one.key))"
    " AND (?3 IS NULL OR instr(' ' || e.place_form, ' ' || ?3) > 0)"
    " AND (?4 IS NULL OR e.kind = ?4) AND (?5 IS NULL OR e.status = ?5)"
    " AND ((?6 IS NULL AND ?7 IS NULL)"
    "  OR (e.first_day <= coalesce(?7, e.first_day) AND e.last_day >= coalesce(?6, e.last_day))"
    "  OR (?8 AND e.first_day IS NULL AND julianday(r.published) - 2440587.5 BETWEEN ?6 AND coalesce(?7, 9e9)))"
    " AND (NOT ?8 OR e.status IN ('ongoing', 'scheduled', 'expected', 'possible', 'proposed', 'postponed'))"
    " ORDER BY e.first_day IS NULL, e.first_day, e.last_day, e.report, e.number";

/* Folds into `form`, which must outlive the question. A name that folds to nothing would be no filter at all: a fault. */
static void bind_name(sqlite3_stmt *st, int at, ChSlice name, ChBuf *form, ChError *err)
{
  ch_utf8_fold(name, form);
  if (form->failed)
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
  else if (name.n && !form->n)
    ch_error_set(err, CH_ERR_USAGE, "the name has no letters");
  ch_sql_text(st, at, ch_buf_view(form));
}

void ch_store_events(ChStore *s, const ChStoreQuery *q, bool (*each)(void *context, const ChStoreEvent *e), void *context,
                     ChError *err)
{
  ChBuf names[3] = {0};
  const ChSlice raw[3] = {q->who, q->with, q->where};
  sqlite3_stmt *st = ch_sql_prepare(s, select_events, err);
  for (int i = 0; i < 3; i++)
    bind_name(st, 1 + i, raw[i], &names[i], err);
  ch_sql_text(st, 4, q->kind);
  ch_sql_text(st, 5, q->status);
  ch_sql_day(st, 6, q->from, false, err);
  ch_sql_day(st, 7, q->to, true, err);
  if (st)
    sqlite3_bind_int(st, 8, q->coming);
  bool on = true;
  while (on && ch_sql_row(s, st, err)) {
    ChStoreEvent e = {.report = ch_sql_column(st, 0),
                      .id = ch_sql_column(st, 1),
                      .published = ch_sql_column(st, 2),
                      .kind = ch_sql_column(st, 3),
                      .status = ch_sql_column(st, 4),
                      .place = ch_sql_column(st, 5),
                      .time = ch_sql_column(st, 6),
                      .who = ch_sql_column(st, 7),
                      .json = ch_sql_column(st, 8)};
    on = each(context, &e);
  }
  sqlite3_finalize(st);
  for (int i = 0; i < 3; i++)
    ch_buf_free(&names[i]);
}

json_t *ch_store_event_json(const ChStoreEvent *e)
{
  json_t *o = json_object(), *event = json_loadb(e->json.p, e->json.n, 0, NULL);
  json_object_set_new(o, "id", json_sprintf("%.*s:%.*s", CH_ARG(e->report), CH_ARG(e->id)));
  json_object_set_new(o, "report", json_stringn(e->report.p, e->report.n));
  json_object_set_new(o, "published", e->published.n ? json_stringn(e->published.p, e->published.n) : json_null());
  json_object_update_missing(o, event);
  json_decref(event);
  return o;
}

json_t *ch_store_reading(ChStore *s, ChSlice report, ChError *err)
{
  json_t *reading = NULL;
  sqlite3_stmt *st = ch_sql_prepare(s, "SELECT json FROM reading WHERE report = ?1", err);
  ch_sql_text(st, 1, report);
  if (ch_sql_row(s, st, err)) {
    ChSlice json = ch_sql_column(st, 0);
    reading = json_loadb(json.p, json.n, 0, NULL);
    if (!reading)
      ch_error_at(err, CH_ERR_FORMAT, ch_slice_z(s->path), 0, 0, "the reading of %.*s is damaged", CH_ARG(report));
  } else if (!ch_failed(err)) {
    ch_error_at(err, CH_ERR_NOTFOUND, ch_slice_z(s->path), 0, 0, "no report %.*s in the store", CH_ARG(report));
  }
  sqlite3_finalize(st);
  return reading;
}

void ch_store_readings(ChStore *s, bool (*each)(void *context, ChSlice report, ChSlice json), void *context, ChError *err)
{
  sqlite3_stmt *st = ch_sql_prepare(s, "SELECT report, json FROM reading ORDER BY report", err);
  bool on = true;
  while (on && ch_sql_row(s, st, err))
    on = each(context, ch_sql_column(st, 0), ch_sql_column(st, 1));
  sqlite3_finalize(st);
}

void ch_store_statements(ChStore *s, ChSlice speaker, ChSlice target, ChSlice as_of, size_t most,
                         bool (*each)(void *context, const ChStoreStatement *statement), void *context, ChError *err)
{
  static const char select[] =
      "SELECT s.speaker, s.stands_for, s.act, s.about, s.target, s.report, r.published,"
      " (SELECT quote FROM evidence WHERE statement = s.key ORDER BY rowid LIMIT 1)"
      " FROM statement s JOIN reading r ON r.report = s.report"
      " WHERE (s.speaker = ?1 OR s.stands_for = ?1) AND (?2 IS NULL OR s.target = ?2 OR instr(s.about, ?2) > 0)"
      " AND (?3 IS NULL OR r.published <= ?3) ORDER BY r.published DESC, s.report, s.key LIMIT ?4";
  sqlite3_stmt *st = ch_sql_prepare(s, select, err);
  ch_sql_text(st, 1, speaker);
  ch_sql_text(st, 2, target);
  ch_sql_text(st, 3, as_of);
  if (st)
    sqlite3_bind_int64(st, 4, (sqlite3_int64)most);
  bool on = true;
  while (on && ch_sql_row(s, st, err)) {
    ChStoreStatement x = {.speaker = ch_sql_column(st, 0),
                          .of = ch_sql_column(st, 1),
                          .act = ch_sql_column(st, 2),
                          .about = ch_sql_column(st, 3),
                          .target = ch_sql_column(st, 4),
                          .report = ch_sql_column(st, 5),
                          .published = ch_sql_column(st, 6),
                          .quote = ch_sql_column(st, 7)};
    on = each(context, &x);
  }
  sqlite3_finalize(st);
}
