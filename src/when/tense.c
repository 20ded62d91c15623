#include "when/tense.h"

enum { WINDOW = 28 }; /* tokens on each side */

static uint8_t tag_mark(const ChMorph *m)
{
  if (m->pos != CH_POS_VERB && m->pos != CH_POS_AUX && m->pos != CH_POS_ADJ)
    return 0;
  if (m->tense == CH_TENSE_FUT)
    return 1 + CH_WHEN_TENSE_FUTURE;
  if (m->tense == CH_TENSE_PAST && m->form != CH_VERB_CONV)
    return 1 + CH_WHEN_TENSE_PAST;
  if (m->tense == CH_TENSE_PRES && m->form == CH_VERB_FIN)
    return 1 + CH_WHEN_TENSE_PRESENT;
  return 0;
}

ChWhenMarks ch_when_marks(const ChReport *r)
{
  ChWhenMarks marks = {ch_arena_alloc(r->arena, r->tokens.n)};
  for (size_t t = 0; t < r->tokens.n; t++)
    marks.at[t] = tag_mark(&r->tokens.at[t].morph);
  return marks;
}

/* A cue governs what follows in its verb group: "will be held" has no past in it. */
void ch_when_mark_cue(const ChReport *r, ChWhenMarks *marks, const ChWhenMatch *m)
{
  uint8_t v = (uint8_t)(1 + (m->row->k == CH_WHEN_UNSET ? 0 : m->row->k));
  uint32_t end = m->token + m->tokens;
  for (uint32_t t = m->token; t < end; t++)
    marks->at[t] = v;
  for (uint32_t t = end; t < end + 4 && t < r->tokens.n; t++) {
    const ChToken *k = &r->tokens.at[t];
    if (k->flags & CH_TOKEN_PUNCT)
      break;
    if (k->morph.pos == CH_POS_ADP || k->morph.pos == CH_POS_NOUN || k->morph.pos == CH_POS_PROPN)
      break;
    if (marks->at[t])
      marks->at[t] = v;
  }
}

/* What it costs to look past a token. */
static int step_cost(const ChReport *r, uint32_t t)
{
  const ChToken *k = &r->tokens.at[t];
  if (!(k->flags & CH_TOKEN_PUNCT))
    return 2;
  ChSlice s = ch_report_slice(r, k->span);
  if (s.n == 1 && (s.p[0] == '(' || s.p[0] == ')' || s.p[0] == '-'))
    return 3;
  return s.n == 1 && s.p[0] == ',' ? 10 : 14;
}

ChWhenTense ch_when_tense(const ChReport *r, const ChWhenMarks *marks, uint32_t token, uint32_t tokens)
{
  const ChSentence *s = &r->sentences.at[r->tokens.at[token].sentence];
  uint32_t low = s->token, high = s->token + s->tokens, best = 0;
  int least = INT32_MAX, cost = 0;
  for (uint32_t t = token, n = 0; t-- > low && n < WINDOW; n++) {
    int here = cost + (marks->at[t] == 1 + CH_WHEN_TENSE_PRESENT ? 12 : 0);
    if (marks->at[t] && here < least) {
      least = here;
      best = marks->at[t];
    }
    cost += step_cost(r, t);
  }
  cost = 3;
  for (uint32_t t = token + tokens, n = 0; t < high && n < WINDOW; t++, n++) {
    int here = cost + (marks->at[t] == 1 + CH_WHEN_TENSE_PRESENT ? 12 : 0);
    if (marks->at[t] && here < least) {
      least = here;
      best = marks->at[t];
    }
    cost += step_cost(r, t);
  }
  return best ? (ChWhenTense)(best - 1) : CH_WHEN_TENSE_NONE;
}
