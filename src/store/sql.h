/* Inside the store: the handle, statements, errors. */
#ifndef CH_STORE_SQL_H
#define CH_STORE_SQL_H

#include <sqlite3.h>

#include "store/store.h"

struct ChStore {
  sqlite3 *db;
  char path[256];
};

/* Turns what SQLite last said into the error. */
void ch_sql_fail(ChStore *s, ChError *err);
/* A statement ready to bind; NULL where an error stands. Finish with sqlite3_finalize. */
sqlite3_stmt *ch_sql_prepare(ChStore *s, const char *sql, ChError *err);
/* Runs a script. */
void ch_sql_run(ChStore *s, const char *sql, ChError *err);
/* Binds a text; "" is NULL. The text must live until the statement is reset. */
void ch_sql_text(sqlite3_stmt *st, int at, ChSlice text);
/* One step: true where there is a row. */
bool ch_sql_row(ChStore *s, sqlite3_stmt *st, ChError *err);
ChSlice ch_sql_column(sqlite3_stmt *st, int column);
/* Steps a statement that gives no row and resets it; its new rowid. */
int64_t ch_sql_insert(ChStore *s, sqlite3_stmt *st, ChError *err);

/* Form under which names are compared: decomposed, without marks, case-folded, other than letters and digits one blank. Adds to out. */
void ch_store_fold(ChSlice name, ChBuf *out);

#endif
