/* Paragraphs: lines with their roles and languages. Everything here looks at the outside of lines (length, last mark, capitals, words of
 * data/language/CODE/words.tsv); what the words mean comes later. */
#include "base/utf8.h"
#include "language/internal.h"

uint32_t ch_text_at(ChSlice s, size_t at, size_t *used)
{
  size_t k = 1;
  uint32_t cp = at < s.n ? ch_utf8_decode(s.p + at, s.n - at, &k) : 0;
  if (used)
    *used = k;
  return cp;
}

/* Any quotation mark. */
static bool is_quote(uint32_t cp)
{
  return cp == '"' || cp == 0xAB || cp == 0xBB || (cp >= 0x2018 && cp <= 0x201F) || cp == 0x2039 || cp == 0x203A;
}

bool ch_text_dash(uint32_t cp) { return cp == '-' || (cp >= 0x2012 && cp <= 0x2015) || cp == 0x2212; }

/* What a line looks like. */
typedef struct Line {
  ChSpan span;
  uint32_t words, capitals, numbers, dates, frequent; /* words by kind; dates: months and other date words */
  uint32_t all_caps;
  uint8_t lang, role;
  bool stop;   /* ends like a sentence */
  bool colon;  /* ends with another mark that shows that text goes on */
  bool breaks; /* a full stop inside, before a blank and a capital */
  bool meta, date_only;
  bool lower;  /* starts with a small letter */
} Line;

typedef struct Lines {
  ChWork *w;
  CH_VEC(Line) at;
  uint8_t main;
} Lines;

/* The next blank-separated word of s from *at, without punctuation at its ends; false at the end. */
static bool next_word(ChSlice s, size_t *at, ChSlice *word)
{
  size_t used, i = *at;
  while (i < s.n && ch_cp_space(ch_text_at(s, i, &used)))
    i += used;
  size_t start = i, end = i;
  bool begun = false;
  while (i < s.n) {
    uint32_t cp = ch_text_at(s, i, &used);
    if (ch_cp_space(cp))
      break;
    i += used;
    if (ch_cp_letter(cp) || ch_cp_digit(cp)) {
      if (!begun)
        start = i - used;
      begun = true;
      end = i;
    }
  }
  *at = i;
  *word = begun ? ch_slice(s.p + start, end - start) : ch_slice(s.p + i, 0);
  return start < s.n && i > 0 && (begun || i < s.n || start < i);
}

/* ---- language ---- */

enum { LOOK_WORDS = 60 }; /* words of a line that its language is told by */

typedef struct Votes {
  uint32_t hits[CH_LANGUAGES_MAX], letters[CH_LANGUAGES_MAX];
} Votes;

/* The votes of one line, small. */
typedef struct LineVote {
  uint16_t hits, letters;
} LineVote;

static void count_votes(const ChWork *w, ChSlice line, Votes *v)
{
  uint32_t scripts[16] = {0}, words = 0;
  ChSlice word;
  for (size_t at = 0; words < LOOK_WORDS && next_word(line, &at, &word); words++) {
    if (!word.n || word.n > 64)
      continue;
    uint32_t script = ch_cp_script(ch_text_at(word, 0, NULL));
    scripts[script & 15] += (uint32_t)word.n;
    for (size_t l = 0; l < w->languages; l++)
      if (w->cues[l].script == script && (ch_cues_of_form(&w->cues[l], word) & CH_WORD_CUE_FREQUENT))
        v->hits[l]++;
  }
  for (size_t l = 0; l < w->languages; l++)
    v->letters[l] += scripts[w->cues[l].script & 15];
}

static uint8_t best_language(const ChWork *w, const Votes *v)
{
  uint8_t best = 0;
  for (uint8_t l = 1; l < w->languages; l++)
    if (v->letters[l] > v->letters[best] * 2 || (v->letters[l] * 2 >= v->letters[best] && v->hits[l] > v->hits[best]))
      best = l;
  return best;
}

/* Does the head of the line have letters of a script? */
static bool has_letters(ChSlice s)
{
  enum { LOOK = 200 };
  for (size_t i = 0, used; i < s.n && i < LOOK; i += used)
    if (ch_cp_script(ch_text_at(s, i, &used)))
      return true;
  return false;
}

static void set_languages(Lines *ls)
{
  ChWork *w = ls->w;
  ChReport *r = w->r;
  Votes all = {0};
  LineVote *each = ch_arena_array(r->arena, ls->at.n * w->languages, sizeof *each);
  for (size_t i = 0; i < ls->at.n; i++) {
    Votes v = {0};
    count_votes(w, ch_report_slice(r, ls->at.at[i].span), &v);
    for (size_t l = 0; l < w->languages; l++) {
      all.hits[l] += v.hits[l];
      all.letters[l] += v.letters[l];
      each[i * w->languages + l] = (LineVote){(uint16_t)v.hits[l], (uint16_t)(v.letters[l] < UINT16_MAX ? v.letters[l] : UINT16_MAX)};
    }
  }
  ls->main = best_language(w, &all);
  uint32_t given = r->meta.lang.n ? ch_language_index(r->pack, r->meta.lang) : CH_LANGUAGES_MAX;
  if (given < w->languages)
    ls->main = (uint8_t)given;
  uint32_t main_script = w->cues[ls->main].script;
  for (size_t i = 0; i < ls->at.n; i++) {
    Line *l = &ls->at.at[i];
    Votes v = {0};
    for (size_t k = 0; k < w->languages; k++) {
      v.hits[k] = each[i * w->languages + k].hits;
      v.letters[k] = each[i * w->languages + k].letters;
    }
    l->lang = ls->main;
    uint8_t best = best_language(w, &v);
    bool main_fits = v.letters[ls->main] * 2 >= v.letters[best];
    bool same_script = w->cues[best].script == main_script;
    if (v.letters[best] && (!main_fits || (v.hits[best] > v.hits[ls->main] + 1 && !(given < w->languages && same_script))))
      l->lang = best;
    if (!v.letters[best] && has_letters(ch_report_slice(r, l->span)))
      ch_report_diag(r, CH_LEVEL_NOTE, CH_FAULT_NO_LANGUAGE, l->span);
  }
  r->lang = ch_language_code(r->pack, ls->main);
}


/* ---- lines ---- */

static void trim(ChSlice text, ChSpan *s)
{
  size_t used;
  while (s->start < s->end && ch_cp_space(ch_text_at(text, s->start, &used)))
    s->start += (uint32_t)used;
  while (s->end > s->start) {
    uint32_t k = s->end - 1;
    while (k > s->start && ((unsigned char)text.p[k] & 0xC0) == 0x80)
      k--;
    if (!ch_cp_space(ch_text_at(text, k, &used)))
      break;
    s->end = k;
  }
}

/* The last code point of s before closing quotation marks and brackets. */
static uint32_t last_mark(ChSlice s)
{
  for (size_t k = s.n; k > 0;) {
    k--;
    while (k && ((unsigned char)s.p[k] & 0xC0) == 0x80)
      k--;
    uint32_t cp = ch_text_at(s, k, NULL);
    if (!is_quote(cp) && cp != ')' && cp != ']' && cp != '\'')
      return cp;
  }
  return 0;
}

static bool is_stop(uint32_t cp) { return cp == '.' || cp == '!' || cp == '?' || cp == 0x2026; }

static void look_at_words(const ChWork *w, Line *l, ChSlice s)
{
  const ChCues *c = &w->cues[l->lang];
  ChSlice word;
  for (size_t at = 0; l->words < 400 && next_word(s, &at, &word);) {
    if (!word.n)
      continue;
    uint32_t first = ch_text_at(word, 0, NULL);
    uint32_t cue = word.n < 64 ? ch_cues_of_form(c, word) : 0;
    if (!(cue & (CH_WORD_CUE_MONTH | CH_WORD_CUE_DATE)) && at <= s.n && word.p + word.n < s.p + s.n && word.p[word.n] == '.' && word.n < 64)
      cue |= ch_cues_of_form(c, ch_slice(word.p, word.n + 1)) & (CH_WORD_CUE_MONTH | CH_WORD_CUE_DATE);
    l->words++;
    if (cue & (CH_WORD_CUE_MONTH | CH_WORD_CUE_DATE | CH_WORD_CUE_META_DATE))
      l->dates++;
    else if (ch_cp_digit(first))
      l->numbers++;
    else if (ch_cp_upper(first)) {
      l->capitals++;
      l->all_caps += ch_fold_acronym(word);
    } else if (cue & CH_WORD_CUE_FREQUENT)
      l->frequent++;
  }
}

static bool is_meta_line(const ChWork *w, const Line *l, ChSlice s)
{
  const ChCues *c = &w->cues[l->lang];
  char out[CH_FOLD_MAX];
  ChSlice word, bare = s;
  while (bare.n && (bare.p[bare.n - 1] == ':' || bare.p[bare.n - 1] == '.'))
    bare.n--;
  if (bare.n <= CH_FOLD_MAX && (ch_cues_find(c, ch_slice(out, ch_fold_norm(&c->fold, bare, out)), NULL) & CH_WORD_CUE_META_LINE))
    return true;
  if (l->date_only)
    return true;
  size_t at = 0;
  if (l->words <= 8 && next_word(s, &at, &word) && word.n && word.n < 64 && (ch_cues_of_form(c, word) & CH_WORD_CUE_META_START)) {
    uint32_t after = ch_text_at(s, (size_t)(word.p - s.p) + word.n, NULL);
    return after == ':' || after == '/' || after == 0 || (l->capitals >= 2 && !l->stop);
  }
  return false;
}

static void look_at(const ChWork *w, Line *l)
{
  ChSlice s = ch_report_slice(w->r, l->span);
  uint32_t last = last_mark(s), before = 0;
  l->stop = is_stop(last);
  l->colon = last == ':' || last == ',' || last == ';' || ch_text_dash(last);
  look_at_words(w, l, s);
  uint32_t first = ch_text_at(s, 0, NULL);
  l->lower = ch_cp_letter(first) && !ch_cp_upper(first);
  for (size_t i = 0, used; i < s.n && i < 4096 && !l->breaks; i += used) {
    uint32_t cp = ch_text_at(s, i, &used);
    if (ch_cp_space(cp) && is_stop(before) && ch_cp_upper(ch_text_at(s, i + used, NULL)))
      l->breaks = true;
    before = cp;
  }
  l->date_only = l->words && l->words <= 9 && (l->numbers || l->dates) && l->numbers + l->dates + l->capitals == l->words &&
                 l->capitals <= 2 && l->capitals <= l->numbers + l->dates && (l->numbers || l->dates >= 2);
  l->meta = is_meta_line(w, l, s);
}

/* "date 2021-04-08 The rest": the bytes of the date's part, 0 where the line has none. */
static uint32_t date_prefix(const ChWork *w, const Line *l)
{
  ChSlice s = ch_report_slice(w->r, l->span), word;
  size_t at = 0;
  if (!next_word(s, &at, &word) || !word.n || word.n > 64 || !(ch_cues_of_form(&w->cues[l->lang], word) & CH_WORD_CUE_META_DATE))
    return 0;
  if (!next_word(s, &at, &word) || word.n < 8)
    return 0;
  for (size_t i = 0; i < word.n; i++)
    if (!(word.p[i] >= '0' && word.p[i] <= '9') && word.p[i] != '-' && word.p[i] != '.' && word.p[i] != '/' && word.p[i] != ':')
      return 0;
  return at < s.n ? (uint32_t)at : 0;
}

static void add_line(Lines *ls, ChSpan span)
{
  Line *l = CH_PUSH(ls->w->r->arena, &ls->at);
  l->span = span;
}

/* Lines of the text; one that goes on in small letters where the line before broke off joins it. */
static void find_lines(Lines *ls)
{
  ChSlice text = ls->w->r->text;
  bool blank = true;
  for (size_t at = 0; at < text.n;) {
    const char *end = memchr(text.p + at, '\n', text.n - at);
    size_t next = end ? (size_t)(end - text.p) : text.n;
    ChSpan s = {(uint32_t)at, (uint32_t)next};
    at = next + 1;
    trim(text, &s);
    if (s.start == s.end) {
      blank = true;
      continue;
    }
    uint32_t first = ch_text_at(text, s.start, NULL);
    Line *last = ls->at.n ? &ls->at.at[ls->at.n - 1] : NULL;
    if (!blank && last && ch_cp_letter(first) && !ch_cp_upper(first) && last->span.end - last->span.start > 40) {
      uint32_t mark = last_mark(ch_report_slice(ls->w->r, last->span));
      if (!is_stop(mark) && mark != ':' && mark != ';') {
        last->span.end = s.end;
        continue;
      }
    }
    add_line(ls, s);
    blank = false;
  }
}

/* ---- roles ---- */

/* A line that is plainly running text. */
static bool is_body(const Line *l, bool first)
{
  if (l->meta)
    return false;
  if (l->words > 30 || (l->breaks && l->words >= 12))
    return true;
  return l->stop && l->words >= (first ? 9 : 4);
}

/* A line of names and dates only, as stands under pictures. */
static bool is_caption(const Line *l)
{
  return !l->stop && l->capitals >= 2 && l->capitals <= 5 && l->words <= 12 &&
         l->capitals + l->numbers + l->dates + (l->frequent <= 1 ? l->frequent : 0) >= l->words;
}

/* Is what stands before line `meta` a letterhead, so that the title is what follows? Short lines, and either several or one that names
 * the sort of text. */
static bool is_letterhead(const Lines *ls, size_t meta)
{
  uint32_t others = 0;
  bool named = false;
  for (size_t i = 0; i < meta; i++) {
    const Line *l = &ls->at.at[i];
    if (l->words > 6)
      return false;
    named = named || (l->meta && !l->date_only);
    others += !l->meta;
  }
  return others > 1 || named;
}

/* Lines before the first body line. The title is what follows the last line of outlet or date, or else the first line. */
static void head_roles(Lines *ls, size_t body)
{
  size_t meta = SIZE_MAX;
  bool after = false, title = false;
  for (size_t i = 0; i < body; i++)
    if (ls->at.at[i].meta)
      meta = i;
  bool letterhead = meta != SIZE_MAX && meta + 1 < body && is_letterhead(ls, meta);
  for (size_t i = meta == SIZE_MAX ? 0 : meta + 1; i < body; i++)
    after = after || !is_caption(&ls->at.at[i]) || ls->at.at[i].words > 4 || letterhead;
  for (size_t i = 0; i < body; i++) {
    Line *l = &ls->at.at[i];
    bool before_meta = meta != SIZE_MAX && i < meta;
    if (l->meta || (before_meta && after && l->words <= 6))
      l->role = CH_TEXT_META;
    else if (title && is_caption(l))
      l->role = CH_TEXT_CAPTION;
    else {
      l->role = CH_TEXT_TITLE;
      title = true;
    }
  }
}

static void set_roles(Lines *ls)
{
  size_t n = ls->at.n, body = 0;
  while (body < n && !is_body(&ls->at.at[body], body == 0))
    body++;
  if (body == n) { /* nothing is plainly text: the first line is the title of what follows */
    body = 0;
    while (body < n && ls->at.at[body].meta)
      body++;
    if (body + 1 < n)
      body++;
  }
  head_roles(ls, body < n ? body : n);
  for (size_t i = body; i < n; i++) {
    Line *l = &ls->at.at[i];
    bool heading = !l->stop && !l->colon && !l->lower && l->words <= 10 && i > body;
    l->role = l->meta ? CH_TEXT_META : heading ? CH_TEXT_HEADING : CH_TEXT_BODY;
  }
}

/* Cuts "date 2021-04-08" off into a line of its own. */
static void cut_date_prefixes(Lines *ls)
{
  Lines out = {.w = ls->w, .main = ls->main};
  for (size_t i = 0; i < ls->at.n; i++) {
    Line l = ls->at.at[i];
    uint32_t cut = date_prefix(ls->w, &l);
    if (cut) {
      Line *meta = CH_PUSH(ls->w->r->arena, &out.at);
      *meta = l;
      meta->span.end = l.span.start + cut;
      trim(ls->w->r->text, &meta->span);
      l.span.start += cut;
      trim(ls->w->r->text, &l.span);
    }
    *CH_PUSH(ls->w->r->arena, &out.at) = l;
  }
  *ls = out;
}

void ch_text_given(ChWork *w, const ChSpan *spans, size_t n)
{
  Lines ls = {.w = w};
  for (size_t i = 0; i < n; i++)
    add_line(&ls, spans[i]);
  set_languages(&ls);
  for (size_t i = 0; i < ls.at.n; i++)
    *CH_PUSH(w->r->arena, &w->r->paragraphs) = (ChParagraph){.span = ls.at.at[i].span, .role = CH_TEXT_BODY, .lang = ls.at.at[i].lang};
}

void ch_text_paragraphs(ChWork *w)
{
  ChReport *r = w->r;
  Lines ls = {.w = w};
  find_lines(&ls);
  set_languages(&ls);
  cut_date_prefixes(&ls);
  for (size_t i = 0; i < ls.at.n; i++)
    look_at(w, &ls.at.at[i]);
  set_roles(&ls);
  for (size_t i = 0; i < ls.at.n; i++) {
    const Line *l = &ls.at.at[i];
    *CH_PUSH(r->arena, &r->paragraphs) = (ChParagraph){.span = l->span, .role = l->role, .lang = l->lang};
    if (l->role == CH_TEXT_TITLE && !r->title.n)
      r->title = ch_report_slice(r, l->span);
  }
  if (r->meta.title.n)
    r->title = r->meta.title;
}
