#include "events/arcs.h"
#include "events/content.h"
#include "events/speech.h"

static bool is_mark(const ChReport *r, uint32_t i, const char *mark) { return ch_slice_is(ch_report_slice(r, r->tokens.at[i].span), mark); }

/* The part of the sentence between semicolons around token i. */
static void segment(const ChReport *r, const ChSentence *sent, uint32_t i, uint32_t *from, uint32_t *to)
{
  *from = sent->token + sent->dateline;
  *to = sent->token + sent->tokens;
  for (uint32_t k = *from; k < i; k++)
    if (is_mark(r, k, ";"))
      *from = k + 1;
  for (uint32_t k = i; k < *to; k++)
    if (is_mark(r, k, ";"))
      *to = k;
}

/* First predicate of [from, to) that stands outside of the aside. */
static uint32_t first_predicate(const ChEventsWork *w, const ChSource *src)
{
  const ChReport *r = w->r;
  uint32_t best = CH_NONE;
  for (uint32_t i = src->from; i < src->to; i++) {
    if (src->asides && i >= src->aside && i < src->aside + src->asides)
      continue;
    uint32_t c = w->clause[i];
    if (c == CH_NONE || r->clauses.at[c].predicate != i || c == src->clause)
      continue;
    if (r->clauses.at[c].form == CH_VERB_FIN)
      return i;
    if (best == CH_NONE)
      best = i;
  }
  return best;
}

/* "according to X" with its name: the words inserted. */
static void prepositional(const ChEventsWork *w, uint32_t s, ChSource *src)
{
  const ChReport *r = w->r;
  const ChSentence *sent = &r->sentences.at[s];
  uint32_t end = src->token + src->tokens;
  if (src->mention != CH_NONE) {
    const ChMention *m = &r->mentions.at[src->mention];
    end = m->token + m->tokens > end ? m->token + m->tokens : end;
  }
  segment(r, sent, src->token, &src->from, &src->to);
  src->aside = src->token;
  src->asides = end - src->token;
  src->clausal = true;
}

/* Where another main verb goes on after the clause that is said ("said that ..., and urged ..."), else `to`. */
static uint32_t before_joined(const ChEventsWork *w, uint32_t verb, uint32_t said, uint32_t to)
{
  const ChReport *r = w->r;
  uint32_t joined = ch_arcs_dependent(w, verb, CH_ARCS_REL(CH_REL_CONJ) | CH_ARCS_REL(CH_REL_PARATAXIS), w->under[said].to);
  if (joined == CH_NONE || joined >= to || r->tokens.at[joined].morph.pos != CH_POS_VERB)
    return to;
  uint32_t from = w->under[joined].from;
  return from > said ? from : joined;
}

/* The complement's first word after the verb and its arguments, CH_NONE where a verb comes before it. */
static uint32_t complement_word(const ChEventsWork *w, uint32_t verb, uint32_t end)
{
  const ChReport *r = w->r;
  for (uint32_t i = verb + 1; i < end && i < verb + 16; i++) {
    if (is_mark(r, i, ":"))
      return i;
    if ((w->classes[i] & CH_WORD_COMPLEMENT) && r->tokens.at[i].morph.pos == CH_POS_SCONJ)
      return i;
    if (r->tokens.at[i].morph.pos == CH_POS_VERB && r->tokens.at[i].morph.form == CH_VERB_FIN)
      return CH_NONE;
  }
  return CH_NONE;
}

/* First token of the words of saying: of the verb's subject and adverbs before it, without what is said. */
static uint32_t saying_start(const ChEventsWork *w, uint32_t verb, uint32_t low)
{
  const ChReport *r = w->r;
  uint32_t i = verb;
  while (i > low && !ch_content_comma(r, i - 1) && !(r->tokens.at[i - 1].flags & (CH_TOKEN_QUOTE_CLOSE | CH_TOKEN_QUOTE_OPEN)) &&
         !((r->tokens.at[i - 1].flags & CH_TOKEN_PUNCT) && (r->tokens.at[i - 1].flags & CH_TOKEN_SPACE_BEFORE)))
    i--;
  return i;
}

static uint32_t saying_end(const ChEventsWork *w, uint32_t verb, uint32_t high)
{
  const ChReport *r = w->r;
  uint32_t i = verb + 1;
  while (i < high) {
    uint32_t m = w->outer[i];
    if (m != CH_NONE) {
      i = r->mentions.at[m].token + r->mentions.at[m].tokens > i ? r->mentions.at[m].token + r->mentions.at[m].tokens : i + 1;
      continue;
    }
    if (r->tokens.at[i].time == CH_NONE && (r->tokens.at[i].flags & CH_TOKEN_PUNCT))
      break;
    i++;
  }
  return i < high ? i : high;
}

/* Only punctuation left from i to end? */
static bool ends(const ChReport *r, uint32_t i, uint32_t end)
{
  for (; i < end; i++)
    if (!(r->tokens.at[i].flags & CH_TOKEN_PUNCT))
      return false;
  return true;
}

/* "X supports Y, Z said": where the words of another saying begin behind the verb, else `to`. */
static uint32_t before_saying(const ChEventsWork *w, uint32_t verb, uint32_t to)
{
  const ChReport *r = w->r;
  uint32_t length;
  for (uint32_t i = verb + 1; i < to; i++) {
    uint32_t c = w->clause[i];
    bool outer = r->tokens.at[verb].head == i || ch_arcs_inserted(w, i);
    if (c == CH_NONE || r->clauses.at[c].predicate != i || !outer || !ch_speech_at(w, i, &length))
      continue;
    uint32_t start = saying_start(w, i, verb + 1);
    while (start > verb + 2 && (r->tokens.at[start - 1].flags & CH_TOKEN_PUNCT))
      start--;
    return start > verb + 1 && ends(r, saying_end(w, i, to), to) ? start : to;
  }
  return to;
}

static void verbal(const ChEventsWork *w, uint32_t s, ChSource *src)
{
  const ChReport *r = w->r;
  const ChSentence *sent = &r->sentences.at[s];
  uint32_t verb = r->clauses.at[src->clause].predicate, low, high;
  segment(r, sent, verb, &low, &high);
  uint32_t said = ch_arcs_said(w, verb);
  uint32_t that = complement_word(w, verb, high);
  if (said != CH_NONE && said > verb && said < high) {
    src->from = w->under[said].from > verb ? w->under[said].from : verb + 1;
    src->to = before_joined(w, verb, said, high);
    src->head = said;
    src->clausal = true;
    return;
  }
  if (that != CH_NONE) {
    src->from = that + 1;
    src->to = high;
    src->clausal = true;
    return;
  }
  uint32_t start = saying_start(w, verb, low), end = saying_end(w, verb, high);
  bool inserted = ch_arcs_inserted(w, verb) || (said != CH_NONE && said < verb) || (start > low && ends(r, end, high));
  if (inserted) {
    src->from = start > low ? low : end;
    src->to = high;
    src->aside = start;
    src->asides = end - start;
    src->clausal = true;
    if (said == CH_NONE && ch_arcs_inserted(w, verb))
      said = r->tokens.at[verb].head;
    if (said != CH_NONE && said >= src->from && said < src->to && (said < start || said >= end))
      src->head = said;
    return;
  }
  src->from = verb + 1;
  src->to = before_saying(w, verb, before_joined(w, verb, verb, high));
  for (uint32_t i = src->from; i < src->to && !src->clausal; i++)
    src->clausal = (r->tokens.at[i].flags & CH_TOKEN_IN_QUOTE) != 0;
}

void ch_speech_extent(const ChEventsWork *w, uint32_t s, ChSource *src)
{
  const ChReport *r = w->r;
  const ChSentence *sent = &r->sentences.at[s];
  src->head = CH_NONE;
  if (src->speech->flags & CH_SPEECH_COLON) {
    src->from = src->token + 1;
    src->to = sent->token + sent->tokens;
    src->clausal = true;
  } else if (src->clause == CH_NONE) {
    prepositional(w, s, src);
  } else {
    verbal(w, s, src);
  }
  while (src->from + 1 < src->to && ((r->tokens.at[src->from].flags & CH_TOKEN_PUNCT) || (w->classes[src->from] & CH_WORD_COMPLEMENT)))
    src->from++;
  if (src->from >= src->to) /* nothing is said */
    src->from = src->to = src->token;
  if ((src->head == CH_NONE || w->clause[src->head] == CH_NONE) && !(src->speech->flags & CH_SPEECH_JUDGES))
    src->head = first_predicate(w, src);
}
