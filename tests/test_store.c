/* Store: readings in, questions ==> event ids; states, faults. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"
#include "store/sql.h"
#include "store/store.h"

static char folder[] = "/tmp/test_store.XXXXXX";
static char path[64];

static int make_folder(void **state)
{
  (void)state;
  return mkdtemp(folder) ? 0 : -1;
}

static int drop_folder(void **state)
{
  (void)state;
  return rmdir(folder);
}

static int fresh(void **state)
{
  (void)state;
  snprintf(path, sizeof path, "%s/t.db", folder);
  return 0;
}

static int drop(void **state)
{
  (void)state;
  static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
  for (size_t i = 0; i < 4; i++) {
    char z[96];
    snprintf(z, sizeof z, "%s%s", path, ends[i]);
    unlink(z);
  }
  return 0;
}

static void good(const ChError *err)
{
  char z[1024];
  ch_error_format(err, z, sizeof z);
  if (ch_failed(err))
    fail_msg("%s", z);
}

/* Readings of two reports. The Cyrillic name has a letter with two dots, which folds to the one without. */
#define FYODOR "\xD0\xA4\xD1\x91\xD0\xB4\xD0\xBE\xD1\x80\xD0\xBE\xD0\xB2"      /* with dots */
#define FEDOR_SMALL "\xD1\x84\xD0\xB5\xD0\xB4\xD0\xBE\xD1\x80\xD0\xBE\xD0\xB2" /* without, small */
static const char ONE[] =
    "{\"report\":{\"id\":\"a/1\",\"lang\":\"zz\",\"published\":\"2021-04-08\"},\"people\":[{\"name\":\"Asa "
    "Berg\",\"aliases\":[\"Berg\"],"
    "\"post\":\"Minister\",\"of\":\"Sweden\"}],\"events\":["
    "{\"id\":\"e1\",\"kind\":\"visit\",\"status\":\"held\",\"participants\":[{\"name\":\"Asa Berg\",\"aliases\":[\"\xC3\x85sa Berg\"],"
    "\"type\":\"person\",\"role\":\"visitor\",\"of\":\"Sweden\"}],\"place\":\"Oslo\",\"time\":\"2021-04-07\",\"links\":[],"
    "\"evidence\":[\"q\"],"
    "\"spans\":[{\"start\":1,\"end\":2}]},"
    "{\"id\":\"e2\",\"kind\":\"meeting\",\"status\":\"scheduled\",\"participants\":[{\"name\":\"Asa "
    "Berg\",\"aliases\":[],\"of\":\"Sweden\"},"
    "{\"name\":\"Nikolai Fedorov\",\"aliases\":[\"" FYODOR "\"],\"of\":\"Russia\"}],\"place\":\"New York\",\"time\":\"2021-04-10/..\","
    "\"links\":[{\"type\":\"part_of\",\"event\":\"e1\"}],\"evidence\":[],\"spans\":[]},"
    "{\"id\":\"e3\",\"kind\":\"call\",\"status\":\"possible\",\"participants\":[],\"place\":null,\"time\":null,\"links\":[],"
    "\"evidence\":[],"
    "\"spans\":[]}],\"statements\":[{\"speaker\":\"Asa Berg\",\"of\":\"Sweden\",\"act\":\"says\",\"about\":\"gas\",\"target\":null,"
    "\"evidence\":[\"q\"],\"spans\":[{\"start\":1,\"end\":2}]}]}";
static const char TWO[] = "{\"report\":{\"id\":\"b\",\"published\":\"2020-01-02\"},\"people\":[],\"events\":[{\"id\":\"e1\",\"kind\":"
                          "\"visit\",\"status\":\"cancelled\","
                          "\"participants\":[{\"name\":\"Sweden\",\"aliases\":[],\"of\":null}],\"place\":\"Minsk\",\"time\":\"2020\","
                          "\"links\":[],\"evidence\":[],"
                          "\"spans\":[]}],\"statements\":[]}";

static void put(ChStore *s, const char *id, const char *bytes, const char *reading)
{
  ChError err = {0};
  json_t *j = json_loads(reading, 0, NULL);
  ChStoreReport r = {.bytes = ch_slice_z(bytes), .name = CH_LIT("f.txt"), .meta = {.id = ch_slice_z(id)}};
  assert_non_null(j);
  ch_store_put(s, &r, j, &err);
  json_decref(j);
  good(&err);
}

static ChStore *open_filled(void)
{
  ChError err = {0};
  ChStore *s = ch_store_open(path, true, &err);
  good(&err);
  put(s, "a/1", "one", ONE);
  put(s, "b", "two", TWO);
  return s;
}

static bool collect(void *context, const ChStoreEvent *e)
{
  ch_buf_printf(context, "%.*s:%.*s ", CH_ARG(e->report), CH_ARG(e->id));
  return true;
}

static void questions(void **state)
{
  (void)state;
  static const struct {
    ChStoreQuery q;
    const char *found;
  } rows[] = {
      {{.coming = false}, "b:e1 a/1:e1 a/1:e2 a/1:e3 "},
      {{.who = {"berg", 4}}, "a/1:e1 a/1:e2 "},
      {{.who = {"BERG  asa", 9}}, ""},
      {{.who = {"asa berg", 8}}, "a/1:e1 a/1:e2 "},
      {{.who = {"erg", 3}}, ""},
      {{.who = {"sweden", 6}}, "b:e1 a/1:e1 a/1:e2 "},
      {{.who = {FEDOR_SMALL, sizeof FEDOR_SMALL - 1}}, "a/1:e2 "},
      {{.who = {FYODOR, sizeof FYODOR - 1}}, "a/1:e2 "},
      {{.who = {"Berg", 4}, .with = {"russia", 6}}, "a/1:e2 "},
      {{.who = {"Berg", 4}, .with = {"sweden", 6}}, ""},
      {{.with = {"russia", 6}}, "a/1:e2 "},
      {{.where = {"york", 4}}, "a/1:e2 "},
      {{.kind = {"visit", 5}}, "b:e1 a/1:e1 "},
      {{.kind = {"visit", 5}, .status = {"held", 4}}, "a/1:e1 "},
      {{.from = {"2021-04-07", 10}}, "a/1:e1 a/1:e2 "},
      {{.from = {"2021-04-08", 10}}, "a/1:e2 "},
      {{.to = {"2020-06", 7}}, "b:e1 "},
      {{.from = {"2020-12-31", 10}, .to = {"2021-04-07", 10}}, "b:e1 a/1:e1 "},
      {{.from = {"2030", 4}}, "a/1:e2 "},
      {{.from = {"2021-04-01", 10}, .coming = true}, "a/1:e2 a/1:e3 "},
      {{.from = {"2021-05-01", 10}, .coming = true}, "a/1:e2 "},
      {{.from = {"2019", 4}, .to = {"2020", 4}, .coming = true}, ""},
      {{.who = {"'; DROP TABLE event; --", 23}}, ""},
  };
  ChStore *s = open_filled();
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    ChError err = {0};
    ChBuf found = {0};
    ch_store_events(s, &rows[i].q, collect, &found, &err);
    good(&err);
    if (!ch_slice_is(ch_buf_view(&found), rows[i].found))
      fail_msg("row %zu ==> %.*s, not %s", i, CH_ARG(ch_buf_view(&found)), rows[i].found);
    ch_buf_free(&found);
  }
  ch_store_close(s);
}

/* Filters that say nothing are faults, not the whole store. */
static void no_questions(void **state)
{
  (void)state;
  static const ChStoreQuery rows[] = {
      {.who = {"***", 3}},   {.with = {" ", 1}},         {.who = {"berg", 4}, .with = {"-", 1}}, {.where = {"%", 1}},
      {.from = {"soon", 4}}, {.to = {"2021-02-30", 10}}, {.from = {"2021", 4}, .to = {"x", 1}},
  };
  ChStore *s = open_filled();
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    ChError err = {0};
    ChBuf found = {0};
    ch_store_events(s, &rows[i], collect, &found, &err);
    if (err.status != CH_ERR_USAGE || found.n)
      fail_msg("row %zu ==> status %d, %.*s", i, (int)err.status, CH_ARG(ch_buf_view(&found)));
    ch_buf_free(&found);
  }
  ch_store_close(s);
}

static bool event_object(void *context, const ChStoreEvent *e)
{
  json_t *o = ch_store_event_json(e);
  assert_string_equal(json_string_value(json_object_get(o, "id")), "a/1:e2");
  assert_string_equal(json_string_value(json_object_get(o, "report")), "a/1");
  assert_string_equal(json_string_value(json_object_get(o, "published")), "2021-04-08");
  assert_string_equal(json_string_value(json_object_get(o, "kind")), "meeting");
  assert_true(ch_slice_is(e->who, "Asa Berg, Nikolai Fedorov"));
  json_decref(o);
  *(bool *)context = true;
  return true;
}

static void objects(void **state)
{
  (void)state;
  ChStore *s = open_filled();
  ChError err = {0};
  bool seen = false;
  ch_store_events(s, &(ChStoreQuery){.kind = CH_LIT("meeting")}, event_object, &seen, &err);
  good(&err);
  assert_true(seen);
  json_t *r = ch_store_reading(s, CH_LIT("b"), &err), *want = json_loads(TWO, 0, NULL);
  assert_true(json_equal(r, want));
  json_decref(r);
  json_decref(want);
  assert_null(ch_store_reading(s, CH_LIT("c"), &err));
  assert_int_equal(err.status, CH_ERR_NOTFOUND);
  ch_store_close(s);
}

static int64_t number(ChStore *s, const char *sql)
{
  sqlite3_stmt *st;
  assert_int_equal(sqlite3_prepare_v2(s->db, sql, -1, &st, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(st), SQLITE_ROW);
  int64_t n = sqlite3_column_int64(st, 0);
  sqlite3_finalize(st);
  return n;
}

static void again(void **state)
{
  (void)state;
  ChStore *s = open_filled();
  ChError err = {0};
  ChStoreReport r = {.bytes = CH_LIT("one"), .name = CH_LIT("f.txt"), .meta = {.id = CH_LIT("a/1")}};
  assert_int_equal(ch_store_state(s, &r, &err), CH_STORE_SAME);
  r.bytes = CH_LIT("One");
  assert_int_equal(ch_store_state(s, &r, &err), CH_STORE_CHANGED);
  r.bytes = CH_LIT("one");
  r.meta.outlet = CH_LIT("Paper");
  assert_int_equal(ch_store_state(s, &r, &err), CH_STORE_CHANGED);
  r.meta.id = CH_LIT("a/2");
  assert_int_equal(ch_store_state(s, &r, &err), CH_STORE_NEW);
  good(&err);
  /* what stood under the id is replaced, nothing of it stays */
  put(s, "a/1", "new", TWO);
  assert_int_equal(number(s, "SELECT count(*) FROM report"), 2);
  assert_int_equal(number(s, "SELECT count(*) FROM event"), 2);
  assert_int_equal(number(s, "SELECT count(*) FROM participant"), 2);
  assert_int_equal(number(s, "SELECT count(*) FROM evidence"), 0);
  assert_int_equal(number(s, "SELECT count(*) FROM person"), 0);
  assert_int_equal(number(s, "SELECT count(*) FROM statement"), 0);
  assert_int_equal(number(s, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
  ch_store_close(s);
}

static void evidence_rows(void **state)
{
  (void)state;
  ChStore *s = open_filled();
  assert_int_equal(number(s, "SELECT count(*) FROM evidence WHERE event IS NOT NULL AND statement IS NULL AND first = 1 AND last = 2"),
                   1);
  assert_int_equal(number(s, "SELECT count(*) FROM evidence WHERE event IS NULL AND statement IS NOT NULL"), 1);
  assert_int_equal(number(s, "SELECT count(*) FROM link WHERE type = 'part_of' AND target = 'e1'"), 1);
  ch_store_close(s);
}

static void faults(void **state)
{
  (void)state;
  ChError err = {0};
  assert_null(ch_store_open(path, false, &err));
  assert_int_equal(err.status, CH_ERR_NOTFOUND);
  err = (ChError){0};
  assert_null(ch_store_open("/nonexistent/folder/t.db", true, &err));
  assert_int_equal(err.status, CH_ERR_IO);
  err = (ChError){0};
  char junk[4096];
  memset(junk, 'j', sizeof junk);
  ch_file_write(path, ch_slice(junk, sizeof junk), &err);
  assert_null(ch_store_open(path, true, &err));
  assert_int_equal(err.status, CH_ERR_FORMAT);
}

static void other_database(void **state)
{
  (void)state;
  ChError err = {0};
  sqlite3 *db;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, "CREATE TABLE mine(x)", NULL, NULL, NULL), SQLITE_OK);
  assert_null(ch_store_open(path, true, &err));
  assert_int_equal(err.status, CH_ERR_FORMAT);
  err = (ChError){0};
  assert_int_equal(sqlite3_exec(db, "DROP TABLE mine; PRAGMA application_id=1128812099; PRAGMA user_version=99", NULL, NULL, NULL),
                   SQLITE_OK);
  sqlite3_close(db);
  assert_null(ch_store_open(path, true, &err));
  assert_int_equal(err.status, CH_ERR_FORMAT);
  assert_non_null(strstr(err.text, "newer"));
}

static void damaged(void **state)
{
  (void)state;
  ChError err = {0};
  ChBuf bytes = {0};
  ch_store_close(open_filled());
  ch_file_read(path, (size_t)1 << 24, &bytes, &err);
  memset(bytes.p + 4096, 0x5A, bytes.n - 4096); /* all pages but the first */
  ch_file_write(path, ch_buf_view(&bytes), &err);
  good(&err);
  ch_buf_free(&bytes);
  ChStore *s = ch_store_open(path, false, &err);
  ChBuf found = {0};
  if (s)
    ch_store_events(s, &(ChStoreQuery){0}, collect, &found, &err);
  assert_int_equal(err.status, CH_ERR_FORMAT);
  ch_buf_free(&found);
  ch_store_close(s);
}

static void locked(void **state)
{
  (void)state;
  ChError err = {0};
  ChStore *s = open_filled();
  sqlite3 *db;
  sqlite3_busy_timeout(s->db, 10);
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
  json_t *j = json_loads(TWO, 0, NULL);
  ChStoreReport r = {.bytes = CH_LIT("3"), .meta = {.id = CH_LIT("c")}};
  ch_store_put(s, &r, j, &err);
  assert_int_equal(err.status, CH_ERR_BUSY);
  sqlite3_close(db);
  err = (ChError){0};
  assert_int_equal(ch_store_state(s, &r, &err), CH_STORE_NEW); /* nothing half-written */
  good(&err);
  json_decref(j);
  ch_store_close(s);
}

/* What an address said when it was last taken in: kept, replaced, and forgotten when a report goes, which may come from there. */
static void visits(void **state)
{
  (void)state;
  ChError err = {0};
  ChBuf etag = {0}, modified = {0};
  ChStore *s = open_filled();
  ch_store_visit(s, CH_LIT("https://a.example/"), &etag, &modified, &err);
  good(&err);
  assert_int_equal(etag.n + modified.n, 0);
  ch_store_visited(s, CH_LIT("https://a.example/"), CH_LIT("v1"), CH_LIT("Mon"), &err);
  ch_store_visited(s, CH_LIT("https://a.example/"), CH_LIT("v2"), CH_LIT(""), &err);
  ch_store_visit(s, CH_LIT("https://a.example/"), &etag, &modified, &err);
  good(&err);
  assert_true(ch_slice_is(ch_buf_view(&etag), "v2") && !modified.n);
  etag.n = 0;
  ch_store_withdraw(s, CH_LIT("b"), &err);
  ch_store_visit(s, CH_LIT("https://a.example/"), &etag, &modified, &err);
  good(&err);
  assert_int_equal(etag.n, 0);
  ch_buf_free(&etag);
  ch_buf_free(&modified);
  ch_store_close(s);
}

static void folding(void **state)
{
  (void)state;
  static const char *const rows[][2] = {
      {"\xC3\x85sa  Berg-Ek", "asa berg ek"},
      {FYODOR, FEDOR_SMALL},
      {"U.S.", "u s"},
      {"(EU)", "eu"},
      {"", ""},
      {"--", ""},
      {"G20", "g20"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    ChBuf out = {0};
    ch_utf8_fold(ch_slice_z(rows[i][0]), &out);
    if (!ch_slice_is(ch_buf_view(&out), rows[i][1]))
      fail_msg("%s ==> %.*s", rows[i][0], CH_ARG(ch_buf_view(&out)));
    ch_buf_free(&out);
  }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fresh, drop)

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(questions), TEST(no_questions),   TEST(objects), TEST(again),  TEST(evidence_rows),
      TEST(faults),    TEST(other_database), TEST(damaged), TEST(locked), TEST(visits), TEST(folding),
  };
  return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
