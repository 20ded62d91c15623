#include "world/world.h"

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
  w.members = ch_pack_section(p, "world.members", sizeof *w.members, &n);
  w.post_tenures = ch_pack_section(p, "world.post-tenures", sizeof *w.post_tenures, &n);
  return w;
}

uint32_t ch_world_tenure(const ChWorld *w, uint32_t person, uint32_t post, uint32_t state, uint32_t body, int32_t day)
{
  if (person >= w->n_persons)
    return CH_NONE;
  const ChPerson *p = &w->persons[person];
  for (uint32_t i = p->tenure; i < p->tenure + p->tenures; i++) {
    const ChTenure *t = &w->tenures[i];
    if ((post == CH_NONE || t->post == post) && (state == CH_NONE || t->state == state) && (body == CH_NONE || t->body == body) &&
        t->from <= day && day <= t->to)
      return i;
  }
  return CH_NONE;
}

/* First tenure in post_tenures that is not before (post, state, body). */
static size_t first_of_post(const ChWorld *w, uint32_t post, uint32_t state, uint32_t body)
{
  size_t lo = 0, hi = w->n_tenures;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    const ChTenure *t = &w->tenures[w->post_tenures[mid]];
    bool before = t->post != post ? t->post < post : t->state != state ? t->state < state : t->body < body;
    if (before)
      lo = mid + 1;
    else
      hi = mid;
  }
  return lo;
}

uint32_t ch_world_holder(const ChWorld *w, uint32_t post, uint32_t state, uint32_t body, int32_t day)
{
  uint32_t found = CH_NONE;
  for (size_t i = first_of_post(w, post, state, body); i < w->n_tenures; i++) {
    const ChTenure *t = &w->tenures[w->post_tenures[i]];
    if (t->post != post || t->state != state || t->body != body || t->from > day)
      break;
    if (t->to >= day)
      found = t->person; /* the latest to begin */
  }
  return found;
}
