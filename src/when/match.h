/* Items and matches: the tokens of a run as the date grammar sees them, and what its patterns find there.
 *
 * Method: tokens become items (numbers, words, dashes; a hyphenated word that the grammar does not know is cut at its hyphens). A run is
 * a longest stretch of items that any pattern could use. Patterns of level 1 are tried at every item, then those of level 2, which may
 * take matches of level 1 as DATE elements, and so on. Then the matches of most weight that do not overlap are chosen by dynamic
 * programming from right to left. Work and memory are linear in the run: a pattern has at most CH_WHEN_ELEMENTS elements and a place
 * keeps at most CH_WHEN_CHART matches. */
#ifndef CH_WHEN_MATCH_H
#define CH_WHEN_MATCH_H

#include "when/grammar.h"

enum { CH_WHEN_CHART = 8, CH_WHEN_SUBS = 4 };

typedef enum ChWhenItemKind { CH_WHEN_WORD, CH_WHEN_NUMBER, CH_WHEN_CLOCK, CH_WHEN_TEMPLATE, CH_WHEN_DASH } ChWhenItemKind;

enum { CH_WHEN_ENDS_ORDINAL = 1, CH_WHEN_ENDS_DECADE = 2 };

typedef struct ChWhenItem {
  uint32_t token, last; /* tokens from which it is made */
  uint8_t kind;         /* ChWhenItemKind */
  uint8_t width;        /* digits */
  bool starts, ends;    /* begins, ends where a token does */
  bool capital, genitive, letter;
  uint8_t ending;       /* CH_WHEN_ENDS_ORDINAL, CH_WHEN_ENDS_DECADE; 0 = none */
  uint32_t value;       /* of a number */
  ChSlice text;         /* of a template */
  const ChWhenWord *norm, *key; /* entries of the word */
  uint16_t norms, keys;
} ChWhenItem;

/* Values captured, in order of appearance. 0 = not captured, but n and r: CH_WHEN_UNSET. */
typedef struct ChWhenSlots {
  int16_t y[2];
  int8_t m[2], d[4], days;
  int8_t w, u, e, s;
  int16_t n, r;
} ChWhenSlots;

typedef struct ChWhenMatch ChWhenMatch;
struct ChWhenMatch {
  const ChWhenRow *row;
  uint32_t start, end; /* items of the expression */
  uint32_t day_item[4]; /* items of the days captured */
  ChWhenSlots slots;
  ChWhenMatch *sub[CH_WHEN_SUBS]; /* inner times */
  uint32_t subs;
  ChWhenMatch *next;  /* in the chart: of the same place, longest first */
  uint32_t token, tokens;
  uint32_t day_token[4]; /* of a chosen match */
};

typedef struct ChWhenScan {
  ChReport *r;
  ChWhenGrammar g;
  ChFold fold;
  CH_VEC(ChWhenItem) items;       /* of the run */
  CH_VEC(ChWhenMatch *) chart;    /* by item */
  CH_VEC(float) best;
  CH_VEC(ChWhenMatch *) chosen;   /* result: of the sentence, in order */
} ChWhenScan;

/* A scan for a language; reused for all sentences. */
void ch_when_scan_init(ChWhenScan *s, ChReport *r, ChSlice lang);
/* Finds the times (and cues) among these tokens into s->chosen. Matches live in the report's arena. */
void ch_when_scan(ChWhenScan *s, uint32_t token, uint32_t tokens);

#endif
