#include "out/place.h"

#include <stdlib.h>

static void step(ChPosition *at, const char *p, size_t n)
{
  for (size_t i = 0; i < n; i++) {
    if (((unsigned char)p[i] & 0xC0) == 0x80)
      continue;
    at->character++;
    at->column++;
    if (p[i] == '\n') {
      at->line++;
      at->column = 1;
    }
  }
}

void ch_places_init(ChPlaces *p, ChSlice text)
{
  ChPosition at = {.line = 1, .column = 1};
  *p = (ChPlaces){.text = text, .mark = malloc((text.n / CH_PLACE_STEP + 1) * sizeof *p->mark)};
  for (size_t i = 0; p->mark && i <= text.n / CH_PLACE_STEP; i++) {
    p->mark[i] = at;
    size_t from = i * CH_PLACE_STEP;
    step(&at, text.p + from, text.n - from < CH_PLACE_STEP ? text.n - from : CH_PLACE_STEP);
  }
}

void ch_places_free(ChPlaces *p)
{
  free(p->mark);
  *p = (ChPlaces){0};
}

ChPosition ch_places_at(const ChPlaces *p, uint32_t byte)
{
  size_t end = byte < p->text.n ? byte : p->text.n;
  size_t from = p->mark ? end / CH_PLACE_STEP * CH_PLACE_STEP : 0;
  ChPosition at = p->mark ? p->mark[end / CH_PLACE_STEP] : (ChPosition){.line = 1, .column = 1};
  step(&at, p->text.p + from, end - from);
  return at;
}
