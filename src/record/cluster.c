/* From pairs to happenings. Components of pairs that would join by themselves are independent of each other; inside, the best pairs are
 * joined first, unless their groups share a report, hold two mentions that exclude each other, or are on the whole too unlike. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "record/correct.h"
#include "record/inner.h"

enum { SAMPLE = 8 }; /* members of a group that are held against the other's: all, or as many of the first and the last ones */

/* ---- pairs ---- */

typedef struct Place {
  uint64_t key, id;
  int32_t day;
  uint32_t mention;
} Place;

static int by_place(const void *a, const void *b)
{
  const Place *x = a, *y = b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  if (x->day != y->day)
    return x->day < y->day ? -1 : 1;
  return x->id < y->id ? -1 : x->id > y->id;
}

static int by_pair(const void *a, const void *b)
{
  const ChRecordPair *x = a, *y = b;
  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  return x->b < y->b ? -1 : x->b > y->b;
}

ChRecordPair *ch_record_pairs(ChArena *arena, ChRecordMention *const *m, size_t n, size_t *pairs)
{
  CH_VEC(Place) places = {0};
  CH_VEC(ChRecordPair) list = {0};
  for (size_t i = 0; i < n; i++) {
    uint64_t keys[CH_RECORD_KEYS];
    size_t k = ch_record_keys(m[i], keys);
    for (size_t j = 0; j < k; j++)
      *CH_PUSH(arena, &places) = (Place){keys[j], m[i]->key, ch_record_mention_day(m[i]), (uint32_t)i};
  }
  if (places.n)
    qsort(places.at, places.n, sizeof *places.at, by_place);
  for (size_t i = 0; i < places.n; i++)
    for (size_t k = i + 1; k < places.n && k <= i + CH_RECORD_WINDOW && places.at[k].key == places.at[i].key; k++) {
      uint32_t a = places.at[i].mention, b = places.at[k].mention;
      *CH_PUSH(arena, &list) = (ChRecordPair){a < b ? a : b, a < b ? b : a};
    }
  if (list.n)
    qsort(list.at, list.n, sizeof *list.at, by_pair);
  *pairs = 0;
  for (size_t i = 0; i < list.n; i++)
    if (!*pairs || by_pair(&list.at[*pairs - 1], &list.at[i]) != 0)
      list.at[(*pairs)++] = list.at[i];
  return list.at;
}

/* ---- joining ---- */

typedef struct Edge {
  double score;
  uint32_t a, b; /* in canonical order, a < b */
} Edge;

typedef struct Sample {
  uint32_t n, at[SAMPLE]; /* ascending */
} Sample;

/* Groups as rings: `next` of each member; root by halving. `seen` holds (root, report) of every group. */
typedef struct Join {
  const ChRecordRules *rules;
  ChRecordMention **m;
  uint32_t *root, *next, *size, *report;
  Sample *sample; /* of roots */
  uint64_t *seen;
  size_t slots;
  bool *said; /* of roots: has a member of which people said what it is one with */
  int64_t last_split;
} Join;

static int by_order(const void *a, const void *b) { return ch_record_mention_order(*(ChRecordMention *const *)a, *(ChRecordMention *const *)b); }

static int by_score(const void *a, const void *b)
{
  const Edge *x = a, *y = b;
  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  return x->b < y->b ? -1 : x->b > y->b;
}

static uint32_t root_of(Join *j, uint32_t i)
{
  while (j->root[i] != i) {
    j->root[i] = j->root[j->root[i]];
    i = j->root[i];
  }
  return i;
}

/* The slot of (group, report), or the empty one where it would go. Old roots' entries stay; nobody asks for them. */
static uint64_t *slot_of(const Join *j, uint32_t group, uint32_t report)
{
  uint64_t want = ((uint64_t)group + 1) << 32 | report, h = want * 0x9E3779B97F4A7C15u;
  for (size_t i = (size_t)(h >> 20) & (j->slots - 1);; i = (i + 1) & (j->slots - 1))
    if (!j->seen[i] || j->seen[i] == want)
      return &j->seen[i];
}

static void note_report(Join *j, uint32_t group, uint32_t report)
{
  *slot_of(j, group, report) = ((uint64_t)group + 1) << 32 | report;
}

static bool share_report(Join *j, uint32_t small, uint32_t big)
{
  uint32_t i = small;
  do {
    if (*slot_of(j, big, j->report[i]))
      return true;
    i = j->next[i];
  } while (i != small);
  return false;
}

/* The sample of two groups together: the first half of the first and the last half of the last members. */
static void join_samples(Sample *to, const Sample *from)
{
  uint32_t all[2 * SAMPLE], n = 0, i = 0, k = 0;
  while (i < to->n || k < from->n)
    all[n++] = k == from->n || (i < to->n && to->at[i] < from->at[k]) ? to->at[i++] : from->at[k++];
  to->n = n < SAMPLE ? n : SAMPLE;
  for (i = 0; i < to->n; i++)
    to->at[i] = i < SAMPLE / 2 || n <= SAMPLE ? all[i] : all[n - SAMPLE + i];
}

static bool agree(const Join *j, uint32_t x, uint32_t y)
{
  const Sample *a = &j->sample[x], *b = &j->sample[y];
  double sum = 0;
  for (uint32_t i = 0; i < a->n; i++)
    for (uint32_t k = 0; k < b->n; k++) {
      double s = ch_record_score(j->rules, j->m[a->at[i]], j->m[b->at[k]]);
      if (!isfinite(s))
        return false;
      sum += s;
    }
  return sum >= j->rules->t.weights[CH_WEIGHT_MEAN] * a->n * b->n;
}

/* Is there a later row than `after` that keeps two members of the groups apart? */
static bool kept_apart(const Join *j, uint32_t x, uint32_t y, int64_t after)
{
  uint32_t i = x, k = y;
  if (!j->said[x] || !j->said[y] || j->last_split <= after)
    return false;
  do {
    if (j->m[i]->n_said)
      do {
        if (j->m[k]->n_said && ch_record_said(j->m[i], j->m[k]) < -after)
          return true;
        k = j->next[k];
      } while (k != y);
    i = j->next[i];
  } while (i != x);
  return false;
}

static void unite(Join *j, uint32_t big, uint32_t small)
{
  uint32_t i = small;
  do {
    note_report(j, big, j->report[i]);
    i = j->next[i];
  } while (i != small);
  uint32_t t = j->next[big];
  j->next[big] = j->next[small];
  j->next[small] = t;
  join_samples(&j->sample[big], &j->sample[small]);
  j->root[small] = big;
  j->size[big] += j->size[small];
  j->said[big] |= j->said[small];
}

static void join(Join *j, uint32_t a, uint32_t b)
{
  uint32_t x = root_of(j, a), y = root_of(j, b);
  if (x == y)
    return;
  uint32_t big = j->size[x] >= j->size[y] ? x : y, small = big == x ? y : x;
  if (!kept_apart(j, x, y, 0) && !share_report(j, small, big) && agree(j, x, y))
    unite(j, big, small);
}

/* ---- what people said ---- */

typedef struct Spoken {
  int64_t number;
  uint32_t side, mention;
} Spoken;

/* The last row first. */
static int by_row(const void *a, const void *b)
{
  const Spoken *x = a, *y = b;
  if (x->number != y->number)
    return x->number > y->number ? -1 : 1;
  if (x->side != y->side)
    return x->side < y->side ? -1 : 1;
  return x->mention < y->mention ? -1 : x->mention > y->mention;
}

/* One of a row's pairs: joined unless an even later row keeps some of the two groups apart. */
static void join_said(Join *j, const Spoken *a, const Spoken *b)
{
  uint32_t x = root_of(j, a->mention), y = root_of(j, b->mention);
  if (x == y || ch_record_said(j->m[a->mention], j->m[b->mention]) < 0 || kept_apart(j, x, y, a->number))
    return;
  unite(j, j->size[x] >= j->size[y] ? x : y, j->size[x] >= j->size[y] ? y : x);
}

/* After all that scores say, so that a mention joined on a person's word neither draws others in nor keeps them out. Where no later row
 * splits, each is joined to the one before it; else every two. */
static void join_spoken(Join *j, ChArena *arena, size_t n)
{
  CH_VEC(Spoken) list = {0};
  for (uint32_t i = 0; i < n; i++) {
    ChSaidRow rows[CH_SAID_ROWS];
    size_t k = ch_record_said_rows(j->m[i], rows, CH_SAID_ROWS);
    for (size_t r = 0; r < k; r++)
      *CH_PUSH(arena, &list) = (Spoken){rows[r].number, rows[r].side, i};
  }
  if (list.n)
    qsort(list.at, list.n, sizeof *list.at, by_row);
  for (size_t i = 0, first = 0; i < list.n; i++) {
    if (list.at[i].number != list.at[first].number || list.at[i].side != list.at[first].side)
      first = i;
    for (size_t k = i; k-- > first && (k + 1 == i || j->last_split > list.at[i].number);)
      join_said(j, &list.at[k], &list.at[i]);
  }
}

static void start(Join *j, ChArena *arena, size_t n)
{
  j->root = ch_arena_array(arena, n, sizeof *j->root);
  j->next = ch_arena_array(arena, n, sizeof *j->next);
  j->size = ch_arena_array(arena, n, sizeof *j->size);
  j->report = ch_arena_array(arena, n, sizeof *j->report);
  j->sample = ch_arena_array(arena, n, sizeof *j->sample);
  j->said = ch_arena_array(arena, n, sizeof *j->said);
  /* every mention is noted again each time its group joins a larger one: at most log2(n) times */
  size_t most = 4;
  for (size_t k = n; k; k >>= 1)
    most++;
  for (j->slots = 64; j->slots < n * most; j->slots *= 2) {
  }
  j->seen = ch_arena_array(arena, j->slots, sizeof *j->seen);
  for (uint32_t i = 0; i < n; i++) {
    j->root[i] = j->next[i] = i;
    j->size[i] = 1;
    j->sample[i] = (Sample){1, {i}};
    ChSaidRow rows[CH_SAID_ROWS];
    size_t said = ch_record_said_rows(j->m[i], rows, CH_SAID_ROWS);
    j->said[i] = said > 0;
    for (size_t k = 0; k < said; k++)
      j->last_split = rows[k].splits && rows[k].number > j->last_split ? rows[k].number : j->last_split;
    j->report[i] = i && ch_slice_eq(j->m[i]->report, j->m[i - 1]->report) ? j->report[i - 1] : i;
    note_report(j, i, j->report[i]);
  }
}

typedef struct Rank {
  const ChRecordMention *m;
  uint32_t before;
} Rank;

/* Where each mention went by the sorting: by address. */
static int by_address(const void *a, const void *b)
{
  const ChRecordMention *x = ((const Rank *)a)->m, *y = ((const Rank *)b)->m;
  return (uintptr_t)x < (uintptr_t)y ? -1 : (uintptr_t)x > (uintptr_t)y;
}

static uint32_t *ranks(ChArena *arena, ChRecordMention **m, size_t n)
{
  Rank *old = ch_arena_array(arena, n, sizeof *old), *new = ch_arena_array(arena, n, sizeof *new);
  uint32_t *rank = ch_arena_array(arena, n, sizeof *rank);
  for (uint32_t i = 0; i < n; i++)
    old[i] = (Rank){m[i], i};
  if (n)
    qsort(m, n, sizeof *m, by_order);
  for (uint32_t i = 0; i < n; i++)
    new[i] = (Rank){m[i], i};
  if (n) {
    qsort(old, n, sizeof *old, by_address);
    qsort(new, n, sizeof *new, by_address);
  }
  for (size_t i = 0; i < n; i++)
    rank[old[i].before] = new[i].before;
  return rank;
}

void ch_record_join(const ChRecordRules *rules, ChArena *arena, ChRecordMention **m, size_t n, const ChRecordPair *pairs, size_t n_pairs,
                    uint32_t *group)
{
  uint32_t *rank = ranks(arena, m, n);
  Join j = {.rules = rules, .m = m};
  Edge *edges = ch_arena_array(arena, n_pairs, sizeof *edges);
  size_t n_edges = 0;
  start(&j, arena, n);
  for (size_t i = 0; i < n_pairs; i++) {
    uint32_t a = rank[pairs[i].a], b = rank[pairs[i].b];
    double score = ch_record_score(rules, m[a], m[b]);
    if (score >= rules->t.weights[CH_WEIGHT_JOIN])
      edges[n_edges++] = (Edge){score, a < b ? a : b, a < b ? b : a};
  }
  if (n_edges)
    qsort(edges, n_edges, sizeof *edges, by_score);
  for (size_t i = 0; i < n_edges; i++)
    join(&j, edges[i].a, edges[i].b);
  join_spoken(&j, arena, n);
  for (uint32_t i = 0; i < n; i++)
    group[i] = UINT32_MAX;
  for (uint32_t i = 0; i < n; i++) { /* the first of a ring names it */
    if (group[i] != UINT32_MAX)
      continue;
    uint32_t k = i;
    do {
      group[k] = i;
      k = j.next[k];
    } while (k != i);
  }
}
