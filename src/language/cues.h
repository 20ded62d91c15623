/* Word classes of a language that the text layer needs: abbreviations, clitics, months, frequent words, what starts a byline. From
 * data/language/CODE/words.tsv (docs/formats.md, section "language"). In the pack: "words" (hash of folded word -> classes) and
 * "clitics" (endings that are tokens of their own, longest first). */
#ifndef CH_LANGUAGE_CUES_H
#define CH_LANGUAGE_CUES_H

#include "model/languages.h"
#include "report/report.h"

enum { /* classes, one bit each */
  CH_WORD_CUE_FREQUENT = 1 << 0,      /* tells the language, and starts a sentence after an abbreviation */
  CH_WORD_CUE_MONTH = 1 << 1,
  CH_WORD_CUE_DATE = 1 << 2,          /* stands in dates: weekdays, "year" */
  CH_WORD_CUE_ABBREVIATION = 1 << 3,  /* written with its full stop: "nov." */
  CH_WORD_CUE_AFTER_NUMBER = 1 << 4,  /* an abbreviation only after a number */
  CH_WORD_CUE_BEFORE_NUMBER = 1 << 5, /* only before one */
  CH_WORD_CUE_BEFORE_CAPITAL = 1 << 6, /* only before a capital */
  CH_WORD_CUE_MAY_END = 1 << 7,       /* an abbreviation that may end a sentence */
  CH_WORD_CUE_META_LINE = 1 << 8,     /* a whole line of this text says nothing of its own */
  CH_WORD_CUE_META_START = 1 << 9,    /* a short line that starts so is a credit, not text */
  CH_WORD_CUE_META_DATE = 1 << 10,    /* stands before the date of the report at the start of a line */
  CH_WORD_CUE_SPLIT = 1 << 11,        /* written as one word, two tokens; `cut` letters are the first */
  CH_WORD_CUE_WHOLE = 1 << 12,        /* one token though it looks like several */
  CH_WORD_CUE_NOT_INITIAL = 1 << 13,  /* a word of one letter, no initial unless a capital follows at once */
  CH_WORD_CUE_NEGATION = 1 << 14,     /* belongs to a verb group */
  CH_WORD_CUE_PREFIX = 1 << 15,       /* may stand before a known word */
  CH_WORD_CUE_TREEBANK_CUT = 1 << 16, /* a mark that treebanks cut words at */
  CH_WORD_CUE_TREEBANK_WHOLE = 1 << 17, /* before that mark: not cut there */
  CH_WORD_CUE_TREEBANK_UNIT = 1 << 18, /* letters that treebanks cut off the number before them */
  CH_WORD_CUE_TREEBANK_CAPITAL = 1 << 19, /* a lemma that treebanks write with a capital, though no name */
};

typedef struct ChWordCue {
  ChWord word; /* folded; CH_NO_WORD = empty slot */
  uint32_t classes;
  uint32_t cut;
} ChWordCue;

typedef struct ChClitic {
  ChWord word;
  uint32_t after; /* ASCII letter that must stand before it and a non-letter after it; 0 = any letter before */
} ChClitic;

/* All that the text layer knows of one language. */
typedef struct ChCues {
  const ChPack *pack;
  ChFold fold;
  const ChWordCue *words;
  const ChClitic *clitics;
  size_t slots, n_clitics;
  uint32_t script;
} ChCues;

void ch_cues_compile(ChPackWriter *w, ChSlice lang, const char *data, ChError *err);
ChCues ch_cues_of(const ChPack *p, uint32_t lang);
/* Classes of a folded text, 0 where it has none; *cut (may be NULL) as in ChWordCue. */
uint32_t ch_cues_find(const ChCues *c, ChSlice norm, uint32_t *cut);
/* The same for a text as written. */
uint32_t ch_cues_of_form(const ChCues *c, ChSlice form);

#endif
