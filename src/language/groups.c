/* Groups: base noun phrases and verb groups, by parts of speech and agreement in case. */
#include "language/internal.h"

typedef struct Walk {
  ChWork *w;
  uint32_t end;
} Walk;

static const ChToken *tok(const Walk *k, uint32_t i) { return &k->w->r->tokens.at[i]; }
static uint8_t pos(const Walk *k, uint32_t i) { return i < k->end ? tok(k, i)->morph.pos : (uint8_t)CH_POS_PUNCT; }
static bool negation(const Walk *k, uint32_t i)
{
  return i < k->end && (k->w->types.at[k->w->of.at[i]].cue & CH_WORD_CUE_NEGATION) != 0;
}

/* Part of a noun group before its head: determiners, adjectives, numbers, participles that agree. */
static bool is_modifier(const Walk *k, uint32_t i)
{
  const ChToken *t = tok(k, i);
  if (t->morph.pos == CH_POS_DET || t->morph.pos == CH_POS_ADJ || t->morph.pos == CH_POS_NUM)
    return true;
  return t->morph.pos == CH_POS_VERB && t->morph.form == CH_VERB_PART && t->morph.kase;
}

static bool is_head(const Walk *k, uint32_t i)
{
  uint8_t p = tok(k, i)->morph.pos;
  return p == CH_POS_NOUN || p == CH_POS_PROPN || p == CH_POS_X;
}

/* Do two words of one group agree in case? Words without case (numbers, foreign names) always do. */
static bool agree(const ChToken *a, const ChToken *b)
{
  if (!a->morph.kase || !b->morph.kase || a->morph.kase == b->morph.kase)
    return true;
  return false;
}

/* Can the words from i on be one noun group? The end of it, i where there is none; *head its head. */
static uint32_t noun_end(const Walk *k, uint32_t i, uint32_t *head)
{
  uint32_t start = i, cased = CH_NONE, last = CH_NONE;
  bool any = false;
  for (; i < k->end; i++) {
    const ChToken *t = tok(k, i);
    bool h = is_head(k, i), m = is_modifier(k, i);
    if (!h && !m) {
      /* "very large", "'s" inside a group */
      bool possessive = t->morph.pos == CH_POS_PART && any && i + 1 < k->end && (is_head(k, i + 1) || is_modifier(k, i + 1)) &&
                        !negation(k, i);
      if (!possessive)
        break;
      last = CH_NONE;
      continue;
    }
    if (cased != CH_NONE && !agree(tok(k, cased), t))
      break;
    if (m && last != CH_NONE && t->morph.pos != CH_POS_NUM && t->morph.pos != CH_POS_ADJ)
      break;
    if (m && last != CH_NONE && t->morph.kase) /* the next group starts */
      break;
    /* two common nouns in a language with cases are two groups unless one is a name */
    if (h && last != CH_NONE && t->morph.kase && tok(k, last)->morph.kase && t->morph.pos == CH_POS_NOUN)
      break;
    if (t->morph.kase)
      cased = i;
    if (h)
      last = i, any = true;
  }
  if (last == CH_NONE) {
    /* adjectives or numbers alone */
    *head = CH_NONE;
    return start;
  }
  *head = last;
  return last + 1;
}

static void add_group(Walk *k, uint32_t first, uint32_t end, uint32_t head, uint32_t prep, ChGroupType type)
{
  ChReport *r = k->w->r;
  uint8_t kase = 0;
  for (uint32_t i = first; i < end; i++) {
    r->tokens.at[i].group = (uint32_t)r->groups.n;
    if (type == CH_GROUP_NOUN && r->tokens.at[i].morph.kase && (!kase || i == head))
      kase = r->tokens.at[i].morph.kase;
  }
  *CH_PUSH(r->arena, &r->groups) =
      (ChGroup){.token = first, .tokens = end - first, .head = head, .prep = prep, .type = (uint8_t)type, .kase = kase};
}

static bool is_verbal(const Walk *k, uint32_t i)
{
  uint8_t p = pos(k, i);
  return p == CH_POS_VERB || p == CH_POS_AUX;
}

/* Auxiliaries, negation, adverbs between them, and the verb. */
static uint32_t verb_end(const Walk *k, uint32_t i, uint32_t *head)
{
  uint32_t end = i;
  *head = CH_NONE;
  for (; i < k->end; i++) {
    if (is_verbal(k, i)) {
      *head = i;
      end = i + 1;
      if (pos(k, i) == CH_POS_VERB)
        break;
    } else if (!negation(k, i) && !(pos(k, i) == CH_POS_ADV && *head != CH_NONE && i < end + 2) &&
               !(pos(k, i) == CH_POS_PART && *head != CH_NONE && is_verbal(k, i + 1))) {
      break;
    }
  }
  return *head == CH_NONE ? i : end;
}

void ch_groups_sentence(ChWork *w, uint32_t sentence)
{
  const ChSentence *s = &w->r->sentences.at[sentence];
  Walk k = {.w = w, .end = s->token + s->tokens};
  uint32_t prep = CH_NONE;
  for (uint32_t i = s->token; i < k.end;) {
    uint32_t head, end;
    if (pos(&k, i) == CH_POS_ADP) {
      prep = i++;
      continue;
    }
    if (is_head(&k, i) || is_modifier(&k, i)) {
      end = noun_end(&k, i, &head);
      if (head != CH_NONE) {
        add_group(&k, i, end, head, prep, CH_GROUP_NOUN);
        prep = CH_NONE;
        i = end;
        continue;
      }
    }
    if (pos(&k, i) == CH_POS_PRON) {
      add_group(&k, i, i + 1, i, prep, CH_GROUP_NOUN);
      prep = CH_NONE;
      i++;
      continue;
    }
    if (is_verbal(&k, i) || (negation(&k, i) && (is_verbal(&k, i + 1) || is_verbal(&k, i + 2)))) {
      end = verb_end(&k, i, &head);
      if (head != CH_NONE && end > i) {
        add_group(&k, i, end, head, CH_NONE, CH_GROUP_VERB);
        i = end;
        prep = CH_NONE;
        continue;
      }
    }
    if (!is_modifier(&k, i) && pos(&k, i) != CH_POS_ADV)
      prep = CH_NONE;
    i++;
  }
}
