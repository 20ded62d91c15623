/* Any bytes through intake: what comes out is clean UTF-8 inside its invariants. The first byte tells the kind of source. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../tests/pack.h"
#include "base/utf8.h"
#include "intake/intake.h"
#include "model/languages.h"

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
  ch_intake_compile(w, "data", &err);
  pack = open_written(w, &err);
  if (!pack)
    exit(1);
  return 0;
}

static void check(const ChReport *r, size_t size)
{
  if (ch_utf8_invalid(r->text) != SIZE_MAX)
    abort();
  for (size_t i = 0; i < r->text.n; i++) {
    unsigned char c = (unsigned char)r->text.p[i];
    if ((c < 0x20 && c != '\n') || c == 0x7F || (r->raw && r->raw[i] > size))
      abort();
  }
  if (!r->raw && r->text.n != size)
    abort();
  for (size_t i = 0; i < r->diags.n; i++)
    if (r->diags.at[i].span.start > r->diags.at[i].span.end || r->diags.at[i].span.end > r->text.n)
      abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (!size)
    return 0;
  ChArena arena;
  ChReport r;
  ChError err = {0};
  ChIntake in = {.source = (ChSource)(data[0] % 3)};
  ch_arena_init(&arena, (size_t)64 << 20);
  ch_intake_report(&r, &arena, pack, ch_slice((const char *)data + 1, size - 1), &in, &err);
  if (!ch_failed(&err))
    check(&r, size - 1);
  ch_arena_free(&arena);
  return 0;
}
