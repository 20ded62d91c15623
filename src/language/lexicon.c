#include "language/lexicon.h"

static uint32_t mix(ChWord w) { return w * 0x9E3779B1u ^ w >> 15; }

static const ChLexRange *find(const ChLexRange *slots, size_t n, ChWord w)
{
  if (!n || !w)
    return NULL;
  for (uint32_t i = mix(w);; i++) {
    const ChLexRange *s = &slots[i & (n - 1)];
    if (s->word == w)
      return s;
    if (!s->word)
      return NULL;
  }
}

ChLexicon ch_lexicon_of(const ChPack *p, ChSlice lang)
{
  ChLexicon l = {.pack = p};
  l.tags = ch_pack_section_of(p, lang, "lex.tags", sizeof *l.tags, &l.n_tags);
  l.stems = ch_pack_section_of(p, lang, "lex.stems", sizeof *l.stems, &l.n_stems);
  l.parlist = ch_pack_section_of(p, lang, "lex.parlist", sizeof *l.parlist, &l.n_parlist);
  l.pars = ch_pack_section_of(p, lang, "lex.pars", sizeof *l.pars, &l.n_pars);
  l.slots = ch_pack_section_of(p, lang, "lex.slots", sizeof *l.slots, &l.n_slots);
  l.forms = ch_pack_section_of(p, lang, "lex.forms", sizeof *l.forms, &l.n_forms);
  l.guesses = ch_pack_section_of(p, lang, "lex.guesses", sizeof *l.guesses, &l.n_guesses);
  l.readings = ch_pack_section_of(p, lang, "lex.readings", sizeof *l.readings, &l.n_readings);
  return l;
}

static size_t add(ChReading *out, size_t n, ChReading r)
{
  for (size_t i = 0; i < n; i++)
    if (out[i].tag == r.tag && out[i].keep == r.keep && out[i].tail == r.tail)
      return n;
  if (n < CH_READINGS_MAX)
    out[n++] = r;
  return n;
}

/* The slots of a paradigm with this ending. */
static size_t from_paradigm(const ChLexicon *l, uint32_t par, size_t stem, ChWord ending, ChReading *out, size_t n)
{
  const ChLexSlot *s = l->slots + l->pars[par].first;
  size_t lo = 0, hi = l->pars[par].n, end = hi;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (s[mid].ending < ending)
      lo = mid + 1;
    else
      hi = mid;
  }
  for (; lo < end && s[lo].ending == ending; lo++)
    n = add(out, n, (ChReading){.tag = (uint16_t)s[lo].tag, .keep = (uint16_t)stem, .tail = s[lo].lemma});
  return n;
}

size_t ch_lexicon_find(const ChLexicon *l, ChSlice norm, ChReading out[CH_READINGS_MAX])
{
  size_t n = 0;
  if (!norm.n || norm.n > CH_FOLD_MAX)
    return 0;
  const ChLexRange *r = find(l->forms, l->n_forms, ch_pack_find(l->pack, norm));
  if (r) {
    for (uint32_t i = 0; i < r->n && n < CH_READINGS_MAX; i++)
      out[n++] = l->readings[r->first + i];
    return n;
  }
  if (!l->n_stems)
    return 0;
  for (size_t k = norm.n; k > 0; k--) {
    if (k < norm.n && ((unsigned char)norm.p[k] & 0xC0) == 0x80)
      continue;
    ChSlice tail = ch_slice(norm.p + k, norm.n - k);
    ChWord ending = ch_pack_find(l->pack, tail);
    if (tail.n && !ending)
      continue;
    const ChLexRange *stem = find(l->stems, l->n_stems, ch_pack_find(l->pack, ch_slice(norm.p, k)));
    for (uint32_t i = 0; stem && i < stem->n; i++)
      n = from_paradigm(l, l->parlist[stem->first + i], k, ending, out, n);
  }
  return n;
}

size_t ch_lexicon_guess(const ChLexicon *l, ChSlice norm, bool proper, ChReading out[CH_READINGS_MAX])
{
  enum { LONGEST = 48 };
  char key[LONGEST + 1];
  if (!l->n_guesses || !norm.n)
    return 0;
  size_t most = norm.n > 1 && norm.n - 1 < LONGEST ? norm.n - 1 : norm.n > 1 ? LONGEST : 0;
  for (size_t k = most + 1; k-- > 0;) {
    const char *end = norm.p + norm.n - k;
    if (k && ((unsigned char)*end & 0xC0) == 0x80)
      continue;
    size_t n = 0;
    if (proper)
      key[n++] = '^';
    if (k == 0)
      key[n++] = '*';
    else if (n + k <= sizeof key)
      memcpy(key + n, end, k), n += k;
    else
      continue;
    const ChLexRange *r = find(l->guesses, l->n_guesses, ch_pack_find(l->pack, ch_slice(key, n)));
    if (!r)
      continue;
    size_t found = 0;
    for (uint32_t i = 0; i < r->n; i++) {
      ChReading g = l->readings[r->first + i]; /* `keep` holds the bytes to cut */
      if (g.keep >= norm.n && g.keep)
        continue;
      g.keep = (uint16_t)(norm.n - g.keep);
      found = add(out, found, g);
    }
    if (found)
      return found;
  }
  return 0;
}

size_t ch_lexicon_lemma(const ChLexicon *l, ChSlice norm, const ChReading *r, char out[CH_FOLD_MAX])
{
  size_t keep = r->keep < norm.n ? r->keep : norm.n;
  ChSlice tail = ch_pack_word(l->pack, r->tail);
  memcpy(out, norm.p, keep);
  if (keep + tail.n > CH_FOLD_MAX)
    return keep;
  memcpy(out + keep, tail.p, tail.n);
  return keep + tail.n;
}
