/* Sentences ==> who and what they name. Sentences are made up for this test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "language/language.h"
#include "names/names.h"
#include "pack.h"
#include "world/world.h"

static ChPack *pack;

static int set_up(void **state)
{
  (void)state;
  ChError err = {0};
  ChPackWriter *w = ch_pack_writer_new();
  ch_languages_compile(w, "data", &err);
  ch_language_compile(w, "data", "models", &err);
  ch_world_compile(w, "data", &err);
  ch_names_compile(w, "data", &err);
  pack = open_written(w, &err);
  return pack ? 0 : -1;
}

static int tear_down(void **state)
{
  (void)state;
  ch_pack_close(pack);
  return 0;
}

static const char *const types[] = {"person", "state", "body", "group", "place", "outlet"};

/* "DAY|TEXT" is a text published on that day. Every entity as "type NAME" or "person NAME, POST, OF", "; " between, "*" after the type where it is known by post alone. */
static void entities(const char *text, ChBuf *out)
{
  ChArena a;
  ChReport r;
  ChError err = {0};
  ch_arena_init(&a, (size_t)1 << 30);
  ChSlice rest = ch_slice_z(text), published = CH_LIT("");
  if (ch_slice_find(rest, CH_LIT("|")) != SIZE_MAX)
    published = ch_slice_cut(&rest, '|');
  ch_report_init(&r, &a, pack, rest);
  r.meta.published = published;
  ch_language_stage(&r);
  ch_names_stage(&r);
  if (!ch_report_check(&r, &err))
    fail_msg("%s: %s", text, err.text);
  for (size_t i = 0; i < r.entities.n; i++) {
    const ChEntity *e = &r.entities.at[i];
    ch_buf_printf(out, "%s%s%s %.*s", i ? "; " : "", types[e->type], e->by_post ? "*" : "", CH_ARG(e->name));
    if (e->type == CH_ENTITY_PERSON && !e->by_post)
      ch_buf_printf(out, ", %.*s, %.*s", CH_ARG(e->post), CH_ARG(e->of));
  }
  ch_arena_free(&a);
}

/* Every expected entity must be among those found; what is expected after "not " must not. */
static void expect(const char *text, const char *expected)
{
  ChBuf out = {0};
  entities(text, &out);
  char all[4096];
  snprintf(all, sizeof all, "; %.*s;", (int)out.n, out.p ? out.p : "");
  ch_buf_free(&out);
  ChSlice rest = ch_slice_z(expected);
  while (rest.n) {
    ChSlice one = ch_slice_cut(&rest, ';');
    bool none = ch_slice_starts(one, CH_LIT("not "));
    if (none)
      one = ch_slice(one.p + 4, one.n - 4);
    char want[512];
    snprintf(want, sizeof want, "; %.*s;", CH_ARG(one));
    if ((strstr(all, want) != NULL) == none)
      fail_msg("%s\n  expected %s%.*s\n  found %s", text, none ? "no " : "", CH_ARG(one), all);
  }
}

static void check_table(const char *const (*table)[2], size_t rows)
{
  for (size_t i = 0; i < rows; i++)
    expect(table[i][0], table[i][1]);
}
#define CHECK(table) check_table(table, sizeof(table) / sizeof *(table))

static void titles(void **state)
{
  (void)state;
  static const char *const table[][2] = {
      {"Russian Foreign Minister Sergei Lavrov left for Almaty.",
       "person Sergey Lavrov, Minister of Foreign Affairs, Russia; place Almaty"},
      {"Kairat Abdrakhmanov, the foreign minister of Kazakhstan, said so.",
       "person Kairat Abdrakhmanov, Minister of Foreign Affairs, Kazakhstan"},
      {"Deputy Foreign Minister Jan Testowski of Poland arrived.", "person Jan Testowski, Deputy Minister of Foreign Affairs, Poland"},
      {"Norwegian Agriculture Minister Ola Testmann spoke first.", "person Ola Testmann, Minister of Agriculture, Norway"},
      {"The head of the Swedish delegation, Karl Testgren, told reporters about it.",
       "person Karl Testgren, Head of Delegation, Sweden"},
      {"President-elect Jose Testado of Brazil will attend.", "person Jose Testado, President-elect, Brazil"},
      {"Министр иностранных дел России Сергей Лавров прибыл в Астану.",
       "person Sergey Lavrov, Minister of Foreign Affairs, Russia; place Astana"},
      {"Он встретился с главой МИД Турции Мевлютом Чавушоглу.", "person Mevlut Cavusoglu, Minister of Foreign Affairs, Turkey"},
      {"Встречу провел заместитель министра обороны Польши Ян Тестовский.",
       "person Jan Testowski, Deputy Minister of Defense, Poland"},
      {"Глава белорусского МИДа Иван Тестов выступил вчера.", "person Ivan Testov, Minister of Foreign Affairs, Belarus"},
      {"The minister of foreign affairs and emigration of Egypt, Badr Testy, spoke.", "person Badr Testy, Minister of Foreign Affairs, Egypt"},
      {"H.H. Sheikh Omar bin Testan Al Zayn, Minister of Foreign Affairs of Oman, spoke.",
       "person Omar bin Testan Al Zayn, Minister of Foreign Affairs, Oman"},
      {"His Excellency Mr. Salim bin Nasser Al Testy, Ambassador of Oman, attended.", "person Salim bin Nasser Al Testy, Ambassador, Oman"},
      {"Позднее Тестов провел встречу с послом Японии.", "not person Pozdneye Testov, , "},
      {"2023-11-03|Officials spoke with Secretary Blinken by phone.", "person Antony Blinken, Secretary of State, United States"},
  };
  CHECK(table);
}

static void nominatives(void **state)
{
  (void)state;
  static const char *const table[][2] = {
      {"Переговоры с президентом Молдавии Иваном Тестовым отложены.", "person Ivan Testov, President, Moldova"},
      {"Письмо министра культуры Латвии Анны Тестовской получено.", "person Anna Testovska, Minister of Culture, Latvia"},
      {"Его принял посол Чехии Андрей Тестенко.", "person Andrej Testenko, Ambassador, Czech Republic"},
  };
  CHECK(table);
}

static void posts_alone(void **state)
{
  (void)state;
  static const char *const table[][2] = {
      {"The Azerbaijani and Armenian foreign ministers will meet.",
       "person* Minister of Foreign Affairs of Azerbaijan; person* Minister of Foreign Affairs of Armenia"},
      {"Главы МИД Перу и Чили проведут встречу.",
       "person* Minister of Foreign Affairs of Peru; person* Minister of Foreign Affairs of Chile"},
      {"Vladimir Putin flew home. The Russian president was in a hurry.",
       "person Vladimir Putin, President, Russia; not person* President of Russia"},
      {"Президент Сербии Петр Тестич уехал. Сербский лидер доволен.",
       "person Pyotr Testic, President, Serbia; not person* President of Serbia"},
  };
  CHECK(table);
}

static void surnames(void **state)
{
  (void)state;
  static const char *const table[][2] = {
      {"Belgian Foreign Minister Anna Testmans came. Testmans left.",
       "person Anna Testmans, Minister of Foreign Affairs, Belgium; not person Testmans, , "},
      {"Testov's trip. Bulgarian President Ivan Testov is to visit Rome.", "person Ivan Testov, President, Bulgaria; place Rome"},
      {"С. Лавров провел встречу с министром иностранных дел Сербии.", "person* Minister of Foreign Affairs of Serbia"},
      {"Sergei Lavrov spoke. Later Sergey Lavrov left.", "person Sergey Lavrov, , Russia"},
      {"The Russian foreign minister met his Belarusian counterpart Sergei Martynov.",
       "person Sergei Martynov, Minister of Foreign Affairs, Belarus"},
  };
  CHECK(table);
}

static void known_surnames(void **state)
{
  (void)state;
  static const char *const table[][2] = {
      {"2024-04-22|Putin to visit China in May", "person Vladimir Putin, , Russia; state China"},
      {"2022-03-07|Putin and Macron spoke by telephone on Sunday.",
       "person Vladimir Putin, , Russia; person Emmanuel Macron, , France"},
      {"2023-11-09|Guterres called for a ceasefire.", "person Antonio Guterres, , UN"},
      {"2024-07-05|В среду в Астане Токаев провёл встречи с Путиным.", "person Kassym-Jomart Tokayev, , Kazakhstan; not place Tokaj"},
      {"2023-03-22|Алиев и Пашинян созвонились накануне.", "person Ilham Aliyev, , Azerbaijan; person Nikol Pashinyan, , Armenia"},
      {"2024-11-01|Лавров обсудит в Астане с Токаевым поставки.",
       "person Sergey Lavrov, , Russia; person Kassym-Jomart Tokayev, , Kazakhstan"},
      {"2023-12-01|Визит Лукашенко в Китай отменён.", "person Alexander Lukashenko, , Belarus"},
      {"2024-06-25|С. Лавров вылетел в Минск.", "person Sergey Lavrov, , Russia"},
      /* whoever held the post on the day */
      {"2002-05-20|Bush arrived in Berlin.", "person George W. Bush, , United States"},
      {"2010-07-02|Clinton arrived in Kyiv.", "person Hillary Clinton, , United States"},
      /* other words, other names, other people */
      {"2006-05-20|Rice prices rose.", "not person Condoleezza Rice, , United States"},
      {"2006-05-20|Yesterday Rice met Lavrov.", "person Condoleezza Rice, , United States; person Sergey Lavrov, , Russia"},
      {"2018-05-20|He works at the Clinton Foundation.", "not person Hillary Clinton, , United States"},
      {"2018-05-20|They stayed at Fort Campbell.", "not person Parnel Campbell, , Saint Vincent and the Grenadines"},
      {"2018-05-20|Estonian Ambassador Jaan Putin spoke. Putin left.", "not person Vladimir Putin, , Russia"},
      {"2018-05-20|Saudi Arabia agreed.", "state Saudi Arabia"},
  };
  CHECK(table);
}

static void things(void **state)
{
  (void)state;
  static const char *const table[][2] = {
      {"The Organization for Security and Cooperation in Europe (OSCE) met in Vienna.", "body OSCE; place Vienna"},
      {"Moscow hopes that the talks will go on.", "state Russia; not place Moscow"},
      {"The talks were held in Moscow.", "place Moscow; not state Russia"},
      {"The Russian Foreign Ministry announced it.", "body Russian Foreign Ministry"},
      {"Об этом сообщили в МИД РФ.", "body Russian Foreign Ministry"},
      {"Делегации России и Украины встретятся завтра.", "group Russian delegation; group Ukrainian delegation"},
      {"The Syrian government agreed.", "group Syrian government"},
      {"They met in the Kazakh capital.", "place Astana"},
      {"Они встретились в столице Казахстана.", "place Astana"},
      {"The Russian-Belarusian dialogue goes on.", "state Russia; state Belarus"},
      {"Российско-казахстанские отношения развиваются.", "state Russia; state Kazakhstan"},
  };
  CHECK(table);
}

static void bodies_and_groups(void **state)
{
  (void)state;
  static const char *const table[][2] = {
      {"The OSCE Secretary General will visit Baku.", "person* OSCE Secretary General"},
      {"The OSCE president arrived in Tashkent.", "person* OSCE Chairperson-in-Office"},
      {"The NATO chief will visit Kyiv.", "person* NATO Secretary General"},
      {"The European Commission president visited Astana.", "person* President of the European Commission"},
      {"Antonio Guterres arrived. The UN chief will meet the mayor.",
       "person Antonio Guterres, UN chief, UN; not person* UN Secretary-General"},
      {"Генсек НАТО приедет в Тбилиси.", "person* NATO Secretary General"},
      {"38 heads of state and government will attend the summit.", "group 38 heads of state and government"},
      {"The foreign ministers of the 56 OSCE participating States met in Almaty.",
       "group foreign ministers of the OSCE participating States"},
      {"NATO foreign ministers will meet in Antalya.", "group NATO foreign ministers"},
      {"The leaders of the five Caspian states met in Aktau.", "group leaders of the five Caspian states; not state Iran"},
      {"The Council of Heads of State met in Minsk.", "not group heads of state"},
      {"The two presidents met in Minsk.", "not group 2 presidents; not group presidents"},
      {"The foreign ministers of Russia and Turkey met.",
       "person* Minister of Foreign Affairs of Russia; person* Minister of Foreign Affairs of Turkey"},
      {"В саммите примут участие 38 глав государств и правительств.", "group 38 heads of state and government"},
      {"Главы МИД стран СНГ соберутся в Бишкеке.", "group foreign ministers of the CIS participating States"},
      {"Министры обороны ОДКБ встретились в Минске.", "group CSTO defense ministers"},
      {"Российские и украинские переговорщики встретились в Стамбуле.", "group Russian delegation; group Ukrainian delegation"},
  };
  CHECK(table);
}

/* Bytes of any kind are read and the report's invariants hold. */
static void hostile(void **state)
{
  (void)state;
  uint32_t seed = 7;
  for (int round = 0; round < 200; round++) {
    char text[600];
    static const char *const parts[] = {"Foreign ",
                                        "Minister ",
                                        "of ",
                                        "Russia",
                                        ", ",
                                        "and ",
                                        "Ivan ",
                                        "\xD0\x9C\xD0\x98\xD0\x94 ",
                                        "-",
                                        ". ",
                                        "de ",
                                        "'s ",
                                        "\xE2\x80\x94 ",
                                        "(",
                                        "counterpart ",
                                        "\n",
                                        "delegation ",
                                        "Moscow "};
    size_t n = 0;
    while (n < sizeof text - 40) {
      seed = seed * 1664525u + 1013904223u;
      const char *p = parts[(seed >> 16) % (sizeof parts / sizeof *parts)];
      memcpy(text + n, p, strlen(p));
      n += strlen(p);
    }
    text[n] = 0;
    ChBuf out = {0};
    entities(text, &out);
    ch_buf_free(&out);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(titles),         cmocka_unit_test(nominatives),       cmocka_unit_test(posts_alone), cmocka_unit_test(surnames),
      cmocka_unit_test(known_surnames), cmocka_unit_test(bodies_and_groups), cmocka_unit_test(things),      cmocka_unit_test(hostile),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
