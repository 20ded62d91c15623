/* Where what is told without a place took place: in the one city that the report's other gatherings and visits of its days share. */
#include "discourse/work.h"
#include "world/day.h"

/* How many events around one are looked at, which keeps the stage linear; longest events that tell where their days were spent, in days. */
enum { REACH = 64, LONG = 7 };

static bool lends(const ChDiscourse *d, ChWord kind)
{
  return (ch_discourse_gathering(d, kind) && kind != d->call) || kind == d->visit || kind == d->signing || kind == d->ceremony;
}

/* Is one place in the other: a city and its state? *a becomes the closer one. */
static bool agree(const ChReport *r, uint32_t *a, uint32_t b)
{
  const ChEntity *x = &r->entities.at[*a], *y = &r->entities.at[b];
  if (*a == b || (x->type == CH_ENTITY_PLACE && y->type == CH_ENTITY_STATE && x->state == y->state))
    return true;
  if (x->type != CH_ENTITY_STATE || y->type != CH_ENTITY_PLACE || x->state != y->state)
    return false;
  *a = b;
  return true;
}

/* The event whose place the others of the same days agree with; CH_NONE where there is none or they are apart. */
static uint32_t same_days(const ChDiscourse *d, uint32_t i)
{
  const ChReport *r = d->r;
  const ChEvent *e = &r->events.at[i];
  int32_t a0, a1, b0, b1;
  uint32_t place = CH_NONE, found = CH_NONE;
  if (!ch_day_span(e->time, &a0, &a1) || a1 - a0 > LONG)
    return CH_NONE;
  for (uint32_t k = i > REACH ? i - REACH : 0; k < r->events.n && k <= i + REACH; k++) {
    const ChEvent *g = &r->events.at[k];
    if (!ch_discourse_stands(g) || g->place == CH_NONE || !lends(d, g->kind) || !ch_day_span(g->time, &b0, &b1) || b1 - b0 > LONG ||
        ch_discourse_apart(a0, a1, b0, b1))
      continue;
    if (found == CH_NONE || r->entities.at[place].type == CH_ENTITY_STATE)
      found = k;
    if (place == CH_NONE)
      place = g->place;
    else if (!agree(r, &place, g->place))
      return CH_NONE;
  }
  return found;
}

void ch_place_by_day(ChDiscourse *d)
{
  ChReport *r = d->r;
  for (uint32_t i = 0; i < r->events.n; i++) {
    ChEvent *e = &r->events.at[i];
    if (!ch_discourse_stands(e) || e->place != CH_NONE || (!lends(d, e->kind) && e->kind != d->address))
      continue;
    uint32_t from = same_days(d, i);
    if (from != CH_NONE) {
      e->place = r->events.at[from].place;
      e->why_place = (ChWhy){r->events.at[from].why_place.rule, 0.5f};
    }
  }
}
