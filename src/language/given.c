/* Paragraphs, sentences and tokens that someone else has cut: a treebank's, another tokenizer's. */
#include "language/internal.h"

static uint32_t count_paragraphs(const ChReport *r)
{
  uint32_t n = 0;
  for (uint32_t i = 0; i < r->n_given; i++)
    n += i == 0 || r->given[i].paragraph;
  return n;
}

/* The token after the paragraph that starts with token i. */
static uint32_t paragraph_end(const ChReport *r, uint32_t i)
{
  do
    i++;
  while (i < r->n_given && !r->given[i].paragraph);
  return i;
}

void ch_given_fill(ChWork *w)
{
  ChReport *r = w->r;
  size_t n = 0;
  ChSpan *spans = ch_arena_array(r->arena, count_paragraphs(r), sizeof *spans);
  for (uint32_t i = 0, end; i < r->n_given; i = end) {
    end = paragraph_end(r, i);
    spans[n++] = (ChSpan){r->given[i].span.start, r->given[end - 1].span.end};
  }
  ch_text_given(w, spans, n);
  for (uint32_t i = 0, p = 0, end; i < r->n_given; i = end, p++) {
    end = paragraph_end(r, i);
    r->paragraphs.at[p].sentence = (uint32_t)r->sentences.n;
    ch_tokens_given(w, p, r->given + i, end - i);
    ch_quotes_mark(w, i, end);
    ch_sentences_given(w, p, r->given + i, i, end);
  }
}
