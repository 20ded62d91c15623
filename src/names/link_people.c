/* People by name to entities: which person of the tables a name means, one entity for all names of one, counterparts, surnames alone. */
#include "names/link.h"

enum { NEAR = 24, PEOPLE = 400 }; /* most people of one surname that are compared; most that a post alone may mean */

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
bool ch_link_within(ChSlice a, ChSlice b)
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
  x->of = ch_link_state_name(n, state);
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

void ch_link_set_post(Names *n, uint32_t e, const Find *f)
{
  const Unit *u = f->unit != CH_NONE ? &n->units.at[f->unit] : NULL;
  ChEntity *x = link_entity(n, e);
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
  bool better = !x->post.n || !x->of.n || (post.n > x->post.n && ch_link_within(x->post, post));
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
  return ch_link_named(n, 'S', ch_slice(out, k));
}

static void known_person(Names *n, uint32_t e, uint32_t world)
{
  ChEntity *x = link_entity(n, e);
  x->world = world;
  x->known = true;
  x->id = ch_world_text(&n->w, n->w.persons[world].id);
  x->name = ch_world_text(&n->w, n->w.persons[world].name);
  if (n->w.persons[world].gender)
    x->gender = n->w.persons[world].gender;
  if (x->state == CH_NONE)
    x->state = n->w.persons[world].state;
  *ch_link_named(n, 'H', x->id) = e + 1;
}

/* One known by a post that the report does not give: whom that is held for. */
static void tenure_owner(Names *n, ChEntity *x, uint32_t tenure)
{
  if (tenure == CH_NONE || x->of.n)
    return;
  const ChTenure *t = &n->w.tenures[tenure];
  x->state = t->state;
  x->of = t->state != CH_NONE ? ch_link_state_name(n, t->state) : t->body != CH_NONE ? ch_world_text(&n->w, n->w.bodies[t->body].name) : x->of;
}

/* An entity of this surname that the name may mean; entity.mentions chains people of one surname while linking. */
static uint32_t same_person(Names *n, uint32_t chain, uint32_t world, ChSlice name)
{
  for (uint32_t k = 0; chain && k < NEAR; k++) {
    const ChEntity *x = link_entity(n, chain - 1);
    bool clash = world != CH_NONE && x->world != CH_NONE && x->world != world;
    if (!clash && given_agree(n, x->name, name))
      return chain - 1;
    chain = x->mentions;
  }
  return CH_NONE;
}

uint32_t ch_link_person(Names *n, Find *f)
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
  uint32_t by_id = world != CH_NONE ? *ch_link_named(n, 'H', ch_world_text(&n->w, n->w.persons[world].id)) : 0;
  uint32_t *slot = surname_slot(n, name, word != tok(n, f->name + f->names - 1)->key);
  uint32_t e = by_id ? by_id - 1 : f->names == 1 && *ch_link_key(n, word) ? *ch_link_key(n, word) - 1 : same_person(n, *slot, world, name);
  if (e == CH_NONE && f->names == 1 && world == CH_NONE && f->unit != CH_NONE)
    world = by_surname(n, f->name, 1, &n->units.at[f->unit], f->state);
  if (e == CH_NONE && f->names == 1 && world == CH_NONE && (f->unit == CH_NONE || !n->units.at[f->unit].specific))
    world = ch_names_famous(n, f->name, 1, &f->tenure); /* "Secretary X" of a secretary of state */
  if (e == CH_NONE) {
    e = ch_link_new_entity(n, CH_ENTITY_PERSON, name);
    slot = surname_slot(n, name, word != tok(n, f->name + f->names - 1)->key);
    link_entity(n, e)->mentions = *slot;
    *slot = e + 1;
    if (n->people.n < PEOPLE) {
      link_entity(n, e)->mention = (uint32_t)n->people.n;
      *CH_PUSH(n->r->arena, &n->people) = (Person){e, CH_NONE};
    }
  }
  ChEntity *x = link_entity(n, e);
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
  if (!*ch_link_key(n, word))
    *ch_link_key(n, word) = e + 1;
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
void ch_link_counterparts(Names *n)
{
  for (size_t i = 0; i < n->finds.n; i++) {
    Find *f = &n->finds.at[i];
    Unit *u = f->unit != CH_NONE ? &n->units.at[f->unit] : NULL;
    if (!u || !u->counterpart)
      continue;
    uint32_t world = f->entity != CH_NONE ? link_entity(n, f->entity)->world : CH_NONE;
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
      const ChEntity *x = g->entity != CH_NONE ? link_entity(n, g->entity) : NULL;
      if (x && x->world != CH_NONE && n->day != CH_DAY_MIN)
        post = post_on(n, x->world);
      if (post == CH_NONE && o && o->n_posts && !o->n_ranks)
        post = ch_names_unit_post(n, o, g->state);
      if (post == CH_NONE && x)
        post = ch_world_post(&n->w, x->post_id);
      if (post == CH_NONE && x && x->world != CH_NONE)
        post = post_on(n, x->world);
    }
    if (post != CH_NONE) {
      u->posts[0] = post_like(n, post, f->state);
      u->n_posts = 1;
    }
    if (f->entity != CH_NONE)
      ch_link_set_post(n, f->entity, f);
  }
}

/* Surnames alone, where the report has the person. */
void ch_link_surnames(Names *n)
{
  for (uint32_t i = 0; i < n->r->tokens.n; i++) {
    const ChToken *t = tok(n, i);
    if (n->taken[i] || !(t->flags & CH_TOKEN_CAPITAL) || (t->flags & CH_TOKEN_PUNCT) || !n->surnames.slots)
      continue;
    uint32_t e = *ch_link_key(n, t->key);
    if (!e && t->lemma_key != t->key && t->lemma_key)
      e = *ch_link_key(n, t->lemma_key);
    uint32_t start = i;
    if (!e || link_entity(n, e - 1)->type != CH_ENTITY_PERSON)
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
