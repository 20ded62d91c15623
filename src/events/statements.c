#include "events/arcs.h"
#include "events/content.h"
#include "events/speech.h"
#include "events/status.h"

/* Words of a piece of evidence. */
enum { EVIDENCE_LEAST = 3, EVIDENCE_MOST = 16 };

/* Does a phrase end before token i: does what stands there depend on a verb, or is it a mark? */
static bool phrase_ends(const ChReport *r, uint32_t i)
{
  const ChToken *t = &r->tokens.at[i];
  if (t->flags & CH_TOKEN_PUNCT)
    return !(t->flags & CH_TOKEN_JOINED);
  if (t->morph.pos == CH_POS_CCONJ || t->morph.pos == CH_POS_SCONJ)
    return true;
  uint32_t head = t->head;
  if (t->morph.pos == CH_POS_ADP && head != CH_NONE)
    head = r->tokens.at[head].head; /* a preposition hangs on its noun: what counts is what that hangs on */
  if (head == CH_NONE)
    return false;
  uint8_t pos = r->tokens.at[head].morph.pos;
  bool starts = t->morph.pos == CH_POS_ADP || t->morph.pos == CH_POS_ADV;
  return starts && (pos == CH_POS_VERB || pos == CH_POS_ADJ) && head < i;
}

/* The words from `from` on, not beyond `to`, not more than a piece of evidence has, to the end of a phrase. */
static ChEvidence piece(const ChReport *r, uint32_t from, uint32_t to, uint32_t s)
{
  if (to <= from)
    to = from + 1;
  uint32_t end = to, most = from + EVIDENCE_MOST;
  if (to > most) {
    end = most;
    for (uint32_t i = most; i > from + EVIDENCE_LEAST; i--)
      if (phrase_ends(r, i)) {
        end = i;
        break;
      }
  }
  while (end > from + 1 && (r->tokens.at[end - 1].flags & CH_TOKEN_PUNCT))
    end--;
  return (ChEvidence){{r->tokens.at[from].span.start, r->tokens.at[end - 1].span.end}, s};
}

/* Evidence of a saying: what is said, up to or after the words of saying. */
static ChEvidence said_piece(const ChEventsWork *w, const ChSource *src, uint32_t s)
{
  const ChReport *r = w->r;
  uint32_t from = src->from, to = src->to;
  if (src->asides && src->aside < to && src->aside + src->asides > from) {
    if (src->aside >= from + EVIDENCE_LEAST)
      to = src->aside;
    else if (src->aside + src->asides + EVIDENCE_LEAST <= to)
      from = src->aside + src->asides;
  }
  while (from + 1 < to && (r->tokens.at[from].flags & CH_TOKEN_PUNCT))
    from++;
  for (uint32_t i = from + 1; i < to; i++)
    if (r->tokens.at[i].flags & CH_TOKEN_QUOTE_CLOSE && i > from + EVIDENCE_LEAST)
      to = i;
  return piece(r, from, to, s);
}

/* The source whose speech words are at token i. */
static ChSource *source_at(ChSource *sources, uint32_t n, uint32_t i)
{
  for (uint32_t k = 0; k < n; k++)
    if (i >= sources[k].token && i < sources[k].token + sources[k].tokens)
      return &sources[k];
  return NULL;
}

static const ChEntity *entity_of(const ChReport *r, uint32_t mention)
{
  return mention != CH_NONE ? &r->entities.at[r->mentions.at[mention].entity] : NULL;
}

/* "Wang said China hopes ...": a stance that a speaker reports of their own state is the speaker's. */
static bool own_state(const ChEntity *who, const ChEntity *state)
{
  return who && state && who->type == CH_ENTITY_PERSON && state->type == CH_ENTITY_STATE && ch_slice_eq(who->of, state->name);
}

/* Nearer words of saying take what is said by them: "X said that Y supports Z" is Y's support. */
static void cover(const ChEventsWork *w, ChSource *sources, uint32_t n)
{
  for (uint32_t k = 0; k < n; k++) {
    ChSource *src = &sources[k], *inner = src->head != CH_NONE ? source_at(sources, n, src->head) : NULL;
    if (!inner || inner == src || src->speech->act != w->terms.says || inner->mention == CH_NONE)
      continue;
    src->covered = true;
    if (own_state(entity_of(w->r, src->mention), entity_of(w->r, inner->mention)))
      inner->mention = src->mention;
  }
}

/* What a report on someone's words goes on to say of their own state is theirs: "... he said. China hopes ...". */
static void running_speaker(const ChEventsWork *w, ChSource *sources, uint32_t n, uint32_t s)
{
  const ChReport *r = w->r;
  if (w->speaker == CH_NONE || s - w->speaker_sentence > 2)
    return;
  const ChEntity *who = entity_of(r, w->speaker);
  for (uint32_t k = 0; k < n; k++) {
    const ChClause *c = sources[k].clause != CH_NONE ? &r->clauses.at[sources[k].clause] : NULL;
    if (sources[k].mention == CH_NONE || sources[k].speech->act == w->terms.says || !c || c->tense == CH_TENSE_PAST)
      continue;
    if (own_state(who, entity_of(r, sources[k].mention)))
      sources[k].mention = w->speaker;
  }
}

/* Does the predicate carry the noun at `trigger`, on which its subject is built ("the round, which was to ..., [has been put off]")? */
static bool carries_subject(const ChEventsWork *w, const ChClause *c, uint32_t clause, uint32_t trigger)
{
  uint32_t subject = ch_arcs_subject(w, c->predicate);
  if (subject == CH_NONE || trigger < w->under[subject].from || trigger >= w->under[subject].to)
    return false;
  return ch_status_carrier(w, clause, c->voice == CH_VOICE_PASS ? CH_CARRY_OBJECT : CH_CARRY_SUBJECT, CH_NONE) != NULL;
}

/* Does a clause carry an event, itself or by the infinitive that it governs? */
static bool carries_event(const ChEventsWork *w, uint32_t clause, uint32_t first, uint32_t end)
{
  const ChReport *r = w->r;
  if (w->carrying[clause])
    return true;
  for (uint32_t i = clause + 1; i < r->clauses.n && i < clause + 4; i++)
    if (r->clauses.at[i].parent == clause && r->clauses.at[i].form == CH_VERB_INF && w->carrying[i])
      return true;
  for (uint32_t i = first; i < end; i++) {
    const ChEvent *e = &r->events.at[i];
    if ((e->weak && !e->discusses) || e->setting)
      continue; /* what talks will be about is told by the talks */
    if (e->clause == clause && (e->verbal || e->trigger <= r->clauses.at[clause].predicate))
      return true;
    const ChClause *c = &r->clauses.at[e->clause];
    if (carries_subject(w, &r->clauses.at[clause], clause, e->trigger))
      return true;
    if (c->form == CH_VERB_INF && c->parent == clause)
      return true;
  }
  return false;
}

/* Does what is said tell something beside events? Its main verb and those joined to it count. */
static bool says_more(const ChEventsWork *w, const ChSource *src, uint32_t first, uint32_t end)
{
  const ChReport *r = w->r;
  if (src->head == CH_NONE)
    return first == end;
  uint32_t at = src->head, aside_end = src->aside + src->asides;
  for (int joined = 0; joined < 4 && at != CH_NONE; joined++) {
    uint32_t c = w->clause[at];
    if (c == CH_NONE || !carries_event(w, c, first, end))
      return true;
    at = ch_arcs_dependent(w, src->head, CH_ARCS_REL(CH_REL_CONJ), at + 1);
    if (at != CH_NONE && src->asides && at >= src->aside && at < aside_end)
      at = ch_arcs_dependent(w, src->head, CH_ARCS_REL(CH_REL_CONJ), aside_end);
    if (at != CH_NONE && (at < src->from || at >= src->to || r->tokens.at[at].morph.pos != CH_POS_VERB))
      at = CH_NONE;
  }
  return false;
}

static bool quoted(const ChReport *r, const ChSource *src)
{
  for (uint32_t i = src->from; i < src->to; i++)
    if (r->tokens.at[i].flags & CH_TOKEN_IN_QUOTE)
      return true;
  return false;
}

/* Does the clause speak for the speaker: its subject is they, their state, or "we"? */
static bool own_subject(const ChEventsWork *w, uint32_t clause, const ChEntity *who)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[clause];
  uint32_t token = ch_arcs_subject(w, c->predicate);
  if (token == CH_NONE)
    return r->tokens.at[c->predicate].morph.person == 1;
  if (r->tokens.at[token].morph.person == 1 || r->tokens.at[c->predicate].morph.person == 1)
    return true;
  uint32_t m = w->outer[token];
  const ChEntity *x = m != CH_NONE && r->mentions.at[m].entity != CH_NONE ? entity_of(r, m) : NULL;
  return x && (ch_slice_eq(x->name, who->name) || (who->of.n && ch_slice_eq(x->name, who->of)));
}

/* The act of words in a negated clause: not to support is to oppose, of others nothing follows. */
static ChWord negated(const ChEventsWork *w, ChWord act, uint32_t clause)
{
  if (clause == CH_NONE || w->r->clauses.at[clause].polarity != CH_POLARITY_NO)
    return act;
  return act == w->terms.supports ? w->terms.opposes : act == w->terms.opposes ? w->terms.supports : CH_NO_WORD;
}

/* What the words said do, where they tell: "should ..." calls for it, "we will ..." promises it, "is unacceptable" opposes it. */
static ChWord act_of_words(const ChEventsWork *w, const ChSource *src, const ChEntity *who, bool *worded)
{
  *worded = true;
  const ChReport *r = w->r;
  uint32_t clause = src->head != CH_NONE ? w->clause[src->head] : CH_NONE;
  uint32_t to = src->to < src->from + 40 ? src->to : src->from + 40;
  for (uint32_t i = src->from; i < to; i++) {
    if (src->asides && i >= src->aside && i < src->aside + src->asides)
      continue;
    bool near = clause == CH_NONE || w->clause[i] == clause || i <= src->head;
    if (near && (w->classes[i] & CH_WORD_OUGHT))
      return w->terms.calls_for;
    uint32_t length, node = near ? ch_frames_match(&w->f->speech_words, r, i, to, &length) : 0;
    size_t n;
    const ChPhraseValue *v = ch_phrases_values(&w->f->speech_words, node, &n);
    for (size_t k = 0; node && k < n; k++)
      if (v[k].value < w->f->n_speech && (w->f->speech[v[k].value].flags & CH_SPEECH_CONTENT))
        return negated(w, w->f->speech[v[k].value].act, clause);
  }
  *worded = false;
  if (clause != CH_NONE && r->clauses.at[clause].tense == CH_TENSE_FUT && own_subject(w, clause, who))
    return w->terms.promises;
  return CH_NO_WORD;
}

/* May a stance be told by this verb? Not where it is only a purpose, a possibility or an object of another ("unable to agree"). */
static bool told(const ChEventsWork *w, const ChSource *src)
{
  const ChReport *r = w->r;
  if (src->clause == CH_NONE)
    return true;
  const ChClause *c = &r->clauses.at[src->clause];
  if (c->form == CH_VERB_INF)
    return false;
  if (c->form == CH_VERB_PART && c->voice == CH_VOICE_PASS)
    return c->args.n > 0 && ch_clauses_group_has(w, c->predicate, CH_WORD_BE);
  return true;
}

static void add(ChEventsWork *w, uint32_t s, const ChSource *src, const ChEntity *who, ChWord act)
{
  ChReport *r = w->r;
  const ChSentence *sent = &r->sentences.at[s];
  bool says = src->speech->act == w->terms.says;
  uint32_t to = src->token + src->tokens;
  if (src->clause != CH_NONE && w->under[r->clauses.at[src->clause].predicate].to > to)
    to = w->under[r->clauses.at[src->clause].predicate].to;
  if (to > sent->token + sent->tokens)
    to = sent->token + sent->tokens;
  ChEvidence v = says ? said_piece(w, src, s) : piece(r, src->token, to, s);
  ChStatement *st = CH_PUSH(r->arena, &r->statements);
  *st = (ChStatement){.speaker = who->name, .of = who->of, .act = act, .about = ch_report_slice(r, v.span), .why = {src->speech->id, 0.6f}};
  *CH_PUSH(r->arena, &st->evidence) = v;
}

/* "Called the decision an internal matter": a judgement by another noun or adjective than those that tell an act. */
static bool called(const ChEventsWork *w, const ChSource *src)
{
  const ChReport *r = w->r;
  if (src->clause == CH_NONE)
    return false;
  uint32_t verb = r->clauses.at[src->clause].predicate, as = ch_arcs_dependent(w, verb, CH_ARCS_REL(CH_REL_XCOMP), verb);
  return as != CH_NONE && r->tokens.at[as].morph.pos != CH_POS_VERB && r->tokens.at[as].margin >= CH_ARCS_SURE;
}

static void consider(ChEventsWork *w, uint32_t s, const ChSource *src, uint32_t first, uint32_t end)
{
  const ChReport *r = w->r;
  const ChTerms *t = &w->terms;
  const ChEntity unnamed = {.name = src->described, .type = CH_ENTITY_GROUP};
  const ChEntity *who = src->described.n ? &unnamed : entity_of(r, src->mention);
  if (!who || src->covered || (src->speech->flags & CH_SPEECH_BACK) || who->type == CH_ENTITY_OUTLET || who->type == CH_ENTITY_PLACE)
    return;
  ChWord act = src->speech->act;
  bool no = src->clause != CH_NONE && r->clauses.at[src->clause].polarity == CH_POLARITY_NO;
  if (act == t->says) {
    bool worded;
    ChWord shown = act_of_words(w, src, who, &worded);
    bool judged = (src->speech->flags & CH_SPEECH_JUDGES) != 0;
    if (no || (judged ? !shown && !called(w, src) : !src->clausal) || (!judged && !worded && !quoted(r, src) && !says_more(w, src, first, end)))
      return;
    act = shown ? shown : act;
  } else {
    /* what one hopes or agrees to do, where it is an event, is told by the event */
    bool event = (act == t->hopes || act == t->agrees) && src->clause != CH_NONE && carries_event(w, src->clause, first, end);
    if (!told(w, src) || event || (no && act != t->supports && act != t->opposes))
      return;
    if (no)
      act = act == t->supports ? t->opposes : t->agrees;
  }
  add(w, s, src, who, act);
}

void ch_statements_add(ChEventsWork *w, uint32_t s, ChSource *sources, uint32_t n, uint32_t first, uint32_t end)
{
  cover(w, sources, n);
  running_speaker(w, sources, n, s);
  for (uint32_t k = 0; k < n; k++)
    consider(w, s, &sources[k], first, end);
}
