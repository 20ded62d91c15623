/* Opening and closing. */
#include "store/store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "store/search.h"
#include "store/sql.h"

ChStore *ch_store_open(const char *path, bool create, ChError *err)
{
  struct stat st;
  if (ch_failed(err))
    return NULL;
  if (!create && stat(path, &st) != 0) {
    ch_error_at(err, CH_ERR_NOTFOUND, ch_slice_z(path), 0, 0, "no store there; 'chancery ingest' makes one");
    return NULL;
  }
  ChStore *s = calloc(1, sizeof *s);
  if (!s) {
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
    return NULL;
  }
  snprintf(s->path, sizeof s->path, "%s", path);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
  if (sqlite3_open_v2(path, &s->db, flags, NULL) != SQLITE_OK) {
    ch_error_at(err, CH_ERR_IO, ch_slice_z(path), 0, 0, "the store cannot be opened: %s", s->db ? sqlite3_errmsg(s->db) : "no memory");
  } else {
    sqlite3_busy_timeout(s->db, CH_STORE_WAIT_MS);
    ch_search_register(s, err);
    ch_schema_ready(s, create, err);
    ch_sql_run(s, "PRAGMA foreign_keys=ON; PRAGMA synchronous=NORMAL", err);
    if (create)
      ch_sql_run(s, "PRAGMA journal_mode=WAL", err);
  }
  if (!ch_failed(err))
    return s;
  ch_store_close(s);
  return NULL;
}

void ch_store_close(ChStore *s)
{
  if (!s)
    return;
  sqlite3_close_v2(s->db);
  free(s);
}
