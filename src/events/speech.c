#include "events/speech.h"

#include "events/fill.h"

const ChSpeech *ch_speech_at(const ChEventsWork *w, uint32_t token, uint32_t *length)
{
  const ChSentence *s = &w->r->sentences.at[w->r->tokens.at[token].sentence];
  uint32_t node = ch_frames_match(&w->f->speech_words, w->r, token, s->token + s->tokens, length);
  size_t n;
  const ChPhraseValue *v = ch_phrases_values(&w->f->speech_words, node, &n);
  return node && n && v[0].value < w->f->n_speech ? &w->f->speech[v[0].value] : NULL;
}

/* One source found in the sentence. */
typedef struct Source {
  const ChSpeech *speech;
  uint32_t token;   /* of the speech words */
  uint32_t clause;  /* CH_NONE for "according to" */
  uint32_t mention; /* the speaker */
  bool covered;     /* what is said is a stance of the same sentence */
} Source;

static bool may_speak(const ChReport *r, uint32_t mention)
{
  return mention != CH_NONE && r->mentions.at[mention].entity != CH_NONE &&
         (ch_clauses_is_actor(r, mention) || r->mentions.at[mention].type == CH_ENTITY_OUTLET);
}

/* "He said": whose words were given last, if that was a sentence or two ago and it may be him. */
static uint32_t same_speaker(const ChEventsWork *w, uint32_t mention, uint32_t s)
{
  const ChReport *r = w->r;
  const ChMention *m = mention != CH_NONE ? &r->mentions.at[mention] : NULL;
  if (!m || m->form != CH_MENTION_PRONOUN || m->nominal != CH_NOMINAL_PERSON_SING || w->speaker == CH_NONE || s - w->speaker_sentence > 2)
    return mention;
  const ChEntity *last = &r->entities.at[r->mentions.at[w->speaker].entity];
  const ChEntity *now = m->entity != CH_NONE ? &r->entities.at[m->entity] : NULL;
  bool apart = now && now->gender && last->gender && now->gender != last->gender;
  return apart ? mention : w->speaker;
}

/* The speaker of a speech verb: its subject; inverted order ("said Lavrov") puts it right after. */
static uint32_t speaker_of(const ChEventsWork *w, uint32_t clause)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[clause];
  bool passive = c->voice == CH_VOICE_PASS;
  uint32_t after = CH_NONE, subject = CH_NONE, nearest = CH_NONE;
  for (uint32_t i = 0; i < c->args.n; i++) {
    const ChArgument *a = &c->args.at[i];
    uint32_t mention = same_speaker(w, a->mention, c->sentence);
    if (!may_speak(r, mention))
      continue;
    /* of two subjects the one beside the verb: "The sides, he said, had ..." */
    uint32_t gap = a->token > c->predicate ? a->token - c->predicate : c->predicate - a->token;
    if (!passive && a->function == CH_ARG_SUBJECT && gap < nearest) {
      nearest = gap;
      subject = mention;
    }
    if (passive && a->prep != CH_NONE && (w->classes[a->prep] & CH_WORD_AGENT))
      return mention;
    if (after == CH_NONE && a->prep == CH_NONE && a->token > c->predicate && a->token - c->predicate <= 3 && a->kase <= CH_CASE_NOM)
      after = mention;
  }
  return passive ? CH_NONE : subject != CH_NONE ? subject : after;
}

/* Keeps the person who spoke last. */
static void remember(ChEventsWork *w, const Source *src, uint32_t s)
{
  const ChReport *r = w->r;
  if (src->mention == CH_NONE || r->entities.at[r->mentions.at[src->mention].entity].type != CH_ENTITY_PERSON)
    return;
  w->speaker = src->mention;
  w->speaker_sentence = s;
}

static uint32_t find_sources(ChEventsWork *w, uint32_t s, Source *out, uint32_t cap)
{
  const ChReport *r = w->r;
  const ChSentence *sent = &r->sentences.at[s];
  uint32_t n = 0, end = sent->token + sent->tokens;
  for (uint32_t i = sent->token + sent->dateline; i < end && n < cap; i++) {
    uint32_t length;
    const ChSpeech *f = ch_speech_at(w, i, &length);
    if (!f)
      continue;
    Source src = {.speech = f, .token = i, .clause = CH_NONE, .mention = CH_NONE};
    if (f->flags & CH_SPEECH_PREP) {
      /* "according to X"; "by his words" has the speaker inside */
      for (uint32_t k = i + 1; k < end && k < i + length + 2 && src.mention == CH_NONE; k++)
        if (may_speak(r, w->outer[k]))
          src.mention = w->outer[k];
    } else {
      uint32_t c = CH_NONE;
      for (uint32_t k = i; k < i + length && c == CH_NONE; k++)
        if (w->clause[k] != CH_NONE && r->clauses.at[w->clause[k]].predicate == k)
          c = w->clause[k];
      if (c == CH_NONE)
        continue;
      src.clause = c;
      src.mention = speaker_of(w, c);
    }
    remember(w, &src, s);
    if (src.mention != CH_NONE || (f->flags & CH_SPEECH_BACK))
      out[n++] = src;
    i += length - 1;
  }
  return n;
}

static bool is_own_outlet(const ChReport *r, const ChMention *m)
{
  const ChEntity *e = &r->entities.at[m->entity];
  return e->type == CH_ENTITY_OUTLET && (!r->outlet.n || ch_slice_eq(e->name, r->outlet));
}

/* Does what is said follow the words of saying ("X said that ...", "according to X, ...") or come before them ("..., X said")? */
static bool said_after(const ChEventsWork *w, const Source *src)
{
  const ChReport *r = w->r;
  if (src->clause == CH_NONE)
    return true; /* both sides: see in_scope */
  uint32_t next = src->clause + 1;
  const ChSentence *s = &r->sentences.at[r->clauses.at[src->clause].sentence];
  bool more = next < r->clauses.n && r->clauses.at[next].sentence == r->clauses.at[src->clause].sentence;
  if (!more)
    return src->token < s->token + s->tokens / 3;
  return true;
}

/* Is the event of the sentence within what the source says? Not what its own clause or a relative clause about the speaker tells. */
static bool in_scope(const ChEvent *e, const Source *src, bool after)
{
  if (src->clause == CH_NONE)
    return true;
  return after ? e->clause > src->clause : e->clause < src->clause;
}

/* Who speaks at an occasion is not its source by that. */
static bool own_occasion(const ChEventsWork *w, const ChEvent *e, const Source *src)
{
  for (size_t i = 0; i < e->participants.n; i++)
    if (e->participants.at[i].role == w->terms.speaker && e->participants.at[i].entity == w->r->mentions.at[src->mention].entity)
      return true;
  return false;
}

static void attribute(ChEventsWork *w, uint32_t first, uint32_t end, const Source *src, bool back)
{
  ChReport *r = w->r;
  bool after = back ? true : said_after(w, src);
  if (src->mention == CH_NONE || is_own_outlet(r, &r->mentions.at[src->mention]))
    return;
  ChSlice name = r->entities.at[r->mentions.at[src->mention].entity].name;
  for (uint32_t i = first; i < end; i++) {
    ChEvent *e = &r->events.at[i];
    if (e->attribution.n || own_occasion(w, e, src) || (!back && !in_scope(e, src, after)))
      continue;
    e->attribution = name;
    e->why_attribution = (ChWhy){src->speech->id, 0.7f};
  }
}

/* The content of a speech clause: what stands under it, or the rest of the sentence. */
static ChEvidence content_of(const ChEventsWork *w, const Source *src, uint32_t s)
{
  const ChReport *r = w->r;
  const ChSentence *sent = &r->sentences.at[s];
  uint32_t end = sent->token + sent->tokens, from = src->token + 1;
  if (src->clause != CH_NONE && src->clause + 1 < r->clauses.n && r->clauses.at[src->clause + 1].sentence == s)
    from = r->clauses.at[src->clause + 1].token;
  else if (src->token > sent->token + sent->tokens / 2)
    from = sent->token + sent->dateline;
  while (from + 1 < end && ((r->tokens.at[from].flags & CH_TOKEN_PUNCT) || (w->classes[from] & CH_WORD_COMPLEMENT)))
    from++;
  uint32_t to = from + 14 < end ? from + 14 : end;
  for (uint32_t i = from + 1; i < to; i++)
    if ((r->tokens.at[i].flags & CH_TOKEN_QUOTE_CLOSE) || i == src->token)
      to = i;
  while (to > from + 1 && (r->tokens.at[to - 1].flags & CH_TOKEN_PUNCT))
    to--;
  return (ChEvidence){{r->tokens.at[from].span.start, r->tokens.at[to - 1].span.end}, s};
}

/* Does the content say what ought to be? Then saying it is a call for it. */
static bool urges(const ChEventsWork *w, ChSpan span, uint32_t s)
{
  const ChReport *r = w->r;
  const ChSentence *sent = &r->sentences.at[s];
  for (uint32_t i = sent->token; i < sent->token + sent->tokens; i++)
    if ((w->classes[i] & CH_WORD_OUGHT) && r->tokens.at[i].span.start >= span.start && r->tokens.at[i].span.end <= span.end)
      return true;
  return false;
}

/* A stance ("condemned ...") is evidence by its own words, a saying by what is said. */
static void add_statement(ChEventsWork *w, uint32_t s, const Source *src)
{
  ChReport *r = w->r;
  const ChMention *m = &r->mentions.at[src->mention];
  const ChEntity *who = &r->entities.at[m->entity];
  const ChSentence *sent = &r->sentences.at[s];
  if (who->type == CH_ENTITY_OUTLET || who->type == CH_ENTITY_PLACE)
    return;
  bool says = src->speech->act == w->terms.says;
  ChEvidence v = says ? content_of(w, src, s) : ch_fill_evidence(w, src->token, src->token, sent->token + sent->tokens);
  ChStatement *st = CH_PUSH(r->arena, &r->statements);
  *st = (ChStatement){.speaker = who->name, .of = who->of, .act = src->speech->act, .why = {src->speech->id, 0.6f}};
  if (says && urges(w, v.span, s))
    st->act = w->terms.calls_for;
  if (src->clause != CH_NONE && st->act == w->terms.supports && r->clauses.at[src->clause].polarity == CH_POLARITY_NO)
    st->act = w->terms.opposes;
  st->about = ch_report_slice(r, v.span);
  *CH_PUSH(r->arena, &st->evidence) = v;
}

/* What a report on someone's words goes on to say of their own state is theirs: "... he said. China hopes ...". */
static void running_speaker(const ChEventsWork *w, Source *sources, uint32_t n, uint32_t s)
{
  const ChReport *r = w->r;
  if (w->speaker == CH_NONE || s - w->speaker_sentence > 1)
    return;
  const ChEntity *who = &r->entities.at[r->mentions.at[w->speaker].entity];
  for (uint32_t k = 0; k < n; k++) {
    if (sources[k].mention == CH_NONE || sources[k].speech->act == w->terms.says)
      continue;
    const ChEntity *state = &r->entities.at[r->mentions.at[sources[k].mention].entity];
    const ChClause *c = sources[k].clause != CH_NONE ? &r->clauses.at[sources[k].clause] : NULL;
    if (state->type == CH_ENTITY_STATE && ch_slice_eq(who->of, state->name) && c && c->tense != CH_TENSE_PAST)
      sources[k].mention = w->speaker;
  }
}

/* "Wang said China hopes ...": a stance that a speaker reports of their own state is the speaker's, and then all that is said. */
static void own_state(const ChEventsWork *w, Source *sources, uint32_t n)
{
  const ChReport *r = w->r;
  for (uint32_t k = 0; k < n; k++) {
    if (sources[k].mention == CH_NONE || sources[k].speech->act == w->terms.says)
      continue;
    const ChEntity *state = &r->entities.at[r->mentions.at[sources[k].mention].entity];
    for (uint32_t j = 0; j < n && state->type == CH_ENTITY_STATE; j++) {
      if (sources[j].mention == CH_NONE || sources[j].speech->act != w->terms.says)
        continue;
      const ChEntity *who = &r->entities.at[r->mentions.at[sources[j].mention].entity];
      if (who->type != CH_ENTITY_PERSON || !ch_slice_eq(who->of, state->name))
        continue;
      sources[k].mention = sources[j].mention;
      sources[j].covered = true;
      break;
    }
  }
}

/* Has what is said a clause of its own beside those that carry events? */
static bool says_more(const ChEventsWork *w, const Source *src, uint32_t s, uint32_t first, uint32_t end)
{
  const ChReport *r = w->r;
  for (uint32_t c = w->first_clause; c < r->clauses.n && r->clauses.at[c].sentence == s; c++) {
    bool event = c == src->clause;
    for (uint32_t i = first; i < end && !event; i++)
      event = r->events.at[i].clause == c && !r->events.at[i].weak;
    if (!event)
      return true;
  }
  return first == end;
}

void ch_speech_fill(ChEventsWork *w, uint32_t s, uint32_t previous, uint32_t first)
{
  ChReport *r = w->r;
  Source sources[16];
  uint32_t n = find_sources(w, s, sources, 16), end = (uint32_t)r->events.n;
  bool quoted = false, back = false;
  const ChSentence *sent = &r->sentences.at[s];
  for (uint32_t i = sent->token + sent->dateline; i < sent->token + sent->tokens && i < sent->token + sent->dateline + 2; i++)
    back |= (w->classes[i] & CH_WORD_BACK) != 0; /* "Of this told ..." */
  for (uint32_t i = sent->token; i < sent->token + sent->tokens; i++)
    quoted |= (r->tokens.at[i].flags & CH_TOKEN_IN_QUOTE) != 0;
  own_state(w, sources, n);
  running_speaker(w, sources, n, s);
  for (uint32_t k = 0; k < n; k++) {
    const Source *src = &sources[k];
    if (src->speech->flags & CH_SPEECH_REPORTS) {
      attribute(w, first, end, src, false);
      if ((src->speech->flags & CH_SPEECH_BACK) || back)
        attribute(w, previous, first, src, true);
    }
    if (src->mention == CH_NONE || src->covered || (src->speech->flags & CH_SPEECH_BACK))
      continue;
    bool says = src->speech->act == w->terms.says;
    /* the bare announcement of an event is no statement, a quotation or a content that says more is */
    if (!says || quoted || says_more(w, src, s, first, end))
      add_statement(w, s, src);
  }
}
