/* Quotations. A mark opens or closes by its shape where it has one, else by the blanks about it; pairs are matched inside a paragraph.
 * What stands between a pair is speech when it holds a clause, a name otherwise. */
#include "base/utf8.h"
#include "language/internal.h"

enum { DEPTH = 8, SPEECH_LEAST = 3, SPEECH_LONG = 8 };

typedef enum Kind { NO_QUOTE, OPENS, CLOSES, EITHER } Kind;

static Kind kind_of(const ChReport *r, uint32_t i)
{
  ChSlice form = ch_report_slice(r, r->tokens.at[i].span);
  uint32_t cp = ch_text_at(form, 0, NULL);
  static const char *const entities[] = {"&quot;", "&#34;", "&#39;", "&apos;"};
  for (size_t k = 0; cp == '&' && k < sizeof entities / sizeof *entities; k++)
    if (ch_slice_starts(form, ch_slice_z(entities[k])))
      return EITHER;
  switch (cp) {
  case 0xAB: case 0x201E: case 0x201A: case 0x2039:
    return OPENS;
  case 0xBB: case 0x203A:
    return CLOSES;
  case 0x201C: /* opens in English, closes what low marks opened elsewhere */
    return EITHER;
  case 0x201D: case 0x2019:
    return CLOSES;
  case 0x2018:
    return OPENS;
  case '"':
    return EITHER;
  case '\'': case '`':
    return form.n <= 2 ? EITHER : NO_QUOTE;
  default:
    return NO_QUOTE;
  }
}

/* Opens, by the blanks about it? */
static bool looks_open(const ChReport *r, uint32_t i, uint32_t first, uint32_t end, bool open_already)
{
  const ChToken *t = &r->tokens.at[i];
  bool before = i == first || (t->flags & CH_TOKEN_SPACE_BEFORE);
  bool after = i + 1 == end || (r->tokens.at[i + 1].flags & CH_TOKEN_SPACE_BEFORE);
  if (before != after)
    return before;
  if (i > first && !before) {
    uint32_t cp = ch_text_at(ch_report_slice(r, r->tokens.at[i - 1].span), 0, NULL);
    if (cp == '(' || cp == '[' || ch_text_dash(cp))
      return true;
  }
  return !open_already;
}

void ch_quotes_mark(ChWork *w, uint32_t first, uint32_t end)
{
  ChReport *r = w->r;
  uint32_t open = 0;
  for (uint32_t i = first; i < end; i++) {
    ChToken *t = &r->tokens.at[i];
    if (!(t->flags & CH_TOKEN_PUNCT))
      continue;
    Kind k = kind_of(r, i);
    if (k == EITHER)
      k = looks_open(r, i, first, end, open > 0) ? OPENS : CLOSES;
    if (k == OPENS) {
      t->flags |= CH_TOKEN_QUOTE_OPEN;
      open++;
    } else if (k == CLOSES) {
      t->flags |= CH_TOKEN_QUOTE_CLOSE;
      open -= open > 0;
    }
  }
}

static bool is_speech(const ChReport *r, uint32_t open, uint32_t close)
{
  uint32_t words = 0, capitals = 0;
  bool finite = false, verb = false, stop = false, comma = false;
  for (uint32_t i = open + 1; i < close; i++) {
    const ChToken *t = &r->tokens.at[i];
    if (t->flags & CH_TOKEN_PUNCT) {
      uint32_t cp = ch_text_at(ch_report_slice(r, t->span), 0, NULL);
      stop = cp == '.' || cp == '!' || cp == '?' || cp == 0x2026;
      comma = cp == ',';
      continue;
    }
    stop = comma = false;
    words++;
    capitals += (t->flags & CH_TOKEN_CAPITAL) != 0;
    bool v = t->morph.pos == CH_POS_VERB || t->morph.pos == CH_POS_AUX;
    verb = verb || v;
    finite = finite || (v && t->morph.form == CH_VERB_FIN);
  }
  if (words < SPEECH_LEAST)
    return stop && words > 1;
  if (capitals * 4 >= words * 3 && !stop)
    return false;
  return finite || stop || words >= SPEECH_LONG || ((verb || comma) && words >= 5);
}

void ch_quotes_speech(ChWork *w, uint32_t first, uint32_t end)
{
  ChReport *r = w->r;
  uint32_t open[DEPTH], depth = 0;
  for (uint32_t i = first; i < end; i++) {
    const ChToken *t = &r->tokens.at[i];
    if (t->flags & CH_TOKEN_QUOTE_OPEN) {
      if (depth < DEPTH)
        open[depth] = i;
      depth++;
    } else if ((t->flags & CH_TOKEN_QUOTE_CLOSE) && depth) {
      depth--;
      if (depth == 0 && is_speech(r, open[0], i))
        for (uint32_t k = open[0] + 1; k < i; k++)
          r->tokens.at[k].flags |= CH_TOKEN_IN_QUOTE;
    }
  }
  /* a quotation that goes on in the next paragraph is not closed in this one */
  bool leads = depth && open[0] > first && (r->tokens.at[open[0] - 1].flags & CH_TOKEN_PUNCT) &&
               ch_text_at(ch_report_slice(r, r->tokens.at[open[0]].span), 0, NULL) != '"';
  if (depth && (open[0] == first || leads) && is_speech(r, open[0], end))
    for (uint32_t k = open[0] + 1; k < end; k++)
      r->tokens.at[k].flags |= CH_TOKEN_IN_QUOTE;
}
