/* Measures the analyser as the program runs it, on gold tokens.
 * usage: evaluate_analyser DATA MODELS CODE [-e] FILE.conllu...
 * Prints a line for each file: shares of words with the right part of speech, all features of ChMorph, dictionary form, governor (UAS),
 * governor and relation without subtypes (LAS, as CoNLL 2018 counts it); F1 of names where the file has them; words a second of the analyser alone. -e lists
 * wrong tags, lemmas, arcs and names on standard error. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "conllu.h"
#include "model/languages.h"

typedef struct Tally {
  uint64_t n, tagged, pos, feats, lemma, arcs, uas, las, names, found, right;
} Tally;

static double share(uint64_t a, uint64_t b) { return b ? 100.0 * (double)a / (double)b : 0; }

static bool same_rel(uint8_t a, uint8_t b)
{
  const char *x = ch_rel_name(a), *y = ch_rel_name(b);
  size_t n = strcspn(x, ":");
  return n == strcspn(y, ":") && memcmp(x, y, n) == 0;
}

/* The end of the name that starts at word i of n; i where none does. `labels` gives the label of a word. */
static uint32_t name_end(const uint8_t *label, uint32_t i, uint32_t n)
{
  if (label[i] % 2 == 0)
    return i;
  uint32_t end = i + 1;
  while (end < n && label[end] == label[i] + 1)
    end++;
  return end;
}

/* The words of a name and the two before and after it. */
static void show_name(const char *what, uint8_t label, const Gold *g, uint32_t from, uint32_t end, uint32_t n)
{
  static const char *const kinds[] = {"O", "PER", "PER", "ORG", "ORG", "LOC", "LOC"};
  fprintf(stderr, "name\t%s\t%s\t", what, label < sizeof kinds / sizeof *kinds ? kinds[label] : "?");
  for (uint32_t i = from < 2 ? 0 : from - 2; i < n && i < end + 2; i++)
    fprintf(stderr, "%s%.*s%s", i == from ? "[" : "", CH_ARG(g[i].form), i + 1 == end ? "] " : " ");
  fputc('\n', stderr);
}

/* What became of the name at i..end of one side on the other: right, another kind, other bounds, nothing there. */
static const char *fate(const uint8_t *mine, const uint8_t *other, uint32_t i, uint32_t end, uint32_t n)
{
  if (name_end(other, i, n) == end)
    return mine[i] == other[i] ? NULL : "kind";
  for (uint32_t k = i; k < end; k++)
    if (other[k])
      return "bounds";
  return "alone";
}

static void add_names(Tally *t, const Gold *g, const ChToken *k, uint32_t n, bool errors)
{
  uint8_t gold[CH_SENTENCE_MOST], guess[CH_SENTENCE_MOST];
  for (uint32_t i = 0; i < n; i++)
    gold[i] = g[i].name, guess[i] = k[i].name;
  for (uint32_t i = 0; i < n; i++) {
    uint32_t a = name_end(gold, i, n), b = name_end(guess, i, n);
    t->names += a > i;
    t->found += b > i;
    t->right += a > i && a == b && gold[i] == guess[i];
    const char *missed = errors && a > i ? fate(gold, guess, i, a, n) : NULL, *made = errors && b > i ? fate(guess, gold, i, b, n) : NULL;
    char what[32];
    if (missed && snprintf(what, sizeof what, "gold-%s", missed) > 0)
      show_name(what, gold[i], g, i, a, n);
    if (made && snprintf(what, sizeof what, "made-%s", made) > 0)
      show_name(what, guess[i], g, i, b, n);
  }
}

static void show_error(const ChReport *r, const Gold *g, const ChToken *k, uint32_t head, const char *what)
{
  char want[160], got[160];
  ch_morph_format(&g->morph, want, sizeof want);
  ch_morph_format(&k->morph, got, sizeof got);
  fprintf(stderr, "%s\t%s => %s\t%.*s\t%.*s => %.*s\t%u:%s => %u:%s\n", what, want, got, CH_ARG(g->form), CH_ARG(g->lemma),
          CH_ARG(ch_report_word(r, k->lemma)), g->head, ch_rel_name(g->rel), head, ch_rel_name(k->rel));
}

typedef struct Run {
  ChReport r;
  ChWork *w;
  uint8_t lang;
  bool errors;
  Tally tally;
} Run;

static void compare(Run *x, const Gold *g, const ChToken *k, uint32_t first)
{
  char folded[CH_FOLD_MAX];
  Tally *t = &x->tally;
  ChSlice lemma = ch_slice(folded, ch_fold_norm(&x->w->cues[x->lang].fold, g->lemma, folded));
  bool same_lemma = ch_slice_eq(lemma, ch_report_word(&x->r, k->lemma));
  uint32_t head = k->head == CH_NONE ? 0 : k->head - first + 1;
  t->n++;
  if (g->tagged) {
    bool pos = g->morph.pos == k->morph.pos;
    t->tagged++;
    t->pos += pos;
    t->feats += memcmp(&g->morph, &k->morph, sizeof g->morph) == 0;
    t->lemma += same_lemma;
    if (x->errors && (!pos || !same_lemma))
      show_error(&x->r, g, k, head, pos ? "lemma" : "pos");
  }
  if (g->rel) {
    bool arc = head == g->head, rel = arc && same_rel(k->rel, g->rel);
    t->arcs++;
    t->uas += arc;
    t->las += rel;
    if (x->errors && !rel)
      show_error(&x->r, g, k, head, arc ? "rel" : "arc");
  }
}

static void measure(ChPack *p, uint8_t lang, const char *path, bool errors, ChError *err)
{
  Corpus c;
  if (!corpus_read(&c, path, err))
    return;
  ChArena arena;
  Run x = {.lang = lang, .errors = errors};
  ch_arena_init(&arena, (size_t)8 << 30);
  ch_report_init(&x.r, &arena, p, CH_LIT(""));
  x.w = ch_arena_alloc(&arena, sizeof *x.w);
  ch_work_init(x.w, &x.r);
  for (uint32_t k = 0; k < c.n_sentences; k++) {
    uint32_t start = c.starts[k], n = c.starts[k + 1] - start;
    n = n < CH_SENTENCE_MOST ? n : CH_SENTENCE_MOST;
    *CH_PUSH(&arena, &x.r.sentences) = (ChSentence){.token = (uint32_t)x.r.tokens.n, .tokens = n, .lang = lang};
    for (uint32_t i = 0; i < n; i++) {
      uint32_t type = ch_types_of(x.w, c.tokens[start + i].form, lang);
      *CH_PUSH(&arena, &x.w->of) = type;
      *CH_PUSH(&arena, &x.r.tokens) = (ChToken){.form = x.w->types.at[type].form, .norm = x.w->types.at[type].norm,
                                                .lemma = x.w->types.at[type].norm, .flags = x.w->types.at[type].flags, .head = CH_NONE};
    }
  }
  clock_t begin = clock();
  for (uint32_t k = 0; k < c.n_sentences; k++)
    ch_analyser_sentence(x.w, k);
  double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
  for (uint32_t k = 0; k < c.n_sentences; k++) {
    const ChSentence *s = &x.r.sentences.at[k];
    const Gold *g = &c.tokens[c.starts[k]];
    for (uint32_t i = 0; i < s->tokens; i++)
      compare(&x, &g[i], &x.r.tokens.at[s->token + i], s->token);
    if (s->tokens && g->named)
      add_names(&x.tally, g, &x.r.tokens.at[s->token], s->tokens, errors);
  }
  const Tally *t = &x.tally;
  printf("%-28s %6llu words  UPOS %.2f  features %.2f  lemma %.2f  UAS %.2f  LAS %.2f  names P %.2f R %.2f F1 %.2f  %.0f words/s\n",
         strrchr(path, '/') ? strrchr(path, '/') + 1 : path, (unsigned long long)t->n, share(t->pos, t->tagged), share(t->feats, t->tagged),
         share(t->lemma, t->tagged), share(t->uas, t->arcs), share(t->las, t->arcs), share(t->right, t->found), share(t->right, t->names),
         share(2 * t->right, t->names + t->found), (double)t->n / (seconds > 0 ? seconds : 1));
  ch_arena_free(&arena);
  corpus_free(&c);
}

int main(int argc, char **argv)
{
  if (argc < 5) {
    fputs("usage: evaluate_analyser DATA MODELS CODE [-e] FILE.conllu...\n", stderr);
    return 2;
  }
  ChError err = {0};
  ChPack *p = corpus_pack(argv[1], argv[2], true, &err);
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
