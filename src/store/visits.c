/* What the web said of an address when it was last fetched whole: lets the next request ask only for what has changed. */
#include "store/sql.h"

const ChPiece ch_piece_visits = {
    .name = "visits",
    .tables = "CREATE TABLE IF NOT EXISTS visit(url TEXT PRIMARY KEY, etag TEXT, modified TEXT) WITHOUT ROWID;",
};

void ch_store_visit(ChStore *s, ChSlice url, ChBuf *etag, ChBuf *modified, ChError *err)
{
  sqlite3_stmt *st = ch_sql_prepare(s, "SELECT etag, modified FROM visit WHERE url = ?1", err);
  ch_sql_text(st, 1, url);
  if (ch_sql_row(s, st, err)) {
    ch_buf_slice(etag, ch_sql_column(st, 0));
    ch_buf_slice(modified, ch_sql_column(st, 1));
  }
  sqlite3_finalize(st);
}

void ch_store_visited(ChStore *s, ChSlice url, ChSlice etag, ChSlice modified, ChError *err)
{
  sqlite3_stmt *st = ch_sql_prepare(s, "INSERT OR REPLACE INTO visit VALUES(?1, ?2, ?3)", err);
  ch_sql_text(st, 1, url);
  ch_sql_text(st, 2, etag);
  ch_sql_text(st, 3, modified);
  ch_sql_insert(s, st, err);
  sqlite3_finalize(st);
}
