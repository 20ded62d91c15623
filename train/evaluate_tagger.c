/* Measures the tagger as the program runs it, on gold tokens.
 * usage: evaluate_tagger DATA MODELS CODE [-e] FILE.conllu...
 * Prints a line for each file: words, share with the right part of speech, all features, lemma; the same without punctuation; and of
 * words that the lexicon lacks. -e lists the most frequent confusions and wrong lemmas on standard error. */
#include <stdio.h>
#include <stdlib.h>

#include "conllu.h"
#include "model/languages.h"

typedef struct Tally {
  uint64_t n, pos, feats, lemma, kase, cased;
} Tally;

static void add(Tally *t, const Gold *g, const ChToken *k, bool lemma)
{
  t->n++;
  t->pos += g->morph.pos == k->morph.pos;
  t->feats += memcmp(&g->morph, &k->morph, sizeof g->morph) == 0;
  t->lemma += lemma;
  if (g->morph.kase) {
    t->cased++;
    t->kase += g->morph.kase == k->morph.kase;
  }
}

static double share(uint64_t a, uint64_t b) { return b ? 100.0 * (double)a / (double)b : 0; }

static void show(const char *what, const Tally *t)
{
  printf("  %-12s %7llu words  pos %.2f  pos+features %.2f  case %.2f  lemma %.2f\n", what, (unsigned long long)t->n, share(t->pos, t->n),
         share(t->feats, t->n), share(t->kase, t->cased), share(t->lemma, t->n));
}

static void show_error(const ChReport *r, const Gold *g, const ChToken *k)
{
  char want[160], got[160];
  ch_morph_format(&g->morph, want, sizeof want);
  ch_morph_format(&k->morph, got, sizeof got);
  fprintf(stderr, "%s => %s\t%.*s\t%.*s => %.*s\n", want, got, CH_ARG(g->form), CH_ARG(g->lemma), CH_ARG(ch_report_word(r, k->lemma)));
}

static void measure(ChPack *p, uint8_t lang, const char *path, bool errors, ChError *err)
{
  Corpus c;
  if (!corpus_read(&c, path, err))
    return;
  ChArena arena;
  ChReport r;
  ch_arena_init(&arena, (size_t)8 << 30);
  ch_report_init(&r, &arena, p, CH_LIT(""));
  ChWork *w = ch_arena_alloc(&arena, sizeof *w);
  ch_work_init(w, &r);
  Tally all = {0}, words = {0}, unknown = {0};
  for (uint32_t k = 0; k < c.n_sentences; k++) {
    uint32_t start = c.starts[k], n = c.starts[k + 1] - start;
    n = n < CH_SENTENCE_MOST ? n : CH_SENTENCE_MOST;
    *CH_PUSH(&arena, &r.sentences) = (ChSentence){.token = (uint32_t)r.tokens.n, .tokens = n, .lang = lang};
    for (uint32_t i = 0; i < n; i++) {
      uint32_t type = ch_types_of(w, c.tokens[start + i].form, lang);
      *CH_PUSH(&arena, &w->of) = type;
      *CH_PUSH(&arena, &r.tokens) = (ChToken){.form = w->types.at[type].form, .norm = w->types.at[type].norm,
                                              .lemma = w->types.at[type].norm, .flags = w->types.at[type].flags};
    }
    ch_tagger_sentence(w, k);
    for (uint32_t i = 0; i < n; i++) {
      const Gold *g = &c.tokens[start + i];
      const ChToken *t = &r.tokens.at[r.sentences.at[k].token + i];
      char folded[CH_FOLD_MAX];
      ChSlice lemma = ch_slice(folded, ch_fold_norm(&w->cues[lang].fold, g->lemma, folded));
      bool right = ch_slice_eq(lemma, ch_report_word(&r, t->lemma));
      add(&all, g, t, right);
      if (!(t->flags & (CH_TOKEN_PUNCT | CH_TOKEN_NUMBER)))
        add(&words, g, t, right);
      if (!(t->flags & (CH_TOKEN_PUNCT | CH_TOKEN_NUMBER | CH_TOKEN_KNOWN)))
        add(&unknown, g, t, right);
      if (errors && (memcmp(&g->morph, &t->morph, sizeof g->morph) != 0 || !right))
        show_error(&r, g, t);
    }
  }
  printf("%s\n", path);
  show("all", &all);
  show("words", &words);
  show("unknown", &unknown);
  ch_arena_free(&arena);
  corpus_free(&c);
}

int main(int argc, char **argv)
{
  if (argc < 5) {
    fputs("usage: evaluate_tagger DATA MODELS CODE [-e] FILE.conllu...\n", stderr);
    return 2;
  }
  ChError err = {0};
  ChPack *p = corpus_pack(argv[1], argv[2], &err);
  bool errors = strcmp(argv[4], "-e") == 0;
  uint32_t lang = p ? ch_language_index(p, ch_slice_z(argv[3])) : CH_LANGUAGES_MAX;
  for (int i = errors ? 5 : 4; lang < CH_LANGUAGES_MAX && i < argc && !ch_failed(&err); i++)
    measure(p, (uint8_t)lang, argv[i], errors, &err);
  if (ch_failed(&err)) {
    char text[1024];
    ch_error_format(&err, text, sizeof text);
    fprintf(stderr, "%s\n", text);
    return 2;
  }
  ch_pack_close(p);
  return 0;
}
