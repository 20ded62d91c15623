/* Finds to entities: one entity for each person, state, body, place, group and outlet of the report. */
#include "names/inner.h"

#include "base/utf8.h"

enum { NEAR = 24 }; /* most people of one surname that are compared */

static ChEntity *entity(Names *n, uint32_t i) { return &n->r->entities.at[i]; }

static uint32_t new_entity(Names *n, ChEntityType type, ChSlice name)
{
  ChEntity *e = CH_PUSH(n->r->arena, &n->r->entities);
  ChSlice none = CH_LIT("");
  *e = (ChEntity){.type = (uint8_t)type, .name = name.n ? name : CH_LIT("?"), .id = none, .native = none, .post = none, .of = none};
  e->world = e->of_entity = e->state = e->mention = CH_NONE;
  return (uint32_t)n->r->entities.n - 1;
}

/* ---- a map from words to entities ---- */

static void keys_grow(Names *n)
{
  struct Keys old = n->surnames;
  n->surnames.slots = old.slots ? old.slots * 2 : 64;
  n->surnames.words = ch_arena_array(n->r->arena, n->surnames.slots, sizeof *n->surnames.words);
  n->surnames.values = ch_arena_array(n->r->arena, n->surnames.slots, sizeof *n->surnames.values);
  for (uint32_t i = 0; i < old.slots; i++) {
    if (!old.words[i])
      continue;
    uint32_t k = old.words[i] * 2654435761u;
    while (n->surnames.words[k & (n->surnames.slots - 1)])
      k++;
    n->surnames.words[k & (n->surnames.slots - 1)] = old.words[i];
    n->surnames.values[k & (n->surnames.slots - 1)] = old.values[i];
  }
}

/* The value's place for a word; 0 in it where new. */
static uint32_t *key(Names *n, ChWord w)
{
  if ((n->surnames.n + 1) * 2 > n->surnames.slots)
    keys_grow(n);
  uint32_t k = w * 2654435761u, mask = n->surnames.slots - 1;
  while (n->surnames.words[k & mask] && n->surnames.words[k & mask] != w)
    k++;
  if (!n->surnames.words[k & mask]) {
    n->surnames.words[k & mask] = w;
    n->surnames.n++;
  }
  return &n->surnames.values[k & mask];
}

/* Words under which things are found again share the map: a mark before them keeps them apart from surnames. */
static uint32_t *named(Names *n, char kind, ChSlice name)
{
  ChSlice marked = ch_arena_printf(n->r->arena, "%c\x01%.*s", kind, CH_ARG(name));
  return key(n, ch_words_id(&n->r->words, marked));
}

/* ---- things ---- */

static uint32_t world_entity(Names *n, ChEntityType type, ChWord id, ChWord name, uint32_t world, uint32_t state)
{
  uint32_t *at = named(n, (char)('a' + type), ch_world_text(&n->w, id));
  if (*at)
    return *at - 1;
  uint32_t e = new_entity(n, type, ch_world_text(&n->w, name));
  *at = e + 1;
  entity(n, e)->id = ch_world_text(&n->w, id);
  entity(n, e)->known = true;
  entity(n, e)->world = world;
  entity(n, e)->state = state;
  return e;
}

static uint32_t state_entity(Names *n, uint32_t s)
{
  return world_entity(n, CH_ENTITY_STATE, n->w.states[s].id, n->w.states[s].name, s, s);
}

static ChSlice state_name(const Names *n, uint32_t s) { return ch_world_text(&n->w, n->w.states[s].name); }

static uint32_t text_entity(Names *n, const Find *f)
{
  uint32_t *at = named(n, (char)('A' + f->type), f->text);
  if (*at)
    return *at - 1;
  uint32_t e = new_entity(n, (ChEntityType)f->type, f->text);
  *at = e + 1;
  if (f->state != CH_NONE) {
    entity(n, e)->state = f->state;
    entity(n, e)->of = state_name(n, f->state);
  }
  return e;
}

static void link_thing(Names *n, Find *f)
{
  uint32_t i = f->ref == CH_NONE ? 0 : ch_ref_index(f->ref);
  if (f->text.n) {
    f->entity = text_entity(n, f);
    return;
  }
  if (f->ref == CH_NONE)
    return;
  switch (ch_ref_type(f->ref)) {
  case CH_WORLD_STATE: f->entity = state_entity(n, i); break;
  case CH_WORLD_PLACE:
    f->entity = world_entity(n, CH_ENTITY_PLACE, n->w.places[i].id, n->w.places[i].name, i, n->w.places[i].state);
    break;
  case CH_WORLD_BODY: {
    f->entity = world_entity(n, CH_ENTITY_BODY, n->w.bodies[i].id, n->w.bodies[i].name, i, n->w.bodies[i].state);
    ChEntity *e = entity(n, f->entity);
    uint32_t parent = n->w.bodies[i].parent;
    if (parent != CH_NONE)
      e->of = ch_world_text(&n->w, n->w.bodies[parent].name);
    else if (e->state != CH_NONE)
      e->of = state_name(n, e->state);
    break;
  }
  case CH_WORLD_OUTLET:
    f->entity = world_entity(n, CH_ENTITY_OUTLET, n->w.outlets[i].id, n->w.outlets[i].name, i, n->w.outlets[i].state);
    break;
  default: break;
  }
}

/* ---- people ---- */

/* Did the person ever hold one of the unit's posts for the state (on the day where it is known)? */
static bool held(const Names *n, uint32_t person, const Unit *u, uint32_t state)
{
  const ChPerson *p = &n->w.persons[person];
  for (uint32_t i = p->tenure; i < p->tenure + p->tenures; i++) {
    const ChTenure *t = &n->w.tenures[i];
    if (state != CH_NONE && t->state != CH_NONE && t->state != state)
      continue;
    for (uint32_t k = 0; k < u->n_posts; k++) {
      const ChPost *a = &n->w.posts[t->post], *b = &n->w.posts[u->posts[k]];
      if (t->post == u->posts[k] || (a->rank == 1 && b->rank == 1) || (a->portfolio != CH_NONE && a->portfolio == b->portfolio && a->rank == b->rank))
        return true;
    }
  }
  return false;
}

/* The person of the world whom a surname with a post means: the only one who held it, or who is alone in bearing the name. */
static uint32_t by_surname(const Names *n, uint32_t token, uint32_t tokens, const Unit *u, uint32_t state)
{
  uint32_t found = CH_NONE, fits = 0;
  for (uint32_t i = n->first[token]; i < n->first[token + 1]; i++) {
    const Hit *h = &n->hits[i];
    if (h->tokens != tokens || ch_ref_type(h->ref) != CH_WORLD_PERSON || ch_ref_way(h->ref) != CH_WAY_SURNAME)
      continue;
    uint32_t p = ch_ref_index(h->ref);
    if (p == found)
      continue;
    bool fit = u && u->n_posts ? held(n, p, u, state) : true;
    if (!u) { /* no title: only those whose posts make news */
      fit = false;
      for (uint32_t t = n->w.persons[p].tenure; t < n->w.persons[p].tenure + n->w.persons[p].tenures; t++)
        fit |= n->w.posts[n->w.tenures[t].post].rank <= 4 && (n->day == CH_DAY_MIN || (n->w.tenures[t].from <= n->day && n->day <= n->w.tenures[t].to));
    }
    if (!fit)
      continue;
    found = p;
    fits++;
  }
  return fits == 1 ? found : CH_NONE;
}

static ChWord surname_word(const Names *n, const Find *f)
{
  uint32_t last = f->name + f->names - 1;
  if (f->ref != CH_NONE && ch_ref_type(f->ref) == CH_WORLD_PERSON && f->names > 1) { /* the family name may come first */
    Hit h = names_hit(n, f->name, CH_WORLD_PERSON, WAY(CH_WAY_SURNAME));
    if (h.tokens == 1)
      for (uint32_t i = n->first[f->name]; i < n->first[f->name + 1]; i++)
        if (n->hits[i].tokens == 1 && ch_ref_type(n->hits[i].ref) == CH_WORLD_PERSON && ch_ref_index(n->hits[i].ref) == ch_ref_index(f->ref))
          return tok(n, f->name)->key;
  }
  return tok(n, last)->key;
}

/* May two names of one surname be one person's? Given names must agree in their skeletons as far as both have them. */
static bool given_agree(Names *n, ChSlice a, ChSlice b)
{
  ChSlice ra = a, rb = b;
  ChSlice ga = ch_slice_cut(&ra, ' '), gb = ch_slice_cut(&rb, ' ');
  if (!ra.n || !rb.n)
    return true;
  char x[CH_FOLD_MAX + 1], y[CH_FOLD_MAX + 1];
  size_t nx = names_skeleton(n, ga, x), ny = names_skeleton(n, gb, y);
  if (nx < 2 || ny < 2)
    return true;
  bool initial = ga.n <= 3 || gb.n <= 3;
  if (initial)
    return x[1] == y[1];
  size_t k = 0;
  while (k < nx && k < ny && x[k] == y[k])
    k++;
  return k >= 4 || (k == nx && k == ny);
}

static void set_post(Names *n, uint32_t e, const Find *f)
{
  const Unit *u = f->unit != CH_NONE ? &n->units.at[f->unit] : NULL;
  ChEntity *x = entity(n, e);
  uint32_t state = f->state;
  if (!u || !u->n_posts)
    return;
  if (state == CH_NONE && u->body == CH_NONE && x->state != CH_NONE)
    state = x->state;
  Unit v = *u;
  if (state != CH_NONE) {
    v.states[0] = state;
    v.n_states = v.n_states ? v.n_states : 1;
  }
  ChSlice post = names_unit_text(n, &v, x->gender);
  /* the fullest form that the report gives: the first, unless it was a bare one */
  if (!x->post.n || (!x->of.n && (state != CH_NONE || u->body != CH_NONE))) {
    x->post = post;
    x->post_id = n->w.posts[names_unit_post(n, u, state)].id;
  }
  if (!x->of.n && u->body != CH_NONE && f->state == CH_NONE) {
    x->of = ch_world_text(&n->w, n->w.bodies[u->body].name);
  } else if (!x->of.n && state != CH_NONE) {
    x->of = state_name(n, state);
    x->state = state;
  } else if (!x->of.n) {
    const ChPost *p = &n->w.posts[names_unit_post(n, u, CH_NONE)];
    for (uint32_t b = 0; b < n->w.n_bodies; b++)
      if (n->w.bodies[b].id == p->of) {
        x->of = ch_world_text(&n->w, n->w.bodies[b].name);
        break;
      }
  }
}

/* The state that a person's own tenure or home gives. */
static void state_from_world(Names *n, uint32_t e, uint32_t person)
{
  ChEntity *x = entity(n, e);
  if (x->state == CH_NONE)
    x->state = n->w.persons[person].state;
}

static uint32_t person_entity(Names *n, Find *f)
{
  ChArena *a = n->r->arena;
  const Unit *u = f->unit != CH_NONE ? &n->units.at[f->unit] : NULL;
  uint8_t kase = tok(n, f->head)->morph.kase, gender = 0;
  if (f->head == f->name)
    kase = tok(n, f->name)->morph.kase;
  ChSlice native, name = names_person_text(n, f->name, f->names, kase, &gender, &native);
  ChWord word = surname_word(n, f);
  uint32_t world = f->ref != CH_NONE ? ch_ref_index(f->ref) : CH_NONE;
  if (world == CH_NONE && f->names >= 2)
    world = names_by_skeleton(n, name);
  uint32_t *slot = key(n, word);
  for (uint32_t k = 0, e = *slot; e && k < NEAR; k++) { /* entity.mention chains people of one surname while linking */
    ChEntity *x = entity(n, e - 1);
    bool same = world != CH_NONE && x->world == world;
    bool clash = world != CH_NONE && x->world != CH_NONE && x->world != world;
    if (same || (!clash && given_agree(n, x->name, name))) {
      if (x->world == CH_NONE && native.n > x->native.n) {
        x->name = name;
        x->native = native;
      }
      if (world != CH_NONE && x->world == CH_NONE) {
        x->world = world;
        x->known = true;
        x->name = ch_world_text(&n->w, n->w.persons[world].name);
        x->id = ch_world_text(&n->w, n->w.persons[world].id);
      }
      return e - 1;
    }
    e = x->mentions;
  }
  if (world == CH_NONE && f->names == 1)
    world = by_surname(n, f->name, 1, u, f->state);
  uint32_t e = new_entity(n, CH_ENTITY_PERSON, ch_arena_copy(a, name));
  ChEntity *x = entity(n, e);
  x->native = native;
  x->gender = gender;
  if (world != CH_NONE) {
    x->world = world;
    x->known = true;
    x->id = ch_world_text(&n->w, n->w.persons[world].id);
    x->name = ch_world_text(&n->w, n->w.persons[world].name);
    if (n->w.persons[world].gender)
      x->gender = n->w.persons[world].gender;
    state_from_world(n, e, world);
  }
  x->mentions = *slot;
  *key(n, word) = e + 1;
  return e;
}

/* The person whom "his Russian counterpart" is like: the last one named before it with a post. */
static void counterparts(Names *n)
{
  const Unit *last = NULL;
  uint32_t last_post = CH_NONE;
  for (size_t i = 0; i < n->finds.n; i++) {
    Find *f = &n->finds.at[i];
    if (f->type != CH_ENTITY_PERSON || f->unit == CH_NONE)
      continue;
    Unit *u = &n->units.at[f->unit];
    if (u->counterpart && !u->n_posts && last) {
      memcpy(u->posts, last->posts, sizeof u->posts);
      u->n_posts = last->n_posts;
      memcpy(u->ranks, last->ranks, sizeof u->ranks);
      u->n_ranks = last->n_ranks;
      (void)last_post;
    }
    if (u->n_posts && !u->counterpart)
      last = u;
  }
}

/* Surnames alone, where the report has the person. */
static void find_surnames(Names *n)
{
  for (uint32_t i = 0; i < n->r->tokens.n; i++) {
    const ChToken *t = tok(n, i);
    if (n->taken[i] || !(t->flags & CH_TOKEN_CAPITAL) || (t->flags & CH_TOKEN_PUNCT) || !n->surnames.slots)
      continue;
    uint32_t e = *key(n, t->key);
    if (!e && t->lemma_key != t->key && t->lemma_key)
      e = *key(n, t->lemma_key);
    uint32_t start = i;
    if (!e || entity(n, e - 1)->type != CH_ENTITY_PERSON)
      continue;
    while (start > 0 && !n->taken[start - 1] && (is_lex(n, start - 1, LEX_PARTICLE) || (tok(n, start - 1)->flags & CH_TOKEN_INITIAL) || is_lex(n, start - 1, LEX_HONORIFIC)) &&
           tok(n, start - 1)->sentence == t->sentence)
      start--;
    Find *f = names_find(n, start, i + 1 - start, CH_ENTITY_PERSON, CH_MENTION_NAME);
    f->name = f->head = i;
    f->names = 1;
    f->surname = true;
    f->entity = e - 1;
    names_take(n, (uint32_t)n->finds.n - 1);
  }
}

/* ---- people by post alone ---- */

static bool posts_meet(const Names *n, const Unit *u, ChWord post_id, const ChEntity *x, uint32_t state)
{
  for (uint32_t k = 0; k < u->n_posts; k++) {
    const ChPost *p = &n->w.posts[u->posts[k]];
    if (p->id == post_id)
      return true;
  }
  return x->world != CH_NONE && held(n, x->world, u, state);
}

static uint32_t by_post(Names *n, Find *f)
{
  Unit *u = &n->units.at[f->unit];
  uint32_t body = u->body;
  ChSlice of = f->state != CH_NONE ? state_name(n, f->state) : body != CH_NONE ? ch_world_text(&n->w, n->w.bodies[body].name) : u->of;
  size_t people = n->r->entities.n;
  for (size_t i = 0; i < people && u->n_posts; i++) { /* people are few; capped by the report's names */
    ChEntity *x = entity(n, (uint32_t)i);
    if (x->type != CH_ENTITY_PERSON || x->by_post)
      continue;
    bool owner = f->state != CH_NONE ? x->state == f->state : of.n && ch_slice_eq(x->of, of);
    if (!owner || u->n_ranks)
      continue;
    if (posts_meet(n, u, x->post_id, x, f->state))
      return (uint32_t)i;
  }
  ChSlice post = CH_LIT("");
  if (u->n_posts) {
    Unit v = *u;
    v.n_states = f->state != CH_NONE;
    v.states[0] = f->state;
    post = names_unit_text(n, &v, 0);
  }
  if (!post.n)
    return CH_NONE;
  ChSlice name = of.n ? ch_arena_printf(n->r->arena, "%.*s of %.*s", CH_ARG(post), CH_ARG(of)) : post;
  uint32_t *at = named(n, u->plural && f->state == CH_NONE ? 'G' : 'P', name);
  if (*at)
    return *at - 1;
  bool many = u->plural && f->state == CH_NONE;
  if (many)
    f->type = CH_ENTITY_GROUP;
  uint32_t e = new_entity(n, many ? CH_ENTITY_GROUP : CH_ENTITY_PERSON, name);
  *named(n, many ? 'G' : 'P', name) = e + 1;
  ChEntity *x = entity(n, e);
  x->by_post = !many;
  x->post = post;
  x->post_id = n->w.posts[names_unit_post(n, u, f->state)].id;
  x->of = of;
  x->state = f->state;
  return e;
}

void names_link(Names *n)
{
  counterparts(n);
  for (size_t i = 0; i < n->finds.n; i++) { /* full names first: a surname may come before them */
    Find *f = &n->finds.at[i];
    if (f->type == CH_ENTITY_PERSON && f->names >= 2)
      f->entity = person_entity(n, f);
  }
  for (size_t i = 0; i < n->finds.n; i++) {
    Find *f = &n->finds.at[i];
    if (f->type == CH_ENTITY_PERSON && f->names == 1)
      f->entity = person_entity(n, f);
  }
  find_surnames(n);
  for (size_t i = 0; i < n->finds.n; i++) {
    Find *f = &n->finds.at[i];
    if (f->type == CH_ENTITY_PERSON && f->entity != CH_NONE)
      set_post(n, f->entity, f);
  }
  for (size_t i = 0; i < n->finds.n; i++) {
    Find *f = &n->finds.at[i];
    if (f->type == CH_ENTITY_PERSON && f->form == CH_MENTION_POST && f->entity == CH_NONE && f->unit != CH_NONE)
      f->entity = by_post(n, f);
    else if (f->entity == CH_NONE && f->form != CH_MENTION_PRONOUN)
      link_thing(n, f);
  }
}
