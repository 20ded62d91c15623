#include "model/phrases.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

static uint32_t mix(uint32_t node, ChWord word)
{
  uint64_t h = ((uint64_t)node << 32 | word) * 0x9E3779B97F4A7C15u;
  return (uint32_t)(h >> 32);
}

static ChPhrases of(const ChPack *p, const char *name)
{
  char full[CH_PACK_NAME + 4];
  ChPhrases t = {0};
  snprintf(full, sizeof full, "%s.e", name);
  t.edges = ch_pack_section(p, full, sizeof *t.edges, &t.slots);
  snprintf(full, sizeof full, "%s.v", name);
  t.values = ch_pack_section(p, full, sizeof *t.values, &t.n_values);
  if (!t.edges || !t.values || (t.slots & (t.slots - 1)))
    return (ChPhrases){0};
  return t;
}

ChPhrases ch_phrases_of(const ChPack *p, const char *name) { return of(p, name); }

ChPhrases ch_phrases_of_lang(const ChPack *p, ChSlice lang, const char *name)
{
  char full[CH_PACK_NAME];
  snprintf(full, sizeof full, "%.*s/%s", CH_ARG(lang), name);
  return of(p, full);
}

uint32_t ch_phrases_step(const ChPhrases *t, uint32_t node, ChWord word)
{
  if (!t->slots || !node || !word)
    return 0;
  for (uint32_t i = mix(node, word);; i++) {
    const ChPhraseEdge *e = &t->edges[i & (t->slots - 1)];
    if (!e->node)
      return 0;
    if (e->node == node && e->word == word)
      return e->next;
  }
}

const ChPhraseValue *ch_phrases_values(const ChPhrases *t, uint32_t node, size_t *n)
{
  size_t lo = 0, hi = t->n_values;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (t->values[mid].node < node)
      lo = mid + 1;
    else
      hi = mid;
  }
  size_t end = lo;
  while (end < t->n_values && t->values[end].node == node)
    end++;
  *n = end - lo;
  return t->values + lo;
}

/* ---- building ---- */

struct ChPhraseBuilder {
  ChPackWriter *w;
  ChPhraseEdge *edges;
  uint32_t slots, n, nodes;
  ChBuf values;
};

ChPhraseBuilder *ch_phrases_new(ChPackWriter *w)
{
  ChPhraseBuilder *b = calloc(1, sizeof *b);
  if (!b)
    abort();
  b->w = w;
  b->slots = 64;
  b->nodes = CH_PHRASE_ROOT;
  b->edges = calloc(b->slots, sizeof *b->edges);
  if (!b->edges)
    abort();
  return b;
}

ChPhraseBuilder *ch_phrases_from(ChPackWriter *w, const ChPhrases *t)
{
  ChPhraseBuilder *b = ch_phrases_new(w);
  if (!t->slots)
    return b;
  free(b->edges);
  b->slots = (uint32_t)t->slots;
  b->edges = malloc(t->slots * sizeof *b->edges);
  if (!b->edges)
    abort();
  memcpy(b->edges, t->edges, t->slots * sizeof *b->edges);
  for (uint32_t i = 0; i < b->slots; i++) {
    b->n += b->edges[i].node != 0;
    b->nodes = b->edges[i].node && b->edges[i].next > b->nodes ? b->edges[i].next : b->nodes;
  }
  ch_buf_add(&b->values, t->values, t->n_values * sizeof *t->values);
  return b;
}

void ch_phrases_free(ChPhraseBuilder *b)
{
  if (!b)
    return;
  ch_buf_free(&b->values);
  free(b->edges);
  free(b);
}

static ChPhraseEdge *slot(ChPhraseEdge *edges, uint32_t slots, uint32_t node, ChWord word)
{
  for (uint32_t i = mix(node, word);; i++) {
    ChPhraseEdge *e = &edges[i & (slots - 1)];
    if (!e->node || (e->node == node && e->word == word))
      return e;
  }
}

static uint32_t child(ChPhraseBuilder *b, uint32_t node, ChWord word)
{
  if ((b->n + 1) * 2 > b->slots) {
    ChPhraseEdge *edges = calloc(b->slots * 2, sizeof *edges);
    if (!edges)
      abort();
    for (uint32_t i = 0; i < b->slots; i++)
      if (b->edges[i].node)
        *slot(edges, b->slots * 2, b->edges[i].node, b->edges[i].word) = b->edges[i];
    free(b->edges);
    b->edges = edges;
    b->slots *= 2;
  }
  ChPhraseEdge *e = slot(b->edges, b->slots, node, word);
  if (!e->node) {
    *e = (ChPhraseEdge){node, word, ++b->nodes};
    b->n++;
  }
  return e->next;
}

void ch_phrases_add(ChPhraseBuilder *b, const ChWord *words, size_t n, uint32_t value)
{
  uint32_t node = CH_PHRASE_ROOT;
  for (size_t i = 0; i < n; i++)
    if (words[i])
      node = child(b, node, words[i]);
  if (node == CH_PHRASE_ROOT)
    return;
  ChPhraseValue v = {node, value};
  ch_buf_add(&b->values, &v, sizeof v);
}

/* Without quotation marks and commas at both ends. */
static ChSlice bare(ChSlice s)
{
  for (;;) {
    size_t used;
    if (!s.n)
      return s;
    uint32_t cp = ch_utf8_decode(s.p, s.n, &used);
    if (cp == '"' || cp == 0xAB || cp == 0xBB || (cp >= 0x2018 && cp <= 0x201F && cp != 0x2019) || cp == ',' || cp == '(') {
      s.p += used;
      s.n -= used;
      continue;
    }
    size_t k = s.n - 1;
    while (k && ((unsigned char)s.p[k] & 0xC0) == 0x80)
      k--;
    cp = ch_utf8_decode(s.p + k, s.n - k, &used);
    if (cp == '"' || cp == 0xAB || cp == 0xBB || (cp >= 0x2018 && cp <= 0x201F) || cp == ',' || cp == ')') {
      s.n = k;
      continue;
    }
    return s;
  }
}

static void add_words(ChPhraseBuilder *b, const ChFold *fold, ChSlice text, uint32_t value, bool by_norm)
{
  ChWord words[24];
  size_t n = 0;
  char out[CH_FOLD_MAX];
  ChSlice rest = text;
  while (rest.p && n < 24) {
    ChSlice piece = bare(ch_slice_cut(&rest, ' '));
    if (!piece.n)
      continue;
    size_t k;
    if (!by_norm && ch_fold_acronym(piece))
      k = ch_fold_caps(piece, out);
    else
      k = by_norm ? ch_fold_norm(fold, piece, out) : ch_fold_key(fold, piece, out);
    words[n++] = ch_pack_writer_word(b->w, ch_slice(out, k));
  }
  ch_phrases_add(b, words, n, value);
}

void ch_phrases_add_name(ChPhraseBuilder *b, const ChFold *fold, ChSlice name, uint32_t value)
{
  add_words(b, fold, name, value, false);
}

void ch_phrases_add_norm(ChPhraseBuilder *b, const ChFold *fold, ChSlice text, uint32_t value)
{
  add_words(b, fold, text, value, true);
}

static int by_node(const void *a, const void *b)
{
  const ChPhraseValue *x = a, *y = b;
  if (x->node != y->node)
    return x->node < y->node ? -1 : 1;
  return x->value < y->value ? -1 : x->value > y->value;
}

void ch_phrases_save(ChPhraseBuilder *b, const char *name)
{
  ChPhraseValue *v = (ChPhraseValue *)(void *)b->values.p;
  size_t n = b->values.n / sizeof *v, kept = 0;
  if (n)
    qsort(v, n, sizeof *v, by_node);
  for (size_t i = 0; i < n; i++)
    if (!kept || v[i].node != v[kept - 1].node || v[i].value != v[kept - 1].value)
      v[kept++] = v[i];
  char full[CH_PACK_NAME + 4];
  snprintf(full, sizeof full, "%s.e", name);
  ch_pack_writer_put(b->w, full, b->edges, sizeof *b->edges, b->slots);
  snprintf(full, sizeof full, "%s.v", name);
  ch_pack_writer_put(b->w, full, v, sizeof *v, kept);
}

void ch_phrases_save_lang(ChPhraseBuilder *b, ChSlice lang, const char *name)
{
  char full[CH_PACK_NAME];
  snprintf(full, sizeof full, "%.*s/%s", CH_ARG(lang), name);
  ch_phrases_save(b, full);
}
