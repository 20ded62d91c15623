/* Mentions and entities as text, one a line, for `dump` and tests. */
#include "names/names.h"

static const char *const types[] = {"person", "state", "body", "group", "place", "outlet"};
static const char *const forms[] = {"name", "post", "nominal", "pronoun", "adjective"};
static const char *const nominals[] = {"", "person", "persons", "sides", "state", "states", "body", "place", "it", "they"};
static const char *const cases[] = {"-", "nom", "gen", "dat", "acc", "ins", "loc"};

void ch_names_dump(const ChReport *r, ChBuf *out)
{
  ch_buf_printf(out, "outlet\t%.*s\ndateline\t%.*s\n", CH_ARG(r->outlet), CH_ARG(r->dateline));
  for (size_t i = 0; i < r->entities.n; i++) {
    const ChEntity *e = &r->entities.at[i];
    ch_buf_printf(out, "entity\t%zu\t%s%s\t%.*s\t%.*s\t%.*s\t%.*s\t%.*s\t%u\n", i, types[e->type], e->by_post ? "*" : "",
                  CH_ARG(e->name), CH_ARG(e->native), CH_ARG(e->post), CH_ARG(e->of), CH_ARG(e->id), e->mentions);
  }
  for (size_t i = 0; i < r->mentions.n; i++) {
    const ChMention *m = &r->mentions.at[i];
    ChSlice text = ch_report_slice(r, ch_report_tokens_span(r, m->token, m->tokens));
    ChSlice prep = m->prep == CH_NONE ? CH_LIT("") : ch_report_slice(r, r->tokens.at[m->prep].span);
    ch_buf_printf(out, "mention\t%u\t%s\t%s%s%s\t%s\t%.*s\t", m->token, types[m->type], forms[m->form], m->nominal ? ":" : "",
                  nominals[m->nominal], cases[m->kase], CH_ARG(prep));
    if (m->entity == CH_NONE)
      ch_buf_text(out, "-");
    else
      ch_buf_printf(out, "%u %.*s", m->entity, CH_ARG(r->entities.at[m->entity].name));
    ch_buf_printf(out, "\t%.*s\n", CH_ARG(text));
  }
}
