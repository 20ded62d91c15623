/* Strings of one report as numbers. Strings that the pack knows keep their pack id, so that a token's lemma can be compared with a
 * frame's by ==; others get ids from ch_pack_words(pack) upward, valid for this report only. */
#ifndef CH_MODEL_WORDS_H
#define CH_MODEL_WORDS_H

#include "base/arena.h"
#include "model/pack.h"

typedef struct ChWords {
  const ChPack *pack;
  ChArena *arena;
  uint32_t first; /* first local id */
  CH_VEC(ChSlice) local;
  uint32_t *hash; /* local index + 1, open addressing */
  uint32_t slots;
} ChWords;

void ch_words_init(ChWords *w, const ChPack *pack, ChArena *arena);
/* Id of s; "" is CH_NO_WORD. Local strings are copied into the arena. */
ChWord ch_words_id(ChWords *w, ChSlice s);
ChSlice ch_words_text(const ChWords *w, ChWord id);

#endif
