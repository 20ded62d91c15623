/* Groups of people called by the post that all of them hold: "OSCE foreign ministers", "leaders of the CIS countries", "38 heads of state
 * and government". Words of the lexicon's kinds `collective` and `members` around a body of the world; a number or a phrase that may
 * stand alone does without one. */
#include "names/inner.h"

enum { MANY = 5 }; /* so many are a group, not people named before */

static bool number(const Names *n, uint32_t i) { return (tok(n, i)->flags & CH_TOKEN_NUMBER) || tok(n, i)->morph.pos == CH_POS_NUM; }

/* What a collective is of, from `at` on. */
typedef struct Owner {
  uint32_t stop;  /* after it; 0 where nothing known stands */
  uint32_t body;  /* the hit */
  uint32_t words; /* first token of it to print: after article and number */
  const LexRow *members;
} Owner;

static uint32_t members_at(const Names *n, uint32_t at, uint32_t end, Owner *o)
{
  uint32_t len;
  const LexRow *row = at < end ? ch_names_lex(n, at, LEX_MEMBERS, &len) : NULL;
  if (!row)
    return at;
  o->members = row;
  return at + len;
}

/* "the 56 OSCE participating States", "the countries of the CIS", "the G7". */
static Owner owner_at(const Names *n, uint32_t token, uint32_t end)
{
  Owner o = {.body = CH_NONE};
  bool genitive = lang_at(n, token)->options & OPTION_GENITIVE;
  uint32_t at = token;
  if (at < end && is_lex(n, at, LEX_OF))
    at++;
  else if (!genitive)
    return o;
  at = past_article(n, at, end);
  Hit counted = at < end ? ch_names_hit(n, at, CH_WORLD_BODY, ANY_NAME) : (Hit){0}; /* "five Caspian states" */
  if (at < end && number(n, at) && !counted.tokens)
    at++;
  o.words = at;
  Hit b = at < end ? ch_names_hit(n, at, CH_WORLD_BODY, ANY_NAME) : (Hit){0};
  if (!b.tokens)
    at = members_at(n, at, end, &o);
  if (o.members) {
    at += at < end && is_lex(n, at, LEX_OF);
    at = past_article(n, at, end);
    b = at < end ? ch_names_hit(n, at, CH_WORLD_BODY, ANY_NAME) : b;
  }
  if (!b.tokens)
    return o;
  o.body = ch_ref_index(b.ref);
  at += b.tokens;
  o.stop = o.members ? at : members_at(n, at, end, &o);
  return o;
}

static ChSlice body_name(const Names *n, uint32_t body) { return ch_world_text(&n->w, n->w.bodies[body].name); }

/* "OSCE foreign ministers", "leaders of the CIS countries"; a body of a longer name as the text has it, where its language is that of
 * print. */
static ChSlice after_name(Names *n, uint32_t token, const Owner *o, ChSlice value)
{
  ChArena *a = n->r->arena;
  ChSlice body = body_name(n, o->body), members = o->members ? ch_world_text(&n->w, o->members->value) : CH_LIT("");
  bool print = n->r->sentences.at[tok(n, token)->sentence].lang == n->print;
  if (print && ch_slice_find(body, CH_LIT(" ")) != SIZE_MAX) {
    ChSlice words = ch_report_slice(n->r, ch_report_tokens_span(n->r, o->words, o->stop - o->words));
    return ch_names_joined(n, value, CH_PRINT_OF_THE, words);
  }
  if (members.n)
    return ch_names_joined(n, value, CH_PRINT_OF_THE, ch_arena_printf(a, "%.*s %.*s", CH_ARG(body), CH_ARG(members)));
  return ch_arena_printf(a, "%.*s %.*s", CH_ARG(body), CH_ARG(value));
}

static uint32_t add(Names *n, uint32_t token, uint32_t stop, uint32_t head, uint32_t body, ChSlice name)
{
  Find *f = ch_names_find(n, token, stop - token, CH_ENTITY_GROUP, CH_MENTION_POST);
  f->head = head;
  f->text = name;
  if (body != CH_NONE)
    f->ref = ch_world_ref(CH_WORLD_BODY, CH_WAY_NAME, body);
  ch_names_take(n, (uint32_t)n->finds.n - 1);
  return stop;
}

static uint32_t head_of(const Names *n, uint32_t token, uint32_t tokens)
{
  bool first = lang_at(n, token)->options & OPTION_GENITIVE;
  uint32_t head = token;
  for (uint32_t i = token; i < token + tokens; i++) {
    if (i > token && (first || is_lex(n, i, LEX_OF)))
      break;
    head = i;
  }
  return head;
}

/* Is the phrase a part of a body's name: "the Council of Heads of State"? */
static bool in_body(const Names *n, uint32_t token, uint32_t start)
{
  uint32_t i = token;
  while (i > start && (is_lex(n, i - 1, LEX_ARTICLE) || is_lex(n, i - 1, LEX_OF) || (tok(n, i - 1)->flags & CH_TOKEN_QUOTE_OPEN)))
    i--;
  return i > start && is_lex(n, i - 1, LEX_BODY_TAIL) && is_capital(n, i - 1);
}

/* The collective at the token, a body before it or not; where to go on, 0 where none stands. */
static uint32_t collective(Names *n, uint32_t token, uint32_t start, uint32_t end)
{
  bool genitive = lang_at(n, token)->options & OPTION_GENITIVE;
  uint32_t at = token, len = 0;
  Hit b = ch_names_hit(n, at, CH_WORLD_BODY, genitive ? WAY(CH_WAY_ADJECTIVE) : WAY(CH_WAY_NAME) | WAY(CH_WAY_ADJECTIVE));
  at += b.tokens;
  if (b.tokens && at < end && is_lex(n, at, LEX_CLITIC))
    at++;
  const LexRow *row = at < end ? ch_names_lex(n, at, LEX_COLLECTIVE, &len) : NULL;
  uint32_t head = row ? head_of(n, at, len) : at, stop = row ? at + len : at;
  if (!row || tok(n, head)->morph.number == CH_NUMBER_SING || in_body(n, token, start))
    return 0;
  ChSlice value = ch_world_text(&n->w, row->value);
  if (b.tokens)
    return add(n, token, stop, head, ch_ref_index(b.ref),
               ch_arena_printf(n->r->arena, "%.*s %.*s", CH_ARG(body_name(n, ch_ref_index(b.ref))), CH_ARG(value)));
  Owner o = owner_at(n, stop, end);
  uint32_t count = 0, from = token;
  if (token > start && ch_slice_uint(form(n, token - 1), 1000, &count) && count >= MANY)
    from--;
  else
    count = 0;
  if (o.stop)
    return add(n, from, o.stop, head, o.body, after_name(n, token, &o, value));
  if (stop < end && (is_lex(n, stop, LEX_OF) || ch_names_hit(n, stop, CH_WORLD_STATE, ANY_NAME).tokens))
    return 0; /* of states: the people themselves */
  if (count)
    return add(n, from, stop, head, CH_NONE, ch_arena_printf(n->r->arena, "%u %.*s", (unsigned)count, CH_ARG(value)));
  return ch_names_lex(n, token, LEX_BARE, NULL) ? add(n, token, stop, head, CH_NONE, value) : 0;
}

void ch_names_scan_collectives(Names *n)
{
  for (uint32_t s = 0; s < n->r->sentences.n; s++) {
    const ChSentence *sent = &n->r->sentences.at[s];
    uint32_t start = sent->token + sent->dateline, end = sent->token + sent->tokens, covered = start;
    for (uint32_t i = start; i < end;) {
      uint32_t next = i < covered ? 0 : collective(n, i, start, end);
      uint32_t name = ch_names_hit(n, i, CH_WORLD_BODY, ANY_NAME).tokens; /* what stands within a body's name is a part of it */
      if (name > 1 && i + name > covered)
        covered = i + name;
      i = next > i ? next : i + 1;
    }
  }
}
