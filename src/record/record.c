/* The whole record at once. */
#include <stdlib.h>

#include "record/correct.h"
#include "record/inner.h"

typedef struct Build {
  ChRecordMention **m;
  uint32_t *group, *sorted; /* sorted: indices by key */
  size_t n;
} Build;

static int by_key(const void *a, const void *b, void *context)
{
  const Build *x = context;
  uint64_t i = x->m[*(const uint32_t *)a]->key, k = x->m[*(const uint32_t *)b]->key;
  return i < k ? -1 : i > k;
}

/* The happening of an event: found by the hash that its mention has. */
static uint64_t happening_of(void *context, ChSlice report, ChSlice event)
{
  const Build *b = context;
  ChBuf text = {0};
  ch_buf_printf(&text, "%.*s:%.*s", CH_ARG(report), CH_ARG(event));
  uint64_t key = ch_record_key(ch_buf_view(&text));
  ch_buf_free(&text);
  size_t low = 0, high = b->n;
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (b->m[b->sorted[mid]]->key < key)
      low = mid + 1;
    else
      high = mid;
  }
  return low < b->n && b->m[b->sorted[low]]->key == key ? b->m[b->group[b->sorted[low]]]->key : 0;
}

static int by_group(const void *a, const void *b, void *context)
{
  const Build *x = context;
  uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
  if (x->group[i] != x->group[k])
    return x->group[i] < x->group[k] ? -1 : 1;
  return i < k ? -1 : i > k;
}

static json_t *happenings(const ChRecordRules *rules, ChArena *arena, Build *b)
{
  json_t *list = json_array();
  uint32_t *order = ch_arena_array(arena, b->n, sizeof *order);
  ChRecordMention **members = ch_arena_array(arena, b->n, sizeof *members);
  b->sorted = ch_arena_array(arena, b->n, sizeof *b->sorted);
  for (uint32_t i = 0; i < b->n; i++)
    order[i] = b->sorted[i] = i;
  if (b->n) {
    qsort_r(order, b->n, sizeof *order, by_group, b);
    qsort_r(b->sorted, b->n, sizeof *b->sorted, by_key, b);
  }
  for (size_t i = 0, end; i < b->n; i = end) {
    for (end = i; end < b->n && b->group[order[end]] == b->group[order[i]]; end++)
      members[end] = b->m[order[end]];
    json_array_append_new(list, ch_record_happening(rules, arena, members + i, end - i, happening_of, b));
  }
  return list;
}

json_t *ch_record_build(const ChPack *pack, const json_t *const *readings, size_t n, const json_t *corrections, ChSlice as_of, ChError *err)
{
  ChArena arena;
  json_t *list = NULL;
  CH_VEC(ChRecordMention *) all = {0};
  ch_arena_init(&arena, SIZE_MAX);
  const ChRecordRules *rules = ch_record_rules(pack, &arena, err);
  const ChRecordCorrections *c = rules ? ch_record_corrections(rules, &arena, corrections, as_of) : NULL;
  for (size_t i = 0; rules && i < n; i++) {
    size_t k;
    ChRecordMention **m = ch_record_mentions(rules, &arena, readings[i], CH_LIT(""), &k);
    ch_record_correct(rules, c, &arena, m, &k);
    for (size_t j = 0; j < k; j++)
      *CH_PUSH(&arena, &all) = m[j];
  }
  if (rules) {
    size_t n_pairs;
    Build b = {.m = all.at, .n = all.n, .group = ch_arena_array(&arena, all.n, sizeof(uint32_t))};
    ChRecordPair *pairs = ch_record_pairs(&arena, all.at, all.n, &n_pairs);
    ch_record_join(rules, &arena, b.m, b.n, pairs, n_pairs, b.group);
    list = happenings(rules, &arena, &b);
  }
  ch_arena_free(&arena);
  return list;
}
