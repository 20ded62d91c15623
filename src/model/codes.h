/* Tables that say how other schemes code an event (data/events: ics, plover, cameo ...; docs/exports.md). A row has conditions and
 * values; the first row whose conditions all hold counts, so particular rows stand before general ones. A condition is a list of words
 * of which the case must have one; an empty one holds always. */
#ifndef CH_MODEL_CODES_H
#define CH_MODEL_CODES_H

#include "model/pack.h"

enum { CH_CODE_CONDITIONS = 8, CH_CODE_VALUES = 6 };

/* The tables, and their columns in order of ChCodeCase.given and ChCodeRow.value. A table that a pack lacks is empty. */
typedef struct ChCodeTable {
  const char *name; /* of the file (data/events/NAME.tsv), the kind in its first line, of the pack's sections after "codes." */
  const char *conditions[CH_CODE_CONDITIONS + 1], *values[CH_CODE_VALUES + 1];
} ChCodeTable;

typedef struct ChCodeRow {
  ChWord id;
  uint32_t first[CH_CODE_CONDITIONS], n[CH_CODE_CONDITIONS]; /* the words of each condition, in the section codes.NAME.words */
  ChWord value[CH_CODE_VALUES];
} ChCodeRow;

typedef struct ChCodes {
  const ChCodeRow *rows;
  const ChWord *words;
  size_t n, n_words;
} ChCodes;

/* What is to be coded: for each condition the words that the case has. */
typedef struct ChCodeCase {
  struct {
    const ChWord *at;
    size_t n;
  } given[CH_CODE_CONDITIONS];
} ChCodeCase;

/* Compiles every table that data/events has. Kinds, statuses and roles must be those of data/events. */
void ch_codes_compile(ChPackWriter *w, const char *data, ChError *err);
ChCodes ch_codes_of(const ChPack *p, const char *table);
/* The first row that fits; NULL where none does. */
const ChCodeRow *ch_codes_find(const ChCodes *t, const ChCodeCase *c);
/* The same for cases of one word a condition, as most have: `given` in the table's order, as many as it has. */
const ChCodeRow *ch_codes_find_words(const ChCodes *t, const ChWord *given, size_t n);

#endif
