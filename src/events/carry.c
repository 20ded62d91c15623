#include "events/found.h"
#include "events/status.h"

/* The noun that stands for the whole of an event named after it ("the start of the talks"), or the trigger's own head. */
static uint32_t whole_of(const ChEventsWork *w, uint32_t head)
{
  const ChReport *r = w->r;
  uint32_t start = r->sentences.at[r->tokens.at[head].sentence].token;
  for (uint32_t i = head; i > start && head - i < 7; i--) {
    uint32_t k = i - 1;
    if (w->classes[k] & CH_WORD_PART)
      return k;
    uint8_t pos = r->tokens.at[k].morph.pos;
    if (pos != CH_POS_ADJ && pos != CH_POS_NUM && pos != CH_POS_DET && !(w->classes[k] & CH_WORD_OF) && w->outer[k] == CH_NONE)
      break;
  }
  return head;
}

/* Only adjectives between the predicate and the noun: a genitive there is an object (of negation, or mistaken for one). */
static bool follows_verb(const ChEventsWork *w, const ChClause *c, uint32_t head)
{
  if (head <= c->predicate || head - c->predicate > 4)
    return false;
  for (uint32_t i = c->predicate + 1; i < head; i++) {
    uint8_t pos = w->r->tokens.at[i].morph.pos;
    if (pos != CH_POS_ADJ && pos != CH_POS_DET && pos != CH_POS_NUM)
      return false;
  }
  return true;
}

/* How noun trigger `head` depends on the predicate of its clause. */
static uint32_t relation_of(const ChEventsWork *w, uint32_t clause, uint32_t head, uint32_t *prep)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[clause];
  head = whole_of(w, head);
  *prep = ch_clauses_prep(r, head);
  if (*prep != CH_NONE && *prep > head)
    *prep = CH_NONE;
  uint32_t length;
  if (*prep != CH_NONE && *prep > c->predicate && *prep <= c->predicate + 2 &&
      ch_frames_match(&w->f->carrier_words, r, c->predicate, *prep + 1, &length) && c->predicate + length > *prep)
    *prep = CH_NONE; /* the particle of "call off", "put off" */
  if (*prep != CH_NONE)
    return CH_CARRY_OBLIQUE;
  uint8_t kase = ch_clauses_case(r, head);
  uint32_t relation;
  if (kase == CH_CASE_NOM)
    relation = CH_CARRY_SUBJECT;
  else if (kase == CH_CASE_ACC)
    relation = CH_CARRY_OBJECT;
  else if (kase == CH_CASE_GEN && c->polarity == CH_POLARITY_NO)
    relation = CH_CARRY_OBJECT;
  else if (kase != CH_CASE_NONE && !(kase == CH_CASE_GEN && follows_verb(w, c, head)))
    return CH_CARRY_OBLIQUE;
  else if (kase == CH_CASE_GEN)
    relation = CH_CARRY_OBJECT;
  else
    relation = head < c->predicate ? CH_CARRY_SUBJECT : CH_CARRY_OBJECT;
  /* nominative and accusative look alike: position helps where the case says nothing of the kind */
  if (c->voice == CH_VOICE_PASS && relation == CH_CARRY_SUBJECT)
    relation = CH_CARRY_OBJECT;
  return relation;
}

/* Is the trigger in the noun phrase of a carrier noun: "the preparation of the visit", "prospects for a meeting"? */
static const ChCarrier *noun_carrier(const ChEventsWork *w, uint32_t token, uint32_t prep)
{
  const ChReport *r = w->r;
  uint32_t start = r->sentences.at[r->tokens.at[token].sentence].token;
  uint32_t stop = prep != CH_NONE ? prep : token;
  for (uint32_t i = stop; i > start && stop - i < 5; i--) {
    uint32_t k = i - 1, length;
    const ChToken *t = &r->tokens.at[k];
    if (t->morph.pos == CH_POS_NOUN) {
      uint32_t node = ch_frames_match(&w->f->carrier_words, r, k, stop + 1, &length);
      size_t n;
      const ChPhraseValue *v = ch_phrases_values(&w->f->carrier_words, node, &n);
      for (size_t j = 0; node && j < n; j++) {
        const ChCarrier *c = v[j].value < w->f->n_carriers ? &w->f->carriers[v[j].value] : NULL;
        if (c && c->noun && (prep == CH_NONE || !c->prep || c->prep == r->tokens.at[prep].norm))
          return c;
      }
      return NULL;
    }
    if (t->morph.pos == CH_POS_VERB || t->morph.pos == CH_POS_AUX || (t->flags & CH_TOKEN_PUNCT))
      return NULL;
  }
  return NULL;
}

void ch_carry_context(const ChEventsWork *w, ChFound *f)
{
  const ChReport *r = w->r;
  uint32_t start = r->clauses.at[f->t.clause].token;
  bool ordinal = false;
  for (uint32_t i = f->t.token; i > start && f->t.token - i < 5; i--) {
    uint32_t c = w->classes[i - 1];
    uint8_t pos = r->tokens.at[i - 1].morph.pos;
    if (pos == CH_POS_VERB || pos == CH_POS_ADP || (pos == CH_POS_NOUN && w->outer[i - 1] == CH_NONE))
      break;
    ordinal |= (c & CH_WORD_ORDINAL) != 0;
    f->definite |= (c & CH_WORD_DEFINITE) && !(ordinal && pos == CH_POS_PRON); /* "its first session" is told here first */
    f->generic |= (c & CH_WORD_GENERIC) != 0;
    f->fresh |= (c & CH_WORD_INDEFINITE) != 0;
    if ((c & CH_WORD_NOT) && pos == CH_POS_DET) { /* "no meeting is planned" */
      f->status = w->terms.denied;
      f->rule = w->r->tokens.at[i - 1].norm;
    }
    if ((c & CH_WORD_NEXT) && !(c & CH_WORD_LAST) && !f->status)
      f->status = w->terms.scheduled;
    if ((c & CH_WORD_LAST) && !f->status)
      f->status = w->terms.held;
  }
}

/* "on the sidelines of the session", "during the visit", "at the talks": the link that the words before the noun phrase name. */
static ChWord setting_of(const ChEventsWork *w, uint32_t token)
{
  const ChReport *r = w->r;
  uint32_t prep = ch_clauses_prep(r, token);
  if (prep == CH_NONE || prep > token)
    return CH_NO_WORD;
  uint32_t start = r->sentences.at[r->tokens.at[token].sentence].token;
  for (uint32_t i = prep > start + 5 ? prep - 5 : start; i <= prep; i++) {
    uint32_t length;
    uint32_t node = ch_frames_match(&w->f->cue_words, r, i, token, &length);
    size_t n;
    const ChPhraseValue *v = ch_phrases_values(&w->f->cue_words, node, &n);
    for (size_t k = 0; node && k < n; k++)
      if (v[k].value < w->f->n_cues && w->f->cues[v[k].value].link && i + length > prep)
        return w->f->cues[v[k].value].status;
  }
  /* the noun of "in the course of" may be taken for the governor of a genitive: look left of the phrase as well */
  return (w->classes[prep] & CH_WORD_SETTING) ? w->terms.part_of : CH_NO_WORD;
}

/* The same where a bare genitive follows the cue ("v khode vizita"). */
static ChWord setting_before(const ChEventsWork *w, uint32_t token)
{
  const ChReport *r = w->r;
  uint32_t start = r->sentences.at[r->tokens.at[token].sentence].token;
  for (uint32_t i = token > start + 8 ? token - 8 : start; i < token; i++) {
    uint32_t length;
    uint32_t node = ch_frames_match(&w->f->cue_words, r, i, token, &length);
    size_t n;
    const ChPhraseValue *v = ch_phrases_values(&w->f->cue_words, node, &n);
    for (size_t k = 0; node && k < n; k++) {
      if (v[k].value >= w->f->n_cues || !w->f->cues[v[k].value].link)
        continue;
      bool joined = true;
      for (uint32_t j = i + length; j < token && joined; j++) {
        uint8_t pos = r->tokens.at[j].morph.pos;
        joined = pos == CH_POS_ADJ || pos == CH_POS_DET || pos == CH_POS_NUM || pos == CH_POS_PRON || r->tokens.at[j].time != CH_NONE ||
                 (!r->tokens.at[j].morph.kase && r->tokens.at[j].group != CH_NONE && r->tokens.at[j].group == r->tokens.at[token].group) ||
                 (w->outer[j] != CH_NONE && (pos == CH_POS_PROPN || pos == CH_POS_PART || (pos == CH_POS_NOUN && !r->tokens.at[j].morph.kase)));
      }
      if (joined)
        return w->f->cues[v[k].value].status;
    }
  }
  return CH_NO_WORD;
}

ChWord ch_carry_setting(const ChEventsWork *w, const ChFound *f)
{
  ChWord setting = setting_before(w, f->t.token);
  return setting || f->t.carrier ? setting : setting_of(w, f->t.token);
}

/* Takes carrier k of a clause, in which the event noun stands in `relation`. */
void ch_carry_with(ChEventsWork *w, ChFound *f, const ChCarrier *k, uint32_t clause, uint32_t relation)
{
  f->t.carrier = k;
  w->carrying[clause] = true;
  f->t.carrier_clause = clause;
  f->t.carried_as_object = relation == CH_CARRY_OBJECT;
  f->t.carried_as_subject = relation == CH_CARRY_SUBJECT && (k->relations & CH_CARRY_SUBJECT);
  f->supported = true;
  ChWord rule = k->id;
  ChWord own = ch_status_of(w, clause, &rule);
  /* "is planned for Friday" names the day: as good as scheduled */
  if (k->status == w->terms.expected && own != w->terms.possible && w->r->clauses.at[clause].voice == CH_VOICE_PASS &&
      ch_fill_goal_time(w, clause) != CH_NONE) {
    f->status = w->terms.scheduled;
    f->rule = rule;
    return;
  }
  bool act = (k->relations & CH_CARRY_ANNOUNCE) && (f->t.frame->kind == w->terms.measure || f->t.frame->kind == w->terms.conflict);
  f->status = k->status && !act ? (own == w->terms.held || own == w->terms.ongoing ? k->status : ch_status_under(w, k->status, own)) : own;
  f->rule = rule;
  /* "was to have closed on Thursday", "is due to last a week": nothing is said of whether it is held */
  if ((k->relations & CH_CARRY_ENDS) && f->status != w->terms.held && f->status != w->terms.ongoing) {
    f->status = f->rule = CH_NO_WORD;
    f->definite = true;
  }
}

/* "the talks in Geneva, which were put off", "the meeting held in May": the clause after the noun phrase carries it. */
static bool carry_by_relative(ChEventsWork *w, ChFound *f)
{
  const ChReport *r = w->r;
  uint32_t next = f->t.clause + 1;
  if (next >= r->clauses.n || r->clauses.at[next].sentence != r->clauses.at[f->t.clause].sentence)
    return false;
  const ChClause *c = &r->clauses.at[next];
  if (!(c->form == CH_VERB_PART && c->predicate - c->token <= 3) && !ch_clauses_relative(w, c))
    return false;
  /* no other noun trigger or verb between */
  for (uint32_t i = f->t.token + f->t.tokens; i < c->token; i++) {
    uint32_t length;
    if (r->tokens.at[i].morph.pos == CH_POS_VERB || (r->tokens.at[i].morph.pos == CH_POS_NOUN && ch_found_frame(w, i, c->token, true, &length)))
      return false;
  }
  uint32_t relation = c->voice == CH_VOICE_PASS ? CH_CARRY_OBJECT : CH_CARRY_SUBJECT;
  const ChCarrier *k = ch_status_carrier(w, next, relation, CH_NONE);
  if (!k) {
    k = ch_status_carrier(w, next, CH_CARRY_OBJECT | CH_CARRY_SUBJECT, CH_NONE);
    relation = relation == CH_CARRY_OBJECT ? CH_CARRY_SUBJECT : CH_CARRY_OBJECT;
  }
  if (!k || (k->relations & CH_CARRY_BRINGS))
    return false;
  ch_carry_with(w, f, k, next, relation);
  return true;
}

/* "the [talks] held in Geneva" turned round: a participle clause before the noun that agrees with it ("the held-on-Monday-in-Geneva
 * talks", as some languages have it). */
static bool carry_by_prenominal(ChEventsWork *w, ChFound *f)
{
  const ChReport *r = w->r;
  uint32_t clause = f->t.clause;
  if (clause == 0)
    return false;
  uint32_t before = r->clauses.at[clause].predicate < f->t.head ? clause : clause - 1;
  const ChClause *c = &r->clauses.at[before];
  uint8_t kase = r->tokens.at[c->predicate].morph.kase;
  if (c->sentence != r->clauses.at[clause].sentence || c->form != CH_VERB_PART || !kase || c->predicate > f->t.token ||
      f->t.token - c->predicate > 12)
    return false;
  uint8_t own = ch_clauses_case(r, f->t.head);
  uint32_t relation = c->voice == CH_VOICE_PASS ? CH_CARRY_OBJECT : CH_CARRY_SUBJECT;
  const ChCarrier *k = ch_status_carrier(w, before, relation, CH_NONE);
  if (!k || (own && own != kase && !(own == CH_CASE_ACC && kase == CH_CASE_NOM) && !(own == CH_CASE_NOM && kase == CH_CASE_ACC)))
    return false;
  ch_carry_with(w, f, k, before, relation);
  return true;
}

/* Is the predicate after the noun a participle that belongs to it, not the sentence's verb ("talks scheduled for Friday have been ...")? */
static bool reduced(const ChEventsWork *w, uint32_t clause, uint32_t head)
{
  const ChClause *c = &w->r->clauses.at[clause];
  const ChMorph *m = &w->r->tokens.at[c->predicate].morph;
  return c->form == CH_VERB_PART && head < c->predicate && !ch_clauses_group_has(w, c->predicate, CH_WORD_BE | CH_WORD_HAVE) &&
         (m->kase || (!m->number && !m->gender));
}

/* Does the noun's own clause hold a relative pronoun between noun and predicate ("the round, which was to open")? */
static bool starts_relative(const ChEventsWork *w, uint32_t clause)
{
  const ChClause *c = &w->r->clauses.at[clause];
  for (uint32_t i = c->token; i < c->predicate; i++)
    if (w->classes[i] & CH_WORD_RELATIVE)
      return true;
  return false;
}

/* "the round, which was to open on Monday, [has been put off]": the clause that goes on after a relative one, CH_NONE. */
static uint32_t resumed_clause(const ChEventsWork *w, uint32_t clause)
{
  const ChReport *r = w->r;
  for (uint32_t i = clause + 1; i < r->clauses.n && r->clauses.at[i].sentence == r->clauses.at[clause].sentence && i < clause + 5; i++) {
    const ChClause *c = &r->clauses.at[i];
    bool marked = w->classes[c->token] & (CH_WORD_RELATIVE | CH_WORD_COMPLEMENT | CH_WORD_SUBORDINATE | CH_WORD_AND | CH_WORD_TO);
    /* a participle that bears a case qualifies a noun and is no sentence's verb */
    bool finite = c->form == CH_VERB_FIN || (c->form == CH_VERB_PART && c->voice == CH_VOICE_PASS && !r->tokens.at[c->predicate].morph.kase);
    if (marked || !finite)
      continue;
    for (size_t k = 0; k < c->args.n; k++)
      if (c->args.at[k].function == CH_ARG_SUBJECT && !c->args.at[k].inherited && c->args.at[k].mention != CH_NONE)
        return CH_NONE;
    return c->predicate - c->token <= 4 ? i : CH_NONE;
  }
  return CH_NONE;
}

/* "may take place", "is expected to be held": down the chain of infinitives to the verb that carries the noun itself. */
static uint32_t innermost(const ChEventsWork *w, uint32_t clause, const ChCarrier **k, uint32_t *relation)
{
  const ChReport *r = w->r;
  for (int depth = 0; depth < 3; depth++) {
    uint32_t next = clause + 1;
    if (!((*k)->relations & CH_CARRY_COMPLEMENT) || next >= r->clauses.n || r->clauses.at[next].parent != clause ||
        r->clauses.at[next].sentence != r->clauses.at[clause].sentence)
      break;
    const ChClause *c = &r->clauses.at[next];
    uint32_t rel = c->voice == CH_VOICE_PASS ? CH_CARRY_OBJECT : CH_CARRY_SUBJECT;
    const ChCarrier *inner = ch_status_carrier(w, next, rel, CH_NONE);
    if (!inner || c->form == CH_VERB_FIN)
      break;
    clause = next;
    *k = inner;
    *relation = rel;
  }
  return clause;
}

void ch_carry_noun(ChEventsWork *w, ChFound *f)
{
  const ChReport *r = w->r;
  uint32_t prep, clause = f->t.clause;
  if (carry_by_prenominal(w, f))
    return;
  if (carry_by_relative(w, f) || starts_relative(w, clause) || reduced(w, clause, f->t.head)) {
    uint32_t main = relation_of(w, clause, f->t.head, &prep) == CH_CARRY_OBLIQUE ? CH_NONE : resumed_clause(w, clause);
    uint32_t relation = main != CH_NONE && r->clauses.at[main].voice == CH_VOICE_PASS ? CH_CARRY_OBJECT : CH_CARRY_SUBJECT;
    const ChCarrier *k = main != CH_NONE ? ch_status_carrier(w, main, relation, CH_NONE) : NULL;
    if (k)
      ch_carry_with(w, f, k, main, relation);
    if (f->t.carrier)
      return;
  }
  uint32_t relation = relation_of(w, clause, f->t.head, &prep);
  const ChCarrier *k = ch_status_carrier(w, clause, relation, prep);
  /* "took part in the summit": the noun of the verbal phrase is no carrier of its own */
  const ChCarrier *nc = k && k->role && prep != CH_NONE ? NULL : noun_carrier(w, f->t.token, prep);
  if (nc) {
    f->status = nc->status;
    f->rule = nc->id;
    return;
  }
  /* case syncretism: an inanimate subject and object look alike */
  if (!k && prep == CH_NONE && relation != CH_CARRY_OBLIQUE && ch_clauses_case(r, f->t.head) != CH_CASE_NONE)
    k = ch_status_carrier(w, clause, CH_CARRY_SUBJECT | CH_CARRY_OBJECT, CH_NONE);
  if (!k)
    return;
  clause = innermost(w, clause, &k, &relation);
  ch_carry_with(w, f, k, clause, relation);
}
