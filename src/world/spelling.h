/* How a name that no table has is written in another language: by rules of spelling, of the state that its bearer is of where the report
 * tells, else of any. data/world/spelling.tsv says which scheme a state has; data/language/CODE/spelling.tsv has the rules from Latin letters
 * into the language's own (CH_SPELL_OWN) and latin-by-scheme.tsv those back (CH_SPELL_LATIN). A rule looks at letters before and after those
 * that it takes ('^' and '$' are the ends of a word); the rule that sees most letters is used, a scheme's own before a general one. */
#ifndef CH_WORLD_SPELLING_H
#define CH_WORLD_SPELLING_H

#include "model/fold.h"
#include "model/pack.h"

typedef struct ChSpellRow {
  char text[24], to[14];  /* all letters that it sees, together; what stands for those that it takes */
  uint8_t text_n, to_n, before_n, take_n; /* bytes */
  uint16_t scheme;        /* 0: any */
} ChSpellRow;

typedef struct ChScheme {
  ChWord name;
  uint8_t hyphen; /* ChHyphen: what becomes of a hyphen on the way into the language's letters */
} ChScheme;

typedef enum ChHyphen { CH_HYPHEN_KEEP, CH_HYPHEN_BLANK, CH_HYPHEN_JOIN } ChHyphen;
typedef enum ChSpellWay { CH_SPELL_OWN, CH_SPELL_LATIN } ChSpellWay;

typedef struct ChSpelling {
  const ChSpellRow *rows; /* sorted by scheme, text, before_n */
  const ChScheme *schemes; /* [0] is any */
  const uint32_t *of; /* by state: index of its scheme */
  size_t n, n_schemes, n_of;
  ChSpellWay way;
} ChSpelling;

/* Compiles both tables of every language and which states have which scheme. `state`: index of a state's id, CH_NONE. */
struct Compile;
void ch_spelling_compile(struct Compile *c);
/* Empty where the language has no such table: nothing is spelt otherwise then. */
ChSpelling ch_spelling_of(const ChPack *p, ChSlice lang, ChSpellWay way);
/* The name's words in the other letters, ' ' between; capitals stay where they are. Writes at most CH_FOLD_MAX bytes; 0 where there is no
 * table. `state`: index in the world, CH_NONE where unknown. */
size_t ch_spelling_name(const ChSpelling *s, uint32_t state, ChSlice name, char out[CH_FOLD_MAX]);

#endif
