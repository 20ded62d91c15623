#include "language/lemmas.h"

#include "base/utf8.h"

ChLemmas ch_lemmas_of(const ChPack *p)
{
  ChLemmas l = {0};
  const ChLanguage *langs = ch_languages(p, &l.n);
  for (size_t i = 0; i < l.n; i++) {
    ChSlice code = ch_pack_word(p, langs[i].code);
    l.script[i] = langs[i].script;
    l.fold[i] = ch_fold_of(p, code);
    l.lexicon[i] = ch_lexicon_of(p, code);
  }
  return l;
}

/* What was given so far, so that nothing is given twice. */
typedef struct Given {
  bool (*each)(void *context, ChSlice lemma);
  void *context;
  size_t n;
  uint64_t hash[CH_LEMMAS_MOST];
  bool on;
} Given;

static void give(Given *g, ChSlice lemma)
{
  ChBuf folded = {0};
  ch_utf8_fold(lemma, &folded);
  uint64_t hash = ch_slice_hash(ch_buf_view(&folded));
  bool again = !folded.n || !g->on || g->n == CH_LEMMAS_MOST;
  for (size_t i = 0; i < g->n && !again; i++)
    again = g->hash[i] == hash;
  if (!again) {
    g->hash[g->n++] = hash;
    g->on = g->each(g->context, ch_buf_view(&folded));
  }
  ch_buf_free(&folded);
}

static uint32_t script_of(ChSlice word)
{
  size_t used;
  for (size_t i = 0; i < word.n; i += used) {
    uint32_t script = ch_cp_script(ch_utf8_decode(word.p + i, word.n - i, &used));
    if (script)
      return script;
  }
  return 0;
}

static void give_readings(Given *g, const ChLexicon *l, ChSlice form, const ChReading *readings, size_t n)
{
  char lemma[CH_FOLD_MAX];
  for (size_t k = 0; k < n; k++)
    give(g, ch_slice(lemma, ch_lexicon_lemma(l, form, &readings[k], lemma)));
}

/* The readings that weigh most come first, as many as are wanted. */
static size_t best(ChReading *readings, size_t n, size_t most)
{
  for (size_t i = 0; i < most && i < n; i++)
    for (size_t k = i + 1; k < n; k++)
      if (readings[k].weight > readings[i].weight) {
        ChReading swap = readings[i];
        readings[i] = readings[k];
        readings[k] = swap;
      }
  return n < most ? n : most;
}

void ch_lemmas_each(const ChLemmas *l, ChSlice word, bool (*each)(void *context, ChSlice lemma), void *context)
{
  enum { GUESSES = 2 };
  Given g = {.each = each, .context = context, .on = true};
  uint32_t script = script_of(word);
  ChReading readings[CH_READINGS_MAX];
  char norm[CH_FOLD_MAX];
  for (size_t i = 0; i < l->n && script; i++) {
    if (l->script[i] != script)
      continue;
    ChSlice form = ch_slice(norm, ch_fold_norm(&l->fold[i], word, norm));
    give_readings(&g, &l->lexicon[i], form, readings, ch_lexicon_find(&l->lexicon[i], form, readings));
  }
  if (g.n)
    return;
  give(&g, word);
  for (size_t i = 0; i < l->n && script; i++) { /* of a name, likely */
    if (l->script[i] != script)
      continue;
    ChSlice form = ch_slice(norm, ch_fold_norm(&l->fold[i], word, norm));
    give_readings(&g, &l->lexicon[i], form, readings, best(readings, ch_lexicon_guess(&l->lexicon[i], form, true, readings), GUESSES));
  }
}

uint64_t ch_lemmas_print(const ChLemmas *l)
{
  uint64_t print = l->n;
  for (size_t i = 0; i < l->n; i++) {
    const ChLexicon *x = &l->lexicon[i];
    const ChSlice parts[] = {ch_slice((const char *)x->stems, x->n_stems * sizeof *x->stems),
                             ch_slice((const char *)x->slots, x->n_slots * sizeof *x->slots),
                             ch_slice((const char *)x->forms, x->n_forms * sizeof *x->forms),
                             ch_slice((const char *)x->readings, x->n_readings * sizeof *x->readings),
                             ch_slice((const char *)x->guesses, x->n_guesses * sizeof *x->guesses)};
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
      print = print * 0x9E3779B97F4A7C15u + (parts[k].n ? ch_slice_hash(parts[k]) : 0);
  }
  return print;
}
