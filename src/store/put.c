/* Reports and readings into the tables. */
#include "base/utf8.h"
#include "store/copies.h"
#include "store/kept.h"
#include "store/search.h"
#include "store/sql.h"
#include "world/day.h"

const ChPiece ch_piece_reports = {
    .name = "reports",
    .tables = "CREATE TABLE IF NOT EXISTS report("
    "  id TEXT PRIMARY KEY, name TEXT, bytes BLOB NOT NULL, hash TEXT NOT NULL,"
    "  published TEXT, outlet TEXT, title TEXT, lang TEXT,"
    "  added TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ','now')), ready INTEGER NOT NULL DEFAULT 0);",
};

const ChPiece ch_piece_readings = {
    .name = "readings",
    .tables = "CREATE TABLE IF NOT EXISTS reading("
    "  report TEXT PRIMARY KEY REFERENCES report(id) ON DELETE CASCADE, json TEXT NOT NULL,"
    "  lang TEXT, published TEXT, published_basis TEXT, outlet TEXT, title TEXT);"
    "CREATE TABLE IF NOT EXISTS event("
    "  key INTEGER PRIMARY KEY, report TEXT NOT NULL REFERENCES reading(report) ON DELETE CASCADE, number INTEGER NOT NULL,"
    "  id TEXT NOT NULL, kind TEXT, status TEXT, place TEXT, place_form TEXT, time TEXT, first_day INTEGER, last_day INTEGER,"
    "  attribution TEXT, who TEXT, json TEXT NOT NULL, UNIQUE(report, number));"
    "CREATE INDEX IF NOT EXISTS event_first ON event(first_day);"
    "CREATE TABLE IF NOT EXISTS participant("
    "  key INTEGER PRIMARY KEY, event INTEGER NOT NULL REFERENCES event(key) ON DELETE CASCADE, name TEXT, type TEXT, role TEXT,"
    "  stands_for TEXT);"
    "CREATE INDEX IF NOT EXISTS participant_event ON participant(event);"
    "CREATE TABLE IF NOT EXISTS form(participant INTEGER NOT NULL REFERENCES participant(key) ON DELETE CASCADE, form TEXT NOT NULL);"
    "CREATE INDEX IF NOT EXISTS form_participant ON form(participant);"
    "CREATE TABLE IF NOT EXISTS link("
    "  event INTEGER NOT NULL REFERENCES event(key) ON DELETE CASCADE, type TEXT, target TEXT NOT NULL);"
    "CREATE INDEX IF NOT EXISTS link_event ON link(event);"
    "CREATE TABLE IF NOT EXISTS statement("
    "  key INTEGER PRIMARY KEY, report TEXT NOT NULL REFERENCES reading(report) ON DELETE CASCADE, speaker TEXT, stands_for TEXT,"
    "  act TEXT, about TEXT, target TEXT);"
    "CREATE INDEX IF NOT EXISTS statement_report ON statement(report);"
    "CREATE TABLE IF NOT EXISTS evidence("
    "  event INTEGER REFERENCES event(key) ON DELETE CASCADE, statement INTEGER REFERENCES statement(key) ON DELETE CASCADE,"
    "  quote TEXT NOT NULL, first INTEGER, last INTEGER);"
    "CREATE INDEX IF NOT EXISTS evidence_event ON evidence(event) WHERE event IS NOT NULL;"
    "CREATE INDEX IF NOT EXISTS evidence_statement ON evidence(statement) WHERE statement IS NOT NULL;"
    "CREATE TABLE IF NOT EXISTS person("
    "  report TEXT NOT NULL REFERENCES reading(report) ON DELETE CASCADE, name TEXT, post TEXT, stands_for TEXT, form TEXT);"
    "CREATE INDEX IF NOT EXISTS person_report ON person(report);",
    .clear = "DELETE FROM reading",
};

void ch_store_hash(ChSlice bytes, char out[48]) { snprintf(out, 48, "%016llx-%zu", (unsigned long long)ch_slice_hash(bytes), bytes.n); }

ChStoreState ch_store_state(ChStore *s, const ChStoreReport *report, ChError *err)
{
  ChStoreState state = CH_STORE_NEW;
  char hash[48];
  ch_store_hash(report->bytes, hash);
  sqlite3_stmt *st = ch_sql_prepare(s,
                                    "SELECT hash, published, outlet, title, lang, name, r.report IS NOT NULL FROM report "
                                    "LEFT JOIN (SELECT report FROM reading) r ON r.report = id WHERE id = ?1",
                                    err);
  ch_sql_text(st, 1, report->meta.id);
  if (ch_sql_row(s, st, err)) {
    const ChSlice now[] = {ch_slice_z(hash),   report->meta.published, report->meta.outlet,
                           report->meta.title, report->meta.lang,      report->name};
    state = sqlite3_column_int(st, 6) ? CH_STORE_SAME : CH_STORE_CHANGED;
    for (int i = 0; i < 6; i++)
      if (!ch_slice_eq(now[i], ch_sql_column(st, i)))
        state = CH_STORE_CHANGED;
  }
  sqlite3_finalize(st);
  return state;
}

/* ---- from the reading to the tables ---- */

static ChSlice get(const json_t *o, const char *key)
{
  const json_t *v = json_object_get(o, key);
  const char *z = json_string_value(v);
  return z ? ch_slice(z, json_string_length(v)) : CH_LIT("");
}

/* The statements of one put, and scratch. */
typedef struct Putter {
  ChStore *s;
  ChError *err;
  ChSlice report;
  sqlite3_stmt *event, *participant, *form, *link, *evidence, *statement, *person;
} Putter;

static void put_form(Putter *p, int64_t participant, ChSlice name)
{
  ChBuf folded = {0};
  ch_utf8_fold(name, &folded);
  if (folded.n) {
    sqlite3_bind_int64(p->form, 1, participant);
    ch_sql_text(p->form, 2, ch_buf_view(&folded));
    ch_sql_insert(p->s, p->form, p->err);
  }
  ch_buf_free(&folded);
}

static void put_participants(Putter *p, int64_t event, const json_t *list)
{
  for (size_t i = 0; i < json_array_size(list) && !ch_failed(p->err); i++) {
    const json_t *x = json_array_get(list, i), *aliases = json_object_get(x, "aliases");
    sqlite3_bind_int64(p->participant, 1, event);
    ch_sql_text(p->participant, 2, get(x, "name"));
    ch_sql_text(p->participant, 3, get(x, "type"));
    ch_sql_text(p->participant, 4, get(x, "role"));
    ch_sql_text(p->participant, 5, get(x, "of"));
    int64_t key = ch_sql_insert(p->s, p->participant, p->err);
    put_form(p, key, get(x, "name"));
    put_form(p, key, get(x, "of"));
    for (size_t k = 0; k < json_array_size(aliases); k++)
      put_form(p, key, ch_slice_z(json_string_value(json_array_get(aliases, k))));
  }
}

static void put_evidence(Putter *p, int64_t event, int64_t statement, const json_t *o)
{
  const json_t *quotes = json_object_get(o, "evidence"), *spans = json_object_get(o, "spans");
  for (size_t i = 0; i < json_array_size(quotes) && !ch_failed(p->err); i++) {
    const json_t *span = json_array_get(spans, i);
    if (event)
      sqlite3_bind_int64(p->evidence, 1, event);
    if (statement)
      sqlite3_bind_int64(p->evidence, 2, statement);
    ch_sql_text(p->evidence, 3, ch_slice_z(json_string_value(json_array_get(quotes, i))));
    sqlite3_bind_int64(p->evidence, 4, json_integer_value(json_object_get(span, "start")));
    sqlite3_bind_int64(p->evidence, 5, json_integer_value(json_object_get(span, "end")));
    ch_sql_insert(p->s, p->evidence, p->err);
  }
}

static void add_names(const json_t *list, ChBuf *who)
{
  for (size_t i = 0; i < json_array_size(list); i++)
    ch_buf_printf(who, "%s%.*s", i ? ", " : "", CH_ARG(get(json_array_get(list, i), "name")));
}

static void put_event(Putter *p, size_t number, const json_t *e)
{
  const json_t *links = json_object_get(e, "links"), *who = json_object_get(e, "participants");
  ChBuf place = {0}, names = {0}, json = {0};
  int32_t first, last;
  ch_utf8_fold(get(e, "place"), &place);
  add_names(who, &names);
  char *dump = json_dumps(e, JSON_COMPACT);
  ch_buf_text(&json, dump ? dump : "{}");
  free(dump);
  ch_sql_text(p->event, 1, p->report);
  sqlite3_bind_int64(p->event, 2, (int64_t)number);
  const char *const keys[] = {"id", "kind", "status", "place", NULL, "time"};
  for (int i = 0; i < 6; i++)
    ch_sql_text(p->event, 3 + i, keys[i] ? get(e, keys[i]) : ch_buf_view(&place));
  if (ch_day_span(get(e, "time"), &first, &last)) {
    sqlite3_bind_int64(p->event, 9, first);
    sqlite3_bind_int64(p->event, 10, last);
  }
  ch_sql_text(p->event, 11, get(e, "attribution"));
  ch_sql_text(p->event, 12, ch_buf_view(&names));
  ch_sql_text(p->event, 13, ch_buf_view(&json));
  int64_t key = ch_sql_insert(p->s, p->event, p->err);
  put_participants(p, key, who);
  put_evidence(p, key, 0, e);
  for (size_t i = 0; i < json_array_size(links) && !ch_failed(p->err); i++) {
    sqlite3_bind_int64(p->link, 1, key);
    ch_sql_text(p->link, 2, get(json_array_get(links, i), "type"));
    ch_sql_text(p->link, 3, get(json_array_get(links, i), "event"));
    ch_sql_insert(p->s, p->link, p->err);
  }
  ch_buf_free(&place);
  ch_buf_free(&names);
  ch_buf_free(&json);
}

static void put_statement(Putter *p, const json_t *o)
{
  const char *const keys[] = {"speaker", "of", "act", "about", "target"};
  ch_sql_text(p->statement, 1, p->report);
  for (int i = 0; i < 5; i++)
    ch_sql_text(p->statement, 2 + i, get(o, keys[i]));
  int64_t key = ch_sql_insert(p->s, p->statement, p->err);
  put_evidence(p, 0, key, o);
}

static void put_person(Putter *p, const json_t *o)
{
  ChBuf form = {0};
  ch_utf8_fold(get(o, "name"), &form);
  ch_sql_text(p->person, 1, p->report);
  ch_sql_text(p->person, 2, get(o, "name"));
  ch_sql_text(p->person, 3, get(o, "post"));
  ch_sql_text(p->person, 4, get(o, "of"));
  ch_sql_text(p->person, 5, ch_buf_view(&form));
  ch_sql_insert(p->s, p->person, p->err);
  ch_buf_free(&form);
}

static void put_tables(ChStore *s, ChSlice report, const json_t *reading, ChError *err)
{
  Putter p = {.s = s, .err = err, .report = report};
  p.event = ch_sql_prepare(s,
                           "INSERT INTO event(report, number, id, kind, status, place, place_form, time, first_day, last_day, "
                           "attribution, who, json) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)",
                           err);
  p.participant = ch_sql_prepare(s, "INSERT INTO participant(event, name, type, role, stands_for) VALUES(?1,?2,?3,?4,?5)", err);
  p.form = ch_sql_prepare(s, "INSERT INTO form VALUES(?1,?2)", err);
  p.link = ch_sql_prepare(s, "INSERT INTO link VALUES(?1,?2,?3)", err);
  p.evidence = ch_sql_prepare(s, "INSERT INTO evidence VALUES(?1,?2,?3,?4,?5)", err);
  p.statement =
      ch_sql_prepare(s, "INSERT INTO statement(report, speaker, stands_for, act, about, target) VALUES(?1,?2,?3,?4,?5,?6)", err);
  p.person = ch_sql_prepare(s, "INSERT INTO person VALUES(?1,?2,?3,?4,?5)", err);
  const json_t *events = json_object_get(reading, "events"), *statements = json_object_get(reading, "statements");
  const json_t *people = json_object_get(reading, "people");
  for (size_t i = 0; i < json_array_size(events) && !ch_failed(err); i++)
    put_event(&p, i + 1, json_array_get(events, i));
  for (size_t i = 0; i < json_array_size(statements) && !ch_failed(err); i++)
    put_statement(&p, json_array_get(statements, i));
  for (size_t i = 0; i < json_array_size(people) && !ch_failed(err); i++)
    put_person(&p, json_array_get(people, i));
  sqlite3_stmt *all[] = {p.event, p.participant, p.form, p.link, p.evidence, p.statement, p.person};
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
    sqlite3_finalize(all[i]);
}

static void put_report(ChStore *s, const ChStoreReport *report, ChError *err)
{
  char hash[48];
  ch_store_hash(report->bytes, hash);
  sqlite3_stmt *st = ch_sql_prepare(s,
                                    "INSERT INTO report(id, name, bytes, hash, published, outlet, title, lang, ready) "
                                    "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9) ON CONFLICT(id) DO UPDATE SET name=?2, bytes=?3, hash=?4, "
                                    "published=?5, outlet=?6, title=?7, lang=?8, ready=?9",
                                    err);
  const ChMeta *m = &report->meta;
  ch_sql_text(st, 1, m->id);
  ch_sql_text(st, 2, report->name);
  sqlite3_bind_blob64(st, 3, report->bytes.p, report->bytes.n, SQLITE_STATIC);
  ch_sql_text(st, 4, ch_slice_z(hash));
  ch_sql_text(st, 5, m->published);
  ch_sql_text(st, 6, m->outlet);
  ch_sql_text(st, 7, m->title);
  ch_sql_text(st, 8, m->lang);
  if (st)
    sqlite3_bind_int(st, 9, report->ready);
  ch_sql_insert(s, st, err);
  sqlite3_finalize(st);
}

static void put_reading(ChStore *s, ChSlice id, const json_t *reading, ChError *err)
{
  const json_t *head = json_object_get(reading, "report");
  char *json = json_dumps(reading, JSON_COMPACT);
  sqlite3_stmt *gone = ch_sql_prepare(s, "DELETE FROM reading WHERE report = ?1", err);
  ch_sql_text(gone, 1, id);
  ch_sql_insert(s, gone, err);
  sqlite3_finalize(gone);
  sqlite3_stmt *st = ch_sql_prepare(s, "INSERT INTO reading VALUES(?1,?2,?3,?4,?5,?6,?7)", err);
  const char *const keys[] = {"lang", "published", "published_basis", "outlet", "title"};
  ch_sql_text(st, 1, id);
  ch_sql_text(st, 2, ch_slice_z(json ? json : "{}"));
  for (int i = 0; i < 5; i++)
    ch_sql_text(st, 3 + i, get(head, keys[i]));
  ch_sql_insert(s, st, err);
  sqlite3_finalize(st);
  free(json);
  put_tables(s, id, reading, err);
}

void ch_store_put(ChStore *s, const ChStoreReport *report, const json_t *reading, ChError *err)
{
  ch_sql_run(s, "BEGIN IMMEDIATE", err);
  if (ch_failed(err))
    return;
  ch_search_ready(s, err);
  put_report(s, report, err);
  put_reading(s, report->meta.id, reading, err);
  ch_search_put(s, report, reading, err);
  ch_copies_put(s, report, err);
  ch_kept_changed(s, err);
  ch_pieces_report(s, report, reading, err);
  ch_sql_run(s, "COMMIT", err);
  if (ch_failed(err)) {
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    s->indexed = NULL;
  }
}

void ch_store_withdraw(ChStore *s, ChSlice report, ChError *err)
{
  ch_sql_run(s, "BEGIN IMMEDIATE", err);
  if (ch_failed(err))
    return;
  ch_search_ready(s, err);
  ch_pieces_report_gone(s, report, err);
  sqlite3_stmt *st = ch_sql_prepare(s, "DELETE FROM report WHERE id = ?1", err);
  ch_sql_text(st, 1, report);
  ch_sql_insert(s, st, err);
  sqlite3_finalize(st);
  if (!ch_failed(err) && sqlite3_changes(s->db) == 0)
    ch_error_at(err, CH_ERR_NOTFOUND, ch_slice_z(s->path), 0, 0, "no report %.*s in the store", CH_ARG(report));
  ch_sql_run(s, "DELETE FROM visit", err); /* what is gone may be fetched again */
  ch_kept_changed(s, err);
  ch_sql_run(s, "COMMIT", err);
  if (ch_failed(err)) {
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    s->indexed = NULL;
  }
}
