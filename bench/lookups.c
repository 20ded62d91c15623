/* Candidate look-ups a second: every name of people, places and bodies, in each language, to what the tables have under it, as the stage
 * `names` finds it: words to keys, keys through the trie, values. build: ninja -C build bench/bench_lookups; usage: bench_lookups PACK */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "model/fold.h"
#include "world/world.h"

static double seconds(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static size_t find(const ChPack *p, const ChPhrases *t, const ChFold *fold, ChSlice name)
{
  uint32_t node = CH_PHRASE_ROOT;
  size_t n = 0;
  while (name.n && node) {
    char out[CH_FOLD_MAX];
    ChSlice w = ch_slice_cut(&name, ' ');
    size_t k = ch_fold_acronym(w) ? ch_fold_caps(w, out) : ch_fold_key(fold, w, out);
    node = ch_phrases_step(t, node, ch_pack_find(p, ch_slice(out, k)));
  }
  if (node)
    ch_phrases_values(t, node, &n);
  return n;
}

int main(int argc, char **argv)
{
  static const ChWorldType types[] = {CH_WORLD_PERSON, CH_WORLD_PLACE, CH_WORLD_BODY, CH_WORLD_STATE};
  ChError err = {0};
  ChPack *p = argc == 2 ? ch_pack_open(argv[1], &err) : NULL;
  if (!p)
    return fprintf(stderr, "usage: bench_lookups PACK\n"), 2;
  ChWorld w = ch_world_of(p);
  size_t langs, names = 0, found = 0, candidates = 0;
  const ChLanguage *list = ch_languages(p, &langs);
  double took = 0;
  for (size_t l = 0; l < langs; l++) {
    ChSlice code = ch_pack_word(p, list[l].code);
    ChPhrases t = ch_phrases_of_lang(p, code, "world");
    ChFold fold = ch_fold_of(p, code);
    for (size_t k = 0; k < sizeof types / sizeof *types; k++) {
      size_t count = ch_world_count(&w, types[k]);
      ChSlice *list_ = calloc(count + 1, sizeof *list_);
      for (uint32_t i = 0; i < count && list_; i++)
        list_[i] = ch_world_text(&w, ch_world_names(&w, code, types[k], i).name);
      double begin = seconds();
      for (uint32_t i = 0; i < count && list_; i++) {
        size_t n = list_[i].n ? find(p, &t, &fold, list_[i]) : 0;
        names += list_[i].n != 0;
        found += n != 0;
        candidates += n;
      }
      took += seconds() - begin;
      free(list_);
    }
  }
  printf("%zu names, %zu found, %zu candidates: %.0f look-ups a second\n", names, found, candidates, (double)names / took);
  ch_pack_close(p);
  return found < names * 99 / 100;
}
