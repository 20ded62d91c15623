/* language: paragraphs, tokens, sentences, datelines, quotations, tags and lemmas, groups; a language from data alone. Tables read as
 * input ==> result. Run from the root of the project (the data are compiled from data/ and models/). */
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
#include "language/analyser.h"
#include "language/language.h"
#include "language/lexicon.h"
#include "model/languages.h"
#include "pack.h"

static ChPack *pack;

static ChPack *compile(const char *data, const char *models)
{
  ChError err = {0};
  ChPackWriter *w = ch_pack_writer_new();
  ch_languages_compile(w, data, &err);
  ch_language_compile(w, data, models, &err);
  ChPack *p = open_written(w, &err);
  assert_non_null(p);
  return p;
}

static int make_pack(void **state)
{
  (void)state;
  pack = compile("data", "models");
  return 0;
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
} Read;

static void read_with(Read *x, const ChPack *p, ChSlice text)
{
  ChError err = {0};
  ch_arena_init(&x->arena, (size_t)2 << 30);
  ch_report_init(&x->r, &x->arena, p, text);
  ch_language_stage(&x->r);
  if (!ch_report_check(&x->r, &err))
    fail_msg("%s", err.text);
}

static void read_text(Read *x, const char *text) { read_with(x, pack, ch_slice_z(text)); }
static void close_read(Read *x) { ch_arena_free(&x->arena); }

static void assert_text(ChBuf *got, const char *want, const char *in)
{
  ch_buf_char(got, '\0');
  if (strcmp(got->p, want) != 0)
    fail_msg("\"%s\"\n  got  %s\n  want %s", in, got->p, want);
  ch_buf_free(got);
}

static void add_tokens(const ChReport *r, uint32_t from, uint32_t n, const char *between, ChBuf *out)
{
  for (uint32_t i = from; i < from + n; i++) {
    ch_buf_text(out, i > from ? between : "");
    ch_buf_slice(out, ch_report_slice(r, r->tokens.at[i].span));
  }
}

static void tokens(void **state)
{
  static const struct {
    const char *in, *want;
  } table[] = {
      {"He met Kazakhstan's minister.", "He|met|Kazakhstan|'s|minister|."},
      {"They didn’t agree; the heads’ talks cannot go on.", "They|did|n’t|agree|;|the|heads|’|talks|can|not|go|on|."},
      {"on May 3-4 and 15–16 June", "on|May|3|-|4|and|15|–|16|June"},
      {"in 2025-2026, on 2021-04-08", "in|2025|-|2026|,|on|2021-04-08"},
      {"1,000 people, $1.5 billion, 79th session at 12:00", "1,000|people|,|$|1.5|billion|,|79th|session|at|12:00"},
      {"U.S. envoy, the U.S.-North Korean group, Washington, D.C.", "U.S.|envoy|,|the|U.S.|-|North|Korean|group|,|Washington|,|D.C."},
      {"J. Smith and S. de Mistura, Nov. 28", "J.|Smith|and|S.|de|Mistura|,|Nov.|28"},
      {"/TASS/ COP25 G20 C5+1 three-way Kassym-Jomart", "/|TASS|/|COP25|G20|C5+1|three-way|Kassym-Jomart"},
      {"see http://www.osce.org/ru/cio/116317, a@b.org.", "see|http://www.osce.org/ru/cio/116317|,|a@b.org|."},
      {"на 79-й сессии, 25-летняя, 50 тыс. тонн, 2007 г.", "на|79-й|сессии|,|25-летняя|,|50|тыс.|тонн|,|2007|г.|"},
      {"С.В.Лавров и А. Иванов, т.е. министр-президент, № 5", "С.|В.|Лавров|и|А.|Иванов|,|т.е.|министр-президент|,|№|5"},
      {"им. Пушкина, Алма-Ата — Нур-Султан «Мир»", "им.|Пушкина|,|Алма-Ата|—|Нур-Султан|«|Мир|»"},
      {"СЕУЛ/МОСКВА... 10%", "СЕУЛ|/|МОСКВА|...|10|%"},
      {"послы и т. д., т. е. все", "послы|и|т.|д.|,|т.|е.|все"},
      {"a bank, i. e. ours", "a|bank|,|i.|e.|ours"},
      {"&quot;Мир&#39;&#39; R&D; AT&T", "&quot;|Мир|&#39;&#39;|R&D|;|AT&T"},
      {"Thanks :-) (see: that) call 202-555-0143 #summit $$$ ?!..", "Thanks|:-)|(|see|:|that|)|call|202-555-0143|#summit|$$$|?!.."},
      {"We dont know, it came at 10am", "We|do|nt|know|,|it|came|at|10am"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    Read x;
    ChBuf out = {0};
    read_text(&x, table[i].in);
    add_tokens(&x.r, 0, (uint32_t)x.r.tokens.n, "|", &out);
    const char *want = table[i].want;
    char copy[400];
    snprintf(copy, sizeof copy, "%s", want);
    size_t n = strlen(copy);
    if (n && copy[n - 1] == '|')
      copy[n - 1] = '\0';
    assert_text(&out, copy, table[i].in);
    close_read(&x);
  }
}

/* For a treebank words are cut at hyphens, units off numbers, the last stop off an abbreviation; and what was one word stays known. */
static void treebank_tokens(void **state)
{
  static const struct {
    const char *in, *want;
  } table[] = {
      {"a third-party e-mail, re-elected in mid-1970s", "a|third|-|party|e-mail|,|re-elected|in|mid-1970s"},
      {"a 15-year-old at 10am, 3rd of the 1990s, 50mm", "a|15|-|year|-|old|at|10|am|,|3rd|of|the|1990s|,|50|mm"},
      {"Smith can't go, etc.", "Smith|ca+n't|go|,|etc|."},
      {"Ford's U.S.-built cars, Inc. reports", "Ford+'s|U.S.|-|built|cars|,|Inc.|reports"},
      {"министр-президент, 25-летняя", "министр-президент|,|25-летняя"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    Read x;
    ChBuf out = {0};
    ch_arena_init(&x.arena, (size_t)2 << 30);
    ch_report_init(&x.r, &x.arena, pack, ch_slice_z(table[i].in));
    x.r.treebank = true;
    ch_language_stage(&x.r);
    for (uint32_t k = 0; k < x.r.tokens.n; k++) {
      ch_buf_text(&out, k == 0 ? "" : x.r.tokens.at[k].flags & CH_TOKEN_JOINED ? "+" : "|");
      ch_buf_slice(&out, ch_report_slice(&x.r, x.r.tokens.at[k].span));
    }
    assert_text(&out, table[i].want, table[i].in);
    close_read(&x);
  }
}

/* Given tokens stay as they are, odd ones too; paragraphs and sentences with them. */
static void given_tokens(void **state)
{
  static const char text[] = "He can not\ngo. Мир 1 000";
  static const ChGivenToken given[] = {
      {{0, 2}, true, true}, {{3, 10}, false, false}, {{11, 14}, true, true}, {{15, 21}, true, false}, {{22, 27}, false, false},
  };
  (void)state;
  Read x;
  ChBuf out = {0};
  ChError err = {0};
  ch_arena_init(&x.arena, (size_t)2 << 30);
  ch_report_init(&x.r, &x.arena, pack, ch_slice_z(text));
  x.r.given = given;
  x.r.n_given = sizeof given / sizeof *given;
  ch_language_stage(&x.r);
  if (!ch_report_check(&x.r, &err))
    fail_msg("%s", err.text);
  assert_int_equal(x.r.paragraphs.n, 2);
  assert_int_equal(x.r.sentences.n, 3);
  add_tokens(&x.r, 0, (uint32_t)x.r.tokens.n, "|", &out);
  assert_text(&out, "He|can not|go.|Мир|1 000", text);
  close_read(&x);
}

/* Lemmas get the form's capitals and letters back. */
static void conllu_lines(void **state)
{
  static const struct {
    const char *in, *want;
  } table[] = {
      {"I saw the NATO envoys in Paris", "I|see|the|NATO|envoy|in|Paris"},
      {"THE NATO SUMMIT", "the|nato|summit"},
      {"Ещё в Алма-Ате", "ещё|в|Алма-Ата"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    Read x;
    ChBuf out = {0};
    read_text(&x, table[i].in);
    for (uint32_t k = 0; k < x.r.tokens.n; k++) {
      ch_buf_text(&out, k ? "|" : "");
      ch_language_lemma(&x.r, k, &out);
    }
    if (i == 1) /* what a line in capitals says of names is the tagger's affair */
      for (size_t k = 0; k < out.n; k++)
        out.p[k] = (char)(out.p[k] >= 'A' && out.p[k] <= 'Z' ? out.p[k] + 32 : out.p[k]);
    assert_text(&out, table[i].want, table[i].in);
    close_read(&x);
  }
}

static void sentences(void **state)
{
  static const struct {
    const char *in, *want;
  } table[] = {
      {"He came. He left.", "He came. ## He left."},
      {"He met U.S. Secretary Kerry in Washington D.C. on Friday.", "He met U.S. Secretary Kerry in Washington D.C. on Friday."},
      {"They went to the U.S. The visit was long.", "They went to the U.S. ## The visit was long."},
      {"It opens at 1 p.m. on Thursday, Nov. 28. He will come.", "It opens at 1 p.m. on Thursday, Nov. 28. ## He will come."},
      {"\"We will meet. It is agreed,\" he said.", "\"We will meet. ## It is agreed,\" he said."},
      {"\"We will meet.\" He left.", "\"We will meet.\" ## He left."},
      {"Саммит прошел в 2007 г. в Астане. Лидеры уехали.", "Саммит прошел в 2007 г. в Астане. ## Лидеры уехали."},
      {"«Мы встретимся», — сказал он. Потом уехал.", "«Мы встретимся», — сказал он. ## Потом уехал."},
      {"«Когда?» — спросил он.", "«Когда?» — спросил он."},
      {"Это было в 8 г. до н. э. Он уехал.", "Это было в 8 г. до н. э. ## Он уехал."},
      {"He wrote \"Why not...\" (1992) and left.", "He wrote \"Why not...\" (1992) and left."},
      {"It ended in 2015.[6] The next began.", "It ended in 2015.[6] ## The next began."},
      {"he came home. nobody was there. we left", "he came home. ## nobody was there. ## we left"},
      {"He has approx. five. then he left.", "He has approx. five. then he left."},
      {"He came home :) They left.", "He came home :) ## They left."},
      {"Born c. 1871 in Paris.", "Born c. 1871 in Paris."},
      {"Сделать это попросил С. де Мистура. Он уехал.", "Сделать это попросил С. де Мистура. ## Он уехал."},
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    Read x;
    ChBuf out = {0};
    read_text(&x, table[i].in);
    for (size_t s = 0; s < x.r.sentences.n; s++) {
      ch_buf_text(&out, s ? " ## " : "");
      ch_buf_slice(&out, ch_report_slice(&x.r, x.r.sentences.at[s].span));
    }
    assert_text(&out, table[i].want, table[i].in);
    close_read(&x);
  }
}

static void datelines(void **state)
{
  static const struct {
    const char *in, *want; /* want: the dateline, tokens with blanks */
  } table[] = {
      {"MOSCOW, June 8. /TASS/. Russian Foreign Minister Sergey Lavrov will hold talks in Moscow on Thursday.", "MOSCOW , June 8 . / TASS / ."},
      {"MOSCOW, August 14 (Itar-Tass) — Russian Foreign Minister Sergei Lavrov will leave for Minsk.", "MOSCOW , August 14 ( Itar-Tass ) —"},
      {"АСТАНА. КАЗИНФОРМ – Министерство иностранных дел разослало приглашения.", "АСТАНА . КАЗИНФОРМ –"},
      {"МАДРИД, 1 ноя - РИА Новости. Конференция пройдет в Мадриде в декабре.", "МАДРИД , 1 ноя - РИА Новости ."},
      {"KATOWICE, Poland, Dec 14 (Reuters) - Chile will host the conference next year.", "KATOWICE , Poland , Dec 14 ( Reuters ) -"},
      {"Астана. 15 февраля. ИНТЕРФАКС – Начало встречи перенесено на четверг.", "Астана . 15 февраля . ИНТЕРФАКС –"},
      {"Бишкек. 11 марта. Президент Эмомали Рахмон 12–13 марта посетит Бишкек.", "Бишкек . 11 марта ."},
      {"DUSHANBE, Asia-Plus – The heads of the committees met in the capital on Monday.", "DUSHANBE , Asia-Plus –"},
      {"MADRID, Dec. 15 (Xinhua) -- The conference came to a close on Sunday in Madrid.", "MADRID , Dec. 15 ( Xinhua ) --"},
      {"Бишкек, 01.04.25. /Кабар/. Завершилась рабочая поездка президента в Худжанд.", "Бишкек , 01.04.25 . / Кабар / ."},
      {"Астана, 3 июля 2017 года – Пятая встреча состоится в Астане на этой неделе.", "Астана , 3 июля 2017 года –"},
      {"АСТАНА, 4 августа — Новости-Казахстан. Саммит ОБСЕ пройдет в Астане в декабре.", "АСТАНА , 4 августа — Новости-Казахстан ."},
      {"On August 9, 2019, Foreign Minister Wang Yi held talks in Beijing with his colleague.", ""},
      {"Trump and Putin met. The talks were held in Helsinki on Monday last week.", ""},
      {"Встреча прошла в Москве. Стороны обсудили широкий круг вопросов повестки дня.", ""},
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    Read x;
    ChBuf out = {0};
    read_text(&x, table[i].in);
    assert_true(x.r.sentences.n > 0);
    add_tokens(&x.r, 0, x.r.sentences.at[0].dateline, " ", &out);
    assert_text(&out, table[i].want, table[i].in);
    close_read(&x);
  }
}

static void roles(void **state)
{
  static const char *const letter = "btHMC"; /* body, title, heading, meta, caption */
  static const struct {
    const char *in, *want;
  } table[] = {
      {"All news\n\nLavrov to depart for Belarus on visit\n\nThe programme is planned for August 15\n\nRussian Foreign Minister Sergei Lavrov on "
       "Tuesday will leave for Minsk on a visit.\n\nKey issues\n\nThe ministers will discuss trade and security.\n", "MttbHb"},
      {"Фото: Агентство\n\nГлава МИД обсудит подготовку визита\n\nМинистр иностранных дел в четверг обсудит подготовку к визиту президента в республику.\n", "Mtb"},
      {"17.09.2007 15:42 ИТАР-ТАСС\n\nНовый этап переговоров перенесен\n\nПленарное заседание шестисторонних переговоров, намечавшееся на среду, не состоится.\n", "Mtb"},
      {"U.S. Department of State\nMedia Note\nOctober 3, 2007\n\nSix Parties Adopt Plan\n\nThe United States welcomes the document that the parties adopted today in Beijing.\n", "MMMtb"},
      {"date 2021-04-08 Kazakh Minister on talks with Russian counterpart\n\nThe Deputy Prime Minister summarized the outcomes of the talks on Thursday.\n", "Mtb"},
      {"Президент поделился мнением о статусе\nАлександр Вучич\nВ интервью изданию президент пояснил, почему его страна не может признать полуостров.\n", "tCb"},
      {"The summit was held in Istanbul in 1999 and closed on Friday.", "b"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    Read x;
    ChBuf out = {0};
    read_text(&x, table[i].in);
    for (size_t p = 0; p < x.r.paragraphs.n; p++)
      ch_buf_char(&out, letter[x.r.paragraphs.at[p].role]);
    assert_text(&out, table[i].want, table[i].in);
    close_read(&x);
  }
}

static void speech(void **state)
{
  static const struct {
    const char *in, *want; /* want: the words in speech */
  } table[] = {
      {"\"We will meet in May,\" he said.", "We will meet in May ,"},
      {"Он встретится на саммите «Большой двадцатки» в Аргентине.", ""},
      {"По его словам, «растёт товарооборот: он вырос на треть».", "растёт товарооборот : он вырос на треть"},
      {"The \"Moscow group,\" he said, is small.", ""},
      {"“The talks were held. They were long.", "The talks were held . They were long ."},
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    Read x;
    ChBuf out = {0};
    read_text(&x, table[i].in);
    for (size_t k = 0; k < x.r.tokens.n; k++)
      if (x.r.tokens.at[k].flags & CH_TOKEN_IN_QUOTE) {
        ch_buf_text(&out, out.n ? " " : "");
        ch_buf_slice(&out, ch_report_slice(&x.r, x.r.tokens.at[k].span));
      }
    assert_text(&out, table[i].want, table[i].in);
    close_read(&x);
  }
}

/* The token of a word; the first with this form. */
static const ChToken *find(const ChReport *r, const char *word)
{
  for (size_t i = 0; i < r->tokens.n; i++)
    if (ch_slice_is(ch_report_slice(r, r->tokens.at[i].span), word))
      return &r->tokens.at[i];
  return NULL;
}

static void lemmas(void **state)
{
  static const struct {
    const char *in, *word, *lemma, *morph; /* morph: what the tag must hold, separated by '|' */
  } table[] = {
      {"The ministers met in Minsk and held talks.", "met", "meet", "VERB|Tense=Past|VerbForm=Fin"},
      {"The ministers met in Minsk and held talks.", "held", "hold", "VERB|Tense=Past"},
      {"The ministers met in Minsk and held talks.", "talks", "talk", "NOUN|Number=Plur"},
      {"The president visited Kazakhstan last week.", "visited", "visit", "VERB|Tense=Past|VerbForm=Fin"},
      {"Lavrov will meet his counterpart.", "meet", "meet", "VERB|VerbForm=Inf"},
      {"The treaty was signed by both ministers.", "signed", "sign", "VERB|VerbForm=Part|Voice=Pass"},
      {"Министры встретились в Минске.", "встретились", "встретиться", "VERB|Tense=Past|VerbForm=Fin|Aspect=Perf"},
      {"Президент встретится с министром.", "встретится", "встретиться", "VERB|Tense=Fut|Aspect=Perf"},
      {"Президент встретится с министром.", "министром", "министр", "NOUN|Case=Ins"},
      {"Он провёл переговоры с министрами.", "провёл", "провести", "VERB|Tense=Past"},
      {"Он провёл переговоры с министрами.", "переговоры", "переговоры", "NOUN|Case=Acc"},
      {"Лавров прибыл в Астану.", "прибыл", "прибыть", "VERB|Tense=Past"},
      {"Саммит, прошедший в Москве, завершился.", "прошедший", "пройти", "VERB|VerbForm=Part"},
      {"Встреча будет проведена в мае.", "будет", "быть", "AUX|Tense=Fut"},
      {"Делегация министров уехала.", "министров", "министр", "NOUN|Case=Gen|Number=Plur"},
      {"Переговоры с Марией Захаровой прошли в Москве.", "Захаровой", "захарова", "PROPN|Case=Ins"},
      {"Он встретился с президентом Токаевым в Астане.", "Токаевым", "токаев", "PROPN|Case=Ins"},
      {"Спецпосланника ждут в Женеве.", "Спецпосланника", "спецпосланник", "NOUN"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    Read x;
    char morph[200];
    read_text(&x, table[i].in);
    const ChToken *t = find(&x.r, table[i].word);
    assert_non_null(t);
    ch_morph_format(&t->morph, morph, sizeof morph);
    ChSlice lemma = ch_report_word(&x.r, t->lemma), rest = ch_slice_z(table[i].morph);
    if (!ch_slice_is(lemma, table[i].lemma))
      fail_msg("%s: lemma %.*s, want %s (%s)", table[i].word, CH_ARG(lemma), table[i].lemma, morph);
    while (rest.p) {
      ChSlice part = ch_slice_cut(&rest, '|');
      if (ch_slice_find(ch_slice_z(morph), part) == SIZE_MAX)
        fail_msg("%s: %s lacks %.*s", table[i].word, morph, CH_ARG(part));
    }
    close_read(&x);
  }
}

static void trees(void **state)
{
  static const struct {
    const char *in, *word, *governor, *rel; /* governor "" = root */
  } table[] = {
      {"The minister met his counterpart in Moscow on Tuesday.", "met", "", "root"},
      {"The minister met his counterpart in Moscow on Tuesday.", "minister", "met", "nsubj"},
      {"The minister met his counterpart in Moscow on Tuesday.", "counterpart", "met", "obj"},
      {"The minister met his counterpart in Moscow on Tuesday.", "Moscow", "met", "obl"},
      {"The agreement was signed by the presidents.", "agreement", "signed", "nsubj:pass"},
      {"The agreement was signed by the presidents.", "presidents", "signed", "obl:agent"},
      {"Министр встретился с коллегой в Москве.", "Министр", "встретился", "nsubj"},
      {"Министр встретился с коллегой в Москве.", "коллегой", "встретился", "obl"},
      {"Соглашение подписано президентами двух стран.", "стран", "президентами", "nmod"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    Read x;
    read_text(&x, table[i].in);
    const ChToken *t = find(&x.r, table[i].word);
    assert_non_null(t);
    ChSlice governor = t->head == CH_NONE ? CH_LIT("") : ch_report_word(&x.r, x.r.tokens.at[t->head].form);
    if (!ch_slice_is(governor, table[i].governor) || strcmp(ch_rel_name(t->rel), table[i].rel) != 0)
      fail_msg("%s: %s under %.*s as %s", table[i].in, table[i].word, CH_ARG(governor), ch_rel_name(t->rel));
    close_read(&x);
  }
}

static void groups(void **state)
{
  static const struct {
    const char *in, *want;
  } table[] = {
      {"The foreign ministers will not meet in the Kazakh capital.", "[The foreign ministers*] {will not meet*} in<[the Kazakh capital*]"},
      {"Президент России посетит столицу соседней страны.", "[Президент*] [России*] {посетит*} [столицу*] [соседней страны*]"},
      {"Он не поедет в Москву.", "[Он*] {не поедет*} в<[Москву*]"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    Read x;
    ChBuf out = {0};
    read_text(&x, table[i].in);
    for (size_t g = 0; g < x.r.groups.n; g++) {
      const ChGroup *k = &x.r.groups.at[g];
      ch_buf_text(&out, g ? " " : "");
      if (k->prep != CH_NONE) {
        ch_buf_slice(&out, ch_report_slice(&x.r, x.r.tokens.at[k->prep].span));
        ch_buf_char(&out, '<');
      }
      ch_buf_char(&out, k->type == CH_GROUP_NOUN ? '[' : '{');
      for (uint32_t t = k->token; t < k->token + k->tokens; t++) {
        ch_buf_text(&out, t > k->token ? " " : "");
        ch_buf_slice(&out, ch_report_slice(&x.r, x.r.tokens.at[t].span));
        ch_buf_text(&out, t == k->head ? "*" : "");
      }
      ch_buf_char(&out, k->type == CH_GROUP_NOUN ? ']' : '}');
    }
    assert_text(&out, table[i].want, table[i].in);
    close_read(&x);
  }
}

static void language_of_each_paragraph(void **state)
{
  (void)state;
  Read x;
  read_text(&x, "The ministers held talks in Moscow on Tuesday, the ministry said.\n\nМинистры провели переговоры в Москве, сообщили в министерстве.\n\nIn Moscow.\n");
  assert_int_equal(x.r.paragraphs.n, 3);
  assert_true(ch_slice_is(x.r.lang, "en"));
  assert_int_equal(x.r.paragraphs.at[0].lang, x.r.paragraphs.at[2].lang);
  assert_int_not_equal(x.r.paragraphs.at[0].lang, x.r.paragraphs.at[1].lang);
  close_read(&x);
}

/* ---- a language from data alone ---- */

static void put(const char *folder, const char *name, const char *text)
{
  char path[256];
  ChError err = {0};
  snprintf(path, sizeof path, "%s/%s", folder, name);
  ch_file_write(path, ch_slice_z(text), &err);
  assert_int_equal(err.status, CH_OK);
}

static void invented_language(void **state)
{
  (void)state;
  char root[] = "/tmp/test_language.XXXXXX", folder[128];
  assert_non_null(mkdtemp(root));
  snprintf(folder, sizeof folder, "%s/language", root);
  mkdir(folder, 0700);
  snprintf(folder, sizeof folder, "%s/language/qq", root);
  mkdir(folder, 0700);
  put(folder, "language.tsv", "#! language 1\n#: key\tvalue\ncode\tqq\nname\tInvented\nscript\tlatin\n");
  put(folder, "fold.tsv", "#! fold 1\n#: kind\tfrom\tto\tkeep\nending\tun\t\t2\n");
  put(folder, "words.tsv", "#! words 1\n#: class\tform\tmore\nfrequent\tzo\nmonth\tblort\nnegation\tnix\n");
  put(folder, "lexicon.tsv", "#! lexicon 1\n#: form\tlemma\tpos\tfeats\nvaku\tvakar\tVERB\tMood=Ind|Tense=Past|VerbForm=Fin\n");
  put(folder, "endings.tsv", "#! endings 1\n#: ending\tlemma\tpos\tfeats\tproper\nun\t\tNOUN\tCase=Acc|Number=Sing\t\n*\t\tNOUN\tNumber=Sing\t\n*\t\tPROPN\tNumber=Sing\tyes\n");
  ChPack *p = compile(root, NULL);
  Read x;
  read_with(&x, p, CH_LIT("ZIMBU, 3 Blort. /QQ/. Zo Mirka vaku ministun zo Rabel."));
  assert_int_equal(x.r.sentences.n, 1);
  assert_int_equal(x.r.sentences.at[0].dateline, 9);
  assert_true(ch_report_word_is(&x.r, find(&x.r, "vaku")->lemma, "vakar"));
  assert_true(ch_report_word_is(&x.r, find(&x.r, "ministun")->lemma, "minist"));
  assert_int_equal(find(&x.r, "ministun")->morph.kase, CH_CASE_ACC);
  assert_int_equal(find(&x.r, "Rabel")->morph.pos, CH_POS_PROPN);
  close_read(&x);
  ch_pack_close(p);
  static const char *const files[] = {"language.tsv", "fold.tsv", "words.tsv", "lexicon.tsv", "endings.tsv"};
  char path[256];
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    snprintf(path, sizeof path, "%s/%s", folder, files[i]);
    unlink(path);
  }
  rmdir(folder);
  snprintf(folder, sizeof folder, "%s/language", root);
  rmdir(folder);
  rmdir(root);
}

/* ---- hostile texts: the stage ends, and its output is sound ---- */

static void hostile_texts(void **state)
{
  static const char *const units[] = {"a ", ".", "\"", "\"a ", "A. ", "1-", "a'", "U.S.", "(", " /", "\xD0\xB9", "\n", "a\n", "date 2021-04-08 ", "\xFF", "http://a"};
  enum { SIZE = 50000 };
  (void)state;
  char *text = malloc(SIZE + 32);
  assert_non_null(text);
  for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
    size_t n = strlen(units[u]), k = 0;
    while (k + n <= SIZE) {
      memcpy(text + k, units[u], n);
      k += n;
    }
    Read x;
    read_with(&x, pack, ch_slice(text, k));
    close_read(&x);
  }
  Read x;
  read_text(&x, "");
  assert_int_equal(x.r.tokens.n, 0);
  assert_int_equal(x.r.diags.n, 1);
  close_read(&x);
  free(text);
}

static void damaged_models_are_refused(void **state)
{
  (void)state;
  char root[] = "/tmp/test_language.XXXXXX", path[128];
  ChError err = {0};
  assert_non_null(mkdtemp(root));
  put(root, "en.analyser", "CHANALYSxxxxxxxxxxxxxxxxxxxxxxxxxx");
  ChPackWriter *w = ch_pack_writer_new();
  ch_languages_compile(w, "data", &err);
  ch_language_compile(w, "data", root, &err);
  assert_int_equal(err.status, CH_ERR_FORMAT);
  ch_pack_writer_free(w);
  snprintf(path, sizeof path, "%s/en.analyser", root);
  unlink(path);
  rmdir(root);
}

/* A file of three words with clusters of one or two kinds; `damage`: which byte is changed, and to what. */
static ChStatus compile_clusters(uint32_t kinds, ptrdiff_t damage, char to, ChPackWriter *w)
{
  enum { WORDS = 3, CLUSTERS = 3 };
  char root[] = "/tmp/test_language.XXXXXX", path[128], bytes[20 + WORDS * 4 + CLUSTERS * 4 + WORDS * 2 * 2];
  struct {
    uint32_t hash;
    uint16_t of[2];
  } rows[WORDS] = {{(uint32_t)(ch_slice_hash(CH_LIT("Kabul")) >> 32), {1, 2}},
                   {(uint32_t)(ch_slice_hash(CH_LIT("kabul")) >> 32), {0, 2}},
                   {(uint32_t)(ch_slice_hash(CH_LIT("walks")) >> 32), {0, CH_CLUSTER_NONE}}};
  const uint32_t sizes[3] = {kinds, WORDS, CLUSTERS};
  const uint16_t parents[CLUSTERS][2] = {{5, 6}, {7, 8}, {9, 10}};
  size_t per_word = kinds * sizeof(uint16_t);
  for (size_t pass = 0; pass < 2; pass++)
    for (size_t i = 0; i + 1 < WORDS; i++)
      if (rows[i].hash > rows[i + 1].hash) {
        uint32_t hash = rows[i].hash;
        uint16_t of[2] = {rows[i].of[0], rows[i].of[1]};
        rows[i] = rows[i + 1];
        rows[i + 1].hash = hash, rows[i + 1].of[0] = of[0], rows[i + 1].of[1] = of[1];
      }
  memcpy(bytes, "CHCLUSTR", 8);
  memcpy(bytes + 8, sizes, sizeof sizes);
  memcpy(bytes + 32, parents, sizeof parents);
  for (size_t i = 0; i < WORDS; i++) {
    memcpy(bytes + 20 + 4 * i, &rows[i].hash, 4);
    memcpy(bytes + 44 + per_word * i, rows[i].of, per_word);
  }
  if (damage >= 0)
    bytes[damage] = to;
  ChError err = {0};
  assert_non_null(mkdtemp(root));
  snprintf(path, sizeof path, "%s/en.clusters", root);
  ch_file_write(path, ch_slice(bytes, 44 + WORDS * per_word), &err);
  assert_int_equal(err.status, CH_OK);
  ch_clusters_compile(w, CH_LIT("en"), root, &err);
  unlink(path);
  rmdir(root);
  return err.status;
}

static void damaged_clusters(void **state)
{
  (void)state;
  static const struct {
    ptrdiff_t at;
    char to;
  } damages[] = {{0, 'X'}, {8, 0}, {8, 2}, {8, 3}, {12, 2}, {12, 4}, {16, 1}, {16, 4}, {23, (char)0xFF}, {44, 3}};
  for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
    ChPackWriter *w = ch_pack_writer_new();
    assert_int_equal(compile_clusters(1, damages[i].at, damages[i].to, w), CH_ERR_FORMAT);
    ch_pack_writer_free(w);
  }
}

static void clusters(void **state)
{
  (void)state;
  for (uint32_t kinds = 1; kinds <= 2; kinds++) {
    ChPackWriter *w = ch_pack_writer_new();
    ChError err = {0};
    assert_int_equal(compile_clusters(kinds, -1, 0, w), CH_OK);
    ChPack *p = open_written(w, &err);
    ChClusters c = ch_clusters_of(p, CH_LIT("en"));
    uint16_t got[CH_CLUSTER_LEVELS];
    assert_true(ch_clusters_find(&c, CH_LIT("Kabul"), CH_LIT("kabul"), got)); /* as written before folded */
    const uint16_t kabul[2][CH_CLUSTER_LEVELS] = {{2, 8, 9}, {2, 8, 9, 3, 10, 11}};
    assert_memory_equal(got, kabul[kinds - 1], sizeof got);
    assert_true(ch_clusters_find(&c, CH_LIT("Walks"), CH_LIT("walks"), got)); /* of one kind only */
    assert_memory_equal(got, ((uint16_t[CH_CLUSTER_LEVELS]){1, 6, 7}), sizeof got);
    assert_false(ch_clusters_find(&c, CH_LIT("Talks"), CH_LIT("talks"), got));
    c = ch_clusters_of(p, CH_LIT("ru")); /* a language without */
    assert_false(ch_clusters_find(&c, CH_LIT("Kabul"), CH_LIT("kabul"), got));
    ch_pack_close(p);
  }
}

static void scratch_is_small(void **state)
{
  (void)state;
  for (uint32_t l = 0; l < 2; l++) {
    ChAnalyser a = ch_analyser_of(pack, ch_language_code(pack, l));
    assert_non_null(a.head);
    assert_in_range(ch_analyser_scratch(a.head, CH_SENTENCE_MOST), 1 << 20, 4000000);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tokens),          cmocka_unit_test(treebank_tokens), cmocka_unit_test(given_tokens),
      cmocka_unit_test(conllu_lines),    cmocka_unit_test(sentences), cmocka_unit_test(datelines),
      cmocka_unit_test(roles),           cmocka_unit_test(speech),    cmocka_unit_test(lemmas),
      cmocka_unit_test(trees),
      cmocka_unit_test(groups),          cmocka_unit_test(language_of_each_paragraph), cmocka_unit_test(invented_language),
      cmocka_unit_test(hostile_texts),   cmocka_unit_test(damaged_models_are_refused),
      cmocka_unit_test(clusters),
      cmocka_unit_test(damaged_clusters), cmocka_unit_test(scratch_is_small),
  };
  return cmocka_run_group_tests(tests, make_pack, drop_pack);
}
