#include "when/series.h"

enum {
  NUMBER_BEFORE = 3, /* tokens between which the number stands before the series */
  PLACE_AFTER = 5,   /* tokens after it among which the place stands */
};

typedef struct Finder {
  const ChReport *r;
  const ChWorld *w;
  const ChWhenMarks *marks;
  ChPhrases trie;
  ChWhenGrammar g;
  ChWhenInstances *out;
} Finder;

/* The longest phrase at token t of this type; its end, 0 where none. */
static uint32_t longest(const Finder *f, uint32_t t, uint32_t end, ChWorldType type, uint32_t *index)
{
  uint32_t node = CH_PHRASE_ROOT, found = 0;
  for (; t < end; t++) {
    const ChToken *k = &f->r->tokens.at[t];
    uint32_t next = k->caps != CH_NO_WORD ? ch_phrases_step(&f->trie, node, k->caps) : 0;
    if (!next)
      next = ch_phrases_step(&f->trie, node, k->key);
    if (!next)
      break;
    node = next;
    size_t n;
    const ChPhraseValue *v = ch_phrases_values(&f->trie, node, &n);
    for (size_t i = 0; i < n; i++) {
      if (ch_ref_type(v[i].value) == type) {
        *index = ch_ref_index(v[i].value);
        found = t + 1;
        break;
      }
    }
  }
  return found;
}

/* The ordinal that stands shortly before token t, 0 where none. */
static uint32_t number_before(const Finder *f, uint32_t t, uint32_t low)
{
  for (uint32_t k = t, n = 0; k-- > low && n < NUMBER_BEFORE; n++) {
    const ChToken *x = &f->r->tokens.at[k];
    if (x->flags & CH_TOKEN_PUNCT)
      return 0;
    if (x->time != CH_NONE)
      return 0;
    ChSlice s = ch_report_slice(f->r, x->span);
    uint32_t v = 0;
    size_t d = 0;
    while (d < s.n && d < 5 && s.p[d] >= '0' && s.p[d] <= '9')
      v = v * 10 + (uint32_t)(s.p[d++] - '0');
    if (d)
      return d < s.n && d < 5 ? v : 0;
    size_t words;
    const ChWhenWord *w = ch_when_words(&f->g, x->norm, &words);
    for (size_t i = 0; i < words; i++)
      if (w[i].cls == CH_WHEN_CLASS_ORDINAL && w[i].value > 0)
        return (uint32_t)w[i].value;
  }
  return 0;
}

static uint32_t place_after(const Finder *f, uint32_t t, uint32_t end)
{
  for (uint32_t n = 0; t < end && n < PLACE_AFTER; t++, n++) {
    uint32_t place;
    if (longest(f, t, end, CH_WORLD_PLACE, &place))
      return place;
  }
  return CH_NONE;
}

/* The instance of that number, or else the only one at that place. */
static uint32_t find_instance(const Finder *f, const ChSeries *s, uint32_t number, uint32_t place)
{
  uint32_t found = CH_NONE;
  for (uint32_t i = s->instance; i < s->instance + s->instances; i++) {
    const ChInstance *x = &f->w->instances[i];
    if (number ? x->ordinal != number : place == CH_NONE || x->place != place)
      continue;
    if (found != CH_NONE)
      return CH_NONE;
    found = i;
  }
  return found;
}

static void add_instance(Finder *f, const ChSeries *s, uint32_t i, bool numbered, uint8_t tense)
{
  for (uint32_t k = 0; k < f->out->n; k++) {
    ChWhenInstance *have = &f->out->at[k];
    if (have->instance != i)
      continue;
    if (have->tense != CH_WHEN_TENSE_PAST && tense == CH_WHEN_TENSE_FUTURE)
      have->tense = tense;
    return;
  }
  if (f->out->n == CH_WHEN_INSTANCES)
    return;
  const ChInstance *x = &f->w->instances[i];
  f->out->at[f->out->n++] = (ChWhenInstance){
      .instance = i, .name = s->name, .from = x->from, .to = x->to, .numbered = numbered,
      .recall = ch_world_recalled(f->w, x->source), .tense = tense};
}

static void search_sentence(Finder *f, const ChSentence *s)
{
  uint32_t end = s->token + s->tokens;
  for (uint32_t t = s->token; t < end;) {
    uint32_t index, stop = longest(f, t, end, CH_WORLD_SERIES, &index);
    if (!stop) {
      t++;
      continue;
    }
    const ChSeries *series = &f->w->series[index];
    uint32_t number = number_before(f, t, s->token);
    uint32_t i = find_instance(f, series, number, number ? CH_NONE : place_after(f, stop, end));
    if (i != CH_NONE && f->w->instances[i].from != CH_DAY_MIN)
      add_instance(f, series, i, number > 0, (uint8_t)ch_when_tense(f->r, f->marks, t, stop - t, NULL));
    t = stop;
  }
}

void ch_when_find_instances(const ChReport *r, const ChWorld *w, const ChWhenMarks *marks, ChWhenInstances *out)
{
  Finder f = {.r = r, .w = w, .marks = marks, .out = out};
  uint32_t lang = UINT32_MAX;
  out->n = 0;
  for (uint32_t i = 0; i < r->sentences.n && w->n_series; i++) {
    const ChSentence *s = &r->sentences.at[i];
    if (s->lang != lang) {
      lang = s->lang;
      f.trie = ch_phrases_of_lang(r->pack, ch_language_code(r->pack, lang), "world");
      f.g = ch_when_grammar(r->pack, ch_language_code(r->pack, lang));
    }
    search_sentence(&f, s);
  }
}
