/* Compiling data/events and data/language/CODE/{frames,classes,carriers,cues,speech,grammar}.tsv: every fault is named by file, line, column. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/datafile.h"
#include "events/events.h"
#include "events/frames.h"
#include "model/languages.h"

typedef struct Names { /* a closed vocabulary, in the order of its file */
  ChWord ids[64];
  size_t n;
} Names;

typedef struct Compiler {
  ChPackWriter *w;
  ChError *err;
  ChFold fold;
  Names kinds, statuses, roles, acts;
  ChBuf args;
  ChBuf class_words; /* ChClassWord of the language at work, by word */
} Compiler;

typedef struct Flag {
  const char *name;
  uint32_t bit;
} Flag;

static bool has(const Names *n, ChWord id)
{
  for (size_t i = 0; i < n->n; i++)
    if (n->ids[i] == id)
      return true;
  return false;
}

static uint32_t flags_of(ChDataFile *f, uint32_t col, const Flag *flags, ChSlice *unknown);

/* roles.tsv: the types of entity that may play a role, as bits (1 << ChEntityType). */
static void compile_roles(Compiler *c, const char *data, const char *const *columns)
{
  static const Flag types[] = {{"person", 1u << CH_ENTITY_PERSON}, {"state", 1u << CH_ENTITY_STATE}, {"body", 1u << CH_ENTITY_BODY},
                               {"group", 1u << CH_ENTITY_GROUP}, {NULL, 0}};
  char path[1024];
  snprintf(path, sizeof path, "%s/events/roles.tsv", data);
  ChDataFile f;
  ChRoleTypes rows[64] = {{0, 0}};
  size_t n = 0;
  ch_datafile_open(&f, path, "roles", 1, columns, c->err);
  while (ch_datafile_next(&f) && n < 64) {
    uint32_t bits = flags_of(&f, 1, types, NULL);
    rows[n++] = (ChRoleTypes){ch_pack_writer_word(c->w, f.cell[0]), bits ? bits : UINT32_MAX};
  }
  ch_datafile_close(&f);
  if (!ch_failed(c->err))
    ch_pack_writer_add(c->w, "roles", rows, sizeof *rows, n);
}

/* The first column of a list file under data/events. */
static void read_names(Compiler *c, const char *data, const char *file, const char *kind, const char *const *columns, Names *out)
{
  char path[1024];
  snprintf(path, sizeof path, "%s/events/%s", data, file);
  ChDataFile f;
  ch_datafile_open(&f, path, kind, 1, columns, c->err);
  while (ch_datafile_next(&f)) {
    if (!f.cell[0].n || out->n == sizeof out->ids / sizeof *out->ids)
      ch_datafile_fault(&f, 0, "a name is missing, or there are too many");
    else
      out->ids[out->n++] = ch_pack_writer_word(c->w, f.cell[0]);
  }
  ch_datafile_close(&f);
}

static ChWord word_of(Compiler *c, ChDataFile *f, uint32_t col, const Names *in, const char *what)
{
  if (!f->cell[col].n)
    return CH_NO_WORD;
  ChWord id = ch_pack_writer_word(c->w, f->cell[col]);
  if (in && !has(in, id))
    ch_datafile_fault(f, col, "unknown %s '%.*s'", what, CH_ARG(f->cell[col]));
  return id;
}

static ChWord norm_word(Compiler *c, ChSlice s)
{
  char out[CH_FOLD_MAX];
  return ch_pack_writer_word(c->w, ch_slice(out, ch_fold_norm(&c->fold, s, out)));
}

static uint32_t flags_of(ChDataFile *f, uint32_t col, const Flag *flags, ChSlice *unknown)
{
  uint32_t bits = 0, all = 0;
  for (const Flag *g = flags; g->name; g++) {
    assert(!(all & g->bit)); /* each flag a bit of its own */
    all |= g->bit;
  }
  ChSlice rest = f->cell[col];
  while (rest.p && rest.n) {
    ChSlice one = ch_slice_cut(&rest, ';');
    const Flag *g = flags;
    while (g->name && !ch_slice_is(one, g->name))
      g++;
    if (g->name)
      bits |= g->bit;
    else if (unknown && !unknown->n && ch_slice_find(one, CH_LIT(":")) != SIZE_MAX)
      *unknown = one; /* the only one: a second is a fault */
    else
      ch_datafile_fault(f, col, "unknown flag '%.*s'", CH_ARG(one));
  }
  return bits;
}

static uint8_t case_of(ChSlice s)
{
  static const char *const names[] = {"any", "nom", "gen", "dat", "acc", "ins", "loc"};
  for (uint8_t i = 0; i < 7; i++)
    if (ch_slice_is(s, names[i]))
      return i;
  return 255;
}

/* "role" or a slot's name. */
static void set_role(Compiler *c, ChDataFile *f, uint32_t col, ChSlice s, ChFrameArg *a)
{
  static const struct {
    const char *name;
    ChSlot slot;
  } slots[] = {{"@place", CH_SLOT_PLACE}, {"@topic", CH_SLOT_TOPIC}, {"@document", CH_SLOT_DOCUMENT}};
  if (!s.n)
    return;
  for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
    if (ch_slice_is(s, slots[i].name)) {
      a->slot = (uint8_t)slots[i].slot;
      return;
    }
  a->slot = CH_SLOT_ROLE;
  a->role = ch_pack_writer_word(c->w, s);
  if (!has(&c->roles, a->role))
    ch_datafile_fault(f, col, "unknown role '%.*s'", CH_ARG(s));
}

/* "prep[+case]:role; case:role ..." appended to c->args; returns their number. "gen" and the like alone are bare cases. */
static uint32_t read_args(Compiler *c, ChDataFile *f, uint32_t col)
{
  uint32_t n = 0;
  ChSlice rest = f->cell[col];
  while (rest.p && rest.n && !ch_failed(c->err)) {
    ChSlice one = ch_slice_cut(&rest, ';');
    ChSlice value = one;
    ChSlice key = ch_slice_cut(&value, ':');
    ChFrameArg a = {0};
    if (!one.n || !value.p) {
      ch_datafile_fault(f, col, "an argument must be PREPOSITION[+CASE]:ROLE or CASE:ROLE");
      break;
    }
    size_t plus = ch_slice_find(key, CH_LIT("+"));
    if (plus != SIZE_MAX) {
      a.kase = case_of(ch_slice(key.p + plus + 1, key.n - plus - 1));
      a.prep = norm_word(c, ch_slice(key.p, plus));
    } else if (case_of(key) != 255) {
      a.kase = case_of(key);
    } else {
      a.prep = norm_word(c, key);
    }
    if (a.kase == 255)
      ch_datafile_fault(f, col, "unknown case in '%.*s'", CH_ARG(key));
    set_role(c, f, col, ch_slice_trim(value), &a);
    ch_buf_add(&c->args, &a, sizeof a);
    n++;
  }
  return n;
}

static void add_triggers(Compiler *c, ChPhraseBuilder *trie, ChSlice list, uint32_t index)
{
  ChSlice rest = list;
  while (rest.p && rest.n)
    ch_phrases_add_norm(trie, &c->fold, ch_slice_cut(&rest, ';'), index);
}

static int by_class_word(const void *a, const void *b)
{
  const ChClassWord *x = a, *y = b;
  return x->word != y->word ? (x->word < y->word ? -1 : 1) : x->name < y->name ? -1 : x->name > y->name;
}

/* classes.tsv: nouns by the name of their class; several rows may add to one. */
static void compile_classes(Compiler *c, ChSlice lang, const char *path)
{
  enum { NAME, WORDS, ENGLISH };
  static const char *const columns[] = {"name", "words", "english", NULL};
  ChDataFile f;
  c->class_words.n = 0;
  ch_datafile_open(&f, path, "classes", 1, columns, c->err);
  while (ch_datafile_next(&f)) {
    ChWord name = word_of(c, &f, NAME, NULL, "");
    if (!name || !f.cell[WORDS].n)
      ch_datafile_fault(&f, NAME, "name and words are needed");
    ChSlice rest = f.cell[WORDS];
    while (rest.p && rest.n) {
      ChSlice one = ch_slice_cut(&rest, ';');
      if (ch_slice_find(one, CH_LIT(" ")) != SIZE_MAX)
        ch_datafile_fault(&f, WORDS, "'%.*s': a class holds single words", CH_ARG(one));
      ChClassWord k = {norm_word(c, one), name, word_of(c, &f, ENGLISH, NULL, "")};
      ch_buf_add(&c->class_words, &k, sizeof k);
    }
  }
  ch_datafile_close(&f);
  if (ch_failed(c->err))
    return;
  ChClassWord *k = (ChClassWord *)(void *)c->class_words.p;
  size_t n = c->class_words.n / sizeof *k;
  if (n)
    qsort(k, n, sizeof *k, by_class_word);
  ch_pack_writer_add_of(c->w, lang, "classes", k, sizeof *k, n);
}

/* The classes that a frame names must be in classes.tsv. */
static void read_what(Compiler *c, ChDataFile *f, uint32_t col, ChFrame *r)
{
  const ChClassWord *k = (const ChClassWord *)(const void *)c->class_words.p;
  size_t n = c->class_words.n / sizeof *k;
  ChSlice rest = f->cell[col];
  for (int at = 0; rest.p && rest.n; at++) {
    ChSlice one = ch_slice_cut(&rest, ';');
    ChWord name = ch_pack_writer_word(c->w, one);
    bool known = false;
    for (size_t i = 0; i < n && !known; i++)
      known = k[i].name == name;
    if (!known)
      ch_datafile_fault(f, col, "classes.tsv has no class '%.*s'", CH_ARG(one));
    else if (at == CH_FRAME_CLASSES)
      ch_datafile_fault(f, col, "a frame has at most %d classes", CH_FRAME_CLASSES);
    else
      r->what[at] = name;
  }
}

static void compile_frames(Compiler *c, ChSlice lang, const char *path)
{
  enum { ID, POS, TRIGGER, KIND, STATUS, SUBJECT, OBJECT, ARGS, FORMAT, ACTION, FLAGS, WHAT };
  static const char *const columns[] = {"id",   "pos",    "trigger", "kind",  "status", "subject", "object",
                                        "args", "format", "action",  "flags", "what", NULL};
  static const Flag flags[] = {{"weak", CH_FRAME_WEAK},
                               {"needs-date", CH_FRAME_NEEDS_DATE},
                               {"needs-object", CH_FRAME_NEEDS_OBJECT},
                               {"needs-actor", CH_FRAME_NEEDS_ACTOR},
                               {"needs-time", CH_FRAME_NEEDS_TIME},
                               {"needs-two", CH_FRAME_NEEDS_TWO},
                               {"needs-format", CH_FRAME_NEEDS_FORMAT},
                               {"joins", CH_FRAME_JOINS},
                               {"arrival", CH_FRAME_ARRIVAL},
                               {"topics", CH_FRAME_TOPICS},
                               {"void", CH_FRAME_VOID},
                               {NULL, 0}};
  ChDataFile f;
  ChBuf rows = {0};
  ChPhraseBuilder *verbs = ch_phrases_new(c->w), *nouns = ch_phrases_new(c->w);
  ch_datafile_open(&f, path, "frames", 1, columns, c->err);
  while (ch_datafile_next(&f)) {
    ChSlice extra = {0};
    ChFrame r = {.id = word_of(c, &f, ID, NULL, ""), .kind = word_of(c, &f, KIND, &c->kinds, "kind")};
    r.flags = flags_of(&f, FLAGS, flags, &extra);
    if (ch_slice_starts(extra, CH_LIT("convened:"))) {
      r.convened = ch_pack_writer_word(c->w, ch_slice(extra.p + 9, extra.n - 9));
      if (!has(&c->kinds, r.convened))
        ch_datafile_fault(&f, FLAGS, "unknown kind after 'convened:'");
      r.flags |= CH_FRAME_CONVENED;
    }
    if (ch_slice_is(f.cell[POS], "noun"))
      r.flags |= CH_FRAME_NOUN;
    else if (!ch_slice_is(f.cell[POS], "verb"))
      ch_datafile_fault(&f, POS, "pos must be 'verb' or 'noun'");
    r.status = word_of(c, &f, STATUS, &c->statuses, "status");
    r.format = word_of(c, &f, FORMAT, NULL, "");
    r.action = word_of(c, &f, ACTION, NULL, "");
    set_role(c, &f, SUBJECT, f.cell[SUBJECT], &r.subject);
    set_role(c, &f, OBJECT, f.cell[OBJECT], &r.object);
    r.arg = (uint32_t)(c->args.n / sizeof(ChFrameArg));
    r.args = read_args(c, &f, ARGS);
    read_what(c, &f, WHAT, &r);
    if (!r.id || !r.kind || !f.cell[TRIGGER].n)
      ch_datafile_fault(&f, ID, "id, trigger and kind are needed");
    add_triggers(c, r.flags & CH_FRAME_NOUN ? nouns : verbs, f.cell[TRIGGER], (uint32_t)(rows.n / sizeof r));
    ch_buf_add(&rows, &r, sizeof r);
  }
  ch_datafile_close(&f);
  if (!ch_failed(c->err)) {
    ch_pack_writer_add_of(c->w, lang, "frames", rows.p, sizeof(ChFrame), rows.n / sizeof(ChFrame));
    ch_pack_writer_add_of(c->w, lang, "frame.args", c->args.p, sizeof(ChFrameArg), c->args.n / sizeof(ChFrameArg));
    ch_phrases_save_lang(verbs, lang, "t.frame.verbs");
    ch_phrases_save_lang(nouns, lang, "t.frame.nouns");
  }
  ch_phrases_free(verbs);
  ch_phrases_free(nouns);
  ch_buf_free(&rows);
}

static void compile_carriers(Compiler *c, ChSlice lang, const char *path)
{
  enum { ID, POS, WORD, RELATIONS, STATUS, ROLE };
  static const char *const columns[] = {"id", "pos", "word", "relations", "status", "role", NULL};
  static const Flag relations[] = {{"subject", CH_CARRY_SUBJECT}, {"object", CH_CARRY_OBJECT}, {"complement", CH_CARRY_COMPLEMENT},
                                   {"ends", CH_CARRY_ENDS}, {"apart", CH_CARRY_APART}, {"brings", CH_CARRY_BRINGS}, {"demand", CH_CARRY_DEMAND},
                                   {"announce", CH_CARRY_ANNOUNCE}, {NULL, 0}};
  ChDataFile f;
  ChBuf rows = {0};
  ChPhraseBuilder *trie = ch_phrases_new(c->w);
  ch_datafile_open(&f, path, "carriers", 1, columns, c->err);
  while (ch_datafile_next(&f)) {
    ChSlice extra = {0};
    ChCarrier r = {.id = word_of(c, &f, ID, NULL, "")};
    r.relations = flags_of(&f, RELATIONS, relations, &extra);
    if (ch_slice_starts(extra, CH_LIT("prep:"))) {
      r.prep = norm_word(c, ch_slice(extra.p + 5, extra.n - 5));
      r.relations |= CH_CARRY_OBLIQUE;
    } else if (extra.n) {
      ch_datafile_fault(&f, RELATIONS, "unknown relation '%.*s'", CH_ARG(extra));
    }
    r.noun = ch_slice_is(f.cell[POS], "noun");
    r.status = word_of(c, &f, STATUS, &c->statuses, "status");
    r.role = word_of(c, &f, ROLE, &c->roles, "role");
    if (!r.id || !f.cell[WORD].n || !r.relations)
      ch_datafile_fault(&f, ID, "id, word and relations are needed");
    add_triggers(c, trie, f.cell[WORD], (uint32_t)(rows.n / sizeof r));
    ch_buf_add(&rows, &r, sizeof r);
  }
  ch_datafile_close(&f);
  if (!ch_failed(c->err)) {
    ch_pack_writer_add_of(c->w, lang, "carriers", rows.p, sizeof(ChCarrier), rows.n / sizeof(ChCarrier));
    ch_phrases_save_lang(trie, lang, "t.carriers");
  }
  ch_phrases_free(trie);
  ch_buf_free(&rows);
}

static void compile_cues(Compiler *c, ChSlice lang, const char *path)
{
  enum { ID, PHRASE, SCOPE, STATUS, FORMAT, LINK };
  static const char *const columns[] = {"id", "phrase", "scope", "status", "format", "link", NULL};
  ChDataFile f;
  ChBuf rows = {0};
  ChPhraseBuilder *trie = ch_phrases_new(c->w);
  ch_datafile_open(&f, path, "cues", 1, columns, c->err);
  while (ch_datafile_next(&f)) {
    ChCue r = {.id = word_of(c, &f, ID, NULL, "")};
    r.scope = ch_slice_is(f.cell[SCOPE], "sentence") ? CH_CUE_SENTENCE : ch_slice_is(f.cell[SCOPE], "chain") ? CH_CUE_CHAIN : CH_CUE_CLAUSE;
    if (ch_slice_is(f.cell[STATUS], "not"))
      r.negation = 1;
    else if (ch_slice_is(f.cell[STATUS], "if"))
      r.condition = 1;
    else if (f.cell[STATUS].n)
      r.status = word_of(c, &f, STATUS, &c->statuses, "status");
    if (f.cell[FORMAT].n) {
      r.format = 1;
      r.status = word_of(c, &f, FORMAT, NULL, "");
    }
    if (f.cell[LINK].n) {
      r.link = 1;
      r.status = word_of(c, &f, LINK, NULL, "");
    }
    if (!r.id || !f.cell[PHRASE].n || (!r.status && !r.negation && !r.condition))
      ch_datafile_fault(&f, ID, "id, phrase and one of status, format, link are needed");
    add_triggers(c, trie, f.cell[PHRASE], (uint32_t)(rows.n / sizeof r));
    ch_buf_add(&rows, &r, sizeof r);
  }
  ch_datafile_close(&f);
  if (!ch_failed(c->err)) {
    ch_pack_writer_add_of(c->w, lang, "cues", rows.p, sizeof(ChCue), rows.n / sizeof(ChCue));
    ch_phrases_save_lang(trie, lang, "t.cues");
  }
  ch_phrases_free(trie);
  ch_buf_free(&rows);
}

static void compile_speech(Compiler *c, ChSlice lang, const char *path)
{
  enum { ID, PHRASE, ACT, FLAGS };
  static const char *const columns[] = {"id", "phrase", "act", "flags", NULL};
  static const Flag flags[] = {{"prep", CH_SPEECH_PREP}, {"reports", CH_SPEECH_REPORTS}, {"back", CH_SPEECH_BACK},
                               {"colon", CH_SPEECH_COLON}, {"judges", CH_SPEECH_JUDGES}, {"content", CH_SPEECH_CONTENT}, {NULL, 0}};
  ChDataFile f;
  ChBuf rows = {0};
  ChPhraseBuilder *trie = ch_phrases_new(c->w);
  ch_datafile_open(&f, path, "speech", 1, columns, c->err);
  while (ch_datafile_next(&f)) {
    ChSpeech r = {.id = word_of(c, &f, ID, NULL, ""), .act = word_of(c, &f, ACT, &c->acts, "act")};
    r.flags = flags_of(&f, FLAGS, flags, NULL);
    if (!r.id || !f.cell[PHRASE].n)
      ch_datafile_fault(&f, ID, "id and phrase are needed");
    add_triggers(c, trie, f.cell[PHRASE], (uint32_t)(rows.n / sizeof r));
    ch_buf_add(&rows, &r, sizeof r);
  }
  ch_datafile_close(&f);
  if (!ch_failed(c->err)) {
    ch_pack_writer_add_of(c->w, lang, "speech", rows.p, sizeof(ChSpeech), rows.n / sizeof(ChSpeech));
    ch_phrases_save_lang(trie, lang, "t.speech");
  }
  ch_phrases_free(trie);
  ch_buf_free(&rows);
}

static int by_word(const void *a, const void *b)
{
  const ChGrammarWord *x = a, *y = b;
  return x->word < y->word ? -1 : x->word > y->word;
}

/* The classes of grammar.tsv by name. */
static const Flag classes[] = {
    {"relative", CH_WORD_RELATIVE}, {"complement", CH_WORD_COMPLEMENT}, {"subordinate", CH_WORD_SUBORDINATE},
    {"and", CH_WORD_AND}, {"not", CH_WORD_NOT}, {"agent", CH_WORD_AGENT}, {"future", CH_WORD_FUTURE}, {"may", CH_WORD_MAY},
    {"place", CH_WORD_PLACE}, {"goal", CH_WORD_GOAL}, {"next", CH_WORD_NEXT}, {"last", CH_WORD_LAST}, {"be", CH_WORD_BE},
    {"have", CH_WORD_HAVE}, {"document", CH_WORD_DOCUMENT}, {"ordinal", CH_WORD_ORDINAL}, {"to", CH_WORD_TO},
    {"definite", CH_WORD_DEFINITE}, {"indefinite", CH_WORD_INDEFINITE}, {"format", CH_WORD_FORMAT},
    {"generic", CH_WORD_GENERIC}, {"topic", CH_WORD_TOPIC}, {"would", CH_WORD_WOULD},
    {"setting", CH_WORD_SETTING}, {"of", CH_WORD_OF}, {"part", CH_WORD_PART}, {"back", CH_WORD_BACK}, {"previous", CH_WORD_PREVIOUS}, {"then", CH_WORD_THEN}, {"beforehand", CH_WORD_BEFOREHAND}, {"joining", CH_WORD_JOINING}, {"ought", CH_WORD_OUGHT},
    {NULL, 0},
};

static void compile_grammar(Compiler *c, ChSlice lang, const char *path)
{
  enum { CLASS, WORDS, VALUE };
  static const char *const columns[] = {"class", "words", "value", NULL};
  ChDataFile f;
  ChBuf rows = {0};
  ch_datafile_open(&f, path, "grammar", 1, columns, c->err);
  while (ch_datafile_next(&f)) {
    uint32_t bits = flags_of(&f, CLASS, classes, NULL), value = 0;
    if (f.cell[VALUE].n && !ch_slice_uint(f.cell[VALUE], 1000, &value))
      value = ch_pack_writer_word(c->w, f.cell[VALUE]);
    ChSlice rest = f.cell[WORDS];
    while (rest.p && rest.n) {
      ChGrammarWord g = {norm_word(c, ch_slice_cut(&rest, ';')), bits, value};
      ch_buf_add(&rows, &g, sizeof g);
    }
  }
  ch_datafile_close(&f);
  ChGrammarWord *g = (ChGrammarWord *)(void *)rows.p;
  size_t n = rows.n / sizeof *g, kept = 0;
  if (n)
    qsort(g, n, sizeof *g, by_word);
  for (size_t i = 0; i < n; i++) {
    if (kept && g[kept - 1].word == g[i].word) {
      g[kept - 1].classes |= g[i].classes;
      g[kept - 1].value = g[i].value ? g[i].value : g[kept - 1].value;
    } else {
      g[kept++] = g[i];
    }
  }
  if (!ch_failed(c->err))
    ch_pack_writer_add_of(c->w, lang, "grammar", g, sizeof *g, kept);
  ch_buf_free(&rows);
}

void ch_events_compile(ChPackWriter *w, const char *data, ChError *err)
{
  static const char *const kinds[] = {"kind", NULL}, *const statuses[] = {"status", "phase", "rank", "open", NULL},
                           *const roles[] = {"role", "types", NULL}, *const acts[] = {"act", NULL};
  if (ch_failed(err))
    return;
  Compiler c = {.w = w, .err = err};
  read_names(&c, data, "kinds.tsv", "kinds", kinds, &c.kinds);
  read_names(&c, data, "statuses.tsv", "statuses", statuses, &c.statuses);
  read_names(&c, data, "roles.tsv", "roles", roles, &c.roles);
  read_names(&c, data, "acts.tsv", "acts", acts, &c.acts);
  compile_roles(&c, data, roles);
  static const char *const terms[] = {"bilateral", "trilateral", "multilateral", "phone", "video", "part_of", "sidelines_of",
                                      "for", "proposes", "prepares", "before", "after", "signed", "to-sign", "adopted", "to-adopt",
                                      "ratified", "discussed", "prepared", "proposed"};
  for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
    ch_pack_writer_word(w, ch_slice_z(terms[i]));
  size_t n;
  ch_languages_of_writer(w, &n);
  for (size_t i = 0; i < n && !ch_failed(err); i++) {
    char code[16], path[1024];
    const ChLanguage *langs = ch_languages_of_writer(w, &n);
    snprintf(code, sizeof code, "%.*s", CH_ARG(ch_pack_writer_text(w, langs[i].code)));
    ChSlice lang = ch_slice_z(code);
    c.fold = ch_fold_of_writer(w, lang);
    c.args.n = 0;
    static const struct {
      const char *file;
      void (*compile)(Compiler *, ChSlice, const char *);
    } files[] = {{"classes", compile_classes}, {"frames", compile_frames}, {"carriers", compile_carriers}, {"cues", compile_cues}, {"speech", compile_speech},
                 {"grammar", compile_grammar}};
    for (size_t k = 0; k < sizeof files / sizeof *files && !ch_failed(err); k++) {
      snprintf(path, sizeof path, "%s/language/%s/%s.tsv", data, code, files[k].file);
      files[k].compile(&c, lang, path);
      /* sections may move when others are added */
      c.fold = ch_fold_of_writer(w, lang);
    }
  }
  ch_buf_free(&c.args);
  ch_buf_free(&c.class_words);
}
