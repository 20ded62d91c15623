/* Where the tree and the chunks disagree on clause limits: a mention that the chunks left in another clause is an argument of the
 * predicate that governs it. What one clause holds is told by position, case and preposition (clauses.c). */
#include "events/clauses.h"

/* An arc is believed where its governor scored better than the next by so much. */
enum { SURE = 256, LIST = 24 };

/* The token of the mention whose governor is outside of it, CH_NONE. */
static uint32_t top_of(const ChReport *r, const ChMention *m)
{
  for (uint32_t i = m->token; i < m->token + m->tokens; i++) {
    const ChToken *t = &r->tokens.at[i];
    if (t->rel != CH_REL_NONE && t->head != CH_NONE && (t->head < m->token || t->head >= m->token + m->tokens) && t->rel != CH_REL_PUNCT &&
        t->rel != CH_REL_CASE && t->rel != CH_REL_CC)
      return i;
  }
  return CH_NONE;
}

/* The top of the list that the mention is a member of; the mention of that member in *first. */
static uint32_t list_top(const ChEventsWork *w, uint32_t mention, uint32_t *first)
{
  const ChReport *r = w->r;
  uint32_t top = top_of(r, &r->mentions.at[mention]);
  *first = mention;
  for (int i = 0; i < LIST && top != CH_NONE && r->tokens.at[top].rel == CH_REL_CONJ; i++) {
    uint32_t o = w->outer[r->tokens.at[top].head];
    if (r->tokens.at[top].margin < SURE || o == CH_NONE || !ch_clauses_is_actor(r, o))
      return CH_NONE;
    *first = o;
    top = top_of(r, &r->mentions.at[o]);
  }
  return top;
}

/* "after the minister had written": what was taken for a preposition is the conjunction before a subject. */
static void free_subject(const ChEventsWork *w, ChClause *c, uint32_t mention)
{
  for (uint32_t i = 0; i < c->args.n; i++) {
    ChArgument *a = &c->args.at[i];
    if (a->mention != mention || a->prep == CH_NONE || !(w->classes[a->prep] & CH_WORD_SUBORDINATE))
      continue; /* a mention of several stands there several times */
    a->function = CH_ARG_SUBJECT;
    a->prep = CH_NONE;
  }
}

static bool function_of(uint8_t rel, uint8_t *function)
{
  switch (rel) {
  case CH_REL_NSUBJ:
  case CH_REL_NSUBJ_PASS:
    *function = CH_ARG_SUBJECT;
    return true;
  case CH_REL_OBJ:
  case CH_REL_IOBJ:
    *function = CH_ARG_OBJECT;
    return true;
  case CH_REL_OBL:
  case CH_REL_OBL_AGENT:
    *function = CH_ARG_OBLIQUE;
    return true;
  default:
    return false;
  }
}

void ch_clauses_tree_args(ChEventsWork *w)
{
  ChReport *r = w->r;
  if (w->first_clause >= r->clauses.n)
    return;
  const ChSentence *s = &r->sentences.at[r->clauses.at[w->first_clause].sentence];
  for (uint32_t i = s->token; i < s->token + s->tokens; i++) {
    uint32_t m = w->outer[i], first;
    if (m == CH_NONE || r->mentions.at[m].token != i || !ch_clauses_is_actor(r, m) || r->mentions.at[m].form == CH_MENTION_ADJECTIVE)
      continue;
    uint32_t top = list_top(w, m, &first);
    if (top == CH_NONE || r->tokens.at[top].margin < SURE)
      continue;
    uint32_t h = r->tokens.at[top].head, index = h < s->token || h >= s->token + s->tokens ? CH_NONE : w->clause[h];
    uint8_t function;
    if (index == CH_NONE || r->clauses.at[index].predicate != h || !function_of(r->tokens.at[top].rel, &function))
      continue;
    uint32_t prep = r->mentions.at[m].prep;
    if (function == CH_ARG_SUBJECT && prep != CH_NONE && (w->classes[prep] & CH_WORD_SUBORDINATE))
      free_subject(w, &r->clauses.at[index], m);
    if (w->clause[i] == index) /* in the clause itself: the chunks have it */
      continue;
    const ChMention *lead = &r->mentions.at[first];
    for (uint32_t k = m; k < r->mentions.n && r->mentions.at[k].token == i; k++)
      if (r->mentions.at[k].tokens == r->mentions.at[m].tokens)
        *CH_PUSH(r->arena, &r->clauses.at[index].args) =
            (ChArgument){.function = function, .kase = lead->kase, .prep = lead->prep, .token = r->mentions.at[k].head, .mention = k, .time = CH_NONE, .score = 0.7f};
  }
}
