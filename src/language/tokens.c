/* The tokenizer: one pass over a paragraph with bounded look-ahead. Letters, digits and marks are told by Unicode class; abbreviations,
 * clitics and words cut in two come from data/language/CODE/words.tsv. */
#include "base/utf8.h"
#include "language/internal.h"

enum { TOKEN_MOST = 240 }; /* bytes; longer runs are cut */

typedef struct Scan {
  ChWork *w;
  const ChCues *cues;
  ChSlice s;   /* the paragraph */
  uint32_t base;
  uint8_t lang;
  bool space;  /* a blank stands before the next token */
  bool after_number;
  size_t last, last_end; /* of the token before, in the paragraph */
} Scan;

static bool is_hyphen(uint32_t cp) { return cp == '-' || cp == 0x2010 || cp == 0x2011; }
static bool is_apostrophe(uint32_t cp) { return cp == '\'' || cp == 0x2019 || cp == 0x02BC || cp == 0x02BB || cp == 0x2018; }
static bool is_ascii(char c) { return (unsigned)((c | 32) - 'a') < 26; }
static bool is_word(uint32_t cp) { return ch_cp_letter(cp) || ch_cp_digit(cp); }

static uint32_t at(const Scan *k, size_t i) { return ch_text_at(k->s, i, NULL); }

static size_t width(const Scan *k, size_t i)
{
  size_t used;
  ch_text_at(k->s, i, &used);
  return used;
}

static void emit(Scan *k, size_t start, size_t end, uint16_t flags)
{
  ChReport *r = k->w->r;
  if (start == end)
    return;
  uint32_t type = ch_types_of(k->w, ch_slice(k->s.p + start, end - start), k->lang);
  const ChType *t = &k->w->types.at[type];
  *CH_PUSH(r->arena, &k->w->of) = type;
  *CH_PUSH(r->arena, &r->tokens) = (ChToken){
      .span = {k->base + (uint32_t)start, k->base + (uint32_t)end},
      .form = t->form, .norm = t->norm, .key = t->key, .caps = t->caps, .lemma = t->norm, .lemma_key = t->key,
      .flags = (uint16_t)(t->flags | flags | (k->space ? CH_TOKEN_SPACE_BEFORE : 0)),
      .head = CH_NONE, .group = CH_NONE, .mention = CH_NONE, .time = CH_NONE,
  };
  k->space = false;
  k->last = start;
  k->last_end = end;
  k->after_number = (t->flags & CH_TOKEN_NUMBER) != 0;
}

static size_t digits(const Scan *k, size_t i)
{
  while (i < k->s.n && ch_cp_digit(at(k, i)))
    i += width(k, i);
  return i;
}

static size_t letters(const Scan *k, size_t i)
{
  size_t most = i + TOKEN_MOST;
  while (i < k->s.n && i < most && ch_cp_letter(at(k, i)))
    i += width(k, i);
  return i;
}

/* "2021-04-08", "08-04-2021": from the digits that start at i; 0 where it is no such date. */
static size_t hyphen_date(const Scan *k, size_t i)
{
  size_t n[3], from = i;
  for (int part = 0; part < 3; part++) {
    size_t end = digits(k, from);
    n[part] = end - from;
    from = end;
    if (part < 2 && at(k, from) != '-')
      return 0;
    from += part < 2;
  }
  bool iso = n[0] == 4 && n[1] == 2 && n[2] == 2, day_first = n[0] == 2 && n[1] == 2 && n[2] == 4;
  return (iso || day_first) && !is_word(at(k, from)) ? from : 0;
}

/* "202-555-0143": groups of three, three and four digits. */
static size_t phone(const Scan *k, size_t i)
{
  static const size_t groups[] = {3, 3, 4};
  for (int part = 0; part < 3; part++) {
    size_t end = digits(k, i);
    if (end - i != groups[part] || (part < 2 && at(k, end) != '-'))
      return 0;
    i = end + (part < 2);
  }
  return is_word(at(k, i)) || is_hyphen(at(k, i)) ? 0 : i;
}

/* Digits with what belongs to them: separators between digits, an ordinal ending, letters. */
static size_t scan_number(const Scan *k, size_t i)
{
  size_t date = hyphen_date(k, i), most = i + TOKEN_MOST;
  if (!date)
    date = phone(k, i);
  if (date)
    return date;
  i = digits(k, i);
  while (i < most) {
    uint32_t cp = at(k, i);
    bool joins = cp == ',' || cp == '.' || cp == ':' || cp == '/' || cp == '+';
    if (!joins || !ch_cp_digit(at(k, i + 1)))
      break;
    i = digits(k, i + 1);
  }
  uint32_t cp = at(k, i);
  if (ch_cp_letter(cp))
    i = letters(k, i);
  while (is_hyphen(at(k, i)) && ch_cp_letter(at(k, i + width(k, i))) && i < most)
    i = letters(k, i + width(k, i));
  return i;
}

/* A web or mail address that starts at i: its end, or 0. */
static size_t scan_address(const Scan *k, size_t i)
{
  size_t j = i, most = i + 24;
  while (j < most && j < k->s.n && (is_ascii(k->s.p[j]) || k->s.p[j] == '+'))
    j++;
  bool web = j > i && j + 2 < k->s.n && memcmp(k->s.p + j, "://", 3) == 0;
  bool www = j == i + 3 && j < k->s.n && (k->s.p[i] | 32) == 'w' && (k->s.p[i + 1] | 32) == 'w' && k->s.p[j] == '.';
  bool mail = false;
  for (j = i; !web && !www && j < i + 64 && j < k->s.n; j++) {
    char c = k->s.p[j];
    if (c == '@' && j > i && j + 1 < k->s.n && is_ascii(k->s.p[j + 1]))
      mail = true;
    if (mail || !(is_ascii(c) || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_'))
      break;
  }
  if (!web && !www && !mail)
    return 0;
  for (j = i; j < k->s.n && j < i + TOKEN_MOST;) {
    unsigned char c = (unsigned char)k->s.p[j];
    if (c <= ' ' || c >= 0x80 || strchr("<>\"[]{}|", c))
      break;
    j++;
  }
  while (j > i + 1 && strchr(".,;:!?)'", k->s.p[j - 1]))
    j--;
  return j;
}

static bool single_letter(const Scan *k, size_t i, bool capital)
{
  uint32_t cp = at(k, i);
  return ch_cp_letter(cp) && (!capital || ch_cp_upper(cp)) && at(k, i + width(k, i)) == '.' ;
}

/* "U.S.", "i.e.": letters with a full stop after each, known as an abbreviation; its end, or 0. */
static size_t dotted(const Scan *k, size_t i)
{
  size_t end[6], j = i, n = 0;
  while (n < 6) {
    size_t l = j;
    for (int c = 0; c < 3 && ch_cp_letter(at(k, l)); c++)
      l += width(k, l);
    if (l == j || at(k, l) != '.')
      break;
    j = l + 1;
    end[n++] = j;
  }
  for (; n >= 2; n--)
    if (ch_cues_of_form(k->cues, ch_slice(k->s.p + i, end[n - 1] - i)) & CH_WORD_CUE_ABBREVIATION)
      return end[n - 1];
  return 0;
}

static size_t skip_spaces(const Scan *k, size_t i)
{
  for (int n = 0; n < 8 && i < k->s.n && ch_cp_space(at(k, i)); n++)
    i += width(k, i);
  return i;
}

/* Does the full stop at i end a sentence of a treebank, which then has it as a token of its own, even behind an abbreviation? Surely so at
 * the end of the paragraph. */
static bool treebank_stop(const Scan *k, size_t i)
{
  return k->w->r->treebank && skip_spaces(k, i + 1) >= k->s.n;
}

/* Do the parts [a, a_end) and [b, b_end), written apart, make an abbreviation of the data ("i.", "e." of "i.e.")? */
static bool makes_abbreviation(const Scan *k, size_t a, size_t a_end, size_t b, size_t b_end)
{
  enum { PART_MOST = 8 };
  char joined[2 * PART_MOST];
  if (a_end - a > PART_MOST || b_end - b > PART_MOST || a == a_end || b == b_end)
    return false;
  memcpy(joined, k->s.p + a, a_end - a);
  memcpy(joined + (a_end - a), k->s.p + b, b_end - b);
  return ch_cues_of_form(k->cues, ch_slice(joined, a_end - a + b_end - b)) & CH_WORD_CUE_ABBREVIATION;
}

/* Is the word [start, i) with its full stop a part of an abbreviation whose parts stand apart? */
static bool part_of_abbreviation(const Scan *k, size_t start, size_t i)
{
  size_t next = skip_spaces(k, i + 1), end = letters(k, next);
  if (next > i + 1 && at(k, end) == '.' && makes_abbreviation(k, start, i + 1, next, end + 1))
    return true;
  return k->last_end < start && k->last_end > k->last && k->s.p[k->last_end - 1] == '.' &&
         makes_abbreviation(k, k->last, k->last_end, start, i + 1);
}

/* Does the full stop at i belong to the word [start, i)? */
static bool takes_stop(const Scan *k, size_t start, size_t i)
{
  if (at(k, i) != '.' || at(k, i + 1) == '.' || i + 1 - start > 40)
    return false;
  size_t next = skip_spaces(k, i + 1);
  uint32_t cp = at(k, next);
  uint32_t cue = ch_cues_of_form(k->cues, ch_slice(k->s.p + start, i + 1 - start));
  if ((cue & CH_WORD_CUE_MAY_END) && treebank_stop(k, i))
    return false;
  if (part_of_abbreviation(k, start, i))
    return true;
  const uint32_t conditions = CH_WORD_CUE_AFTER_NUMBER | CH_WORD_CUE_BEFORE_NUMBER | CH_WORD_CUE_BEFORE_CAPITAL;
  if ((cue & CH_WORD_CUE_ABBREVIATION) && (!(cue & conditions) || ((cue & CH_WORD_CUE_AFTER_NUMBER) && k->after_number) ||
                                      ((cue & CH_WORD_CUE_BEFORE_NUMBER) && ch_cp_digit(cp)) ||
                                      ((cue & CH_WORD_CUE_BEFORE_CAPITAL) && (ch_cp_upper(cp) || cp == '"' || cp == 0xAB))))
    return true;
  /* an initial: one capital before another, or before a particle */
  if (start + width(k, start) != i || !ch_cp_upper(at(k, start)) || !ch_cp_letter(cp))
    return false;
  if (!ch_cp_upper(cp)) /* "S. de Mistura": a sentence would not go on so */
    return true;
  uint32_t alone = ch_cues_of_form(k->cues, ch_slice(k->s.p + start, i - start));
  return !(alone & CH_WORD_CUE_NOT_INITIAL) || next == i + 1 || single_letter(k, next, true);
}

/* The end of the word that starts at i. */
static size_t scan_word(const Scan *k, size_t i)
{
  size_t start = i, most = i + TOKEN_MOST;
  while (i < k->s.n && i < most) {
    uint32_t cp = at(k, i);
    size_t n = width(k, i);
    if (is_word(cp) || cp == 0xAD) {
      i += n;
      continue;
    }
    uint32_t next = at(k, i + n), before = i > start ? at(k, i - 1) : 0;
    if (is_hyphen(cp) && is_word(next)) {
      i += n;
    } else if (is_apostrophe(cp) && ch_cp_letter(next)) {
      i += n;
    } else if (cp == '+' && ch_cp_digit(next) && ch_cp_digit(before)) {
      i += n;
    } else if (cp == '&' && i - start <= 2 && ch_cp_upper(next)) {
      i += n;
    } else if (cp == '.' && ch_cp_letter(next) && !ch_cp_upper(next) && i > start + 1 && ch_cp_script(next) == 1) {
      i += n; /* "Lenta.ru" */
    } else {
      break;
    }
  }
  return i;
}

/* Where the clitic of the word [start, end) begins; end where it has none. */
static size_t clitic_at(const Scan *k, size_t start, size_t end)
{
  char norm[CH_FOLD_MAX];
  bool marked = false;
  for (size_t i = start; i < end && !marked; i += width(k, i))
    marked = !is_word(at(k, i)) && !is_hyphen(at(k, i));
  for (size_t c = 0; marked && c < k->cues->n_clitics; c++) {
    ChSlice clitic = ch_pack_word(k->cues->pack, k->cues->clitics[c].word);
    size_t back = end, n = ch_utf8_count(clitic);
    while (n && back > start) {
      back--;
      if (((unsigned char)k->s.p[back] & 0xC0) != 0x80)
        n--;
    }
    if (n || back == start || k->cues->clitics[c].after)
      continue;
    if (ch_slice_eq(ch_slice(norm, ch_fold_norm(&k->cues->fold, ch_slice(k->s.p + back, end - back), norm)), clitic))
      return back;
  }
  return end;
}

/* A bare apostrophe after a word: a clitic where the data have one after that letter and no single quotation stands open. */
static bool bare_clitic(const Scan *k, size_t start, size_t end)
{
  uint32_t next = at(k, end + width(k, end));
  if (!is_apostrophe(at(k, end)) || at(k, end) == 0x2018 || is_word(next) || end == start)
    return false;
  for (size_t c = 0; c < k->cues->n_clitics; c++)
    if (k->cues->clitics[c].after && k->cues->clitics[c].after == ((unsigned char)k->s.p[end - 1] | 32u))
      return true;
  return false;
}

/* A word as the later stages want it, or, for a treebank, cut at the marks that those cut at ("third|-|party"). */
static void emit_parts(Scan *k, size_t start, size_t end)
{
  static const char hyphen[] = "\xE2\x80\x90"; /* the data's sign for all of them, as a bare '-' is an empty cell there */
  bool cuts = k->w->r->treebank && (ch_cues_of_form(k->cues, ch_slice_z(hyphen)) & CH_WORD_CUE_TREEBANK_CUT);
  size_t from = start, n;
  for (size_t i = start; cuts && i < end; i += n) {
    n = width(k, i);
    if (i == from || i + n >= end || !is_hyphen(at(k, i)) ||
        (ch_cues_of_form(k->cues, ch_slice(k->s.p + from, i - from)) & CH_WORD_CUE_TREEBANK_WHOLE))
      continue;
    emit(k, from, i, 0);
    emit(k, i, i + n, 0);
    from = i + n;
  }
  emit(k, from, end, 0);
}

/* A number, for a treebank without its unit ("10|am") and cut like a word. */
static void emit_number(Scan *k, size_t start, size_t end)
{
  size_t i = start, j;
  while (k->w->r->treebank && i < end && !ch_cp_letter(at(k, i)) && !is_hyphen(at(k, i)))
    i += width(k, i);
  j = letters(k, i);
  if (i > start && j == end && (ch_cues_of_form(k->cues, ch_slice(k->s.p + i, j - i)) & CH_WORD_CUE_TREEBANK_UNIT)) {
    emit(k, start, i, 0);
    emit(k, i, end, 0);
  } else if (i < end && ch_cp_letter(at(k, i + width(k, i)))) {
    emit_parts(k, start, end);
  } else {
    emit(k, start, end, 0);
  }
}

static size_t emit_word(Scan *k, size_t start)
{
  size_t end = dotted(k, start);
  if (end) {
    emit(k, start, end, 0);
    return end;
  }
  end = scan_word(k, start);
  if (takes_stop(k, start, end)) {
    bool initial = start + width(k, start) == end && ch_cp_upper(at(k, start));
    emit(k, start, end + 1, initial ? CH_TOKEN_INITIAL : 0);
    return end + 1;
  }
  uint32_t cut = 0;
  uint32_t type = ch_types_of(k->w, ch_slice(k->s.p + start, end - start), k->lang);
  const ChType *t = &k->w->types.at[type];
  size_t split = t->cue & CH_WORD_CUE_WHOLE ? end : clitic_at(k, start, end);
  if (t->cue & CH_WORD_CUE_SPLIT) {
    ch_cues_find(k->cues, ch_report_word(k->w->r, t->norm), &cut);
    split = start;
    while (cut-- && split < end)
      split += width(k, split);
  }
  emit_parts(k, start, split);
  emit(k, split, end, CH_TOKEN_JOINED);
  if (split == end && bare_clitic(k, start, end)) {
    size_t n = width(k, end);
    emit(k, end, end + n, CH_TOKEN_JOINED);
    return end + n;
  }
  return end;
}

/* "&quot;", "&#39;" and runs of such, left in the text by whoever made it; 0 where there is none. */
static size_t scan_entity(const Scan *k, size_t i)
{
  enum { ENTITY_MOST = 10 };
  size_t end = 0;
  for (size_t j = i; j < k->s.n && k->s.p[j] == '&';) {
    size_t e = j + 1 + (j + 1 < k->s.n && k->s.p[j + 1] == '#');
    size_t first = e;
    while (e < k->s.n && e < j + ENTITY_MOST && (is_ascii(k->s.p[e]) || (k->s.p[e] >= '0' && k->s.p[e] <= '9')))
      e++;
    if (e == first || e >= k->s.n || k->s.p[e] != ';')
      break;
    end = j = e + 1;
  }
  return end;
}

/* ":-)" where nothing of a word follows. */
static size_t scan_face(const Scan *k, size_t i)
{
  uint32_t cp = at(k, i);
  size_t j = i + 1;
  if (cp != ':' && cp != ';')
    return 0;
  j += at(k, j) == '-';
  uint32_t mouth = at(k, j);
  bool face = mouth == ')' || mouth == '(' || mouth == 'D' || mouth == 'P';
  return face && (k->space || j > i + 1) && !is_word(at(k, j + 1)) ? j + 1 : 0;
}

/* "#summit", "@name" behind a blank. */
static size_t scan_tag(const Scan *k, size_t i)
{
  uint32_t cp = at(k, i);
  size_t j = i + 1;
  if ((cp != '#' && cp != '@') || !k->space || !ch_cp_letter(at(k, j)))
    return 0;
  while (j < k->s.n && j < i + TOKEN_MOST && (is_word(at(k, j)) || at(k, j) == '_'))
    j += width(k, j);
  return j;
}

static bool ends_sentences(uint32_t cp) { return cp == '.' || cp == '!' || cp == '?'; }

/* Runs of the same mark that are one token: "...", "--", "''", "``", "?!". */
static size_t scan_mark(const Scan *k, size_t i)
{
  uint32_t cp = at(k, i);
  size_t end = cp == '&' ? scan_entity(k, i) : cp == '#' || cp == '@' ? scan_tag(k, i) : scan_face(k, i);
  if (end)
    return end;
  end = i + width(k, i);
  bool runs = cp < 0x80 && cp && strchr(".-'`!?_*=$<>+~#", (int)cp);
  while (runs && end < k->s.n && end < i + TOKEN_MOST) {
    uint32_t next = at(k, end);
    if (next != cp && !(ends_sentences(cp) && ends_sentences(next)))
      break;
    end += width(k, end);
  }
  return end;
}

void ch_tokens_given(ChWork *w, uint32_t paragraph, const ChGivenToken *tokens, uint32_t n)
{
  const ChParagraph *p = &w->r->paragraphs.at[paragraph];
  Scan k = {.w = w, .cues = &w->cues[p->lang], .s = ch_report_slice(w->r, p->span), .base = p->span.start, .lang = p->lang, .space = true};
  for (uint32_t i = 0; i < n; i++) {
    size_t start = tokens[i].span.start - k.base, end = tokens[i].span.end - k.base, first = width(&k, start);
    bool initial = end - start == first + 1 && k.s.p[end - 1] == '.' && ch_cp_upper(at(&k, start));
    k.space = i == 0 || tokens[i].span.start > tokens[i - 1].span.end;
    emit(&k, start, end, initial ? CH_TOKEN_INITIAL : 0);
  }
}

void ch_tokens_paragraph(ChWork *w, uint32_t paragraph)
{
  const ChParagraph *p = &w->r->paragraphs.at[paragraph];
  Scan k = {.w = w, .cues = &w->cues[p->lang], .s = ch_report_slice(w->r, p->span), .base = p->span.start, .lang = p->lang, .space = true};
  for (size_t i = 0; i < k.s.n;) {
    uint32_t cp = at(&k, i);
    size_t n = width(&k, i), end;
    if (ch_cp_space(cp)) {
      k.space = true;
      i += n;
      continue;
    }
    if ((cp < 0x80 && ch_cp_letter(cp)) && (end = scan_address(&k, i)) != 0) {
      emit(&k, i, end, 0);
    } else if (ch_cp_digit(cp)) {
      end = scan_number(&k, i);
      emit_number(&k, i, end);
    } else if (ch_cp_letter(cp)) {
      end = emit_word(&k, i);
    } else {
      end = scan_mark(&k, i);
      emit(&k, i, end, 0);
    }
    i = end;
  }
}
