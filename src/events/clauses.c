#include "events/arcs.h"

/* ---- token marks ---- */

void ch_clauses_prepare(ChEventsWork *w)
{
  ChReport *r = w->r;
  size_t n = r->tokens.n;
  w->classes = ch_arena_array(r->arena, n, sizeof *w->classes);
  w->value = ch_arena_array(r->arena, n, sizeof *w->value);
  w->outer = ch_arena_array(r->arena, n, sizeof *w->outer);
  w->clause = ch_arena_array(r->arena, n, sizeof *w->clause);
  w->carrying = ch_arena_array(r->arena, n + 1, sizeof *w->carrying); /* no more clauses than tokens */
  for (size_t i = 0; i < n; i++) {
    w->outer[i] = w->clause[i] = CH_NONE;
    const ChToken *t = &r->tokens.at[i];
    const ChFrames *f = &w->frames[r->sentences.at[t->sentence].lang];
    w->classes[i] = ch_frames_classes(f, t, &w->value[i]);
  }
  /* Mentions are sorted by first token; of those that nest the first or longer is the outer one. */
  for (uint32_t m = 0; m < r->mentions.n; m++) {
    const ChMention *x = &r->mentions.at[m];
    for (uint32_t i = x->token; i < x->token + x->tokens; i++) {
      uint32_t o = w->outer[i];
      if (o == CH_NONE || r->mentions.at[o].tokens < x->tokens)
        w->outer[i] = m;
    }
  }
}

static char punct(const ChReport *r, uint32_t i)
{
  const ChToken *t = &r->tokens.at[i];
  if (!(t->flags & CH_TOKEN_PUNCT))
    return 0;
  ChSlice s = ch_report_slice(r, t->span);
  if (s.n == 1)
    return s.p[0];
  if (s.n == 3 && (unsigned char)s.p[0] == 0xE2 && (unsigned char)s.p[1] == 0x80 && ((unsigned char)s.p[2] & 0xFC) == 0x90)
    return '-'; /* dashes U+2010 to U+2015 */
  if (s.n == 2 && s.p[0] == '-' && s.p[1] == '-')
    return '-';
  return '"';
}

bool ch_clauses_is_actor(const ChReport *r, uint32_t mention)
{
  if (mention == CH_NONE)
    return false;
  uint8_t t = r->mentions.at[mention].type;
  return t == CH_ENTITY_PERSON || t == CH_ENTITY_STATE || t == CH_ENTITY_BODY || t == CH_ENTITY_GROUP;
}

uint32_t ch_clauses_prep(const ChReport *r, uint32_t token)
{
  const ChToken *t = &r->tokens.at[token];
  if (t->group != CH_NONE && r->groups.at[t->group].type == CH_GROUP_NOUN)
    return r->groups.at[t->group].prep;
  uint32_t start = r->sentences.at[t->sentence].token;
  for (uint32_t i = token; i > start && token - i < 6;) {
    uint8_t pos = r->tokens.at[--i].morph.pos;
    if (pos == CH_POS_ADP)
      return i;
    if (pos != CH_POS_ADJ && pos != CH_POS_DET && pos != CH_POS_NUM && pos != CH_POS_PRON)
      break;
  }
  return CH_NONE;
}

uint8_t ch_clauses_case(const ChReport *r, uint32_t token)
{
  const ChToken *t = &r->tokens.at[token];
  if (t->group != CH_NONE && r->groups.at[t->group].type == CH_GROUP_NOUN && r->groups.at[t->group].head == token)
    return r->groups.at[t->group].kase;
  return t->morph.kase;
}

/* ---- predicates ---- */

/* Is token i the verb that heads its verb group? */
static bool is_predicate(const ChEventsWork *w, uint32_t i)
{
  const ChReport *r = w->r;
  const ChToken *t = &r->tokens.at[i];
  if (w->outer[i] != CH_NONE && ch_clauses_is_actor(r, w->outer[i]) && t->morph.form != CH_VERB_FIN)
    return false; /* a participle inside a name phrase */
  if (t->time != CH_NONE && t->morph.form != CH_VERB_FIN)
    return false; /* "the following week" */
  bool modifier = t->morph.form == CH_VERB_PART ? t->head - i <= 2 : t->morph.form == CH_VERB_GER && t->head - i <= 3;
  if (modifier && t->rel == CH_REL_AMOD && t->head > i)
    return false; /* "a televised address", "the visiting foreign minister" */
  if (i >= 2 && r->tokens.at[i - 2].norm == t->norm && t->morph.form != CH_VERB_FIN)
    return false; /* "face to face" */
  if (t->group != CH_NONE && r->groups.at[t->group].type == CH_GROUP_VERB)
    return r->groups.at[t->group].head == i;
  /* predicative adjectives that govern an infinitive ("is ready to meet", short forms) carry events as verbs do */
  if (t->morph.pos == CH_POS_ADJ && (t->morph.kase == CH_CASE_NONE || t->morph.kase == CH_CASE_NOM)) {
    uint32_t length;
    if (i > 0 && r->tokens.at[i - 1].morph.pos == CH_POS_DET)
      return false; /* "came to a close" */
    return ch_frames_match(&w->f->carrier_words, r, i, i + 1, &length) && !(i + 1 < r->tokens.n && r->tokens.at[i + 1].morph.pos == CH_POS_NOUN);
  }
  return t->morph.pos == CH_POS_VERB || (t->morph.pos == CH_POS_AUX && t->group == CH_NONE);
}

static uint32_t group_start(const ChReport *r, uint32_t predicate)
{
  uint32_t g = r->tokens.at[predicate].group;
  return g != CH_NONE && r->groups.at[g].type == CH_GROUP_VERB ? r->groups.at[g].token : predicate;
}

/* Does some token of the verb group before the predicate have one of these classes? */
bool ch_clauses_group_has(const ChEventsWork *w, uint32_t predicate, uint32_t classes)
{
  for (uint32_t i = group_start(w->r, predicate); i < predicate; i++)
    if (w->classes[i] & classes)
      return true;
  /* a marker just outside the group, before adverbs ("would sharply cut") */
  uint32_t s = group_start(w->r, predicate), low = w->r->sentences.at[w->r->tokens.at[predicate].sentence].token;
  for (int k = 0; k < 2 && s > low && w->r->tokens.at[s - 1].morph.pos == CH_POS_ADV && !(w->classes[s - 1] & classes); k++)
    s--;
  return s > w->r->sentences.at[w->r->tokens.at[predicate].sentence].token && (w->classes[s - 1] & classes) && !is_predicate(w, s - 1);
}

/* Passive: by its own feature, or a past participle after "be". */
static uint8_t voice_of(const ChEventsWork *w, uint32_t p)
{
  const ChMorph *m = &w->r->tokens.at[p].morph;
  if (m->voice == CH_VOICE_PASS)
    return CH_VOICE_PASS;
  if (m->form == CH_VERB_PART && m->tense == CH_TENSE_PAST && m->voice == CH_VOICE_NONE && !ch_clauses_group_has(w, p, CH_WORD_HAVE))
    return CH_VOICE_PASS;
  if (m->form == CH_VERB_PART && m->tense == CH_TENSE_PAST && m->voice == CH_VOICE_NONE) {
    bool have = false;
    for (uint32_t i = group_start(w->r, p); i < p; i++) {
      have |= (w->classes[i] & CH_WORD_HAVE) != 0;
      if (have && (w->classes[i] & CH_WORD_BE))
        return CH_VOICE_PASS; /* "have been held", but "was to have met" */
    }
  }
  return CH_VOICE_ACT;
}

/* ---- segments ---- */

/* Does a comma or dash at i only separate members of a list of actors or places, or stand inside a mention or date? */
static bool list_comma(const ChEventsWork *w, uint32_t i, uint32_t end)
{
  const ChReport *r = w->r;
  if (i == 0 || i + 1 >= end)
    return false;
  if (w->outer[i] != CH_NONE || r->tokens.at[i].time != CH_NONE)
    return true;
  uint32_t a = w->outer[i - 1], b = w->outer[i + 1];
  if (a == CH_NONE || b == CH_NONE || a == b)
    return false;
  const ChMention *x = &r->mentions.at[a], *y = &r->mentions.at[b];
  bool actors = ch_clauses_is_actor(r, a) && ch_clauses_is_actor(r, b);
  bool places = x->type == CH_ENTITY_PLACE && (y->type == CH_ENTITY_PLACE || y->type == CH_ENTITY_STATE);
  if (!actors && !places)
    return false;
  if (x->kase && y->kase && x->kase != y->kase)
    return false;
  /* "after talks with X, Y said": a verb right after the second makes it a subject */
  uint32_t after = y->token + y->tokens;
  if (x->prep != CH_NONE && after < end &&
      (r->tokens.at[after].morph.pos == CH_POS_VERB || r->tokens.at[after].morph.pos == CH_POS_AUX) &&
      r->tokens.at[after].morph.form == CH_VERB_FIN)
    return false;
  return places || x->type == y->type;
}

static bool boundary(const ChEventsWork *w, uint32_t i, uint32_t end)
{
  char c = punct(w->r, i);
  if (!c)
    return false;
  if (c == ',' || c == '-')
    return !list_comma(w, i, end) && (c == ',' || (w->r->tokens.at[i].flags & CH_TOKEN_SPACE_BEFORE));
  if (c == '(' || c == ')' || c == ';' || c == ':')
    return w->outer[i] == CH_NONE;
  return false;
}

typedef enum SegmentType { SEGMENT_PLAIN, SEGMENT_RELATIVE, SEGMENT_SUBORDINATE } SegmentType;

/* Type of the segment that starts at i: a marker within its first two words (a preposition may come before a relative). */
static SegmentType segment_type(const ChEventsWork *w, uint32_t i, uint32_t end, bool after_comma)
{
  for (uint32_t k = i; k < end && k < i + 2; k++) {
    uint32_t c = w->classes[k];
    uint8_t pos = w->r->tokens.at[k].morph.pos;
    if ((c & CH_WORD_RELATIVE) && (after_comma || k == i) && pos != CH_POS_ADV)
      return SEGMENT_RELATIVE;
    if (k == i && (c & (CH_WORD_COMPLEMENT | CH_WORD_SUBORDINATE)))
      return SEGMENT_SUBORDINATE;
    if (k == i && (c & CH_WORD_RELATIVE))
      return SEGMENT_RELATIVE;
    if (pos != CH_POS_ADP && !(c & CH_WORD_AND))
      break;
  }
  return SEGMENT_PLAIN;
}

/* ---- clauses ---- */

static bool actor_before(const ChEventsWork *w, uint32_t start, uint32_t predicate)
{
  uint32_t m = w->outer[predicate - 1];
  for (uint32_t i = predicate; i > start && m == CH_NONE && w->r->tokens.at[i - 1].morph.pos == CH_POS_ADV; i--)
    m = i - 1 > start ? w->outer[i - 2] : CH_NONE;
  if (m != CH_NONE)
    return ch_clauses_is_actor(w->r, m) && w->r->mentions.at[m].prep == CH_NONE;
  return w->r->tokens.at[predicate - 1].morph.pos == CH_POS_PROPN && ch_clauses_prep(w->r, predicate - 1) == CH_NONE;
}

/* "was in Moscow and discussed ...": joined to a finite verb. */
static bool joined_to_finite(const ChEventsWork *w, uint32_t predicate, uint32_t parent)
{
  uint32_t g = group_start(w->r, predicate);
  return parent != CH_NONE && g > 0 && (w->classes[g - 1] & CH_WORD_AND) && w->r->clauses.at[parent].form == CH_VERB_FIN;
}

/* A bare object right after the verb: no passive has one. */
static bool object_after(const ChEventsWork *w, uint32_t predicate, uint32_t end)
{
  uint32_t i = predicate + 1;
  if (i >= end)
    return false;
  uint32_t m = w->outer[i];
  uint8_t pos = w->r->tokens.at[i].morph.pos;
  if (w->r->tokens.at[i].time != CH_NONE)
    return false;
  return (m != CH_NONE && ch_clauses_is_actor(w->r, m) && w->r->mentions.at[m].prep == CH_NONE) || pos == CH_POS_DET ||
         pos == CH_POS_NOUN || pos == CH_POS_ADJ;
}

/* A form of "be" right before the verb. */
static bool be_before(const ChEventsWork *w, uint32_t predicate)
{
  uint32_t i = predicate;
  while (i > 0 && predicate - i < 2 && w->r->tokens.at[i - 1].morph.pos == CH_POS_ADV)
    i--;
  return i > 0 && (w->classes[i - 1] & CH_WORD_BE) && w->r->tokens.at[i - 1].morph.pos == CH_POS_AUX;
}

static uint32_t add_clause(ChEventsWork *w, uint32_t s, uint32_t start, uint32_t end, uint32_t predicate, uint32_t parent)
{
  ChReport *r = w->r;
  while (start < predicate && punct(r, start) && w->outer[start] == CH_NONE)
    w->clause[start++] = CH_NONE;
  ChClause *c = CH_PUSH(r->arena, &r->clauses);
  const ChMorph *m = &r->tokens.at[predicate].morph;
  *c = (ChClause){.sentence = s, .token = start, .tokens = end - start, .predicate = predicate, .parent = parent};
  bool verb = m->pos == CH_POS_VERB || m->pos == CH_POS_AUX || m->pos == CH_POS_ADJ;
  c->voice = verb ? voice_of(w, predicate) : CH_VOICE_NONE;
  c->tense = m->tense;
  c->form = verb ? m->form : CH_VERB_NONE;
  if (verb && ch_clauses_group_has(w, predicate, CH_WORD_TO) && c->form != CH_VERB_FIN && c->form != CH_VERB_PART)
    c->form = CH_VERB_INF;
  c->polarity = ch_clauses_group_has(w, predicate, CH_WORD_NOT) ? CH_POLARITY_NO : CH_POLARITY_YES;
  if (ch_clauses_group_has(w, predicate, CH_WORD_FUTURE | CH_WORD_WOULD)) {
    c->tense = CH_TENSE_FUT;
    c->form = CH_VERB_FIN;
  } else if (ch_clauses_group_has(w, predicate, CH_WORD_MAY)) {
    c->form = CH_VERB_FIN;
  }
  /* the same the other way round: after "be" it is the participle of a passive */
  if (c->form == CH_VERB_FIN && m->tense == CH_TENSE_PAST && !m->gender && !m->number && w->marked[r->sentences.at[s].lang] && be_before(w, predicate)) {
    c->form = CH_VERB_PART;
    c->voice = CH_VOICE_PASS;
  }
  /* past and participle look alike: the first verb of a sentence, with an actor before it and no auxiliary, is the past */
  bool syncretic = !m->kase && !m->number && !m->gender; /* a participle that shows no agreement may be a past as well */
  if (c->form == CH_VERB_PART && c->voice == CH_VOICE_PASS && syncretic &&
      !ch_clauses_group_has(w, predicate, CH_WORD_BE | CH_WORD_HAVE) && predicate > start &&
      ((parent == CH_NONE && actor_before(w, start, predicate)) || ch_arcs_subject(w, predicate) != CH_NONE || joined_to_finite(w, predicate, parent) || object_after(w, predicate, end))) {
    c->form = CH_VERB_FIN;
    c->voice = CH_VOICE_ACT;
    c->tense = CH_TENSE_PAST;
  }
  uint32_t id = (uint32_t)r->clauses.n - 1;
  for (uint32_t i = start; i < end; i++)
    w->clause[i] = id;
  return id;
}

/* Does "and" at i join two names ("Russia and the U.S."), not two clauses? */
static bool joins_actors(const ChEventsWork *w, uint32_t i)
{
  if (i == 0 || i + 1 >= w->r->tokens.n || w->outer[i - 1] == CH_NONE || w->outer[i + 1] == CH_NONE)
    return false;
  const ChMention *a = &w->r->mentions.at[w->outer[i - 1]], *b = &w->r->mentions.at[w->outer[i + 1]];
  return a->type == b->type && b->prep == CH_NONE && ((a->kase && a->kase != CH_CASE_NOM) || a->prep != CH_NONE);
}

/* The first token of the phrase that the tree makes the subject of predicate `next`, at or after `low`; CH_NONE where it is not sure. */
static uint32_t subject_start(const ChEventsWork *w, uint32_t low, uint32_t next)
{
  enum { SURE = 512 };
  uint32_t subject = ch_arcs_subject(w, next);
  if (subject == CH_NONE || subject < low || subject >= next || w->r->tokens.at[subject].margin < SURE)
    return CH_NONE;
  return w->under[subject].from < low ? low : w->under[subject].from;
}

/* Where the clause of the next predicate begins, between the end of the last one's group and its own group. */
static uint32_t cut_between(const ChEventsWork *w, uint32_t last, uint32_t next)
{
  const ChReport *r = w->r;
  uint32_t start = group_start(r, next);
  if (start <= last + 1)
    return last + 1;
  uint8_t form = r->tokens.at[next].morph.form;
  bool to = ch_clauses_group_has(w, next, CH_WORD_TO);
  for (uint32_t i = start; i > last + 1; i--)
    if (w->classes[i - 1] & (CH_WORD_COMPLEMENT | CH_WORD_RELATIVE | CH_WORD_SUBORDINATE))
      return i - 1;
  if (to || form == CH_VERB_INF || form == CH_VERB_PART || form == CH_VERB_GER || form == CH_VERB_CONV) {
    while (start > last + 1 && (w->classes[start - 1] & (CH_WORD_TO | CH_WORD_AND)))
      start--;
    return start;
  }
  /* finite: its subject stands before it */
  uint32_t subject_at = subject_start(w, last + 1, next);
  if (subject_at != CH_NONE)
    return subject_at;
  uint32_t i = start;
  while (i > last + 1 && (!(w->classes[i - 1] & CH_WORD_AND) || joins_actors(w, i - 1))) {
    uint32_t t = i - 1, m = w->outer[t];
    bool subject = m != CH_NONE && (!r->mentions.at[m].kase || r->mentions.at[m].kase == CH_CASE_NOM);
    bool listed = m != CH_NONE && r->mentions.at[m].token > last + 1 && (w->classes[r->mentions.at[m].token - 1] & CH_WORD_AND) &&
                  joins_actors(w, r->mentions.at[m].token - 1);
    if (subject && !listed && r->mentions.at[m].prep == CH_NONE && r->mentions.at[m].token > last)
      return r->mentions.at[m].token;
    if (m != CH_NONE && r->mentions.at[m].token > last + 1) {
      i = r->mentions.at[m].token;
      continue;
    }
    uint32_t g = r->tokens.at[t].group;
    if (g != CH_NONE && r->groups.at[g].type == CH_GROUP_NOUN && r->groups.at[g].prep == CH_NONE && r->groups.at[g].token > last &&
        (!r->groups.at[g].kase || r->groups.at[g].kase == CH_CASE_NOM))
      return r->groups.at[g].token;
    i--;
  }
  return i > last + 1 ? i - 1 : start;
}

typedef struct Building {
  uint32_t s, end;
  uint32_t pending; /* first token not yet in a clause */
  uint32_t last;    /* last clause, CH_NONE */
  uint32_t main;    /* last clause that is not relative */
} Building;

/* Clauses of one segment [from, to). */
static void fill_segment(ChEventsWork *w, Building *b, uint32_t from, uint32_t to, SegmentType type)
{
  ChReport *r = w->r;
  uint32_t last_predicate = CH_NONE, future = CH_NONE, infinitive = CH_NONE;
  /* an auxiliary of the future apart from its infinitive ("participate in it will the guarantors") */
  for (uint32_t i = from; i < to; i++) {
    if (!is_predicate(w, i))
      continue;
    if ((w->classes[i] & CH_WORD_FUTURE) && future == CH_NONE)
      future = i;
    else if (r->tokens.at[i].morph.form == CH_VERB_INF && infinitive == CH_NONE)
      infinitive = i;
  }
  for (uint32_t i = from; i < to; i++) {
    if (!is_predicate(w, i) || (i == future && infinitive != CH_NONE))
      continue;
    uint32_t start = last_predicate == CH_NONE ? b->pending : cut_between(w, last_predicate, i);
    uint32_t parent = b->last;
    if (last_predicate == CH_NONE && type == SEGMENT_PLAIN)
      parent = b->main;
    if (last_predicate != CH_NONE) { /* end the clause before */
      ChClause *c = &r->clauses.at[b->last];
      c->tokens = start - c->token;
    }
    b->last = add_clause(w, b->s, start, to, i, parent);
    if (i == infinitive && future != CH_NONE) {
      r->clauses.at[b->last].tense = CH_TENSE_FUT;
      r->clauses.at[b->last].form = CH_VERB_FIN;
    }
    if (type == SEGMENT_PLAIN)
      b->main = b->last;
    last_predicate = i;
    b->pending = to;
  }
  if (last_predicate == CH_NONE && b->last != CH_NONE) { /* no predicate: belongs to the clause before */
    ChClause *c = &r->clauses.at[b->last];
    c->tokens = to - c->token;
    for (uint32_t i = b->pending; i < to; i++)
      w->clause[i] = b->last;
    b->pending = to;
  }
}

/* A sentence without a verb is one clause around its last noun. */
static void fill_nominal(ChEventsWork *w, Building *b, uint32_t start, uint32_t end)
{
  uint32_t head = CH_NONE;
  for (uint32_t i = start; i < end && head == CH_NONE; i++)
    if (w->r->tokens.at[i].morph.pos == CH_POS_NOUN && w->outer[i] == CH_NONE)
      head = i;
  if (head == CH_NONE && start < end)
    head = start;
  if (head != CH_NONE)
    b->last = add_clause(w, b->s, start, end, head, CH_NONE);
}

/* ---- arguments ---- */

static void add_arg(ChReport *r, ChClause *c, ChArgument a) { *CH_PUSH(r->arena, &c->args) = a; }

/* Only "and", commas and blanks between two tokens' mentions? */
static bool coordinated(const ChEventsWork *w, uint32_t end_a, uint32_t start_b)
{
  if (start_b <= end_a || start_b - end_a > 4)
    return false;
  for (uint32_t i = end_a; i < start_b; i++)
    if (!(w->classes[i] & (CH_WORD_AND | CH_WORD_DEFINITE)) && punct(w->r, i) != ',')
      return false;
  return true;
}

bool ch_clauses_relative(const ChEventsWork *w, const ChClause *c)
{
  for (uint32_t i = c->token; i < c->predicate && i < c->token + 3; i++)
    if ((w->classes[i] & CH_WORD_RELATIVE) || ((w->classes[i] & CH_WORD_COMPLEMENT) && w->r->tokens.at[i].morph.pos == CH_POS_PRON))
      return true;
  return false;
}

static ChFunction function_of(const ChClause *c, uint32_t token, uint32_t prep, uint8_t kase)
{
  if (prep != CH_NONE)
    return CH_ARG_OBLIQUE;
  switch (kase) {
  case CH_CASE_NOM:
    return CH_ARG_SUBJECT;
  case CH_CASE_ACC:
    return CH_ARG_OBJECT;
  case CH_CASE_GEN:
    return CH_ARG_POSSESSOR;
  case CH_CASE_DAT:
  case CH_CASE_INS:
  case CH_CASE_LOC:
    return CH_ARG_OBLIQUE;
  default:
    return token < c->predicate ? CH_ARG_SUBJECT : CH_ARG_OBJECT;
  }
}

/* The accusative of people looks like their genitive: one after the verb that no noun before it governs is the object. */
static bool animate_object(const ChEventsWork *w, const ChClause *c, uint32_t mention)
{
  const ChMention *m = &w->r->mentions.at[mention];
  if (m->type != CH_ENTITY_PERSON || m->token <= c->predicate || m->token == 0)
    return false;
  uint32_t before = m->token - 1, o = w->outer[before];
  if (o != CH_NONE)
    return w->r->mentions.at[o].prep != CH_NONE && w->r->mentions.at[o].type != CH_ENTITY_PERSON;
  uint8_t pos = w->r->tokens.at[before].morph.pos;
  return w->r->tokens.at[before].time != CH_NONE || (pos != CH_POS_NOUN && pos != CH_POS_PROPN && pos != CH_POS_ADJ && pos != CH_POS_ADP);
}

/* A person in the "genitive" before the verb whom no noun governs is a subject of which the tagger took the ending for a case. */
static bool orphan(const ChEventsWork *w, const ChClause *c, uint32_t mention)
{
  const ChReport *r = w->r;
  const ChMention *m = &r->mentions.at[mention];
  if (m->type != CH_ENTITY_PERSON || m->token >= c->predicate || c->form != CH_VERB_FIN || m->prep != CH_NONE)
    return false;
  if (m->token == c->token)
    return true;
  uint32_t before = m->token - 1, o = w->outer[before];
  if (o != CH_NONE)
    return r->mentions.at[o].prep != CH_NONE && r->mentions.at[o].type == CH_ENTITY_PLACE;
  return r->tokens.at[before].time != CH_NONE || is_predicate(w, before) || punct(r, before);
}

static bool subject_before(const ChEventsWork *w, const ChClause *c)
{
  for (uint32_t i = 0; i < c->args.n; i++)
    if (c->args.at[i].function == CH_ARG_SUBJECT && c->args.at[i].mention != CH_NONE && c->args.at[i].token < c->predicate &&
        ch_clauses_is_actor(w->r, c->args.at[i].mention))
      return true;
  return false;
}

/* Does the tree join mention m to the one before it, whatever their cases (names that do not inflect show a wrong one)? */
static bool conjunct(const ChEventsWork *w, uint32_t m, uint32_t before)
{
  const ChReport *r = w->r;
  const ChMention *x = &r->mentions.at[m];
  if (before == CH_NONE)
    return false;
  const ChMention *y = &r->mentions.at[before];
  for (uint32_t i = x->token; i < x->token + x->tokens; i++) {
    const ChToken *t = &r->tokens.at[i];
    if (t->rel == CH_REL_CONJ && t->head >= y->token && t->head < y->token + y->tokens)
      return true;
  }
  return false;
}

/* The preposition before token i, past words that agree with what stands there ("with his Jordanian counterpart"); CH_NONE. */
static uint32_t prep_before(const ChEventsWork *w, uint32_t i, uint32_t low)
{
  for (uint32_t k = i; k > low && i - k < 3; k--) {
    const ChMorph *m = &w->r->tokens.at[k - 1].morph;
    if (m->pos == CH_POS_ADP)
      return k - 1;
    bool agrees = (m->pos == CH_POS_DET || m->pos == CH_POS_ADJ || m->pos == CH_POS_NUM) && w->outer[k - 1] == CH_NONE;
    if (!agrees || (m->kase && w->r->tokens.at[i].morph.kase && m->kase != w->r->tokens.at[i].morph.kase))
      return CH_NONE;
  }
  return CH_NONE;
}

static void fill_args(ChEventsWork *w, uint32_t index)
{
  ChReport *r = w->r;
  ChClause *c = &r->clauses.at[index];
  uint32_t last_end = CH_NONE, last_arg = CH_NONE, done = CH_NONE;
  for (uint32_t i = c->token; i < c->token + c->tokens; i++) {
    uint32_t m = w->outer[i], t = r->tokens.at[i].time;
    if (m != CH_NONE && m != done && r->mentions.at[m].token == i) {
      const ChMention *x = &r->mentions.at[m];
      ChArgument a = {.kase = x->kase, .prep = x->prep, .token = x->head, .mention = m, .time = CH_NONE, .score = x->score};
      if (a.prep == CH_NONE && x->kase)
        a.prep = prep_before(w, i, c->token);
      a.function = (uint8_t)function_of(c, x->head, a.prep, x->kase);
      bool listed = a.prep == CH_NONE && last_arg != CH_NONE && coordinated(w, last_end, i) &&
                    (!x->kase || x->kase == c->args.at[last_arg].kase || conjunct(w, m, c->args.at[last_arg].mention));
      if (listed) {
        a.function = c->args.at[last_arg].function;
        a.prep = c->args.at[last_arg].prep;
        a.kase = c->args.at[last_arg].kase;
      }
      /* "to the Tajik city": the preposition stands before the adjective that is a mention of its own */
      if (a.prep == CH_NONE && last_arg != CH_NONE && last_end == i && c->args.at[last_arg].prep != CH_NONE &&
          c->args.at[last_arg].mention != CH_NONE && r->mentions.at[c->args.at[last_arg].mention].form == CH_MENTION_ADJECTIVE) {
        a.prep = c->args.at[last_arg].prep;
        a.function = CH_ARG_OBLIQUE;
      }
      /* acronyms do not inflect: one right after a noun is its genitive */
      if (a.prep == CH_NONE && i > c->token && (r->tokens.at[i].flags & CH_TOKEN_ACRONYM) && x->tokens == 1 &&
          r->tokens.at[i - 1].morph.pos == CH_POS_NOUN && r->tokens.at[i - 1].morph.kase && w->outer[i - 1] == CH_NONE) {
        a.kase = CH_CASE_GEN;
        a.function = CH_ARG_POSSESSOR;
      }
      /* nominative and accusative of things look alike: after the verb, with a subject before it, it is the object */
      if (!listed && a.function == CH_ARG_SUBJECT && a.kase == CH_CASE_NOM && i > c->predicate && x->type != CH_ENTITY_PERSON && subject_before(w, c))
        a.function = CH_ARG_OBJECT;
      if (!listed && a.function == CH_ARG_POSSESSOR && orphan(w, c, m))
        a.function = CH_ARG_SUBJECT;
      if (!listed && a.function == CH_ARG_POSSESSOR && animate_object(w, c, m))
        a.function = CH_ARG_OBJECT;
      add_arg(r, c, a);
      /* a mention of several repeats with the same extent */
      for (uint32_t k = m + 1; k < r->mentions.n && r->mentions.at[k].token == i; k++) {
        if (r->mentions.at[k].tokens != x->tokens)
          continue;
        a.mention = k;
        add_arg(r, c, a);
      }
      done = m;
      last_end = i + r->mentions.at[m].tokens;
      last_arg = (uint32_t)c->args.n - 1;
    } else if (t != CH_NONE && r->times.at[t].token == i) {
      add_arg(r, c, (ChArgument){.function = CH_ARG_OBLIQUE, .prep = CH_NONE, .token = i, .mention = CH_NONE, .time = t, .score = 1});
    }
  }
}

uint32_t ch_clause_arg(const ChClause *c, ChFunction function, uint32_t after)
{
  for (uint32_t i = after == CH_NONE ? 0 : after + 1; i < c->args.n; i++)
    if (c->args.at[i].function == function && c->args.at[i].mention != CH_NONE)
      return i;
  return CH_NONE;
}

/* The actors of clause `from` in subject position become subjects of `to`, too. */
static bool inherit_subject(ChReport *r, uint32_t from, uint32_t to, ChFunction function)
{
  bool any = false;
  for (uint32_t i = 0; i < r->clauses.at[from].args.n; i++) {
    ChArgument a = r->clauses.at[from].args.at[i];
    if (a.function != function || !ch_clauses_is_actor(r, a.mention))
      continue;
    a.function = CH_ARG_SUBJECT;
    a.score *= 0.8f;
    a.inherited = true;
    add_arg(r, &r->clauses.at[to], a);
    any = true;
  }
  return any;
}

/* Subjects that are not said in the clause itself: of infinitives, converbs, "and V", relatives, participles. */
static void find_subject(ChEventsWork *w, uint32_t index)
{
  ChReport *r = w->r;
  ChClause *c = &r->clauses.at[index];
  if (ch_clause_arg(c, CH_ARG_SUBJECT, CH_NONE) != CH_NONE)
    return;
  /* a nominative that looks like an accusative: the bare one before the verb */
  bool moved = false;
  for (uint32_t i = 0; i < c->args.n && c->form == CH_VERB_FIN; i++) {
    ChArgument *a = &c->args.at[i];
    if (a->function == CH_ARG_OBJECT && a->mention != CH_NONE && a->token < c->predicate && a->prep == CH_NONE) {
      a->function = CH_ARG_SUBJECT;
      moved = true;
    }
  }
  if (moved)
    return;
  if (index == w->first_clause) { /* "Visiting X, the minister said ...": the subject of the clause that it opens */
    bool opens = c->form == CH_VERB_CONV || c->form == CH_VERB_GER || (c->form == CH_VERB_PART && c->tense == CH_TENSE_PRES && !r->tokens.at[c->predicate].morph.kase);
    if (opens && index + 1 < r->clauses.n && r->clauses.at[index + 1].form == CH_VERB_FIN)
      inherit_subject(r, index + 1, index, CH_ARG_SUBJECT);
    return;
  }
  if (ch_clauses_relative(w, c) || c->form == CH_VERB_PART) {
    uint32_t before = c->token;
    while (before > r->sentences.at[c->sentence].token && punct(r, before - 1))
      before--;
    uint32_t m = before > r->sentences.at[c->sentence].token ? w->outer[before - 1] : CH_NONE;
    if (m != CH_NONE && ch_clauses_is_actor(r, m)) {
      add_arg(r, c, (ChArgument){.function = CH_ARG_SUBJECT, .prep = CH_NONE, .token = r->mentions.at[m].head, .mention = m,
                                 .time = CH_NONE, .inherited = true, .score = 0.7f});
      return;
    }
    /* "flew to Beijing, where he met": the place is no subject; the one of the clause before is */
    if (m == CH_NONE || r->mentions.at[m].type != CH_ENTITY_PLACE || c->form == CH_VERB_PART)
      return;
  }
  uint32_t from = c->parent != CH_NONE ? c->parent : index - 1;
  /* a passive parent hands down its subject; so does an active one, unless it has an actor as object ("asked X to do") */
  const ChClause *p = &r->clauses.at[from];
  if (c->form == CH_VERB_INF && p->voice != CH_VOICE_PASS) {
    for (uint32_t i = 0; i < p->args.n; i++)
      if (p->args.at[i].function == CH_ARG_OBJECT && ch_clauses_is_actor(r, p->args.at[i].mention) &&
          r->mentions.at[p->args.at[i].mention].type == CH_ENTITY_PERSON) {
        inherit_subject(r, from, index, CH_ARG_OBJECT);
        return;
      }
  }
  if (!inherit_subject(r, from, index, CH_ARG_SUBJECT) && from != index - 1)
    inherit_subject(r, index - 1, index, CH_ARG_SUBJECT);
}

/* "in Batken, where the talks went on": the place before the clause is where it happens. */
static void find_where(ChEventsWork *w, uint32_t index)
{
  ChReport *r = w->r;
  ChClause *c = &r->clauses.at[index];
  uint32_t start = r->sentences.at[c->sentence].token;
  if (!(w->classes[c->token] & CH_WORD_RELATIVE) || r->tokens.at[c->token].morph.pos != CH_POS_ADV || c->token <= start + 1)
    return;
  uint32_t before = c->token - 1;
  while (before > start && punct(r, before))
    before--;
  uint32_t m = w->outer[before];
  if (m == CH_NONE || r->mentions.at[m].prep == CH_NONE ||
      (r->mentions.at[m].type != CH_ENTITY_PLACE && r->mentions.at[m].type != CH_ENTITY_STATE))
    return;
  add_arg(r, c, (ChArgument){.function = CH_ARG_OBLIQUE, .kase = r->mentions.at[m].kase, .prep = r->mentions.at[m].prep,
                             .token = r->mentions.at[m].head, .mention = m, .time = CH_NONE, .inherited = true, .score = 0.7f});
}

/* A state or body as the subject that a clause names itself, CH_NONE. */
static uint32_t institution_subject(const ChReport *r, const ChClause *c)
{
  for (uint32_t i = 0; i < c->args.n; i++) {
    const ChArgument *a = &c->args.at[i];
    if (a->function != CH_ARG_SUBJECT || a->mention == CH_NONE || a->inherited || a->prep != CH_NONE)
      continue;
    const ChMention *m = &r->mentions.at[a->mention];
    if ((m->type == CH_ENTITY_STATE || m->type == CH_ENTITY_BODY) && m->entity != CH_NONE && m->form == CH_MENTION_NAME)
      return i;
  }
  return CH_NONE;
}

/* "Pakistan said it was expelling ...", "It had withdrawn ...": the subject "it" of an active verb is the state or body that is the subject
 * of a clause before, in this sentence or the one before. */
static void find_antecedent(ChEventsWork *w, uint32_t index)
{
  ChReport *r = w->r;
  ChClause *c = &r->clauses.at[index];
  uint32_t a = ch_clause_arg(c, CH_ARG_SUBJECT, CH_NONE);
  if (a == CH_NONE || c->voice == CH_VOICE_PASS)
    return;
  const ChMention *m = &r->mentions.at[c->args.at[a].mention];
  if (m->form != CH_MENTION_PRONOUN || m->nominal != CH_NOMINAL_IT || m->entity != CH_NONE || m->prep != CH_NONE)
    return;
  for (uint32_t k = index; k-- > 0 && index - k < 8 && r->clauses.at[k].sentence + 1 >= c->sentence;) {
    uint32_t s = institution_subject(r, &r->clauses.at[k]);
    if (s == CH_NONE)
      continue;
    ChArgument x = r->clauses.at[k].args.at[s];
    x.inherited = true;
    x.score *= 0.7f;
    add_arg(r, c, x);
    return;
  }
}

/* A converb has no subject of its own: a nominative after it is its main verb's ("said on Monday, speaking in parliament, the
 * minister"). */
static void give_back_subject(ChEventsWork *w, uint32_t index)
{
  ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[index];
  if (c->form != CH_VERB_CONV || c->parent == CH_NONE || ch_clause_arg(&r->clauses.at[c->parent], CH_ARG_SUBJECT, CH_NONE) != CH_NONE)
    return;
  for (uint32_t i = 0; i < r->clauses.at[index].args.n; i++) {
    ChArgument a = r->clauses.at[index].args.at[i];
    if (a.function == CH_ARG_SUBJECT && !a.inherited && a.mention != CH_NONE)
      add_arg(r, &r->clauses.at[r->clauses.at[index].parent], a);
  }
}

void ch_clauses_fill(ChEventsWork *w, uint32_t s)
{
  ChReport *r = w->r;
  const ChSentence *sent = &r->sentences.at[s];
  uint32_t start = sent->token + sent->dateline, end = sent->token + sent->tokens;
  w->f = &w->frames[sent->lang];
  w->first_clause = (uint32_t)r->clauses.n;
  Building b = {.s = s, .end = end, .pending = start, .last = CH_NONE, .main = CH_NONE};
  bool comma = false;
  for (uint32_t i = start; i < end;) {
    uint32_t k = i + 1;
    SegmentType type = segment_type(w, i, end, comma);
    while (k < end && !boundary(w, k, end) &&
           !(w->outer[k] == CH_NONE && (w->classes[k] & (CH_WORD_COMPLEMENT | CH_WORD_SUBORDINATE)) && r->tokens.at[k].morph.pos == CH_POS_SCONJ))
      k++;
    fill_segment(w, &b, i, k, type);
    comma = k < end && boundary(w, k, end);
    i = k < end && comma ? k + 1 : k;
  }
  if (b.last == CH_NONE)
    fill_nominal(w, &b, start, end);
  for (uint32_t c = w->first_clause; c < r->clauses.n; c++)
    fill_args(w, c);
  for (uint32_t c = w->first_clause; c < r->clauses.n; c++) {
    give_back_subject(w, c);
    find_where(w, c);
  }
  ch_clauses_tree_args(w);
  for (uint32_t c = w->first_clause; c < r->clauses.n; c++)
    find_subject(w, c);
  for (uint32_t c = w->first_clause; c < r->clauses.n; c++)
    find_antecedent(w, c);
}

/* Has the clause an argument "it", which may stand for a document? */
bool ch_clauses_has_it(const ChReport *r, const ChClause *c)
{
  for (uint32_t k = 0; k < c->args.n; k++) {
    const ChMention *m = c->args.at[k].mention != CH_NONE ? &r->mentions.at[c->args.at[k].mention] : NULL;
    if (m && m->form == CH_MENTION_PRONOUN && m->nominal == CH_NOMINAL_IT)
      return true;
  }
  return false;
}
