/* A plain tokenizer and tense for the tests of src/when, so that they do not depend on the language stage: words, numbers and marks;
 * one paragraph and sentence a line; the first token of a line can be made a verb of a given tense. */
#ifndef CH_TESTS_WHEN_TEXT_H
#define CH_TESTS_WHEN_TEXT_H

#include <ctype.h>

#include "base/utf8.h"
#include "model/fold.h"
#include "model/languages.h"
#include "report/report.h"

static bool is_mark(uint32_t cp)
{
  return cp < 128 ? cp > 32 && !isalnum((int)cp) && cp != '\'' && cp != '-' : (cp >= 0x2010 && cp <= 0x203A) || cp == 0xAB || cp == 0xBB;
}

static void add_token(ChReport *r, const ChFold *fold, uint32_t start, uint32_t end, bool space, ChTense tense)
{
  ChSlice form = ch_slice(r->text.p + start, end - start);
  ChToken *t = CH_PUSH(r->arena, &r->tokens);
  char out[CH_FOLD_MAX];
  size_t used;
  uint32_t cp = ch_utf8_decode(form.p, form.n, &used);
  *t = (ChToken){.span = {start, end}, .sentence = (uint32_t)r->sentences.n - 1, .head = CH_NONE, .group = CH_NONE, .mention = CH_NONE, .time = CH_NONE};
  t->form = ch_words_id(&r->words, form);
  t->norm = ch_words_id(&r->words, ch_slice(out, ch_fold_norm(fold, form, out)));
  t->key = ch_words_id(&r->words, ch_slice(out, ch_fold_key(fold, form, out)));
  t->lemma = t->norm;
  t->flags = (uint16_t)((space ? CH_TOKEN_SPACE_BEFORE : 0) | (ch_cp_upper(cp) ? CH_TOKEN_CAPITAL : 0) |
                        (ch_fold_acronym(form) ? CH_TOKEN_ACRONYM : 0) | (ch_cp_digit(cp) ? CH_TOKEN_NUMBER : 0) |
                        (is_mark(cp) || cp == '-' ? CH_TOKEN_PUNCT : 0));
  if (tense != CH_TENSE_NONE)
    t->morph = (ChMorph){.pos = CH_POS_VERB, .tense = (uint8_t)tense, .form = CH_VERB_FIN};
}

/* "Nov." and a lone initial or "г." keep their dot when more of the line follows. */
static bool keeps_dot(ChSlice line, size_t start, size_t dot)
{
  return dot + 1 < line.n && line.p[dot + 1] == ' ' && ch_utf8_count(ch_slice(line.p + start, dot - start)) <= 4 && !isdigit((unsigned char)line.p[dot - 1]);
}

static void tokenize_line(ChReport *r, const ChFold *fold, ChSlice line, ChTense tense)
{
  uint32_t base = (uint32_t)(line.p - r->text.p);
  bool space = false;
  for (size_t i = 0; i < line.n;) {
    size_t used, start = i;
    uint32_t cp = ch_utf8_decode(line.p + i, line.n - i, &used);
    if (ch_cp_space(cp)) {
      space = true;
      i += used;
      continue;
    }
    i += used;
    if (!is_mark(cp) && cp != '-') {
      while (i < line.n) {
        uint32_t next = ch_utf8_decode(line.p + i, line.n - i, &used);
        bool inner = (next == '.' && i + 1 < line.n && isdigit((unsigned char)line.p[i + 1]) && isdigit((unsigned char)line.p[i - 1])) ||
                     (next == '.' && keeps_dot(line, start, i));
        /* "16-17" is three tokens, "mid-July" one */
        if (next == '-' && isdigit((unsigned char)line.p[i - 1]) && i + 1 < line.n && isdigit((unsigned char)line.p[i + 1]))
          break;
        if (ch_cp_space(next) || (is_mark(next) && !inner))
          break;
        i += used;
      }
    }
    add_token(r, fold, base + (uint32_t)start, base + (uint32_t)i, space, start == 0 ? tense : CH_TENSE_NONE);
    space = false;
  }
}

static void tokenize(ChReport *r, const char *lang, ChTense tense)
{
  ChFold fold = ch_fold_of(r->pack, ch_slice_z(lang));
  uint8_t index = (uint8_t)ch_language_index(r->pack, ch_slice_z(lang));
  for (ChSlice rest = r->text; rest.p;) {
    ChSlice line = ch_slice_cut(&rest, '\n');
    if (!line.n)
      continue;
    ChParagraph *p = CH_PUSH(r->arena, &r->paragraphs);
    uint32_t start = (uint32_t)(line.p - r->text.p), first = (uint32_t)r->tokens.n;
    *p = (ChParagraph){.span = {start, start + (uint32_t)line.n}, .sentence = (uint32_t)r->sentences.n, .sentences = 1, .lang = index};
    ChSentence *s = CH_PUSH(r->arena, &r->sentences);
    *s = (ChSentence){.span = p->span, .token = first, .paragraph = (uint32_t)r->paragraphs.n - 1, .lang = index};
    tokenize_line(r, &fold, line, tense);
    r->sentences.at[r->sentences.n - 1].tokens = (uint32_t)r->tokens.n - first;
  }
}

#endif
