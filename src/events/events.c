#include "events/events.h"

void ch_events_compile(ChPackWriter *w, const char *data, ChError *err)
{
  (void)w, (void)data, (void)err;
  
}

void ch_events_stage(ChReport *r) { (void)r; }
