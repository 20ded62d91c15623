/* "Met on the sidelines of the UN General Assembly": a body by whose name alone a gathering of it is told of. */
#include "events/found.h"
#include "events/status.h"

static bool aside_cue(const ChEventsWork *w, uint32_t i, uint32_t end, uint32_t *length)
{
  uint32_t node = ch_frames_match(&w->f->cue_words, w->r, i, end, length);
  size_t n;
  const ChPhraseValue *v = ch_phrases_values(&w->f->cue_words, node, &n);
  for (size_t k = 0; node && k < n; k++)
    if (v[k].value < w->f->n_cues && w->f->cues[v[k].value].link && w->f->cues[v[k].value].status == w->terms.sidelines_of)
      return true;
  return false;
}

static const ChFrame *conference_frame(const ChEventsWork *w)
{
  for (size_t i = 0; i < w->f->n_frames; i++)
    if (w->f->frames[i].kind == w->terms.conference && (w->f->frames[i].flags & CH_FRAME_NOUN) && !(w->f->frames[i].flags & (CH_FRAME_VOID | CH_FRAME_TOPICS)))
      return &w->f->frames[i];
  return NULL;
}

/* Has a noun in or right behind the tokens [from, to) made an event of the sentence already ("of the G20 summit")? */
static bool told(const ChReport *r, uint32_t first, uint32_t from, uint32_t to)
{
  enum { BEHIND = 4 };
  for (uint32_t i = first; i < r->events.n; i++)
    if (r->events.at[i].trigger >= from && r->events.at[i].trigger < to + BEHIND && !r->events.at[i].verbal)
      return true;
  return false;
}

/* "On the margins of the event, X held talks": the meetings of the clause are beside one told of elsewhere. */
static void mark(ChEventsWork *w, uint32_t first, uint32_t at)
{
  ChReport *r = w->r;
  for (uint32_t i = first; i < r->events.n && at < r->tokens.n; i++) {
    ChEvent *e = &r->events.at[i];
    uint32_t c = w->clause[at];
    e->aside |= (e->kind == w->terms.meeting || e->kind == w->terms.signing) && c != CH_NONE && (e->clause == c || e->clause == c + 1);
  }
}

void ch_aside_gatherings(ChEventsWork *w, uint32_t s, uint32_t first)
{
  ChReport *r = w->r;
  const ChSentence *sent = &r->sentences.at[s];
  enum { MOST = 8 }; /* of a sentence: keeps it linear on hostile input */
  uint32_t end = sent->token + sent->tokens, length, found = 0;
  const ChFrame *frame = conference_frame(w);
  for (uint32_t i = sent->token + sent->dateline; frame && i < end && found < MOST; i++) {
    if (!aside_cue(w, i, end, &length))
      continue;
    found++;
    uint32_t at = i + length;
    while (at + 1 < end && r->tokens.at[at].morph.pos == CH_POS_DET && w->outer[at] == CH_NONE)
      at++;
    i = at - 1;
    uint32_t m = at < end ? w->outer[at] : CH_NONE;
    const ChMention *x = m != CH_NONE ? &r->mentions.at[m] : NULL;
    if (told(r, first, at, x ? x->token + x->tokens : at + 1))
      continue;
    if (!x || x->type != CH_ENTITY_BODY || x->entity == CH_NONE)
      mark(w, first, at);
    if (!x || x->type != CH_ENTITY_BODY || x->form != CH_MENTION_NAME || x->entity == CH_NONE || r->entities.at[x->entity].state != CH_NONE || w->clause[x->head] == CH_NONE)
      continue;
    ChFound f = {.t = {.token = x->token, .tokens = x->tokens, .head = x->head, .clause = w->clause[x->head], .frame = frame}, .supported = true};
    f.status = ch_status_of(w, f.t.clause, &f.rule);
    uint32_t n = (uint32_t)r->events.n;
    ch_found_add(w, &f);
    if (r->events.n == n)
      continue;
    r->events.at[n].participants.n = 0; /* those of the clause met beside it */
    ch_fill_participant(w, &r->events.at[n], m, w->terms.party, frame->id, 0.6f);
  }
}
