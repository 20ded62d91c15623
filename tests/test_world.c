/* The compiler of data/world and what it compiles: ids, holders, tries, spellings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "pack.h"
#include "world/rewrite.h"
#include "world/spelling.h"
#include "world/world.h"

static ChPack *pack;
static ChWorld world;

static int set_up(void **state)
{
  (void)state;
  ChError err = {0};
  ChPackWriter *w = ch_pack_writer_new();
  ch_languages_compile(w, "data", &err);
  ch_world_compile(w, "data", &err);
  pack = open_written(w, &err);
  if (!pack)
    return -1;
  world = ch_world_of(pack);
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  ch_pack_close(pack);
  return 0;
}

static uint32_t state_of(const char *id)
{
  for (uint32_t i = 0; i < world.n_states; i++)
    if (ch_slice_is(ch_world_text(&world, world.states[i].id), id))
      return i;
  return CH_NONE;
}

static uint32_t post_of(const char *id)
{
  for (uint32_t i = 0; i < world.n_posts; i++)
    if (ch_slice_is(ch_world_text(&world, world.posts[i].id), id))
      return i;
  return CH_NONE;
}

static int32_t day_of(const char *edtf)
{
  int32_t first, last;
  assert_true(ch_day_span(ch_slice_z(edtf), &first, &last));
  return first;
}

/* The last to take the post among those who hold it on the day; CH_NONE. */
static uint32_t holder(uint32_t state, uint32_t post, int32_t day)
{
  const ChTenure *last = NULL;
  for (size_t i = 0; i < world.n_tenures; i++) {
    const ChTenure *t = &world.tenures[i];
    if (t->post == post && t->state == state && t->body == CH_NONE && t->from <= day && day <= t->to && (!last || t->from > last->from))
      last = t;
  }
  return last ? last->person : CH_NONE;
}

/* state, post, day ==> holder */
static void holders(void **state_)
{
  (void)state_;
  static const char *const table[][4] = {
      {"ru", "o-fm", "2012-08-14", "Sergey Lavrov"},       {"kz", "o-president", "2010-07-16", "Nursultan Nazarbayev"},
      {"ru", "o-president", "2010-07-16", "Dmitry Medvedev"}, {"by", "o-president", "2012-08-14", "Alexander Lukashenko"},
  };
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    uint32_t p = holder(state_of(table[i][0]), post_of(table[i][1]), day_of(table[i][2]));
    assert_int_not_equal(p, CH_NONE);
    ChSlice name = ch_world_text(&world, world.persons[p].name);
    if (!ch_slice_is(name, table[i][3]))
      fail_msg("%s of %s on %s: %.*s", table[i][1], table[i][0], table[i][2], CH_ARG(name));
    const ChTenure *own = &world.tenures[world.persons[p].tenure];
    for (uint32_t k = 0; k < world.persons[p].tenures; k++)
      assert_int_equal(own[k].person, p);
  }
  assert_int_equal(holder(state_of("ru"), post_of("o-fm"), day_of("1700")), CH_NONE);
}

/* spellings ==> one skeleton; the first of a row is any language's, all are brought to Latin first */
static void skeletons(void **state_)
{
  (void)state_;
  static const char *const table[][4] = {
      {"Sergei", "Sergey", "\xD0\xA1\xD0\xB5\xD1\x80\xD0\xB3\xD0\xB5\xD0\xB9", NULL},
      {"Tokayev", "Tokaev", "\xD0\xA2\xD0\xBE\xD0\xBA\xD0\xB0\xD0\xB5\xD0\xB2", NULL},
      {"Lavrentiev", "Lavrentyev", "\xD0\x9B\xD0\xB0\xD0\xB2\xD1\x80\xD0\xB5\xD0\xBD\xD1\x82\xD1\x8C\xD0\xB5\xD0\xB2", NULL},
      {"Zelensky", "Zelenskiy", "Zelenskyy", "\xD0\x97\xD0\xB5\xD0\xBB\xD0\xB5\xD0\xBD\xD1\x81\xD0\xBA\xD0\xB8\xD0\xB9"},
  };
  ChRewrite latin = ch_rewrite_of(pack, "ru/latin"), skeleton = ch_rewrite_of(pack, "world.skel-letters");
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    char first[CH_FOLD_MAX], print[CH_FOLD_MAX], out[CH_FOLD_MAX];
    size_t nf = 0;
    for (size_t k = 0; k < 4 && table[i][k]; k++) {
      size_t n = ch_rewrite_word(&latin, ch_slice_z(table[i][k]), false, print);
      n = ch_rewrite_word(&skeleton, ch_slice(print, n), false, out);
      if (k == 0)
        memcpy(first, out, nf = n);
      else if (n != nf || memcmp(first, out, n) != 0)
        fail_msg("%s: %.*s, not %.*s", table[i][k], (int)n, out, (int)nf, first);
    }
  }
}

/* A table with a fault ==> file, line and column of it. */
static void faults(void **state_)
{
  (void)state_;
  static const struct {
    const char *table, *text;
    uint32_t line, col;
  } faulty[] = {
      {"states", "#! states 1\n#: id\tname_qq\ncc\tC\ncc\tD\n", 4, 1},
      {"states", "#! states 1\n#: id\tname_qq\ncc\t\n", 3, 1},
      {"states", "#! states 1\n#: id\tname_qq\tfrom\ncc\tC\t19x\n", 3, 6},
      {"bodies", "#! bodies 1\n#: id\tname_qq\tparent\nb-a\tA\tb-b\n", 3, 7},
      {"posts", "#! posts 1\n#: id\tname_qq\trank\no-a\tA\t12\n", 3, 7},
      {"places", "#! places 1\n#: id\tname_qq\ttype\np-a\tA\ttwon\n", 3, 7},
      {"states", "#! states 1\n#: id\tname_zz\n", 2, 7},
  };
  char dir[64], path[200], text[900];
  snprintf(dir, sizeof dir, "/tmp/chancery-test-tables-%d", (int)getpid());
  for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++) {
    ChError err = {0};
    const char *const folders[] = {"", "/world", "/language", "/language/qq"};
    for (size_t k = 0; k < 4; k++) {
      snprintf(path, sizeof path, "%s%s", dir, folders[k]);
      mkdir(path, 0700);
    }
    snprintf(path, sizeof path, "%s/language/qq/language.tsv", dir);
    ch_file_write(path, CH_LIT("#! language 1\n#: key\tvalue\ncode\tqq\nscript\tlatin\n"), &err);
    snprintf(path, sizeof path, "%s/language/qq/fold.tsv", dir);
    ch_file_write(path, CH_LIT("#! fold 1\n#: kind\tfrom\tto\tkeep\n"), &err);
    snprintf(path, sizeof path, "%s/world/%s.tsv", dir, faulty[i].table);
    ch_file_write(path, ch_slice_z(faulty[i].text), &err);
    assert_false(ch_failed(&err));
    ChPackWriter *w = ch_pack_writer_new();
    ch_languages_compile(w, dir, &err);
    ch_world_compile(w, dir, &err);
    ch_pack_writer_free(w);
    unlink(path);
    ch_error_format(&err, text, sizeof text);
    if (!ch_failed(&err) || err.line != faulty[i].line || err.col != faulty[i].col)
      fail_msg("row %zu: %s", i, text);
  }
}

/* Two languages share one mechanism: a name is found in each. */
static void tries(void **state_)
{
  (void)state_;
  static const char *const table[][3] = {
      {"en", "Organization for Security and Cooperation in Europe", "OSCE"},
      {"en", "foreign minister", "Minister of Foreign Affairs"},
      {"ru", "\xD0\x9E\xD0\x91\xD0\xA1\xD0\x95", "OSCE"},
      {"ru", "\xD0\xBC\xD0\xB8\xD0\xBD\xD0\xB8\xD1\x81\xD1\x82\xD1\x80\xD0\xBE\xD0\xBC \xD0\xB8\xD0\xBD\xD0\xBE\xD1\x81\xD1\x82\xD1\x80\xD0\xB0"
             "\xD0\xBD\xD0\xBD\xD1\x8B\xD1\x85 \xD0\xB4\xD0\xB5\xD0\xBB", "Minister of Foreign Affairs"},
  };
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    ChSlice code = ch_slice_z(table[i][0]), rest = ch_slice_z(table[i][1]);
    ChPhrases t = ch_phrases_of_lang(pack, code, "world");
    ChFold fold = ch_fold_of(pack, code);
    uint32_t node = CH_PHRASE_ROOT;
    while (rest.n) {
      char out[CH_FOLD_MAX];
      ChSlice w = ch_slice_cut(&rest, ' ');
      size_t n = ch_fold_acronym(w) ? ch_fold_caps(w, out) : ch_fold_key(&fold, w, out);
      node = ch_phrases_step(&t, node, ch_pack_find(pack, ch_slice(out, n)));
    }
    size_t n;
    const ChPhraseValue *v = ch_phrases_values(&t, node, &n);
    bool found = false;
    for (size_t k = 0; k < n; k++) {
      uint32_t at = ch_ref_index(v[k].value);
      ChWord name = ch_ref_type(v[k].value) == CH_WORLD_BODY   ? world.bodies[at].name
                    : ch_ref_type(v[k].value) == CH_WORLD_POST ? world.posts[at].name
                                                               : CH_NO_WORD;
      found |= ch_slice_is(ch_world_text(&world, name), table[i][2]);
    }
    if (!found)
      fail_msg("'%s' is not %s", table[i][1], table[i][2]);
  }
}

/* name ==> the id of the first that it means; "" nothing */
static void lookups(void **state_)
{
  (void)state_;
  static const char *const table[][2] = {
      {"Lavrov", "h-sergey-lavrov"},   {"sergei lavrov", "h-sergey-lavrov"}, {"\xD0\x9B\xD0\xB0\xD0\xB2\xD1\x80\xD0\xBE\xD0\xB2\xD0\xB0", "h-sergey-lavrov"},
      {"Tokaev", "h-kassym-jomart-tokayev"}, {"Araqchi", "h-abbas-araghchi"}, {"Nur-Sultan", "p-astana"},
      {"Tselinograd", "p-astana"},     {"NATO", "b-nato"},                   {"kz", "kz"},
      {"Helsinki Final Act", "d-helsinki-final-act"}, {"Nobodyatall", ""},
  };
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    uint32_t refs[4];
    size_t n = ch_world_lookup(pack, ch_slice_z(table[i][0]), refs, 4);
    ChSlice id = n ? ch_world_id(&world, ch_ref_type(refs[0]), ch_ref_index(refs[0])) : CH_LIT("");
    if (!ch_slice_is(id, table[i][1]))
      fail_msg("%s: %.*s", table[i][0], CH_ARG(id));
  }
}

/* Names that sound alike have one key, others have not. */
static void sounds(void **state_)
{
  (void)state_;
  static const struct {
    const char *a, *b;
    bool same;
  } table[] = {
      {"Moammar Qadhafi", "Muammar Gaddafi", true},     {"Mu'ammar al-Qaddafi", "Muammar Gaddafi", true},
      {"Aleksandr Lukashenka", "Alexander Lukashenko", true}, {"Shavkat Mirziyaev", "Shavkat Mirziyoyev", true},
      {"Kim Chong-il", "Kim Jong Il", true},            {"Kim Jong Il", "Kim Jong Un", false},
      {"Igor Ivanov", "Sergei Ivanov", false},
  };
  ChRewrite skeleton = ch_rewrite_of(pack, "world.skel-letters"), sound = ch_rewrite_of(pack, "world.sounds");
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    char key[2][CH_SOUND_MAX];
    size_t length[2];
    for (size_t k = 0; k < 2; k++) {
      ChSlice words[8], rest = ch_slice_z(k ? table[i].b : table[i].a);
      size_t n = 0;
      while (rest.n && n < 8)
        words[n++] = ch_slice_cut(&rest, ' ');
      length[k] = ch_rewrite_sound(&skeleton, &sound, words, n, key[k]);
    }
    if (ch_slice_eq(ch_slice(key[0], length[0]), ch_slice(key[1], length[1])) != table[i].same)
      fail_msg("%s, %s: %.*s, %.*s", table[i].a, table[i].b, (int)length[0], key[0], (int)length[1], key[1]);
  }
}

/* Names of nobody in the tables, as their states are spelt in the other script. */
static void spellings(void **state_)
{
  (void)state_;
  static const struct {
    const char *state;
    ChSpellWay way;
    const char *name, *want;
  } cases[] = {
      {"cn", CH_SPELL_OWN, "Zhou Guanghui", "Чжоу Гуанхуэй"},
      {"cn", CH_SPELL_OWN, "Jiang Shuangxia", "Цзян Шуанся"},
      {"cn", CH_SPELL_LATIN, "Чжоу Гуанхуэй", "Zhou Guanghui"},
      {"jp", CH_SPELL_OWN, "Shinji Tsukamori", "Синдзи Цукамори"},
      {"kr", CH_SPELL_OWN, "Kang Joon-ho", "Кан Чжун Хо"},
      {"kz", CH_SPELL_OWN, "Nurzhan Zhumabekov", "Нуржан Жумабеков"},
      {"kz", CH_SPELL_LATIN, "Ерлан Сатыбалдин", "Yerlan Satybaldin"},
      {"de", CH_SPELL_OWN, "Jürgen Schneiderhahn", "Юрген Шнайдерхан"},
      {"rs", CH_SPELL_OWN, "Miloš Dragutinović", "Милош Драгутинович"},
      {"rs", CH_SPELL_LATIN, "Милош Драгутинович", "Milos Dragutinovic"},
      {"gb", CH_SPELL_OWN, "Gareth Whitlock", "Гарет Уитлок"},
      {"es", CH_SPELL_LATIN, "Хорхе Эредия", "Jorge Heredia"},
      {"gb", CH_SPELL_OWN, "", ""},
      {"gb", CH_SPELL_OWN, "-", "-"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char out[CH_FOLD_MAX], have[CH_FOLD_MAX + 1];
    ChSpelling s = ch_spelling_of(pack, CH_LIT("ru"), cases[i].way);
    size_t n = ch_spelling_name(&s, state_of(cases[i].state), ch_slice_z(cases[i].name), out);
    snprintf(have, sizeof have, "%.*s", (int)n, out);
    assert_string_equal(have, cases[i].want);
  }
}

/* The sounds of a name by a table of letters and, where the state is known, by its spelling: do both scripts of a person meet? */
static bool meet(ChSlice a, ChSlice b)
{
  ChRewrite skeleton = ch_rewrite_of(pack, "world.skel-letters"), sound = ch_rewrite_of(pack, "world.sounds");
  char x[CH_SOUND_MAX], y[CH_SOUND_MAX];
  ChSlice wa[8], wb[8];
  size_t na = 0, nb = 0;
  while (a.n && na < 8)
    wa[na++] = ch_slice_cut(&a, ' ');
  while (b.n && nb < 8)
    wb[nb++] = ch_slice_cut(&b, ' ');
  return ch_slice_eq(ch_slice(x, ch_rewrite_sound(&skeleton, &sound, wa, na, x)), ch_slice(y, ch_rewrite_sound(&skeleton, &sound, wb, nb, y)));
}

static size_t by_letters(ChSlice name, char out[CH_FOLD_MAX])
{
  ChRewrite latin = ch_rewrite_of_lang(pack, CH_LIT("ru"), "latin");
  size_t n = 0;
  while (name.n) {
    char w[CH_FOLD_MAX];
    size_t k = ch_rewrite_word(&latin, ch_slice_cut(&name, ' '), true, w);
    if (n + k + 1 > CH_FOLD_MAX)
      break;
    memcpy(out + n, w, k);
    n += k;
    if (name.n)
      out[n++] = ' ';
  }
  return n;
}

/* All people of the tables, both ways: how many come out as the tables have them, and how many meet by sound. */
static void spelt_people(void **state_)
{
  (void)state_;
  ChSpelling own = ch_spelling_of(pack, CH_LIT("ru"), CH_SPELL_OWN), back = ch_spelling_of(pack, CH_LIT("ru"), CH_SPELL_LATIN);
  size_t all = 0, there = 0, here = 0, letters = 0, sounds_now = 0, sounds_letters = 0;
  for (uint32_t i = 0; i < world.n_persons; i++) {
    ChSlice en = ch_world_text(&world, world.persons[i].name), cell = ch_world_text(&world, ch_world_names(&world, CH_LIT("ru"), CH_WORLD_PERSON, i).name);
    ChSlice ru = cell.n ? ch_slice_cut(&cell, ';') : cell;
    char a[CH_FOLD_MAX], b[CH_FOLD_MAX], c[CH_FOLD_MAX];
    if (!ru.n)
      continue;
    all++;
    there += ch_slice_eq(ch_slice(a, ch_spelling_name(&own, world.persons[i].state, en, a)), ru);
    ChSlice latin = ch_slice(b, ch_spelling_name(&back, world.persons[i].state, ru, b)), plain = ch_slice(c, by_letters(ru, c));
    here += ch_slice_eq(latin, en);
    letters += ch_slice_eq(plain, en);
    sounds_now += meet(latin, en);
    sounds_letters += meet(plain, en);
  }
  fprintf(stderr, "%zu people: %zu spelt as in the table in their own letters, %zu in Latin (by letters %zu); by sound %zu (by letters %zu)\n", all,
          there, here, letters, sounds_now, sounds_letters);
  assert_true(there * 100 > all * 60);
  assert_true(here * 100 > all * 50);
  assert_true(sounds_now > sounds_letters);
}

/* Holders by post are in order and all of that post; a tenure that is over since nobody knows when ends. */
static void by_post(void **state_)
{
  (void)state_;
  size_t n;
  uint32_t fm = post_of("o-fm");
  const uint32_t *at = ch_world_holders(&world, fm, state_of("kz"), CH_NONE, &n);
  assert_true(n >= 10);
  for (size_t i = 0; i < n; i++) {
    assert_int_equal(world.tenures[at[i]].post, fm);
    assert_true(i == 0 || world.tenures[at[i - 1]].from <= world.tenures[at[i]].from);
  }
  assert_null(ch_world_holders(&world, fm, CH_NONE, CH_NONE, &n));
  ChTenure over = {.from = day_of("2001"), .to = CH_DAY_MAX, .ended = true}, open = {.from = day_of("2001"), .to = CH_DAY_MAX};
  assert_true(ch_world_in_office(&over, day_of("2003")));
  assert_false(ch_world_in_office(&over, day_of("2015")));
  assert_true(ch_world_in_office(&open, day_of("2015")));
}

/* A table of the user's: adds a person, ends a tenure, leaves the rest. */
static void overlays(void **state_)
{
  (void)state_;
  char dir[64], path[100];
  ChError err = {0};
  snprintf(dir, sizeof dir, "/tmp/chancery-test-overlay-%d", (int)getpid());
  mkdir(dir, 0700);
  snprintf(path, sizeof path, "%s/persons.tsv", dir);
  ch_file_write(path, CH_LIT("#! persons 1\n#: id\tname_en\tstate\nh-zed-quuxman\tZed Quuxman\tkz\n"), &err);
  snprintf(path, sizeof path, "%s/holders.tsv", dir);
  ch_file_write(path, CH_LIT("#! holders 1\n#: person\tpost\tof\tfrom\tto\tsource\nh-zed-quuxman\to-fm\tkz\t2031\t\tdesk\n"
                             "h-sergey-lavrov\to-fm\tru\t2004-03-09\t2031\tdesk\n"), &err);
  ChPack *over = ch_world_overlay(pack, dir, &err);
  assert_false(ch_failed(&err));
  ChWorld w = ch_world_of(over);
  assert_int_equal(w.n_persons, world.n_persons + 1);
  assert_int_equal(w.n_tenures, world.n_tenures + 1);
  assert_int_equal(w.n_places, world.n_places);
  uint32_t refs[4];
  assert_true(ch_world_lookup(over, CH_LIT("Quuxman"), refs, 4) == 1);
  assert_true(ch_world_lookup(over, CH_LIT("Lavrov"), refs, 4) >= 1);
  const ChPerson *lavrov = &w.persons[ch_ref_index(refs[0])];
  bool ended = false;
  for (uint32_t i = lavrov->tenure; i < lavrov->tenure + lavrov->tenures; i++)
    ended |= w.tenures[i].to == day_of("2031") + 364;
  assert_true(ended);
  ch_pack_close(over);
  unlink(path);
  snprintf(path, sizeof path, "%s/persons.tsv", dir);
  unlink(path);
  rmdir(dir);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lookups),
      cmocka_unit_test(sounds),
      cmocka_unit_test(spellings),
      cmocka_unit_test(spelt_people),
      cmocka_unit_test(by_post),
      cmocka_unit_test(overlays),
      cmocka_unit_test(holders),
      cmocka_unit_test(skeletons),
      cmocka_unit_test(faults),
      cmocka_unit_test(tries),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
