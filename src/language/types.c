/* The forms of a report with what does not depend on their place: folds, flags, readings, hashes for the analyser. */
#include "base/utf8.h"
#include "language/internal.h"

static uint64_t mix64(uint64_t a, uint64_t b)
{
  uint64_t h = (a ^ (b + 0x9E3779B97F4A7C15u + (a << 6) + (a >> 2))) * 0xFF51AFD7ED558CCDu;
  return h ^ h >> 32;
}

/* What the letters of a form show: flags and shape. */
static void look_at_letters(ChType *t, ChSlice form)
{
  uint32_t letters = 0, capitals = 0, digits = 0, hyphens = 0, others = 0, first = 0;
  for (size_t i = 0, used; i < form.n; i += used) {
    uint32_t cp = ch_utf8_decode(form.p + i, form.n - i, &used);
    if (!first)
      first = cp;
    if (ch_cp_letter(cp)) {
      letters++;
      capitals += ch_cp_upper(cp);
    } else if (ch_cp_digit(cp))
      digits++;
    else if (cp == '-' || cp == 0x2010 || cp == 0x2011)
      hyphens++;
    else
      others++;
  }
  if (ch_cp_upper(first))
    t->flags |= CH_TOKEN_CAPITAL;
  if (ch_cp_digit(first))
    t->flags |= CH_TOKEN_NUMBER;
  bool entity = form.n > 2 && form.p[0] == '&' && form.p[form.n - 1] == ';'; /* "&quot;" */
  bool face = form.n > 1 && form.n < 4 && (form.p[0] == ':' || form.p[0] == ';');
  if ((!letters && !digits) || entity || face)
    t->flags |= CH_TOKEN_PUNCT;
  if (ch_fold_acronym(form))
    t->flags |= CH_TOKEN_ACRONYM;
  t->shape = (capitals == 0 ? 0u : capitals == letters && letters > 1 ? 3u : ch_cp_upper(first) ? (capitals > 1 ? 2u : 1u) : 4u) |
             (digits ? 8u : 0u) | (hyphens ? 16u : 0u) | (others ? 32u : 0u) | (letters == 1 ? 64u : 0u);
}

static void hash_suffixes(ChType *t, ChSlice norm)
{
  size_t k = norm.n;
  t->hash = ch_slice_hash(norm);
  for (int n = 0; n < 5 && k > 0; n++) {
    k--;
    while (k && ((unsigned char)norm.p[k] & 0xC0) == 0x80)
      k--;
    t->suffix[n] = ch_slice_hash(ch_slice(norm.p + k, norm.n - k)) + (uint64_t)(k == 0);
  }
}

static const ChReading *keep(ChWork *w, const ChReading *from, size_t n)
{
  ChReading *to = ch_arena_array(w->r->arena, n, sizeof *to);
  if (n)
    memcpy(to, from, n * sizeof *to);
  return to;
}

/* Readings of a known word behind a prefix or a hyphen: the tail's, with their lemmas moved behind it. */
static size_t find_tail(const ChLexicon *l, ChSlice norm, size_t from, ChReading *out)
{
  size_t n = ch_lexicon_find(l, ch_slice(norm.p + from, norm.n - from), out), kept = 0;
  for (size_t i = 0; i < n; i++) {
    const ChMorph *m = &l->tags[out[i].tag];
    bool open = m->pos == CH_POS_NOUN || m->pos == CH_POS_ADJ || m->pos == CH_POS_VERB || m->pos == CH_POS_ADV || m->pos == CH_POS_PROPN;
    if (!open)
      continue;
    out[kept] = out[i];
    /* a lemma that shares nothing with its form is not moved: it could not be told from one */
    if (out[kept].keep == 0 && from > 0) {
      ChSlice tail = ch_pack_word(l->pack, out[kept].tail);
      size_t same = 0;
      while (same < tail.n && from + same < norm.n && tail.p[same] == norm.p[from + same])
        same++;
      if (same < tail.n || same == 0) {
        /* cut the form to the shared letters where the pack has the rest as a word */
        while (same && ((unsigned char)tail.p[same] & 0xC0) == 0x80)
          same--;
        ChWord rest = ch_pack_find(l->pack, ch_slice(tail.p + same, tail.n - same));
        if (same == 0 || (!rest && same < tail.n))
          continue;
        out[kept].tail = rest;
      } else {
        out[kept].tail = CH_NO_WORD;
      }
      out[kept].keep = (uint16_t)same;
    }
    out[kept].keep = (uint16_t)(out[kept].keep + from);
    kept++;
  }
  return kept;
}

static size_t find_compound(const ChCues *c, const ChLexicon *l, ChSlice norm, ChReading *out)
{
  enum { LEAST = 6 }; /* bytes of a word behind a prefix */
  size_t hyphen = 0;
  for (size_t i = 0; i < norm.n; i++)
    if (norm.p[i] == '-')
      hyphen = i + 1;
  if (hyphen && hyphen < norm.n)
    return find_tail(l, norm, hyphen, out);
  for (size_t k = norm.n < 24 ? norm.n : 24; k > 2; k--)
    if (norm.n >= k + LEAST && ((unsigned char)norm.p[k] & 0xC0) != 0x80 &&
        (ch_cues_find(c, ch_slice(norm.p, k), NULL) & CH_WORD_CUE_PREFIX)) {
      size_t n = find_tail(l, norm, k, out);
      if (n)
        return n;
    }
  return 0;
}

/* The set of readings as a number that does not depend on the pack. */
static uint64_t hash_readings(const ChLexicon *l, const ChReading *r, size_t n)
{
  uint64_t sum = n ? 1 : 0;
  for (size_t i = 0; i < n; i++) {
    const ChMorph *m = &l->tags[r[i].tag];
    bool seen = false;
    uint64_t h = mix64(m->pos | (uint64_t)m->kase << 8 | (uint64_t)m->number << 16 | (uint64_t)m->form << 24, 77);
    for (size_t k = 0; k < i && !seen; k++) {
      const ChMorph *o = &l->tags[r[k].tag];
      seen = o->pos == m->pos && o->kase == m->kase && o->number == m->number && o->form == m->form;
    }
    sum += seen ? 0 : h;
  }
  return sum;
}

/* A single reading of a part of speech, where the lexicon of the language has that tag. */
static size_t plain_reading(const ChLexicon *l, ChPos pos, size_t keep_bytes, ChReading *out)
{
  ChMorph want = {.pos = (uint8_t)pos};
  for (uint32_t i = 1; i < l->n_tags; i++)
    if (memcmp(&l->tags[i], &want, sizeof want) == 0) {
      out[0] = (ChReading){.tag = (uint16_t)i, .keep = (uint16_t)keep_bytes};
      return 1;
    }
  return 0;
}

static void look_up(ChWork *w, ChType *t, bool lacks)
{
  const ChLexicon *l = &w->lexicons[t->lang];
  const ChCues *c = &w->cues[t->lang];
  ChSlice norm = ch_report_word(w->r, t->norm), form = ch_report_word(w->r, t->form);
  ChReading found[CH_READINGS_MAX];
  size_t n = 0;
  uint32_t script = ch_cp_script(ch_text_at(norm, 0, NULL));
  bool initial = (t->shape & 64) && (t->flags & CH_TOKEN_CAPITAL) && form.n > 1 && form.p[form.n - 1] == '.';
  if ((t->flags & (CH_TOKEN_PUNCT | CH_TOKEN_NUMBER)) || initial)
    return;
  n = lacks ? 0 : ch_lexicon_find(l, norm, found);
  t->known = n > 0;
  bool stop = norm.n > 1 && norm.p[norm.n - 1] == '.';
  if (!n && stop && !lacks)
    n = ch_lexicon_find(l, ch_slice(norm.p, norm.n - 1), found);
  if (!n && stop)
    return;
  if (!n && script == c->script)
    n = find_compound(c, l, norm, found);
  if (!n && script != c->script)
    n = plain_reading(l, t->flags & CH_TOKEN_CAPITAL ? CH_POS_PROPN : CH_POS_X, norm.n, found);
  else if (!n)
    n = ch_lexicon_guess(l, norm, false, found);
  t->readings = keep(w, found, n);
  t->n = (uint32_t)n;
  t->ambiguity = hash_readings(l, t->readings, n);
  if ((t->flags & CH_TOKEN_CAPITAL) && script == c->script && form.n > 1) {
    n = ch_lexicon_guess(l, norm, true, found);
    t->proper = keep(w, found, n);
    t->n_proper = (uint32_t)n;
  }
}

static void rehash(ChWork *w)
{
  w->slots = w->slots ? w->slots * 2 : 1024;
  w->hash = ch_arena_array(w->r->arena, w->slots, sizeof *w->hash);
  for (uint32_t k = 0; k < w->types.n; k++) {
    uint32_t i = (w->types.at[k].form * 31u + w->types.at[k].lang) * 0x9E3779B1u;
    for (i ^= i >> 15; w->hash[i & (w->slots - 1)]; i++)
      continue;
    w->hash[i & (w->slots - 1)] = k + 1;
  }
}

uint32_t ch_types_of(ChWork *w, ChSlice form, uint8_t lang)
{
  ChWords *words = &w->r->words;
  ChWord id = ch_words_id(words, form);
  if ((w->types.n + 1) * 2 > w->slots)
    rehash(w);
  uint32_t i = (id * 31u + lang) * 0x9E3779B1u;
  for (i ^= i >> 15;; i++) {
    uint32_t k = w->hash[i & (w->slots - 1)];
    if (!k)
      break;
    if (w->types.at[k - 1].form == id && w->types.at[k - 1].lang == lang)
      return k - 1;
  }
  const ChFold *fold = &w->cues[lang].fold;
  char out[CH_FOLD_MAX];
  ChType t = {.form = id, .lang = lang};
  look_at_letters(&t, form);
  t.norm = ch_words_id(words, ch_slice(out, ch_fold_norm(fold, form, out)));
  t.key = ch_words_id(words, ch_slice(out, ch_fold_key(fold, form, out)));
  if (t.flags & CH_TOKEN_ACRONYM)
    t.caps = ch_words_id(words, ch_slice(out, ch_fold_caps(form, out)));
  t.cue = ch_cues_find(&w->cues[lang], ch_report_word(w->r, t.norm), NULL);
  hash_suffixes(&t, ch_report_word(w->r, t.norm));
  ch_clusters_find(&w->clusters[lang], form, ch_report_word(w->r, t.norm), t.clusters);
  look_up(w, &t, false);
  if (t.known)
    t.flags |= CH_TOKEN_KNOWN;
  *CH_PUSH(w->r->arena, &w->types) = t;
  w->hash[i & (w->slots - 1)] = (uint32_t)w->types.n;
  return (uint32_t)w->types.n - 1;
}

ChType ch_types_unknown(ChWork *w, uint32_t type)
{
  ChType t = w->types.at[type];
  t.readings = t.proper = NULL;
  t.n = t.n_proper = 0;
  t.ambiguity = 0;
  look_up(w, &t, true);
  return t;
}

bool ch_types_seen_inside(const ChWork *w, ChWord key)
{
  if (!w->inside_slots)
    return false;
  for (uint32_t i = key * 0x9E3779B1u >> 7;; i++) {
    ChWord k = w->inside[i & (w->inside_slots - 1)];
    if (!k || k == key)
      return k == key;
  }
}

void ch_types_note_inside(ChWork *w, ChWord key)
{
  if (!key || ch_types_seen_inside(w, key))
    return;
  if ((w->insides + 1) * 2 > w->inside_slots) {
    ChWord *old = w->inside;
    uint32_t slots = w->inside_slots;
    w->inside_slots = slots ? slots * 2 : 64;
    w->inside = ch_arena_array(w->r->arena, w->inside_slots, sizeof *w->inside);
    w->insides = 0;
    for (uint32_t i = 0; i < slots; i++)
      ch_types_note_inside(w, old[i]);
  }
  uint32_t i = key * 0x9E3779B1u >> 7;
  while (w->inside[i & (w->inside_slots - 1)])
    i++;
  w->inside[i & (w->inside_slots - 1)] = key;
  w->insides++;
}
