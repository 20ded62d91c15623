#include "pipeline/dump.h"

#include "language/language.h"
#include "names/names.h"
#include "pipeline/pipeline.h"
#include "when/when.h"

static ChSlice spell(const ChReport *r, ChWord w) { return ch_report_word(r, w); }

static ChSlice token_text(const ChReport *r, uint32_t token)
{
  return token < r->tokens.n ? ch_report_slice(r, r->tokens.at[token].span) : CH_LIT("-");
}

static ChSlice entity_name(const ChReport *r, uint32_t entity)
{
  return entity < r->entities.n ? r->entities.at[entity].name : CH_LIT("-");
}

static void field(ChBuf *out, const char *name, ChSlice value)
{
  if (value.n)
    ch_buf_printf(out, "%s: %.*s\n", name, CH_ARG(value));
}

static void dump_intake(const ChReport *r, ChBuf *out)
{
  field(out, "id", r->meta.id);
  field(out, "published", r->meta.published);
  field(out, "outlet", r->meta.outlet);
  field(out, "title", r->meta.title);
  field(out, "author", r->meta.author);
  field(out, "url", r->meta.url);
  field(out, "lang", r->meta.lang);
  ch_buf_printf(out, "map to raw bytes: %s\n\n", r->raw ? "kept" : "the same");
  ch_buf_slice(out, r->text);
  ch_buf_char(out, '\n');
}

/* ---- events ---- */

static void dump_why(ChBuf *out, const ChReport *r, const ChWhy *y)
{
  if (y->rule)
    ch_buf_printf(out, "  [%.*s %.2f]", CH_ARG(spell(r, y->rule)), (double)y->confidence);
}

static void dump_clause(const ChReport *r, size_t i, ChBuf *out)
{
  static const char *const functions[] = {"subject", "object", "oblique", "possessor"};
  const ChClause *k = &r->clauses.at[i];
  ch_buf_printf(out, "clause %zu s%u \"%.*s\" voice %u tense %u form %u", i, k->sentence, CH_ARG(token_text(r, k->predicate)),
                k->voice, k->tense, k->form);
  if (k->polarity == CH_POLARITY_NO)
    ch_buf_text(out, " not");
  if (k->parent != CH_NONE)
    ch_buf_printf(out, " under %u", k->parent);
  ch_buf_char(out, '\n');
  for (size_t a = 0; a < k->args.n; a++) {
    const ChArgument *g = &k->args.at[a];
    ch_buf_printf(out, "  %s \"%.*s\" case %u", g->function < 4 ? functions[g->function] : "?", CH_ARG(token_text(r, g->token)),
                  g->kase);
    if (g->prep != CH_NONE)
      ch_buf_printf(out, " prep \"%.*s\"", CH_ARG(token_text(r, g->prep)));
    if (g->mention < r->mentions.n)
      ch_buf_printf(out, " mention %u %.*s", g->mention, CH_ARG(entity_name(r, r->mentions.at[g->mention].entity)));
    if (g->time < r->times.n)
      ch_buf_printf(out, " time %.*s", CH_ARG(r->times.at[g->time].edtf));
    ch_buf_printf(out, " %.2f\n", (double)g->score);
  }
}

static void dump_evidence(const ChReport *r, const ChEvidence *at, size_t n, ChBuf *out)
{
  for (size_t i = 0; i < n; i++)
    ch_buf_printf(out, "  \"%.*s\" s%u\n", CH_ARG(ch_report_slice(r, at[i].span)), at[i].sentence);
}

static void dump_fields(const ChReport *r, const ChEvent *e, ChBuf *out)
{
  for (size_t k = 0; k < e->participants.n; k++) {
    const ChParticipant *p = &e->participants.at[k];
    ch_buf_printf(out, "  %.*s: %.*s%s", CH_ARG(spell(r, p->role)), CH_ARG(entity_name(r, p->entity)),
                  p->mention == CH_NONE ? " (inherited)" : "");
    dump_why(out, r, &p->why);
    ch_buf_char(out, '\n');
  }
  if (e->place != CH_NONE) {
    ch_buf_printf(out, "  place %.*s", CH_ARG(entity_name(r, e->place)));
    dump_why(out, r, &e->why_place);
    ch_buf_char(out, '\n');
  }
  if (e->time.n) {
    ch_buf_printf(out, "  time %.*s", CH_ARG(e->time));
    dump_why(out, r, &e->why_time);
    ch_buf_char(out, '\n');
  }
  for (size_t k = 0; k < e->other_times.n; k++)
    ch_buf_printf(out, "  other time %.*s\n", CH_ARG(e->other_times.at[k]));
  for (size_t k = 0; k < e->formats.n; k++)
    ch_buf_printf(out, "  format %.*s\n", CH_ARG(spell(r, e->formats.at[k])));
  if (e->series.n)
    ch_buf_printf(out, "  series %.*s %u\n", CH_ARG(e->series), e->ordinal);
  for (size_t k = 0; k < e->topics.n; k++)
    ch_buf_printf(out, "  topic %.*s\n", CH_ARG(e->topics.at[k]));
  for (size_t k = 0; k < e->documents.n; k++)
    ch_buf_printf(out, "  document %.*s (%.*s)\n", CH_ARG(e->documents.at[k].title), CH_ARG(spell(r, e->documents.at[k].action)));
  if (e->attribution.n) {
    ch_buf_printf(out, "  attribution %.*s", CH_ARG(e->attribution));
    dump_why(out, r, &e->why_attribution);
    ch_buf_char(out, '\n');
  }
  for (size_t k = 0; k < e->links.n; k++)
    ch_buf_printf(out, "  %.*s event %u\n", CH_ARG(spell(r, e->links.at[k].type)), e->links.at[k].event);
}

static void dump_events(const ChReport *r, ChBuf *out)
{
  for (size_t i = 0; i < r->clauses.n; i++)
    dump_clause(r, i, out);
  for (size_t i = 0; i < r->events.n; i++) {
    const ChEvent *e = &r->events.at[i];
    ch_buf_printf(out, "event %zu %.*s %.*s s%u \"%.*s\"", i, CH_ARG(spell(r, e->kind)), CH_ARG(spell(r, e->status)), e->sentence,
                  CH_ARG(token_text(r, e->trigger)));
    if (e->merged != CH_NONE)
      ch_buf_printf(out, " -> event %u", e->merged);
    dump_why(out, r, &e->why_kind);
    dump_why(out, r, &e->why_status);
    ch_buf_char(out, '\n');
    dump_fields(r, e, out);
    dump_evidence(r, e->evidence.at, e->evidence.n, out);
  }
  for (size_t i = 0; i < r->statements.n; i++) {
    const ChStatement *s = &r->statements.at[i];
    ch_buf_printf(out, "statement %zu %.*s %.*s: %.*s", i, CH_ARG(s->speaker), CH_ARG(spell(r, s->act)), CH_ARG(s->about));
    if (s->target.n)
      ch_buf_printf(out, " (to %.*s)", CH_ARG(s->target));
    dump_why(out, r, &s->why);
    ch_buf_char(out, '\n');
    dump_evidence(r, s->evidence.at, s->evidence.n, out);
  }
}

/* ---- the table ---- */

static const struct {
  const char *stage;
  void (*dump)(const ChReport *r, ChBuf *out);
} dumps[] = {
    {CH_STAGE_INTAKE, dump_intake}, {"language", ch_language_dump}, {"names", ch_names_dump},
    {"when", ch_when_dump},         {"who", ch_names_dump},         {"events", dump_events},
    {"discourse", dump_events},
};

bool ch_pipeline_knows(const char *stage)
{
  for (const ChStage *s = ch_pipeline_stages(); s->name; s++)
    if (strcmp(s->name, stage) == 0)
      return true;
  return strcmp(stage, CH_STAGE_INTAKE) == 0;
}

void ch_pipeline_dump(const ChReport *r, const char *stage, ChBuf *out)
{
  for (size_t i = 0; i < sizeof dumps / sizeof *dumps; i++)
    if (strcmp(dumps[i].stage, stage) == 0)
      dumps[i].dump(r, out);
}
