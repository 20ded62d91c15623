#include "out/gazetteer.h"

#include <stdlib.h>

enum { ID = CH_WORLD_TYPES }; /* slots of ids, whatever their type */

typedef struct Slot {
  ChWord word; /* CH_NO_WORD = empty */
  uint8_t what, type; /* what: ID, or the type whose name it is */
  uint32_t index;
} Slot;

struct ChGazetteer {
  ChWorld w;
  Slot *slots;
  size_t mask;
};

static size_t start_of(const ChGazetteer *g, ChWord word, uint8_t what)
{
  return ((size_t)word * 0x9E3779B1u ^ (size_t)what * 0x85EBCA6Bu) & g->mask;
}

static Slot *find(const ChGazetteer *g, ChWord word, uint8_t what)
{
  size_t i = start_of(g, word, what);
  while (g->slots[i].word && !(g->slots[i].word == word && g->slots[i].what == what))
    i = (i + 1) & g->mask;
  return &g->slots[i];
}

static void add(ChGazetteer *g, ChWord word, uint8_t what, ChWorldType type, uint32_t index)
{
  if (!word)
    return;
  Slot *s = find(g, word, what);
  bool place = s->word && what == CH_WORLD_PLACE;
  if (!s->word || (place && g->w.places[index].population > g->w.places[s->index].population))
    *s = (Slot){word, what, (uint8_t)type, index};
}

static void add_all(ChGazetteer *g)
{
  const ChWorld *w = &g->w;
  for (uint32_t i = 0; i < w->n_states; i++) {
    add(g, w->states[i].id, ID, CH_WORLD_STATE, i);
    add(g, w->states[i].name, CH_WORLD_STATE, CH_WORLD_STATE, i);
  }
  for (uint32_t i = 0; i < w->n_places; i++) {
    add(g, w->places[i].id, ID, CH_WORLD_PLACE, i);
    add(g, w->places[i].name, CH_WORLD_PLACE, CH_WORLD_PLACE, i);
  }
  for (uint32_t i = 0; i < w->n_bodies; i++) {
    add(g, w->bodies[i].id, ID, CH_WORLD_BODY, i);
    add(g, w->bodies[i].name, CH_WORLD_BODY, CH_WORLD_BODY, i);
  }
  for (uint32_t i = 0; i < w->n_persons; i++) {
    add(g, w->persons[i].id, ID, CH_WORLD_PERSON, i);
    add(g, w->persons[i].name, CH_WORLD_PERSON, CH_WORLD_PERSON, i);
  }
}

ChGazetteer *ch_gazetteer_new(const ChPack *pack)
{
  ChGazetteer *g = calloc(1, sizeof *g);
  if (!g)
    return NULL;
  g->w = ch_world_of(pack);
  size_t rows = g->w.n_states + g->w.n_places + g->w.n_bodies + g->w.n_persons, slots = 64;
  while (slots < 4 * rows) /* two of each row, half full */
    slots *= 2;
  g->mask = slots - 1;
  g->slots = calloc(slots, sizeof *g->slots);
  if (!g->slots) {
    free(g);
    return NULL;
  }
  add_all(g);
  return g;
}

void ch_gazetteer_free(ChGazetteer *g)
{
  if (g)
    free(g->slots);
  free(g);
}

const ChWorld *ch_gazetteer_world(const ChGazetteer *g) { return &g->w; }

ChGazette ch_gazetteer_id(const ChGazetteer *g, ChSlice id)
{
  ChWord word = id.n ? ch_pack_find(g->w.pack, id) : CH_NO_WORD;
  const Slot *s = word ? find(g, word, ID) : NULL;
  return s && s->word ? (ChGazette){(ChWorldType)s->type, s->index} : (ChGazette){CH_WORLD_TYPES, CH_NONE};
}

uint32_t ch_gazetteer_name(const ChGazetteer *g, ChWorldType type, ChSlice name)
{
  ChWord word = name.n ? ch_pack_find(g->w.pack, name) : CH_NO_WORD;
  const Slot *s = word ? find(g, word, (uint8_t)type) : NULL;
  return s && s->word ? s->index : CH_NONE;
}

uint32_t ch_gazetteer_state(const ChGazetteer *g, ChGazette row)
{
  if (row.index == CH_NONE)
    return CH_NONE;
  switch (row.type) {
  case CH_WORLD_STATE:
    return row.index;
  case CH_WORLD_PLACE:
    return g->w.places[row.index].state;
  case CH_WORLD_BODY:
    return g->w.bodies[row.index].state;
  case CH_WORLD_PERSON:
    return g->w.persons[row.index].state;
  default:
    return CH_NONE;
  }
}

static ChSlice text(const json_t *o, const char *key)
{
  const json_t *v = json_object_get(o, key);
  return json_is_string(v) ? ch_slice(json_string_value(v), json_string_length(v)) : CH_LIT("");
}

uint32_t ch_gazetteer_state_of(const ChGazetteer *g, const json_t *participant)
{
  ChGazette own = ch_gazetteer_id(g, text(participant, "id"));
  ChSlice of = text(participant, "of");
  if (own.index != CH_NONE && own.type == CH_WORLD_STATE)
    return own.index;
  uint32_t state = ch_gazetteer_name(g, CH_WORLD_STATE, of.n ? of : text(participant, "name"));
  if (state != CH_NONE)
    return state;
  if (of.n) { /* stands for a body: a ministry has a state, an organisation none; what the person is besides says nothing */
    uint32_t body = ch_gazetteer_name(g, CH_WORLD_BODY, of);
    return body == CH_NONE ? CH_NONE : g->w.bodies[body].state;
  }
  return own.type == CH_WORLD_BODY ? ch_gazetteer_state(g, own) : CH_NONE;
}
