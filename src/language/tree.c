#include "language/tree.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

/* A governor's penalty for being the root: more than arcs can differ, so that one word takes it. */
enum { ROOT = 1 << 24, LEAST = -(1 << 30), MOST = 1 << 30 };

/* A cycle that was made one node. */
typedef struct Cycle {
  uint32_t node, first, members; /* its node from then on; members in `list` */
} Cycle;

typedef struct Tree {
  int32_t *score; /* of arcs between nodes, as those of ch_tree_best */
  uint32_t *arc;  /* the words that an arc between nodes stands for: governor << 16 | word */
  uint32_t n;     /* words */
  uint16_t *best; /* governor of each node */
  uint16_t *list; /* members of the cycles; `arcs`: their arcs within the cycle */
  uint32_t *arcs;
  uint16_t *node, *old; /* node of each word; the same before each cycle, `n + 1` each */
  uint16_t *entered;    /* word of a node that the arc into it reaches */
  uint8_t *mark, *alive;
  Cycle *cycles;
  uint32_t n_cycles, n_list;
} Tree;

static size_t round_up(size_t n) { return (n + 15) & ~(size_t)15; }

size_t ch_tree_scratch(uint32_t n)
{
  size_t k = (size_t)n + 1;
  return round_up(k * k * sizeof(uint32_t)) + round_up(k * k * sizeof(uint16_t)) + 2 * round_up(k * sizeof(Cycle)) +
         8 * round_up(4 * k * sizeof(uint32_t));
}

static void *take(char **at, size_t n)
{
  void *p = *at;
  *at += round_up(n);
  return p;
}

static void start(Tree *t, uint32_t n, void *scratch)
{
  char *at = scratch;
  size_t k = (size_t)n + 1;
  t->n = n;
  t->arc = take(&at, k * k * sizeof *t->arc);
  t->old = take(&at, k * k * sizeof *t->old);
  t->cycles = take(&at, k * sizeof *t->cycles);
  t->list = take(&at, 2 * k * sizeof *t->list);
  t->arcs = take(&at, 2 * k * sizeof *t->arcs);
  t->best = take(&at, k * sizeof *t->best);
  t->node = take(&at, k * sizeof *t->node);
  t->entered = take(&at, k * sizeof *t->entered);
  t->mark = take(&at, k);
  t->alive = take(&at, k);
  for (uint32_t w = 0; w <= n; w++) {
    t->node[w] = (uint16_t)w;
    t->alive[w] = 1;
    for (uint32_t g = 0; g <= n; g++)
      t->arc[w * k + g] = g << 16 | w;
  }
}

/* A node of a cycle of best governors; 0 where there is none. */
static uint32_t find_cycle(Tree *t)
{
  memset(t->mark, 0, t->n + 1);
  t->mark[0] = 2;
  for (uint32_t v = 1; v <= t->n; v++) {
    uint32_t u = v;
    if (!t->alive[v])
      continue;
    while (!t->mark[u]) {
      t->mark[u] = 1;
      u = t->best[u];
    }
    if (t->mark[u] == 1)
      return u;
    for (u = v; t->mark[u] == 1; u = t->best[u])
      t->mark[u] = 2;
  }
  return 0;
}

static int32_t held(int64_t v) { return (int32_t)(v < LEAST ? LEAST : v > MOST ? MOST : v); }

static void best_of(Tree *t, uint32_t v)
{
  const int32_t *row = &t->score[v * ((size_t)t->n + 1)];
  uint32_t best = UINT32_MAX;
  for (uint32_t u = 0; u <= t->n; u++)
    if (t->alive[u] && u != v && (best == UINT32_MAX || row[u] > row[best]))
      best = u;
  t->best[v] = (uint16_t)best;
}

/* Makes the cycle through c one node, c. */
static void contract(Tree *t, uint32_t c)
{
  size_t k = (size_t)t->n + 1;
  Cycle *cycle = &t->cycles[t->n_cycles];
  *cycle = (Cycle){.node = c, .first = t->n_list};
  memcpy(&t->old[t->n_cycles++ * k], t->node, k * sizeof *t->node);
  uint32_t v = c;
  do {
    t->list[t->n_list] = (uint16_t)v;
    t->arcs[t->n_list++] = t->arc[v * k + t->best[v]];
    t->alive[v] = 0;
    v = t->best[v];
    cycle->members++;
  } while (v != c);
  const uint16_t *in = &t->list[cycle->first];
  for (uint32_t u = 0; u <= t->n; u++) {
    if (!t->alive[u])
      continue;
    int32_t enter = INT32_MIN, leave = INT32_MIN;
    uint32_t enter_arc = 0, leave_arc = 0;
    bool held_by = false;
    for (uint32_t m = 0; m < cycle->members; m++) {
      v = in[m];
      int32_t e = held((int64_t)t->score[v * k + u] - t->score[v * k + t->best[v]]), l = t->score[u * k + v];
      if (e > enter)
        enter = e, enter_arc = t->arc[v * k + u];
      if (l > leave)
        leave = l, leave_arc = t->arc[u * k + v];
      held_by = held_by || (u && t->best[u] == v);
    }
    t->score[c * k + u] = enter, t->arc[c * k + u] = enter_arc;
    t->score[u * k + c] = leave, t->arc[u * k + c] = leave_arc;
    if (held_by)
      t->best[u] = (uint16_t)c;
  }
  for (uint32_t w = 1; w <= t->n; w++)
    for (uint32_t m = 0; m < cycle->members; m++)
      if (t->node[w] == in[m]) {
        t->node[w] = (uint16_t)c;
        break;
      }
  t->alive[c] = 1;
  best_of(t, c);
}

static void give(Tree *t, uint32_t node, uint32_t arc, uint32_t *heads)
{
  heads[arc & 0xFFFF] = arc >> 16;
  t->entered[node] = (uint16_t)(arc & 0xFFFF);
}

void ch_tree_best(int32_t *scores, uint32_t n, uint32_t *heads, void *scratch)
{
  assert(n < 0xFFFF);
  size_t k = (size_t)n + 1;
  Tree t = {.score = scores};
  heads[0] = 0;
  start(&t, n, scratch);
  for (uint32_t v = 1; v <= n; v++) {
    scores[v * k] -= ROOT;
    best_of(&t, v);
  }
  for (uint32_t c = find_cycle(&t); c; c = find_cycle(&t))
    contract(&t, c);
  for (uint32_t v = 1; v <= n; v++)
    if (t.alive[v])
      give(&t, v, t.arc[v * k + t.best[v]], heads);
  for (uint32_t i = t.n_cycles; i-- > 0;) {
    const Cycle *cycle = &t.cycles[i];
    const uint16_t *node = &t.old[i * k];
    uint32_t entered = t.entered[cycle->node];
    for (uint32_t m = 0; m < cycle->members; m++) {
      uint32_t v = t.list[cycle->first + m];
      if (node[entered] == v)
        t.entered[v] = (uint16_t)entered;
      else
        give(&t, v, t.arcs[cycle->first + m], heads);
    }
  }
}
