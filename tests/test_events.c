/* events: the faults of frame tables by file, line and column; phrases over words that may stand between; classes of words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "events/events.h"
#include "events/frames.h"
#include "model/languages.h"
#include "model/words.h"

/* Tables that are in order; a test replaces one. */
static const struct {
  const char *path, *text;
} good[] = {
    {"events/kinds.tsv", "#! kinds 1\n#: kind\nmeeting\n"},
    {"events/statuses.tsv", "#! statuses 1\n#: status\nheld\nexpected\n"},
    {"events/roles.tsv", "#! roles 1\n#: role\ttypes\nparty\t\nvisitor\tperson;group\n"},
    {"events/acts.tsv", "#! acts 1\n#: act\nsays\n"},
    {"language/zz/language.tsv", "#! language 1\n#: key\tvalue\ncode\tzz\nscript\tlatin\n"},
    {"language/zz/fold.tsv", "#! fold 1\n#: kind\tfrom\tto\tkeep\n"},
    {"language/zz/frames.tsv", "#! frames 1\n#: id\tpos\ttrigger\tkind\tsubject\targs\tflags\nzz.meet\tverb\tmeet;sit down\tmeeting\tparty\twith:party\t\n"},
    {"language/zz/classes.tsv", "#! classes 1\n#: name\twords\nborder\tborder;frontier\n"},
    {"language/zz/carriers.tsv", "#! carriers 1\n#: id\tpos\tword\trelations\tstatus\n"},
    {"language/zz/cues.tsv", "#! cues 1\n#: id\tphrase\tscope\tstatus\n"},
    {"language/zz/speech.tsv", "#! speech 1\n#: id\tphrase\tact\tflags\n"},
    {"language/zz/grammar.tsv", "#! grammar 1\n#: class\twords\tvalue\nand\tand;or\t\nordinal\tsecond\t2\n"},
};

static char folder[64];

static void write_at(const char *path, const char *text)
{
  char full[256];
  ChError err = {0};
  snprintf(full, sizeof full, "%s/%s", folder, path);
  ch_file_write(full, ch_slice_z(text), &err);
  assert_false(ch_failed(&err));
}

static int make_folder(void **state)
{
  static const char *const folders[] = {"events", "language", "language/zz"};
  (void)state;
  snprintf(folder, sizeof folder, "/tmp/ch-test-events.XXXXXX");
  assert_non_null(mkdtemp(folder));
  for (size_t i = 0; i < 3; i++) {
    char full[256];
    snprintf(full, sizeof full, "%s/%s", folder, folders[i]);
    assert_int_equal(mkdir(full, 0700), 0);
  }
  return 0;
}

static int drop_folder(void **state)
{
  char command[128];
  (void)state;
  snprintf(command, sizeof command, "rm -r %s", folder);
  return system(command);
}

/* Compiles the good tables with `path` replaced by `text` (NULL = none); the error as text, "" where none. */
static void compile(const char *path, const char *text, const char *out, char *fault, size_t size)
{
  ChError err = {0};
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
    write_at(good[i].path, path && strcmp(path, good[i].path) == 0 ? text : good[i].text);
  ChPackWriter *w = ch_pack_writer_new();
  ch_languages_compile(w, folder, &err);
  ch_events_compile(w, folder, &err);
  if (out)
    ch_pack_writer_save(w, out, &err);
  ch_pack_writer_free(w);
  fault[0] = '\0';
  if (ch_failed(&err))
    snprintf(fault, size, "%s:%u:%u: %s", err.file + strlen(folder) + 1, err.line, err.col, err.text);
}

static void faults_have_a_place(void **state)
{
  static const struct {
    const char *path, *text, *fault;
  } rows[] = {
      {"language/zz/frames.tsv", "#! frames 1\n#: id\tpos\ttrigger\tkind\nzz.a\tverb\tmeet\tparty\n",
       "language/zz/frames.tsv:3:16: unknown kind 'party'"},
      {"language/zz/frames.tsv", "#! frames 1\n#: id\tpos\ttrigger\tkind\nzz.a\tadverb\tmeet\tmeeting\n",
       "language/zz/frames.tsv:3:6: pos must be 'verb' or 'noun'"},
      {"language/zz/frames.tsv", "#! frames 1\n#: id\tpos\ttrigger\tkind\tsubject\nzz.a\tverb\tmeet\tmeeting\tking\n",
       "language/zz/frames.tsv:3:24: unknown role 'king'"},
      {"language/zz/frames.tsv", "#! frames 1\n#: id\tpos\ttrigger\tkind\targs\nzz.a\tverb\tmeet\tmeeting\twith\n",
       "language/zz/frames.tsv:3:24: an argument must be PREPOSITION[+CASE]:ROLE or CASE:ROLE"},
      {"language/zz/frames.tsv", "#! frames 1\n#: id\tpos\ttrigger\tkind\tflags\nzz.a\tverb\tmeet\tmeeting\tstrong\n",
       "language/zz/frames.tsv:3:24: unknown flag 'strong'"},
      {"language/zz/frames.tsv", "#! frames 1\n#: id\tpos\ttrigger\tkind\twhat\nzz.a\tverb\tclose\tmeeting\tborder;sea\n",
       "language/zz/frames.tsv:3:25: classes.tsv has no class 'sea'"},
      {"language/zz/classes.tsv", "#! classes 1\n#: name\twords\nborder\tborder crossing\n",
       "language/zz/classes.tsv:3:8: 'border crossing': a class holds single words"},
      {"language/zz/carriers.tsv", "#! carriers 1\n#: id\tpos\tword\trelations\nzz.c\tverb\tagree\tprep:on;prep:to\n",
       "language/zz/carriers.tsv:3:17: unknown flag 'prep:to'"},
      {"language/zz/carriers.tsv", "#! carriers 1\n#: id\tpos\tword\trelations\nzz.c\tverb\thold\tbeside\n",
       "language/zz/carriers.tsv:3:16: unknown flag 'beside'"},
      {"language/zz/cues.tsv", "#! cues 1\n#: id\tphrase\tscope\tstatus\nzz.q\tmaybe\tclause\tdoubtful\n",
       "language/zz/cues.tsv:3:19: unknown status 'doubtful'"},
      {"language/zz/speech.tsv", "#! speech 1\n#: id\tphrase\tact\nzz.s\tsay\tsings\n", "language/zz/speech.tsv:3:10: unknown act 'sings'"},
      {"language/zz/grammar.tsv", "#! grammar 1\n#: class\twords\nverbs\tgo\n", "language/zz/grammar.tsv:3:1: unknown flag 'verbs'"},
      {"events/roles.tsv", "#! roles 1\n#: role\ttypes\nparty\trobot\n", "events/roles.tsv:3:7: unknown flag 'robot'"},
  };
  char fault[800];
  (void)state;
  compile(NULL, NULL, NULL, fault, sizeof fault);
  assert_string_equal(fault, "");
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    compile(rows[i].path, rows[i].text, NULL, fault, sizeof fault);
    assert_string_equal(fault, rows[i].fault);
  }
}

/* A report of one sentence; words by blanks, "/d" after a word makes it a determiner. */
static void tokens(ChReport *r, const char *text)
{
  *CH_PUSH(r->arena, &r->sentences) = (ChSentence){0};
  for (ChSlice rest = ch_slice_z(text); rest.p;) {
    ChSlice w = ch_slice_cut(&rest, ' ');
    bool det = ch_slice_ends(w, CH_LIT("/d"));
    if (det)
      w.n -= 2;
    ChWord id = ch_words_id(&r->words, w);
    *CH_PUSH(r->arena, &r->tokens) = (ChToken){.norm = id, .lemma = id, .mention = CH_NONE, .morph.pos = det ? CH_POS_DET : CH_POS_VERB};
  }
  r->sentences.at[0].tokens = (uint32_t)r->tokens.n;
}

static void phrases_pass_over_determiners(void **state)
{
  static const struct {
    const char *text;
    uint32_t length;
  } rows[] = {{"meet", 1}, {"sit down", 2}, {"sit the/d down", 3}, {"sit the/d very/d down", 4}, {"sit the/d very/d old/d down", 0},
              {"sit on down", 0}, {"walk", 0}};
  char fault[800], path[128];
  ChError err = {0};
  (void)state;
  snprintf(path, sizeof path, "%s/pack", folder);
  compile(NULL, NULL, path, fault, sizeof fault);
  ChPack *pack = ch_pack_open(path, &err);
  assert_non_null(pack);
  ChFrames f = ch_frames_of(pack, CH_LIT("zz"));
  assert_int_equal(f.n_frames, 1);
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    ChArena arena;
    ChReport r;
    uint32_t length;
    ch_arena_init(&arena, 1 << 20);
    ch_report_init(&r, &arena, pack, CH_LIT(""));
    tokens(&r, rows[i].text);
    uint32_t node = ch_frames_match(&f.verb_words, &r, 0, (uint32_t)r.tokens.n, &length);
    assert_int_equal(length, rows[i].length);
    assert_int_equal(node != 0, rows[i].length != 0);
    ch_arena_free(&arena);
  }
  ch_pack_close(pack);
}

static void words_have_classes(void **state)
{
  char fault[800], path[128];
  ChError err = {0};
  ChArena arena;
  ChReport r;
  uint32_t value = 0;
  (void)state;
  snprintf(path, sizeof path, "%s/pack", folder);
  compile(NULL, NULL, path, fault, sizeof fault);
  ChPack *pack = ch_pack_open(path, &err);
  assert_non_null(pack);
  ChFrames f = ch_frames_of(pack, CH_LIT("zz"));
  ch_arena_init(&arena, 1 << 20);
  ch_report_init(&r, &arena, pack, CH_LIT(""));
  tokens(&r, "or second walk");
  assert_int_equal(ch_frames_classes(&f, &r.tokens.at[0], &value), CH_WORD_AND);
  assert_int_equal(ch_frames_classes(&f, &r.tokens.at[1], &value), CH_WORD_ORDINAL);
  assert_int_equal(value, 2);
  assert_int_equal(ch_frames_classes(&f, &r.tokens.at[2], &value), 0);
  ch_arena_free(&arena);
  ch_pack_close(pack);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(faults_have_a_place), cmocka_unit_test(phrases_pass_over_determiners),
                                     cmocka_unit_test(words_have_classes)};
  return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
