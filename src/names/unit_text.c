/* Posts as readings print them, and which post of the world's table a unit means. */
#include "base/utf8.h"
#include "names/inner.h"

enum { MINISTER = 4 }; /* rank of a minister (docs/formats.md) */

ChSlice ch_names_joined(const Names *n, ChSlice a, ChPrint word, ChSlice b)
{
  ChSlice w = ch_world_print(&n->w, word);
  return ch_arena_printf(n->r->arena, "%.*s %.*s%s%.*s", CH_ARG(a), CH_ARG(w), w.n ? " " : "", CH_ARG(b));
}

/* The minister of a portfolio: of that very state, else of any. */
static uint32_t minister_of(const Names *n, uint32_t portfolio, uint32_t state)
{
  uint32_t best = CH_NONE;
  for (uint32_t i = 0; i < n->w.n_posts; i++) {
    const ChPost *p = &n->w.posts[i];
    if (p->portfolio != portfolio || p->rank > MINISTER)
      continue;
    if (state != CH_NONE && p->state == state)
      return i;
    if (!ch_slice_is(ch_world_text(&n->w, p->of), "state"))
      continue;
    if (best == CH_NONE || ch_world_text(&n->w, p->name).n < ch_world_text(&n->w, n->w.posts[best].name).n)
      best = i; /* the plainest */
  }
  return best;
}

bool ch_names_listed(const Names *n, const char *section, uint32_t post)
{
  size_t k;
  const uint32_t *posts = ch_pack_section(n->r->pack, section, sizeof *posts, &k);
  for (size_t i = 0; i < k; i++)
    if (posts[i] == post)
      return true;
  return false;
}

static int fit(const Names *n, const Unit *u, uint32_t post, uint32_t state)
{
  const ChPost *p = &n->w.posts[post];
  ChSlice of = ch_world_text(&n->w, p->of);
  int score = -2; /* another state's */
  if (ch_slice_is(of, "state"))
    score = u->body == CH_NONE ? 3 : 1;
  else if (ch_slice_is(of, "body"))
    score = u->body != CH_NONE && state == CH_NONE ? 4 : 0;
  else if (state != CH_NONE && p->state == state)
    score = 6;
  else if (u->body != CH_NONE && p->body == u->body)
    score = 6;
  else if (p->body != CH_NONE)
    score = state == CH_NONE ? 2 : 1;
  if (u->portfolio != CH_NONE && p->portfolio == u->portfolio)
    score += 2;
  return score;
}

uint32_t ch_names_unit_post(const Names *n, const Unit *u, uint32_t state)
{
  uint32_t best = u->posts[0];
  int most = -100;
  for (uint32_t i = 0; i < u->n_posts; i++) {
    int score = fit(n, u, u->posts[i], state);
    if (score > most) {
      most = score;
      best = u->posts[i];
    }
  }
  const ChPost *p = &n->w.posts[best];
  uint32_t m = CH_NONE;
  if (u->subject != CH_NONE && p->portfolio == CH_NONE && p->rank == MINISTER)
    m = minister_of(n, u->subject, state);
  else if (u->portfolio != CH_NONE && p->portfolio == CH_NONE && ch_names_listed(n, "world.head-posts", best))
    m = minister_of(n, u->portfolio, state); /* the head of a ministry */
  return m != CH_NONE ? m : best;
}

uint32_t ch_names_leader(Names *n, uint32_t post, uint32_t state)
{
  const ChPost *p = &n->w.posts[post];
  if (p->rank != 1 || state == CH_NONE || state >= n->w.n_states || !ch_slice_is(ch_world_text(&n->w, p->of), "state"))
    return post;
  for (uint32_t i = n->w.persons ? 0 : 1; i < 1 && !n->heads; i++) { /* once a report: the post that most heads of each state held */
    n->heads = ch_arena_array(n->r->arena, n->w.n_states + 1, sizeof *n->heads);
    uint32_t *count = ch_arena_array(n->r->arena, (n->w.n_states + 1), sizeof *count);
    for (size_t t = 0; t < n->w.n_tenures; t++) {
      const ChTenure *h = &n->w.tenures[t];
      if (h->state == CH_NONE || n->w.posts[h->post].rank != 1)
        continue;
      uint32_t *at = &n->heads[h->state];
      if (*at == h->post + 1)
        count[h->state]++;
      else if (count[h->state] == 0)
        *at = h->post + 1, count[h->state] = 1;
      else
        count[h->state]--; /* Boyer and Moore's majority vote */
    }
  }
  uint32_t head = n->heads ? n->heads[state] : 0;
  bool plain = head && ch_slice_find(ch_world_text(&n->w, n->w.posts[head - 1].name), CH_LIT(" ")) == SIZE_MAX;
  return plain ? head - 1 : post; /* a head of state by a long title is called "leader" in reports */
}

/* The post that names a person of the gender; itself where it has no such pair. */
static uint32_t gendered(const Names *n, uint32_t post, uint8_t gender)
{
  size_t pairs;
  const uint32_t *pair = ch_pack_section(n->r->pack, "world.feminine", sizeof *pair, &pairs);
  for (size_t i = 0; i + 1 < pairs; i += 2) {
    if (gender == CH_GENDER_FEM && pair[i] == post)
      return pair[i + 1];
    if (gender == CH_GENDER_MASC && pair[i + 1] == post)
      return pair[i];
  }
  return post;
}

/* How many words of a stand in b, of 10. */
static uint32_t shared(ChSlice a, ChSlice b)
{
  char x[512], y[512];
  ChSlice la = ch_slice(x, ch_utf8_lower(a, x, sizeof x)), lb = ch_slice(y, ch_utf8_lower(b, y, sizeof y));
  uint32_t all = 0, in = 0;
  while (la.n) {
    ChSlice w = ch_slice_cut(&la, ' ');
    if (w.n < 3)
      continue;
    all++;
    in += ch_slice_find(lb, w) != SIZE_MAX;
  }
  return all ? in * 10 / all : 10;
}

/* The name of the post; in the language of print, where the table's name shares no word with the text, as the text has it. */
static ChSlice core_text(Names *n, const Unit *u, uint32_t state, uint8_t gender)
{
  uint32_t index = ch_names_unit_post(n, u, state);
  const ChPost *p = &n->w.posts[gendered(n, index, gender)];
  ChSlice name = ch_world_text(&n->w, p->name);
  bool print = u->core_tokens && n->r->sentences.at[tok(n, u->core)->sentence].lang == n->print;
  if (print && p->portfolio == CH_NONE && u->core_tokens && !u->plural) {
    ChSlice words = ch_report_slice(n->r, ch_report_tokens_span(n->r, u->core, u->core_tokens));
    if (words.n < 80 && ch_slice_find(words, CH_LIT("\n")) == SIZE_MAX && shared(words, name) <= 5 && shared(name, words) <= 5)
      return words;
  }
  return name;
}

static ChSlice with_rank(Names *n, ChSlice text, uint32_t rank)
{
  ChSlice name = ch_world_text(&n->w, n->w.ranks[rank].name);
  if (name.n && name.p[0] == '-')
    return ch_arena_printf(n->r->arena, "%.*s%.*s", CH_ARG(text), CH_ARG(name));
  return ch_arena_printf(n->r->arena, "%.*s %.*s", CH_ARG(name), CH_ARG(text));
}

ChSlice ch_names_unit_text(Names *n, const Unit *u, uint8_t gender)
{
  ChArena *a = n->r->arena;
  uint32_t state = u->n_states ? u->states[0] : CH_NONE;
  const ChPost *p = &n->w.posts[ch_names_unit_post(n, u, state)];
  ChSlice text = core_text(n, u, state, gender);
  if (u->subject != CH_NONE && p->portfolio == CH_NONE) {
    ChSlice m = ch_world_text(&n->w, n->w.portfolios[u->subject].name);
    text = ch_names_joined(n, text, CH_PRINT_OF, m);
  }
  for (uint32_t i = u->n_ranks; i-- > 0;)
    text = with_rank(n, text, u->ranks[i]);
  if (u->portfolio != CH_NONE && p->portfolio == CH_NONE) {
    ChSlice m = ch_world_text(&n->w, n->w.portfolios[u->portfolio].name);
    text = ch_names_joined(n, text, CH_PRINT_OF_MINISTRY, m);
  }
  if (u->complement.n && ch_slice_find(text, u->complement) == SIZE_MAX)
    text = ch_arena_printf(a, "%.*s%.*s", CH_ARG(text), CH_ARG(u->complement));
  for (uint32_t next = u->next, guard = 0; next != CH_NONE && guard < 4; guard++) {
    Unit more = n->units.at[next];
    char joint = u->joint;
    next = more.next;
    more.next = CH_NONE;
    if (!more.n_states && state != CH_NONE) {
      more.states[0] = state;
      more.n_states = 1;
    }
    ChSlice tail = ch_names_unit_text(n, &more, gender); /* once deep: `next` is cut off */
    text = joint == '&' ? ch_names_joined(n, text, CH_PRINT_AND, tail)
                        : ch_arena_printf(a, "%.*s%s%.*s", CH_ARG(text), joint == '-' ? " - " : ", ", CH_ARG(tail));
  }
  return text;
}
