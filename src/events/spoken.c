/* What was or will be spoken of: clean phrases from the object of a verb, from behind a noun or a preposition, or from the subject ("X topped
 * the agenda"). The words tell where a phrase ends, the tree tells what a comma or "and" in it joins. */
#include "events/arcs.h"
#include "events/content.h"
#include "events/found.h"
#include "world/world.h"

enum { MOST_WORDS = 18, MOST_TOPICS = 12, LOOK = 24 };

static bool is_noun(const ChToken *t) { return t->morph.pos == CH_POS_NOUN || t->morph.pos == CH_POS_PROPN; }

static bool is_finite(const ChToken *t)
{
  return (t->morph.pos == CH_POS_VERB && t->morph.form == CH_VERB_FIN) || t->morph.pos == CH_POS_AUX;
}

/* ---- where a phrase ends ---- */

/* Do words stand at i that place or stage the talks rather than tell of what ("on the sidelines of", "by phone")? */
static bool staging(const ChEventsWork *w, uint32_t i, uint32_t end)
{
  uint32_t length, node = ch_frames_match(&w->f->cue_words, w->r, i, end, &length);
  size_t n;
  const ChPhraseValue *v = ch_phrases_values(&w->f->cue_words, node, &n);
  for (size_t k = 0; node && k < n; k++) {
    const ChCue *c = v[k].value < w->f->n_cues ? &w->f->cues[v[k].value] : NULL;
    uint32_t m = i + length < end ? w->outer[i + length] : CH_NONE; /* "cooperation within the framework of OPEC": no event stages it */
    if (c && c->link && c->status == w->terms.part_of && m != CH_NONE && w->r->mentions.at[m].type == CH_ENTITY_BODY)
      continue;
    if (c && (c->format || (c->link && c->status != w->terms.prepares && (length > 1 || c->status == w->terms.part_of || c->status == w->terms.sidelines_of))))
      return true;
  }
  return false;
}

static bool is_city(const ChEventsWork *w, uint32_t entity)
{
  const ChEntity *e = &w->r->entities.at[entity];
  if (e->type != CH_ENTITY_PLACE)
    return false;
  ChWorld world = ch_world_of(w->r->pack);
  if (e->world >= world.n_places)
    return false;
  uint32_t kind = world.places[e->world].kind;
  return kind == CH_PLACE_CITY || kind == CH_PLACE_TOWN || kind == CH_PLACE_VENUE;
}

/* Is the preposition at i that of with whom or where the talks were: a person, a pronoun for one, or a city that ends the phrase? */
static bool adjunct(const ChEventsWork *w, uint32_t i, uint32_t end)
{
  const ChReport *r = w->r;
  if (r->tokens.at[i].morph.pos != CH_POS_ADP || (w->classes[i] & CH_WORD_OF) || i + 1 >= end)
    return false;
  uint32_t m = w->outer[i + 1] == CH_NONE && i + 2 < end && r->tokens.at[i + 1].morph.pos == CH_POS_DET ? w->outer[i + 2] : w->outer[i + 1];
  if (m == CH_NONE || r->mentions.at[m].form == CH_MENTION_ADJECTIVE)
    return false;
  const ChMention *x = &r->mentions.at[m];
  if (x->type == CH_ENTITY_PERSON || x->form == CH_MENTION_PRONOUN)
    return x->prep == i || x->prep == CH_NONE;
  uint32_t after = x->token + x->tokens;
  bool dated = after < end && (r->tokens.at[after].time != CH_NONE || (after + 1 < end && r->tokens.at[after].morph.pos == CH_POS_ADP && r->tokens.at[after + 1].time != CH_NONE));
  bool last = after >= end || (r->tokens.at[after].flags & CH_TOKEN_PUNCT) || dated; /* "in Brussels on Thursday" is of the verb */
  uint32_t head = r->tokens.at[x->head].head; /* "the timing of the talks in Geneva": the noun's place */
  bool of_noun = head != CH_NONE && head < i && is_noun(&r->tokens.at[head]) && r->tokens.at[x->head].margin >= CH_ARCS_SURE;
  return last && (!of_noun || dated) && (w->classes[i] & CH_WORD_PLACE) && x->entity != CH_NONE && is_city(w, x->entity);
}

/* "of 2015", "the 2015 accord": a year belongs to what it dates. */
static bool year_of_noun(const ChEventsWork *w, uint32_t i, uint32_t from)
{
  const ChReport *r = w->r;
  const ChTime *x = &r->times.at[r->tokens.at[i].time];
  if (ch_content_years(x))
    return true;
  if (x->edtf.n != 4 || r->tokens.at[x->token].morph.pos == CH_POS_ADP || x->token <= from)
    return x->edtf.n == 4 && i == from;
  const ChToken *before = &r->tokens.at[x->token - 1];
  return is_noun(before) ? before->morph.kase != CH_CASE_NONE : (w->classes[x->token - 1] & (CH_WORD_OF | CH_WORD_DEFINITE)) != 0;
}

/* May a verb form that is not finite stand in the phrase that began at `from`: a deed that a noun governs, or the deed spoken of? */
static bool deed_inside(const ChEventsWork *w, uint32_t i, uint32_t from)
{
  const ChReport *r = w->r;
  const ChToken *t = &r->tokens.at[i];
  uint32_t head = t->head;
  bool noun = head != CH_NONE && head >= from && head < i && r->tokens.at[head].morph.pos != CH_POS_VERB;
  switch (t->morph.form) {
  case CH_VERB_INF:
    return noun || i - from <= 3; /* "efforts to end", "how to end" */
  case CH_VERB_GER:
    return i == from || t->rel == CH_REL_AMOD || t->rel == CH_REL_COMPOUND || t->rel == CH_REL_CONJ || r->tokens.at[i - 1].morph.pos != CH_POS_PUNCT;
  case CH_VERB_PART:
    return i == from || t->rel == CH_REL_AMOD || noun;
  default:
    return i == from;
  }
}

/* Does the part of the sentence between i and the next comma have a verb of its own ("..., officials said")? */
static bool has_verb(const ChEventsWork *w, uint32_t i, uint32_t end)
{
  const ChReport *r = w->r;
  for (uint32_t k = i; k < end && k < i + LOOK && !ch_content_comma(r, k); k++) {
    if (is_finite(&r->tokens.at[k]))
      return true;
    if (k == i && r->tokens.at[k].morph.pos == CH_POS_VERB && r->tokens.at[k].rel != CH_REL_CONJ && r->tokens.at[k].rel != CH_REL_AMOD)
      return r->tokens.at[k].morph.form != CH_VERB_GER || r->tokens.at[k].rel == CH_REL_ADVCL;
  }
  return false;
}

/* Does "and" at i join another verb or another sentence rather than another topic? */
static bool joins_verb(const ChEventsWork *w, uint32_t i, uint32_t end)
{
  const ChReport *r = w->r;
  for (uint32_t k = i + 1; k < end && k < i + LOOK; k++) {
    const ChToken *t = &r->tokens.at[k];
    if (ch_content_comma(r, k) || (w->classes[k] & CH_WORD_RELATIVE))
      return false;
    if (is_finite(t))
      return true;
    bool joined = t->rel == CH_REL_CONJ && t->head != CH_NONE && t->head < i;
    if (joined && t->morph.pos != CH_POS_VERB)
      return false;
  }
  return false;
}

static bool ends_phrase(const ChEventsWork *w, uint32_t i, uint32_t from, uint32_t end)
{
  const ChReport *r = w->r;
  const ChToken *t = &r->tokens.at[i];
  uint32_t c = w->classes[i];
  if (t->time != CH_NONE && w->outer[i] == CH_NONE)
    return !year_of_noun(w, i, from);
  if (w->outer[i] != CH_NONE && !(t->flags & CH_TOKEN_PUNCT) && t->morph.pos != CH_POS_VERB)
    return i > from && r->mentions.at[w->outer[i]].form == CH_MENTION_PRONOUN && t->morph.kase == CH_CASE_NOM;
  if (is_finite(t) || (t->morph.pos == CH_POS_VERB && !deed_inside(w, i, from)))
    return true;
  if (i > from && ((c & (CH_WORD_RELATIVE | CH_WORD_COMPLEMENT)) || t->morph.pos == CH_POS_SCONJ) && r->tokens.at[i - 1].morph.pos != CH_POS_CCONJ)
    return t->morph.pos != CH_POS_ADJ;
  if (ch_content_comma(r, i))
    return w->outer[i] == CH_NONE && has_verb(w, i + 1, end);
  if (t->flags & CH_TOKEN_PUNCT)
    return !(t->flags & (CH_TOKEN_QUOTE_OPEN | CH_TOKEN_QUOTE_CLOSE | CH_TOKEN_JOINED)) && (t->flags & CH_TOKEN_SPACE_BEFORE || i + 1 >= end || (r->tokens.at[i + 1].flags & CH_TOKEN_SPACE_BEFORE));
  if (c & CH_WORD_AND)
    return joins_verb(w, i, end);
  return i > from && t->morph.pos == CH_POS_ADP && (adjunct(w, i, end) || staging(w, i, end));
}

static uint32_t phrase_end(const ChEventsWork *w, uint32_t from, uint32_t end)
{
  const ChReport *r = w->r;
  uint32_t i = from;
  while (i < end && !ends_phrase(w, i, from, end))
    i++;
  while (i > from && ((r->tokens.at[i - 1].flags & CH_TOKEN_PUNCT && !(r->tokens.at[i - 1].flags & CH_TOKEN_QUOTE_CLOSE)) ||
                      r->tokens.at[i - 1].morph.pos == CH_POS_ADP || r->tokens.at[i - 1].morph.pos == CH_POS_CCONJ ||
                      r->tokens.at[i - 1].morph.pos == CH_POS_ADV || r->tokens.at[i - 1].morph.pos == CH_POS_DET))
    i--;
  return i;
}

/* ---- one topic each ---- */

/* The word that the rest of the piece hangs on: its head stands outside. */
static uint32_t top_of(const ChReport *r, uint32_t from, uint32_t to)
{
  for (uint32_t i = from; i < to; i++) {
    const ChToken *t = &r->tokens.at[i];
    if ((is_noun(t) || t->morph.pos == CH_POS_VERB) && (t->head == CH_NONE || t->head < from || t->head >= to))
      return i;
  }
  return CH_NONE;
}

/* What the comma or "and" at i joins by the tree: the word before it that the next member hangs on, CH_NONE; *member is that next one. */
static uint32_t joined_to(const ChEventsWork *w, uint32_t i, uint32_t start, uint32_t end, uint32_t *member)
{
  const ChReport *r = w->r;
  for (uint32_t k = i + 1; k < end && k < i + 10; k++) {
    const ChToken *t = &r->tokens.at[k];
    if (t->rel != CH_REL_CONJ || t->head == CH_NONE || t->head >= i)
      continue;
    *member = k;
    return t->head >= start ? t->head : CH_NONE;
  }
  return CH_NONE;
}

/* A bare word on each side of "and" makes one topic ("trade and investment"). */
static bool both_bare(const ChEventsWork *w, uint32_t from, uint32_t i, uint32_t member)
{
  return i - from == 1 && w->under[member].to == member + 1 && w->under[member].from >= i;
}

/* Does the comma or "and" at i part two topics? `tops` are the topmost words of this piece and of the first one. */
static bool parts(const ChEventsWork *w, uint32_t i, uint32_t from, uint32_t start, uint32_t end, uint32_t first_top)
{
  const ChReport *r = w->r;
  if (i <= from || i + 1 >= end || w->outer[i] != CH_NONE)
    return false;
  bool comma = ch_content_comma(r, i);
  uint32_t member = CH_NONE, head = joined_to(w, i, start, end, &member), top = top_of(r, from, i);
  if (top == CH_NONE)
    return false; /* "political, economic and military ties" */
  uint8_t next = r->tokens.at[i + 1].morph.pos;
  bool fresh = next == CH_POS_DET || next == CH_POS_ADP || ch_content_comma(r, i - 1);
  if (head == CH_NONE)
    return comma || fresh;
  bool name = (w->outer[head] == CH_NONE) != (w->outer[member] == CH_NONE);
  if (head == top || head == first_top)
    return comma || fresh || name || !both_bare(w, from, i, member);
  /* inside: "in trade, energy and transport", but a name and a thing are no members of one list */
  bool unlike = (w->outer[head] == CH_NONE) != (w->outer[member] == CH_NONE) ||
                (comma && (r->tokens.at[head].morph.pos == CH_POS_PROPN) != (r->tokens.at[member].morph.pos == CH_POS_PROPN));
  return unlike || (fresh && next == CH_POS_DET);
}

static bool of_class(const ChEventsWork *w, uint32_t i, ChWord name)
{
  return name && ch_frames_is_class(w->f, name, &w->r->tokens.at[i]);
}

/* "a range of issues related to ...": the words before what is meant. */
static uint32_t past_vague(const ChEventsWork *w, uint32_t from, uint32_t to)
{
  const ChReport *r = w->r;
  for (int again = 0; again < 3; again++) {
    uint32_t i = from;
    while (i < to && (r->tokens.at[i].morph.pos == CH_POS_ADJ || r->tokens.at[i].morph.pos == CH_POS_DET || r->tokens.at[i].morph.pos == CH_POS_NUM))
      i++;
    if (i + 1 >= to || !of_class(w, i, w->terms.vague))
      break;
    uint32_t k = i + 1;
    if (ch_content_comma(r, k) && k + 1 < to && r->tokens.at[k + 1].morph.form == CH_VERB_PART)
      k++;
    bool part = r->tokens.at[k].morph.form == CH_VERB_PART;
    k += part;
    bool prep = k < to && r->tokens.at[k].morph.pos == CH_POS_ADP && (part || (w->classes[k] & (CH_WORD_OF | CH_WORD_TOPIC)));
    k += prep;
    bool genitive = k == i + 1 && k < to && r->tokens.at[k].morph.kase == CH_CASE_GEN;
    if (k >= to || !(prep || genitive))
      break;
    while (k + 1 < to && r->tokens.at[k].morph.pos == CH_POS_DET)
      k++;
    from = k;
  }
  return from;
}

/* Has the phrase a noun that may be spoken of: not a person or body by name alone, nor a day, nor a bare "issue"? */
static bool is_subject_matter(const ChEventsWork *w, uint32_t from, uint32_t to)
{
  const ChReport *r = w->r;
  bool noun = false, telling = false;
  for (uint32_t k = from; k < to; k++) {
    uint32_t m = w->outer[k];
    bool name = m != CH_NONE && (r->mentions.at[m].type == CH_ENTITY_PERSON || r->mentions.at[m].type == CH_ENTITY_GROUP || r->mentions.at[m].type == CH_ENTITY_OUTLET ||
                                  (r->mentions.at[m].type == CH_ENTITY_BODY && r->mentions.at[m].entity != CH_NONE && r->entities.at[r->mentions.at[m].entity].known)) && r->mentions.at[m].token <= from &&
                r->mentions.at[m].token + r->mentions.at[m].tokens >= to;
    bool here = is_noun(&r->tokens.at[k]) && !name && r->tokens.at[k].time == CH_NONE;
    noun |= here;
    telling |= (here && !of_class(w, k, w->terms.vague)) || (r->tokens.at[k].morph.pos == CH_POS_ADJ && !(w->classes[k] & (CH_WORD_ORDINAL | CH_WORD_GENERIC)));
  }
  return noun && telling;
}

/* "the conference on Syria": what stands in the name of the gathering is no agenda. */
static bool names_series(const ChEventsWork *w, const ChEvent *e, uint32_t from, uint32_t to)
{
  uint32_t m = w->outer[from];
  return e->kind == w->terms.conference &&
         (w->series[from] != CH_NONE || (m != CH_NONE && w->r->mentions.at[m].type == CH_ENTITY_STATE && w->outer[to - 1] == m));
}

static bool leads_in(const ChEventsWork *w, uint32_t i)
{
  const ChToken *t = &w->r->tokens.at[i];
  uint8_t pos = t->morph.pos;
  return pos == CH_POS_CCONJ || pos == CH_POS_DET || pos == CH_POS_ADP || (pos == CH_POS_PRON && !(w->classes[i] & CH_WORD_RELATIVE)) || pos == CH_POS_PART || (t->flags & CH_TOKEN_PUNCT && !(t->flags & CH_TOKEN_QUOTE_OPEN)) ||
         (pos == CH_POS_ADV && !(w->classes[i] & CH_WORD_RELATIVE)) || (w->classes[i] & CH_WORD_AND) || of_class(w, i, w->terms.namely);
}

/* "To resume the talks", "that X will come": what is to happen, no matter. */
static bool is_deed(const ChEventsWork *w, uint32_t i)
{
  const ChReport *r = w->r;
  return (r->tokens.at[i].morph.pos == CH_POS_VERB && r->tokens.at[i].morph.form == CH_VERB_INF) || (r->tokens.at[i].morph.pos == CH_POS_SCONJ && (w->classes[i] & CH_WORD_COMPLEMENT));
}

/* "Offered to discuss the status of X": what is to be discussed. */
static uint32_t past_discussing(const ChEventsWork *w, uint32_t from, uint32_t to)
{
  uint32_t length;
  if (from >= to || !is_deed(w, from))
    return from;
  const ChFrame *f = ch_found_frame(w, from, to, false, &length);
  if (!f || f->object.slot != CH_SLOT_TOPIC)
    return from;
  from += length;
  while (from < to && leads_in(w, from))
    from++;
  return from;
}

/* "The matter in New York", "the issue before the council": a vague noun with nothing to tell of what. */
static bool vague_for(const ChEventsWork *w, uint32_t from, uint32_t to)
{
  const ChReport *r = w->r;
  if (!of_class(w, from, w->terms.vague) || from + 2 >= to || r->tokens.at[from + 1].morph.pos != CH_POS_ADP || (w->classes[from + 1] & (CH_WORD_OF | CH_WORD_TOPIC)))
    return false;
  uint32_t at = r->tokens.at[from + 2].morph.pos == CH_POS_DET && from + 3 < to ? from + 3 : from + 2, m = w->outer[at];
  return m != CH_NONE && (r->mentions.at[m].type == CH_ENTITY_BODY || r->mentions.at[m].type == CH_ENTITY_PLACE);
}

static void add_topic(ChEventsWork *w, ChEvent *e, uint32_t from, uint32_t to)
{
  ChReport *r = w->r;
  while (from < to && leads_in(w, from))
    from++;
  from = past_vague(w, from, to);
  while (to > from && (r->tokens.at[to - 1].morph.pos == CH_POS_ADV || r->tokens.at[to - 1].morph.pos == CH_POS_ADP || r->tokens.at[to - 1].morph.pos == CH_POS_CCONJ))
    to--;
  from = past_discussing(w, from, to);
  if (to <= from || (e->kind != w->terms.proposal && is_deed(w, from)) || vague_for(w, from, to))
    return;
  if (to - from > MOST_WORDS || e->topics.n >= MOST_TOPICS || !is_subject_matter(w, from, to) || names_series(w, e, from, to))
    return;
  ChSlice text = ch_report_slice(r, ch_report_tokens_span(r, from, to - from));
  for (size_t i = 0; i < e->topics.n; i++)
    if (ch_slice_eq(e->topics.at[i], text))
      return;
  *CH_PUSH(r->arena, &e->topics) = text;
}

static void add_topics(ChEventsWork *w, ChEvent *e, uint32_t start, uint32_t end)
{
  const ChReport *r = w->r;
  while (start < end && leads_in(w, start))
    start++;
  start = past_vague(w, start, end); /* "the issues of trade and transit": what is joined are the issues */
  uint32_t from = start, first_top = CH_NONE;
  for (uint32_t i = start; i < end; i++) {
    bool joint = ch_content_comma(r, i) || (w->classes[i] & CH_WORD_AND);
    if (!joint || !parts(w, i, from, start, end, first_top))
      continue;
    if (first_top == CH_NONE)
      first_top = top_of(r, from, i);
    add_topic(w, e, from, i);
    from = i + 1;
  }
  add_topic(w, e, from, end);
}

/* Adds what is spoken of from token `from` on; returns where it ends. */
static uint32_t take(ChEventsWork *w, ChEvent *e, uint32_t from, uint32_t end)
{
  uint32_t to = phrase_end(w, from, end);
  if (to > from)
    add_topics(w, e, from, to);
  return to;
}

/* ---- where it stands ---- */

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

static uint32_t sentence_end(const ChEventsWork *w, uint32_t token)
{
  const ChSentence *s = &w->r->sentences.at[w->r->tokens.at[token].sentence];
  return s->token + s->tokens;
}

/* "The borders were discussed", "trade topped the agenda": the subject, on either side of its verb; false where it is nobody's thing. */
static bool subject_topic(ChEventsWork *w, ChEvent *e, const ChTrigger *t)
{
  const ChReport *r = w->r;
  uint32_t subject = ch_arcs_subject(w, t->token);
  if (subject == CH_NONE || !is_noun(&r->tokens.at[subject]) || (w->outer[subject] != CH_NONE && r->mentions.at[w->outer[subject]].type == CH_ENTITY_PERSON))
    return false;
  uint32_t from = w->under[subject].from, to = w->under[subject].to;
  if (from > t->token) {
    take(w, e, from, sentence_end(w, t->token));
  } else {
    uint32_t before = to > t->token ? t->token : to;
    take(w, e, from, before);
  }
  return true;
}

/* "The main topic will be trade", "trade will be the main topic": the side of the verb on which the frame's own noun does not stand. */
static void theme_topic(ChEventsWork *w, ChEvent *e, const ChTrigger *t)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[t->clause];
  for (uint32_t i = c->token; i < t->token; i++)
    if (is_noun(&r->tokens.at[i]) && ch_frames_is_what(w->f, t->frame, &r->tokens.at[i])) {
      take(w, e, t->token + t->tokens, sentence_end(w, t->token));
      return;
    }
  if (subject_topic(w, e, t))
    return;
  uint32_t from = c->token;
  while (from < t->token && leads_in(w, from))
    from++;
  take(w, e, from, t->token);
}

/* Where the object begins after adjuncts ("discuss [in Astana] [with X] [on Friday] trade"). */
static uint32_t object_start(const ChEventsWork *w, const ChTrigger *t, uint32_t end)
{
  const ChReport *r = w->r;
  uint32_t from = t->token + t->tokens;
  for (int steps = 0; from + 1 < end && steps < 40; steps++) {
    const ChToken *x = &r->tokens.at[from];
    uint32_t m = w->outer[from], next = w->outer[from + 1];
    if (x->time != CH_NONE || (m != CH_NONE && r->mentions.at[m].prep != CH_NONE))
      from++;
    else if (x->morph.pos == CH_POS_ADP && (next != CH_NONE || staging(w, from, end) || r->tokens.at[from + 1].time != CH_NONE))
      from += staging(w, from, end) ? 2 : 1;
    else if (x->morph.pos == CH_POS_ADV)
      from++;
    else
      break;
  }
  return from;
}

static const ChFrameArg *topic_arg(const ChEventsWork *w, const ChFrame *f, ChWord prep, uint8_t kase)
{
  for (uint32_t k = f->arg; k < f->arg + f->args && k < w->f->n_args; k++) {
    const ChFrameArg *a = &w->f->args[k];
    if (a->slot == CH_SLOT_TOPIC && a->prep == prep && (prep || a->kase == kase))
      return a;
  }
  return NULL;
}

static void object_topic(ChEventsWork *w, ChEvent *e, const ChTrigger *t, ChTaken *taken)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[t->clause];
  uint32_t limit = sentence_end(w, t->token), from = object_start(w, t, limit);
  if (from >= limit || is_late_subject(w, c, from)) {
    fronted_topic(w, e, t);
    return;
  }
  if (r->tokens.at[from].morph.pos == CH_POS_ADP) {
    if (!topic_arg(w, t->frame, r->tokens.at[from].norm, CH_CASE_NONE) && !(w->classes[from] & CH_WORD_TOPIC))
      return;
    from++;
  }
  *taken = (ChTaken){from, take(w, e, from, limit)};
  if (!e->topics.n)
    fronted_topic(w, e, t);
}

/* "talks with X on trade", "was devoted to trade": after a preposition, or in a case, that the frame gives to topics. */
static void marked_topic(ChEventsWork *w, ChEvent *e, const ChTrigger *t, ChTaken *taken)
{
  enum { REACH = 24 };
  const ChReport *r = w->r;
  uint32_t limit = sentence_end(w, t->token), after = t->token + t->tokens;
  for (uint32_t i = after; i + 1 < limit && i < after + REACH; i++) {
    const ChToken *x = &r->tokens.at[i];
    if (is_finite(x) || (x->morph.pos == CH_POS_VERB && x->morph.form != CH_VERB_PART && w->outer[i] == CH_NONE) || (ch_content_comma(r, i) && has_verb(w, i + 1, limit)))
      break;
    uint32_t m = w->outer[i];
    if (x->morph.pos == CH_POS_ADP && x->time == CH_NONE) {
      const ChFrameArg *a = topic_arg(w, t->frame, x->norm, CH_CASE_NONE);
      uint8_t kase = w->outer[i + 1] != CH_NONE ? r->mentions.at[w->outer[i + 1]].kase : ch_clauses_case(r, i + 1);
      if (!a || staging(w, i, limit) || r->tokens.at[i + 1].time != CH_NONE || (a->kase && kase && kase != a->kase && w->outer[i + 1] == CH_NONE))
        continue;
      uint32_t to = take(w, e, i + 1, limit);
      if (!taken->to)
        *taken = (ChTaken){i + 1, to};
      return;
    }
    uint32_t g = x->group;
    bool bare = g != CH_NONE && r->groups.at[g].type == CH_GROUP_NOUN && r->groups.at[g].token == i && r->groups.at[g].prep == CH_NONE && m == CH_NONE;
    if (bare && r->groups.at[g].kase && topic_arg(w, t->frame, CH_NO_WORD, r->groups.at[g].kase)) {
      uint32_t to = take(w, e, i, limit);
      if (!taken->to)
        *taken = (ChTaken){i, to};
      return;
    }
  }
}

/* "On the agenda: trade", "the agenda is - trade": what stands after a colon or dash behind the noun. */
static void listed_topic(ChEventsWork *w, ChEvent *e, const ChTrigger *t)
{
  enum { REACH = 10 };
  const ChReport *r = w->r;
  uint32_t limit = sentence_end(w, t->token), after = t->token + t->tokens;
  for (uint32_t i = after; i + 1 < limit && i < after + REACH; i++) {
    const ChToken *x = &r->tokens.at[i];
    bool is = (w->classes[i] & CH_WORD_BE) && r->tokens.at[i + 1].morph.pos != CH_POS_VERB && r->tokens.at[i + 1].morph.pos != CH_POS_AUX;
    if (is) { /* "on the agenda were trade and transit" */
      take(w, e, i + 1, limit);
      return;
    }
    if (x->morph.pos == CH_POS_VERB || x->morph.pos == CH_POS_AUX || ch_content_comma(r, i))
      return;
    if (!(x->flags & CH_TOKEN_PUNCT) || w->outer[i] != CH_NONE || (x->flags & (CH_TOKEN_QUOTE_OPEN | CH_TOKEN_QUOTE_CLOSE)))
      continue;
    take(w, e, i + 1, limit);
    return;
  }
}

void ch_content_topics(ChEventsWork *w, ChEvent *e, const ChTrigger *t, ChTaken *taken)
{
  const ChReport *r = w->r;
  const ChFrame *f = t->frame;
  const ChClause *c = &r->clauses.at[t->clause];
  if (f->subject.slot == CH_SLOT_TOPIC) {
    if (f->what[0])
      theme_topic(w, e, t);
    else
      subject_topic(w, e, t);
    return;
  }
  if (f->object.slot == CH_SLOT_TOPIC && (f->flags & CH_FRAME_WEAK) && c->voice != CH_VOICE_ACT && subject_topic(w, e, t) && e->topics.n)
    return;
  if (f->object.slot == CH_SLOT_TOPIC && c->voice != CH_VOICE_PASS)
    object_topic(w, e, t, taken);
  else if ((f->flags & CH_FRAME_TOPICS) && (f->flags & CH_FRAME_NOUN))
    listed_topic(w, e, t);
  else
    marked_topic(w, e, t, taken);
}
