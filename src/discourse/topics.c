#include "discourse/work.h"

/* What was spoken of, told apart from who spoke where: its event is looked for this far, in sentences and in mentions. */
enum { NEAR = 3, REACH = 24 };

static bool coming(const ChDiscourse *d, const ChEvent *e) { return e->status != d->held && e->status != d->ongoing; }

static bool off(const ChDiscourse *d, const ChEvent *e) { return e->status == d->cancelled || e->status == d->denied; }

/* Words that are left without an event of their own: of topics alone, or too weak to stand. */
static bool homeless(const ChEvent *e)
{
  return ch_discourse_stands(e) && e->topics.n && (e->only_topics || (e->weak && e->participants.n < 2));
}

/* The gathering whose topics they are: of the same sentence, else the one told last; a title's is told after it. */
static uint32_t home_of(const ChDiscourse *d, uint32_t i)
{
  const ChReport *r = d->r;
  const ChEvent *e = &r->events.at[i];
  uint32_t best = CH_NONE, best_score = 0;
  for (uint32_t k = i > REACH ? i - REACH : 0; k < r->events.n && k <= i + REACH; k++) {
    const ChEvent *g = &r->events.at[k];
    if (k == i || !ch_discourse_stands(g) || g->only_topics || g->weak || !ch_discourse_gathering(d, g->kind) || off(d, g))
      continue;
    uint32_t gap = CH_NONE;
    for (size_t v = 0; v < g->evidence.n; v++) { /* wherever it is told */
      uint32_t s = g->evidence.at[v].sentence;
      if (s <= e->sentence && e->sentence - s < gap)
        gap = e->sentence - s;
      else if (e->headline && s > e->sentence && s - e->sentence < gap)
        gap = s - e->sentence;
    }
    if (gap > NEAR || (gap && coming(d, g) != coming(d, e)))
      continue;
    uint32_t score = 10 - 2 * gap + (coming(d, g) == coming(d, e)) + (g->kind == e->kind) + (g->evidence.n > 1);
    if (score > best_score) {
      best_score = score;
      best = k;
    }
  }
  return best;
}

void ch_topics_hand_down(ChDiscourse *d)
{
  enum { MOST_TOPICS = 20 };
  ChReport *r = d->r;
  for (uint32_t i = 0; i < r->events.n; i++) {
    ChEvent *e = &r->events.at[i];
    uint32_t k = homeless(e) ? home_of(d, i) : CH_NONE;
    if (k == CH_NONE)
      continue;
    ChEvent *g = &r->events.at[k];
    for (size_t t = 0; t < e->topics.n && g->topics.n < MOST_TOPICS; t++) {
      bool have = false;
      for (size_t x = 0; x < g->topics.n; x++)
        have |= ch_slice_eq(g->topics.at[x], e->topics.at[t]);
      if (!have)
        *CH_PUSH(r->arena, &g->topics) = e->topics.at[t];
    }
  }
}
