#include "when/when.h"

#include "model/languages.h"
#include "when/date.h"
#include "when/series.h"
#include "when/tense.h"
#include "world/day.h"

void ch_when_compile(ChPackWriter *w, const char *data, ChError *err)
{
  size_t n;
  const ChLanguage *list = ch_languages_of_writer(w, &n);
  ChSlice code[CH_LANGUAGES_MAX];
  for (size_t i = 0; i < n; i++)
    code[i] = ch_pack_writer_text(w, list[i].code);
  for (size_t i = 0; i < n && !ch_failed(err); i++)
    ch_when_compile_grammar(w, data, code[i], err);
  ch_when_compile_relations(w, data, err);
}

/* ---- finding ---- */

static void find_times(ChReport *r, ChWhenFinds *finds, ChWhenMarks *marks)
{
  ChWhenScan scan = {0};
  uint32_t lang = UINT32_MAX;
  for (uint32_t i = 0; i < r->sentences.n; i++) {
    const ChSentence *s = &r->sentences.at[i];
    if (s->lang != lang) {
      lang = s->lang;
      ch_when_scan_init(&scan, r, ch_language_code(r->pack, lang));
    }
    ch_when_scan(&scan, s->token, s->tokens);
    for (size_t k = 0; k < scan.chosen.n; k++) {
      ChWhenMatch *m = scan.chosen.at[k];
      if (m->row->op == CH_WHEN_OP_CUE)
        ch_when_mark_cue(r, marks, m);
      else if (m->row->op != CH_WHEN_OP_NONE)
        *CH_PUSH(r->arena, &finds->list) = (ChWhenFound){.match = m, .sentence = i};
    }
  }
}

/* ---- resolving ---- */

typedef struct Emitter {
  ChReport *r;
  ChWhenContext c;
  uint32_t sentence; /* where c.year and c.previous were set */
  int32_t sentence_year;
} Emitter;

static void add_time(Emitter *e, const ChWhenFound *f, const ChWhenMatch *m, uint32_t token, uint32_t tokens, ChWhenSpan span)
{
  ChReport *r = e->r;
  ChTime *t = CH_PUSH(r->arena, &r->times);
  t->token = token;
  t->tokens = tokens;
  t->anchor = (uint8_t)(m->row->op == CH_WHEN_OP_WITHIN && m->row->k == 1 && !span.ok ? CH_TIME_PERIOD : ch_when_anchor(m));
  t->dateline = f->dateline;
  t->deadline = m->row->op == CH_WHEN_OP_BY;
  t->earliest = m->row->op == CH_WHEN_OP_SINCE && m->row->k == 1;
  t->rule = m->row->id;
  t->score = m->row->score;
  t->unresolved = ch_when_unresolved(r->arena, m);
  t->counted = t->anchor == CH_TIME_EVENT && ch_when_days_off(m, &t->days);
  t->edtf = ch_when_edtf(r->arena, span);
  for (uint32_t k = token; k < token + tokens; k++)
    r->tokens.at[k].time = (uint32_t)r->times.n - 1;
  if (span.ok && span.first == span.last && !f->dateline)
    e->c.previous = span.first;
}

/* The interval of a list whose days follow each other, with k = 2 also weeks or months ("in April or May"). */
static ChWhenSpan adjoining(const ChWhenMatch *m, const ChWhenContext *c)
{
  ChWhenSpan whole = {0};
  if (m->row->k == 1)
    return whole;
  for (uint32_t k = 0; k < m->subs; k++) {
    ChWhenSpan one = ch_when_resolve(m->sub[k], c);
    bool grain = one.ok && (one.first == one.last || (m->row->k == 2 && one.first != CH_DAY_MIN && one.last != CH_DAY_MAX));
    if (!grain || (k && one.first != whole.last + 1))
      return (ChWhenSpan){0};
    whole = k ? (ChWhenSpan){whole.first, one.last, true, 0} : one;
  }
  return whole;
}

/* Each day of a list is a time; days that follow each other are one interval unless k = 1. */
static void add_list(Emitter *e, const ChWhenFound *f)
{
  ChWhenMatch *m = f->match;
  if (m->subs) {
    ChWhenSpan whole = adjoining(m, &e->c);
    if (whole.ok) {
      add_time(e, f, m, m->token, m->tokens, whole);
      return;
    }
    for (uint32_t k = 0; k < m->subs; k++)
      add_time(e, f, m->sub[k], m->sub[k]->token, m->sub[k]->tokens, ch_when_resolve(m->sub[k], &e->c));
    return;
  }
  int days = m->slots.days;
  bool row = true;
  for (int k = 1; k < days; k++)
    row = row && m->slots.d[k] == m->slots.d[k - 1] + 1;
  if (days < 2 || (row && m->row->k != 1)) {
    add_time(e, f, m, m->token, m->tokens, ch_when_resolve(m, &e->c));
    return;
  }
  ChWhenMatch one = *m;
  one.slots.days = 1;
  for (int k = 0; k < days; k++) {
    one.slots.d[0] = m->slots.d[k];
    uint32_t from = k || m->row->k == 1 ? m->day_token[k] : m->token, to = k + 1 < days ? m->day_token[k] + 1 : m->token + m->tokens;
    if (to > from)
      add_time(e, f, &one, from, to - from, ch_when_resolve(&one, &e->c));
  }
}

/* A year that the sentence has given holds for its later dates without one. */
static int32_t year_given(const ChWhenMatch *m)
{
  const ChWhenMatch *core = ch_when_core(m);
  return core->row->op == CH_WHEN_OP_DATE && !core->slots.m[0] && !core->slots.y[1] ? core->slots.y[0] : 0;
}

static void resolve_all(ChReport *r, const ChWhenFinds *finds, ChWhenContext c)
{
  Emitter e = {.r = r, .c = c, .sentence = CH_NONE};
  uint32_t paragraph = CH_NONE;
  for (size_t i = 0; i < finds->list.n; i++) {
    const ChWhenFound *f = &finds->list.at[i];
    if (f->sentence != e.sentence) {
      e.sentence = f->sentence;
      e.sentence_year = 0;
      if (r->sentences.at[f->sentence].paragraph != paragraph)
        e.c.previous = CH_DAY_MIN;
      paragraph = r->sentences.at[f->sentence].paragraph;
    }
    e.c.tense = f->tense;
    e.c.near = f->near;
    e.c.year = ch_when_anchor(f->match) == CH_TIME_YEARLESS ? e.sentence_year : 0;
    if (f->match->row->op == CH_WHEN_OP_LIST)
      add_list(&e, f);
    else
      add_time(&e, f, f->match, f->match->token, f->match->tokens, ch_when_resolve(f->match, &e.c));
    int32_t y = year_given(f->match);
    if (y)
      e.sentence_year = y;
  }
}

static bool argument_preposition(const ChReport *r, const ChWhenGrammar *g, uint32_t token)
{
  size_t n;
  const ChWhenWord *w = ch_when_words(g, r->tokens.at[token].norm, &n);
  for (size_t i = 0; i < n; i++)
    if (w[i].cls == CH_WHEN_CLASS_ARGPREP)
      return true;
  return false;
}

/* "moved to May 5", "postponed [until May 20-21]": the past is that of the move. The preposition stands before the match or begins it. */
static bool after_argument_preposition(const ChReport *r, const ChWhenMatch *m)
{
  const ChSentence *s = &r->sentences.at[r->tokens.at[m->token].sentence];
  ChWhenGrammar g = ch_when_grammar(r->pack, ch_language_code(r->pack, s->lang));
  if (argument_preposition(r, &g, m->token))
    return true;
  return ch_when_core(m)->row->op == CH_WHEN_OP_DATE && m->token > s->token && argument_preposition(r, &g, m->token - 1);
}

void ch_when_stage(ChReport *r)
{
  r->times.n = 0;
  r->dates.n = 0;
  for (size_t t = 0; t < r->tokens.n; t++)
    r->tokens.at[t].time = CH_NONE;
  ChWhenFinds finds = {0};
  ChWhenMarks marks = ch_when_marks(r);
  find_times(r, &finds, &marks);
  for (size_t i = 0; i < finds.list.n; i++) {
    ChWhenFound *f = &finds.list.at[i];
    f->tense = (uint8_t)ch_when_tense(r, &marks, f->match->token, f->match->tokens, &f->near);
    if (f->tense == CH_WHEN_TENSE_PAST && after_argument_preposition(r, f->match))
      f->tense = CH_WHEN_TENSE_NONE;
  }
  ch_when_mark_datelines(r, &finds);
  ChWhenContext c = ch_when_date_report(r, &finds, &marks);
  resolve_all(r, &finds, c);
}

/* ---- dump ---- */

static const char *anchor_name(uint32_t a)
{
  static const char *const names[] = {"full", "yearless", "weekday", "relative", "event", "period", "anniversary"};
  return a < sizeof names / sizeof *names ? names[a] : "?";
}

void ch_when_dump(const ChReport *r, ChBuf *out)
{
  for (size_t i = 0; i < r->times.n; i++) {
    const ChTime *t = &r->times.at[i];
    ChSlice text = ch_report_slice(r, ch_report_tokens_span(r, t->token, t->tokens)), rule = ch_report_word(r, t->rule);
    ChSlice edtf = t->edtf.n ? t->edtf : CH_LIT("-");
    ch_buf_printf(out, "time %zu\t%u+%u\t%.*s\t%s\t%.*s\t%.*s\t%.*s\t%.2f%s%s\n", i, t->token, t->tokens, CH_ARG(text),
                  anchor_name(t->anchor), CH_ARG(edtf), CH_ARG(t->unresolved), CH_ARG(rule),
                  (double)t->score, t->dateline ? "\tdateline" : "", t->deadline ? "\tdeadline" : t->earliest ? "\tearliest" : "");
  }
  for (size_t i = 0; i < r->dates.n; i++)
    ch_buf_printf(out, "date %zu\t%.*s\t%.2f\t%.*s\n", i, CH_ARG(r->dates.at[i].day), (double)r->dates.at[i].score,
                  CH_ARG(r->dates.at[i].reasons));
  ChSlice published = r->published.n ? r->published : CH_LIT("-");
  ch_buf_printf(out, "published\t%.*s\t%s\n", CH_ARG(published), !r->published.n ? "unknown" : r->published_stated ? "stated" : "inferred");
}
