#include "events/found.h"

#include "events/arcs.h"
#include "events/status.h"

static bool has_slot(const ChEvent *e) { return e->participants.n || e->open.n || e->documents.n || e->topics.n || e->place != CH_NONE; }

/* A gathering of which nothing is said but that it is: the one just spoken of, in languages without articles, too. */
static bool bare(const ChEvent *e, const ChFound *f)
{
  return (f->t.frame->flags & CH_FRAME_NOUN) && !f->fresh && !e->participants.n && !e->open.n && !e->time.n && !e->ordinal &&
         e->place == CH_NONE && !e->documents.n;
}

/* "took part in the meeting", "the talks were chaired by X": the verb says who took part in, or led, a gathering that is known. */
static bool joins_known(const ChEventsWork *w, const ChEvent *e, const ChFound *f)
{
  const ChCarrier *k = f->t.carrier;
  if (!k || !k->role || f->fresh || f->status == w->terms.denied || f->status == w->terms.cancelled || e->time.n || e->ordinal || e->place != CH_NONE)
    return false;
  if (f->t.frame->kind != w->terms.meeting && f->t.frame->kind != w->terms.conference)
    return false;
  if (f->definite)
    return true;
  for (size_t i = 0; i < e->participants.n; i++)
    if (e->participants.at[i].why.rule != k->id)
      return false;
  return (k->relations & CH_CARRY_OBLIQUE) && e->participants.n;
}

/* A noun that names who acts though names cannot tell whom ("militants", "an expert team") as the subject, of the governing verb, too. */
static bool unnamed_actor(const ChEventsWork *w, uint32_t clause)
{
  const ChReport *r = w->r;
  for (int depth = 0; depth < 3; depth++) {
    const ChClause *c = &r->clauses.at[clause];
    uint32_t subject = ch_arcs_subject(w, c->predicate);
    if (subject != CH_NONE && ch_frames_is_class(w->f, w->terms.actors, &r->tokens.at[subject]))
      return true;
    if (c->form != CH_VERB_INF || c->parent == CH_NONE || c->parent >= clause || r->clauses.at[c->parent].sentence != c->sentence)
      return false;
    clause = c->parent;
  }
  return false;
}

/* A passive, or a plural verb without a subject where infinitives have no marker: who did it is left unsaid. */
static bool agentless(const ChEventsWork *w, uint32_t clause)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[clause];
  if (c->voice == CH_VOICE_PASS)
    return true;
  return c->form == CH_VERB_FIN && !w->marked[r->sentences.at[c->sentence].lang] && r->tokens.at[c->predicate].morph.number == CH_NUMBER_PLUR &&
         ch_clause_arg(c, CH_ARG_SUBJECT, CH_NONE) == CH_NONE && ch_arcs_subject(w, c->predicate) == CH_NONE;
}

/* Someone acts, named or not: a participant; a noun that names actors, with a day, a place or an object; an act on a telling object that is
 * placed or dated. */
static bool acted(const ChEventsWork *w, const ChEvent *e, const ChFound *f)
{
  if (e->participants.n || e->open.n)
    return true;
  bool verb = !(f->t.frame->flags & CH_FRAME_NOUN), told = e->time.n || e->place != CH_NONE;
  if (!verb)
    return false;
  bool what = f->t.frame->what[0] != CH_NO_WORD;
  return ((told || what) && unnamed_actor(w, f->t.clause)) || (told && what && agentless(w, f->t.clause));
}

static bool wanted(const ChEventsWork *w, const ChEvent *e, const ChFound *f)
{
  uint32_t flags = f->t.frame->flags;
  if (flags & CH_FRAME_TOPICS)
    return e->topics.n > 0;
  const ChCarrier *k = f->t.carrier;
  if (f->generic || (k && (k->relations & CH_CARRY_DEMAND)) || ch_status_demanded(w, k ? f->t.carrier_clause : f->t.clause))
    return false;
  if (!f->definite && ch_status_conditional(w, k ? f->t.carrier_clause : f->t.clause))
    return false;
  /* an offered meeting or visit is an event; any other act that is asked for is a statement */
  if (e->status == w->terms.proposed && e->kind != w->terms.meeting && e->kind != w->terms.conference && e->kind != w->terms.call &&
      e->kind != w->terms.visit)
    return false;
  if ((flags & CH_FRAME_NEEDS_ACTOR) && !acted(w, e, f))
    return false;
  if ((flags & CH_FRAME_NEEDS_TIME) && !e->time.n)
    return false;
  if ((flags & CH_FRAME_NEEDS_TWO) && e->participants.n + e->open.n < 2)
    return false;
  if ((flags & CH_FRAME_NEEDS_FORMAT) && !e->formats.n)
    return false;
  if ((flags & CH_FRAME_NEEDS_OBJECT) && !has_slot(e))
    return false;
  if ((flags & CH_FRAME_NEEDS_DATE) && !f->supported && !e->time.n && !e->ordinal && e->participants.n < 2 && !f->definite)
    return false;
  bool known = f->definite || (e->setting && !f->fresh); /* "during the visit" speaks of one that is known, in languages without articles, too */
  if ((flags & CH_FRAME_NOUN) && !f->supported && !e->time.n && !e->ordinal && !e->participants.n && e->place == CH_NONE && !e->documents.n && !known)
    return false;
  return true;
}

static void convene(ChEventsWork *w, ChEvent *e, const ChFound *f)
{
  if (!(f->t.frame->flags & CH_FRAME_CONVENED))
    return;
  bool body = false;
  if (f->t.frame->flags & CH_FRAME_WEAK) { /* a body that "considers" something meets */
    if (e->participants.n == 1 && w->r->entities.at[e->participants.at[0].entity].type == CH_ENTITY_BODY &&
        w->r->entities.at[e->participants.at[0].entity].state == CH_NONE) {
      e->kind = f->t.frame->convened;
      e->weak = false;
    }
    return;
  }
  size_t own = 0; /* not who asked for it or holds it */
  for (size_t i = 0; i < e->participants.n; i++)
    own += e->participants.at[i].why.rule == f->t.frame->id || !f->t.carrier;
  for (size_t i = 0; i < e->participants.n && own == 1; i++)
    body |= w->r->entities.at[e->participants.at[i].entity].type == CH_ENTITY_BODY &&
            (e->participants.at[i].why.rule == f->t.frame->id || !f->t.carrier);
  if (e->ordinal || body)
    e->kind = f->t.frame->convened;
}

/* An event called by the name of a series is one of it. */
static void of_series(ChEventsWork *w, ChEvent *e, const ChFound *f)
{
  ChWord kind;
  bool meets = e->kind == w->terms.meeting || e->kind == w->terms.conference;
  if (!(f->t.frame->flags & CH_FRAME_NOUN) || !meets)
    return;
  e->series = ch_named_series(w, f->t.token, f->t.tokens, &kind);
  if (e->series.n && kind && kind != w->terms.visit)
    e->kind = kind;
}

/* "At a meeting with X, Y said ...", "speaking after talks with X, Y ...": the subject of the clause, or of the next one, was the other
 * party. */
static void setting_party(ChEventsWork *w, ChEvent *e, const ChFound *f)
{
  ChReport *r = w->r;
  bool party = e->participants.n == 1 && e->participants.at[0].role == w->terms.party && e->setting != w->terms.sidelines_of &&
               r->entities.at[e->participants.at[0].entity].type != CH_ENTITY_BODY;
  bool visit = !e->participants.n && f->t.frame->kind == w->terms.visit;
  if (f->t.carrier || !e->setting || (!party && !visit))
    return;
  for (uint32_t c = e->clause; c <= e->clause + 1 && c < r->clauses.n && r->clauses.at[c].sentence == e->sentence; c++)
    for (uint32_t i = 0; i < r->clauses.at[c].args.n; i++) {
      const ChArgument *a = &r->clauses.at[c].args.at[i];
      if (a->function != CH_ARG_SUBJECT || (a->inherited && !party) || a->mention == CH_NONE || r->mentions.at[a->mention].type != CH_ENTITY_PERSON)
        continue;
      ch_fill_participant(w, e, a->mention, f->t.frame->subject.role, f->t.frame->id, 0.6f);
      return;
    }
}

/* Does the clause or its carrier's say that the event comes right before or after the last one ("then", "afterwards")? */
static bool sequel(const ChEventsWork *w, const ChFound *f)
{
  const ChClause *c = &w->r->clauses.at[f->t.carrier ? f->t.carrier_clause : f->t.clause];
  for (uint32_t i = c->token; i < c->token + c->tokens; i++)
    if ((w->classes[i] & (CH_WORD_THEN | CH_WORD_BEFOREHAND)) && w->outer[i] == CH_NONE && w->r->tokens.at[i].time == CH_NONE)
      return true;
  return false;
}

/* Acts that are over when they are told as under way ("proposes", "is expelling"). */
static bool punctual(const ChEventsWork *w, ChWord kind)
{
  const ChTerms *t = &w->terms;
  return kind == t->appointment || kind == t->proposal || kind == t->signing || kind == t->message || kind == t->address;
}

/* "gather for a summit", "meet for talks": the noun says what the verb of its clause is about. */
static bool purpose(const ChEventsWork *w, const ChFound *f)
{
  const ChReport *r = w->r;
  const ChFrame *frame = f->t.frame;
  if (!(frame->flags & CH_FRAME_NOUN) || f->t.carrier || (frame->kind != w->terms.meeting && frame->kind != w->terms.conference))
    return false;
  uint32_t prep = ch_clauses_prep(r, f->t.head);
  uint8_t kase = ch_clauses_case(r, f->t.head);
  return prep != CH_NONE && prep < f->t.head && prep > r->clauses.at[f->t.clause].predicate && (w->classes[prep] & CH_WORD_GOAL) && (kase == CH_CASE_NONE || kase == CH_CASE_ACC);
}

void ch_found_add(ChEventsWork *w, ChFound *f)
{
  ChReport *r = w->r;
  ChEvent *e = CH_PUSH(r->arena, &r->events);
  *e = (ChEvent){.kind = f->t.frame->kind, .trigger = f->t.head, .clause = f->t.clause, .place = CH_NONE, .merged = CH_NONE,
                 .sentence = r->tokens.at[f->t.head].sentence};
  e->status = f->status;
  ch_fill_event(w, e, &f->t);
  if (f->spoken) {
    const ChClause *c = &r->clauses.at[f->speech_clause];
    for (uint32_t i = 0; i < c->args.n; i++)
      if (c->args.at[i].function == CH_ARG_SUBJECT)
        ch_fill_participant(w, e, c->args.at[i].mention, f->t.frame->subject.role, f->t.frame->id, 0.8f);
  }
  if (f->t.frame->flags & CH_FRAME_NOUN) {
    e->setting = ch_carry_setting(w, f);
    setting_party(w, e, f);
  }
  if (!wanted(w, e, f)) {
    r->events.n--;
    return;
  }
  e->joins = (f->t.frame->flags & CH_FRAME_JOINS) != 0;
  e->weak = e->joins || ((f->t.frame->flags & CH_FRAME_WEAK) != 0 && e->participants.n < 2);
  e->only_topics = (f->t.frame->flags & CH_FRAME_TOPICS) != 0;
  e->weak |= e->only_topics;
  convene(w, e, f);
  of_series(w, e, f);
  bool known = joins_known(w, e, f);
  e->definite = f->definite || known || bare(e, f);
  e->joins |= known;
  e->carried = f->supported;
  e->ends = f->t.carrier && (f->t.carrier->relations & CH_CARRY_ENDS);
  if (e->ends && !f->status)
    e->time = CH_LIT(""); /* the day on which it was to end */
  e->fresh = f->fresh;
  e->sequel = sequel(w, f);
  e->verbal = !(f->t.frame->flags & CH_FRAME_NOUN);
  ch_order_mark(w, e);
  e->arrival = (f->t.frame->flags & CH_FRAME_ARRIVAL) != 0;
  e->status = f->t.frame->status && f->status == w->terms.held ? f->t.frame->status : f->status ? f->status : w->terms.held;
  if (e->status == w->terms.ongoing && punctual(w, e->kind))
    e->status = w->terms.held;
  e->telling = f->t.frame->what[0] != CH_NO_WORD;
  e->discusses = (f->t.frame->flags & CH_FRAME_WEAK) && e->verbal;
  e->purpose = purpose(w, f);
  e->why_kind = (ChWhy){f->t.frame->id, 0.8f};
  e->why_status = (ChWhy){f->rule ? f->rule : f->t.frame->id, f->status ? 0.8f : 0.5f};
  e->headline = r->paragraphs.at[r->sentences.at[e->sentence].paragraph].role == CH_TEXT_TITLE;
  bool present = e->status == w->terms.held || e->status == w->terms.ongoing;
  if (!f->status || (e->headline && present && r->clauses.at[e->clause].tense != CH_TENSE_PAST))
    e->why_status.rule = CH_NO_WORD; /* nothing says: discourse decides by the date or by the body of the report */
}

/* The event once more, as one of its own: copies grow apart. */
static ChEvent *copy_event(ChEventsWork *w, uint32_t index)
{
  ChReport *r = w->r;
  ChEvent copy = r->events.at[index];
  copy.participants.cap = copy.participants.n;
  copy.evidence.cap = copy.evidence.n;
  copy.links.cap = copy.links.n;
  copy.topics.cap = copy.topics.n;
  copy.documents.cap = copy.documents.n;
  copy.formats.cap = copy.formats.n;
  copy.open.cap = copy.open.n;
  copy.other_times.cap = copy.other_times.n;
  copy.definite = false;
  ChEvent *e = CH_PUSH(r->arena, &r->events);
  *e = copy;
  return e;
}

/* A tour is one visit for each place of a list ("toured Kazakhstan and Uzbekistan"). */
void ch_found_tour(ChEventsWork *w, uint32_t first)
{
  ChReport *r = w->r;
  if (first >= r->events.n || r->events.at[first].kind != w->terms.visit || r->events.at[first].place == CH_NONE)
    return;
  const ChClause *c = &r->clauses.at[r->events.at[first].clause];
  uint32_t last = CH_NONE;
  for (uint32_t i = 0; i < c->args.n; i++) {
    uint32_t m = c->args.at[i].mention;
    if (m == CH_NONE || c->args.at[i].inherited)
      continue;
    const ChMention *x = &r->mentions.at[m];
    if (x->entity == r->events.at[first].place) {
      last = m;
      continue;
    }
    bool listed = last != CH_NONE && (x->type == CH_ENTITY_PLACE || x->type == CH_ENTITY_STATE) && x->entity != CH_NONE &&
                  r->mentions.at[last].type == x->type && x->token - (r->mentions.at[last].token + r->mentions.at[last].tokens) <= 2 &&
                  (w->classes[x->token - 1] & CH_WORD_AND || (r->tokens.at[x->token - 1].flags & CH_TOKEN_PUNCT));
    last = listed ? m : CH_NONE;
    if (!listed)
      continue;
    ChEvent *e = copy_event(w, first);
    e->place = x->entity;
  }
}

/* "on February 28, March 3 and March 7", "in February and March": one event for each of the times that stand in a row. */
void ch_found_repeats(ChEventsWork *w, uint32_t first)
{
  ChReport *r = w->r;
  if (first >= r->events.n || !r->events.at[first].time.n)
    return;
  uint32_t t = 0;
  const ChClause *c = &r->clauses.at[r->events.at[first].clause];
  uint32_t times[8], n = 0;
  for (uint32_t i = 0; i < c->args.n && n < 8; i++)
    if (c->args.at[i].time != CH_NONE && r->times.at[c->args.at[i].time].edtf.n && !r->times.at[c->args.at[i].time].dateline)
      times[n++] = c->args.at[i].time;
  for (uint32_t i = 0; i + 1 < n; i++) {
    const ChTime *a = &r->times.at[times[i]], *b = &r->times.at[times[i + 1]];
    uint32_t gap = a->token + a->tokens;
    bool row = b->token - gap <= 2 && a->anchor == b->anchor && a->edtf.n == b->edtf.n;
    for (uint32_t k = gap; k < b->token && row; k++)
      row = (w->classes[k] & CH_WORD_AND) || (r->tokens.at[k].flags & CH_TOKEN_PUNCT);
    if (!row)
      continue;
    t = times[i + 1];
    copy_event(w, first)->time = r->times.at[t].edtf;
  }
  if (t)
    for (uint32_t i = 0; i < n; i++)
      if (times[i] < t && r->times.at[times[i]].edtf.n == r->events.at[first].time.n) {
        r->events.at[first].time = r->times.at[times[i]].edtf;
        break;
      }
}
