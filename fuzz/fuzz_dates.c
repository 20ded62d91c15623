/* Any bytes through the date grammar: times inside the text, in order, never overlapping, their EDTF well-formed, and the report's date a
 * day. The first byte chooses language, tense and whether the report's date is given. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../tests/pack.h"
#include "../tests/when_text.h"
#include "when/when.h"
#include "world/day.h"
#include "world/world.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static ChPack *pack;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
  (void)argc;
  (void)argv;
  ChError err = {0};
  ChPackWriter *w = ch_pack_writer_new();
  ch_languages_compile(w, "data", &err);
  ch_world_compile(w, "data", &err);
  ch_when_compile(w, "data", &err);
  pack = open_written(w, &err);
  if (!pack)
    exit(1);
  return 0;
}

static void check(const ChReport *r)
{
  uint32_t end = 0;
  int32_t first, last;
  for (size_t i = 0; i < r->times.n; i++) {
    const ChTime *t = &r->times.at[i];
    if (t->tokens == 0 || t->token < end || t->token + t->tokens > r->tokens.n)
      abort();
    end = t->token + t->tokens;
    if (t->edtf.n && (!ch_day_span(t->edtf, &first, &last) || first > last))
      abort();
  }
  if (r->published.n && (!ch_day_span(r->published, &first, &last) || first != last))
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (size < 1 || size > 20000)
    return 0;
  size_t n;
  const ChLanguage *languages = ch_languages(pack, &n);
  ChSlice code = ch_pack_word(pack, languages[data[0] % n].code);
  char lang[16];
  snprintf(lang, sizeof lang, "%.*s", CH_ARG(code));
  ChArena a;
  ChReport r;
  ch_arena_init(&a, (size_t)1 << 30);
  ch_report_init(&r, &a, pack, ch_slice((const char *)data + 1, size - 1));
  if (data[0] & 64)
    r.meta.published = CH_LIT("2017-06-08");
  tokenize(&r, lang, (ChTense)(data[0] >> 4 & 3));
  ch_when_stage(&r);
  check(&r);
  ch_arena_free(&a);
  return 0;
}
