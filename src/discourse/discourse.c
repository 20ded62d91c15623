#include "discourse/discourse.h"

void ch_discourse_compile(ChPackWriter *w, const char *data, ChError *err)
{
  (void)w, (void)data, (void)err;
  
}

void ch_discourse_stage(ChReport *r) { (void)r; }
