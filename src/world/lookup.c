/* Look-up of a name that stands alone, for questions; texts are matched in src/names. */
#include <stdlib.h>

#include "world/rewrite.h"
#include "world/world.h"

enum { WORDS = 24, RIVALS = 256 };

typedef struct Lookup {
  ChWorld w;
  uint32_t refs[RIVALS];
  size_t n;
} Lookup;

static void add(Lookup *l, uint32_t ref)
{
  if (ch_ref_type(ref) == CH_WORLD_RANK || ch_ref_type(ref) == CH_WORLD_PORTFOLIO)
    return;
  for (size_t i = 0; i < l->n; i++)
    if (ch_ref_type(l->refs[i]) == ch_ref_type(ref) && ch_ref_index(l->refs[i]) == ch_ref_index(ref))
      return;
  if (l->n < RIVALS)
    l->refs[l->n++] = ref;
}

/* The words of the name, at most WORDS. */
static size_t words_of(ChSlice name, ChSlice out[WORDS])
{
  size_t n = 0;
  while (name.n && n < WORDS) {
    ChSlice w = ch_slice_cut(&name, ' ');
    if (w.n)
      out[n++] = w;
  }
  return n;
}

static void add_values(Lookup *l, const ChPhrases *t, uint32_t node)
{
  size_t n = 0;
  const ChPhraseValue *v = node ? ch_phrases_values(t, node, &n) : NULL;
  for (size_t i = 0; i < n; i++)
    add(l, v[i].value);
}

/* By the trie of one language: `caps`, acronyms as such, else as words. */
static void by_trie(Lookup *l, ChSlice code, const ChSlice *words, size_t n, bool caps)
{
  ChPhrases t = ch_phrases_of_lang(l->w.pack, code, "world");
  ChFold fold = ch_fold_of(l->w.pack, code);
  uint32_t node = CH_PHRASE_ROOT;
  for (size_t i = 0; i < n && node; i++) {
    char out[CH_FOLD_MAX];
    size_t k = caps && ch_fold_acronym(words[i]) ? ch_fold_caps(words[i], out) : ch_fold_key(&fold, words[i], out);
    node = ch_phrases_step(&t, node, ch_pack_find(l->w.pack, ch_slice(out, k)));
  }
  add_values(l, &t, node);
}

static size_t skeleton_of(const Lookup *l, ChSlice code, ChSlice word, char out[CH_FOLD_MAX + 1])
{
  ChRewrite latin = ch_rewrite_of_lang(l->w.pack, code, "latin"), skeleton = ch_rewrite_of(l->w.pack, "world.skel-letters");
  char buf[CH_FOLD_MAX];
  size_t k = ch_rewrite_word(&latin, word, false, buf);
  out[0] = '~';
  return ch_rewrite_word(&skeleton, ch_slice(buf, k), false, out + 1) + 1;
}

static void by_skeleton(Lookup *l, ChSlice code, const ChSlice *words, size_t n)
{
  ChPhrases t = ch_phrases_of(l->w.pack, "world.skeleton");
  uint32_t node = CH_PHRASE_ROOT;
  for (size_t i = 0; i < n && node; i++) {
    char out[CH_FOLD_MAX + 1];
    node = ch_phrases_step(&t, node, ch_pack_find(l->w.pack, ch_slice(out, skeleton_of(l, code, words[i], out))));
  }
  add_values(l, &t, node);
}

/* Are a and b the same but for one letter put in, left out or replaced? */
static bool one_off(ChSlice a, ChSlice b)
{
  if (a.n > b.n) {
    ChSlice t = a;
    a = b;
    b = t;
  }
  if (b.n - a.n > 1)
    return false;
  size_t head = 0, tail = 0;
  while (head < a.n && a.p[head] == b.p[head])
    head++;
  while (tail < a.n - head && a.p[a.n - 1 - tail] == b.p[b.n - 1 - tail])
    tail++;
  return head + tail + 1 >= b.n;
}

/* People whose names have the same words but for a letter in one of them. Looks at all names: for questions only. */
static void nearly(Lookup *l, ChSlice code, const ChSlice *words, size_t n)
{
  char want[WORDS][CH_FOLD_MAX + 1];
  size_t length[WORDS];
  for (size_t i = 0; i < n; i++)
    length[i] = skeleton_of(l, code, words[i], want[i]);
  ChSlice print = ch_language_code(l->w.pack, ch_world_print_language(&l->w));
  for (uint32_t p = 0; p < l->w.n_persons; p++) {
    ChSlice have[WORDS];
    size_t m = words_of(ch_world_text(&l->w, l->w.persons[p].name), have), same = 0, close = 0;
    if (m < n)
      continue;
    for (size_t i = 0; i < n; i++) { /* a surname alone is the last words */
      char out[CH_FOLD_MAX + 1];
      ChSlice a = ch_slice(want[i], length[i]), b = ch_slice(out, skeleton_of(l, print, have[m - n + i], out));
      same += ch_slice_eq(a, b);
      close += a.n > 5 && !ch_slice_eq(a, b) && one_off(a, b);
    }
    if (same + close == n && close == 1)
      add(l, ch_world_ref(CH_WORLD_PERSON, n == m ? CH_WAY_NAME : CH_WAY_SURNAME, p));
  }
}

/* How well known: the lower the better. */
static uint64_t order(const Lookup *l, uint32_t ref)
{
  uint64_t by_way = ch_ref_way(ref) == CH_WAY_NAME ? 0 : ch_ref_way(ref);
  uint64_t by_type = ch_ref_type(ref), fame = 0;
  if (ch_ref_type(ref) == CH_WORLD_PERSON) {
    const ChPerson *p = &l->w.persons[ch_ref_index(ref)];
    uint32_t best = 9;
    int32_t last = 0;
    for (uint32_t i = p->tenure; i < p->tenure + p->tenures; i++) {
      const ChTenure *t = &l->w.tenures[i];
      best = l->w.posts[t->post].rank < best ? l->w.posts[t->post].rank : best;
      last = t->from > last ? t->from : last;
    }
    fame = (uint64_t)(!p->known) << 40 | (uint64_t)best << 32 | (uint32_t)(INT32_MAX - last);
  } else if (ch_ref_type(ref) == CH_WORLD_PLACE) {
    fame = UINT32_MAX - l->w.places[ch_ref_index(ref)].population;
  }
  return by_way << 52 | by_type << 44 | fame;
}

static int by_order(const void *a, const void *b, void *lookup)
{
  uint64_t x = order(lookup, *(const uint32_t *)a), y = order(lookup, *(const uint32_t *)b);
  if (x != y)
    return x < y ? -1 : 1;
  return *(const uint32_t *)a < *(const uint32_t *)b ? -1 : *(const uint32_t *)a > *(const uint32_t *)b;
}

/* The best known ones. */
static size_t best_of(Lookup *l, uint32_t *refs, size_t most)
{
  qsort_r(l->refs, l->n, sizeof *l->refs, by_order, l);
  l->n = l->n < most ? l->n : most;
  memcpy(refs, l->refs, l->n * sizeof *refs);
  return l->n;
}

size_t ch_world_lookup(const ChPack *p, ChSlice name, uint32_t *refs, size_t most)
{
  Lookup l = {.w = ch_world_of(p)};
  ChSlice words[WORDS];
  size_t n = words_of(name, words), langs;
  const ChLanguage *list = ch_languages(p, &langs);
  for (ChWorldType t = 0; t < CH_WORLD_TYPES; t++)
    for (uint32_t i = 0; i < ch_world_count(&l.w, t); i++)
      if (ch_slice_eq(ch_world_id(&l.w, t, i), name))
        add(&l, ch_world_ref(t, CH_WAY_NAME, i));
  for (int pass = 0; pass < 4 && !l.n && n; pass++)
    for (size_t k = 0; k < langs; k++) {
      ChSlice code = ch_pack_word(p, list[k].code);
      if (pass < 2)
        by_trie(&l, code, words, n, pass == 0);
      else if (pass == 2)
        by_skeleton(&l, code, words, n);
      else
        nearly(&l, code, words, n);
    }
  return best_of(&l, refs, most);
}

size_t ch_world_named(const ChPack *p, ChSlice name, uint32_t *refs, size_t most)
{
  Lookup l = {.w = ch_world_of(p)};
  ChSlice words[WORDS];
  size_t n = words_of(name, words), langs;
  const ChLanguage *list = ch_languages(p, &langs);
  for (int pass = 0; pass < 2 && !l.n && n; pass++)
    for (size_t k = 0; k < langs; k++)
      by_trie(&l, ch_pack_word(p, list[k].code), words, n, pass == 0);
  return best_of(&l, refs, most);
}
