/* Reports as they came, and whether what was made of them is sound. */
#include <stdlib.h>

#include "store/sql.h"

void ch_store_ids(ChStore *s, bool (*each)(void *context, ChSlice id), void *context, ChError *err)
{
  sqlite3_stmt *st = ch_sql_prepare(s, "SELECT id FROM report ORDER BY id", err);
  bool on = true;
  while (on && ch_sql_row(s, st, err))
    on = each(context, ch_sql_column(st, 0));
  sqlite3_finalize(st);
}

ChStoreReport ch_store_raw(ChStore *s, ChSlice id, ChBuf *bytes, ChArena *arena, ChError *err)
{
  ChStoreReport r = {.meta = {.id = ch_arena_copy(arena, id)}};
  sqlite3_stmt *st = ch_sql_prepare(s, "SELECT bytes, name, published, outlet, title, lang, ready FROM report WHERE id = ?1", err);
  ch_sql_text(st, 1, id);
  bytes->n = 0;
  if (ch_sql_row(s, st, err)) {
    const char *p = sqlite3_column_blob(st, 0);
    ch_buf_slice(bytes, ch_slice(p ? p : "", (size_t)sqlite3_column_bytes(st, 0)));
    ChSlice *to[] = {&r.name, &r.meta.published, &r.meta.outlet, &r.meta.title, &r.meta.lang};
    for (int i = 0; i < 5; i++)
      *to[i] = ch_arena_copy(arena, ch_sql_column(st, 1 + i));
    r.ready = sqlite3_column_int(st, 6) != 0;
    if (bytes->failed)
      ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
    r.bytes = ch_buf_view(bytes);
  } else if (!ch_failed(err)) {
    ch_error_at(err, CH_ERR_NOTFOUND, ch_slice_z(s->path), 0, 0, "no report %.*s in the store", CH_ARG(id));
  }
  sqlite3_finalize(st);
  return r;
}

/* ---- verify ---- */

typedef struct Check {
  ChStore *s;
  bool (*each)(void *context, ChSlice fault);
  void *context;
  ChError *err;
  bool on;
} Check;

/* "what: text" */
static void fault(Check *c, ChSlice what, ChSlice text)
{
  ChBuf b = {0};
  ch_buf_printf(&b, "%.*s: %.*s", CH_ARG(what), CH_ARG(text));
  c->on = c->on && c->each(c->context, ch_buf_view(&b));
  ch_buf_free(&b);
}

/* What SQLite itself finds wrong: each row of the pragma is a fault but `fine`. */
static void check_pragma(Check *c, const char *sql, const char *fine, const char *what)
{
  sqlite3_stmt *st = ch_sql_prepare(c->s, sql, c->err);
  while (c->on && ch_sql_row(c->s, st, c->err)) {
    ChSlice row = ch_sql_column(st, 0);
    if (!fine || !ch_slice_eq(row, ch_slice_z(fine)))
      fault(c, ch_slice_z(what), row);
  }
  sqlite3_finalize(st);
}

/* Does the index of words fit the pages? A question that SQLite wants put as a write; nothing is written. */
static void check_index(Check *c)
{
  ChError found = {0};
  ch_sql_run(c->s, "BEGIN IMMEDIATE", c->err);
  if (ch_failed(c->err))
    return;
  ch_sql_run(c->s, "INSERT INTO search(search, rank) VALUES('integrity-check', 1)", &found);
  if (ch_failed(&found))
    fault(c, CH_LIT("the index of words"), CH_LIT("does not fit the reports"));
  sqlite3_exec(c->s->db, "ROLLBACK", NULL, NULL, NULL);
}

static void check_reports(Check *c, size_t *ids)
{
  sqlite3_stmt *st = ch_sql_prepare(c->s, "SELECT r.id, r.bytes, r.hash, g.json, (SELECT count(*) FROM page WHERE report = r.id) FROM report r "
                                          "LEFT JOIN reading g ON g.report = r.id ORDER BY r.id", c->err);
  while (c->on && ch_sql_row(c->s, st, c->err)) {
    char hash[48];
    ChSlice id = ch_sql_column(st, 0), json = ch_sql_column(st, 3);
    const char *p = sqlite3_column_blob(st, 1);
    ch_store_hash(ch_slice(p ? p : "", (size_t)sqlite3_column_bytes(st, 1)), hash);
    json_t *reading = json_loadb(json.p, json.n, 0, NULL);
    const json_t *events = json_object_get(reading, "events");
    ++*ids;
    if (!ch_slice_eq(ch_slice_z(hash), ch_sql_column(st, 2)))
      fault(c, id, CH_LIT("its bytes are not those that came"));
    if (!json_is_array(events))
      fault(c, id, json.n ? CH_LIT("its reading is damaged") : CH_LIT("it was never read"));
    else if (c->s->pack && (size_t)sqlite3_column_int64(st, 4) != 1 + json_array_size(events))
      fault(c, id, CH_LIT("it is not in the index of words"));
    json_decref(reading);
  }
  sqlite3_finalize(st);
}

/* Every event of the table as it stands in its reading, and none missing. */
static void check_events(Check *c)
{
  sqlite3_stmt *st = ch_sql_prepare(c->s,
                                    "SELECT g.report FROM reading g WHERE json_array_length(g.json, '$.events') <> (SELECT count(*) FROM event e WHERE e.report = g.report)"
                                    " OR EXISTS (SELECT 1 FROM event e WHERE e.report = g.report AND"
                                    "  json_extract(g.json, '$.events[' || (e.number - 1) || ']') IS NOT json(e.json))",
                                    c->err);
  while (c->on && ch_sql_row(c->s, st, c->err))
    fault(c, ch_sql_column(st, 0), CH_LIT("its events are not those of its reading"));
  sqlite3_finalize(st);
}

void ch_store_verify(ChStore *s, bool (*each)(void *context, ChSlice fault), void *context, size_t *ids, ChError *err)
{
  Check c = {.s = s, .each = each, .context = context, .err = err, .on = true};
  check_pragma(&c, "PRAGMA integrity_check", "ok", "the file");
  check_pragma(&c, "PRAGMA foreign_key_check", NULL, "a row without the one that it belongs to, in");
  check_reports(&c, ids);
  check_events(&c);
  check_index(&c);
}
