#include "events/fill.h"

#include "events/content.h"
#include "events/status.h"

#include "world/day.h"

static bool may_play(const ChEventsWork *w, ChWord role, uint8_t type)
{
  for (size_t i = 0; i < w->terms.n_roles; i++)
    if (w->terms.roles[i].role == role)
      return (w->terms.roles[i].types >> type & 1) != 0;
  return true;
}

/* "a delegation led by X", "the Turkish team, headed by X": the mention of who leads the group, CH_NONE. */
static uint32_t leader_of(const ChEventsWork *w, uint32_t mention)
{
  const ChReport *r = w->r;
  const ChMention *m = &r->mentions.at[mention];
  uint32_t at = m->token + m->tokens;
  at += at < r->tokens.n && ch_content_comma(r, at);
  at += at < r->tokens.n && r->tokens.at[at].morph.pos == CH_POS_ADP;
  if (m->type != CH_ENTITY_GROUP || at + 1 >= r->tokens.n || !ch_frames_is_class(w->f, w->terms.leading, &r->tokens.at[at]))
    return CH_NONE;
  uint32_t who = w->outer[at + 1] != CH_NONE ? w->outer[at + 1] : at + 2 < r->tokens.n ? w->outer[at + 2] : CH_NONE;
  if (who == CH_NONE || r->mentions.at[who].type != CH_ENTITY_PERSON || r->mentions.at[who].entity == CH_NONE ||
      r->mentions.at[who].token <= at || r->tokens.at[r->mentions.at[who].token].sentence != r->tokens.at[m->token].sentence)
    return CH_NONE;
  return who;
}

/* Whoever leads the group takes part: at its head, or where nothing says whose group it is, in its stead. Is that so? */
static bool fill_leader(ChEventsWork *w, ChEvent *e, uint32_t mention, ChWord role, ChWord rule, float confidence)
{
  uint32_t who = leader_of(w, mention);
  bool named = w->r->mentions.at[mention].entity != CH_NONE;
  if (who == CH_NONE || (!named && w->r->mentions.at[mention].number == CH_NUMBER_PLUR))
    return false;
  ch_fill_participant(w, e, who, named ? w->terms.head : role, rule, confidence);
  return !named;
}

enum { COMPANIONS = 8 };

/* "X, accompanied by Y and Z", "X together with Y": who comes with a participant takes part as it does. */
static void fill_companions(ChEventsWork *w, ChEvent *e, uint32_t mention, ChWord role, ChWord rule, float confidence)
{
  const ChReport *r = w->r;
  const ChMention *m = &r->mentions.at[mention];
  uint32_t at = m->token + m->tokens, sentence = r->tokens.at[m->token].sentence;
  for (int i = 0; i < 2 && at < r->tokens.n; i++) /* ", in the company of" */
    at += ch_content_comma(r, at) || r->tokens.at[at].morph.pos == CH_POS_ADP;
  if (at + 1 >= r->tokens.n || !ch_frames_is_class(w->f, w->terms.alongside, &r->tokens.at[at]) || r->tokens.at[at].sentence != sentence)
    return;
  uint32_t who = w->outer[at + 1] != CH_NONE ? w->outer[at + 1] : at + 2 < r->tokens.n ? w->outer[at + 2] : CH_NONE;
  for (uint32_t i = 0; i < COMPANIONS && who != CH_NONE && r->mentions.at[who].entity != CH_NONE && r->mentions.at[who].type == CH_ENTITY_PERSON; i++) {
    const ChMention *x = &r->mentions.at[who];
    uint32_t next = x->token + x->tokens;
    if (x->token <= at || r->tokens.at[x->token].sentence != sentence)
      return;
    ch_fill_participant(w, e, who, role, rule, confidence);
    if (next + 1 >= r->tokens.n || !(w->classes[next] & CH_WORD_AND))
      return;
    who = w->outer[next + 1];
  }
}

void ch_fill_participant(ChEventsWork *w, ChEvent *e, uint32_t mention, ChWord role, ChWord rule, float confidence)
{
  ChReport *r = w->r;
  if (mention == CH_NONE || !role || !ch_clauses_is_actor(r, mention))
    return;
  const ChMention *m = &r->mentions.at[mention];
  if (!may_play(w, role, m->type) || fill_leader(w, e, mention, role, rule, confidence))
    return;
  if (m->entity == CH_NONE) {
    *CH_PUSH(r->arena, &e->open) = (ChParticipant){CH_NONE, role, mention, {rule, confidence}};
    return;
  }
  for (size_t i = 0; i < e->participants.n; i++) {
    ChParticipant *p = &e->participants.at[i];
    if (p->entity != m->entity)
      continue;
    if (p->role == w->terms.party || p->role == w->terms.attendee)
      p->role = role;
    return;
  }
  *CH_PUSH(r->arena, &e->participants) = (ChParticipant){m->entity, role, mention, {rule, confidence}};
  if (m->type == CH_ENTITY_PERSON)
    fill_companions(w, e, mention, role, rule, confidence);
}

/* ---- arguments of the trigger ---- */

static bool arg_fits(const ChFrameArg *a, ChWord prep, uint8_t kase)
{
  return a->prep == prep && (a->kase == CH_CASE_NONE || kase == CH_CASE_NONE || a->kase == kase);
}

const ChFrameArg *ch_fill_frame_arg(const ChEventsWork *w, const ChFrame *f, ChWord prep, uint8_t kase)
{
  for (uint32_t i = f->arg; i < f->arg + f->args && i < w->f->n_args; i++)
    if (arg_fits(&w->f->args[i], prep, kase) && (prep || w->f->args[i].kase == kase))
      return &w->f->args[i];
  /* names that do not inflect show a wrong case: the preposition alone decides where the frame has it once */
  const ChFrameArg *only = NULL;
  for (uint32_t i = f->arg; prep && i < f->arg + f->args && i < w->f->n_args; i++) {
    if (w->f->args[i].prep != prep)
      continue;
    if (only)
      return NULL;
    only = &w->f->args[i];
  }
  return only;
}

/* The same for a preposition in the text, by its form or its dictionary form ("so" is "s"). */
static const ChFrameArg *arg_after(const ChEventsWork *w, const ChFrame *f, uint32_t prep, uint8_t kase)
{
  if (prep == CH_NONE)
    return ch_fill_frame_arg(w, f, CH_NO_WORD, kase);
  const ChToken *t = &w->r->tokens.at[prep];
  const ChFrameArg *fa = ch_fill_frame_arg(w, f, t->norm, kase);
  return fa || t->lemma == t->norm ? fa : ch_fill_frame_arg(w, f, t->lemma, kase);
}

/* The bare argument before a noun trigger ("Lavrov's visit", "Russian-Belarusian talks"): key "any". */
static const ChFrameArg *frame_arg_any(const ChEventsWork *w, const ChFrame *f)
{
  for (uint32_t i = f->arg; i < f->arg + f->args && i < w->f->n_args; i++)
    if (!w->f->args[i].prep && w->f->args[i].kase == CH_CASE_NONE)
      return &w->f->args[i];
  return NULL;
}

static void set_place(ChEventsWork *w, ChEvent *e, uint32_t mention, ChWord rule, float confidence)
{
  ChReport *r = w->r;
  const ChMention *m = &r->mentions.at[mention];
  if (m->entity == CH_NONE || (m->type != CH_ENTITY_PLACE && m->type != CH_ENTITY_STATE) || m->form == CH_MENTION_ADJECTIVE)
    return;
  if (e->place != CH_NONE && !(r->entities.at[e->place].type == CH_ENTITY_STATE && m->type == CH_ENTITY_PLACE))
    return; /* a city before its state; else the first */
  e->place = m->entity;
  e->why_place = (ChWhy){rule, confidence};
}

/* Is mention argument `a` next to the noun trigger: nothing but its own phrase between? */
static bool adjacent(const ChEventsWork *w, const ChTrigger *t, const ChArgument *a)
{
  const ChReport *r = w->r;
  const ChMention *m = &r->mentions.at[a->mention];
  uint32_t first = m->prep != CH_NONE ? m->prep : m->token;
  uint32_t end = t->token + t->tokens;
  if (first < end)
    return false;
  for (uint32_t i = end; i < first; i++) {
    uint8_t pos = r->tokens.at[i].morph.pos;
    if (w->outer[i] != CH_NONE && pos != CH_POS_VERB)
      continue;
    if (pos == CH_POS_VERB || (r->tokens.at[i].flags & CH_TOKEN_PUNCT))
      return false;
    /* words between may be other arguments of the same trigger */
    if (w->outer[i] == CH_NONE && r->tokens.at[i].time == CH_NONE && pos != CH_POS_ADP && pos != CH_POS_DET && pos != CH_POS_CCONJ &&
        pos != CH_POS_ADJ && pos != CH_POS_NUM)
      return false;
  }
  return true;
}

static void use_arg(ChEventsWork *w, ChEvent *e, const ChTrigger *t, const ChFrameArg *fa, const ChArgument *a)
{
  if (fa->slot == CH_SLOT_ROLE)
    ch_fill_participant(w, e, a->mention, fa->role, t->frame->id, 0.8f);
  else if (fa->slot == CH_SLOT_PLACE)
    set_place(w, e, a->mention, t->frame->id, 0.85f);
}

/* "offered X to meet": who is asked to meet is a party, too. */
static void fill_asked(ChEventsWork *w, ChEvent *e, const ChTrigger *t)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[t->clause];
  if (c->form != CH_VERB_INF || c->parent == CH_NONE || t->frame->subject.role != w->terms.party)
    return;
  const ChClause *p = &r->clauses.at[c->parent];
  for (uint32_t i = 0; i < p->args.n; i++)
    if (p->args.at[i].mention != CH_NONE && p->args.at[i].prep == CH_NONE && p->args.at[i].kase == CH_CASE_DAT)
      ch_fill_participant(w, e, p->args.at[i].mention, w->terms.party, t->frame->id, 0.7f);
}

/* "an agreement between A and B is due to be signed": prepositional arguments before the governing verb. */
static void fill_from_parent(ChEventsWork *w, ChEvent *e, const ChTrigger *t)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[t->clause];
  if (c->parent == CH_NONE || e->participants.n || c->voice != CH_VOICE_PASS)
    return;
  const ChClause *p = &r->clauses.at[c->parent];
  for (uint32_t i = 0; i < p->args.n; i++) {
    const ChArgument a = p->args.at[i];
    const ChFrameArg *fa = a.mention != CH_NONE && a.prep != CH_NONE ? arg_after(w, t->frame, a.prep, a.kase) : NULL;
    if (fa)
      use_arg(w, e, t, fa, &a);
  }
}

/* Is the argument the one by whom a passive is done: "by X", or a bare instrumental? */
static bool is_agent(const ChEventsWork *w, const ChClause *c, const ChArgument *a)
{
  return c->voice == CH_VOICE_PASS && (a->prep != CH_NONE ? (w->classes[a->prep] & CH_WORD_AGENT) != 0 : a->kase == CH_CASE_INS);
}

/* Is it in a phrase of company beside the verb: "together with X"? */
static bool in_company(const ChEventsWork *w, const ChArgument *a)
{
  const ChMention *m = &w->r->mentions.at[a->mention];
  uint32_t first = a->prep != CH_NONE && a->prep < m->token ? a->prep : m->token;
  return first > 0 && m->type == CH_ENTITY_PERSON && a->function == CH_ARG_OBLIQUE && ch_frames_is_class(w->f, w->terms.alongside, &w->r->tokens.at[first - 1]);
}

static void fill_verb(ChEventsWork *w, ChEvent *e, const ChTrigger *t)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[t->clause];
  bool passive = c->voice == CH_VOICE_PASS;
  const ChFrame *f = t->frame;
  for (uint32_t i = 0; i < c->args.n; i++) {
    const ChArgument a = c->args.at[i];
    if (a.mention == CH_NONE)
      continue;
    if (is_agent(w, c, &a)) {
      use_arg(w, e, t, &f->subject, &a);
      continue;
    }
    if (a.function == CH_ARG_SUBJECT) {
      use_arg(w, e, t, passive ? &f->object : &f->subject, &a);
    } else if (a.function == CH_ARG_OBJECT && !passive) {
      use_arg(w, e, t, &f->object, &a);
    } else {
      const ChFrameArg *fa = arg_after(w, f, a.prep, a.kase);
      if (in_company(w, &a)) /* "together with X" */
        fa = NULL, use_arg(w, e, t, passive ? &f->object : &f->subject, &a);
      /* a genitive of negation or an animate accusative may be tagged genitive */
      if (!fa && a.prep == CH_NONE && a.kase == CH_CASE_GEN && r->mentions.at[a.mention].token == t->token + t->tokens)
        fa = &f->object;
      if (fa)
        use_arg(w, e, t, fa, &a);
    }
  }
}

/* "with the participation of X", "under the chairmanship of X": X takes part, in the role that the word gives; CH_NO_WORD where not. */
static ChWord joined_role(const ChEventsWork *w, const ChMention *m)
{
  uint32_t before = m->prep != CH_NONE ? m->prep : m->token;
  if (before == 0 || !(w->classes[before - 1] & CH_WORD_JOINING) || (m->prep != CH_NONE && !(w->classes[m->prep] & CH_WORD_OF)))
    return CH_NO_WORD;
  return w->value[before - 1] ? w->value[before - 1] : w->terms.party;
}

/* Only "and" and commas between two mentions? */
static bool listed_after(const ChEventsWork *w, const ChMention *a, const ChMention *b)
{
  uint32_t end = a->token + a->tokens;
  bool listed = b->token > end && b->token - end <= 2;
  for (uint32_t i = end; i < b->token && listed; i++)
    listed = (w->classes[i] & CH_WORD_AND) || (w->r->tokens.at[i].flags & CH_TOKEN_PUNCT);
  return listed;
}

static void fill_joined(ChEventsWork *w, ChEvent *e, const ChTrigger *t)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[t->clause];
  ChWord role = CH_NO_WORD;
  const ChMention *last = NULL;
  for (uint32_t i = 0; i < c->args.n; i++) {
    const ChArgument a = c->args.at[i];
    if (a.mention == CH_NONE || a.inherited)
      continue;
    const ChMention *m = &r->mentions.at[a.mention];
    ChWord own = joined_role(w, m);
    role = own ? own : last && role && listed_after(w, last, m) ? role : CH_NO_WORD;
    last = m;
    if (role)
      ch_fill_participant(w, e, a.mention, role, t->frame->id, 0.75f);
  }
}

/* "a round of Russian-Ukrainian talks": the words of the gathering's name name two states or more; one alone is what it is about. */
static bool several_inside(const ChEventsWork *w, const ChTrigger *t, const ChClause *c)
{
  uint32_t n = 0;
  for (uint32_t i = 0; i < c->args.n; i++) {
    const ChMention *m = c->args.at[i].mention != CH_NONE ? &w->r->mentions.at[c->args.at[i].mention] : NULL;
    n += m && m->type == CH_ENTITY_STATE && m->token > t->token && m->token < t->token + t->tokens;
  }
  return n >= 2;
}

static void fill_noun(ChEventsWork *w, ChEvent *e, const ChTrigger *t)
{
  const ChReport *r = w->r;
  const ChFrame *f = t->frame;
  const ChClause *c = &r->clauses.at[t->clause];
  uint32_t start = r->sentences.at[c->sentence].token;
  for (uint32_t i = 0; i < c->args.n; i++) {
    const ChArgument a = c->args.at[i];
    if (a.mention == CH_NONE || a.inherited)
      continue;
    const ChMention *m = &r->mentions.at[a.mention];
    const ChFrameArg *fa = NULL;
    /* "the Bishkek talks", "the Ise-Shima Summit" */
    if (m->type == CH_ENTITY_PLACE && m->prep == CH_NONE && !m->kase && m->token + m->tokens == t->token) {
      set_place(w, e, a.mention, f->id, 0.7f);
      continue;
    }
    if (joined_role(w, m))
      continue; /* fill_joined */
    if (m->token > t->token && m->token < t->token + t->tokens) {
      fa = several_inside(w, t, c) ? &f->subject : NULL;
    } else if (m->token >= t->token + t->tokens) {
      fa = arg_after(w, f, a.prep, a.kase);
      /* a bare genitive belongs to the noun before it, and so does what "of" brings */
      if (fa && (a.prep == CH_NONE || fa->role != CH_NO_WORD) && !adjacent(w, t, &a) &&
          !(t->carrier && a.prep != CH_NONE && fa->slot == CH_SLOT_ROLE))
        fa = NULL;
    } else if (m->token + m->tokens <= t->token) {
      uint32_t gap = m->token + m->tokens;
      bool joined = true;
      for (uint32_t k = gap; k < t->token && joined; k++) {
        uint8_t pos = r->tokens.at[k].morph.pos;
        joined = pos == CH_POS_ADJ || pos == CH_POS_NUM || pos == CH_POS_PART || w->outer[k] != CH_NONE ||
                 (pos == CH_POS_NOUN && r->tokens.at[k].group == r->tokens.at[t->token].group);
      }
      /* "Syria talks": a lone bare state before a noun of talking is what they are about */
      bool alone = m->type == CH_ENTITY_STATE && m->form == CH_MENTION_NAME && !m->kase && gap == t->token &&
                   (i == 0 || c->args.at[i - 1].mention == CH_NONE ||
                    r->mentions.at[c->args.at[i - 1].mention].token + r->mentions.at[c->args.at[i - 1].mention].tokens + 1 < m->token);
      if (joined && gap > start && !alone)
        fa = frame_arg_any(w, f);
      if (!fa && t->carrier && a.prep != CH_NONE)
        fa = arg_after(w, f, a.prep, a.kase);
    }
    if (fa)
      use_arg(w, e, t, fa, &a);
  }
}

/* What the carrier's clause adds: its subject (or, in the passive, its agent) takes part in the role that carrier or frame says. */
static void fill_carried(ChEventsWork *w, ChEvent *e, const ChTrigger *t)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[t->carrier_clause];
  if (!t->carried_as_object && !(t->carrier->relations & (CH_CARRY_COMPLEMENT | CH_CARRY_OBLIQUE)))
    return;
  if (t->carried_as_subject || (t->carrier->relations & CH_CARRY_APART))
    return;
  ChWord role = t->carrier->role ? t->carrier->role : t->frame->subject.role;
  if (!role)
    role = w->terms.party;
  for (uint32_t i = 0; i < c->args.n; i++) {
    const ChArgument a = c->args.at[i];
    bool agent = is_agent(w, c, &a);
    bool subject = c->voice != CH_VOICE_PASS && a.function == CH_ARG_SUBJECT;
    if ((agent || subject) && a.mention != CH_NONE && role == w->terms.host && r->mentions.at[a.mention].type == CH_ENTITY_PLACE)
      set_place(w, e, a.mention, t->carrier->id, 0.8f); /* "Istanbul will host the talks" */
    if ((agent || subject) && a.mention != CH_NONE)
      ch_fill_participant(w, e, a.mention, role, t->carrier->id, 0.85f);
  }
}

/* Is it the verb's object, or behind the verb's own particle ("bring together X and Y"), which is no preposition? */
static bool brought(const ChReport *r, const ChClause *c, const ChArgument *a)
{
  if (a->mention == CH_NONE || a->function == CH_ARG_OBJECT)
    return a->function == CH_ARG_OBJECT;
  return a->function == CH_ARG_OBLIQUE && a->prep == c->predicate + 1 && r->mentions.at[a->mention].entity != CH_NONE;
}

/* "The meeting will bring together X and Y", "the talks, which also involve X": the objects of the verb take part. */
static void fill_brought(ChEventsWork *w, ChEvent *e, const ChTrigger *t)
{
  const ChReport *r = w->r;
  const ChCarrier *k = t->carrier && (t->carrier->relations & CH_CARRY_BRINGS) ? t->carrier : NULL;
  uint32_t clause = k ? t->carrier_clause : t->clause;
  if (!k)
    k = ch_status_carrier(w, clause, CH_CARRY_SUBJECT, CH_NONE);
  if (!k || !(k->relations & CH_CARRY_BRINGS)) {
    clause = t->clause + 1;
    if (clause >= r->clauses.n || r->clauses.at[clause].sentence != r->clauses.at[t->clause].sentence ||
        !ch_clauses_relative(w, &r->clauses.at[clause]))
      return;
    k = ch_status_carrier(w, clause, CH_CARRY_SUBJECT, CH_NONE);
  }
  const ChClause *c = &r->clauses.at[clause];
  for (uint32_t i = 0; i < c->args.n && k && (k->relations & CH_CARRY_BRINGS); i++)
    if (brought(r, c, &c->args.at[i]) && !c->args.at[i].inherited)
      ch_fill_participant(w, e, c->args.at[i].mention, k->role ? k->role : w->terms.party, k->id, 0.8f);
}

/* ---- place and time ---- */

static uint32_t distance(uint32_t a, uint32_t b) { return a > b ? a - b : b - a; }

/* The preposition that places a mention: its own, or that of the noun before ("in the Polish city [of] Katowice"). */
static uint32_t place_prep(const ChEventsWork *w, uint32_t prep)
{
  if (prep != CH_NONE && (w->classes[prep] & CH_WORD_OF) && prep > 0 && w->r->tokens.at[prep - 1].morph.pos == CH_POS_NOUN)
    return ch_clauses_prep(w->r, prep - 1);
  return prep;
}

/* Does a noun other than the trigger stand right before the prepositional phrase, so that it belongs to that noun ("zones in Syria")? */
static bool of_other_noun(const ChEventsWork *w, const ChTrigger *t, uint32_t prep)
{
  const ChReport *r = w->r;
  if (prep == 0)
    return false;
  uint32_t before = prep - 1;
  bool trigger = before >= t->token && before < t->token + t->tokens;
  if (t->carrier && r->clauses.at[t->carrier_clause].predicate + 1 == before) /* "took [place] in Oman" */
    return false;
  return r->tokens.at[before].morph.pos == CH_POS_NOUN && !trigger && w->outer[before] == CH_NONE && r->tokens.at[before].time == CH_NONE;
}

/* The nearest place of a clause that is the event's; *best_distance is lowered. */
static uint32_t place_in(const ChEventsWork *w, const ChTrigger *t, uint32_t clause, const ChTaken *taken, uint32_t *best_distance)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[clause];
  uint32_t best = CH_NONE;
  for (uint32_t i = 0; i < c->args.n; i++) {
    const ChArgument *a = &c->args.at[i];
    if (a->mention == CH_NONE || a->prep == CH_NONE)
      continue;
    const ChMention *m = &r->mentions.at[a->mention];
    bool place = m->type == CH_ENTITY_PLACE || m->type == CH_ENTITY_STATE;
    uint32_t prep = place_prep(w, a->prep);
    if (prep == CH_NONE)
      continue;
    uint32_t classes = w->classes[prep];
    bool other = of_other_noun(w, t, prep);
    if (other && m->type == CH_ENTITY_STATE)
      continue;
    if (!place || !(classes & CH_WORD_PLACE) || m->form == CH_MENTION_ADJECTIVE || (m->token >= taken->from && m->token < taken->to))
      continue;
    uint32_t d = distance(m->token, t->head) + (m->token < t->head ? 3 : 0) + (m->type == CH_ENTITY_STATE ? 2 : 0) + (other ? 4 : 0);
    if (d < *best_distance) {
      *best_distance = d;
      best = a->mention;
    }
  }
  return best;
}

static void fill_place(ChEventsWork *w, ChEvent *e, const ChTrigger *t, const ChTaken *taken)
{
  uint32_t nearest = CH_NONE;
  uint32_t best = place_in(w, t, t->clause, taken, &nearest);
  if (best == CH_NONE && t->carrier && t->carrier_clause != t->clause)
    best = place_in(w, t, t->carrier_clause, taken, &nearest);
  if (best != CH_NONE)
    set_place(w, e, best, t->frame->id, 0.75f);
}

/* "was moved from Wednesday to February 16": the time after a preposition of goal. */
uint32_t ch_fill_goal_time(const ChEventsWork *w, uint32_t clause)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[clause];
  for (uint32_t i = 0; i < c->args.n; i++) {
    uint32_t t = c->args.at[i].time;
    if (t == CH_NONE || !r->times.at[t].edtf.n)
      continue;
    uint32_t token = r->times.at[t].token;
    if ((w->classes[token] & CH_WORD_GOAL) || (token > c->token && (w->classes[token - 1] & CH_WORD_GOAL)))
      return t;
  }
  return CH_NONE;
}

/* The days that something put off to `now` was for before. */
static void keep_old_times(ChEventsWork *w, ChEvent *e, const ChTrigger *t, uint32_t now)
{
  ChReport *r = w->r;
  uint32_t clauses[2] = {t->clause, t->carrier ? t->carrier_clause : t->clause};
  for (int k = 0; k < (clauses[0] == clauses[1] ? 1 : 2); k++)
    for (uint32_t i = 0; i < r->clauses.at[clauses[k]].args.n; i++) {
      uint32_t x = r->clauses.at[clauses[k]].args.at[i].time;
      if (x != CH_NONE && x != now && r->times.at[x].edtf.n == 10 && r->times.at[x].anchor != CH_TIME_RELATIVE)
        *CH_PUSH(r->arena, &e->other_times) = r->times.at[x].edtf;
    }
}

/* What is put off "until June" is for June: the last month (where the interval ends with one) or day. */
static ChSlice end_of(ChSlice edtf)
{
  size_t slash = ch_slice_find(edtf, CH_LIT("/"));
  if (slash == SIZE_MAX || edtf.n - slash - 1 != 10)
    return edtf;
  ChSlice end = ch_slice(edtf.p + slash + 1, 10);
  uint32_t day;
  bool month = ch_slice_uint(ch_slice(end.p + 8, 2), 31, &day) && day >= 28;
  return month ? ch_slice(end.p, 7) : end;
}

/* May this time date the event? */
static bool dates(const ChTime *x, const ChTaken *taken, bool once)
{
  if (ch_slice_ends(x->edtf, CH_LIT("/..")) && once && !x->earliest)
    return false; /* "since March" dates a state of things, not a happening */
  if (x->token >= taken->from && x->token < taken->to)
    return false; /* "the plan for 2025-2026" */
  return x->edtf.n && !x->dateline && x->anchor != CH_TIME_PERIOD && x->score >= 0.3f && !ch_content_years(x);
}

/* The time of a clause that is nearest to the trigger; *nearest is lowered. */
static uint32_t time_in(const ChEventsWork *w, const ChTrigger *t, uint32_t clause, const ChTaken *taken, bool once, uint32_t *nearest)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[clause];
  uint32_t best = CH_NONE;
  for (uint32_t i = 0; i < c->args.n; i++) {
    uint32_t x = c->args.at[i].time;
    if (x == CH_NONE || !dates(&r->times.at[x], taken, once))
      continue;
    /* an anniversary dates the event named after it, not the one held on its occasion */
    if (r->times.at[x].anchor == CH_TIME_ANNIVERSARY && (t->head < r->times.at[x].token || t->head > r->times.at[x].token + r->times.at[x].tokens + 4))
      continue;
    uint32_t token = r->times.at[x].token, d = distance(token, t->head) + (token < t->head ? 2 : 0);
    if (d < *nearest) {
      *nearest = d;
      best = x;
    }
  }
  return best;
}

/* "in 2017, on January 23-24": of two times of which one holds the other the narrower one. */
static uint32_t narrower(const ChEventsWork *w, uint32_t clause, uint32_t best, const ChTaken *taken, bool once)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[clause];
  int32_t a0, a1, b0, b1;
  for (uint32_t i = 0; i < c->args.n; i++) {
    uint32_t x = c->args.at[i].time;
    if (x == CH_NONE || x == best || !dates(&r->times.at[x], taken, once) || !ch_day_span(r->times.at[best].edtf, &a0, &a1) ||
        !ch_day_span(r->times.at[x].edtf, &b0, &b1))
      continue;
    if (b0 >= a0 && b1 <= a1 && b1 - b0 < a1 - a0)
      best = x;
  }
  return best;
}

static void fill_time(ChEventsWork *w, ChEvent *e, const ChTrigger *t, const ChTaken *taken)
{
  const ChReport *r = w->r;
  const ChTerms *terms = &w->terms;
  const ChClause *c = &r->clauses.at[t->clause];
  bool once = e->kind == terms->meeting || e->kind == terms->call || e->kind == terms->conference || e->kind == terms->signing;
  uint32_t nearest = CH_NONE, best = time_in(w, t, t->clause, taken, once, &nearest);
  if (t->carrier && t->carrier_clause != t->clause) {
    uint32_t other = time_in(w, t, t->carrier_clause, taken, once, &nearest);
    best = other != CH_NONE ? other : best;
  }
  /* "said on Monday, speaking in parliament"; an act of state is of the day on which it is announced */
  bool with_parent = c->form == CH_VERB_CONV || c->form == CH_VERB_GER || e->kind == terms->measure;
  if (best == CH_NONE && with_parent && c->parent != CH_NONE && r->clauses.at[c->parent].sentence == c->sentence)
    best = time_in(w, t, c->parent, taken, once, &nearest);
  if (best == CH_NONE)
    return;
  best = narrower(w, t->clause, best, taken, once);
  uint32_t moved = e->status == terms->postponed && t->carrier ? ch_fill_goal_time(w, t->carrier_clause) : CH_NONE;
  if (moved == CH_NONE && e->status == terms->postponed)
    moved = ch_fill_goal_time(w, t->clause);
  if (moved != CH_NONE) {
    best = moved;
    keep_old_times(w, e, t, best);
  }
  e->time = r->times.at[best].edtf;
  if (e->status == terms->postponed && r->times.at[best].deadline)
    e->time = end_of(e->time);
  e->why_time = (ChWhy){r->times.at[best].rule, 0.8f};
}

/* ---- formats and number ---- */

static void add_format(ChEventsWork *w, ChEvent *e, ChWord format)
{
  for (size_t i = 0; i < e->formats.n; i++)
    if (e->formats.at[i] == format)
      return;
  if (format)
    *CH_PUSH(w->r->arena, &e->formats) = format;
}

/* Adjectives before the noun: format words and ordinals. */
static void fill_modifiers(ChEventsWork *w, ChEvent *e, const ChTrigger *t)
{
  const ChReport *r = w->r;
  uint32_t start = r->clauses.at[t->clause].token;
  for (uint32_t i = t->token; i > start && t->token - i < 6; i--) {
    uint32_t k = i - 1, c = w->classes[k];
    uint8_t pos = r->tokens.at[k].morph.pos;
    if (c & CH_WORD_FORMAT)
      add_format(w, e, w->value[k]);
    e->previous |= (c & CH_WORD_PREVIOUS) != 0;
    e->another |= ch_frames_is_class(w->f, w->terms.another, &r->tokens.at[k]);
    e->preparing |= ch_frames_is_class(w->f, w->terms.preparing, &r->tokens.at[k]);
    if ((c & CH_WORD_ORDINAL) && w->value[k] && w->value[k] < 1000)
      e->ordinal = w->value[k];
    if ((r->tokens.at[k].flags & CH_TOKEN_NUMBER) && r->tokens.at[k].time == CH_NONE && (pos == CH_POS_ADJ || pos == CH_POS_NUM)) {
      ChSlice s = ch_report_slice(r, r->tokens.at[k].span);
      size_t digits = 0;
      while (digits < s.n && s.p[digits] >= '0' && s.p[digits] <= '9')
        digits++;
      uint32_t v;
      if (digits < s.n && ch_slice_uint(ch_slice(s.p, digits), 999, &v))
        e->ordinal = v; /* "79th": digits with an ending */
    }
    if (pos == CH_POS_VERB || pos == CH_POS_ADP || ((r->tokens.at[k].flags & CH_TOKEN_PUNCT) && !ch_content_comma(r, k)))
      break;
  }
}

static void fill_cues(ChEventsWork *w, ChEvent *e, const ChTrigger *t)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[t->clause];
  for (uint32_t i = c->token; i < c->token + c->tokens; i++) {
    uint32_t length;
    uint32_t node = ch_frames_match(&w->f->cue_words, r, i, c->token + c->tokens, &length);
    size_t n;
    const ChPhraseValue *v = ch_phrases_values(&w->f->cue_words, node, &n);
    for (size_t k = 0; node && k < n; k++)
      if (v[k].value < w->f->n_cues && w->f->cues[v[k].value].format)
        add_format(w, e, w->f->cues[v[k].value].status);
  }
}

ChEvidence ch_fill_evidence(const ChEventsWork *w, uint32_t from, uint32_t token, uint32_t to)
{
  const ChReport *r = w->r;
  const ChSentence *s = &r->sentences.at[r->tokens.at[token].sentence];
  from = from < token ? from : token;
  to = to > token ? to : token + 1;
  uint32_t start = token > from + 6 ? token - 6 : from, end = token + 8 < to ? token + 8 : to;
  if (start < s->token)
    start = s->token;
  if (end > s->token + s->tokens)
    end = s->token + s->tokens;
  while (start < token && (r->tokens.at[start].flags & CH_TOKEN_PUNCT))
    start++;
  while (end > token + 1 && (r->tokens.at[end - 1].flags & CH_TOKEN_PUNCT))
    end--;
  return (ChEvidence){{r->tokens.at[start].span.start, r->tokens.at[end - 1].span.end}, r->tokens.at[token].sentence};
}

/* Words of order at the edge of the clause or beside its trigger. */
static void fill_order(const ChEventsWork *w, ChEvent *e, const ChTrigger *t)
{
  const ChClause *c = &w->r->clauses.at[t->clause];
  for (uint32_t i = c->token; i < c->token + c->tokens; i++) {
    uint32_t gap = i > t->token ? i - t->token : t->token - i;
    if (i >= c->token + 3 && i + 3 < c->token + c->tokens && gap > 3)
      continue;
    e->then |= (w->classes[i] & CH_WORD_THEN) != 0;
    e->beforehand |= (w->classes[i] & CH_WORD_BEFOREHAND) != 0;
  }
}

void ch_fill_event(ChEventsWork *w, ChEvent *e, const ChTrigger *t)
{
  ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[t->clause];
  if (t->frame->flags & CH_FRAME_NOUN)
    fill_noun(w, e, t);
  else
    fill_verb(w, e, t);
  fill_from_parent(w, e, t);
  fill_asked(w, e, t);
  fill_joined(w, e, t);
  if (t->carrier)
    fill_carried(w, e, t);
  if (t->frame->flags & CH_FRAME_NOUN)
    fill_brought(w, e, t);
  ChTaken taken = {0, 0};
  ch_content_documents(w, e, t, &taken);
  ch_content_topics(w, e, t, &taken);
  fill_place(w, e, t, &taken);
  fill_time(w, e, t, &taken);
  if (t->frame->flags & CH_FRAME_NOUN)
    fill_modifiers(w, e, t);
  if (t->frame->format)
    add_format(w, e, t->frame->format);
  fill_cues(w, e, t);
  fill_order(w, e, t);
  *CH_PUSH(r->arena, &e->evidence) = ch_fill_evidence(w, c->token, t->head, c->token + c->tokens);
}
