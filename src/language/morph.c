#include <stdio.h>

#include "language/lexicon.h"

/* The labels of Universal Dependencies (universaldependencies.org, version 2), by the enums of report.h. */
static const char *const poses[] = {"X",    "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN",
                                    "NUM",  "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", NULL};
static const char *const cases[] = {"", "Nom", "Gen", "Dat", "Acc", "Ins", "Loc", NULL};
static const char *const numbers[] = {"", "Sing", "Plur", NULL};
static const char *const genders[] = {"", "Masc", "Fem", "Neut", NULL};
static const char *const tenses[] = {"", "Past", "Pres", "Fut", NULL};
static const char *const aspects[] = {"", "Imp", "Perf", NULL};
static const char *const moods[] = {"", "Ind", "Imp", "Cnd", NULL};
static const char *const forms[] = {"", "Fin", "Inf", "Part", "Conv", "Ger", NULL};
static const char *const voices[] = {"", "Act", "Pass", "Mid", NULL};
static const char *const degrees[] = {"", "Pos", "Cmp", "Sup", NULL};
static const char *const persons[] = {"", "1", "2", "3", NULL};
static const char *const animacies[] = {"", "Anim", "Inan", NULL};

static const char *const rels[CH_RELS + 1] = {
    "_", "acl", "acl:relcl", "advcl", "advmod", "amod", "appos", "aux", "aux:pass", "case", "cc", "ccomp", "clf", "compound", "conj", "cop",
    "csubj", "csubj:pass", "dep", "det", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod",
    "nsubj", "nsubj:pass", "nummod", "obj", "obl", "obl:agent", "orphan", "parataxis", "punct", "reparandum", "root", "vocative", "xcomp",
    NULL};
static const char *const name_tags[CH_NAME_TAGS + 1] = {"O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", NULL};

/* In the order of the names, as CoNLL-U wants them. */
static const struct Feature {
  const char *name;
  const char *const *values;
  size_t at;
} features[] = {
    {"Animacy", animacies, offsetof(ChMorph, animate)}, {"Aspect", aspects, offsetof(ChMorph, aspect)},
    {"Case", cases, offsetof(ChMorph, kase)},           {"Degree", degrees, offsetof(ChMorph, degree)},
    {"Gender", genders, offsetof(ChMorph, gender)},     {"Mood", moods, offsetof(ChMorph, mood)},
    {"Number", numbers, offsetof(ChMorph, number)},     {"Person", persons, offsetof(ChMorph, person)},
    {"Tense", tenses, offsetof(ChMorph, tense)},        {"VerbForm", forms, offsetof(ChMorph, form)},
    {"Voice", voices, offsetof(ChMorph, voice)},
};
enum { FEATURES = sizeof features / sizeof *features };

static uint8_t value_of(const char *const *list, ChSlice s)
{
  for (uint8_t i = 0; list[i]; i++)
    if (ch_slice_is(s, list[i]))
      return i;
  return UINT8_MAX;
}

bool ch_morph_parse(ChSlice text, ChMorph *m)
{
  *m = (ChMorph){0};
  ChSlice rest = text, pos = ch_slice_cut(&rest, '|');
  m->pos = value_of(poses, pos);
  if (m->pos == UINT8_MAX)
    return false;
  while (rest.p) {
    ChSlice value = ch_slice_cut(&rest, '|'), name = ch_slice_cut(&value, '=');
    size_t i = 0;
    while (i < FEATURES && !ch_slice_is(name, features[i].name))
      i++;
    if (i == FEATURES || !value.p)
      return false;
    uint8_t v = value_of(features[i].values, value);
    if (v == UINT8_MAX || v == 0)
      return false;
    ((uint8_t *)m)[features[i].at] = v;
  }
  return true;
}

void ch_morph_format(const ChMorph *m, char *out, size_t size)
{
  int n = snprintf(out, size, "%s", m->pos < sizeof poses / sizeof *poses - 1 ? poses[m->pos] : "X");
  for (size_t i = 0; i < FEATURES; i++) {
    uint8_t v = ((const uint8_t *)m)[features[i].at];
    if (v && n >= 0 && (size_t)n < size)
      n += snprintf(out + n, size - (size_t)n, "|%s=%s", features[i].name, features[i].values[v]);
  }
}

const char *ch_rel_name(uint8_t rel) { return rel < CH_RELS ? rels[rel] : rels[0]; }
const char *ch_name_tag_name(uint8_t tag) { return tag < CH_NAME_TAGS ? name_tags[tag] : name_tags[0]; }

uint8_t ch_rel_parse(ChSlice text)
{
  uint8_t v = value_of(rels, text);
  return v == UINT8_MAX ? (uint8_t)CH_RELS : v;
}

uint8_t ch_name_tag_parse(ChSlice text)
{
  uint8_t v = value_of(name_tags, text);
  return v == UINT8_MAX ? (uint8_t)CH_NAME_O : v;
}
