/* pipeline: the stage table, stopping after a stage, reports without a use for memory beyond their cap, the compiler's faults.
 * usage: test_pipeline PACK */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "intake/intake.h"
#include "pipeline/pipeline.h"

typedef struct Fixture {
  ChPack *pack;
  ChBuf text;
} Fixture;

static Fixture *fixture_of(void **state) { return *state; }

/* Reads the sample within `cap` bytes of arena, up to `last`; the report stands in the arena. */
static ChStatus read_within(const Fixture *x, ChArena *arena, ChReport *r, size_t cap, const char *last)
{
  ChError err = {0};
  ChIntake in = {.source = CH_SOURCE_TEXT};
  ch_arena_init(arena, cap);
  ch_intake_report(r, arena, x->pack, ch_buf_view(&x->text), &in, &err);
  ch_pipeline_run(r, last, &err);
  return err.status;
}

static void stages_have_names_of_their_own(void **state)
{
  (void)state;
  const ChStage *s = ch_pipeline_stages();
  size_t n = 0;
  for (; s[n].name; n++) {
    assert_non_null(s[n].run);
    for (size_t k = 0; k < n; k++)
      assert_string_not_equal(s[n].name, s[k].name);
  }
  assert_int_equal(n, 6);
}

/* What must be there after a stage and must not be there before it. */
static void each_stage_fills_its_own(void **state)
{
  static const struct {
    const char *last;
    bool tokens, mentions, times, events;
  } table[] = {
      {"language", true, false, false, false}, {"names", true, true, false, false}, {"when", true, true, true, false},
      {"events", true, true, true, true},      {NULL, true, true, true, true},
  };
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    ChArena arena;
    ChReport r;
    assert_int_equal(read_within(fixture_of(state), &arena, &r, (size_t)64 << 20, table[i].last), CH_OK);
    assert_int_equal(r.tokens.n > 0, table[i].tokens);
    assert_int_equal(r.mentions.n > 0, table[i].mentions);
    assert_int_equal(r.times.n > 0, table[i].times);
    assert_int_equal(r.events.n > 0, table[i].events);
    ch_arena_free(&arena);
  }
}

static void too_little_memory_is_an_error_and_no_crash(void **state)
{
  size_t failed = 0, done = 0;
  for (size_t cap = 0; cap <= (size_t)4 << 20; cap += cap < 4096 ? 512 : cap < 1 << 18 ? 12288 : 1 << 18) {
    ChArena arena;
    ChReport r;
    ChStatus status = read_within(fixture_of(state), &arena, &r, cap, NULL);
    assert_true(status == CH_OK || status == CH_ERR_LIMIT);
    assert_true(arena.total <= cap);
    assert_null(arena.full);
    failed += status == CH_ERR_LIMIT;
    done += status == CH_OK;
    ch_arena_free(&arena);
  }
  assert_true(failed > 0);
  assert_true(done > 0); /* 4 MiB are enough for a page of text */
}

static void an_error_that_stands_stops_the_run(void **state)
{
  const Fixture *x = fixture_of(state);
  ChArena arena;
  ChReport r;
  ChError err = {0};
  ch_arena_init(&arena, 1 << 20);
  ch_report_init(&r, &arena, x->pack, CH_LIT("Text."));
  ch_error_set(&err, CH_ERR_IO, "stands");
  ch_pipeline_run(&r, NULL, &err);
  assert_int_equal(err.status, CH_ERR_IO);
  assert_int_equal(r.tokens.n, 0);
  ch_arena_free(&arena);
}

static void nothing_is_packed_from_nowhere(void **state)
{
  (void)state;
  char dir[] = "/tmp/ch-test-pipeline.XXXXXX", out[64];
  assert_non_null(mkdtemp(dir));
  snprintf(out, sizeof out, "%s/pack", dir);
  ChError err = {0};
  ch_pipeline_pack("/nonexistent", "/nonexistent", out, &err);
  assert_int_equal(err.status, CH_ERR_IO);
  assert_int_equal(access(out, F_OK), -1);
  assert_int_equal(rmdir(dir), 0); /* nothing half-written */
}

int main(int argc, char **argv)
{
  ChError err = {0};
  Fixture x = {0};
  if (argc != 2)
    return 2;
  x.pack = ch_pack_open(argv[1], &err);
  ch_file_read("samples/01-wire-en.txt", 1 << 20, &x.text, &err);
  if (ch_failed(&err)) {
    fprintf(stderr, "%s: %s\n", err.file, err.text);
    return 2;
  }
#define WITH_PACK(test) cmocka_unit_test_prestate(test, &x)
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(stages_have_names_of_their_own),
      WITH_PACK(each_stage_fills_its_own),
      WITH_PACK(too_little_memory_is_an_error_and_no_crash),
      WITH_PACK(an_error_that_stands_stops_the_run),
      cmocka_unit_test(nothing_is_packed_from_nowhere),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  ch_buf_free(&x.text);
  ch_pack_close(x.pack);
  return failed;
}
