/* language: the best tree against all trees, the layers against plain sums, the figures of a sentence that must not change with the machine.
 * Run from the root of the project. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "language/language.h"
#include "language/layers.h"
#include "language/lexicon.h"
#include "language/tree.h"
#include "model/languages.h"
#include "pack.h"

static uint32_t state_of_chance = 7;
static uint32_t chance(uint32_t below)
{
  state_of_chance = state_of_chance * 1664525u + 1013904223u;
  return (state_of_chance >> 8) % below;
}

enum { MOST = 5 };

static int is_tree(const uint32_t *heads, uint32_t n)
{
  uint32_t roots = 0;
  for (uint32_t w = 1; w <= n; w++) {
    uint32_t at = w, steps = 0;
    while (at && steps++ <= n)
      at = heads[at];
    if (at)
      return 0;
    roots += heads[w] == 0;
  }
  return roots == 1;
}

static int64_t total(const int32_t *scores, const uint32_t *heads, uint32_t n)
{
  int64_t sum = 0;
  for (uint32_t w = 1; w <= n; w++)
    sum += scores[w * (n + 1) + heads[w]];
  return sum;
}

/* The best total of all trees. */
static int64_t best_of_all(const int32_t *scores, uint32_t n)
{
  int64_t best = INT64_MIN;
  uint32_t heads[MOST + 1] = {0}, count = 1;
  for (uint32_t w = 0; w < n; w++)
    count *= n + 1;
  for (uint32_t code = 0; code < count; code++) {
    for (uint32_t w = 1, rest = code; w <= n; w++, rest /= n + 1)
      heads[w] = rest % (n + 1);
    if (is_tree(heads, n) && total(scores, heads, n) > best)
      best = total(scores, heads, n);
  }
  return best;
}

static void best_trees(void **state)
{
  (void)state;
  for (uint32_t trial = 0; trial < 600; trial++) {
    uint32_t n = 1 + trial % MOST, heads[MOST + 1];
    int32_t scores[(MOST + 1) * (MOST + 1)], copy[(MOST + 1) * (MOST + 1)];
    for (uint32_t i = 0; i < (n + 1) * (n + 1); i++)
      copy[i] = scores[i] = (int32_t)chance(trial % 3 ? 2000 : 5) - 1000;
    void *scratch = malloc(ch_tree_scratch(n));
    ch_tree_best(copy, n, heads, scratch);
    free(scratch);
    assert_true(is_tree(heads, n));
    assert_int_equal(total(scores, heads, n), best_of_all(scores, n));
  }
}

static void long_sentences(void **state)
{
  (void)state;
  enum { N = 300 };
  static int32_t scores[(N + 1) * (N + 1)];
  static uint32_t heads[N + 1];
  void *scratch = malloc(ch_tree_scratch(N));
  for (uint32_t trial = 0; trial < 5; trial++) {
    /* pairs that want each other: as many cycles as can be */
    for (uint32_t i = 0; i < (N + 1) * (N + 1); i++)
      scores[i] = (int32_t)chance(100);
    for (uint32_t w = 1; w + trial < N; w++)
      scores[w * (N + 1) + (w ^ (1u << trial))] = 1000;
    ch_tree_best(scores, N, heads, scratch);
    assert_true(is_tree(heads, N));
  }
  free(scratch);
}

static void sums(void **state)
{
  (void)state;
  enum { ROWS = 64, IN = 96, FROM = 32, DEPTH = 64, N = 3 };
  int8_t w[ROWS][IN], laid[ROWS * IN], x[N * DEPTH];
  int32_t got[N * ROWS], start[ROWS];
  for (uint32_t trial = 0; trial < 20; trial++) {
    for (size_t r = 0; r < ROWS; r++) {
      start[r] = 0;
      for (size_t k = 0; k < IN; k++) {
        laid[ch_layers_place(r, k, IN)] = w[r][k] = (int8_t)(trial ? (int)chance(127) - 63 : 63);
        start[r] -= k >= FROM ? 128 * w[r][k] : 0;
      }
    }
    for (size_t i = 0; i < sizeof x; i++)
      x[i] = (int8_t)(trial > 1 ? (int)chance(255) - 127 : trial ? 127 : -127);
    ch_layers_sums(laid, ROWS, IN, FROM, DEPTH, x, DEPTH, N, start, got);
    for (size_t i = 0; i < N; i++)
      for (size_t r = 0; r < ROWS; r++) {
        int32_t want = 0;
        for (size_t k = 0; k < DEPTH; k++)
          want += w[r][FROM + k] * x[i * DEPTH + k];
        assert_int_equal(got[i * ROWS + r], want);
      }
  }
}

static void bends(void **state)
{
  (void)state;
  static const struct {
    int32_t in;
    int8_t out;
  } table[] = {{0, 0}, {4096, 95}, {-4096, -95}, {8192, 127}, {-8192, -127}, {1 << 30, 127}, {-(1 << 30), -127}, {2048, 56}};
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    int8_t got;
    ch_layers_bend(&table[i].in, 1, &got);
    assert_int_equal(got, table[i].out);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(best_trees),
      cmocka_unit_test(long_sentences),
      cmocka_unit_test(sums),
      cmocka_unit_test(bends),
  };
  return cmocka_run_group_tests_name("analyser", tests, NULL, NULL);
}
