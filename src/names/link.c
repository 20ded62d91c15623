/* Finds to entities: one entity for each person, state, body, place, group and outlet of the report. */
#include "names/link.h"

uint32_t ch_link_new_entity(Names *n, ChEntityType type, ChSlice name)
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
uint32_t *ch_link_key(Names *n, ChWord w)
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
uint32_t *ch_link_named(Names *n, char kind, ChSlice name)
{
  ChSlice marked = ch_arena_printf(n->r->arena, "%c\x01%.*s", kind, CH_ARG(name));
  return ch_link_key(n, ch_words_id(&n->r->words, marked));
}

/* ---- things ---- */

static uint32_t world_entity(Names *n, ChEntityType type, ChWord id, ChWord name, uint32_t world, uint32_t state)
{
  uint32_t *at = ch_link_named(n, (char)('a' + type), ch_world_text(&n->w, id));
  if (*at)
    return *at - 1;
  uint32_t e = ch_link_new_entity(n, type, ch_world_text(&n->w, name));
  *at = e + 1;
  link_entity(n, e)->id = ch_world_text(&n->w, id);
  link_entity(n, e)->known = true;
  link_entity(n, e)->world = world;
  link_entity(n, e)->state = state;
  return e;
}

static uint32_t state_entity(Names *n, uint32_t s)
{
  return world_entity(n, CH_ENTITY_STATE, n->w.states[s].id, n->w.states[s].name, s, s);
}

ChSlice ch_link_state_name(const Names *n, uint32_t s) { return ch_world_text(&n->w, n->w.states[s].name); }

uint32_t ch_names_body_entity(Names *n, uint32_t body)
{
  const ChBody *b = &n->w.bodies[body];
  uint32_t e = world_entity(n, CH_ENTITY_BODY, b->id, b->name, body, b->state);
  if (b->parent != CH_NONE)
    link_entity(n, e)->of = ch_world_text(&n->w, n->w.bodies[b->parent].name);
  else if (b->state != CH_NONE)
    link_entity(n, e)->of = ch_link_state_name(n, b->state);
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
  uint32_t *at = ch_link_named(n, (char)('A' + f->type), f->text);
  if (*at)
    return *at - 1;
  uint32_t e = ch_link_new_entity(n, (ChEntityType)f->type, f->text);
  *at = e + 1;
  if (f->state != CH_NONE) {
    link_entity(n, e)->state = f->state;
    link_entity(n, e)->of = ch_link_state_name(n, f->state);
    if (f->ref != CH_NONE && ch_ref_type(f->ref) == CH_WORLD_PORTFOLIO) {
      link_entity(n, e)->id = ch_arena_printf(n->r->arena, "b-%.*s-%.*s", CH_ARG(ch_world_text(&n->w, n->w.states[f->state].id)),
                                         CH_ARG(ch_world_text(&n->w, n->w.portfolios[ch_ref_index(f->ref)].id)));
      link_entity(n, e)->known = true;
    }
  } else if (f->type == CH_ENTITY_GROUP && f->ref != CH_NONE && ch_ref_type(f->ref) == CH_WORLD_BODY) {
    link_entity(n, e)->of = ch_world_text(&n->w, n->w.bodies[ch_ref_index(f->ref)].name);
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
      f->entity = ch_link_person(n, f);
  }
  for (size_t i = 0; i < n->finds.n; i++) {
    Find *f = &n->finds.at[i];
    if (f->type == CH_ENTITY_PERSON && f->names && f->entity == CH_NONE)
      f->entity = ch_link_person(n, f);
  }
  ch_link_surnames(n);
  for (size_t i = 0; i < n->finds.n; i++) {
    Find *f = &n->finds.at[i];
    if (f->type == CH_ENTITY_PERSON && f->entity != CH_NONE)
      ch_link_set_post(n, f->entity, f);
  }
  ch_link_counterparts(n);
  for (size_t i = 0; i < n->finds.n; i++) {
    Find *f = &n->finds.at[i];
    if (f->type == CH_ENTITY_PERSON && f->form == CH_MENTION_POST && f->entity == CH_NONE && f->unit != CH_NONE)
      f->entity = ch_link_by_post(n, f);
    else if (f->bare && f->near != CH_NONE)
      bare_group(n, i);
    if (f->entity == CH_NONE && f->form != CH_MENTION_PRONOUN && f->type != CH_ENTITY_PERSON)
      link_thing(n, f);
  }
}
