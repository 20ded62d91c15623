#include "events/events.h"

#include "events/arcs.h"
#include "events/found.h"
#include "events/speech.h"
#include "events/status.h"

/* A sentence with more is not sorted: insertion would be quadratic, and it is no prose. */
enum { SENTENCE_EVENTS = 200 };

const ChFrame *ch_found_frame(const ChEventsWork *w, uint32_t i, uint32_t end, bool noun, uint32_t *length)
{
  const ChPhrases *t = noun ? &w->f->noun_words : &w->f->verb_words;
  uint32_t node = ch_frames_match(t, w->r, i, end, length);
  size_t n;
  const ChPhraseValue *v = ch_phrases_values(t, node, &n);
  const ChFrame *first = NULL;
  for (size_t k = 0; node && k < n; k++) {
    const ChFrame *f = v[k].value < w->f->n_frames ? &w->f->frames[v[k].value] : NULL;
    if (!f || ((f->flags & CH_FRAME_NOUN) != 0) != noun || (first && !f->what[0]) || !ch_found_what(w, f, w->clause[i], i, *length))
      continue;
    first = f;
    if (f->what[0])
      break; /* the one whose object is named is the more telling */
  }
  return first;
}

/* Verbs with several frames of the same words ("receive a guest", "adopt a document"): the one whose object fits. */
static const ChFrame *best_verb_frame(const ChEventsWork *w, uint32_t i, uint32_t end, uint32_t clause, uint32_t *length)
{
  const ChReport *r = w->r;
  uint32_t node = ch_frames_match(&w->f->verb_words, r, i, end, length);
  size_t n;
  const ChPhraseValue *v = ch_phrases_values(&w->f->verb_words, node, &n);
  const ChFrame *first = NULL;
  const ChClause *c = &r->clauses.at[clause];
  bool document = false, actor = false, passive = c->voice == CH_VOICE_PASS;
  const ChSentence *s = &r->sentences.at[c->sentence];
  for (uint32_t k = s->token; k < s->token + s->tokens; k++) /* in the sentence: "the treaty that they are to sign" */
    document |= (w->classes[k] & CH_WORD_DOCUMENT) && r->tokens.at[k].morph.pos != CH_POS_VERB;
  document |= ch_clauses_has_it(r, c) || (c->parent != CH_NONE && ch_clauses_has_it(r, &r->clauses.at[c->parent]));
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
    if (!ch_found_what(w, f, clause, i, *length))
      continue;
    if (f->what[0])
      return f; /* the one whose object is named is the more telling */
    if (!first || (f->object.slot == CH_SLOT_DOCUMENT && document))
      first = f;
  }
  return first;
}

/* "regularly meets": no single event. */
static bool habitual(const ChEventsWork *w, uint32_t clause)
{
  const ChClause *c = &w->r->clauses.at[clause];
  for (uint32_t i = c->token; i < c->token + c->tokens; i++) {
    uint32_t gap = i > c->predicate ? i - c->predicate : c->predicate - i;
    if (gap <= 2 && (w->classes[i] & CH_WORD_GENERIC) && w->r->tokens.at[i].morph.pos == CH_POS_ADV)
      return true;
  }
  return false;
}

/* "Participation in it was confirmed by X", "part in it took X" as some languages have it: the noun of taking part stands before a verb
 * that is none of it. The frame of taking part, or NULL. */
static const ChFrame *joined_by_noun(const ChEventsWork *w, uint32_t clause)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[clause];
  bool found = false;
  for (uint32_t i = c->token; i < c->predicate && !found; i++)
    found = (w->classes[i] & CH_WORD_JOINING) && r->tokens.at[i].morph.pos == CH_POS_NOUN && ch_clauses_prep(r, i) == CH_NONE;
  for (size_t i = 0; found && i < w->f->n_frames; i++) {
    const ChFrame *f = &w->f->frames[i];
    if ((f->flags & CH_FRAME_JOINS) && !(f->flags & CH_FRAME_NOUN) && f->subject.role == w->terms.party)
      return f;
  }
  return NULL;
}

/* "the coming summit", "a meeting place": a verb form that qualifies the noun after it, where such forms bear no case. */
static bool qualifies(const ChReport *r, uint32_t p)
{
  const ChToken *t = &r->tokens.at[p];
  if (p == 0 || p + 1 >= r->tokens.n || t->morph.kase || (t->morph.form != CH_VERB_GER && !(t->morph.form == CH_VERB_PART && t->morph.tense == CH_TENSE_PRES)))
    return false;
  uint8_t before = r->tokens.at[p - 1].morph.pos;
  uint8_t after = r->tokens.at[p + 1].morph.pos; /* "the visiting foreign minister" */
  return (before == CH_POS_DET || before == CH_POS_ADJ) && (after == CH_POS_NOUN || after == CH_POS_ADJ || after == CH_POS_PROPN);
}

/* "is going to visit" where the words for it are those for "gathers": a verb that carries the infinitive after it. */
static bool governs_infinitive(const ChEventsWork *w, uint32_t clause)
{
  const ChReport *r = w->r;
  uint32_t next = clause + 1;
  return next < r->clauses.n && r->clauses.at[next].sentence == r->clauses.at[clause].sentence && r->clauses.at[next].parent == clause &&
         r->clauses.at[next].form == CH_VERB_INF && !ch_clauses_group_has(w, r->clauses.at[next].predicate, CH_WORD_TO) &&
         ch_status_carrier(w, clause, CH_CARRY_COMPLEMENT, CH_NONE);
}

static void verb_trigger(ChEventsWork *w, uint32_t clause, uint32_t end)
{
  ChReport *r = w->r;
  ChFound f = {0};
  uint32_t p = r->clauses.at[clause].predicate;
  f.t.frame = best_verb_frame(w, p, end, clause, &f.t.tokens);
  const ChFrame *joining = joined_by_noun(w, clause);
  if (joining) {
    f.t.frame = joining;
    f.t.tokens = 1;
  }
  if (!f.t.frame || habitual(w, clause) || qualifies(r, p))
    return;
  /* "took part in the talks", "is set for May": the verb carries a noun, which has the frame */
  if (w->carrying[clause] && f.t.frame->kind != w->terms.proposal)
    return; /* a proposal is an event beside the one proposed */
  f.t.token = f.t.head = p;
  f.t.clause = clause;
  f.supported = true;
  if (f.t.frame->kind != w->terms.proposal && f.t.frame->kind != w->terms.message && governs_infinitive(w, clause))
    return;
  f.status = ch_status_of(w, clause, &f.rule);
  uint32_t first = (uint32_t)r->events.n;
  ch_found_add(w, &f);
  ch_found_repeats(w, first);
  ch_found_tour(w, first);
}

/* "told a news conference", "said in a speech": the speech verb's subject speaks at the occasion. */
static void speaker_carrier(ChEventsWork *w, ChFound *f)
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
    const ChFrame *f = ch_found_frame(w, k, end, true, &inner);
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
  ChFound f = {.t = {.token = i, .tokens = length, .head = i + length - 1, .clause = clause, .frame = frame}};
  /* the head of "telephone conversation" is its last noun, of "session of ..." the first */
  uint32_t end = i + length;
  for (uint32_t k = i + 1; k < i + length; k++)
    if (w->classes[k] & CH_WORD_OF) {
      end = k;
      break;
    }
  bool found = false;
  for (uint32_t k = end; k > i && !(found && w->r->tokens.at[f.t.head].morph.kase != CH_CASE_GEN); k--)
    if (w->r->tokens.at[k - 1].morph.pos == CH_POS_NOUN) {
      f.t.head = k - 1; /* a genitive hangs on the noun before it */
      found = true;
    }
  ch_carry_noun(w, &f);
  ch_carry_context(w, &f);
  f.t.tokens = total;
  speaker_carrier(w, &f);
  uint32_t first = (uint32_t)w->r->events.n;
  ch_found_add(w, &f);
  if (f.t.carrier && w->r->tokens.at[f.t.head].morph.number == CH_NUMBER_PLUR)
    ch_found_repeats(w, first);
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

/* What "it" at the start of a clause stands for: the event that the sentence before carries by its verb, else the last one. */
static uint32_t event_of_pronoun(const ChReport *r, uint32_t token)
{
  uint32_t last = event_before(r, token);
  if (last == CH_NONE || r->events.at[last].sentence == r->tokens.at[token].sentence)
    return last;
  /* a noun that a verb carries before other nouns, nouns before verbs */
  uint32_t best = last;
  for (uint32_t i = last; i > 0 && last - i < 10 && r->events.at[i - 1].sentence == r->events.at[last].sentence; i--) {
    const ChEvent *e = &r->events.at[i - 1], *b = &r->events.at[best];
    int own = e->verbal ? 0 : e->carried ? 2 : 1, have = b->verbal ? 0 : b->carried ? 2 : 1;
    if (own > have || (own == have && own != 1))
      best = i - 1;
  }
  return best;
}

static bool gathers(const ChEventsWork *w, const ChEvent *e)
{
  return e->kind == w->terms.meeting || e->kind == w->terms.conference || e->kind == w->terms.call;
}

/* "They signed a pact. They were joined by X": who joins others joins the gathering told of last. */
static uint32_t gathering_before(const ChEventsWork *w, uint32_t at)
{
  for (uint32_t i = at + 1; i-- > 0 && at - i < 10;)
    if (gathers(w, &w->r->events.at[i]))
      return i;
  return CH_NONE;
}

/* "It had been expected in June", "they were put off": a carrier whose event is a pronoun speaks of the last event. */
static void pronoun_trigger(ChEventsWork *w, uint32_t clause)
{
  ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[clause];
  uint32_t relation = c->voice == CH_VOICE_PASS ? CH_CARRY_OBJECT : CH_CARRY_SUBJECT;
  const ChCarrier *k = ch_status_carrier(w, clause, relation, CH_NONE);
  if (!k || !r->events.n)
    return;
  uint32_t a = ch_clause_arg(c, CH_ARG_SUBJECT, CH_NONE);
  const ChMention *m = a != CH_NONE ? &r->mentions.at[c->args.at[a].mention] : NULL;
  if (!m || m->form != CH_MENTION_PRONOUN || m->entity != CH_NONE || c->args.at[a].inherited)
    return;
  /* "it is expected that ...": an empty subject */
  if (clause + 1 < r->clauses.n && r->clauses.at[clause + 1].sentence == c->sentence &&
      (w->classes[r->clauses.at[clause + 1].token] & CH_WORD_COMPLEMENT))
    return;
  uint32_t at = event_of_pronoun(r, c->predicate);
  if (at == CH_NONE)
    return;
  bool joined = k->role && !gathers(w, &r->events.at[at]);
  if (joined)
    at = gathering_before(w, at);
  if (at == CH_NONE)
    return;
  const ChEvent *last = &r->events.at[at];
  if (last->sentence + 1 + joined < c->sentence)
    return;
  for (size_t i = 0; i < w->f->n_frames; i++) {
    if (w->f->frames[i].kind != last->kind || !(w->f->frames[i].flags & CH_FRAME_NOUN))
      continue;
    ChFound f = {.t = {.token = m->token, .tokens = m->tokens, .head = m->head, .clause = clause, .frame = &w->f->frames[i]}, .definite = true};
    ch_carry_with(w, &f, k, clause, relation);
    if (f.status)
      ch_found_add(w, &f);
    return;
  }
}

/* "The first was held in Wuhan", "the second - on 15 February": a number without its noun is another gathering of the last kind. */
static void ordinal_trigger(ChEventsWork *w, uint32_t i, uint32_t end)
{
  ChReport *r = w->r;
  if (!(w->classes[i] & CH_WORD_ORDINAL) || r->tokens.at[i].morph.pos == CH_POS_ADV || !r->events.n || i + 2 >= end || r->tokens.at[i].time != CH_NONE)
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
    ChFound f = {.t = {.token = i, .tokens = 1, .head = i, .clause = clause, .frame = &w->f->frames[k]}, .status = status};
    const ChCarrier *c = ch_status_carrier(w, clause, CH_CARRY_SUBJECT | CH_CARRY_OBJECT, CH_NONE);
    if (verb && c && (c->relations & (CH_CARRY_SUBJECT | CH_CARRY_OBJECT)))
      ch_carry_with(w, &f, c, clause, r->clauses.at[clause].voice == CH_VOICE_PASS ? CH_CARRY_OBJECT : CH_CARRY_SUBJECT);
    else if (!dash)
      return;
    uint32_t before = (uint32_t)r->events.n;
    f.supported = true;
    ch_found_add(w, &f);
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

/* Is the noun a word of a format cue ("by video link") rather than an event? */
static bool in_cue(const ChEventsWork *w, uint32_t i, uint32_t start)
{
  for (uint32_t k = i > start + 3 ? i - 3 : start; k < i; k++) {
    uint32_t length;
    uint32_t node = ch_frames_match(&w->f->cue_words, w->r, k, i + 2 < w->r->tokens.n ? i + 2 : i + 1, &length);
    size_t n;
    const ChPhraseValue *v = ch_phrases_values(&w->f->cue_words, node, &n);
    for (size_t j = 0; node && j < n; j++)
      if (v[j].value < w->f->n_cues && w->f->cues[v[j].value].format && k + length > i)
        return true;
  }
  return false;
}

/* Words of a phrase that tells no event though its noun might ("at the initiative of"); 0 where none starts here. */
static uint32_t void_phrase(const ChEventsWork *w, uint32_t i, uint32_t end)
{
  uint32_t length;
  const ChFrame *f = ch_found_frame(w, i, end, true, &length);
  return f && (f->flags & CH_FRAME_VOID) ? length : 0;
}

static void sentence_events(ChEventsWork *w, uint32_t s)
{
  ChReport *r = w->r;
  const ChSentence *sent = &r->sentences.at[s];
  uint32_t first = (uint32_t)r->events.n, start = sent->token + sent->dateline, end = sent->token + sent->tokens, length;
  for (uint32_t i = start; i < end; i++) {
    uint8_t pos = r->tokens.at[i].morph.pos;
    uint32_t taken = pos == CH_POS_ADP ? void_phrase(w, i, end) : 0;
    if (taken) {
      i += taken - 1;
      continue;
    }
    if (w->clause[i] == CH_NONE || pos == CH_POS_VERB || pos == CH_POS_ADP || pos == CH_POS_PUNCT ||
        (w->outer[i] != CH_NONE && ch_clauses_is_actor(r, w->outer[i])))
      continue; /* inside a name, or no noun phrase */
    const ChFrame *frame = ch_found_frame(w, i, end, true, &length);
    if (!frame)
      continue;
    if (frame->flags & CH_FRAME_VOID) {
      i += length - 1;
      continue;
    }
    if (in_cue(w, i, start))
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
  ch_aside_gatherings(w, s, first);
  if (r->events.n - first < SENTENCE_EVENTS)
    sort_events(r, first);
}

static bool tells_of_affairs(const ChEventsWork *w, const ChSentence *s)
{
  for (uint32_t i = s->token; i < s->token + s->tokens; i++)
    if (ch_frames_is_class(w->f, w->terms.affairs, &w->r->tokens.at[i]))
      return true;
  return false;
}

void ch_events_stage(ChReport *r)
{
  ChEventsWork w = {.r = r, .terms = ch_terms_of(r->pack), .speaker = CH_NONE};
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
  ch_arcs_fill(&w);
  ch_named_mark(&w);
  uint32_t previous = 0;
  for (uint32_t s = 0; s < r->sentences.n; s++) {
    const ChParagraph *p = &r->paragraphs.at[r->sentences.at[s].paragraph];
    if (p->role == CH_TEXT_META || p->role == CH_TEXT_CAPTION)
      continue;
    ch_clauses_fill(&w, s);
    uint32_t first = (uint32_t)r->events.n;
    sentence_events(&w, s);
    ch_speech_fill(&w, s, previous, first);
    if (r->events.n > first)
      r->sentences.at[s].affairs = tells_of_affairs(&w, &r->sentences.at[s]);
    previous = first;
  }
}
