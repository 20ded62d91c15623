#include "report/report.h"

typedef struct Check {
  const ChReport *r;
  ChError *err;
} Check;

static void fail(Check *c, const char *what, size_t i)
{
  ch_error_set(c->err, CH_ERR_FORMAT, "report check: %s %zu", what, i);
}

static bool span_ok(const ChReport *r, ChSpan s) { return s.start <= s.end && s.end <= r->text.n; }
static bool range_ok(uint32_t first, uint32_t count, size_t n) { return first <= n && count <= n - first; }
static bool index_ok(uint32_t i, size_t n) { return i == CH_NONE || i < n; }

static void check_text(Check *c)
{
  const ChReport *r = c->r;
  for (size_t i = 0; i < r->paragraphs.n; i++) {
    const ChParagraph *p = &r->paragraphs.at[i];
    if (!span_ok(r, p->span) || !range_ok(p->sentence, p->sentences, r->sentences.n) ||
        (i && p->span.start < r->paragraphs.at[i - 1].span.end))
      fail(c, "paragraph", i);
  }
  for (size_t i = 0; i < r->sentences.n; i++) {
    const ChSentence *s = &r->sentences.at[i];
    if (!span_ok(r, s->span) || !range_ok(s->token, s->tokens, r->tokens.n) || s->paragraph >= r->paragraphs.n ||
        s->dateline > s->tokens || (i && s->span.start < r->sentences.at[i - 1].span.end))
      fail(c, "sentence", i);
  }
  for (size_t i = 0; i < r->tokens.n; i++) {
    const ChToken *t = &r->tokens.at[i];
    if (!span_ok(r, t->span) || t->span.start == t->span.end || t->sentence >= r->sentences.n || !index_ok(t->head, r->tokens.n) ||
        !index_ok(t->group, r->groups.n) || !index_ok(t->mention, r->mentions.n) || !index_ok(t->time, r->times.n) ||
        (i && t->span.start < r->tokens.at[i - 1].span.end))
      fail(c, "token", i);
  }
  for (size_t i = 0; i < r->groups.n; i++) {
    const ChGroup *g = &r->groups.at[i];
    if (!g->tokens || !range_ok(g->token, g->tokens, r->tokens.n) || g->head < g->token || g->head >= g->token + g->tokens ||
        !index_ok(g->prep, r->tokens.n))
      fail(c, "group", i);
  }
}

/* Heads form trees: no cycle, no head outside the sentence. */
static void check_heads(Check *c, const ChSentence *sent)
{
  const ChReport *r = c->r;
  for (uint32_t i = sent->token; i < sent->token + sent->tokens; i++) {
    uint32_t at = i, steps = 0;
    while (r->tokens.at[at].head != CH_NONE && steps <= sent->tokens) {
      at = r->tokens.at[at].head;
      steps++;
      if (at < sent->token || at >= sent->token + sent->tokens) {
        fail(c, "head outside its sentence, token", i);
        return;
      }
    }
    if (steps > sent->tokens) {
      fail(c, "cycle of heads, token", i);
      return;
    }
  }
}

/* In a sentence with a tree every word has a relation and one is the root; in one without no word has a head. */
static void check_rels(Check *c, const ChSentence *sent, size_t number)
{
  uint32_t roots = 0, rels = 0;
  for (uint32_t i = sent->token; i < sent->token + sent->tokens; i++) {
    const ChToken *t = &c->r->tokens.at[i];
    roots += t->rel == CH_REL_ROOT;
    rels += t->rel != CH_REL_NONE;
    if (t->rel >= CH_RELS || t->name >= CH_NAME_TAGS || (t->rel == CH_REL_ROOT) != (t->rel && t->head == CH_NONE) ||
        (!t->rel && t->head != CH_NONE)) {
      fail(c, "relation of token", i);
      return;
    }
  }
  if (rels && (rels != sent->tokens || roots != 1))
    fail(c, "tree of sentence", number);
}

static void check_trees(Check *c)
{
  const ChReport *r = c->r;
  for (size_t s = 0; s < r->sentences.n && !ch_failed(c->err); s++) {
    check_heads(c, &r->sentences.at[s]);
    if (!ch_failed(c->err))
      check_rels(c, &r->sentences.at[s], s);
  }
}

static bool edtf_day(ChSlice s)
{
  if (ch_slice_is(s, ".."))
    return true;
  if (s.n != 4 && s.n != 7 && s.n != 10)
    return false;
  for (size_t i = 0; i < s.n; i++)
    if ((i == 4 || i == 7) ? s.p[i] != '-' : s.p[i] < '0' || s.p[i] > '9')
      return false;
  return true;
}

static bool edtf_ok(ChSlice s)
{
  if (!s.n)
    return true;
  size_t slash = ch_slice_find(s, CH_LIT("/"));
  if (slash == SIZE_MAX)
    return edtf_day(s);
  return edtf_day(ch_slice(s.p, slash)) && edtf_day(ch_slice(s.p + slash + 1, s.n - slash - 1));
}

static void check_names(Check *c)
{
  const ChReport *r = c->r;
  for (size_t i = 0; i < r->mentions.n; i++) {
    const ChMention *m = &r->mentions.at[i];
    if (!m->tokens || !range_ok(m->token, m->tokens, r->tokens.n) || !index_ok(m->entity, r->entities.n) ||
        !index_ok(m->prep, r->tokens.n) || m->head < m->token || m->head >= m->token + m->tokens ||
        (m->names && (m->name < m->token || m->name + m->names > m->token + m->tokens)) ||
        (i && m->token < r->mentions.at[i - 1].token))
      fail(c, "mention", i);
  }
  for (size_t i = 0; i < r->entities.n; i++)
    if (!r->entities.at[i].name.n || !index_ok(r->entities.at[i].of_entity, r->entities.n))
      fail(c, "entity", i);
  for (size_t i = 0; i < r->times.n; i++) {
    const ChTime *t = &r->times.at[i];
    if (!t->tokens || !range_ok(t->token, t->tokens, r->tokens.n) || !edtf_ok(t->edtf))
      fail(c, "time", i);
  }
}

static void check_events(Check *c)
{
  const ChReport *r = c->r;
  for (size_t i = 0; i < r->clauses.n; i++) {
    const ChClause *k = &r->clauses.at[i];
    if (!range_ok(k->token, k->tokens, r->tokens.n) || k->predicate >= r->tokens.n || !index_ok(k->parent, r->clauses.n))
      fail(c, "clause", i);
    for (size_t a = 0; a < k->args.n; a++)
      if (k->args.at[a].token >= r->tokens.n || !index_ok(k->args.at[a].mention, r->mentions.n) ||
          !index_ok(k->args.at[a].time, r->times.n))
        fail(c, "argument of clause", i);
  }
  for (size_t i = 0; i < r->events.n; i++) {
    const ChEvent *e = &r->events.at[i];
    if (!e->kind || !e->status || !edtf_ok(e->time) || !index_ok(e->place, r->entities.n) || !index_ok(e->merged, r->events.n))
      fail(c, "event", i);
    for (size_t k = 0; k < e->participants.n; k++)
      if (e->participants.at[k].entity >= r->entities.n || !e->participants.at[k].role)
        fail(c, "participant of event", i);
    for (size_t k = 0; k < e->links.n; k++)
      if (e->links.at[k].event >= r->events.n || e->links.at[k].event == i)
        fail(c, "link of event", i);
    for (size_t k = 0; k < e->evidence.n; k++) {
      const ChEvidence *v = &e->evidence.at[k];
      if (!span_ok(r, v->span) || v->sentence >= r->sentences.n || v->span.start < r->sentences.at[v->sentence].span.start ||
          v->span.end > r->sentences.at[v->sentence].span.end)
        fail(c, "evidence of event", i);
    }
  }
}

bool ch_report_check(const ChReport *r, ChError *err)
{
  Check c = {r, err};
  check_text(&c);
  if (!ch_failed(err))
    check_trees(&c);
  check_names(&c);
  check_events(&c);
  if (!edtf_ok(r->published))
    fail(&c, "published", 0);
  return !ch_failed(err);
}
