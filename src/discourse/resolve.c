/* Plural nominals: "the sides", "both delegations", "the guarantors". Three ways, in this order: a collective that the report spells out
 * member by member ("the guarantor countries - Russia, Turkey and Iran"); the participants of the nearest event before; the nearest list
 * of names before. */
#include "discourse/work.h"

enum { REACH_EVENTS = 40, REACH_MENTIONS = 60, COLLECTIVES = 16, MEMBERS = 16 };

/* A noun that names several, and who they are. */
typedef struct Collective {
  ChWord words[6]; /* lemmas of the naming phrase's nouns and adjectives */
  uint32_t n_words;
  uint32_t members[MEMBERS]; /* entities */
  uint32_t n_members;
} Collective;

typedef struct Collectives {
  Collective at[COLLECTIVES];
  uint32_t n;
} Collectives;

static bool type_fits(uint8_t type, uint8_t nominal)
{
  switch (nominal) {
  case CH_NOMINAL_PERSONS:
  case CH_NOMINAL_PERSON_SING:
    return type == CH_ENTITY_PERSON;
  case CH_NOMINAL_STATE:
  case CH_NOMINAL_STATES:
    return type == CH_ENTITY_STATE;
  case CH_NOMINAL_BODY:
    return type == CH_ENTITY_BODY || type == CH_ENTITY_GROUP;
  default:
    return type == CH_ENTITY_PERSON || type == CH_ENTITY_STATE || type == CH_ENTITY_BODY || type == CH_ENTITY_GROUP;
  }
}

static bool is_punct(const ChReport *r, uint32_t token) { return (r->tokens.at[token].flags & CH_TOKEN_PUNCT) != 0; }

/* Only commas and "and" between the end of one mention and the start of another? */
static bool joined(const ChReport *r, uint32_t end, uint32_t start)
{
  if (start < end || start - end > 2)
    return false;
  for (uint32_t i = end; i < start; i++)
    if (!is_punct(r, i) && r->tokens.at[i].morph.pos != CH_POS_CCONJ)
      return false;
  return start > end;
}

/* May they be members of one list: of one type, or of those that take part as a whole ("Israel and Hamas")? */
static bool listed_together(uint8_t a, uint8_t b)
{
  const uint32_t whole = 1u << CH_ENTITY_STATE | 1u << CH_ENTITY_BODY | 1u << CH_ENTITY_GROUP;
  return a == b || ((whole >> a & 1) && (whole >> b & 1));
}

/* Entities of the list of mentions that starts with mention m; *next = the mention after it. */
static uint32_t list_at(const ChReport *r, uint32_t m, uint32_t *members, uint32_t cap, uint32_t *next)
{
  uint32_t n = 0;
  const ChMention *last = NULL;
  for (; m < r->mentions.n; m++) {
    const ChMention *x = &r->mentions.at[m];
    if (last && x->token == last->token && x->tokens == last->tokens) {
      if (n < cap && x->entity != CH_NONE)
        members[n++] = x->entity; /* "Russian and Turkish delegations": one extent, several entities */
      continue;
    }
    if (last && x->token < last->token + last->tokens)
      continue; /* inside the last one */
    if (last && (!listed_together(x->type, last->type) || !joined(r, last->token + last->tokens, x->token)))
      break;
    if (x->entity == CH_NONE || x->form == CH_MENTION_ADJECTIVE || x->form == CH_MENTION_PRONOUN)
      break;
    if (n < cap)
      members[n++] = x->entity;
    last = x;
  }
  *next = m;
  return n;
}

/* Lemmas of a nominal's nouns and adjectives; parts of a hyphenated lemma each count. */
static uint32_t words_of(ChReport *r, const ChMention *m, ChWord *out, uint32_t cap)
{
  uint32_t n = 0;
  for (uint32_t i = m->token; i < m->token + m->tokens; i++) {
    uint8_t pos = r->tokens.at[i].morph.pos;
    if (pos != CH_POS_NOUN && pos != CH_POS_ADJ && pos != CH_POS_PROPN)
      continue;
    ChSlice rest = ch_report_word(r, r->tokens.at[i].lemma);
    while (rest.p && rest.n && n < cap)
      out[n++] = ch_words_id(&r->words, ch_slice_cut(&rest, '-'));
  }
  return n;
}

/* "the guarantor countries - Russia, Turkey and Iran": a nominal, then a dash, colon or bracket, then a list. */
static void find_collectives(ChReport *r, Collectives *c)
{
  for (uint32_t i = 0; i < r->mentions.n && c->n < COLLECTIVES; i++) {
    const ChMention *m = &r->mentions.at[i];
    if (m->form != CH_MENTION_NOMINAL || m->number == CH_NUMBER_SING)
      continue;
    uint32_t end = m->token + m->tokens, k = i + 1, next;
    while (k < r->mentions.n && r->mentions.at[k].token < end)
      k++;
    if (k >= r->mentions.n || r->mentions.at[k].token - end > 2 || r->mentions.at[k].token == end)
      continue;
    bool opened = false;
    for (uint32_t t = end; t < r->mentions.at[k].token; t++)
      opened |= is_punct(r, t) && !ch_slice_is(ch_report_slice(r, r->tokens.at[t].span), ",");
    if (r->tokens.at[end].sentence != r->tokens.at[r->mentions.at[k].token].sentence)
      continue;
    Collective *x = &c->at[c->n];
    x->n_members = list_at(r, k, x->members, MEMBERS, &next);
    x->n_words = words_of(r, m, x->words, 6);
    if (opened && x->n_members >= 2 && x->n_words)
      c->n++;
  }
}

/* The collective all of whose later name's words are words of its first name. */
static const Collective *collective_of(ChReport *r, const Collectives *c, const ChMention *m)
{
  ChWord words[6];
  uint32_t n = words_of(r, m, words, 6);
  for (uint32_t i = 0; i < c->n && n; i++) {
    uint32_t found = 0;
    for (uint32_t k = 0; k < n; k++)
      for (uint32_t j = 0; j < c->at[i].n_words; j++)
        if (c->at[i].words[j] == words[k]) {
          found++;
          break;
        }
    if (found == n)
      return &c->at[i];
  }
  return NULL;
}

static void add(ChDiscourse *d, uint32_t event, uint32_t entity, const ChParticipant *open, float confidence)
{
  ChReport *r = d->r;
  if (ch_discourse_has(&r->events.at[event], entity))
    return;
  *CH_PUSH(r->arena, &r->events.at[event].participants) = (ChParticipant){entity, open->role, open->mention, {open->why.rule, confidence}};
}

/* Do all persons of the event hold one and the same post ("the ministers")? */
static bool same_post(const ChReport *r, const ChEvent *e)
{
  ChSlice post = {NULL, 0};
  for (size_t i = 0; i < e->participants.n; i++) {
    const ChEntity *x = &r->entities.at[e->participants.at[i].entity];
    if (x->type != CH_ENTITY_PERSON)
      continue;
    if (!x->post.n || (post.n && !ch_slice_eq(post, x->post)))
      return false;
    post = x->post;
  }
  return post.n != 0;
}

/* Is one of the persons first named with the nominal's own noun ("the Finnish foreign [minister] ...", later "the ministers")? */
static bool named_so(const ChReport *r, const ChEvent *e, const ChMention *m)
{
  ChWord noun = r->tokens.at[m->head].lemma;
  for (size_t i = 0; i < e->participants.n; i++) {
    const ChEntity *x = &r->entities.at[e->participants.at[i].entity];
    if (x->mention >= r->mentions.n)
      continue;
    const ChMention *first = &r->mentions.at[x->mention];
    for (uint32_t t = first->token; t < first->token + first->tokens; t++)
      if (r->tokens.at[t].lemma == noun)
        return true;
  }
  return false;
}

/* The event before with at least two participants that fit: the nearest, but for persons rather one whose participants are called so, or
 * hold one and the same post. */
static uint32_t event_before(const ChDiscourse *d, uint32_t index, const ChMention *m)
{
  const ChReport *r = d->r;
  uint32_t best = CH_NONE;
  int best_score = 0;
  for (uint32_t k = index; k-- > 0 && index - k < REACH_EVENTS;) {
    const ChEvent *e = &r->events.at[k];
    uint32_t n = 0;
    if (e->joins)
      continue; /* those who came to it besides are not "the sides" */
    for (size_t i = 0; i < e->participants.n; i++)
      n += type_fits(r->entities.at[e->participants.at[i].entity].type, m->nominal);
    if (n < 2)
      continue;
    if (m->nominal != CH_NOMINAL_PERSONS)
      return k;
    int score = 1 + (named_so(r, e, m) ? 2 : 0) + (same_post(r, e) ? 1 : 0);
    if (score > best_score) {
      best_score = score;
      best = k;
    }
  }
  return best;
}

/* The nearest list of at least two fitting names that ends before mention `before`; *at is its first mention. */
static uint32_t list_before(const ChReport *r, uint32_t before, uint8_t nominal, uint32_t *members, uint32_t cap, uint32_t *at)
{
  uint32_t start = before > REACH_MENTIONS ? before - REACH_MENTIONS : 0, best = 0;
  for (uint32_t m = start; m < before;) {
    uint32_t list[MEMBERS], next, n = list_at(r, m, list, MEMBERS, &next);
    if (n >= 2 && next <= before && type_fits(r->mentions.at[m].type, nominal)) {
      best = n < cap ? n : cap;
      *at = m;
      memcpy(members, list, best * sizeof *members);
    }
    m = next > m ? next : m + 1;
  }
  return best;
}

/* Are two named since the event, in the sentence before the mention or its own? They are "the two sides" then. */
static bool since(const ChReport *r, uint32_t list, const ChMention *m, uint32_t event)
{
  uint32_t named = r->tokens.at[r->mentions.at[list].token].sentence, sentence = r->tokens.at[m->token].sentence;
  return named + 1 >= sentence && named > r->events.at[event].sentence && m->nominal == CH_NOMINAL_SIDES;
}

/* "his counterparts from the two countries, X and Y", "the two ministers, X and Y": those named after the nominal, before any verb. */
static uint32_t named_after(const ChReport *r, uint32_t mention, uint32_t *members)
{
  const ChMention *m = &r->mentions.at[mention];
  uint32_t end = m->token + m->tokens, k = mention + 1, next;
  while (k < r->mentions.n && (r->mentions.at[k].token < end || r->mentions.at[k].type != CH_ENTITY_PERSON))
    k++;
  if (m->nominal != CH_NOMINAL_PERSONS || k >= r->mentions.n || r->mentions.at[k].form != CH_MENTION_NAME || r->mentions.at[k].token - end > 6 ||
      r->tokens.at[r->mentions.at[k].token].sentence != r->tokens.at[m->token].sentence)
    return 0;
  for (uint32_t t = end; t < r->mentions.at[k].token; t++)
    if (r->tokens.at[t].morph.pos == CH_POS_VERB || r->tokens.at[t].morph.pos == CH_POS_AUX)
      return 0;
  uint32_t n = list_at(r, k, members, MEMBERS, &next);
  return is_punct(r, r->mentions.at[k].token - 1) && n >= 2 ? n : 0;
}

static void resolve_one(ChDiscourse *d, const Collectives *c, uint32_t event, ChParticipant open)
{
  ChReport *r = d->r;
  const ChMention *m = &r->mentions.at[open.mention];
  bool plural = m->nominal == CH_NOMINAL_PERSONS || m->nominal == CH_NOMINAL_SIDES || m->nominal == CH_NOMINAL_STATES ||
                m->nominal == CH_NOMINAL_THEY || (m->nominal == CH_NOMINAL_BODY && m->number == CH_NUMBER_PLUR);
  if (!plural)
    return;
  const Collective *x = collective_of(r, c, m);
  if (x) {
    for (uint32_t i = 0; i < x->n_members; i++)
      add(d, event, x->members[i], &open, 0.75f);
    return;
  }
  uint32_t members[MEMBERS], first = 0, n = named_after(r, open.mention, members);
  if (n) {
    for (uint32_t i = 0; i < n; i++)
      add(d, event, members[i], &open, 0.7f);
    return;
  }
  n = list_before(r, open.mention, m->nominal, members, MEMBERS, &first);
  uint32_t from = event_before(d, event, m);
  if (from != CH_NONE && !(n == 2 && since(r, first, m, from))) {
    for (size_t i = 0; i < r->events.at[from].participants.n; i++) {
      uint32_t entity = r->events.at[from].participants.at[i].entity;
      if (type_fits(r->entities.at[entity].type, m->nominal))
        add(d, event, entity, &open, 0.6f);
    }
    return;
  }
  for (uint32_t i = 0; i < n; i++)
    add(d, event, members[i], &open, 0.5f);
}

/* Does the event have someone by that very mention? */
static bool has_mention(const ChEvent *e, uint32_t mention)
{
  for (size_t i = 0; i < e->participants.n; i++)
    if (e->participants.at[i].mention == mention)
      return true;
  return false;
}

/* "A delegation led by X visited the port": its leading tells of nothing beside the visit. */
static void drop_leading(ChDiscourse *d, uint32_t index)
{
  ChReport *r = d->r;
  ChEvent *e = &r->events.at[index];
  if (!e->joins || e->participants.n != 1 || e->participants.at[0].role != d->head_of_delegation)
    return;
  uint32_t mention = e->participants.at[0].mention;
  if (mention == CH_NONE || r->mentions.at[mention].prep == CH_NONE) /* by whom, not who */
    return;
  for (uint32_t i = index > 4 ? index - 4 : 0; i < r->events.n && i < index + 5; i++) {
    const ChEvent *o = &r->events.at[i];
    if (i != index && o->sentence == e->sentence && !o->joins && has_mention(o, mention))
      e->merged = i;
  }
}

void ch_resolve_open(ChDiscourse *d)
{
  ChReport *r = d->r;
  Collectives *c = ch_arena_alloc(r->arena, sizeof *c);
  find_collectives(r, c);
  for (uint32_t i = 0; i < r->events.n; i++)
    drop_leading(d, i);
  for (uint32_t i = 0; i < r->events.n; i++)
    for (size_t k = 0; k < r->events.at[i].open.n; k++)
      resolve_one(d, c, i, r->events.at[i].open.at[k]);
}
