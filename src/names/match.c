/* Every phrase of the world's tries and of the lexicon at every token. */
#include "base/utf8.h"
#include "names/inner.h"

enum { WIDTH = 8, LENGTH = 14, PER_TOKEN = 96, WINDOW = 400 };

typedef struct Walk {
  uint32_t nodes[WIDTH];
  uint32_t n;
} Walk;

static void step_add(Walk *next, const ChPhrases *t, uint32_t node, ChWord word)
{
  uint32_t to = ch_phrases_step(t, node, word);
  if (!to || next->n == WIDTH)
    return;
  for (uint32_t i = 0; i < next->n; i++)
    if (next->nodes[i] == to)
      return;
  next->nodes[next->n++] = to;
}

/* All nodes after the token, by any of its words. */
static void step(const ChPhrases *t, const Walk *from, const ChToken *k, bool norm, Walk *next)
{
  next->n = 0;
  for (uint32_t i = 0; i < from->n; i++) {
    step_add(next, t, from->nodes[i], k->caps);
    step_add(next, t, from->nodes[i], k->key);
    if (k->lemma_key != k->key)
      step_add(next, t, from->nodes[i], k->lemma_key);
    if (norm && k->norm != k->key)
      step_add(next, t, from->nodes[i], k->norm);
  }
}

/* Is a place expected at the token: after a preposition of places, in a dateline? Small towns count only there. */
static bool place_expected(const Names *n, uint32_t token, uint32_t tokens)
{
  const ChSentence *s = &n->r->sentences.at[tok(n, token)->sentence];
  if (token < s->token + s->dateline)
    return true;
  uint32_t next = token + tokens;
  bool name_goes_on = next < s->token + s->tokens && is_capital(n, next) && (tok(n, next)->flags & CH_TOKEN_SPACE_BEFORE);
  return token > s->token && !name_goes_on && tok(n, token - 1)->morph.pos == CH_POS_ADP && is_lex(n, token - 1, LEX_LOCATIVE);
}

/* Names that are written with a capital are taken only where one stands. */
static bool hit_ok(const Names *n, uint32_t token, uint32_t tokens, uint32_t ref)
{
  bool capital = is_capital(n, token);
  bool quoted = token && (tok(n, token - 1)->flags & CH_TOKEN_QUOTE_OPEN) && token + tokens < n->r->tokens.n &&
                (tok(n, token + tokens)->flags & CH_TOKEN_QUOTE_CLOSE);
  const Lang *l = lang_at(n, token);
  switch (ch_ref_type(ref)) {
  case CH_WORLD_STATE:
    if (ch_ref_way(ref) == CH_WAY_ADJECTIVE || ch_ref_way(ref) == CH_WAY_DEMONYM)
      return capital || !(l->options & OPTION_CAPITAL_ADJECTIVES);
    return capital;
  case CH_WORLD_PLACE:
    if (!capital && !is_lex(n, token, LEX_PARTICLE))
      return false;
    return n->w.places[ch_ref_index(ref)].kind != CH_PLACE_TOWN || place_expected(n, token, tokens);
  case CH_WORLD_OUTLET:
  case CH_WORLD_PERSON:
    return capital || is_lex(n, token, LEX_PARTICLE);
  case CH_WORLD_BODY:
    if (ch_ref_way(ref) == CH_WAY_ADJECTIVE || quoted)
      return true;
    for (uint32_t i = token; i < token + tokens; i++)
      if (is_capital(n, i))
        return true;
    return n->w.bodies[ch_ref_index(ref)].members > 1; /* a format by a common noun: see drop_foreign_bodies */
  default:
    return true;
  }
}

static bool bounds(const Names *n, uint32_t token, uint32_t end) { return token < end && token < n->r->tokens.n; }

static void match_world(Names *n, uint32_t token, uint32_t end, Hit *out, uint32_t *count)
{
  const Lang *l = lang_at(n, token);
  Walk at = {.nodes = {CH_PHRASE_ROOT}, .n = 1}, next;
  for (uint32_t k = 0; k < LENGTH && bounds(n, token + k, end); k++) {
    step(&l->world, &at, tok(n, token + k), false, &next);
    if (!next.n)
      break;
    for (uint32_t i = 0; i < next.n; i++) {
      size_t values;
      const ChPhraseValue *v = ch_phrases_values(&l->world, next.nodes[i], &values);
      for (size_t j = 0; j < values && *count < PER_TOKEN; j++)
        if (hit_ok(n, token, k + 1, v[j].value))
          out[(*count)++] = (Hit){k + 1, v[j].value};
    }
    at = next;
  }
}

static void match_lex(Names *n, uint32_t token, uint32_t end, LexHit *out, uint32_t *count)
{
  const Lang *l = lang_at(n, token);
  Walk at = {.nodes = {CH_PHRASE_ROOT}, .n = 1}, next;
  for (uint32_t k = 0; k < LENGTH && bounds(n, token + k, end); k++) {
    step(&l->lex, &at, tok(n, token + k), true, &next);
    if (!next.n)
      break;
    for (uint32_t i = 0; i < next.n; i++) {
      size_t values;
      const ChPhraseValue *v = ch_phrases_values(&l->lex, next.nodes[i], &values);
      for (size_t j = 0; j < values && *count < PER_TOKEN; j++) {
        if (v[j].value >= l->n_rows)
          continue;
        if (k == 0)
          n->lex[token] |= 1u << l->rows[v[j].value].kind;
        out[(*count)++] = (LexHit){k + 1, v[j].value};
      }
    }
    at = next;
  }
}

static void drop_foreign_bodies(Names *n);
static void drop_misspelt(Names *n);

void ch_names_match(Names *n)
{
  uint32_t tokens = (uint32_t)n->r->tokens.n;
  n->lex = ch_arena_array(n->r->arena, tokens + 1, sizeof *n->lex);
  n->first = ch_arena_array(n->r->arena, tokens + 2, sizeof *n->first);
  n->lex_first = ch_arena_array(n->r->arena, tokens + 2, sizeof *n->lex_first);
  CH_VEC(Hit) hits = {0};
  CH_VEC(LexHit) lex = {0};
  Hit found[PER_TOKEN];
  LexHit lexed[PER_TOKEN];
  for (uint32_t s = 0; s < n->r->sentences.n; s++) {
    const ChSentence *sent = &n->r->sentences.at[s];
    uint32_t end = sent->token + sent->tokens;
    for (uint32_t i = sent->token; i < end; i++) {
      uint32_t m = 0, k = 0;
      match_lex(n, i, end, lexed, &m);
      n->lex_first[i] = (uint32_t)lex.n;
      for (uint32_t j = 0; j < m; j++)
        *CH_PUSH(n->r->arena, &lex) = lexed[j];
      match_world(n, i, end, found, &k);
      n->first[i] = (uint32_t)hits.n;
      for (uint32_t j = 0; j < k; j++)
        *CH_PUSH(n->r->arena, &hits) = found[j];
    }
  }
  n->first[tokens] = n->first[tokens + 1] = (uint32_t)hits.n;
  n->lex_first[tokens] = n->lex_first[tokens + 1] = (uint32_t)lex.n;
  n->hits = hits.at;
  n->lex_hits = lex.at;
  drop_misspelt(n);
  drop_foreign_bodies(n);
}

/* Where inflection makes two names alike ("of Niger", "of Nigeria"), those that the letters do not fit are none. */
static void drop_misspelt(Names *n)
{
  for (uint32_t t = 0; t < n->r->tokens.n; t++) {
    uint32_t rivals = 0, first = CH_NONE;
    for (uint32_t i = n->first[t]; i < n->first[t + 1] && lang_at(n, t)->n_cases; i++) {
      uint32_t ref = n->hits[i].ref;
      bool name = ch_ref_type(ref) <= CH_WORLD_PLACE && ch_ref_way(ref) == CH_WAY_NAME;
      if (n->hits[i].tokens != 1 || !name)
        continue;
      rivals += first != CH_NONE && (ch_ref_type(first) != ch_ref_type(ref) || ch_ref_index(first) != ch_ref_index(ref));
      first = ref;
    }
    if (!rivals)
      continue;
    bool any = false;
    for (int pass = 0; pass < 2; pass++)
      for (uint32_t i = n->first[t]; i < n->first[t + 1]; i++) {
        uint32_t ref = n->hits[i].ref;
        if (n->hits[i].tokens != 1 || ch_ref_type(ref) > CH_WORLD_PLACE || ch_ref_way(ref) != CH_WAY_NAME)
          continue;
        bool fits = ch_names_spelt_row(n, t, 1, ref);
        any |= fits;
        if (pass && any && !fits)
          n->hits[i].tokens = 0;
      }
  }
}

void ch_names_drop_for_people(Names *n)
{
  bool *surname = ch_arena_array(n->r->arena, n->r->tokens.n + 1, sizeof *surname);
  for (size_t i = 0; i < n->finds.n; i++) {
    const Find *f = &n->finds.at[i];
    if (f->type != CH_ENTITY_PERSON || f->names < 2)
      continue;
    ChWord key = tok(n, f->name + f->names - 1)->key;
    uint32_t end = f->token + WINDOW < n->r->tokens.n ? f->token + WINDOW : (uint32_t)n->r->tokens.n;
    for (uint32_t t = f->token; t < end; t++)
      surname[t] |= tok(n, t)->key == key && !n->taken[t];
  }
  for (uint32_t t = 0; t < n->r->tokens.n; t++)
    for (uint32_t i = n->first[t]; surname[t] && i < n->first[t + 1]; i++) {
      uint32_t ref = n->hits[i].ref;
      if (n->hits[i].tokens == 1 && ch_ref_type(ref) <= CH_WORLD_PLACE && ch_ref_way(ref) == CH_WAY_NAME && !ch_names_spelt_row(n, t, 1, ref))
        n->hits[i].tokens = 0;
    }
}

/* Bodies of a state that the report does not touch are none of it: a name such as "National Security Committee" is many states'. A name of
 * one word, or of a ministry with a name of its own, is not. */
static void drop_foreign_bodies(Names *n)
{
  bool *named = n->named = ch_arena_array(n->r->arena, n->w.n_states + 1, sizeof *named);
  bool any = false;
  uint32_t all = n->first[n->r->tokens.n];
  for (uint32_t i = 0; i < all; i++) {
    uint32_t ref = n->hits[i].ref, k = ch_ref_index(ref);
    uint32_t s = ch_ref_type(ref) == CH_WORLD_STATE ? k : ch_ref_type(ref) == CH_WORLD_PLACE ? n->w.places[k].state : CH_NONE;
    if (s != CH_NONE)
      named[s] = any = true;
  }
  for (uint32_t i = 0; i < all && any; i++) {
    uint32_t ref = n->hits[i].ref;
    if (ch_ref_type(ref) != CH_WORLD_BODY)
      continue;
    const ChBody *b = &n->w.bodies[ch_ref_index(ref)];
    if (b->state != CH_NONE && !named[b->state] && n->hits[i].tokens > 1 && b->portfolio == CH_NONE)
      n->hits[i].tokens = 0;
  }
}

bool ch_names_members_named(const Names *n, uint32_t body)
{
  const ChBody *b = &n->w.bodies[body];
  uint32_t count = 0;
  for (uint32_t i = b->member; i < b->member + b->members; i++)
    count += n->named[n->w.members[i]];
  return count >= 2;
}

Hit ch_names_hit(const Names *n, uint32_t token, ChWorldType type, uint32_t ways)
{
  Hit best = {0, CH_NONE};
  for (uint32_t i = n->first[token]; i < n->first[token + 1]; i++) {
    const Hit *h = &n->hits[i];
    if (ch_ref_type(h->ref) == type && (ways >> ch_ref_way(h->ref) & 1) && h->tokens > best.tokens)
      best = *h;
  }
  return best;
}

const LexRow *ch_names_lex(const Names *n, uint32_t token, Lex kind, uint32_t *tokens)
{
  const LexRow *best = NULL;
  uint32_t most = 0;
  const Lang *l = lang_at(n, token);
  for (uint32_t i = n->lex_first[token]; i < n->lex_first[token + 1]; i++) {
    const LexRow *row = &l->rows[n->lex_hits[i].row];
    if (row->kind == kind && n->lex_hits[i].tokens > most) {
      most = n->lex_hits[i].tokens;
      best = row;
    }
  }
  if (tokens)
    *tokens = most;
  return best;
}
