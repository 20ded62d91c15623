/* People whose names the text spells in a way that no table has: found by their sounds (world/rewrite.h), then compared by letters. A
 * name is taken only for one person, and never against what the text says of its bearer. */
#include "names/inner.h"

enum { MOST = 48, WORDS = 8, YEAR = 366 };

/* Levenshtein's distance of the skeletons, or `most` + 1 where it is beyond that. */
static size_t distance(ChSlice a, ChSlice b, size_t most)
{
  size_t row[MOST + 1];
  if (a.n > MOST || b.n > MOST || a.n > b.n + most || b.n > a.n + most)
    return most + 1;
  for (size_t j = 0; j <= b.n; j++)
    row[j] = j;
  for (size_t i = 1; i <= a.n; i++) {
    size_t corner = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.n; j++) {
      size_t change = corner + (a.p[i - 1] != b.p[j - 1]);
      corner = row[j];
      size_t other = (row[j - 1] < row[j] ? row[j - 1] : row[j]) + 1;
      row[j] = change < other ? change : other;
    }
  }
  return row[b.n];
}

typedef struct Name {
  ChSlice words[WORDS];
  size_t n;
} Name;

static Name words_of(ChSlice text)
{
  Name out = {.n = 0};
  while (text.n && out.n < WORDS) {
    ChSlice w = ch_slice_cut(&text, ' ');
    if (w.n)
      out.words[out.n++] = w;
  }
  return out;
}

/* The skeletons of all words, together. */
static size_t letters(Names *n, const Name *name, char out[MOST])
{
  size_t at = 0;
  for (size_t i = 0; i < name->n; i++) {
    char w[CH_FOLD_MAX + 1];
    size_t k = ch_names_skeleton(n, name->words[i], w);
    for (size_t j = 1; j < k && at < MOST; j++)
      if (w[j] != '-')
        out[at++] = w[j];
  }
  return at;
}

/* May the person be meant: nothing that the text says speaks against it, and something for it? */
static bool may_be_meant(const Names *n, uint32_t person, const Unit *u, uint32_t state)
{
  const ChPerson *p = &n->w.persons[person];
  bool served = state == CH_NONE || p->state == state, now = false;
  for (uint32_t i = p->tenure; i < p->tenure + p->tenures; i++) {
    const ChTenure *t = &n->w.tenures[i];
    served |= t->state == state;
    now |= n->day != CH_DAY_MIN && t->from - YEAR <= n->day && n->day - YEAR <= ch_world_last_day(t);
  }
  if (!served)
    return false;
  if (u && u->n_posts && !u->n_ranks && !u->counterpart)
    return ch_names_held(n, person, u, state);
  return p->known || now;
}

static uint32_t by_key(Names *n, const Name *name, const Unit *u, uint32_t state)
{
  char key[CH_SOUND_MAX], own[MOST];
  size_t k = ch_rewrite_sound(&n->skeleton, &n->sound, name->words, name->n, key), values = 0;
  uint32_t node = k ? ch_phrases_step(&n->sounds, CH_PHRASE_ROOT, ch_pack_find(n->r->pack, ch_slice(key, k))) : 0;
  const ChPhraseValue *v = node ? ch_phrases_values(&n->sounds, node, &values) : NULL;
  size_t ln = letters(n, name, own), best = SIZE_MAX;
  uint32_t found = CH_NONE;
  for (size_t i = 0; i < values; i++) {
    uint32_t person = ch_ref_index(v[i].value);
    Name other = words_of(ch_world_text(&n->w, n->w.persons[person].name));
    char have[MOST];
    size_t lh = letters(n, &other, have), most = ln / 4 + 1, d = distance(ch_slice(own, ln), ch_slice(have, lh), most);
    if (d > most || person == found || !may_be_meant(n, person, u, state))
      continue;
    if (d == best)
      return CH_NONE;
    if (d < best) {
      best = d;
      found = person;
    }
  }
  return found;
}

uint32_t ch_names_by_sound(Names *n, ChSlice latin, const Unit *u, uint32_t state)
{
  Name name = words_of(latin), turned = name;
  if (name.n < 2)
    return CH_NONE;
  uint32_t found = by_key(n, &name, u, state);
  for (size_t i = 0; i < name.n; i++) /* the family name first */
    turned.words[i] = name.words[(i + 1) % name.n];
  return found != CH_NONE ? found : by_key(n, &turned, u, state);
}
