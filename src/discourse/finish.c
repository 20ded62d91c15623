#include "discourse/work.h"
#include "world/day.h"
#include "world/world.h"

void ch_finish_status(ChDiscourse *d)
{
  ChReport *r = d->r;
  for (uint32_t i = 0; i < r->events.n; i++) {
    ChEvent *e = &r->events.at[i];
    int32_t a, b;
    if (!d->dated || !ch_day_span(e->time, &a, &b))
      continue;
    bool future = a > d->today, past = b < d->today;
    if (!e->why_status.rule) {
      e->status = future ? d->scheduled : d->held;
    } else if ((e->status == d->held || e->status == d->ongoing) && future && a - d->today < 3700) {
      e->status = d->scheduled;
    } else if (e->status == d->scheduled && past) {
      e->status = d->held; /* a coming form in a story told of the past */
    } else if (e->status == d->ongoing && b < d->today - 1) {
      e->status = d->held;
    } else if (e->status == d->held && (e->kind == d->visit || e->kind == d->conference) && a <= d->today && b > d->today && b - a < 60) {
      e->status = d->ongoing;
    }
  }
}

/* Who is told of at a gathering, by what they stand for. */
typedef struct Sides {
  uint32_t n;      /* different states or bodies, said of the event itself */
  bool body;       /* one of them is a body or one of its people */
  bool persons;    /* all are people */
  bool taken_over; /* those present are known from the series alone */
} Sides;

static Sides count_sides(const ChReport *r, const ChEvent *e)
{
  ChSlice names[8];
  Sides s = {.persons = true, .taken_over = e->participants.n > 0};
  for (size_t i = 0; i < e->participants.n && s.n < 8; i++) {
    const ChParticipant *p = &e->participants.at[i];
    const ChEntity *x = &r->entities.at[p->entity];
    ChSlice name = ch_discourse_side(r, p->entity);
    bool have = false;
    for (uint32_t k = 0; k < s.n; k++)
      have |= ch_slice_eq(names[k], name);
    if (!have)
      names[s.n++] = name;
    s.body |= x->type == CH_ENTITY_BODY ? !x->of.n : x->type == CH_ENTITY_PERSON && x->of.n && x->state == CH_NONE;
    s.persons &= x->type == CH_ENTITY_PERSON;
    s.taken_over &= p->mention == CH_NONE;
  }
  return s;
}

/* How many sides a gathering has. Conferences are of many unless two states or three people hold them; of those who meet or call often
 * one alone is named. */
static ChWord format_by_count(const ChDiscourse *d, const ChEvent *e, const Sides *s)
{
  if (!s->n || s->taken_over)
    return e->kind == d->call ? d->bilateral : CH_NO_WORD;
  if (e->kind == d->conference) {
    if (s->n == 2 && !s->body)
      return d->bilateral;
    return s->n == 3 && s->persons ? d->trilateral : d->multilateral;
  }
  if (s->n <= 2)
    return s->body ? CH_NO_WORD : d->bilateral;
  return s->n == 3 ? d->trilateral : d->multilateral;
}

static void add_count_format(ChDiscourse *d, ChEvent *e)
{
  ChReport *r = d->r;
  if (!ch_discourse_gathering(d, e->kind))
    return;
  for (size_t i = 0; i < e->formats.n; i++)
    if (e->formats.at[i] == d->bilateral || e->formats.at[i] == d->trilateral || e->formats.at[i] == d->multilateral)
      return;
  Sides s = count_sides(r, e);
  ChWord f = format_by_count(d, e, &s);
  if (f)
    *CH_PUSH(r->arena, &e->formats) = f;
}

/* Where nothing else places a gathering, it is with the state that hosts it. */
static void host_place(ChDiscourse *d, ChEvent *e)
{
  if (e->place != CH_NONE || !ch_discourse_gathering(d, e->kind))
    return;
  for (size_t i = 0; i < e->participants.n; i++)
    if (e->participants.at[i].role == d->host && d->r->entities.at[e->participants.at[i].entity].type == CH_ENTITY_STATE) {
      e->place = e->participants.at[i].entity;
      e->why_place = e->participants.at[i].why;
      return;
    }
}

/* Does who has the first role stand for the state that has the second: the same, or one who takes part for it? */
static bool stands_for(const ChDiscourse *d, ChWord person, ChWord state)
{
  return person == state || ((state == d->party || state == d->attendee) && (person == d->party || person == d->attendee || person == d->head_of_delegation));
}

/* A state is not listed beside a person or group that stands for it at the same event. */
static void drop_represented(ChDiscourse *d, ChEvent *e)
{
  const ChReport *r = d->r;
  size_t kept = 0;
  for (size_t i = 0; i < e->participants.n; i++) {
    const ChEntity *x = &r->entities.at[e->participants.at[i].entity];
    bool represented = false;
    for (size_t k = 0; k < e->participants.n && x->type == CH_ENTITY_STATE && !represented; k++) {
      const ChEntity *y = &r->entities.at[e->participants.at[k].entity];
      represented = (y->type == CH_ENTITY_PERSON || y->type == CH_ENTITY_GROUP) && ch_slice_eq(y->of, x->name) &&
                    stands_for(d, e->participants.at[k].role, e->participants.at[i].role);
    }
    if (!represented)
      e->participants.at[kept++] = e->participants.at[i];
  }
  e->participants.n = kept;
}

/* What will be signed is not signed yet. */
static void finish_documents(ChDiscourse *d, ChEvent *e)
{
  if (e->status == d->held || e->status == d->ongoing)
    return;
  for (size_t i = 0; i < e->documents.n; i++) {
    ChDocument *x = &e->documents.at[i];
    if (x->action == d->signed_ || (x->action == d->prepared && e->kind == d->signing))
      x->action = d->to_sign;
    else if (x->action == d->adopted || x->action == d->ratified)
      x->action = d->to_adopt;
  }
}

/* How many of the last entities are searched for one just made: keeps the stage linear. */
enum { RECENT = 64 };

/* A venue is given with its city, where the tables know it: "Dolmabahce Palace, Istanbul". */
static void venue_city(ChDiscourse *d, const ChWorld *world, ChEvent *e)
{
  ChReport *r = d->r;
  if (e->place == CH_NONE)
    return;
  ChEntity copy = r->entities.at[e->place];
  if (copy.type != CH_ENTITY_PLACE || copy.world >= world->n_places || world->places[copy.world].kind != CH_PLACE_VENUE)
    return;
  uint32_t city = world->places[copy.world].in;
  if (city >= world->n_places)
    return;
  copy.name = ch_arena_printf(r->arena, "%.*s, %.*s", CH_ARG(copy.name), CH_ARG(ch_world_text(world, world->places[city].name)));
  uint32_t n = (uint32_t)r->entities.n;
  for (uint32_t i = n; i-- > 0 && n - i <= RECENT;)
    if (ch_slice_eq(r->entities.at[i].name, copy.name)) {
      e->place = i;
      return;
    }
  *CH_PUSH(r->arena, &r->entities) = copy;
  e->place = (uint32_t)r->entities.n - 1;
}

/* A meeting by telephone or video link is a call, a call on the sidelines of a gathering a meeting. */
static void finish_kind(const ChDiscourse *d, ChEvent *e)
{
  bool there = false, wire = false;
  for (size_t i = 0; i < e->links.n; i++)
    there |= e->links.at[i].type == d->sidelines_of;
  for (size_t i = 0; i < e->formats.n; i++)
    wire |= e->formats.at[i] == d->phone || e->formats.at[i] == d->video;
  if (e->kind == d->call && there && !wire)
    e->kind = d->meeting; /* "spoke with X on the sidelines of the summit" */
  for (size_t i = 0; i < e->formats.n; i++)
    if ((e->kind == d->meeting || e->kind == d->conference) && (e->formats.at[i] == d->phone || e->formats.at[i] == d->video))
      e->kind = d->call;
}

/* An ongoing event without a date takes the day of the report; who arrived is there from that day on. */
static void finish_ongoing(ChDiscourse *d, ChEvent *e)
{
  ChReport *r = d->r;
  int32_t a, b;
  if (!d->dated || e->status != d->ongoing)
    return;
  if (!e->time.n) {
    e->time = r->published;
    e->why_time.confidence = 0.5f;
  } else if (e->arrival && ch_day_span(e->time, &a, &b) && a == b && e->time.n == 10) {
    e->time = ch_arena_printf(r->arena, "%.*s/..", CH_ARG(e->time));
  }
}

/* Is nobody said to take part but "they", "you", "it", who stand for nobody known? */
static bool only_pronouns(const ChReport *r, const ChEvent *e)
{
  for (size_t i = 0; i < e->open.n; i++)
    if (e->open.at[i].mention == CH_NONE || r->mentions.at[e->open.at[i].mention].form != CH_MENTION_PRONOUN)
      return false;
  return true;
}

static bool thin(const ChDiscourse *d, const ChEvent *e)
{
  bool bare = !e->participants.n && !e->time.n && !e->ordinal;
  if (e->only_topics || e->unfit)
    return true;
  if (e->weak)
    return e->joins || e->participants.n < 2;
  if (bare && e->setting)
    return true;
  if (bare && e->definite && !e->carried)
    return true;
  if (bare && !e->carried && e->place == CH_NONE && !e->documents.n)
    return true;
  if ((e->kind == d->meeting || e->kind == d->call) && e->participants.n + e->open.n < 1 && !e->time.n && !e->carried)
    return true;
  /* a verb without a day and with nobody to be its subject or object: "they came", "wanna meet" */
  if (bare && e->verbal && !e->telling && e->place == CH_NONE && only_pronouns(d->r, e)) {
    uint8_t form = d->r->clauses.at[e->clause].form;
    return !e->documents.n || form == CH_VERB_GER || form == CH_VERB_INF;
  }
  return false;
}

void ch_finish_events(ChDiscourse *d)
{
  ChReport *r = d->r;
  ChWorld world = ch_world_of(r->pack);
  uint32_t *to = ch_arena_array(r->arena, r->events.n + 1, sizeof *to);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < r->events.n; i++) {
    ChEvent *e = &r->events.at[i];
    bool gone = !ch_discourse_stands(e) || thin(d, e);
    to[i] = gone ? CH_NONE : kept++;
    if (gone)
      continue;
    host_place(d, e);
    drop_represented(d, e);
    finish_documents(d, e);
    finish_ongoing(d, e);
    venue_city(d, &world, e);
    finish_kind(d, e);
    if (e->kind == d->call)
      e->place = CH_NONE; /* those who call are in two places */
    add_count_format(d, e);
  }
  for (uint32_t i = 0; i < r->events.n; i++) {
    if (to[i] == CH_NONE)
      continue;
    ChEvent *e = &r->events.at[i];
    size_t n = 0;
    for (size_t k = 0; k < e->links.n; k++) {
      ChLink l = e->links.at[k];
      l.event = to[l.event];
      if (l.event != CH_NONE)
        e->links.at[n++] = l;
    }
    e->links.n = n;
    r->events.at[to[i]] = *e;
  }
  r->events.n = kept;
}
