/* The schema: its pieces, a store made new, older stores brought up to date. */
#include <stdio.h>

#include "store/sql.h"

/* In order of making; what a piece refers to stands before it. A new table needs no new number of the schema: a store that lacks it gets it
 * when it is next opened for writing under a raised CH_STORE_SCHEMA. */
static const ChPiece *const pieces[] = {
    &ch_piece_reports,
    &ch_piece_readings,
    &ch_piece_corrections,
    &ch_piece_search,
    &ch_piece_copies,
    &ch_piece_kept,
    &ch_piece_visits,
};
enum { PIECES = sizeof pieces / sizeof *pieces };

/* From each released schema to the next: what goes, and what permanent tables get. Tables that are new are made afterwards. */
static const char *const upgrades[CH_STORE_SCHEMA] = {
    [1] = "",
    /* what was ingested as a ready reading was told by its bytes alone */
    [2] = "ALTER TABLE report ADD COLUMN ready INTEGER NOT NULL DEFAULT 0;"
          "UPDATE report SET ready = 1 WHERE CASE WHEN json_valid(CAST(bytes AS TEXT))"
          " THEN json_type(CAST(bytes AS TEXT), '$.events') = 'array' ELSE 0 END;",
};

static int64_t pragma(ChStore *s, const char *sql, ChError *err)
{
  sqlite3_stmt *st = ch_sql_prepare(s, sql, err);
  int64_t value = ch_sql_row(s, st, err) ? sqlite3_column_int64(st, 0) : 0;
  sqlite3_finalize(st);
  return value;
}

/* From `version` (0 = nothing there) to this one, in one transaction. */
static void make(ChStore *s, ChError *err)
{
  char z[96];
  snprintf(z, sizeof z, "PRAGMA application_id=%d; PRAGMA user_version=%d", CH_STORE_APPLICATION, CH_STORE_SCHEMA);
  ch_sql_run(s, "BEGIN IMMEDIATE", err);
  /* another process may have made it while we waited */
  int64_t version = pragma(s, "PRAGMA user_version", err);
  for (int64_t v = version; v > 0 && v < CH_STORE_SCHEMA; v++)
    ch_sql_run(s, upgrades[v], err);
  for (size_t i = 0; i < PIECES && version < CH_STORE_SCHEMA; i++) {
    ch_sql_run(s, pieces[i]->tables, err);
    if (pieces[i]->views)
      ch_sql_run(s, pieces[i]->views, err);
  }
  ch_sql_run(s, z, err);
  ch_sql_run(s, "COMMIT", err);
  if (ch_failed(err))
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
}

void ch_schema_ready(ChStore *s, bool create, ChError *err)
{
  int64_t version = pragma(s, "PRAGMA user_version", err), application = pragma(s, "PRAGMA application_id", err);
  int64_t objects = pragma(s, "SELECT count(*) FROM sqlite_schema", err);
  ChSlice file = ch_slice_z(s->path);
  if (ch_failed(err))
    return;
  bool empty = objects == 0 && version == 0 && application == 0;
  if (!(empty && create) && application != CH_STORE_APPLICATION)
    ch_error_at(err, CH_ERR_FORMAT, file, 0, 0, "not a store of Chancery");
  else if (version > CH_STORE_SCHEMA)
    ch_error_at(err, CH_ERR_FORMAT, file, 0, 0, "the store was made by a newer Chancery (schema %lld, this one knows %d)",
                (long long)version, CH_STORE_SCHEMA);
  else if (version < CH_STORE_SCHEMA)
    make(s, err);
}

void ch_schema_clear(ChStore *s, ChError *err)
{
  for (size_t i = PIECES; i-- > 0;)
    if (pieces[i]->clear)
      ch_sql_run(s, pieces[i]->clear, err);
}

/* ---- hooks ---- */

void ch_pieces_report(ChStore *s, const ChStoreReport *report, const json_t *reading, ChError *err)
{
  for (size_t i = 0; i < PIECES && !ch_failed(err); i++)
    if (pieces[i]->report)
      pieces[i]->report(s, report, reading, err);
}

void ch_pieces_report_gone(ChStore *s, ChSlice report, ChError *err)
{
  for (size_t i = 0; i < PIECES && !ch_failed(err); i++)
    if (pieces[i]->report_gone)
      pieces[i]->report_gone(s, report, err);
}

void ch_pieces_happening(ChStore *s, uint64_t id, const json_t *happening, ChError *err)
{
  for (size_t i = 0; i < PIECES && !ch_failed(err); i++)
    if (pieces[i]->happening)
      pieces[i]->happening(s, id, happening, err);
}

void ch_pieces_happening_gone(ChStore *s, uint64_t id, ChError *err)
{
  for (size_t i = 0; i < PIECES && !ch_failed(err); i++)
    if (pieces[i]->happening_gone)
      pieces[i]->happening_gone(s, id, err);
}
