/* The record, kept in tables: questions read it by index until a report or a correction changes what it is made from. */
#include "store/kept.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "record/record.h"
#include "store/sql.h"
#include "world/day.h"

const ChPiece ch_piece_kept = {
    .name = "kept",
    /* place: order in the record. first_day, last_day: CH_DAY_MAX where it has none. word: of a participant's names, folded */
    .tables = "CREATE TABLE IF NOT EXISTS happening("
    "  id INTEGER PRIMARY KEY, place INTEGER NOT NULL, first_day INTEGER NOT NULL, last_day INTEGER NOT NULL, kind TEXT, status TEXT, json TEXT NOT NULL);"
    "CREATE INDEX IF NOT EXISTS happening_day ON happening(first_day, last_day);"
    "CREATE TABLE IF NOT EXISTS taker(word TEXT, happening INTEGER REFERENCES happening(id) ON DELETE CASCADE, PRIMARY KEY(word, happening)) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS taker_happening ON taker(happening);"
    "CREATE TABLE IF NOT EXISTS member(key INTEGER PRIMARY KEY, happening INTEGER NOT NULL REFERENCES happening(id) ON DELETE CASCADE);"
    "CREATE INDEX IF NOT EXISTS member_happening ON member(happening);",
};

/* ---- is it that of now? ---- */

void ch_kept_changed(ChStore *s, ChError *err)
{
  ch_sql_run(s, "INSERT INTO made VALUES('change', 1) ON CONFLICT(what) DO UPDATE SET value = value + 1", err);
}

static ChSlice made(ChStore *s, const char *what, char out[64], ChError *err)
{
  sqlite3_stmt *st = ch_sql_prepare(s, "SELECT value FROM made WHERE what = ?1", err);
  ch_sql_text(st, 1, ch_slice_z(what));
  *out = '\0';
  if (ch_sql_row(s, st, err))
    snprintf(out, 64, "%.*s", CH_ARG(ch_sql_column(st, 0)));
  sqlite3_finalize(st);
  return ch_slice_z(out);
}

/* What the record of now would be marked with: the rules in the program, those in the pack, the changes so far. */
static void mark_of(ChStore *s, char out[64], ChError *err)
{
  char change[64];
  made(s, "change", change, err);
  snprintf(out, 64, "%d %016llx %.30s", CH_RECORD_VERSION, (unsigned long long)ch_pack_print(s->pack), change);
}

/* ---- keeping ---- */

typedef struct Keep {
  ChStore *s;
  ChError *err;
  sqlite3_stmt *happening, *taker, *member;
  ChBuf scratch;
} Keep;

static void keep_words(Keep *k, int64_t id, ChSlice name)
{
  k->scratch.n = 0;
  ch_utf8_fold(name, &k->scratch);
  ChSlice rest = ch_buf_view(&k->scratch);
  while (rest.n) {
    ch_sql_text(k->taker, 1, ch_slice_cut(&rest, ' '));
    sqlite3_bind_int64(k->taker, 2, id);
    ch_sql_insert(k->s, k->taker, k->err);
  }
}

static void keep_takers(Keep *k, int64_t id, const json_t *list)
{
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *x = json_array_get(list, i), *aliases = json_object_get(x, "aliases");
    keep_words(k, id, ch_store_get(x, "name"));
    keep_words(k, id, ch_store_get(x, "of"));
    for (size_t j = 0; j < json_array_size(aliases); j++)
      keep_words(k, id, ch_slice_z(json_string_value(json_array_get(aliases, j)) ? json_string_value(json_array_get(aliases, j)) : ""));
  }
}

static void keep_key(Keep *k, int64_t id, ChSlice member)
{
  sqlite3_bind_int64(k->member, 1, (sqlite3_int64)ch_record_key(member));
  sqlite3_bind_int64(k->member, 2, id);
  ch_sql_insert(k->s, k->member, k->err);
}

/* The member's key, and those that it has in the copies of its report. */
static void keep_member(Keep *k, int64_t id, ChSlice member, const json_t *reports)
{
  size_t colon = member.n; /* the last: ids of reports may have some */
  keep_key(k, id, member);
  while (colon > 0 && member.p[colon - 1] != ':')
    colon--;
  for (size_t i = 0; colon && i < json_array_size(reports); i++) {
    const json_t *report = json_array_get(reports, i), *copies = json_object_get(report, "copies");
    for (size_t j = 0; j < json_array_size(copies) && ch_slice_eq(ch_store_get(report, "id"), ch_slice(member.p, colon - 1)); j++) {
      k->scratch.n = 0;
      ch_buf_printf(&k->scratch, "%.*s%.*s", CH_ARG(ch_store_get(json_array_get(copies, j), "id")), (int)(member.n - colon + 1), member.p + colon - 1);
      keep_key(k, id, ch_buf_view(&k->scratch));
    }
  }
}

static void keep_one(Keep *k, size_t place, const json_t *h)
{
  uint64_t id = 0;
  int32_t first = CH_DAY_MAX, last = CH_DAY_MAX;
  const json_t *members = json_object_get(h, "members");
  char *json = json_dumps(h, JSON_COMPACT);
  ch_record_id_parse(ch_store_get(h, "id"), &id);
  ch_day_span(ch_store_get(h, "time"), &first, &last);
  sqlite3_bind_int64(k->happening, 1, (sqlite3_int64)id);
  sqlite3_bind_int64(k->happening, 2, (sqlite3_int64)place);
  sqlite3_bind_int64(k->happening, 3, first);
  sqlite3_bind_int64(k->happening, 4, last);
  ch_sql_text(k->happening, 5, ch_store_get(h, "kind"));
  ch_sql_text(k->happening, 6, ch_store_get(h, "status"));
  ch_sql_text(k->happening, 7, ch_slice_z(json ? json : "{}"));
  ch_sql_insert(k->s, k->happening, k->err);
  free(json);
  keep_takers(k, (int64_t)id, json_object_get(h, "participants"));
  for (size_t i = 0; i < json_array_size(members); i++) {
    const json_t *m = json_array_get(members, i);
    keep_member(k, (int64_t)id, ch_slice(json_string_value(m), json_string_length(m)), json_object_get(h, "reports"));
  }
}

static void keep_all(ChStore *s, const json_t *record, ChSlice mark, ChError *err)
{
  Keep k = {.s = s, .err = err};
  ch_sql_run(s, "DELETE FROM member; DELETE FROM taker; DELETE FROM happening", err);
  k.happening = ch_sql_prepare(s, "INSERT INTO happening VALUES(?1,?2,?3,?4,?5,?6,?7)", err);
  k.taker = ch_sql_prepare(s, "INSERT OR IGNORE INTO taker VALUES(?1,?2)", err);
  k.member = ch_sql_prepare(s, "INSERT OR IGNORE INTO member VALUES(?1,?2)", err);
  for (size_t i = 0; i < json_array_size(record) && !ch_failed(err); i++)
    keep_one(&k, i, json_array_get(record, i));
  sqlite3_finalize(k.happening);
  sqlite3_finalize(k.taker);
  sqlite3_finalize(k.member);
  ch_buf_free(&k.scratch);
  sqlite3_stmt *st = ch_sql_prepare(s, "INSERT OR REPLACE INTO made VALUES('record', ?1)", err);
  ch_sql_text(st, 1, mark);
  ch_sql_insert(s, st, err);
  sqlite3_finalize(st);
}

/* Keeps it where nothing changed since it was put together; a fault of the writing is none of the question's. */
static bool keep(ChStore *s, const json_t *record, ChSlice mark)
{
  ChError err = {0};
  char now[64];
  sqlite3_busy_timeout(s->db, 0); /* who writes now goes first */
  ch_sql_run(s, "BEGIN IMMEDIATE", &err);
  sqlite3_busy_timeout(s->db, CH_STORE_WAIT_MS);
  if (ch_failed(&err))
    return false;
  mark_of(s, now, &err);
  bool same = !ch_failed(&err) && ch_slice_eq(ch_slice_z(now), mark);
  if (same)
    keep_all(s, record, mark, &err);
  same = same && !ch_failed(&err);
  ch_sql_run(s, same ? "COMMIT" : "ROLLBACK", &err);
  if (ch_failed(&err))
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
  return same && !ch_failed(&err);
}

bool ch_kept_ready(ChStore *s, ChError *err)
{
  char mark[64], kept[64];
  ch_sql_run(s, "BEGIN", err); /* mark and readings of one moment */
  mark_of(s, mark, err);
  bool now = ch_slice_eq(made(s, "record", kept, err), ch_slice_z(mark)), able = !now && !sqlite3_db_readonly(s->db, "main");
  json_t *record = able && !ch_failed(err) ? ch_store_build(s, CH_LIT(""), err) : NULL;
  sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL);
  if (ch_failed(err) || now || !record) {
    json_decref(record);
    return now && !ch_failed(err);
  }
  bool done = keep(s, record, ch_slice_z(mark));
  json_decref(record);
  return done;
}

/* ---- asking ---- */

/* Happenings whose participants have the first and the last word of the names asked for, of which the last may be the beginning of a word: the filter sees
 * to the rest. ?1 ?2 and ?3 ?4 bounds of the first and last word of who, ?9 to ?12 those of with. */
#define HAS_WORD(from, below) " AND (" from " IS NULL OR id IN (SELECT happening FROM taker WHERE word >= " from " AND word < " below "))"
static const char select_kept[] =
    "SELECT json FROM happening WHERE 1" HAS_WORD("?1", "?2") HAS_WORD("?3", "?4") HAS_WORD("?9", "?10") HAS_WORD("?11", "?12")
    " AND (?5 IS NULL OR kind = ?5) AND (?6 IS NULL OR status = ?6)"
    " AND (?7 IS NULL OR last_day >= ?7) AND (?8 IS NULL OR first_day <= ?8 OR first_day = 2147483647) ORDER BY first_day, last_day, id";

/* The bounds within which a word is: it alone, or all that begin with it. */
static void bind_word(sqlite3_stmt *st, int at, ChSlice word, bool whole, ChBuf *upper)
{
  if (!word.n)
    return;
  ch_buf_slice(upper, word);
  ch_buf_text(upper, whole ? "\001" : "\364\217\277\277"); /* below, beyond all letters */
  ch_sql_text(st, at, word);
  ch_sql_text(st, at + 1, ch_buf_view(upper));
}

static void bind_name(sqlite3_stmt *st, int at, const ChBuf *name, ChBuf upper[2])
{
  ChSlice rest = ch_buf_view(name), first = ch_slice_cut(&rest, ' '), last = rest;
  for (ChSlice next = rest; next.n;) {
    last = next;
    ch_slice_cut(&next, ' ');
  }
  bind_word(st, at, first, last.n > 0, &upper[0]);
  bind_word(st, at + 2, last, false, &upper[1]);
}

void ch_kept_each(ChStore *s, const ChStoreQuery *q, bool (*each)(void *context, const json_t *happening), void *context, ChError *err)
{
  ChFilter f = {0};
  ChBuf upper[4] = {0};
  ch_filter_open(&f, q, s->pack, err);
  sqlite3_stmt *st = ch_sql_prepare(s, select_kept, err);
  if (st) {
    bind_name(st, 1, &f.who, upper);
    bind_name(st, 9, &f.with, upper + 2);
    ch_sql_text(st, 5, q->kind);
    ch_sql_text(st, 6, q->status);
    if (f.from != CH_DAY_MIN)
      sqlite3_bind_int64(st, 7, f.from);
    if (f.to != CH_DAY_MAX)
      sqlite3_bind_int64(st, 8, f.to);
  }
  for (bool on = true; on && ch_sql_row(s, st, err);) {
    ChSlice json = ch_sql_column(st, 0);
    json_t *h = json_loadb(json.p, json.n, 0, NULL);
    if (!h)
      ch_error_at(err, CH_ERR_FORMAT, ch_slice_z(s->path), 0, 0, "the record is damaged; 'chancery rebuild' makes it anew");
    else if (ch_filter_fits(&f, h))
      on = each(context, h);
    json_decref(h);
  }
  sqlite3_finalize(st);
  ch_filter_close(&f);
  for (int i = 0; i < 4; i++)
    ch_buf_free(&upper[i]);
}

json_t *ch_kept_of(ChStore *s, uint64_t key, ChError *err)
{
  json_t *h = NULL;
  sqlite3_stmt *st = ch_sql_prepare(s, "SELECT json FROM happening WHERE id = (SELECT happening FROM member WHERE key = ?1)", err);
  if (st)
    sqlite3_bind_int64(st, 1, (sqlite3_int64)key);
  if (ch_sql_row(s, st, err)) {
    ChSlice json = ch_sql_column(st, 0);
    h = json_loadb(json.p, json.n, 0, NULL);
  }
  sqlite3_finalize(st);
  return h;
}

json_t *ch_kept_record(ChStore *s, ChError *err)
{
  json_t *record = json_array();
  sqlite3_stmt *st = ch_sql_prepare(s, "SELECT json FROM happening ORDER BY place", err);
  while (ch_sql_row(s, st, err)) {
    ChSlice json = ch_sql_column(st, 0);
    json_array_append_new(record, json_loadb(json.p, json.n, 0, NULL));
  }
  sqlite3_finalize(st);
  return record;
}
