/* model: the pack file and its damage, words, folding, phrases, languages. */
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
#include "model/codes.h"
#include "model/fold.h"
#include "model/languages.h"
#include "model/pack.h"
#include "model/phrases.h"
#include "model/words.h"

typedef struct Place { /* of the test's files */
  char dir[64];
  char path[96];
} Place;

static int make_place(void **state)
{
  Place *p = calloc(1, sizeof *p);
  assert_non_null(p);
  snprintf(p->dir, sizeof p->dir, "/tmp/ch-test-model.XXXXXX");
  assert_non_null(mkdtemp(p->dir));
  snprintf(p->path, sizeof p->path, "%s/pack", p->dir);
  *state = p;
  return 0;
}

static int remove_place(void **state)
{
  Place *p = *state;
  char command[128];
  snprintf(command, sizeof command, "rm -rf '%s'", p->dir);
  int rc = system(command);
  free(p);
  return rc;
}

static void assert_slice(ChSlice got, const char *want)
{
  if (!ch_slice_is(got, want))
    fail_msg("got \"%.*s\", want \"%s\"", CH_ARG(got), want);
}

/* ---- the pack ---- */

static void write_pack(const char *path, uint32_t words)
{
  static const uint16_t numbers[] = {1, 2, 3};
  ChError err = {0};
  ChPackWriter *w = ch_pack_writer_new();
  for (uint32_t i = 0; i < words; i++) {
    char text[32];
    int n = snprintf(text, sizeof text, "word-%u", i);
    ChWord id = ch_pack_writer_word(w, ch_slice(text, (size_t)n));
    assert_int_equal(ch_pack_writer_word(w, ch_slice(text, (size_t)n)), id); /* the same string, the same id */
    assert_slice(ch_pack_writer_text(w, id), text);
  }
  assert_int_equal(ch_pack_writer_word(w, CH_LIT("")), CH_NO_WORD);
  ch_pack_writer_add(w, "numbers", numbers, sizeof *numbers, 3);
  ch_pack_writer_add_of(w, CH_LIT("qq"), "numbers", numbers, sizeof *numbers, 2);
  ch_pack_writer_add(w, "none", NULL, 8, 0);
  ch_pack_writer_save(w, path, &err);
  ch_pack_writer_free(w);
  assert_int_equal(err.status, CH_OK);
}

static void pack_round_trip(void **state)
{
  static const uint32_t sizes[] = {0, 1, 100, 70000}; /* the last makes the writer's table grow */
  const Place *place = *state;
  for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
    write_pack(place->path, sizes[k]);
    ChError err = {0};
    ChPack *p = ch_pack_open(place->path, &err);
    assert_non_null(p);
    size_t n;
    const uint16_t *numbers = ch_pack_section(p, "numbers", sizeof *numbers, &n);
    assert_int_equal(n, 3);
    assert_int_equal(numbers[2], 3);
    assert_non_null(ch_pack_section_of(p, CH_LIT("qq"), "numbers", sizeof *numbers, &n));
    assert_int_equal(n, 2);
    assert_null(ch_pack_section(p, "numbers", 4, &n)); /* elements of another size: a pack of another build */
    assert_int_equal(n, 0);
    assert_null(ch_pack_section(p, "absent", 4, &n));
    assert_int_equal(ch_pack_words(p), sizes[k] + 1);
    for (uint32_t i = 0; i < sizes[k]; i += 7) {
      char text[32];
      int len = snprintf(text, sizeof text, "word-%u", i);
      ChWord id = ch_pack_find(p, ch_slice(text, (size_t)len));
      assert_true(id != CH_NO_WORD);
      assert_slice(ch_pack_word(p, id), text);
    }
    assert_int_equal(ch_pack_find(p, CH_LIT("no such word")), CH_NO_WORD);
    assert_int_equal(ch_pack_find(p, CH_LIT("")), CH_NO_WORD);
    ch_pack_close(p);
  }
}

static void assert_damaged(const char *path, ChSlice bytes, const char *words)
{
  FILE *file = fopen(path, "wb"); /* not ch_file_write, which waits for the disk each time */
  assert_non_null(file);
  assert_int_equal(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
  assert_int_equal(fclose(file), 0);
  ChError err = {0};
  ChPack *p = ch_pack_open(path, &err);
  assert_null(p);
  assert_int_equal(err.status, CH_ERR_FORMAT);
  if (!strstr(err.text, words))
    fail_msg("the error is \"%s\", not \"%s\"", err.text, words);
}

/* What opening does not look at: the pack opens, and ch_pack_check tells. */
static void assert_damaged_within(const char *path, ChSlice bytes)
{
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
  assert_int_equal(fclose(file), 0);
  ChError err = {0};
  ChPack *p = ch_pack_open(path, &err);
  if (p) /* a flipped offset of the word table is met at once */
    ch_pack_check(p, &err);
  ch_pack_close(p);
  assert_int_equal(err.status, CH_ERR_FORMAT);
  if (!strstr(err.text, p ? "wrong checksum" : "wrong section"))
    fail_msg("the error is \"%s\"", err.text);
}

static void pack_damage(void **state)
{
  const Place *place = *state;
  write_pack(place->path, 50);
  enum { HEAD = 40, ENTRY = 56, HASH = 24, TABLE = 32 };
  ChError err = {0};
  ChBuf whole = {0};
  ch_file_read(place->path, 1 << 20, &whole, &err);
  assert_int_equal(err.status, CH_OK);
  ChPack *sound = ch_pack_open(place->path, &err);
  ch_pack_check(sound, &err);
  assert_int_equal(err.status, CH_OK);
  ch_pack_close(sound);
  uint32_t sections;
  memcpy(&sections, whole.p + 12, sizeof sections);
  size_t behind = HEAD + (size_t)sections * ENTRY;
  assert_true(sections > 0 && behind < whole.n);
  /* cut short, at every length that ends in the header and at some beyond */
  for (size_t n = 0; n < whole.n; n += n < HEAD + 8 ? 1 : 997)
    assert_damaged(place->path, ch_slice(whole.p, n), n < HEAD ? "too short" : "cut short");
  /* bytes added */
  ch_buf_char(&whole, 'x');
  assert_damaged(place->path, ch_buf_view(&whole), "cut short");
  whole.n--;
  /* one byte flipped: in the magic, the version, the size, the hashes, the table and all over the rest */
  for (size_t at = 0; at < whole.n; at += at < behind ? 1 : 97) {
    whole.p[at] = (char)(whole.p[at] ^ 0x10);
    if (at >= behind || (at >= HASH && at < TABLE))
      assert_damaged_within(place->path, ch_buf_view(&whole));
    else
      assert_damaged(place->path, ch_buf_view(&whole),
                     at < 8 ? "not a pack" : at < 12 ? "another version" : at < HASH ? "damaged" : "wrong checksum");
    whole.p[at] = (char)(whole.p[at] ^ 0x10);
  }
  ch_buf_free(&whole);
}

static void pack_that_is_no_file(void **state)
{
  const Place *place = *state;
  ChError err = {0};
  assert_null(ch_pack_open("/nonexistent/pack", &err));
  assert_int_equal(err.status, CH_ERR_IO);
  err = (ChError){0};
  assert_null(ch_pack_open(place->dir, &err));
  assert_int_equal(err.status, CH_ERR_IO);
  assert_null(ch_pack_open(place->path, &err)); /* an error stands: nothing is done */
  ch_pack_close(NULL);
}

static void pack_is_written_whole_or_not_at_all(void **state)
{
  (void)state;
  ChError err = {0};
  ChPackWriter *w = ch_pack_writer_new();
  ch_pack_writer_save(w, "/nonexistent/pack", &err);
  assert_int_equal(err.status, CH_ERR_IO);
  ch_pack_writer_free(w);
}

/* ---- words of a report ---- */

static void words_of_a_report(void **state)
{
  const Place *place = *state;
  write_pack(place->path, 10);
  ChError err = {0};
  ChPack *p = ch_pack_open(place->path, &err);
  ChArena a;
  ch_arena_init(&a, 1 << 24);
  ChWords w;
  ch_words_init(&w, p, &a);
  assert_int_equal(ch_words_id(&w, CH_LIT("")), CH_NO_WORD);
  assert_int_equal(ch_words_id(&w, CH_LIT("word-3")), ch_pack_find(p, CH_LIT("word-3")));
  ChWord ids[1000];
  for (uint32_t i = 0; i < 1000; i++) { /* local ones, more than the first table holds */
    char text[32];
    int n = snprintf(text, sizeof text, "local-%u", i);
    ids[i] = ch_words_id(&w, ch_slice(text, (size_t)n));
    assert_true(ids[i] >= ch_pack_words(p));
  }
  for (uint32_t i = 0; i < 1000; i++) {
    char text[32];
    int n = snprintf(text, sizeof text, "local-%u", i);
    assert_int_equal(ch_words_id(&w, ch_slice(text, (size_t)n)), ids[i]);
    assert_slice(ch_words_text(&w, ids[i]), text);
  }
  ch_arena_free(&a);
  ch_pack_close(p);
}

/* ---- folding ---- */

static void write_text(const char *path, const char *text)
{
  ChError err = {0};
  ch_file_write(path, ch_slice_z(text), &err);
  assert_int_equal(err.status, CH_OK);
}

/* An invented language: \xC3\xA1 folds to a; endings -us, -u, -usar go, -ova becomes -ov. */
static const char FOLD[] = "#! fold 1\n#: kind\tfrom\tto\tkeep\n"
                           "letter\t\xC3\xA1\ta\t-\n"
                           "ending\tus\t-\t3\nending\tu\t-\t3\nending\tusar\t-\t3\nending\tova\tov\t2\n";

static void folding(void **state)
{
  static const struct {
    const char *form, *norm, *key;
  } table[] = {
      {"", "", ""},
      {"Salm", "salm", "salm"},
      {"S\xC3\x81LM", "salm", "salm"},
      {"salmus", "salmus", "salm"},
      {"salmu", "salmu", "salm"},
      {"salmusar", "salmusar", "salm"}, /* the longest ending */
      {"sau", "sau", "sau"},            /* too little would stay */
      {"Petrova", "petrova", "petrov"},
      {"\xFF", "\xEF\xBF\xBD", "\xEF\xBF\xBD"},
  };
  const Place *place = *state;
  ChError err = {0};
  ChPackWriter *w = ch_pack_writer_new();
  write_text(place->path, FOLD);
  ch_fold_compile(w, CH_LIT("qq"), place->path, &err);
  assert_int_equal(err.status, CH_OK);
  ChFold f = ch_fold_of_writer(w, CH_LIT("qq"));
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    char out[CH_FOLD_MAX];
    assert_slice(ch_slice(out, ch_fold_norm(&f, ch_slice_z(table[i].form), out)), table[i].norm);
    assert_slice(ch_slice(out, ch_fold_key(&f, ch_slice_z(table[i].form), out)), table[i].key);
  }
  char longest[3 * CH_FOLD_MAX], out[CH_FOLD_MAX];
  for (size_t i = 0; i + 1 < sizeof longest; i += 2)
    memcpy(longest + i, "\xD1\x91", 2);
  size_t n = ch_fold_norm(&f, ch_slice(longest, sizeof longest), out);
  assert_true(n <= CH_FOLD_MAX && n % 2 == 0);
  ch_pack_writer_free(w);
}

static void fold_faults(void **state)
{
  static const struct {
    const char *row, *want;
  } table[] = {
      {"vowel\ta\tb\t-\n", ":3:1: error: kind must be 'letter' or 'ending'"},
      {"ending\t-\tb\t-\n", ":3:1: error: 'from' is empty or too long"},
      {"ending\ta\t-\tx\n", ":3:12: error: 'keep' must be a number"},
      {"letter\ta\tabcdefg\t-\n", ":3:8: error: 'from' is empty or too long"},
  };
  const Place *place = *state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    ChBuf text = {0};
    ch_buf_text(&text, "#! fold 1\n#: kind\tfrom\tto\tkeep\n");
    ch_buf_text(&text, table[i].row);
    write_text(place->path, text.p);
    ch_buf_free(&text);
    ChError err = {0};
    ChPackWriter *w = ch_pack_writer_new();
    ch_fold_compile(w, CH_LIT("qq"), place->path, &err);
    ch_pack_writer_free(w);
    char got[700];
    ch_error_format(&err, got, sizeof got);
    if (!strstr(got, table[i].want))
      fail_msg("got \"%s\", want \"%s\"", got, table[i].want);
  }
}

static void acronyms(void **state)
{
  static const struct {
    const char *form;
    bool acronym;
    const char *caps;
  } table[] = {
      {"UN", true, "^UN"},        {"U.N.", true, "^UN"},  {"G7", true, "^G7"}, {"EU-3", true, "^EU-3"}, {"A", false, "^A"},
      {"Un", false, "^Un"},       {"12", false, "^12"},   {"", false, "^"},    {"OSCEs", false, "^OSCEs"},
      {"\xD0\x9E\xD0\x9E\xD0\x9D", true, "^\xD0\x9E\xD0\x9E\xD0\x9D"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    char out[CH_FOLD_MAX];
    assert_int_equal(ch_fold_acronym(ch_slice_z(table[i].form)), table[i].acronym);
    assert_slice(ch_slice(out, ch_fold_caps(ch_slice_z(table[i].form), out)), table[i].caps);
  }
}

/* ---- phrases ---- */

/* The values of a phrase given as written, "1,2" sorted, "-" where there is no such path. */
static void look_up(const ChPack *p, const ChPhrases *t, const ChFold *f, const char *phrase, char *out, size_t size)
{
  ChSlice rest = ch_slice_z(phrase);
  uint32_t node = CH_PHRASE_ROOT;
  while (rest.p && node) {
    char key[CH_FOLD_MAX];
    ChSlice piece = ch_slice_cut(&rest, ' ');
    size_t n = ch_fold_acronym(piece) ? ch_fold_caps(piece, key) : ch_fold_key(f, piece, key);
    node = ch_phrases_step(t, node, ch_pack_find(p, ch_slice(key, n)));
  }
  snprintf(out, size, "%s", node ? "" : "-");
  if (!node)
    return;
  size_t n;
  const ChPhraseValue *v = ch_phrases_values(t, node, &n);
  for (size_t i = 0; i < n; i++)
    snprintf(out + strlen(out), size - strlen(out), "%s%u", i ? "," : "", v[i].value);
}

static void phrases(void **state)
{
  static const struct {
    const char *phrase, *want;
  } table[] = {
      {"salm", "1,5"},        {"Salmus", "1,5"},       {"salm torek", "2"},  {"SALM torek", "-"}, {"salm tor", "-"},
      {"UN", "3"},            {"un", "-"},             {"salm torek vin", ""}, {"salm torek vin kos", "4"},
      {"torek", "-"},         {"quoted name", "6"},
  };
  const Place *place = *state;
  ChError err = {0};
  ChPackWriter *w = ch_pack_writer_new();
  write_text(place->path, FOLD);
  ch_fold_compile(w, CH_LIT("qq"), place->path, &err);
  ChFold fold = ch_fold_of_writer(w, CH_LIT("qq"));
  ChPhraseBuilder *b = ch_phrases_new(w);
  ch_phrases_add_name(b, &fold, CH_LIT("salmu"), 5);
  ch_phrases_add_name(b, &fold, CH_LIT("Salm"), 1);
  ch_phrases_add_name(b, &fold, CH_LIT("Salm"), 1); /* twice: once */
  ch_phrases_add_name(b, &fold, CH_LIT("  Salm  Torek "), 2);
  ch_phrases_add_name(b, &fold, CH_LIT("U.N."), 3);
  ch_phrases_add_name(b, &fold, CH_LIT("salm torek vin kos"), 4);
  ch_phrases_add_name(b, &fold, CH_LIT("\xC2\xAB" "Quoted, name\xC2\xBB"), 6);
  ch_phrases_add_name(b, &fold, CH_LIT(""), 7);
  for (uint32_t i = 0; i < 5000; i++) { /* the table grows */
    char name[32];
    int n = snprintf(name, sizeof name, "bulk%u entry%u", i % 70, i);
    ch_phrases_add_name(b, &fold, ch_slice(name, (size_t)n), i);
  }
  ch_phrases_save_lang(b, CH_LIT("qq"), "names");
  ch_phrases_free(b);
  ch_pack_writer_save(w, place->path, &err);
  ch_pack_writer_free(w);
  ChPack *p = ch_pack_open(place->path, &err);
  assert_non_null(p);
  ChPhrases t = ch_phrases_of_lang(p, CH_LIT("qq"), "names");
  fold = ch_fold_of(p, CH_LIT("qq"));
  char got[64];
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    look_up(p, &t, &fold, table[i].phrase, got, sizeof got);
    if (strcmp(got, table[i].want) != 0)
      fail_msg("%s: got \"%s\", want \"%s\"", table[i].phrase, got, table[i].want);
  }
  for (uint32_t i = 0; i < 5000; i += 11) {
    char name[32], want[16];
    snprintf(name, sizeof name, "bulk%u entry%u", i % 70, i);
    snprintf(want, sizeof want, "%u", i);
    look_up(p, &t, &fold, name, got, sizeof got);
    assert_string_equal(got, want);
  }
  ChPhrases none = ch_phrases_of(p, "absent");
  assert_int_equal(ch_phrases_step(&none, CH_PHRASE_ROOT, 1), 0);
  ch_pack_close(p);
}

/* ---- languages ---- */

static void add_language(const Place *place, const char *code, const char *language, const char *fold)
{
  char path[160];
  snprintf(path, sizeof path, "%s/language", place->dir);
  mkdir(path, 0755);
  snprintf(path, sizeof path, "%s/language/%s", place->dir, code);
  mkdir(path, 0755);
  snprintf(path, sizeof path, "%s/language/%s/language.tsv", place->dir, code);
  write_text(path, language);
  snprintf(path, sizeof path, "%s/language/%s/fold.tsv", place->dir, code);
  write_text(path, fold);
}

static void languages_are_folders(void **state)
{
  const Place *place = *state;
  add_language(place, "zz", "#! language 1\n#: key\tvalue\ncode\tzz\nname\tSecond\nscript\tgreek\n", FOLD);
  add_language(place, "qq", "#! language 1\n#: key\tvalue\ncode\tqq\nname\tFirst\nscript\tlatin\n", FOLD);
  ChError err = {0};
  ChPackWriter *w = ch_pack_writer_new();
  ch_languages_compile(w, place->dir, &err);
  ch_pack_writer_save(w, place->path, &err);
  ch_pack_writer_free(w);
  ChPack *p = ch_pack_open(place->path, &err);
  assert_non_null(p);
  size_t n;
  const ChLanguage *list = ch_languages(p, &n);
  assert_int_equal(n, 2);
  assert_slice(ch_pack_word(p, list[0].code), "qq"); /* in the order of their codes */
  assert_slice(ch_pack_word(p, list[1].name), "Second");
  assert_int_equal(list[1].script, 3);
  assert_int_equal(ch_language_index(p, CH_LIT("zz")), 1);
  assert_int_equal(ch_language_index(p, CH_LIT("xx")), CH_LANGUAGES_MAX);
  assert_slice(ch_language_code(p, 0), "qq");
  assert_slice(ch_language_code(p, 9), "");
  ch_pack_close(p);
}

static void language_faults(void **state)
{
  static const struct {
    const char *text, *want;
  } table[] = {
      {"#! language 1\n#: key\tvalue\ncode\tzz\n", "language.tsv:3:6: error: the code must be the folder's name, 'qq'"},
      {"#! language 1\n#: key\tvalue\ncode\tqq\nscript\trunes\n", "language.tsv:4:8: error: unknown script"},
      {"#! language 1\n#: key\tvalue\ncolour\tred\n", "language.tsv:3:1: error: unknown key"},
      {"#! language 1\n#: key\tvalue\nname\tFirst\n", "language.tsv:1:1: error: code and script are needed"},
  };
  const Place *place = *state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    add_language(place, "qq", table[i].text, FOLD);
    ChError err = {0};
    ChPackWriter *w = ch_pack_writer_new();
    ch_languages_compile(w, place->dir, &err);
    ch_pack_writer_free(w);
    char got[700];
    ch_error_format(&err, got, sizeof got);
    if (!strstr(got, table[i].want))
      fail_msg("got \"%s\", want \"%s\"", got, table[i].want);
  }
}

/* ---- codes ---- */

static void write_events(const Place *p, const char *codes)
{
  static const char *const lists[][2] = {{"kinds", "#! kinds 1\n#: kind\nmeeting\nvisit\n"},
                                         {"statuses", "#! statuses 1\n#: status\nheld\nexpected\n"},
                                         {"roles", "#! roles 1\n#: role\ttypes\nhost\t-\nvisitor\tperson\n"}};
  ChError err = {0};
  char path[160];
  snprintf(path, sizeof path, "%s/events", p->dir);
  mkdir(path, 0777);
  for (size_t i = 0; i < 3; i++) {
    snprintf(path, sizeof path, "%s/events/%s.tsv", p->dir, lists[i][0]);
    ch_file_write(path, ch_slice_z(lists[i][1]), &err);
  }
  snprintf(path, sizeof path, "%s/events/plover.tsv", p->dir);
  ch_file_write(path, ch_slice_z(codes), &err);
  assert_false(ch_failed(&err));
}

/* kind, status, format;format ==> id of the row. */
static void codes_by_first_row(void **state)
{
  static const struct {
    const char *kind, *status, *format[2], *want;
  } table[] = {
      {"meeting", "held", {"video", "bilateral"}, "remote"}, {"meeting", "held", {"bilateral"}, "general"},
      {"visit", "held", {NULL}, "trip"},                     {"visit", "expected", {NULL}, "general"},
      {"unheard", NULL, {NULL}, "general"},
  };
  Place *p = *state;
  ChError err = {0};
  write_events(p, "#! plover 1\n#: id\tkind\tstatus\tformat\ttype\tmode\n"
                  "remote\tmeeting\t-\tphone;video\tCONSULT\tphone\n"
                  "trip\tvisit\theld\t-\tCONSULT\tvisit\n"
                  "general\t-\t-\t-\tCONSULT\t-\n");
  ChPackWriter *w = ch_pack_writer_new();
  ch_codes_compile(w, p->dir, &err);
  ch_pack_writer_save(w, p->path, &err);
  ch_pack_writer_free(w);
  ChPack *pack = ch_pack_open(p->path, &err);
  assert_non_null(pack);
  ChCodes t = ch_codes_of(pack, "plover");
  for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
    ChWord kind = ch_pack_find(pack, ch_slice_z(table[i].kind)), status = ch_pack_find(pack, ch_slice_z(table[i].status)), formats[2];
    size_t n = 0;
    for (; n < 2 && table[i].format[n]; n++)
      formats[n] = ch_pack_find(pack, ch_slice_z(table[i].format[n]));
    ChCodeCase c = {.given = {[0] = {&kind, 1}, [1] = {&status, 1}, [3] = {formats, n}}};
    const ChCodeRow *row = ch_codes_find(&t, &c);
    assert_non_null(row);
    assert_true(ch_slice_is(ch_pack_word(pack, row->id), table[i].want));
  }
  assert_null(ch_codes_find_words(&(ChCodes){0}, NULL, 0));
  assert_int_equal(ch_codes_of(pack, "cameo").n, 0);
  ch_pack_close(pack);
}

static void code_faults(void **state)
{
  static const struct {
    const char *table, *want;
  } table[] = {
      {"#! plover 1\n#: id\tkind\nx\tvisit;walk\n", "plover.tsv:3:3: error: unknown kind 'walk'"},
      {"#! plover 1\n#: id\tstatus\nx\tsoon\n", "plover.tsv:3:3: error: unknown status 'soon'"},
      {"#! plover 1\n#: id\trole\nx\tguest\n", "plover.tsv:3:3: error: unknown role 'guest'"},
      {"#! plover 1\n#: id\tkind\n-\tvisit\n", "plover.tsv:3:1: error: the id is missing"},
  };
  Place *p = *state;
  for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
    ChError err = {0};
    write_events(p, table[i].table);
    ChPackWriter *w = ch_pack_writer_new();
    ch_codes_compile(w, p->dir, &err);
    ch_pack_writer_free(w);
    char got[700];
    ch_error_format(&err, got, sizeof got);
    if (!strstr(got, table[i].want))
      fail_msg("got \"%s\", want \"%s\"", got, table[i].want);
  }
}

#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)

int main(void)
{
  const struct CMUnitTest tests[] = {
      IN_PLACE(pack_round_trip),
      IN_PLACE(pack_damage),
      IN_PLACE(pack_that_is_no_file),
      cmocka_unit_test(pack_is_written_whole_or_not_at_all),
      IN_PLACE(words_of_a_report),
      IN_PLACE(folding),
      IN_PLACE(fold_faults),
      cmocka_unit_test(acronyms),
      IN_PLACE(phrases),
      IN_PLACE(languages_are_folders),
      IN_PLACE(language_faults),
      IN_PLACE(codes_by_first_row),
      IN_PLACE(code_faults),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
