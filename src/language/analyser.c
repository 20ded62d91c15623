#include "language/analyser.h"

#include "language/layers.h"
#include "language/tree.h"

/* Scratch for sentences of up to `most` words. Steps that follow one another share one room (lay_out). */
typedef struct ChScratch {
  uint32_t most;
  int8_t *x, *out[2];      /* words x row, x 2 hidden */
  int32_t *sums, *state;   /* words x the widest layer; 4 hidden */
  int32_t *cell;
  int8_t *dep, *gov;       /* words x arc */
  int16_t *arc;            /* words x arc, in 1/2^8 */
  int32_t *distance;       /* words x buckets */
  int32_t *rel_dep, *rel_gov; /* words x rel */
  int8_t *hidden;          /* words x rel */
  int32_t *score;
  void *tree;
  uint32_t *heads, *wanted;
  uint16_t *tags;
  uint8_t (*from)[CH_NAME_TAGS]; /* best label before, by word and label */
} ChScratch;

typedef struct Work {
  ChWork *w;
  const ChAnalyser *a;
  const ChAnalyserHead *head;
  ChScratch *s;
  const uint32_t *types;
  ChToken *tokens;
  uint8_t lang;
  uint32_t first, n; /* first token in the report; words */
} Work;

static uint32_t widest(const ChAnalyserHead *h)
{
  uint32_t wide = 0;
  for (uint32_t i = 0; i < CH_LAYERS; i++)
    wide = h->layers[i].wide > wide ? h->layers[i].wide : wide;
  return wide;
}

static void *take(char *base, size_t *at, size_t n)
{
  void *p = base ? base + *at : NULL;
  *at += (n + 63) & ~(size_t)63;
  return p;
}

/* Gives the parts their places from `base` on; returns the bytes of all. What follows `room` is used by one of four steps at a time:
 * the sums of LSTMs, tags and names; scoring of arcs; the search for the best tree; relations. */
static size_t lay_out(ChScratch *s, const ChAnalyserHead *h, uint32_t most, char *base)
{
  size_t n = most, at = 0, end;
  s->most = most;
  s->out[1] = take(base, &at, n * 2 * h->hidden);
  s->state = take(base, &at, h->hidden * 4 * sizeof *s->state);
  s->cell = take(base, &at, h->hidden * sizeof *s->cell);
  s->score = take(base, &at, (n + 1) * (n + 1) * sizeof *s->score);
  s->heads = take(base, &at, (n + 1) * sizeof *s->heads);
  s->wanted = take(base, &at, (n + 1) * sizeof *s->wanted);
  s->tags = take(base, &at, n * sizeof *s->tags);
  s->from = take(base, &at, n * sizeof *s->from);
  size_t room = at;
  s->sums = take(base, &at, n * widest(h) * sizeof *s->sums);
  s->x = take(base, &at, n * h->row);
  s->out[0] = take(base, &at, n * 2 * h->hidden);
  end = at, at = room;
  take(base, &at, n * h->arc * sizeof *s->sums);
  s->dep = take(base, &at, n * h->arc);
  s->gov = take(base, &at, n * h->arc);
  s->arc = take(base, &at, n * h->arc * sizeof *s->arc);
  s->distance = take(base, &at, n * h->layers[CH_LAYER_DISTANCE].wide * sizeof *s->distance);
  end = at > end ? at : end, at = room;
  s->tree = take(base, &at, ch_tree_scratch(most));
  end = at > end ? at : end, at = room;
  take(base, &at, n * h->layers[CH_LAYER_RELS].wide * sizeof *s->sums);
  s->rel_dep = take(base, &at, n * h->rel * sizeof *s->rel_dep);
  s->rel_gov = take(base, &at, n * h->rel * sizeof *s->rel_gov);
  s->hidden = take(base, &at, n * h->rel);
  return at > end ? at : end;
}

size_t ch_analyser_scratch(const ChAnalyserHead *h, uint32_t words)
{
  ChScratch plan;
  return lay_out(&plan, h, words, NULL);
}

/* Scratch for all sentences of the report; the languages take turns in it. */
static void scratch_new(ChWork *w)
{
  uint32_t most[CH_LANGUAGES_MAX] = {0};
  size_t largest = 0;
  for (size_t i = 0; i < w->r->sentences.n; i++) {
    const ChSentence *s = &w->r->sentences.at[i];
    most[s->lang] = s->tokens > most[s->lang] ? s->tokens : most[s->lang];
  }
  for (int pass = 0; pass < 2; pass++) {
    char *base = pass ? ch_arena_alloc(w->r->arena, largest) : NULL;
    for (uint32_t l = 0; l < w->languages; l++) {
      if (!w->models[l].head || !most[l])
        continue;
      if (pass)
        w->scratch[l] = ch_arena_alloc(w->r->arena, sizeof *w->scratch[l]);
      size_t size = pass ? lay_out(w->scratch[l], w->models[l].head, most[l], base) : ch_analyser_scratch(w->models[l].head, most[l]);
      largest = size > largest ? size : largest;
    }
  }
}

static const int8_t *weights_of(const Work *k, ChLayerName name) { return k->a->weights + k->head->layers[name].weights; }

static uint32_t wide_of(const Work *k, ChLayerName name) { return k->head->layers[name].wide; }

/* A whole layer over all words, its outputs in 1/2^12, those of a word `wide_of` apart. */
static void layer(const Work *k, ChLayerName name, const int8_t *x, size_t ldx, int32_t *out)
{
  const ChLayer *l = &k->head->layers[name];
  ch_layers_sums(weights_of(k, name), l->wide, l->in, 0, l->in, x, ldx, k->n, k->a->numbers + l->start, out);
  for (uint32_t i = 0; i < k->n; i++)
    ch_layers_scale(out + (size_t)i * l->wide, l->out, k->a->numbers + l->scale, k->a->numbers + l->bias, l->shift);
}

/* ---- words to vectors ---- */

static void add_row(const ChAnalyser *a, uint32_t hash, int16_t *sum)
{
  for (uint32_t i = hash;; i++) {
    const ChFeatureSlot *slot = &a->slots[i & (a->n_slots - 1)];
    if (!slot->hash)
      return;
    if (slot->hash == hash) {
      ch_layers_add_row(a->rows + (size_t)slot->row * a->head->row, a->shifts[slot->row], a->head->row, sum);
      return;
    }
  }
}

/* The sum of a form's rows, made once. */
static const int16_t *sum_of(Work *k, ChType *t)
{
  ChFeature f[CH_ANALYSER_FEATURES];
  if (!t->sum) {
    t->sum = ch_arena_array(k->w->r->arena, k->head->row, sizeof *t->sum);
    size_t n = ch_analyser_features(k->w, t, f);
    for (size_t i = 0; i < n; i++)
      __builtin_prefetch(&k->a->slots[f[i].hash & (k->a->n_slots - 1)]);
    for (size_t i = 0; i < n; i++)
      add_row(k->a, f[i].hash, t->sum);
  }
  return t->sum;
}

static void embed(Work *k)
{
  enum { ROW = 512 };
  int16_t sum[ROW];
  int32_t wide[ROW];
  uint8_t marks[CH_SENTENCE_MOST];
  bool title = ch_analyser_title_case(k->w, k->types, k->n);
  ch_analyser_marks(k->w, k->lang, k->types, k->n, marks);
  for (uint32_t i = 0; i < k->n; i++) {
    memcpy(sum, sum_of(k, &k->w->types.at[k->types[i]]), k->head->row * sizeof *sum);
    if (title)
      add_row(k->a, ch_analyser_title().hash, sum);
    for (uint32_t bit = 0; marks[i] >> bit; bit++)
      if (marks[i] >> bit & 1)
        add_row(k->a, ch_analyser_mark(bit).hash, sum);
    for (uint32_t d = 0; d < k->head->row; d++)
      wide[d] = sum[d];
    ch_layers_bend(wide, k->head->row, k->s->x + (size_t)i * k->head->row);
  }
}

/* One direction of an LSTM layer. */
static void run_lstm(Work *k, ChLayerName name, bool backward, const int8_t *x, uint32_t depth, int8_t *out)
{
  const ChLayer *l = &k->head->layers[name];
  const int8_t *w = weights_of(k, name);
  uint32_t h = k->head->hidden, gates = 4 * h;
  const int8_t zero[512] = {0}, *before = zero;
  ch_layers_sums(w, gates, l->in, 0, depth, x, depth, k->n, k->a->numbers + l->start, k->s->sums);
  memset(k->s->cell, 0, h * sizeof *k->s->cell);
  for (uint32_t i = 0; i < k->n; i++) {
    uint32_t at = backward ? k->n - 1 - i : i;
    int8_t *to = out + (size_t)at * 2 * h + (backward ? h : 0);
    ch_layers_sums(w, gates, l->in, depth, h, before, h, 1, NULL, k->s->state);
    ch_layers_step(k->s->sums + (size_t)at * gates, k->s->state, k->a->numbers + l->scale, k->a->numbers + l->bias, l->shift, h,
                   k->s->cell, to);
    before = to;
  }
}

/* ---- heads of the network ---- */

static uint32_t best_of(const int32_t *score, uint32_t n)
{
  uint32_t b = 0;
  for (uint32_t i = 1; i < n; i++)
    b = score[i] > score[b] ? i : b;
  return b;
}

static bool is_name(const ChMorph *m) { return m->pos == CH_POS_PROPN && m->animate == 1; }

/* Must the word before `b` agree with it: an adjective or determiner with its noun, a given name with a surname? */
static bool is_pair(const ChMorph *a, const ChMorph *b)
{
  if (!a->kase || !b->kase)
    return false;
  bool modifier = a->pos == CH_POS_ADJ || a->pos == CH_POS_DET || (a->pos == CH_POS_VERB && a->form == CH_VERB_PART);
  return (modifier && b->pos == CH_POS_NOUN) || (is_name(a) && is_name(b));
}

static bool agree(const ChMorph *a, const ChMorph *b)
{
  return a->kase == b->kase && a->number == b->number && (!a->gender || !b->gender || a->gender == b->gender);
}

/* The best tag of the same part of speech as `tag` that agrees with `with`; `tag` where none does. */
static uint16_t agreeing(const Work *k, const int32_t *score, uint16_t tag, const ChMorph *with)
{
  const ChMorph *tags = k->a->tags, *m = &tags[tag];
  uint16_t best = tag;
  for (uint32_t t = 0; t < k->head->tags; t++)
    if (tags[t].pos == m->pos && tags[t].form == m->form && agree(&tags[t], with) && (best == tag || score[t] > score[best]))
      best = (uint16_t)t;
  return best;
}

/* Each word's tag is decided by itself; where two that must agree do not, the one gives way that loses least by it. */
static void make_agree(Work *k)
{
  enum { MOST = 4 << CH_ANALYSER_UNIT };
  uint32_t wide = wide_of(k, CH_LAYER_TAGS);
  uint16_t *tag = k->s->tags;
  for (uint32_t i = k->n; i-- > 1;) {
    const ChMorph *a = &k->a->tags[tag[i - 1]], *b = &k->a->tags[tag[i]];
    const int32_t *sa = k->s->sums + (size_t)(i - 1) * wide, *sb = k->s->sums + (size_t)i * wide;
    if (!is_pair(a, b) || agree(a, b))
      continue;
    uint16_t na = agreeing(k, sa, tag[i - 1], b), nb = agreeing(k, sb, tag[i], a);
    int32_t la = na == tag[i - 1] ? INT32_MAX : sa[tag[i - 1]] - sa[na], lb = nb == tag[i] ? INT32_MAX : sb[tag[i]] - sb[nb];
    if (la <= lb && la < MOST)
      tag[i - 1] = na;
    else if (lb < la && lb < MOST)
      tag[i] = nb;
  }
}

static size_t candidates_of(const Work *k, uint32_t i, ChCandidate out[CH_ANALYSER_CANDIDATES])
{
  return ch_analyser_candidates(&k->w->types.at[k->types[i]], out);
}

static void decide_tags(Work *k)
{
  uint32_t h = k->head->hidden, n = k->head->tags;
  ChCandidate c[CH_ANALYSER_CANDIDATES];
  layer(k, CH_LAYER_TAGS, k->s->out[1], 2 * h, k->s->sums);
  for (uint32_t i = 0; i < k->n; i++) {
    int32_t *score = k->s->sums + (size_t)i * wide_of(k, CH_LAYER_TAGS);
    size_t count = candidates_of(k, i, c);
    for (size_t j = 0; j < count; j++) {
      uint32_t tag = c[j].tag < k->a->n_of_lexicon ? k->a->of_lexicon[c[j].tag] : UINT16_MAX;
      if (tag < n)
        score[tag] += k->head->bonus[c[j].bonus];
    }
    k->s->tags[i] = (uint16_t)best_of(score, n);
  }
  make_agree(k);
  for (uint32_t i = 0; i < k->n; i++) {
    size_t count = candidates_of(k, i, c);
    ch_tags_set(k->w, &k->tokens[i], &k->w->types.at[k->types[i]], &k->a->tags[k->s->tags[i]], c, count);
  }
}

/* The best sequence of labels in which no inside stands without its beginning. */
static void decide_names(Work *k)
{
  int32_t best[CH_NAME_TAGS], next[CH_NAME_TAGS];
  uint32_t n = CH_NAME_TAGS, wide = wide_of(k, CH_LAYER_NAMES);
  layer(k, CH_LAYER_NAMES, k->s->out[1], 2 * k->head->hidden, k->s->sums);
  for (uint32_t t = 0; t < n; t++)
    best[t] = t && t % 2 == 0 ? INT32_MIN / 2 : k->s->sums[t];
  for (uint32_t i = 1; i < k->n; i++) {
    uint32_t any = best_of(best, n);
    for (uint32_t t = 0; t < n; t++) {
      uint32_t from = any;
      if (t && t % 2 == 0) /* CH_NAME_B_x = 2 x - 1, CH_NAME_I_x = 2 x */
        from = best[t] >= best[t - 1] ? t : t - 1;
      k->s->from[i][t] = (uint8_t)from;
      next[t] = best[from] + k->s->sums[(size_t)i * wide + t];
    }
    int32_t most = next[best_of(next, n)];
    for (uint32_t t = 0; t < n; t++)
      best[t] = next[t] - most < INT32_MIN / 2 ? INT32_MIN / 2 : next[t] - most;
  }
  uint32_t t = best_of(best, n);
  for (uint32_t i = k->n; i-- > 0; t = i ? k->s->from[i][t] : 0) {
    k->tokens[i].name = (uint8_t)t;
  }
}

static int16_t held16(int32_t v) { return (int16_t)(v < -INT16_MAX ? -INT16_MAX : v > INT16_MAX ? INT16_MAX : v); }

/* Scores of all arcs in 1/2^12, as ch_tree_best wants them. Governors farther than FAR words are none but the root. */
static void score_arcs(Work *k)
{
  enum { FAR = 160 };
  const ChAnalyserHead *h = k->head;
  ChScratch *s = k->s;
  uint32_t a = h->arc, n = k->n;
  int8_t root[512];
  for (uint32_t d = 0; d < a; d++)
    root[d] = (int8_t)k->a->numbers[h->arc_root + d];
  layer(k, CH_LAYER_DEPENDENT, s->out[1], 2 * h->hidden, s->sums);
  ch_layers_bend(s->sums, (size_t)n * a, s->dep);
  layer(k, CH_LAYER_GOVERNOR, s->out[1], 2 * h->hidden, s->sums);
  ch_layers_bend(s->sums, (size_t)n * a, s->gov);
  layer(k, CH_LAYER_DISTANCE, s->dep, a, s->distance);
  layer(k, CH_LAYER_ARC, s->dep, a, s->sums);
  for (size_t i = 0; i < (size_t)n * a; i++)
    s->arc[i] = held16(s->sums[i] >> 4);
  for (uint32_t i = 1; i <= n; i++) {
    int32_t *score = s->score + (size_t)i * (n + 1);
    const int16_t *arc = s->arc + (size_t)(i - 1) * a;
    const int32_t *distance = s->distance + (size_t)(i - 1) * wide_of(k, CH_LAYER_DISTANCE);
    for (uint32_t j = 0; j <= n; j++) {
      if (j && (j + FAR < i || j > i + FAR)) {
        score[j] = -(1 << 21);
        continue;
      }
      int32_t sum = ch_layers_dot(arc, j ? s->gov + (size_t)(j - 1) * a : root, a) / 8 + distance[ch_analyser_bucket(i, j)];
      score[j] = sum < -(1 << 21) ? -(1 << 21) : sum > 1 << 21 ? 1 << 21 : sum;
    }
  }
}

/* The governors that score best, each word for itself, and by how much, in 1/2^8. */
static void best_arcs(Work *k)
{
  uint32_t n = k->n;
  k->s->heads[0] = 0;
  for (uint32_t i = 1; i <= n; i++) {
    const int32_t *score = k->s->score + (size_t)i * (n + 1);
    uint32_t best = 0;
    int32_t second = INT32_MIN;
    for (uint32_t j = 1; j <= n; j++) {
      if (j == i)
        continue;
      if (score[j] > score[best])
        second = score[best], best = j;
      else if (score[j] > second)
        second = score[j];
    }
    int64_t by = ((int64_t)score[best] - second) >> 4;
    k->s->heads[i] = best;
    k->tokens[i - 1].margin = (uint16_t)(by > UINT16_MAX ? UINT16_MAX : by);
  }
}

/* Are these governors a tree with one root? */
static bool is_tree(Work *k)
{
  const uint32_t *heads = k->s->heads;
  uint32_t n = k->n, roots = 0;
  uint8_t seen[CH_SENTENCE_MOST + 1];
  memset(seen, 0, n + 1);
  for (uint32_t i = 1; i <= n; i++) {
    uint32_t at = i;
    roots += heads[i] == 0;
    while (at && !seen[at]) {
      seen[at] = 1;
      at = heads[at];
    }
    if (at && seen[at] == 1)
      return false;
    for (at = i; at && seen[at] == 1; at = heads[at])
      seen[at] = 2;
  }
  return roots == 1;
}

static void decide_tree(Work *k)
{
  ChScratch *s = k->s;
  score_arcs(k);
  best_arcs(k);
  bool tree = is_tree(k);
  if (!tree) {
    memcpy(s->wanted, s->heads, (k->n + 1) * sizeof *s->heads);
    ch_tree_best(s->score, k->n, s->heads, s->tree);
  }
  for (uint32_t i = 1; i <= k->n; i++) {
    ChToken *t = &k->tokens[i - 1];
    t->head = s->heads[i] ? k->first + s->heads[i] - 1 : CH_NONE;
    if (!tree && s->heads[i] != s->wanted[i])
      t->margin = 0;
  }
}

static void decide_rels(Work *k)
{
  const ChAnalyserHead *h = k->head;
  ChScratch *s = k->s;
  uint32_t rel = h->rel;
  const int32_t *root = k->a->numbers + h->rel_root, *distance = k->a->numbers + h->rel_distance;
  layer(k, CH_LAYER_REL_DEPENDENT, s->out[1], 2 * h->hidden, s->rel_dep);
  layer(k, CH_LAYER_REL_GOVERNOR, s->out[1], 2 * h->hidden, s->rel_gov);
  for (uint32_t i = 0; i < k->n; i++) {
    uint32_t head = s->heads[i + 1];
    ch_layers_bend3(s->rel_dep + (size_t)i * rel, head ? s->rel_gov + (size_t)(head - 1) * rel : root,
                    distance + (size_t)ch_analyser_bucket(i + 1, head) * rel, rel, s->hidden + (size_t)i * rel);
  }
  layer(k, CH_LAYER_RELS, s->hidden, rel, s->sums);
  for (uint32_t i = 0; i < k->n; i++) {
    int32_t *score = s->sums + (size_t)i * wide_of(k, CH_LAYER_RELS);
    score[CH_REL_NONE] = score[CH_REL_ROOT] = INT32_MIN;
    k->tokens[i].rel = s->heads[i + 1] ? (uint8_t)best_of(score, CH_RELS) : (uint8_t)CH_REL_ROOT;
  }
}

/* "Was received": what the tree gives an auxiliary of the passive is a participle, where the lexicon has the form as one, though it has it as
 * an adjective too. */
static void passives(Work *k)
{
  ChCandidate c[CH_ANALYSER_CANDIDATES];
  for (uint32_t i = 0; i < k->n; i++) {
    uint32_t head = k->s->heads[i + 1];
    if (k->tokens[i].rel != CH_REL_AUX_PASS || !head || k->tokens[head - 1].morph.pos != CH_POS_ADJ)
      continue;
    size_t count = candidates_of(k, head - 1, c);
    for (size_t j = 0; j < count; j++) {
      uint32_t tag = c[j].tag < k->a->n_of_lexicon ? k->a->of_lexicon[c[j].tag] : UINT16_MAX;
      const ChMorph *m = tag < k->head->tags ? &k->a->tags[tag] : NULL;
      if (!m || m->pos != CH_POS_VERB || m->form != CH_VERB_PART || m->voice != CH_VOICE_PASS || m->kase)
        continue;
      ch_tags_set(k->w, &k->tokens[head - 1], &k->w->types.at[k->types[head - 1]], m, c, count);
      break;
    }
  }
}

void ch_analyser_sentence(ChWork *w, uint32_t sentence)
{
  const ChSentence *sent = &w->r->sentences.at[sentence];
  const ChAnalyser *a = &w->models[sent->lang];
  Work k = {.w = w, .a = a, .head = a->head, .lang = sent->lang, .first = sent->token, .n = sent->tokens};
  if (!a->head || !k.n) {
    ch_tags_plain(w, sentence);
    return;
  }
  if (!w->scratch[sent->lang] || w->scratch[sent->lang]->most < k.n)
    scratch_new(w);
  k.s = w->scratch[sent->lang];
  k.types = w->of.at + sent->token;
  k.tokens = w->r->tokens.at + sent->token;
  embed(&k);
  run_lstm(&k, CH_LAYER_FORTH_1, false, k.s->x, a->head->row, k.s->out[0]);
  run_lstm(&k, CH_LAYER_BACK_1, true, k.s->x, a->head->row, k.s->out[0]);
  run_lstm(&k, CH_LAYER_FORTH_2, false, k.s->out[0], 2 * a->head->hidden, k.s->out[1]);
  run_lstm(&k, CH_LAYER_BACK_2, true, k.s->out[0], 2 * a->head->hidden, k.s->out[1]);
  decide_tags(&k);
  decide_names(&k);
  decide_tree(&k);
  decide_rels(&k);
  passives(&k);
}
