#include "when/tense.h"

#include "model/languages.h"

enum {
  WINDOW = 28, /* tokens on each side */
  NEAR = 7,    /* cost up to which a mark is beside the time */
};

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

static bool is_speech(const ChWhenGrammar *g, const ChToken *t)
{
  size_t n;
  const ChWhenWord *w = ch_when_words(g, t->norm, &n);
  for (size_t i = 0; i < n; i++)
    if (w[i].cls == CH_WHEN_CLASS_SPEECH)
      return true;
  return false;
}

ChWhenMarks ch_when_marks(const ChReport *r)
{
  ChWhenMarks marks = {ch_arena_alloc(r->arena, r->tokens.n)};
  ChWhenGrammar g = {0};
  uint32_t lang = UINT32_MAX;
  for (size_t t = 0; t < r->tokens.n; t++) {
    uint8_t m = tag_mark(&r->tokens.at[t].morph);
    uint32_t l = r->sentences.at[r->tokens.at[t].sentence].lang;
    if (l != lang)
      g = ch_when_grammar(r->pack, ch_language_code(r->pack, lang = l));
    if (m && is_speech(&g, &r->tokens.at[t]))
      m |= CH_WHEN_MARK_SPEECH;
    marks.at[t] = m;
  }
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

/* What a mark costs beside its distance: the present says little, a verb of saying speaks of its own time unless it is beside. */
static int mark_cost(uint8_t mark, int cost)
{
  if (mark & CH_WHEN_MARK_SPEECH)
    return cost <= NEAR ? cost : cost + 20;
  return mark == 1 + CH_WHEN_TENSE_PRESENT ? cost + 12 : cost;
}

typedef struct Nearest {
  uint8_t mark;
  int cost;
} Nearest;

static void look_at(Nearest *best, uint8_t mark, int cost)
{
  if (mark && mark_cost(mark, cost) < best->cost)
    *best = (Nearest){mark, mark_cost(mark, cost)};
}

ChWhenTense ch_when_tense(const ChReport *r, const ChWhenMarks *marks, uint32_t token, uint32_t tokens, bool *near)
{
  const ChSentence *s = &r->sentences.at[r->tokens.at[token].sentence];
  uint32_t low = s->token, high = s->token + s->tokens;
  Nearest best = {0, INT32_MAX};
  int cost = 0;
  for (uint32_t t = token, n = 0; t-- > low && n < WINDOW; n++) {
    look_at(&best, marks->at[t], cost);
    cost += step_cost(r, t);
  }
  cost = 3;
  for (uint32_t t = token + tokens, n = 0; t < high && n < WINDOW; t++, n++) {
    look_at(&best, marks->at[t], cost);
    cost += step_cost(r, t);
  }
  if (near)
    *near = best.mark && best.cost <= NEAR;
  return best.mark ? (ChWhenTense)((best.mark & ~CH_WHEN_MARK_SPEECH) - 1) : CH_WHEN_TENSE_NONE;
}
