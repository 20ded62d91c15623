/* Out: a report ==> its JSON; a reading ==> its page; text ==> lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "out/out.h"
#include "out/place.h"
#include "pack.h"

static ChPack *pack;

static int make_pack(void **state)
{
  (void)state;
  ChError err = {0};
  pack = open_written(ch_pack_writer_new(), &err);
  return pack ? 0 : -1;
}

static int drop_pack(void **state)
{
  (void)state;
  ch_pack_close(pack);
  return 0;
}

static void same(const ChBuf *got, const char *want)
{
  if (!ch_slice_is(ch_buf_view(got), want))
    fail_msg("got\n%.*s\nnot\n%s", CH_ARG(ch_buf_view(got)), want);
}

/* ---- a report made by hand ---- */

/* Cuts the text into tokens at blanks, all in one sentence. */
static void tokens(ChReport *r)
{
  ChSlice text = r->text;
  for (uint32_t i = 0; i < text.n;) {
    uint32_t end = i;
    while (end < text.n && text.p[end] != ' ')
      end++;
    *CH_PUSH(r->arena, &r->tokens) =
        (ChToken){.span = {i, end}, .head = CH_NONE, .group = CH_NONE, .mention = CH_NONE, .time = CH_NONE};
    i = end + 1;
  }
  *CH_PUSH(r->arena, &r->sentences) = (ChSentence){.span = {0, (uint32_t)text.n}, .tokens = (uint32_t)r->tokens.n};
  *CH_PUSH(r->arena, &r->paragraphs) = (ChParagraph){.span = {0, (uint32_t)text.n}, .sentences = 1};
}

static void mention(ChReport *r, uint32_t token, uint32_t count, uint32_t entity, ChMentionForm form)
{
  bool name = form == CH_MENTION_NAME;
  *CH_PUSH(r->arena, &r->mentions) = (ChMention){.token = token,
                                                 .tokens = count,
                                                 .name = token,
                                                 .names = name ? count : 0,
                                                 .head = token,
                                                 .entity = entity,
                                                 .prep = CH_NONE,
                                                 .form = (uint8_t)form};
}

static ChWord id(ChReport *r, const char *z) { return ch_words_id(&r->words, ch_slice_z(z)); }

static ChEvent *event(ChReport *r, const char *kind, const char *status)
{
  ChEvent *e = CH_PUSH(r->arena, &r->events);
  e->kind = id(r, kind);
  e->status = id(r, status);
  e->place = e->merged = CH_NONE;
  return e;
}

static void participant(ChReport *r, ChEvent *e, uint32_t entity, const char *role, uint32_t at)
{
  *CH_PUSH(r->arena, &e->participants) = (ChParticipant){.entity = entity, .role = id(r, role), .mention = at};
}

/* token:  0       1    2     3      4   5       6   7      8  9    10 */
#define TEXT "Minister \xC3\x85sa Berg visited Oslo; Berg met the Danish minister there"

static void fill(ChReport *r, ChArena *arena)
{
  ch_report_init(r, arena, pack, CH_LIT(TEXT));
  r->meta.id = CH_LIT("x");
  tokens(r);
  r->lang = CH_LIT("zz");
  r->published = CH_LIT("2021-04-08");
  *CH_PUSH(arena, &r->entities) = (ChEntity){.type = CH_ENTITY_PERSON,
                                             .name = CH_LIT("Asa Berg"),
                                             .id = CH_LIT("h-berg"),
                                             .post = CH_LIT("Minister of Foreign Affairs"),
                                             .of = CH_LIT("Sweden")};
  *CH_PUSH(arena, &r->entities) = (ChEntity){.type = CH_ENTITY_PLACE, .name = CH_LIT("Oslo")};
  *CH_PUSH(arena, &r->entities) = (ChEntity){
      .type = CH_ENTITY_PERSON, .by_post = true, .name = CH_LIT("Minister of Foreign Affairs of Denmark"), .of = CH_LIT("Denmark")};
  mention(r, 1, 2, 0, CH_MENTION_NAME);
  mention(r, 4, 1, 1, CH_MENTION_NAME);
  mention(r, 5, 1, 0, CH_MENTION_NAME);
  mention(r, 7, 3, 2, CH_MENTION_POST);
  mention(r, 10, 1, CH_NONE, CH_MENTION_PRONOUN);
  ChEvent *visit = event(r, "visit", "held");
  participant(r, visit, 0, "visitor", 0);
  visit->place = 1;
  visit->why_place = (ChWhy){id(r, "rule-1"), 0.756f};
  *CH_PUSH(arena, &visit->evidence) = (ChEvidence){.span = r->tokens.at[1].span};
  visit->evidence.at[0].span.end = r->tokens.at[4].span.end;
  *CH_PUSH(arena, &visit->evidence) = visit->evidence.at[0]; /* the same words once more */
  ChEvent *again = event(r, "visit", "held");
  again->merged = 0;
  ChEvent *meeting = event(r, "meeting", "held");
  participant(r, meeting, 0, "party", 2);
  participant(r, meeting, 2, "party", CH_NONE);
  meeting->time = CH_LIT("2021-04-07/2021-04-08");
  meeting->ordinal = 3;
  *CH_PUSH(arena, &meeting->topics) = CH_LIT("gas");
  *CH_PUSH(arena, &meeting->other_times) = CH_LIT("2021-04-06");
  *CH_PUSH(arena, &meeting->formats) = id(r, "bilateral");
  *CH_PUSH(arena, &meeting->links) = (ChLink){id(r, "part_of"), 1}; /* to the merged one: stands for the first */
  *CH_PUSH(arena, &meeting->documents) = (ChDocument){CH_LIT("Plan"), id(r, "signed")};
  *CH_PUSH(arena, &r->statements) =
      (ChStatement){.speaker = CH_LIT("Asa Berg"), .of = CH_LIT("Sweden"), .act = id(r, "says"), .about = CH_LIT("gas\nprices")};
}

static const char READING[] =
    "{\"report\":{\"id\":\"x\",\"lang\":\"zz\",\"published\":\"2021-04-08\",\"published_basis\":\"inferred\",\"outlet\":null,"
    "\"dateline\":null,\"title\":null,\"length\":66,\"dates\":[],\"diagnostics\":[]},"
    "\"people\":[{\"name\":\"Asa Berg\",\"aliases\":[\"\xC3\x85sa Berg\",\"Berg\"],\"names\":{},\"post\":\"Minister of Foreign "
    "Affairs\",\"of\":\"Sweden\","
    "\"id\":\"h-berg\"}],"
    "\"events\":[{\"id\":\"e1\",\"kind\":\"visit\",\"status\":\"held\",\"participants\":[{\"name\":\"Asa "
    "Berg\",\"aliases\":[\"\xC3\x85sa Berg\","
    "\"Berg\"],\"type\":\"person\",\"role\":\"visitor\",\"of\":\"Sweden\",\"id\":\"h-berg\"}],\"place\":\"Oslo\",\"time\":null,"
    "\"format\":[],"
    "\"series\":null,\"ordinal\":null,\"topics\":[],\"documents\":[],\"attribution\":null,\"links\":[],"
    "\"evidence\":[\"\xC3\x85sa Berg visited Oslo;\"],\"spans\":[{\"start\":9,\"end\":31}],\"why\":{\"place\":{\"rule\":\"rule-1\","
    "\"confidence\":0.76}}},"
    "{\"id\":\"e2\",\"kind\":\"meeting\",\"status\":\"held\",\"participants\":[{\"name\":\"Asa Berg\",\"aliases\":[\"\xC3\x85sa "
    "Berg\",\"Berg\"],"
    "\"type\":\"person\",\"role\":\"party\",\"of\":\"Sweden\",\"id\":\"h-berg\"},{\"name\":\"Minister of Foreign Affairs of Denmark\","
    "\"aliases\":[\"the Danish minister\"],\"type\":\"person\",\"role\":\"party\",\"of\":\"Denmark\",\"id\":null,\"inherited\":true}],"
    "\"place\":null,\"time\":\"2021-04-07/2021-04-08\",\"other_times\":[\"2021-04-06\"],\"format\":[\"bilateral\"],\"series\":null,"
    "\"ordinal\":3,\"topics\":[\"gas\"],\"documents\":[{\"title\":\"Plan\",\"action\":\"signed\"}],\"attribution\":null,"
    "\"links\":[{\"type\":\"part_of\",\"event\":\"e1\"}],\"evidence\":[],\"spans\":[],\"why\":{}}],"
    "\"statements\":[{\"speaker\":\"Asa Berg\",\"of\":\"Sweden\",\"act\":\"says\",\"about\":\"gas "
    "prices\",\"target\":null,\"evidence\":[],"
    "\"spans\":[]}]}\n";

static void reading(void **state)
{
  (void)state;
  ChArena arena;
  ChReport r;
  ChBuf out = {0};
  ch_arena_init(&arena, (size_t)1 << 24);
  fill(&r, &arena);
  json_t *j = ch_out_reading(&r);
  ch_out_json(j, false, &out);
  same(&out, READING);
  json_decref(j);
  ch_buf_free(&out);
  ch_arena_free(&arena);
}

static void empty_reading(void **state)
{
  (void)state;
  ChArena arena;
  ChReport r;
  ChBuf out = {0};
  ch_arena_init(&arena, (size_t)1 << 24);
  ch_report_init(&r, &arena, pack, CH_LIT("a\nbc"));
  r.meta.published = CH_LIT("2020-01-01");
  ch_report_diag(&r, CH_LEVEL_WARNING, CH_FAULT_NO_DATE, (ChSpan){3, 4});
  json_t *j = ch_out_reading(&r);
  ch_out_json(j, false, &out);
  same(&out, "{\"report\":{\"id\":null,\"lang\":null,\"published\":\"2020-01-01\",\"published_basis\":\"stated\",\"outlet\":null,"
             "\"dateline\":null,\"title\":null,\"length\":4,\"dates\":[],\"diagnostics\":[{\"level\":\"warning\",\"text\":\"nothing "
             "pins down "
             "the date of the report\",\"line\":2,\"column\":2}]},\"people\":[],\"events\":[],\"statements\":[]}\n");
  json_decref(j);
  ch_buf_free(&out);
  ch_arena_free(&arena);
}

/* ---- pages ---- */

static const char PAGE[] = "x\n"
                           "2021-04-08 (inferred)\n"
                           "\n"
                           "People\n"
                           "  Asa Berg  Minister of Foreign Affairs, Sweden\n"
                           "\n"
                           "Events\n"
                           "e1  visit, held\n"
                           "    who         Asa Berg (Sweden; visitor)\n"
                           "    where       Oslo\n"
                           "    words       \"\xC3\x85sa Berg visited Oslo;\"\n"
                           "\n"
                           "e2  meeting, held\n"
                           "    who         Asa Berg (Sweden)\n"
                           "                Minister of Foreign Affairs of\n"
                           "                Denmark (Denmark)\n"
                           "    when        2021-04-07 to 2021-04-08; also\n"
                           "                given: 2021-04-06\n"
                           "    format      bilateral\n"
                           "    series      no. 3\n"
                           "    topics      gas\n"
                           "    documents   Plan (signed)\n"
                           "    links       part_of e1\n"
                           "\n"
                           "Statements\n"
                           "  Asa Berg (Sweden) says: gas prices\n";

static void page(void **state)
{
  (void)state;
  json_t *j = json_loads(READING, 0, NULL);
  const ChPage narrow = {.width = 48};
  ChBuf out = {0};
  assert_non_null(j);
  ch_out_reading_page(j, &narrow, &out);
  same(&out, PAGE);
  out.n = 0;
  const ChPage explain = {.width = 80, .bold = true, .explain = true};
  ch_out_event_page(j, json_array_get(json_object_get(j, "events"), 0), &explain, &out);
  same(&out, "\033[1mx\033[0m\n2021-04-08 (inferred)\n\ne1  \033[1mvisit\033[0m, held\n    who         Asa Berg (Sweden; visitor)\n"
             "    where       Oslo [rule-1 0.76]\n    words       \"\xC3\x85sa Berg visited Oslo;\"\n");
  json_decref(j);
  ch_buf_free(&out);
}

static void lines(void **state)
{
  (void)state;
  const ChEventLine rows[] = {
      {CH_LIT("a:e1"), CH_LIT("2021-04-08"), CH_LIT("held"), CH_LIT("visit"), CH_LIT("Oslo"), CH_LIT("Asa Berg, Somebody Else")},
      {CH_LIT("b:e12"), CH_LIT("2021"), CH_LIT("scheduled"), CH_LIT("meeting"), CH_LIT(""), CH_LIT("")},
  };
  const ChPage wide = {.width = 80}, narrow = {.width = 50};
  ChBuf out = {0};
  ch_out_event_lines(rows, 2, &wide, &out);
  same(&out, "2021-04-08  held       visit    Oslo  Asa Berg, Somebody Else [a:e1]\n"
             "2021        scheduled  meeting  -     [b:e12]\n");
  out.n = 0;
  ch_out_event_lines(rows, 1, &narrow, &out);
  same(&out, "2021-04-08  held  visit  Oslo\n    Asa Berg, Somebody Else [a:e1]\n");
  ch_buf_free(&out);
}

static void wrapping(void **state)
{
  (void)state;
  static const struct {
    const char *in;
    uint32_t at, indent, width;
    const char *out;
  } rows[] = {
      {"one two three", 0, 0, 8, "one two\nthree"},
      {"one two", 4, 4, 12, "one two"},
      {"one two", 6, 2, 10, "one\n  two"},
      {"abcdefghijklmn", 0, 0, 8, "abcdefgh\nijklmn"},
      {"a  b\n c", 0, 0, 20, "a b c"},
      {"bad\033[1m\x07", 0, 0, 20, "bad[1m"},
      {"\xE6\x97\xA5\xE6\x9C\xAC \xE6\x97\xA5\xE6\x9C\xAC", 0, 0, 8, "\xE6\x97\xA5\xE6\x9C\xAC\n\xE6\x97\xA5\xE6\x9C\xAC"},
      {"", 0, 0, 8, ""},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    ChBuf out = {0};
    ch_out_wrap(&out, ch_slice_z(rows[i].in), rows[i].at, rows[i].indent, rows[i].width);
    same(&out, rows[i].out);
    ch_buf_free(&out);
  }
}

static void places(void **state)
{
  (void)state;
  ChPlaces p;
  char text[3000];
  for (size_t i = 0; i < sizeof text; i += 3)
    memcpy(text + i, "\xD0\x9C\n", 3);
  ch_places_init(&p, ch_slice(text, sizeof text));
  for (uint32_t i = 0; i < 1000; i++) {
    ChPosition letter = ch_places_at(&p, i * 3), end = ch_places_at(&p, i * 3 + 2);
    assert_int_equal(letter.character, i * 2);
    assert_int_equal(letter.line, i + 1);
    assert_int_equal(letter.column, 1);
    assert_int_equal(end.character, i * 2 + 1);
    assert_int_equal(end.column, 2);
  }
  assert_int_equal(ch_places_at(&p, 99999).character, 2000);
  ch_places_free(&p);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reading), cmocka_unit_test(empty_reading), cmocka_unit_test(page),
      cmocka_unit_test(lines),   cmocka_unit_test(wrapping),      cmocka_unit_test(places),
  };
  return cmocka_run_group_tests(tests, make_pack, drop_pack);
}
