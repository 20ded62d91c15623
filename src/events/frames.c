#include "events/frames.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- reading ---- */

uint32_t ch_frames_classes(const ChFrames *f, const ChToken *t, uint32_t *value)
{
  uint32_t classes = 0;
  ChWord words[2] = {t->norm, t->lemma != t->norm ? t->lemma : CH_NO_WORD};
  for (int k = 0; k < 2; k++) {
    size_t lo = 0, hi = words[k] ? f->n_grammar : 0;
    while (lo < hi) {
      size_t mid = lo + (hi - lo) / 2;
      if (f->grammar[mid].word < words[k])
        lo = mid + 1;
      else
        hi = mid;
    }
    if (words[k] && lo < f->n_grammar && f->grammar[lo].word == words[k]) {
      classes |= f->grammar[lo].classes;
      if (value && f->grammar[lo].value)
        *value = f->grammar[lo].value;
    }
  }
  return classes;
}

/* Where the classes of a word begin, n_class_words where it has none. */
static size_t classes_of(const ChFrames *f, ChWord word)
{
  size_t lo = 0, hi = f->n_class_words;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (f->class_words[mid].word < word)
      lo = mid + 1;
    else
      hi = mid;
  }
  return lo;
}

/* Is the word a noun of one of the classes? */
static bool word_is_of(const ChFrames *f, const ChWord *names, int n, ChWord word)
{
  for (size_t i = classes_of(f, word); i < f->n_class_words && f->class_words[i].word == word; i++)
    for (int k = 0; k < n && names[k]; k++)
      if (names[k] == f->class_words[i].name)
        return true;
  return false;
}


static bool token_is_of(const ChFrames *f, const ChWord *names, int n, const ChToken *t)
{
  return (t->norm && word_is_of(f, names, n, t->norm)) || (t->lemma && t->lemma != t->norm && word_is_of(f, names, n, t->lemma));
}

bool ch_frames_is_class(const ChFrames *f, ChWord name, const ChToken *t) { return token_is_of(f, &name, 1, t); }

ChWord ch_frames_class_value(const ChFrames *f, ChWord name, const ChToken *t)
{
  const ChWord forms[] = {t->norm, t->lemma};
  for (int k = 0; k < 2 && name; k++)
    for (size_t i = classes_of(f, forms[k]); i < f->n_class_words && f->class_words[i].word == forms[k]; i++)
      if (f->class_words[i].name == name)
        return f->class_words[i].value;
  return CH_NO_WORD;
}

bool ch_frames_is_what(const ChFrames *f, const ChFrame *frame, const ChToken *t)
{
  return token_is_of(f, frame->what, CH_FRAME_CLASSES, t);
}

/* Words that may stand between the words of a phrase: "withdraw [its] bid", "deliver [a long] speech". */
static bool skippable(const ChToken *t)
{
  uint8_t pos = t->morph.pos;
  return pos == CH_POS_DET || pos == CH_POS_ADJ || pos == CH_POS_NUM || (pos == CH_POS_PRON && t->morph.kase != CH_CASE_NOM);
}

uint32_t ch_frames_match(const ChPhrases *t, const ChReport *r, uint32_t i, uint32_t end, uint32_t *length)
{
  /* Both the norm and the lemma may go on, and a word may be passed over; a small set of nodes is walked side by side. */
  enum { NODES = 8, SKIPS = 2, NAME_SKIPS = 5 };
  uint32_t nodes[NODES] = {CH_PHRASE_ROOT}, skips[NODES] = {0}, n = 1, best = 0;
  *length = 0;
  for (uint32_t k = i; k < end && n; k++) {
    const ChToken *tok = &r->tokens.at[k];
    uint32_t next[NODES], used[NODES], m = 0;
    for (uint32_t j = 0; j < n; j++) {
      uint32_t a = ch_phrases_step(t, nodes[j], tok->norm);
      uint32_t b = tok->lemma != tok->norm ? ch_phrases_step(t, nodes[j], tok->lemma) : 0;
      uint32_t steps[2] = {a, b != a ? b : 0};
      for (int x = 0; x < 2; x++) {
        if (!steps[x] || m == NODES)
          continue;
        next[m] = steps[x];
        used[m++] = skips[j];
        size_t values;
        ch_phrases_values(t, steps[x], &values);
        if (values && *length < k - i + 1) {
          best = steps[x];
          *length = k - i + 1;
        }
      }
      /* an object between verb and complement ("relieved [X] of his post") */
      bool before = tok->morph.pos == CH_POS_ADP && k + 1 < end && r->tokens.at[k + 1].mention != CH_NONE;
      bool name = (tok->mention != CH_NONE || before) && skips[j] < NAME_SKIPS;
      if (k > i && m < NODES && (name || (skips[j] < SKIPS && skippable(tok)))) {
        next[m] = nodes[j];
        used[m++] = skips[j] + 1;
      }
    }
    n = m;
    memcpy(nodes, next, sizeof next);
    memcpy(skips, used, sizeof used);
  }
  return best;
}

ChFrames ch_frames_of(const ChPack *p, ChSlice lang)
{
  ChFrames f = {0};
  f.frames = ch_pack_section_of(p, lang, "frames", sizeof *f.frames, &f.n_frames);
  f.args = ch_pack_section_of(p, lang, "frame.args", sizeof *f.args, &f.n_args);
  f.carriers = ch_pack_section_of(p, lang, "carriers", sizeof *f.carriers, &f.n_carriers);
  f.cues = ch_pack_section_of(p, lang, "cues", sizeof *f.cues, &f.n_cues);
  f.speech = ch_pack_section_of(p, lang, "speech", sizeof *f.speech, &f.n_speech);
  f.grammar = ch_pack_section_of(p, lang, "grammar", sizeof *f.grammar, &f.n_grammar);
  f.class_words = ch_pack_section_of(p, lang, "classes", sizeof *f.class_words, &f.n_class_words);
  f.verb_words = ch_phrases_of_lang(p, lang, "t.frame.verbs");
  f.noun_words = ch_phrases_of_lang(p, lang, "t.frame.nouns");
  f.carrier_words = ch_phrases_of_lang(p, lang, "t.carriers");
  f.cue_words = ch_phrases_of_lang(p, lang, "t.cues");
  f.speech_words = ch_phrases_of_lang(p, lang, "t.speech");
  return f;
}

ChTerms ch_terms_of(const ChPack *p)
{
  ChTerms t;
#define TERM(x) t.x = ch_pack_find(p, CH_LIT(#x))
  TERM(held), TERM(ongoing), TERM(scheduled), TERM(expected), TERM(possible), TERM(proposed), TERM(postponed), TERM(cancelled);
  TERM(denied), TERM(visit), TERM(meeting), TERM(call), TERM(conference), TERM(signing), TERM(proposal), TERM(measure), TERM(party);
  TERM(conflict), TERM(message), TERM(appointment), TERM(address), TERM(actors), TERM(vague), TERM(namely), TERM(affairs), TERM(another), TERM(preparing), TERM(informant), TERM(leading), TERM(alongside);
  t.head = ch_pack_find(p, CH_LIT("head-of-delegation"));
  TERM(host), TERM(speaker), TERM(attendee), TERM(part_of), TERM(sidelines_of), TERM(after), TERM(before), TERM(prepares), TERM(says), TERM(supports), TERM(opposes), TERM(promises), TERM(hopes), TERM(agrees);
#undef TERM
  t.tables = ch_term_tables(p);
  t.informant_paper = ch_pack_find(p, CH_LIT("informant-paper"));
  t.informant_office = ch_pack_find(p, CH_LIT("informant-office"));
  t.informant_kind = ch_pack_find(p, CH_LIT("informant-kind"));
  t.calls_for = ch_pack_find(p, CH_LIT("calls-for"));
  t.roles = ch_pack_section(p, "roles", sizeof *t.roles, &t.n_roles);
  return t;
}
