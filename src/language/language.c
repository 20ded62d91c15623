#include "language/language.h"

#include "language/analyser.h"

void ch_language_compile(ChPackWriter *w, const char *data, const char *models, ChError *err)
{
  size_t n;
  const ChLanguage *list = ch_failed(err) ? NULL : ch_languages_of_writer(w, &n);
  if (!list)
    return;
  ChWord codes[CH_LANGUAGES_MAX];
  size_t count = n < CH_LANGUAGES_MAX ? n : CH_LANGUAGES_MAX;
  for (size_t i = 0; i < count; i++)
    codes[i] = list[i].code; /* adding sections moves the list */
  for (size_t i = 0; i < count && !ch_failed(err); i++) {
    char code[16];
    ChSlice text = ch_pack_writer_text(w, codes[i]);
    size_t k = text.n < sizeof code ? text.n : sizeof code - 1;
    memcpy(code, text.p, k);
    code[k] = '\0';
    ChSlice lang = ch_slice(code, k);
    ch_cues_compile(w, lang, data, err);
    ch_lexicon_compile(w, lang, data, models, err);
    ch_clusters_compile(w, lang, models, err);
    ch_analyser_compile(w, lang, models, err);
  }
}

void ch_work_init(ChWork *w, ChReport *r)
{
  *w = (ChWork){.r = r};
  ch_languages(r->pack, &w->languages);
  if (w->languages > CH_LANGUAGES_MAX)
    w->languages = CH_LANGUAGES_MAX;
  w->models = ch_arena_array(r->arena, w->languages, sizeof *w->models);
  for (uint32_t l = 0; l < w->languages; l++) {
    ChSlice code = ch_language_code(r->pack, l);
    w->cues[l] = ch_cues_of(r->pack, l);
    w->names[l] = ch_phrases_of_lang(r->pack, code, "world");
    w->lexicons[l] = ch_lexicon_of(r->pack, code);
    w->clusters[l] = ch_clusters_of(r->pack, code);
    w->models[l] = ch_analyser_of(r->pack, code);
  }
}

/* Names show by their capitals inside sentences; at the head of others the same words are then names too. */
static void note_names(ChWork *w)
{
  const ChReport *r = w->r;
  for (size_t s = 0; s < r->sentences.n; s++) {
    const ChSentence *sent = &r->sentences.at[s];
    if (r->paragraphs.at[sent->paragraph].role != CH_TEXT_BODY)
      continue;
    bool begun = false;
    for (uint32_t i = sent->token + sent->dateline; i < sent->token + sent->tokens; i++) {
      const ChType *t = &w->types.at[w->of.at[i]];
      if (begun && (t->flags & CH_TOKEN_CAPITAL) && !t->known && !(t->flags & CH_TOKEN_PUNCT))
        ch_types_note_inside(w, t->key);
      begun = begun || !(t->flags & CH_TOKEN_PUNCT);
      begun = begun && !(r->tokens.at[i].flags & CH_TOKEN_QUOTE_OPEN);
    }
  }
}

static void cut_text(ChWork *w)
{
  ChReport *r = w->r;
  ch_text_paragraphs(w);
  for (uint32_t p = 0; p < r->paragraphs.n; p++) {
    uint32_t first = (uint32_t)r->tokens.n;
    r->paragraphs.at[p].sentence = (uint32_t)r->sentences.n;
    ch_tokens_paragraph(w, p);
    uint32_t end = (uint32_t)r->tokens.n;
    ch_quotes_mark(w, first, end);
    ch_sentences_paragraph(w, p, first, end);
  }
}

void ch_language_stage(ChReport *r)
{
  ChWork *w = ch_arena_alloc(r->arena, sizeof *w);
  ch_work_init(w, r);
  if (!w->languages)
    return;
  if (r->given)
    ch_given_fill(w);
  else
    cut_text(w);
  note_names(w);
  for (uint32_t s = 0; s < r->sentences.n; s++) {
    ch_analyser_sentence(w, s);
    ch_groups_sentence(w, s);
  }
  for (uint32_t p = 0; p < r->paragraphs.n; p++) {
    const ChParagraph *par = &r->paragraphs.at[p];
    if (!par->sentences)
      continue;
    const ChSentence *last = &r->sentences.at[par->sentence + par->sentences - 1];
    ch_quotes_speech(w, r->sentences.at[par->sentence].token, last->token + last->tokens);
  }
  if (!r->tokens.n)
    ch_report_diag(r, CH_LEVEL_ERROR, CH_FAULT_NO_WORDS, (ChSpan){0, 0});
}
