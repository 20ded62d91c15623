/* What the analyser sees of a form, and the tags that the lexicon gives it. */
#include "language/analyser.h"
#include "world/world.h"

static uint32_t mix(uint32_t kind, uint64_t a)
{
  uint64_t h = (a + (kind + 1) * 0x632BE59BD9B4E019u) * 0x9E3779B97F4A7C15u;
  h = (h ^ h >> 29) * 0xBF58476D1CE4E5B9u;
  uint32_t out = (uint32_t)(h >> 32);
  return out ? out : 1;
}

static uint64_t tag_value(const ChMorph *m)
{
  uint64_t a = 0;
  uint32_t b = 0;
  memcpy(&a, m, 8);
  memcpy(&b, (const char *)m + 8, 4);
  return a * 0x9E3779B97F4A7C15u ^ b * 0xC2B2AE3D27D4EB4Fu;
}

typedef struct List {
  ChFeature *at;
  size_t n;
} List;

static void add(List *l, ChFeatureKind kind, uint32_t part, uint64_t value)
{
  uint32_t hash = mix((uint32_t)kind * 16u + part, value);
  for (size_t i = 0; i < l->n; i++)
    if (l->at[i].hash == hash)
      return;
  if (l->n < CH_ANALYSER_FEATURES)
    l->at[l->n++] = (ChFeature){hash, (uint8_t)kind};
}

static void add_readings(const ChWork *w, List *l, const ChType *t)
{
  enum { TAGS = 32, LEMMAS = 3 };
  const ChLexicon *x = &w->lexicons[t->lang];
  ChSlice norm = ch_report_word(w->r, t->norm);
  size_t lemmas = l->n;
  for (uint32_t i = 0; t->known && i < t->n && l->n - lemmas < LEMMAS; i++) {
    char lemma[CH_FOLD_MAX];
    size_t n = ch_lexicon_lemma(x, norm, &t->readings[i], lemma);
    add(l, CH_FEATURE_LEMMA, 0, ch_slice_hash(ch_slice(lemma, n)));
  }
  for (uint32_t i = 0; i < t->n && i < TAGS; i++)
    add(l, t->known ? CH_FEATURE_READING : CH_FEATURE_GUESS, 0, tag_value(&x->tags[t->readings[i].tag]));
  for (uint32_t i = 0; !t->known && i < t->n_proper && i < TAGS / 2; i++)
    add(l, CH_FEATURE_NAME, 1, tag_value(&x->tags[t->proper[i].tag]));
}

size_t ch_analyser_features(const ChWork *w, const ChType *t, ChFeature out[CH_ANALYSER_FEATURES])
{
  List l = {.at = out};
  ChSlice norm = ch_report_word(w->r, t->norm);
  add(&l, CH_FEATURE_ALWAYS, 0, 0);
  add(&l, CH_FEATURE_FORM, 0, t->hash);
  for (uint32_t k = 0; k < 5; k++)
    if (t->suffix[k])
      add(&l, CH_FEATURE_ENDING, k, t->suffix[k]);
  size_t at = 0;
  for (uint32_t k = 0; k < 4 && at < norm.n; k++) {
    for (at++; at < norm.n && ((unsigned char)norm.p[at] & 0xC0) == 0x80; at++)
      continue;
    add(&l, CH_FEATURE_BEGINNING, k, ch_slice_hash(ch_slice(norm.p, at)));
  }
  for (uint32_t k = 0; k < CH_CLUSTER_LEVELS; k++)
    if (t->clusters[k])
      add(&l, k < CH_CLUSTER_STEPS ? CH_FEATURE_CLUSTER : CH_FEATURE_CLUSTER_2, k % CH_CLUSTER_STEPS, t->clusters[k]);
  add(&l, CH_FEATURE_SHAPE, 0, t->shape);
  add(&l, CH_FEATURE_CLASS, t->known, t->ambiguity);
  add(&l, CH_FEATURE_NAME, 0, (uint64_t)t->known << 1 | (t->n_proper > 0));
  add_readings(w, &l, t);
  return l.n;
}

ChFeature ch_analyser_title(void) { return (ChFeature){mix(CH_FEATURE_TITLE * 16u, 0), CH_FEATURE_TITLE}; }

ChFeature ch_analyser_mark(uint32_t bit) { return (ChFeature){mix(CH_FEATURE_WORLD * 16u + bit, 0), CH_FEATURE_WORLD}; }

static uint32_t mark_kind(uint32_t ref)
{
  ChWorldWay way = ch_ref_way(ref);
  switch (ch_ref_type(ref)) {
  case CH_WORLD_PERSON:
    return 0;
  case CH_WORLD_BODY:
  case CH_WORLD_OUTLET:
    return 1;
  case CH_WORLD_STATE:
  case CH_WORLD_PLACE:
    return way == CH_WAY_ADJECTIVE || way == CH_WAY_DEMONYM ? 3 : way == CH_WAY_MINISTRY ? 1 : 2;
  default:
    return CH_NONE;
  }
}

/* Marks the longest name of each kind that begins at word i. */
static void mark_from(const ChWork *w, const ChPhrases *trie, const uint32_t *types, uint32_t i, uint32_t n, uint8_t *marks)
{
  enum { LONGEST = 12 };
  uint32_t ends[CH_ANALYSER_MARKS / 2] = {0}, node = CH_PHRASE_ROOT;
  for (uint32_t k = i; k < n && k < i + LONGEST; k++) {
    const ChType *t = &w->types.at[types[k]];
    uint32_t next = t->caps ? ch_phrases_step(trie, node, t->caps) : 0;
    node = next ? next : ch_phrases_step(trie, node, t->key);
    if (!node)
      break;
    size_t count;
    const ChPhraseValue *v = ch_phrases_values(trie, node, &count);
    for (size_t c = 0; c < count; c++) {
      uint32_t kind = mark_kind(v[c].value);
      if (kind != CH_NONE)
        ends[kind] = k + 1;
    }
  }
  for (uint32_t kind = 0; kind < CH_ANALYSER_MARKS / 2; kind++)
    for (uint32_t k = i; k < ends[kind]; k++)
      marks[k] |= (uint8_t)(1u << (2 * kind + (k > i)));
}

void ch_analyser_marks(const ChWork *w, uint8_t lang, const uint32_t *types, uint32_t n, uint8_t *marks)
{
  const ChPhrases *trie = &w->names[lang];
  memset(marks, 0, n);
  for (uint32_t i = 0; trie->slots && i < n; i++)
    if (w->types.at[types[i]].flags & (CH_TOKEN_CAPITAL | CH_TOKEN_ACRONYM))
      mark_from(w, trie, types, i, n, marks);
}

bool ch_analyser_title_case(const ChWork *w, const uint32_t *types, uint32_t n)
{
  uint32_t words = 0, capitals = 0;
  for (uint32_t i = 0; i < n; i++) {
    const ChType *t = &w->types.at[types[i]];
    if (t->flags & (CH_TOKEN_PUNCT | CH_TOKEN_NUMBER))
      continue;
    words++;
    capitals += (t->flags & CH_TOKEN_CAPITAL) != 0;
  }
  return words >= 4 && capitals * 10 >= words * 6;
}

size_t ch_analyser_candidates(const ChType *t, ChCandidate out[CH_ANALYSER_CANDIDATES])
{
  size_t n = 0;
  for (uint32_t part = 0; part < 2; part++) {
    const ChReading *r = part ? t->proper : t->readings;
    uint8_t bonus = (uint8_t)(part ? 2 + t->known : !t->known);
    for (uint32_t i = 0; i < (part ? t->n_proper : t->n); i++) {
      bool seen = n == CH_ANALYSER_CANDIDATES;
      for (size_t k = 0; k < n && !seen; k++)
        seen = out[k].tag == r[i].tag;
      if (!seen)
        out[n++] = (ChCandidate){r[i].tag, bonus, &r[i]};
    }
  }
  return n;
}

uint32_t ch_analyser_bucket(uint32_t word, uint32_t governor)
{
  static const uint8_t far[] = {5, 5, 5, 6, 6, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9};
  if (!governor)
    return CH_ANALYSER_BUCKETS - 1;
  bool before = governor < word;
  uint32_t d = before ? word - governor : governor - word;
  uint32_t b = d <= 5 ? d - (d > 0) : d - 6 < sizeof far ? far[d - 6] : 10;
  return before ? b : 11 + b;
}
