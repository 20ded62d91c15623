#include "store/sql.h"
#include "world/day.h"

void ch_sql_fail(ChStore *s, ChError *err)
{
  ChSlice file = ch_slice_z(s->path);
  switch (sqlite3_errcode(s->db)) {
  case SQLITE_OK:
  case SQLITE_ROW:
  case SQLITE_DONE:
    return;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    ch_error_at(err, CH_ERR_BUSY, file, 0, 0, "the store is locked by another process");
    return;
  case SQLITE_NOTADB:
    ch_error_at(err, CH_ERR_FORMAT, file, 0, 0, "not a store");
    return;
  case SQLITE_CORRUPT:
    ch_error_at(err, CH_ERR_FORMAT, file, 0, 0, "the store is damaged");
    return;
  case SQLITE_NOMEM:
    ch_error_at(err, CH_ERR_LIMIT, file, 0, 0, "not enough memory");
    return;
  default:
    ch_error_at(err, CH_ERR_IO, file, 0, 0, "the store cannot be used: %s", sqlite3_errmsg(s->db));
  }
}

sqlite3_stmt *ch_sql_prepare(ChStore *s, const char *sql, ChError *err)
{
  sqlite3_stmt *st = NULL;
  if (!ch_failed(err) && sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) != SQLITE_OK)
    ch_sql_fail(s, err);
  return st;
}

void ch_sql_run(ChStore *s, const char *sql, ChError *err)
{
  if (!ch_failed(err) && sqlite3_exec(s->db, sql, NULL, NULL, NULL) != SQLITE_OK)
    ch_sql_fail(s, err);
}

void ch_sql_text(sqlite3_stmt *st, int at, ChSlice text)
{
  if (!st)
    return;
  if (text.n)
    sqlite3_bind_text64(st, at, text.p, text.n, SQLITE_STATIC, SQLITE_UTF8);
  else
    sqlite3_bind_null(st, at);
}

bool ch_sql_row(ChStore *s, sqlite3_stmt *st, ChError *err)
{
  if (ch_failed(err) || !st)
    return false;
  int rc = sqlite3_step(st);
  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    ch_sql_fail(s, err);
  return rc == SQLITE_ROW;
}

ChSlice ch_sql_column(sqlite3_stmt *st, int column)
{
  const unsigned char *p = sqlite3_column_text(st, column);
  return p ? ch_slice((const char *)p, (size_t)sqlite3_column_bytes(st, column)) : CH_LIT("");
}

int64_t ch_sql_insert(ChStore *s, sqlite3_stmt *st, ChError *err)
{
  ch_sql_row(s, st, err);
  if (st) {
    sqlite3_reset(st);
    sqlite3_clear_bindings(st);
  }
  return sqlite3_last_insert_rowid(s->db);
}

void ch_sql_day(sqlite3_stmt *st, int at, ChSlice edtf, bool last, ChError *err)
{
  int32_t first_day, last_day;
  if (!edtf.n)
    return;
  if (!ch_day_span(edtf, &first_day, &last_day))
    ch_error_set(err, CH_ERR_USAGE, "neither a date (YYYY-MM-DD, YYYY-MM or YYYY) nor an interval (A/B): %.*s", CH_ARG(edtf));
  else if (st)
    sqlite3_bind_int64(st, at, last ? last_day : first_day);
}
