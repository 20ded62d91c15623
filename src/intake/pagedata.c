#include "intake/pagedata.h"

#include <stdio.h>

#include "base/datafile.h"
#include "base/utf8.h"
#include "intake/page.h"
#include "model/languages.h"

/* ---- compiling ---- */

static void add_row(ChPackWriter *w, ChBuf *rows, ChSlice text, uint32_t what, uint32_t value)
{
  char low[256];
  size_t n = ch_utf8_lower(text, low, sizeof low);
  ChPageRow row = {ch_pack_writer_word(w, ch_slice(low, n)), (uint16_t)what, (uint16_t)value};
  ch_buf_add(rows, &row, sizeof row);
}

static void compile_classes(ChPackWriter *w, const char *data, ChError *err)
{
  enum { WHAT, NAMES };
  static const char *const columns[] = {"what", "names", NULL}, *const kinds[] = {"skip", "body", "date", "author"};
  char path[1024];
  snprintf(path, sizeof path, "%s/intake/classes.tsv", data);
  ChDataFile f;
  ChBuf rows = {0};
  ch_datafile_open(&f, path, "classes", 1, columns, err);
  while (ch_datafile_next(&f)) {
    uint32_t what = 0;
    for (uint32_t i = 0; i < 4; i++)
      what |= ch_slice_is(f.cell[WHAT], kinds[i]) ? 1u << i : 0;
    if (!what)
      ch_datafile_fault(&f, WHAT, "none of skip, body, date, author");
    for (ChSlice rest = f.cell[NAMES]; rest.p;) {
      ChSlice name = ch_slice_cut(&rest, ';');
      bool open = name.n && name.p[name.n - 1] == '*';
      if (name.n > (size_t)open)
        add_row(w, &rows, ch_slice(name.p, name.n - open), what, open);
    }
  }
  ch_datafile_close(&f);
  if (!ch_failed(err))
    ch_pack_writer_add(w, "page-classes", rows.p, sizeof(ChPageRow), rows.n / sizeof(ChPageRow));
  ch_buf_free(&rows);
}

static void compile_phrases(ChPackWriter *w, ChBuf *rows, const char *path, ChError *err)
{
  enum { WHAT, PHRASES };
  static const char *const columns[] = {"what", "phrases", NULL}, *const kinds[] = {"whole", "start", "section", "end", "byline"};
  ChDataFile f;
  ch_datafile_open(&f, path, "page", 1, columns, err);
  while (ch_datafile_next(&f)) {
    uint32_t what = CH_PHRASE_NONE;
    for (uint32_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
      what = ch_slice_is(f.cell[WHAT], kinds[i]) ? CH_PHRASE_WHOLE + i : what;
    if (what == CH_PHRASE_NONE)
      ch_datafile_fault(&f, WHAT, "none of whole, start, section, end, byline");
    for (ChSlice rest = f.cell[PHRASES]; rest.p;) {
      ChSlice phrase = ch_slice_cut(&rest, ';');
      if (phrase.n)
        add_row(w, rows, phrase, what, 0);
    }
  }
  ch_datafile_close(&f);
}

static void compile_months(ChPackWriter *w, ChBuf *rows, const char *path, ChError *err)
{
  enum { CLASS, WORDS, VALUE };
  static const char *const columns[] = {"class", "words", "value", NULL};
  ChDataFile f;
  ch_datafile_open(&f, path, "calendar", 1, columns, err);
  while (ch_datafile_next(&f)) {
    uint32_t month;
    if (!ch_slice_is(f.cell[CLASS], "MONTH") || !ch_slice_uint(f.cell[VALUE], 12, &month))
      continue;
    for (ChSlice rest = f.cell[WORDS]; rest.p;) {
      ChSlice word = ch_slice_cut(&rest, ';');
      while (word.n && (word.p[0] == '^' || word.p[0] == '~'))
        word = ch_slice(word.p + 1, word.n - 1);
      if (word.n && word.p[word.n - 1] != '.')
        add_row(w, rows, word, CH_PHRASE_MONTH, month);
    }
  }
  ch_datafile_close(&f);
}

void ch_page_compile(ChPackWriter *w, const char *data, ChError *err)
{
  compile_classes(w, data, err);
  ChBuf rows = {0};
  char path[1024];
  for (size_t i = 0, n = 1; i < n && !ch_failed(err); i++) {
    const ChLanguage *list = ch_languages_of_writer(w, &n); /* adding words may move it */
    if (!list || i >= n)
      break;
    ChSlice code = ch_pack_writer_text(w, list[i].code);
    char name[16];
    snprintf(name, sizeof name, "%.*s", CH_ARG(code));
    snprintf(path, sizeof path, "%s/language/%s/page.tsv", data, name);
    compile_phrases(w, &rows, path, err);
    snprintf(path, sizeof path, "%s/language/%s/calendar.tsv", data, name);
    compile_months(w, &rows, path, err);
  }
  if (!ch_failed(err))
    ch_pack_writer_add(w, "page-phrases", rows.p, sizeof(ChPageRow), rows.n / sizeof(ChPageRow));
  ch_buf_free(&rows);
}

/* ---- asking ---- */

void ch_page_rules(ChPageRules *rules, const ChPack *pack)
{
  *rules = (ChPageRules){.pack = pack};
  if (!pack)
    return;
  rules->classes = ch_pack_section(pack, "page-classes", sizeof(ChPageRow), &rules->n_classes);
  rules->phrases = ch_pack_section(pack, "page-phrases", sizeof(ChPageRow), &rules->n_phrases);
}

/* "articleBody jp-relatedposts" -> " article body jp relatedposts ": one blank before and after each word. */
static size_t split_names(const char *names, char *out, size_t cap)
{
  size_t n = 0;
  char last = 0;
  out[n++] = ' ';
  for (const char *p = names; *p && n + 3 < cap; last = *p++) {
    char c = *p;
    bool upper = c >= 'A' && c <= 'Z', letter = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if ((!letter || (upper && last >= 'a' && last <= 'z')) && out[n - 1] != ' ')
      out[n++] = ' ';
    if (letter)
      out[n++] = upper ? (char)(c | 32) : c;
  }
  if (out[n - 1] != ' ')
    out[n++] = ' ';
  return n;
}

uint32_t ch_page_hints(const ChPageRules *rules, const char *names)
{
  char words[256];
  if (!*names || !rules->n_classes)
    return 0;
  size_t n = split_names(names, words, sizeof words);
  uint32_t hints = 0;
  for (size_t i = 0; i < rules->n_classes; i++) {
    const ChPageRow *row = &rules->classes[i];
    ChSlice text = ch_pack_word(rules->pack, row->text);
    for (size_t at = 0; at + text.n + 2 <= n; at++) {
      if (words[at] != ' ' || words[at + 1] != text.p[0] || memcmp(words + at + 1, text.p, text.n) != 0)
        continue;
      if (row->value || words[at + 1 + text.n] == ' ')
        hints |= row->what;
    }
  }
  return hints;
}

static bool is_word(uint32_t cp) { return ch_cp_letter(cp) || ch_cp_digit(cp); }

ChPhrase ch_page_phrase(const ChPageRules *rules, ChSlice text, size_t *used)
{
  enum { HEAD = 96 };
  char low[HEAD + 8];
  *used = 0;
  if (!rules->n_phrases)
    return CH_PHRASE_NONE;
  size_t skip = 0, step, end = text.n;
  while (skip < text.n && !is_word(ch_utf8_decode(text.p + skip, text.n - skip, &step)))
    skip += step;
  while (end > skip && (unsigned char)text.p[end - 1] < 0x80 && !ch_cp_letter((unsigned char)text.p[end - 1]))
    end--; /* "Comments (12)" */
  ChSlice rest = ch_slice(text.p + skip, end - skip);
  size_t n = ch_utf8_lower(ch_slice(rest.p, rest.n < HEAD ? rest.n : HEAD), low, sizeof low);
  ChPhrase found = CH_PHRASE_NONE;
  size_t best = 0;
  for (size_t i = 0; i < rules->n_phrases; i++) {
    const ChPageRow *row = &rules->phrases[i];
    ChSlice z = ch_pack_word(rules->pack, row->text);
    if (row->what == CH_PHRASE_MONTH || z.n > n || z.n <= best || z.p[0] != low[0] || memcmp(low, z.p, z.n) != 0)
      continue;
    bool bound = z.n == n || !is_word(ch_utf8_decode(low + z.n, n - z.n, &step));
    bool whole = z.n == n && rest.n <= HEAD;
    if (bound && (whole || row->what == CH_PHRASE_START || row->what == CH_PHRASE_BYLINE)) {
      found = (ChPhrase)row->what;
      best = z.n;
      *used = skip + z.n; /* lower case of Latin and Cyrillic takes as many bytes */
    }
  }
  return found;
}

/* ---- days ---- */

typedef struct Piece {
  uint32_t number, digits, month;
  char before; /* ASCII sign right before it where nothing else stands between it and the piece before; else ' ' */
} Piece;

static bool real_day(uint32_t y, uint32_t m, uint32_t d) { return y >= 1900 && y < 2100 && m >= 1 && m <= 12 && d >= 1 && d <= 31; }

/* Do the last three pieces make a day? */
static bool three(const Piece *p, uint32_t *y, uint32_t *m, uint32_t *d)
{
  if (p[0].digits == 4 && p[1].before == '-' && p[2].before == '-' && p[2].digits == 2)
    *y = p[0].number, *m = p[1].number, *d = p[2].number;
  else if (p[2].digits != 4)
    return false;
  else if (p[1].month && p[0].digits && p[0].digits <= 2)
    *y = p[2].number, *m = p[1].month, *d = p[0].number;
  else if (p[0].month && p[1].digits && p[1].digits <= 2)
    *y = p[2].number, *m = p[0].month, *d = p[1].number;
  else if (p[0].digits && p[1].digits && p[1].before == '.' && p[2].before == '.')
    *y = p[2].number, *m = p[1].number, *d = p[0].number;
  else if (p[0].digits && p[1].digits && p[1].before == '/' && p[2].before == '/' && (p[0].number > 12 || p[1].number > 12))
    *y = p[2].number, *m = p[0].number > 12 ? p[1].number : p[0].number, *d = p[0].number > 12 ? p[0].number : p[1].number;
  else
    return false; /* 3/4/2020 is April in one country and March in another */
  return real_day(*y, *m, *d);
}

static uint32_t month_of(const ChPageRules *rules, ChSlice word)
{
  char low[64];
  if (word.n > 48)
    return 0;
  size_t n = ch_utf8_lower(word, low, sizeof low);
  for (size_t i = 0; i < rules->n_phrases; i++)
    if (rules->phrases[i].what == CH_PHRASE_MONTH && ch_slice_eq(ch_pack_word(rules->pack, rules->phrases[i].text), ch_slice(low, n)))
      return rules->phrases[i].value;
  return 0;
}

bool ch_page_day(const ChPageRules *rules, ChSlice text, char *day)
{
  Piece last[3] = {{0}};
  size_t at = 0, end = 0, step;
  while (at < text.n) {
    uint32_t cp = ch_utf8_decode(text.p + at, text.n - at, &step);
    if (!is_word(cp)) {
      at += step;
      continue;
    }
    size_t start = at;
    bool digits = cp >= '0' && cp <= '9';
    Piece now = {.before = start == end + 1 ? text.p[end] : ' '};
    while (at < text.n && is_word(cp = ch_utf8_decode(text.p + at, text.n - at, &step)) && (cp >= '0' && cp <= '9') == digits) {
      if (digits && now.digits++ < 8)
        now.number = now.number * 10 + (cp - '0');
      at += step;
    }
    if (!digits && start == end && last[2].digits)
      continue; /* "3rd" */
    if (!digits)
      now.month = month_of(rules, ch_slice(text.p + start, at - start));
    end = at;
    last[0] = last[1];
    last[1] = last[2];
    last[2] = now;
    uint32_t y, m, d;
    if (three(last, &y, &m, &d)) {
      snprintf(day, 11, "%04u-%02u-%02u", y % 10000, m % 100, d % 100);
      return true;
    }
  }
  return false;
}
