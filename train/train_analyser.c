/* Trains models/CODE.analyser (src/language/analyser.h).
 * usage: train_analyser DATA MODELS CODE TRAIN.conllu DEV.conllu OUT [epochs [hidden [rate]]]
 * TRAIN may lack tags, trees or names in any of its sentences ("_"); each part of the network learns from what there is.
 *
 * A word's form and dictionary forms are left out at random, the more often the rarer it is, and in one case of so many it is read as if
 * the lexicon lacked it, so that the network learns what to do with words that are new.
 * Deterministic: all chance comes from a fixed generator. OUT.checkpoint holds the state after each epoch; a run that finds one goes on
 * from there. A line of progress every few seconds and a line of figures on DEV after each epoch on standard error. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "model/languages.h"
#include "trainer.h"

enum { BATCH = 640, CHUNK = 3000, LONGEST = 250, TAG_LEAST = 2 };

/* Features of a form that the model keeps, with their kinds. */
typedef struct Rows {
  uint32_t *row;
  uint8_t *kind;
  uint32_t n;
} Rows;

typedef struct Form {
  Rows known, unknown;
  uint16_t *candidates[2]; /* as it is and as if unknown */
  uint32_t n_candidates[2];
  uint32_t count;
} Form;

typedef struct Text {
  Corpus corpus;
  uint32_t *types;
  bool *title;    /* of each sentence: its capitals tell nothing */
  uint8_t *marks; /* of each word: ch_analyser_marks */
} Text;

typedef struct Run {
  ChWork *w;
  uint8_t lang;
  Trained model;
  Text train, dev;
  Form *forms;
  size_t n_forms;
  uint32_t title_row, mark_rows[CH_ANALYSER_MARKS];
  uint32_t *pool; /* rows of the batch at hand */
  size_t pooled, pool_cap;
  Word *words;
  Guess *guesses;
  uint32_t *starts;
} Run;

static void *need(void *p)
{
  if (!p)
    abort();
  return p;
}

static bool text_read(Run *r, Text *t, const char *path, ChError *err)
{
  if (!corpus_read(&t->corpus, path, err))
    return false;
  t->types = need(calloc(t->corpus.n_tokens, sizeof *t->types));
  t->title = need(calloc(t->corpus.n_sentences, sizeof *t->title));
  for (uint32_t i = 0; i < t->corpus.n_tokens; i++)
    t->types[i] = ch_types_of(r->w, t->corpus.tokens[i].form, r->lang);
  t->marks = need(calloc(t->corpus.n_tokens, 1));
  for (uint32_t s = 0; s < t->corpus.n_sentences; s++) {
    uint32_t from = t->corpus.starts[s], n = t->corpus.starts[s + 1] - from;
    t->title[s] = ch_analyser_title_case(r->w, t->types + from, n);
    ch_analyser_marks(r->w, r->lang, t->types + from, n, t->marks + from);
  }
  return true;
}

/* ---- tags ---- */

static void collect_tags(Run *r)
{
  Trained *m = &r->model;
  uint32_t counts[TAGS_MOST] = {0};
  for (uint32_t i = 0; i < r->train.corpus.n_tokens; i++) {
    const Gold *g = &r->train.corpus.tokens[i];
    size_t k = 0;
    if (!g->tagged)
      continue;
    while (k < m->n_tags && memcmp(&m->tags[k], &g->morph, sizeof g->morph) != 0)
      k++;
    if (k == m->n_tags && k < TAGS_MOST)
      m->tags[m->n_tags++] = g->morph;
    if (k < TAGS_MOST)
      counts[k]++;
  }
  size_t kept = 0;
  for (size_t k = 0; k < m->n_tags; k++)
    if (counts[k] >= TAG_LEAST)
      m->tags[kept++] = m->tags[k];
  m->n_tags = kept;
}

static int32_t tag_of(const Trained *m, const ChMorph *morph)
{
  for (size_t k = 0; k < m->n_tags; k++)
    if (memcmp(&m->tags[k], morph, sizeof *morph) == 0)
      return (int32_t)k;
  return -1;
}

/* ---- features ---- */

/* Least number of words in training that must have a feature. */
static uint32_t least_of(uint8_t kind)
{
  switch (kind) {
  case CH_FEATURE_ENDING:
  case CH_FEATURE_BEGINNING:
  case CH_FEATURE_CLASS:
    return 4;
  case CH_FEATURE_ALWAYS:
  case CH_FEATURE_TITLE:
  case CH_FEATURE_SHAPE:
    return 1;
  default:
    return 2;
  }
}

static Count *count_of(Trained *m, uint32_t hash, bool add)
{
  for (uint32_t i = hash;; i++) {
    Count *c = &m->counts[i & (COUNT_SLOTS - 1)];
    if (c->hash == hash)
      return c;
    if (!c->hash) {
      if (!add)
        return NULL;
      if (++m->n_counts > COUNT_SLOTS / 4 * 3)
        abort();
      *c = (Count){.hash = hash};
      return c;
    }
  }
}

static void count_features(Run *r)
{
  Trained *m = &r->model;
  ChFeature f[CH_ANALYSER_FEATURES];
  m->counts = need(calloc(COUNT_SLOTS, sizeof *m->counts));
  for (size_t t = 0; t < r->n_forms; t++) {
    uint32_t count = r->forms[t].count;
    for (int lacks = 0; lacks < 2; lacks++) {
      ChType type = lacks ? ch_types_unknown(r->w, (uint32_t)t) : r->w->types.at[t];
      size_t n = ch_analyser_features(r->w, &type, f);
      for (size_t i = 0; i < n; i++) {
        Count *c = count_of(m, f[i].hash, true);
        c->least = least_of(f[i].kind);
        c->count += !lacks ? count : count && (f[i].kind == CH_FEATURE_GUESS || f[i].kind == CH_FEATURE_NAME || f[i].kind == CH_FEATURE_CLASS);
      }
    }
  }
  *count_of(m, ch_analyser_title().hash, true) = (Count){.hash = ch_analyser_title().hash, .count = 1, .least = 1};
  for (uint32_t bit = 0; bit < CH_ANALYSER_MARKS; bit++)
    *count_of(m, ch_analyser_mark(bit).hash, true) = (Count){.hash = ch_analyser_mark(bit).hash, .count = 1, .least = 1};
  for (size_t i = 0; i < COUNT_SLOTS; i++) {
    Count *c = &m->counts[i];
    c->row = c->hash && c->count >= c->least ? (uint32_t)m->n_rows++ : UINT32_MAX;
  }
  r->title_row = count_of(m, ch_analyser_title().hash, false)->row;
  for (uint32_t bit = 0; bit < CH_ANALYSER_MARKS; bit++)
    r->mark_rows[bit] = count_of(m, ch_analyser_mark(bit).hash, false)->row;
}

static void form_rows(Run *r, const ChType *type, Rows *rows, uint16_t **candidates, uint32_t *n_candidates, const int32_t *of_lexicon)
{
  ChFeature f[CH_ANALYSER_FEATURES];
  ChCandidate c[CH_ANALYSER_CANDIDATES];
  size_t n = ch_analyser_features(r->w, type, f);
  *rows = (Rows){need(calloc(n + 1, sizeof *rows->row)), need(calloc(n + 1, 1)), 0};
  for (size_t i = 0; i < n; i++) {
    const Count *k = count_of(&r->model, f[i].hash, false);
    if (k && k->row != UINT32_MAX)
      rows->row[rows->n] = k->row, rows->kind[rows->n++] = f[i].kind;
  }
  n = ch_analyser_candidates(type, c);
  *candidates = need(calloc(n + 1, sizeof **candidates));
  *n_candidates = 0;
  for (size_t i = 0; i < n; i++)
    if (of_lexicon[c[i].tag] >= 0)
      (*candidates)[(*n_candidates)++] = (uint16_t)(of_lexicon[c[i].tag] << 2 | c[i].bonus);
}

static void prepare(Run *r)
{
  const ChLexicon *lexicon = &r->w->lexicons[r->lang];
  int32_t *of_lexicon = need(calloc(lexicon->n_tags + 1, sizeof *of_lexicon));
  r->n_forms = r->w->types.n;
  r->forms = need(calloc(r->n_forms, sizeof *r->forms));
  for (uint32_t i = 0; i < r->train.corpus.n_tokens; i++)
    r->forms[r->train.types[i]].count++;
  collect_tags(r);
  for (size_t i = 0; i < lexicon->n_tags; i++)
    of_lexicon[i] = tag_of(&r->model, &lexicon->tags[i]);
  count_features(r);
  for (size_t t = 0; t < r->n_forms; t++) {
    Form *f = &r->forms[t];
    ChType type = ch_types_unknown(r->w, (uint32_t)t);
    form_rows(r, &r->w->types.at[t], &f->known, &f->candidates[0], &f->n_candidates[0], of_lexicon);
    form_rows(r, &type, &f->unknown, &f->candidates[1], &f->n_candidates[1], of_lexicon);
  }
  free(of_lexicon);
}

/* ---- batches ---- */

static float chance(Run *r) { return (float)(network_random(&r->model.network.random) >> 40) / (float)(1 << 24); }

static void add_row(Run *r, uint32_t row)
{
  if (r->pooled == r->pool_cap) {
    r->pool_cap = r->pool_cap ? r->pool_cap * 2 : 1 << 16;
    r->pool = need(realloc(r->pool, r->pool_cap * sizeof *r->pool));
  }
  r->pool[r->pooled++] = row;
}

static void add_word(Run *r, const Text *t, uint32_t token, bool title, bool learn, Word *word)
{
  const Gold *g = &t->corpus.tokens[token];
  const Form *f = &r->forms[t->types[token]];
  float rare = 1 / (1 + (float)f->count);
  bool unknown = learn && chance(r) < .5f * rare + .01f;
  bool no_form = learn && !unknown && chance(r) < rare + .03f, no_lemma = learn && !unknown && chance(r) < .5f * rare + .05f,
       no_class = learn && chance(r) < .1f;
  bool no_cluster[CH_CLUSTER_KINDS];
  for (uint32_t k = 0; k < CH_CLUSTER_KINDS; k++)
    no_cluster[k] = learn && chance(r) < .15f;
  const Rows *rows = unknown ? &f->unknown : &f->known;
  size_t first = r->pooled;
  for (uint32_t i = 0; i < rows->n; i++) {
    uint8_t kind = rows->kind[i];
    bool dropped = ((no_form || unknown) && kind == CH_FEATURE_FORM) || (no_lemma && kind == CH_FEATURE_LEMMA) ||
                   (no_class && kind == CH_FEATURE_CLASS) || (kind == CH_FEATURE_CLUSTER && no_cluster[0]) ||
                   (kind == CH_FEATURE_CLUSTER_2 && no_cluster[1]);
    if (!dropped)
      add_row(r, rows->row[i]);
  }
  if (title)
    add_row(r, r->title_row);
  bool no_marks = learn && chance(r) < .15f;
  for (uint32_t bit = 0; !no_marks && bit < CH_ANALYSER_MARKS; bit++)
    if (t->marks[token] >> bit & 1)
      add_row(r, r->mark_rows[bit]);
  *word = (Word){.n_rows = (uint32_t)(r->pooled - first), .candidates = f->candidates[unknown], .n_candidates = f->n_candidates[unknown]};
  word->tag = g->tagged ? tag_of(&r->model, &g->morph) : -1;
  word->rel = g->rel == CH_REL_NONE ? -1 : g->rel;
  word->name = g->named ? g->name : -1;
  word->head = g->head;
}

/* Lays sentences side by side for the network; `sentences` are numbers in the text. */
static void lay(Run *r, const Text *t, const uint32_t *sentences, uint32_t n, bool learn)
{
  uint32_t at = 0;
  r->pooled = 0;
  for (uint32_t s = 0; s < n; s++) {
    r->starts[s] = at;
    for (uint32_t i = t->corpus.starts[sentences[s]]; i < t->corpus.starts[sentences[s] + 1]; i++)
      add_word(r, t, i, t->title[sentences[s]], learn, &r->words[at++]);
  }
  r->starts[n] = at;
  const uint32_t *row = r->pool;
  for (uint32_t i = 0; i < at; i++) {
    r->words[i].rows = row;
    row += r->words[i].n_rows;
  }
}

static uint32_t length(const Text *t, uint32_t s) { return t->corpus.starts[s + 1] - t->corpus.starts[s]; }

static void shuffle(Run *r, uint32_t *list, uint32_t n)
{
  for (uint32_t i = n; i > 1; i--) {
    uint32_t k = (uint32_t)(network_random(&r->model.network.random) % i), x = list[i - 1];
    list[i - 1] = list[k];
    list[k] = x;
  }
}

static const Text *sorted_text;
static int by_length(const void *a, const void *b)
{
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b, m = length(sorted_text, x), n = length(sorted_text, y);
  return m != n ? (m < n ? -1 : 1) : x < y ? -1 : x > y;
}

/* Cuts the sentences of an epoch into batches of like length: shuffled, sorted within chunks, cut, and the batches shuffled. Batch b is
 * list[cuts[b] .. cuts[b + 1]). */
static uint32_t cut_batches(Run *r, uint32_t *list, uint32_t n, uint32_t (*cuts)[2])
{
  uint32_t batches = 0;
  shuffle(r, list, n);
  sorted_text = &r->train;
  for (uint32_t from = 0; from < n; from += CHUNK) {
    uint32_t end = from + CHUNK < n ? from + CHUNK : n, first = from, words = 0;
    qsort(list + from, end - from, sizeof *list, by_length);
    for (uint32_t i = from; i < end; i++) {
      words += length(&r->train, list[i]);
      if (words >= BATCH || i + 1 == end) {
        cuts[batches][0] = first;
        cuts[batches++][1] = i + 1;
        first = i + 1, words = 0;
      }
    }
  }
  for (uint32_t i = batches; i > 1; i--) {
    uint32_t k = (uint32_t)(network_random(&r->model.network.random) % i), a = cuts[i - 1][0], b = cuts[i - 1][1];
    cuts[i - 1][0] = cuts[k][0], cuts[i - 1][1] = cuts[k][1];
    cuts[k][0] = a, cuts[k][1] = b;
  }
  return batches;
}

/* ---- figures ---- */

typedef struct Figures {
  uint32_t tagged, pos, tags, arcs, heads, rels, names, named, right;
} Figures;

static bool same_rel(uint32_t a, uint32_t b)
{
  const char *x = ch_rel_name((uint8_t)a), *y = ch_rel_name((uint8_t)b);
  size_t n = strcspn(x, ":");
  return n == strcspn(y, ":") && memcmp(x, y, n) == 0;
}

/* Does a name of the labels start at i, and where does it end? */
static uint32_t name_end(const uint8_t *label, uint32_t i, uint32_t n)
{
  uint8_t inside = label[i] % 2 ? (uint8_t)(label[i] + 1) : label[i];
  if (!label[i] || (label[i] % 2 == 0 && i && (label[i - 1] == label[i] || label[i - 1] + 1 == label[i])))
    return i;
  uint32_t end = i + 1;
  while (end < n && label[end] == inside)
    end++;
  return end;
}

static void add_names(Figures *f, const uint8_t *gold, const uint8_t *guess, uint32_t n)
{
  for (uint32_t i = 0; i < n; i++) {
    uint32_t a = name_end(gold, i, n), b = name_end(guess, i, n);
    f->names += a > i;
    f->named += b > i;
    f->right += a > i && a == b && (gold[i] + 1) / 2 == (guess[i] + 1) / 2;
  }
}

static void measure(Run *r, double seconds, uint32_t epoch, double loss)
{
  const Text *t = &r->dev;
  Figures f = {0};
  for (uint32_t s = 0; s < t->corpus.n_sentences; s++) {
    uint32_t n = length(t, s), from = t->corpus.starts[s];
    uint8_t gold[LONGEST], guess[LONGEST];
    if (n > LONGEST)
      continue;
    lay(r, t, &s, 1, false);
    network_batch(&r->model.network, r->words, r->starts, 1, false, r->guesses);
    for (uint32_t i = 0; i < n; i++) {
      const Gold *g = &t->corpus.tokens[from + i];
      const Guess *k = &r->guesses[i];
      const ChMorph *m = &r->model.tags[k->tag];
      f.tagged += g->tagged;
      f.pos += g->tagged && m->pos == g->morph.pos;
      f.tags += g->tagged && memcmp(m, &g->morph, sizeof *m) == 0;
      if (g->rel) {
        f.arcs++;
        f.heads += g->head == k->head;
        f.rels += g->head == k->head && same_rel(k->rel, g->rel);
      }
      gold[i] = g->name, guess[i] = (uint8_t)k->name;
    }
    if (n && t->corpus.tokens[from].named)
      add_names(&f, gold, guess, n);
  }
#define SHARE(a, b) ((b) ? 100.0 * (a) / (b) : 0.0)
  fprintf(stderr, "\repoch %u: loss %.4f  UPOS %.2f  features %.2f  UAS %.2f  LAS %.2f  names F1 %.2f  %.0f s\n", epoch, loss,
          SHARE(f.pos, f.tagged), SHARE(f.tags, f.tagged), SHARE(f.heads, f.arcs), SHARE(f.rels, f.arcs),
          SHARE(2 * f.right, f.names + f.named), seconds);
#undef SHARE
}

/* ---- training ---- */

static bool checkpoint(Run *r, const char *out, uint32_t *epoch, bool save)
{
  char path[1024], done[1024];
  snprintf(done, sizeof done, "%s.checkpoint", out);
  snprintf(path, sizeof path, save ? "%s.checkpoint.new" : "%s.checkpoint", out);
  FILE *f = fopen(path, save ? "wb" : "rb");
  if (!f)
    return false;
  size_t shape[4] = {r->model.n_rows, r->model.n_tags, r->model.network.shape.hidden, r->train.corpus.n_tokens}, had[4];
  bool ok = save ? fwrite(shape, sizeof shape, 1, f) == 1 && fwrite(epoch, sizeof *epoch, 1, f) == 1 && network_save(&r->model.network, f)
                 : fread(had, sizeof had, 1, f) == 1 && memcmp(had, shape, sizeof had) == 0 && fread(epoch, sizeof *epoch, 1, f) == 1 &&
                       network_load(&r->model.network, f);
  ok = fclose(f) == 0 && ok;
  return ok && (!save || rename(path, done) == 0);
}

static void train(Run *r, uint32_t epochs, float rate, const char *out)
{
  Network *net = &r->model.network;
  uint32_t n = 0, *list = need(calloc(r->train.corpus.n_sentences, sizeof *list)), epoch = 0;
  uint32_t(*cuts)[2] = need(calloc(r->train.corpus.n_sentences, sizeof *cuts));
  uint32_t *order = need(calloc(r->train.corpus.n_sentences, sizeof *order));
  time_t start = time(NULL);
  for (uint32_t s = 0; s < r->train.corpus.n_sentences; s++)
    if (length(&r->train, s) <= LONGEST)
      order[n++] = s;
  if (checkpoint(r, out, &epoch, false))
    fprintf(stderr, "going on after epoch %u of %s.checkpoint\n", epoch, out);
  double total = (double)epochs * r->train.corpus.n_tokens / (BATCH * 1.02), warm = 300;
  for (; epoch < epochs; epoch++) {
    memcpy(list, order, n * sizeof *list);
    uint32_t batches = cut_batches(r, list, n, cuts);
    double loss = 0;
    time_t shown = time(NULL);
    for (uint32_t b = 0; b < batches; b++) {
      double at = (double)net->steps / total, now = at < 1 ? rate * (1 - at) + rate * .01 : rate * .01;
      if ((double)net->steps < warm)
        now *= (double)(net->steps + 1) / warm;
      lay(r, &r->train, list + cuts[b][0], cuts[b][1] - cuts[b][0], true);
      loss += network_batch(net, r->words, r->starts, cuts[b][1] - cuts[b][0], true, NULL);
      network_step(net, (float)now);
      if (time(NULL) >= shown + 3 && isatty(2)) {
        shown = time(NULL);
        fprintf(stderr, "\repoch %u: %u of %u batches, loss %.4f, %.0f s ", epoch + 1, b + 1, batches, loss / (b + 1), difftime(shown, start));
      }
    }
    measure(r, difftime(time(NULL), start), epoch + 1, loss / batches);
    uint32_t done = epoch + 1;
    if (!checkpoint(r, out, &done, true))
      fprintf(stderr, "no checkpoint could be written beside %s\n", out);
  }
  free(list), free(cuts), free(order);
}

int main(int argc, char **argv)
{
  if (argc < 7) {
    fputs("usage: train_analyser DATA MODELS CODE TRAIN.conllu DEV.conllu OUT [epochs [hidden [rate]]]\n", stderr);
    return 2;
  }
  ChError err = {0};
  Run *r = need(calloc(1, sizeof *r));
  ChPack *p = corpus_pack(argv[1], argv[2], false, &err);
  uint32_t lang = p ? ch_language_index(p, ch_slice_z(argv[3])) : CH_LANGUAGES_MAX;
  ChArena arena;
  ChReport report;
  ch_arena_init(&arena, (size_t)16 << 30);
  if (p && lang < CH_LANGUAGES_MAX) {
    ch_report_init(&report, &arena, p, CH_LIT(""));
    r->w = ch_arena_alloc(&arena, sizeof *r->w);
    r->lang = (uint8_t)lang;
    ch_work_init(r->w, &report);
    if (text_read(r, &r->train, argv[4], &err) && text_read(r, &r->dev, argv[5], &err)) {
      prepare(r);
      size_t hidden = argc > 8 ? (size_t)atoi(argv[8]) : 96, room = BATCH + 2000;
      Shape shape = {.row = 128, .hidden = hidden, .arc = 96, .rel = 96, .tags = r->model.n_tags, .rows = r->model.n_rows};
      network_new(&r->model.network, shape, 1);
      r->words = need(calloc(room, sizeof *r->words));
      r->guesses = need(calloc(room, sizeof *r->guesses));
      r->starts = need(calloc(room, sizeof *r->starts));
      fprintf(stderr, "%u sentences, %u words, %zu forms, %zu features, %zu tags\n", r->train.corpus.n_sentences, r->train.corpus.n_tokens,
              r->n_forms, r->model.n_rows, r->model.n_tags);
      train(r, argc > 7 ? (uint32_t)atoi(argv[7]) : 15, argc > 9 ? (float)atof(argv[9]) : .002f, argv[6]);
      trained_write(&r->model, argv[6], &err);
    }
  } else if (!ch_failed(&err)) {
    ch_error_set(&err, CH_ERR_FORMAT, "no language %s", argv[3]);
  }
  if (ch_failed(&err)) {
    char text[1024];
    ch_error_format(&err, text, sizeof text);
    fprintf(stderr, "%s\n", text);
    return 2;
  }
  return 0;
}
