/* Intake: bytes ==> clean text, envelope, faults. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/utf8.h"
#include "intake/intake.h"
#include "model/languages.h"
#include "pack.h"

static ChPack *pack;

/* A pack with the character sets of data/intake and nothing else. */
static int make_pack(void **state)
{
  (void)state;
  ChError err = {0};
  ChPackWriter *w = ch_pack_writer_new();
  ch_languages_compile(w, "data", &err);
  ch_intake_compile(w, "data", &err);
  pack = open_written(w, &err);
  return pack ? 0 : -1;
}

static int drop_pack(void **state)
{
  (void)state;
  ch_pack_close(pack);
  return 0;
}

typedef struct Read {
  ChArena arena;
  ChReport r;
  ChError err;
} Read;

static void open_bytes(Read *x, ChSlice bytes, ChSource source)
{
  *x = (Read){0};
  ch_arena_init(&x->arena, (size_t)64 << 20);
  ChIntake in = {.source = source};
  ch_intake_report(&x->r, &x->arena, pack, bytes, &in, &x->err);
}

static bool has_fault(const ChReport *r, ChFault fault)
{
  for (size_t i = 0; i < r->diags.n; i++)
    if (r->diags.at[i].fault == fault)
      return true;
  return false;
}

static void same(ChSlice got, const char *want, const char *input)
{
  if (!ch_slice_is(got, want))
    fail_msg("%s ==>\n  %.*s\nnot\n  %s", input, CH_ARG(got), want);
}

/* ---- cleaning ---- */

static void cleaning(void **state)
{
  (void)state;
  static const struct {
    const char *in, *out;
    ChFault fault;
  } rows[] = {
      {"plain", "plain", 0},
      {"a\r\nb\rc\nd", "a\nb\nc\nd", 0},
      {"\xEF\xBB\xBFmark", "mark", 0},
      {"no\xC2\xA0"
       "break",
       "no break", 0},
      {"thin\xE2\x80\x89space", "thin space", 0},
      {"soft\xC2\xADhyphen", "softhyphen", 0},
      {"zero\xE2\x80\x8Bwidth\xE2\x80\x8F", "zerowidth", 0},
      {"line\xE2\x80\xA8separator", "line\nseparator", 0},
      {"tab\tstop", "tab stop", 0},
      {"bell\x07 and\x1B[0m", "bell and[0m", CH_FAULT_CONTROL_BYTES},
      {"bad \xC3( byte in much good \xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9",
       "bad \xEF\xBF\xBD( byte in much good \xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", CH_FAULT_INVALID_UTF8},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    Read x;
    open_bytes(&x, ch_slice_z(rows[i].in), CH_SOURCE_TEXT);
    assert_int_equal(x.err.status, CH_OK);
    same(x.r.text, rows[i].out, rows[i].in);
    if (rows[i].fault && !has_fault(&x.r, rows[i].fault))
      fail_msg("no fault %d for %s", rows[i].fault, rows[i].in);
    if (!rows[i].fault)
      assert_int_equal(x.r.diags.n, 0);
    ch_arena_free(&x.arena);
  }
}

static void map_to_raw(void **state)
{
  (void)state;
  Read x;
  open_bytes(&x, CH_LIT("same text"), CH_SOURCE_TEXT);
  assert_null(x.r.raw);
  ch_arena_free(&x.arena);
  /* text:  a \n b - c   raw: a=0 \r=1 \n=2 b=3 (soft hyphen 4-5) c=6 */
  open_bytes(&x,
             CH_LIT("a\r\nb\xC2\xAD"
                    "c"),
             CH_SOURCE_TEXT);
  same(x.r.text, "a\nbc", "map");
  static const uint32_t want[] = {0, 1, 3, 6};
  for (size_t i = 0; i < 4; i++)
    assert_int_equal(x.r.raw[i], want[i]);
  ch_arena_free(&x.arena);
}

/* ---- character sets ---- */

/* What stands in the text as UTF-8 stands there in the set. Invented sentences. */
#define RUSSIAN                                                                                                                       \
  "\xD0\x9C\xD0\xB8\xD0\xBD\xD0\xB8\xD1\x81\xD1\x82\xD1\x80 \xD0\xBF\xD1\x80\xD0\xB8\xD0\xB5\xD1\x85\xD0\xB0\xD0\xBB \xD0\xB2 "       \
  "\xD0\x9C\xD0\xB8\xD0\xBD\xD1\x81\xD0\xBA."
#define FRENCH "Le pr\xC3\xA9sident a \xC3\xA9t\xC3\xA9 re\xC3\xA7u \xC3\xA0 Gen\xC3\xA8ve."

static void charsets(void **state)
{
  (void)state;
  static const struct {
    const char *name, *in, *out;
    bool guessed;
  } rows[] = {
      {"CP1251", "\xCC\xE8\xED\xE8\xF1\xF2\xF0 \xEF\xF0\xE8\xE5\xF5\xE0\xEB \xE2 \xCC\xE8\xED\xF1\xEA.", RUSSIAN, true},
      {"KOI8-R", "\xED\xC9\xCE\xC9\xD3\xD4\xD2 \xD0\xD2\xC9\xC5\xC8\xC1\xCC \xD7 \xED\xC9\xCE\xD3\xCB.", RUSSIAN, true},
      {"CP866", "\x8C\xA8\xAD\xA8\xE1\xE2\xE0 \xAF\xE0\xA8\xA5\xE5\xA0\xAB \xA2 \x8C\xA8\xAD\xE1\xAA.", RUSSIAN, true},
      {"ISO-8859-5", "\xBC\xD8\xDD\xD8\xE1\xE2\xE0 \xDF\xE0\xD8\xD5\xE5\xD0\xDB \xD2 \xBC\xD8\xDD\xE1\xDA.", RUSSIAN, true},
      {"CP1252", "Le pr\xE9sident a \xE9t\xE9 re\xE7u \xE0 Gen\xE8ve.", FRENCH, true},
      {"CP1252 quotes", "He said \x93yes\x94 \x96 and left.", "He said \xE2\x80\x9Cyes\xE2\x80\x9D \xE2\x80\x93 and left.", true},
      {"UTF-8", RUSSIAN, RUSSIAN, false},
      {"page that declares", "<html><head><meta charset=koi8-r></head><p>\xED\xC9\xCE\xD3\xCB</p>",
       "\xD0\x9C\xD0\xB8\xD0\xBD\xD1\x81\xD0\xBA", false},
      {"page that lies",
       "<html><head><meta charset=\"utf-8\"></head><p>\xCC\xE8\xED\xE8\xF1\xF2\xF0 \xEF\xF0\xE8\xE5\xF5\xE0\xEB \xE2 "
       "\xCC\xE8\xED\xF1\xEA.</p>",
       RUSSIAN, true},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    Read x;
    open_bytes(&x, ch_slice_z(rows[i].in), CH_SOURCE_GUESS);
    assert_int_equal(x.err.status, CH_OK);
    same(x.r.text, rows[i].out, rows[i].name);
    assert_int_equal(has_fault(&x.r, CH_FAULT_CHARSET_GUESSED), rows[i].guessed);
    ch_arena_free(&x.arena);
  }
}

static void utf16(void **state)
{
  (void)state;
  static const char le[] = "\xFF\xFEM\0i\0\x3D\xD8\x00\xDE\r\0\n\0n", be[] = "\xFE\xFF\0M\0i\xD8\x3D\xDE\x00\0\r\0\n\0n";
  Read x;
  open_bytes(&x, ch_slice(le, sizeof le - 1), CH_SOURCE_GUESS); /* ends in half a unit */
  same(x.r.text, "Mi\xF0\x9F\x98\x80\n\xEF\xBF\xBD", "little-endian");
  assert_true(has_fault(&x.r, CH_FAULT_INVALID_UTF8));
  ch_arena_free(&x.arena);
  open_bytes(&x, ch_slice(be, sizeof be - 1), CH_SOURCE_GUESS);
  same(x.r.text, "Mi\xF0\x9F\x98\x80\nn", "big-endian");
  assert_int_equal(x.r.raw[0], 2);
  ch_arena_free(&x.arena);
}

/* ---- what cannot be read ---- */

static void refused(void **state)
{
  (void)state;
  char *big = calloc(1, CH_INTAKE_MAX + 1);
  assert_non_null(big);
  const struct {
    ChSlice in;
    const char *text;
  } rows[] = {
      {CH_LIT(""), "empty"},
      {CH_LIT(" \n\t 123 .,- \n"), "nothing to read"},
      {CH_LIT("\xEF\xBB\xBF"), "nothing to read"},
      {ch_slice("ELF\0\1\2", 6), "binary"},
      {CH_LIT("\1\2\3\4\5\6\7\16\17\20\21 some words"), "binary"},
      {ch_slice(big, CH_INTAKE_MAX + 1), "too large"},
      {CH_LIT("<html><body><script>var words;</script></body></html>"), "nothing to read"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    Read x;
    open_bytes(&x, rows[i].in, CH_SOURCE_GUESS);
    assert_int_equal(x.err.status, CH_ERR_INPUT);
    if (!strstr(x.err.text, rows[i].text))
      fail_msg("row %zu: \"%s\" lacks \"%s\"", i, x.err.text, rows[i].text);
    ch_arena_free(&x.arena);
  }
  free(big);
}

static void small_arena(void **state)
{
  (void)state;
  static char text[100000];
  memset(text, 'a', sizeof text);
  text[0] = '\r'; /* needs a map: 4 bytes for each */
  ChArena arena;
  ChReport r;
  ChError err = {0};
  ChIntake in = {.source = CH_SOURCE_TEXT};
  ch_arena_init(&arena, 70000);
  ch_intake_report(&r, &arena, pack, ch_slice(text, sizeof text), &in, &err);
  assert_int_equal(err.status, CH_ERR_LIMIT);
  ch_arena_free(&arena);
}

/* ---- pages ---- */

#define PAGE_HEAD                                                                                                                     \
  "<!DOCTYPE html><html lang=\"en\"><head><title>Talks held | The Paper</title><style>p{}</style>"                                    \
  "<meta property=\"og:site_name\" content=\"The Paper\">"                                                                            \
  "<meta property='article:published_time' content='2021-04-08T10:00:00+06:00'></head>"

static void pages(void **state)
{
  (void)state;
  static const struct {
    const char *in, *text, *title, *published, *outlet;
  } rows[] = {
      {PAGE_HEAD
       "<body><nav><a href=/>Home</a></nav><h1>Talks  held</h1><p>The ministers&nbsp;met &amp; talked.</p>"
       "<p>They <b>agreed</b>.<br>Later<br><br>they left.</p><aside>Read more</aside><footer>Contact us</footer></body></html>",
       "Talks held\n\nThe ministers met & talked.\n\nThey agreed.\nLater\n\nthey left.", "Talks held", "2021-04-08", "The Paper"},
      {PAGE_HEAD "<body><p>The ministers met.</p></body></html>", "Talks held\n\nThe ministers met.", "Talks held", "2021-04-08",
       "The Paper"},
      {"<html><body><p>One.<p>Two.<ul><li>Three</ul><div>Four <a href=x>five</a></div><script>six()</script><form>seven</form></body>",
       "One.\n\nTwo.\n\nThree\n\nFour five", "", "", ""},
      {"<html><head><script type=\"application/ld+json\">{\"@graph\": [{\"@type\": \"NewsArticle\", \"datePublished\": "
       "\"2019-05-06T01:02\","
       " \"publisher\": {\"name\": \"Wire\"}}]}</script></head><body><p>Text.</p></body></html>",
       "Text.", "", "2019-05-06", "Wire"},
      {"<html><body><p>Text of <time datetime=\"2018-01-02\">today</time>.</p></body></html>", "Text of today.", "", "2018-01-02", ""},
      /* an article among links, its own part kept */
      {"<html><body><div><a>Link one</a> <a>Link two</a></div><div>Advertisement that is no part of it</div><article><h1>Head</h1>"
       "<p>The article's own text is long enough to count.</p></article><article>Other one</article></body></html>",
       "Head\n\nThe article's own text is long enough to count.", "Head", "", ""},
      /* odd pages */
      {"<html><body><p>Unclosed <b>tags <i>everywhere</p><p>Next", "Unclosed tags everywhere\n\nNext", "", "", ""},
      {"<html><body><!-- a comment <p>hidden</p> --><p>A &lt;tag&gt; &#1052;&unknown;</p>", "A <tag> \xD0\x9C&unknown;", "", "", ""},
      {"<html><head><meta property=\"article:published_time\" content=\"yesterday\"></head><p>Text</p>", "Text", "", "", ""},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    Read x;
    open_bytes(&x, ch_slice_z(rows[i].in), CH_SOURCE_GUESS);
    assert_int_equal(x.err.status, CH_OK);
    same(x.r.text, rows[i].text, rows[i].in);
    same(x.r.meta.title, rows[i].title, "title");
    same(x.r.meta.published, rows[i].published, "published");
    same(x.r.meta.outlet, rows[i].outlet, "outlet");
    ch_arena_free(&x.arena);
  }
}

static void page_map(void **state)
{
  (void)state;
  static const char page[] = "<html><body><p>Fish &amp; chips in \xC3\x85lesund</p></body></html>";
  Read x;
  open_bytes(&x, ch_slice(page, sizeof page - 1), CH_SOURCE_HTML);
  same(x.r.text, "Fish & chips in \xC3\x85lesund", "page");
  assert_int_equal(x.r.raw[0], strstr(page, "Fish") - page);
  assert_int_equal(x.r.raw[5], strstr(page, "&amp;") - page);
  assert_int_equal(x.r.raw[7], strstr(page, "chips") - page);
  assert_int_equal(x.r.raw[18], strstr(page, "lesund") - page);
  ch_arena_free(&x.arena);
}

/* Hostile pages end in time and with what could be read. */
static void deep_page(void **state)
{
  (void)state;
  enum { TIMES = 200000 };
  static char page[TIMES * 8 + 64];
  size_t n = (size_t)snprintf(page, sizeof page, "<html><body><p>Begin</p>");
  for (size_t i = 0; i < TIMES; i++, n += 3)
    memcpy(page + n, i % 2 ? "<b>" : "<i>", 3);
  for (size_t i = 0; i < TIMES; i++, n += 4)
    memcpy(page + n, "</u>", 4);
  Read x;
  open_bytes(&x, ch_slice(page, n), CH_SOURCE_HTML);
  assert_int_equal(x.err.status, CH_OK);
  same(x.r.text, "Begin", "deep page");
  ch_arena_free(&x.arena);
}

static void what_is_known(void **state)
{
  (void)state;
  ChArena arena;
  ChReport r;
  ChError err = {0};
  ChIntake in = {.source = CH_SOURCE_GUESS,
                 .meta = {.id = CH_LIT("x/1"), .outlet = CH_LIT("Mine"), .published = CH_LIT("2020-02-02")}};
  ch_arena_init(&arena, (size_t)16 << 20);
  ch_intake_report(&r, &arena, pack, CH_LIT(PAGE_HEAD "<body><p>Text</p></body>"), &in, &err);
  assert_int_equal(err.status, CH_OK);
  same(r.meta.id, "x/1", "id");
  same(r.meta.outlet, "Mine", "outlet");
  same(r.meta.published, "2020-02-02", "published");
  same(r.meta.title, "Talks held", "title");
  ch_arena_free(&arena);
}

static void sources(void **state)
{
  (void)state;
  assert_int_equal(ch_intake_source(CH_LIT("a/b.HTML")), CH_SOURCE_HTML);
  assert_int_equal(ch_intake_source(CH_LIT("b.htm")), CH_SOURCE_HTML);
  assert_int_equal(ch_intake_source(CH_LIT("b.txt")), CH_SOURCE_TEXT);
  assert_int_equal(ch_intake_source(CH_LIT("-")), CH_SOURCE_GUESS);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(cleaning),  cmocka_unit_test(map_to_raw),    cmocka_unit_test(charsets), cmocka_unit_test(utf16),
      cmocka_unit_test(refused),   cmocka_unit_test(small_arena),   cmocka_unit_test(pages),    cmocka_unit_test(page_map),
      cmocka_unit_test(deep_page), cmocka_unit_test(what_is_known), cmocka_unit_test(sources),
  };
  return cmocka_run_group_tests(tests, make_pack, drop_pack);
}
