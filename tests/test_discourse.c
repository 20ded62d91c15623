/* discourse: one event once, whom "the sides" are, what belongs to what, and statuses by date: over events made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "discourse/discourse.h"
#include "pipeline/pipeline.h"

enum { TOKENS = 40 };

typedef struct Fixture {
  char path[64];
  ChPack *pack;
  ChArena arena;
  ChReport r;
} Fixture;

static int open_fixture(void **state)
{
  Fixture *x = calloc(1, sizeof *x);
  ChError err = {0};
  assert_non_null(x);
  snprintf(x->path, sizeof x->path, "/tmp/ch-test-discourse.XXXXXX");
  int fd = mkstemp(x->path);
  assert_true(fd >= 0);
  close(fd);
  ch_pipeline_pack("tests/toy/data", "tests/toy/models", x->path, &err);
  x->pack = ch_pack_open(x->path, &err);
  assert_non_null(x->pack);
  ch_arena_init(&x->arena, 1 << 22);
  *state = x;
  return 0;
}

static int close_fixture(void **state)
{
  Fixture *x = *state;
  ch_arena_free(&x->arena);
  ch_pack_close(x->pack);
  unlink(x->path);
  free(x);
  return 0;
}

static ChWord word(const Fixture *x, const char *z)
{
  ChWord w = ch_pack_find(x->pack, ch_slice_z(z));
  assert_true(w != CH_NO_WORD);
  return w;
}

/* A report of 2026-03-10 with TOKENS one-letter words, ten to a sentence; entities: persons 0 and 1, states 2 and 3, places 4 and 5. */
static void start(Fixture *x)
{
  ChArena *a = &x->arena;
  ChReport *r = &x->r;
  ch_arena_reset(a);
  char *text = ch_arena_alloc(a, TOKENS * 2 + 1);
  for (int i = 0; i < TOKENS; i++) {
    text[2 * i] = 'a';
    text[2 * i + 1] = ' ';
  }
  ch_report_init(r, a, x->pack, ch_slice(text, TOKENS * 2));
  *CH_PUSH(a, &r->paragraphs) = (ChParagraph){.span = {0, TOKENS * 2}, .sentence = 0, .sentences = TOKENS / 10};
  for (uint32_t s = 0; s < TOKENS / 10; s++)
    *CH_PUSH(a, &r->sentences) = (ChSentence){.span = {s * 20, s * 20 + 19}, .token = s * 10, .tokens = 10};
  for (uint32_t i = 0; i < TOKENS; i++)
    *CH_PUSH(a, &r->tokens) = (ChToken){.span = {2 * i, 2 * i + 1}, .sentence = i / 10, .head = CH_NONE, .group = CH_NONE,
                                        .mention = CH_NONE, .time = CH_NONE};
  static const char *const names[] = {"Anna", "Boris", "Aland", "Bland", "Acity", "Bcity"};
  for (uint32_t i = 0; i < 6; i++)
    *CH_PUSH(a, &r->entities) = (ChEntity){.type = i < 2 ? CH_ENTITY_PERSON : i < 4 ? CH_ENTITY_STATE : CH_ENTITY_PLACE,
                                           .name = ch_slice_z(names[i]), .of = i < 2 ? ch_slice_z(names[i + 2]) : CH_LIT(""),
                                           .of_entity = CH_NONE, .world = CH_NONE, .state = CH_NONE, .mention = CH_NONE};
  r->published = CH_LIT("2026-03-10");
}

/* An event whose trigger is the first word of a sentence; participants by entity, ended by -1. */
static ChEvent *add(Fixture *x, const char *kind, const char *status, uint32_t sentence, const int *people)
{
  ChReport *r = &x->r;
  ChClause *c = CH_PUSH(r->arena, &r->clauses);
  *c = (ChClause){.sentence = sentence, .token = sentence * 10, .tokens = 10, .predicate = sentence * 10, .parent = CH_NONE};
  ChEvent *e = CH_PUSH(r->arena, &r->events);
  *e = (ChEvent){.kind = word(x, kind), .status = word(x, status), .trigger = sentence * 10, .clause = (uint32_t)r->clauses.n - 1,
                 .sentence = sentence, .place = CH_NONE, .merged = CH_NONE, .carried = true};
  e->why_status.rule = word(x, status);
  for (; *people >= 0; people++)
    *CH_PUSH(r->arena, &e->participants) = (ChParticipant){.entity = (uint32_t)*people, .role = word(x, "party"), .mention = CH_NONE};
  *CH_PUSH(r->arena, &e->evidence) = (ChEvidence){{sentence * 20, sentence * 20 + 9}, sentence};
  return e;
}

static const int both[] = {0, 1, -1}, first[] = {0, -1}, none[] = {-1};

static void run(Fixture *x)
{
  ChError err = {0};
  ch_discourse_stage(&x->r);
  if (!ch_report_check(&x->r, &err))
    fail_msg("%s", err.text);
}

static bool is(const Fixture *x, ChWord w, const char *z) { return ch_slice_is(ch_pack_word(x->pack, w), z); }

static void one_event_once(void **state)
{
  Fixture *x = *state;
  start(x);
  add(x, "meeting", "held", 0, both)->time = CH_LIT("2026-03-09");
  ChEvent *again = add(x, "meeting", "held", 1, none);
  again->definite = true;
  again->carried = false;
  again->place = 4;
  run(x);
  assert_int_equal(x->r.events.n, 1);
  assert_int_equal(x->r.events.at[0].participants.n, 2);
  assert_int_equal(x->r.events.at[0].place, 4);
  assert_int_equal(x->r.events.at[0].evidence.n, 2);
}

static void contradictions_keep_apart(void **state)
{
  Fixture *x = *state;
  start(x); /* other days */
  add(x, "meeting", "held", 0, both)->time = CH_LIT("2026-03-09");
  add(x, "meeting", "held", 1, both)->time = CH_LIT("2026-02-01");
  run(x);
  assert_int_equal(x->r.events.n, 2);
  start(x); /* other numbers */
  add(x, "conference", "held", 0, both)->ordinal = 4;
  add(x, "conference", "held", 1, both)->ordinal = 5;
  run(x);
  assert_int_equal(x->r.events.n, 2);
  start(x); /* past and coming */
  add(x, "meeting", "held", 0, both);
  add(x, "meeting", "scheduled", 1, both);
  run(x);
  assert_int_equal(x->r.events.n, 2);
  start(x); /* other places */
  add(x, "visit", "held", 0, first)->place = 4;
  add(x, "visit", "held", 1, first)->place = 5;
  run(x);
  assert_int_equal(x->r.events.n, 2);
}

static void postponement_keeps_both_days(void **state)
{
  Fixture *x = *state;
  start(x);
  add(x, "meeting", "scheduled", 0, both)->time = CH_LIT("2026-03-20");
  add(x, "meeting", "postponed", 1, both)->time = CH_LIT("2026-04-02");
  run(x);
  assert_int_equal(x->r.events.n, 1);
  assert_true(is(x, x->r.events.at[0].status, "postponed"));
  assert_int_equal(x->r.events.at[0].other_times.n, 1);
}

static void plural_nominals_stand_for_those_before(void **state)
{
  Fixture *x = *state;
  start(x);
  *CH_PUSH(x->r.arena, &x->r.mentions) = (ChMention){.token = 10, .tokens = 1, .head = 10, .entity = CH_NONE, .prep = CH_NONE,
                                                     .type = CH_ENTITY_GROUP, .form = CH_MENTION_NOMINAL, .number = CH_NUMBER_PLUR,
                                                     .nominal = CH_NOMINAL_SIDES};
  add(x, "meeting", "held", 0, both);
  ChEvent *e = add(x, "signing", "held", 1, none);
  *CH_PUSH(x->r.arena, &e->open) = (ChParticipant){.entity = CH_NONE, .role = word(x, "signatory"), .mention = 0};
  run(x);
  assert_int_equal(x->r.events.n, 2);
  assert_int_equal(x->r.events.at[1].participants.n, 2);
  assert_true(is(x, x->r.events.at[1].participants.at[0].role, "signatory"));
}

static void statuses_follow_the_date(void **state)
{
  Fixture *x = *state;
  static const struct {
    const char *said, *time, *is;
  } rows[] = {{"held", "2026-03-20", "scheduled"}, {"scheduled", "2026-03-01", "held"}, {"ongoing", "2026-02-01", "held"},
              {"held", "2026-03-01", "held"},      {"cancelled", "2026-03-20", "cancelled"}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    start(x);
    add(x, "meeting", rows[i].said, 0, both)->time = ch_slice_z(rows[i].time);
    run(x);
    assert_int_equal(x->r.events.n, 1);
    assert_true(is(x, x->r.events.at[0].status, rows[i].is));
  }
}

static void programme_belongs_to_the_visit(void **state)
{
  Fixture *x = *state;
  start(x);
  ChEvent *visit = add(x, "visit", "scheduled", 0, first);
  visit->place = 4;
  visit->time = CH_LIT("2026-03-12");
  add(x, "meeting", "scheduled", 1, both);
  run(x);
  assert_int_equal(x->r.events.n, 2);
  const ChEvent *talks = &x->r.events.at[1];
  assert_int_equal(talks->links.n, 1);
  assert_true(is(x, talks->links.at[0].type, "part_of"));
  assert_int_equal(talks->links.at[0].event, 0);
  assert_int_equal(talks->place, 4);
  assert_true(ch_slice_is(talks->time, "2026-03-12"));
}

static void formats_count_the_sides(void **state)
{
  Fixture *x = *state;
  start(x);
  ChEvent *e = add(x, "meeting", "held", 0, both);
  for (size_t i = 0; i < e->participants.n; i++)
    e->participants.at[i].mention = 0; /* said at the event, not taken over from elsewhere */
  for (uint32_t i = 0; i < 2; i++)
    x->r.entities.at[i].state = i; /* they stand for states, not for bodies */
  run(x);
  assert_int_equal(x->r.events.at[0].formats.n, 1);
  assert_true(is(x, x->r.events.at[0].formats.at[0], "bilateral"));
}

static void states_yield_to_those_who_stand_for_them(void **state)
{
  static const int person_and_state[] = {0, 2, 1, -1};
  Fixture *x = *state;
  start(x);
  add(x, "meeting", "held", 0, person_and_state);
  run(x);
  assert_int_equal(x->r.events.at[0].participants.n, 2);
}

static void what_is_too_thin_goes(void **state)
{
  Fixture *x = *state;
  start(x);
  ChEvent *e = add(x, "meeting", "held", 0, none);
  e->definite = true;
  e->carried = false;
  run(x);
  assert_int_equal(x->r.events.n, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_event_once),
      cmocka_unit_test(contradictions_keep_apart),
      cmocka_unit_test(postponement_keeps_both_days),
      cmocka_unit_test(plural_nominals_stand_for_those_before),
      cmocka_unit_test(statuses_follow_the_date),
      cmocka_unit_test(programme_belongs_to_the_visit),
      cmocka_unit_test(formats_count_the_sides),
      cmocka_unit_test(states_yield_to_those_who_stand_for_them),
      cmocka_unit_test(what_is_too_thin_goes),
  };
  return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
