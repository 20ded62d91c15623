/* Names of the world's tables into the tries. */
#include "world/compile.h"

#include <stdio.h>

#include "base/utf8.h"

void ch_compile_names(Compile *c, size_t lang, ChSlice cell, ChWorldType type, ChWorldWay way, uint32_t index)
{
  ChSlice rest = cell;
  while (rest.n) {
    ChSlice one = ch_slice_cut(&rest, ';');
    if (one.n)
      ch_phrases_add_name(c->tries[lang], &c->folds[lang], one, ch_world_ref(type, way, index));
  }
}

enum { MOST = 12 }; /* words of a person's name */

static size_t cut_words(ChSlice name, ChSlice words[MOST])
{
  size_t n = 0;
  ChSlice rest = name;
  while (rest.p && n < MOST) {
    ChSlice w = ch_slice_cut(&rest, ' ');
    if (w.n)
      words[n++] = w;
  }
  return n;
}

static void add_skeleton(Compile *c, size_t lang, const ChSlice *words, size_t n, uint32_t value)
{
  ChWord ids[MOST];
  for (size_t i = 0; i < n; i++) {
    char latin[CH_FOLD_MAX], bare[CH_FOLD_MAX + 1];
    size_t k = ch_rewrite_word(&c->latin[lang], words[i], false, latin);
    bare[0] = '~';
    size_t m = ch_rewrite_word(&c->skeleton, ch_slice(latin, k), false, bare + 1);
    ids[i] = ch_pack_writer_word(c->w, ch_slice(bare, m + 1));
  }
  ch_phrases_add(c->skeletons, ids, n, value);
}

/* The whole name by its sounds, one word. */
static void add_sound(Compile *c, size_t lang, const ChSlice *words, size_t n, uint32_t value)
{
  char key[CH_SOUND_MAX];
  ChSlice latin[MOST];
  char text[MOST][CH_FOLD_MAX];
  for (size_t i = 0; i < n; i++)
    latin[i] = ch_slice(text[i], ch_rewrite_word(&c->latin[lang], words[i], false, text[i]));
  size_t k = ch_rewrite_sound(&c->skeleton, &c->sound, latin, n, key);
  ChWord id = k ? ch_pack_writer_word(c->w, ch_slice(key, k)) : CH_NO_WORD;
  if (id)
    ch_phrases_add(c->sounds, &id, 1, value);
}

static void add_person_words(Compile *c, size_t lang, const ChSlice *words, size_t n, uint32_t value)
{
  ChSlice text = ch_slice(words[0].p, (size_t)(words[n - 1].p + words[n - 1].n - words[0].p));
  ch_phrases_add_name(c->tries[lang], &c->folds[lang], text, value);
  add_skeleton(c, lang, words, n, value);
}

void ch_compile_person(Compile *c, size_t lang, ChSlice cell, uint32_t index, bool family_first)
{
  ChSlice rest = cell;
  while (rest.n) {
    ChSlice one = ch_slice_cut(&rest, ';');
    ChSlice words[MOST];
    size_t n = cut_words(one, words);
    if (!n)
      continue;
    if (n > 1)
      add_sound(c, lang, words, n, ch_world_ref(CH_WORLD_PERSON, CH_WAY_NAME, index));
    uint32_t surname = ch_world_ref(CH_WORLD_PERSON, CH_WAY_SURNAME, index);
    add_person_words(c, lang, words, n, n > 1 ? ch_world_ref(CH_WORLD_PERSON, CH_WAY_NAME, index) : surname);
    if (family_first && n > 1)
      add_person_words(c, lang, words, 1, surname);
    else
      for (size_t i = 1; i < n; i++)
        add_person_words(c, lang, words + i, n - i, surname);
  }
}
