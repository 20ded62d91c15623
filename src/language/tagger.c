#include "language/tagger.h"

#include "base/utf8.h"

static uint64_t mix(uint64_t a, uint64_t b)
{
  uint64_t h = (a + 0x632BE59BD9B4E019u) * 0x9E3779B97F4A7C15u ^ b;
  h = (h ^ h >> 29) * 0xBF58476D1CE4E5B9u;
  return h ^ h >> 32;
}

static uint64_t hash_tag(const ChMorph *m)
{
  uint64_t a = 0;
  uint32_t b;
  memcpy(&a, m, 8);
  memcpy(&b, (const char *)m + 8, 4);
  return mix(a, b) | 1;
}

/* A tag in one word, case, number and gender lowest. */
static uint64_t pack_tag(const ChMorph *m)
{
  uint64_t high = m->pos | (uint64_t)m->tense << 5 | (uint64_t)m->aspect << 7 | (uint64_t)m->mood << 9 | (uint64_t)m->form << 11 |
                  (uint64_t)m->voice << 14 | (uint64_t)m->degree << 16 | (uint64_t)m->person << 18 | (uint64_t)m->animate << 20;
  return m->kase | (uint64_t)m->number << 3 | (uint64_t)m->gender << 5 | high << 7 | (uint64_t)1 << 40;
}
#define AGREEMENT(tag) ((tag) & 127)

size_t ch_tagger_parts(const ChMorph *m, uint16_t out[CH_TAG_PARTS])
{
  size_t n = 0;
  uint32_t base = 0;
#define PART(value, size) (out[n++] = (uint16_t)(base + (value)), base += (size))
#define SKIP(size) (base += (size))
  PART(m->pos, 17u);
  PART(m->pos * 7u + m->kase, 17u * 7);
  PART(m->kase * 12u + m->number * 4u + m->gender, 7u * 12);
  PART(m->pos * 3u + m->number, 17u * 3);
  PART(m->gender * 3u + m->animate, 12u);
  if (m->form)
    PART(m->form * 16u + m->tense * 4u + m->mood, 6u * 16);
  else
    SKIP(6u * 16);
  if (m->form)
    PART(m->aspect * 4u + m->voice, 12u);
  else
    SKIP(12u);
  if (m->person || m->form)
    PART(m->person * 3u + m->number, 12u);
  else
    SKIP(12u);
  if (m->degree)
    PART(m->degree * 17u + m->pos, 4u * 17);
  else
    SKIP(4u * 17);
  PART(hash_tag(m) >> 40 & 4095u, 4096u);
#undef PART
#undef SKIP
  return n;
}

/* ---- features ---- */

static const ChType *type_at(const ChTagSequence *s, int64_t i)
{
  return i < 0 || i >= (int64_t)s->n ? NULL : &s->w->types.at[s->types[i]];
}

static bool first_word(const ChTagSequence *s, uint32_t i)
{
  while (i-- > s->from)
    if (!(type_at(s, i)->flags & CH_TOKEN_PUNCT))
      return false;
  return true;
}

static uint32_t shape_of(const ChTagSequence *s, uint32_t i)
{
  const ChType *t = type_at(s, i);
  bool plain = s->no_capitals || ((t->shape & 7) && first_word(s, i));
  return plain ? (t->shape & ~7u) | 5 : t->shape;
}

size_t ch_tagger_features(const ChTagSequence *s, uint32_t i, uint32_t out[CH_TAG_FEATURES])
{
  const ChType *none = &(const ChType){.hash = 1, .ambiguity = 3};
  const ChType *t = type_at(s, i), *p1 = type_at(s, (int64_t)i - 1), *p2 = type_at(s, (int64_t)i - 2), *n1 = type_at(s, (int64_t)i + 1),
               *n2 = type_at(s, (int64_t)i + 2);
  uint64_t g1 = p1 ? s->tags[i - 1] : 5, g2 = p2 ? s->tags[i - 2] : 5;
  uint64_t shape = shape_of(s, i);
  size_t n = 0;
  uint64_t template = 0;
  p1 = p1 ? p1 : none, p2 = p2 ? p2 : none, n1 = n1 ? n1 : none, n2 = n2 ? n2 : none;
#define F(a, b)                                                                                                                  \
  do {                                                                                                                           \
    uint32_t h = (uint32_t)mix(mix(++template, (a)), (b));                                                                       \
    out[n++] = h ? h : 1;                                                                                                        \
  } while (0)
  F(0, 0);
  F(t->hash, 0);
  F(t->suffix[0], 0);
  F(t->suffix[1], 0);
  F(t->suffix[2], 0);
  F(t->suffix[3], 0);
  F(t->suffix[2], shape);
  F(shape, 0);
  F(t->ambiguity, 0);
  F(g1, 0);
  F(g1, g2);
  F(p1->hash, 0);
  F(p2->hash, 0);
  F(n1->hash, 0);
  F(n2->hash, 0);
  F(n1->ambiguity, 0);
  F(n2->ambiguity, 0);
  F(n1->suffix[2], 0);
  F(n1->suffix[1], g1);
  F(t->ambiguity, g1);
  F(t->ambiguity, n1->ambiguity);
  F(mix(t->ambiguity, g1), n1->ambiguity);
  F(mix(t->ambiguity, g1), g2);
  F(t->hash, g1);
  F(t->hash, n1->ambiguity);
  F(t->hash, n1->hash);
  F(t->hash, p1->hash);
  F(t->suffix[2], g1);
  F(t->suffix[1], mix(g1, g2));
  F(s->prep, t->ambiguity);
  F(s->prep, t->suffix[1]);
  F(mix(n1->ambiguity, n2->ambiguity), t->ambiguity);
  F(p1->hash, t->ambiguity);
  F(n1->hash, t->ambiguity);
  F(shape, g1);
  F(AGREEMENT(g1), 0);
  F(AGREEMENT(g1), t->ambiguity);
  F(AGREEMENT(g2), AGREEMENT(g1));
  F(s->clause | 16, t->ambiguity);
  F(s->clause | 16, mix(t->ambiguity, s->prep));
  F(mix(shape, (n1->shape & 7) | 256), t->ambiguity ? 1 : 0);
#undef F
  return n;
}

/* ---- candidates ---- */

static size_t add(ChTagCandidate *out, size_t n, const ChReading *r)
{
  for (size_t i = 0; i < n; i++)
    if (out[i].tag == r->tag)
      return n;
  if (n < CH_TAG_CANDIDATES)
    out[n++] = (ChTagCandidate){r->tag, r};
  return n;
}

/* Is a word that the lexicon lacks a name, by its capital here or elsewhere in the report? */
static bool surely_name(const ChTagSequence *s, uint32_t i, const ChType *t)
{
  if (t->known || (t->shape & 32))
    return false;
  return (!s->no_capitals && !first_word(s, i)) || ch_types_seen_inside(s->w, t->key);
}

size_t ch_tagger_candidates(const ChTagSequence *s, uint32_t i, ChTagCandidate out[CH_TAG_CANDIDATES])
{
  const ChType *t = type_at(s, i);
  const ChMorph *tags = s->w->lexicons[s->lang].tags;
  size_t n = 0;
  bool name = t->n_proper && surely_name(s, i, t);
  for (uint32_t k = 0; k < t->n; k++)
    if (!name || tags[t->readings[k].tag].pos == CH_POS_PROPN || tags[t->readings[k].tag].pos == CH_POS_ADJ)
      n = add(out, n, &t->readings[k]);
  if (!t->n_proper || (t->known && (s->no_capitals || first_word(s, i))))
    return n;
  for (size_t k = 0; k < n; k++)
    if (tags[out[k].tag].pos == CH_POS_PROPN && tags[out[k].tag].number != CH_NUMBER_PLUR)
      return n;
  for (uint32_t k = 0; k < t->n_proper; k++)
    n = add(out, n, &t->proper[k]);
  return n;
}

static bool is_symbol(uint32_t cp)
{
  return (cp && cp < 0x80 && strchr("$%+=<>&#@^|~", (int)cp)) || cp == 0xA3 || cp == 0xA5 || cp == 0xA7 || cp == 0xA9 ||
         cp == 0xAE || cp == 0xB0 || cp == 0xB1 ||
         (cp >= 0x20A0 && cp <= 0x20CF) || cp == 0x2116 || cp == 0x2122;
}

ChMorph ch_tagger_fixed(const ChWork *w, const ChType *t)
{
  ChSlice form = ch_report_word(w->r, t->form);
  ChMorph m = {0};
  if (t->flags & CH_TOKEN_NUMBER) {
    uint32_t last = 0;
    for (size_t i = 0, used; i < form.n; i += used)
      last = ch_utf8_decode(form.p + i, form.n - i, &used);
    m.pos = ch_cp_letter(last) ? CH_POS_ADJ : CH_POS_NUM;
  } else if (t->flags & CH_TOKEN_PUNCT) {
    m.pos = is_symbol(ch_text_at(form, 0, NULL)) ? CH_POS_SYM : CH_POS_PUNCT;
  } else {
    m.pos = t->flags & CH_TOKEN_CAPITAL ? CH_POS_PROPN : CH_POS_X;
  }
  return m;
}

void ch_tagger_decide(ChTagSequence *s, uint32_t i, const ChMorph *m)
{
  s->tags[i] = pack_tag(m);
  bool nominal = m->pos == CH_POS_NOUN || m->pos == CH_POS_PROPN || m->pos == CH_POS_PRON;
  if (m->pos == CH_POS_PUNCT)
    s->clause = 0;
  s->clause |= m->form == CH_VERB_FIN ? 1u : 0u;
  s->clause |= nominal && m->kase == CH_CASE_NOM ? 2u : 0u;
  s->clause |= nominal && m->kase == CH_CASE_ACC ? 4u : 0u;
  s->clause |= m->form == CH_VERB_INF ? 8u : 0u;
  if (m->pos == CH_POS_ADP)
    s->prep = type_at(s, i)->hash;
  else if (m->pos == CH_POS_NOUN || m->pos == CH_POS_PROPN || m->pos == CH_POS_VERB || m->pos == CH_POS_PRON || m->pos == CH_POS_PUNCT)
    s->prep = 0;
}

/* ---- the stage ---- */

enum { SLOTS = CH_TAG_CANDIDATES * CH_TAG_PARTS + 1 };

/* Scores of the parts by which the candidates differ; those that all have cannot decide. */
typedef struct Scores {
  uint16_t slot[CH_TAG_PART_MOST]; /* of a part, 0 = not needed; all 0 between words */
  uint16_t part[SLOTS];
  uint16_t times[SLOTS]; /* candidates that have it */
  int32_t score[SLOTS];
  uint16_t of[CH_TAG_CANDIDATES][CH_TAG_PARTS], parts[CH_TAG_CANDIDATES];
  uint32_t n;
} Scores;

static void need_parts(const ChTagSequence *s, const ChTagCandidate *c, size_t n, Scores *sc)
{
  sc->n = 0;
  for (size_t k = 0; k < n; k++) {
    sc->parts[k] = (uint16_t)ch_tagger_parts(&s->w->lexicons[s->lang].tags[c[k].tag], sc->of[k]);
    for (uint32_t p = 0; p < sc->parts[k]; p++) {
      uint16_t *slot = &sc->slot[sc->of[k][p]];
      if (!*slot) {
        *slot = (uint16_t)++sc->n;
        sc->part[sc->n] = sc->of[k][p];
        sc->times[sc->n] = 0;
        sc->score[sc->n] = 0;
      }
      sc->times[*slot]++;
    }
  }
  uint32_t kept = 0;
  for (uint32_t i = 1; i <= sc->n; i++) {
    uint16_t part = sc->part[i];
    sc->slot[part] = 0;
    if (sc->times[i] == n)
      continue;
    sc->part[++kept] = part;
    sc->score[kept] = 0;
    sc->slot[part] = (uint16_t)kept;
  }
  sc->n = kept;
}

static const ChTagSlot *find_slot(const ChTagModel *m, uint32_t hash)
{
  for (uint32_t i = hash;; i++) {
    const ChTagSlot *slot = &m->slots[i & (m->n_slots - 1)];
    if (slot->hash == hash)
      return slot;
    if (!slot->hash)
      return NULL;
  }
}

/* Adds the weights of one feature: all of them, or, of many, those of the parts needed by search. */
static void add_feature(const ChTagModel *m, Scores *sc, const ChTagSlot *slot)
{
  const ChTagWeight *w = &m->weights[slot->first];
  if (slot->n <= sc->n * 16) {
    for (uint32_t k = 0; k < slot->n; k++)
      sc->score[sc->slot[w[k].part]] += w[k].value;
    return;
  }
  for (uint32_t p = 1; p <= sc->n; p++) {
    uint32_t lo = 0, hi = slot->n;
    while (lo < hi) {
      uint32_t mid = lo + (hi - lo) / 2;
      if (w[mid].part < sc->part[p])
        lo = mid + 1;
      else
        hi = mid;
    }
    if (lo < slot->n && w[lo].part == sc->part[p])
      sc->score[p] += w[lo].value;
  }
}

static size_t best_of(const ChTagModel *m, const ChTagSequence *s, uint32_t i, const ChTagCandidate *c, size_t n, Scores *sc)
{
  uint32_t features[CH_TAG_FEATURES];
  size_t count = ch_tagger_features(s, i, features), best = 0;
  int32_t most = INT32_MIN;
  need_parts(s, c, n, sc);
  /* three passes, so that the memory that they wait for is on its way */
  const ChTagSlot *slots[CH_TAG_FEATURES];
  size_t found = 0;
  for (size_t f = 0; f < count; f++)
    __builtin_prefetch(&m->slots[features[f] & (m->n_slots - 1)]);
  for (size_t f = 0; f < count; f++) {
    slots[found] = find_slot(m, features[f]);
    if (slots[found])
      __builtin_prefetch(&m->weights[slots[found++]->first]);
  }
  for (size_t f = 0; f < found; f++)
    add_feature(m, sc, slots[f]);
  sc->score[0] = 0;
  for (size_t k = 0; k < n; k++) {
    int32_t score = 0;
    for (uint32_t p = 0; p < sc->parts[k]; p++)
      score += sc->score[sc->slot[sc->of[k][p]]];
    if (score > most)
      most = score, best = k;
  }
  for (uint32_t p = 1; p <= sc->n; p++)
    sc->slot[sc->part[p]] = 0;
  return best;
}

/* Without a model: the first reading, a name's where a capital stands inside the sentence. */
static size_t default_of(const ChTagSequence *s, uint32_t i, const ChTagCandidate *c, size_t n)
{
  const ChType *t = type_at(s, i);
  bool name = (t->flags & CH_TOKEN_CAPITAL) && !s->no_capitals && !first_word(s, i);
  for (size_t k = 0; k < n; k++)
    if ((s->w->lexicons[s->lang].tags[c[k].tag].pos == CH_POS_PROPN) == name)
      return k;
  return 0;
}

static void set_token(ChTagSequence *s, ChToken *tok, const ChType *t, const ChTagCandidate *c)
{
  const ChLexicon *l = &s->w->lexicons[s->lang];
  ChReport *r = s->w->r;
  char lemma[CH_FOLD_MAX], key[CH_FOLD_MAX];
  if (!c) {
    tok->morph = ch_tagger_fixed(s->w, t);
    return;
  }
  tok->morph = l->tags[c->tag];
  size_t n = ch_lexicon_lemma(l, ch_report_word(r, t->norm), c->reading, lemma);
  tok->lemma = ch_words_id(&r->words, ch_slice(lemma, n));
  if (tok->lemma == tok->norm) {
    tok->lemma_key = tok->key;
    return;
  }
  n = ch_fold_key(&s->w->cues[s->lang].fold, ch_slice(lemma, n), key);
  tok->lemma_key = ch_words_id(&r->words, ch_slice(key, n));
}

/* Do capitals tell nothing here? Most words of a title may have them. */
static bool title_case(const ChTagSequence *s)
{
  uint32_t words = 0, capitals = 0;
  for (uint32_t i = s->from; i < s->n; i++) {
    const ChType *t = type_at(s, i);
    if (t->flags & (CH_TOKEN_PUNCT | CH_TOKEN_NUMBER))
      continue;
    words++;
    capitals += (t->flags & CH_TOKEN_CAPITAL) != 0;
  }
  return words >= 4 && capitals * 10 >= words * 6;
}

/* ---- agreement ---- */

static bool is_name(const ChMorph *m) { return m->pos == CH_POS_PROPN && m->animate == 1; }

/* May the word before `b` have to agree with it: an adjective or determiner with its noun, a given name with a surname? */
static bool pair(const ChMorph *a, const ChMorph *b)
{
  if (!a->kase || !b->kase)
    return false;
  bool modifier = a->pos == CH_POS_ADJ || a->pos == CH_POS_DET || (a->pos == CH_POS_VERB && a->form == CH_VERB_PART);
  return (modifier && (b->pos == CH_POS_NOUN || b->pos == CH_POS_ADJ)) || (is_name(a) && is_name(b));
}

static bool agrees(const ChMorph *a, const ChMorph *b)
{
  return a->kase == b->kase && a->number == b->number && (!a->gender || !b->gender || a->gender == b->gender);
}

/* Gives token i the reading of its part of speech that agrees with `with`; false where it has none. */
static bool make_agree(ChTagSequence *s, uint32_t first, uint32_t i, const ChMorph *with)
{
  ChTagCandidate c[CH_TAG_CANDIDATES];
  ChToken *tok = &s->w->r->tokens.at[first + i];
  size_t n = ch_tagger_candidates(s, i, c);
  for (size_t k = 0; k < n; k++) {
    const ChMorph *m = &s->w->lexicons[s->lang].tags[c[k].tag];
    if (m->pos == tok->morph.pos && m->form == tok->morph.form && agrees(m, with)) {
      set_token(s, tok, type_at(s, i), &c[k]);
      return true;
    }
  }
  return false;
}

/* The tagger decides word by word; where a modifier and its head disagree, the one that can yields: the modifier first, as the head
 * was decided with more in sight. */
static void repair(ChTagSequence *s, uint32_t first)
{
  for (uint32_t i = s->n; i-- > 1;) {
    const ChMorph a = s->w->r->tokens.at[first + i - 1].morph, b = s->w->r->tokens.at[first + i].morph;
    if (!pair(&a, &b) || agrees(&a, &b))
      continue;
    bool names = is_name(&a);
    if (names ? !make_agree(s, first, i, &a) : !make_agree(s, first, i - 1, &b))
      make_agree(s, first, names ? i - 1 : i, names ? &b : &a);
  }
}

void ch_tagger_sentence(ChWork *w, uint32_t sentence)
{
  ChReport *r = w->r;
  const ChSentence *sent = &r->sentences.at[sentence];
  ChTagSequence s = {.w = w, .lang = sent->lang, .types = w->of.at + sent->token, .n = sent->tokens};
  ChTagModel m = w->models[sent->lang];
  s.tags = w->tags;
  s.from = sent->dateline;
  s.no_capitals = title_case(&s);
  for (uint32_t i = 0; i < s.n; i++) {
    ChTagCandidate c[CH_TAG_CANDIDATES];
    size_t n = ch_tagger_candidates(&s, i, c), k = 0;
    if (n > 1)
      k = m.n_slots && m.weights ? best_of(&m, &s, i, c, n, w->scores) : default_of(&s, i, c, n);
    ChToken *tok = &r->tokens.at[sent->token + i];
    set_token(&s, tok, type_at(&s, i), n ? &c[k] : NULL);
    ch_tagger_decide(&s, i, &tok->morph);
  }
  repair(&s, sent->token);
}

size_t ch_tagger_scores_size(void) { return sizeof(Scores); }
