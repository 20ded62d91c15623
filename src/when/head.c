/* Which times date the report: those in datelines, date lines and bylines. */
#include "base/utf8.h"
#include "when/date.h"

enum {
  HEAD_PARAGRAPHS = 8, /* where a date line may stand */
  LINE_WORDS = 4,      /* most words beside the date in a date line */
  DATELINE_WORDS = 6,  /* most words before the date in a dateline */
};

static bool is_word(const ChToken *t) { return !(t->flags & CH_TOKEN_PUNCT); }

/* Words of a line beside the date are names in capitals, cut off from it by a mark: "RIA, 27 March 2022". */
static bool is_apart(const ChReport *r, uint32_t start, uint32_t end, const ChWhenMatch *m)
{
  uint32_t stop = m->token + m->tokens;
  for (uint32_t t = start; t < end; t++) {
    const ChToken *k = &r->tokens.at[t];
    if ((t >= m->token && t < stop) || k->time != CH_NONE || !is_word(k))
      continue;
    if (!(k->flags & (CH_TOKEN_CAPITAL | CH_TOKEN_ACRONYM | CH_TOKEN_NUMBER)))
      return false;
    if (t + 1 == m->token)
      return false;
  }
  return true;
}

/* A line of its own: only the date, time of day, and few words. */
static bool is_date_line(const ChReport *r, const ChParagraph *p, const ChWhenFinds *finds, size_t i)
{
  const ChSentence *first = &r->sentences.at[p->sentence], *last = &r->sentences.at[p->sentence + p->sentences - 1];
  uint32_t words = 0, end = last->token + last->tokens;
  if (end - first->token > 40)
    return false;
  for (uint32_t t = first->token; t < end; t++)
    words += is_word(&r->tokens.at[t]);
  for (size_t k = i; k < finds->list.n && finds->list.at[k].match->token < end; k++)
    for (uint32_t t = finds->list.at[k].match->token, n = 0; n < finds->list.at[k].match->tokens; n++)
      words -= is_word(&r->tokens.at[t + n]);
  if (p->role == CH_TEXT_META)
    return true;
  return p->role != CH_TEXT_CAPTION && words <= LINE_WORDS && is_apart(r, first->token, end, finds->list.at[i].match);
}

static bool is_break(const ChReport *r, uint32_t t)
{
  const ChToken *k = &r->tokens.at[t];
  ChSlice s = ch_report_slice(r, k->span);
  size_t used;
  uint32_t cp = s.n ? ch_utf8_decode(s.p, s.n, &used) : 0;
  return cp == '.' || cp == '(' || cp == '/' || cp == ':' || cp == '-' || (cp >= 0x2010 && cp <= 0x2015);
}

/* The run of tokens before the date is of names in capitals and marks, the date is followed by a break: "MOSCOW, June 8. /TASS/." */
static bool is_dateline(const ChReport *r, uint32_t start, uint32_t limit, const ChWhenMatch *m)
{
  uint32_t words = 0, end = m->token + m->tokens;
  for (uint32_t t = start; t < m->token; t++) {
    const ChToken *k = &r->tokens.at[t];
    if (!is_word(k))
      continue;
    if (!(k->flags & (CH_TOKEN_CAPITAL | CH_TOKEN_ACRONYM | CH_TOKEN_NUMBER)) || ++words > DATELINE_WORDS)
      return false;
  }
  if (end >= limit)
    return words > 0 || m->token > start;
  return is_break(r, end) || is_break(r, end - 1);
}

static bool dates_report(const ChReport *r, const ChWhenFinds *finds, size_t i)
{
  const ChWhenFound *f = &finds->list.at[i];
  const ChSentence *s = &r->sentences.at[f->sentence];
  const ChParagraph *p = &r->paragraphs.at[s->paragraph];
  if (!ch_when_is_day(f->match))
    return false;
  if (f->match->row->op == CH_WHEN_OP_STAMP)
    return true;
  if (s->dateline && f->match->token < s->token + s->dateline)
    return true;
  if (s->paragraph < HEAD_PARAGRAPHS && is_date_line(r, p, finds, i) && f->sentence == p->sentence)
    return true;
  if (f->sentence - p->sentence > 1 || s->paragraph >= HEAD_PARAGRAPHS)
    return false;
  const ChSentence *first = &r->sentences.at[p->sentence];
  return is_dateline(r, first->token, s->token + s->tokens, f->match);
}

void ch_when_mark_datelines(const ChReport *r, ChWhenFinds *finds)
{
  for (size_t i = 0; i < finds->list.n; i++) {
    ChWhenFound *f = &finds->list.at[i];
    if (r->sentences.at[f->sentence].paragraph >= HEAD_PARAGRAPHS)
      break;
    f->dateline = dates_report(r, finds, i);
  }
}
