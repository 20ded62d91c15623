#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "language/tagger.h"

typedef struct Header {
  char magic[8];
  uint32_t version, features, weights, reserved;
} Header;

static bool check(const ChBuf *b, const Header *h)
{
  if (memcmp(h->magic, "CHTAGGER", 8) != 0 || h->version != CH_TAGGER_VERSION)
    return false;
  uint64_t need = sizeof *h + (uint64_t)h->features * 8 + (uint64_t)h->weights * 4;
  if (need != b->n || !h->weights)
    return false;
  const uint32_t *hash = (const uint32_t *)(const void *)(b->p + sizeof *h), *first = hash + h->features;
  const ChTagWeight *w = (const ChTagWeight *)(const void *)(first + h->features);
  for (uint32_t i = 0; i < h->features; i++)
    if (first[i] >= h->weights || hash[i] == 0 || (i && (first[i] < first[i - 1] || hash[i] <= hash[i - 1])))
      return false;
  for (uint32_t i = 0; i < h->weights; i++)
    if (w[i].part >= CH_TAG_PART_MOST)
      return false;
  return w[h->weights - 1].last != 0;
}

static void save(ChPackWriter *w, ChSlice lang, const ChBuf *b, const Header *h)
{
  const uint32_t *hash = (const uint32_t *)(const void *)(b->p + sizeof *h), *first = hash + h->features;
  size_t slots = 16;
  while (slots < (size_t)h->features * 2)
    slots *= 2;
  ChTagSlot *table = calloc(slots, sizeof *table);
  if (!table)
    abort();
  for (uint32_t k = 0; k < h->features; k++) {
    uint32_t i = hash[k];
    while (table[i & (slots - 1)].hash)
      i++;
    table[i & (slots - 1)] = (ChTagSlot){hash[k], first[k], (k + 1 < h->features ? first[k + 1] : h->weights) - first[k]};
  }
  ch_pack_writer_add_of(w, lang, "tag.slots", table, sizeof *table, slots);
  ch_pack_writer_add_of(w, lang, "tag.weights", first + h->features, sizeof(ChTagWeight), h->weights);
  free(table);
}

void ch_tagger_compile(ChPackWriter *w, ChSlice lang, const char *models, ChError *err)
{
  enum { LARGEST = 64 << 20 };
  char path[1024];
  ChBuf b = {0};
  Header h;
  snprintf(path, sizeof path, "%s/%.*s.tagger", models ? models : "", CH_ARG(lang));
  if (ch_failed(err) || !models || access(path, F_OK) != 0)
    return;
  ch_file_read(path, LARGEST, &b, err);
  if (!ch_failed(err)) {
    if (b.n >= sizeof h)
      memcpy(&h, b.p, sizeof h);
    if (b.n < sizeof h || !check(&b, &h))
      ch_error_at(err, CH_ERR_FORMAT, ch_slice_z(path), 0, 0, "not a tagger model of this version, or damaged");
    else
      save(w, lang, &b, &h);
  }
  ch_buf_free(&b);
}

ChTagModel ch_tagger_of(const ChPack *p, ChSlice lang)
{
  ChTagModel m = {0};
  m.slots = ch_pack_section_of(p, lang, "tag.slots", sizeof *m.slots, &m.n_slots);
  m.weights = ch_pack_section_of(p, lang, "tag.weights", sizeof *m.weights, &m.n_weights);
  return m;
}
