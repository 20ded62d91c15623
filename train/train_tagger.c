/* Trains models/CODE.tagger (src/language/tagger.h): averaged perceptron over the candidates of the lexicon.
 * usage: train_tagger DATA MODELS CODE TRAIN.conllu OUT [epochs [rare [least]]]
 * Words that stand at most `rare` times (default 1) are taken for unknown in one epoch of two, so that the tagger learns what to do with
 * words that the lexicon lacks. Features that took part in fewer than `least` updates are dropped (default 6; after Y. Goldberg and
 * M. Elhadad, "Learning sparser perceptron models", 2011).
 * Deterministic: the order of sentences comes from a fixed generator. A line of progress for each epoch on standard error. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "conllu.h"
#include "model/languages.h"

enum { SLOT_BITS = 25, SEEN_BITS = 26, LEAST_SEEN = 3 };

typedef struct Param {
  uint64_t key; /* feature hash << 16 | part; 0 = empty */
  float weight, stamp;
  double total;
} Param;

typedef struct Trainer {
  ChWork *w;
  uint8_t lang;
  Corpus corpus;
  uint32_t *types;
  Param *params;
  uint8_t *seen; /* count of a feature, by hash */
  uint32_t *counts;  /* of each type in the corpus */
  ChType *unknown;   /* each type as if the lexicon lacked it */
  uint32_t rare;
  uint32_t least;
  uint8_t *updates;  /* of a feature, by hash */
  size_t n_params;
  double step;
} Trainer;

static Param *param_of(Trainer *t, uint32_t feature, uint16_t part, bool add)
{
  uint64_t key = (uint64_t)feature << 16 | part, mask = ((uint64_t)1 << SLOT_BITS) - 1;
  uint64_t i = key * 0x9E3779B97F4A7C15u >> 20;
  for (;; i++) {
    Param *p = &t->params[i & mask];
    if (p->key == key)
      return p;
    if (!p->key) {
      if (!add)
        return NULL;
      if (++t->n_params > mask / 10 * 9) {
        fputs("train_tagger: too many weights\n", stderr);
        exit(1);
      }
      p->key = key;
      return p;
    }
  }
}

static void change(Trainer *t, const uint32_t *features, size_t n, uint16_t part, float by)
{
  for (size_t f = 0; f < n; f++) {
    if (t->seen[features[f] >> (32 - SEEN_BITS)] < LEAST_SEEN)
      continue;
    Param *p = param_of(t, features[f], part, true);
    p->total += (t->step - (double)p->stamp) * (double)p->weight;
    p->stamp = (float)t->step;
    p->weight += by;
  }
}

/* Scores of the parts that the candidates have. */
typedef struct Board {
  float score[CH_TAG_PART_MOST];
  uint32_t epoch[CH_TAG_PART_MOST], now;
} Board;

static float part_score(Trainer *t, Board *b, const uint32_t *features, size_t n, uint16_t part)
{
  if (b->epoch[part] == b->now)
    return b->score[part];
  float s = 0;
  for (size_t f = 0; f < n; f++) {
    const Param *p = param_of(t, features[f], part, false);
    s += p ? p->weight : 0;
  }
  b->epoch[part] = b->now;
  return b->score[part] = s;
}

static size_t best_of(Trainer *t, Board *b, const ChTagCandidate *c, size_t n, const uint32_t *features, size_t nf)
{
  size_t best = 0;
  float most = -INFINITY;
  b->now++;
  for (size_t k = 0; k < n; k++) {
    uint16_t parts[CH_TAG_PARTS];
    size_t np = ch_tagger_parts(&t->w->lexicons[t->lang].tags[c[k].tag], parts);
    float s = 0;
    for (size_t p = 0; p < np; p++)
      s += part_score(t, b, features, nf, parts[p]);
    if (s > most)
      most = s, best = k;
  }
  return best;
}

static size_t gold_of(const Trainer *t, const ChTagCandidate *c, size_t n, const ChMorph *gold)
{
  for (size_t k = 0; k < n; k++)
    if (memcmp(&t->w->lexicons[t->lang].tags[c[k].tag], gold, sizeof *gold) == 0)
      return k;
  return SIZE_MAX;
}

static void update(Trainer *t, const ChMorph *gold, const ChMorph *got, const uint32_t *features, size_t n)
{
  for (size_t f = 0; f < n; f++) {
    uint8_t *u = &t->updates[features[f] >> (32 - SEEN_BITS)];
    *u = (uint8_t)(*u < 255 ? *u + 1 : 255);
  }
  uint16_t a[CH_TAG_PARTS], b[CH_TAG_PARTS];
  size_t na = ch_tagger_parts(gold, a), nb = ch_tagger_parts(got, b);
  for (size_t i = 0; i < na; i++) {
    bool shared = false;
    for (size_t k = 0; k < nb; k++)
      shared = shared || a[i] == b[k];
    if (!shared)
      change(t, features, n, a[i], 1);
  }
  for (size_t k = 0; k < nb; k++) {
    bool shared = false;
    for (size_t i = 0; i < na; i++)
      shared = shared || a[i] == b[k];
    if (!shared)
      change(t, features, n, b[k], -1);
  }
}

typedef struct Tally {
  uint64_t words, wrong, without; /* without: the gold tag is no candidate */
} Tally;

static uint32_t sentence_of(Trainer *t, uint32_t k, ChTagSequence *s, uint64_t *tags, uint32_t epoch)
{
  uint32_t start = t->corpus.starts[k], n = t->corpus.starts[k + 1] - start;
  *s = (ChTagSequence){.w = t->w, .lang = t->lang, .types = t->types + start, .tags = tags};
  s->n = n < CH_SENTENCE_MOST ? n : CH_SENTENCE_MOST;
  s->no_capitals = (k * 7 + epoch) % 12 == 0;
  return start;
}

/* Swaps a rare word's readings with those that an unknown word would have; a second call swaps back. */
static void hide(Trainer *t, uint32_t type)
{
  ChType x = t->w->types.at[type];
  t->w->types.at[type] = t->unknown[type];
  t->unknown[type] = x;
}

static bool hidden(const Trainer *t, uint32_t type, uint32_t k, uint32_t epoch)
{
  return t->counts[type] <= t->rare && t->w->types.at[type].n && t->unknown[type].n && (k + epoch) % 2;
}

static void hide_rare(Trainer *t, const ChTagSequence *s, uint32_t k, uint32_t epoch)
{
  for (uint32_t i = 0; i < s->n; i++)
    if (hidden(t, s->types[i], k, epoch))
      hide(t, s->types[i]);
}

static void learn_sentence(Trainer *t, uint32_t k, Board *b, uint64_t *tags, uint32_t epoch, Tally *tally)
{
  ChTagSequence s;
  uint32_t start = sentence_of(t, k, &s, tags, epoch);
  const ChMorph *all = t->w->lexicons[t->lang].tags;
  hide_rare(t, &s, k, epoch);
  for (uint32_t i = 0; i < s.n; i++) {
    const ChMorph *gold = &t->corpus.tokens[start + i].morph;
    ChTagCandidate c[CH_TAG_CANDIDATES];
    size_t n = ch_tagger_candidates(&s, i, c), got = 0;
    t->step++;
    if (n == 0) {
      ChMorph m = ch_tagger_fixed(t->w, &t->w->types.at[s.types[i]]);
      ch_tagger_decide(&s, i, &m);
      continue;
    }
    size_t want = gold_of(t, c, n, gold);
    tally->words++;
    tally->without += want == SIZE_MAX;
    if (n > 1) {
      uint32_t features[CH_TAG_FEATURES];
      size_t nf = ch_tagger_features(&s, i, features);
      got = best_of(t, b, c, n, features, nf);
      if (want != SIZE_MAX && got != want) {
        tally->wrong++;
        update(t, gold, &all[c[got].tag], features, nf);
      }
    }
    ch_tagger_decide(&s, i, &all[c[got].tag]);
  }
  for (uint32_t i = s.n; i-- > 0;) /* a word may stand twice */
    if (hidden(t, s.types[i], k, epoch))
      hide(t, s.types[i]);
}

/* How often each feature stands, with the gold tags before it. */
static void count_features(Trainer *t, uint64_t *tags)
{
  for (uint32_t k = 0; k < t->corpus.n_sentences; k++) {
    ChTagSequence s;
    uint32_t start = sentence_of(t, k, &s, tags, 0);
    for (uint32_t i = 0; i < s.n; i++) {
      uint32_t features[CH_TAG_FEATURES];
      size_t nf = ch_tagger_features(&s, i, features);
      for (size_t f = 0; f < nf; f++) {
        uint8_t *n = &t->seen[features[f] >> (32 - SEEN_BITS)];
        *n = (uint8_t)(*n < 255 ? *n + 1 : 255);
      }
      ch_tagger_decide(&s, i, &t->corpus.tokens[start + i].morph);
    }
  }
}

static void learn(Trainer *t, uint32_t epochs)
{
  uint64_t *tags = calloc(CH_SENTENCE_MOST, sizeof *tags), seed = 42;
  uint32_t n = t->corpus.n_sentences, *order = calloc(n, sizeof *order);
  Board *b = calloc(1, sizeof *b);
  if (!tags || !order || !b)
    abort();
  count_features(t, tags);
  for (uint32_t i = 0; i < n; i++)
    order[i] = i;
  for (uint32_t e = 0; e < epochs; e++) {
    Tally tally = {0};
    for (uint32_t i = n; i-- > 1;) {
      seed = seed * 6364136223846793005u + 1442695040888963407u;
      uint32_t k = (uint32_t)(seed >> 33) % (i + 1), x = order[i];
      order[i] = order[k];
      order[k] = x;
    }
    for (uint32_t i = 0; i < n; i++)
      learn_sentence(t, order[i], b, tags, e, &tally);
    fprintf(stderr, "epoch %u: %.2f %% wrong, %.2f %% without the right candidate, %zu weights\n", e + 1,
            100.0 * (double)tally.wrong / (double)tally.words, 100.0 * (double)tally.without / (double)tally.words, t->n_params);
  }
  free(tags);
  free(order);
  free(b);
}

static int by_key(const void *a, const void *b)
{
  const Param *x = a, *y = b;
  return x->key < y->key ? -1 : x->key > y->key;
}

/* Averages, in place and in order; returns how many are left after weights that round to nothing are dropped. */
static size_t average(Trainer *t, double *scale)
{
  size_t n = 0, all = (size_t)1 << SLOT_BITS;
  for (size_t i = 0; i < all; i++) {
    Param p = t->params[i];
    if (!p.key)
      continue;
    p.total += (t->step - (double)p.stamp) * (double)p.weight;
    p.weight = (float)(p.total / t->step);
    t->params[n++] = p;
  }
  /* the few weights beyond the range are cut */
  *scale = 5;
  size_t kept = 0, beyond = 0;
  for (size_t i = 0; i < n; i++) {
    double w = fabs((double)t->params[i].weight * *scale);
    beyond += w > 127;
    if (w >= 1 && t->updates[(uint32_t)(t->params[i].key >> 16) >> (32 - SEEN_BITS)] >= t->least)
      t->params[kept++] = t->params[i];
  }
  fprintf(stderr, "%zu of %zu weights kept, %zu cut to the range\n", kept, n, beyond);
  qsort(t->params, kept, sizeof *t->params, by_key);
  return kept;
}

static void save(Trainer *t, const char *path, ChError *err)
{
  double scale;
  size_t n = average(t, &scale);
  ChBuf hashes = {0}, firsts = {0}, weights = {0}, out = {0};
  uint32_t features = 0;
  for (size_t i = 0; i < n; i++) {
    uint32_t hash = (uint32_t)(t->params[i].key >> 16), first = (uint32_t)i;
    if (i == 0 || hash != (uint32_t)(t->params[i - 1].key >> 16)) {
      ch_buf_add(&hashes, &hash, sizeof hash);
      ch_buf_add(&firsts, &first, sizeof first);
      features++;
    }
    double v = round((double)t->params[i].weight * scale);
    bool last = i + 1 == n || hash != (uint32_t)(t->params[i + 1].key >> 16);
    ChTagWeight w = {.part = (uint16_t)(t->params[i].key & 0xFFFF), .value = (int8_t)(v > 127 ? 127 : v < -127 ? -127 : v), .last = last};
    ch_buf_add(&weights, &w, sizeof w);
  }
  uint32_t head[4] = {CH_TAGGER_VERSION, features, (uint32_t)n, 0};
  ch_buf_add(&out, "CHTAGGER", 8);
  ch_buf_add(&out, head, sizeof head);
  ch_buf_slice(&out, ch_buf_view(&hashes));
  ch_buf_slice(&out, ch_buf_view(&firsts));
  ch_buf_slice(&out, ch_buf_view(&weights));
  ch_file_write(path, ch_buf_view(&out), err);
  fprintf(stderr, "%s: %u features, %zu weights, %zu bytes\n", path, features, n, out.n);
  ch_buf_free(&hashes);
  ch_buf_free(&firsts);
  ch_buf_free(&weights);
  ch_buf_free(&out);
}

static int fail(const ChError *err)
{
  char text[1024];
  ch_error_format(err, text, sizeof text);
  fprintf(stderr, "%s\n", text);
  return 2;
}

int main(int argc, char **argv)
{
  if (argc < 6) {
    fputs("usage: train_tagger DATA MODELS CODE TRAIN.conllu OUT [epochs]\n", stderr);
    return 2;
  }
  ChError err = {0};
  Trainer t = {0};
  ChPack *p = corpus_pack(argv[1], argv[2], &err);
  if (!p || !corpus_read(&t.corpus, argv[4], &err))
    return fail(&err);
  ChArena arena;
  ChReport r;
  ch_arena_init(&arena, (size_t)8 << 30);
  ch_report_init(&r, &arena, p, CH_LIT(""));
  t.w = ch_arena_alloc(&arena, sizeof *t.w);
  ch_work_init(t.w, &r);
  t.lang = (uint8_t)ch_language_index(p, ch_slice_z(argv[3]));
  if (t.lang >= t.w->languages) {
    fputs("train_tagger: no such language\n", stderr);
    return 2;
  }
  t.types = calloc(t.corpus.n_tokens, sizeof *t.types);
  t.params = calloc((size_t)1 << SLOT_BITS, sizeof *t.params);
  t.seen = calloc((size_t)1 << SEEN_BITS, 1);
  if (!t.types || !t.params || !t.seen)
    abort();
  for (uint32_t i = 0; i < t.corpus.n_tokens; i++)
    t.types[i] = ch_types_of(t.w, t.corpus.tokens[i].form, t.lang);
  t.rare = argc > 7 ? (uint32_t)atoi(argv[7]) : 1;
  t.least = argc > 8 ? (uint32_t)atoi(argv[8]) : 6;
  t.updates = calloc((size_t)1 << SEEN_BITS, 1);
  t.counts = calloc(t.w->types.n, sizeof *t.counts);
  t.unknown = calloc(t.w->types.n, sizeof *t.unknown);
  if (!t.counts || !t.unknown || !t.updates)
    abort();
  for (uint32_t i = 0; i < t.corpus.n_tokens; i++)
    t.counts[t.types[i]]++;
  for (uint32_t i = 0; i < t.w->types.n; i++)
    t.unknown[i] = ch_types_unknown(t.w, i);
  learn(&t, argc > 6 ? (uint32_t)atoi(argv[6]) : 8);
  save(&t, argv[5], &err);
  free(t.types);
  free(t.counts);
  free(t.updates);
  free(t.unknown);
  free(t.params);
  free(t.seen);
  corpus_free(&t.corpus);
  ch_arena_free(&arena);
  ch_pack_close(p);
  return ch_failed(&err) ? fail(&err) : 0;
}
