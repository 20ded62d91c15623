/* The record: a function of the set of readings (any order, nothing left of what is withdrawn), what is joined and what is kept apart, the
 * life of a happening, conflicts, as of a date. usage: test_record PACK */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pack.h"
#include "record/record.h"
#include "store/kept.h"
#include "store/sql.h"
#include "store/store.h"

static ChPack *pack;

static int open_pack(void **state)
{
  (void)state;
  return pack ? 0 : -1;
}

static int close_pack(void **state)
{
  (void)state;
  ch_pack_close(pack);
  return 0;
}

static void good(const ChError *err)
{
  char z[1024];
  ch_error_format(err, z, sizeof z);
  if (ch_failed(err))
    fail_msg("%s", z);
}

/* One event of one report: "report published|kind status time place|participants, ';' between, persons as name/state|series ordinal". */
static json_t *reading(const char *id, const char *published, const char *kind, const char *status, const char *time, const char *place,
                       const char *who, const char *series, int ordinal)
{
  json_t *parties = json_array();
  ChSlice rest = ch_slice_z(who);
  while (rest.p && rest.n) {
    ChSlice one = ch_slice_cut(&rest, ';'), name = ch_slice_cut(&one, '/');
    json_array_append_new(parties, json_pack("{s:s%,s:[],s:s,s:s,s:o}", "name", name.p, name.n, "aliases", "type", one.n ? "person" : "state",
                                             "role", "party", "of", one.n ? json_stringn(one.p, one.n) : json_null()));
  }
  json_t *e = json_pack("{s:s,s:s,s:s,s:s?,s:s?,s:o,s:s?,s:[],s:[],s:[s]}", "id", "e1", "kind", kind, "status", status, "time", time, "place",
                        place, "participants", parties, "series", series, "links", "documents", "evidence", "words");
  if (ordinal)
    json_object_set_new(e, "ordinal", json_integer(ordinal));
  return json_pack("{s:{s:s,s:s,s:s},s:[o],s:[]}", "report", "id", id, "published", published, "lang", "en", "events", e, "statements");
}

static json_t *build(json_t *const *readings, size_t n)
{
  ChError err = {0};
  json_t *r = ch_record_build(pack, (const json_t *const *)readings, n, NULL, CH_LIT(""), &err);
  good(&err);
  return r;
}

static const char *text(const json_t *o, const char *key) { return json_string_value(json_object_get(o, key)); }

/* ---- joined, kept apart ---- */

typedef struct Told {
  const char *published, *kind, *status, *time, *place, *who, *series;
  int ordinal;
} Told;

static void pairs(void **state)
{
  (void)state;
  static const struct {
    const char *what;
    Told a, b;
    size_t happenings;
  } rows[] = {
      {"a plan and its fact",
       {"2017-06-05", "meeting", "scheduled", "2017-06-08", "Moscow", "Sergey Lavrov/Russia;Staffan de Mistura/UN", NULL, 0},
       {"2017-06-08", "meeting", "held", "2017-06-08", "Moscow", "Sergei Lavrov/Russia;Staffan de Mistura/UN", NULL, 0}, 1},
      {"two rounds of one series",
       {"2017-07-06", "conference", "held", "2017-05-03/2017-05-04", "Astana", "Russia;Turkey;Iran", "Astana process", 4},
       {"2017-07-06", "conference", "held", "2017-07-04/2017-07-05", "Astana", "Russia;Turkey;Iran", "Astana process", 5}, 2},
      {"a round that is put off",
       {"2017-06-05", "conference", "proposed", "2017-06-12/2017-06-13", "Astana", "Russia;Turkey;Iran", "Astana process", 5},
       {"2017-07-06", "conference", "held", "2017-07-04/2017-07-05", "Astana", "Russia;Turkey;Iran", "Astana process", 5}, 1},
      {"the same two in two cities on one day",
       {"2017-06-09", "meeting", "held", "2017-06-08", "Moscow", "Sergey Lavrov/Russia;Staffan de Mistura/UN", NULL, 0},
       {"2017-06-09", "meeting", "held", "2017-06-08", "Geneva", "Sergey Lavrov/Russia;Staffan de Mistura/UN", NULL, 0}, 2},
      {"each meets another",
       {"2017-06-09", "meeting", "held", "2017-06-08", "Moscow", "Sergey Lavrov/Russia;Staffan de Mistura/UN", NULL, 0},
       {"2017-06-09", "meeting", "held", "2017-06-08", "Moscow", "Sergey Lavrov/Russia;Javad Zarif/Iran", NULL, 0}, 2},
      {"held, then announced: another one",
       {"2017-06-09", "meeting", "held", "2017-06-08", "Moscow", "Sergey Lavrov/Russia;Javad Zarif/Iran", NULL, 0},
       {"2017-06-20", "meeting", "scheduled", "2017-06-28", "Moscow", "Sergey Lavrov/Russia;Javad Zarif/Iran", NULL, 0}, 2},
      {"a city and its state",
       {"2017-06-01", "visit", "expected", "2017-06-08", "Russia", "Javad Zarif/Iran", NULL, 0},
       {"2017-06-08", "visit", "ongoing", "2017-06-08", "Moscow", "Javad Zarif/Iran", NULL, 0}, 1},
      {"kinds that are not near",
       {"2017-06-09", "appointment", "held", "2017-06-08", "Moscow", "Sergey Lavrov/Russia", NULL, 0},
       {"2017-06-09", "meeting", "held", "2017-06-08", "Moscow", "Sergey Lavrov/Russia", NULL, 0}, 2},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const Told *t[2] = {&rows[i].a, &rows[i].b};
    json_t *r[2];
    for (int k = 0; k < 2; k++)
      r[k] = reading(k ? "b" : "a", t[k]->published, t[k]->kind, t[k]->status, t[k]->time, t[k]->place, t[k]->who, t[k]->series, t[k]->ordinal);
    json_t *record = build(r, 2);
    if (json_array_size(record) != rows[i].happenings)
      fail_msg("%s ==> %zu happenings", rows[i].what, json_array_size(record));
    json_decref(record);
    json_decref(r[0]);
    json_decref(r[1]);
  }
}

/* ---- life, conflicts ---- */

#define LETTER "Shah Mehmood Qureshi/Pakistan;Joanna Wronecka/Poland"

static void life(void **state)
{
  (void)state;
  json_t *r[] = {
      reading("a", "2017-06-05", "conference", "proposed", "2017-06-12/2017-06-13", "Kazakhstan", "Russia;Iran", "Astana process", 5),
      reading("b", "2017-06-08", "conference", "postponed", "2017-06-20", "Astana", "Russia;Iran", "Astana process", 5),
      reading("c", "2017-07-03", "conference", "scheduled", "2017-07", "Kazakhstan", "Russia;Iran", "Astana process", 5),
      reading("d", "2017-07-06", "conference", "held", "2017-07-04/2017-07-05", "Astana", "Russia;Iran", "Astana process", 5),
      reading("e", "2017-07-07", "conference", "held", "2017-07", "Kazakhstan", "Russia;Iran", "Astana process", 5),
  };
  static const char *const statuses[] = {"proposed", "postponed", "scheduled", "held"};
  json_t *record = build(r, 5), *h = json_array_get(record, 0), *history = json_object_get(h, "history");
  assert_int_equal(json_array_size(record), 1);
  assert_string_equal(text(h, "status"), "held");
  assert_string_equal(text(h, "time"), "2017-07-04/2017-07-05"); /* the month that a later report gives is vaguer */
  assert_string_equal(text(h, "place"), "Astana");
  assert_int_equal(json_array_size(history), 4);
  for (size_t i = 0; i < 4; i++)
    assert_string_equal(text(json_array_get(history, i), "status"), statuses[i]);
  assert_int_equal(json_array_size(json_object_get(h, "conflicts")), 0); /* a plan that moves is no conflict */
  json_decref(record);
  for (size_t i = 0; i < 5; i++)
    json_decref(r[i]);
}

static void conflict(void **state)
{
  (void)state;
  json_t *r[] = {reading("a", "2019-08-15", "message", "held", "2019-08-13", NULL, LETTER, NULL, 0),
                 reading("b", "2019-08-20", "message", "held", "2019-08-14", NULL, LETTER, NULL, 0),
                 reading("c", "2019-08-21", "message", "held", "2019-08-14", NULL, LETTER, NULL, 0)};
  json_t *record = build(r, 2), *h = json_array_get(record, 0), *conflicts = json_object_get(h, "conflicts");
  assert_int_equal(json_array_size(record), 1);
  assert_int_equal(json_array_size(conflicts), 1);
  assert_string_equal(text(json_array_get(conflicts, 0), "field"), "time");
  json_decref(record);
  record = build(r, 3); /* a third one settles it */
  assert_int_equal(json_array_size(record), 1);
  assert_int_equal(json_array_size(json_object_get(json_array_get(record, 0), "conflicts")), 0);
  json_decref(record);
  for (size_t i = 0; i < 3; i++)
    json_decref(r[i]);
}

/* ---- a function of the set ---- */

enum { MADE = 60 };

/* Readings with few people, places and days, so that much is alike. */
static json_t *made(unsigned i)
{
  static const char *const who[] = {"Sergey Lavrov/Russia;Javad Zarif/Iran", "Sergey Lavrov/Russia", "Javad Zarif/Iran;Wang Yi/China",
                                    "Russia;Iran", "Wang Yi/China"};
  static const char *const places[] = {"Moscow", "Tehran", NULL, "Beijing", "Russia"};
  static const char *const kinds[] = {"meeting", "visit", "meeting", "conference"};
  static const char *const statuses[] = {"held", "scheduled", "expected", "ongoing"};
  char id[16], published[16], time[16];
  unsigned h = i * 2654435761u;
  snprintf(id, sizeof id, "r%u", i);
  snprintf(published, sizeof published, "2017-06-%02u", 1 + (h >> 5) % 12);
  snprintf(time, sizeof time, "2017-06-%02u", 1 + (h >> 9) % 12);
  return reading(id, published, kinds[(h >> 13) % 4], statuses[(h >> 15) % 4], (h >> 17) % 3 ? time : NULL, places[(h >> 19) % 5],
                 who[(h >> 23) % 5], NULL, 0);
}

static size_t load(json_t **r, size_t most)
{
  glob_t found = {0};
  size_t n = 0;
  for (; n < MADE && n < most; n++)
    r[n] = made((unsigned)n + 1);
  if (glob("../shared/reports/*/*/*.gold.json", 0, NULL, &found) != 0)
    print_message("no ../shared/reports: made readings only\n");
  for (size_t i = 0; i < found.gl_pathc && n < most; i++) {
    json_t *o = json_load_file(found.gl_pathv[i], 0, NULL);
    if (o)
      r[n++] = o;
  }
  globfree(&found);
  return n;
}

static void any_order(void **state)
{
  (void)state;
  enum { MOST = 160 };
  json_t *r[MOST];
  size_t n = load(r, MOST);
  json_t *first = build(r, n);
  assert_true(json_array_size(first) > n / 2);
  unsigned seed = 7;
  for (int round = 0; round < 8; round++) {
    for (size_t i = n; i > 1; i--) {
      seed = seed * 1664525u + 1013904223u;
      size_t k = (seed >> 8) % i;
      json_t *t = r[i - 1];
      r[i - 1] = r[k];
      r[k] = t;
    }
    json_t *again = build(r, n);
    if (!json_equal(first, again))
      fail_msg("round %d: another order, another record", round);
    json_decref(again);
  }
  json_decref(first);
  for (size_t i = 0; i < n; i++)
    json_decref(r[i]);
}

/* No two mentions of one report, every mention once, ids of their own. */
static void whole_and_once(void **state)
{
  (void)state;
  enum { MOST = 160 };
  json_t *r[MOST], *seen = json_object(), *ids = json_object();
  size_t n = load(r, MOST), events = 0;
  json_t *record = build(r, n);
  for (size_t i = 0; i < n; i++)
    events += json_array_size(json_object_get(r[i], "events"));
  for (size_t i = 0; i < json_array_size(record); i++) {
    const json_t *h = json_array_get(record, i), *members = json_object_get(h, "members"), *reports = json_object_get(h, "reports");
    json_t *mine = json_object();
    assert_null(json_object_get(ids, text(h, "id")));
    json_object_set_new(ids, text(h, "id"), json_true());
    for (size_t k = 0; k < json_array_size(members); k++) {
      json_object_set_new(seen, json_string_value(json_array_get(members, k)), json_true());
      const char *report = text(json_array_get(reports, k), "id");
      assert_null(json_object_get(mine, report));
      json_object_set_new(mine, report, json_true());
    }
    json_decref(mine);
  }
  assert_int_equal(json_object_size(seen), events);
  json_decref(seen);
  json_decref(ids);
  json_decref(record);
  for (size_t i = 0; i < n; i++)
    json_decref(r[i]);
}

/* ---- through the store ---- */

static void put(ChStore *s, json_t *r)
{
  ChError err = {0};
  ChStoreReport report = {.bytes = CH_LIT("x"), .name = CH_LIT("x.json"), .meta = {.id = ch_slice_z(text(json_object_get(r, "report"), "id"))}};
  ch_store_put(s, &report, r, &err);
  good(&err);
}

static bool add_happening(void *list, const json_t *h)
{
  json_array_append_new(list, json_deep_copy(h));
  return true;
}

/* What is kept answers as what is put together from the readings does: all of it, byte for byte, and each question. */
static void as_kept(ChStore *s)
{
  static const ChStoreQuery questions[] = {
      {.coming = false}, {.coming = true}, {.who = {"s", 1}}, {.who = {"a", 1}, .with = {"b", 1}}, {.kind = {"meeting", 7}}, {.status = {"held", 4}},
      {.from = {"2017-06", 7}}, {.to = {"2017-06-05", 10}}, {.from = {"2017-06-03", 10}, .to = {"2017-06-12", 10}, .coming = true}, {.where = {"a", 1}}};
  ChError err = {0};
  assert_true(ch_kept_ready(s, &err));
  json_t *kept = ch_kept_record(s, &err), *made = ch_store_build(s, CH_LIT(""), &err);
  good(&err);
  char *a = json_dumps(kept, JSON_COMPACT), *b = json_dumps(made, JSON_COMPACT);
  assert_string_equal(a, b);
  free(a), free(b);
  size_t answers = 0;
  for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
    json_t *x = json_array(), *y = json_array();
    ch_kept_each(s, &questions[i], add_happening, x, &err);
    ch_store_happenings(s, &questions[i], CH_LIT("2999-01-01"), add_happening, y, &err); /* from the readings */
    good(&err);
    assert_true(json_equal(x, y));
    answers += json_array_size(x);
    json_decref(x), json_decref(y);
  }
  assert_true(answers > json_array_size(made));
  json_decref(kept), json_decref(made);
}

static void in_store(void **state)
{
  (void)state;
  ChError err = {0};
  char path[] = "/tmp/test_record.XXXXXX", side[64];
  int fd = mkstemp(path);
  assert_true(fd >= 0);
  close(fd);
  unlink(path);
  ChStore *s = ch_store_open(path, true, &err);
  good(&err);
  ch_store_use(s, pack);
  json_t *r[MADE];
  for (unsigned i = 0; i < MADE; i++)
    r[i] = made(i + 1);
  for (unsigned i = 0; i + 1 < MADE; i++)
    put(s, r[i]);
  json_t *before = ch_store_record(s, CH_LIT(""), &err);
  put(s, r[MADE - 1]);
  put(s, r[3]); /* again */
  json_t *with = ch_store_record(s, CH_LIT(""), &err);
  assert_false(json_equal(before, with));
  json_t *all = build(r, MADE);
  assert_true(json_equal(all, with));
  as_kept(s);
  ch_store_withdraw(s, ch_slice_z(text(json_object_get(r[MADE - 1], "report"), "id")), &err);
  json_t *after = ch_store_record(s, CH_LIT(""), &err);
  good(&err);
  assert_true(json_equal(before, after)); /* nothing is left of what was withdrawn */
  json_t *early = ch_store_record(s, CH_LIT("2017-06-03"), &err);
  assert_true(json_array_size(early) > 0 && json_array_size(early) < json_array_size(after));
  /* the id of any member leads to the happening */
  const json_t *h = json_array_get(after, 0);
  json_t *found = ch_store_happening(s, ch_slice_z(json_string_value(json_array_get(json_object_get(h, "members"), 0))), CH_LIT(""), &err);
  assert_true(json_equal(found, h));
  assert_null(ch_store_happening(s, CH_LIT("h-000000000000000"), CH_LIT(""), &err));
  assert_int_equal(err.status, CH_ERR_NOTFOUND);
  err = (ChError){0};
  ch_store_withdraw(s, CH_LIT("nobody"), &err);
  assert_int_equal(err.status, CH_ERR_NOTFOUND);
  json_decref(before), json_decref(with), json_decref(all), json_decref(after), json_decref(early), json_decref(found);
  for (unsigned i = 0; i < MADE; i++)
    json_decref(r[i]);
  ch_store_close(s);
  static const char *const ends[] = {"", "-wal", "-shm"};
  for (size_t i = 0; i < 3; i++) {
    snprintf(side, sizeof side, "%s%s", path, ends[i]);
    unlink(side);
  }
}

/* A ready reading may give two events one id, or none: the first counts, and no two happenings have one id. */
static void doubled_ids(void **state)
{
  (void)state;
  static const char *const ids[] = {"e1", "e1", "", "x:e1", "e2"};
  json_t *r = reading("a", "2017-06-09", "meeting", "held", "2017-06-08", "Moscow", "Russia;Iran", NULL, 0);
  json_t *events = json_object_get(r, "events"), *first = json_incref(json_array_get(events, 0));
  json_array_clear(events);
  for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
    json_t *e = json_deep_copy(first);
    json_object_set_new(e, "id", json_string(ids[i]));
    json_array_append_new(events, e);
  }
  json_t *record = build(&r, 1);
  assert_int_equal(json_array_size(record), 2);
  assert_string_not_equal(text(json_array_get(record, 0), "id"), text(json_array_get(record, 1), "id"));
  json_decref(record);
  json_decref(first);
  json_decref(r);
}

/* Many reports that are all alike: the cost stays linear in them. */
static void hostile(void **state)
{
  (void)state;
  enum { MANY = 3000 };
  json_t **r = calloc(MANY, sizeof *r);
  for (unsigned i = 0; i < MANY; i++) {
    char id[16];
    snprintf(id, sizeof id, "r%u", i);
    r[i] = reading(id, "2017-06-09", "meeting", "held", "2017-06-08", "Moscow", "Sergey Lavrov/Russia;Javad Zarif/Iran", NULL, 0);
  }
  json_t *record = build(r, MANY);
  assert_int_equal(json_array_size(record), 1);
  json_decref(record);
  for (unsigned i = 0; i < MANY; i++)
    json_decref(r[i]);
  free(r);
}

int main(int argc, char **argv)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pairs),    cmocka_unit_test(life),           cmocka_unit_test(conflict), cmocka_unit_test(any_order),
      cmocka_unit_test(in_store), cmocka_unit_test(whole_and_once), cmocka_unit_test(hostile),
      cmocka_unit_test(doubled_ids),
  };
  pack = argc == 2 ? open_named(argv[1]) : NULL;
  return cmocka_run_group_tests_name("record", tests, open_pack, close_pack);
}
