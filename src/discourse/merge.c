#include "discourse/work.h"
#include "world/day.h"

/* How far back a mention looks for its event: keeps the stage linear on hostile input. */
enum { REACH = 64, MANY_MORE = 3 };

static bool same_kind(const ChDiscourse *d, const ChEvent *a, const ChEvent *b)
{
  if (a->kind == b->kind)
    return true;
  if (a->kind == d->call && b->kind == d->meeting && b->discusses)
    return true;
  bool mc = (a->kind == d->meeting || a->kind == d->conference) && (b->kind == d->meeting || b->kind == d->conference);
  return mc && (b->definite || b->weak || a->weak || (!a->ordinal && !b->ordinal));
}

static int family(const ChDiscourse *d, ChWord s)
{
  if (s == d->held || s == d->ongoing)
    return 0;
  if (s == d->cancelled || s == d->denied)
    return 2;
  return 1;
}

/* Longest gathering that is told by its first and its last day, in days. */
enum { LASTS = 31 };

/* Is the day `last` told of as the end of what began on the day `first`? */
static bool lasts(const ChDiscourse *d, const ChEvent *begins, const ChEvent *ends, int32_t first, int32_t last)
{
  return ends->ends && !begins->ends && family(d, begins->status) == 0 && family(d, ends->status) == 0 && last > first && last - first < LASTS;
}

static bool times_clash(const ChDiscourse *d, const ChEvent *a, const ChEvent *b)
{
  int32_t a0, a1, b0, b1;
  if (!ch_day_span(a->time, &a0, &a1) || !ch_day_span(b->time, &b0, &b1))
    return false;
  return ch_discourse_apart(a0, a1, b0, b1) && !lasts(d, a, b, a0, b1) && !lasts(d, b, a, b0, a1);
}

static bool places_clash(const ChReport *r, const ChEvent *a, const ChEvent *b)
{
  if (a->place == CH_NONE || b->place == CH_NONE || a->place == b->place)
    return false;
  const ChEntity *x = &r->entities.at[a->place], *y = &r->entities.at[b->place];
  /* a city and its own state agree */
  if (x->type != y->type && x->state != CH_NONE && x->state == y->state)
    return false;
  return true;
}

static uint32_t shared(const ChEvent *a, const ChEvent *b)
{
  uint32_t n = 0;
  for (size_t i = 0; i < b->participants.n; i++)
    n += ch_discourse_has(a, b->participants.at[i].entity);
  return n;
}

/* Does a person or group of one stand for a state of the other, or a by-post entity for its state? */
static uint32_t shared_states(const ChReport *r, const ChEvent *a, const ChEvent *b)
{
  uint32_t n = 0;
  for (size_t i = 0; i < b->participants.n; i++) {
    const ChEntity *x = &r->entities.at[b->participants.at[i].entity];
    for (size_t k = 0; k < a->participants.n; k++) {
      const ChEntity *y = &r->entities.at[a->participants.at[k].entity];
      ChSlice sx = x->type == CH_ENTITY_STATE ? x->name : x->of, sy = y->type == CH_ENTITY_STATE ? y->name : y->of;
      if (sx.n && ch_slice_eq(sx, sy) && x->type != y->type) {
        n++;
        break;
      }
    }
  }
  return n;
}

/* Two acts told by verbs of their own in one sentence ("expelled the envoy and suspended trade") are two, and so are papers that each have
 * their verb. */
static bool two_acts(const ChDiscourse *d, const ChEvent *a, const ChEvent *b)
{
  if (a->sentence != b->sentence || a->verbal != b->verbal || a->trigger == b->trigger || a->kind != b->kind || b->definite)
    return false;
  if (a->kind == d->signing)
    return a->verbal && a->clause != b->clause && a->documents.n && b->documents.n;
  return a->kind == d->measure && a->telling && b->telling && a->why_kind.rule != b->why_kind.rule;
}

/* Are only hosts and chairs of it named? */
static bool only_hosts(const ChDiscourse *d, const ChEvent *e)
{
  for (size_t i = 0; i < e->participants.n; i++)
    if (e->participants.at[i].role != d->host)
      return false;
  return e->participants.n > 0;
}

/* Are they meetings of one person with two others? Whoever is known by a post alone may be either of them. */
static bool pairs_apart(const ChDiscourse *d, const ChEvent *a, const ChEvent *b)
{
  const ChReport *r = d->r;
  if (!ch_discourse_gathering(d, a->kind) || a->participants.n != 2 || b->participants.n != 2 || shared(a, b) != 1)
    return false;
  bool named = true;
  for (size_t i = 0; i < 2; i++) {
    const ChEntity *x = &r->entities.at[a->participants.at[i].entity], *y = &r->entities.at[b->participants.at[i].entity];
    named &= x->type == CH_ENTITY_PERSON && y->type == CH_ENTITY_PERSON && !x->by_post && !y->by_post;
  }
  return named;
}

/* Is b "the next" or "another" one after a, which was held or put off? */
static bool another(const ChDiscourse *d, const ChEvent *a, const ChEvent *b)
{
  return b->another && !a->another && (family(d, a->status) == 0 || a->status == d->postponed);
}

/* Likeness of a later mention b to event a; 0 = not the same. */
static float likeness(const ChDiscourse *d, const ChEvent *a, const ChEvent *b)
{
  const ChReport *r = d->r;
  if (a->only_topics || b->only_topics || !same_kind(d, a, b) || (a->ordinal && b->ordinal && a->ordinal != b->ordinal) ||
      ch_discourse_series_apart(a, b))
    return 0;
  if (a->clause == b->clause && (a->setting == d->sidelines_of || b->setting == d->sidelines_of))
    return 0; /* "met on the sidelines of the summit" are two */
  bool ordered = b->setting == d->prepares || b->setting == d->before || b->setting == d->after;
  if (ordered && a->kind == d->meeting && b->kind == d->conference)
    return 0; /* "in preparation for the summit": not the meeting that prepares it */
  if (two_acts(d, a, b) || pairs_apart(d, a, b) || another(d, a, b))
    return 0;
  bool clash = times_clash(d, a, b);
  bool moved = a->status == d->postponed || b->status == d->postponed;
  /* what is put off has two dates, but what was held on one of them is another */
  bool happened = b->status == d->held && b->why_status.rule && !b->definite && a->status == d->postponed;
  if ((clash && (!moved || happened)) || places_clash(r, a, b))
    return 0;
  uint32_t np = (uint32_t)(a->participants.n < b->participants.n ? a->participants.n : b->participants.n);
  if (b->definite && only_hosts(d, b))
    np = 0; /* who hosts it says nothing of who is there */
  uint32_t n = shared(a, b), ns = n < np ? shared_states(r, a, b) : 0;
  if (np && !n && !ns && !b->joins)
    return 0;
  if (b->kind == d->visit && np && !n)
    return 0;
  size_t more = a->participants.n > b->participants.n ? a->participants.n - np : b->participants.n - np;
  if (np >= 2 && !n && more >= MANY_MORE && !b->joins && !b->weak && (!b->definite || b->participants.n > np))
    return 0; /* two people who met are not the gathering of all their states */
  if (family(d, a->status) != family(d, b->status) && a->why_status.rule && b->why_status.rule) {
    bool off = family(d, a->status) == 2 || family(d, b->status) == 2;
    if (!off && !moved)
      return 0;
  }
  uint32_t told = a->evidence.n ? a->evidence.at[a->evidence.n - 1].sentence : a->sentence;
  if (b->sequel && !b->definite && !b->weak && b->sentence - told <= 3 && !(a->headline && a->evidence.n == 1))
    return 0; /* "then met the ministers": another one */
  float score = 0;
  if (b->definite || b->weak)
    score += b->joins ? 0.75f : b->carried && !b->weak && family(d, b->status) != 2 && !moved ? 0.5f : 0.6f;
  if (np)
    score += 0.6f * ((float)n + (n ? 1.0f : 0.5f) * (float)ns) / (float)np;
  if (a->time.n && b->time.n && !clash)
    score += ch_slice_eq(a->time, b->time) && a->time.n > 7 && !np ? 0.56f : 0.4f;
  if (a->place != CH_NONE && a->place == b->place)
    score += 0.3f;
  if (a->ordinal && a->ordinal == b->ordinal)
    score += 0.6f;
  if (a->headline && (n || ns))
    score += 0.3f; /* a title says again what the report says */
  if (a->headline && a->evidence.n == 1 && !np && b->sentence - a->sentence <= 2)
    score += 0.35f; /* and the lead first of all */
  /* reports tell mostly of one gathering to come: another one of which nothing else is said is likely it */
  if (!np && ch_discourse_gathering(d, b->kind) && family(d, a->status) == 1 && family(d, b->status) == 1 && !b->fresh &&
      (!b->ordinal || !a->ordinal || a->ordinal == b->ordinal))
    score += 0.5f;
  if (b->discusses && a->setting == d->sidelines_of)
    score -= 0.2f; /* spoken of at the talks rather than where these were set */
  if (b->joins)
    score -= 0.015f * (float)(b->sentence - told); /* of what was spoken of last */
  else if (a->clause == b->clause && a->verbal && b->purpose)
    score += 0.7f; /* "gathered for a summit" */
  else if (a->kind != b->kind && !b->discusses)
    score -= b->definite && !np && b->kind == d->meeting ? 0.05f : 0.15f;
  else if (a->clause == b->clause && (!a->participants.n || !b->participants.n) && a->trigger != b->trigger && !a->setting && !b->setting)
    score += 0.6f; /* "is in Minsk on a visit" */
  /* different signed papers are different signings; a title shortens their names */
  if (a->kind == d->signing && b->kind == d->signing && !(a->headline && a->evidence.n == 1) && a->documents.n && b->documents.n && !b->definite &&
      !ch_slice_eq(a->documents.at[0].title, b->documents.at[0].title))
    score -= 0.5f;
  return score;
}

static void absorb_participants(ChDiscourse *d, ChEvent *a, const ChEvent *b)
{
  for (size_t i = 0; i < b->participants.n; i++) {
    ChParticipant p = b->participants.at[i];
    bool have = false;
    for (size_t k = 0; k < a->participants.n && !have; k++) {
      have = a->participants.at[k].entity == p.entity;
      if (have && a->participants.at[k].role == d->party && p.role != d->attendee)
        a->participants.at[k].role = p.role;
    }
    if (!have)
      *CH_PUSH(d->r->arena, &a->participants) = p;
  }
}

static void absorb_place(const ChReport *r, ChEvent *a, const ChEvent *b)
{
  bool closer = a->place != CH_NONE && b->place != CH_NONE && r->entities.at[a->place].type == CH_ENTITY_STATE &&
                r->entities.at[b->place].type == CH_ENTITY_PLACE;
  if (b->place != CH_NONE && (a->place == CH_NONE || closer)) {
    a->place = b->place;
    a->why_place = b->why_place;
  }
}

static ChSlice span_of(ChReport *r, int32_t first, int32_t last)
{
  char a[11], b[11];
  ch_day_format(first, a);
  ch_day_format(last, b);
  return ch_arena_printf(r->arena, "%s/%s", a, b);
}

static void absorb_time(ChDiscourse *d, ChEvent *a, const ChEvent *b)
{
  int32_t a0, a1, b0, b1;
  for (size_t i = 0; i < b->other_times.n; i++)
    *CH_PUSH(d->r->arena, &a->other_times) = b->other_times.at[i];
  if (!a->time.n) {
    a->time = b->time;
    a->why_time = b->why_time;
  } else if (b->time.n && ch_day_span(a->time, &a0, &a1) && ch_day_span(b->time, &b0, &b1)) {
    if (lasts(d, a, b, a0, b1) || lasts(d, b, a, b0, a1)) {
      int32_t first = a0 < b0 ? a0 : b0, last = a1 > b1 ? a1 : b1;
      if (last - first < LASTS)
        a->time = span_of(d->r, first, last);
      a->ends = false;
    } else if (ch_discourse_apart(a0, a1, b0, b1)) {
      *CH_PUSH(d->r->arena, &a->other_times) = b->time;
    } else if (b1 - b0 < a1 - a0 && b0 >= a0 && b1 <= a1 && a1 - a0 > 13) {
      a->time = b->time; /* more precise */
      a->why_time = b->why_time;
    }
  }
}

static void absorb_status(const ChDiscourse *d, ChEvent *a, const ChEvent *b)
{
  if (b->why_status.rule && (!a->why_status.rule || b->status == d->postponed || b->status == d->cancelled)) {
    a->status = b->status;
    a->why_status = b->why_status;
  }
  if (b->kind == d->conference && a->kind == d->meeting && (b->ordinal || b->purpose || a->definite || a->weak))
    a->kind = b->kind;
  if (a->weak && !b->weak) {
    a->kind = b->kind;
    a->weak = false;
  }
}

static void absorb_lists(ChDiscourse *d, ChEvent *a, const ChEvent *b)
{
  enum { MOST_TOPICS = 20 };
  ChArena *arena = d->r->arena;
  for (size_t i = 0; i < b->formats.n; i++) {
    bool have = false;
    for (size_t k = 0; k < a->formats.n; k++)
      have |= a->formats.at[k] == b->formats.at[i];
    if (!have)
      *CH_PUSH(arena, &a->formats) = b->formats.at[i];
  }
  for (size_t i = 0; i < b->topics.n && a->topics.n < MOST_TOPICS; i++) {
    bool have = false;
    for (size_t k = 0; k < a->topics.n; k++)
      have |= ch_slice_eq(a->topics.at[k], b->topics.at[i]);
    if (!have)
      *CH_PUSH(arena, &a->topics) = b->topics.at[i];
  }
  for (size_t i = 0; i < b->documents.n; i++)
    *CH_PUSH(arena, &a->documents) = b->documents.at[i];
  for (size_t i = 0; i < b->evidence.n; i++)
    *CH_PUSH(arena, &a->evidence) = b->evidence.at[i];
  for (size_t i = 0; i < b->links.n; i++)
    *CH_PUSH(arena, &a->links) = b->links.at[i];
}

/* Mention ib joins event ia. */
static void absorb(ChDiscourse *d, uint32_t ia, uint32_t ib)
{
  ChEvent *a = &d->r->events.at[ia], *b = &d->r->events.at[ib];
  b->merged = ia;
  absorb_participants(d, a, b);
  absorb_place(d->r, a, b);
  absorb_time(d, a, b);
  absorb_status(d, a, b);
  absorb_lists(d, a, b);
  if (!a->ordinal)
    a->ordinal = b->ordinal;
  if (!a->series.n)
    a->series = b->series;
  if (!a->attribution.n) {
    a->attribution = b->attribution;
    a->why_attribution = b->why_attribution;
  }
}

/* The threshold above which a mention joins an event. */
static const float enough = 0.55f;

/* Do words set mention b beside event a ("the talks on the sidelines of the meeting")? Then they are two. */
static bool beside(const ChDiscourse *d, uint32_t a, const ChEvent *b)
{
  const ChReport *r = d->r;
  for (size_t i = 0; i < b->links.n; i++) {
    uint32_t to = b->links.at[i].event;
    while (r->events.at[to].merged != CH_NONE)
      to = r->events.at[to].merged;
    if (b->links.at[i].type == d->sidelines_of && (to == a || r->events.at[a].kind == d->conference))
      return true;
  }
  return false;
}

void ch_merge_events(ChDiscourse *d)
{
  ChReport *r = d->r;
  for (uint32_t b = 1; b < r->events.n; b++) {
    uint32_t best = CH_NONE;
    float best_score = enough;
    if (!ch_discourse_stands(&r->events.at[b]))
      continue;
    for (uint32_t a = b; a-- > 0 && b - a < REACH;) {
      if (!ch_discourse_stands(&r->events.at[a]) || beside(d, a, &r->events.at[b]))
        continue;
      float s = likeness(d, &r->events.at[a], &r->events.at[b]);
      /* nearer ones first; the mention in the same sentence of another trigger word is the likeliest */
      s -= 0.004f * (float)(b - a);
      if (s > best_score) {
        best_score = s;
        best = a;
      }
    }
    if (best != CH_NONE)
      absorb(d, best, b);
  }
}
