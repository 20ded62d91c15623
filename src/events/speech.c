#include "events/speech.h"

#include "events/arcs.h"
#include "events/fill.h"

static const ChSpeech *match(const ChEventsWork *w, uint32_t token, uint32_t *length)
{
  const ChSentence *s = &w->r->sentences.at[w->r->tokens.at[token].sentence];
  uint32_t node = ch_frames_match(&w->f->speech_words, w->r, token, s->token + s->tokens, length);
  size_t n;
  const ChPhraseValue *v = ch_phrases_values(&w->f->speech_words, node, &n);
  for (size_t i = 0; node && i < n; i++)
    if (v[i].value < w->f->n_speech && !(w->f->speech[v[i].value].flags & CH_SPEECH_CONTENT))
      return &w->f->speech[v[i].value];
  return NULL;
}

const ChSpeech *ch_speech_at(const ChEventsWork *w, uint32_t token, uint32_t *length)
{
  const ChSpeech *f = match(w, token, length);
  return f && !(f->flags & CH_SPEECH_COLON) ? f : NULL;
}

static bool may_speak(const ChReport *r, uint32_t mention)
{
  return mention != CH_NONE && r->mentions.at[mention].entity != CH_NONE &&
         (ch_clauses_is_actor(r, mention) || r->mentions.at[mention].type == CH_ENTITY_OUTLET);
}

/* "He said": whose words were given last, if that was a sentence or two ago and it may be him. */
static uint32_t same_speaker(const ChEventsWork *w, uint32_t mention, uint32_t s)
{
  const ChReport *r = w->r;
  const ChMention *m = mention != CH_NONE ? &r->mentions.at[mention] : NULL;
  if (!m || m->form != CH_MENTION_PRONOUN || m->nominal != CH_NOMINAL_PERSON_SING || w->speaker == CH_NONE || s - w->speaker_sentence > 2)
    return mention;
  const ChEntity *last = &r->entities.at[r->mentions.at[w->speaker].entity];
  const ChEntity *now = m->entity != CH_NONE ? &r->entities.at[m->entity] : NULL;
  bool apart = now && now->gender && last->gender && now->gender != last->gender;
  return apart ? mention : w->speaker;
}

/* "The Russian minister": known by post alone, where one who just spoke is of the same state, is that one. */
static uint32_t named_speaker(const ChEventsWork *w, uint32_t mention, uint32_t s)
{
  const ChReport *r = w->r;
  if (mention == CH_NONE || r->mentions.at[mention].entity == CH_NONE || w->speaker == CH_NONE || s - w->speaker_sentence > 2)
    return mention;
  const ChEntity *e = &r->entities.at[r->mentions.at[mention].entity], *last = &r->entities.at[r->mentions.at[w->speaker].entity];
  bool same = e->type == CH_ENTITY_PERSON && e->by_post && !last->by_post && e->of.n && ch_slice_eq(e->of, last->of) && !e->known;
  return same && r->mentions.at[mention].tokens <= 3 ? w->speaker : mention;
}

/* The mention whose head stands at token i, not an adjective or genitive inside a longer phrase. */
static uint32_t mention_headed(const ChEventsWork *w, uint32_t i)
{
  const ChReport *r = w->r;
  uint32_t m = w->outer[i];
  if (m == CH_NONE || r->mentions.at[m].form == CH_MENTION_ADJECTIVE)
    return CH_NONE;
  return m;
}

/* The body that words without a name of their own belong to ("a spokesman for the ministry", "a statement of the ministry"), CH_NONE. */
static uint32_t body_within(const ChEventsWork *w, uint32_t token)
{
  const ChReport *r = w->r;
  for (uint32_t i = w->under[token].from; i < w->under[token].to && i < token + 12; i++) {
    uint32_t m = r->tokens.at[i].mention;
    if (m != CH_NONE && r->mentions.at[m].type == CH_ENTITY_BODY && r->mentions.at[m].entity != CH_NONE)
      return m;
  }
  return CH_NONE;
}

/* "In the ministry they say", "it is said in a statement of the ministry": a verb without a subject, and a body where it is said. */
static uint32_t speaker_inside(const ChEventsWork *w, uint32_t verb)
{
  const ChReport *r = w->r;
  const uint64_t places = CH_ARCS_REL(CH_REL_OBL) | CH_ARCS_REL(CH_REL_NMOD);
  for (uint32_t i = ch_arcs_dependent(w, verb, places, 0); i != CH_NONE; i = ch_arcs_dependent(w, verb, places, i + 1)) {
    uint32_t prep = ch_clauses_prep(r, i), m = body_within(w, i);
    if (prep != CH_NONE && (w->classes[prep] & CH_WORD_PLACE) && m != CH_NONE)
      return m;
  }
  return CH_NONE;
}

/* Subject of a verb by the tree, also of the verb that it is joined to; *known says whether there is one. */
static uint32_t subject_by_tree(const ChEventsWork *w, uint32_t verb, bool *known)
{
  const ChReport *r = w->r;
  uint32_t token = ch_arcs_subject(w, verb);
  const uint64_t same = CH_ARCS_REL(CH_REL_CONJ) | CH_ARCS_REL(CH_REL_XCOMP) | CH_ARCS_REL(CH_REL_ADVCL);
  for (int up = 0; up < 3 && token == CH_NONE && r->tokens.at[verb].head != CH_NONE && (same >> r->tokens.at[verb].rel & 1); up++) {
    /* "..., they say": a comma alone joins no verbs */
    if (r->tokens.at[verb].rel == CH_REL_CONJ && ch_arcs_dependent(w, verb, CH_ARCS_REL(CH_REL_CC), 0) == CH_NONE)
      break;
    verb = r->tokens.at[verb].head;
    token = ch_arcs_subject(w, verb);
  }
  *known = token != CH_NONE && r->tokens.at[token].margin >= CH_ARCS_SURE && r->tokens.at[token].morph.pos == CH_POS_NOUN;
  uint32_t m = token != CH_NONE ? mention_headed(w, token) : CH_NONE;
  *known |= m != CH_NONE;
  if (token != CH_NONE && *known && (m == CH_NONE || (r->mentions.at[m].entity == CH_NONE && r->mentions.at[m].form == CH_MENTION_NOMINAL)))
    m = body_within(w, token);
  return m;
}

/* The speaker of a speech verb: its subject; inverted order ("said Lavrov") puts it right after. */
static uint32_t speaker_of(const ChEventsWork *w, uint32_t clause)
{
  const ChReport *r = w->r;
  const ChClause *c = &r->clauses.at[clause];
  bool passive = c->voice == CH_VOICE_PASS, known;
  uint32_t after = CH_NONE, subject = CH_NONE, nearest = CH_NONE;
  bool own = false;
  uint32_t by_tree = passive ? CH_NONE : same_speaker(w, subject_by_tree(w, c->predicate, &known), c->sentence);
  if (!passive && by_tree != CH_NONE && may_speak(r, by_tree))
    return by_tree;
  if (!passive && known)
    return CH_NONE; /* someone without a name */
  for (uint32_t i = 0; i < c->args.n; i++) {
    const ChArgument *a = &c->args.at[i];
    uint32_t mention = same_speaker(w, a->mention, c->sentence);
    if (!may_speak(r, mention))
      continue;
    /* of two subjects the one beside the verb: "The sides, he said, had ..." */
    uint32_t gap = a->token > c->predicate ? a->token - c->predicate : c->predicate - a->token;
    if (!passive && a->function == CH_ARG_SUBJECT && gap < nearest) {
      nearest = gap;
      subject = mention;
      own = !a->inherited;
    }
    if (passive && a->prep != CH_NONE && (w->classes[a->prep] & CH_WORD_AGENT))
      return mention;
    if (after == CH_NONE && a->prep == CH_NONE && c->form == CH_VERB_FIN && a->token > c->predicate && a->token - c->predicate <= 3 && a->kase <= CH_CASE_NOM)
      after = mention;
  }
  if (passive)
    return CH_NONE;
  uint32_t inside = !own ? speaker_inside(w, c->predicate) : CH_NONE, head = r->tokens.at[c->predicate].head;
  if (!own && inside == CH_NONE && head != CH_NONE && r->tokens.at[c->predicate].rel == CH_REL_CONJ)
    inside = speaker_inside(w, head); /* "in the ministry they called on X and condemned Y" */
  return inside != CH_NONE ? inside : subject != CH_NONE ? subject : after;
}

static bool is_person(const ChReport *r, uint32_t mention)
{
  return mention != CH_NONE && r->mentions.at[mention].entity != CH_NONE && r->entities.at[r->mentions.at[mention].entity].type == CH_ENTITY_PERSON;
}

/* Keeps the person who spoke last. */
static void remember(ChEventsWork *w, uint32_t mention, uint32_t s)
{
  if (!is_person(w->r, mention))
    return;
  w->speaker = mention;
  w->speaker_sentence = s;
}

/* A person who is the subject of a main verb is whom "he" after it stands for, like one who spoke. */
static void remember_subject(ChEventsWork *w, uint32_t token, uint32_t s)
{
  const ChReport *r = w->r;
  uint32_t c = w->clause[token];
  if (c == CH_NONE || r->clauses.at[c].predicate != token || !ch_arcs_main(w, token))
    return;
  uint32_t at = ch_arcs_subject(w, token), m = at != CH_NONE ? mention_headed(w, at) : CH_NONE;
  if (m != CH_NONE && r->mentions.at[m].form != CH_MENTION_PRONOUN && r->mentions.at[m].number != CH_NUMBER_PLUR &&
      ch_arcs_dependent(w, at, CH_ARCS_REL(CH_REL_CONJ), at) == CH_NONE)
    remember(w, m, s);
}

/* "according to X", "citing X": the speaker inside or right after, where no other noun comes before the name. */
static uint32_t named_after(const ChEventsWork *w, uint32_t token, uint32_t length, uint32_t end, uint32_t s)
{
  const ChReport *r = w->r;
  for (uint32_t k = token + 1; k < end && k < token + length + 3; k++) {
    uint32_t m = same_speaker(w, w->outer[k], s);
    if (may_speak(r, m) && r->mentions.at[w->outer[k]].form != CH_MENTION_ADJECTIVE)
      return m;
    if (k >= token + length && w->outer[k] == CH_NONE && r->tokens.at[k].morph.pos == CH_POS_NOUN)
      break;
  }
  return CH_NONE;
}

/* "X: what is said": the mention that the sentence opens with, up to the colon at token i. */
static uint32_t named_before(const ChEventsWork *w, uint32_t i, const ChSentence *sent)
{
  const ChReport *r = w->r;
  uint32_t start = sent->token + sent->dateline, m = start < i ? w->outer[start] : CH_NONE;
  if (m == CH_NONE || r->mentions.at[m].token != start || r->mentions.at[m].token + r->mentions.at[m].tokens != i || !may_speak(r, m))
    return CH_NONE;
  return m;
}

/* The clause whose verb the speech words [i, i + length) hold, CH_NONE. */
static uint32_t clause_of(const ChEventsWork *w, uint32_t i, uint32_t length)
{
  for (uint32_t k = i; k < i + length; k++)
    if (w->clause[k] != CH_NONE && w->r->clauses.at[w->clause[k]].predicate == k)
      return w->clause[k];
  return CH_NONE;
}

/* The noun of a source without a name that a verb of saying has for its subject, or that stands right beside it; CH_NONE. */
static uint32_t informant_of(const ChEventsWork *w, uint32_t verb, uint32_t end)
{
  enum { BESIDE = 4 };
  const ChReport *r = w->r;
  uint32_t subject = ch_arcs_subject(w, verb), start = r->sentences.at[r->tokens.at[verb].sentence].token;
  if (subject != CH_NONE && ch_informant_at(w, subject))
    return subject;
  if (subject != CH_NONE && r->tokens.at[subject].margin >= CH_ARCS_SURE)
    return CH_NONE;
  for (uint32_t i = verb; i > start && verb - i < 2; i--)
    if (ch_informant_at(w, i - 1) && r->tokens.at[i - 1].morph.kase <= CH_CASE_NOM)
      return i - 1;
  for (uint32_t i = verb + 1; i < end && i <= verb + BESIDE && !(r->tokens.at[i].flags & CH_TOKEN_PUNCT); i++)
    if (ch_informant_at(w, i) && r->tokens.at[i].morph.kase <= CH_CASE_NOM && ch_clauses_prep(r, i) == CH_NONE)
      return i;
  return CH_NONE;
}

/* "Citing diplomatic sources", "according to a source in the ministry": before any name. */
static uint32_t informant_after(const ChEventsWork *w, uint32_t token, uint32_t length, uint32_t end)
{
  const ChReport *r = w->r;
  for (uint32_t k = token + 1; k < end && k < token + length + 5; k++) {
    if (ch_informant_at(w, k))
      return k;
    uint8_t pos = r->tokens.at[k].morph.pos;
    bool state = w->outer[k] != CH_NONE && r->mentions.at[w->outer[k]].form == CH_MENTION_ADJECTIVE;
    if (k >= token + length && pos != CH_POS_ADJ && pos != CH_POS_DET && pos != CH_POS_NUM && !state && !(pos == CH_POS_NOUN && w->outer[k] == CH_NONE && !r->tokens.at[k].morph.kase))
      break;
  }
  return CH_NONE;
}

/* "The statement said", "it is said in the communique": a paper of the source spoken of last. */
static bool paper_says(const ChEventsWork *w, uint32_t verb)
{
  enum { BESIDE = 4 };
  const ChReport *r = w->r;
  const ChSentence *s = &r->sentences.at[r->tokens.at[verb].sentence];
  uint32_t from = verb > s->token + 1 ? verb - 1 : s->token, to = verb + BESIDE < s->token + s->tokens ? verb + BESIDE : s->token + s->tokens;
  for (uint32_t i = from; i < to; i++) {
    if (i > verb && (r->tokens.at[i].flags & CH_TOKEN_PUNCT))
      return false;
    if (r->tokens.at[i].morph.pos == CH_POS_NOUN && w->outer[i] == CH_NONE && ch_frames_is_class(w->f, w->terms.informant_paper, &r->tokens.at[i]))
      return true;
  }
  return false;
}

static uint32_t find_sources(ChEventsWork *w, uint32_t s, ChSource *out, uint32_t cap)
{
  const ChReport *r = w->r;
  const ChSentence *sent = &r->sentences.at[s];
  uint32_t n = 0, end = sent->token + sent->tokens, informant = CH_NONE;
  for (uint32_t i = sent->token + sent->dateline; i < end && n < cap; i++) {
    uint32_t length;
    const ChSpeech *f = match(w, i, &length);
    if (!f) {
      remember_subject(w, i, s);
      continue;
    }
    ChSource src = {.speech = f, .token = i, .tokens = length, .clause = CH_NONE, .mention = CH_NONE};
    if (f->flags & CH_SPEECH_PREP) {
      src.mention = named_after(w, i, length, end, s);
      informant = informant_after(w, i, length, end);
    } else if (f->flags & CH_SPEECH_COLON) {
      src.mention = named_before(w, i, sent);
    } else {
      src.clause = clause_of(w, i, length);
      /* "willing to declare": nothing is said yet */
      if (src.clause == CH_NONE || r->clauses.at[src.clause].form == CH_VERB_INF)
        continue;
      src.mention = named_speaker(w, speaker_of(w, src.clause), s);
      informant = informant_of(w, r->clauses.at[src.clause].predicate, end);
    }
    if (informant != CH_NONE)
      src.described = ch_informant_name(w, informant);
    enum { STILL = 4 };
    if (!src.described.n && src.mention == CH_NONE && src.clause != CH_NONE && w->source_name.n && s - w->source_sentence <= STILL && f->act == w->terms.says && paper_says(w, r->clauses.at[src.clause].predicate))
      src.described = w->source_name;
    if (src.described.n)
      src.mention = CH_NONE;
    informant = CH_NONE;
    remember(w, src.mention, s);
    if (src.mention != CH_NONE || src.described.n || (f->flags & CH_SPEECH_BACK)) {
      ch_speech_extent(w, s, &src);
      out[n++] = src;
    }
    i += length - 1;
  }
  return n;
}

static bool is_own_outlet(const ChReport *r, const ChMention *m)
{
  const ChEntity *e = &r->entities.at[m->entity];
  return e->type == CH_ENTITY_OUTLET && (!r->outlet.n || ch_slice_eq(e->name, r->outlet));
}

/* Is the event of the sentence within what the source says? Not what the words of saying themselves tell. */
static bool in_scope(const ChEvent *e, const ChSource *src)
{
  if (e->trigger < src->from || e->trigger >= src->to)
    return false;
  return !(src->asides && e->trigger >= src->aside && e->trigger < src->aside + src->asides);
}

/* Who speaks at an occasion is not its source by that. */
static bool own_occasion(const ChEventsWork *w, const ChEvent *e, const ChSource *src)
{
  for (size_t i = 0; i < e->participants.n; i++)
    if (e->participants.at[i].role == w->terms.speaker && e->participants.at[i].entity == w->r->mentions.at[src->mention].entity)
      return true;
  return false;
}

static bool attribute(ChEventsWork *w, uint32_t first, uint32_t end, const ChSource *src, bool back)
{
  ChReport *r = w->r;
  bool any = false;
  if (!src->described.n && (src->mention == CH_NONE || is_own_outlet(r, &r->mentions.at[src->mention])))
    return false;
  ChSlice name = src->described.n ? src->described : r->entities.at[r->mentions.at[src->mention].entity].name;
  for (uint32_t i = first; i < end; i++) {
    ChEvent *e = &r->events.at[i];
    if (e->attribution.n || (src->mention != CH_NONE && own_occasion(w, e, src)) || (!back && !in_scope(e, src)))
      continue;
    e->attribution = name;
    e->why_attribution = (ChWhy){src->speech->id, 0.7f};
    any = true;
  }
  return any;
}

/* "... said that X will come on Friday. The visit is also to prepare ...": what is still to come in the sentences right after a sourced
 * one of the same paragraph, with no source of their own, is of the same source. */
static void carry_on(ChEventsWork *w, uint32_t s, uint32_t first, uint32_t end)
{
  ChReport *r = w->r;
  const ChTerms *t = &w->terms;
  if (!w->source_name.n || s != w->source_sentence + 1 || r->sentences.at[s].paragraph != r->sentences.at[w->source_sentence].paragraph)
    return;
  ChSlice name = w->source_name;
  for (uint32_t i = first; i < end; i++) {
    ChEvent *e = &r->events.at[i];
    if (e->attribution.n || (e->status != t->scheduled && e->status != t->expected && e->status != t->possible))
      continue;
    e->attribution = name;
    e->why_attribution = (ChWhy){w->source_rule, 0.5f};
  }
  w->source_sentence = s;
}

/* "According to X, Y met Z": X is no party of it. */
static void not_party(ChEventsWork *w, uint32_t first, uint32_t end, const ChSource *src)
{
  ChReport *r = w->r;
  uint32_t at = src->mention != CH_NONE ? r->mentions.at[src->mention].token : CH_NONE;
  if (src->clause != CH_NONE || at < src->aside || at >= src->aside + src->asides)
    return;
  for (uint32_t i = first; i < end; i++) {
    ChEvent *e = &r->events.at[i];
    size_t kept = 0;
    for (size_t k = 0; k < e->participants.n; k++)
      if (e->participants.at[k].mention != src->mention)
        e->participants.at[kept++] = e->participants.at[k];
    e->participants.n = kept;
  }
}

/* Is the act only wanted: what a verb of calling for it, of support or of opposition governs ("supports lifting the sanctions"), or what
 * someone says ought to be? Meetings and visits that are wanted are proposed ones and stay. */
static bool only_wanted(const ChEventsWork *w, const ChEvent *e, const ChSource *src)
{
  const ChReport *r = w->r;
  const ChTerms *t = &w->terms;
  const ChClause *c = &r->clauses.at[e->clause];
  if ((e->kind != t->measure && e->kind != t->signing) || src->clause == CH_NONE || !e->verbal || e->clause == src->clause)
    return false;
  bool stance = src->speech->act == t->calls_for || src->speech->act == t->supports || src->speech->act == t->opposes;
  if (stance)
    return c->parent == src->clause && (c->form == CH_VERB_INF || c->form == CH_VERB_GER);
  bool ought = false;
  uint32_t start = r->sentences.at[c->sentence].token;
  for (uint32_t i = c->predicate; i > start && c->predicate - i < 4; i--)
    ought |= (w->classes[i - 1] & CH_WORD_OUGHT) != 0;
  return src->speech->act == t->says && ought && in_scope(e, src);
}

static void drop_wanted(ChEventsWork *w, uint32_t first, const ChSource *sources, uint32_t n)
{
  ChReport *r = w->r;
  uint32_t kept = first;
  for (uint32_t i = first; i < r->events.n; i++) {
    bool wanted = false;
    for (uint32_t k = 0; k < n; k++)
      wanted |= sources[k].mention != CH_NONE && only_wanted(w, &r->events.at[i], &sources[k]);
    if (!wanted)
      r->events.at[kept++] = r->events.at[i];
  }
  r->events.n = kept;
}

/* Which sources come first where a sentence has several: whom others cite, then who speaks, last who only passes it on. */
static int rank_of(const ChReport *r, const ChSource *src)
{
  enum { CITED, SPEAKS, PASSES_ON };
  if (src->mention != CH_NONE && r->mentions.at[src->mention].type == CH_ENTITY_OUTLET)
    return PASSES_ON;
  return src->speech->flags & CH_SPEECH_PREP ? CITED : SPEAKS;
}

void ch_speech_fill(ChEventsWork *w, uint32_t s, uint32_t previous, uint32_t first)
{
  ChReport *r = w->r;
  ChSource sources[CH_SOURCES_MOST];
  uint32_t n = find_sources(w, s, sources, CH_SOURCES_MOST);
  drop_wanted(w, first, sources, n);
  uint32_t end = (uint32_t)r->events.n;
  bool back = false;
  const ChSentence *sent = &r->sentences.at[s];
  for (uint32_t i = sent->token + sent->dateline; i < sent->token + sent->tokens && i < sent->token + sent->dateline + 2; i++)
    back |= (w->classes[i] & CH_WORD_BACK) != 0; /* "Of this told ..." */
  for (uint32_t i = 0; i < 3 * n; i++) {
    const ChSource *src = &sources[i % n];
    bool no = src->clause != CH_NONE && r->clauses.at[src->clause].polarity == CH_POLARITY_NO;
    if (rank_of(r, src) != (int)(i / n) || !(src->speech->flags & CH_SPEECH_REPORTS) || no)
      continue;
    not_party(w, first, end, src);
    if (attribute(w, first, end, src, false)) {
      w->source_name = src->described.n ? src->described : r->entities.at[r->mentions.at[src->mention].entity].name;
      w->source_sentence = s;
      w->source_rule = src->speech->id;
    }
    if ((src->speech->flags & CH_SPEECH_BACK) || back)
      attribute(w, previous, first, src, true);
  }
  if (!n)
    carry_on(w, s, first, end);
  ch_statements_add(w, s, sources, n, first, end);
}
