/* Documents that the world's tables know by name ("the Paris Agreement"): marked before events are looked for. */
#include "events/clauses.h"
#include "world/world.h"

enum { LONGEST = 14, WIDTH = 8 };

typedef struct Nodes {
  uint32_t at[WIDTH], n;
} Nodes;

static void step(const ChPhrases *t, const Nodes *from, const ChToken *k, Nodes *to)
{
  const ChWord words[3] = {k->caps, k->key, k->lemma_key != k->key ? k->lemma_key : CH_NO_WORD};
  to->n = 0;
  for (uint32_t i = 0; i < from->n; i++)
    for (int x = 0; x < 3; x++) {
      uint32_t node = words[x] ? ch_phrases_step(t, from->at[i], words[x]) : 0;
      bool have = !node || to->n == WIDTH;
      for (uint32_t j = 0; j < to->n; j++)
        have |= to->at[j] == node;
      if (!have)
        to->at[to->n++] = node;
    }
}

/* The longest name of a document at token i: its tokens (0 where none) and *index. Names have a capital or a number in them. */
static uint32_t longest(const ChReport *r, const ChPhrases *t, uint32_t i, uint32_t end, uint32_t *index)
{
  Nodes at = {{CH_PHRASE_ROOT}, 1}, next;
  uint32_t best = 0;
  bool proper = false;
  for (uint32_t k = i; k < end && k < i + LONGEST && at.n; k++) {
    proper |= (r->tokens.at[k].flags & (CH_TOKEN_CAPITAL | CH_TOKEN_ACRONYM | CH_TOKEN_NUMBER)) != 0;
    step(t, &at, &r->tokens.at[k], &next);
    for (uint32_t x = 0; x < next.n && proper; x++) {
      size_t n;
      const ChPhraseValue *v = ch_phrases_values(t, next.at[x], &n);
      for (size_t j = 0; j < n; j++)
        if (ch_ref_type(v[j].value) == CH_WORLD_DOCUMENT) {
          *index = ch_ref_index(v[j].value);
          best = k + 1 - i;
        }
    }
    at = next;
  }
  return best;
}

void ch_named_mark(ChEventsWork *w)
{
  ChReport *r = w->r;
  ChWorld world = ch_world_of(r->pack);
  w->named = ch_arena_array(r->arena, r->tokens.n + 1, sizeof *w->named);
  for (uint32_t s = 0; s < r->sentences.n && world.n_documents; s++) {
    const ChSentence *sent = &r->sentences.at[s];
    size_t n;
    const ChLanguage *langs = ch_languages(r->pack, &n);
    if (sent->lang >= n)
      continue;
    ChPhrases t = ch_phrases_of_lang(r->pack, ch_pack_word(r->pack, langs[sent->lang].code), "world");
    for (uint32_t i = sent->token; i < sent->token + sent->tokens; i++) {
      uint32_t index, length = longest(r, &t, i, sent->token + sent->tokens, &index);
      if (!length)
        continue;
      w->named[i] = (ChNamedDocument){length, ch_world_text(&world, world.documents[index].id)};
      w->classes[i] |= CH_WORD_DOCUMENT;
      i += length - 1;
    }
  }
}
