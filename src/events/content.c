#include "events/content.h"

#include "events/arcs.h"

static ChSlice slice_of(const ChReport *r, uint32_t token, uint32_t end)
{
  if (token >= end)
    return CH_LIT("");
  return ch_report_slice(r, ch_report_tokens_span(r, token, end - token));
}


/* Does "and" at i join two noun phrases rather than words inside one? A preposition, a comma before it or a determiner after it says so. */
static bool splits_list(const ChEventsWork *w, uint32_t i, uint32_t start, uint32_t end)
{
  const ChReport *r = w->r;
  if (i <= start || i + 1 >= end)
    return false;
  uint8_t next = r->tokens.at[i + 1].morph.pos;
  return ch_content_comma(r, i - 1) || next == CH_POS_DET || next == CH_POS_ADP;
}

/* "the conference on Syria": a state alone after the noun of a conference is its name rather than its agenda. */
static bool names_series(const ChEventsWork *w, const ChEvent *e, uint32_t from, uint32_t to)
{
  uint32_t m = w->outer[from];
  return e->kind == w->terms.conference && m != CH_NONE && w->r->mentions.at[m].type == CH_ENTITY_STATE && w->outer[to - 1] == m;
}

/* Has the phrase a noun that may be spoken of: not a person or body by name alone, nor a day? */
static bool is_subject_matter(const ChEventsWork *w, uint32_t from, uint32_t to)
{
  const ChReport *r = w->r;
  bool noun = false;
  for (uint32_t k = from; k < to; k++) {
    uint32_t m = w->outer[k];
    bool name = m != CH_NONE && r->mentions.at[m].type != CH_ENTITY_STATE && r->mentions.at[m].type != CH_ENTITY_PLACE && r->mentions.at[m].token <= from &&
                r->mentions.at[m].token + r->mentions.at[m].tokens >= to;
    uint8_t pos = r->tokens.at[k].morph.pos;
    noun |= (pos == CH_POS_NOUN || pos == CH_POS_PROPN) && !name && r->tokens.at[k].time == CH_NONE;
  }
  return noun;
}

/* Topic phrases from [start, end): cut at commas and list-splitting conjunctions. */
static void add_topics(ChEventsWork *w, ChEvent *e, uint32_t start, uint32_t end)
{
  ChReport *r = w->r;
  while (start < end && (w->classes[start] & (CH_WORD_DEFINITE | CH_WORD_TO)) && r->tokens.at[start].morph.pos == CH_POS_DET)
    start++;
  uint32_t from = start;
  for (uint32_t i = start; i <= end && e->topics.n < 12; i++) {
    bool cut = i == end || ch_content_comma(r, i) || ((w->classes[i] & CH_WORD_AND) && splits_list(w, i, start, end));
    if (!cut)
      continue;
    while (from < i && (r->tokens.at[from].morph.pos == CH_POS_CCONJ || r->tokens.at[from].flags & CH_TOKEN_PUNCT ||
                        r->tokens.at[from].morph.pos == CH_POS_ADV || r->tokens.at[from].morph.pos == CH_POS_ADP))
      from++;
    if (i > from && is_subject_matter(w, from, i) && i - from <= 16 && !names_series(w, e, from, i))
      *CH_PUSH(r->arena, &e->topics) = slice_of(r, from, i);
    from = i + 1;
  }
}

/* Where the phrase that starts at `token` ends by the tree: with what depends on its topmost word, before a relative clause. */
static uint32_t tree_end(const ChEventsWork *w, uint32_t token, uint32_t limit)
{
  const ChReport *r = w->r;
  uint32_t top = token, start = r->sentences.at[r->tokens.at[token].sentence].token;
  for (int up = 0; up < 8; up++) {
    uint32_t head = r->tokens.at[top].head;
    if (head == CH_NONE || head < token || head >= limit || head < start || r->tokens.at[head].morph.pos == CH_POS_VERB)
      break;
    top = head;
  }
  uint32_t end = w->under[top].to, relative = ch_arcs_dependent(w, top, CH_ARCS_REL(CH_REL_ACL_RELCL), top);
  if (relative != CH_NONE && w->under[relative].from > top)
    end = w->under[relative].from;
  return end > token && end < limit ? end : limit;
}

/* End of the noun phrase that starts at `token`: up to a verb, a time, a clause end, or what no longer depends on it. */
static uint32_t phrase_end(const ChEventsWork *w, uint32_t token, uint32_t limit)
{
  const ChReport *r = w->r;
  uint32_t i = token;
  for (; i < limit; i++) {
    const ChToken *t = &r->tokens.at[i];
    if (t->time != CH_NONE && i > token) {
      if (!ch_content_years(&r->times.at[t->time]))
        break;
      continue; /* its dash ends no phrase */
    }
    if ((t->morph.pos == CH_POS_VERB && t->morph.form == CH_VERB_FIN) || t->morph.pos == CH_POS_AUX)
      break;
    if ((t->flags & CH_TOKEN_PUNCT) && !ch_content_comma(r, i) && !(t->flags & (CH_TOKEN_QUOTE_OPEN | CH_TOKEN_QUOTE_CLOSE)))
      break;
  }
  while (i > token && ((r->tokens.at[i - 1].flags & CH_TOKEN_PUNCT) || r->tokens.at[i - 1].morph.pos == CH_POS_ADP ||
                       r->tokens.at[i - 1].morph.pos == CH_POS_CCONJ))
    i--;
  return i;
}

/* The same for a topic, which ends where the tree says so. */
static uint32_t topic_end(const ChEventsWork *w, uint32_t token, uint32_t limit)
{
  uint32_t end = phrase_end(w, token, limit);
  return end > token ? phrase_end(w, token, tree_end(w, token, end)) : end;
}

/* A title does not end in the place where it was signed ("a memorandum on gas transit in Moscow"). */
static uint32_t without_place(const ChEventsWork *w, uint32_t from, uint32_t end)
{
  const ChReport *r = w->r;
  if (end <= from)
    return end;
  uint32_t m = w->outer[end - 1];
  if (m == CH_NONE || r->mentions.at[m].type != CH_ENTITY_PLACE)
    return end;
  uint32_t prep = r->mentions.at[m].prep;
  return prep != CH_NONE && prep >= from && (w->classes[prep] & CH_WORD_PLACE) ? prep : end;
}

/* Does the comma at k stand in a list of states that belong to one noun ("the Kyrgyz, Tajik and Uzbek borders")? */
static bool lists_states(const ChEventsWork *w, uint32_t k, uint32_t end)
{
  uint32_t a = w->outer[k - 1], b = k + 1 < end ? w->outer[k + 1] : CH_NONE;
  return a != CH_NONE && b != CH_NONE && w->r->mentions.at[a].type == CH_ENTITY_STATE && w->r->mentions.at[b].type == CH_ENTITY_STATE;
}

/* Where the title that runs to `end` stops, since another document follows ("the treaty on X and the declaration on Y"); *next is
 * where that one may start, else `end`. */
static uint32_t title_end(const ChEventsWork *w, uint32_t i, uint32_t end, uint32_t *next)
{
  const ChReport *r = w->r;
  *next = end;
  for (uint32_t k = i + 1; k < end; k++) {
    if (ch_content_comma(r, k)) {
      if (lists_states(w, k, end))
        continue;
      *next = k + 1;
      return k;
    }
    if (w->classes[k] & (CH_WORD_RELATIVE | CH_WORD_COMPLEMENT))
      return k;
    if (!(w->classes[k] & CH_WORD_AND))
      continue;
    for (uint32_t m = k + 1; m < end && m <= k + 4; m++) {
      if (!(w->classes[m] & CH_WORD_DOCUMENT) || r->tokens.at[m].morph.pos != CH_POS_NOUN)
        continue;
      *next = k + 1;
      return k;
    }
  }
  return end;
}

/* 'a decision called "X"': the words in quotation marks close behind a document word, CH_NONE where none start there. */
static uint32_t quoted_title(const ChReport *r, uint32_t i, uint32_t *end)
{
  const ChSentence *s = &r->sentences.at[r->tokens.at[i].sentence];
  uint32_t start = CH_NONE, to = s->token + s->tokens;
  for (uint32_t k = i + 1; k < to && k <= i + 2 && start == CH_NONE; k++)
    if (r->tokens.at[k].flags & CH_TOKEN_QUOTE_OPEN)
      start = k + 1;
  for (uint32_t k = start; start != CH_NONE && k < to && k <= start + 16; k++)
    if (r->tokens.at[k].flags & CH_TOKEN_QUOTE_CLOSE) {
      *end = k;
      return k > start ? start : CH_NONE;
    }
  return CH_NONE;
}

/* Extent of the title whose document word is at i, within [from, to); *next as in title_end. */
static ChTaken title_at(const ChEventsWork *w, uint32_t i, uint32_t from, uint32_t to, uint32_t *next)
{
  const ChReport *r = w->r;
  uint32_t end, start = quoted_title(r, i, &end);
  *next = to;
  if (start != CH_NONE)
    return (ChTaken){start, end};
  if (w->named[i].tokens) {
    *next = i + w->named[i].tokens;
    return (ChTaken){i, *next};
  }
  for (start = i; start > from; start--) {
    uint8_t pos = r->tokens.at[start - 1].morph.pos;
    if (pos != CH_POS_ADJ && pos != CH_POS_NOUN && pos != CH_POS_PROPN)
      break;
  }
  end = title_end(w, i, phrase_end(w, i, to), next);
  end = without_place(w, i + 1, end);
  while (end > i + 1 && r->tokens.at[end - 1].morph.pos == CH_POS_ADV)
    end--;
  return (ChTaken){start, end > start ? end : i + 1};
}

static ChSlice id_in(const ChEventsWork *w, ChTaken t)
{
  for (uint32_t i = t.from; i < t.to; i++)
    if (w->named[i].tokens)
      return w->named[i].id;
  return CH_LIT("");
}

/* A document's title: the noun phrase at a document word; others may follow it. */
static bool add_document(ChEventsWork *w, ChEvent *e, uint32_t from, uint32_t to, ChWord action, ChTaken *taken)
{
  enum { MOST_DOCUMENTS = 8 };
  ChReport *r = w->r;
  bool found = false;
  for (uint32_t i = from; i < to; i++) {
    if (!(w->classes[i] & CH_WORD_DOCUMENT) || r->tokens.at[i].morph.pos == CH_POS_VERB)
      continue;
    uint32_t next;
    ChTaken t = title_at(w, i, from, to, &next);
    *CH_PUSH(r->arena, &e->documents) = (ChDocument){slice_of(r, t.from, t.to), action, id_in(w, t)};
    taken->from = found ? taken->from : t.from;
    taken->to = t.to;
    found = true;
    /* the next of the list, if a document word comes soon */
    bool more = false;
    for (uint32_t k = next; k < to && k < next + 5 && !more; k++)
      more = (w->classes[k] & CH_WORD_DOCUMENT) && r->tokens.at[k].morph.pos == CH_POS_NOUN;
    if (!more || next <= i || e->documents.n >= MOST_DOCUMENTS)
      break;
    from = next;
    i = next - 1;
  }
  return found;
}

/* "the treaty, which was signed in May", "the treaty signed in May": the document right before the clause. */
static void add_antecedent(ChEventsWork *w, ChEvent *e, const ChTrigger *t, ChTaken *taken)
{
  enum { BACK = 10 };
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[t->clause];
  const ChSentence *s = &r->sentences.at[c->sentence];
  bool relative = false;
  for (uint32_t i = c->token; i < c->token + c->tokens && i < c->token + 4; i++)
    relative |= (w->classes[i] & CH_WORD_RELATIVE) != 0;
  uint32_t at = relative ? c->token : t->token;
  if (!relative && r->tokens.at[t->token].morph.form != CH_VERB_PART)
    return;
  for (uint32_t i = at; i > s->token && at - i < BACK; i--) {
    if (!(w->classes[i - 1] & CH_WORD_DOCUMENT) || r->tokens.at[i - 1].morph.pos != CH_POS_NOUN)
      continue;
    add_document(w, e, i - 1, at, t->frame->action, taken);
    return;
  }
}

/* "It was initialled in May": the document spoken of last, where the clause has a pronoun for a thing. */
static void add_last_document(ChEventsWork *w, ChEvent *e, const ChTrigger *t)
{
  enum { LOOK = 6 };
  ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[t->clause];
  bool it = ch_clauses_has_it(r, c) || (c->parent != CH_NONE && ch_clauses_has_it(r, &r->clauses.at[c->parent]));
  for (size_t i = r->events.n, looked = 0; it && i-- > 0 && looked < LOOK; looked++) {
    const ChEvent *x = &r->events.at[i];
    if (x == e || !x->documents.n || c->sentence - x->sentence > 3)
      continue;
    ChDocument d = x->documents.at[0];
    d.action = t->frame->action;
    *CH_PUSH(r->arena, &e->documents) = d;
    return;
  }
}

/* Is it a subject that stands after its verb ("... proposed the president")? */
static bool is_late_subject(const ChEventsWork *w, const ChClause *c, uint32_t token)
{
  uint32_t m = w->outer[token];
  for (uint32_t i = 0; m != CH_NONE && i < c->args.n; i++)
    if (c->args.at[i].mention == m && c->args.at[i].function == CH_ARG_SUBJECT)
      return true;
  return false;
}

/* "The preparations X discussed with Y": the object before its verb, a bare accusative at the start of the clause. */
static void fronted_topic(ChEventsWork *w, ChEvent *e, const ChTrigger *t)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[t->clause];
  for (uint32_t i = c->token; i < t->token; i++) {
    uint32_t g = r->tokens.at[i].group;
    if (g == CH_NONE || r->groups.at[g].type != CH_GROUP_NOUN || r->groups.at[g].token != i || r->groups.at[g].prep != CH_NONE ||
        r->groups.at[g].kase != CH_CASE_ACC || w->outer[i] != CH_NONE || r->tokens.at[i].time != CH_NONE)
      continue;
    uint32_t end = i;
    while (end < t->token && r->tokens.at[end].time == CH_NONE && !ch_content_comma(r, end) &&
           !(w->outer[end] != CH_NONE && is_late_subject(w, c, end)))
      end++;
    add_topics(w, e, i, end);
    return;
  }
}

/* "The borders were discussed": the subject of a verb in the passive or the middle. */
static void subject_topic(ChEventsWork *w, ChEvent *e, const ChTrigger *t)
{
  const ChReport *r = w->r;
  uint32_t subject = ch_arcs_subject(w, t->token);
  if (subject == CH_NONE || r->tokens.at[subject].morph.pos != CH_POS_NOUN || (w->outer[subject] != CH_NONE && ch_clauses_is_actor(r, w->outer[subject])))
    return;
  uint32_t from = w->under[subject].from, to = w->under[subject].to;
  if (subject < t->token && to > t->token)
    to = t->token;
  add_topics(w, e, from, phrase_end(w, from, to));
}

void ch_content_topics(ChEventsWork *w, ChEvent *e, const ChTrigger *t, ChTaken *taken)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[t->clause];
  uint32_t end = c->token + c->tokens;
  if (t->frame->object.slot == CH_SLOT_TOPIC && (t->frame->flags & CH_FRAME_WEAK) && c->voice != CH_VOICE_ACT) {
    subject_topic(w, e, t);
    if (e->topics.n)
      return;
  }
  if (t->frame->object.slot == CH_SLOT_TOPIC && c->voice != CH_VOICE_PASS) {
    uint32_t from = t->token + t->tokens;
    /* "discuss [in Astana] [with X] trade": adjuncts before the topic */
    while (from + 1 < end && ((r->tokens.at[from].morph.pos == CH_POS_ADP && w->outer[from + 1] != CH_NONE) || r->tokens.at[from].time != CH_NONE ||
                              (w->outer[from] != CH_NONE && r->mentions.at[w->outer[from]].prep != CH_NONE)))
      from++;
    if (from >= end || is_late_subject(w, c, from)) {
      fronted_topic(w, e, t);
      return;
    }
    *taken = (ChTaken){from, topic_end(w, from, end)};
    add_topics(w, e, from, taken->to);
    if (!e->topics.n)
      fronted_topic(w, e, t);
    return;
  }
  for (uint32_t i = t->token + t->tokens; i < end && i < t->token + t->tokens + 14; i++) {
    if (r->tokens.at[i].morph.pos == CH_POS_VERB)
      break;
    uint32_t length;
    if (ch_frames_match(&w->f->cue_words, r, i, end, &length) && length > 1)
      continue; /* "on the sidelines of" */
    if (!(w->classes[i] & CH_WORD_TOPIC) || r->tokens.at[i].morph.pos != CH_POS_ADP || i + 1 >= end || r->tokens.at[i + 1].time != CH_NONE)
      continue;
    uint32_t m = w->outer[i + 1];
    const ChFrameArg *fa = ch_fill_frame_arg(w, t->frame, r->tokens.at[i].norm, m != CH_NONE ? r->mentions.at[m].kase : ch_clauses_case(r, i + 1));
    if (!fa)
      for (uint32_t k = t->frame->arg; k < t->frame->arg + t->frame->args; k++)
        if (w->f->args[k].slot == CH_SLOT_TOPIC && w->f->args[k].prep == r->tokens.at[i].norm)
          fa = &w->f->args[k];
    if (fa && fa->slot == CH_SLOT_TOPIC) {
      add_topics(w, e, i + 1, topic_end(w, i + 1, end));
      break;
    }
  }
}

/* "a treaty between Russia and the DPRK was signed": two or more states or bodies of the title sign it, where nobody else is named. */
static void title_parties(ChEventsWork *w, ChEvent *e, const ChTrigger *t, const ChTaken *taken)
{
  const ChReport *r = w->r;
  uint32_t found[8], n = 0, last = CH_NONE;
  for (uint32_t i = taken->from; i < taken->to && n < 8; i++) {
    uint32_t m = w->outer[i];
    if (m == CH_NONE || m == last)
      continue;
    last = m;
    const ChMention *x = &r->mentions.at[m];
    if (x->type != CH_ENTITY_STATE && x->type != CH_ENTITY_BODY)
      continue;
    /* "the Russian-Turkish treaty": several of one extent */
    for (; m < r->mentions.n && r->mentions.at[m].token == x->token && n < 8; m++)
      if (r->mentions.at[m].tokens == x->tokens)
        found[n++] = m;
  }
  for (uint32_t i = 0; i < n && n >= 2; i++)
    ch_fill_participant(w, e, found[i], t->frame->subject.role, t->frame->id, 0.55f);
}

/* "the agreement is due to be signed": the document stands before the governing verb. */
static bool add_governed(ChEventsWork *w, ChEvent *e, const ChTrigger *t, ChTaken *taken)
{
  const ChClause *c = &w->r->clauses.at[t->clause];
  const ChClause *p = c->parent != CH_NONE && c->voice == CH_VOICE_PASS ? &w->r->clauses.at[c->parent] : NULL;
  return p && p->sentence == c->sentence && add_document(w, e, p->token, p->predicate, t->frame->action, taken);
}

void ch_content_documents(ChEventsWork *w, ChEvent *e, const ChTrigger *t, ChTaken *taken)
{
  const ChClause *c = &w->r->clauses.at[t->clause];
  if (!t->frame->action)
    return;
  if (!add_document(w, e, t->token + t->tokens, c->token + c->tokens, t->frame->action, taken) &&
      !add_document(w, e, c->token, t->token, t->frame->action, taken) && !add_governed(w, e, t, taken))
    add_antecedent(w, e, t, taken);
  if (!e->documents.n)
    add_last_document(w, e, t);
  if (taken->to && !e->participants.n)
    title_parties(w, e, t, taken);
}
