/* After `when`: who the people are that the report names by post alone, now that its day is known. They keep the name that the report
 * gives ("Minister of Foreign Affairs of Armenia"); id and world tell the holder. */
#include "names/names.h"
#include "world/world.h"

/* Is the tenure held at the place that the entity's post names? */
static bool at_place(const ChWorld *w, const ChEntity *x, const ChTenure *t)
{
  ChWord at = t->at_state != CH_NONE ? w->states[t->at_state].name : t->at_body != CH_NONE ? w->bodies[t->at_body].name : CH_NO_WORD;
  return !at || ch_slice_find(x->post, ch_world_text(w, at)) != SIZE_MAX;
}

/* The one who holds the entity's post on the day, on a day of change the later one; CH_NONE where nobody or several do. */
static uint32_t holder(const ChWorld *w, const ChEntity *x, int32_t day)
{
  uint32_t body = x->state == CH_NONE ? ch_world_body(w, x->of) : CH_NONE;
  size_t n;
  const uint32_t *at = ch_world_holders(w, ch_world_post(w, x->post_id), x->state, body, &n);
  const ChTenure *best = NULL;
  for (size_t i = 0; i < n; i++) {
    const ChTenure *t = &w->tenures[at[i]];
    if (!ch_world_in_office(t, day) || !at_place(w, x, t))
      continue;
    if (best && best->person != t->person && best->to != day && !(w->posts[t->post].single && best->to == CH_DAY_MAX))
      return CH_NONE; /* of a post that one holds at a time, the end of the earlier tenure is merely not known */
    best = t;
  }
  return best ? best->person : CH_NONE;
}

void ch_names_who_stage(ChReport *r)
{
  int32_t day, last;
  if (!r->published.n || !ch_day_span(r->published, &day, &last))
    return;
  ChWorld w = ch_world_of(r->pack);
  for (size_t i = 0; i < r->entities.n; i++) {
    ChEntity *x = &r->entities.at[i];
    if (x->type != CH_ENTITY_PERSON || !x->by_post || x->world != CH_NONE || !x->post_id)
      continue;
    uint32_t person = holder(&w, x, day);
    if (person == CH_NONE)
      continue;
    x->world = person;
    x->id = ch_world_text(&w, w.persons[person].id);
    x->known = true;
    x->gender = w.persons[person].gender;
  }
}
