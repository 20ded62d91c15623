/* Copies: two texts ==> copies or not; many ==> groups, whatever their order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/buf.h"
#include "intake/copies.h"

#define BODY                                                                                                                          \
  "Estonia and Ghana will reopen their embassies before the end of the year, the two foreign ministers said on Monday after talks in " \
  "the Estonian capital. Estonian Foreign Minister Kadri Tamm and her Ghanaian counterpart Kofi Ansah signed a joint declaration that " \
  "also sets up yearly consultations between the ministries. The embassies were closed in 2012 to save money. Trade between the two "   \
  "countries has since tripled, according to the Estonian statistics office. Ansah is to meet the prime minister on Tuesday before "   \
  "leaving for Riga."
/* The same words another way: what another reporter makes of it. */
#define RETOLD                                                                                                                        \
  "After nine years without missions, Tallinn and Accra are to have embassies in each other's capitals again. Kadri Tamm, who heads "  \
  "Estonian diplomacy, and the foreign minister of Ghana agreed on it yesterday. They want to consult once a year from now on, and "   \
  "put that on paper. It was the budget that had made the two capitals shut their missions in 2012; trade has grown threefold since. "  \
  "The guest stays in Tallinn for a meeting with the head of government and travels on to Latvia."
/* One form with other names in it, as releases of a protocol office are. */
#define FORM(who, where, what)                                                                                                        \
  "The President of the Republic today received the Ambassador of " who " on the occasion of the end of the mission. The President "   \
  "thanked the Ambassador for " what ". The Ambassador said that " where " had been a second home. The sides discussed " what " and "  \
  "the coming visit of the minister of " who " to " where ", the work of the commission on " what " and the exchange of students "     \
  "between " where " and the capital of " who ". The Ambassador conveyed the greetings of the president of " who "."

static ChCopyPrint print_of(const char *text)
{
  ChCopyPrint p;
  ChError err = {0};
  ch_copy_print(ch_slice_z(text), &p, &err);
  assert_int_equal(err.status, CH_OK);
  return p;
}

static void pairs(void **state)
{
  (void)state;
  static const struct {
    const char *name, *a, *b;
    bool same;
  } rows[] = {
      {"itself", BODY, BODY, true},
      {"head and foot", BODY, "TALLINN, April 12 (Wire) - " BODY "\n\n(Reporting by A. B.; Editing by C. D.) Follow us.", true},
      {"marks, capitals, blanks", BODY, "ESTONIA   and GHANA will reopen their embassies, before the end of the year; " BODY, true},
      {"shortened", BODY,
       "Estonia and Ghana will reopen their embassies before the end of the year, the two foreign ministers said on Monday after talks in the "
       "Estonian capital. Estonian Foreign Minister Kadri Tamm and her Ghanaian counterpart Kofi Ansah signed a joint declaration that also "
       "sets up yearly consultations between the ministries.",
       true},
      {"light edits", BODY,
       "Estonia and Ghana will reopen their embassies by the end of the year, the two foreign ministers said on Monday after talks in the "
       "Estonian capital. Estonian Foreign Minister Kadri Tamm and her Ghanaian counterpart Kofi Ansah signed a joint declaration that also "
       "provides for yearly consultations between the ministries. The embassies were closed in 2012 to save money. Trade between the two "
       "countries has tripled since then, according to the Estonian statistics office. Ansah is to meet the prime minister on Tuesday before "
       "leaving for Riga.",
       true},
      {"told another way", BODY, RETOLD, false},
      {"one form, other names", FORM("Malta", "Yerevan", "trade in wine"), FORM("Kenya", "Gyumri", "the fight against drought"), false},
      {"in a digest of many", BODY, BODY " " RETOLD " " FORM("Malta", "Yerevan", "trade in wine") " " FORM("Kenya", "Gyumri", "drought"), false},
      {"short ones", "The two ministers met in Oslo.", "The two ministers met in Oslo.", false},
      {"nothing", "", "", false},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    ChCopyPrint a = print_of(rows[i].a), b = print_of(rows[i].b);
    if (ch_copy_same(&a, &b) != rows[i].same || ch_copy_same(&b, &a) != rows[i].same)
      fail_msg("%s: alike %.2f, runs %u and %u", rows[i].name, ch_copy_alike(&a, &b), a.runs, b.runs);
  }
}

/* A text of invented words by a number; the same number, the same text. */
static void make_text(uint32_t seed, uint32_t edits, ChBuf *out)
{
  uint32_t x = seed * 2654435761u + 1;
  out->n = 0;
  for (uint32_t i = 0; i < 150; i++) {
    x = x * 1664525u + 1013904223u;
    bool edit = edits && i % (150 / edits) == 7 % (150 / edits);
    ch_buf_printf(out, "w%u ", edit ? 100000 + x % 977 + edits * 1000 : (x >> 8) % 5000);
  }
}

/* 60 items in up to five versions, shuffled: the partition is that of the items each time. */
static void groups(void **state)
{
  (void)state;
  enum { ITEMS = 60, N = 180 };
  static ChCopyPrint prints[N], shuffled[N];
  uint32_t item[N], order[N], group[N], of[N];
  ChBuf text = {0};
  ChError err = {0};
  for (uint32_t i = 0; i < N; i++) {
    item[i] = i * 7 % ITEMS;
    make_text(item[i], i / ITEMS * 3, &text);
    ch_copy_print(ch_buf_view(&text), &prints[i], &err);
    order[i] = i;
  }
  ch_buf_free(&text);
  for (uint32_t round = 0; round < 20; round++) {
    for (uint32_t i = N - 1; i > 0; i--) {
      uint32_t k = (i * 31 + round * 17 + i * i * round) % (i + 1), swap = order[i];
      order[i] = order[k];
      order[k] = swap;
    }
    for (uint32_t i = 0; i < N; i++)
      shuffled[i] = prints[order[i]];
    ch_copy_groups(shuffled, N, group, &err);
    assert_int_equal(err.status, CH_OK);
    for (uint32_t i = 0; i < N; i++) {
      assert_true(group[i] <= i);
      of[order[i]] = item[order[group[i]]];
    }
    for (uint32_t i = 0; i < N; i++)
      if (of[i] != item[i])
        fail_msg("round %u: report %u is put to item %u, not %u", round, i, of[i], item[i]);
    for (uint32_t i = 0; i < N; i++)
      for (uint32_t k = 0; k < i; k++)
        if (item[order[i]] == item[order[k]] && group[i] != group[k])
          fail_msg("round %u: two versions of item %u stand apart", round, item[order[i]]);
  }
}

/* Ten thousand copies of one text under one key do not make time grow with their square: the sanitizer's build has 120 seconds. */
static void crowd(void **state)
{
  (void)state;
  enum { N = 10000 };
  ChCopyPrint *prints = malloc(N * sizeof *prints), one = print_of(BODY);
  uint32_t *group = malloc(N * sizeof *group);
  ChError err = {0};
  assert_non_null(prints);
  assert_non_null(group);
  for (size_t i = 0; i < N; i++)
    prints[i] = one;
  ch_copy_groups(prints, N, group, &err);
  for (size_t i = 0; i < N; i++)
    assert_int_equal(group[i], 0);
  free(prints);
  free(group);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(pairs), cmocka_unit_test(groups), cmocka_unit_test(crowd)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
