/* report: the check of the annotations catches every broken invariant, the list of faults is whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "model/pack.h"
#include "pack.h"
#include "report/report.h"

typedef struct Fixture {
  ChPack *pack;
  ChArena arena;
  ChReport r;
} Fixture;

/* A small report that is in order: two paragraphs, two sentences, six tokens, one of each annotation at least. */
static void fill(Fixture *x)
{
  ChReport *r = &x->r;
  ChArena *a = &x->arena;
  ch_arena_reset(a);
  ch_report_init(r, a, x->pack, CH_LIT("Salm met Torek.\n\nThey spoke."));
  static const ChSpan spans[] = {{0, 4}, {5, 8}, {9, 14}, {14, 15}, {17, 21}, {22, 27}};
  *CH_PUSH(a, &r->paragraphs) = (ChParagraph){.span = {0, 15}, .sentence = 0, .sentences = 1};
  *CH_PUSH(a, &r->paragraphs) = (ChParagraph){.span = {17, 28}, .sentence = 1, .sentences = 1};
  *CH_PUSH(a, &r->sentences) = (ChSentence){.span = {0, 15}, .token = 0, .tokens = 4, .paragraph = 0};
  *CH_PUSH(a, &r->sentences) = (ChSentence){.span = {17, 28}, .token = 4, .tokens = 2, .paragraph = 1};
  for (uint32_t i = 0; i < 6; i++)
    *CH_PUSH(a, &r->tokens) = (ChToken){.span = spans[i], .sentence = i / 4, .head = CH_NONE, .group = CH_NONE, .mention = CH_NONE,
                                        .time = CH_NONE};
  r->tokens.at[0].head = 1; /* a tree: 0 -> 1 <- 2, 3 -> 2 */
  r->tokens.at[2].head = 1;
  r->tokens.at[3].head = 2;
  for (uint32_t i = 0; i < 4; i++)
    r->tokens.at[i].rel = (uint8_t)(i == 1 ? CH_REL_ROOT : CH_REL_DEP);
  *CH_PUSH(a, &r->groups) = (ChGroup){.token = 0, .tokens = 1, .head = 0, .prep = CH_NONE};
  *CH_PUSH(a, &r->mentions) = (ChMention){.token = 0, .tokens = 1, .name = 0, .names = 1, .head = 0, .entity = 0, .prep = CH_NONE};
  *CH_PUSH(a, &r->mentions) = (ChMention){.token = 2, .tokens = 1, .name = 2, .names = 1, .head = 2, .entity = 1, .prep = 1};
  *CH_PUSH(a, &r->entities) = (ChEntity){.name = CH_LIT("Salm"), .of_entity = CH_NONE};
  *CH_PUSH(a, &r->entities) = (ChEntity){.name = CH_LIT("Torek"), .of_entity = 0};
  *CH_PUSH(a, &r->times) = (ChTime){.token = 5, .tokens = 1, .edtf = CH_LIT("2010-07-16/..")};
  ChClause *k = CH_PUSH(a, &r->clauses);
  *k = (ChClause){.sentence = 0, .token = 0, .tokens = 4, .predicate = 1, .parent = CH_NONE};
  *CH_PUSH(a, &k->args) = (ChArgument){.prep = CH_NONE, .token = 0, .mention = 0, .time = CH_NONE};
  for (uint32_t i = 0; i < 2; i++) {
    ChEvent *e = CH_PUSH(a, &r->events);
    *e = (ChEvent){.kind = 1, .status = 1, .trigger = 1, .place = CH_NONE, .time = CH_LIT("2010"), .merged = CH_NONE};
    *CH_PUSH(a, &e->participants) = (ChParticipant){.entity = 0, .role = 1, .mention = 0};
    *CH_PUSH(a, &e->evidence) = (ChEvidence){.span = {0, 8}, .sentence = 0};
  }
  *CH_PUSH(a, &r->events.at[0].links) = (ChLink){.type = 1, .event = 1};
  r->published = CH_LIT("2010-07-16");
}

static int open_fixture(void **state)
{
  Fixture *x = calloc(1, sizeof *x);
  assert_non_null(x);
  ChError err = {0};
  ChPackWriter *w = ch_pack_writer_new();
  ch_pack_writer_word(w, CH_LIT("meeting"));
  x->pack = open_written(w, &err);
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
  free(x);
  return 0;
}

static void a_report_in_order_passes(void **state)
{
  Fixture *x = *state;
  fill(x);
  ChError err = {0};
  if (!ch_report_check(&x->r, &err))
    fail_msg("%s", err.text);
  ChReport empty;
  ch_report_init(&empty, &x->arena, x->pack, CH_LIT(""));
  assert_true(ch_report_check(&empty, &err));
}

/* One way to break a report each. */
#define BREAK(name, what) \
  static void name(ChReport *r) { what; }
BREAK(paragraph_beyond_text, r->paragraphs.at[1].span.end = 1000)
BREAK(paragraph_backwards, r->paragraphs.at[0].span = ((ChSpan){15, 0}))
BREAK(paragraphs_overlap, r->paragraphs.at[1].span.start = 3)
BREAK(paragraph_sentences, r->paragraphs.at[1].sentences = 2)
BREAK(sentence_beyond_text, r->sentences.at[1].span.end = 29)
BREAK(sentence_tokens, r->sentences.at[1].tokens = 3)
BREAK(sentence_tokens_overflow, r->sentences.at[1].tokens = UINT32_MAX)
BREAK(sentence_paragraph, r->sentences.at[1].paragraph = 2)
BREAK(sentence_dateline, r->sentences.at[1].dateline = 3)
BREAK(sentences_overlap, r->sentences.at[1].span.start = 14)
BREAK(token_empty, r->tokens.at[0].span.end = 0)
BREAK(token_beyond_text, r->tokens.at[5].span.end = 40)
BREAK(tokens_overlap, r->tokens.at[1].span.start = 3)
BREAK(token_sentence, r->tokens.at[5].sentence = 2)
BREAK(token_group, r->tokens.at[5].group = 1)
BREAK(token_mention, r->tokens.at[5].mention = 2)
BREAK(token_time, r->tokens.at[5].time = 1)
BREAK(head_beyond, r->tokens.at[5].head = 6)
BREAK(head_of_itself, r->tokens.at[5].head = 5)
BREAK(head_cycle, r->tokens.at[1].head = 3)
BREAK(head_in_another_sentence, r->tokens.at[5].head = 0)
BREAK(head_without_relation, r->tokens.at[5].head = 4)
BREAK(relation_missing, r->tokens.at[3].rel = CH_REL_NONE)
BREAK(relation_beyond, r->tokens.at[3].rel = CH_RELS)
BREAK(root_with_head, r->tokens.at[3].rel = CH_REL_ROOT)
BREAK(two_roots, (r->tokens.at[3].rel = CH_REL_ROOT, r->tokens.at[3].head = CH_NONE))
BREAK(name_beyond, r->tokens.at[3].name = CH_NAME_TAGS)
BREAK(group_empty, r->groups.at[0].tokens = 0)
BREAK(group_beyond, r->groups.at[0].token = 6)
BREAK(group_head, r->groups.at[0].head = 1)
BREAK(group_prep, r->groups.at[0].prep = 6)
BREAK(mention_empty, r->mentions.at[0].tokens = 0)
BREAK(mention_beyond, r->mentions.at[1].tokens = 5)
BREAK(mention_entity, r->mentions.at[1].entity = 2)
BREAK(mention_head, r->mentions.at[1].head = 3)
BREAK(mention_name, r->mentions.at[1].name = 1)
BREAK(mention_prep, r->mentions.at[1].prep = 6)
BREAK(mention_order, r->mentions.at[0].token = r->mentions.at[0].head = r->mentions.at[0].name = 3)
BREAK(entity_name, r->entities.at[1].name = CH_LIT(""))
BREAK(entity_of, r->entities.at[1].of_entity = 2)
BREAK(time_empty, r->times.at[0].tokens = 0)
BREAK(time_beyond, r->times.at[0].token = 6)
BREAK(time_month_name, r->times.at[0].edtf = CH_LIT("2010-July"))
BREAK(time_digits, r->times.at[0].edtf = CH_LIT("201"))
BREAK(time_half_interval, r->times.at[0].edtf = CH_LIT("2010-07-16/"))
BREAK(time_two_slashes, r->times.at[0].edtf = CH_LIT("2010/2011/2012"))
BREAK(clause_beyond, r->clauses.at[0].tokens = 7)
BREAK(clause_predicate, r->clauses.at[0].predicate = 6)
BREAK(clause_parent, r->clauses.at[0].parent = 1)
BREAK(argument_token, r->clauses.at[0].args.at[0].token = 6)
BREAK(argument_mention, r->clauses.at[0].args.at[0].mention = 2)
BREAK(argument_time, r->clauses.at[0].args.at[0].time = 1)
BREAK(event_kind, r->events.at[0].kind = CH_NO_WORD)
BREAK(event_status, r->events.at[0].status = CH_NO_WORD)
BREAK(event_time, r->events.at[0].time = CH_LIT("soon"))
BREAK(event_place, r->events.at[0].place = 2)
BREAK(event_merged, r->events.at[0].merged = 2)
BREAK(participant_entity, r->events.at[0].participants.at[0].entity = 2)
BREAK(participant_role, r->events.at[0].participants.at[0].role = CH_NO_WORD)
BREAK(link_beyond, r->events.at[0].links.at[0].event = 2)
BREAK(link_to_itself, r->events.at[0].links.at[0].event = 0)
BREAK(evidence_beyond_text, r->events.at[0].evidence.at[0].span.end = 99)
BREAK(evidence_beyond_sentence, r->events.at[0].evidence.at[0].span.end = 20)
BREAK(evidence_sentence, r->events.at[0].evidence.at[0].sentence = 2)
BREAK(published, r->published = CH_LIT("July 16"))

#define ROW(name, says) {name, #name, says}

static void every_broken_invariant_is_caught(void **state)
{
  static const struct {
    void (*breaks)(ChReport *r);
    const char *name, *says;
  } table[] = {
      ROW(paragraph_beyond_text, "paragraph 1"),
      ROW(paragraph_backwards, "paragraph 0"),
      ROW(paragraphs_overlap, "paragraph 1"),
      ROW(paragraph_sentences, "paragraph 1"),
      ROW(sentence_beyond_text, "sentence 1"),
      ROW(sentence_tokens, "sentence 1"),
      ROW(sentence_tokens_overflow, "sentence 1"),
      ROW(sentence_paragraph, "sentence 1"),
      ROW(sentence_dateline, "sentence 1"),
      ROW(sentences_overlap, "sentence 1"),
      ROW(token_empty, "token 0"),
      ROW(token_beyond_text, "token 5"),
      ROW(tokens_overlap, "token 1"),
      ROW(token_sentence, "token 5"),
      ROW(token_group, "token 5"),
      ROW(token_mention, "token 5"),
      ROW(token_time, "token 5"),
      ROW(head_beyond, "token 5"),
      ROW(head_of_itself, "cycle of heads, token 5"),
      ROW(head_cycle, "cycle of heads, token 0"),
      ROW(head_in_another_sentence, "head outside its sentence, token 5"),
      ROW(head_without_relation, "relation of token 5"),
      ROW(relation_missing, "relation of token 3"),
      ROW(relation_beyond, "relation of token 3"),
      ROW(root_with_head, "relation of token 3"),
      ROW(two_roots, "tree of sentence 0"),
      ROW(name_beyond, "relation of token 3"),
      ROW(group_empty, "group 0"),
      ROW(group_beyond, "group 0"),
      ROW(group_head, "group 0"),
      ROW(group_prep, "group 0"),
      ROW(mention_empty, "mention 0"),
      ROW(mention_beyond, "mention 1"),
      ROW(mention_entity, "mention 1"),
      ROW(mention_head, "mention 1"),
      ROW(mention_name, "mention 1"),
      ROW(mention_prep, "mention 1"),
      ROW(mention_order, "mention 1"),
      ROW(entity_name, "entity 1"),
      ROW(entity_of, "entity 1"),
      ROW(time_empty, "time 0"),
      ROW(time_beyond, "time 0"),
      ROW(time_month_name, "time 0"),
      ROW(time_digits, "time 0"),
      ROW(time_half_interval, "time 0"),
      ROW(time_two_slashes, "time 0"),
      ROW(clause_beyond, "clause 0"),
      ROW(clause_predicate, "clause 0"),
      ROW(clause_parent, "clause 0"),
      ROW(argument_token, "argument of clause 0"),
      ROW(argument_mention, "argument of clause 0"),
      ROW(argument_time, "argument of clause 0"),
      ROW(event_kind, "event 0"),
      ROW(event_status, "event 0"),
      ROW(event_time, "event 0"),
      ROW(event_place, "event 0"),
      ROW(event_merged, "event 0"),
      ROW(participant_entity, "participant of event 0"),
      ROW(participant_role, "participant of event 0"),
      ROW(link_beyond, "link of event 0"),
      ROW(link_to_itself, "link of event 0"),
      ROW(evidence_beyond_text, "evidence of event 0"),
      ROW(evidence_beyond_sentence, "evidence of event 0"),
      ROW(evidence_sentence, "evidence of event 0"),
      ROW(published, "published"),
  };
  Fixture *x = *state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    fill(x);
    table[i].breaks(&x->r);
    ChError err = {0};
    if (ch_report_check(&x->r, &err))
      fail_msg("%s: not caught", table[i].name);
    if (!strstr(err.text, table[i].says))
      fail_msg("%s: caught as \"%s\", not \"%s\"", table[i].name, err.text, table[i].says);
  }
}

static void edtf_values_that_are_in_order(void **state)
{
  static const char *const table[] = {"", "2010", "2010-07", "2010-07-16", "2010-07-16/2010-07-17", "2010-07-16/..", "../2010", "2010/2011-01"};
  Fixture *x = *state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    fill(x);
    x->r.events.at[0].time = ch_slice_z(table[i]);
    ChError err = {0};
    if (!ch_report_check(&x->r, &err))
      fail_msg("%s: %s", table[i], err.text);
  }
}

static void every_fault_has_a_text(void **state)
{
  (void)state;
  for (int i = 0; i < CH_FAULTS; i++) {
    assert_non_null(ch_fault_text((ChFault)i));
    for (int k = 0; k < i; k++)
      assert_string_not_equal(ch_fault_text((ChFault)i), ch_fault_text((ChFault)k));
  }
  assert_string_equal(ch_fault_text(CH_FAULTS), ch_fault_text(CH_FAULT_NONE));
  assert_string_equal(ch_level_name(CH_LEVEL_ERROR), "error");
}

static void spans_and_diagnostics(void **state)
{
  Fixture *x = *state;
  fill(x);
  ChSpan s = ch_report_tokens_span(&x->r, 1, 2);
  assert_true(s.start == 5 && s.end == 14);
  assert_true(ch_slice_is(ch_report_slice(&x->r, s), "met Torek"));
  s = ch_report_tokens_span(&x->r, 4, 0);
  assert_true(s.start == s.end);
  for (uint32_t i = 0; i < 100; i++)
    ch_report_diag(&x->r, CH_LEVEL_NOTE, CH_FAULT_NO_DATE, (ChSpan){i, i});
  assert_int_equal(x->r.diags.n, 100);
  assert_int_equal(x->r.diags.at[99].span.start, 99);
}

#define WITH_REPORT(test) cmocka_unit_test_setup_teardown(test, open_fixture, close_fixture)

int main(void)
{
  const struct CMUnitTest tests[] = {
      WITH_REPORT(a_report_in_order_passes), WITH_REPORT(every_broken_invariant_is_caught), WITH_REPORT(edtf_values_that_are_in_order),
      cmocka_unit_test(every_fault_has_a_text), WITH_REPORT(spans_and_diagnostics),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
