/* Sentences, and the dateline at the head of a paragraph's first one. */
#include "base/utf8.h"
#include "language/internal.h"

typedef struct Cut {
  ChWork *w;
  uint32_t paragraph, end; /* end: token after the paragraph's last */
} Cut;

static ChSlice form_at(const Cut *c, uint32_t i) { return ch_report_slice(c->w->r, c->w->r->tokens.at[i].span); }
static uint32_t first_cp(const Cut *c, uint32_t i) { return ch_text_at(form_at(c, i), 0, NULL); }
static uint16_t flags(const Cut *c, uint32_t i) { return c->w->r->tokens.at[i].flags; }
static uint32_t cue(const Cut *c, uint32_t i) { return c->w->types.at[c->w->of.at[i]].cue; }

static bool is_terminal(uint32_t cp) { return cp == '.' || cp == '!' || cp == '?' || cp == 0x2026; }
static bool is_closing(const Cut *c, uint32_t i)
{
  uint32_t cp = first_cp(c, i);
  return (flags(c, i) & CH_TOKEN_QUOTE_CLOSE) || cp == ')' || cp == ']';
}

/* The last part of an abbreviation whose parts stand apart ("i. e."): small letters and a full stop, twice. */
static bool last_part(const Cut *c, uint32_t start, uint32_t i)
{
  if (i == start)
    return false;
  ChSlice before = form_at(c, i - 1), form = form_at(c, i);
  const uint16_t other = CH_TOKEN_PUNCT | CH_TOKEN_CAPITAL | CH_TOKEN_NUMBER;
  return form.n <= 8 && before.n <= 8 && before.p[before.n - 1] == '.' && !((flags(c, i) | flags(c, i - 1)) & other);
}

/* An abbreviation before a word that only starts sentences with a capital ("... in the U.S. The ..."). */
static bool abbreviation_ends(const Cut *c, uint32_t start, uint32_t i)
{
  ChSlice form = form_at(c, i);
  if ((flags(c, i) & (CH_TOKEN_INITIAL | CH_TOKEN_PUNCT)) || form.n < 2 || form.p[form.n - 1] != '.' || i + 1 >= c->end)
    return false;
  bool may = (cue(c, i) & (CH_WORD_CUE_MAY_END | CH_WORD_CUE_MONTH)) || last_part(c, start, i);
  return may && (flags(c, i + 1) & CH_TOKEN_CAPITAL) && (cue(c, i + 1) & CH_WORD_CUE_FREQUENT) && !(flags(c, i + 1) & CH_TOKEN_ACRONYM);
}

enum { CLOSERS_MOST = 8 }; /* marks looked at behind a full stop */

/* The token behind the numbers of notes that stand at `next` ("... in 2015.[6][7] The"), else `next`. */
static uint32_t skip_notes(const Cut *c, uint32_t next)
{
  for (int n = 0; n < CLOSERS_MOST && next + 2 < c->end && first_cp(c, next) == '[' && (flags(c, next + 1) & CH_TOKEN_NUMBER) &&
                  first_cp(c, next + 2) == ']';
       n++)
    next += 3;
  return next;
}

/* Who writes without capitals: the sentence so far began with a small letter, and a known word stands before the mark at i. */
static bool small_letters(const Cut *c, uint32_t start, uint32_t i, uint32_t next)
{
  uint32_t first = first_cp(c, start), cp = first_cp(c, next);
  return next == i + 1 && i > start + 1 && form_at(c, i).n == 1 && ch_cp_letter(first) && !ch_cp_upper(first) && ch_cp_letter(cp) &&
         !ch_cp_upper(cp) && (flags(c, i - 1) & CH_TOKEN_KNOWN) && (flags(c, next) & CH_TOKEN_SPACE_BEFORE);
}

/* The first token of the next sentence when one ends at i, else 0. `start`: the first of this one. */
static uint32_t ends_at(const Cut *c, uint32_t start, uint32_t i)
{
  if (abbreviation_ends(c, start, i))
    return i + 1;
  uint32_t cp = first_cp(c, i);
  bool face = (cp == ':' || cp == ';') && form_at(c, i).n > 1;
  if (!(flags(c, i) & CH_TOKEN_PUNCT) || !(is_terminal(cp) || face))
    return 0;
  uint32_t next = i + 1;
  while (next < c->end && next <= i + CLOSERS_MOST &&
         (is_closing(c, next) || ((flags(c, next) & CH_TOKEN_PUNCT) && is_terminal(first_cp(c, next)))))
    next++;
  next = skip_notes(c, next);
  if (next >= c->end)
    return 0;
  uint32_t after = first_cp(c, next);
  bool capital = flags(c, next) & (CH_TOKEN_CAPITAL | CH_TOKEN_NUMBER | CH_TOKEN_QUOTE_OPEN);
  if (!capital && (after == '(' || after == '[' || ch_text_dash(after)) && next + 1 < c->end) {
    /* a dash after a closed quotation goes on with who said it */
    if (ch_text_dash(after) && next > i + 1)
      return 0;
    /* behind a quoted title a number in brackets is its year */
    uint16_t number = next > i + 1 && !ch_text_dash(after) ? 0 : CH_TOKEN_NUMBER;
    capital = flags(c, next + 1) & (CH_TOKEN_CAPITAL | number | CH_TOKEN_QUOTE_OPEN);
  }
  if (!capital && ch_cp_letter(after) && ch_cp_lower(after) == after && ch_cp_script(after) >= 4)
    capital = true; /* a script without capitals */
  if (!capital && after == 0x2022)
    capital = true;
  if (!capital && !face && small_letters(c, start, i, next))
    capital = true;
  return capital ? next : 0;
}

/* ---- datelines ---- */

enum { DATELINE_MOST = 30, SEGMENT_WORDS = 4 };

typedef enum Piece { P_WORD, P_NUMBER, P_DATE, P_COMMA, P_OPEN, P_CLOSE, P_DASH, P_STOP, P_OTHER } Piece;

static bool spaced_dash(const Cut *c, uint32_t i)
{
  bool after = i + 1 < c->end && (flags(c, i + 1) & CH_TOKEN_SPACE_BEFORE);
  return ch_text_dash(first_cp(c, i)) && ((flags(c, i) & CH_TOKEN_SPACE_BEFORE) || form_at(c, i).n > 1) && after;
}

static Piece piece_of(const Cut *c, uint32_t i)
{
  uint32_t cp = first_cp(c, i);
  if (cue(c, i) & (CH_WORD_CUE_MONTH | CH_WORD_CUE_DATE))
    return P_DATE;
  if (flags(c, i) & CH_TOKEN_NUMBER)
    return P_NUMBER;
  if (flags(c, i) & CH_TOKEN_CAPITAL)
    return P_WORD;
  if (!(flags(c, i) & CH_TOKEN_PUNCT))
    return P_OTHER;
  if (cp == '.')
    return P_STOP;
  if (cp == '(' || cp == ')')
    return cp == '(' ? P_OPEN : P_CLOSE;
  if (cp == '/')
    return P_COMMA;
  if (spaced_dash(c, i))
    return P_DASH;
  return cp == ',' || cp == ':' ? P_COMMA : P_OTHER;
}

/* What a stretch between closers holds. */
typedef struct Segment {
  uint32_t words, dates, numbers, brackets, capitals;
  bool head_caps; /* its first word is in capitals */
} Segment;

static bool dated(const Segment *s) { return s->dates && s->numbers; }

/* May this stretch belong to a dateline? */
static bool fits(const Segment *s, bool first)
{
  if (dated(s) || s->brackets)
    return s->words <= 8;
  if (s->numbers && !s->words)
    return true;
  if (first)
    return s->words >= 1 && s->words <= 5 && !s->numbers && !s->dates;
  return s->words >= 1 && s->words <= SEGMENT_WORDS && !s->numbers && !s->dates;
}

/* Do the stretches so far make a dateline? After a lone place and a full stop ("Astana. Russia would ...") only a name of one or two
 * words does: a short sentence does not. */
static bool enough(const Segment *all, const Segment *first, Piece closer, uint32_t segments, bool weak)
{
  if (dated(all) || all->brackets)
    return first->words > 0;
  if (all->numbers && first->words) /* "Bishkek, 01.04.25." */
    return true;
  if (!first->words)
    return false;
  if (first->head_caps && closer == P_DASH)
    return true;
  if (first->capitals == first->words)
    return closer == P_DASH || segments > 1 || first->words <= 3;
  return weak && closer == P_STOP && segments == 1 && first->words <= 2;
}

static void note(const Cut *c, uint32_t i, Piece p, Segment *s)
{
  ChSlice form = form_at(c, i);
  if (p == P_WORD) {
    s->words++;
    s->capitals += (flags(c, i) & CH_TOKEN_ACRONYM) != 0;
    s->head_caps = s->head_caps || (s->words == 1 && (flags(c, i) & CH_TOKEN_ACRONYM));
  }
  s->dates += p == P_DATE || (p == P_NUMBER && form.n >= 8); /* "01.04.25" */
  s->numbers += p == P_NUMBER;
}

static void merge(Segment *all, const Segment *s)
{
  all->words += s->words;
  all->dates += s->dates;
  all->numbers += s->numbers;
  all->brackets += s->brackets;
  all->capitals += s->capitals;
}

/* Is the bracket at i closed within a few tokens, by ')' or, for '/', by another? */
static uint32_t bracket_end(const Cut *c, uint32_t i)
{
  uint32_t open = first_cp(c, i), close = open == '(' ? ')' : '/';
  for (uint32_t k = i + 1; k < c->end && k <= i + 6; k++)
    if (first_cp(c, k) == close && (flags(c, k) & CH_TOKEN_PUNCT))
      return k > i + 1 ? k : 0;
  return 0;
}

/* Number of tokens of the dateline that starts at `first`, 0 = none: stretches of capitalised words, dates and brackets, each closed by
 * a full stop or a dash, before a capital or a number. `weak`: a lone place will do, as at the head of the first paragraph of text. */
static uint32_t dateline(const Cut *c, uint32_t first, bool weak)
{
  Segment all = {0}, head = {0}, s = {0};
  uint32_t best = 0, segments = 0, most = first + DATELINE_MOST < c->end ? first + DATELINE_MOST : c->end;
  for (uint32_t i = first; i < most; i++) {
    Piece p = piece_of(c, i);
    bool slash = first_cp(c, i) == '/' && (flags(c, i) & CH_TOKEN_SPACE_BEFORE);
    if (p == P_OPEN || slash) {
      uint32_t end = bracket_end(c, i);
      if (!end)
        break;
      s.brackets++;
      i = end;
      if (i + 1 < most && piece_of(c, i + 1) != P_STOP && piece_of(c, i + 1) != P_DASH && !(s.words == 0 && segments))
        continue;
      if (i + 1 < most && piece_of(c, i + 1) != P_STOP && piece_of(c, i + 1) != P_DASH) {
        p = P_STOP; /* "/TASS/ Russian ..." */
      } else
        continue;
    }
    if (p == P_OTHER || p == P_CLOSE)
      break;
    if (p != P_STOP && p != P_DASH) {
      note(c, i, p, &s);
      continue;
    }
    bool starts = i + 1 < c->end && (flags(c, i + 1) & (CH_TOKEN_CAPITAL | CH_TOKEN_NUMBER | CH_TOKEN_QUOTE_OPEN | CH_TOKEN_PUNCT));
    if (!starts || !fits(&s, segments == 0))
      break;
    merge(&all, &s);
    if (segments++ == 0)
      head = s;
    if (enough(&all, &head, p, segments, weak) && i + 1 < c->end)
      best = i + 1 - first;
    s = (Segment){0};
  }
  return best;
}

/* ---- cutting ---- */

static void add_sentence(Cut *c, uint32_t first, uint32_t end, uint32_t head)
{
  ChReport *r = c->w->r;
  uint32_t number = (uint32_t)r->sentences.n;
  ChParagraph *p = &r->paragraphs.at[c->paragraph];
  if (p->sentences++ == 0)
    p->sentence = number;
  for (uint32_t i = first; i < end; i++)
    r->tokens.at[i].sentence = number;
  *CH_PUSH(r->arena, &r->sentences) = (ChSentence){
      .span = {r->tokens.at[first].span.start, r->tokens.at[end - 1].span.end},
      .token = first, .tokens = end - first, .paragraph = c->paragraph, .dateline = head < end - first ? head : 0, .lang = p->lang,
  };
}

void ch_sentences_given(ChWork *w, uint32_t paragraph, const ChGivenToken *tokens, uint32_t first, uint32_t end)
{
  Cut c = {.w = w, .paragraph = paragraph, .end = end};
  for (uint32_t i = first, start = first; i < end; i++)
    if (i + 1 == end || tokens[i + 1 - first].sentence || i + 1 - start >= CH_SENTENCE_MOST) {
      add_sentence(&c, start, i + 1, 0);
      start = i + 1;
    }
}

void ch_sentences_paragraph(ChWork *w, uint32_t paragraph, uint32_t first, uint32_t end)
{
  ChReport *r = w->r;
  Cut c = {.w = w, .paragraph = paragraph, .end = end};
  bool body = r->paragraphs.at[paragraph].role == CH_TEXT_BODY;
  bool weak = !w->body_seen;
  w->body_seen = w->body_seen || body;
  uint32_t head = body ? dateline(&c, first, weak) : 0, start = first;
  for (uint32_t i = first; i < end; i++) {
    uint32_t next = i + 1 == end ? end : i + 1 < first + head ? 0 : ends_at(&c, start, i);
    if (next && next <= first + head)
      next = 0;
    if (!next && i + 1 - start >= CH_SENTENCE_MOST) {
      next = i + 1;
      ch_report_diag(r, CH_LEVEL_WARNING, CH_FAULT_LONG_LINE, r->tokens.at[i].span);
    }
    if (!next)
      continue;
    add_sentence(&c, start, next, start == first ? head : 0);
    start = next;
    i = next - 1;
  }
}
