/* Tags and dictionary forms of words from the readings of the lexicon: those that agree with the analyser's tags, or, in a language
 * without an analyser, the first that capitals allow. */
#include "base/utf8.h"
#include "language/analyser.h"

static bool is_symbol(uint32_t cp)
{
  return (cp && cp < 0x80 && strchr("$%+=<>&#@^|~", (int)cp)) || cp == 0xA3 || cp == 0xA5 || cp == 0xA7 || cp == 0xA9 ||
         cp == 0xAE || cp == 0xB0 || cp == 0xB1 ||
         (cp >= 0x20A0 && cp <= 0x20CF) || cp == 0x2116 || cp == 0x2122;
}

/* The tag of a number, punctuation mark or word without readings. */
static ChMorph fixed(const ChWork *w, const ChType *t)
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

/* Gives the token a reading's dictionary form. */
static void set_lemma(const ChWork *w, ChToken *tok, const ChType *t, const ChReading *reading)
{
  ChReport *r = w->r;
  char lemma[CH_FOLD_MAX], key[CH_FOLD_MAX];
  size_t n = ch_lexicon_lemma(&w->lexicons[t->lang], ch_report_word(r, t->norm), reading, lemma);
  tok->lemma = ch_words_id(&r->words, ch_slice(lemma, n));
  if (tok->lemma == tok->norm) {
    tok->lemma_key = tok->key;
    return;
  }
  n = ch_fold_key(&w->cues[t->lang].fold, ch_slice(lemma, n), key);
  tok->lemma_key = ch_words_id(&r->words, ch_slice(key, n));
}

/* How like two tags are; the part of speech counts most. */
static uint32_t likeness(const ChMorph *a, const ChMorph *b)
{
  const uint8_t *x = (const uint8_t *)a, *y = (const uint8_t *)b;
  bool names = (a->pos == CH_POS_NOUN || a->pos == CH_POS_PROPN) && (b->pos == CH_POS_NOUN || b->pos == CH_POS_PROPN);
  uint32_t same = a->pos == b->pos ? 40 : names ? 20 : 0;
  for (size_t i = 1; i < sizeof *a; i++)
    same += x[i] == y[i];
  return same;
}

void ch_tags_set(const ChWork *w, ChToken *tok, const ChType *t, const ChMorph *tag, const ChCandidate *c, size_t n)
{
  const ChMorph *tags = w->lexicons[t->lang].tags;
  uint32_t most = 0;
  size_t best = 0;
  tok->morph = *tag;
  for (size_t i = 0; i < n; i++) {
    uint32_t like = likeness(tag, &tags[c[i].tag]);
    if (like > most)
      most = like, best = i;
  }
  if (n)
    set_lemma(w, tok, t, c[best].reading);
}

/* ---- without an analyser ---- */

void ch_tags_plain(ChWork *w, uint32_t sentence)
{
  const ChSentence *sent = &w->r->sentences.at[sentence];
  bool capitals = !ch_analyser_title_case(w, w->of.at + sent->token, sent->tokens), begun = false;
  for (uint32_t i = 0; i < sent->tokens; i++) {
    ChToken *tok = &w->r->tokens.at[sent->token + i];
    const ChType *t = &w->types.at[w->of.at[sent->token + i]];
    const ChMorph *tags = w->lexicons[sent->lang].tags;
    ChCandidate c[CH_ANALYSER_CANDIDATES];
    size_t n = ch_analyser_candidates(t, c), best = 0;
    bool name = (t->flags & CH_TOKEN_CAPITAL) && ((capitals && begun) || (!t->known && ch_types_seen_inside(w, t->key)));
    begun = begun || (i >= sent->dateline && !(t->flags & CH_TOKEN_PUNCT));
    if (!n) {
      tok->morph = fixed(w, t);
      continue;
    }
    for (size_t k = n; k-- > 0;)
      if ((tags[c[k].tag].pos == CH_POS_PROPN) == name)
        best = k;
    tok->morph = tags[c[best].tag];
    set_lemma(w, tok, t, c[best].reading);
  }
}
