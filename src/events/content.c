#include "events/content.h"

static ChSlice slice_of(const ChReport *r, uint32_t token, uint32_t end)
{
  if (token >= end)
    return CH_LIT("");
  return ch_report_slice(r, ch_report_tokens_span(r, token, end - token));
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
