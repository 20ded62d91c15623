#include "events/found.h"

/* Link type of the cue of one word at token i ("after"), CH_NO_WORD. */
static ChWord order_at(const ChEventsWork *w, uint32_t i, uint32_t end)
{
  uint32_t length, node = ch_frames_match(&w->f->cue_words, w->r, i, end, &length);
  size_t n;
  const ChPhraseValue *v = ch_phrases_values(&w->f->cue_words, node, &n);
  for (size_t k = 0; node && k < n && length == 1; k++) {
    const ChCue *q = v[k].value < w->f->n_cues ? &w->f->cues[v[k].value] : NULL;
    if (q && q->link && (q->status == w->terms.after || q->status == w->terms.before))
      return q->status;
  }
  return CH_NO_WORD;
}

void ch_order_mark(const ChEventsWork *w, ChEvent *e)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[e->clause];
  uint32_t end = c->token + c->tokens;
  for (uint32_t i = c->token; i < end && i < c->token + 3 && i < e->trigger; i++) {
    ChWord order = order_at(w, i, end);
    if (!order || i + 1 >= end)
      continue;
    uint8_t next = r->tokens.at[i + 1].morph.pos;
    bool that = (w->classes[i + 1] & CH_WORD_DEFINITE) && i + 2 < end && (next == CH_POS_PRON || next == CH_POS_DET) &&
                r->tokens.at[i + 2].morph.pos != CH_POS_NOUN && r->tokens.at[i + 2].morph.pos != CH_POS_ADJ;
    if (that) { /* "after that the presidents signed ..." */
      e->then |= order == w->terms.after;
      e->beforehand |= order == w->terms.before;
    } else if (e->verbal && !e->setting && e->trigger == c->predicate && (w->classes[i] & CH_WORD_SUBORDINATE)) {
      e->setting = order; /* "..., two days after X stripped it of its status" */
    }
    return;
  }
}
