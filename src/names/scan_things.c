/* States, bodies, groups, places and outlets in the text, and the pronouns and nominals. */
#include "names/inner.h"

enum { STATE_WAYS = WAY(CH_WAY_NAME) | WAY(CH_WAY_ADJECTIVE) | WAY(CH_WAY_METONYM) | WAY(CH_WAY_DEMONYM), MOST = 8 };

typedef struct States {
  uint32_t at[MOST];
  uint32_t n;
} States;

/* States from the token on, "A, B and C", by the ways; the token after them. */
static uint32_t state_list(const Names *n, uint32_t token, uint32_t end, uint32_t ways, States *out)
{
  uint32_t at = token, last = token;
  out->n = 0;
  while (at < end && out->n < MOST) {
    uint32_t from = past_article(n, at, end);
    if (from >= end)
      break;
    Hit h = ch_names_hit(n, from, CH_WORLD_STATE, ways);
    if (!h.tokens)
      break;
    out->at[out->n++] = ch_ref_index(h.ref);
    last = at = from + h.tokens;
    if (at < end && is_lex(n, at, LEX_CLITIC))
      last = ++at;
    bool comma = at < end && mark(n, at, ","), and = at < end && is_lex(n, at, LEX_AND);
    if (!comma && !and)
      break;
    at++;
    if (at < end && is_lex(n, at, LEX_AND))
      at++;
  }
  return last;
}

static ChSlice adjective(const Names *n, uint32_t state) { return ch_world_text(&n->w, n->w.states[state].adjective); }

/* The world's body of a kind that a state has ("parliament"), CH_NONE. */
static uint32_t organ_of(const Names *n, uint32_t state, ChWord type)
{
  for (uint32_t b = 0; b < n->w.n_bodies; b++)
    if (n->w.bodies[b].state == state && n->w.bodies[b].type == type)
      return b;
  return CH_NONE;
}

static void add_groups(Names *n, uint32_t token, uint32_t stop, uint32_t head, const States *s, const LexRow *row)
{
  for (uint32_t i = 0; i < s->n; i++) {
    Find *f = ch_names_find(n, token, stop - token, row->kind == LEX_ORGAN ? CH_ENTITY_BODY : CH_ENTITY_GROUP, CH_MENTION_NAME);
    f->head = head;
    f->state = s->at[i];
    uint32_t organ = row->kind == LEX_ORGAN ? organ_of(n, s->at[i], row->value) : CH_NONE;
    if (organ != CH_NONE)
      f->ref = ch_world_ref(CH_WORLD_BODY, CH_WAY_NAME, organ);
    else
      f->text = ch_arena_printf(n->r->arena, "%.*s %.*s", CH_ARG(adjective(n, s->at[i])), CH_ARG(ch_world_text(&n->w, row->value)));
  }
  ch_names_take(n, (uint32_t)n->finds.n - 1);
}

/* "representatives of Russia and Turkey": the states themselves. */
static void add_stood_for(Names *n, uint32_t token, uint32_t stop, uint32_t head, const States *s)
{
  for (uint32_t i = 0; i < s->n; i++) {
    Find *f = ch_names_find(n, token, stop - token, CH_ENTITY_STATE, CH_MENTION_NAME);
    f->head = head;
    f->ref = ch_world_ref(CH_WORLD_STATE, CH_WAY_NAME, s->at[i]);
  }
  ch_names_take(n, (uint32_t)n->finds.n - 1);
}

static const LexRow *group_row(const Names *n, uint32_t token, uint32_t *len)
{
  const LexRow *row = ch_names_lex(n, token, LEX_GROUP, len);
  return row ? row : ch_names_lex(n, token, LEX_ORGAN, len);
}

/* A group "of X": of states, or of a body. Gives where to go on, 0 where none stands. */
static uint32_t group_of(Names *n, uint32_t token, uint32_t at, uint32_t end, const LexRow *row)
{
  States s;
  bool genitive = lang_at(n, token)->options & OPTION_GENITIVE;
  bool stands = ch_names_lex(n, token, LEX_STANDIN, NULL), from = stands && is_lex(n, at, LEX_LOCATIVE);
  if (!genitive && !is_lex(n, at, LEX_OF) && !from)
    return 0;
  uint32_t first = (genitive && !from) || at + 1 >= end ? at : at + 1;
  uint32_t stop = state_list(n, first, end, WAY(CH_WAY_NAME), &s);
  if (s.n && stands)
    add_stood_for(n, token, stop, at - 1, &s);
  else if (s.n)
    add_groups(n, token, stop, at - 1, &s, row);
  if (s.n)
    return stop;
  uint32_t b = past_article(n, first, end);
  Hit body = b < end ? ch_names_hit(n, b, CH_WORLD_BODY, ANY_NAME) : (Hit){0};
  if (!body.tokens || row->kind == LEX_ORGAN)
    return 0;
  Find *f = ch_names_find(n, token, b + body.tokens - token, stands ? CH_ENTITY_BODY : CH_ENTITY_GROUP, CH_MENTION_NAME);
  f->head = at - 1;
  f->ref = body.ref;
  if (!stands)
    f->text = ch_arena_printf(n->r->arena, "%.*s %.*s", CH_ARG(ch_world_text(&n->w, n->w.bodies[ch_ref_index(body.ref)].name)),
                              CH_ARG(ch_world_text(&n->w, row->value)));
  ch_names_take(n, (uint32_t)n->finds.n - 1);
  return b + body.tokens;
}

/* "Syrian government", "delegations of Russia and Ukraine", "the armed opposition". */
static uint32_t group(Names *n, uint32_t token, uint32_t end)
{
  States s;
  uint32_t len;
  uint32_t ways = WAY(CH_WAY_ADJECTIVE) | ((lang_at(n, token)->options & OPTION_GENITIVE) ? 0 : WAY(CH_WAY_NAME));
  uint32_t at = state_list(n, token, end, ways, &s);
  const LexRow *row;
  if (s.n && at < end) {
    row = group_row(n, at, &len);
    if (!row)
      return 0;
    add_groups(n, token, at + len, at + len - 1, &s, row);
    return at + len;
  }
  row = group_row(n, token, &len);
  if (!row)
    return 0;
  at = token + len;
  uint32_t stop = at < end ? group_of(n, token, at, end, row) : 0;
  if (stop)
    return stop;
  uint32_t bare;
  if (!ch_names_lex(n, token, LEX_BARE, &bare))
    return 0;
  Find *f = ch_names_find(n, token, bare, CH_ENTITY_GROUP, CH_MENTION_NAME);
  f->text = ch_world_text(&n->w, row->value);
  f->bare = true;
  ch_names_take(n, (uint32_t)n->finds.n - 1);
  return token + bare;
}

/* "Russian Foreign Ministry", "Ministry of Foreign Affairs of X"; one entity for each state. */
static uint32_t ministry(Names *n, uint32_t token, uint32_t end)
{
  States s;
  uint32_t at = state_list(n, token, end, STATE_WAYS, &s);
  if (at >= end)
    return 0;
  Hit m = ch_names_hit(n, at, CH_WORLD_PORTFOLIO, WAY(CH_WAY_MINISTRY));
  if (!m.tokens)
    return 0;
  uint32_t stop = at + m.tokens, head = (lang_at(n, at)->options & OPTION_GENITIVE) ? at : stop - 1;
  if (!s.n) {
    bool genitive = lang_at(n, at)->options & OPTION_GENITIVE;
    if (stop < end && (genitive || is_lex(n, stop, LEX_OF))) {
      uint32_t to = state_list(n, genitive ? stop : stop + 1, end, WAY(CH_WAY_NAME), &s);
      if (s.n)
        stop = to;
    }
  }
  ChSlice name = ch_world_text(&n->w, n->w.portfolios[ch_ref_index(m.ref)].ministry);
  if (!s.n && !is_capital(n, at))
    return 0;
  for (uint32_t i = 0; i < (s.n ? s.n : 1); i++) {
    Find *f = ch_names_find(n, token, stop - token, CH_ENTITY_BODY, CH_MENTION_NAME);
    f->head = head;
    f->ref = ch_world_ref(CH_WORLD_PORTFOLIO, CH_WAY_MINISTRY, ch_ref_index(m.ref));
    f->state = s.n ? s.at[i] : CH_NONE;
    f->text = s.n ? ch_arena_printf(n->r->arena, "%.*s %.*s", CH_ARG(adjective(n, s.at[i])), CH_ARG(name)) : name;
  }
  ch_names_take(n, (uint32_t)n->finds.n - 1);
  return stop;
}

/* "the Kazakh capital", "capital of Kazakhstan": the city. "the Kazakh side": the state. */
static uint32_t capital_or_side(Names *n, uint32_t token, uint32_t end)
{
  States s;
  uint32_t len, at = state_list(n, token, end, STATE_WAYS, &s), stop, head;
  bool capital = at < end && ch_names_lex(n, at, LEX_CAPITAL, &len),
       side = at < end && !capital && ch_names_lex(n, at, LEX_SIDE, &len);
  if (!capital && !side)
    return 0;
  head = at + len - 1;
  stop = at + len;
  if (!s.n && capital && stop < end) {
    bool genitive = lang_at(n, at)->options & OPTION_GENITIVE;
    if (genitive || is_lex(n, stop, LEX_OF)) {
      uint32_t to = state_list(n, genitive ? stop : stop + 1, end, WAY(CH_WAY_NAME), &s);
      if (s.n)
        stop = to;
    }
  }
  if (s.n != 1)
    return 0;
  uint32_t city = n->w.states[s.at[0]].capital;
  if (capital && city == CH_NONE)
    return 0;
  Find *f = ch_names_find(n, token, stop - token, capital ? CH_ENTITY_PLACE : CH_ENTITY_STATE,
                          capital ? CH_MENTION_NAME : CH_MENTION_NOMINAL);
  f->head = head;
  f->ref = capital ? ch_world_ref(CH_WORLD_PLACE, CH_WAY_NAME, city) : ch_world_ref(CH_WORLD_STATE, CH_WAY_NAME, s.at[0]);
  f->nominal = capital ? CH_NOMINAL_NONE : CH_NOMINAL_STATE;
  ch_names_take(n, (uint32_t)n->finds.n - 1);
  return stop;
}

/* Of several places of one name: in a state that the text names, then the largest; a city before others. */
static uint32_t best_place(const Names *n, uint32_t token, uint32_t tokens)
{
  uint32_t best = CH_NONE;
  double most = -1;
  for (uint32_t i = n->first[token]; i < n->first[token + 1]; i++) {
    const Hit *h = &n->hits[i];
    if (h->tokens != tokens || ch_ref_type(h->ref) != CH_WORLD_PLACE)
      continue;
    const ChPlace *p = &n->w.places[ch_ref_index(h->ref)];
    double score = p->population + (ch_slice_is(ch_world_text(&n->w, p->type), "city") ? 1000 : 0);
    if (p->state != CH_NONE && n->w.states[p->state].capital == ch_ref_index(h->ref))
      score += 1e7;
    if (score > most) {
      most = score;
      best = ch_ref_index(h->ref);
    }
  }
  return best;
}

static bool verb(const Names *n, uint32_t i) { return tok(n, i)->morph.pos == CH_POS_VERB || tok(n, i)->morph.pos == CH_POS_AUX; }

/* The first token after `at` that is no adverb; at most two are passed over. */
static uint32_t past_adverbs(const Names *n, uint32_t at, uint32_t end)
{
  for (uint32_t k = 0; k < 2 && at < end && tok(n, at)->morph.pos == CH_POS_ADV; k++)
    at++;
  return at;
}

enum { LISTED = 8 };

/* "talks between Moscow and Tehran", "a deal with Kiev": nobody deals with a town. Members of a list before it are passed over. */
static bool dealt_with(const Names *n, uint32_t token, uint32_t start)
{
  uint8_t kase = tok(n, token)->morph.kase;
  for (uint32_t at = token, k = 0; at > start && k < LISTED; k++) {
    if (is_lex(n, at - 1, LEX_DEALING)) /* "s Moskvy" is from there */
      return !kase || kase == CH_CASE_INS || kase == CH_CASE_NOM || kase == CH_CASE_ACC;
    if (at < start + 2 || !(is_lex(n, at - 1, LEX_AND) || mark(n, at - 1, ",")) || !n->taken[at - 2])
      return false;
    const Find *f = &n->finds.at[n->taken[at - 2] - 1];
    if (f->type != CH_ENTITY_STATE || f->form != CH_MENTION_NAME)
      return false;
    at = f->token;
  }
  return false;
}

/* Does a capital stand for its state here? It does where it acts: alone or beside another before a verb, and not after a
 * preposition. The accusative counts: names of cities have often one form for it and the nominative. */
static bool acts(const Names *n, uint32_t token, uint32_t tokens, uint32_t start, uint32_t end)
{
  if (token > start && (is_lex(n, token - 1, LEX_LOCATIVE) || tok(n, token - 1)->morph.pos == CH_POS_ADP))
    return false;
  if (token > start && n->taken[token - 1] && n->finds.at[n->taken[token - 1] - 1].type == CH_ENTITY_PLACE)
    return false; /* "the Kazakh capital Astana" */
  uint8_t kase = tok(n, token)->morph.kase;
  if (kase && kase != CH_CASE_NOM && kase != CH_CASE_ACC)
    return false;
  if (kase == CH_CASE_NOM && end - start > 4 && token > start) /* a subject wherever it stands */
    return true;
  uint32_t at = past_adverbs(n, token + tokens, end);
  if (at < end && is_lex(n, at, LEX_AND) && at + 1 < end) {
    Hit h = ch_names_hit(n, at + 1, CH_WORLD_PLACE, ANY_NAME);
    Hit s = ch_names_hit(n, at + 1, CH_WORLD_STATE, WAY(CH_WAY_NAME) | WAY(CH_WAY_METONYM));
    uint32_t used = h.tokens > s.tokens ? h.tokens : s.tokens;
    uint32_t to = past_adverbs(n, at + 1 + used, end);
    return used && to < end && verb(n, to);
  }
  if (at < end && ch_slice_is(form(n, at), ",") && at + 1 < end && ch_names_hit(n, at + 1, CH_WORLD_PLACE, ANY_NAME).tokens)
    at = past_adverbs(n, at + 1 + ch_names_hit(n, at + 1, CH_WORLD_PLACE, ANY_NAME).tokens, end); /* one of a list */
  if (at + 1 < end && is_lex(n, at, LEX_AND) && ch_names_hit(n, at + 1, CH_WORLD_PLACE, ANY_NAME).tokens)
    at = past_adverbs(n, at + 1 + ch_names_hit(n, at + 1, CH_WORLD_PLACE, ANY_NAME).tokens, end);
  return at < end && verb(n, at);
}

static bool has_capital(const Names *n, uint32_t token, uint32_t tokens)
{
  for (uint32_t i = token; i < token + tokens; i++)
    if (is_capital(n, i))
      return true;
  return false;
}

/* "the guarantor states": the members of a format called by a common noun, where the report names some of them. */
static uint32_t format(Names *n, uint32_t token, uint32_t tokens, uint32_t body)
{
  const ChBody *b = &n->w.bodies[body];
  if (!ch_names_members_named(n, body) || b->members > MOST)
    return 0;
  for (uint32_t i = b->member; i < b->member + b->members; i++) {
    Find *f = ch_names_find(n, token, tokens, CH_ENTITY_STATE, CH_MENTION_NOMINAL);
    f->ref = ch_world_ref(CH_WORLD_STATE, CH_WAY_NAME, n->w.members[i]);
    f->nominal = CH_NOMINAL_STATES;
  }
  ch_names_take(n, (uint32_t)n->finds.n - 1);
  return token + tokens;
}

uint32_t ch_names_support(Names *n, uint32_t state)
{
  if (n->support)
    return n->support[state];
  n->support = ch_arena_array(n->r->arena, n->w.n_states + 1, sizeof *n->support);
  for (size_t i = 0; i < n->finds.n; i++) {
    const Find *f = &n->finds.at[i];
    uint32_t s = f->type == CH_ENTITY_PERSON && f->ref != CH_NONE ? n->w.persons[ch_ref_index(f->ref)].state : f->state;
    if (s != CH_NONE)
      n->support[s]++;
  }
  for (uint32_t t = 0; t < n->r->tokens.n; t++) {
    Hit p = ch_names_hit(n, t, CH_WORLD_PLACE, ANY_NAME);
    uint32_t s = p.tokens ? n->w.places[ch_ref_index(p.ref)].state : CH_NONE;
    if (s != CH_NONE && !ch_names_hit(n, t, CH_WORLD_STATE, WAY(CH_WAY_NAME) | WAY(CH_WAY_ADJECTIVE) | WAY(CH_WAY_METONYM)).tokens)
      n->support[s]++;
  }
  return n->support[state];
}

/* Of several states of one name ("Congo") the one that the report speaks of otherwise too; the first where it does of none. */
static Hit best_state(Names *n, uint32_t token, uint32_t ways)
{
  Hit best = ch_names_hit(n, token, CH_WORLD_STATE, ways);
  uint32_t most = 0, rivals = 0;
  for (uint32_t i = n->first[token]; i < n->first[token + 1]; i++) {
    const Hit *h = &n->hits[i];
    rivals += h->tokens == best.tokens && ch_ref_type(h->ref) == CH_WORLD_STATE && ch_ref_index(h->ref) != ch_ref_index(best.ref);
  }
  for (uint32_t i = n->first[token]; rivals && i < n->first[token + 1]; i++) {
    const Hit *h = &n->hits[i];
    if (h->tokens != best.tokens || ch_ref_type(h->ref) != CH_WORLD_STATE || !(ways >> ch_ref_way(h->ref) & 1))
      continue;
    uint32_t count = ch_names_support(n, ch_ref_index(h->ref));
    if (count > most) {
      most = count;
      best = *h;
    }
  }
  return best;
}

/* Of several bodies of one name the one whose state the report names. */
static Hit best_body(const Names *n, uint32_t token)
{
  Hit best = ch_names_hit(n, token, CH_WORLD_BODY, ANY_NAME);
  for (uint32_t i = n->first[token]; best.tokens && i < n->first[token + 1]; i++) {
    const Hit *h = &n->hits[i];
    uint32_t now = n->w.bodies[ch_ref_index(best.ref)].state;
    if (h->tokens != best.tokens || ch_ref_type(h->ref) != CH_WORLD_BODY || ch_ref_way(h->ref) != CH_WAY_NAME)
      continue;
    uint32_t state = n->w.bodies[ch_ref_index(h->ref)].state;
    if (state != CH_NONE && n->named[state] && now != CH_NONE && !n->named[now])
      best = *h;
  }
  return best;
}

/* Is the state's name a place of another state here: a river by its article ("the Jordan"), or a region of the one that the text is about
 * ("from Texas to Georgia")? */
static bool rather_place(Names *n, uint32_t token, uint32_t start, Hit state, Hit place)
{
  if (state.tokens != place.tokens || ch_ref_way(state.ref) != CH_WAY_NAME)
    return false;
  const ChPlace *p = &n->w.places[ch_ref_index(place.ref)];
  if (p->kind == CH_PLACE_RIVER)
    return token > start && is_lex(n, token - 1, LEX_ARTICLE);
  if (p->state == CH_NONE || p->state == ch_ref_index(state.ref) || p->kind != CH_PLACE_REGION)
    return false;
  uint32_t own = ch_names_support(n, ch_ref_index(state.ref)), near = 0;
  const ChSentence *s = &n->r->sentences.at[tok(n, token)->sentence];
  for (uint32_t t = s->token; t < s->token + s->tokens; t++) {
    Hit h = ch_names_hit(n, t, CH_WORLD_PLACE, ANY_NAME);
    near += t != token && h.tokens && n->w.places[ch_ref_index(h.ref)].state == p->state &&
            n->w.states[p->state].capital != ch_ref_index(h.ref);
  }
  bool within_city = token >= start + 2 && mark(n, token - 1, ",") && is_capital(n, token - 2); /* "Plains, Georgia" */
  return !own && (near || (within_city && ch_names_support(n, p->state)));
}

/* A town of that name in another state: "Moscow, Idaho". */
static bool other_town(const Names *n, uint32_t token, uint32_t tokens, uint32_t end, uint32_t place)
{
  uint32_t at = token + tokens;
  if (at + 1 >= end || !mark(n, at, ","))
    return false;
  Hit region = ch_names_hit(n, at + 1, CH_WORLD_PLACE, ANY_NAME);
  const ChPlace *r = region.tokens ? &n->w.places[ch_ref_index(region.ref)] : NULL;
  bool closed = region.tokens && (at + 1 + region.tokens >= end || (tok(n, at + 1 + region.tokens)->flags & CH_TOKEN_PUNCT));
  return r && closed && r->kind == CH_PLACE_REGION && r->state != CH_NONE && n->w.places[place].state != CH_NONE &&
         r->state != n->w.places[place].state;
}

/* A name of the world's table; the longest, by type where several are. */
static uint32_t known(Names *n, uint32_t token, uint32_t start, uint32_t end)
{
  Hit body = best_body(n, token), state = best_state(n, token, STATE_WAYS);
  Hit place = ch_names_hit(n, token, CH_WORLD_PLACE, ANY_NAME), outlet = ch_names_hit(n, token, CH_WORLD_OUTLET, ANY_NAME);
  uint32_t len = body.tokens;
  if (state.tokens > len)
    len = state.tokens;
  if (place.tokens > len)
    len = place.tokens;
  if (outlet.tokens > len)
    len = outlet.tokens;
  if (!len)
    return 0;
  Find *f;
  bool metonym = state.tokens == len && ch_ref_way(state.ref) == CH_WAY_METONYM; /* "Foggy Bottom" rather than the department */
  bool quoted = token > start && (tok(n, token - 1)->flags & CH_TOKEN_QUOTE_OPEN);
  if (body.tokens == len && !has_capital(n, token, len) && !quoted)
    return format(n, token, len, ch_ref_index(body.ref));
  if (state.tokens == len && place.tokens == len && rather_place(n, token, start, state, place))
    state.tokens = 0;
  if (state.tokens == len && ch_ref_way(state.ref) == CH_WAY_NAME && token > start) { /* "Greek Macedonia" */
    Hit whose = ch_names_hit(n, token - 1, CH_WORLD_STATE, WAY(CH_WAY_ADJECTIVE));
    if (whose.tokens == 1 && ch_ref_index(whose.ref) != ch_ref_index(state.ref) && tok(n, token - 1)->morph.pos == CH_POS_ADJ &&
        tok(n, token - 1)->morph.kase == tok(n, token)->morph.kase && tok(n, token)->morph.kase)
      return token + len;
  }
  if (body.tokens == len && !metonym) {
    f = ch_names_find(n, token, len, CH_ENTITY_BODY, CH_MENTION_NAME);
    f->ref = body.ref;
  } else if (state.tokens == len) {
    bool adjective_ = ch_ref_way(state.ref) == CH_WAY_ADJECTIVE;
    f = ch_names_find(n, token, len, CH_ENTITY_STATE, adjective_ ? CH_MENTION_ADJECTIVE : CH_MENTION_NAME);
    f->ref = state.ref;
  } else if (outlet.tokens == len) {
    f = ch_names_find(n, token, len, CH_ENTITY_OUTLET, CH_MENTION_NAME);
    f->ref = outlet.ref;
  } else {
    uint32_t p = best_place(n, token, len), s = n->w.places[p].state;
    if (other_town(n, token, len, end, p))
      return token + len;
    bool state_acts = s != CH_NONE && n->w.states[s].capital == p && (dealt_with(n, token, start) || acts(n, token, len, start, end));
    f = ch_names_find(n, token, len, state_acts ? CH_ENTITY_STATE : CH_ENTITY_PLACE, CH_MENTION_NAME);
    f->ref = state_acts ? ch_world_ref(CH_WORLD_STATE, CH_WAY_METONYM, s) : ch_world_ref(CH_WORLD_PLACE, CH_WAY_NAME, p);
  }
  f->name = token;
  f->names = len;
  ch_names_take(n, (uint32_t)n->finds.n - 1);
  return token + len;
}

/* The state that a part of a compound stands for ("Russian" of "Russian-Belarusian"), CH_NONE. */
static uint32_t part_state(const Names *n, const Lang *l, ChSlice part)
{
  char out[CH_FOLD_MAX];
  size_t k = ch_fold_acronym(part) ? ch_fold_caps(part, out) : ch_fold_key(&l->fold, part, out), values = 0;
  uint32_t node = ch_phrases_step(&l->world, CH_PHRASE_ROOT, ch_pack_find(n->r->pack, ch_slice(out, k)));
  const ChPhraseValue *v = node ? ch_phrases_values(&l->world, node, &values) : NULL;
  for (size_t i = 0; i < values; i++)
    if (ch_ref_type(v[i].value) == CH_WORLD_STATE)
      return ch_ref_index(v[i].value);
  return CH_NONE;
}

/* "Russian-Belarusian": both states. */
static uint32_t compound(Names *n, uint32_t token)
{
  const Lang *l = lang_at(n, token);
  ChSlice rest = form(n, token);
  States s = {.n = 0};
  bool capital = is_capital(n, token) || !(l->options & OPTION_CAPITAL_ADJECTIVES);
  if (!capital || ch_slice_find(rest, CH_LIT("-")) == SIZE_MAX || rest.n > CH_FOLD_MAX / 2)
    return 0;
  while (rest.n && s.n < MOST) {
    uint32_t state = part_state(n, l, ch_slice_cut(&rest, '-'));
    if (state == CH_NONE)
      return 0;
    s.at[s.n++] = state;
  }
  for (uint32_t i = 0; i < s.n; i++) {
    Find *f = ch_names_find(n, token, 1, CH_ENTITY_STATE, CH_MENTION_ADJECTIVE);
    f->ref = ch_world_ref(CH_WORLD_STATE, CH_WAY_ADJECTIVE, s.at[i]);
  }
  ch_names_take(n, (uint32_t)n->finds.n - 1);
  return s.n ? token + 1 : 0;
}

/* An unknown body by shape: words with capitals, the last a word for a body. */
static uint32_t unknown_body(Names *n, uint32_t token, uint32_t end)
{
  if (!is_capital(n, token) || is_lex(n, token, LEX_STOP))
    return 0;
  uint32_t at = token, tail = 0;
  while (at < end && at - token < 8 && is_capital(n, at) && !(tok(n, at)->flags & CH_TOKEN_PUNCT) && !n->taken[at]) {
    at++;
    if (is_lex(n, at - 1, LEX_BODY_TAIL) && at - token >= 2)
      tail = at;
  }
  if (!tail)
    return 0;
  Find *f = ch_names_find(n, token, tail - token, CH_ENTITY_BODY, CH_MENTION_NAME);
  f->name = token;
  f->names = tail - token;
  f->text = ch_arena_copy(n->r->arena, ch_report_slice(n->r, ch_report_tokens_span(n->r, token, tail - token)));
  ch_names_take(n, (uint32_t)n->finds.n - 1);
  return tail;
}

/* "the Union" of the African Union: the last word of a body's name, with its capital. */
static uint32_t short_body(Names *n, uint32_t token, uint32_t end)
{
  const ChToken *t = tok(n, token);
  uint32_t start = n->r->sentences.at[t->sentence].token, next = token + 1;
  if (!is_lex(n, token, LEX_BODY_TAIL) || !is_capital(n, token) || token == start || n->taken[token])
    return 0;
  bool joined = next < end && is_capital(n, next) && (!lang_at(n, token)->n_cases || tok(n, next)->morph.kase == CH_CASE_GEN);
  if (joined || (token - 1 > start && is_capital(n, token - 1) && !is_lex(n, token - 1, LEX_ARTICLE)))
    return 0;
  Find *f = ch_names_find(n, token, 1, CH_ENTITY_BODY, CH_MENTION_NOMINAL);
  f->nominal = CH_NOMINAL_BODY;
  ch_names_take(n, (uint32_t)n->finds.n - 1);
  return next;
}

/* Pronouns and nominals; resolved by coref.c. */
static uint32_t nominal(Names *n, uint32_t token, uint32_t end)
{
  uint32_t len;
  const LexRow *row = ch_names_lex(n, token, LEX_PRONOUN, &len);
  ChMentionForm form_ = CH_MENTION_PRONOUN;
  if (!row)
    row = ch_names_lex(n, token, LEX_POSSESSIVE_PRONOUN, &len);
  if (!row) {
    row = ch_names_lex(n, token, LEX_NOMINAL, &len);
    form_ = CH_MENTION_NOMINAL;
  }
  if (!row)
    return short_body(n, token, end);
  uint8_t kind = row->nominal, type = CH_ENTITY_PERSON, number = tok(n, token + len - 1)->morph.number;
  /* one row serves both numbers where keys are the same; the number decides */
  if (kind == CH_NOMINAL_PERSON_SING && number == CH_NUMBER_PLUR)
    kind = CH_NOMINAL_PERSONS;
  else if (kind == CH_NOMINAL_PERSONS && number == CH_NUMBER_SING)
    kind = CH_NOMINAL_PERSON_SING;
  else if (kind == CH_NOMINAL_STATE && number == CH_NUMBER_PLUR)
    kind = CH_NOMINAL_STATES;
  else if (kind == CH_NOMINAL_STATES && number == CH_NUMBER_SING)
    kind = CH_NOMINAL_STATE;
  if (kind == CH_NOMINAL_STATE || kind == CH_NOMINAL_STATES)
    type = CH_ENTITY_STATE;
  else if (kind == CH_NOMINAL_BODY)
    type = CH_ENTITY_BODY;
  else if (kind == CH_NOMINAL_PLACE)
    type = CH_ENTITY_PLACE;
  else if (kind == CH_NOMINAL_SIDES)
    type = CH_ENTITY_GROUP;
  Find *f = ch_names_find(n, token, len, type, form_);
  f->nominal = kind;
  f->row = (uint32_t)(row - lang_at(n, token)->rows);
  uint8_t own = tok(n, token)->morph.gender;
  f->gender = form_ == CH_MENTION_PRONOUN && (own == CH_GENDER_MASC || own == CH_GENDER_FEM) ? own : row->gender;
  ch_names_take(n, (uint32_t)n->finds.n - 1);
  return token + len;
}

/* "head of the [Russian delegation]": the group within a title. */
static void groups_in_titles(Names *n)
{
  for (size_t k = 0; k < n->units.n; k++) {
    const Unit *u = &n->units.at[k];
    for (uint32_t i = u->core; u->n_states == 1 && i < u->core + u->core_tokens; i++) {
      uint32_t len;
      const LexRow *row = i == u->head ? NULL : ch_names_lex(n, i, LEX_GROUP, &len);
      if (!row || i + len > u->core + u->core_tokens || !n->taken[i])
        continue;
      uint32_t from = i;
      if (i > u->core && ch_names_hit(n, i - 1, CH_WORLD_STATE, STATE_WAYS).tokens)
        from--;
      Find *f = ch_names_find(n, from, i + len - from, CH_ENTITY_GROUP, CH_MENTION_NAME);
      f->state = u->states[0];
      f->text = ch_arena_printf(n->r->arena, "%.*s %.*s", CH_ARG(adjective(n, f->state)), CH_ARG(ch_world_text(&n->w, row->value)));
      break;
    }
  }
}

void ch_names_scan_things(Names *n)
{
  groups_in_titles(n);
  for (uint32_t s = 0; s < n->r->sentences.n; s++) {
    const ChSentence *sent = &n->r->sentences.at[s];
    uint32_t end = sent->token + sent->tokens;
    for (uint32_t i = sent->token, limit = i; i < end;) {
      uint32_t next = 0;
      if (limit <= i)
        for (limit = i; limit < end && !n->taken[limit];)
          limit++;
      if (limit > i && !(tok(n, i)->flags & CH_TOKEN_PUNCT) && (!is_lex(n, i, LEX_ARTICLE) || is_lex(n, i, LEX_POSSESSIVE_PRONOUN))) {
        next = group(n, i, limit);
        if (!next)
          next = ministry(n, i, limit);
        if (!next)
          next = capital_or_side(n, i, limit);
        if (!next)
          next = known(n, i, sent->token, limit);
        if (!next)
          next = compound(n, i);
        if (!next)
          next = unknown_body(n, i, limit);
        if (!next)
          next = nominal(n, i, limit);
      }
      i = next > i ? next : i + 1;
    }
  }
}
