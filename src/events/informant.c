/* Sources without a name: "two Egyptian security sources", "a source in the ministry". They are named by their description. */
#include "events/arcs.h"
#include "events/speech.h"
#include "world/world.h"

enum { MOST_BEFORE = 6, MOST_AFTER = 8 };

static bool is_office(const ChEventsWork *w, uint32_t token) { return ch_frames_is_class(w->f, w->terms.informant_office, &w->r->tokens.at[token]); }

bool ch_informant_at(const ChEventsWork *w, uint32_t token)
{
  const ChReport *r = w->r;
  uint32_t m = w->outer[token];
  bool known = m != CH_NONE && r->mentions.at[m].entity != CH_NONE && r->mentions.at[m].head == token && r->mentions.at[m].form != CH_MENTION_ADJECTIVE;
  return !known && r->tokens.at[token].morph.pos == CH_POS_NOUN &&
         (ch_frames_is_class(w->f, w->terms.informant, &r->tokens.at[token]) || is_office(w, token));
}

/* Words before the noun that belong to its description. */
static uint32_t start_of(const ChEventsWork *w, uint32_t token)
{
  const ChReport *r = w->r;
  uint32_t first = r->sentences.at[r->tokens.at[token].sentence].token, i = token;
  while (i > first && token - i < MOST_BEFORE) {
    uint8_t pos = r->tokens.at[i - 1].morph.pos;
    uint32_t m = w->outer[i - 1];
    bool state = m != CH_NONE && (r->mentions.at[m].form == CH_MENTION_ADJECTIVE || (r->mentions.at[m].type != CH_ENTITY_PERSON && r->mentions.at[m].prep == CH_NONE && !r->tokens.at[i - 1].morph.kase));
    if (pos != CH_POS_ADJ && !state && !(pos == CH_POS_NOUN && !r->tokens.at[i - 1].morph.kase && m == CH_NONE))
      break;
    i--;
  }
  return i;
}

/* ... and after it, where they place the source: "in the ministry", "close to the talks". */
static uint32_t end_of(const ChEventsWork *w, uint32_t token)
{
  const ChReport *r = w->r;
  const ChSentence *s = &r->sentences.at[r->tokens.at[token].sentence];
  uint32_t end = s->token + s->tokens, i = token + 1;
  if (i >= end || !((r->tokens.at[i].morph.pos == CH_POS_ADP && (w->classes[i] & (CH_WORD_PLACE | CH_WORD_OF))) || r->tokens.at[i].morph.kase == CH_CASE_GEN || w->outer[i] != CH_NONE))
    return i;
  while (i < end && i - token < MOST_AFTER) {
    const ChToken *t = &r->tokens.at[i];
    bool name = w->outer[i] != CH_NONE && !(t->flags & CH_TOKEN_PUNCT);
    if ((t->flags & CH_TOKEN_PUNCT) || t->time != CH_NONE || (t->morph.pos == CH_POS_VERB && !name) || t->morph.pos == CH_POS_AUX || (w->classes[i] & (CH_WORD_RELATIVE | CH_WORD_COMPLEMENT)))
      break;
    i++;
  }
  while (i > token + 1 && (r->tokens.at[i - 1].morph.pos == CH_POS_ADP || r->tokens.at[i - 1].morph.pos == CH_POS_ADV))
    i--;
  return i;
}

static bool only_ascii(ChSlice s)
{
  for (size_t i = 0; i < s.n; i++)
    if ((unsigned char)s.p[i] >= 0x80)
      return false;
  return true;
}

/* The body, else the state, named in the words [from, to). */
static const ChEntity *owner_in(const ChReport *r, const ChEventsWork *w, uint32_t from, uint32_t to)
{
  const ChEntity *state = NULL;
  for (uint32_t i = from; i < to; i++) {
    if (ch_frames_class_value(w->f, w->terms.informant_kind, &r->tokens.at[i]) && r->tokens.at[i].morph.pos == CH_POS_PROPN)
      continue; /* "the Kremlin press service" */
    uint32_t m = r->tokens.at[i].mention != CH_NONE ? r->tokens.at[i].mention : w->outer[i];
    const ChEntity *e = m != CH_NONE && r->mentions.at[m].entity != CH_NONE ? &r->entities.at[r->mentions.at[m].entity] : NULL;
    if (e && e->type == CH_ENTITY_BODY)
      return e;
    if (e && e->type == CH_ENTITY_STATE)
      state = e;
  }
  return state;
}

static ChSlice joined(ChReport *r, ChSlice a, const char *between, ChSlice b)
{
  return a.n ? ch_arena_printf(r->arena, "%.*s%s%.*s", CH_ARG(a), between, CH_ARG(b)) : b;
}

ChSlice ch_informant_name(ChEventsWork *w, uint32_t token)
{
  ChReport *r = w->r;
  uint32_t from = start_of(w, token), to = end_of(w, token);
  bool office = is_office(w, token);
  ChWord noun = ch_frames_class_value(w->f, office ? w->terms.informant_office : w->terms.informant, &r->tokens.at[token]);
  ChSlice text = ch_report_slice(r, ch_report_tokens_span(r, from, to - from));
  if (!noun)
    return only_ascii(text) ? text : CH_LIT("");
  /* in words of the tables: the state, what it is by its kind, the noun, where it sits */
  const ChEntity *owner = owner_in(r, w, from, to);
  if (office && owner && owner->type == CH_ENTITY_BODY)
    return owner->name;
  ChWorld world = ch_world_of(r->pack);
  ChSlice name = CH_LIT("");
  if (owner && owner->type == CH_ENTITY_STATE && owner->world < world.n_states)
    name = ch_world_text(&world, world.states[owner->world].adjective);
  for (uint32_t i = from; i < to; i++) {
    ChWord kind = i != token ? ch_frames_class_value(w->f, w->terms.informant_kind, &r->tokens.at[i]) : CH_NO_WORD;
    if (kind)
      name = joined(r, name, " ", ch_pack_word(r->pack, kind));
  }
  if (office && !name.n && w->source_name.n)
    return w->source_name; /* "the press service": of whom it was before */
  name = joined(r, name, " ", ch_pack_word(r->pack, noun));
  return owner && owner->type == CH_ENTITY_BODY ? joined(r, owner->name, " ", name) : name;
}
