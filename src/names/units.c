/* Posts as texts put them: what stands before the core (states, bodies, ranks), the core, and what follows it. */
#include "base/utf8.h"
#include "names/inner.h"

enum { WIDTH = 8, LENGTH = 14, STATE_WAYS = WAY(CH_WAY_NAME) | WAY(CH_WAY_ADJECTIVE) | WAY(CH_WAY_METONYM) };

typedef struct Core {
  uint32_t posts[UNIT_POSTS];
  uint32_t n_posts, tokens, state, body;
} Core;

/* The state or body that an adjective, a name or the name of a state's capital with a possessive stands for, between the words of a
 * post. Tokens used, 0 where none. */
static uint32_t owner(const Names *n, uint32_t pos, uint32_t end, uint32_t *state, uint32_t *body)
{
  Hit s = names_hit(n, pos, CH_WORLD_STATE, STATE_WAYS);
  Hit b = names_hit(n, pos, CH_WORLD_BODY, WAY(CH_WAY_NAME) | WAY(CH_WAY_ADJECTIVE));
  uint32_t used = 0;
  if (s.tokens && s.tokens >= b.tokens) {
    *state = ch_ref_index(s.ref);
    used = s.tokens;
  } else if (b.tokens) {
    *body = ch_ref_index(b.ref);
    used = b.tokens;
  }
  if (used && pos + used < end && is_lex(n, pos + used, LEX_CLITIC))
    used++;
  return used;
}

/* Longest post phrase at the token; one owner may stand inside it. */
static Core core_at(const Names *n, uint32_t token, uint32_t end)
{
  const Lang *l = lang_at(n, token);
  uint32_t nodes[WIDTH] = {CH_PHRASE_ROOT}, n_nodes = 1;
  Core best = {.tokens = 0, .state = CH_NONE, .body = CH_NONE};
  uint32_t state = CH_NONE, body = CH_NONE, pos = token;
  bool skipped = false;
  while (pos < end && pos - token < LENGTH) {
    const ChToken *t = tok(n, pos);
    uint32_t next[WIDTH], n_next = 0;
    const ChWord words[] = {t->caps, t->key, t->lemma_key};
    for (uint32_t i = 0; i < n_nodes; i++)
      for (uint32_t w = 0; w < 3 && n_next < WIDTH; w++) {
        uint32_t to = ch_phrases_step(&l->world, nodes[i], words[w]);
        bool seen = to == 0;
        for (uint32_t k = 0; k < n_next; k++)
          seen |= next[k] == to;
        if (!seen)
          next[n_next++] = to;
      }
    if (!n_next) {
      uint32_t used = pos > token && !skipped ? owner(n, pos, end, &state, &body) : 0;
      if (!used)
        break;
      skipped = true;
      pos += used;
      continue;
    }
    memcpy(nodes, next, sizeof nodes);
    n_nodes = n_next;
    pos++;
    Core found = {.tokens = pos - token, .state = state, .body = body};
    for (uint32_t i = 0; i < n_nodes; i++) {
      size_t values;
      const ChPhraseValue *v = ch_phrases_values(&l->world, nodes[i], &values);
      for (size_t k = 0; k < values; k++)
        if (ch_ref_type(v[k].value) == CH_WORLD_POST && found.n_posts < UNIT_POSTS)
          found.posts[found.n_posts++] = ch_ref_index(v[k].value);
    }
    if (found.n_posts)
      best = found;
  }
  return best;
}

static void add_state(Unit *u, uint32_t state)
{
  for (uint32_t i = 0; i < u->n_states; i++)
    if (u->states[i] == state)
      return;
  if (u->n_states < UNIT_STATES)
    u->states[u->n_states++] = state;
}

/* One owner before the core; false where none. A capital with a possessive stands for its state. */
static bool take_owner(const Names *n, Unit *u, uint32_t *pos, uint32_t end)
{
  const Lang *l = lang_at(n, *pos);
  uint32_t ways = WAY(CH_WAY_ADJECTIVE) | ((l->options & OPTION_GENITIVE) ? 0 : WAY(CH_WAY_NAME) | WAY(CH_WAY_METONYM));
  Hit s = names_hit(n, *pos, CH_WORLD_STATE, ways);
  Hit b = names_hit(n, *pos, CH_WORLD_BODY, (l->options & OPTION_GENITIVE) ? WAY(CH_WAY_ADJECTIVE) : WAY(CH_WAY_NAME) | WAY(CH_WAY_ADJECTIVE));
  Hit m = names_hit(n, *pos, CH_WORLD_PORTFOLIO, WAY(CH_WAY_MINISTRY));
  Hit p = names_hit(n, *pos, CH_WORLD_PLACE, ANY_NAME);
  uint32_t used = 0;
  if (s.tokens && s.tokens >= b.tokens && s.tokens >= m.tokens) {
    add_state(u, ch_ref_index(s.ref));
    used = s.tokens;
  } else if (b.tokens && b.tokens >= m.tokens) {
    u->body = ch_ref_index(b.ref);
    used = b.tokens;
  } else if (m.tokens && !(l->options & OPTION_GENITIVE)) {
    u->portfolio = ch_ref_index(m.ref);
    used = m.tokens;
  } else if (p.tokens && *pos + p.tokens < end && is_lex(n, *pos + p.tokens, LEX_CLITIC)) {
    uint32_t place = ch_ref_index(p.ref), state = n->w.places[place].state;
    if (state == CH_NONE || n->w.states[state].capital != place)
      return false;
    add_state(u, state);
    u->group = *pos;
    used = p.tokens;
  }
  if (!used)
    return false;
  *pos += used;
  if (*pos < end && is_lex(n, *pos, LEX_CLITIC))
    ++*pos;
  return true;
}

static void before_core(const Names *n, Unit *u, uint32_t *pos, uint32_t end, Core *core)
{
  for (uint32_t guard = 0; guard < 12 && *pos < end; guard++) {
    *core = core_at(n, *pos, end);
    Hit rank = names_hit(n, *pos, CH_WORLD_RANK, ANY_NAME);
    Hit state = names_hit(n, *pos, CH_WORLD_STATE, STATE_WAYS);
    if (core->n_posts && core->tokens >= state.tokens && (core->tokens > rank.tokens || (core->tokens == rank.tokens && *pos + rank.tokens >= end)))
      return;
    if (rank.tokens && u->n_ranks < UNIT_RANKS && rank.tokens >= state.tokens) {
      Core after = core_at(n, *pos + rank.tokens < end ? *pos + rank.tokens : *pos, end);
      if (core->n_posts && !after.n_posts && !names_hit(n, *pos + rank.tokens < end ? *pos + rank.tokens : *pos, CH_WORLD_STATE, STATE_WAYS).tokens)
        return;
      u->ranks[u->n_ranks++] = ch_ref_index(rank.ref);
      *pos += rank.tokens;
      continue;
    }
    if (take_owner(n, u, pos, end))
      continue;
    bool joint = *pos > u->token && *pos + 1 < end &&
                 (is_lex(n, *pos, LEX_AND) || ch_slice_is(form(n, *pos), ",") || ch_slice_is(form(n, *pos), "-")) && u->n_states;
    if (joint && names_hit(n, *pos + 1, CH_WORLD_STATE, STATE_WAYS).tokens) {
      ++*pos;
      continue;
    }
    break;
  }
  core->n_posts = 0;
}

static ChSlice joined(Names *n, uint32_t from, uint32_t to)
{
  ChSpan s = ch_report_tokens_span(n->r, from, to - from);
  return ch_report_slice(n->r, s);
}

/* The English name of what stands at the token as part of a complement, and the tokens used; 0 where nothing known does. */
static uint32_t known_name(Names *n, uint32_t pos, ChSlice *name)
{
  static const ChWorldType types[] = {CH_WORLD_BODY, CH_WORLD_STATE, CH_WORLD_PLACE, CH_WORLD_SERIES};
  uint32_t used = 0;
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    Hit h = names_hit(n, pos, types[i], WAY(CH_WAY_NAME) | WAY(CH_WAY_METONYM));
    if (h.tokens <= used)
      continue;
    used = h.tokens;
    uint32_t k = ch_ref_index(h.ref);
    ChWord w = types[i] == CH_WORLD_BODY    ? n->w.bodies[k].name
               : types[i] == CH_WORLD_STATE ? n->w.states[k].name
               : types[i] == CH_WORLD_PLACE ? n->w.places[k].name
                                            : n->w.series[k].name;
    *name = ch_world_text(&n->w, w);
  }
  return used;
}

/* "for Syria", "to the UN": a complement with its preposition. Unknown words are kept as written where the language is the one of print. */
static bool take_complement(Names *n, Unit *u, uint32_t *pos, uint32_t end)
{
  const LexRow *row = names_lex(n, *pos, LEX_COMPLEMENT, NULL);
  if (!row || *pos + 1 >= end)
    return false;
  uint32_t at = *pos + 1;
  if (is_lex(n, at, LEX_ARTICLE))
    at++;
  if (at >= end)
    return false;
  ChSlice name = {0}, prep = ch_world_text(&n->w, row->value);
  uint32_t used = known_name(n, at, &name);
  bool native = n->r->sentences.at[tok(n, *pos)->sentence].lang == n->print;
  if (!used && !native)
    return false;
  uint32_t stop = at + used, from = at;
  if (native) { /* the run of words up to a name, a mark or a verb */
    while (stop < end && stop - from < 8) {
      const ChToken *t = tok(n, stop);
      bool and = is_lex(n, stop, LEX_AND) && stop + 1 < end && (names_hit(n, stop + 1, CH_WORLD_PLACE, ANY_NAME).tokens || (is_capital(n, stop + 1) && !core_at(n, stop + 1, end).n_posts && !is_lex(n, stop + 1, LEX_GIVEN)));
      if ((t->flags & CH_TOKEN_PUNCT) || is_lex(n, stop, LEX_GIVEN) || names_hit(n, stop, CH_WORLD_PERSON, ANY_NAME).tokens || core_at(n, stop, end).n_posts)
        break;
      bool noun = t->morph.pos == CH_POS_NOUN || t->morph.pos == CH_POS_ADJ || t->morph.pos == CH_POS_PROPN;
      if (!and && !(noun && (is_capital(n, stop) ? !used || used + at == stop : !used)))
        break;
      stop++;
      if (and) {
        ChSlice skip;
        uint32_t more = known_name(n, stop, &skip);
        stop += more ? more : 1;
        used = 0;
      }
    }
    if (stop == from)
      return false;
    if (stop > at + used || !used)
      name = joined(n, from, stop);
  }
  bool article = is_lex(n, *pos + 1, LEX_ARTICLE) && native;
  u->complement = ch_arena_printf(n->r->arena, "%.*s %.*s %s%.*s", CH_ARG(u->complement), CH_ARG(prep), article ? "the " : "", CH_ARG(name));
  *pos = stop;
  return true;
}

/* States after the core, "A, B and C". */
static bool take_states(Names *n, Unit *u, uint32_t *pos, uint32_t end)
{
  uint32_t at = *pos, states[UNIT_STATES], k = 0, last = at;
  for (uint32_t guard = 0; guard < 16 && at < end && k < UNIT_STATES; guard++) {
    if (is_lex(n, at, LEX_ARTICLE) && at + 1 < end)
      at++;
    Hit s = names_hit(n, at, CH_WORLD_STATE, WAY(CH_WAY_NAME) | WAY(CH_WAY_METONYM));
    if (!s.tokens || names_hit(n, at, CH_WORLD_BODY, ANY_NAME).tokens > s.tokens)
      break;
    states[k++] = ch_ref_index(s.ref);
    at += s.tokens;
    last = at;
    bool and = at + 1 < end && (is_lex(n, at, LEX_AND) || ch_slice_is(form(n, at), ","));
    if (!and || !u->plural)
      break;
    at++;
    if (at < end && is_lex(n, at, LEX_AND))
      at++;
  }
  for (uint32_t i = 0; i < k; i++)
    add_state(u, states[i]);
  *pos = last;
  return k > 0;
}

/* What stands after the core: of the state, of the body, of another's post, for a subject. */
static void after_core(Names *n, Unit *u, uint32_t *pos, uint32_t end)
{
  const Lang *l = lang_at(n, *pos - 1);
  for (uint32_t guard = 0; guard < 8 && *pos < end; guard++) {
    uint32_t at = *pos;
    bool of = is_lex(n, at, LEX_OF), free_owner = l->options & OPTION_GENITIVE;
    if (of && take_complement(n, u, pos, end)) /* "for" may be either */
      continue;
    if (of) {
      at++;
      while (at < end && is_lex(n, at, LEX_ARTICLE))
        at++;
    } else if (!free_owner) {
      if (!take_complement(n, u, pos, end))
        return;
      continue;
    }
    if (at >= end)
      return;
    Hit b = names_hit(n, at, CH_WORLD_BODY, ANY_NAME), m = names_hit(n, at, CH_WORLD_PORTFOLIO, WAY(CH_WAY_MINISTRY));
    Hit s = names_hit(n, at, CH_WORLD_STATE, WAY(CH_WAY_NAME) | WAY(CH_WAY_METONYM));
    Core other = core_at(n, at, end);
    if (b.tokens && b.tokens >= s.tokens && b.tokens >= m.tokens && u->body == CH_NONE) {
      u->body = ch_ref_index(b.ref);
      *pos = at + b.tokens;
    } else if (m.tokens && m.tokens >= s.tokens && u->portfolio == CH_NONE) {
      u->portfolio = ch_ref_index(m.ref);
      *pos = at + m.tokens;
    } else if (s.tokens) {
      *pos = at;
      if (!take_states(n, u, pos, end))
        return;
    } else if (other.n_posts && at > u->token && !names_hit(n, at, CH_WORLD_PERSON, ANY_NAME).tokens) {
      Unit inner = {.body = CH_NONE, .portfolio = CH_NONE};
      memcpy(inner.posts, other.posts, sizeof inner.posts);
      inner.n_posts = other.n_posts;
      ChSlice name = ch_world_text(&n->w, n->w.posts[names_unit_post(n, &inner, other.state)].name);
      u->complement = ch_arena_printf(n->r->arena, "%.*s of the %.*s", CH_ARG(u->complement), CH_ARG(name));
      if (other.state != CH_NONE)
        add_state(u, other.state);
      *pos = at + other.tokens;
    } else if (!take_complement(n, u, pos, end)) {
      return;
    }
  }
}

/* The syntactic head of the core: its first noun before a preposition in a language of genitives, else the last before one. */
static uint32_t core_head(const Names *n, uint32_t token, uint32_t tokens)
{
  bool first = lang_at(n, token)->options & OPTION_GENITIVE;
  uint32_t head = token;
  for (uint32_t i = token; i < token + tokens; i++) {
    if (i > token && (is_lex(n, i, LEX_OF) || is_lex(n, i, LEX_COMPLEMENT)))
      break;
    uint8_t pos = tok(n, i)->morph.pos;
    if (!first)
      head = i;
    else if (pos == CH_POS_NOUN || pos == CH_POS_PROPN)
      return i;
  }
  return head;
}

bool names_unit(Names *n, uint32_t token, uint32_t end, Unit *u)
{
  *u = (Unit){.token = token, .head = token, .body = CH_NONE, .portfolio = CH_NONE, .group = CH_NONE, .next = CH_NONE};
  Core core = {0};
  uint32_t pos = token;
  if (is_lex(n, pos, LEX_STOP) && !names_hit(n, pos, CH_WORLD_POST, ANY_NAME).tokens && !names_hit(n, pos, CH_WORLD_RANK, ANY_NAME).tokens)
    return false;
  before_core(n, u, &pos, end, &core);
  if (!core.n_posts)
    return false;
  memcpy(u->posts, core.posts, sizeof u->posts);
  u->n_posts = core.n_posts;
  if (core.state != CH_NONE)
    add_state(u, core.state);
  if (core.body != CH_NONE && u->body == CH_NONE)
    u->body = core.body;
  u->head = core_head(n, pos, core.tokens);
  u->plural = tok(n, u->head)->morph.number == CH_NUMBER_PLUR;
  pos += core.tokens;
  after_core(n, u, &pos, end);
  u->tokens = pos - token;
  u->specific = u->n_states || u->body != CH_NONE || u->complement.n || u->portfolio != CH_NONE || u->n_ranks;
  return true;
}

/* The minister of a portfolio: the highest state post that has it. */
static uint32_t minister_of(const Names *n, uint32_t portfolio, uint32_t state)
{
  uint32_t best = CH_NONE;
  for (uint32_t i = 0; i < n->w.n_posts; i++) {
    const ChPost *p = &n->w.posts[i];
    if (p->portfolio != portfolio || p->rank > 4)
      continue;
    ChSlice of = ch_world_text(&n->w, p->of);
    if (state != CH_NONE && p->of == n->w.states[state].id)
      return i;
    if (ch_slice_is(of, "state") && best == CH_NONE)
      best = i;
  }
  return best;
}

uint32_t names_unit_post(const Names *n, const Unit *u, uint32_t state)
{
  uint32_t best = u->posts[0];
  int most = -100;
  for (uint32_t i = 0; i < u->n_posts; i++) {
    const ChPost *p = &n->w.posts[u->posts[i]];
    ChSlice of = ch_world_text(&n->w, p->of);
    int score = 0;
    if (ch_slice_is(of, "state"))
      score = u->body == CH_NONE ? 3 : 1;
    else if (ch_slice_is(of, "body"))
      score = u->body != CH_NONE && state == CH_NONE ? 4 : 0;
    else if (state != CH_NONE && p->of == n->w.states[state].id)
      score = 6;
    else if (u->body != CH_NONE && p->of == n->w.bodies[u->body].id)
      score = 6;
    else if (ch_slice_starts(of, CH_LIT("b-")))
      score = state == CH_NONE ? 2 : 1;
    else
      score = -2; /* another state's */
    if (u->portfolio != CH_NONE && p->portfolio == u->portfolio)
      score += 2;
    if (score > most) {
      most = score;
      best = u->posts[i];
    }
  }
  if (u->portfolio != CH_NONE && n->w.posts[best].portfolio == CH_NONE && n->w.posts[best].rank == 3 &&
      ch_slice_is(ch_world_text(&n->w, n->w.posts[best].of), "body")) { /* the head of a ministry */
    uint32_t m = minister_of(n, u->portfolio, state);
    return m != CH_NONE ? m : best;
  }
  return best;
}

ChSlice names_unit_text(Names *n, const Unit *u, uint8_t gender)
{
  (void)gender;
  ChArena *a = n->r->arena;
  uint32_t state = u->n_states ? u->states[0] : CH_NONE;
  const ChPost *p = &n->w.posts[names_unit_post(n, u, state)];
  ChSlice text = ch_world_text(&n->w, p->name);
  for (uint32_t i = u->n_ranks; i-- > 0;) {
    ChSlice rank = ch_world_text(&n->w, n->w.ranks[u->ranks[i]].name);
    if (rank.n && rank.p[0] == '-')
      text = ch_arena_printf(a, "%.*s%.*s", CH_ARG(text), CH_ARG(rank));
    else
      text = ch_arena_printf(a, "%.*s %.*s", CH_ARG(rank), CH_ARG(text));
  }
  if (u->portfolio != CH_NONE && p->portfolio == CH_NONE) {
    ChSlice m = ch_world_text(&n->w, n->w.portfolios[u->portfolio].name);
    text = ch_arena_printf(a, "%.*s of the Ministry of %.*s", CH_ARG(text), CH_ARG(m));
  }
  if (u->complement.n && ch_slice_find(text, u->complement) == SIZE_MAX)
    text = ch_arena_printf(a, "%.*s%.*s", CH_ARG(text), CH_ARG(u->complement));
  if (u->next != CH_NONE) {
    ChSlice more = names_unit_text(n, &n->units.at[u->next], gender);
    text = ch_arena_printf(a, "%.*s%s%.*s", CH_ARG(text), u->joint == '-' ? " - " : u->joint == ',' ? ", " : " and ", CH_ARG(more));
  }
  return text;
}
