/* Who may do diplomacy: what private people do is no event of ours, nor is a happening of nobody in a text that speaks of no state, body or
 * holder of a post. No word of any language decides here, only who is told of. */
#include "discourse/work.h"

/* A report with fewer known or office-holding people and bodies than that is none of diplomacy until an event's own sentence shows it. */
enum { OFFICIALS_ENOUGH = 3 };

/* States, bodies of states or known ones, groups of people, people known or with a post. */
static bool is_official(const ChReport *r, uint32_t entity)
{
  const ChEntity *x = &r->entities.at[entity];
  switch (x->type) {
  case CH_ENTITY_STATE:
  case CH_ENTITY_GROUP:
    return true;
  case CH_ENTITY_BODY:
    return x->known || x->of.n || x->state != CH_NONE;
  case CH_ENTITY_PERSON:
    return x->known || x->by_post || x->post.n || x->of.n;
  default:
    return false;
  }
}

static uint32_t count_officials(const ChReport *r)
{
  uint32_t n = 0;
  for (uint32_t i = 0; i < r->entities.n && n < OFFICIALS_ENOUGH; i++) {
    uint8_t type = r->entities.at[i].type;
    n += (type == CH_ENTITY_PERSON || type == CH_ENTITY_BODY) && is_official(r, i);
  }
  return n;
}

enum { OFFICIAL = 1, PLACED = 2 };

/* What is told of in each sentence: a state, body or official, or a word of such affairs; a place. */
static uint8_t *mentioned(const ChReport *r)
{
  uint8_t *marks = ch_arena_array(r->arena, r->sentences.n + 1, sizeof *marks);
  for (uint32_t i = 0; i < r->sentences.n; i++)
    marks[i] = r->sentences.at[i].affairs ? OFFICIAL : 0;
  for (uint32_t i = 0; i < r->mentions.n; i++) {
    const ChMention *m = &r->mentions.at[i];
    if (m->entity != CH_NONE)
      marks[r->tokens.at[m->token].sentence] |= is_official(r, m->entity) ? OFFICIAL : m->type == CH_ENTITY_PLACE ? PLACED : 0;
  }
  return marks;
}

static bool fits(const ChDiscourse *d, const ChEvent *e, uint32_t officials, uint8_t marks)
{
  const ChReport *r = d->r;
  for (size_t i = 0; i < e->participants.n; i++)
    if (is_official(r, e->participants.at[i].entity))
      return true;
  bool enough = officials >= OFFICIALS_ENOUGH;
  if (e->participants.n) /* people of whom nothing is known meet and sign where others do so; what one of them does is their own affair */
    return enough && ((marks & OFFICIAL) || e->participants.n > 1);
  if (enough)
    return true;
  bool force = e->kind == d->conflict && (marks & PLACED); /* armed men have no names */
  return e->series.n || e->ordinal || (marks & OFFICIAL) || force;
}

/* What is a part of affairs of state is one of them: "following the talks a plan was signed". */
static bool part_of_fit(const ChReport *r, const ChEvent *e)
{
  for (size_t i = 0; i < e->links.n && !e->participants.n; i++)
    if (r->events.at[e->links.at[i].event].participants.n && !r->events.at[e->links.at[i].event].unfit)
      return true;
  return false;
}

/* "The next meeting will be held in Dushanbe": one of those told of. */
static bool next_of_fit(const ChDiscourse *d, uint32_t i)
{
  enum { LOOK = 12 };
  const ChEvent *e = &d->r->events.at[i];
  for (uint32_t k = i; (e->another || e->previous) && k-- > 0 && i - k <= LOOK;) {
    const ChEvent *x = &d->r->events.at[k];
    bool alike = x->kind == e->kind || (ch_discourse_gathering(d, x->kind) && ch_discourse_gathering(d, e->kind));
    if (ch_discourse_stands(x) && alike && x->participants.n && !x->unfit)
      return true;
  }
  return false;
}

void ch_fit_events(ChDiscourse *d)
{
  ChReport *r = d->r;
  uint32_t officials = count_officials(r);
  const uint8_t *marks = mentioned(r);
  for (uint32_t i = 0; i < r->events.n; i++) {
    ChEvent *e = &r->events.at[i];
    if (ch_discourse_stands(e) && !fits(d, e, officials, marks[e->sentence]))
      e->unfit = true;
  }
  for (uint32_t i = 0; i < r->events.n; i++)
    r->events.at[i].unfit &= !part_of_fit(r, &r->events.at[i]) && !next_of_fit(d, i);
}
