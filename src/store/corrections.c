/* Corrections by people: permanent rows, to which only new ones are added; an undo is a row of its own. */
#include "store/kept.h"
#include "store/sql.h"

#include <stdlib.h>

#include "record/correct.h"

static const char tables[] =
    "CREATE TABLE IF NOT EXISTS correction("
    "  number INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL, act TEXT NOT NULL, field TEXT, value TEXT, target INTEGER, note TEXT);"
    "CREATE TABLE IF NOT EXISTS anchor("
    "  correction INTEGER NOT NULL REFERENCES correction(number), report TEXT NOT NULL, hash TEXT, json TEXT NOT NULL);"
    "CREATE INDEX IF NOT EXISTS anchor_correction ON anchor(correction);"
    "CREATE INDEX IF NOT EXISTS anchor_report ON anchor(report);";

const ChPiece ch_piece_corrections = {.name = "corrections", .tables = tables};

/* ---- asking ---- */

static json_t *column_text(sqlite3_stmt *st, int column)
{
  ChSlice s = ch_sql_column(st, column);
  return s.n ? json_stringn(s.p, s.n) : json_null();
}

json_t *ch_store_corrections(ChStore *s, ChError *err)
{
  json_t *list = json_array(), *row = NULL;
  sqlite3_stmt *st = ch_sql_prepare(s,
                                    "SELECT c.number, c.at, c.by, c.act, c.field, c.value, c.target, c.note, a.json, a.hash IS r.hash"
                                    " FROM correction c LEFT JOIN anchor a ON a.correction = c.number LEFT JOIN report r ON r.id = a.report"
                                    " ORDER BY c.number, a.rowid",
                                    err);
  while (ch_sql_row(s, st, err)) {
    if (!row || json_integer_value(json_object_get(row, "number")) != sqlite3_column_int64(st, 0)) {
      row = json_object();
      json_object_set_new(row, "number", json_integer(sqlite3_column_int64(st, 0)));
      static const char *const keys[] = {"at", "by", "act", "field", "value"};
      for (int i = 0; i < 5; i++)
        json_object_set_new(row, keys[i], column_text(st, 1 + i));
      if (sqlite3_column_int64(st, 6))
        json_object_set_new(row, "target", json_integer(sqlite3_column_int64(st, 6)));
      json_object_set_new(row, "note", column_text(st, 7));
      json_object_set_new(row, "anchors", json_array());
      json_array_append_new(list, row);
    }
    ChSlice text = ch_sql_column(st, 8);
    json_t *anchor = text.n ? json_loadb(text.p, text.n, 0, NULL) : NULL;
    if (anchor) {
      json_object_set_new(anchor, "same", json_boolean(sqlite3_column_int(st, 9)));
      json_array_append_new(json_object_get(row, "anchors"), anchor);
    }
  }
  sqlite3_finalize(st);
  return list;
}

/* ---- what has become of anchors ---- */

/* The member that the anchor leads to as "report:e3"; null where its report is gone or says it no more. */
static json_t *lead(ChStore *s, const ChRecordRules *rules, const json_t *anchor)
{
  ChError gone = {0};
  ChArena arena;
  ChSlice report = ch_store_get(anchor, "report");
  json_t *reading = ch_store_reading(s, report, &gone), *found = NULL;
  size_t n = 0;
  ch_arena_init(&arena, SIZE_MAX);
  ChRecordMention **m = reading ? ch_record_mentions(rules, &arena, reading, report, &n) : NULL;
  const ChRecordMention *to = ch_record_anchored(rules, anchor, m, n);
  if (to)
    found = json_sprintf("%.*s:%.*s", CH_ARG(report), CH_ARG(ch_record_mention_event(to)));
  ch_arena_free(&arena);
  json_decref(reading);
  return found ? found : json_null();
}

void ch_store_corrections_lead(ChStore *s, json_t *rows, ChError *err)
{
  ChArena arena;
  ch_arena_init(&arena, SIZE_MAX);
  const ChRecordRules *rules = ch_failed(err) ? NULL : ch_record_rules(s->pack, &arena, err);
  const ChRecordCorrections *c = rules ? ch_record_corrections(rules, &arena, rows, CH_LIT("")) : NULL;
  for (size_t i = 0; c && i < json_array_size(rows); i++) {
    json_t *row = json_array_get(rows, i), *anchors = json_object_get(row, "anchors");
    json_object_set_new(row, "stands", json_boolean(ch_record_stands(c, json_integer_value(json_object_get(row, "number")))));
    for (size_t k = 0; k < json_array_size(anchors); k++)
      json_object_set_new(json_array_get(anchors, k), "mention", lead(s, rules, json_array_get(anchors, k)));
  }
  ch_arena_free(&arena);
}

/* ---- writing ---- */

json_t *ch_store_anchor(ChStore *s, ChSlice member, int side, ChError *err)
{
  size_t colon = member.n;
  while (colon && member.p[colon - 1] != ':')
    colon--;
  ChSlice report = ch_slice(member.p, colon ? colon - 1 : 0), id = ch_slice(member.p + colon, member.n - colon);
  json_t *reading = ch_failed(err) ? NULL : ch_store_reading(s, report, err), *anchor = NULL;
  const json_t *events = json_object_get(reading, "events");
  for (size_t i = 0; i < json_array_size(events) && !anchor; i++)
    if (ch_slice_eq(ch_store_get(json_array_get(events, i), "id"), id))
      anchor = ch_record_anchor(json_array_get(events, i), report, side);
  if (!anchor)
    ch_error_at(err, CH_ERR_NOTFOUND, ch_slice_z(s->path), 0, 0, "no event %.*s in the store", CH_ARG(member));
  json_decref(reading);
  return anchor;
}

static void put_anchors(ChStore *s, int64_t number, const json_t *anchors, ChError *err)
{
  sqlite3_stmt *st = ch_sql_prepare(s, "INSERT INTO anchor VALUES(?1, ?2, (SELECT hash FROM report WHERE id = ?2), ?3)", err);
  for (size_t i = 0; st && i < json_array_size(anchors) && !ch_failed(err); i++) {
    const json_t *a = json_array_get(anchors, i);
    char *json = json_dumps(a, JSON_COMPACT);
    sqlite3_bind_int64(st, 1, number);
    ch_sql_text(st, 2, ch_store_get(a, "report"));
    ch_sql_text(st, 3, ch_slice_z(json ? json : "{}"));
    ch_sql_insert(s, st, err);
    free(json);
  }
  sqlite3_finalize(st);
}

/* A row that is there and is not undone. */
static void check_target(ChStore *s, int64_t target, ChError *err)
{
  sqlite3_stmt *st = ch_sql_prepare(s, "SELECT 1 FROM correction WHERE number = ?1", err);
  if (st)
    sqlite3_bind_int64(st, 1, target);
  if (!ch_sql_row(s, st, err) && !ch_failed(err))
    ch_error_at(err, CH_ERR_NOTFOUND, ch_slice_z(s->path), 0, 0, "no correction %lld", (long long)target);
  sqlite3_finalize(st);
}

int64_t ch_store_correct(ChStore *s, const ChStoreCorrection *c, const json_t *anchors, ChError *err)
{
  int64_t number = 0;
  ch_sql_run(s, "BEGIN IMMEDIATE", err);
  if (ch_failed(err))
    return 0;
  if (c->target)
    check_target(s, c->target, err);
  sqlite3_stmt *st = ch_sql_prepare(s,
                                    "INSERT INTO correction(at, by, act, field, value, target, note)"
                                    " VALUES(coalesce(?1, strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), ?2, ?3, ?4, ?5, nullif(?6, 0), ?7)",
                                    err);
  const ChSlice texts[] = {c->at, c->by, c->act, c->field, c->value};
  for (int i = 0; i < 5; i++)
    ch_sql_text(st, 1 + i, texts[i]);
  if (st)
    sqlite3_bind_int64(st, 6, c->target);
  ch_sql_text(st, 7, c->note);
  number = ch_sql_insert(s, st, err);
  sqlite3_finalize(st);
  put_anchors(s, number, anchors, err);
  ch_kept_changed(s, err);
  ch_sql_run(s, "COMMIT", err);
  if (ch_failed(err))
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
  return ch_failed(err) ? 0 : number;
}
