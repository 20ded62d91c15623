/* base: slices, UTF-8, arenas, buffers, files, errors, the reader of data files. Tables read as input ==> result. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/datafile.h"
#include "base/file.h"
#include "base/utf8.h"

static void assert_slice(ChSlice got, const char *want)
{
  if (!ch_slice_is(got, want))
    fail_msg("got \"%.*s\", want \"%s\"", CH_ARG(got), want);
}

/* ---- slices ---- */

static void slice_order(void **state)
{
  static const struct {
    const char *a, *b;
    int want;
  } table[] = {{"", "", 0}, {"", "a", -1}, {"a", "", 1}, {"a", "b", -1}, {"ab", "a", 1}, {"ab", "abc", -1}, {"\xD0\xB0", "z", 1}};
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    int c = ch_slice_cmp(ch_slice_z(table[i].a), ch_slice_z(table[i].b));
    assert_int_equal((c > 0) - (c < 0), table[i].want);
  }
  assert_true(ch_slice_eq(ch_slice(NULL, 0), CH_LIT("")));
  assert_true(ch_slice_starts(CH_LIT("abc"), CH_LIT("ab")) && !ch_slice_starts(CH_LIT("a"), CH_LIT("ab")));
  assert_true(ch_slice_ends(CH_LIT("abc"), CH_LIT("bc")) && ch_slice_ends(CH_LIT("abc"), CH_LIT("")));
}

static void slice_cut_and_trim(void **state)
{
  static const struct {
    const char *in;
    const char *pieces[4];
  } table[] = {
      {"", {""}}, {"a", {"a"}}, {"a;b", {"a", "b"}}, {" a ; b c ;", {"a", "b c", ""}}, {";;", {"", "", ""}},
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    ChSlice rest = ch_slice_z(table[i].in);
    size_t n = 0;
    for (; rest.p; n++) {
      ChSlice piece = ch_slice_cut(&rest, ';');
      assert_true(n < 4 && table[i].pieces[n]);
      assert_slice(piece, table[i].pieces[n]);
    }
    assert_true(n == 4 || !table[i].pieces[n]);
  }
  assert_slice(ch_slice_trim(CH_LIT(" \t\r\n")), "");
}

static void slice_find(void **state)
{
  static const struct {
    const char *hay, *needle;
    size_t want;
  } table[] = {{"", "", 0}, {"abc", "", 0}, {"abc", "c", 2}, {"aab", "ab", 1}, {"ab", "abc", SIZE_MAX}, {"aaaa", "b", SIZE_MAX}};
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++)
    assert_int_equal(ch_slice_find(ch_slice_z(table[i].hay), ch_slice_z(table[i].needle)), table[i].want);
}

static void slice_numbers(void **state)
{
  static const struct {
    const char *in;
    uint32_t max;
    bool ok;
    uint32_t want;
  } table[] = {
      {"0", 9, true, 0},       {"007", 9, true, 7},
      {"10", 9, false, 0},     {"", 9, false, 0},
      {"-1", 9, false, 0},     {"1a", 99, false, 0},
      {"4294967295", UINT32_MAX, true, UINT32_MAX}, {"4294967296", UINT32_MAX, false, 0},
      {"99999999999999999999", UINT32_MAX, false, 0},
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    uint32_t v = 0;
    assert_int_equal(ch_slice_uint(ch_slice_z(table[i].in), table[i].max, &v), table[i].ok);
    if (table[i].ok)
      assert_int_equal(v, table[i].want);
  }
  double d;
  assert_true(ch_slice_double(CH_LIT("-1.5"), &d) && d < -1.4 && d > -1.6);
  assert_false(ch_slice_double(CH_LIT("1.5x"), &d) || ch_slice_double(CH_LIT(""), &d));
}

/* ---- UTF-8 ---- */

static void utf8_decode(void **state)
{
  static const struct {
    const char *in;
    size_t n;
    uint32_t cp;
    size_t used;
  } table[] = {
      {"a", 1, 'a', 1},
      {"\xD1\x91", 2, 0x451, 2},
      {"\xE2\x80\x94", 3, 0x2014, 3},
      {"\xF0\x9F\x98\x80", 4, 0x1F600, 4},
      {"\xD1", 1, 0xFFFD, 1},                 /* cut short */
      {"\x80", 1, 0xFFFD, 1},                 /* a continuation alone */
      {"\xC0\x80", 2, 0xFFFD, 1},             /* overlong */
      {"\xED\xA0\x80", 3, 0xFFFD, 1},         /* surrogate */
      {"\xF5\x80\x80\x80", 4, 0xFFFD, 1},     /* beyond Unicode */
      {"\xEF\xBF\xBD", 3, 0xFFFD, 3},         /* U+FFFD itself is valid */
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    size_t used;
    assert_int_equal(ch_utf8_decode(table[i].in, table[i].n, &used), table[i].cp);
    assert_int_equal(used, table[i].used);
    bool bad = table[i].cp == 0xFFFD && table[i].used == 1;
    assert_int_equal(ch_utf8_invalid(ch_slice(table[i].in, table[i].n)), bad ? 0 : SIZE_MAX);
  }
  assert_int_equal(ch_utf8_invalid(CH_LIT("ab\xFFz")), 2);
  assert_int_equal(ch_utf8_count(CH_LIT("a\xD1\x91\xE2\x80\x94")), 3);
}

static void utf8_encode_is_the_inverse(void **state)
{
  (void)state;
  for (uint32_t cp = 1; cp < 0x110000; cp += 7) {
    if (cp >= 0xD800 && cp < 0xE000)
      continue;
    char out[4];
    size_t used, n = ch_utf8_encode(cp, out);
    assert_int_equal(ch_utf8_decode(out, n, &used), cp);
    assert_int_equal(used, n);
  }
}

static void letters_and_case(void **state)
{
  static const struct {
    uint32_t cp;
    bool letter, digit, upper, space;
    uint32_t lower, script;
  } table[] = {
      {'A', true, false, true, false, 'a', 1},      {'z', true, false, false, false, 'z', 1},
      {'7', false, true, false, false, '7', 0},     {' ', false, false, false, true, ' ', 0},
      {'-', false, false, false, false, '-', 0},    {0xA0, false, false, false, true, 0xA0, 0},
      {0x401, true, false, true, false, 0x451, 2},  {0x44F, true, false, false, false, 0x44F, 2},
      {0x49A, true, false, true, false, 0x49B, 2},  {0xE9, true, false, false, false, 0xE9, 1},
      {0x3B1, true, false, false, false, 0x3B1, 3}, {0x628, true, false, false, false, 0x628, 4},
      {0x4E2D, true, false, false, false, 0x4E2D, 6}, {0x10D0, true, false, false, false, 0x10D0, 8},
      {0x2028, false, false, false, true, 0x2028, 0}, {0x661, false, true, false, false, 0x661, 4},
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    uint32_t cp = table[i].cp;
    assert_int_equal(ch_cp_letter(cp), table[i].letter);
    assert_int_equal(ch_cp_digit(cp), table[i].digit);
    assert_int_equal(ch_cp_upper(cp), table[i].upper);
    assert_int_equal(ch_cp_space(cp), table[i].space);
    assert_int_equal(ch_cp_lower(cp), table[i].lower);
    assert_int_equal(ch_cp_script(cp), table[i].script);
  }
  char out[3];
  assert_slice(ch_slice(out, ch_utf8_lower(CH_LIT("\xD0\x81\xD0\x81"), out, sizeof out)), "\xD1\x91"); /* cut at a code point */
}

/* ---- arenas ---- */

static void arena_gives_zeroed_aligned_memory(void **state)
{
  (void)state;
  ChArena a;
  ch_arena_init(&a, 1 << 20);
  for (size_t n = 0; n < 300; n++) {
    char *p = ch_arena_alloc(&a, n);
    assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
    for (size_t i = 0; i < n; i++)
      assert_int_equal(p[i], 0);
    memset(p, 0xFF, n);
  }
  ch_arena_reset(&a);
  char *again = ch_arena_alloc(&a, 300);
  for (size_t i = 0; i < 300; i++)
    assert_int_equal(again[i], 0);
  assert_slice(ch_arena_copy(&a, CH_LIT("abc")), "abc");
  assert_slice(ch_arena_printf(&a, "%s-%d", "x", 7), "x-7");
  ch_arena_free(&a);
  assert_int_equal(a.total, 0);
}

/* Asks for `n` elements of `size` bytes: true where the arena refused. */
static bool refuses(ChArena *a, size_t n, size_t size)
{
  jmp_buf full;
  if (setjmp(full))
    return true;
  a->full = &full;
  ch_arena_array(a, n, size);
  a->full = NULL;
  return false;
}

static void arena_refuses_beyond_its_cap(void **state)
{
  static const struct {
    size_t cap, n, size;
    bool refused;
  } table[] = {
      {1 << 16, 1, 1000, false},       {1 << 16, 1, 1 << 16, false}, {1 << 16, 1, (1 << 16) + 1, true}, {100, 1, 64, false},
      {100, 1, 200, true},             {1 << 20, SIZE_MAX, 2, true}, {1 << 20, SIZE_MAX / 2, 2, true},  {0, 1, 16, true},
      {1 << 20, SIZE_MAX - 3, 1, true},
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    ChArena a;
    ch_arena_init(&a, table[i].cap);
    assert_int_equal(refuses(&a, table[i].n, table[i].size), table[i].refused);
    assert_true(a.total <= a.cap);
    ch_arena_free(&a);
  }
}

static void arena_never_holds_more_than_its_cap(void **state)
{
  (void)state;
  ChArena a;
  ch_arena_init(&a, 1 << 20);
  size_t got = 0;
  while (!refuses(&a, 1, 1000))
    got += 1000;
  assert_true(a.total <= a.cap);
  assert_true(got > a.cap / 2); /* and does not waste it */
  ch_arena_free(&a);
}

static void vectors_grow(void **state)
{
  (void)state;
  ChArena a;
  ch_arena_init(&a, 1 << 20);
  CH_VEC(uint32_t) v = {0};
  for (uint32_t i = 0; i < 1000; i++)
    *CH_PUSH(&a, &v) = i;
  assert_int_equal(v.n, 1000);
  for (uint32_t i = 0; i < 1000; i++)
    assert_int_equal(v.at[i], i);
  ch_arena_free(&a);
}

static void buffers(void **state)
{
  (void)state;
  ChBuf b = {0};
  assert_slice(ch_buf_view(&b), "");
  ch_buf_text(&b, "a");
  ch_buf_char(&b, '\t');
  ch_buf_slice(&b, CH_LIT("bc"));
  ch_buf_printf(&b, "%03d", 5);
  assert_slice(ch_buf_view(&b), "a\tbc005");
  for (int i = 0; i < 10000; i++)
    ch_buf_char(&b, 'x');
  assert_int_equal(b.n, 10007);
  assert_int_equal(b.p[b.n], '\0');
  b.failed = true; /* sticky */
  ch_buf_text(&b, "more");
  assert_int_equal(b.n, 10007);
  ch_buf_free(&b);
}

/* ---- errors, files ---- */

static void errors_stick(void **state)
{
  (void)state;
  ChError e = {0};
  char text[128];
  assert_false(ch_failed(&e));
  ch_error_at(&e, CH_ERR_FORMAT, CH_LIT("a.tsv"), 3, 7, "no such %s", "post");
  ch_error_set(&e, CH_ERR_IO, "later");
  assert_int_equal(e.status, CH_ERR_FORMAT);
  ch_error_format(&e, text, sizeof text);
  assert_string_equal(text, "a.tsv:3:7: error: no such post");
  ChError plain = {0};
  ch_error_set(&plain, CH_ERR_IO, "text");
  ch_error_format(&plain, text, sizeof text);
  assert_string_equal(text, "error: text");
}

static void files(void **state)
{
  (void)state;
  char dir[] = "/tmp/ch-test-base.XXXXXX", path[128], gone[128];
  assert_non_null(mkdtemp(dir));
  snprintf(path, sizeof path, "%s/file", dir);
  snprintf(gone, sizeof gone, "%s/none/file", dir);
  ChError e = {0};
  ChBuf b = {0};
  ch_file_write(path, CH_LIT("1234567890"), &e);
  ch_file_read(path, 10, &b, &e);
  assert_false(ch_failed(&e));
  assert_slice(ch_buf_view(&b), "1234567890");
  ch_buf_free(&b);
  ch_file_read(path, 9, &b, &e);
  assert_int_equal(e.status, CH_ERR_INPUT);
  e = (ChError){0};
  ch_file_read(dir, 100, &b, &e);
  assert_int_equal(e.status, CH_ERR_IO);
  e = (ChError){0};
  ch_file_read(gone, 100, &b, &e);
  assert_int_equal(e.status, CH_ERR_IO);
  e = (ChError){0};
  ch_file_write(gone, CH_LIT("x"), &e);
  assert_int_equal(e.status, CH_ERR_IO);
  ch_buf_free(&b);
  unlink(path);
  assert_int_equal(rmdir(dir), 0); /* no temporary file was left */
}

/* ---- data files ---- */

/* Reads all rows as "cell,cell|cell,cell|" or the error. */
static void read_rows(ChSlice bytes, ChBuf *out)
{
  static const char *const columns[] = {"id", "name", "note", NULL};
  ChError err = {0};
  ChDataFile f;
  ch_datafile_open_bytes(&f, bytes, "f.tsv", "thing", 2, columns, &err);
  while (ch_datafile_next(&f)) {
    for (uint32_t c = 0; c < f.cells; c++) {
      ch_buf_slice(out, ch_datafile_cell(&f, c));
      ch_buf_char(out, c + 1 < f.cells ? ',' : '|');
    }
    if (ch_slice_is(f.cell[1], "bad"))
      ch_datafile_fault(&f, 1, "no such thing: '%.*s'", CH_ARG(f.cell[1]));
  }
  ch_datafile_close(&f);
  if (ch_failed(&err)) {
    char text[600];
    ch_error_format(&err, text, sizeof text);
    ch_buf_free(out);
    ch_buf_text(out, text);
  }
}

#define HEAD "#! thing 2\n#: id\tname\tnote\n"

static void datafile_rows(void **state)
{
  static const struct {
    const char *in, *want;
  } table[] = {
      {HEAD, ""},
      {HEAD "a\tb\tc\n", "a,b,c|"},
      {HEAD "a\tb\tc", "a,b,c|"},                            /* no end of line at the end */
      {HEAD "a\tb\tc\r\nd\n", "a,b,c|d,,|"},                 /* CR LF; missing cells are empty */
      {HEAD "a\t-\tc\n", "a,,c|"},                           /* "-" is none */
      {HEAD "\n# comment\n  \na\n", "a,,|"},
      {HEAD " a \t b \n", "a,b,|"},
      {HEAD "\xD0\xB0\t\xE2\x80\x94\n", "\xD0\xB0,\xE2\x80\x94,|"},
      {"#! thing 2\n#: note\tid\nn\ti\n", "i,,n|"},          /* columns in any order, some absent */
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    ChBuf out = {0};
    read_rows(ch_slice_z(table[i].in), &out);
    assert_slice(ch_buf_view(&out), table[i].want);
    ch_buf_free(&out);
  }
}

static void datafile_faults(void **state)
{
  static const struct {
    const char *in, *want;
  } table[] = {
      {"", "f.tsv:1:1: error: the first line must be '#! KIND VERSION'"},
      {"thing 2\n", "f.tsv:1:1: error: the first line must be '#! KIND VERSION'"},
      {"#! other 2\n", "f.tsv:1:4: error: kind is 'other', not 'thing'"},
      {"#! thing 3\n", "f.tsv:1:10: error: version must be 2"},
      {"#! thing\n", "f.tsv:1:10: error: version must be 2"},
      {"#! thing 2\n", "f.tsv:1:1: error: the second line must be '#: COLUMN TAB COLUMN ...'"},
      {"#! thing 2\nid\n", "f.tsv:2:1: error: the second line must be '#: COLUMN TAB COLUMN ...'"},
      {"#! thing 2\n#: id\tcolour\n", "f.tsv:2:7: error: unknown or repeated column 'colour'"},
      {"#! thing 2\n#: id\tid\n", "f.tsv:2:7: error: unknown or repeated column 'id'"},
      {HEAD "a\tb\tc\td\n", "f.tsv:3:7: error: more cells than columns"},
      {HEAD "\n\xD0\xB0\tb\tc\td\n", "f.tsv:4:7: error: more cells than columns"}, /* columns count code points */
      {HEAD "a\nb\tbad\n", "f.tsv:4:3: error: no such thing: 'bad'"},
      {HEAD "\xD0\xB0\xD0\xB1\tbad\nafter\n", "f.tsv:3:4: error: no such thing: 'bad'"},
      {HEAD "ab\xFF\n", "f.tsv:3:3: error: not UTF-8"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    ChBuf out = {0};
    read_rows(ch_slice_z(table[i].in), &out);
    assert_slice(ch_buf_view(&out), table[i].want);
    ch_buf_free(&out);
  }
}

static void datafile_that_is_missing(void **state)
{
  static const char *const columns[] = {"id", NULL};
  (void)state;
  ChError err = {0};
  ChDataFile f;
  ch_datafile_open(&f, "/nonexistent/f.tsv", "thing", 1, columns, &err);
  assert_false(ch_datafile_next(&f));
  assert_int_equal(err.status, CH_ERR_IO);
  ch_datafile_close(&f);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(slice_order),
      cmocka_unit_test(slice_cut_and_trim),
      cmocka_unit_test(slice_find),
      cmocka_unit_test(slice_numbers),
      cmocka_unit_test(utf8_decode),
      cmocka_unit_test(utf8_encode_is_the_inverse),
      cmocka_unit_test(letters_and_case),
      cmocka_unit_test(arena_gives_zeroed_aligned_memory),
      cmocka_unit_test(arena_refuses_beyond_its_cap),
      cmocka_unit_test(arena_never_holds_more_than_its_cap),
      cmocka_unit_test(vectors_grow),
      cmocka_unit_test(buffers),
      cmocka_unit_test(errors_stick),
      cmocka_unit_test(files),
      cmocka_unit_test(datafile_rows),
      cmocka_unit_test(datafile_faults),
      cmocka_unit_test(datafile_that_is_missing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
