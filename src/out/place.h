/* Where a byte of a text stands, for people and programs: line, column and character, in near constant time after one pass. */
#ifndef CH_OUT_PLACE_H
#define CH_OUT_PLACE_H

#include "base/slice.h"

typedef struct ChPlaces {
  ChSlice text;
  struct ChPosition *mark; /* the position of every CH_PLACE_STEP-th byte */
} ChPlaces;
enum { CH_PLACE_STEP = 256 };

typedef struct ChPosition {
  uint32_t character;    /* code points before it */
  uint32_t line, column; /* from 1, in code points */
} ChPosition;

void ch_places_init(ChPlaces *p, ChSlice text);
void ch_places_free(ChPlaces *p);
/* Offsets beyond the text give its end. Counts from the start where ch_places_init found no memory. */
ChPosition ch_places_at(const ChPlaces *p, uint32_t byte);

#endif
