/* Inside the store: the handle, statements, errors. */
#ifndef CH_STORE_SQL_H
#define CH_STORE_SQL_H

#include <sqlite3.h>

#include "store/store.h"
#include "world/terms.h"

struct ChStore {
  sqlite3 *db;
  const ChPack *pack;    /* for the record and the search; NULL until ch_store_use */
  const ChPack *indexed; /* the pack of which the index of words is known to be (search.c) */
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
/* Binds the first or last day of an EDTF date; "" is NULL. */
void ch_sql_day(sqlite3_stmt *st, int at, ChSlice edtf, bool last, ChError *err);
/* One step: true where there is a row. */
bool ch_sql_row(ChStore *s, sqlite3_stmt *st, ChError *err);
ChSlice ch_sql_column(sqlite3_stmt *st, int column);
/* Steps a statement that gives no row and resets it; its new rowid. */
int64_t ch_sql_insert(ChStore *s, sqlite3_stmt *st, ChError *err);


/* Of a report's bytes: 64 bits of XXH3 and the length. Tells a changed report from the same one; no defence against forgery. */
void ch_store_hash(ChSlice bytes, char out[48]);

/* The string of a key; "" where there is none. */
static inline ChSlice ch_store_get(const json_t *o, const char *key)
{
  const json_t *v = json_object_get(o, key);
  const char *z = json_string_value(v);
  return z ? ch_slice(z, json_string_length(v)) : CH_LIT("");
}

/* ---- the schema: one piece for each file that keeps tables (schema.c has the list) ---- */

/* `tables` and `views` run whenever a store is made or brought up to date, so each of their statements says IF NOT EXISTS (views are dropped
 * before). `clear` empties what is made from the reports; a piece without it is permanent. The hooks, each of which may be NULL, run inside the
 * writer's transaction; what they do must depend on the set of reports (and corrections) only, not on the order in which they came. */
typedef struct ChPiece {
  const char *name, *tables, *views, *clear;
  /* A report and its reading were put, in place of what stood under its id. */
  void (*report)(ChStore *s, const ChStoreReport *report, const json_t *reading, ChError *err);
  /* The report is about to go. */
  void (*report_gone)(ChStore *s, ChSlice report, ChError *err);
  /* A happening was made or made anew (docs/record.md has its keys), or is about to go. `id` is the number in its id. */
  void (*happening)(ChStore *s, uint64_t id, const json_t *happening, ChError *err);
  void (*happening_gone)(ChStore *s, uint64_t id, ChError *err);
} ChPiece;

extern const ChPiece ch_piece_reports, ch_piece_readings; /* put.c */
extern const ChPiece ch_piece_corrections;                /* corrections.c: permanent */
extern const ChPiece ch_piece_search;                     /* search.c */
extern const ChPiece ch_piece_copies;                     /* copies.c */
extern const ChPiece ch_piece_kept;                       /* kept.c */
extern const ChPiece ch_piece_visits;                     /* visits.c: permanent */

/* Makes the tables where the store is new and `create`, or of an older schema; an error where it is no store or a newer one. */
void ch_schema_ready(ChStore *s, bool create, ChError *err);
/* Empties all that is made from the reports. Inside a transaction. */
void ch_schema_clear(ChStore *s, ChError *err);
/* Calls the hooks of all pieces. */
void ch_pieces_report(ChStore *s, const ChStoreReport *report, const json_t *reading, ChError *err);
void ch_pieces_report_gone(ChStore *s, ChSlice report, ChError *err);
void ch_pieces_happening(ChStore *s, uint64_t id, const json_t *happening, ChError *err);
void ch_pieces_happening_gone(ChStore *s, uint64_t id, ChError *err);

/* The record, put together from the readings (happenings.c); new reference. */
json_t *ch_store_build(ChStore *s, ChSlice as_of, ChError *err);

/* ---- filters over JSON (filter.c) ---- */
typedef struct ChFilter {
  const ChStoreQuery *q;
  const ChPack *pack;
  ChTermTables tables;
  ChBuf who, with, where; /* folded */
  int32_t from, to;
  ChBuf scratch;
} ChFilter;

void ch_filter_open(ChFilter *f, const ChStoreQuery *q, const ChPack *pack, ChError *err);
void ch_filter_close(ChFilter *f);
bool ch_filter_fits(ChFilter *f, const json_t *happening);

#endif
