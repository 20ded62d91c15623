#include "discourse/work.h"
#include "world/day.h"

/* How far from a visit its programme may stand, in mentions: keeps the stage linear on hostile input. */
enum { REACH = 64 };

/* A status of less is that of any noun of its kind: no word told it. */
static const float SAID = 0.6f;

/* The standing event that a mention ended in. */
static uint32_t root(const ChReport *r, uint32_t i)
{
  while (r->events.at[i].merged != CH_NONE)
    i = r->events.at[i].merged;
  return i;
}

static bool off(const ChDiscourse *d, ChWord status)
{
  return status == d->cancelled || status == d->denied || status == d->postponed;
}

static bool past(const ChDiscourse *d, ChWord status) { return status == d->held || status == d->ongoing; }

static bool times_apart(const ChEvent *a, const ChEvent *b)
{
  int32_t a0, a1, b0, b1;
  return ch_day_span(a->time, &a0, &a1) && ch_day_span(b->time, &b0, &b1) && ch_discourse_apart(a0, a1, b0, b1);
}

static bool places_apart(const ChReport *r, const ChEvent *a, const ChEvent *b)
{
  return a->place != CH_NONE && b->place != CH_NONE && a->place != b->place && r->entities.at[a->place].state != r->entities.at[b->place].state;
}

/* "On August 7 it expelled the envoy and suspended trade", "flew to Beijing, where he met ...": in one sentence an event without a time
 * of its own has that of the one before, if they share someone and are told alike. */
static void same_sentence(ChDiscourse *d)
{
  ChReport *r = d->r;
  for (uint32_t i = 1; i < r->events.n; i++) {
    ChEvent *e = &r->events.at[i];
    for (uint32_t k = i; k-- > 0 && i - k <= 2 && r->events.at[k].sentence == e->sentence;) {
      const ChEvent *p = &r->events.at[k];
      bool shared = false;
      for (size_t x = 0; x < e->participants.n; x++)
        shared |= ch_discourse_has(p, e->participants.at[x].entity);
      if (!shared || past(d, e->status) != past(d, p->status) || off(d, e->status) || off(d, p->status) || e->clause < p->clause)
        continue;
      if (!e->time.n && p->time.n) {
        e->time = p->time;
        e->why_time = (ChWhy){p->why_time.rule, 0.6f};
      }
      if (e->place == CH_NONE && p->place != CH_NONE && e->kind != d->visit && e->kind != d->call) {
        e->place = p->place;
        e->why_place = (ChWhy){p->why_place.rule, 0.5f};
      }
      break;
    }
  }
}

/* "a day later", "the next day": counted from the last dated event. The time grammar leaves them as "... day+N". */
static void relative_times(ChDiscourse *d)
{
  ChReport *r = d->r;
  for (uint32_t i = 1; i < r->events.n; i++) {
    ChEvent *e = &r->events.at[i];
    const ChClause *c = &r->clauses.at[e->clause];
    for (size_t a = 0; a < c->args.n && !e->time.n; a++) {
      const ChTime *t = c->args.at[a].time != CH_NONE ? &r->times.at[c->args.at[a].time] : NULL;
      if (!t || !t->counted || t->edtf.n || t->days < -366 || t->days > 366)
        continue;
      int32_t first, last;
      for (uint32_t k = i; k-- > 0 && i - k <= 3;) {
        if (!ch_day_span(r->events.at[k].time, &first, &last) || last == CH_DAY_MAX || first == CH_DAY_MIN || last - first > 20)
          continue;
        char *day = ch_arena_alloc(r->arena, 11);
        ch_day_format((t->days < 0 ? first : last) + t->days, day);
        e->time = ch_slice(day, 10);
        e->why_time = (ChWhy){t->rule, 0.7f};
        e->counted_from = k + 1;
        break;
      }
    }
  }
}

/* "then held a one-on-one conversation", "met both beforehand": of the day and at the place of the event told before. */
static void sequels(ChDiscourse *d)
{
  ChReport *r = d->r;
  for (uint32_t i = 1; i < r->events.n; i++) {
    ChEvent *e = &r->events.at[i];
    if (!e->sequel || off(d, e->status))
      continue;
    for (uint32_t k = i; k-- > 0 && i - k <= 3;) {
      const ChEvent *p = &r->events.at[k];
      if (p->sentence + 1 < e->sentence)
        break;
      if (!p->time.n || past(d, e->status) != past(d, p->status) || off(d, p->status))
        continue;
      if (!e->time.n) {
        e->time = p->time;
        e->why_time = (ChWhy){p->why_time.rule, 0.6f};
      }
      if (e->place == CH_NONE && e->kind != d->visit && e->kind != d->call && p->kind != d->visit) {
        e->place = p->place;
        e->why_place = (ChWhy){p->why_place.rule, 0.5f};
      }
      break;
    }
  }
}

void ch_link_settings(ChDiscourse *d)
{
  ChReport *r = d->r;
  relative_times(d);
  same_sentence(d);
  sequels(d);
  for (uint32_t i = 0; i < r->events.n; i++) {
    const ChEvent *s = &r->events.at[i];
    if (!s->setting)
      continue;
    for (uint32_t k = i > 6 ? i - 6 : 0; k < r->events.n && k <= i + 6; k++) {
      const ChEvent *e = &r->events.at[k];
      if (k == i || e->setting || e->sentence != s->sentence)
        continue;
      bool near = k > i ? e->clause - s->clause <= 2 : e->clause == s->clause || e->clause + 1 == s->clause;
      if (!near || (e->clause < s->clause && k > i))
        continue;
      ch_discourse_link(d, k, s->setting, i);
    }
  }
  /* "arrives to take part in the forum", "goes to the summit" */
  for (uint32_t i = 0; i + 1 < r->events.n; i++) {
    const ChEvent *v = &r->events.at[i];
    if (v->kind != d->visit || v->setting)
      continue;
    for (uint32_t k = i + 1; k < r->events.n && k <= i + 3 && r->events.at[k].sentence == v->sentence; k++) {
      const ChEvent *e = &r->events.at[k];
      if (e->kind != d->conference || e->setting || e->clause - v->clause > 1 || times_apart(v, e) || places_apart(r, v, e))
        continue;
      if (past(d, e->status) != past(d, v->status)) {
        if (e->why_status.confidence >= SAID || e->joins || off(d, v->status))
          continue;
        r->events.at[k].status = v->status; /* not said of itself: "will visit X for the session" */
        r->events.at[k].why_status = (ChWhy){v->why_status.rule, 0.6f};
      }
      ch_discourse_link(d, i, d->for_, k);
    }
  }
  /* a proposal and the event that it puts forward */
  for (uint32_t i = 0; i + 1 < r->events.n; i++) {
    if (r->events.at[i].kind != d->proposal)
      continue;
    for (uint32_t k = i + 1; k < r->events.n && k <= i + 2 && r->events.at[k].sentence == r->events.at[i].sentence; k++)
      if (r->events.at[k].status == d->proposed)
        ch_discourse_link(d, i, d->proposes, k);
  }
}

static void inherit(ChDiscourse *d, ChEvent *e, const ChEvent *from, bool time)
{
  const ChReport *r = d->r;
  bool inside = e->place != CH_NONE && from->place != CH_NONE && r->entities.at[e->place].type == CH_ENTITY_STATE &&
                r->entities.at[from->place].type == CH_ENTITY_PLACE && r->entities.at[from->place].state == r->entities.at[e->place].state;
  if ((e->place == CH_NONE || inside) && from->place != CH_NONE) {
    e->place = from->place;
    e->why_place = (ChWhy){from->why_place.rule, 0.6f};
  }
  int32_t first, last;
  if (time && !e->time.n && ch_day_span(from->time, &first, &last)) {
    /* what is still to come on a visit that has begun is not of the day of arrival */
    bool begun = d->dated && from->kind == d->visit && !past(d, e->status) && first < d->today && last >= d->today - 1;
    e->time = begun ? r->published : from->time;
    e->why_time = (ChWhy){from->why_time.rule, 0.5f};
  }
}

/* Has the event a place in another already? Order and purpose say nothing of that. */
static bool placed(const ChDiscourse *d, const ChEvent *e)
{
  for (size_t i = 0; i < e->links.n; i++)
    if (e->links.at[i].type == d->part_of || e->links.at[i].type == d->sidelines_of || e->links.at[i].type == d->for_)
      return true;
  return false;
}

/* May one be a part of the other? Gatherings and visits have parts; calls, and what states do, are none. */
static bool may_be_part(const ChDiscourse *d, const ChEvent *e, const ChEvent *whole)
{
  bool part = e->kind != d->visit && e->kind != d->call && e->kind != d->proposal && e->status != d->proposed && !whole->previous;
  if (e->kind == d->conference && whole->kind != d->visit && whole->kind != d->conference)
    return false;
  return part && (whole->kind == d->visit || ch_discourse_gathering(d, whole->kind));
}

/* Do they share someone, by name or state? True also where one names nobody. */
static bool meet(const ChReport *r, const ChEvent *a, const ChEvent *b)
{
  if (!a->participants.n || !b->participants.n)
    return true;
  for (size_t i = 0; i < a->participants.n; i++) {
    uint32_t x = a->participants.at[i].entity;
    if (ch_discourse_has(b, x))
      return true;
    for (size_t k = 0; k < b->participants.n; k++) {
      uint32_t state = r->entities.at[b->participants.at[k].entity].state;
      if (state != CH_NONE && state == r->entities.at[x].state)
        return true;
    }
  }
  return false;
}

/* Is event `to` what the visit is made for? Then it is no part of the visit. */
static bool leads_to(const ChEvent *visit, uint32_t to)
{
  for (size_t i = 0; i < visit->links.n; i++)
    if (visit->links.at[i].event == to)
      return true;
  return false;
}

/* Coming items of a visitor's programme belong to the visit: same person, no clash of time or place. */
static void programme(ChDiscourse *d)
{
  ChReport *r = d->r;
  for (uint32_t i = 0; i < r->events.n; i++) {
    const ChEvent *v = &r->events.at[i];
    if (v->kind != d->visit || !ch_discourse_stands(v) || !v->participants.n)
      continue;
    for (uint32_t k = i > REACH ? i - REACH : 0; k < r->events.n && k <= i + REACH; k++) {
      ChEvent *e = &r->events.at[k];
      if (k == i || !ch_discourse_stands(e) || !may_be_part(d, e, v) || placed(d, e) || leads_to(v, k))
        continue;
      /* gatherings of many that a visitor joins: only right after the visit is told */
      if (e->kind == d->conference && (e->sentence <= v->sentence || e->sentence - v->sentence > 2 || times_apart(v, e)))
        continue;
      bool coming = e->status != d->held && e->status != d->cancelled && e->status != d->denied;
      bool same_paragraph = r->sentences.at[e->sentence].paragraph - r->sentences.at[v->sentence].paragraph <= 3;
      bool there = v->status == d->held || (v->status == d->ongoing && e->time.n && v->time.n);
      bool held_there = there && e->status == d->held && (same_paragraph || v->status == d->ongoing) && (e->sentence >= v->sentence || v->status == d->ongoing);
      if (!ch_discourse_has(e, v->participants.at[0].entity) || !((coming && v->status != d->held) || held_there))
        continue;
      int32_t a0, a1, b0, b1;
      bool soon = coming && e->place == CH_NONE && v->time.n == 10; /* "will travel on Sunday ... will be received on Monday" */
      if (e->time.n && v->time.n && ch_day_span(e->time, &a0, &a1) && ch_day_span(v->time, &b0, &b1) && ch_discourse_apart(a0, a1, b0, b1) &&
          !(soon && a0 > b1 && a1 - b1 <= 2))
        continue;
      if (e->place != CH_NONE && v->place != CH_NONE && e->place != v->place &&
          r->entities.at[e->place].state != r->entities.at[v->place].state)
        continue;
      ch_discourse_link(d, k, d->part_of, i);
    }
  }
}

/* Is nobody said to take part but those who attended? */
static bool only_attended(const ChDiscourse *d, const ChEvent *e)
{
  for (size_t i = 0; i < e->participants.n; i++)
    if (e->participants.at[i].role != d->attendee)
      return false;
  return true;
}

/* The gathering that a report is about lends its states, bodies and groups to others of its series of whom nothing is said ("earlier
 * rounds were held ..."; who will come is not known from who came): numbered or placed before or after it, without participants of their own. */
static void series_participants(ChDiscourse *d)
{
  ChReport *r = d->r;
  uint32_t main = CH_NONE;
  size_t most = 0;
  for (uint32_t i = 0; i < r->events.n; i++) {
    const ChEvent *e = &r->events.at[i];
    size_t n = 0;
    for (size_t k = 0; k < e->participants.n; k++)
      n += r->entities.at[e->participants.at[k].entity].type != CH_ENTITY_PERSON && e->participants.at[k].role != d->attendee;
    if (ch_discourse_stands(e) && (ch_discourse_gathering(d, e->kind) || e->kind == d->signing) && n >= 2 && e->evidence.n > most) {
      most = e->evidence.n;
      main = i;
    }
  }
  if (main == CH_NONE)
    return;
  for (uint32_t i = 0; i < r->events.n; i++) {
    ChEvent *e = &r->events.at[i];
    if (i == main || !ch_discourse_stands(e) || e->kind != d->conference || !past(d, e->status) || !only_attended(d, e))
      continue;
    uint32_t home = r->events.at[main].place;
    if (e->place != CH_NONE && home != CH_NONE && e->place != home && e->status != r->events.at[main].status && e->status != d->held)
      continue; /* another series, to be held elsewhere */
    if (ch_discourse_series_apart(e, &r->events.at[main]) || (e->series.n && e->place != CH_NONE && home != CH_NONE && e->place != home))
      continue;
    for (size_t k = 0; k < r->events.at[main].participants.n; k++) {
      ChParticipant p = r->events.at[main].participants.at[k];
      if (r->entities.at[p.entity].type == CH_ENTITY_PERSON || p.role == d->attendee || ch_discourse_has(e, p.entity))
        continue;
      p.mention = CH_NONE;
      p.role = d->party;
      p.why.confidence = 0.4f;
      *CH_PUSH(r->arena, &e->participants) = p;
    }
  }
}

/* A document, a ceremony or a briefing belongs to the gathering it is told with: in its sentence or the one before, or on its days. */
static void results(ChDiscourse *d)
{
  ChReport *r = d->r;
  for (uint32_t i = 0; i < r->events.n; i++) {
    const ChEvent *e = &r->events.at[i];
    if (!ch_discourse_stands(e) || placed(d, e) || (e->kind != d->signing && e->kind != d->ceremony && e->kind != d->address) || off(d, e->status))
      continue;
    uint32_t best = CH_NONE;
    float most = 1.05f;
    for (uint32_t k = i > 12 ? i - 12 : 0; k < r->events.n && k <= i + 4; k++) {
      const ChEvent *g = &r->events.at[k];
      int32_t a0, a1, b0, b1;
      if (k == i || !ch_discourse_stands(g) || !ch_discourse_gathering(d, g->kind) || g->kind == d->call || g->previous || off(d, g->status) ||
          past(d, g->status) != past(d, e->status) || times_apart(g, e) || places_apart(r, g, e) || !meet(r, g, e))
        continue;
      uint32_t gap = g->sentence > e->sentence ? g->sentence - e->sentence : e->sentence - g->sentence;
      float score = gap == 0 ? 0.8f : gap == 1 && k < i ? 0.6f : gap <= 3 && k < i ? 0.3f : 0;
      if (ch_day_span(e->time, &a0, &a1) && ch_day_span(g->time, &b0, &b1) && a1 - a0 < 3 && b1 - b0 < 8)
        score += 0.6f;
      score += (e->participants.n && g->participants.n ? 0.2f : 0) + (g->kind == d->conference ? 0.2f : 0);
      if (score > most) {
        most = score;
        best = k;
      }
    }
    if (best != CH_NONE)
      ch_discourse_link(d, i, d->part_of, best);
  }
}

static bool earlier(const ChEvent *a, const ChEvent *b)
{
  int32_t a0, a1, b0, b1;
  return ch_day_span(a->time, &a0, &a1) && ch_day_span(b->time, &b0, &b1) && a1 < b0;
}

/* "The preparatory meeting": of the coming or greatest gathering told of. */
static void preparatory(ChDiscourse *d, uint32_t i)
{
  ChReport *r = d->r;
  const ChEvent *e = &r->events.at[i];
  uint32_t best = CH_NONE;
  size_t most = 0;
  for (uint32_t k = i > REACH ? i - REACH : 0; k < r->events.n && k <= i + REACH; k++) {
    const ChEvent *g = &r->events.at[k];
    if (k == i || !ch_discourse_stands(g) || g->preparing || g->previous || off(d, g->status) || earlier(g, e) || (g->kind != d->conference && g->kind != d->visit))
      continue;
    size_t told = g->evidence.n * 2 + (g->kind == d->conference);
    if (told > most) {
      most = told;
      best = k;
    }
  }
  if (best != CH_NONE)
    ch_discourse_link(d, i, d->prepares, best);
}

/* "The first was held in May", told after the second: before it. */
static void lower_number(ChDiscourse *d, uint32_t i)
{
  ChReport *r = d->r;
  const ChEvent *e = &r->events.at[i];
  if (!e->ordinal || e->status != d->held || e->previous)
    return;
  for (uint32_t k = i; k-- > 0 && i - k <= 4;) {
    const ChEvent *p = &r->events.at[k];
    if (!ch_discourse_stands(p) || p->kind != e->kind || p->ordinal != e->ordinal + 1 || e->sentence - p->sentence > 2 || off(d, p->status))
      continue;
    ch_discourse_link(d, i, d->before, k);
    return;
  }
}

/* "the previous round": before the one told of. */
static uint32_t next_of_kind(const ChDiscourse *d, uint32_t i)
{
  const ChReport *r = d->r;
  const ChEvent *e = &r->events.at[i];
  uint32_t best = CH_NONE, most = 0;
  for (uint32_t k = i; k-- > 0 && i - k < 24;) {
    const ChEvent *p = &r->events.at[k];
    bool alike = p->kind == e->kind || (p->kind != d->call && ch_discourse_gathering(d, p->kind) && ch_discourse_gathering(d, e->kind));
    if (!ch_discourse_stands(p) || !alike || p->previous || off(d, p->status) || (p->status == e->status && !times_apart(p, e)))
      continue;
    uint32_t told = (uint32_t)p->evidence.n + (p->kind == e->kind ? 2 : 0) + (i - k < 6 ? 1 : 0) + (p->participants.n && e->participants.n && meet(r, p, e) ? 3 : 0);
    if (told > most) {
      most = told;
      best = k;
    }
  }
  return best;
}

/* Stated order: "the previous meeting", "then", "beforehand", "two days after". */
static void orders(ChDiscourse *d)
{
  ChReport *r = d->r;
  for (uint32_t i = 0; i < r->events.n; i++) {
    const ChEvent *e = &r->events.at[i];
    if (!ch_discourse_stands(e))
      continue;
    lower_number(d, i);
    if (e->preparing && ch_discourse_gathering(d, e->kind))
      preparatory(d, i);
    if (e->previous) {
      uint32_t k = next_of_kind(d, i);
      if (k != CH_NONE)
        ch_discourse_link(d, i, d->before, k);
    }
    if (e->counted_from && root(r, e->counted_from - 1) != i)
      ch_discourse_link(d, i, d->after, root(r, e->counted_from - 1));
    if (!e->then && !e->beforehand)
      continue;
    for (uint32_t k = i; k-- > 0 && i - k < 6;) {
      const ChEvent *p = &r->events.at[k];
      if (!ch_discourse_stands(p) || p->sentence + 1 < e->sentence || p->clause == e->clause || off(d, p->status))
        continue;
      if (past(d, p->status) != past(d, e->status))
        break;
      if (times_apart(p, e) && earlier(e, p) == e->then)
        continue; /* its days say otherwise */
      ch_discourse_link(d, i, e->then ? d->after : d->before, k);
      break;
    }
  }
}

/* The visit or gathering that the report is about: most often mentioned, with a place, early ones first; a gathering that has
 * begun where `begun`; never `but`. */
static uint32_t main_event(const ChDiscourse *d, bool begun, uint32_t but)
{
  const ChReport *r = d->r;
  uint32_t best = CH_NONE;
  float best_weight = 0;
  for (uint32_t i = 0; i < r->events.n; i++) {
    const ChEvent *e = &r->events.at[i];
    bool gone = e->previous || e->status == d->cancelled || e->status == d->denied;
    gone |= begun && (!past(d, e->status) || e->kind == d->visit);
    if (i == but || !ch_discourse_stands(e) || e->place == CH_NONE || gone || (e->kind != d->visit && !ch_discourse_gathering(d, e->kind)))
      continue;
    float weight = (float)e->evidence.n + (e->sentence < 3 ? 1.5f : 0) + (e->kind == d->meeting ? 0 : 0.5f) + (e->time.n ? 0.5f : 0);
    if (weight > best_weight) {
      best_weight = weight;
      best = i;
    }
  }
  return best;
}

/* Does e belong to the programme of m by kind, certainty, time, and whom it names? */
static bool belongs(const ChDiscourse *d, const ChEvent *e, const ChEvent *m)
{
  const ChReport *r = d->r;
  bool kind = e->kind == d->signing || e->kind == d->ceremony || e->kind == d->address || e->kind == d->meeting ||
              (e->kind == d->conference && !e->ordinal && !e->participants.n);
  bool elsewhere = e->place != CH_NONE && (e->place != m->place || !e->time.n);
  if (!kind || elsewhere || !may_be_part(d, e, m) || e->status == d->proposed || off(d, e->status) || off(d, m->status))
    return false;
  if (past(d, e->status) && !past(d, m->status))
    return false;
  int32_t a0, a1, b0, b1;
  bool et = ch_day_span(e->time, &a0, &a1), mt = ch_day_span(m->time, &b0, &b1);
  if (et && (!mt || a1 < b0 || a0 > b1))
    return false;
  if (!et && m->status == d->held && e->status != d->held)
    return false;
  if (!e->participants.n)
    return true;
  for (size_t i = 0; i < e->participants.n; i++) {
    uint32_t x = e->participants.at[i].entity;
    if (ch_discourse_has(m, x))
      return true;
    for (size_t k = 0; k < m->participants.n; k++) {
      if (ch_slice_eq(ch_discourse_side(r, x), ch_discourse_side(r, m->participants.at[k].entity)))
        return true;
    }
  }
  return e->kind == d->address && r->sentences.at[e->sentence].paragraph <= r->sentences.at[m->sentence].paragraph + 2;
}

/* Do one or two people or states meet, no group or body? */
static bool is_pair(const ChReport *r, const ChEvent *e)
{
  for (size_t i = 0; i < e->participants.n; i++) {
    uint8_t type = r->entities.at[e->participants.at[i].entity].type;
    if (type != CH_ENTITY_PERSON && type != CH_ENTITY_STATE)
      return false;
  }
  return e->participants.n > 0 && e->participants.n <= 2;
}

/* Event i belongs to the programme of m; two meetings that do are parts of one whole, not of each other. */
static void beside(ChDiscourse *d, uint32_t i, uint32_t m)
{
  ChEvent *e = &d->r->events.at[i];
  const ChEvent *whole = &d->r->events.at[m];
  if (e->kind != d->meeting || whole->kind != d->meeting || !is_pair(d->r, whole)) {
    ch_discourse_link(d, i, d->part_of, m);
    return;
  }
  for (size_t k = 0; k < whole->links.n; k++)
    if (whole->links.at[k].type == d->part_of || whole->links.at[k].type == d->sidelines_of) {
      ch_discourse_link(d, i, whole->links.at[k].type, whole->links.at[k].event);
      return;
    }
  inherit(d, e, whole, true);
}

/* What a report tells beside its main event, without a place of its own, happens there. */
static void main_setting(ChDiscourse *d)
{
  ChReport *r = d->r;
  uint32_t about = main_event(d, false, CH_NONE);
  if (about == CH_NONE)
    return;
  uint32_t begun = past(d, r->events.at[about].status) ? about : main_event(d, true, CH_NONE), second = main_event(d, false, about);
  for (uint32_t i = 0; i < r->events.n; i++) {
    ChEvent *e = &r->events.at[i];
    if (i == about || !ch_discourse_stands(e))
      continue;
    uint32_t m = past(d, e->status) && begun != CH_NONE && begun != i ? begun : about;
    bool series = e->kind == d->conference && r->events.at[about].kind == d->conference && e->place == CH_NONE && (e->ordinal || e->definite);
    if (!belongs(d, e, &r->events.at[m]) && second != CH_NONE && second != i && e->participants.n && r->events.at[second].sentence < e->sentence && belongs(d, e, &r->events.at[second]))
      m = second;
    if (belongs(d, e, &r->events.at[m]) && !placed(d, e)) {
      beside(d, i, m);
    } else if (series) {
      e->place = r->events.at[about].place;
      e->why_place = (ChWhy){r->events.at[about].why_place.rule, 0.4f};
    }
  }
}

/* Who goes somewhere for a gathering takes part in it. */
static void come(ChDiscourse *d, const ChEvent *visit, ChEvent *to)
{
  for (size_t i = 0; i < visit->participants.n; i++) {
    ChParticipant p = visit->participants.at[i];
    if (d->r->entities.at[p.entity].type != CH_ENTITY_PERSON || ch_discourse_has(to, p.entity))
      continue;
    p.role = d->party;
    p.why.confidence = 0.6f;
    *CH_PUSH(d->r->arena, &to->participants) = p;
  }
}

/* Two or three who meet or sign at a gathering of many do so on its sidelines. */
static void sidelines(ChDiscourse *d)
{
  ChReport *r = d->r;
  for (uint32_t i = 0; i < r->events.n; i++) {
    ChEvent *e = &r->events.at[i];
    if (!ch_discourse_stands(e) || (e->kind != d->meeting && e->kind != d->signing) || (e->participants.n != 2 && !e->aside))
      continue;
    for (size_t k = 0; k < e->links.n; k++) {
      const ChEvent *whole = &r->events.at[e->links.at[k].event];
      bool many = whole->kind == d->conference && (whole->participants.n > 3 || (whole->participants.n == 1 && !e->documents.n));
      if (e->links.at[k].type == d->part_of && (many || (e->aside && whole->kind == d->conference)))
        e->links.at[k].type = d->sidelines_of;
    }
  }
}

/* The event that mention i is the setting of, CH_NONE. */
static uint32_t set_in(const ChReport *r, uint32_t i)
{
  for (uint32_t k = i > 6 ? i - 6 : 0; k < r->events.n && k <= i + 6; k++)
    for (size_t v = 0; v < r->events.at[k].links.n; v++)
      if (r->events.at[k].links.at[v].event == i)
        return k;
  return CH_NONE;
}

/* How well event a is the one that the bare setting e speaks of: called by the same word, of one kind, as certain as what is set in it,
 * told of last; below 0 where it cannot be. */
static float antecedent(const ChDiscourse *d, const ChEvent *a, const ChEvent *e, const ChEvent *part)
{
  enum { NEAR = 6, FAR = 12 };
  const ChReport *r = d->r;
  bool gathering = ch_discourse_gathering(d, e->kind), same = r->tokens.at[a->trigger].lemma == r->tokens.at[e->trigger].lemma;
  bool alike = gathering ? ch_discourse_gathering(d, a->kind) : a->kind == e->kind;
  uint32_t told = a->evidence.n ? a->evidence.at[a->evidence.n - 1].sentence : a->sentence;
  uint32_t gap = e->sentence > told ? e->sentence - told : 0;
  if (!ch_discourse_stands(a) || !alike || a->clause == e->clause || a->previous || a->only_topics || off(d, a->status) || (a->setting && !a->participants.n) ||
      gap > (same ? FAR : NEAR))
    return -1;
  bool fits = !part || past(d, part->status) == past(d, a->status) || (part->status == d->held && part->why_status.confidence < SAID);
  return 0.5f + (same ? 0.6f : 0) + (a->kind == e->kind ? 0.2f : 0) + (a->definite ? 0 : 0.1f) + (fits ? 0.5f : 0) - (same ? 0.04f : 0.08f) * (float)gap;
}

/* "In the course of the visit ...", "following the talks ...": named as a setting and by nothing else, it is one that was told of. */
void ch_link_bare_settings(ChDiscourse *d)
{
  enum { LOOK = 24 };
  ChReport *r = d->r;
  for (uint32_t i = 1; i < r->events.n; i++) {
    ChEvent *e = &r->events.at[i];
    bool bare = !e->participants.n && !e->time.n && e->place == CH_NONE && !e->ordinal && !e->series.n;
    if (!ch_discourse_stands(e) || !e->setting || e->fresh || e->carried || e->previous || !bare || (e->kind != d->visit && !ch_discourse_gathering(d, e->kind)))
      continue;
    uint32_t part = set_in(r, i), best = CH_NONE;
    float most = 0;
    for (uint32_t k = i; k-- > 0 && i - k < LOOK;) {
      float score = antecedent(d, &r->events.at[k], e, part != CH_NONE ? &r->events.at[part] : NULL);
      if (k != part && score > most) {
        most = score;
        best = k;
      }
    }
    if (best != CH_NONE) {
      e->merged = best; /* its words carry what is set in it */
    } else if (part != CH_NONE && r->events.at[part].discusses && r->events.at[part].clause == e->clause) {
      r->events.at[part].kind = e->kind; /* "in a telephone call the ministers discussed ..." */
      e->merged = part;
    }
  }
}

/* "On the sidelines X met Y": of the gathering told of last. */
static void asides(ChDiscourse *d)
{
  ChReport *r = d->r;
  for (uint32_t i = 0; i < r->events.n; i++) {
    if (!ch_discourse_stands(&r->events.at[i]) || !r->events.at[i].aside || placed(d, &r->events.at[i]))
      continue;
    for (uint32_t k = i; k-- > 0 && i - k < REACH;) {
      const ChEvent *g = &r->events.at[k];
      if (!ch_discourse_stands(g) || g->kind != d->conference || g->previous || off(d, g->status) || times_apart(g, &r->events.at[i]))
        continue;
      ch_discourse_link(d, i, d->sidelines_of, k);
      break;
    }
  }
}

/* "Arrived for talks with X": on the visit. */
static void purposes(ChDiscourse *d)
{
  ChReport *r = d->r;
  for (uint32_t i = 1; i < r->events.n; i++) {
    const ChEvent *e = &r->events.at[i];
    if (!ch_discourse_stands(e) || !e->purpose || e->kind != d->meeting || placed(d, e))
      continue;
    for (uint32_t k = i; k-- > 0 && i - k <= 3 && r->events.at[k].sentence == e->sentence;)
      if (ch_discourse_stands(&r->events.at[k]) && r->events.at[k].kind == d->visit && e->clause - r->events.at[k].clause <= 1 && !times_apart(e, &r->events.at[k]))
        ch_discourse_link(d, i, d->part_of, k);
  }
}

/* Who is on a visit takes part in the talks held during it, where one side alone is told. */
static void visitor_meets(ChDiscourse *d, ChEvent *e, const ChEvent *visit)
{
  const ChReport *r = d->r;
  if (e->kind != d->meeting || e->participants.n != 1 || visit->kind != d->visit || e->setting)
    return;
  const ChEntity *other = &r->entities.at[e->participants.at[0].entity];
  for (size_t i = 0; i < visit->participants.n; i++) {
    ChParticipant p = visit->participants.at[i];
    const ChEntity *x = &r->entities.at[p.entity];
    if (p.role == d->host || x->type != CH_ENTITY_PERSON || p.entity == e->participants.at[0].entity || (other->of.n && ch_slice_eq(other->of, x->of)))
      continue;
    p.role = d->party;
    p.why.confidence = 0.5f;
    *CH_PUSH(d->r->arena, &e->participants) = p;
    return;
  }
}

void ch_link_events(ChDiscourse *d)
{
  ChReport *r = d->r;
  /* links follow merged mentions to their events */
  for (uint32_t i = 0; i < r->events.n; i++) {
    ChEvent *e = &r->events.at[i];
    size_t kept = 0;
    for (size_t k = 0; k < e->links.n; k++) {
      ChLink l = e->links.at[k];
      l.event = root(r, l.event);
      bool again = l.event == root(r, i) || (l.type == d->part_of && !may_be_part(d, e, &r->events.at[l.event]));
      for (size_t j = 0; j < kept; j++)
        again |= e->links.at[j].event == l.event;
      if (!again)
        e->links.at[kept++] = l;
    }
    e->links.n = kept;
  }
  orders(d);
  asides(d);
  purposes(d);
  results(d);
  programme(d);
  main_setting(d);
  series_participants(d);
  sidelines(d);
  for (uint32_t i = 0; i < r->events.n; i++) {
    ChEvent *e = &r->events.at[i];
    if (!ch_discourse_stands(e))
      continue;
    for (size_t k = 0; k < e->links.n; k++) {
      ChEvent *to = &r->events.at[e->links.at[k].event];
      ChWord type = e->links.at[k].type;
      if (type == d->part_of || type == d->sidelines_of) {
        inherit(d, e, to, true);
        visitor_meets(d, e, to);
        if (to->kind != d->visit)
          inherit(d, to, e, e->kind != d->signing && e->kind != d->address);
      } else if (type == d->for_) {
        inherit(d, e, to, true);
        inherit(d, to, e, true);
        if (to->place == CH_NONE)
          to->place = e->place;
        if (to->kind == d->conference)
          come(d, e, to);
      }
    }
  }
}
