#include "world/world.h"

#include <stdio.h>

/* Names of the tables, as in data/world. */
static const char *const kinds[CH_WORLD_TYPES] = {
    [CH_WORLD_STATE] = "states", [CH_WORLD_PLACE] = "places",   [CH_WORLD_BODY] = "bodies",   [CH_WORLD_OUTLET] = "outlets",       [CH_WORLD_POST] = "posts",
    [CH_WORLD_PERSON] = "persons", [CH_WORLD_SERIES] = "series", [CH_WORLD_PORTFOLIO] = "portfolios", [CH_WORLD_RANK] = "ranks", [CH_WORLD_DOCUMENT] = "documents",
};

ChWorld ch_world_of(const ChPack *p)
{
  ChWorld w = {.pack = p};
  size_t n;
  w.states = ch_pack_section(p, "world.states", sizeof *w.states, &w.n_states);
  w.places = ch_pack_section(p, "world.places", sizeof *w.places, &w.n_places);
  w.bodies = ch_pack_section(p, "world.bodies", sizeof *w.bodies, &w.n_bodies);
  w.outlets = ch_pack_section(p, "world.outlets", sizeof *w.outlets, &w.n_outlets);
  w.posts = ch_pack_section(p, "world.posts", sizeof *w.posts, &w.n_posts);
  w.portfolios = ch_pack_section(p, "world.portfolios", sizeof *w.portfolios, &w.n_portfolios);
  w.ranks = ch_pack_section(p, "world.ranks", sizeof *w.ranks, &w.n_ranks);
  w.persons = ch_pack_section(p, "world.persons", sizeof *w.persons, &w.n_persons);
  w.tenures = ch_pack_section(p, "world.tenures", sizeof *w.tenures, &w.n_tenures);
  w.series = ch_pack_section(p, "world.series", sizeof *w.series, &w.n_series);
  w.instances = ch_pack_section(p, "world.instances", sizeof *w.instances, &w.n_instances);
  w.documents = ch_pack_section(p, "world.documents", sizeof *w.documents, &w.n_documents);
  w.renames = ch_pack_section(p, "world.renames", sizeof *w.renames, &w.n_renames);
  w.memberships = ch_pack_section(p, "world.memberships", sizeof *w.memberships, &w.n_memberships);
  for (ChWorldType t = 0; t < CH_WORLD_TYPES; t++) {
    char name[CH_PACK_NAME];
    snprintf(name, sizeof name, "world.facts.%s", kinds[t]);
    w.facts[t] = ch_pack_section(p, name, sizeof *w.facts[t], &n);
  }
  w.members = ch_pack_section(p, "world.members", sizeof *w.members, &n);
  w.by_post = ch_pack_section(p, "world.by-post", sizeof *w.by_post, &n);
  w.print = ch_pack_section(p, "world.print-words", sizeof *w.print, &n);
  if (n != CH_PRINT_WORDS)
    w.print = NULL;
  return w;
}

ChWorldNames ch_world_names(const ChWorld *w, ChSlice lang, ChWorldType type, uint32_t index)
{
  char name[CH_PACK_NAME];
  size_t n;
  snprintf(name, sizeof name, "names.%s", kinds[type]);
  const ChWorldNames *at = ch_pack_section_of(w->pack, lang, name, sizeof *at, &n);
  return index < n ? at[index] : (ChWorldNames){CH_NO_WORD, CH_NO_WORD};
}

size_t ch_world_count(const ChWorld *w, ChWorldType type)
{
  const size_t counts[CH_WORLD_TYPES] = {
      [CH_WORLD_STATE] = w->n_states,   [CH_WORLD_PLACE] = w->n_places,   [CH_WORLD_BODY] = w->n_bodies,           [CH_WORLD_OUTLET] = w->n_outlets, [CH_WORLD_POST] = w->n_posts,
      [CH_WORLD_PERSON] = w->n_persons, [CH_WORLD_SERIES] = w->n_series, [CH_WORLD_PORTFOLIO] = w->n_portfolios, [CH_WORLD_RANK] = w->n_ranks,     [CH_WORLD_DOCUMENT] = w->n_documents,
  };
  return counts[type];
}

ChSlice ch_world_id(const ChWorld *w, ChWorldType type, uint32_t index)
{
  switch (type) {
  case CH_WORLD_STATE:
    return ch_world_text(w, w->states[index].id);
  case CH_WORLD_PLACE:
    return ch_world_text(w, w->places[index].id);
  case CH_WORLD_BODY:
    return ch_world_text(w, w->bodies[index].id);
  case CH_WORLD_OUTLET:
    return ch_world_text(w, w->outlets[index].id);
  case CH_WORLD_POST:
    return ch_world_text(w, w->posts[index].id);
  case CH_WORLD_PERSON:
    return ch_world_text(w, w->persons[index].id);
  case CH_WORLD_SERIES:
    return ch_world_text(w, w->series[index].id);
  case CH_WORLD_PORTFOLIO:
    return ch_world_text(w, w->portfolios[index].id);
  case CH_WORLD_RANK:
    return ch_world_text(w, w->ranks[index].id);
  case CH_WORLD_DOCUMENT:
    return ch_world_text(w, w->documents[index].id);
  default:
    return CH_LIT("");
  }
}

uint32_t ch_world_post(const ChWorld *w, ChWord id)
{
  for (uint32_t i = 0; id && i < w->n_posts; i++)
    if (w->posts[i].id == id)
      return i;
  return CH_NONE;
}

uint32_t ch_world_body(const ChWorld *w, ChSlice name)
{
  for (uint32_t i = 0; i < w->n_bodies; i++)
    if (ch_slice_eq(ch_world_text(w, w->bodies[i].name), name))
      return i;
  return CH_NONE;
}

/* Order of a tenure against (post, state, body). */
static int against(const ChTenure *t, uint32_t post, uint32_t state, uint32_t body)
{
  if (t->post != post)
    return t->post < post ? -1 : 1;
  if (t->state != state)
    return t->state < state ? -1 : 1;
  return t->body < body ? -1 : t->body > body;
}

const uint32_t *ch_world_holders(const ChWorld *w, uint32_t post, uint32_t state, uint32_t body, size_t *n)
{
  size_t lo = 0, hi = w->by_post ? w->n_tenures : 0;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (against(&w->tenures[w->by_post[mid]], post, state, body) < 0)
      lo = mid + 1;
    else
      hi = mid;
  }
  *n = 0;
  while (w->by_post && lo + *n < w->n_tenures && against(&w->tenures[w->by_post[lo + *n]], post, state, body) == 0)
    ++*n;
  return *n ? w->by_post + lo : NULL;
}

ChSlice ch_world_print(const ChWorld *w, ChPrint word) { return w->print ? ch_world_text(w, w->print[word]) : CH_LIT(""); }

uint32_t ch_world_print_language(const ChWorld *w)
{
  size_t k;
  const uint32_t *print = ch_pack_section(w->pack, "world.print", sizeof *print, &k);
  return k ? *print : 0;
}
