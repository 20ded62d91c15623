#include "model/words.h"

#include <assert.h>

void ch_words_init(ChWords *w, const ChPack *pack, ChArena *arena)
{
  *w = (ChWords){.pack = pack, .arena = arena, .first = ch_pack_words(pack)};
}

ChSlice ch_words_text(const ChWords *w, ChWord id)
{
  if (id < w->first)
    return ch_pack_word(w->pack, id);
  assert(id - w->first < w->local.n);
  return w->local.at[id - w->first];
}

static void rehash(ChWords *w)
{
  w->slots = w->slots ? w->slots * 2 : 256;
  w->hash = ch_arena_array(w->arena, w->slots, sizeof *w->hash);
  for (uint32_t k = 0; k < w->local.n; k++) {
    uint32_t i = (uint32_t)ch_slice_hash(w->local.at[k]);
    while (w->hash[i & (w->slots - 1)])
      i++;
    w->hash[i & (w->slots - 1)] = k + 1;
  }
}

ChWord ch_words_id(ChWords *w, ChSlice s)
{
  if (!s.n)
    return CH_NO_WORD;
  ChWord id = ch_pack_find(w->pack, s);
  if (id)
    return id;
  if ((w->local.n + 1) * 2 > w->slots)
    rehash(w);
  uint32_t i = (uint32_t)ch_slice_hash(s);
  for (;; i++) {
    uint32_t k = w->hash[i & (w->slots - 1)];
    if (!k)
      break;
    if (ch_slice_eq(w->local.at[k - 1], s))
      return w->first + k - 1;
  }
  ChSlice copy = ch_arena_copy(w->arena, s);
  *CH_PUSH(w->arena, &w->local) = copy;
  w->hash[i & (w->slots - 1)] = (uint32_t)w->local.n;
  return w->first + (uint32_t)w->local.n - 1;
}
