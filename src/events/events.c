#include "events/events.h"

#include "events/fill.h"
#include "events/speech.h"
#include "events/status.h"

/* ---- triggers ---- */

static const ChFrame *frame_at(const ChEventsWork *w, uint32_t i, uint32_t end, bool noun, uint32_t *length)
{
  uint32_t node = ch_frames_match(&w->f->frame_words, w->r, i, end, length);
  size_t n;
  const ChPhraseValue *v = ch_phrases_values(&w->f->frame_words, node, &n);
  for (size_t k = 0; node && k < n; k++)
    if (v[k].value < w->f->n_frames && ((w->f->frames[v[k].value].flags & CH_FRAME_NOUN) != 0) == noun)
      return &w->f->frames[v[k].value];
  return NULL;
}

/* Verbs with several frames of the same words ("receive a guest", "adopt a document"): the one whose object fits. */
static const ChFrame *best_verb_frame(const ChEventsWork *w, uint32_t i, uint32_t end, uint32_t clause, uint32_t *length)
{
  const ChReport *r = w->r;
  uint32_t node = ch_frames_match(&w->f->frame_words, r, i, end, length);
  size_t n;
  const ChPhraseValue *v = ch_phrases_values(&w->f->frame_words, node, &n);
  const ChFrame *first = NULL;
  const ChClause *c = &r->clauses.at[clause];
  bool document = false, actor = false, passive = c->voice == CH_VOICE_PASS;
  const ChSentence *s = &r->sentences.at[c->sentence];
  for (uint32_t k = s->token; k < s->token + s->tokens; k++) /* in the sentence: "the treaty that they are to sign" */
    document |= (w->classes[k] & CH_WORD_DOCUMENT) && r->tokens.at[k].morph.pos != CH_POS_VERB;
  for (uint32_t k = 0; k < c->args.n; k++)
    document |= c->args.at[k].mention != CH_NONE && r->mentions.at[c->args.at[k].mention].form == CH_MENTION_PRONOUN &&
                r->mentions.at[c->args.at[k].mention].nominal == CH_NOMINAL_IT;
  for (uint32_t k = 0; k < c->args.n; k++)
    actor |= (c->args.at[k].function == CH_ARG_OBJECT || (passive && c->args.at[k].function == CH_ARG_SUBJECT)) &&
             ch_clauses_is_actor(r, c->args.at[k].mention);
  for (size_t k = 0; node && k < n; k++) {
    const ChFrame *f = v[k].value < w->f->n_frames ? &w->f->frames[v[k].value] : NULL;
    if (!f || (f->flags & (CH_FRAME_NOUN | CH_FRAME_VOID)))
      continue;
    if (f->flags & CH_FRAME_NEEDS_OBJECT) {
      bool fits = f->object.slot == CH_SLOT_DOCUMENT ? document : f->object.slot == CH_SLOT_ROLE ? actor : true;
      if (!fits)
        continue;
    }
    if (!first || (f->object.slot == CH_SLOT_DOCUMENT && document))
      first = f;
  }
  return first;
}

/* The noun that stands for the whole of an event named after it ("the start of the talks"), or the trigger's own head. */
static uint32_t whole_of(const ChEventsWork *w, uint32_t head)
{
  const ChReport *r = w->r;
  uint32_t start = r->sentences.at[r->tokens.at[head].sentence].token;
  for (uint32_t i = head; i > start && head - i < 7; i--) {
    uint32_t k = i - 1;
    if (w->classes[k] & CH_WORD_PART)
      return k;
    uint8_t pos = r->tokens.at[k].morph.pos;
    if (pos != CH_POS_ADJ && pos != CH_POS_NUM && pos != CH_POS_DET && !(w->classes[k] & CH_WORD_OF) && w->outer[k] == CH_NONE)
      break;
  }
  return head;
}

/* Only adjectives between the predicate and the noun: a genitive there is an object (of negation, or mistaken for one). */
static bool follows_verb(const ChEventsWork *w, const ChClause *c, uint32_t head)
{
  if (head <= c->predicate || head - c->predicate > 4)
    return false;
  for (uint32_t i = c->predicate + 1; i < head; i++) {
    uint8_t pos = w->r->tokens.at[i].morph.pos;
    if (pos != CH_POS_ADJ && pos != CH_POS_DET && pos != CH_POS_NUM)
      return false;
  }
  return true;
}

/* How noun trigger `head` depends on the predicate of its clause. */
static uint32_t relation_of(const ChEventsWork *w, uint32_t clause, uint32_t head, uint32_t *prep)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[clause];
  head = whole_of(w, head);
  *prep = ch_clauses_prep(r, head);
  if (*prep != CH_NONE && *prep > head)
    *prep = CH_NONE;
  if (*prep != CH_NONE)
    return CH_CARRY_OBLIQUE;
  uint8_t kase = ch_clauses_case(r, head);
  uint32_t relation;
  if (kase == CH_CASE_NOM)
    relation = CH_CARRY_SUBJECT;
  else if (kase == CH_CASE_ACC)
    relation = CH_CARRY_OBJECT;
  else if (kase == CH_CASE_GEN && c->polarity == CH_POLARITY_NO)
    relation = CH_CARRY_OBJECT;
  else if (kase != CH_CASE_NONE && !(kase == CH_CASE_GEN && follows_verb(w, c, head)))
    return CH_CARRY_OBLIQUE;
  else if (kase == CH_CASE_GEN)
    relation = CH_CARRY_OBJECT;
  else
    relation = head < c->predicate ? CH_CARRY_SUBJECT : CH_CARRY_OBJECT;
  /* nominative and accusative look alike: position helps where the case says nothing of the kind */
  if (c->voice == CH_VOICE_PASS && relation == CH_CARRY_SUBJECT)
    relation = CH_CARRY_OBJECT;
  return relation;
}

/* Is the trigger in the noun phrase of a carrier noun: "the preparation of the visit", "prospects for a meeting"? */
static const ChCarrier *noun_carrier(const ChEventsWork *w, uint32_t token, uint32_t prep)
{
  const ChReport *r = w->r;
  uint32_t start = r->sentences.at[r->tokens.at[token].sentence].token;
  uint32_t stop = prep != CH_NONE ? prep : token;
  for (uint32_t i = stop; i > start && stop - i < 5; i--) {
    uint32_t k = i - 1, length;
    const ChToken *t = &r->tokens.at[k];
    if (t->morph.pos == CH_POS_NOUN) {
      uint32_t node = ch_frames_match(&w->f->carrier_words, r, k, stop + 1, &length);
      size_t n;
      const ChPhraseValue *v = ch_phrases_values(&w->f->carrier_words, node, &n);
      for (size_t j = 0; node && j < n; j++) {
        const ChCarrier *c = v[j].value < w->f->n_carriers ? &w->f->carriers[v[j].value] : NULL;
        if (c && c->noun && (prep == CH_NONE || !c->prep || c->prep == r->tokens.at[prep].norm))
          return c;
      }
      return NULL;
    }
    if (t->morph.pos == CH_POS_VERB || t->morph.pos == CH_POS_AUX || (t->flags & CH_TOKEN_PUNCT))
      return NULL;
  }
  return NULL;
}

typedef struct Found {
  ChTrigger t;
  ChWord status, rule;
  bool supported; /* by a carrier, or a finite verb of its own */
  bool definite, generic;
  bool fresh;  /* "a", "another", "new": first told here */
  bool spoken; /* an occasion of speech with the speech verb of speech_clause */
  uint32_t speech_clause;
} Found;

static void noun_context(const ChEventsWork *w, Found *f)
{
  const ChReport *r = w->r;
  uint32_t start = r->clauses.at[f->t.clause].token;
  for (uint32_t i = f->t.token; i > start && f->t.token - i < 5; i--) {
    uint32_t c = w->classes[i - 1];
    uint8_t pos = r->tokens.at[i - 1].morph.pos;
    if (pos == CH_POS_VERB || pos == CH_POS_ADP || (pos == CH_POS_NOUN && w->outer[i - 1] == CH_NONE))
      break;
    f->definite |= (c & CH_WORD_DEFINITE) != 0;
    f->generic |= (c & CH_WORD_GENERIC) != 0;
    f->fresh |= (c & CH_WORD_INDEFINITE) != 0;
    if ((c & CH_WORD_NEXT) && !(c & CH_WORD_LAST) && !f->status)
      f->status = w->terms.scheduled;
    if ((c & CH_WORD_LAST) && !f->status)
      f->status = w->terms.held;
  }
}

/* "on the sidelines of the session", "during the visit", "at the talks": the link that the words before the noun phrase name. */
static ChWord setting_of(const ChEventsWork *w, uint32_t token)
{
  const ChReport *r = w->r;
  uint32_t prep = ch_clauses_prep(r, token);
  if (prep == CH_NONE || prep > token)
    return CH_NO_WORD;
  uint32_t start = r->sentences.at[r->tokens.at[token].sentence].token;
  for (uint32_t i = prep > start + 5 ? prep - 5 : start; i <= prep; i++) {
    uint32_t length;
    uint32_t node = ch_frames_match(&w->f->cue_words, r, i, token, &length);
    size_t n;
    const ChPhraseValue *v = ch_phrases_values(&w->f->cue_words, node, &n);
    for (size_t k = 0; node && k < n; k++)
      if (v[k].value < w->f->n_cues && w->f->cues[v[k].value].link && i + length > prep)
        return w->f->cues[v[k].value].status;
  }
  /* the noun of "in the course of" may be taken for the governor of a genitive: look left of the phrase as well */
  return (w->classes[prep] & CH_WORD_SELF) ? w->terms.part_of : CH_NO_WORD;
}

/* The same where a bare genitive follows the cue ("v khode vizita"). */
static ChWord setting_before(const ChEventsWork *w, uint32_t token)
{
  const ChReport *r = w->r;
  uint32_t start = r->sentences.at[r->tokens.at[token].sentence].token;
  for (uint32_t i = token > start + 8 ? token - 8 : start; i < token; i++) {
    uint32_t length;
    uint32_t node = ch_frames_match(&w->f->cue_words, r, i, token, &length);
    size_t n;
    const ChPhraseValue *v = ch_phrases_values(&w->f->cue_words, node, &n);
    for (size_t k = 0; node && k < n; k++) {
      if (v[k].value >= w->f->n_cues || !w->f->cues[v[k].value].link)
        continue;
      bool joined = true;
      for (uint32_t j = i + length; j < token && joined; j++) {
        uint8_t pos = r->tokens.at[j].morph.pos;
        joined = pos == CH_POS_ADJ || pos == CH_POS_DET || pos == CH_POS_NUM || pos == CH_POS_PRON;
      }
      if (joined)
        return w->f->cues[v[k].value].status;
    }
  }
  return CH_NO_WORD;
}

/* Takes carrier k of a clause, in which the event noun stands in `relation`. */
static void use_carrier(ChEventsWork *w, Found *f, const ChCarrier *k, uint32_t clause, uint32_t relation)
{
  f->t.carrier = k;
  w->carrying[clause] = true;
  f->t.carrier_clause = clause;
  f->t.carried_as_object = relation == CH_CARRY_OBJECT;
  f->supported = true;
  ChWord rule = k->id;
  ChWord own = ch_status_of(w, clause, &rule);
  f->status = k->status ? (own == w->terms.held || own == w->terms.ongoing ? k->status : ch_status_under(w, k->status, own)) : own;
  f->rule = rule;
}

/* "the talks in Geneva, which were put off", "the meeting held in May": the clause after the noun phrase carries it. */
static bool carry_by_relative(ChEventsWork *w, Found *f)
{
  const ChReport *r = w->r;
  uint32_t next = f->t.clause + 1;
  if (next >= r->clauses.n || r->clauses.at[next].sentence != r->clauses.at[f->t.clause].sentence)
    return false;
  const ChClause *c = &r->clauses.at[next];
  bool relative = c->form == CH_VERB_PART && c->predicate - c->token <= 3;
  for (uint32_t i = c->token; i < c->predicate && i < c->token + 3; i++)
    relative |= (w->classes[i] & CH_WORD_RELATIVE) || ((w->classes[i] & CH_WORD_COMPLEMENT) && r->tokens.at[i].morph.pos == CH_POS_PRON);
  if (!relative)
    return false;
  /* no other noun trigger or verb between */
  for (uint32_t i = f->t.head + 1; i < c->token; i++) {
    uint32_t length;
    if (r->tokens.at[i].morph.pos == CH_POS_VERB || (r->tokens.at[i].morph.pos == CH_POS_NOUN && frame_at(w, i, c->token, true, &length)))
      return false;
  }
  const ChCarrier *k = ch_status_carrier(w, next);
  uint32_t relation = c->voice == CH_VOICE_PASS ? CH_CARRY_OBJECT : CH_CARRY_SUBJECT;
  if (!k || !(k->relations & (CH_CARRY_OBJECT | CH_CARRY_SUBJECT)))
    return false;
  if (!(k->relations & relation))
    relation = k->relations & (CH_CARRY_OBJECT | CH_CARRY_SUBJECT);
  use_carrier(w, f, k, next, relation);
  return true;
}

/* Does the noun's own clause hold a relative pronoun between noun and predicate ("the round, which was to open")? */
static bool starts_relative(const ChEventsWork *w, uint32_t clause)
{
  const ChClause *c = &w->r->clauses.at[clause];
  for (uint32_t i = c->token; i < c->predicate; i++)
    if (w->classes[i] & CH_WORD_RELATIVE)
      return true;
  return false;
}

/* "the round, which was to open on Monday, [has been put off]": the clause that goes on after a relative one, CH_NONE. */
static uint32_t resumed_clause(const ChEventsWork *w, uint32_t clause)
{
  const ChReport *r = w->r;
  for (uint32_t i = clause + 1; i < r->clauses.n && r->clauses.at[i].sentence == r->clauses.at[clause].sentence && i < clause + 5; i++) {
    const ChClause *c = &r->clauses.at[i];
    bool marked = w->classes[c->token] & (CH_WORD_RELATIVE | CH_WORD_COMPLEMENT | CH_WORD_SUBORDINATE | CH_WORD_AND | CH_WORD_TO);
    bool finite = c->form == CH_VERB_FIN || (c->form == CH_VERB_PART && c->voice == CH_VOICE_PASS && c->predicate > c->token);
    if (marked || !finite)
      continue;
    for (size_t k = 0; k < c->args.n; k++)
      if (c->args.at[k].function == CH_ARG_SUBJECT && !c->args.at[k].inherited && c->args.at[k].mention != CH_NONE)
        return CH_NONE;
    return c->predicate - c->token <= 4 ? i : CH_NONE;
  }
  return CH_NONE;
}

static void carry_noun(ChEventsWork *w, Found *f)
{
  const ChReport *r = w->r;
  uint32_t prep, clause = f->t.clause;
  if (carry_by_relative(w, f) || starts_relative(w, clause)) {
    uint32_t main = relation_of(w, clause, f->t.head, &prep) == CH_CARRY_OBLIQUE ? CH_NONE : resumed_clause(w, clause);
    const ChCarrier *k = main != CH_NONE ? ch_status_carrier(w, main) : NULL;
    uint32_t relation = main != CH_NONE && r->clauses.at[main].voice == CH_VOICE_PASS ? CH_CARRY_OBJECT : CH_CARRY_SUBJECT;
    if (k && (k->relations & relation))
      use_carrier(w, f, k, main, relation);
    if (f->t.carrier)
      return;
  }
  uint32_t relation = relation_of(w, clause, f->t.head, &prep);
  const ChCarrier *nc = noun_carrier(w, f->t.token, prep);
  if (nc) {
    f->status = nc->status;
    f->rule = nc->id;
    return;
  }
  const ChCarrier *k = ch_status_carrier(w, clause);
  if (!k)
    return;
  bool fits = (k->relations & relation & ~(uint32_t)CH_CARRY_OBLIQUE) != 0;
  if (relation == CH_CARRY_OBLIQUE && prep != CH_NONE && (k->relations & CH_CARRY_OBLIQUE))
    fits = k->prep == r->tokens.at[prep].norm || k->prep == r->tokens.at[prep].lemma;
  /* case syncretism: an inanimate subject and object look alike */
  if (!fits && prep == CH_NONE && relation != CH_CARRY_OBLIQUE)
    fits = (k->relations & (CH_CARRY_SUBJECT | CH_CARRY_OBJECT)) == (relation == CH_CARRY_SUBJECT ? CH_CARRY_OBJECT : CH_CARRY_SUBJECT) &&
           ch_clauses_case(r, f->t.head) != CH_CASE_NONE;
  if (!fits)
    return;
  use_carrier(w, f, k, clause, relation);
}

/* A sentence with more is not sorted: insertion would be quadratic, and it is no prose. */
enum { SENTENCE_EVENTS = 200 };

/* ---- adding events ---- */

static bool has_slot(const ChEvent *e) { return e->participants.n || e->open.n || e->documents.n || e->topics.n || e->place != CH_NONE; }

/* A gathering of which nothing is said but that it is: the one just spoken of, in languages without articles, too. */
static bool bare(const ChEvent *e, const Found *f)
{
  return (f->t.frame->flags & CH_FRAME_NOUN) && !f->fresh && !e->participants.n && !e->open.n && !e->time.n && !e->ordinal &&
         e->place == CH_NONE && !e->documents.n;
}

static bool wanted(const ChEventsWork *w, const ChEvent *e, const Found *f)
{
  uint32_t flags = f->t.frame->flags;
  (void)w;
  if (f->generic)
    return false;
  if ((flags & CH_FRAME_NEEDS_ACTOR) && !e->participants.n && !e->open.n)
    return false;
  if ((flags & CH_FRAME_NEEDS_TIME) && !e->time.n)
    return false;
  if ((flags & CH_FRAME_NEEDS_OBJECT) && !has_slot(e))
    return false;
  if ((flags & CH_FRAME_NEEDS_DATE) && !f->supported && !e->time.n && !e->ordinal && e->participants.n < 2 && !f->definite)
    return false;
  if ((flags & CH_FRAME_NOUN) && !f->supported && !e->time.n && !e->ordinal && !e->participants.n && e->place == CH_NONE && !e->documents.n && !f->definite)
    return false;
  return true;
}

static void convene(ChEventsWork *w, ChEvent *e, const Found *f)
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
  for (size_t i = 0; i < e->participants.n; i++) {
    const ChEntity *x = &w->r->entities.at[e->participants.at[i].entity];
    body |= x->type == CH_ENTITY_BODY && e->participants.n == 1;
  }
  if (e->ordinal || body)
    e->kind = f->t.frame->convened;
}

static void add_event(ChEventsWork *w, Found *f)
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
  if (!wanted(w, e, f)) {
    r->events.n--;
    return;
  }
  e->joins = (f->t.frame->flags & CH_FRAME_JOINS) != 0;
  e->weak = e->joins || ((f->t.frame->flags & CH_FRAME_WEAK) != 0 && e->participants.n < 2);
  convene(w, e, f);
  e->definite = f->definite || bare(e, f);
  e->carried = f->supported;
  if (f->t.frame->flags & CH_FRAME_NOUN) {
    e->setting = setting_before(w, f->t.token);
    if (!e->setting && !f->t.carrier)
      e->setting = setting_of(w, f->t.token);
  }
  e->status = f->t.frame->status && f->status == w->terms.held ? f->t.frame->status : f->status ? f->status : w->terms.held;
  e->why_kind = (ChWhy){f->t.frame->id, 0.8f};
  e->why_status = (ChWhy){f->rule ? f->rule : f->t.frame->id, f->status ? 0.8f : 0.5f};
  e->headline = r->paragraphs.at[r->sentences.at[e->sentence].paragraph].role == CH_TEXT_TITLE;
  bool present = e->status == w->terms.held || e->status == w->terms.ongoing;
  if (!f->status || (e->headline && present && r->clauses.at[e->clause].tense != CH_TENSE_PAST))
    e->why_status.rule = CH_NO_WORD; /* nothing says: discourse decides by the date or by the body of the report */
}

/* "on February 28, March 3 and March 7", "in February and March": one event for each of the times that stand in a row. */
static void add_repeats(ChEventsWork *w, uint32_t first)
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
    ChEvent copy = r->events.at[first];
    copy.time = r->times.at[t].edtf;
    copy.participants.cap = copy.participants.n; /* copies grow apart */
    copy.evidence.cap = copy.evidence.n;
    copy.links.cap = copy.links.n;
    copy.topics.cap = copy.topics.n;
    copy.documents.cap = copy.documents.n;
    copy.formats.cap = copy.formats.n;
    copy.open.cap = copy.open.n;
    copy.definite = false;
    *CH_PUSH(r->arena, &r->events) = copy;
  }
  if (t)
    for (uint32_t i = 0; i < n; i++)
      if (times[i] < t && r->times.at[times[i]].edtf.n == r->events.at[first].time.n) {
        r->events.at[first].time = r->times.at[times[i]].edtf;
        break;
      }
}

static void verb_trigger(ChEventsWork *w, uint32_t clause, uint32_t end)
{
  ChReport *r = w->r;
  Found f = {0};
  uint32_t p = r->clauses.at[clause].predicate;
  f.t.frame = best_verb_frame(w, p, end, clause, &f.t.tokens);
  if (!f.t.frame)
    return;
  /* "took part in the talks", "is set for May": the verb carries a noun, which has the frame */
  if (w->carrying[clause] && f.t.frame->kind != w->terms.proposal)
    return; /* a proposal is an event beside the one proposed */
  f.t.token = f.t.head = p;
  f.t.clause = clause;
  f.supported = true;
  f.status = ch_status_of(w, clause, &f.rule);
  uint32_t first = (uint32_t)r->events.n;
  add_event(w, &f);
  add_repeats(w, first);
}

/* "told a news conference", "said in a speech": the speech verb's subject speaks at the occasion. */
static void speaker_carrier(ChEventsWork *w, Found *f)
{
  uint32_t length;
  if (f->t.carrier || f->t.frame->subject.role != w->terms.speaker || !f->t.frame->subject.role)
    return;
  const ChClause *c = &w->r->clauses.at[f->t.clause];
  uint32_t clause = f->t.clause;
  if (!ch_speech_at(w, c->predicate, &length) && clause + 1 < w->r->clauses.n && w->r->clauses.at[clause + 1].sentence == c->sentence)
    clause++;
  if (!ch_speech_at(w, w->r->clauses.at[clause].predicate, &length))
    return;
  f->speech_clause = clause;
  f->spoken = true;
  f->supported = true;
  if (!f->status)
    f->status = ch_status_of(w, clause, &f->rule);
}

static bool is_gathering_kind(const ChEventsWork *w, ChWord kind)
{
  return kind == w->terms.meeting || kind == w->terms.conference || kind == w->terms.call;
}

static bool is_gathering(const ChEventsWork *w, const ChFrame *f) { return is_gathering_kind(w, f->kind); }

/* "the second session of the sixth round of the talks": a gathering noun in the complement of another is the same gathering. Returns
 * the number of tokens up to the end of the innermost. */
static uint32_t extend(const ChEventsWork *w, uint32_t i, uint32_t length, const ChFrame *frame)
{
  const ChReport *r = w->r;
  const ChSentence *s = &r->sentences.at[r->tokens.at[i].sentence];
  uint32_t end = s->token + s->tokens, total = length;
  if (!is_gathering(w, frame))
    return length;
  for (uint32_t k = i + total, steps = 0; k < end && steps < 7; steps++) {
    const ChToken *t = &r->tokens.at[k];
    uint32_t inner;
    const ChFrame *f = frame_at(w, k, end, true, &inner);
    if (f && is_gathering(w, f) && (t->morph.kase == CH_CASE_NONE || t->morph.kase == CH_CASE_GEN)) {
      total = k + inner - i;
      k += inner;
      steps = 0;
      continue;
    }
    bool of = w->classes[k] & CH_WORD_OF;
    uint8_t pos = t->morph.pos;
    uint32_t m = w->outer[k];
    bool named = m != CH_NONE && (r->mentions.at[m].prep == CH_NONE || (w->classes[r->mentions.at[m].prep] & CH_WORD_OF)) &&
                 (r->mentions.at[m].form == CH_MENTION_ADJECTIVE || r->mentions.at[m].type == CH_ENTITY_STATE) && !t->morph.kase;
    bool compound = pos == CH_POS_NOUN && t->morph.kase == CH_CASE_NONE && k > i + total; /* "six-party talks" */
    if (!of && pos != CH_POS_ADJ && pos != CH_POS_DET && pos != CH_POS_NUM && !named && !compound &&
        !(m != CH_NONE && r->mentions.at[m].form == CH_MENTION_ADJECTIVE))
      break;
    k++;
  }
  return total;
}

static void noun_trigger(ChEventsWork *w, uint32_t clause, uint32_t i, const ChFrame *frame, uint32_t length, uint32_t total)
{
  Found f = {.t = {.token = i, .tokens = length, .head = i + length - 1, .clause = clause, .frame = frame}};
  /* the head of "telephone conversation" is its last noun, of "session of ..." the first */
  for (uint32_t k = i + length; k > i; k--)
    if (w->r->tokens.at[k - 1].morph.pos == CH_POS_NOUN) {
      f.t.head = k - 1;
      break;
    }
  carry_noun(w, &f);
  noun_context(w, &f);
  f.t.tokens = total;
  speaker_carrier(w, &f);
  uint32_t first = (uint32_t)w->r->events.n;
  add_event(w, &f);
  if (f.t.carrier && w->r->tokens.at[f.t.head].morph.number == CH_NUMBER_PLUR)
    add_repeats(w, first);
}

/* The event told last before a token, CH_NONE. */
static uint32_t event_before(const ChReport *r, uint32_t token)
{
  uint32_t best = CH_NONE, looked = 0;
  for (uint32_t i = (uint32_t)r->events.n; i-- > 0 && looked++ < 40;)
    if (r->events.at[i].trigger < token && (best == CH_NONE || r->events.at[i].trigger > r->events.at[best].trigger))
      best = i;
  return best;
}

/* "It had been expected in June", "they were put off": a carrier whose event is a pronoun speaks of the last event. */
static void pronoun_trigger(ChEventsWork *w, uint32_t clause)
{
  ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[clause];
  const ChCarrier *k = ch_status_carrier(w, clause);
  uint32_t relation = c->voice == CH_VOICE_PASS ? CH_CARRY_OBJECT : CH_CARRY_SUBJECT;
  if (!k || !(k->relations & relation) || !r->events.n)
    return;
  uint32_t a = ch_clause_arg(c, CH_ARG_SUBJECT, CH_NONE);
  const ChMention *m = a != CH_NONE ? &r->mentions.at[c->args.at[a].mention] : NULL;
  if (!m || m->form != CH_MENTION_PRONOUN || m->entity != CH_NONE || c->args.at[a].inherited)
    return;
  /* "it is expected that ...": an empty subject */
  if (clause + 1 < r->clauses.n && r->clauses.at[clause + 1].sentence == c->sentence &&
      (w->classes[r->clauses.at[clause + 1].token] & CH_WORD_COMPLEMENT))
    return;
  uint32_t at = event_before(r, c->predicate);
  if (at == CH_NONE)
    return;
  const ChEvent *last = &r->events.at[at];
  if (last->sentence + 1 < c->sentence)
    return;
  for (size_t i = 0; i < w->f->n_frames; i++) {
    if (w->f->frames[i].kind != last->kind || !(w->f->frames[i].flags & CH_FRAME_NOUN))
      continue;
    Found f = {.t = {.token = m->token, .tokens = m->tokens, .head = m->head, .clause = clause, .frame = &w->f->frames[i]}, .definite = true};
    use_carrier(w, &f, k, clause, relation);
    if (f.status)
      add_event(w, &f);
    return;
  }
}

/* "The first was held in Wuhan", "the second - on 15 February": a number without its noun is another gathering of the last kind. */
static void ordinal_trigger(ChEventsWork *w, uint32_t i, uint32_t end)
{
  ChReport *r = w->r;
  if (!(w->classes[i] & CH_WORD_ORDINAL) || !r->events.n || i + 2 >= end || r->tokens.at[i].time != CH_NONE)
    return;
  uint32_t next = i + 1, clause = w->clause[i];
  const ChToken *t = &r->tokens.at[next];
  bool dash = (t->flags & CH_TOKEN_PUNCT) && r->tokens.at[next + 1].time != CH_NONE;
  bool verb = t->morph.pos == CH_POS_VERB || t->morph.pos == CH_POS_AUX;
  if (!dash && !verb)
    return;
  uint32_t at = event_before(r, i);
  if (at == CH_NONE)
    return;
  const ChEvent *last = &r->events.at[at];
  if (!is_gathering_kind(w, last->kind) || last->sentence + 1 < r->tokens.at[i].sentence)
    return;
  ChWord status = last->status;
  for (size_t k = 0; k < w->f->n_frames; k++) {
    if (w->f->frames[k].kind != last->kind || !(w->f->frames[k].flags & CH_FRAME_NOUN))
      continue;
    Found f = {.t = {.token = i, .tokens = 1, .head = i, .clause = clause, .frame = &w->f->frames[k]}, .status = status};
    const ChCarrier *c = ch_status_carrier(w, clause);
    if (verb && c && (c->relations & (CH_CARRY_SUBJECT | CH_CARRY_OBJECT)))
      use_carrier(w, &f, c, clause, r->clauses.at[clause].voice == CH_VOICE_PASS ? CH_CARRY_OBJECT : CH_CARRY_SUBJECT);
    else if (!dash)
      return;
    uint32_t before = (uint32_t)r->events.n;
    f.supported = true;
    add_event(w, &f);
    if (r->events.n > before) {
      ChEvent *e = &r->events.at[before];
      e->ordinal = w->value[i];
      if (dash) {
        uint32_t x = r->tokens.at[next + 1].time;
        e->time = r->times.at[x].edtf;
        e->why_time = (ChWhy){r->times.at[x].rule, 0.8f};
        e->evidence.n = 0;
        *CH_PUSH(r->arena, &e->evidence) = ch_fill_evidence(w, i, i, r->times.at[x].token + r->times.at[x].tokens);
      }
    }
    return;
  }
}

/* The sentence's events in the order of their triggers (nouns are looked at before verbs). */
static void sort_events(ChReport *r, uint32_t first)
{
  for (uint32_t i = first + 1; i < r->events.n; i++) {
    ChEvent e = r->events.at[i];
    uint32_t k = i;
    for (; k > first && r->events.at[k - 1].trigger > e.trigger; k--)
      r->events.at[k] = r->events.at[k - 1];
    r->events.at[k] = e;
  }
}

static void sentence_events(ChEventsWork *w, uint32_t s)
{
  ChReport *r = w->r;
  const ChSentence *sent = &r->sentences.at[s];
  uint32_t first = (uint32_t)r->events.n, start = sent->token + sent->dateline, end = sent->token + sent->tokens, length;
  for (uint32_t i = start; i < end; i++) {
    uint8_t pos = r->tokens.at[i].morph.pos;
    if (w->clause[i] == CH_NONE || pos == CH_POS_VERB || pos == CH_POS_ADP || pos == CH_POS_PUNCT ||
        (w->outer[i] != CH_NONE && ch_clauses_is_actor(r, w->outer[i])))
      continue; /* inside a name, or no noun phrase */
    const ChFrame *frame = frame_at(w, i, end, true, &length);
    if (!frame)
      continue;
    uint32_t total = extend(w, i, length, frame);
    noun_trigger(w, w->clause[i], i, frame, length, total);
    i += total - 1;
  }
  for (uint32_t c = w->first_clause; c < r->clauses.n; c++) {
    uint32_t p = r->clauses.at[c].predicate;
    if (r->tokens.at[p].morph.pos != CH_POS_NOUN)
      verb_trigger(w, c, end);
    pronoun_trigger(w, c);
  }
  for (uint32_t i = start; i < end; i++)
    if (w->clause[i] != CH_NONE)
      ordinal_trigger(w, i, end);
  if (r->events.n - first < SENTENCE_EVENTS)
    sort_events(r, first);
}

void ch_events_stage(ChReport *r)
{
  ChEventsWork w = {.r = r, .terms = ch_terms_of(r->pack)};
  size_t n;
  const ChLanguage *langs = ch_languages(r->pack, &n);
  for (size_t i = 0; i < n; i++)
    w.frames[i] = ch_frames_of(r->pack, ch_pack_word(r->pack, langs[i].code));
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < w.frames[i].n_grammar && !w.marked[i]; k++)
      w.marked[i] = (w.frames[i].grammar[k].classes & CH_WORD_TO) != 0;
  if (!r->tokens.n || !w.terms.held)
    return;
  ch_clauses_prepare(&w);
  uint32_t previous = 0;
  for (uint32_t s = 0; s < r->sentences.n; s++) {
    const ChParagraph *p = &r->paragraphs.at[r->sentences.at[s].paragraph];
    if (p->role == CH_TEXT_META || p->role == CH_TEXT_CAPTION)
      continue;
    ch_clauses_fill(&w, s);
    uint32_t first = (uint32_t)r->events.n;
    sentence_events(&w, s);
    ch_speech_fill(&w, s, previous, first);
    previous = first;
  }
}
