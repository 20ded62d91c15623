#include "discourse/work.h"

static bool fits(const ChReport *r, const ChParticipant *p, uint8_t nominal)
{
  uint8_t type = r->entities.at[p->entity].type;
  switch (nominal) {
  case CH_NOMINAL_PERSONS:
  case CH_NOMINAL_PERSON_SING:
    return type == CH_ENTITY_PERSON;
  case CH_NOMINAL_STATE:
  case CH_NOMINAL_STATES:
    return type == CH_ENTITY_STATE;
  case CH_NOMINAL_BODY:
    return type == CH_ENTITY_BODY || type == CH_ENTITY_GROUP;
  default:
    return true;
  }
}

/* Whom a plural nominal of event `index` stands for: those of the nearest event before with at least two that fit. */
static uint32_t antecedent(const ChDiscourse *d, uint32_t index, uint8_t nominal)
{
  const ChReport *r = d->r;
  for (uint32_t k = index; k-- > 0 && index - k < 40;) {
    const ChEvent *e = &r->events.at[k];
    uint32_t n = 0;
    for (size_t i = 0; i < e->participants.n; i++)
      n += fits(r, &e->participants.at[i], nominal);
    if (n >= 2)
      return k;
  }
  return CH_NONE;
}

void ch_resolve_open(ChDiscourse *d)
{
  ChReport *r = d->r;
  for (uint32_t i = 0; i < r->events.n; i++) {
    for (size_t k = 0; k < r->events.at[i].open.n; k++) {
      ChParticipant open = r->events.at[i].open.at[k];
      uint8_t nominal = r->mentions.at[open.mention].nominal;
      bool plural = nominal == CH_NOMINAL_PERSONS || nominal == CH_NOMINAL_SIDES || nominal == CH_NOMINAL_STATES || nominal == CH_NOMINAL_THEY;
      uint32_t from = plural ? antecedent(d, i, nominal) : CH_NONE;
      if (from == CH_NONE)
        continue;
      const ChEvent *a = &r->events.at[from];
      for (size_t j = 0; j < a->participants.n; j++) {
        ChParticipant p = a->participants.at[j];
        if (!fits(r, &p, nominal) || ch_discourse_has(&r->events.at[i], p.entity))
          continue;
        p.role = open.role;
        p.mention = open.mention;
        p.why.confidence = 0.6f;
        *CH_PUSH(r->arena, &r->events.at[i].participants) = p;
      }
    }
  }
}
