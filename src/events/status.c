#include "events/status.h"

const ChCarrier *ch_status_carrier(const ChEventsWork *w, uint32_t clause, uint32_t relations, uint32_t prep)
{
  const ChReport *r = w->r;
  uint32_t length, token = r->clauses.at[clause].predicate;
  const ChSentence *s = &r->sentences.at[r->tokens.at[token].sentence];
  uint32_t node = ch_frames_match(&w->f->carrier_words, r, token, s->token + s->tokens, &length);
  size_t n;
  const ChPhraseValue *v = ch_phrases_values(&w->f->carrier_words, node, &n);
  for (size_t i = 0; node && i < n; i++) {
    const ChCarrier *k = v[i].value < w->f->n_carriers ? &w->f->carriers[v[i].value] : NULL;
    if (!k || k->noun)
      continue;
    if (k->relations & relations & ~(uint32_t)CH_CARRY_OBLIQUE)
      return k;
    if ((k->relations & relations & CH_CARRY_OBLIQUE) && prep != CH_NONE &&
        (k->prep == r->tokens.at[prep].norm || k->prep == r->tokens.at[prep].lemma))
      return k;
  }
  return NULL;
}

static int rank(const ChEventsWork *w, ChWord s)
{
  const ChStatusTerm *t = ch_term_status(&w->terms.tables, s);
  return t ? t->rank : INT16_MAX;
}

static bool is_off(const ChEventsWork *w, ChWord s)
{
  const ChStatusTerm *t = ch_term_status(&w->terms.tables, s);
  return t && t->phase == CH_PHASE_OFF;
}

ChWord ch_status_under(const ChEventsWork *w, ChWord first, ChWord second)
{
  if (!second)
    return first;
  if (!first)
    return second;
  /* "is expected" (ongoing or held by tense) to be held: the hedge decides; "may be postponed": the shift is only possible */
  if (is_off(w, first))
    return rank(w, second) >= rank(w, w->terms.scheduled) ? first : second;
  return rank(w, second) < rank(w, first) ? second : first;
}

/* The cue that stands at a token for a clause, with its reach. */
static const ChCue *cue_at(const ChEventsWork *w, uint32_t token, uint32_t end, uint32_t *length)
{
  *length = 0;
  if (w->r->tokens.at[token].time != CH_NONE)
    return NULL; /* "on May 7" is no "may" */
  uint32_t node = ch_frames_match(&w->f->cue_words, w->r, token, end, length);
  size_t n;
  const ChPhraseValue *v = ch_phrases_values(&w->f->cue_words, node, &n);
  for (size_t i = 0; node && i < n; i++)
    if (v[i].value < w->f->n_cues && !w->f->cues[v[i].value].format && !w->f->cues[v[i].value].link)
      return &w->f->cues[v[i].value];
  return NULL;
}

/* "It is not ruled out that they meet in X, where a summit will be held": a hedge before a relative clause does not reach into it. */
static bool relative_between(const ChEventsWork *w, uint32_t cue, uint32_t predicate)
{
  for (uint32_t i = cue; i < predicate; i++)
    if ((w->classes[i] & CH_WORD_RELATIVE) && i > cue && (w->r->tokens.at[i - 1].flags & CH_TOKEN_PUNCT))
      return true;
  return false;
}

/* "will gather an hour later, and by the evening, possibly, a paper will be adopted": a hedge behind another "and" than the predicate. */
static bool cut_off(const ChEventsWork *w, uint32_t predicate, uint32_t cue)
{
  for (uint32_t i = predicate + 1; i < cue; i++)
    if ((w->classes[i] & CH_WORD_AND) && (w->r->tokens.at[i - 1].flags & CH_TOKEN_PUNCT))
      return true;
  return false;
}

/* Hedges in reach of the clause: in its own extent anywhere (clause scope) or in its verb group (chain scope), or before it in the
 * sentence (sentence scope). */
static ChWord hedge(const ChEventsWork *w, uint32_t clause, ChWord *rule, bool *negated)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[clause];
  const ChSentence *s = &r->sentences.at[c->sentence];
  uint32_t end = c->token + c->tokens, length;
  ChWord best = CH_NO_WORD;
  for (uint32_t i = s->token + s->dateline; i < end; i++) {
    const ChCue *q = cue_at(w, i, s->token + s->tokens, &length);
    if (!q)
      continue;
    bool own = i >= c->token && i < end;
    bool chain = own && i <= c->predicate && c->predicate - i <= 3;
    if (q->condition || (q->scope == CH_CUE_SENTENCE && relative_between(w, i, c->predicate)) || (own && cut_off(w, c->predicate, i)))
      continue;
    if (q->scope == CH_CUE_SENTENCE ? i > c->predicate : q->scope == CH_CUE_CHAIN ? !chain : !own)
      continue;
    if (q->negation) {
      *negated = true;
      *rule = q->id;
    } else {
      best = ch_status_under(w, best, q->status);
      *rule = q->id;
    }
    i += length ? length - 1 : 0;
  }
  return best;
}

/* Does the clause stand under a governor ("plans to", "is expected to")? Its status for the dependent, CH_NO_WORD. */
static ChWord governor(const ChEventsWork *w, uint32_t clause, ChWord *rule)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[clause];
  if (c->parent == CH_NONE)
    return CH_NO_WORD;
  const ChClause *p = &r->clauses.at[c->parent];
  /* "suggested holding": the form in -ing right after the verb that governs it */
  bool adjoined = (c->form == CH_VERB_GER || (c->form == CH_VERB_PART && c->tense == CH_TENSE_PRES)) && c->predicate == p->predicate + 1;
  bool complement = c->form == CH_VERB_INF || adjoined || (w->classes[c->token] & CH_WORD_COMPLEMENT);
  if (!complement || p->sentence != c->sentence)
    return CH_NO_WORD;
  const ChCarrier *k = ch_status_carrier(w, c->parent, CH_CARRY_COMPLEMENT, CH_NONE);
  if (k) {
    *rule = k->id;
    if (k->status && p->polarity == CH_POLARITY_NO && k->status == w->terms.denied)
      return CH_NO_WORD;
    return k->status;
  }
  return CH_NO_WORD;
}

bool ch_status_demanded(const ChEventsWork *w, uint32_t clause)
{
  const ChReport *r = w->r;
  ChWord rule;
  if (ch_clauses_group_has(w, r->clauses.at[clause].predicate, CH_WORD_OUGHT) && !governor(w, clause, &rule))
    return true;
  for (int depth = 0; depth < 3; depth++) {
    const ChClause *c = &r->clauses.at[clause];
    if (c->parent == CH_NONE || c->parent >= clause || (c->form != CH_VERB_INF && !(w->classes[c->token] & CH_WORD_COMPLEMENT)))
      break;
    clause = c->parent;
    if (r->clauses.at[clause].sentence != c->sentence)
      break;
    const ChCarrier *k = ch_status_carrier(w, clause, CH_CARRY_COMPLEMENT, CH_NONE);
    if (k && (k->relations & CH_CARRY_DEMAND))
      return true;
  }
  return false;
}

bool ch_status_conditional(const ChEventsWork *w, uint32_t clause)
{
  const ChReport *r = w->r;
  for (int depth = 0; depth < 3; depth++) {
    const ChClause *c = &r->clauses.at[clause];
    for (uint32_t i = c->token; i < c->predicate && i < c->token + 2; i++) {
      uint32_t length;
      const ChCue *q = cue_at(w, i, c->predicate, &length);
      if (q && q->condition)
        return true;
    }
    if (c->form != CH_VERB_INF || c->parent == CH_NONE || c->parent >= clause || r->clauses.at[c->parent].sentence != c->sentence)
      return false;
    clause = c->parent;
  }
  return false;
}

/* Does the clause hang on a condition told beside it: "will meet if a truce is agreed"? */
static bool hangs(const ChEventsWork *w, uint32_t clause)
{
  const ChReport *r = w->r;
  uint32_t from = clause > 2 ? clause - 2 : 0;
  for (uint32_t k = from; k < r->clauses.n && k <= clause + 2; k++) {
    const ChClause *c = &r->clauses.at[k];
    bool beside = c->parent == clause || k + 1 == clause || k == clause + 1;
    if (k != clause && beside && c->sentence == r->clauses.at[clause].sentence && ch_status_conditional(w, k))
      return true;
  }
  return false;
}

/* The form of "be" in the predicate's verb group, CH_NONE. */
static uint32_t be_of(const ChEventsWork *w, const ChClause *c)
{
  for (uint32_t i = c->predicate; i > c->token && c->predicate - i < 3; i--)
    if (w->classes[i - 1] & CH_WORD_BE)
      return i - 1;
  return CH_NONE;
}

/* Forms in -ing: under way with "is" or alone, over with "was", else as the clause that they go with. */
static ChWord of_progress(const ChEventsWork *w, const ChClause *c)
{
  const ChTerms *t = &w->terms;
  const ChReport *r = w->r;
  uint32_t be = be_of(w, c);
  if (be != CH_NONE)
    return r->tokens.at[be].morph.tense == CH_TENSE_PAST && r->tokens.at[be].morph.form == CH_VERB_FIN ? t->held : t->ongoing;
  uint32_t index = w->clause[c->predicate], main = c->parent;
  if (main == CH_NONE && index != CH_NONE && index + 1 < r->clauses.n && r->clauses.at[index + 1].sentence == c->sentence)
    main = index + 1;
  if (main == CH_NONE)
    return t->ongoing;
  return r->clauses.at[main].tense == CH_TENSE_FUT ? t->scheduled : t->held;
}

static bool to_before(const ChEventsWork *w, const ChClause *c)
{
  for (uint32_t i = c->predicate; i > c->token && c->predicate - i < 4; i--)
    if (w->classes[i - 1] & CH_WORD_TO)
      return true;
  return (w->classes[c->predicate] & CH_WORD_TO) != 0;
}

static ChWord by_tense(const ChEventsWork *w, const ChClause *c)
{
  const ChTerms *t = &w->terms;
  const ChReport *r = w->r;
  const ChMorph *m = &r->tokens.at[c->predicate].morph;
  if (c->tense == CH_TENSE_FUT)
    return t->scheduled;
  if (m->mood == CH_MOOD_CND)
    return t->expected;
  if (c->form == CH_VERB_PART && ch_clauses_group_has(w, c->predicate, CH_WORD_TO) && ch_clauses_group_has(w, c->predicate, CH_WORD_HAVE))
    return t->scheduled; /* "was to have met" */
  switch (c->form) {
  case CH_VERB_INF:
    /* a bare form with its own subject where infinitives have a marker is a present: "Russia, Turkey sign treaty"; others are still to
     * come: the headline "X to visit Y", "is to visit" */
    return w->marked[r->sentences.at[c->sentence].lang] && !to_before(w, c) ? t->held : t->scheduled;
  case CH_VERB_PART:
    if (c->tense == CH_TENSE_PRES)
      return m->kase ? t->ongoing : of_progress(w, c);
    return ch_clauses_group_has(w, c->predicate, CH_WORD_TO) ? t->scheduled : t->held; /* "is to be convened" */
  case CH_VERB_GER:
    return of_progress(w, c);
  case CH_VERB_CONV: /* as the main verb that it goes with */
    if (c->parent != CH_NONE && r->clauses.at[c->parent].tense == CH_TENSE_FUT)
      return t->scheduled;
    return t->held;
  default:
    break;
  }
  if (c->tense == CH_TENSE_PRES && m->aspect == CH_ASPECT_IMP)
    return t->ongoing;
  return t->held;
}

ChWord ch_status_of(const ChEventsWork *w, uint32_t clause, ChWord *rule)
{
  const ChReport *r = w->r;
  const ChTerms *t = &w->terms;
  uint32_t at = clause;
  const ChClause *c = &r->clauses.at[at];
  bool negated = c->polarity == CH_POLARITY_NO;
  ChWord status = by_tense(w, c);
  ChWord h = hedge(w, clause, rule, &negated);
  status = ch_status_under(w, status, h);
  if (negated && !h) /* what will not be is off, what was not is denied */
    status = c->tense == CH_TENSE_FUT ? t->cancelled : t->denied;
  /* up the chain of governors */
  for (int depth = 0; depth < 6; depth++) {
    ChWord g = governor(w, at, rule);
    if (g)
      status = ch_status_under(w, status, g);
    c = &r->clauses.at[at];
    if (c->form != CH_VERB_INF || c->parent == CH_NONE || c->parent >= at)
      break;
    at = c->parent;
    bool parent_negated = r->clauses.at[at].polarity == CH_POLARITY_NO;
    ChWord ph = hedge(w, at, rule, &parent_negated);
    status = ch_status_under(w, status, ph);
    bool meant = g == t->expected || g == t->scheduled; /* "does not plan to" */
    if (parent_negated && !ph && (!g || meant))
      status = t->denied;
  }
  if (status == t->scheduled && r->clauses.at[at].tense == CH_TENSE_FUT && hangs(w, at))
    status = t->possible;
  return status;
}
