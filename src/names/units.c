/* Posts as texts put them: what stands before the core (states, bodies, ranks), the core, and what follows it. */
#include "base/utf8.h"
#include "names/inner.h"

enum { WIDTH = 8, LENGTH = 14, STATE_WAYS = WAY(CH_WAY_NAME) | WAY(CH_WAY_ADJECTIVE) | WAY(CH_WAY_METONYM) };

typedef struct Core {
  uint32_t posts[UNIT_POSTS];
  uint32_t n_posts, tokens, state, body;
  uint32_t rank; /* joined to it by a hyphen ("president-elect"), CH_NONE */
} Core;

/* The state or body that an adjective, a name or the name of a state's capital with a possessive stands for, between the words of a
 * post. Tokens used, 0 where none. */
static uint32_t owner(const Names *n, uint32_t pos, uint32_t end, uint32_t *state, uint32_t *body)
{
  Hit s = ch_names_hit(n, pos, CH_WORLD_STATE, STATE_WAYS);
  Hit b = ch_names_hit(n, pos, CH_WORLD_BODY, WAY(CH_WAY_NAME) | WAY(CH_WAY_ADJECTIVE));
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

static uint32_t step_words(const ChPhrases *t, const uint32_t *nodes, uint32_t n_nodes, const ChWord *words, uint32_t n_words,
                           uint32_t next[WIDTH])
{
  uint32_t n_next = 0;
  for (uint32_t i = 0; i < n_nodes; i++)
    for (uint32_t w = 0; w < n_words && n_next < WIDTH; w++) {
      uint32_t to = ch_phrases_step(t, nodes[i], words[w]);
      bool seen = to == 0;
      for (uint32_t k = 0; k < n_next; k++)
        seen |= next[k] == to;
      if (!seen)
        next[n_next++] = to;
    }
  return n_next;
}

/* The rank that a word alone is, CH_NONE. */
static uint32_t rank_of(const Names *n, const Lang *l, ChSlice word)
{
  char out[CH_FOLD_MAX];
  size_t k = ch_fold_key(&l->fold, word, out), values = 0;
  uint32_t node = ch_phrases_step(&l->world, CH_PHRASE_ROOT, ch_pack_find(n->r->pack, ch_slice(out, k)));
  const ChPhraseValue *v = node ? ch_phrases_values(&l->world, node, &values) : NULL;
  for (size_t i = 0; i < values; i++)
    if (ch_ref_type(v[i].value) == CH_WORLD_RANK)
      return ch_ref_index(v[i].value);
  return CH_NONE;
}

/* "President-elect", "ex-president": the word of the post to step by and the rank beside it; CH_NO_WORD where it is neither. */
static ChWord hyphened(const Names *n, const Lang *l, uint32_t token, uint32_t *rank)
{
  ChSlice f = form(n, token);
  char out[CH_FOLD_MAX];
  size_t first = ch_slice_find(f, CH_LIT("-"));
  if (first == SIZE_MAX || first == 0 || first + 1 >= f.n || f.n > CH_FOLD_MAX / 2)
    return CH_NO_WORD;
  size_t last = f.n - 1;
  while (f.p[last] != '-')
    last--;
  *rank = rank_of(n, l, ch_slice(f.p + last + 1, f.n - last - 1));
  if (*rank != CH_NONE)
    return ch_pack_find(n->r->pack, ch_slice(out, ch_fold_key(&l->fold, ch_slice(f.p, last), out)));
  *rank = rank_of(n, l, ch_slice(f.p, first));
  if (*rank != CH_NONE)
    return ch_pack_find(n->r->pack, ch_slice(out, ch_fold_key(&l->fold, ch_slice(f.p + first + 1, f.n - first - 1), out)));
  return CH_NO_WORD;
}

typedef struct Walk {
  uint32_t nodes[WIDTH], n;
  uint32_t pos, state, body, rank;
} Walk;

/* One token on; false where no phrase goes on. */
static bool advance(const Names *n, const Lang *l, Walk *w)
{
  const ChToken *t = tok(n, w->pos);
  const ChWord words[] = {t->caps, t->key, t->lemma_key};
  uint32_t next[WIDTH], n_next = step_words(&l->world, w->nodes, w->n, words, 3, next);
  if (!n_next && w->rank == CH_NONE) {
    ChWord part = hyphened(n, l, w->pos, &w->rank);
    n_next = part ? step_words(&l->world, w->nodes, w->n, &part, 1, next) : 0;
  }
  if (!n_next)
    return false;
  memcpy(w->nodes, next, sizeof next);
  w->n = n_next;
  w->pos++;
  return true;
}

static void collect(const Lang *l, const Walk *w, uint32_t token, Core *best)
{
  Core found = {.tokens = w->pos - token, .state = w->state, .body = w->body, .rank = w->rank};
  for (uint32_t i = 0; i < w->n; i++) {
    size_t values;
    const ChPhraseValue *v = ch_phrases_values(&l->world, w->nodes[i], &values);
    for (size_t k = 0; k < values; k++)
      if (ch_ref_type(v[k].value) == CH_WORLD_POST && found.n_posts < UNIT_POSTS)
        found.posts[found.n_posts++] = ch_ref_index(v[k].value);
  }
  if (found.n_posts && found.tokens > best->tokens)
    *best = found;
}

/* Longest post phrase at the token; one owner may stand inside it ("head of the Russian delegation"). */
static Core core_at(const Names *n, uint32_t token, uint32_t end)
{
  const Lang *l = lang_at(n, token);
  Core best = {.tokens = 0, .state = CH_NONE, .body = CH_NONE, .rank = CH_NONE};
  Walk w = {.nodes = {CH_PHRASE_ROOT}, .n = 1, .pos = token, .state = CH_NONE, .body = CH_NONE, .rank = CH_NONE};
  while (w.pos < end && w.pos - token < LENGTH) {
    if (w.pos > token) {
      Walk past = w;
      uint32_t used = owner(n, w.pos, end, &past.state, &past.body);
      past.pos += used;
      while (used && past.pos < end && past.pos - token < LENGTH && advance(n, l, &past))
        collect(l, &past, token, &best);
    }
    if (!advance(n, l, &w))
      break;
    collect(l, &w, token, &best);
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
  Hit s = ch_names_hit(n, *pos, CH_WORLD_STATE, ways);
  Hit b = ch_names_hit(n, *pos, CH_WORLD_BODY,
                       (l->options & OPTION_GENITIVE) ? WAY(CH_WAY_ADJECTIVE) : WAY(CH_WAY_NAME) | WAY(CH_WAY_ADJECTIVE));
  Hit m = ch_names_hit(n, *pos, CH_WORLD_PORTFOLIO, WAY(CH_WAY_MINISTRY));
  Hit p = ch_names_hit(n, *pos, CH_WORLD_PLACE, ANY_NAME);
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

/* Is the core a minister or deputy minister of no portfolio of its own? */
static bool takes_subject(const Names *n, Core core)
{
  for (uint32_t i = 0; i < core.n_posts; i++) {
    const ChPost *p = &n->w.posts[core.posts[i]];
    if (p->portfolio == CH_NONE && (p->rank == 4 || p->rank == 5) && ch_slice_is(ch_world_text(&n->w, p->of), "state"))
      return true;
  }
  return false;
}

/* "minister of foreign affairs | and emigration": the name of what it is for may be longer than the post's own words. */
static uint32_t longer_subject(const Names *n, uint32_t core, uint32_t pos, uint32_t end)
{
  uint32_t stop = pos;
  for (uint32_t i = core + 1; i < pos; i++) {
    Hit h = ch_names_hit(n, i, CH_WORLD_PORTFOLIO, ANY_NAME);
    if (h.tokens && i + h.tokens > stop && i + h.tokens <= end)
      stop = i + h.tokens;
  }
  return stop;
}

/* "minister of X" after the core. */
static void subject_after(const Names *n, Unit *u, Core core, uint32_t *pos, uint32_t end)
{
  uint32_t at = *pos;
  if (u->subject != CH_NONE || !takes_subject(n, core))
    return;
  if (at < end && is_lex(n, at, LEX_OF))
    at++;
  else if (!(lang_at(n, *pos - 1)->options & OPTION_GENITIVE))
    return;
  while (at < end && is_lex(n, at, LEX_ARTICLE))
    at++;
  Hit h = at < end ? ch_names_hit(n, at, CH_WORLD_PORTFOLIO, ANY_NAME) : (Hit){0};
  if (!h.tokens)
    return;
  u->subject = ch_ref_index(h.ref);
  *pos = at + h.tokens;
}

static void before_core(const Names *n, Unit *u, uint32_t *pos, uint32_t end, Core *core)
{
  for (uint32_t guard = 0; guard < 12 && *pos < end; guard++) {
    *core = core_at(n, *pos, end);
    Hit rank = ch_names_hit(n, *pos, CH_WORLD_RANK, ANY_NAME);
    Hit state = ch_names_hit(n, *pos, CH_WORLD_STATE, STATE_WAYS);
    if (core->n_posts && core->tokens >= state.tokens &&
        (core->tokens > rank.tokens || (core->tokens == rank.tokens && *pos + rank.tokens >= end)))
      return;
    if (rank.tokens && u->n_ranks < UNIT_RANKS && rank.tokens >= state.tokens) {
      Core after = core_at(n, *pos + rank.tokens < end ? *pos + rank.tokens : *pos, end);
      if (core->n_posts && !after.n_posts &&
          !ch_names_hit(n, *pos + rank.tokens < end ? *pos + rank.tokens : *pos, CH_WORLD_STATE, STATE_WAYS).tokens)
        return;
      u->ranks[u->n_ranks++] = ch_ref_index(rank.ref);
      *pos += rank.tokens;
      continue;
    }
    Hit subject = ch_names_hit(n, *pos, CH_WORLD_PORTFOLIO, ANY_NAME); /* "agriculture minister" */
    if (subject.tokens && *pos + subject.tokens < end && takes_subject(n, core_at(n, *pos + subject.tokens, end))) {
      u->subject = ch_ref_index(subject.ref);
      *pos += subject.tokens;
      continue;
    }
    if (take_owner(n, u, pos, end))
      continue;
    bool joint = *pos > u->token && *pos + 1 < end &&
                 (is_lex(n, *pos, LEX_AND) || ch_slice_is(form(n, *pos), ",") || ch_slice_is(form(n, *pos), "-")) && u->n_states;
    if (joint && ch_names_hit(n, *pos + 1, CH_WORLD_STATE, STATE_WAYS).tokens) {
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
  static const ChWorldType types[] = {CH_WORLD_BODY, CH_WORLD_STATE, CH_WORLD_PLACE};
  uint32_t used = 0;
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    Hit h = ch_names_hit(n, pos, types[i], WAY(CH_WAY_NAME) | WAY(CH_WAY_METONYM));
    if (h.tokens <= used)
      continue;
    used = h.tokens;
    uint32_t k = ch_ref_index(h.ref);
    ChWord w = types[i] == CH_WORLD_BODY    ? n->w.bodies[k].name
               : types[i] == CH_WORLD_STATE ? n->w.states[k].name
                                            : n->w.places[k].name;
    *name = ch_world_text(&n->w, w);
  }
  return used;
}

/* Is it a post at a place, as an ambassador's? */
static bool seated(const Names *n, const Unit *u)
{
  for (uint32_t j = 0; j < u->n_posts; j++)
    if (ch_names_listed(n, "world.seat-posts", u->posts[j]))
      return true;
  return false;
}

/* "for Syria", "to the UN": a complement with its preposition. Unknown words are kept as written where the language is the one of print. */
static bool take_complement(Names *n, Unit *u, uint32_t *pos, uint32_t end)
{
  const LexRow *row = ch_names_lex(n, *pos, LEX_COMPLEMENT, NULL);
  if (!row && seated(n, u))
    row = ch_names_lex(n, *pos, LEX_SEAT, NULL);
  if (!row || *pos + 1 >= end || u->plural)
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
      bool and = is_lex(n, stop, LEX_AND) && stop + 1 < end &&
                 (ch_names_hit(n, stop + 1, CH_WORLD_PLACE, ANY_NAME).tokens ||
                  (is_capital(n, stop + 1) && !core_at(n, stop + 1, end).n_posts && !is_lex(n, stop + 1, LEX_GIVEN)));
      if ((t->flags & CH_TOKEN_PUNCT) || is_lex(n, stop, LEX_STOP) || is_lex(n, stop, LEX_GIVEN) ||
          ch_names_hit(n, stop, CH_WORLD_PERSON, ANY_NAME).tokens || core_at(n, stop, end).n_posts)
        break;
      bool noun = t->morph.pos == CH_POS_NOUN || t->morph.pos == CH_POS_ADJ || t->morph.pos == CH_POS_PROPN;
      if (!and&&!(noun && (is_capital(n, stop) ? !used || used + at == stop : !used)))
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
  ChSlice start = ch_arena_printf(n->r->arena, "%.*s %.*s", CH_ARG(u->complement), CH_ARG(prep));
  u->complement =
      article ? ch_names_joined(n, start, CH_PRINT_THE, name) : ch_arena_printf(n->r->arena, "%.*s %.*s", CH_ARG(start), CH_ARG(name));
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
    Hit s = ch_names_hit(n, at, CH_WORLD_STATE, WAY(CH_WAY_NAME) | WAY(CH_WAY_METONYM));
    if (!s.tokens || ch_names_hit(n, at, CH_WORLD_BODY, ANY_NAME).tokens > s.tokens)
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

/* A post whose holder this one serves: "of the President", with a state between. */
static bool take_other(Names *n, Unit *u, uint32_t at, uint32_t *pos, uint32_t end)
{
  uint32_t state = CH_NONE, body = CH_NONE, from = at;
  if (ch_names_hit(n, at, CH_WORLD_STATE, WAY(CH_WAY_ADJECTIVE)).tokens)
    from += owner(n, at, end, &state, &body);
  if (from >= end || ch_names_hit(n, from, CH_WORLD_PERSON, ANY_NAME).tokens)
    return false;
  Core other = core_at(n, from, end);
  if (!other.n_posts)
    return false;
  uint8_t kase = tok(n, from)->morph.kase;
  if ((lang_at(n, at)->options & OPTION_GENITIVE) && kase && kase != CH_CASE_GEN)
    return false;
  if (n->w.posts[u->posts[0]].rank >= 8 || n->w.posts[other.posts[0]].rank >= 7)
    return false;
  Unit inner = {.body = CH_NONE, .portfolio = CH_NONE, .subject = CH_NONE, .next = CH_NONE};
  memcpy(inner.posts, other.posts, sizeof inner.posts);
  inner.n_posts = other.n_posts;
  state = state != CH_NONE ? state : other.state;
  if (state == CH_NONE && u->n_states)
    state = u->states[0];
  if (state == CH_NONE && from + other.tokens < end) { /* the state comes after it */
    Hit s = ch_names_hit(n, from + other.tokens, CH_WORLD_STATE, ANY_NAME);
    if (s.tokens)
      state = ch_ref_index(s.ref);
  }
  const ChPost *p = &n->w.posts[ch_names_leader(n, ch_names_unit_post(n, &inner, state), state)];
  ChSlice name = ch_world_text(&n->w, p->name);
  u->complement = ch_names_joined(n, u->complement, CH_PRINT_OF_THE, name);
  if (state != CH_NONE)
    add_state(u, state);
  if (u->body == CH_NONE && p->body != CH_NONE)
    u->body = p->body;
  *pos = from + other.tokens;
  return true;
}

/* "the 56 OSCE participating states": the body, with what stands around it. */
static Hit counted_body(const Names *n, uint32_t at, uint32_t end)
{
  uint32_t from = at, more;
  while (from + 1 < end && from - at < 2 && (tok(n, from)->flags & CH_TOKEN_NUMBER))
    from++;
  Hit b = ch_names_hit(n, from, CH_WORLD_BODY, ANY_NAME);
  if (!b.tokens)
    return b;
  b.tokens += from - at;
  if (at + b.tokens < end && ch_names_lex(n, at + b.tokens, LEX_NOMINAL, &more))
    b.tokens += more;
  return b;
}

/* What follows "of", or stands as a genitive, at the token; false where it is none of what posts are of. */
static bool take_of(Names *n, Unit *u, uint32_t at, uint32_t *pos, uint32_t end)
{
  Hit b = ch_names_hit(n, at, CH_WORLD_BODY, ANY_NAME), m = ch_names_hit(n, at, CH_WORLD_PORTFOLIO, WAY(CH_WAY_MINISTRY));
  Hit s = ch_names_hit(n, at, CH_WORLD_STATE, WAY(CH_WAY_NAME) | WAY(CH_WAY_METONYM));
  if (u->plural && !b.tokens && !s.tokens && is_lex(n, *pos, LEX_OF))
    b = counted_body(n, at, end);
  bool complement = is_lex(n, *pos, LEX_COMPLEMENT);                        /* "for": of a ministry or a person, but on a country */
  bool whole = n->w.posts[u->posts[0]].portfolio != CH_NONE || u->n_states; /* needs no ministry any more */
  if (whole && m.tokens)
    return false;
  if (m.tokens && m.tokens >= s.tokens && m.tokens >= b.tokens && u->portfolio == CH_NONE) {
    u->portfolio = ch_ref_index(m.ref);
    *pos = at + m.tokens;
    return true;
  }
  if (b.tokens && b.tokens >= s.tokens && u->body == CH_NONE && !complement) {
    u->body = ch_ref_index(b.ref);
    *pos = at + b.tokens;
    return true;
  }
  if (s.tokens && !complement) {
    *pos = at;
    return take_states(n, u, pos, end);
  }
  uint32_t state = CH_NONE, body = CH_NONE; /* "of Turkey's foreign ministry" */
  uint32_t used = owner(n, at, end, &state, &body);
  if (used && at + used < end && u->portfolio == CH_NONE) {
    m = ch_names_hit(n, at + used, CH_WORLD_PORTFOLIO, WAY(CH_WAY_MINISTRY));
    if (m.tokens) {
      u->portfolio = ch_ref_index(m.ref);
      if (state != CH_NONE)
        add_state(u, state);
      *pos = at + used + m.tokens;
      return true;
    }
  }
  return take_other(n, u, at, pos, end);
}

/* What stands after the core: of the state, of the body, of another's post, for a subject. */
static void after_core(Names *n, Unit *u, uint32_t *pos, uint32_t end)
{
  bool genitive = lang_at(n, *pos - 1)->options & OPTION_GENITIVE;
  for (uint32_t guard = 0; guard < 8 && *pos < end; guard++) {
    uint32_t at = *pos;
    bool of = is_lex(n, at, LEX_OF);
    if (of)
      at++;
    while (of && at < end && is_lex(n, at, LEX_ARTICLE))
      at++;
    if (at < end && (of || genitive) && take_of(n, u, at, pos, end))
      continue;
    if (!take_complement(n, u, pos, end))
      return;
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

bool ch_names_unit(Names *n, uint32_t token, uint32_t end, Unit *u)
{
  *u = (Unit){
      .token = token, .head = token, .body = CH_NONE, .portfolio = CH_NONE, .subject = CH_NONE, .group = CH_NONE, .next = CH_NONE};
  Core core = {0};
  uint32_t pos = token;
  if (is_lex(n, pos, LEX_STOP) && n->first[pos] == n->first[pos + 1])
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
  Hit seat = ch_names_hit(n, pos, CH_WORLD_STATE, WAY(CH_WAY_METONYM)); /* "Kremlin spokesman", all of it a post's name */
  if (seat.tokens && seat.tokens < core.tokens && !u->n_states && u->body == CH_NONE)
    add_state(u, ch_ref_index(seat.ref));
  u->head = core_head(n, pos, core.tokens);
  if (tok(n, u->head)->morph.pos == CH_POS_VERB && !is_capital(n, u->head))
    return false; /* "chaired by" */
  const ChToken *head = tok(n, u->head);
  bool guess = !head->morph.number && head->lemma != head->norm && !(lang_at(n, pos)->options & OPTION_GENITIVE);
  u->plural = head->morph.number == CH_NUMBER_PLUR || guess;
  u->core = pos;
  u->core_tokens = core.tokens;
  if (core.rank != CH_NONE && u->n_ranks < UNIT_RANKS)
    u->ranks[u->n_ranks++] = core.rank;
  pos = longer_subject(n, pos, pos + core.tokens, end);
  subject_after(n, u, core, &pos, end);
  after_core(n, u, &pos, end);
  u->tokens = pos - token;
  u->specific = u->n_states || u->body != CH_NONE || u->complement.n || u->portfolio != CH_NONE || u->subject != CH_NONE || u->n_ranks;
  const ChPost *only = &n->w.posts[u->posts[0]]; /* "OSCE chairman": the title says whose by itself */
  if (!u->specific && u->n_posts == 1 && u->core_tokens > 1)
    u->specific = only->body != CH_NONE || only->state != CH_NONE;
  return true;
}
