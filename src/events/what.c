/* What a trigger bears on: frames with a class of nouns ("suspend" + relations, trade) count only where their object is of it. */
#include "events/found.h"

enum { REACH = 12, BACK = 8 };

static bool is_what(const ChEventsWork *w, const ChFrame *f, uint32_t i)
{
  const ChToken *t = &w->r->tokens.at[i];
  return t->morph.pos != CH_POS_VERB && t->morph.pos != CH_POS_ADP && t->time == CH_NONE && ch_frames_is_what(w->f, f, t);
}

/* The object of a verb: a noun under no preposition but one of the trigger's own, or "of" ("the issue of visas"). It is looked for on both
 * sides, as subjects of passives and of intransitives ("flights resume") stand before. */
static bool verb_what(const ChEventsWork *w, const ChFrame *f, uint32_t clause, uint32_t length)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[clause];
  uint32_t p = c->predicate, from = c->token + REACH < p ? p - REACH : c->token, to = c->token + c->tokens;
  bool reduced = c->form == CH_VERB_PART || ch_clauses_relative(w, c);
  if (reduced) { /* "the border, which was closed", "sanctions imposed in May" */
    uint32_t start = r->sentences.at[c->sentence].token;
    from = c->token > start + BACK ? c->token - BACK : start;
  }
  for (uint32_t i = from; i < to && i < p + REACH; i++) {
    bool subject = i < p && c->voice == CH_VOICE_ACT && w->outer[i] != CH_NONE && ch_clauses_is_actor(r, w->outer[i]);
    if (i == p || subject || !is_what(w, f, i))
      continue; /* the minister who confirmed confirms no minister */
    uint32_t prep = ch_clauses_prep(r, i);
    if (prep == CH_NONE || prep > i || (prep >= p && prep < p + length) || (w->classes[prep] & CH_WORD_OF) || (reduced && i < c->token))
      return true;
    const ChFrameArg *a = ch_fill_frame_arg(w, f, r->tokens.at[prep].norm, CH_CASE_NONE);
    if (a && a->slot == CH_SLOT_TOPIC)
      return true; /* "provide X with aid" */
  }
  return false;
}

/* The complement of a noun ("the closure of the border"), or a noun before it in its phrase ("trade suspension"). */
static bool noun_what(const ChEventsWork *w, const ChFrame *f, uint32_t token, uint32_t length)
{
  const ChReport *r = w->r;
  const ChSentence *s = &r->sentences.at[r->tokens.at[token].sentence];
  uint32_t end = s->token + s->tokens;
  for (uint32_t i = token + length; i < end && i < token + length + BACK; i++) {
    uint8_t pos = r->tokens.at[i].morph.pos;
    if (pos == CH_POS_VERB || pos == CH_POS_AUX || (r->tokens.at[i].flags & CH_TOKEN_PUNCT) || (pos == CH_POS_ADP && !(w->classes[i] & CH_WORD_OF)))
      break;
    if (is_what(w, f, i))
      return true;
  }
  for (uint32_t i = token; i > s->token && token - i < 2 && r->tokens.at[i - 1].morph.pos == CH_POS_NOUN && !r->tokens.at[i - 1].morph.kase; i--)
    if (is_what(w, f, i - 1))
      return true;
  return false;
}

bool ch_found_what(const ChEventsWork *w, const ChFrame *f, uint32_t clause, uint32_t token, uint32_t length)
{
  if (!f->what[0])
    return true;
  return f->flags & CH_FRAME_NOUN ? noun_what(w, f, token, length) : verb_what(w, f, clause, length);
}
