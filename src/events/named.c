/* Documents and series of events that the world's tables know by name ("the Paris Agreement", "the six-party talks"): marked before events
 * are looked for. */
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

/* The longest name of that type at token i: its tokens (0 where none) and *index. Names of documents have a capital or a number in them. */
static uint32_t longest(const ChReport *r, const ChPhrases *t, ChWorldType type, uint32_t i, uint32_t end, uint32_t *index)
{
  Nodes at = {{CH_PHRASE_ROOT}, 1}, next;
  uint32_t best = 0;
  bool proper = type != CH_WORLD_DOCUMENT;
  for (uint32_t k = i; k < end && k < i + LONGEST && at.n; k++) {
    proper |= (r->tokens.at[k].flags & (CH_TOKEN_CAPITAL | CH_TOKEN_ACRONYM | CH_TOKEN_NUMBER)) != 0;
    step(t, &at, &r->tokens.at[k], &next);
    for (uint32_t x = 0; x < next.n && proper; x++) {
      size_t n;
      const ChPhraseValue *v = ch_phrases_values(t, next.at[x], &n);
      for (size_t j = 0; j < n; j++)
        if (ch_ref_type(v[j].value) == type) {
          *index = ch_ref_index(v[j].value);
          best = k + 1 - i;
        }
    }
    at = next;
  }
  return best;
}

static void mark_sentence(ChEventsWork *w, const ChWorld *world, const ChPhrases *t, const ChSentence *s)
{
  uint32_t end = s->token + s->tokens, documents = s->token, series = s->token, index;
  for (uint32_t i = s->token; i < end; i++) {
    uint32_t length = i >= documents ? longest(w->r, t, CH_WORLD_DOCUMENT, i, end, &index) : 0;
    if (length) {
      w->named[i] = (ChNamedDocument){length, ch_world_text(world, world->documents[index].id)};
      w->classes[i] |= CH_WORD_DOCUMENT;
      documents = i + length;
    }
    length = i >= series ? longest(w->r, t, CH_WORLD_SERIES, i, end, &index) : 0;
    for (uint32_t k = i; k < i + length; k++)
      w->series[k] = index;
    if (length)
      series = i + length;
  }
}

void ch_named_mark(ChEventsWork *w)
{
  ChReport *r = w->r;
  ChWorld world = ch_world_of(r->pack);
  w->named = ch_arena_array(r->arena, r->tokens.n + 1, sizeof *w->named);
  w->series = ch_arena_array(r->arena, r->tokens.n + 1, sizeof *w->series);
  for (size_t i = 0; i < r->tokens.n; i++)
    w->series[i] = CH_NONE;
  size_t n;
  const ChLanguage *langs = ch_languages(r->pack, &n);
  for (uint32_t s = 0; s < r->sentences.n; s++) {
    const ChSentence *sent = &r->sentences.at[s];
    if (sent->lang >= n)
      continue;
    ChPhrases t = ch_phrases_of_lang(r->pack, ch_pack_word(r->pack, langs[sent->lang].code), "world");
    mark_sentence(w, &world, &t, sent);
  }
}

/* The name of the series and the kind of its events, where the words of an event stand in the name of one. */
ChSlice ch_named_series(const ChEventsWork *w, uint32_t token, uint32_t tokens, ChWord *kind)
{
  ChWorld world = ch_world_of(w->r->pack);
  for (uint32_t i = token; i < token + tokens && i < w->r->tokens.n; i++) {
    if (w->series[i] == CH_NONE)
      continue;
    const ChSeries *s = &world.series[w->series[i]];
    *kind = s->type;
    return ch_world_text(&world, s->name);
  }
  return CH_LIT("");
}
