/* CoNLL-U: what the stage found, in the form that treebanks and their tools have. */
#include "base/utf8.h"
#include "language/internal.h"
#include "language/language.h"

static void add_cp(ChBuf *out, uint32_t cp)
{
  char bytes[4];
  ch_buf_add(out, bytes, ch_utf8_encode(cp, bytes));
}

/* Is the word an acronym in a text that is not all in capitals, and its own lemma? */
static bool acronym(const ChReport *r, uint32_t token)
{
  const ChToken *t = &r->tokens.at[token];
  const ChSentence *s = &r->sentences.at[t->sentence];
  bool before = token > s->token && (r->tokens.at[token - 1].flags & CH_TOKEN_ACRONYM);
  bool after = token + 1 < s->token + s->tokens && (r->tokens.at[token + 1].flags & CH_TOKEN_ACRONYM);
  uint8_t pos = t->morph.pos;
  return (t->flags & CH_TOKEN_ACRONYM) && t->lemma == t->norm && !before && !after &&
         (pos == CH_POS_NOUN || pos == CH_POS_NUM || pos == CH_POS_X || pos == CH_POS_ADV || pos == CH_POS_ADJ);
}

void ch_language_lemma(const ChReport *r, uint32_t token, ChBuf *out)
{
  const ChToken *t = &r->tokens.at[token];
  ChSlice form = ch_report_slice(r, t->span), lemma = ch_report_word(r, t->lemma);
  ChCues cues = ch_cues_of(r->pack, r->sentences.at[t->sentence].lang);
  bool name = t->morph.pos == CH_POS_PROPN || acronym(r, token), shared = true;
  bool capital = (name && (t->flags & CH_TOKEN_CAPITAL)) || (ch_cues_find(&cues, lemma, NULL) & CH_WORD_CUE_TREEBANK_CAPITAL);
  if (!lemma.n || (t->flags & CH_TOKEN_PUNCT)) {
    ch_buf_slice(out, form);
    return;
  }
  for (size_t i = 0, k = 0, used, took = 0; k < lemma.n; k += used, i += took) {
    uint32_t cp = ch_utf8_decode(lemma.p + k, lemma.n - k, &used), own = 0;
    took = 0;
    if (shared && i < form.n)
      own = ch_utf8_decode(form.p + i, form.n - i, &took);
    char one[CH_FOLD_MAX];
    size_t n = took ? ch_fold_norm(&cues.fold, ch_slice(form.p + i, took), one) : 0;
    shared = shared && took && ch_slice_eq(ch_slice(one, n), ch_slice(lemma.p + k, used));
    uint32_t show = !shared ? cp : name ? own : ch_cp_lower(own);
    add_cp(out, k == 0 && capital ? ch_cp_capital(show) : show);
  }
}

void ch_language_name(const ChReport *r, uint32_t token, ChBuf *out)
{
  static const char *const kinds[] = {[CH_ENTITY_PERSON] = "PER", [CH_ENTITY_STATE] = "LOC", [CH_ENTITY_BODY] = "ORG",
                                      [CH_ENTITY_GROUP] = NULL,   [CH_ENTITY_PLACE] = "LOC", [CH_ENTITY_OUTLET] = "ORG"};
  uint32_t m = r->tokens.at[token].mention;
  if (!r->mentions.n && r->tokens.at[token].name != CH_NAME_O) /* the stage of names has not run: as the analyser tagged it */
    ch_buf_text(out, ch_name_tag_name(r->tokens.at[token].name));
  if (m == CH_NONE)
    return;
  const ChMention *mention = &r->mentions.at[m];
  bool inside = token >= mention->name && token < mention->name + mention->names;
  if (mention->form == CH_MENTION_ADJECTIVE || !inside || mention->type >= sizeof kinds / sizeof *kinds || !kinds[mention->type])
    return;
  ch_buf_printf(out, "%s-%s", token == mention->name ? "B" : "I", kinds[mention->type]);
}

/* Has the sentence heads? */
static bool has_tree(const ChReport *r, const ChSentence *s)
{
  bool found = false;
  for (uint32_t i = s->token; !found && i < s->token + s->tokens; i++)
    found = r->tokens.at[i].head != CH_NONE;
  return found;
}

void ch_language_conllu_token(const ChReport *r, uint32_t token, uint32_t id, uint32_t first, ChSlice misc, ChBuf *out)
{
  const ChToken *t = &r->tokens.at[token];
  char morph[160];
  ch_morph_format(&t->morph, morph, sizeof morph);
  ChSlice rest = ch_slice_z(morph), pos = ch_slice_cut(&rest, '|');
  ch_buf_printf(out, "%u\t%.*s\t", id, CH_ARG(ch_report_slice(r, t->span)));
  ch_language_lemma(r, token, out);
  ch_buf_printf(out, "\t%.*s\t_\t%.*s\t", CH_ARG(pos), rest.p ? (int)rest.n : 1, rest.p ? rest.p : "_");
  if (t->head != CH_NONE)
    ch_buf_printf(out, "%u\t%s\t_\t", t->head - first + 1, t->rel ? ch_rel_name(t->rel) : "dep");
  else
    ch_buf_text(out, has_tree(r, &r->sentences.at[t->sentence]) ? "0\troot\t_\t" : "_\t_\t_\t");
  size_t before = out->n;
  ch_buf_slice(out, misc);
  size_t mark = out->n;
  ch_buf_text(out, misc.n ? "|NE=" : "NE=");
  size_t name = out->n;
  ch_language_name(r, token, out);
  if (out->n == name)
    out->n = mark;
  if (out->n == before)
    ch_buf_char(out, '_');
  ch_buf_char(out, '\n');
}

/* Adds a text in one line: of blanks and line ends the first, as a blank. */
static void add_line(ChBuf *out, ChSlice text)
{
  bool blank = false;
  for (size_t i = 0; i < text.n; i++) {
    char c = text.p[i] == '\n' ? ' ' : text.p[i];
    if (text.p[i] != '\n' || !blank)
      ch_buf_char(out, c);
    blank = c == ' ';
  }
}

/* Does a blank stand behind the token? At the end of the text there is none, but nothing follows either. */
static bool space_after(const ChReport *r, uint32_t i)
{
  return i + 1 >= r->tokens.n || (r->tokens.at[i + 1].flags & CH_TOKEN_SPACE_BEFORE);
}

void ch_language_conllu_sentence(const ChReport *r, uint32_t sentence, ChBuf *out)
{
  const ChSentence *s = &r->sentences.at[sentence];
  const ChParagraph *p = &r->paragraphs.at[s->paragraph];
  uint32_t end = s->token + s->tokens;
  if (p->sentence == sentence)
    ch_buf_text(out, "# newpar\n");
  ch_buf_printf(out, "# sent_id = %u\n# text = ", sentence + 1);
  add_line(out, ch_report_slice(r, s->span));
  ch_buf_char(out, '\n');
  for (uint32_t i = s->token; i < end; i++) {
    uint32_t last = i;
    while (last + 1 < end && (r->tokens.at[last + 1].flags & CH_TOKEN_JOINED))
      last++;
    bool joined = last > i, inside = r->tokens.at[i].flags & CH_TOKEN_JOINED;
    ChSlice glued = ch_slice_z("SpaceAfter=No"), none = ch_slice("", 0);
    if (joined && !inside) {
      ChSpan whole = {r->tokens.at[i].span.start, r->tokens.at[last].span.end};
      ch_buf_printf(out, "%u-%u\t%.*s\t_\t_\t_\t_\t_\t_\t_\t%s\n", i - s->token + 1, last - s->token + 1, CH_ARG(ch_report_slice(r, whole)),
                    space_after(r, last) ? "_" : "SpaceAfter=No");
    }
    ch_language_conllu_token(r, i, i - s->token + 1, s->token, joined || inside || space_after(r, i) ? none : glued, out);
  }
  ch_buf_char(out, '\n');
}
