/* Opening, the schema, the folding of names. */
#include "store/store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "store/sql.h"

/* Changes to it raise CH_STORE_SCHEMA and add a step to `upgrade`. */
static const char schema[] =
    "CREATE TABLE report("
    "  id TEXT PRIMARY KEY, name TEXT, bytes BLOB NOT NULL, hash TEXT NOT NULL,"
    "  published TEXT, outlet TEXT, title TEXT, lang TEXT,"
    "  added TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ','now'))) WITHOUT ROWID;"
    "CREATE TABLE reading("
    "  report TEXT PRIMARY KEY REFERENCES report(id) ON DELETE CASCADE, json TEXT NOT NULL,"
    "  lang TEXT, published TEXT, published_basis TEXT, outlet TEXT, title TEXT) WITHOUT ROWID;"
    "CREATE TABLE event("
    "  key INTEGER PRIMARY KEY, report TEXT NOT NULL REFERENCES reading(report) ON DELETE CASCADE, number INTEGER NOT NULL,"
    "  id TEXT NOT NULL, kind TEXT, status TEXT, place TEXT, place_form TEXT, time TEXT, first_day INTEGER, last_day INTEGER,"
    "  attribution TEXT, who TEXT, json TEXT NOT NULL, UNIQUE(report, number));"
    "CREATE INDEX event_first ON event(first_day);"
    "CREATE TABLE participant("
    "  key INTEGER PRIMARY KEY, event INTEGER NOT NULL REFERENCES event(key) ON DELETE CASCADE, name TEXT, type TEXT, role TEXT,"
    "  stands_for TEXT);"
    "CREATE INDEX participant_event ON participant(event);"
    "CREATE TABLE form(participant INTEGER NOT NULL REFERENCES participant(key) ON DELETE CASCADE, form TEXT NOT NULL);"
    "CREATE INDEX form_participant ON form(participant);"
    "CREATE TABLE link("
    "  event INTEGER NOT NULL REFERENCES event(key) ON DELETE CASCADE, type TEXT, target TEXT NOT NULL);"
    "CREATE INDEX link_event ON link(event);"
    "CREATE TABLE statement("
    "  key INTEGER PRIMARY KEY, report TEXT NOT NULL REFERENCES reading(report) ON DELETE CASCADE, speaker TEXT, stands_for TEXT,"
    "  act TEXT, about TEXT, target TEXT);"
    "CREATE INDEX statement_report ON statement(report);"
    "CREATE TABLE evidence("
    "  event INTEGER REFERENCES event(key) ON DELETE CASCADE, statement INTEGER REFERENCES statement(key) ON DELETE CASCADE,"
    "  quote TEXT NOT NULL, first INTEGER, last INTEGER);"
    "CREATE INDEX evidence_event ON evidence(event) WHERE event IS NOT NULL;"
    "CREATE INDEX evidence_statement ON evidence(statement) WHERE statement IS NOT NULL;"
    "CREATE TABLE person("
    "  report TEXT NOT NULL REFERENCES reading(report) ON DELETE CASCADE, name TEXT, post TEXT, stands_for TEXT, form TEXT);"
    "CREATE INDEX person_report ON person(report);";

static int64_t pragma(ChStore *s, const char *sql, ChError *err)
{
  sqlite3_stmt *st = ch_sql_prepare(s, sql, err);
  int64_t value = ch_sql_row(s, st, err) ? sqlite3_column_int64(st, 0) : 0;
  sqlite3_finalize(st);
  return value;
}

static void make_schema(ChStore *s, ChError *err)
{
  char z[96];
  snprintf(z, sizeof z, "PRAGMA application_id=%d; PRAGMA user_version=%d", CH_STORE_APPLICATION, CH_STORE_SCHEMA);
  ch_sql_run(s, "BEGIN IMMEDIATE", err);
  /* another process may have made it while we waited */
  if (pragma(s, "PRAGMA user_version", err) == 0) {
    ch_sql_run(s, schema, err);
    ch_sql_run(s, z, err);
  }
  ch_sql_run(s, "COMMIT", err);
  if (ch_failed(err))
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
}

static void check_store(ChStore *s, bool create, ChError *err)
{
  int64_t version = pragma(s, "PRAGMA user_version", err), application = pragma(s, "PRAGMA application_id", err);
  int64_t objects = pragma(s, "SELECT count(*) FROM sqlite_schema", err);
  ChSlice file = ch_slice_z(s->path);
  if (ch_failed(err))
    return;
  if (objects == 0 && version == 0 && application == 0 && create)
    make_schema(s, err);
  else if (application != CH_STORE_APPLICATION)
    ch_error_at(err, CH_ERR_FORMAT, file, 0, 0, "not a store of Chancery");
  else if (version > CH_STORE_SCHEMA)
    ch_error_at(err, CH_ERR_FORMAT, file, 0, 0, "the store was made by a newer Chancery (schema %lld, this one knows %d)",
                (long long)version, CH_STORE_SCHEMA);
}

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
    check_store(s, create, err);
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
