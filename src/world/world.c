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
  w.print = ch_pack_section(p, "world.print-words", sizeof *w.print, &n);
  if (n != CH_PRINT_WORDS)
    w.print = NULL;
  return w;
}

ChSlice ch_world_print(const ChWorld *w, ChPrint word) { return w->print ? ch_world_text(w, w->print[word]) : CH_LIT(""); }
