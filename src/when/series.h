/* Instances of series that a report speaks of ("79th session of the UN General Assembly"): evidence for its date. */
#ifndef CH_WHEN_SERIES_H
#define CH_WHEN_SERIES_H

#include "world/world.h"

enum { CH_WHEN_INSTANCES = 16 };

typedef struct ChWhenInstance {
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

void ch_when_find_instances(const ChReport *r, const ChWorld *w, ChWhenInstances *out);

#endif
