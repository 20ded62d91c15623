#include "events/arcs.h"

void ch_arcs_fill(ChEventsWork *w)
{
  const ChReport *r = w->r;
  uint32_t n = (uint32_t)r->tokens.n;
  w->under = ch_arena_array(r->arena, n + 1, sizeof *w->under);
  uint32_t *waiting = ch_arena_array(r->arena, n + 1, sizeof *waiting), *queue = ch_arena_array(r->arena, n + 1, sizeof *queue);
  uint32_t head = 0, tail = 0;
  for (uint32_t i = 0; i < n; i++) {
    w->under[i] = (ChUnder){i, i + 1};
    if (r->tokens.at[i].head != CH_NONE)
      waiting[r->tokens.at[i].head]++;
  }
  for (uint32_t i = 0; i < n; i++)
    if (!waiting[i])
      queue[tail++] = i;
  while (head < tail) { /* from the leaves up: each token once */
    uint32_t i = queue[head++], up = r->tokens.at[i].head;
    if (up == CH_NONE)
      continue;
    if (w->under[i].from < w->under[up].from)
      w->under[up].from = w->under[i].from;
    if (w->under[i].to > w->under[up].to)
      w->under[up].to = w->under[i].to;
    if (!--waiting[up])
      queue[tail++] = up;
  }
}

uint32_t ch_arcs_dependent(const ChEventsWork *w, uint32_t head, uint64_t rels, uint32_t from)
{
  const ChReport *r = w->r;
  for (uint32_t i = from < w->under[head].from ? w->under[head].from : from; i < w->under[head].to; i++)
    if (r->tokens.at[i].head == head && (rels >> r->tokens.at[i].rel & 1))
      return i;
  return CH_NONE;
}

uint32_t ch_arcs_subject(const ChEventsWork *w, uint32_t verb)
{
  const uint64_t subject = CH_ARCS_REL(CH_REL_NSUBJ) | CH_ARCS_REL(CH_REL_NSUBJ_PASS);
  uint32_t best = CH_NONE, nearest = CH_NONE;
  for (uint32_t i = ch_arcs_dependent(w, verb, subject, 0); i != CH_NONE; i = ch_arcs_dependent(w, verb, subject, i + 1)) {
    uint32_t gap = i > verb ? i - verb : verb - i;
    if (gap < nearest) {
      nearest = gap;
      best = i;
    }
  }
  return best;
}

uint32_t ch_arcs_said(const ChEventsWork *w, uint32_t verb)
{
  return ch_arcs_dependent(w, verb, CH_ARCS_REL(CH_REL_CCOMP), 0);
}

bool ch_arcs_inserted(const ChEventsWork *w, uint32_t verb)
{
  const ChToken *t = &w->r->tokens.at[verb];
  return t->head != CH_NONE && t->rel == CH_REL_PARATAXIS;
}

bool ch_arcs_main(const ChEventsWork *w, uint32_t verb)
{
  const ChReport *r = w->r;
  for (int depth = 0; depth < 4; depth++) {
    const ChToken *t = &r->tokens.at[verb];
    if (t->rel == CH_REL_ROOT)
      return true;
    if (t->head == CH_NONE || (t->rel != CH_REL_CONJ && t->rel != CH_REL_PARATAXIS))
      return false;
    verb = t->head;
  }
  return false;
}
