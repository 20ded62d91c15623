/* Any bytes through the walk over files of many reports. The first byte chooses the file's name; the second how many bytes come at a time. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../tests/pack.h"
#include "base/utf8.h"
#include "intake/items.h"
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

typedef struct Bytes {
  const uint8_t *p;
  size_t n, step, items;
} Bytes;

static ptrdiff_t give(void *context, char *to, size_t room)
{
  Bytes *b = context;
  size_t k = b->n < room ? b->n : room;
  k = k < b->step ? k : b->step;
  memcpy(to, b->p, k);
  b->p += k;
  b->n -= k;
  return (ptrdiff_t)k;
}

static bool take(void *context, const ChItem *item)
{
  Bytes *b = context;
  const ChSlice texts[] = {item->meta.id, item->meta.published};
  for (size_t i = 0; i < 2; i++)
    if (ch_utf8_invalid(texts[i]) != SIZE_MAX)
      abort();
  if (item->bytes.n > CH_INTAKE_MAX || (item->meta.published.n && item->meta.published.n != 10))
    abort();
  return ++b->items < 1000;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const char *const names[] = {"a.xml", "a.jsonl", "a.warc", "a.json", "a"};
  if (size < 2)
    return 0;
  Bytes b = {.p = data + 2, .n = size - 2, .step = data[1] ? data[1] : 65536};
  ChItems in = {.input = {give, &b}, .name = ch_slice_z(names[data[0] % 5]), .pack = pack, .each = take, .context = &b};
  ChItemsCount count;
  ChError err = {0};
  ch_intake_items(&in, &count, &err);
  if (count.items != b.items)
    abort();
  return 0;
}
