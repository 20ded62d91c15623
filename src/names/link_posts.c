/* People named by post alone: one whom the report names elsewhere, else a person by the name of the post. */
#include "names/link.h"

bool ch_names_posts_meet(const Names *n, const Unit *u, ChWord post_id, const ChEntity *x, uint32_t state)
{
  for (uint32_t k = 0; k < u->n_posts; k++) {
    const ChPost *p = &n->w.posts[u->posts[k]];
    if (p->id == post_id)
      return true;
  }
  return x->world != CH_NONE && ch_names_held(n, x->world, u, state);
}

/* A person named without a post whom the report also means by one: the post; a mere "leader" by what the table says. */
static void post_by_link(Names *n, uint32_t e, const Find *f)
{
  ChEntity *x = link_entity(n, e);
  ch_link_set_post(n, e, f);
  if (x->world == CH_NONE || !x->post_id)
    return;
  const ChPerson *p = &n->w.persons[x->world];
  const ChTenure *best = NULL;
  for (uint32_t i = p->tenure; i < p->tenure + p->tenures; i++) {
    const ChTenure *t = &n->w.tenures[i];
    if (n->w.posts[t->post].id == x->post_id)
      return; /* as the table has it */
    if (t->state == x->state && n->w.posts[t->post].rank == 1)
      best = t;
  }
  if (best) {
    x->post = ch_world_text(&n->w, n->w.posts[best->post].name);
    x->post_id = n->w.posts[best->post].id;
  }
}

/* The plural of a post's name: of the word before "of" or "for", by the ending that the world's table gives. */
static ChSlice plural(Names *n, ChSlice name)
{
  const Lang *l = &n->langs[n->print];
  ChSlice rest = name, head = name;
  for (bool first = true; rest.n; first = false) {
    ChSlice w = ch_slice_cut(&rest, ' ');
    size_t values = 0;
    uint32_t node = ch_phrases_step(&l->lex, CH_PHRASE_ROOT, ch_pack_find(n->r->pack, w));
    const ChPhraseValue *v = node ? ch_phrases_values(&l->lex, node, &values) : NULL;
    bool prep = false;
    for (size_t i = 0; i < values; i++)
      prep |= l->rows[v[i].value].kind == LEX_OF || l->rows[v[i].value].kind == LEX_COMPLEMENT;
    if (prep && !first)
      break;
    head = w;
  }
  size_t at = (size_t)(head.p + head.n - name.p);
  ChSlice end = ch_world_print(&n->w, CH_PRINT_PLURAL);
  return ch_arena_printf(n->r->arena, "%.*s%.*s%.*s", (int)at, name.p, CH_ARG(end), (int)(name.n - at), name.p + at);
}

/* Is the unit's post a plainer word for the person's: "envoy" for a special envoy? Its rank must not be higher, as a minister's is than
 * a deputy's. */
static bool plainer(const Names *n, const Unit *u, uint32_t post, const ChEntity *x)
{
  if (post == CH_NONE)
    return false;
  for (uint32_t k = 0; k < u->n_posts; k++) {
    const ChPost *p = &n->w.posts[u->posts[k]];
    if (p->rank > n->w.posts[post].rank && ch_link_within(ch_world_text(&n->w, p->name), x->post))
      return true;
  }
  return false;
}

/* Does the table have the person in the unit's post of the body? */
static bool holds_in_body(const Names *n, const ChEntity *x, const Unit *u, ChSlice body)
{
  const ChPerson *p = x->world != CH_NONE && body.n ? &n->w.persons[x->world] : NULL;
  for (uint32_t i = p ? p->tenure : 0; p && i < p->tenure + p->tenures; i++) {
    const ChTenure *t = &n->w.tenures[i];
    bool now = n->day == CH_DAY_MIN || ch_world_in_office(t, n->day);
    for (uint32_t k = 0; now && t->body != CH_NONE && k < u->n_posts; k++)
      if (t->post == u->posts[k] && ch_slice_eq(ch_world_text(&n->w, n->w.bodies[t->body].name), body))
        return true;
  }
  return false;
}

/* The person named in the report who holds the unit's post for the state or for `of`; CH_NONE. */
static uint32_t named_holder(Names *n, const Find *f, const Unit *u, ChSlice of)
{
  for (size_t i = 0; i < n->people.n && u->n_posts && !u->n_ranks; i++) {
    uint32_t e = n->people.at[i].entity;
    ChEntity *x = link_entity(n, e);
    bool owner = f->state != CH_NONE ? x->state == f->state : of.n && (ch_slice_eq(x->of, of) || holds_in_body(n, x, u, of));
    if (!owner || !(ch_names_posts_meet(n, u, x->post_id, x, f->state) || plainer(n, u, n->people.at[i].post, x)))
      continue;
    if (!x->post.n)
      post_by_link(n, e, f);
    return e;
  }
  return CH_NONE;
}

uint32_t ch_link_only_holder(Names *n, const Find *f)
{
  const Unit *u = &n->units.at[f->unit];
  uint32_t found = CH_NONE;
  for (size_t i = 0; i < n->people.n && u->n_posts && !u->n_ranks && !u->plural; i++) {
    uint32_t e = n->people.at[i].entity;
    const ChEntity *x = link_entity(n, e);
    const ChPerson *p = x->world != CH_NONE ? &n->w.persons[x->world] : NULL;
    bool held = false;
    for (uint32_t k = p ? p->tenure : 0; p && k < p->tenure + p->tenures && !held; k++) {
      const ChTenure *t = &n->w.tenures[k];
      for (uint32_t j = 0; j < u->n_posts; j++)
        held |= t->post == u->posts[j] && (n->day == CH_DAY_MIN || ch_world_in_office(t, n->day));
    }
    if (held && found != CH_NONE && found != e)
      return CH_NONE;
    if (held)
      found = e;
  }
  if (found != CH_NONE && !link_entity(n, found)->post.n)
    post_by_link(n, found, f);
  return found;
}

/* The post of a person whom the report does not name; a leader's by what heads of that state are. */
static ChSlice unnamed_post(Names *n, const Find *f, const Unit *u)
{
  if (!u->n_posts)
    return CH_LIT("");
  Unit v = *u;
  v.n_states = f->state != CH_NONE;
  v.states[0] = f->state;
  uint32_t index = ch_names_unit_post(n, &v, f->state), leader = ch_names_leader(n, index, f->state);
  if (leader != index && !u->n_ranks) {
    v.posts[0] = leader;
    v.n_posts = 1;
    v.core_tokens = 0;
  }
  if (n->w.posts[index].body != CH_NONE)
    v.core_tokens = 0; /* "NATO chief" by its right name */
  return ch_names_unit_text(n, &v, 0);
}

/* "Minister of Foreign Affairs of X"; of a group "X Ministers of Foreign Affairs". */
static ChSlice post_name(Names *n, const Find *f, ChSlice post, ChSlice of, bool many)
{
  if (!of.n)
    return post;
  if (!many && ch_slice_find(post, of) != SIZE_MAX)
    return post;                                                                 /* "President of the European Commission" */
  bool body = f->state == CH_NONE && ch_slice_find(of, CH_LIT(" ")) == SIZE_MAX; /* "OSCE Secretary General" */
  if (!many && !body)
    return ch_names_joined(n, post, CH_PRINT_OF, of);
  ChSlice first = f->state != CH_NONE ? ch_world_text(&n->w, n->w.states[f->state].adjective) : of;
  return ch_arena_printf(n->r->arena, "%.*s %.*s", CH_ARG(first), CH_ARG(post));
}

uint32_t ch_link_by_post(Names *n, Find *f)
{
  Unit *u = &n->units.at[f->unit];
  uint32_t index = u->n_posts ? ch_names_unit_post(n, u, f->state) : CH_NONE;
  bool alone = f->state == CH_NONE && u->body == CH_NONE && !u->of.n;
  if (alone && index != CH_NONE)
    f->state = n->w.posts[index].state;
  if (f->possessed || (alone && f->state == CH_NONE && !u->plural && index != CH_NONE && n->w.posts[index].portfolio != CH_NONE))
    f->state = f->near;
  uint32_t head = index != CH_NONE ? ch_names_leader(n, index, f->state) : CH_NONE;
  if (head != CH_NONE && u->n_posts < UNIT_POSTS && !u->n_ranks)
    u->posts[u->n_posts++] = head; /* "leader" may be the president */
  ChSlice of = u->of;
  if (f->state != CH_NONE)
    of = ch_link_state_name(n, f->state);
  else if (u->body != CH_NONE)
    of = ch_world_text(&n->w, n->w.bodies[u->body].name);
  uint32_t owner = !of.n && index != CH_NONE ? n->w.posts[index].body : CH_NONE;
  if (owner != CH_NONE) /* the title says whose by itself: "UN Secretary-General" */
    of = ch_world_text(&n->w, n->w.bodies[owner].name);
  uint32_t holder = named_holder(n, f, u, of);
  if (holder != CH_NONE)
    return holder;
  ChSlice post = unnamed_post(n, f, u);
  bool many = u->plural && (f->state == CH_NONE || u->n_ranks || n->w.posts[u->posts[0]].rank >= 6);
  if (!post.n || !of.n) { /* nobody's: what follows may tell */
    f->form = CH_MENTION_NOMINAL;
    f->nominal = u->plural ? CH_NOMINAL_PERSONS : CH_NOMINAL_PERSON_SING;
    return CH_NONE;
  }
  if (many) {
    f->type = CH_ENTITY_GROUP;
    post = plural(n, post);
  }
  ChSlice name = post_name(n, f, post, of, many);
  uint32_t *at = ch_link_named(n, many ? 'G' : 'P', name);
  if (*at)
    return *at - 1;
  uint32_t e = ch_link_new_entity(n, many ? CH_ENTITY_GROUP : CH_ENTITY_PERSON, name);
  *ch_link_named(n, many ? 'G' : 'P', name) = e + 1;
  ChEntity *x = link_entity(n, e);
  x->by_post = !many;
  x->post = post;
  x->post_id = u->n_ranks ? CH_NO_WORD : n->w.posts[ch_names_unit_post(n, u, f->state)].id; /* a deputy does not hold it */
  x->of = of;
  x->state = f->state;
  return e;
}
