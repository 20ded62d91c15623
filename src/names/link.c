/* Finds to entities: one entity for each person, state, body, place, group and outlet of the report. */
#include "names/inner.h"

#include "base/utf8.h"

enum { NEAR = 24, PEOPLE = 400 }; /* most people of one surname that are compared; most that a post alone may mean */

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

uint32_t ch_names_body_entity(Names *n, uint32_t body)
{
  const ChBody *b = &n->w.bodies[body];
  uint32_t e = world_entity(n, CH_ENTITY_BODY, b->id, b->name, body, b->state);
  if (b->parent != CH_NONE)
    entity(n, e)->of = ch_world_text(&n->w, n->w.bodies[b->parent].name);
  else if (b->state != CH_NONE)
    entity(n, e)->of = state_name(n, b->state);
  return e;
}

/* The ministry of a state that has a row of its own, CH_NONE. */
static uint32_t ministry_body(const Names *n, uint32_t state, uint32_t portfolio)
{
  for (uint32_t b = 0; b < n->w.n_bodies; b++)
    if (n->w.bodies[b].state == state && n->w.bodies[b].portfolio == portfolio)
      return b;
  return CH_NONE;
}

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
    if (f->ref != CH_NONE && ch_ref_type(f->ref) == CH_WORLD_PORTFOLIO) {
      entity(n, e)->id = ch_arena_printf(n->r->arena, "b-%.*s-%.*s", CH_ARG(ch_world_text(&n->w, n->w.states[f->state].id)),
                                         CH_ARG(ch_world_text(&n->w, n->w.portfolios[ch_ref_index(f->ref)].id)));
      entity(n, e)->known = true;
    }
  } else if (f->type == CH_ENTITY_GROUP && f->ref != CH_NONE && ch_ref_type(f->ref) == CH_WORLD_BODY) {
    entity(n, e)->of = ch_world_text(&n->w, n->w.bodies[ch_ref_index(f->ref)].name);
  }
  return e;
}

static void link_thing(Names *n, Find *f)
{
  uint32_t i = f->ref == CH_NONE ? 0 : ch_ref_index(f->ref);
  if (f->ref != CH_NONE && ch_ref_type(f->ref) == CH_WORLD_PORTFOLIO && f->state == CH_NONE && f->near != CH_NONE) {
    f->state = f->near; /* "the Foreign Ministry" of the state that the report is about */
    f->text =
        ch_arena_printf(n->r->arena, "%.*s %.*s", CH_ARG(ch_world_text(&n->w, n->w.states[f->state].adjective)), CH_ARG(f->text));
  }
  uint32_t ministry = f->ref != CH_NONE && ch_ref_type(f->ref) == CH_WORLD_PORTFOLIO && f->state != CH_NONE ? ministry_body(n, f->state, i) : CH_NONE;
  if (ministry != CH_NONE) {
    f->entity = ch_names_body_entity(n, ministry);
    return;
  }
  if (f->ref == CH_NONE && f->type == CH_ENTITY_BODY && f->names) {
    f->entity = ch_names_organ(n, f);
    if (f->entity != CH_NONE)
      return;
  }
  if (f->text.n) {
    f->entity = text_entity(n, f);
    return;
  }
  if (f->ref == CH_NONE)
    return;
  switch (ch_ref_type(f->ref)) {
  case CH_WORLD_STATE:
    f->entity = state_entity(n, i);
    break;
  case CH_WORLD_PLACE:
    f->entity = world_entity(n, CH_ENTITY_PLACE, n->w.places[i].id, n->w.places[i].name, i, n->w.places[i].state);
    break;
  case CH_WORLD_BODY:
    f->entity = ch_names_body_entity(n, i);
    break;
  case CH_WORLD_OUTLET:
    f->entity = world_entity(n, CH_ENTITY_OUTLET, n->w.outlets[i].id, n->w.outlets[i].name, i, n->w.outlets[i].state);
    break;
  default:
    break;
  }
}

/* ---- people ---- */

bool ch_names_held(const Names *n, uint32_t person, const Unit *u, uint32_t state)
{
  const ChPerson *p = &n->w.persons[person];
  for (uint32_t i = p->tenure; i < p->tenure + p->tenures; i++) {
    const ChTenure *t = &n->w.tenures[i];
    if (state != CH_NONE && t->state != CH_NONE && t->state != state)
      continue;
    for (uint32_t k = 0; k < u->n_posts; k++) {
      const ChPost *a = &n->w.posts[t->post], *b = &n->w.posts[u->posts[k]];
      if (t->post == u->posts[k] || (a->rank == 1 && b->rank == 1) ||
          (a->portfolio != CH_NONE && a->portfolio == b->portfolio && a->rank == b->rank))
        return true;
    }
  }
  return false;
}

static bool in_office(const Names *n, uint32_t person)
{
  const ChPerson *p = &n->w.persons[person];
  for (uint32_t i = p->tenure; i < p->tenure + p->tenures && n->day != CH_DAY_MIN; i++)
    if (ch_world_in_office(&n->w.tenures[i], n->day))
      return true;
  return false;
}

/* The person of the world whom a surname with a post means: the only one who held it, or the only one of those who is in office. */
static uint32_t by_surname(const Names *n, uint32_t token, uint32_t tokens, const Unit *u, uint32_t state)
{
  uint32_t found = CH_NONE, fits = 0, now = CH_NONE, in = 0;
  for (uint32_t i = n->first[token]; i < n->first[token + 1]; i++) {
    const Hit *h = &n->hits[i];
    if (h->tokens != tokens || ch_ref_type(h->ref) != CH_WORLD_PERSON || ch_ref_way(h->ref) != CH_WAY_SURNAME)
      continue;
    uint32_t p = ch_ref_index(h->ref);
    if (p == found || p == now || (u->n_posts && !ch_names_held(n, p, u, state)))
      continue;
    found = p;
    fits++;
    if (in_office(n, p)) {
      now = p;
      in++;
    }
  }
  return fits == 1 ? found : in == 1 ? now : CH_NONE;
}

/* Does a word of the name, the last aside, stand in one of the person's names? */
static bool shares_given(Names *n, ChSlice name, uint32_t person)
{
  ChSlice print = ch_language_code(n->r->pack, n->print);
  ChWorldNames names = ch_world_names(&n->w, print, CH_WORLD_PERSON, person);
  ChSlice cells[] = {ch_world_text(&n->w, names.name), ch_world_text(&n->w, names.also)};
  for (ChSlice rest = name; rest.n;) {
    ChSlice word = ch_slice_cut(&rest, ' ');
    char a[CH_FOLD_MAX + 1], b[CH_FOLD_MAX + 1];
    size_t na = ch_names_skeleton(n, word, a);
    for (size_t i = 0; i < 2 && rest.n && na > 2; i++)
      for (ChSlice cell = cells[i]; cell.n;) {
        ChSlice one = ch_slice_cut(&cell, ';');
        while (one.n)
          if (ch_slice_eq(ch_slice(a, na), ch_slice(b, ch_names_skeleton(n, ch_slice_cut(&one, ' '), b))))
            return true;
      }
  }
  return false;
}

/* A name with more or fewer words than the tables have ("Boris N. X", "Jose Y") beside a title: the holder of that post on the day whose
 * surname and a given name are the same. */
static uint32_t by_title(Names *n, const Find *f, ChSlice name)
{
  const Unit *u = &n->units.at[f->unit];
  uint32_t found = CH_NONE;
  for (uint32_t k = f->name + 1; k < f->name + f->names && u->n_posts && n->day != CH_DAY_MIN; k++)
    for (uint32_t i = n->first[k]; i < n->first[k + 1]; i++) {
      const Hit *h = &n->hits[i];
      uint32_t p = ch_ref_index(h->ref);
      if (k + h->tokens != f->name + f->names || ch_ref_type(h->ref) != CH_WORLD_PERSON || ch_ref_way(h->ref) != CH_WAY_SURNAME || p == found)
        continue;
      if (!in_office(n, p) || !ch_names_held(n, p, u, f->state) || !shares_given(n, name, p))
        continue;
      if (found != CH_NONE)
        return CH_NONE;
      found = p;
    }
  return found;
}

static ChWord surname_word(const Names *n, const Find *f)
{
  uint32_t last = f->name + f->names - 1;
  if (f->ref != CH_NONE && ch_ref_type(f->ref) == CH_WORLD_PERSON && f->names > 1) { /* the family name may come first */
    Hit h = ch_names_hit(n, f->name, CH_WORLD_PERSON, WAY(CH_WAY_SURNAME));
    if (h.tokens == 1)
      for (uint32_t i = n->first[f->name]; i < n->first[f->name + 1]; i++)
        if (n->hits[i].tokens == 1 && ch_ref_type(n->hits[i].ref) == CH_WORLD_PERSON &&
            ch_ref_index(n->hits[i].ref) == ch_ref_index(f->ref))
          return tok(n, f->name)->key;
  }
  return tok(n, last)->key;
}

/* May two names of one surname be one person's? Given names must agree in their skeletons as far as both have them. */
static bool particle(const Names *n, uint32_t lang, ChSlice word)
{
  const Lang *l = &n->langs[lang];
  char out[CH_FOLD_MAX];
  size_t k = ch_fold_norm(&l->fold, word, out), values = 0;
  uint32_t node = ch_phrases_step(&l->lex, CH_PHRASE_ROOT, ch_pack_find(n->r->pack, ch_slice(out, k)));
  const ChPhraseValue *v = node ? ch_phrases_values(&l->lex, node, &values) : NULL;
  for (size_t i = 0; i < values; i++)
    if (l->rows[v[i].value].kind == LEX_PARTICLE)
      return true;
  return false;
}

static bool given_agree(Names *n, ChSlice a, ChSlice b)
{
  ChSlice ra = a, rb = b;
  ChSlice ga = ch_slice_cut(&ra, ' '), gb = ch_slice_cut(&rb, ' ');
  if (!ra.n || !rb.n || particle(n, n->print, ga) || particle(n, n->print, gb))
    return true;
  char x[CH_FOLD_MAX + 1], y[CH_FOLD_MAX + 1];
  size_t nx = ch_names_skeleton(n, ga, x), ny = ch_names_skeleton(n, gb, y);
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

/* Do all words of a stand in b? */
static bool within(ChSlice a, ChSlice b)
{
  while (a.n) {
    ChSlice w = ch_slice_cut(&a, ' ');
    if (ch_slice_find(b, w) == SIZE_MAX)
      return false;
  }
  return true;
}

/* Whom the post is held for: a body by the table or by the words, else a state. */
static void set_owner(Names *n, ChEntity *x, const Unit *u, const ChPost *p, uint32_t state)
{
  uint32_t body = u->body != CH_NONE ? u->body : p->body;
  ChSlice of = ch_world_text(&n->w, p->of);
  if (body != CH_NONE && (state == CH_NONE || !ch_slice_is(of, "state"))) {
    x->of = ch_world_text(&n->w, n->w.bodies[body].name);
    return;
  }
  if (u->of.n) {
    x->of = u->of;
    return;
  }
  if (state == CH_NONE)
    state = p->state;
  if (state == CH_NONE)
    return;
  x->of = state_name(n, state);
  x->state = state;
}

/* The post that a shortened title means: "Special Envoy" of one known to be "Special Envoy for Syria". */
static uint32_t full_post(const Names *n, const ChEntity *x, const Unit *u, uint32_t post, uint32_t state)
{
  if (x->world == CH_NONE || u->complement.n || u->subject != CH_NONE || u->portfolio != CH_NONE)
    return post;
  const ChPerson *p = &n->w.persons[x->world];
  ChSlice name = ch_world_text(&n->w, n->w.posts[post].name);
  uint32_t found = post;
  for (uint32_t i = p->tenure; i < p->tenure + p->tenures; i++) {
    const ChTenure *t = &n->w.tenures[i];
    ChSlice full = ch_world_text(&n->w, n->w.posts[t->post].name);
    bool same = (t->state != CH_NONE && t->state == state) || (t->body != CH_NONE && t->body == u->body);
    if (t->post == post)
      return post;
    if (same && full.n > name.n && ch_slice_starts(full, name) && full.p[name.n] == ' ')
      found = t->post;
  }
  return found;
}

static void set_post(Names *n, uint32_t e, const Find *f)
{
  const Unit *u = f->unit != CH_NONE ? &n->units.at[f->unit] : NULL;
  ChEntity *x = entity(n, e);
  if (!u || !u->n_posts)
    return;
  uint32_t state = f->state != CH_NONE ? f->state : u->body == CH_NONE ? x->state : CH_NONE;
  uint32_t index = ch_names_unit_post(n, u, state);
  if (f->state == CH_NONE && n->w.posts[index].state != CH_NONE)
    state = n->w.posts[index].state; /* a post of one state only */
  index = full_post(n, x, u, index, state);
  if (f->state == CH_NONE && n->w.posts[index].body != CH_NONE)
    state = CH_NONE;
  if (state == CH_NONE && u->body == CH_NONE)
    state = f->near; /* the state that the report is about here */
  Unit v = *u;
  if (state != CH_NONE) {
    v.states[0] = state;
    v.n_states = v.n_states ? v.n_states : 1;
  }
  v.posts[0] = ch_names_unit_post(n, u, state) == index ? v.posts[0] : index;
  if (v.posts[0] == index)
    v.n_posts = 1;
  ChSlice post = ch_names_unit_text(n, &v, x->gender);
  bool better = !x->post.n || !x->of.n || (post.n > x->post.n && within(x->post, post));
  if (!better)
    return;
  x->post = post;
  x->post_id = n->w.posts[index].id;
  if (x->mention < n->people.n)
    n->people.at[x->mention].post = index;
  set_owner(n, x, u, &n->w.posts[index], state);
}

/* The surname's skeleton, under which all its spellings meet. */
static uint32_t *surname_slot(Names *n, ChSlice name, bool first)
{
  ChSlice rest = name, last = name;
  while (rest.n) {
    last = ch_slice_cut(&rest, ' ');
    if (first)
      break;
  }
  char out[CH_FOLD_MAX + 1];
  size_t k = ch_names_skeleton(n, last, out);
  return named(n, 'S', ch_slice(out, k));
}

static void known_person(Names *n, uint32_t e, uint32_t world)
{
  ChEntity *x = entity(n, e);
  x->world = world;
  x->known = true;
  x->id = ch_world_text(&n->w, n->w.persons[world].id);
  x->name = ch_world_text(&n->w, n->w.persons[world].name);
  if (n->w.persons[world].gender)
    x->gender = n->w.persons[world].gender;
  if (x->state == CH_NONE)
    x->state = n->w.persons[world].state;
  *named(n, 'H', x->id) = e + 1;
}

/* One known by a post that the report does not give: whom that is held for. */
static void tenure_owner(Names *n, ChEntity *x, uint32_t tenure)
{
  if (tenure == CH_NONE || x->of.n)
    return;
  const ChTenure *t = &n->w.tenures[tenure];
  x->state = t->state;
  x->of = t->state != CH_NONE ? state_name(n, t->state) : t->body != CH_NONE ? ch_world_text(&n->w, n->w.bodies[t->body].name) : x->of;
}

/* An entity of this surname that the name may mean; entity.mentions chains people of one surname while linking. */
static uint32_t same_person(Names *n, uint32_t chain, uint32_t world, ChSlice name)
{
  for (uint32_t k = 0; chain && k < NEAR; k++) {
    const ChEntity *x = entity(n, chain - 1);
    bool clash = world != CH_NONE && x->world != CH_NONE && x->world != world;
    if (!clash && given_agree(n, x->name, name))
      return chain - 1;
    chain = x->mentions;
  }
  return CH_NONE;
}

static uint32_t person_entity(Names *n, Find *f)
{
  uint8_t kase = tok(n, f->head)->morph.kase, gender = 0;
  bool one_of = f->unit != CH_NONE && n->units.at[f->unit].plural; /* "one of the negotiators X" */
  if (!kase || f->head == f->name || one_of)
    kase = tok(n, f->name)->morph.kase;
  uint8_t rel = tok(n, f->name)->rel;
  if (kase && f->head == f->name && (rel == CH_REL_NSUBJ || rel == CH_REL_NSUBJ_PASS))
    kase = CH_CASE_NOM; /* the tree knows better than the tag */
  ChSlice native, name = ch_names_person_text(n, f->name, f->names, kase, &gender, &native);
  ChWord word = surname_word(n, f);
  uint32_t world = f->ref != CH_NONE ? ch_ref_index(f->ref) : CH_NONE;
  if (world == CH_NONE && f->names >= 2)
    world = ch_names_by_skeleton(n, name);
  if (world == CH_NONE && f->names >= 2 && (tok(n, f->name)->flags & CH_TOKEN_INITIAL)) { /* "S. Lavrov" */
    uint32_t p = ch_names_famous(n, f->name + f->names - 1, 1, &f->tenure);
    if (p != CH_NONE && given_agree(n, ch_world_text(&n->w, n->w.persons[p].name), name))
      world = p;
  }
  if (world == CH_NONE && f->names >= 2 && f->unit != CH_NONE)
    world = by_title(n, f, name);
  if (world == CH_NONE && f->names >= 2)
    world = ch_names_by_sound(n, name, f->unit != CH_NONE ? &n->units.at[f->unit] : NULL, f->state);
  uint32_t by_id = world != CH_NONE ? *named(n, 'H', ch_world_text(&n->w, n->w.persons[world].id)) : 0;
  uint32_t *slot = surname_slot(n, name, word != tok(n, f->name + f->names - 1)->key);
  uint32_t e = by_id ? by_id - 1 : f->names == 1 && *key(n, word) ? *key(n, word) - 1 : same_person(n, *slot, world, name);
  if (e == CH_NONE && f->names == 1 && world == CH_NONE)
    world =
        f->unit != CH_NONE ? by_surname(n, f->name, 1, &n->units.at[f->unit], f->state) : ch_names_famous(n, f->name, 1, &f->tenure);
  if (e == CH_NONE) {
    e = new_entity(n, CH_ENTITY_PERSON, name);
    slot = surname_slot(n, name, word != tok(n, f->name + f->names - 1)->key);
    entity(n, e)->mentions = *slot;
    *slot = e + 1;
    if (n->people.n < PEOPLE) {
      entity(n, e)->mention = (uint32_t)n->people.n;
      *CH_PUSH(n->r->arena, &n->people) = (Person){e, CH_NONE};
    }
  }
  ChEntity *x = entity(n, e);
  if (native.n > x->native.n) {
    x->native = native;
    if (x->world == CH_NONE)
      x->name = name;
  }
  if (gender && !x->gender)
    x->gender = gender;
  if (world != CH_NONE && x->world == CH_NONE) {
    known_person(n, e, world);
    tenure_owner(n, x, f->tenure);
  }
  if (!*key(n, word))
    *key(n, word) = e + 1;
  return e;
}

/* The highest post that the person holds on the day; where that is unknown, the last one they took of the highest rank. CH_NONE. */
static uint32_t post_on(const Names *n, uint32_t world)
{
  const ChPerson *p = &n->w.persons[world];
  uint32_t best = CH_NONE;
  for (uint32_t i = p->tenure; i < p->tenure + p->tenures; i++) {
    const ChTenure *t = &n->w.tenures[i];
    bool now = n->day == CH_DAY_MIN || ch_world_in_office(t, n->day);
    if (now && (best == CH_NONE || n->w.posts[t->post].rank <= n->w.posts[best].rank))
      best = t->post;
  }
  return best;
}

/* The post of another state that is what `post` is in its own: by what it is for, else the same. */
static uint32_t post_like(Names *n, uint32_t post, uint32_t state)
{
  const ChPost *p = &n->w.posts[post];
  uint32_t same = post;
  for (uint32_t i = 0; i < n->w.n_posts && p->portfolio != CH_NONE; i++) {
    const ChPost *o = &n->w.posts[i];
    if (o->portfolio != p->portfolio || o->rank != p->rank)
      continue;
    if (o->state == state && state != CH_NONE)
      return i;
    if (p->state != CH_NONE && ch_slice_is(ch_world_text(&n->w, o->of), "state"))
      same = i;
  }
  return ch_names_leader(n, same, state);
}

/* Whose counterpart the find is: the person named last before it, else the next after it in its sentence; one of another state, with a
 * post by the report or by the tables. */
static uint32_t whose(const Names *n, size_t find)
{
  const Find *f = &n->finds.at[find];
  uint32_t sentence = tok(n, f->token)->sentence;
  for (size_t k = 1; k <= find && k < NEAR; k++) {
    const Find *g = &n->finds.at[find - k];
    if (tok(n, g->token)->sentence + 1 < sentence)
      break;
    uint32_t state = g->state == CH_NONE && g->entity != CH_NONE ? n->r->entities.at[g->entity].state : g->state;
    if (g->type == CH_ENTITY_PERSON && g->form != CH_MENTION_PRONOUN && (g->entity != CH_NONE || g->unit != CH_NONE) &&
        (state == CH_NONE || state != f->state))
      return (uint32_t)(find - k);
  }
  for (size_t k = find + 1; k < n->finds.n && tok(n, n->finds.at[k].token)->sentence == sentence; k++)
    if (n->finds.at[k].type == CH_ENTITY_PERSON && n->finds.at[k].entity != CH_NONE)
      return (uint32_t)k;
  return CH_NONE;
}

/* "his Russian counterpart": the post is that of a title in the report which the named person is known to have held, else what the person
 * is whose counterpart it is. */
static void counterparts(Names *n)
{
  for (size_t i = 0; i < n->finds.n; i++) {
    Find *f = &n->finds.at[i];
    Unit *u = f->unit != CH_NONE ? &n->units.at[f->unit] : NULL;
    if (!u || !u->counterpart)
      continue;
    uint32_t world = f->entity != CH_NONE ? entity(n, f->entity)->world : CH_NONE;
    for (uint32_t k = 0; k < n->units.n && k < 64 && world != CH_NONE && !u->n_posts; k++) {
      const Unit *o = &n->units.at[k];
      if (o->counterpart || !o->n_posts || o->n_ranks || !ch_names_held(n, world, o, f->state))
        continue;
      u->posts[0] = ch_names_unit_post(n, o, f->state);
      u->subject = o->subject;
      u->n_posts = 1;
    }
    uint32_t other = u->n_posts ? CH_NONE : whose(n, i), post = CH_NONE;
    if (other != CH_NONE) {
      const Find *g = &n->finds.at[other];
      const Unit *o = g->unit != CH_NONE ? &n->units.at[g->unit] : NULL;
      const ChEntity *x = g->entity != CH_NONE ? entity(n, g->entity) : NULL;
      if (x && x->world != CH_NONE && n->day != CH_DAY_MIN)
        post = post_on(n, x->world);
      if (post == CH_NONE && o && o->n_posts && !o->n_ranks)
        post = ch_names_unit_post(n, o, g->state);
      for (uint32_t p = 0; p < n->w.n_posts && post == CH_NONE && x && x->post_id; p++)
        if (n->w.posts[p].id == x->post_id)
          post = p;
      if (post == CH_NONE && x && x->world != CH_NONE)
        post = post_on(n, x->world);
    }
    if (post != CH_NONE) {
      u->posts[0] = post_like(n, post, f->state);
      u->n_posts = 1;
    }
    if (f->entity != CH_NONE)
      set_post(n, f->entity, f);
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
    while (
        start > 0 && !n->taken[start - 1] &&
        (is_lex(n, start - 1, LEX_PARTICLE) || (tok(n, start - 1)->flags & CH_TOKEN_INITIAL) || is_lex(n, start - 1, LEX_HONORIFIC)) &&
        tok(n, start - 1)->sentence == t->sentence)
      start--;
    Find *f = ch_names_find(n, start, i + 1 - start, CH_ENTITY_PERSON, CH_MENTION_NAME);
    f->name = f->head = i;
    f->names = 1;
    f->surname = true;
    f->entity = e - 1;
    ch_names_take(n, (uint32_t)n->finds.n - 1);
  }
}

/* ---- people by post alone ---- */

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
  ChEntity *x = entity(n, e);
  set_post(n, e, f);
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
    if (p->rank > n->w.posts[post].rank && within(ch_world_text(&n->w, p->name), x->post))
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
    ChEntity *x = entity(n, e);
    bool owner = f->state != CH_NONE ? x->state == f->state : of.n && (ch_slice_eq(x->of, of) || holds_in_body(n, x, u, of));
    if (!owner || !(ch_names_posts_meet(n, u, x->post_id, x, f->state) || plainer(n, u, n->people.at[i].post, x)))
      continue;
    if (!x->post.n)
      post_by_link(n, e, f);
    return e;
  }
  return CH_NONE;
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

static uint32_t by_post(Names *n, Find *f)
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
    of = state_name(n, f->state);
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
  uint32_t *at = named(n, many ? 'G' : 'P', name);
  if (*at)
    return *at - 1;
  uint32_t e = new_entity(n, many ? CH_ENTITY_GROUP : CH_ENTITY_PERSON, name);
  *named(n, many ? 'G' : 'P', name) = e + 1;
  ChEntity *x = entity(n, e);
  x->by_post = !many;
  x->post = post;
  x->post_id = u->n_ranks ? CH_NO_WORD : n->w.posts[ch_names_unit_post(n, u, f->state)].id; /* a deputy does not hold it */
  x->of = of;
  x->state = f->state;
  return e;
}

/* The state that each title without one belongs to: "its" the last named, else the one named most so far, the last of equals. */
static void near_states(Names *n)
{
  uint32_t *count = ch_arena_array(n->r->arena, n->w.n_states + 1, sizeof *count);
  uint32_t most = CH_NONE, last = CH_NONE;
  size_t ahead = 0; /* finds of the same sentence count too */
  for (size_t i = 0; i < n->finds.n; i++) {
    Find *f = &n->finds.at[i];
    for (; ahead < n->finds.n && tok(n, n->finds.at[ahead].token)->sentence <= tok(n, f->token)->sentence; ahead++) {
      const Find *g = &n->finds.at[ahead];
      uint32_t s = g->type == CH_ENTITY_STATE && g->ref != CH_NONE ? ch_ref_index(g->ref) : g->state;
      if (s != CH_NONE && s < n->w.n_states && (++count[s], most == CH_NONE || count[s] >= count[most]))
        most = s;
    }
    bool its = f->token > 0 && (is_lex(n, f->token - 1, LEX_POSSESSIVE));
    f->near = its && last != CH_NONE ? last : most;
    if (f->type == CH_ENTITY_STATE && f->ref != CH_NONE)
      last = ch_ref_index(f->ref);
  }
}

/* "the armed opposition": of the state that the report is about. */
static void bare_group(Names *n, size_t find)
{
  Find *f = &n->finds.at[find];
  f->state = f->near;
  for (size_t k = 1; k <= 3; k++) { /* better that of a group beside it: "the government of X and the armed opposition" */
    const Find *g = k <= find ? &n->finds.at[find - k] : NULL;
    if (g && g->type == CH_ENTITY_GROUP && g->state != CH_NONE && tok(n, g->token)->sentence == tok(n, f->token)->sentence) {
      f->state = g->state;
      break;
    }
  }
  f->text = ch_arena_printf(n->r->arena, "%.*s %.*s", CH_ARG(ch_world_text(&n->w, n->w.states[f->state].adjective)), CH_ARG(f->text));
}

void ch_names_link(Names *n)
{
  near_states(n);
  for (size_t i = 0; i < n->finds.n; i++) { /* full names first: a surname may come before them */
    Find *f = &n->finds.at[i];
    if (f->type == CH_ENTITY_PERSON && f->names >= 2 && !f->surname)
      f->entity = person_entity(n, f);
  }
  for (size_t i = 0; i < n->finds.n; i++) {
    Find *f = &n->finds.at[i];
    if (f->type == CH_ENTITY_PERSON && f->names && f->entity == CH_NONE)
      f->entity = person_entity(n, f);
  }
  find_surnames(n);
  for (size_t i = 0; i < n->finds.n; i++) {
    Find *f = &n->finds.at[i];
    if (f->type == CH_ENTITY_PERSON && f->entity != CH_NONE)
      set_post(n, f->entity, f);
  }
  counterparts(n);
  for (size_t i = 0; i < n->finds.n; i++) {
    Find *f = &n->finds.at[i];
    if (f->type == CH_ENTITY_PERSON && f->form == CH_MENTION_POST && f->entity == CH_NONE && f->unit != CH_NONE)
      f->entity = by_post(n, f);
    else if (f->bare && f->near != CH_NONE)
      bare_group(n, i);
    if (f->entity == CH_NONE && f->form != CH_MENTION_PRONOUN && f->type != CH_ENTITY_PERSON)
      link_thing(n, f);
  }
}
