/* Instances of series that a report speaks of, by number ("79th session of the UN General Assembly") or by place ("the OSCE summit in
 * Astana"): evidence for its date. */
#ifndef CH_WHEN_SERIES_H
#define CH_WHEN_SERIES_H

#include "when/tense.h"
#include "world/world.h"

enum { CH_WHEN_INSTANCES = 16 };

typedef struct ChWhenInstance {
  uint32_t instance; /* world index */
  ChWord name;
  int32_t from, to;
  bool numbered; /* named by its number, else by its place */
  bool recall;   /* from a soft source */
  uint8_t tense; /* ChWhenTense */
} ChWhenInstance;

typedef struct ChWhenInstances {
  ChWhenInstance at[CH_WHEN_INSTANCES];
  uint32_t n;
} ChWhenInstances;

/* Since when states have diplomatic relations; `with` = CH_NO_WORD: since when the state has any. */
typedef struct ChWhenRelation {
  ChWord state, with; /* ids */
  int32_t from;       /* year */
} ChWhenRelation;

/* Compiles data/world/relations.tsv; without the file nothing is known. */
void ch_when_compile_relations(ChPackWriter *w, const char *data, ChError *err);
/* The year since which the two states (ids) have relations: exact where the table has the pair, else the earliest possible; 0 unknown. */
int32_t ch_when_relations(const ChPack *p, ChWord a, ChWord b, bool *exact);

void ch_when_find_instances(const ChReport *r, const ChWorld *w, const ChWhenMarks *marks, ChWhenInstances *out);

#endif
