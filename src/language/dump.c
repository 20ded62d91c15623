#include "language/language.h"
#include "language/lexicon.h"
#include "model/languages.h"

static void flag(ChBuf *out, const char *name, bool on)
{
  if (on)
    ch_buf_printf(out, "%s%s", out->n && out->p[out->n - 1] != '\t' ? "," : "", name);
}

/* One line of a token: index in the sentence, form, lemma, part of speech, features, key, group, governor, relation, margin, name, flags. */
static void dump_token(const ChReport *r, uint32_t i, uint32_t from, ChBuf *out)
{
  const ChToken *t = &r->tokens.at[i];
  char morph[160];
  ch_morph_format(&t->morph, morph, sizeof morph);
  ChSlice rest = ch_slice_z(morph), pos = ch_slice_cut(&rest, '|');
  ChSlice form = ch_report_slice(r, t->span), lemma = ch_report_word(r, t->lemma), key = ch_report_word(r, t->lemma_key);
  ch_buf_printf(out, "%u\t%.*s\t%.*s\t%.*s\t%.*s\t%.*s\t", i - from + 1, CH_ARG(form), CH_ARG(lemma), CH_ARG(pos),
                rest.p ? (int)rest.n : 1, rest.p ? rest.p : "_", CH_ARG(key));
  if (t->group != CH_NONE) {
    const ChGroup *g = &r->groups.at[t->group];
    ch_buf_printf(out, "%s%u%s", g->type == CH_GROUP_NOUN ? "N" : "V", t->group, g->head == i ? "*" : "");
    if (g->head == i && g->prep != CH_NONE)
      ch_buf_printf(out, "<%u", g->prep - from + 1);
  } else {
    ch_buf_char(out, '_');
  }
  if (t->rel)
    ch_buf_printf(out, "\t%u\t%s\t%.2f", t->head == CH_NONE ? 0 : t->head - from + 1, ch_rel_name(t->rel), t->margin / 256.0);
  else
    ch_buf_text(out, "\t_\t_\t_");
  ch_buf_printf(out, "\t%s\t", ch_name_tag_name(t->name));
  flag(out, "open", t->flags & CH_TOKEN_QUOTE_OPEN);
  flag(out, "close", t->flags & CH_TOKEN_QUOTE_CLOSE);
  flag(out, "speech", t->flags & CH_TOKEN_IN_QUOTE);
  flag(out, "initial", t->flags & CH_TOKEN_INITIAL);
  flag(out, "acronym", t->flags & CH_TOKEN_ACRONYM);
  flag(out, "number", t->flags & CH_TOKEN_NUMBER);
  flag(out, "unknown", !(t->flags & (CH_TOKEN_KNOWN | CH_TOKEN_PUNCT | CH_TOKEN_NUMBER)));
  ch_buf_char(out, '\n');
}

void ch_language_dump(const ChReport *r, ChBuf *out)
{
  static const char *const roles[] = {"body", "title", "heading", "meta", "caption"};
  for (size_t p = 0; p < r->paragraphs.n; p++) {
    const ChParagraph *par = &r->paragraphs.at[p];
    ChSlice code = ch_language_code(r->pack, par->lang);
    ch_buf_printf(out, "# paragraph %zu role=%s lang=%.*s bytes=%u-%u\n", p, par->role < 5 ? roles[par->role] : "?", CH_ARG(code),
                  par->span.start, par->span.end);
    for (uint32_t s = par->sentence; s < par->sentence + par->sentences; s++) {
      const ChSentence *sent = &r->sentences.at[s];
      ch_buf_printf(out, "# sentence %u dateline=%u\n# text = ", s, sent->dateline);
      ch_buf_slice(out, ch_report_slice(r, sent->span));
      ch_buf_char(out, '\n');
      for (uint32_t i = sent->token; i < sent->token + sent->tokens; i++)
        dump_token(r, i, sent->token, out);
      ch_buf_char(out, '\n');
    }
  }
}
