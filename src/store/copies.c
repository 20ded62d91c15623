/* Copies of one item among the store's reports: pairs are found when a report is put, by the keys of its print (intake/copies.h). */
#include "store/copies.h"

#include <stdlib.h>

#include "intake/copies.h"
#include "store/sql.h"

const ChPiece ch_piece_copies = {
    .name = "copies",
    .tables = "CREATE TABLE IF NOT EXISTS print(report TEXT PRIMARY KEY REFERENCES reading(report) ON DELETE CASCADE, print BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS band(key INTEGER, report TEXT REFERENCES print(report) ON DELETE CASCADE, PRIMARY KEY(key, report)) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS band_report ON band(report);"
    "CREATE TABLE IF NOT EXISTS copy("
    "  a TEXT REFERENCES print(report) ON DELETE CASCADE, b TEXT REFERENCES print(report) ON DELETE CASCADE, PRIMARY KEY(a, b)) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS copy_b ON copy(b);",
};

static void put_print(ChStore *s, ChSlice report, const ChCopyPrint *print, ChError *err)
{
  sqlite3_stmt *st = ch_sql_prepare(s, "INSERT INTO print VALUES(?1, ?2)", err);
  ch_sql_text(st, 1, report);
  if (st)
    sqlite3_bind_blob(st, 2, print, sizeof *print, SQLITE_STATIC);
  ch_sql_insert(s, st, err);
  sqlite3_finalize(st);
}

static void put_bands(ChStore *s, ChSlice report, const uint64_t *keys, ChError *err)
{
  sqlite3_stmt *st = ch_sql_prepare(s, "INSERT OR IGNORE INTO band VALUES(?1, ?2)", err);
  for (int i = 0; i < CH_COPY_BANDS && !ch_failed(err); i++) {
    sqlite3_bind_int64(st, 1, (sqlite3_int64)keys[i]);
    ch_sql_text(st, 2, report);
    ch_sql_insert(s, st, err);
  }
  sqlite3_finalize(st);
}

/* Pairs of this report and those that share a key with it, where they are copies. */
static void put_pairs(ChStore *s, ChSlice report, const ChCopyPrint *print, ChError *err)
{
  sqlite3_stmt *st = ch_sql_prepare(s, "SELECT p.report, p.print FROM print p WHERE p.report <> ?1 AND p.report IN"
                                       " (SELECT other.report FROM band own JOIN band other ON other.key = own.key WHERE own.report = ?1)", err);
  sqlite3_stmt *put = ch_sql_prepare(s, "INSERT OR IGNORE INTO copy VALUES(min(?1, ?2), max(?1, ?2))", err);
  ch_sql_text(st, 1, report);
  while (ch_sql_row(s, st, err)) {
    ChCopyPrint other;
    const void *blob = sqlite3_column_blob(st, 1);
    if (!blob || sqlite3_column_bytes(st, 1) != (int)sizeof other)
      continue;
    memcpy(&other, blob, sizeof other);
    if (other.version != print->version || !ch_copy_same(print, &other))
      continue;
    ch_sql_text(put, 1, report);
    ch_sql_text(put, 2, ch_sql_column(st, 0));
    ch_sql_insert(s, put, err);
  }
  sqlite3_finalize(st);
  sqlite3_finalize(put);
}

void ch_copies_put(ChStore *s, const ChStoreReport *report, ChError *err)
{
  ChCopyPrint print;
  uint64_t keys[CH_COPY_BANDS];
  if (!report->text.n || ch_failed(err))
    return;
  ch_copy_print(report->text, &print, err);
  if (ch_failed(err) || print.runs < CH_COPY_LEAST)
    return;
  ch_copy_keys(&print, keys);
  put_print(s, report->meta.id, &print, err);
  put_bands(s, report->meta.id, keys, err);
  put_pairs(s, report->meta.id, &print, err);
}

/* ---- groups ---- */

static uint32_t find(const ChSlice *ids, size_t n, ChSlice id)
{
  size_t low = 0, high = n;
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (ch_slice_cmp(ids[mid], id) < 0)
      low = mid + 1;
    else
      high = mid;
  }
  return low < n && ch_slice_eq(ids[low], id) ? (uint32_t)low : UINT32_MAX;
}

static uint32_t root(uint32_t *group, uint32_t i)
{
  while (group[i] != i)
    i = group[i] = group[group[i]];
  return i;
}

void ch_copies_groups(ChStore *s, const ChSlice *ids, size_t n, uint32_t *group, ChError *err)
{
  for (uint32_t i = 0; i < n; i++)
    group[i] = i;
  sqlite3_stmt *st = ch_sql_prepare(s, "SELECT a, b FROM copy", err);
  while (ch_sql_row(s, st, err)) {
    uint32_t a = find(ids, n, ch_sql_column(st, 0)), b = find(ids, n, ch_sql_column(st, 1));
    if (a == UINT32_MAX || b == UINT32_MAX)
      continue;
    a = root(group, a), b = root(group, b);
    group[a > b ? a : b] = a > b ? b : a;
  }
  sqlite3_finalize(st);
  for (uint32_t i = 0; i < n; i++)
    group[i] = root(group, i);
}
