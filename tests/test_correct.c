/* Corrections by people: what they do, that they survive a new reading, that undo and split after merge leave nothing, that the order of
 * readings does not matter, as of a date. usage: test_correct PACK */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pack.h"
#include "record/correct.h"
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

static const char *text(const json_t *o, const char *key) { return json_string_value(json_object_get(o, key)); }

static json_t *event(const char *id, const char *status, const char *time, const char *place, const char *who, const char *quote, int start)
{
  return json_pack("{s:s,s:s,s:s,s:s,s:s?,s:[{s:s,s:[],s:s,s:s,s:s},{s:s,s:[],s:s,s:s,s:s}],s:[],s:[],s:[s],s:[{s:i,s:i}]}", "id", id, "kind",
                   "meeting", "status", status, "time", time, "place", place, "participants", "name", "Sergey Lavrov", "aliases", "type", "person",
                   "role", "party", "of", "Russia", "name", who, "aliases", "type", "person", "role", "party", "of", "Iran", "links", "documents",
                   "evidence", quote, "spans", "start", start, "end", start + 20);
}

static json_t *reading(const char *id, const char *published, json_t *first, json_t *second)
{
  json_t *events = json_array();
  json_array_append_new(events, first);
  if (second)
    json_array_append_new(events, second);
  return json_pack("{s:{s:s,s:s,s:s},s:o,s:[]}", "report", "id", id, "published", published, "lang", "en", "events", events, "statements");
}

/* Reports of meetings with few people, days and places; each also tells of another meeting. */
enum { MADE = 24 };

static json_t *made(unsigned i)
{
  static const char *const who[] = {"Javad Zarif", "Abbas Araghchi"}, *const places[] = {"Moscow", "Tehran", NULL};
  static const char *const statuses[] = {"held", "scheduled", "held"};
  char id[16], published[16], time[16], quote[2][40];
  unsigned h = i * 2654435761u;
  snprintf(id, sizeof id, "r%02u", i);
  snprintf(published, sizeof published, "2017-06-%02u", 10 + (h >> 5) % 9);
  snprintf(time, sizeof time, "2017-06-%02u", 8 + (h >> 9) % 4);
  for (int k = 0; k < 2; k++)
    snprintf(quote[k], sizeof quote[k], "words %u of report %u", (unsigned)k, i);
  return reading(id, published, event("e1", statuses[(h >> 13) % 3], time, places[(h >> 17) % 3], who[(h >> 21) % 2], quote[0], 10),
                 event("e2", "held", "2017-05-02", places[(h >> 23) % 3], who[(h >> 25) % 2], quote[1], 60));
}

static json_t *build(json_t *const *r, size_t n, const json_t *rows, const char *as_of)
{
  ChError err = {0};
  json_t *record = ch_record_build(pack, (const json_t *const *)r, n, rows, ch_slice_z(as_of), &err);
  good(&err);
  return record;
}

/* The happening that holds the member. */
static json_t *holder(const json_t *record, const char *member)
{
  for (size_t i = 0; i < json_array_size(record); i++) {
    const json_t *members = json_object_get(json_array_get(record, i), "members");
    for (size_t k = 0; k < json_array_size(members); k++)
      if (strcmp(json_string_value(json_array_get(members, k)), member) == 0)
        return json_array_get(record, i);
  }
  return NULL;
}

static json_t *row(json_t *rows, const char *act, const char *field, const char *value)
{
  json_t *o = json_pack("{s:i,s:s,s:s,s:s,s:s?,s:s?,s:[]}", "number", (int)json_array_size(rows) + 1, "at", "2017-07-01T10:00:00Z", "by", "A",
                        "act", act, "field", field, "value", value, "anchors");
  json_array_append_new(rows, o);
  return o;
}

static void undo(json_t *rows, int target) { json_object_set_new(row(rows, "undo", NULL, NULL), "target", json_integer(target)); }

static void anchor(json_t *o, json_t *const *r, size_t n, const char *member, int side)
{
  for (size_t i = 0; i < n; i++) {
    const char *id = text(json_object_get(r[i], "report"), "id");
    size_t k = strlen(id);
    if (strncmp(member, id, k) != 0 || member[k] != ':')
      continue;
    const json_t *events = json_object_get(r[i], "events");
    for (size_t e = 0; e < json_array_size(events); e++)
      if (strcmp(text(json_array_get(events, e), "id"), member + k + 1) == 0) {
        json_array_append_new(json_object_get(o, "anchors"), ch_record_anchor(json_array_get(events, e), ch_slice_z(id), side));
        return;
      }
  }
  fail_msg("no member %s", member);
}

static void anchor_all(json_t *o, json_t *const *r, size_t n, const json_t *h, int side)
{
  const json_t *members = json_object_get(h, "members");
  for (size_t i = 0; i < json_array_size(members); i++)
    anchor(o, r, n, json_string_value(json_array_get(members, i)), side);
}

/* The record without what it says of corrections. */
static json_t *bare(json_t *record)
{
  for (size_t i = 0; i < json_array_size(record); i++)
    json_object_del(json_array_get(record, i), "corrections");
  return record;
}

static void load(json_t **r)
{
  for (unsigned i = 0; i < MADE; i++)
    r[i] = made(i + 1);
}

static void drop(json_t **r)
{
  for (unsigned i = 0; i < MADE; i++)
    json_decref(r[i]);
}

/* Merging any two happenings, splitting them again, and undoing: one; as before; exactly as before. */
static void merge_and_split(void **state)
{
  (void)state;
  json_t *r[MADE];
  load(r);
  json_t *before = build(r, MADE, NULL, "");
  size_t n = json_array_size(before);
  assert_true(n > 3);
  for (size_t i = 1; i < n; i++) {
    const json_t *a = json_array_get(before, i - 1), *b = json_array_get(before, i);
    const char *first = json_string_value(json_array_get(json_object_get(a, "members"), 0));
    const char *second = json_string_value(json_array_get(json_object_get(b, "members"), 0));
    json_t *rows = json_array(), *m = row(rows, "merge", NULL, NULL);
    anchor_all(m, r, MADE, a, 0);
    anchor_all(m, r, MADE, b, 0);
    json_t *merged = build(r, MADE, rows, "");
    assert_int_equal(json_array_size(merged), n - 1);
    assert_ptr_equal(holder(merged, first), holder(merged, second));
    assert_non_null(json_object_get(holder(merged, first), "corrections"));
    json_t *s = row(rows, "split", NULL, NULL);
    anchor_all(s, r, MADE, a, 0);
    anchor_all(s, r, MADE, b, 1);
    json_t *apart = bare(build(r, MADE, rows, ""));
    assert_true(json_equal(before, apart));
    undo(rows, 2);
    json_t *again = build(r, MADE, rows, "");
    assert_true(json_equal(merged, again));
    undo(rows, 3); /* an undo undone: the split stands again */
    undo(rows, 1);
    json_t *split = bare(build(r, MADE, rows, ""));
    assert_true(json_equal(before, split));
    undo(rows, 2);
    json_t *none = build(r, MADE, rows, "");
    assert_true(json_equal(before, none));
    json_decref(merged), json_decref(apart), json_decref(again), json_decref(split), json_decref(none), json_decref(rows);
  }
  json_decref(before);
  drop(r);
}

/* Each single member split off is apart, and the rest stays together. */
static void split_one(void **state)
{
  (void)state;
  json_t *r[MADE];
  load(r);
  json_t *before = build(r, MADE, NULL, "");
  size_t tried = 0;
  for (size_t i = 0; i < json_array_size(before); i++) {
    const json_t *members = json_object_get(json_array_get(before, i), "members");
    for (size_t k = 0; json_array_size(members) > 2 && k < json_array_size(members); k++, tried++) {
      json_t *rows = json_array(), *s = row(rows, "split", NULL, NULL);
      for (size_t j = 0; j < json_array_size(members); j++)
        anchor(s, r, MADE, json_string_value(json_array_get(members, j)), j == k);
      json_t *after = build(r, MADE, rows, "");
      const json_t *out = holder(after, json_string_value(json_array_get(members, k)));
      const json_t *rest = holder(after, json_string_value(json_array_get(members, k ? 0 : 1)));
      assert_ptr_not_equal(out, rest);
      for (size_t j = 0; j < json_array_size(members); j++)
        assert_ptr_equal(holder(after, json_string_value(json_array_get(members, j))), j == k ? out : rest);
      json_decref(after);
      json_decref(rows);
    }
  }
  assert_true(tried > 5);
  json_decref(before);
  drop(r);
}

static void values(void **state)
{
  (void)state;
  json_t *r[] = {reading("a", "2017-06-09", event("e1", "held", "2017-06-08", "Moscow", "Javad Zarif", "met in Moscow", 5), NULL),
                 reading("b", "2017-06-10", event("e1", "held", "2017-06-07", "Moscow", "Javad Zarif", "met on Wednesday", 9), NULL)};
  json_t *rows = json_array(), *plain = build(r, 2, NULL, "");
  assert_int_equal(json_array_size(plain), 1);
  assert_int_equal(json_array_size(json_object_get(json_array_get(plain, 0), "conflicts")), 1);
  anchor(row(rows, "set", "time", "2017-06-08"), r, 2, "a:e1", 0);
  anchor(row(rows, "set", "place", "Tehran"), r, 2, "a:e1", 0);
  anchor(row(rows, "confirm", NULL, NULL), r, 2, "b:e1", 0);
  json_t *record = build(r, 2, rows, ""), *h = json_array_get(record, 0);
  assert_string_equal(text(h, "time"), "2017-06-08");
  assert_string_equal(text(h, "place"), "Tehran");
  assert_non_null(text(h, "place_id"));
  assert_int_equal(json_array_size(json_object_get(h, "conflicts")), 0);
  assert_int_equal(json_array_size(json_object_get(h, "corrections")), 3);
  const json_t *history = json_object_get(h, "history"), *last = json_array_get(history, json_array_size(history) - 1);
  assert_string_equal(text(last, "by"), "A");
  assert_string_equal(text(last, "place"), "Tehran");
  json_t *early = build(r, 2, rows, "2017-06-30"), *late = build(r, 2, rows, "2017-07-01"); /* the rows were made on the first */
  assert_true(json_equal(early, plain));
  assert_true(json_equal(late, record));
  anchor(row(rows, "reject", NULL, NULL), r, 2, "b:e1", 0);
  json_t *less = build(r, 2, rows, "");
  assert_int_equal(json_array_size(less), 1);
  assert_null(holder(less, "b:e1"));
  anchor(row(rows, "confirm", NULL, NULL), r, 2, "b:e1", 0); /* the later word counts */
  json_t *more = build(r, 2, rows, "");
  assert_non_null(holder(more, "b:e1"));
  json_decref(plain), json_decref(record), json_decref(early), json_decref(late), json_decref(less), json_decref(more), json_decref(rows);
  json_decref(r[0]), json_decref(r[1]);
}

/* Two mentions of one report that a person says are one. */
static void one_report(void **state)
{
  (void)state;
  json_t *r[] = {reading("a", "2017-06-09", event("e1", "held", "2017-06-08", "Moscow", "Javad Zarif", "met in Moscow", 5),
                         event("e2", "held", "2017-06-07", "Geneva", "Javad Zarif", "talked", 40))};
  json_t *rows = json_array(), *m = row(rows, "merge", NULL, NULL), *two = build(r, 1, NULL, "");
  assert_int_equal(json_array_size(two), 2);
  anchor(m, r, 1, "a:e1", 0);
  anchor(m, r, 1, "a:e2", 0);
  json_t *one = build(r, 1, rows, "");
  assert_int_equal(json_array_size(one), 1);
  assert_int_equal(json_array_size(json_object_get(json_array_get(one, 0), "reports")), 1);
  json_decref(one), json_decref(two), json_decref(rows), json_decref(r[0]);
}

/* The anchor leads to what was meant though ids, offsets and order are others; to nothing where it is not told any more. */
static void read_anew(void **state)
{
  (void)state;
  json_t *r[] = {reading("a", "2017-06-09", event("e1", "held", "2017-06-08", "Moscow", "Javad Zarif", "met in Moscow", 5),
                         event("e2", "held", "2017-05-02", "Tehran", "Javad Zarif", "had met in Tehran", 50))};
  json_t *anew[] = {reading("a", "2017-06-09", event("e1", "held", "2017-04-01", "Geneva", "Javad Zarif", "after Geneva", 0),
                            event("e2", "held", "2017-06-08", "Moscow", "Javad Zarif", "the two met in Moscow today", 90))};
  json_t *rows = json_array();
  anchor(row(rows, "set", "label", "ours"), r, 1, "a:e1", 0);
  anchor(row(rows, "reject", NULL, NULL), r, 1, "a:e2", 0);
  json_t *old = build(r, 1, rows, ""), *new = build(anew, 1, rows, "");
  assert_int_equal(json_array_size(old), 1);
  assert_string_equal(text(holder(old, "a:e1"), "label"), "ours");
  assert_int_equal(json_array_size(new), 2); /* what was rejected is told no more; what bears its id now stays */
  assert_string_equal(text(holder(new, "a:e2"), "label"), "ours");
  assert_string_not_equal(text(holder(new, "a:e1"), "label"), "ours");
  /* the bytes are the same: spans count though the words were cut otherwise */
  json_t *cut[] = {reading("a", "2017-06-09", event("e7", "held", "2017-06-08", "Moscow", "Javad Zarif", "in Moscow they", 15), NULL)};
  json_t *first = json_array_get(json_object_get(json_array_get(rows, 0), "anchors"), 0), *lost = build(cut, 1, rows, "");
  assert_string_not_equal(text(holder(lost, "a:e7"), "label"), "ours");
  json_object_set_new(first, "same", json_true());
  json_t *kept = build(cut, 1, rows, "");
  assert_string_equal(text(holder(kept, "a:e7"), "label"), "ours");
  json_decref(old), json_decref(new), json_decref(lost), json_decref(kept), json_decref(rows);
  json_decref(r[0]), json_decref(anew[0]), json_decref(cut[0]);
}

static void any_order(void **state)
{
  (void)state;
  json_t *r[MADE], *rows = json_array();
  load(r);
  json_t *before = build(r, MADE, NULL, "");
  json_t *m = row(rows, "merge", NULL, NULL);
  anchor_all(m, r, MADE, json_array_get(before, 0), 0);
  anchor_all(m, r, MADE, json_array_get(before, 2), 0);
  m = row(rows, "split", NULL, NULL);
  const json_t *members = json_object_get(json_array_get(before, 1), "members");
  for (size_t i = 0; i < json_array_size(members); i++)
    anchor(m, r, MADE, json_string_value(json_array_get(members, i)), i % 2 == 1);
  anchor(row(rows, "set", "time", "2017-06-01"), r, MADE, "r05:e1", 0);
  anchor(row(rows, "reject", NULL, NULL), r, MADE, "r06:e1", 0);
  json_t *first = build(r, MADE, rows, "");
  unsigned seed = 5;
  for (int round = 0; round < 6; round++) {
    for (size_t i = MADE; i > 1; i--) {
      seed = seed * 1664525u + 1013904223u;
      size_t k = (seed >> 8) % i;
      json_t *t = r[i - 1];
      r[i - 1] = r[k];
      r[k] = t;
    }
    for (size_t i = json_array_size(rows); i-- > 1;) { /* rows in another order, too */
      json_t *t = json_incref(json_array_get(rows, i - 1));
      json_array_remove(rows, i - 1);
      json_array_append_new(rows, t);
    }
    json_t *again = build(r, MADE, rows, "");
    assert_true(json_equal(first, again));
    json_decref(again);
  }
  json_decref(first), json_decref(before), json_decref(rows);
  drop(r);
}

static void put(ChStore *s, json_t *r, const char *bytes)
{
  ChError err = {0};
  ChStoreReport report = {.bytes = ch_slice_z(bytes), .name = CH_LIT("x.json"), .meta = {.id = ch_slice_z(text(json_object_get(r, "report"), "id"))}};
  ch_store_put(s, &report, r, &err);
  good(&err);
}

static void in_store(void **state)
{
  (void)state;
  ChError err = {0};
  char path[] = "/tmp/test_correct.XXXXXX", side[64];
  int fd = mkstemp(path);
  assert_true(fd >= 0);
  close(fd);
  unlink(path);
  ChStore *s = ch_store_open(path, true, &err);
  good(&err);
  ch_store_use(s, pack);
  json_t *r[MADE];
  load(r);
  for (unsigned i = 0; i < MADE; i++)
    put(s, r[i], "x");
  json_t *before = ch_store_record(s, CH_LIT(""), &err), *anchors = json_array();
  json_array_append_new(anchors, ch_store_anchor(s, CH_LIT("r03:e1"), 0, &err));
  ChStoreCorrection c = {.by = CH_LIT("A"), .act = CH_LIT("set"), .field = CH_LIT("label"), .value = CH_LIT("ours"), .at = CH_LIT("2017-07-01T00:00:00Z")};
  assert_int_equal(ch_store_correct(s, &c, anchors, &err), 1);
  good(&err);
  json_t *set = ch_store_record(s, CH_LIT(""), &err), *early = ch_store_record(s, CH_LIT("2017-06-30"), &err);
  assert_string_equal(text(holder(set, "r03:e1"), "label"), "ours");
  assert_true(json_equal(early, before)); /* made on the first of July */
  ch_store_withdraw(s, CH_LIT("r03"), &err);
  json_t *rows = ch_store_corrections(s, &err);
  ch_store_corrections_lead(s, rows, &err);
  const json_t *a = json_array_get(json_object_get(json_array_get(rows, 0), "anchors"), 0);
  assert_true(json_is_null(json_object_get(a, "mention"))); /* lost, and found again */
  put(s, r[2], "y");
  json_t *back = ch_store_record(s, CH_LIT(""), &err);
  assert_true(json_equal(back, set));
  assert_null(ch_store_anchor(s, CH_LIT("r03:e9"), 0, &err));
  assert_int_equal(err.status, CH_ERR_NOTFOUND);
  err = (ChError){0};
  ChStoreCorrection u = {.by = CH_LIT("B"), .act = CH_LIT("undo"), .target = 9};
  assert_int_equal(ch_store_correct(s, &u, NULL, &err), 0);
  assert_int_equal(err.status, CH_ERR_NOTFOUND);
  err = (ChError){0};
  u.target = 1;
  assert_int_equal(ch_store_correct(s, &u, NULL, &err), 2);
  json_t *undone = ch_store_record(s, CH_LIT(""), &err);
  assert_true(json_equal(undone, before));
  good(&err);
  json_decref(before), json_decref(anchors), json_decref(set), json_decref(early), json_decref(rows), json_decref(back), json_decref(undone);
  drop(r);
  ch_store_close(s);
  static const char *const ends[] = {"", "-wal", "-shm"};
  for (size_t i = 0; i < 3; i++) {
    snprintf(side, sizeof side, "%s%s", path, ends[i]);
    unlink(side);
  }
}

int main(int argc, char **argv)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values),    cmocka_unit_test(one_report), cmocka_unit_test(merge_and_split), cmocka_unit_test(split_one),
      cmocka_unit_test(read_anew), cmocka_unit_test(any_order),  cmocka_unit_test(in_store),
  };
  pack = argc == 2 ? open_named(argv[1]) : NULL;
  return cmocka_run_group_tests_name("correct", tests, open_pack, close_pack);
}
