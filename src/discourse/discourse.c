#include "discourse/discourse.h"

#include "discourse/work.h"
#include "world/day.h"

bool ch_discourse_gathering(const ChDiscourse *d, ChWord kind) { return kind == d->meeting || kind == d->call || kind == d->conference; }

bool ch_discourse_has(const ChEvent *e, uint32_t entity)
{
  for (size_t i = 0; i < e->participants.n; i++)
    if (e->participants.at[i].entity == entity)
      return true;
  return false;
}

ChSlice ch_discourse_side(const ChReport *r, uint32_t entity)
{
  const ChEntity *x = &r->entities.at[entity];
  if (x->type == CH_ENTITY_STATE || (x->type == CH_ENTITY_BODY && !x->of.n))
    return x->name;
  return x->of.n ? x->of : x->name;
}

void ch_discourse_link(ChDiscourse *d, uint32_t from, ChWord type, uint32_t to)
{
  ChEvent *e = &d->r->events.at[from];
  if (from == to || !type)
    return;
  for (size_t i = 0; i < e->links.n; i++)
    if (e->links.at[i].event == to)
      return;
  *CH_PUSH(d->r->arena, &e->links) = (ChLink){type, to};
}

static void find_terms(ChDiscourse *d)
{
  const ChPack *p = d->r->pack;
#define TERM(x) d->x = ch_pack_find(p, CH_LIT(#x))
  TERM(held), TERM(ongoing), TERM(scheduled), TERM(proposed), TERM(postponed), TERM(cancelled);
  TERM(denied), TERM(visit), TERM(meeting), TERM(call), TERM(conference), TERM(signing), TERM(ceremony), TERM(address), TERM(proposal), TERM(measure);
  TERM(conflict);
  TERM(party), TERM(attendee), TERM(host), TERM(part_of), TERM(sidelines_of), TERM(proposes), TERM(prepares), TERM(before), TERM(after);
  TERM(bilateral), TERM(trilateral), TERM(multilateral), TERM(phone), TERM(video);
  TERM(adopted), TERM(ratified), TERM(prepared);
  d->signed_ = ch_pack_find(p, CH_LIT("signed"));
  d->to_sign = ch_pack_find(p, CH_LIT("to-sign"));
  d->to_adopt = ch_pack_find(p, CH_LIT("to-adopt"));
  d->head_of_delegation = ch_pack_find(p, CH_LIT("head-of-delegation"));
  d->for_ = ch_pack_find(p, CH_LIT("for"));
#undef TERM
}

void ch_discourse_stage(ChReport *r)
{
  ChDiscourse d = {.r = r};
  int32_t last;
  find_terms(&d);
  d.dated = ch_day_span(r->published, &d.today, &last);
  ch_resolve_open(&d);
  ch_link_settings(&d);
  ch_finish_status(&d);
  ch_link_bare_settings(&d);
  ch_merge_events(&d);
  ch_link_events(&d);
  ch_topics_hand_down(&d);
  ch_finish_status(&d); /* links may have brought times */
  ch_place_by_day(&d);
  ch_fit_events(&d);
  ch_finish_events(&d);
}
