#include "conllu.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "language/language.h"
#include "world/world.h"

static void add_token(Corpus *c, ChSlice line, size_t *cap)
{
  ChSlice cell[10] = {{0}}, rest = line;
  for (int k = 0; k < 10 && rest.p; k++)
    cell[k] = ch_slice_cut(&rest, '\t');
  char morph[256];
  Gold g = {.form = cell[1], .lemma = cell[2]};
  bool feats = cell[5].n && !ch_slice_is(cell[5], "_");
  snprintf(morph, sizeof morph, "%.*s%s%.*s", CH_ARG(cell[3]), feats ? "|" : "", feats ? (int)cell[5].n : 0, cell[5].p ? cell[5].p : "");
  g.tagged = !ch_slice_is(cell[3], "_");
  if (!cell[1].n || (g.tagged && !ch_morph_parse(ch_slice_z(morph), &g.morph)))
    return;
  if (!ch_slice_is(cell[6], "_") && cell[7].n) {
    g.head = (uint32_t)strtoul(cell[6].p, NULL, 10);
    g.rel = ch_rel_parse(cell[7]);
  }
  size_t name = ch_slice_find(cell[9], CH_LIT("NE="));
  if (name != SIZE_MAX) {
    ChSlice rest_of = ch_slice(cell[9].p + name + 3, cell[9].n - name - 3);
    g.named = true;
    g.name = ch_name_tag_parse(ch_slice_cut(&rest_of, '|'));
  }
  if (c->n_tokens == *cap) {
    *cap = *cap ? *cap * 2 : 1 << 16;
    c->tokens = realloc(c->tokens, *cap * sizeof *c->tokens);
    c->starts = realloc(c->starts, (*cap + 1) * sizeof *c->starts);
    if (!c->tokens || !c->starts)
      abort();
  }
  if (c->n_sentences == 0 || (c->n_tokens && c->starts[c->n_sentences - 1] == UINT32_MAX))
    c->starts[c->n_sentences ? c->n_sentences - 1 : c->n_sentences++] = c->n_tokens;
  c->tokens[c->n_tokens++] = g;
}

bool corpus_read(Corpus *c, const char *path, ChError *err)
{
  *c = (Corpus){0};
  size_t cap = 0;
  ch_file_read(path, (size_t)1 << 30, &c->bytes, err);
  if (ch_failed(err))
    return false;
  ChSlice rest = ch_buf_view(&c->bytes);
  while (rest.p) {
    const char *end = memchr(rest.p, '\n', rest.n);
    ChSlice line = ch_slice(rest.p, end ? (size_t)(end - rest.p) : rest.n);
    rest = end ? ch_slice(end + 1, rest.n - line.n - 1) : (ChSlice){0};
    if (line.n == 0 && c->n_sentences && c->starts[c->n_sentences - 1] != UINT32_MAX)
      c->starts[c->n_sentences++] = UINT32_MAX; /* set by the next token */
    else if (line.n && line.p[0] != '#')
      add_token(c, line, &cap);
  }
  if (!c->n_tokens) {
    ch_error_at(err, CH_ERR_FORMAT, ch_slice_z(path), 0, 0, "no sentences");
    return false;
  }
  if (c->starts[c->n_sentences - 1] == UINT32_MAX)
    c->n_sentences--;
  c->starts[c->n_sentences] = c->n_tokens;
  return true;
}

void corpus_free(Corpus *c)
{
  ch_buf_free(&c->bytes);
  free(c->tokens);
  free(c->starts);
}

static void compile_lexicons(ChPackWriter *w, const char *data, const char *models, ChError *err)
{
  size_t n;
  const ChLanguage *list = ch_failed(err) ? NULL : ch_languages_of_writer(w, &n);
  ChWord codes[CH_LANGUAGES_MAX];
  size_t count = !list ? 0 : n < CH_LANGUAGES_MAX ? n : CH_LANGUAGES_MAX;
  for (size_t i = 0; i < count; i++)
    codes[i] = list[i].code; /* adding sections moves the list */
  for (size_t i = 0; i < count && !ch_failed(err); i++) {
    char code[16];
    ChSlice text = ch_pack_writer_text(w, codes[i]);
    size_t k = text.n < sizeof code ? text.n : sizeof code - 1;
    memcpy(code, text.p, k);
    ch_cues_compile(w, ch_slice(code, k), data, err);
    ch_lexicon_compile(w, ch_slice(code, k), data, models, err);
    ch_clusters_compile(w, ch_slice(code, k), models, err);
  }
}

ChPack *corpus_pack(const char *data, const char *models, bool analysers, ChError *err)
{
  char path[64];
  snprintf(path, sizeof path, "/tmp/chancery-train-%ld.pack", (long)getpid());
  ChPackWriter *w = ch_pack_writer_new();
  ch_languages_compile(w, data, err);
  ch_world_compile(w, data, err);
  if (analysers)
    ch_language_compile(w, data, models, err);
  else
    compile_lexicons(w, data, models, err);
  ch_pack_writer_save(w, path, err);
  ch_pack_writer_free(w);
  ChPack *p = ch_pack_open(path, err);
  unlink(path);
  return p;
}
